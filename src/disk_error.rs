//! `DiskError`: a file operation that failed, with the path that it is about. Made once, at the door (`system::Disk`);
//! what it means for a command is `failure`'s business.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::fact::Why;
use crate::text::Text;

/// What failed at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskError {
    /// The path.
    pub path: PathBuf,
    /// A full disk, a read-only one, missing rights, …: what to do depends on it.
    pub kind: io::ErrorKind,
    /// The system's words, or ours.
    pub why: Why,
}

impl DiskError {
    /// From the system, whose own words name no path. An error that was one of ours already stays what it was.
    pub fn new(path: impl Into<PathBuf>, error: &io::Error) -> Self {
        if let Some(same) = error.get_ref().and_then(|it| it.downcast_ref::<Self>()) {
            return same.clone();
        }
        let words = error.to_string();
        let words = words.split(" (os error").next().unwrap_or(&words).trim_end_matches('.').to_owned();
        Self { path: path.into(), kind: error.kind(), why: Why::System(words) }
    }

    /// A path that is not as it must be, or that could not be looked at.
    pub fn because(path: impl Into<PathBuf>, why: impl Into<Why>) -> Self {
        Self { path: path.into(), kind: io::ErrorKind::Other, why: why.into() }
    }

    /// Whether room is what is missing.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
    }

    /// The path and what is wrong with it.
    pub fn text(&self) -> Text {
        text!("disk-error", path = &self.path, why = &self.why)
    }
}

/// For logs and test failures; people read [`DiskError::text`].
impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for DiskError {}

/// For a reader or writer of the standard library's kind, through which it passes unharmed.
impl From<DiskError> for io::Error {
    fn from(error: DiskError) -> Self {
        Self::new(error.kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_error_passes_through_a_reader_unharmed() {
        let error = DiskError::new("/a", &io::ErrorKind::StorageFull.into());
        let passed = io::Error::from(error.clone());
        assert_eq!(DiskError::new("/else", &passed), error);
    }

    #[test]
    fn the_number_of_the_system_is_left_out() {
        let error = DiskError::new("/a", &io::Error::from_raw_os_error(2));
        assert_eq!(error.to_string(), "/a: No such file or directory");
    }
}
