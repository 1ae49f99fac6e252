//! A machine in memory, for tests: files, environment, and canned answers of programs. [`Living`] is one that can be changed
//! through a `Disk`, [`Scripted`] are programs that play a part on it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{
    Answer, Ask, Endpoint, Identity, Kind, Look, Net, NetError, RegistryEntries, RegistryKey, RegistryValue,
    Request, Response, Space, Stat, process_in_proc,
};
use crate::fact::{Fact, Why};

mod children;
mod disk;
mod look;
mod mac;
pub mod real_files;
mod windows;

pub use children::Scripted;
pub use disk::Living;

/// A machine in memory. Directories exist when something is in them, or by themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Machine {
    /// Regular files with contents and mode.
    pub files: BTreeMap<PathBuf, (Vec<u8>, u32)>,
    /// Directories that are there whether or not something is in them, with their modes.
    pub dirs: BTreeMap<PathBuf, u32>,
    /// Groups of what is not our group's.
    pub groups: BTreeMap<PathBuf, u32>,
    /// Symbolic links.
    pub links: BTreeMap<PathBuf, PathBuf>,
    /// Named pipes.
    pub pipes: Vec<PathBuf>,
    /// Paths that answer "permission denied".
    pub denied: Vec<PathBuf>,
    /// Paths at which whoever looks panics, as a probe with a mistake in it does.
    pub panics: Vec<PathBuf>,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// Answers of programs, by program and the beginning of the joined arguments; the longest match wins.
    pub answers: Vec<(PathBuf, String, Answer)>,
    /// What sockets answer.
    pub sockets: BTreeMap<Endpoint, Vec<u8>>,
    /// Servers from which nothing comes back at all.
    pub silent: BTreeSet<Endpoint>,
    /// Numbers of files, where a test needs them.
    pub inodes: BTreeMap<PathBuf, u64>,
    /// Times of modification that differ from those of all the rest.
    pub times: BTreeMap<PathBuf, i64>,
    /// Whose a path is, where it is not ours.
    pub owners: BTreeMap<PathBuf, u32>,
    /// Values of the registry, by key and name.
    pub registry: BTreeMap<RegistryKey, BTreeMap<String, RegistryValue>>,
    /// Processes by their numbers, on a machine without files for them.
    pub processes: BTreeMap<u32, Vec<String>>,
    /// Who we are.
    pub identity: Identity,
    ticks: Ticks,
}

/// The clock of a machine in memory: it goes on when it is asked.
#[derive(Debug, Default)]
struct Ticks(AtomicU64);

impl Clone for Ticks {
    fn clone(&self) -> Self {
        Self(AtomicU64::new(self.0.load(Ordering::Relaxed)))
    }
}

impl PartialEq for Ticks {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Machine {
    /// A Linux machine of root's with nothing on it.
    pub fn linux() -> Self {
        let identity = Identity {
            os: "linux".into(),
            arch: "x86_64".into(),
            kernel: "6.1.0".into(),
            cwd: "/root".into(),
            cpus: 2,
            ..Identity::default()
        };
        let env = [("HOME", "/root"), ("PATH", "/usr/local/bin:/usr/bin:/bin")];
        let env = env.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        Self { identity, env, ..Self::default() }
    }

    /// With a file (0644).
    #[must_use]
    pub fn file(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.into(), (text.as_ref().to_vec(), 0o644));
        self
    }

    /// With a program file (0755).
    #[must_use]
    pub fn program(mut self, path: &str) -> Self {
        self.files.insert(path.into(), (b"\x7fELF".to_vec(), 0o755));
        self
    }

    /// With a symbolic link.
    #[must_use]
    pub fn link(mut self, path: &str, target: &str) -> Self {
        self.links.insert(path.into(), target.into());
        self
    }

    /// With a named pipe.
    #[must_use]
    pub fn pipe(mut self, path: &str) -> Self {
        self.pipes.push(path.into());
        self
    }

