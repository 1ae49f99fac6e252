//! The newest signed head on disk. It only grows, and only from a head that was proven to be its past.

use std::path::Path;
use std::time::Duration;

use super::error::SumdbError;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::system::{Disk, Look, System};
use crate::trust::note::Key;
use crate::trust::tlog::Head;

/// How long another run may hold the lock; it holds it for one write.
const PATIENCE_MS: u64 = 10_000;

/// The stored head and its note, if there is one yet.
pub(super) fn head(look: &dyn Look, store: &Path, key: &Key) -> Result<Option<(Head, String)>, SumdbError> {
    let path = store.join("latest");
    let bytes = match look.read(&path) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Ok(None),
        Fact::Unknown(why) => return Err(DiskError::because(path, why).into()),
    };
    let head = key.open(&bytes).ok().and_then(Head::parse);
    let note = String::from_utf8(bytes).ok();
    head.zip(note).map(Some).ok_or(SumdbError::Damaged { path })
}

/// Stores `new` if what is stored is still `old`; else false, and the caller has to prove again.
pub(super) fn advance(
    system: &System<'_>,
    store: &Path,
    old: Option<&str>,
    new: &str,
) -> Result<bool, SumdbError> {
    let path = store.join("latest");
    let now = || match system.look.read(&path) {
        Fact::Here(bytes) => Ok(String::from_utf8(bytes).ok()),
        Fact::Absent => Ok(None),
        Fact::Unknown(why) => Err(SumdbError::from(DiskError::because(&path, why))),
    };
    if old == Some(new) {
        return Ok(now()?.as_deref() == old);
    }
    system.disk.make_dir(store, 0o700)?;
    let lock = store.join("lock");
    let begun = system.look.monotonic_ms();
    let _held = loop {
        if let Some(held) = system.disk.lock(&lock)? {
            break held;
        }
        if system.look.monotonic_ms().saturating_sub(begun) > PATIENCE_MS {
            return Err(DiskError::because(lock, text!("trust-locked")).into());
        }
        system.look.wait(Duration::from_millis(20));
    };
    if now()?.as_deref() != old {
        return Ok(false);
    }
    system.disk.write(&path, new.as_bytes(), Some(0o600))?;
    Ok(true)
}

/// Two histories: keeps both heads as evidence.
pub(super) fn fork(disk: &dyn Disk, store: &Path, ours: &str, theirs: &str) -> SumdbError {
    let path = store.join("fork.txt");
    let kept = disk
        .make_dir(store, 0o700)
        .and_then(|_| disk.append(&path, format!("{ours}\n{theirs}\n").as_bytes()));
    SumdbError::Fork { ours: ours.to_owned(), theirs: theirs.to_owned(), kept: kept.ok().map(|()| path) }
}
