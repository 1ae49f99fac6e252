//! The doors to the machine: `Look`, `Disk`, `Net`, `Children`. Nothing else in the program names `std::fs`,
//! `std::process`, `std::env`, `std::net` or a clock; `clippy.toml` makes that an error.
//!
//! `Look` answers plain questions with plain answers, so it can be recorded and replayed. It is all that probes, checks,
//! `plan` and `explain` hold: that they cannot write is a fact of types. `Disk`, `Net` and `Children` act, and only
//! `apply`, `fetch` and `prove` hold them, together with a `Look`, as a [`System`].
//!
//! Long because the four traits and the values they speak in are one page to read.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::disk_error::DiskError;
use crate::fact::Fact;
pub use crate::registry::{Hive, RegistryEntries, RegistryKey, RegistryKind, RegistryValue};
pub use environment::Environment;
pub use net_error::{CertificateFault, NetError, UrlRule};

#[cfg(unix)]
use unix as os;
#[cfg(windows)]
use windows as os;

pub use made::readable_by_all;
pub use os::screen::{RealDisplays, tell_if_asked};
pub use os::{disk, groups, loading};

#[cfg(any(windows, test))]
mod acl;
pub mod children;
pub mod environment;
#[cfg(test)]
pub mod fake;
#[cfg(feature = "faults")]
pub mod faults;
pub mod interrupt;
pub mod invoke;
pub mod links;
mod made;
pub mod net;
pub mod net_error;
pub mod own;
pub mod parallel;
pub mod real;
pub mod screen;
pub mod stopwatch;
mod tee;
pub mod triple;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;
#[cfg(any(windows, test))]
mod windows_path;

/// The four doors together.
#[derive(Clone, Copy)]
pub struct System<'a> {
    /// May only look.
    pub look: &'a dyn Look,
    /// Changes files.
    pub disk: &'a dyn Disk,
    /// Fetches bytes.
    pub net: &'a dyn Net,
    /// Starts programs that live on.
    pub children: &'a dyn Children,
}

/// The doors with the way to close them: what a whole command is given.
#[derive(Clone, Copy)]
pub struct Doors<'a> {
    /// The four doors.
    pub system: System<'a>,
    /// Ctrl-C and TERM.
    pub interrupt: &'a interrupt::Interrupt,
    /// Ends every transfer and every child that does not survive us.
    pub stop: &'a dyn Fn(),
}

/// The largest text of people's or of Go's that is read, in MiB: far more than any has.
pub const TEXT_MIB: u64 = 16;

/// Looks at the machine and changes nothing. Every answer is `Here`, `Absent`, or `Unknown` with a reason.
pub trait Look: Sync {
    /// The bytes of a file (at most 64 MiB; more is `Unknown`). Links are followed. What is no file is `Unknown` at once.
    fn read(&self, path: &Path) -> Fact<Vec<u8>>;
    /// The same for a text that people or Go write: a profile, `go.mod`, `os-release`. It is smaller than [`TEXT_MIB`], or
    /// it is not what it should be.
    fn read_text(&self, path: &Path) -> Fact<Vec<u8>> {
        match self.read(path) {
            Fact::Here(bytes) if bytes.len() as u64 > TEXT_MIB << 20 => {
                Fact::Unknown(text!("why-larger", most = TEXT_MIB.cast_signed()).into())
            }
            answer => answer,
        }
    }
    /// The name of this machine, as Linux has it.
    fn host_name(&self) -> Option<String> {
        let name = self.read(Path::new("/proc/sys/kernel/hostname")).into_here()?;
        Some(String::from_utf8_lossy(&name).trim().to_owned())
    }
    /// Some bytes of a file, fewer where it ends before: for one that is too big to be read, and recorded, whole.
    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        self.read(path).map(|bytes| {
            let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
            bytes[from..from.saturating_add(length).min(bytes.len())].to_vec()
        })
    }
    /// The names in a directory, sorted.
    fn list(&self, path: &Path) -> Fact<Vec<String>>;
    /// What stands at a path; a link is not followed.
    fn stat(&self, path: &Path) -> Fact<Stat>;
    /// How a tree looks from outside, its files unread: what tells one that was laid in one go from one that was touched
    /// since. Links are not followed.
    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        TreeSummary::by_stats(self, dir)
    }
    /// What a key of Windows' registry holds: `Absent` where there is no such key, and no registry at all.
    fn registry(&self, _key: &RegistryKey) -> Fact<RegistryEntries> {
        Fact::Absent
    }
    /// The words with which the process of this number was started, or its program alone where the system tells no more.
    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        process_in_proc(self, pid)
    }
    /// Free space and mount flags of the file system that holds `path` (or its nearest parent that exists).
    fn space(&self, path: &Path) -> Fact<Space>;
    /// The environment that we were started with.
    fn env(&self) -> &BTreeMap<String, String>;
    /// Runs a program to its end. `Absent` when there is no such program.
    fn run(&self, ask: &Ask) -> Fact<Answer>;
    /// Sends bytes to a socket and reads what comes back within the limit (at most 64 KiB).
    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>>;
    /// Seconds since 1970.
    fn now(&self) -> u64;
    /// Milliseconds on a clock that never goes back, for durations.
    fn monotonic_ms(&self) -> u64;
    /// Waits. Nothing polls faster than 20 ms.
    fn wait(&self, time: Duration);
    /// Who runs this, and where: ids, machine names. Plain data of the process.
    fn identity(&self) -> Identity;
}

