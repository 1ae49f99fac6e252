//! What a build of the user's project means, by scripted builds; and that a real one runs nothing of a hostile project.
#![expect(clippy::disallowed_macros, clippy::print_stderr, reason = "a skipped test says so")]

use super::*;
use crate::checks::fixture;
use crate::prove::environment::find;
use crate::system::children::RealChildren;
use crate::system::disk::RealDisk;
use crate::system::fake::{FakeNet, Living, Machine, Scripted};
use crate::system::real::RealLook;
use crate::system::{Disk, Look};

const PROGRAM: &str = "fyne-setup package main hello\n";
const HEADER: &str =
    "# github.com/go-gl/glfw/v3.3/glfw\nx.h:5:10: fatal error: X11/Xlib.h: No such file or directory\n";

/// The machine of the fixture with a project, and what comes of building it.
fn tried(living: &Living, children: &Scripted<'_>, facts: &mut Facts) -> Option<FailedBuild> {
    let net = FakeNet::down();
    let system = System { look: living, disk: living, net: &net, children };
    let want = fixture::want();
    Trial { system, want: &want, known: fixture::known(), told: &|_| () }.build(facts);
    facts.deep.take()?.project.into_here()?.failed
}

fn machine() -> Living {
    Living::new(Machine::linux().file("/root/hello/go.mod", "module hello").file("/root/hello/main.go", "x"))
}

fn scripted<'a>(living: &'a Living, code: i32, prints: &str) -> Scripted<'a> {
    Scripted::on(living).part("/usr/local/go/bin/go list", 0, PROGRAM).part(
        "/usr/local/go/bin/go build",
        code,
        prints,
    )
}

#[test]
fn a_failed_build_is_read_and_remembered_until_it_succeeds() {
    let (living, mut facts) = (machine(), fixture::with_project("2.8.1"));
    let packages = &fixture::known().packages;
    let failed = tried(&living, &scripted(&living, 1, HEADER), &mut facts).expect("it failed");
    assert_eq!((failed.causes[0].id.as_str(), failed.own), ("missing-header:X11/Xlib.h", false));
    assert_eq!(failed.causes[0].capability.as_deref(), Some("x11"));
    let kept = remembered::last(&living, &facts, packages).expect("nothing is different");
    assert_eq!(kept.failed, Some(failed));
    assert_eq!(tried(&living, &scripted(&living, 0, "hello\n"), &mut facts), None);
    let kept = remembered::last(&living, &facts, packages).expect("nothing is different");
    assert_eq!((kept.programs, kept.failed), (vec!["hello".to_owned()], None));
}

#[test]
fn a_mistake_in_the_program_itself_is_told_from_the_setup_and_not_remembered() {
    let (living, mut facts) = (machine(), fixture::with_project("2.8.1"));
    let said = "# hello\n./main.go:7:2: undefined: widgt\n";
    let failed = tried(&living, &scripted(&living, 1, said), &mut facts).expect("it failed");
    assert!(failed.own && failed.causes.is_empty(), "{failed:?}");
    assert_eq!(failed.said, ["./main.go:7:2: undefined: widgt"]);
    assert_eq!(remembered::last(&living, &facts, &fixture::known().packages), None);
}

#[test]
fn nothing_is_built_where_something_else_is_known_to_be_in_the_way() {
    let (living, mut facts) = (machine(), fixture::with_project("2.8.1"));
    facts.native.capabilities.get_mut("xrandr").expect("wanted").found = Fact::Absent;
    let children = Scripted::on(&living);
    assert_eq!(tried(&living, &children, &mut facts), None);
    assert_eq!(children.lines(), Vec::<String>::new());
}

/// What comes of a trial on this machine, and what was started for it.
fn asked(machine: Machine, change: impl FnOnce(&mut Facts)) -> (Fact<Built>, Vec<String>) {
    let (living, mut facts) = (Living::new(machine), fixture::with_project("2.8.1"));
    change(&mut facts);
    let (net, children) = (FakeNet::down(), Scripted::on(&living));
    let system = System { look: &living, disk: &living, net: &net, children: &children };
    let want = fixture::want();
    Trial { system, want: &want, known: fixture::known(), told: &|_| () }.build(&mut facts);
    (facts.deep.expect("looked at").project, children.lines())
}

fn project() -> Machine {
    Machine::linux().file("/root/hello/go.mod", "module hello").file("/root/hello/main.go", "package main")
}

#[test]
fn go_is_not_started_where_it_or_a_compiler_would_wait_for_a_pipe() {
    for name in ["x.go", "x.inc", "sub/x.go", "vendor/modules.txt"] {
        let (built, started) = asked(project().pipe(&format!("/root/hello/{name}")), |_| ());
        assert!(matches!(built, Fact::Unknown(_)) && started.is_empty(), "{name}: {built:?} {started:?}");
    }
}

