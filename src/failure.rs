//! `Failure`: a command that could not do its work, with what a person and a script need to know.
//! Inner modules have error enums of their own; they become a `Failure` where a command ends.

mod code;

use std::path::PathBuf;

use serde::Serialize;

use crate::disk_error::DiskError;
use crate::text::Text;

pub use code::Code;

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
    /// Done, and the machine has to be restarted before it counts.
    Restart = 6,
    /// Interrupted by Ctrl-C.
    Interrupted = 130,
    /// Terminated.
    Terminated = 143,
}

impl Exit {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::Problems,
        Self::Usage,
        Self::Failed,
        Self::Refused,
        Self::Locked,
        Self::Restart,
        Self::Interrupted,
        Self::Terminated,
    ];
}

/// What ended a command. Its `code` is stable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Of what kind it is.
    pub code: Code,
    /// The exit number: one of those of the code.
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
    /// A failure without a hint yet, with the usual exit number of its code.
    pub fn new(code: Code, message: Text) -> Self {
        Self {
            code,
            exit: code.exit(),
            message,
            hint: None,
            file: None,
            line: None,
            quote: None,
            also: Vec::new(),
        }
    }

    /// With another exit number of its code than the usual one.
    #[must_use]
    pub fn exiting(self, exit: Exit) -> Self {
        Self { exit, ..self }
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

/// A file operation that failed; what to do depends on the kind.
impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        use std::io::ErrorKind as Kind;
        let (code, hint) = match error.kind {
            Kind::Interrupted => return Self::new(Code::Interrupted, text!("fetch-stopped")),
            Kind::StorageFull | Kind::QuotaExceeded => (Code::DiskFull, Some("failure-disk-full-hint")),
            Kind::ReadOnlyFilesystem => (Code::DiskReadOnly, Some("failure-disk-read-only-hint")),
            Kind::PermissionDenied => (Code::DiskDenied, Some("failure-disk-denied-hint")),
            _ => (Code::DiskFailed, None),
        };
        let mut failure = Self::new(code, error.text());
        failure.hint = hint.map(Text::new);
        failure
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn a_full_a_read_only_and_a_forbidden_disk_are_told_apart() {
        let table = [
            (ErrorKind::StorageFull, Code::DiskFull, Exit::Failed, true),
            (ErrorKind::QuotaExceeded, Code::DiskFull, Exit::Failed, true),
            (ErrorKind::ReadOnlyFilesystem, Code::DiskReadOnly, Exit::Failed, true),
            (ErrorKind::PermissionDenied, Code::DiskDenied, Exit::Failed, true),
            (ErrorKind::NotADirectory, Code::DiskFailed, Exit::Failed, false),
            (ErrorKind::Interrupted, Code::Interrupted, Exit::Interrupted, false),
        ];
        for (kind, code, exit, hint) in table {
            let failure = Failure::from(DiskError::new("/a", &kind.into()));
            assert_eq!((failure.code, failure.exit, failure.hint.is_some()), (code, exit, hint), "{kind:?}");
        }
    }
}
