//! A Mac in memory, by its row: what the row names is there, with what every Mac has, and nothing else. A program that the row
//! has no answer for ends with 1 and says so. A stub of Apple's that is run before the tools behind it are there opens a
//! dialogue on a real Mac: here the test fails.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fyne_setup::fact::Fact;
use fyne_setup::probe::go::trees;
use fyne_setup::system::{Answer, Ask, Endpoint, Identity, Kind, Look, Space, Stat};

use crate::canned::Canned;
use crate::program;
use crate::row::Row;
use crate::rows::Disk;

pub const HOME: &str = "/Users/ann";

/// What stands in `/usr/bin` of every Mac and is a stub.
const STUBS: [&str; 20] = [
    "ar", "c++", "c89", "c99", "cc", "clang", "clang++", "cpp", "g++", "gcc", "git", "ld", "lldb", "make",
    "nm", "otool", "pip3", "python3", "strip", "xcrun",
];

/// What a login shell of Apple's begins with (zsh, bash).
const HELPER: &str = "if [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s`\nfi\n";

/// The machine.
pub struct World {
    pub row: Row,
    pub env: BTreeMap<String, String>,
    pub disk: Disk,
    pub links: BTreeMap<PathBuf, PathBuf>,
    /// What was run, in order.
    pub ran: Mutex<Vec<String>>,
    /// What asked the person who sits there: stubs, and what Gatekeeper does not let run.
    pub dialogues: Mutex<Vec<String>>,
    ticks: AtomicU64,
}

impl World {
    pub fn of(row: &Row) -> Self {
        let program = || b"\xcf\xfa\xed\xfe".to_vec();
        let mut files: BTreeMap<PathBuf, Vec<u8>> = own_texts(row);
        let own =
            ["/usr/libexec/path_helper", "/usr/sbin/sysctl", "/bin/launchctl", "/usr/bin/dscl", "/bin/zsh"];
        let more = [
            "/bin/bash",
            "/bin/sh",
            "/usr/bin/sudo",
            "/usr/bin/env",
            "/usr/bin/xcode-select",
            "/usr/bin/sw_vers",
            "/usr/bin/xattr",
            "/usr/bin/codesign",
            "/dev/console",
        ];
        let stubs = STUBS.iter().map(|it| PathBuf::from("/usr/bin").join(it));
        let named = row.files.iter().cloned().chain(row.answers.iter().map(|it| it.program.clone()));
        for file in own.into_iter().chain(more).map(PathBuf::from).chain(stubs).chain(named) {
            files.insert(file, program());
        }
        let links = [("/etc", "/private/etc"), ("/tmp", "/private/tmp"), ("/var", "/private/var")];
        let mut links: BTreeMap<PathBuf, PathBuf> =
            links.into_iter().map(|(from, to)| (from.into(), to.into())).collect();
        links.extend(row.links.clone());
        for (path, text) in &row.texts {
            files.insert(real(&links, path), text.clone().into_bytes());
        }
        let dirs = [
            HOME,
            "/System/Library/Frameworks/OpenGL.framework",
            "/private/tmp",
            "/private/var/folders/zz/T",
            "/usr/local/bin",
            "/usr/bin",
            "/usr/sbin",
            "/sbin",
        ];
        let dirs = dirs.into_iter().map(PathBuf::from).chain(row.dirs.clone()).collect();
        let path = row.path.clone().unwrap_or_else(|| login_path(&files));
        let fixed = [
            ("HOME", HOME.to_owned()),
            ("LANG", "en_US.UTF-8".to_owned()),
            ("PATH", path),
            ("SHELL", row.shell.display().to_string()),
            ("TERM_PROGRAM", "Apple_Terminal".to_owned()),
            ("TMPDIR", "/var/folders/zz/T/".to_owned()),
            ("USER", "ann".to_owned()),
        ];
        let mut env: BTreeMap<String, String> =
            fixed.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        env.extend(row.env.clone());
        env.retain(|name, _| !row.unset.contains(name));
        let disk = Disk { files, dirs };
        let (ran, dialogues) = <_>::default();
        let mut world = Self { row: row.clone(), env, disk, links, ran, dialogues, ticks: AtomicU64::new(0) };
        for it in &row.gos {
            world.has_go(&it.version, &it.root, it.arch.as_deref());
            if it.unsigned {
                let arch = it.arch.as_deref().unwrap_or(world.go_arch());
                world.disk.files.insert(it.root.join("bin/go"), of_apple(false, arch));
            }
        }
        for dir in &row.cli {
            world.has_cli(dir);
        }
        world
    }

