//! `Report`: what a command has to say, and its renderers. One value, many forms; nothing here looks at a machine or
//! prints. To add a renderer: a file beside `text` that takes a `Report` and `Words` and gives a string.

pub mod words;
