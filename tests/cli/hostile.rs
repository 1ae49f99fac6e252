//! A hostile project directory: whatever lies in it, no command that looks, plans or repairs runs any of it. Where there is a
//! real Go it is asked, for what Go itself starts in a project is half of the danger.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::program::Program;

/// Writes a program that leaves a trace when it is run.
pub fn trap(path: &Path, trace: &Path) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    let name = path.file_name().expect("a name").to_string_lossy();
    let script = format!("#!/bin/sh\necho \"{name} $*\" >>'{}'\nexit 0\n", trace.display());
    fs::write(path, script).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode");
}

/// The directory of a real Go's programs, if this machine has one.
pub fn real_go() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let dirs = std::env::split_paths(&path).chain(["/usr/local/go/bin".into()]);
    let real = |it: PathBuf| fs::canonicalize(it.join("go")).ok()?.parent().map(Path::to_path_buf);
    let found = dirs.filter_map(real).find(|it| it.join("../pkg/tool").is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: no real Go on this machine; what go itself would start is not tried");
    }
    found
}

/// How a project is hostile, besides what all are.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// It names a Go that is not there.
    Foreign,
    /// Go gets all the way through it: what is required lies in the project.
    Whole,
    /// Lines of go.sum are missing: `repair` has something to do.
    Lines,
    /// A workspace.
    Work,
    /// Modules beside it.
    Vendor,
}

/// Programs that may be called by name, and those that a tool keeps at a place of its own.
const TRAPS: &[&str] = &[
    "go",
    "gofmt",
    "gcc",
    "cc",
    "pkg-config",
    "fyne",
    "git",
    "hg",
    "svn",
    "fossil",
    "bzr",
    "Xvfb",
    "uname",
    "getconf",
    "dpkg-query",
    "sudo",
    "sh",
    "bash",
    "env",
    "bin/go",
    "go.exe",
    "tool",
    "hooks/post-checkout",
    "hooks/post-index-change",
];

const GIT_CONFIG: &str = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = FRONT/tool\n\
     \tsshCommand = FRONT/tool\n\thooksPath = FRONT/hooks\n\tpager = FRONT/tool\n\tgitProxy = FRONT/tool\n\
     [diff]\n\texternal = FRONT/tool\n[credential]\n\thelper = FRONT/tool\n[filter \"x\"]\n\tclean = FRONT/tool\n";

const NATIVE: &str = "package main\n\n// #cgo pkg-config: ./pkg-config\n// #cgo CFLAGS: -fplugin=./tool\nimport \"C\"\n\n\
     //go:generate ./tool\nfunc main() {}\n";

/// Version controls that Go asks about a project, each the only one: of two together it makes an error.
const VCS: [&str; 5] = ["git", "hg", "svn", "fossil", "bzr"];

fn versioned(vcs: &str, project: &Path, lay: &dyn Fn(&str, &str)) {
    match vcs {
        "git" => {
            lay(".git/config", GIT_CONFIG);
            lay(".git/HEAD", "ref: refs/heads/main\n");
            fs::create_dir_all(project.join(".git/objects")).expect("made");
            fs::create_dir_all(project.join(".git/refs")).expect("made");
        }
        "hg" => lay(".hg/hgrc", "[hooks]\npre-status = FRONT/tool\n[extensions]\nx = FRONT/tool\n"),
        "svn" => lay(".svn/entries", "12\n"),
        "bzr" => lay(".bzr/branch-format", "Bazaar\n"),
        _ => lay(".fslckout", "x"),
    }
}

/// Lays the project; gives it with the file where traps leave their trace.
fn laid(program: &Program, kind: Kind, vcs: &str) -> (PathBuf, PathBuf) {
    let (project, trace) = (program.home().join("project"), program.home().join("trace"));
    for name in TRAPS {
        trap(&project.join(name), &trace);
    }
    // git is a real one, whose settings in the project name programs; of the others it is enough that Go asks them.
    for name in VCS.iter().filter(|it| **it != "git") {
        trap(&program.home().join("vcs").join(name), &trace);
    }
    let lay = |name: &str, text: &str| {
        let path = project.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text.replace("FRONT", &project.to_string_lossy())).expect("written");
    };
    let version = if matches!(kind, Kind::Foreign) { "1.99.0\n\ntoolchain go1.99.0-evil" } else { "1.21" };
    let near = match kind {
        Kind::Whole | Kind::Work => "\nreplace fyne.io/fyne/v2 => ./fyne2\n",
        _ => "",
    };
    lay("go.mod", &format!("module x\n\ngo {version}\n\nrequire fyne.io/fyne/v2 v2.8.1\n{near}"));
    lay("fyne2/go.mod", "module fyne.io/fyne/v2\n\ngo 1.21\n");
    lay("fyne2/fyne.go", "package fyne\n");
    lay("main.go", "package main\n\nimport _ \"fyne.io/fyne/v2\"\n\nfunc main() {}\n");
    // Whatever is missing of the others: this one Go looks at to the end.
    lay("alone/main.go", "package main\n\nfunc main() {}\n");
    // Where Go stops at its flags, it does not come to what is asked after them.
    if !matches!(kind, Kind::Whole | Kind::Lines) {
        lay("native/main.go", NATIVE);
    }
    lay("go.env", "GOFLAGS=-toolexec=FRONT/tool -exec=FRONT/tool\nGOPROXY=file://FRONT\nCC=FRONT/gcc\n");
    lay("env", "GOFLAGS=-toolexec=FRONT/tool\n");
    lay(".envrc", "FRONT/tool\nexport GOFLAGS=-toolexec=FRONT/tool\n");
    versioned(vcs, &project, &lay);
    match kind {
        Kind::Work => lay("go.work", "go 1.21\nuse .\nuse ./fyne2\n"),
        Kind::Foreign => lay("go.work", "go 1.22.0\nuse ./gone\n"),
        Kind::Vendor => {
            trap(&project.join("vendor/go"), &trace);
            lay("vendor/modules.txt", "# fyne.io/fyne/v2 v2.8.1\n## explicit; go 1.21\nfyne.io/fyne/v2\n");
            lay("vendor/fyne.io/fyne/v2/fyne.go", "package fyne\n");
        }
        _ => {}
    }
    (project, trace)
}

