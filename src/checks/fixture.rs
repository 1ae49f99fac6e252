//! Facts for tests of checks and plans: a healthy machine, built in code, from which a test breaks one thing. Not a
//! recording of a real one; those stand in `tests/recordings`. To add a fact: give it its healthy value here, so that
//! every other test keeps meaning what it says.

use std::path::{Path, PathBuf};

use super::{Check, Verdict};
use crate::fact::Fact;
use crate::facts::display::Display;
use crate::facts::go::{BuildInfo, BuildModule, Cli, CliProgram, Go, GoTree, Modules};
use crate::facts::host::{Distro, Rights};
use crate::facts::native::{Compiler, Manager, Native, Probed};
use crate::facts::project::{Project, Require, Sum};
use crate::facts::settings::{FileSeen, Origin, PathEntry, Setting};
use crate::facts::{Facts, Host, Ours, Settings};
use crate::manifest::Knowledge;
use crate::shell::Dialect;
use crate::system::{Identity, Kind, Space, Stat};
use crate::version::GoVersion;
use crate::want::{Goal, Want};

/// What `install` without options wants on Linux, with Fyne 2.8.1.
pub fn want() -> Want {
    crate::want::tests::want()
}

/// The same on a machine that never shows a window.
pub fn want_build() -> Want {
    Want { goal: Goal::Build, ..want() }
}

/// A Debian 12 of root's with Go 1.27.4 in /usr/local/go, fyne in ~/go/bin, everything in place, an X display, and no
/// project.
pub fn healthy() -> Facts {
    let bin = "/root/go/bin";
    Facts {
        host: host(),
        here: settings(),
        go: Go {
            trees: vec![tree("/usr/local/go", "1.27.4", true)],
            first: Some(0),
            answer: Fact::Here("go version go1.27.4 linux/amd64".into()),
            answers: true,
            gopath: Some("/root/go".into()),
            bin: Some(bin.into()),
            bin_stat: Fact::Here(stat(Kind::Dir, 0o755)),
            ..Go::default()
        },
        cli: Cli { programs: vec![fyne("/root/go/bin/fyne", "fyne.io/tools/cmd/fyne", "v1.7.4")] },
        modules: Modules {
            dir: Some("/root/go/pkg/mod".into()),
            stat: Fact::Here(stat(Kind::Dir, 0o755)),
            build_cache: Some("/root/.cache/go-build".into()),
            build_cache_stat: Fact::Here(stat(Kind::Dir, 0o755)),
            wanted: 36,
            roots: Fact::Here("/etc/ssl/certs/ca-certificates.crt".into()),
            ..Modules::default()
        },
        native: native(),
        display: display(),
        project: Fact::Absent,
        ours: Ours {
            current: Fact::Absent,
            env_file: Fact::Absent,
            last_proof: Fact::Absent,
            ..Ours::default()
        },
        ..Facts::default()
    }
}

/// The healthy machine with a project on it that requires this fyne/v2.
pub fn with_project(fyne: &str) -> Facts {
    let requires = vec![Require {
        path: "fyne.io/fyne/v2".into(),
        version: format!("v{fyne}"),
        indirect: false,
        line: 5,
    }];
    let sum = |version: String, line| Sum {
        path: "fyne.io/fyne/v2".into(),
        version,
        hash: "h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=".into(),
        line,
    };
    let project = Project {
        dir: "/root/hello".into(),
        module: "hello".into(),
        go_line: Some(("1.22.0".into(), 3)),
        go: Some(version("1.22.0")),
        requires,
        sums: Fact::Here(vec![sum(format!("v{fyne}"), 1), sum(format!("v{fyne}/go.mod"), 2)]),
        work: Fact::Absent,
        vendor: Fact::Absent,
        ..Project::default()
    };
    Facts { project: Fact::Here(project), ..healthy() }
}

/// The project of [`with_project`], to be broken.
pub fn project(facts: &mut Facts) -> &mut Project {
    match &mut facts.project {
        Fact::Here(it) => it,
        _ => panic!("these facts have no project"),
    }
}

