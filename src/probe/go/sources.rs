//! Whether the sources of a Go tree can still be read. The sign is cheap (something in them was written long after the
//! tree was laid down); only where it shows is a tool of the tree itself asked. A file that was edited and can be read is
//! its owner's business.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::Settings;
use crate::probe::modules::whole;
use crate::system::{Kind, Look, parallel};

/// How long a tree may take to be laid down, in seconds.
const AT_ONCE: i64 = 600;
/// More files that were written late are not a slip, but a tree of somebody's own making.
const MANY: usize = 20;

/// What cannot be read, or is not there though others need it; relative to the root.
pub(super) fn spoiled(look: &dyn Look, root: &Path, here: &Settings) -> Vec<String> {
    let Some(laid) = look.stat(&root.join("VERSION")).into_here().filter(|it| it.kind == Kind::File) else {
        return Vec::new();
    };
    let late = |time: i64| time - laid.modified > AT_ONCE;
    let src = root.join("src");
    let Some((_, newest)) = newest(look, &src).filter(|it| late(it.0)) else { return Vec::new() };
    let stat = |path: &Path| look.stat(path).into_here();
    let files: Vec<PathBuf> = match stat(&newest) {
        Some(it) if it.kind == Kind::File => vec![newest],
        _ => {
            let names = look.list(&newest).into_here().unwrap_or_default().into_iter();
            let paths = names.map(|it| newest.join(it));
            paths.filter(|it| stat(it).is_some_and(|it| it.kind == Kind::File && late(it.modified))).collect()
        }
    };
    if files.is_empty() {
        return lost(look, root, here);
    }
    let go = |it: &&PathBuf| it.extension().is_some_and(|it| it == "go");
    let unreadable = files.iter().filter(go).take(MANY).filter(|it| !reads(look, root, it, here));
    let name = |it: &PathBuf| it.strip_prefix(root).unwrap_or(it).to_string_lossy().into_owned();
    unreadable.map(name).collect()
}

/// What was written last: its time and path. Go's own commands are left out: they are compiled already, and make nearly
/// half of all files.
fn newest(look: &dyn Look, src: &Path) -> Option<(i64, PathBuf)> {
    let own = (look.stat(src).into_here()?.modified, src.to_path_buf());
    let names = look.list(src).into_here()?;
    let dirs: Vec<PathBuf> =
        names.iter().filter(|it| *it != "cmd" && !it.contains('.')).map(|it| src.join(it)).collect();
    let of = |dir: &PathBuf| {
        let signs = look.tree_summary(dir).into_here()?;
        Some((signs.newest, dir.join(signs.newest_one)))
    };
    let all = parallel::each(whole::at_once(look), &dirs, of);
    all.into_iter().flatten().flatten().chain([own]).max_by_key(|it| it.0)
}

/// Whether `gofmt` can read a file. What it thinks of its form does not matter.
fn reads(look: &dyn Look, root: &Path, file: &Path, here: &Settings) -> bool {
    let gofmt = root.join("bin/gofmt");
    let ask = super::ask(&gofmt, &["-l", &file.to_string_lossy()], here);
    look.run(&ask).here().is_none_or(|it| it.code != Some(2))
}

/// Packages of the standard library that a Fyne program is made of, with all that they import.
const NEEDED: &[&str] = &[
    "embed",
    "encoding/xml",
    "html",
    "image/draw",
    "image/jpeg",
    "image/png",
    "log",
    "net/http",
    "os/exec",
    "os/signal",
    "os/user",
    "runtime/cgo",
    "text/template",
];

/// Something was taken away: the packages that are missed.
fn lost(look: &dyn Look, root: &Path, here: &Settings) -> Vec<String> {
    let template = "{{with .Error}}{{.}}{{end}}";
    let args = [&["list", "-e", "-deps", "-f", template, "std"], NEEDED].concat();
    let ask = super::ask(&root.join("bin/go"), &args, here);
    let Fact::Here(answer) = look.run(&ask) else { return Vec::new() };
    missing_packages(&answer.out(), root)
}

/// `… package image is not in std (/usr/local/go/src/image)`, each once.
fn missing_packages(said: &str, root: &Path) -> Vec<String> {
    let front = format!("({}/", root.display());
    let mut all: Vec<String> = Vec::new();
    let named = said.lines().filter_map(|it| it.split_once(&front)?.1.split_once(')')).map(|it| it.0);
    for name in named {
        if !all.iter().any(|it| it == name) {
            all.push(name.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn tree(changed: &str) -> Machine {
        let mut machine = Machine::linux();
        for name in ["VERSION", "src/sort/sort.go", "src/sort/slice.go", "src/fmt/print.go"] {
            machine = machine.file(&format!("/go/{name}"), "package x");
        }
        machine.times.insert(Path::new("/go").join(changed), 1_800_000_000);
        machine
    }

    fn seen(machine: &Machine) -> Vec<String> {
        spoiled(machine, Path::new("/go"), &Settings::default())
    }

    #[test]
    fn only_what_was_written_late_is_read() {
        let gofmt = |machine: Machine, code| {
            machine.program("/go/bin/gofmt").answer("/go/bin/gofmt", "-l /go/src/sort/sort.go", code, "", "")
        };
        assert_eq!(seen(&gofmt(tree("nothing"), 2)), Vec::<String>::new());
        assert_eq!(seen(&gofmt(tree("src/sort/sort.go"), 2)), ["src/sort/sort.go"]);
        assert_eq!(seen(&gofmt(tree("src/sort/sort.go"), 0)), Vec::<String>::new(), "edited, and readable");
    }

    #[test]
    fn packages_that_others_miss_are_named_once() {
        let said = "image/png/reader.go:12:2: package image is not in std (/go/src/image)\n\
                    image/gif/reader.go:9:2: package image is not in std (/go/src/image)\n\n";
        assert_eq!(missing_packages(said, Path::new("/go")), ["src/image"]);
        assert_eq!(missing_packages("anything (else)", Path::new("/go")), Vec::<String>::new());
    }
}