/// A process by the files of Linux.
pub fn process_in_proc<L: Look + ?Sized>(look: &L, pid: u32) -> Fact<Vec<String>> {
    let dir = Path::new("/proc").join(pid.to_string());
    look.stat(&dir).map(|_| {
        let line = look.read(&dir.join("cmdline")).into_here().unwrap_or_default();
        String::from_utf8_lossy(&line).split_terminator('\0').map(str::to_owned).collect()
    })
}

/// What the process knows of itself and its kernel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `linux`, `macos`, `windows`, … as Rust's `std::env::consts::OS` has it.
    pub os: String,
    /// `x86_64`, `aarch64`, … of the kernel.
    pub arch: String,
    /// The kernel's release, such as `6.1.0-18-amd64`.
    pub kernel: String,
    /// Effective user id; 0 on Windows means nothing.
    pub uid: u32,
    /// Effective group id.
    pub gid: u32,
    /// All groups.
    pub groups: Vec<u32>,
    /// The directory that we were started in.
    pub cwd: PathBuf,
    /// Our own executable.
    pub executable: PathBuf,
    /// How many processors may be used.
    pub cpus: usize,
    /// Whether standard input, output and error are terminals.
    pub terminal: [bool; 3],
    /// How wide the terminal is that standard output or else standard error goes to. Of this run alone: never recorded.
    #[serde(skip)]
    pub columns: Option<u16>,
    /// Whether standard output and standard error go to one file or pipe (`2>&1`). Never recorded.
    #[serde(skip)]
    pub one_stream: bool,
}

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stat {
    /// File, directory, link or other.
    pub kind: Kind,
    /// Permission bits.
    pub mode: u32,
    /// Owner.
    pub uid: u32,
    /// Group.
    pub gid: u32,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970.
    pub modified: i64,
    /// The number of the file on its file system, by which `/proc/locks` names it.
    #[serde(default)]
    pub inode: u64,
    /// Where a link points, as it is written.
    pub target: Option<PathBuf>,
    /// Whether we may write here (`access(W_OK)`, links followed).
    pub writable: bool,
    /// Whether we may execute (or search) it.
    pub executable: bool,
}

/// How a tree looks from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeSummary {
    /// How many files and directories it has, itself among them.
    pub entries: u64,
    /// How many of them their owner may write.
    pub writable: u64,
    /// One of those, relative to the tree.
    pub one_writable: PathBuf,
    /// The least time of modification, seconds since 1970.
    pub oldest: i64,
    /// What has it, relative to the tree.
    #[serde(default)]
    pub oldest_one: PathBuf,
    /// The greatest.
    pub newest: i64,
    /// What has it, relative to the tree.
    pub newest_one: PathBuf,
    /// The bytes of its files. Recordings do not have them.
    #[serde(skip)]
    pub bytes: u64,
}

impl TreeSummary {
    /// Adds an entry. `name` is only asked for where it is kept.
    pub fn add(&mut self, mode: u32, modified: i64, name: impl Fn() -> PathBuf) {
        if self.entries == 0 || modified < self.oldest {
            (self.oldest, self.oldest_one) = (modified, name());
        }
        if self.entries == 0 || modified > self.newest {
            (self.newest, self.newest_one) = (modified, name());
        }
        self.entries += 1;
        if mode & 0o200 != 0 {
            self.writable += 1;
            if self.writable == 1 {
                self.one_writable = name();
            }
        }
    }

    fn by_stats<L: Look + ?Sized>(look: &L, dir: &Path) -> Fact<Self> {
        fn walk<L: Look + ?Sized>(look: &L, top: &Path, at: &Path, signs: &mut TreeSummary) -> Fact<()> {
            look.stat(at).map(|stat| {
                signs.add(stat.mode, stat.modified, || at.strip_prefix(top).unwrap_or(at).to_path_buf());
                if stat.kind == Kind::File {
                    signs.bytes += stat.size;
                }
                if stat.kind == Kind::Dir {
                    for name in look.list(at).into_here().unwrap_or_default() {
                        walk(look, top, &at.join(name), signs);
                    }
                }
            })
        }
        let mut signs = Self::default();
        walk(look, dir, dir, &mut signs).map(|()| signs)
    }
}