/// A machine on which nothing is installed: a bare Debian 12.
pub fn bare() -> Facts {
    let mut facts = healthy();
    facts.go = Go {
        gopath: Some("/root/go".into()),
        bin: Some("/root/go/bin".into()),
        answer: Fact::Absent,
        bin_stat: Fact::Absent,
        ..Go::default()
    };
    facts.cli = Cli::default();
    facts.here.path.retain(|it| !it.dir.starts_with("/usr/local/go") && !it.dir.starts_with("/root"));
    facts.modules.stat = Fact::Absent;
    facts.modules.build_cache_stat = Fact::Absent;
    facts.modules.missing = vec!["fyne.io/fyne/v2@v2.8.1".into()];
    facts.native.compiler = Compiler {
        command: vec!["gcc".into()],
        path: Fact::Absent,
        works: Fact::Absent,
        ..Compiler::default()
    };
    facts.native.pkg_config = Fact::Absent;
    for probed in facts.native.capabilities.values_mut() {
        probed.found = Fact::Absent;
    }
    facts.display =
        Display { xvfb: Fact::Absent, libgl: Fact::Absent, drivers: Fact::Absent, ..Display::default() };
    facts
}

/// Sets a variable of a terminal.
pub fn set_in(here: &mut Settings, name: &str, value: &str) {
    here.variables.insert(name.into(), Setting { value: value.into(), origin: Origin::Terminal });
}

/// Sets a variable here.
pub fn set(facts: &mut Facts, name: &str, value: &str, origin: Origin) {
    facts.here.variables.insert(name.into(), Setting { value: value.into(), origin });
}

/// Set by `~/.profile`, line 9.
pub fn profile() -> Origin {
    Origin::File { path: "/root/.profile".into(), line: 9 }
}

/// Set by `go env -w`, line 1.
pub fn go_env() -> Origin {
    Origin::GoEnv { path: "/root/.config/go/env".into(), line: 1 }
}

/// A shell file that a login reads.
pub fn file(path: &str, text: &str, writable: bool) -> FileSeen {
    let bytes = text.as_bytes().to_vec();
    let digest = crate::digest::Digest::of(&bytes).to_string();
    FileSeen { dialect: Dialect::Sh, digest, real: path.into(), writable, bytes }
}

/// Puts directories in front on PATH.
pub fn path_first(facts: &mut Facts, dirs: &[&str]) {
    for dir in dirs.iter().rev() {
        facts.here.path.insert(0, entry(dir));
    }
}

/// A version, for tests that know it is one.
pub fn version(text: &str) -> GoVersion {
    text.parse().expect("a version")
}

/// A complete Go tree; `on_path` when its `bin` is.
pub fn tree(root: &str, go: &str, on_path: bool) -> GoTree {
    GoTree {
        style: <_>::default(),
        root: root.into(),
        command: on_path.then(|| Path::new(root).join("bin/go")),
        version: Fact::Here(version(go)),
        version_text: format!("go{go}"),
        missing: Vec::new(),
        extra: Vec::new(),
        ours: false,
        writable: true,
        touched: false,
        go_stat: Fact::Here(stat(Kind::File, 0o755)),
        brought: None,
        foreign: None,
        program: None,
    }
}

/// A fyne CLI of this main package and module version.
pub fn fyne(path: &str, package: &str, version: &str) -> CliProgram {
    let module = package.strip_suffix("/cmd/fyne").unwrap_or(package);
    let main = BuildModule {
        path: module.into(),
        version: version.into(),
        sum: "h1:abc=".into(),
        ..BuildModule::default()
    };
    let (go, package) = ("go1.27.4".into(), package.into());
    let build = BuildInfo { go, path: package, main, ..BuildInfo::default() };
    CliProgram {
        path: path.into(),
        on_path: true,
        build: Fact::Here(build),
        whole: true,
        wraps: false,
        runs: true,
    }
}

/// Something of ours at a path.
pub fn stat(kind: Kind, mode: u32) -> Stat {
    Stat {
        kind,
        mode,
        uid: 0,
        gid: 0,
        size: 4096,
        modified: 1_700_000_000,
        inode: 0,
        target: None,
        writable: mode & 0o200 != 0,
        executable: mode & 0o100 != 0,
    }
}

/// What the program itself knows.
pub fn known() -> &'static Knowledge {
    static KNOWN: std::sync::LazyLock<Knowledge> = std::sync::LazyLock::new(Knowledge::embedded);
    &KNOWN
}

