//! `Report`: what a command has to say, and its renderers. One value, many forms; nothing here looks at a machine or
//! prints. To add a renderer: a file beside `text` that takes a `Report` and `Words` and gives a `Page` or a string.

pub mod accepted;
pub mod annotations;
pub mod fleet;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod model;
pub mod page;
pub mod plan;
pub mod remedy;
pub mod schema;
pub mod text;
pub mod timings;
pub mod words;

#[cfg(test)]
mod tests;

pub use model::{Acted, Left, Machine, Next, Outcome, Report, State};
pub use page::{Label, Page, pad, width};
pub use words::{Lang, Words};
