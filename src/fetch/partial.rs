//! What is kept of a download that is not whole yet: a directory with what the source said of the file (`about.json`)
//! and the bytes so far, one file for each run that fetched some of them, named by its offset. Nothing here is believed;
//! the whole is verified later, and thrown away when it fails.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::error::FetchError;
use crate::data;
use crate::digest::Digest;
use crate::fact::Fact;
use crate::system::{Disk, Look, System};

/// What the source said of the file when its first byte came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its entity tag.
    pub etag: Option<String>,
    /// Its size.
    pub size: Option<u64>,
}

/// The bytes so far.
pub struct Partial<'a> {
    disk: &'a dyn Disk,
    dir: PathBuf,
    about: About,
    parts: Vec<Part>,
    len: u64,
    open: Option<Box<dyn Write + Send>>,
}

#[derive(Clone, Debug)]
struct Part {
    at: u64,
    len: u64,
    path: PathBuf,
}

impl<'a> Partial<'a> {
    /// What is there of a URL's file, below `downloads`. What does not fit together is removed.
    pub fn load(system: System<'a>, downloads: &Path, url: &Url) -> Result<Self, FetchError> {
        let name = Digest::of(url.as_str().as_bytes()).to_string();
        let dir = downloads.join(&name[..24]);
        let disk = system.disk;
        let mut partial = Self { disk, dir, about: About::default(), parts: Vec::new(), len: 0, open: None };
        if let Some(about) = partial.read_about(system.look) {
            partial.about = about;
            partial.read_parts(system.look)?;
        }
        if partial.about.size.is_some_and(|it| partial.len > it) {
            partial.restart(About::default())?;
        }
        Ok(partial)
    }

    fn read_about(&self, look: &dyn Look) -> Option<About> {
        let bytes = look.read(&self.dir.join("about.json")).into_here()?;
        data::json(&bytes).ok()
    }

    fn read_parts(&mut self, look: &dyn Look) -> Result<(), FetchError> {
        let names = look.list(&self.dir).into_here().unwrap_or_default();
        for name in names {
            let Some(at) = name.strip_suffix(".part").and_then(|it| it.parse::<u64>().ok()) else { continue };
            let path = self.dir.join(&name);
            let len = match look.stat(&path) {
                Fact::Here(stat) => stat.size,
                _ => 0,
            };
            if at == self.len && len > 0 {
                self.len += len;
                self.parts.push(Part { at, len, path });
            } else {
                self.disk.remove(&path)?;
            }
        }
        Ok(())
    }

    /// How many bytes are there.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What the source said of the file.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Forgets all bytes; the file begins anew.
    pub fn restart(&mut self, about: About) -> Result<(), FetchError> {
        self.disk.remove_tree(&self.dir)?;
        self.disk.make_dir(&self.dir, 0o700)?;
        let text = serde_json::to_vec(&about).unwrap_or_default();
        self.disk.write(&self.dir.join("about.json"), &text, Some(0o600))?;
        (self.about, self.len, self.open) = (about, 0, None);
        self.parts.clear();
        Ok(())
    }

    /// Adds bytes at the end.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), FetchError> {
        if self.open.is_none() {
            // Twelve digits sort as the numbers do.
            let path = self.dir.join(format!("{:012}.part", self.len));
            self.open = Some(self.disk.create(&path, 0o600)?);
            self.parts.push(Part { at: self.len, len: 0, path });
        }
        if let Some(file) = &mut self.open {
            file.write_all(bytes).map_err(|error| self.failed(&error))?;
        }
        let n = bytes.len() as u64;
        self.len += n;
        self.parts.iter_mut().rev().take(1).for_each(|part| part.len += n);
        Ok(())
    }

    /// An error of its files.
    pub fn failed(&self, error: &io::Error) -> FetchError {
        FetchError::disk(&self.dir, error)
    }

    /// Reads what is there.
    pub fn reader(&self) -> Parts<'a> {
        Parts { disk: self.disk, list: self.parts.clone(), len: self.len, at: 0, open: None }
    }

    /// Removes all of it: the whole is verified, or fails its proof.
    pub fn remove(mut self) -> Result<(), FetchError> {
        self.open = None;
        Ok(self.disk.remove_tree(&self.dir)?)
    }
}

/// The parts read as one file.
pub struct Parts<'a> {
    disk: &'a dyn Disk,
    list: Vec<Part>,
    len: u64,
    at: u64,
    /// The part that is open and stands at `at`.
    open: Option<(usize, Box<dyn crate::system::ReadSeek>)>,
}

impl Read for Parts<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some(index) = self.list.iter().rposition(|it| it.at <= self.at) else { return Ok(0) };
        let part = &self.list[index];
        let left = (part.at + part.len).saturating_sub(self.at);
        if left == 0 {
            return Ok(0);
        }
        if self.open.as_ref().is_none_or(|(open, _)| *open != index) {
            let mut file = self.disk.open(&part.path)?;
            file.seek(SeekFrom::Start(self.at - part.at))?;
            self.open = Some((index, file));
        }
        let most = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let n = match &mut self.open {
            Some((_, file)) => file.read(&mut into[..most])?,
            None => 0,
        };
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for Parts<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        (self.at, self.open) = (at.ok_or(io::ErrorKind::InvalidInput)?, None);
        Ok(self.at)
    }
}
