//! `Failure`: a command that could not do its work, with what a person and a script need to know.
//! Inner modules have error enums of their own; they become a `Failure` where a command ends.

use std::path::PathBuf;

use serde::Serialize;

use crate::text::Text;

/// The exit numbers of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[repr(u8)]
pub enum Exit {
    /// Healthy, or done and proven.
    Done = 0,
    /// Problems found or left over; each is named with what the user must decide.
    Problems = 1,
    /// Unknown flag, bad value, confirmation needed.
    Usage = 2,
    /// The work failed; running again goes on from there.
    Failed = 3,
    /// What was downloaded or was to be verified fails its proof.
    Refused = 4,
    /// Another run holds the lock.
    Locked = 5,
    /// Interrupted by Ctrl-C.
    Interrupted = 130,
    /// Terminated.
    Terminated = 143,
}

/// What ended a command. `code` is stable and dotted (`disk.full`, `net.unreachable`, `trust.checksum`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Stable name for scripts.
    pub code: &'static str,
    /// The exit number that follows from it.
    pub exit: Exit,
    /// What happened.
    pub message: Text,
    /// What to do about it.
    pub hint: Option<Text>,
    /// The file at fault, where there is one.
    pub file: Option<PathBuf>,
    /// Its line.
    pub line: Option<u32>,
    /// That line, to be shown.
    pub quote: Option<Box<Quote>>,
    /// What else is wrong with it.
    pub also: Vec<Text>,
}

/// A line of a file, and the place in it that is at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Its number, from 1.
    pub line: u32,
    /// The character at fault, from 1; one more than there are where something is missing at the end.
    pub column: usize,
    /// Its words, as they stand there.
    pub text: String,
}

impl Failure {
    /// A failure without a hint yet.
    pub fn new(code: &'static str, exit: Exit, message: Text) -> Self {
        Self { code, exit, message, hint: None, file: None, line: None, quote: None, also: Vec::new() }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }

    /// With the file (and line) at fault.
    #[must_use]
    pub fn at(mut self, file: impl Into<PathBuf>, line: Option<u32>) -> Self {
        self.file = Some(file.into());
        self.line = line;
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Failure {}

/// A file operation that failed. The error names its path; what to do depends on the kind.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let (code, exit, hint) = match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => {
                ("disk.full", Exit::Failed, Some(text!("failure-disk-full-hint")))
            }
            Kind::ReadOnlyFilesystem => {
                ("disk.read-only", Exit::Failed, Some(text!("failure-disk-read-only-hint")))
            }
            Kind::PermissionDenied => ("disk.denied", Exit::Failed, Some(text!("failure-disk-denied-hint"))),
            Kind::Interrupted => ("interrupted", Exit::Interrupted, None),
            _ => ("disk.failed", Exit::Failed, None),
        };
        let words = error.to_string();
        let why = words.split(" (os error").next().unwrap_or(&words).to_owned();
        let mut failure = Self::new(code, exit, text!("failure-disk", why = why));
        failure.hint = hint;
        failure
    }
}