/// What a check says of these facts.
pub fn judged(check: &Check, facts: &Facts) -> Verdict {
    (check.judge)(facts, &want(), known())
}

fn entry(dir: &str) -> PathEntry {
    PathEntry { dir: dir.into(), exists: true, origin: Origin::Terminal }
}

fn host() -> Host {
    let space = Fact::Here(Space { free: 50 << 30, ..Space::default() });
    Host {
        identity: Identity {
            os: "linux".into(),
            arch: "x86_64".into(),
            kernel: "6.1.0".into(),
            cwd: "/root".into(),
            cpus: 2,
            ..Identity::default()
        },
        distro: Fact::Here(Distro {
            id: "debian".into(),
            version: "12".into(),
            like: Vec::new(),
            name: "Debian GNU/Linux 12 (bookworm)".into(),
        }),
        libc: Fact::Here("glibc 2.36".into()),
        user: "root".into(),
        home: Fact::Here("/root".into()),
        home_stat: Fact::Here(stat(Kind::Dir, 0o700)),
        home_variable: Some("/root".into()),
        account_home: Some("/root".into()),
        shell: Fact::Here("/bin/bash".into()),
        rights: Rights::Root,
        data_space: space.clone(),
        cache_space: space.clone(),
        tmp: ("/tmp".into(), Fact::Here(stat(Kind::Dir, 0o1777))),
        tmp_space: space,
        ..Host::default()
    }
}

fn settings() -> Settings {
    let root = |line| Origin::GoRoot { path: "/usr/local/go/go.env".into(), line };
    let mut facts = Facts::default();
    set(&mut facts, "HOME", "/root", Origin::Terminal);
    set(&mut facts, "GOPROXY", "https://goproxy.example,direct", root(7));
    set(&mut facts, "GOSUMDB", "sum.golang.org", root(8));
    set(&mut facts, "GOTOOLCHAIN", "auto", root(12));
    let path = ["/usr/local/go/bin", "/root/go/bin", "/usr/local/sbin", "/usr/local/bin", "/usr/bin", "/bin"];
    Settings {
        style: <_>::default(),
        path: path.map(entry).to_vec(),
        go_env_file: Some("/root/.config/go/env".into()),
        ..facts.here
    }
}

fn native() -> Native {
    let probed = |name: &String| {
        let probed = Probed { tried: name.clone(), found: Fact::Here(()), ..Probed::default() };
        (name.clone(), probed)
    };
    Native {
        compiler: Compiler {
            command: vec!["gcc".into()],
            path: Fact::Here("/usr/bin/gcc".into()),
            version: Some("gcc (Debian 12.2.0-14) 12.2.0".into()),
            machine: Some("x86_64-linux-gnu".into()),
            is_gcc: true,
            works: Fact::Here(Ok(())),
            ..Compiler::default()
        },
        pkg_config: Fact::Here(("/usr/bin/pkg-config".into(), "1.8.1".into())),
        capabilities: known().packages.expand(&want().target.needs).iter().map(probed).collect(),
        manager: Fact::Here(Manager {
            name: "apt".into(),
            program: "/usr/bin/apt-get".into(),
            lists: true,
            ..Manager::default()
        }),
        supply: Fact::Absent,
        ..Native::default()
    }
}

fn display() -> Display {
    let libgl = PathBuf::from("/usr/lib/x86_64-linux-gnu/libGL.so.1");
    Display {
        x11: Some((":0".into(), Fact::Here("The X.Org Foundation".into()))),
        wayland: None,
        xvfb: Fact::Here("/usr/bin/Xvfb".into()),
        libgl: Fact::Here((libgl.clone(), libgl.with_file_name("libGL.so.1.7.0"))),
        drivers: Fact::Here("/usr/lib/x86_64-linux-gnu/dri/swrast_dri.so".into()),
        desktop: Fact::Absent,
        ..Display::default()
    }
}

#[test]
fn a_healthy_machine_has_no_bad_verdict() {
    for facts in [healthy(), with_project("2.8.1")] {
        for finding in super::judge(&facts, &want(), known(), &[]) {
            let status = finding.verdict.status;
            assert!(!finding.verdict.is_bad(), "{} is {status:?}: {}", finding.id, finding.verdict.summary);
        }
        assert!(super::healthy(&super::judge(&facts, &want(), known(), &[])));
    }
}
