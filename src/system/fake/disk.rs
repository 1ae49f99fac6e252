//! A machine in memory that can be changed: what is written through its `Disk` its `Look` sees. It refuses what a real file
//! system refuses (no parent, a directory in the way, one that is not empty), and fails where a test says so.
//!
//! Long because it is one door, method by method.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Machine;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::system::{Disk, Kind, Look, ReadSeek, RegistryKey, RegistryValue};

/// A machine that can be changed.
pub struct Living {
    machine: Arc<Mutex<Machine>>,
    pub(super) env: BTreeMap<String, String>,
    locks: Arc<Mutex<BTreeSet<PathBuf>>>,
    script: Mutex<Script>,
}

/// What went through the `Disk`, and where it is to fail.
#[derive(Default)]
struct Script {
    calls: Vec<String>,
    faults: Vec<(Where, ErrorKind)>,
}

enum Where {
    Call(usize),
    Path(PathBuf),
}

impl Living {
    /// This machine from now on. Directories that something is in are there by themselves.
    pub fn new(mut machine: Machine) -> Self {
        let paths: Vec<PathBuf> = machine.files.keys().chain(machine.links.keys()).cloned().collect();
        for dir in paths.iter().flat_map(|it| it.ancestors().skip(1)) {
            machine.dirs.entry(dir.to_path_buf()).or_insert(0o755);
        }
        machine.dirs.entry("/".into()).or_insert(0o755);
        let env = machine.env.clone();
        let machine = Arc::new(Mutex::new(machine));
        Self { machine, env, locks: Arc::default(), script: Mutex::default() }
    }

    /// The machine as it is now.
    pub fn now_is(&self) -> Machine {
        self.machine().clone()
    }

    /// Somebody else changes it.
    pub fn change<T>(&self, change: impl FnOnce(&mut Machine) -> T) -> T {
        change(&mut self.machine())
    }

    /// A file's text; nothing where there is none.
    pub fn text(&self, path: impl AsRef<Path>) -> Option<String> {
        let bytes = Look::read(&*self.machine(), path.as_ref()).into_here()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Everything below a directory, directories with a slash at their end.
    pub fn below(&self, dir: impl AsRef<Path>) -> Vec<String> {
        let machine = self.machine();
        let dirs = machine.dirs.keys().map(|it| (it, "/"));
        let all = machine.files.keys().chain(machine.links.keys()).map(|it| (it, "")).chain(dirs);
        let inside = all.filter_map(|(it, end)| Some((it.strip_prefix(dir.as_ref()).ok()?, end)));
        let names = inside.filter(|it| !it.0.as_os_str().is_empty());
        let mut names: Vec<String> = names.map(|(it, end)| format!("{}{end}", it.display())).collect();
        names.sort();
        names
    }

    /// The changes so far that were asked for: `write /root/.profile`.
    pub fn calls(&self) -> Vec<String> {
        self.script().calls.clone()
    }

    /// The change with this number, from 0, fails.
    pub fn fail_at(&self, call: usize, kind: ErrorKind) {
        self.script().faults.push((Where::Call(call), kind));
    }

    /// Every change at this path or below it fails.
    pub fn fail_on(&self, path: impl Into<PathBuf>, kind: ErrorKind) {
        self.script().faults.push((Where::Path(path.into()), kind));
    }

    /// Another process takes this lock, and keeps it.
    pub fn lock_by_another(&self, path: impl Into<PathBuf>) {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner).insert(path.into());
    }

    pub(super) fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the call, fails where that is wanted, and gives the machine.
    fn called(&self, what: &str, path: &Path) -> Result<MutexGuard<'_, Machine>, DiskError> {
        let mut script = self.script();
        let number = script.calls.len();
        script.calls.push(format!("{what} {}", path.display()));
        let hit = |it: &Where| match it {
            Where::Call(call) => *call == number,
            Where::Path(at) => path.starts_with(at),
        };
        let fault = script.faults.iter().find(|it| hit(&it.0)).map(|it| it.1);
        drop(script);
        let machine = self.machine();
        match fault {
            Some(kind) => Err(at(kind, path)),
            None if machine.may_not(path) => Err(at(ErrorKind::PermissionDenied, path)),
            None => Ok(machine),
        }
    }
}

fn at(kind: ErrorKind, path: &Path) -> DiskError {
    DiskError::new(path, &kind.into())
}

/// The path with the links above it followed.
fn placed(machine: &Machine, path: &Path) -> PathBuf {
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => machine.resolve(parent).join(name),
        _ => path.to_path_buf(),
    }
}

