//! What Go builds and downloads: modules, the first program, the CLI, the cache of `fyne build`.

use std::path::Path;

use super::{Prepared, Site};
use crate::failure::Failure;
use crate::plan::Stage;

/// fyne/v2 and what it needs, in the user's module cache.
pub fn modules<'s>(_id: u32, _site: &'s Site<'s>, _fyne: &'s str) -> Prepared<'s> {
    Prepared::cache(|| Ok(()))
}

/// A part of the first build.
pub fn libraries<'s>(_id: u32, _site: &'s Site<'s>, _fyne: &'s str, _stage: Stage) -> Prepared<'s> {
    Prepared::cache(|| Ok(()))
}

/// The proof program.
pub fn program<'s>(_id: u32, _site: &'s Site<'s>, _fyne: &'s str) -> Prepared<'s> {
    Prepared::cache(|| Ok(()))
}

/// The cache of `fyne build`.
pub fn fyne_build<'s>(_id: u32, _site: &'s Site<'s>, _fyne: &'s str) -> Prepared<'s> {
    Prepared::cache(|| Ok(()))
}

/// The CLI, built and confirmed in staging, then renamed.
pub fn cli<'s>(
    _id: u32,
    _site: &'s Site<'s>,
    _module: &str,
    _bin: &Path,
    _cgo: bool,
) -> Result<Prepared<'s>, Failure> {
    Ok(Prepared::cache(|| Ok(())))
}
