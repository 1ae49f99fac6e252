//! What stands for a secret.

/// In a report, a plan and the journal. No URL has it.
pub const MARK: &str = "…";

/// In recordings and in the log, which are read as ASCII.
pub const REDACTED: &str = "redacted";

/// Whether something is hidden already.
pub(super) fn is_mark(text: &str) -> bool {
    text == MARK || text == REDACTED
}
