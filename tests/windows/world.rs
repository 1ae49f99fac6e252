//! A Windows in memory, by its row: what the row names is there, and nothing else is. Paths are written with `/`. A program
//! that the row has no answer for ends with 1 and says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fyne_setup::fact::Fact;
use fyne_setup::path_style::PathStyle;
use fyne_setup::registry::{RegistryEntries, RegistryKey, RegistryValue};
use fyne_setup::system::screen::{ASK_DESKTOP, Desktop, OpenGl};
use fyne_setup::system::{Answer, Ask, Endpoint, Identity, Kind, Look, Space, Stat};
use serde::Deserialize;

use crate::done::real;
use crate::rows::Disk;

/// What is known of a machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// What it is, in a line.
    pub name: String,
    /// Where each part of it is from: a thread, a manifest, a page.
    pub from: Vec<String>,
    #[serde(default = "kernel")]
    pub kernel: String,
    #[serde(default = "arch")]
    pub arch: String,
    #[serde(default = "user")]
    pub user: String,
    /// Directories on PATH before Windows' own, as Windows writes them.
    #[serde(default)]
    pub path: Vec<String>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// winget is there.
    #[serde(default)]
    pub winget: bool,
    #[serde(default)]
    pub files: Vec<PathBuf>,
    #[serde(default)]
    pub texts: BTreeMap<PathBuf, String>,
    /// Key → name → text or number.
    #[serde(default)]
    pub registry: BTreeMap<String, BTreeMap<String, toml::Value>>,
    #[serde(default, rename = "compiler")]
    pub compilers: Vec<Compiler>,
    #[serde(default, rename = "answer")]
    pub answers: Vec<Canned>,
    /// What vswhere answers.
    pub vswhere: Option<String>,
    /// `plan install --msvc`.
    #[serde(default)]
    pub msvc: bool,
    /// The directory of the project that it is asked about, in the profile.
    pub project: Option<PathBuf>,
    /// What our own process sees of the desktop; where the row does not say it, one with a good graphics card.
    pub desktop: Option<Desktop>,
    /// How a build with cl ends: the code, and what it prints.
    pub cl: Option<Ended>,
}

/// A C compiler and all that it says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Compiler {
    pub program: PathBuf,
    pub version: String,
    pub machine: String,
    #[serde(default)]
    pub verbose: String,
    #[serde(default)]
    pub linker: String,
    /// 0: it runs, 64: it does not link, 65: it does not start.
    #[serde(default)]
    pub ends: i32,
    #[serde(default)]
    pub said: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Canned {
    pub program: PathBuf,
    /// How the arguments begin.
    pub args: String,
    #[serde(default)]
    pub code: i32,
    #[serde(default)]
    pub out: String,
    #[serde(default)]
    pub err: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    #[serde(default)]
    pub code: i32,
    #[serde(default)]
    pub out: String,
    #[serde(default)]
    pub err: String,
}

fn kernel() -> String {
    "10.0.22631".into()
}

fn arch() -> String {
    "x86_64".into()
}

fn user() -> String {
    "Ann".into()
}

const VSWHERE: &str = "C:/Program Files (x86)/Microsoft Visual Studio/Installer/vswhere.exe";

/// The machine.
pub struct World {
    pub row: Row,
    pub env: BTreeMap<String, String>,
    pub disk: Disk,
    pub registry: BTreeMap<RegistryKey, BTreeMap<String, RegistryValue>>,
    /// Where links and junctions lead.
    pub links: BTreeMap<PathBuf, PathBuf>,
    ticks: AtomicU64,
}