    /// How Go calls this processor.
    pub fn go_arch(&self) -> &'static str {
        if self.row.arch == "aarch64" { "arm64" } else { "amd64" }
    }

    /// A whole Go lies there.
    pub fn has_go(&mut self, version: &str, root: &Path, arch: Option<&str>) {
        let arch = arch.unwrap_or(self.go_arch()).to_owned();
        let tools = trees::TOOLS.iter().map(|it| format!("pkg/tool/darwin_{arch}/{it}"));
        let files = [trees::PROGRAMS, trees::FILES].concat();
        for file in files.into_iter().map(str::to_owned).chain(tools) {
            self.disk.files.entry(root.join(file)).or_insert_with(|| b"\xcf\xfa\xed\xfe".to_vec());
        }
        self.disk.files.insert(root.join("bin/go"), of_apple(true, &arch));
        self.disk.files.insert(root.join("VERSION"), format!("go{version}\n").into_bytes());
        let program = root.join("bin/go");
        let out = format!("go version go{version} darwin/{arch}\n");
        self.row.answers.push(Canned { program, args: "version".into(), out, ..Canned::default() });
    }

    /// The recommended `fyne` lies in this directory.
    pub fn has_cli(&mut self, dir: &Path) {
        let settings = format!("build\tGOOS=darwin\nbuild\tGOARCH={}\n", self.go_arch());
        let text = format!("path\tfyne.io/tools/cmd/fyne\nmod\tfyne.io/tools\tv1.7.4\th1:x=\n{settings}");
        self.disk.files.insert(dir.join("fyne"), program::of_go_for_mac(&text, self.go_arch() == "arm64"));
        let (program, args) =
            ("/usr/bin/codesign".into(), format!("--verify --strict {}", dir.join("fyne").display()));
        self.row.answers.push(Canned { program, args, ..Canned::default() });
    }

    fn is_program(&self, path: &Path) -> bool {
        let bytes = self.disk.files.get(path).map_or(&[][..], Vec::as_slice);
        bytes.starts_with(b"\xcf\xfa\xed\xfe") || bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"#!")
    }

    fn said(&self, ask: &Ask) -> (i32, String, String) {
        let args = ask.args.join(" ");
        if let Some(it) = Canned::of(&self.row.answers, ask) {
            return (it.code, it.out.clone(), it.err.clone());
        }
        let silicon = self.row.arch == "aarch64" || self.row.translated;
        match ask.program.to_str().unwrap_or_default() {
            "/usr/sbin/sysctl" if args == "kern.hv_vmm_present" => (0, format!("{args}: 0\n"), String::new()),
            "/usr/sbin/sysctl" if silicon => {
                let translated = u8::from(self.row.translated);
                (0, format!("sysctl.proc_translated: {translated}\nhw.optional.arm64: 1\n"), String::new())
            }
            "/usr/sbin/sysctl" => (1, String::new(), "sysctl: unknown oid 'sysctl.proc_translated'\n".into()),
            "/usr/bin/xattr" if args.starts_with("-p com.apple.quarantine ") => {
                let path = Path::new(args.trim_start_matches("-p com.apple.quarantine "));
                match self.row.quarantine.get(path) {
                    Some(value) => (0, format!("{value}\n"), String::new()),
                    None => (1, String::new(), format!("xattr: {}: No such xattr: com.apple.quarantine\n", path.display())),
                }
            }
            "/bin/launchctl" => (0, String::new(), String::new()),
            "/usr/bin/sudo" => (1, String::new(), "sudo: a password is required\n".into()),
            "/usr/bin/dscl" if args.contains("-search") => {
                (0, format!("ann\t\tUniqueID = (\n    {}\n)\n", self.row.uid), String::new())
            }
            "/usr/bin/dscl" => {
                (0, format!("NFSHomeDirectory: {HOME}\nUserShell: {}\n", self.row.shell.display()), String::new())
            }
            "/usr/bin/xcode-select" if args == "-p" || args == "--print-path" => match &self.row.tools {
                Some(dir) => (0, format!("{}\n", dir.display()), String::new()),
                None => (2, String::new(), "xcode-select: error: unable to get active developer directory, use `sudo xcode-select --switch path/to/Xcode.app` to set one (or see `man xcode-select`)\n".into()),
            },
            _ => (1, String::new(), "not recorded\n".to_owned()),
        }
    }

    /// Keeps what would ask the person who sits there: a probe that panicked would only know less, so that it is told when all
    /// is done.
    pub fn may_start(&self, program: &Path) {
        let whole = self.whole(program);
        if [program, &whole].into_iter().any(|it| self.asks_the_person(it) || self.is_quarantined(it)) {
            self.dialogues.lock().expect("nobody panics here").push(program.display().to_string());
        }
    }

    /// Whether Gatekeeper asks the person before it starts this: quarantined, and neither agreed to nor notarized.
    fn is_quarantined(&self, program: &Path) -> bool {
        let agreed = |it: &String| it.split(';').next().is_some_and(|it| matches!(it, "00c1" | "01c1"));
        let end = format!(" {}", program.display());
        let accepted = |it: &Canned| {
            it.code == 0
                && it.args.ends_with(&end)
                && (it.args.starts_with("--assess") || it.args.contains("notarized"))
        };
        self.row.quarantine.get(program).is_some_and(|it| !agreed(it))
            && !self.row.answers.iter().any(accepted)
    }

    /// Whether this is a stub with nothing behind it.
    fn asks_the_person(&self, program: &Path) -> bool {
        let stub = program.parent() == Some(Path::new("/usr/bin"))
            && program.file_name().is_some_and(|it| STUBS.iter().any(|stub| it == *stub));
        stub && !self.row.tools.as_ref().is_some_and(|it| self.disk.is_dir(it))
    }
}