#[test]
fn nothing_in_a_project_is_run_by_a_check() {
    for path in ["/usr/local/bin:/usr/bin:/bin", ".:/usr/bin:/bin", ":/usr/bin:/bin", "bin:./:/usr/bin:/bin"]
    {
        let program = Program::new();
        let (project, trace) = laid(&program, Kind::Foreign, "git");
        let mut command = program.command(&["check", "--json"]);
        let said = command.current_dir(&project).env("PATH", path).output().expect("the program starts");
        assert_eq!(said.status.code(), Some(1), "{}", String::from_utf8_lossy(&said.stderr));
        let run = fs::read_to_string(&trace).unwrap_or_default();
        assert_eq!(run, "", "PATH={path}");
    }
}

#[test]
fn nothing_in_a_project_is_run_by_any_command_where_go_works_in_it() {
    let Some(go) = real_go() else { return };
    for kind in [Kind::Foreign, Kind::Whole, Kind::Lines, Kind::Work, Kind::Vendor] {
        let attack = Attack::new(kind, "git", &go);
        for words in [
            &["check", "--json"][..],
            &["check", "--deep", "--offline", "--json"],
            &["plan", "install", "--offline"],
            &["plan", "repair", "--offline"],
            &["install", "--dry-run", "--offline"],
            &["repair", "project", "--offline", "--yes"],
        ] {
            attack.run(words);
        }
    }
}

#[test]
fn no_version_control_of_a_project_is_asked() {
    let Some(go) = real_go() else { return };
    for vcs in VCS {
        Attack::new(Kind::Whole, vcs, &go).run(&["check", "--deep", "--offline"]);
        Attack::new(Kind::Lines, vcs, &go).run(&["repair", "project.sum", "--offline", "--yes"]);
    }
}

#[test]
fn nothing_in_a_project_is_run_by_what_changes_this_machine() {
    let Some(go) = real_go() else { return };
    let attack = Attack::new(Kind::Lines, "git", &go);
    if attack.run(&["plan", "--offline", "--json"]).contains("install-packages") {
        // Root's own machine would be changed.
        eprintln!("SKIPPED: packages are missing on this machine, and install would bring them");
        return;
    }
    let plan = attack.program.home().join("plan.json");
    fs::write(&plan, attack.run(&["plan", "repair", "--offline", "--json"])).expect("written");
    attack.run(&["install", "--offline", "--yes", "--no-proof", "--no-warm"]);
    attack.run(&["apply", &plan.to_string_lossy(), "--offline", "--yes"]);
}

/// A home with a hostile project and what may be run in it.
struct Attack {
    program: Program,
    project: PathBuf,
    trace: PathBuf,
    path: String,
    name: String,
}

impl Attack {
    fn new(kind: Kind, vcs: &str, go: &Path) -> Self {
        let program = Program::new();
        let (project, trace) = laid(&program, kind, vcs);
        let path = format!("{}:{}:/usr/bin:/bin::.", program.home().join("vcs").display(), go.display());
        Self { program, project, trace, path, name: format!("{kind:?}, {vcs}") }
    }

    /// Runs a command in the project; gives what it printed.
    fn run(&self, words: &[&str]) -> String {
        let mut command = self.program.command(words);
        command.current_dir(&self.project).env("PATH", &self.path);
        // The user's own, which a project may know of.
        command.env("GIT_WORK_TREE", &self.project).env("GIT_EXTERNAL_DIFF", self.project.join("tool"));
        // What is not here is not fetched: tests ask no network.
        command.env("GOPROXY", "off");
        let said = command.output().expect("the program starts");
        assert_ne!(said.status.code(), None, "{words:?}");
        let run = fs::read_to_string(&self.trace).unwrap_or_default();
        assert_eq!(run, "", "{}: {words:?}: {}", self.name, String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).expect("UTF-8")
    }
}