impl World {
    pub fn of(row: &Row) -> Self {
        let home = format!(r"C:\Users\{}", row.user);
        let local = format!(r"{home}\AppData\Local");
        let own = [r"C:\Windows\system32".to_owned(), r"C:\Windows".to_owned()];
        let path: Vec<String> = row.path.iter().cloned().chain(own).collect();
        let fixed = [
            ("APPDATA", format!(r"{home}\AppData\Roaming")),
            ("LOCALAPPDATA", local.clone()),
            ("PATH", path.join(";")),
            ("PATHEXT", ".COM;.EXE;.BAT;.CMD".to_owned()),
            ("PROGRAMFILES", r"C:\Program Files".to_owned()),
            ("PROGRAMFILES(X86)", r"C:\Program Files (x86)".to_owned()),
            ("SYSTEMDRIVE", "C:".to_owned()),
            ("SYSTEMROOT", r"C:\Windows".to_owned()),
            ("TEMP", format!(r"{local}\Temp")),
            ("TMP", format!(r"{local}\Temp")),
            ("USERNAME", row.user.clone()),
            ("USERPROFILE", home.clone()),
        ];
        let mut env: BTreeMap<String, String> =
            fixed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        env.extend(row.env.clone());
        let program = || b"MZ".to_vec();
        let mut files: BTreeMap<PathBuf, Vec<u8>> =
            row.files.iter().map(|it| (it.clone(), program())).collect();
        files.extend(row.compilers.iter().map(|it| (it.program.clone(), program())));
        files.extend(row.answers.iter().map(|it| (it.program.clone(), program())));
        files.extend(row.texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        files.insert("C:/Windows/System32/cmd.exe".into(), program());
        let below = |rest: &str| PathStyle::Windows.path(&format!(r"{home}\{rest}"));
        // Where a snapshot that knows no Windows looks for temporary files.
        files.insert("/tmp/keep".into(), Vec::new());
        files.insert(below("NTUSER.DAT"), Vec::new());
        files.insert(below(r"AppData\Local\Temp\keep"), Vec::new());
        if row.winget {
            files.insert(below(r"AppData\Local\Microsoft\WindowsApps\winget.exe"), Vec::new());
        }
        let value = |it: &toml::Value| match it {
            toml::Value::Integer(number) => RegistryValue::dword(u32::try_from(*number).expect("a DWORD")),
            other => RegistryValue::sz(other.as_str().expect("a text or a number")),
        };
        let registry = row.registry.iter().map(|(key, values)| {
            let key: RegistryKey = key.parse().expect("a key of the registry");
            (key, values.iter().map(|(name, it)| (name.clone(), value(it))).collect())
        });
        let registry = registry.collect();
        let (disk, links) = (Disk { files, dirs: Vec::new() }, BTreeMap::new());
        let mut world = Self { row: row.clone(), env, disk, registry, links, ticks: AtomicU64::new(0) };
        if let Some(said) = &row.vswhere {
            world.has_vswhere(said);
        }
        world
    }

    /// Visual Studio's installer is there, and says this.
    pub fn has_vswhere(&mut self, said: &str) {
        self.row.vswhere = Some(said.to_owned());
        self.disk.files.insert(VSWHERE.into(), b"MZ".to_vec());
        self.disk.files.insert(Path::new(VSWHERE).with_file_name("setup.exe"), b"MZ".to_vec());
    }

    fn desktop(&self) -> Desktop {
        let gl = OpenGl {
            version: "4.6.0 NVIDIA 560.94".into(),
            renderer: "NVIDIA GeForce RTX 3060/PCIe/SSE2".into(),
            vendor: "NVIDIA Corporation".into(),
        };
        let cards = vec!["NVIDIA GeForce RTX 3060".to_owned()];
        let good = Desktop {
            session: 1,
            visible: true,
            size: (1920, 1080),
            cards,
            gl: Some(gl),
            ..Desktop::default()
        };
        self.row.desktop.clone().unwrap_or(good)
    }

    fn cmd(&self, ask: &Ask) -> (i32, String, String) {
        if let Some(cc) = ask.env.get("FYNE_SETUP_CC") {
            let one = self
                .row
                .compilers
                .iter()
                .find(|it| PathStyle::Windows.same(&it.program, PathStyle::Windows.path(cc)));
            return one
                .map_or((64, String::new(), String::new()), |it| (it.ends, String::new(), it.said.clone()));
        }
        match &self.row.cl {
            Some(it) if ask.env.contains_key("FYNE_SETUP_VCVARS") => {
                (it.code, it.out.clone(), it.err.clone())
            }
            _ => (1, String::new(), "not recorded".to_owned()),
        }
    }

    fn said(&self, ask: &Ask) -> (i32, String, String) {
        let args = ask.args.join(" ");
        if ask.program.ends_with("System32/cmd.exe") {
            return self.cmd(ask);
        }
        if ask.program == Path::new(VSWHERE) {
            return (0, self.row.vswhere.clone().unwrap_or_default(), String::new());
        }
        let canned =
            self.row.answers.iter().filter(|it| it.program == ask.program && args.starts_with(&it.args));
        if let Some(it) = canned.max_by_key(|it| it.args.len()) {
            return (it.code, it.out.clone(), it.err.clone());
        }
        let compiler = self.row.compilers.iter().find(|it| it.program == ask.program);
        match (compiler, args.as_str()) {
            (Some(it), "--version") => (0, format!("{}\n", it.version), String::new()),
            (Some(it), "-dumpmachine") => (0, format!("{}\n", it.machine), String::new()),
            (Some(it), "-v") => (0, String::new(), it.verbose.clone()),
            (Some(it), "-Wl,--version") => (0, format!("{}\n", it.linker), String::new()),
            _ => (1, String::new(), "not recorded\n".to_owned()),
        }
    }
}

impl Look for World {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.disk.read(&real(&self.links, path))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.disk.list(&real(&self.links, path))
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let target = self.links.get(path).cloned();
        let path = &real(&self.links, path);
        let kind = match self.disk.files.get(path) {
            Some(_) => Kind::File,
            None if target.is_some() => Kind::Link,
            None if self.disk.is_dir(path) => Kind::Dir,
            None => return Fact::Absent,
        };
        Fact::Here(Stat {
            kind,
            mode: 0o755,
            uid: 0,
            gid: 0,
            size: self.disk.files.get(path).map_or(0, |it| it.len() as u64),
            modified: 1_790_000_000,
            inode: 0,
            target,
            writable: path.starts_with(PathStyle::Windows.path(&self.env["USERPROFILE"]))
                || path.starts_with("/tmp"),
            executable: true,
        })
    }

