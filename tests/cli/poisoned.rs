//! A hostile environment: variables that make programs run others, a PATH and a directory full of traps. What asks the system
//! gets none of it. What asks as the user would (gcc, go, pkg-config) gets it, as his own build does.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::hostile::{real_go, trap};
use crate::program::Program;

/// Variables, one a word; what stands behind `=` is the value, `TRAP` the path of a program that leaves a trace, `DIR` the
/// directory where it lies. Without a value it is `TRAP`.
const VARIABLES: &str = "\
    GOFLAGS=-toolexec=TRAP GOENV=DIR/goenv GOROOT=DIR GOTOOLDIR=DIR GOCACHEPROG GOAUTH=TRAP GOVCS=*:all GONOSUMDB=* \
    GONOSUMCHECK=1 GOINSECURE=* GOPRIVATE=* GONOPROXY=* GOSUMDB=off GOPROXY=file://DIR GOWORK=DIR/go.work \
    GOBIN=DIR GOPATH=DIR/gopath GOMODCACHE=DIR/mod GOTMPDIR=DIR GODEBUG=execwait=2 GOEXPERIMENT=none \
    GO111MODULE=off GOTOOLCHAIN=path GCCGO GOOS=plan9 GOARCH=wasm CC CXX AR FC CGO_ENABLED=0 \
    CGO_CFLAGS=-fplugin=DIR/x.so CGO_CPPFLAGS=-BDIR CGO_CXXFLAGS=-BDIR CGO_LDFLAGS=-fuse-ld=TRAP \
    CGO_CFLAGS_ALLOW=.* CGO_LDFLAGS_ALLOW=.* PKG_CONFIG PKG_CONFIG_PATH=DIR PKG_CONFIG_LIBDIR=DIR \
    PKG_CONFIG_SYSROOT_DIR=DIR GIT_DIR=DIR GIT_WORK_TREE=DIR GIT_SSH GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_PAGER \
    GIT_ASKPASS GIT_EDITOR GIT_PROXY_COMMAND GIT_EXEC_PATH=DIR GIT_TEMPLATE_DIR=DIR GIT_CONFIG_GLOBAL=DIR/gitconfig \
    GIT_CONFIG_SYSTEM=DIR/gitconfig GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.fsmonitor GIT_CONFIG_VALUE_0 \
    GIT_TRACE=DIR/trace-of-git LD_LIBRARY_PATH=DIR LD_BIND_NOW=1 LD_ORIGIN_PATH=DIR DYLD_INSERT_LIBRARIES=DIR/x.so \
    DYLD_LIBRARY_PATH=DIR BASH_ENV ENV IFS=/ SHELLOPTS=xtrace BASHOPTS=extdebug PS4=$(TRAP) PROMPT_COMMAND CDPATH=DIR \
    GLOBIGNORE=* BASH_FUNC_printf%%=()\u{a0}{\u{a0}TRAP;\u{a0}} PYTHONPATH=DIR PYTHONSTARTUP PYTHONHOME=DIR \
    PYTHONINSPECT=1 PERL5LIB=DIR PERL5OPT=-Mtrap PERL5DB=TRAP RUBYOPT=-rDIR/trap RUBYLIB=DIR NODE_OPTIONS=--require=TRAP \
    GCC_EXEC_PREFIX=DIR/ COMPILER_PATH=DIR LIBRARY_PATH=DIR CPATH=DIR C_INCLUDE_PATH=DIR SUDO_ASKPASS SSH_ASKPASS EDITOR \
    VISUAL PAGER BROWSER GCONV_PATH=DIR LOCPATH=DIR NLSPATH=DIR TERMINFO=DIR HOSTALIASES=DIR/hosts DPKG_ROOT=DIR \
    DPKG_ADMINDIR=DIR DPKG_HOOK APT_CONFIG=DIR/apt.conf DEBCONF_SYSTEMRC=DIR/rc RPM_CONFIGDIR=DIR ZDOTDIR=DIR LESSOPEN=|TRAP";

/// Whose value is a program that the user's own build would start, and therefore our look at it.
const OF_USER: [&str; 2] = ["CC", "PKG_CONFIG"];

/// What the library that is loaded into every child may find itself in: us, and what asks as the user would.
const AS_USER: [&str; 10] =
    ["fyne-setup", "go", "gofmt", "gcc", "cc1", "as", "ld", "collect2", "pkg-config", "pkgconf"];

/// A home with traps.
struct Trapped {
    program: Program,
    dir: PathBuf,
    trace: PathBuf,
}

