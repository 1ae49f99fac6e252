//! A distribution as a bare machine in memory, seen over ssh: what its row names is there, and nothing else is. A question
//! to a program that the row has no answer for ends the test: nothing is made up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fyne_setup::fact::Fact;
use fyne_setup::system::{Answer, Ask, Endpoint, Identity, Kind, Look, Space, Stat};
use serde::Deserialize;

use crate::rows::Disk;

/// What is known of a distribution.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    #[serde(default)]
    pub name: String,
    /// `real` or `documented`.
    #[serde(default)]
    pub source: String,
    /// Where it is from, in words.
    #[serde(default)]
    pub from: String,
    pub os_release: String,
    #[serde(default = "kernel")]
    pub kernel: String,
    #[serde(default = "arch")]
    pub arch: String,
    /// Root where nobody is named.
    pub user: Option<String>,
    /// `asks` for a password, or is `free`.
    pub sudo: Option<String>,
    #[serde(default)]
    pub libc: String,
    /// Its package manager; empty where we drive none.
    pub manager: String,
    /// What is installed, as `name=version`.
    #[serde(default)]
    pub installed: String,
    /// What apt says of its releases.
    pub releases: Option<String>,
    #[serde(default)]
    pub programs: Vec<PathBuf>,
    #[serde(default)]
    pub files: BTreeMap<PathBuf, String>,
    #[serde(default)]
    pub versions: Versions,
    /// The family of package names that it belongs to.
    pub family: Option<String>,
}

/// Versions that decide which Fyne fits.
#[derive(Debug, Default, Deserialize)]
pub struct Versions {
    pub gcc: String,
    pub wayland: String,
}

fn kernel() -> String {
    "6.12.0".into()
}

fn arch() -> String {
    "x86_64".into()
}

/// The machine.
pub struct World<'a> {
    name: &'a str,
    row: &'a Row,
    env: BTreeMap<String, String>,
    disk: Disk,
    ticks: AtomicU64,
}

const DIRS: &[&str] = &[
    "/etc",
    "/usr/bin",
    "/usr/sbin",
    "/usr/lib",
    "/usr/local/bin",
    "/bin",
    "/sbin",
    "/lib",
    "/var/lib",
    "/proc",
];

impl<'a> World<'a> {
    pub fn of(name: &'a str, row: &'a Row) -> Self {
        let user = row.user.as_deref().unwrap_or("root");
        let home = if user == "root" { "/root".to_owned() } else { format!("/home/{user}") };
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let env = [
            ("HOME", home.as_str()),
            ("LANG", "C.UTF-8"),
            ("LOGNAME", user),
            ("PATH", path),
            ("SHELL", "/bin/sh"),
            ("TERM", "xterm"),
            ("USER", user),
        ];
        let mut files: BTreeMap<PathBuf, Vec<u8>> =
            row.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        files.extend(row.programs.iter().map(|it| (it.clone(), b"\x7fELF".to_vec())));
        files.insert("/etc/os-release".into(), row.os_release.clone().into_bytes());
        let passwd = format!("root:x:0:0:root:/root:/bin/sh\n{user}:x:1000:1000::{home}:/bin/sh\n");
        files.insert("/etc/passwd".into(), passwd.into_bytes());
        files.insert("/proc/locks".into(), Vec::new());
        files.insert(format!("{home}/.profile").into(), Vec::new());
        if row.sudo.is_some() {
            files.insert("/usr/bin/sudo".into(), b"\x7fELF".to_vec());
        }
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let dirs = DIRS.iter().copied().chain(["/tmp", &home]).map(PathBuf::from).collect();
        Self { name, row, env, disk: Disk { files, dirs }, ticks: AtomicU64::new(0) }
    }

    fn home(&self) -> PathBuf {
        PathBuf::from(&self.env["HOME"])
    }