fn kind(machine: &Machine, path: &Path) -> Option<Kind> {
    machine.stat(path).into_here().map(|it| it.kind)
}

/// Where something may be made: its directory is there, and no directory stands in its place.
fn free(machine: &Machine, path: &Path) -> Result<PathBuf, DiskError> {
    let path = placed(machine, path);
    match path.parent().and_then(|it| kind(machine, it)) {
        Some(Kind::Dir) => {}
        Some(_) => return Err(at(ErrorKind::NotADirectory, &path)),
        None => return Err(at(ErrorKind::NotFound, &path)),
    }
    if kind(machine, &path) == Some(Kind::Dir) { Err(at(ErrorKind::IsADirectory, &path)) } else { Ok(path) }
}

fn forget(machine: &mut Machine, path: &Path) {
    machine.files.remove(path);
    machine.links.remove(path);
    machine.dirs.remove(path);
    machine.owners.remove(path);
    machine.groups.remove(path);
}

fn is_empty(machine: &Machine, dir: &Path) -> bool {
    machine.list(dir).into_here().is_none_or(|it| it.is_empty())
}

impl Disk for Living {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        let mut machine = self.called("make_dir", path)?;
        let missing: Vec<&Path> = path.ancestors().take_while(|it| machine.stat(it).is_absent()).collect();
        let real = machine.resolve(path.ancestors().nth(missing.len()).unwrap_or(path));
        if kind(&machine, &real) != Some(Kind::Dir) {
            return Err(at(ErrorKind::NotADirectory, path));
        }
        for it in missing.iter().rev() {
            let at = placed(&machine, it);
            machine.dirs.insert(at, mode);
        }
        Ok(missing.last().map(|it| it.to_path_buf()))
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        let mut machine = self.called("write", path)?;
        let path = free(&machine, path)?;
        let before = machine.files.get(&path).map(|it| it.1);
        machine.links.remove(&path);
        machine.files.insert(path, (bytes.to_vec(), mode.or(before).unwrap_or(0o644)));
        Ok(())
    }

    fn write_as(
        &self,
        path: &Path,
        bytes: &[u8],
        mode: u32,
        (uid, gid): (u32, u32),
    ) -> Result<(), DiskError> {
        self.write(path, bytes, Some(mode))?;
        let mut machine = self.machine();
        let path = placed(&machine, path);
        machine.owners.insert(path.clone(), uid);
        machine.groups.insert(path, gid);
        Ok(())
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let mut machine = self.called("append", path)?;
        let path = free(&machine, path)?;
        machine.files.entry(path).or_insert((Vec::new(), 0o600)).0.extend_from_slice(bytes);
        Ok(())
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn Write + Send>, DiskError> {
        let mut machine = self.called("create", path)?;
        let path = free(&machine, path)?;
        if kind(&machine, &path).is_some() {
            return Err(at(ErrorKind::AlreadyExists, &path));
        }
        machine.files.insert(path.clone(), (Vec::new(), mode));
        Ok(Box::new(Open { machine: self.machine.clone(), path }))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        match Look::read(&*self.called("open", path)?, path) {
            Fact::Here(bytes) => Ok(Box::new(Cursor::new(bytes))),
            _ => Err(at(ErrorKind::NotFound, path)),
        }
    }

    fn link(&self, target: &Path, path: &Path) -> Result<(), DiskError> {
        let mut machine = self.called("link", path)?;
        let path = free(&machine, path)?;
        machine.files.remove(&path);
        machine.links.insert(path, target.to_path_buf());
        Ok(())
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let mut machine = self.called("copy", to)?;
        let real = machine.resolve(from);
        let file = machine.files.get(&real).cloned().ok_or_else(|| at(ErrorKind::NotFound, from))?;
        let to = free(&machine, to)?;
        machine.files.insert(to, file);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        let mut machine = self.called("rename", from)?;
        let from = placed(&machine, from);
        let was = kind(&machine, &from).ok_or_else(|| at(ErrorKind::NotFound, &from))?;
        let to = placed(&machine, to);
        match (was, kind(&machine, &to)) {
            (Kind::Dir, Some(Kind::Dir)) if is_empty(&machine, &to) => {}
            (Kind::Dir, Some(Kind::Dir)) => return Err(at(ErrorKind::DirectoryNotEmpty, &to)),
            (Kind::Dir, Some(_)) => return Err(at(ErrorKind::NotADirectory, &to)),
            _ => drop(free(&machine, &to)?),
        }
        forget(&mut machine, &to);
        let moved = |it: &PathBuf| match it.strip_prefix(&from) {
            Ok(rest) if rest.as_os_str().is_empty() => to.clone(),
            Ok(rest) => to.join(rest),
            Err(_) => it.clone(),
        };
        let Machine { files, links, dirs, owners, groups, .. } = &mut *machine;
        *files = std::mem::take(files).into_iter().map(|(path, it)| (moved(&path), it)).collect();
        *links = std::mem::take(links).into_iter().map(|(path, it)| (moved(&path), it)).collect();
        *dirs = std::mem::take(dirs).into_iter().map(|(path, it)| (moved(&path), it)).collect();
        *owners = std::mem::take(owners).into_iter().map(|(path, it)| (moved(&path), it)).collect();
        *groups = std::mem::take(groups).into_iter().map(|(path, it)| (moved(&path), it)).collect();
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        let mut machine = self.called("remove", path)?;
        let path = placed(&machine, path);
        if kind(&machine, &path) == Some(Kind::Dir) && !is_empty(&machine, &path) {
            return Err(at(ErrorKind::DirectoryNotEmpty, &path));
        }
        forget(&mut machine, &path);
        Ok(())
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        let mut machine = self.called("remove_tree", path)?;
        let path = placed(&machine, path);
        match kind(&machine, &path) {
            None => return Ok(()),
            Some(Kind::Dir) => {}
            Some(_) => return Err(at(ErrorKind::NotADirectory, &path)),
        }
        let Machine { files, links, dirs, owners, groups, .. } = &mut *machine;
        files.retain(|it, _| !it.starts_with(&path));
        links.retain(|it, _| !it.starts_with(&path));
        dirs.retain(|it, _| !it.starts_with(&path));
        owners.retain(|it, _| !it.starts_with(&path));
        groups.retain(|it, _| !it.starts_with(&path));
        Ok(())
    }

    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        let mut machine = self.called("set_mode", path)?;
        let path = machine.resolve(path);
        if let Some(file) = machine.files.get_mut(&path) {
            file.1 = mode;
        } else if let Some(dir) = machine.dirs.get_mut(&path) {
            *dir = mode;
        } else {
            return Err(at(ErrorKind::NotFound, &path));
        }
        Ok(())
    }

    fn set_owner(&self, path: &Path, uid: u32, gid: u32) -> Result<(), DiskError> {
        let mut machine = self.called("set_owner", path)?;
        let path = placed(&machine, path);
        kind(&machine, &path).ok_or_else(|| at(ErrorKind::NotFound, &path))?;
        machine.owners.insert(path.clone(), uid);
        machine.groups.insert(path, gid);
        Ok(())
    }

    fn set_registry(
        &self,
        key: &RegistryKey,
        name: &str,
        value: Option<&RegistryValue>,
    ) -> Result<(), DiskError> {
        self.called("set_registry", Path::new(&key.to_string()))?.set_registry(key, name, value.cloned());
        Ok(())
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        let machine = self.called("sync_tree", path)?;
        kind(&machine, path).map(drop).ok_or_else(|| at(ErrorKind::NotFound, path))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        let mut machine = self.called("lock", path)?;
        let path = free(&machine, path)?;
        if !self.locks.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone()) {
            return Ok(None);
        }
        machine.files.insert(path.clone(), (b"4711\n".to_vec(), 0o600));
        Ok(Some(Box::new(Locked { locks: self.locks.clone(), path })))
    }
}