/// Kinds of directory entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Dir,
    /// A symbolic link.
    Link,
    /// A socket, a device, a pipe.
    Other,
}

/// Room and rules of a file system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Bytes that we may still use.
    pub free: u64,
    /// Files that we may still make; `None` where the file system sets no number.
    #[serde(default)]
    pub files: Option<u64>,
    /// Mounted read-only.
    pub read_only: bool,
    /// Mounted so that nothing on it can be executed.
    pub noexec: bool,
    /// It holds no links that the system would follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_links: bool,
}

/// A question to a program. The environment is complete: nothing is inherited. `{scratch}` in arguments, environment
/// and directory stands for a fresh, private directory that holds `files` and is removed afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// Absolute path of the program.
    pub program: PathBuf,
    /// Arguments.
    pub args: Vec<String>,
    /// The whole environment, and whose it is.
    pub env: Environment,
    /// Standard input.
    pub input: Vec<u8>,
    /// Files laid into the scratch directory before the start.
    pub files: Vec<(String, Vec<u8>)>,
    /// Working directory; the scratch directory when empty.
    pub dir: PathBuf,
    /// Time limit in milliseconds (the whole process group is killed then).
    pub limit_ms: u64,
}

/// What a program answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Exit code; `None` when a signal (or our time limit) ended it.
    pub code: Option<i32>,
    /// Standard output, at most 4 MiB.
    pub stdout: Vec<u8>,
    /// Standard error, at most 4 MiB.
    pub stderr: Vec<u8>,
    /// Our limit ended it.
    pub timed_out: bool,
}

impl Answer {
    /// Whether it ended with 0.
    pub fn ok(&self) -> bool {
        self.code == Some(0)
    }

    /// Standard output as text, whatever its bytes.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error as text, whatever its bytes.
    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }
}

/// Somewhere to connect to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Endpoint {
    /// A Unix socket in the file system.
    Unix(PathBuf),
    /// A Linux abstract socket, without the leading zero byte.
    Abstract(String),
    /// A TCP address, `host:port`.
    Tcp(String),
}

/// Changes files. Faults are injected here and nowhere else.
pub trait Disk: Sync {
    /// Makes a directory and its parents; gives the topmost one that was made, if any.
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError>;
    /// Writes a whole file in one step: temporary file beside it, sync, rename, sync of the directory. An existing
    /// file keeps its mode and owner unless `mode` says otherwise; a link is replaced, so resolve it first.
    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError>;
    /// The same with this mode and owner, from the moment that the file has its name.
    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, owner: (u32, u32)) -> Result<(), DiskError>;
    /// Appends to a file of ours (making it 0600) and syncs. One that is not ours alone is refused.
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError>;
    /// Opens a new file for writing; fails if it is there. For staging: no sync.
    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn Write + Send>, DiskError>;
    /// Opens a file for reading, without the limit of `Look::read`.
    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError>;
    /// Makes or replaces a symbolic link in one step.
    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError>;
    /// Copies a file to where nothing is yet, contents and mode only.
    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError>;
    /// Renames, and syncs the directory.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError>;
    /// Two paths change places in one step, so that at each moment one of them stands there. `false` where the system or the
    /// file system has no such step: then nothing was done.
    fn exchange(&self, _one: &Path, _other: &Path) -> Result<bool, DiskError> {
        Ok(false)
    }
    /// Removes a file, a link or an empty directory. Nothing there is fine.
    fn remove(&self, path: &Path) -> Result<(), DiskError>;
    /// Removes a tree of ours, never through a link. Nothing there is fine.
    fn remove_tree(&self, path: &Path) -> Result<(), DiskError>;
    /// Sets permission bits.
    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError>;
    /// Sets owner and group.
    fn set_owner(&self, path: &Path, uid: u32, gid: u32) -> Result<(), DiskError>;
    /// Sets one value of Windows' registry, with its type, or takes it away (`None`; not there is fine), and tells the programs
    /// that run that variables have changed where they have. Where there is no registry it fails.
    fn set_registry(
        &self,
        key: &RegistryKey,
        _name: &str,
        _value: Option<&RegistryValue>,
    ) -> Result<(), DiskError> {
        Err(DiskError::because(key.to_string(), text!("why-no-registry")))
    }
    /// Syncs everything written below a directory to the disk, as well as the platform can.
    fn sync_tree(&self, path: &Path) -> Result<(), DiskError>;
    /// Takes an exclusive lock; `None` when another process has it. Held until dropped.
    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError>;
}