#[test]
fn no_other_go_and_no_program_of_its_own_is_taken_at_a_projects_word() {
    let newer = |facts: &mut Facts| fixture::project(facts).go = Some(fixture::version("1.99.0"));
    assert_eq!(asked(project(), newer), (Fact::Absent, vec![]));
    let line = |facts: &mut Facts| fixture::project(facts).toolchain = Some(("go1.99.0".into(), 5));
    assert_eq!(asked(project(), line), (Fact::Absent, vec![]));
    let front = |facts: &mut Facts| fixture::set(facts, "GOFLAGS", "-toolexec=./te", fixture::profile());
    let (built, started) = asked(project(), front);
    assert!(matches!(built, Fact::Unknown(_)) && started.is_empty(), "{built:?} {started:?}");
}

#[test]
fn a_go_that_was_told_to_write_go_mod_writes_a_copy() {
    let (living, mut facts) = (machine(), fixture::with_project("2.8.1"));
    fixture::set(&mut facts, "GOFLAGS", "-mod=mod", fixture::profile());
    let children = scripted(&living, 0, "");
    tried(&living, &children, &mut facts);
    assert!(
        children.lines().iter().all(|it| it.contains("/scratch/programs/go.mod")),
        "{:?}",
        children.lines()
    );
}

/// Programs that a build could be led to by their names, as they lie in a hostile project.
const TRAPS: [&str; 6] = ["go", "gcc", "cc", "git", "pkg-config", "tool"];

#[test]
fn a_real_build_runs_nothing_that_lies_in_the_project() {
    let look = RealLook::new(RealLook::environment(), "/nowhere".into());
    let dirs = look.env().get("PATH").cloned().unwrap_or_default() + ":/usr/local/go/bin";
    let real = |it: &Path| look.stat(&it.with_file_name("../pkg/tool")).is_here();
    let user = [("PATH".to_owned(), dirs)].into();
    let Some(go) = find(crate::path_style::PathStyle::Unix, &user, "go", real) else {
        eprintln!("SKIPPED: no real Go on this machine; no hostile project is built");
        return;
    };
    let root = go.parent().and_then(Path::parent).expect("root/bin/go").to_path_buf();
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let (project, home) = (temporary.path().join("project"), temporary.path().join("home"));
    let (disk, net, children) = (RealDisk, FakeNet::down(), RealChildren::default());
    let system = System { look: &look, disk: &disk, net: &net, children: &children };
    let trace = temporary.path().join("trace");
    let lay = |name: &str, text: &str, mode: u32| {
        let path = project.join(name);
        disk.make_dir(path.parent().expect("a parent"), 0o755).expect("made");
        disk.write(&path, text.replace("FRONT", &project.to_string_lossy()).as_bytes(), Some(mode))
            .expect("written");
    };
    for name in TRAPS {
        lay(name, &format!("#!/bin/sh\necho {name} >>{}\nexit 0\n", trace.display()), 0o755);
    }
    lay(".git/HEAD", "ref: refs/heads/main\n", 0o644);
    lay(".git/config", "[core]\n\trepositoryformatversion = 0\n\tfsmonitor = FRONT/tool\n", 0o644);
    lay("go.mod", "module hello\n\ngo 1.20\n", 0o644);
    lay("main.go", "package main\n\n//go:generate ./tool\nfunc main() {}\n", 0o644);
    lay("main_test.go", "package main\n\nfunc init() { panic(1) }\n", 0o644);
    lay(
        "native/x.go",
        "package main\n\n// #cgo CFLAGS: -fplugin=FRONT/tool -B FRONT\nimport \"C\"\n\nfunc main() {}\n",
        0o644,
    );
    let mut facts = fixture::with_project("2.8.1");
    facts.ours.places = crate::places::Places::linux(&home, |_| None);
    fixture::project(&mut facts).dir = project.clone();
    facts.go.trees[0].root = root;
    let git = project.join(".git").display().to_string();
    for (name, value) in [
        ("PATH", ".::/usr/bin:/bin:./native"),
        ("HOME", &*home.display().to_string()),
        ("GIT_DIR", &*git),
        ("GOPROXY", "off"),
        // The program that runs here is this test, and no front.
        ("GOFLAGS", "-toolexec=/usr/bin/env"),
    ] {
        fixture::set(&mut facts, name, value, crate::facts::settings::Origin::Terminal);
    }
    let want = fixture::want();
    let trial = Trial { system, want: &want, known: fixture::known(), told: &|_| () };
    let built = trial.tried(&facts).into_here().expect("Go worked");
    // Go refuses the flags of the one package; that it came so far shows that it worked in the project.
    let said = built.failed.map(|it| it.said.join("\n")).unwrap_or_default();
    assert!(said.contains("invalid flag in #cgo CFLAGS"), "{said}");
    assert_eq!(look.read(&trace), Fact::Absent, "something of the project was run");
}