impl Trapped {
    fn new() -> Self {
        let program = Program::new();
        let (dir, trace) = (program.home().join("traps"), program.home().join("trace"));
        for name in
            ["trap", "path/getconf", "path/dpkg-query", "path/sh", "path/bash", "path/env", "path/sudo"]
        {
            trap(&dir.join(name), &trace);
        }
        for name in
            ["rpm", "ldconfig", "uname", "ld.so", "apt-get", "git", "hg", "cat", "printf", "id", "locale"]
        {
            trap(&dir.join("path").join(name), &trace);
        }
        for (name, text) in [
            ("goenv", "GOFLAGS=-toolexec=TRAP\n"),
            ("gitconfig", "[core]\n\tfsmonitor = TRAP\n"),
            ("apt.conf", "DPkg::Pre-Invoke {\"TRAP\";};\n"),
            (".zshenv", "TRAP\n"),
        ] {
            let text = text.replace("TRAP", &dir.join("trap").to_string_lossy());
            fs::write(dir.join(name), text).expect("written");
        }
        let project = program.home().join("project");
        for name in ["go", "gcc", "getconf", "dpkg-query", "sh", "env", "sudo", "git"] {
            trap(&project.join(name), &trace);
        }
        fs::write(project.join("go.mod"), "module x\n\ngo 1.21\n\nrequire fyne.io/fyne/v2 v2.8.1\n")
            .expect("written");
        Self { program, dir, trace }
    }

    fn variables(&self) -> Vec<(String, String)> {
        let (dir, trap) = (self.dir.to_string_lossy(), self.dir.join("trap"));
        let value = |it: &str| {
            it.replace("TRAP", &trap.to_string_lossy()).replace("DIR", &dir).replace('\u{a0}', " ")
        };
        let words = VARIABLES.split(' ').filter(|it| !it.is_empty());
        words
            .map(|it| it.split_once('=').map_or((it, "TRAP"), |it| it))
            .map(|it| (it.0.to_owned(), value(it.1)))
            .collect()
    }

    /// Runs a command in the hostile directory, and gives each line on what a child with a fixed environment got.
    fn run(&self, words: &[&str], variables: &[(String, String)], path: &str) -> Vec<String> {
        let mut command = self.program.command(&[words, &["-vvv"]].concat());
        command.current_dir(self.program.home().join("project")).env("PATH", path);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let said = command.output().expect("the program starts");
        let log = String::from_utf8_lossy(&said.stderr).into_owned();
        let (mut lines, mut users) = (Vec::new(), Vec::new());
        for line in log.lines().filter_map(|it| Some(it.split_once("variables of ")?.1)) {
            match (line.split_once(", fixed: "), line.split_once(", the user's: ")) {
                (Some((_, names)), _) => lines.push(names.to_owned()),
                // What a login shell gets is its own, and nothing of this environment.
                (None, Some((program, names))) if program.ends_with("sh") => lines.push(names.to_owned()),
                (None, Some((program, _))) => users.push(program.to_owned()),
                (None, None) => panic!("{line}"),
            }
        }
        for program in users {
            let name = program.rsplit('/').next().unwrap_or_default();
            let own = AS_USER.contains(&name) || program.ends_with("/traps/trap");
            assert!(own || name.starts_with("ld-linux"), "{words:?}: {program} got the user's environment");
        }
        assert!(!lines.is_empty(), "{words:?} asks the system something, and says it: {log}");
        lines
    }

    fn path(&self) -> String {
        let go = real_go().map(|it| format!("{}:", it.display())).unwrap_or_default();
        format!("{}:.::{go}/usr/bin:/bin", self.dir.join("path").display())
    }

    fn traces(&self) -> String {
        fs::read_to_string(&self.trace).unwrap_or_default()
    }
}

/// What we set ourselves for the Go that we vouch for; that the values are ours, `go env` says in another test.
const VOUCHED: &str = "AR CC CGO_CFLAGS CGO_CXXFLAGS CGO_ENABLED CGO_LDFLAGS CXX GO111MODULE GOAUTH GOBIN GOENV GOFLAGS \
    GOINSECURE GOMODCACHE GONOPROXY GONOSUMDB GOPATH GOPRIVATE GOPROXY GOSUMDB GOTOOLCHAIN GOVCS GOWORK PKG_CONFIG";

/// No line names one of these variables.
fn none_of(variables: &[(String, String)], lines: &[String], of: &str) {
    for line in lines {
        let vouched = line.split(' ').any(|it| it == "GOENV");
        let ours = |name: &str| vouched && VOUCHED.split_whitespace().any(|it| it == name);
        let strange = variables.iter().find(|(name, _)| line.split(' ').any(|it| it == name && !ours(it)));
        assert_eq!(strange, None, "{of}: a child that asks the system got: {line}");
    }
}