/// A lock that is held until it is dropped.
struct Locked {
    locks: Arc<Mutex<BTreeSet<PathBuf>>>,
    path: PathBuf,
}

impl Drop for Locked {
    fn drop(&mut self) {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.path);
    }
}

/// A file that is being written.
struct Open {
    machine: Arc<Mutex<Machine>>,
    path: PathBuf,
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut machine = self.machine.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = machine.files.get_mut(&self.path) {
            file.0.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn living() -> Living {
        Living::new(Machine::linux().file("/root/a/one", "1").file("/root/b", "2").link("/root/l", "a"))
    }

    #[test]
    fn what_the_disk_writes_the_look_sees() {
        let it = living();
        assert_eq!(it.make_dir(Path::new("/root/x/y"), 0o700).expect("made"), Some("/root/x".into()));
        it.write(Path::new("/root/x/y/f"), b"f", None).expect("written");
        it.set_owner(Path::new("/root/x/y/f"), 7, 8).expect("there");
        it.set_mode(Path::new("/root/x/y/f"), 0o600).expect("there");
        it.rename(Path::new("/root/x"), Path::new("/root/z")).expect("moved");
        let stat = it.stat(Path::new("/root/z/y/f")).into_here().expect("there");
        assert_eq!((stat.uid, stat.gid, stat.mode), (7, 8, 0o600));
        it.write(Path::new("/root/l/two"), b"2", None).expect("through a link");
        assert_eq!(it.below("/root/a"), ["one", "two"]);
        it.link(Path::new("/nowhere"), Path::new("/root/b")).expect("in the place of a file");
        assert_eq!(it.text("/root/b"), None);
        it.create(Path::new("/root/n"), 0o600).expect("made").write_all(b"new").expect("written");
        it.copy(Path::new("/root/n"), Path::new("/root/m")).expect("copied");
        assert_eq!(it.text("/root/m").as_deref(), Some("new"));
        it.remove_tree(Path::new("/root/z")).expect("removed");
        assert!(it.stat(Path::new("/root/z")).is_absent());
    }

    #[test]
    fn what_the_disk_sets_in_the_registry_the_look_sees() {
        let there = RegistryValue::expand_sz("%A%");
        let it = Living::new(Machine::windows().in_registry(r"HKCU\Environment", "Path", there));
        let key = RegistryKey::user_environment();
        it.set_registry(&key, "PATH", Some(&RegistryValue::sz("x"))).expect("set");
        it.set_registry(&key, "A", Some(&RegistryValue::dword(1))).expect("set");
        it.set_registry(&key, "B", None).expect("not there is fine");
        let values = it.registry(&key).into_here().expect("there").values;
        let names: Vec<_> = values.iter().map(|(name, it)| (name.as_str(), it.text())).collect();
        assert_eq!(names, [("A", None), ("Path", Some("x".into()))], "a name keeps the letters that it had");
        assert_eq!(it.registry(&RegistryKey::local_machine("Environment")), Fact::Absent);
        it.fail_on(r"HKCU\Environment", ErrorKind::PermissionDenied);
        assert!(it.set_registry(&key, "A", None).is_err());
    }

    #[test]
    fn what_a_file_system_refuses_is_refused() {
        let it = living();
        let kind = |result: Result<(), DiskError>| result.expect_err("refused").kind;
        assert_eq!(kind(it.write(Path::new("/root/no/f"), b"", None)), ErrorKind::NotFound);
        assert_eq!(kind(it.write(Path::new("/root/a"), b"", None)), ErrorKind::IsADirectory);
        assert_eq!(kind(it.write(Path::new("/root/b/f"), b"", None)), ErrorKind::NotADirectory);
        assert_eq!(kind(it.remove(Path::new("/root/a"))), ErrorKind::DirectoryNotEmpty);
        assert_eq!(kind(it.remove_tree(Path::new("/root/b"))), ErrorKind::NotADirectory);
        assert_eq!(kind(it.rename(Path::new("/root/a"), Path::new("/root/b"))), ErrorKind::NotADirectory);
        assert_eq!(kind(it.make_dir(Path::new("/root/b/c"), 0o700).map(drop)), ErrorKind::NotADirectory);
        assert_eq!(kind(it.create(Path::new("/root/b"), 0o600).map(drop)), ErrorKind::AlreadyExists);
        assert!(it.remove(Path::new("/root/none")).is_ok() && it.remove_tree(Path::new("/none")).is_ok());
    }

    #[test]
    fn it_fails_where_it_is_told_to_and_a_lock_is_held_until_it_is_dropped() {
        let it = living();
        it.fail_at(1, ErrorKind::StorageFull);
        it.fail_on("/root/a", ErrorKind::ReadOnlyFilesystem);
        let write = |path: &str| it.write(Path::new(path), b"x", None).map_err(|it| it.kind);
        assert_eq!(write("/root/c"), Ok(()));
        assert_eq!(write("/root/c"), Err(ErrorKind::StorageFull));
        assert_eq!(write("/root/a/one"), Err(ErrorKind::ReadOnlyFilesystem));
        assert_eq!(it.calls(), ["write /root/c", "write /root/c", "write /root/a/one"]);
        let lock = || it.lock(Path::new("/root/lock")).expect("writable");
        let held = lock();
        assert!(held.is_some() && lock().is_none());
        drop(held);
        assert!(lock().is_some());
        it.lock_by_another("/root/lock");
        assert!(lock().is_none());
    }
}