/// The head of a program of Go's for this processor, with a signature or without one.
fn of_apple(signed: bool, arch: &str) -> Vec<u8> {
    let mut head = program::of_apple(signed);
    if arch == "amd64" {
        head[4..8].copy_from_slice(&0x0100_0007_u32.to_le_bytes());
    }
    head
}

/// Files that every Mac has.
fn own_texts(row: &Row) -> BTreeMap<PathBuf, Vec<u8>> {
    let entry = |key: &str, value: &str| format!("\t<key>{key}</key>\n\t<string>{value}</string>\n");
    let entries =
        [("ProductBuildVersion", &*row.build), ("ProductName", "macOS"), ("ProductVersion", &row.version)];
    let entries: String = entries.iter().map(|(key, value)| entry(key, value)).collect();
    let plist = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n{entries}</dict>\n</plist>\n"
    );
    let major: u16 = row.version.split('.').next().and_then(|it| it.parse().ok()).expect("a version");
    let cryptex = if major >= 14 { "/System/Cryptexes/App/usr/bin\n" } else { "" };
    let texts = [
        ("/System/Library/CoreServices/SystemVersion.plist", plist),
        ("/private/etc/paths", format!("/usr/local/bin\n{cryptex}/usr/bin\n/bin\n/usr/sbin\n/sbin\n")),
        ("/private/etc/zprofile", HELPER.to_owned()),
        ("/private/etc/profile", format!("{HELPER}\nif [ \"${{BASH-no}}\" != \"no\" ]; then\n\t[ -r /etc/bashrc ] && . /etc/bashrc\nfi\n")),
        ("/private/etc/bashrc", "shopt -s checkwinsize\n".to_owned()),
        ("/private/etc/zshrc", "HISTSIZE=2000\n".to_owned()),
        ("/private/etc/passwd", "nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\nroot:*:0:0:System Administrator:/var/root:/bin/sh\n".to_owned()),
    ];
    texts.into_iter().map(|(path, text)| (path.into(), text.into_bytes())).collect()
}