/// A file that can be read anywhere.
pub trait ReadSeek: Read + io::Seek + Send {}
impl<T: Read + io::Seek + Send> ReadSeek for T {}

/// Fetches bytes. Proxies, CA bundles, redirects and time limits between bytes live behind it.
pub trait Net: Sync {
    /// Starts a GET. Any HTTP status is an answer; an error means that no answer came.
    fn get(&self, request: &Request) -> Result<Response, NetError>;

    /// From now on this is the limit to the first byte of an answer and between bytes, whatever a request says.
    fn limit(&self, _: Duration) {}

    /// From now on this environment names the proxies and CA files: the one that we were started with is fixed by then.
    fn environment(&self, _: &BTreeMap<String, String>) {}

    /// The unpacked bundle that stands in the place of every network, where one does: then nothing that we start may ask one
    /// either.
    fn bundle(&self) -> Option<&Path> {
        None
    }
}

/// A GET.
#[derive(Clone, Debug)]
pub struct Request {
    /// https only; http for loopback addresses.
    pub url: url::Url,
    /// First and one-past-last byte that are wanted (`Range`); `None` for all.
    pub range: Option<(u64, Option<u64>)>,
    /// The entity tag that a continued download must still have (`If-Range`).
    pub if_range: Option<String>,
    /// How long until the first byte of the answer. What the user says of all requests stands in its place, unless it is
    /// [`Request::BRIEF`] or less.
    pub first_byte: Duration,
}

impl Request {
    /// Of one that only finds out who answers, and how soon: no patience of the user's makes it longer.
    pub const BRIEF: Duration = Duration::from_secs(1);

    /// Whether it only finds out who answers.
    pub fn is_brief(&self) -> bool {
        self.first_byte <= Self::BRIEF
    }

    /// All of a URL, with 30 s to the first byte.
    pub fn new(url: url::Url) -> Self {
        Self { url, range: None, if_range: None, first_byte: Duration::from_secs(30) }
    }
}

/// An answer whose body still arrives. Reading it fails when 30 s pass without a byte.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Bytes of the body, if said.
    pub length: Option<u64>,
    /// For 206: the offset of the first byte, and the size of the whole.
    pub range: Option<(u64, Option<u64>)>,
    /// Entity tag.
    pub etag: Option<String>,
    /// The body.
    pub body: Box<dyn Read + Send>,
}

/// Starts programs that live on: apt, `go build`, Xvfb, a Fyne window.
pub trait Children: Sync {
    /// Starts one.
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>>;
}

/// A program to start. The environment is complete: nothing is inherited.
#[derive(Clone, Debug, Default)]
pub struct Spawn {
    /// Absolute path of the program.
    pub program: PathBuf,
    /// Arguments.
    pub args: Vec<String>,
    /// The whole environment, and whose it is.
    pub env: Environment,
    /// Working directory.
    pub dir: PathBuf,
    /// Whether it keeps our terminal as standard input (sudo asks for a password there); else it gets none.
    pub terminal: bool,
    /// Where its output goes.
    pub output: Output,
    /// A session of its own that outlives us and is never killed: the package manager. Else it dies with us.
    pub survives: bool,
}

/// Where a child's output goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// Read by us line by line.
    #[default]
    Lines,
    /// Appended to a file; `Child::line` then gives nothing.
    File(PathBuf),
    /// Straight to our own output and error.
    Through,
    /// The same, and the beginning and end of its standard error are kept ([`Child::kept`]). Where ours is a terminal, it
    /// sees one too.
    Kept,
}

/// A running program.
pub trait Child: Send {
    /// The next line of output or error, `None` when both are closed. Blocks.
    fn line(&mut self) -> Option<Line>;
    /// Its process id.
    fn id(&self) -> u32;
    /// Whether it has ended, and how. Does not block.
    fn poll(&mut self) -> io::Result<Option<Ended>>;
    /// Waits for its end.
    fn wait(&mut self) -> io::Result<Ended>;
    /// What it wrote to standard error until its end, where that is kept.
    fn kept(&self) -> Vec<u8> {
        Vec::new()
    }
    /// Asks the whole process group to end (TERM), then kills it after two seconds. Not for one that survives.
    fn stop(&mut self);
}

/// A line of a child's output, without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From standard error.
    pub error: bool,
    /// The text, whatever its bytes were.
    pub text: String,
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Exit code, unless a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
}

impl Ended {
    /// Whether it ended with 0.
    pub fn ok(self) -> bool {
        self.code == Some(0)
    }
}
