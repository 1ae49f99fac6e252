//! Go trees: those on PATH, ours, and those at well-known places; what each lacks.

use std::path::{Path, PathBuf};

use crate::fact::{Fact, Why};
use crate::facts::go::{Go, GoTree, go_arch};
use crate::facts::{Host, Settings, goversion};
use crate::path_style::PathStyle;
use crate::places::{Places, SYSTEM};
use crate::probe::programs;
use crate::system::links;
use crate::system::{Kind, Look};

use super::mac;

/// How long unpacking a Go may take, in seconds.
const AT_ONCE: i64 = 300;

/// Programs that every Go has, relative to its root.
pub const PROGRAMS: &[&str] = &["bin/go", "bin/gofmt"];
/// Tools that every Go has in `pkg/tool/<os>_<arch>`. Others (`nm`, `pprof`, `buildid`) are built when first used
/// since 1.25.
pub const TOOLS: &[&str] = &["asm", "cgo", "compile", "link"];
/// Sources that every Go has: one from each part that a Fyne build takes. Not `src/go.mod`: a tree made from the
/// module zip may have `src/_go.mod` alone, and builds.
pub const FILES: &[&str] = &[
    "pkg/include/textflag.h",
    "src/fmt/print.go",
    "src/net/http/client.go",
    "src/os/file.go",
    "src/runtime/cgo/cgo.go",
    "src/runtime/proc.go",
    "src/unsafe/unsafe.go",
];

/// Every tree, in the order of [`Go::trees`], and what was not asked. `first` is the `go` that typing `go` runs, if it may be
/// asked where its tree is; of the others only files are read.
pub(super) fn all(
    look: &dyn Look,
    places: &Places,
    host: &Host,
    here: &Settings,
    home: &Path,
    first: Option<&Path>,
) -> (Vec<GoTree>, Vec<(PathBuf, Why)>) {
    let mut trees: Vec<GoTree> = Vec::new();
    let mut unasked: Vec<(PathBuf, Why)> = Vec::new();
    for dir in here.path.iter().map(|it| &it.dir).filter(|it| here.style.is_absolute(it)) {
        let Fact::Here(command) = programs::first(look, programs::files(here, dir, "go")) else { continue };
        let Fact::Here((real, _)) = links::resolve(look, &command) else { continue };
        let asked = first == Some(&*command);
        let by_asking = || if asked { root_by_asking(look, &command, here) } else { None };
        match root_of_program(look, &real).or_else(by_asking) {
            Some(root) if trees.iter().any(|it| it.root == root) => {}
            Some(root) => trees.push(tree(look, places, host, root, Some(command))),
            None if asked => {
                trees.push(no_go(here.style, text!("why-not-go", path = &real).into(), &real, command));
            }
            None if trees.iter().any(|it| it.command.as_ref() == Some(&command)) => {}
            None => {
                let why = not_asked(look, &real);
                unasked.push((command.clone(), why.clone()));
                trees.push(no_go(here.style, why, &real, command));
            }
        }
    }
    for root in candidates(look, places, host, here, home) {
        let Fact::Here((root, stat)) = links::resolve(look, &root) else { continue };
        if stat.kind == Kind::Dir && is_tree(look, &root) && !trees.iter().any(|it| it.root == root) {
            trees.push(tree(look, places, host, root, None));
        }
    }
    (trees, unasked)
}

/// Why a `go` behind the first was not asked: a shell never runs it.
fn not_asked(look: &dyn Look, real: &Path) -> Why {
    let script = look.read_at(real, 0, 2).into_here().is_some_and(|it| it == b"#!");
    if script { text!("why-wrapper-behind").into() } else { text!("why-behind").into() }
}

/// The index of the tree that a command runs.
pub(super) fn of_command(look: &dyn Look, trees: &[GoTree], command: &Path) -> Option<usize> {
    let named = trees.iter().position(|it| it.command.as_deref() == Some(command));
    named.or_else(|| {
        let (real, _) = links::resolve(look, command).into_here()?;
        let root = root_of_program(look, &real)?;
        trees.iter().position(|it| it.root == root)
    })
}

