//! `Disk` with a log: what was written, linked, copied, renamed or removed, and every failure. Directories and the files of
//! a stage come by the thousand, so they are told only with `-vvv`, unless they fail.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Log;
use crate::disk_error::DiskError;
use crate::system::{Disk, ReadSeek, RegistryKey, RegistryValue};

/// A `Disk` that tells its log.
pub struct LoggedDisk<'a> {
    disk: &'a dyn Disk,
    log: Log,
}

impl<'a> LoggedDisk<'a> {
    /// Writes through `disk`.
    pub fn new(disk: &'a dyn Disk, log: &Log) -> Self {
        Self { disk, log: log.clone() }
    }

    /// Something that counts.
    fn did<T>(&self, what: &str, result: Result<T, DiskError>) -> Result<T, DiskError> {
        match &result {
            Ok(_) => tell!(self.log, DEBUG, "disk", "{what}"),
            Err(error) => tell!(self.log, WARN, "disk", error = %error.why, "{what}"),
        }
        result
    }

    /// Something that comes by the thousand.
    fn also<T>(&self, what: &str, path: &Path, result: Result<T, DiskError>) -> Result<T, DiskError> {
        match &result {
            Ok(_) if self.log.reads() => tell!(self.log, DEBUG, "disk", "{what} {}", path.display()),
            Ok(_) => {}
            Err(error) => tell!(self.log, WARN, "disk", error = %error.why, "{what} {}", path.display()),
        }
        result
    }
}

impl Disk for LoggedDisk<'_> {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        self.also("make directory", path, self.disk.make_dir(path, mode))
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        let what = format!("write {} bytes={}", path.display(), bytes.len());
        self.did(&what, self.disk.write(path, bytes, mode))
    }

    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, owner: (u32, u32)) -> Result<(), DiskError> {
        let (uid, gid) = owner;
        let what = format!("write {} bytes={} mode={mode:o} owner={uid}:{gid}", path.display(), bytes.len());
        self.did(&what, self.disk.write_as(path, bytes, mode, owner))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let what = format!("append {} bytes={}", path.display(), bytes.len());
        self.did(&what, self.disk.append(path, bytes))
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn Write + Send>, DiskError> {
        let file = self.also("create", path, self.disk.create(path, mode))?;
        Ok(Box::new(Created { file, path: path.to_owned(), log: self.log.clone(), told: false }))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        self.also("open", path, self.disk.open(path))
    }

    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        let what = format!("link {} -> {}", at.display(), target.display());
        self.did(&what, self.disk.link(target, at))
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let what = format!("copy {} to {}", from.display(), to.display());
        self.did(&what, self.disk.copy(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let what = format!("rename {} to {}", from.display(), to.display());
        self.did(&what, self.disk.rename(from, to))
    }

    fn exchange(&self, one: &Path, other: &Path) -> Result<bool, DiskError> {
        let what = format!("exchange {} and {}", one.display(), other.display());
        self.did(&what, self.disk.exchange(one, other))
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        self.did(&format!("remove {}", path.display()), self.disk.remove(path))
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.did(&format!("remove tree {}", path.display()), self.disk.remove_tree(path))
    }

    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        self.did(&format!("mode {mode:o} {}", path.display()), self.disk.set_mode(path, mode))
    }

    fn set_owner(&self, path: &Path, uid: u32, gid: u32) -> Result<(), DiskError> {
        self.did(&format!("owner {uid}:{gid} {}", path.display()), self.disk.set_owner(path, uid, gid))
    }

    fn set_registry(
        &self,
        key: &RegistryKey,
        name: &str,
        value: Option<&RegistryValue>,
    ) -> Result<(), DiskError> {
        let what = match value {
            Some(value) => format!("set registry {key} {name} bytes={}", value.data.len()),
            None => format!("remove registry {key} {name}"),
        };
        self.did(&what, self.disk.set_registry(key, name, value))
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.also("sync", path, self.disk.sync_tree(path))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        let lock = self.disk.lock(path);
        let held = if matches!(lock, Ok(None)) { ": held by another" } else { "" };
        self.did(&format!("lock {}{held}", path.display()), lock)
    }
}

/// A file of a stage: a disk that fills up shows here first.
struct Created {
    file: Box<dyn Write + Send>,
    path: PathBuf,
    log: Log,
    told: bool,
}

impl Created {
    fn check<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && !std::mem::replace(&mut self.told, true)
        {
            tell!(self.log, WARN, "disk", error = %error, "write into {}", self.path.display());
        }
        result
    }
}

impl Write for Created {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.check(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.check(flushed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::look::LoggedLook;
    use crate::recording::redact::Redactor;
    use crate::system::Look;
    use crate::system::fake::{Living, Machine};

    /// The doors have default bodies for the registry: a log that does not pass it on would hide it.
    #[test]
    fn the_registry_is_passed_on_and_told_without_what_it_holds() {
        let machine = Living::new(Machine::windows());
        let log = Log::new(Redactor::here(&machine), Box::new(|| 0), true, None);
        let (look, disk) = (LoggedLook::new(&machine, &log), LoggedDisk::new(&machine, &log));
        let (key, value) = (RegistryKey::user_environment(), RegistryValue::sz("hush-hush"));
        disk.set_registry(&key, "A", Some(&value)).expect("set");
        assert_eq!(look.registry(&key).into_here().expect("there").values["A"], value);
        disk.set_registry(&key, "A", None).expect("taken away");
        assert!(look.registry(&key).into_here().expect("there").values.is_empty());
        assert!(LoggedDisk::new(&crate::system::disk::RealDisk, &log).set_registry(&key, "A", None).is_err());
    }
}