#[test]
fn no_hostile_variable_reaches_a_child_that_asks_the_system() {
    let trapped = Trapped::new();
    let variables = trapped.variables();
    assert!(variables.len() >= 60, "{}", variables.len());
    let path = trapped.path();
    for one in &variables {
        let one = std::slice::from_ref(one);
        none_of(one, &trapped.run(&["check"], one, &path), &one[0].0);
        let traces = trapped.traces();
        assert!(traces.is_empty() || OF_USER.contains(&&*one[0].0), "{one:?}: {traces}");
        fs::remove_file(&trapped.trace).ok();
    }
}

#[test]
fn all_hostile_variables_together_reach_none_in_any_command() {
    let trapped = Trapped::new();
    let variables: Vec<_> = trapped.variables().into_iter().filter(|it| !OF_USER.contains(&&*it.0)).collect();
    for words in [
        &["check"][..],
        &["check", "--deep", "--offline"],
        &["plan", "install", "--offline"],
        &["plan", "repair", "--offline"],
        &["install", "--dry-run", "--offline"],
        &["repair", "go.flags", "project", "--offline", "--yes"],
        &["prove", "--offline"],
    ] {
        none_of(&variables, &trapped.run(words, &variables, &trapped.path()), &format!("{words:?}"));
        assert_eq!(trapped.traces(), "", "{words:?}");
    }
}

#[test]
fn a_library_for_every_child_comes_into_none_that_asks_the_system() {
    let trapped = Trapped::new();
    let Some(library) = spy(&trapped) else { return };
    for name in ["LD_PRELOAD", "LD_AUDIT"] {
        let one = [(name.to_owned(), library.display().to_string())];
        none_of(&one, &trapped.run(&["check"], &one, &trapped.path()), name);
        let traces = trapped.traces();
        assert!(name == "LD_AUDIT" || traces.contains("fyne-setup"), "it was loaded: {traces}");
        for program in traces.lines() {
            let name = Path::new(program).file_name().expect("a name").to_string_lossy().into_owned();
            let known = AS_USER.iter().any(|it| name == *it || name.contains(&format!("-{it}")));
            assert!(known, "{program} was loaded with what the user's environment says");
        }
    }
}

#[test]
fn no_go_is_run_that_a_shell_would_not_take_or_that_a_stranger_may_write() {
    let Some(go) = real_go() else { return };
    let trapped = Trapped::new();
    let late = trapped.dir.join("late");
    trap(&late.join("go"), &trapped.trace);
    fs::set_permissions(&late, fs::Permissions::from_mode(0o777)).expect("a mode");
    let check = |path: String| {
        let mut command = trapped.program.command(&["check", "go", "--json"]);
        let said = command.env("PATH", path).output().expect("the program starts");
        String::from_utf8(said.stdout).expect("UTF-8")
    };
    let said = check(format!("{}:/usr/bin:/bin:{}", go.display(), late.display()));
    assert_eq!(trapped.traces(), "");
    assert!(said.contains(&format!("{}: not run", late.join("go").display())), "{said}");
    // First on PATH, and a stranger's: only root can lay that.
    if std::os::unix::fs::chown(&late, Some(65534), None).is_err() {
        eprintln!("SKIPPED: a directory of another user's, for this user is not root");
        return;
    }
    let said = check(format!("{}:{}:/usr/bin:/bin", late.display(), go.display()));
    assert_eq!(trapped.traces(), "");
    assert!(said.contains("others may write"), "{said}");
}

/// A library that writes down which program it is loaded into.
fn spy(trapped: &Trapped) -> Option<PathBuf> {
    let (source, library) = (trapped.dir.join("spy.c"), trapped.dir.join("spy.so"));
    let text = format!(
        "#include <fcntl.h>\n#include <string.h>\n#include <unistd.h>\n\
         unsigned la_version(unsigned it) {{ return it; }}\n\
         __attribute__((constructor)) static void spy(void)\n{{\n\tchar name[4096];\n\
         \tlong size = readlink(\"/proc/self/exe\", name, sizeof name - 1);\n\
         \tint to = open(\"{}\", O_WRONLY | O_CREAT | O_APPEND, 0600);\n\
         \tname[size < 0 ? 0 : size] = '\\n';\n\tif (to >= 0 && write(to, name, size + 1)) close(to);\n}}\n",
        trapped.trace.display()
    );
    fs::write(&source, text).expect("written");
    let built = Command::new("gcc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).output();
    if built.is_ok_and(|it| it.status.success()) {
        return Some(library);
    }
    eprintln!("SKIPPED: no C compiler on this machine; what is loaded into children is not tried");
    None
}
