//! A disk that fails on purpose, in builds for tests alone (`faults`): at the n-th call of a kind the process is killed,
//! or the call fails. `FYNE_SETUP_TEST_FAULT=append:3:kill`; the kinds are the names of the door's methods, or `any`; what
//! happens is `kill` (before the call), `half` (an append is cut in the middle, then kill), `full` or `broken`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::disk::RealDisk;
use super::{Disk, ReadSeek, RegistryKey, RegistryValue};
use crate::disk_error::DiskError;

/// The real disk with one fault in it.
pub struct FaultyDisk {
    kind: String,
    at: usize,
    what: String,
    calls: AtomicUsize,
}

impl FaultyDisk {
    /// With the fault that the environment names; without one, the real disk.
    pub fn of(env: &BTreeMap<String, String>) -> Self {
        let text = env.get("FYNE_SETUP_TEST_FAULT").cloned().unwrap_or_default();
        let mut parts = text.split(':').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let (kind, at, what) = (next(), next(), next());
        Self { kind, at: at.parse().unwrap_or(0), what, calls: AtomicUsize::new(0) }
    }

    /// Counts a call; gives whether it is the one.
    fn is_it(&self, kind: &str) -> bool {
        (self.kind == kind || self.kind == "any") && self.calls.fetch_add(1, Ordering::SeqCst) + 1 == self.at
    }

    fn meet(&self, kind: &str, path: &Path) -> Result<(), DiskError> {
        if !self.is_it(kind) {
            return Ok(());
        }
        let error = match self.what.as_str() {
            "full" => io::Error::from(io::ErrorKind::StorageFull),
            "broken" => io::Error::other("Input/output error"),
            _ => die(),
        };
        Err(DiskError::new(path, &error))
    }
}

fn die() -> io::Error {
    super::os::process::die();
    io::Error::other("killed")
}

impl Disk for FaultyDisk {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        self.meet("make_dir", path)?;
        RealDisk.make_dir(path, mode)
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        self.meet("write", path)?;
        RealDisk.write(path, bytes, mode)
    }

    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, owner: (u32, u32)) -> Result<(), DiskError> {
        self.meet("write", path)?;
        RealDisk.write_as(path, bytes, mode, owner)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        if self.what == "half" && self.is_it("append") {
            RealDisk.append(path, &bytes[..bytes.len() / 2])?;
            return Err(DiskError::new(path, &die()));
        }
        if self.what != "half" {
            self.meet("append", path)?;
        }
        RealDisk.append(path, bytes)
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn io::Write + Send>, DiskError> {
        self.meet("create", path)?;
        RealDisk.create(path, mode)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        RealDisk.open(path)
    }

    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        self.meet("link", at)?;
        RealDisk.link(target, at)
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.meet("copy", to)?;
        RealDisk.copy(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.meet("rename", to)?;
        RealDisk.rename(from, to)
    }

    fn exchange(&self, one: &Path, other: &Path) -> Result<bool, DiskError> {
        self.meet("rename", other)?;
        RealDisk.exchange(one, other)
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        self.meet("remove", path)?;
        RealDisk.remove(path)
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.meet("remove_tree", path)?;
        RealDisk.remove_tree(path)
    }

    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        self.meet("set_mode", path)?;
        RealDisk.set_mode(path, mode)
    }

    fn set_owner(&self, path: &Path, uid: u32, gid: u32) -> Result<(), DiskError> {
        self.meet("set_owner", path)?;
        RealDisk.set_owner(path, uid, gid)
    }

    fn set_registry(
        &self,
        key: &RegistryKey,
        name: &str,
        value: Option<&RegistryValue>,
    ) -> Result<(), DiskError> {
        self.meet("set_registry", Path::new(&key.to_string()))?;
        RealDisk.set_registry(key, name, value)
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.meet("sync_tree", path)?;
        RealDisk.sync_tree(path)
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        self.meet("lock", path)?;
        RealDisk.lock(path)
    }
}