    /// What is installed, as the manager's own query prints it.
    fn query(&self) -> String {
        let line = |it: &str| {
            let (name, version) = it.split_once('=').expect("name=version");
            match self.row.manager.as_str() {
                "apt" => format!("{name}\t{version}\tinstall ok installed\n"),
                "dnf" | "zypper" => format!("{name}\t{version}-1\n"),
                "pacman" => format!("{name} {version}-1\n"),
                "apk" => format!("{name}-{version} x86_64 {{{name}}} (MIT) [installed]\n"),
                "xbps" => format!("ii {name}-{version}_1 A package\n"),
                other => panic!("{other} is no manager"),
            }
        };
        self.row.installed.split_whitespace().map(line).collect()
    }
}

impl Look for World<'_> {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.disk.read(path)
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.disk.list(path)
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let program = self.row.programs.iter().any(|it| it == path) || path == Path::new("/usr/bin/sudo");
        let (kind, mode) = match self.disk.files.get(path) {
            Some(_) if program => (Kind::File, 0o755),
            Some(_) => (Kind::File, 0o644),
            None if path == Path::new("/tmp") => (Kind::Dir, 0o1777),
            None if self.disk.is_dir(path) => (Kind::Dir, 0o755),
            None => return Fact::Absent,
        };
        let id = if self.row.user.is_some() { 1000 } else { 0 };
        let at_home = path.starts_with(self.home());
        let owner = if at_home { id } else { 0 };
        // A row says that a file is there, and not what is in it.
        let size = self.disk.files.get(path).filter(|it| !it.is_empty()).map_or(4096, |it| it.len() as u64);
        Fact::Here(Stat {
            kind,
            mode,
            uid: owner,
            gid: owner,
            size,
            modified: 1_790_000_000,
            inode: 0,
            target: None,
            writable: id == 0 || at_home || mode == 0o1777,
            executable: mode & 0o111 != 0,
        })
    }

    fn space(&self, _path: &Path) -> Fact<Space> {
        Fact::Here(Space { free: 38 << 30, files: Some(1 << 24), ..Space::default() })
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let program = ask.program.as_path();
        if !self.disk.files.contains_key(program) {
            return Fact::Absent;
        }
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let args: Vec<&str> = ask.args.iter().map(String::as_str).collect();
        let (code, out, err) = match (name.as_str(), &args[..]) {
            ("getconf", ["GNU_LIBC_VERSION"]) if self.row.libc.starts_with("glibc") => {
                (0, format!("{}\n", self.row.libc), "")
            }
            ("sudo", ["-n", "true"]) if self.row.sudo.as_deref() == Some("free") => (0, String::new(), ""),
            ("sudo", ["-n", "true"]) => (1, String::new(), "sudo: a password is required\n"),
            ("dpkg-query", ["-W", ..])
            | ("rpm", ["-qa", ..])
            | ("pacman", ["-Q"])
            | ("xbps-query", ["-l"])
            | ("apk", ["list", "--installed"]) => (0, self.query(), ""),
            // Nothing is on hold.
            ("xbps-query", ["-H"]) => (0, String::new(), ""),
            ("apt-get", ["indextargets", ..]) => {
                (0, format!("{}\n", self.row.releases.as_deref().unwrap_or_default()), "")
            }
            asked => panic!("{}: nothing is known of {asked:?}", self.name),
        };
        let (stdout, stderr) = (out.into_bytes(), err.as_bytes().to_vec());
        Fact::Here(Answer { code: Some(code), stdout, stderr, timed_out: false })
    }

    fn connect(&self, _to: &Endpoint, _send: &[u8], _limit: Duration) -> Fact<Vec<u8>> {
        Fact::Absent
    }

    fn now(&self) -> u64 {
        1_795_914_166
    }

    fn monotonic_ms(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::Relaxed)
    }

    fn wait(&self, _time: Duration) {}

    fn identity(&self) -> Identity {
        let id = if self.row.user.is_some() { 1000 } else { 0 };
        let program = if id == 0 { "/usr/local/bin".into() } else { self.home().join(".local/bin") };
        Identity {
            os: "linux".into(),
            arch: self.row.arch.clone(),
            kernel: self.row.kernel.clone(),
            uid: id,
            gid: id,
            cwd: self.home(),
            executable: program.join("fyne-setup"),
            cpus: 2,
            ..Identity::default()
        }
    }
}
