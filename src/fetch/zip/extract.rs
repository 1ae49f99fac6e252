//! Cuts a zip that arrives into its files, by its index: the local headers and what follows each entry must agree with
//! it, and nothing may lie between entries.

use std::cell::Cell;
use std::io::{self, Read};

use super::{DESCRIPTOR, Entry, Index, LOCAL, hostile};
use crate::fetch::error::{ArchiveError, FetchError};
use crate::fetch::tree::{Extractor, Spec};

/// Reads the zip from its first byte and extracts its files. `failed` says why the reader failed.
pub fn extract<R: Read>(
    index: &Index,
    from: &mut R,
    extractor: &mut Extractor<'_>,
    failed: &dyn Fn(&mut R, &io::Error) -> FetchError,
) -> Result<(), FetchError> {
    let mut cutter = Cutter { from, failed, at: 0 };
    let gap = || hostile(ArchiveError::Shape("archive-zip-gap"));
    let mut rest = Vec::new();
    for entry in &index.entries {
        if cutter.at != entry.at {
            return Err(gap());
        }
        cutter.entry(entry, &mut rest, extractor)?;
    }
    if cutter.at == index.end { Ok(()) } else { Err(gap()) }
}

struct Cutter<'r, R> {
    from: &'r mut R,
    failed: &'r dyn Fn(&mut R, &io::Error) -> FetchError,
    at: u64,
}

impl<R: Read> Cutter<'_, R> {
    fn entry(
        &mut self,
        entry: &Entry,
        rest: &mut Vec<u8>,
        extractor: &mut Extractor<'_>,
    ) -> Result<(), FetchError> {
        let mut header = [0; LOCAL];
        self.exactly(&mut header)?;
        let (name, extra) = entry.local_lengths(&header).map_err(hostile)?;
        rest.resize(name + extra, 0);
        self.exactly(rest)?;
        entry.check_local_name(&rest[..name]).map_err(hostile)?;
        let spec = Spec {
            name: entry.name.clone(),
            packed: entry.packed,
            packed_size: entry.packed_size,
            size: entry.size,
            crc: Some(entry.crc),
        };
        let broken = Cell::new(None);
        let keep = |error: &io::Error| {
            broken.set(Some(io::Error::new(error.kind(), error.to_string())));
            FetchError::Stopped
        };
        let written = extractor.write_entry(spec, self.from, &keep);
        written.map_err(|error| broken.take().map_or(error, |it| (self.failed)(self.from, &it)))?;
        self.at += entry.packed_size;
        if entry.descriptor() > 0 {
            let mut descriptor = [0; DESCRIPTOR];
            self.exactly(&mut descriptor)?;
            entry.check_descriptor(&descriptor).map_err(hostile)?;
        }
        Ok(())
    }

    fn exactly(&mut self, into: &mut [u8]) -> Result<(), FetchError> {
        self.from.read_exact(into).map_err(|error| (self.failed)(self.from, &error))?;
        self.at += into.len() as u64;
        Ok(())
    }
}
