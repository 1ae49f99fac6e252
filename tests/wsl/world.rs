//! A Debian in Windows Subsystem for Linux: the recording of a healthy Debian, and over it what a row tells of WSL. What
//! neither knows is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fyne_setup::fact::{Fact, Why};
use fyne_setup::recording::replay::Replay;
use fyne_setup::system::{Answer, Ask, Endpoint, Identity, Kind, Look, Space, Stat, TreeSummary};
use serde::Deserialize;

use crate::rows::Disk;

/// What is known of a machine.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// For people.
    pub name: String,
    /// Where each part of it is from, in words.
    pub from: Vec<String>,
    /// Whether nothing is wrong there.
    #[serde(default)]
    pub healthy: bool,
    pub kernel: String,
    /// What `wslinfo --networking-mode` prints; empty where there is no such program.
    #[serde(default)]
    pub network: String,
    /// Where the default route leads.
    pub gateway: Option<core::net::Ipv4Addr>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Files; a directory is there when something is in it.
    #[serde(default)]
    pub files: BTreeMap<PathBuf, String>,
    /// What is at sockets: `unix:PATH` or `tcp:HOST:PORT`, and `welcome`, `refused`, `compositor` or `timeout`.
    #[serde(default)]
    pub sockets: BTreeMap<String, String>,
    /// The directory of a project.
    pub project: Option<PathBuf>,
    /// Whether somebody said `--allow windows-firewall`.
    #[serde(default)]
    pub allow: bool,
    /// Seconds that the clock is behind.
    #[serde(default)]
    pub behind: u64,
}

pub struct World {
    base: Replay,
    row: Row,
    env: BTreeMap<String, String>,
    disk: Disk,
}

const WSLINFO: &str = "/usr/bin/wslinfo";

impl World {
    pub fn of(base: Replay, row: Row) -> Self {
        let mut env = base.env().clone();
        env.extend(row.env.clone());
        let mut files: BTreeMap<PathBuf, Vec<u8>> =
            row.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        let mut put = |path: &str, text: String| {
            files.entry(path.into()).or_insert_with(|| text.into_bytes());
        };
        put("/proc/sys/fs/binfmt_misc/WSLInterop", "enabled\n".into());
        put("/run/WSL/8_interop", String::new());
        put("/proc/meminfo", "MemTotal:        8051328 kB\n".into());
        put("/etc/resolv.conf", "nameserver 10.255.255.254\n".into());
        put(
            "/proc/self/mounts",
            "C:\\134 /mnt/c 9p rw,noatime,aname=drvfs;path=C:\\;uid=1000;gid=1000,trans=fd 0 0\n".into(),
        );
        put("/sys/class/rtc/rtc0/since_epoch", format!("{}\n", base.now() + row.behind));
        if !row.network.is_empty() {
            put(WSLINFO, "\u{7f}ELF".into());
        }
        if let Some(gateway) = row.gateway {
            let by = u32::from_ne_bytes(gateway.octets());
            put("/proc/net/route", format!("Iface\tDestination\tGateway\neth0\t00000000\t{by:08X}\t0003\n"));
        }
        Self { base, row, env, disk: Disk { files, dirs: Vec::new() } }
    }
}

/// What the recording does not know is not there.
fn or_absent<T>(answer: Fact<T>) -> Fact<T> {
    match answer {
        Fact::Unknown(Why::Text(text)) if text.key == "why-not-recorded" => Fact::Absent,
        other => other,
    }
}

/// The first packet of an X server that lets us in, of one that does not, and of a compositor.
fn answer(what: &str) -> Fact<Vec<u8>> {
    match what {
        "welcome" => {
            let vendor = b"The X.Org Foundation";
            let mut bytes = vec![0; 40];
            (bytes[0], bytes[2], bytes[24]) = (1, 11, 20);
            bytes.extend(vendor);
            Fact::Here(bytes)
        }
        "refused" => {
            let words = b"No protocol specified\n\0\0";
            let mut bytes = vec![0, 22, 11, 0, 0, 0, 6, 0];
            bytes.extend(words);
            Fact::Here(bytes)
        }
        "compositor" => Fact::Here(vec![2, 0, 0, 0]),
        "timeout" => Fact::Unknown(Why::System("connection timed out".into())),
        other => panic!("{other} is no answer"),
    }
}

impl Look for World {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        match self.disk.read(path) {
            Fact::Here(bytes) => Fact::Here(bytes),
            _ => or_absent(self.base.read(path)),
        }
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        or_absent(self.base.read_at(path, offset, length))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        match or_absent(self.base.list(path)) {
            Fact::Here(names) => Fact::Here(names),
            _ => self.disk.list(path),
        }
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let known = or_absent(self.base.stat(path));
        let ours = self.disk.files.contains_key(path);
        if known.is_here() || !(ours || self.disk.is_dir(path)) {
            return known;
        }
        let program = path == Path::new(WSLINFO) || !ours;
        Fact::Here(Stat {
            kind: if ours { Kind::File } else { Kind::Dir },
            mode: if program { 0o755 } else { 0o644 },
            uid: 0,
            gid: 0,
            size: 0,
            modified: 1_790_000_000,
            inode: 0,
            target: None,
            writable: false,
            executable: program,
        })
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        or_absent(self.base.tree_summary(dir))
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        match or_absent(self.base.space(path)) {
            Fact::Absent => Fact::Here(Space { free: 38 << 30, ..Space::default() }),
            known => known,
        }
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        if ask.program == Path::new(WSLINFO) && !self.row.network.is_empty() {
            let stdout = self.row.network.clone().into_bytes();
            return Fact::Here(Answer { code: Some(0), stdout, stderr: Vec::new(), timed_out: false });
        }
        // What WSL sets changes no answer of the Debian beneath.
        let env = ask.env.clone().map(|mut all| {
            for (name, value) in &self.row.env {
                if all.get(name) == Some(value) {
                    all.remove(name);
                    all.extend(self.base.env().get(name).map(|was| (name.clone(), was.clone())));
                }
            }
            all
        });
        or_absent(self.base.run(&Ask { env, ..ask.clone() }))
    }

    fn connect(&self, to: &Endpoint, _send: &[u8], _limit: Duration) -> Fact<Vec<u8>> {
        let name = match to {
            Endpoint::Unix(path) => format!("unix:{}", path.display()),
            Endpoint::Abstract(name) => format!("abstract:{name}"),
            Endpoint::Tcp(address) => format!("tcp:{address}"),
        };
        self.row.sockets.get(&name).map_or(Fact::Absent, |it| answer(it))
    }

    fn now(&self) -> u64 {
        self.base.now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.base.monotonic_ms()
    }

    fn wait(&self, time: Duration) {
        self.base.wait(time);
    }

    fn identity(&self) -> Identity {
        Identity { kernel: self.row.kernel.clone(), ..self.base.identity() }
    }
}