/// A tree without a VERSION file (built from a checkout) has the version that its `go` says.
pub(super) fn take_version_from_answer(go: &mut Go) {
    let Some((version, ..)) = go.answer.here().and_then(|it| goversion::of_answer(it)) else { return };
    if !go.answers {
        return;
    }
    if let Some(tree) = go.first.and_then(|it| go.trees.get_mut(it)).filter(|it| !it.version.is_here()) {
        tree.version = Fact::Here(version);
    }
}

/// `root` of `root/bin/go`, links of the whole path resolved, if that is a tree.
pub(super) fn root_of_program(look: &dyn Look, real: &Path) -> Option<PathBuf> {
    let bin = real.parent().filter(|it| it.ends_with("bin"))?;
    let root = links::real_directory(look, bin.parent()?);
    is_tree(look, &root).then_some(root)
}

/// The tree at a directory, links resolved, if there is one.
pub(super) fn at(look: &dyn Look, root: &Path) -> Option<PathBuf> {
    let root = links::real_directory(look, root);
    is_tree(look, &root).then_some(root)
}

fn is_tree(look: &dyn Look, root: &Path) -> bool {
    let there = |name: &str| links::resolve(look, &root.join(name)).is_here();
    there("VERSION") || there("pkg/tool") || there("src/runtime/proc.go")
}

/// A version manager's shim stands in no tree, but its `go` knows one.
fn root_by_asking(look: &dyn Look, command: &Path, here: &Settings) -> Option<PathBuf> {
    let answer = look
        .run(&super::ask(command, &["env", "GOROOT"], here))
        .into_here()
        .filter(crate::system::Answer::ok)?;
    let root = here.style.path(&programs::first_line(&answer.out())?);
    let root = links::real_directory(look, &root);
    (here.style.is_absolute(&root) && is_tree(look, &root)).then_some(root)
}

fn no_go(style: PathStyle, why: Why, real: &Path, command: PathBuf) -> GoTree {
    GoTree {
        style,
        root: real.parent().map(Path::to_path_buf).unwrap_or_default(),
        version: Fact::Unknown(why),
        command: Some(command),
        version_text: String::new(),
        missing: Vec::new(),
        extra: Vec::new(),
        ours: false,
        writable: false,
        touched: false,
        go_stat: Fact::Absent,
        brought: None,
        foreign: None,
        program: None,
    }
}

/// Where a Go may lie without being on PATH: `GOROOT`, ours, and where installers, distributions and version managers
/// put one.
fn candidates(look: &dyn Look, places: &Places, host: &Host, here: &Settings, home: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = here.dir("GOROOT").into_iter().collect();
    let mut inside = |dir: PathBuf, front: &str, below: &str| {
        let names = look.list(&dir).into_here().unwrap_or_default();
        let names = names.into_iter().filter(|it| it.starts_with(front) && !it.starts_with('.'));
        all.extend(names.map(|it| dir.join(it).join(below)));
    };
    inside(places.data.join("go"), "", "");
    if here.style == PathStyle::Windows {
        inside(home.join("sdk"), "go", "");
        inside(home.join("scoop/apps/go"), "", "");
        let folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "CHOCOLATEYINSTALL"];
        let below = folders.iter().filter_map(|it| here.dir(it));
        all.extend(below.flat_map(|it| ["Go", "lib/golang/tools/go"].map(|name| it.join(name))));
        all.extend(["C:/Go".into(), home.join("go")]);
        return all;
    }
    if host.is_mac() {
        for (dir, below) in mac::DIRS {
            inside(dir.into(), "go", below);
        }
    }
    if !places.are_for_all() {
        inside(Path::new(SYSTEM).join("go"), "", "");
    }
    inside("/usr/lib".into(), "go", "");
    inside("/usr/local".into(), "go", "");
    inside(home.join("sdk"), "go", "");
    inside(home.join(".local/share/mise/installs/go"), "", "");
    inside(home.join(".asdf/installs/golang"), "", "go");
    inside(home.join(".goenv/versions"), "", "");
    inside(home.join(".gvm/gos"), "", "");
    let fixed = ["/opt/go", "/usr/local/opt/go/libexec", "/opt/homebrew/opt/go/libexec", "/snap/go/current"];
    all.extend(fixed.map(PathBuf::from));
    all.extend([".local/go", ".go", "go"].map(|it| home.join(it)));
    all
}