/// What `path_helper` makes of its files alone.
fn login_path(files: &BTreeMap<PathBuf, Vec<u8>>) -> String {
    let of = files.iter().filter(|(path, _)| {
        *path == Path::new("/private/etc/paths") || path.starts_with("/private/etc/paths.d")
    });
    let lines = of.flat_map(|(_, text)| {
        let text = String::from_utf8_lossy(text).into_owned();
        text.lines().filter(|it| !it.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    lines.collect::<Vec<_>>().join(":")
}

/// A path with the links in all its directories followed, and not what stands at its end.
pub fn real(links: &BTreeMap<PathBuf, PathBuf>, path: &Path) -> PathBuf {
    let mut at = path.to_path_buf();
    for _ in 0..40 {
        let through = links.iter().find_map(|(link, target)| {
            let rest = at.strip_prefix(link).ok().filter(|it| !it.as_os_str().is_empty())?;
            Some(link.parent().unwrap_or(Path::new("/")).join(target).join(rest))
        });
        match through {
            Some(next) => at = fyne_setup::system::links::tidy(&next),
            None => break,
        }
    }
    at
}

impl World {
    /// The same with what stands at its end.
    fn whole(&self, path: &Path) -> PathBuf {
        let mut at = real(&self.links, path);
        for _ in 0..40 {
            let Some(target) = self.links.get(&at) else { break };
            let next = at.parent().unwrap_or(Path::new("/")).join(target);
            at = real(&self.links, &fyne_setup::system::links::tidy(&next));
        }
        at
    }
}

impl Look for World {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.disk.read(&self.whole(path))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        let dir = self.whole(path);
        let links = self.links.keys().filter(|it| it.parent() == Some(&dir));
        let links = links.filter_map(|it| Some(it.file_name()?.to_string_lossy().into_owned()));
        let inside = self.disk.list(&dir);
        let mut names: Vec<String> =
            inside.clone().into_here().unwrap_or_default().into_iter().chain(links).collect();
        names.sort();
        names.dedup();
        if names.is_empty() { inside } else { Fact::Here(names) }
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let at = real(&self.links, path);
        let target = self.links.get(&at).cloned();
        let kind = match self.disk.files.get(&at) {
            Some(_) => Kind::File,
            None if target.is_some() => Kind::Link,
            None if self.disk.is_dir(&at) || at == Path::new("/") => Kind::Dir,
            None => return Fact::Absent,
        };
        let ours = |it: &Path| {
            it.starts_with(HOME) || it.starts_with("/private/var/folders") || it.starts_with("/private/tmp")
        };
        let named = self
            .row
            .owners
            .iter()
            .filter(|(path, _)| at.starts_with(path))
            .max_by_key(|it| it.0.as_os_str().len());
        let uid = named.map_or(if ours(&at) { 501 } else { 0 }, |it| *it.1);
        let executable = kind != Kind::File || self.is_program(&at);
        let mode = if executable { 0o755 } else { 0o644 };
        Fact::Here(Stat {
            kind,
            mode,
            uid,
            gid: if uid == 0 { 0 } else { 20 },
            size: self.disk.files.get(&at).map_or(0, |it| it.len() as u64),
            modified: 1_790_000_000,
            inode: 0,
            target,
            writable: uid == self.row.uid || self.row.uid == 0,
            executable,
        })
    }

    fn space(&self, _path: &Path) -> Fact<Space> {
        Fact::Here(Space { free: 38 << 30, files: None, ..Space::default() })
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let program = self.whole(&ask.program);
        self.may_start(&ask.program);
        if !self.disk.files.contains_key(&program) {
            return Fact::Absent;
        }
        let line = format!("{} {}", ask.program.display(), ask.args.join(" "));
        self.ran.lock().expect("no probe panics while it asks").push(line);
        let own = self.row.answers.iter().any(|it| it.program == ask.program);
        let ask = if own { ask.clone() } else { Ask { program, ..ask.clone() } };
        let (code, out, err) = self.said(&ask);
        Fact::Here(Answer {
            code: Some(code),
            stdout: out.into_bytes(),
            stderr: err.into_bytes(),
            timed_out: false,
        })
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
        Identity {
            os: "macos".into(),
            arch: self.row.arch.clone(),
            kernel: self.row.kernel.clone(),
            uid: self.row.uid,
            gid: 20,
            groups: self.row.groups.clone(),
            executable: PathBuf::from(HOME).join("Downloads/fyne-setup"),
            cwd: HOME.into(),
            cpus: 2,
            ..Identity::default()
        }
    }
}
