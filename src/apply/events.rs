//! What a run says while it goes on. The graph reports here and never prints; who listens decides how it looks.

use serde::Serialize;

use super::remaining::Expected;
use crate::text::Text;

/// What a step's progress counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of a download.
    Bytes,
    /// Go packages of a build, or packages of the system.
    Packages,
    /// Anything else.
    Items,
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Done.
    Done,
    /// Failed, and why.
    Failed(Text),
    /// Not begun, because something that it rests on failed, or the run was interrupted.
    Cancelled,
}

/// Somebody who is told. Called from several threads.
pub trait Events: Sync {
    /// A plan begins: what its steps are expected to take.
    fn planned(&self, _steps: &[Expected]) {}
    /// A step begins.
    fn started(&self, step: u32, what: &Text);
    /// A step came further.
    fn progress(&self, step: u32, done: u64, total: Option<u64>, unit: Unit);
    /// A line that a step's program printed.
    fn line(&self, step: u32, text: &str);
    /// The same in our words.
    fn detail(&self, step: u32, text: &Text);
    /// A command that a step is about to run with the rights of an administrator, as it would be typed.
    fn command(&self, step: u32, line: &str);
    /// What a step came to, in other words than it began with; said where it ends.
    fn became(&self, _step: u32, _what: &Text) {}
    /// A step ended after so many milliseconds.
    fn finished(&self, step: u32, outcome: &Outcome, millis: u64);
    /// Something that people should know, such as the picture of the window.
    fn note(&self, text: &Text);
}

/// Nobody listens.
pub struct Silence;

impl Events for Silence {
    fn started(&self, _step: u32, _what: &Text) {}
    fn progress(&self, _step: u32, _done: u64, _total: Option<u64>, _unit: Unit) {}
    fn line(&self, _step: u32, _text: &str) {}
    fn detail(&self, _step: u32, _text: &Text) {}
    fn command(&self, _step: u32, _line: &str) {}
    fn finished(&self, _step: u32, _outcome: &Outcome, _millis: u64) {}
    fn note(&self, _text: &Text) {}
}