    fn space(&self, _path: &Path) -> Fact<Space> {
        Fact::Here(Space { free: 38 << 30, files: None, ..Space::default() })
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let path = ask.env.get("PATH").map_or("", String::as_str);
        assert!(!path.starts_with('/'), "{}: a PATH of Linux: {path}", ask.program.display());
        let mut ask = ask.clone();
        ask.program = real(&self.links, &ask.program);
        if ask.args == [ASK_DESKTOP] {
            let stdout = serde_json::to_vec(&self.desktop()).expect("plain data");
            return Fact::Here(Answer { code: Some(0), stdout, stderr: Vec::new(), timed_out: false });
        }
        if !self.disk.files.contains_key(&ask.program) {
            return Fact::Absent;
        }
        let (code, out, err) = self.said(&ask);
        Fact::Here(Answer {
            code: Some(code),
            stdout: out.into_bytes(),
            stderr: err.into_bytes(),
            timed_out: false,
        })
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        let below = format!("{}\\", key.path.to_lowercase());
        let inside = self.registry.keys().filter(|it| (it.hive, it.view32) == (key.hive, key.view32));
        let names = inside.filter(|it| it.path.to_lowercase().starts_with(&below));
        let mut keys: Vec<String> = names
            .filter_map(|it| it.path.get(below.len()..)?.split('\\').next().map(str::to_owned))
            .collect();
        keys.dedup();
        let values = self.registry.iter().find(|(it, _)| it.is(key)).map(|it| it.1.clone());
        if values.is_none() && keys.is_empty() {
            return Fact::Absent;
        }
        Fact::Here(RegistryEntries { values: values.unwrap_or_default(), keys })
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
        let home = PathStyle::Windows.path(&self.env["USERPROFILE"]);
        Identity {
            os: "windows".into(),
            arch: self.row.arch.clone(),
            kernel: self.row.kernel.clone(),
            executable: home.join("Downloads/fyne-setup.exe"),
            cwd: home,
            cpus: 2,
            ..Identity::default()
        }
    }
}