fn tree(look: &dyn Look, places: &Places, host: &Host, root: PathBuf, command: Option<PathBuf>) -> GoTree {
    let text = look.read_text(&root.join("VERSION")).map(|it| String::from_utf8_lossy(&it).into_owned());
    let version_text = text.here().and_then(|it| programs::first_line(it)).unwrap_or_default();
    let version = match text {
        Fact::Here(text) => goversion::of_file(&text).map_or_else(
            || Fact::Unknown(text!("why-version-file", text = &version_text).into()),
            Fact::Here,
        ),
        Fact::Absent => Fact::Absent,
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    let writable = look.stat(&root).here().is_some_and(|it| it.writable);
    let style = host.style();
    let go_stat = links::resolve(look, &root.join("bin").join(style.executable("go"))).map(|it| it.1);
    GoTree {
        style,
        touched: touched(look, &root, &go_stat),
        version,
        version_text,
        missing: missing(look, host, &root),
        extra: Vec::new(),
        ours: root.starts_with(places.data.join("go")),
        writable,
        go_stat,
        brought: mac::brought(look, host, &root),
        foreign: mac::foreign(look, host, &root),
        program: None,
        command,
        root,
    }
}

/// Go's archives have one time for all their files, and unpacking one takes a moment. What is much newer, or older, was not
/// laid together with the rest.
fn touched(look: &dyn Look, root: &Path, go: &Fact<crate::system::Stat>) -> bool {
    let Fact::Here(signs) = look.tree_summary(&root.join("pkg/tool")) else { return false };
    let go = go.here().map_or(signs.oldest, |it| it.modified);
    signs.newest.max(go) - signs.oldest.min(go) > AT_ONCE
}

fn missing(look: &dyn Look, host: &Host, root: &Path) -> Vec<String> {
    let tools = format!("pkg/tool/{}", tool_directory(look, host, root));
    let style = host.style();
    let tools = TOOLS.iter().map(|it| format!("{tools}/{}", style.executable(it)));
    let programs = PROGRAMS.iter().map(|it| style.executable(it)).chain(tools);
    let lacks = |name: &String, runs: bool| match links::resolve(look, &root.join(name)) {
        Fact::Here((_, stat)) => {
            stat.kind != Kind::File
                || stat.size == 0
                || (runs && style == PathStyle::Unix && stat.mode & 0o111 == 0)
        }
        Fact::Absent => true,
        // What we cannot see is not missing; running it will tell.
        Fact::Unknown(_) => false,
    };
    let mut missing: Vec<String> = programs.filter(|it| lacks(it, true)).collect();
    missing.extend(FILES.iter().map(|it| (*it).to_owned()).filter(|it| lacks(it, false)));
    missing
}

/// `linux_amd64`, or what is there if that is not (a 32-bit Go on a 64-bit machine).
fn tool_directory(look: &dyn Look, host: &Host, root: &Path) -> String {
    let os = if host.identity.os == "macos" { "darwin" } else { host.identity.os.as_str() };
    let own = format!("{os}_{}", go_arch(host.processor()));
    let there = look.list(&root.join("pkg/tool")).into_here().unwrap_or_default();
    let other = there.iter().find(|it| it.starts_with(os));
    if there.contains(&own) { own } else { other.cloned().unwrap_or(own) }
}
