//! How far a transaction is, by what its manager printed so far.

use crate::packages::{PackageManager, Progress};

/// How far a transaction is, in packages. A manager that counts by itself counts what it upgrades and cleans up, too.
pub(super) fn progress(manager: &dyn PackageManager, log: &str, expected: usize) -> (u64, u64) {
    let expected = expected as u64;
    let (mut halves, mut counted) = (0, 0);
    for step in log.lines().filter_map(|it| manager.progress(it)) {
        match step {
            Progress::Half => halves += 1,
            Progress::Whole => halves += 2,
            Progress::Of { done, total } => counted = done.saturating_mul(expected) / total.max(1),
        }
    }
    (counted.max(halves / 2).min(expected), expected)
}