    /// With a variable.
    #[must_use]
    pub fn var(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    /// With a program's answer; makes the program file too.
    #[must_use]
    pub fn answer(mut self, program: &str, args: &str, code: i32, stdout: &str, stderr: &str) -> Self {
        let answer =
            Answer { code: Some(code), stdout: stdout.into(), stderr: stderr.into(), timed_out: false };
        self.answers.push((program.into(), args.into(), answer));
        if self.files.contains_key(Path::new(program)) { self } else { self.program(program) }
    }

    fn resolve(&self, path: &Path) -> PathBuf {
        let mut at = path.to_path_buf();
        for _ in 0..40 {
            let Some((link, target)) = at.ancestors().find_map(|it| self.links.get_key_value(it)) else {
                break;
            };
            let rest = at.strip_prefix(link).expect("an ancestor").to_path_buf();
            let base = link.parent().unwrap_or(Path::new("/")).join(target);
            at = if rest.as_os_str().is_empty() { base } else { base.join(rest) };
        }
        at
    }

    fn everything(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.keys().chain(self.links.keys()).chain(self.dirs.keys()).chain(&self.pipes)
    }

    fn is_dir(&self, path: &Path) -> bool {
        path == Path::new("/")
            || self.dirs.contains_key(path)
            || self.everything().any(|it| it != path && it.starts_with(path))
    }

    fn may_not(&self, path: &Path) -> bool {
        assert!(!self.panics.iter().any(|it| path == it), "a mistake at {}", path.display());
        self.denied.iter().any(|it| path.starts_with(it))
    }
}

impl Look for Machine {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        let path = self.resolve(path);
        if self.may_not(&path) {
            return Fact::Unknown(Why::System("permission denied".into()));
        }
        if self.pipes.contains(&path) {
            return Fact::Unknown(text!("why-pipe").into());
        }
        self.files.get(&path).map_or(Fact::Absent, |(bytes, _)| Fact::Here(bytes.clone()))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        let path = self.resolve(path);
        if self.may_not(&path) {
            return Fact::Unknown(Why::System("permission denied".into()));
        }
        if !self.is_dir(&path) {
            return Fact::Absent;
        }
        let inside = self.everything().filter_map(|it| it.strip_prefix(&path).ok());
        let names = inside.filter_map(|it| it.components().next());
        let mut names: Vec<_> = names.map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
        names.sort();
        names.dedup();
        Fact::Here(names)
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let parent = path.parent().map_or_else(|| PathBuf::from("/"), |it| self.resolve(it));
        let path = path.file_name().map_or_else(|| PathBuf::from("/"), |name| parent.join(name));
        if self.may_not(&path) {
            return Fact::Unknown(Why::System("permission denied".into()));
        }
        let stat = |kind, mode: u32, size: usize| Stat {
            kind,
            mode,
            uid: self.owners.get(&path).copied().unwrap_or(self.identity.uid),
            gid: self.groups.get(&path).copied().unwrap_or(self.identity.gid),
            size: size as u64,
            modified: self.times.get(&path).copied().unwrap_or(1_700_000_000),
            inode: self.inodes.get(&path).copied().unwrap_or(0),
            target: None,
            writable: mode & 0o200 != 0,
            executable: mode & 0o100 != 0,
        };
        if let Some(target) = self.links.get(&path) {
            return Fact::Here(Stat { target: Some(target.clone()), ..stat(Kind::Link, 0o777, 0) });
        }
        if self.pipes.contains(&path) {
            return Fact::Here(stat(Kind::Other, 0o644, 0));
        }
        if let Some((bytes, mode)) = self.files.get(&path) {
            return Fact::Here(stat(Kind::File, *mode, bytes.len()));
        }
        let mode = self.dirs.get(&path).copied().unwrap_or(0o755);
        if self.is_dir(&path) { Fact::Here(stat(Kind::Dir, mode, 0)) } else { Fact::Absent }
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        self.registry_at(key)
    }

    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        let known = self.processes.get(&pid).cloned();
        known.map_or_else(|| process_in_proc(self, pid), Fact::Here)
    }

    fn space(&self, _path: &Path) -> Fact<Space> {
        Fact::Here(Space { free: 50 << 30, ..Space::default() })
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        self.may_not(&ask.program);
        let line = ask.args.join(" ");
        let known = self
            .answers
            .iter()
            .filter(|(program, args, _)| *program == ask.program && line.starts_with(args));
        match known.max_by_key(|(_, args, _)| args.len()) {
            Some((_, _, answer)) => Fact::Here(answer.clone()),
            None if self.files.contains_key(&self.resolve(&ask.program)) => {
                Fact::Unknown(Why::System(format!("no answer for {line}")))
            }
            None => Fact::Absent,
        }
    }

    fn connect(&self, to: &Endpoint, _send: &[u8], _limit: Duration) -> Fact<Vec<u8>> {
        if self.silent.contains(to) {
            return Fact::Unknown(Why::System("connection timed out".into()));
        }
        self.sockets.get(to).map_or(Fact::Absent, |it| Fact::Here(it.clone()))
    }

    fn now(&self) -> u64 {
        1_790_000_000
    }

    fn monotonic_ms(&self) -> u64 {
        self.ticks.0.fetch_add(1, Ordering::Relaxed)
    }

    fn wait(&self, time: Duration) {
        self.ticks.0.fetch_add(u64::try_from(time.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }

    fn identity(&self) -> Identity {
        self.identity.clone()
    }
}

/// Status and bytes of an answer, or none.
type Given = Result<(u16, Vec<u8>), NetError>;

/// A network in memory: a function from URLs to answers, and a list of what was asked.
pub struct FakeNet<'a> {
    answer: Box<dyn Fn(&url::Url) -> Given + Send + Sync + 'a>,
    asked: Mutex<Vec<String>>,
}

impl<'a> FakeNet<'a> {
    /// Answers as the function says.
    pub fn new(answer: impl Fn(&url::Url) -> Given + Send + Sync + 'a) -> Self {
        Self { answer: Box::new(answer), asked: Mutex::default() }
    }

    /// These URLs have these bytes; everything else is 404.
    pub fn canned(answers: BTreeMap<String, Vec<u8>>) -> Self {
        Self::new(move |url| {
            Ok(answers.get(url.as_str()).map_or((404, Vec::new()), |bytes| (200, bytes.clone())))
        })
    }

    /// The network is down.
    pub fn down() -> Self {
        Self::new(|url| {
            let host = url.host_str().unwrap_or_default().to_owned();
            Err(NetError::Unreachable { host, why: "network is unreachable".into() })
        })
    }

    /// The URLs that were asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test panics while it asks").clone()
    }
}

impl Net for FakeNet<'_> {
    fn get(&self, request: &Request) -> Result<Response, NetError> {
        self.asked.lock().expect("no test panics while it asks").push(request.url.to_string());
        let (status, bytes) = (self.answer)(&request.url)?;
        let length = Some(bytes.len() as u64);
        Ok(Response { status, length, range: None, etag: None, body: Box::new(std::io::Cursor::new(bytes)) })
    }
}
