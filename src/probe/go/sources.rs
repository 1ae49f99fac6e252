//! Whether the sources of a Go tree can still be read and belong together. The sign is cheap (something in them was written
//! long after the tree was laid down, or is much older than it); only where it shows is a tool of the tree itself asked,
//! or read what its files declare. A file that was edited and can be read is its owner's business.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::gosource::{self, Source};
use crate::facts::{Settings, goplace};
use crate::path_style::{PathStyle, below};
use crate::probe::modules::whole;
use crate::system::{Kind, Look, parallel};

/// How long a tree may take to be laid down, in seconds.
const AT_ONCE: i64 = 600;
/// How much older than the tree something is that was there before it, in seconds: the files of one release have hours
/// between them, where any.
const BEFORE: i64 = 24 * 60 * 60;
/// More files that were written late are not a slip, but a tree of somebody's own making.
const MANY: usize = 20;

/// What is wrong with the sources of a tree; names are relative to its root.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sources {
    /// What cannot be read, or is not there though others need it.
    pub spoiled: Vec<String>,
    /// What declares again what its package has, and was not laid together with it.
    pub doubled: Vec<String>,
}

/// Looks at them.
pub(super) fn look_at(look: &dyn Look, root: &Path, here: &Settings) -> Sources {
    let Some(laid) = look.stat(&root.join("VERSION")).into_here().filter(|it| it.kind == Kind::File) else {
        return Sources::default();
    };
    let parts = parts(look, &root.join("src"));
    let late = late(look, laid.modified, &parts);
    let mut odd = late.as_ref().map_or_else(Vec::new, |it| it.files.clone());
    if !goplace::is_packaged(root, look.identity().os == "macos") {
        let older = |time: i64| laid.modified - time > BEFORE;
        let parts: Vec<&PathBuf> = parts.iter().filter(|it| older(it.oldest)).map(|it| &it.dir).collect();
        odd.extend(
            parallel::each(whole::at_once(look), &parts, |it| old(look, it, &older))
                .into_iter()
                .flatten()
                .flatten(),
        );
    }
    let relative = |it: &PathBuf| below(root, it);
    let doubled: Vec<String> = doubled(look, &odd).iter().map(relative).collect();
    let mut spoiled = late.map_or_else(Vec::new, |it| it.spoiled(look, root, here));
    spoiled.retain(|it| !doubled.contains(it));
    Sources { spoiled, doubled }
}

/// What was written last, long after the tree was laid down.
struct Late {
    files: Vec<PathBuf>,
}

fn late(look: &dyn Look, laid: i64, parts: &[Part]) -> Option<Late> {
    let late = |time: i64| time - laid > AT_ONCE;
    let (_, newest) =
        parts.iter().map(|it| (it.newest, &it.newest_one)).max_by_key(|it| it.0).filter(|it| late(it.0))?;
    let stat = |path: &Path| look.stat(path).into_here();
    let files: Vec<PathBuf> = match stat(newest) {
        Some(it) if it.kind == Kind::File => vec![newest.clone()],
        _ => {
            let names = look.list(newest).into_here().unwrap_or_default().into_iter();
            let paths = names.map(|it| newest.join(it));
            paths.filter(|it| stat(it).is_some_and(|it| it.kind == Kind::File && late(it.modified))).collect()
        }
    };
    Some(Late { files })
}

impl Late {
    /// What of it cannot be read; where nothing was written, something was taken away.
    fn spoiled(&self, look: &dyn Look, root: &Path, here: &Settings) -> Vec<String> {
        if self.files.is_empty() {
            return lost(look, root, here);
        }
        let go = |it: &&PathBuf| it.extension().is_some_and(|it| it == "go");
        let unreadable = self.files.iter().filter(go).take(MANY).filter(|it| !reads(look, root, it, here));
        unreadable.map(|it| below(root, it)).collect()
    }
}

/// A directory of the sources, with the times in it.
struct Part {
    dir: PathBuf,
    oldest: i64,
    newest: i64,
    newest_one: PathBuf,
}

/// All of them, and the one that holds them. Go's own commands are left out: they are compiled already, and make nearly
/// half of all files.
fn parts(look: &dyn Look, src: &Path) -> Vec<Part> {
    let Some(own) = look.stat(src).into_here().map(|it| it.modified) else { return Vec::new() };
    let own = Part { dir: src.to_path_buf(), oldest: i64::MAX, newest: own, newest_one: src.to_path_buf() };
    let names = look.list(src).into_here().unwrap_or_default();
    let dirs: Vec<PathBuf> =
        names.iter().filter(|it| *it != "cmd" && !it.contains('.')).map(|it| src.join(it)).collect();
    let of = |dir: &PathBuf| {
        let signs = look.tree_summary(dir).into_here()?;
        let newest_one = dir.join(signs.newest_one);
        Some(Part { dir: dir.clone(), oldest: signs.oldest, newest: signs.newest, newest_one })
    };
    let all = parallel::each(whole::at_once(look), &dirs, of);
    all.into_iter().flatten().flatten().chain([own]).collect()
}

/// The sources below a directory that every build takes and that are this old.
fn old(look: &dyn Look, dir: &Path, older: &dyn Fn(i64) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for name in look.list(dir).into_here().unwrap_or_default() {
        let path = dir.join(&name);
        let Some(stat) = look.stat(&path).into_here() else { continue };
        match stat.kind {
            Kind::Dir if name != "testdata" => found.extend(old(look, &path, older)),
            Kind::File if gosource::for_every_build(&name) && older(stat.modified) => found.push(path),
            _ => {}
        }
    }
    found
}

/// Those that declare what another file of their directory declares, or belong to another package than the rest of it.
fn doubled(look: &dyn Look, odd: &[PathBuf]) -> Vec<PathBuf> {
    let mut dirs: BTreeMap<&Path, BTreeSet<&PathBuf>> = BTreeMap::new();
    for it in odd
        .iter()
        .filter(|it| it.file_name().is_some_and(|it| gosource::for_every_build(&it.to_string_lossy())))
    {
        dirs.entry(it.parent().unwrap_or(it)).or_default().insert(it);
    }
    let read = |path: &Path| {
        let source = look.read_text(path).into_here().map(|it| gosource::read(&String::from_utf8_lossy(&it)));
        source.filter(|it| !it.constrained && !it.package.is_empty())
    };
    let dirs: Vec<_> = dirs.into_iter().collect();
    let of = |(dir, odd): &(&Path, BTreeSet<&PathBuf>)| {
        let names = look.list(dir).into_here().unwrap_or_default();
        let rest = names.iter().filter(|it| gosource::for_every_build(it)).map(|it| dir.join(it));
        let rest: Vec<Source> = rest.filter(|it| !odd.contains(it)).filter_map(|it| read(&it)).collect();
        if rest.is_empty() {
            return Vec::new(); // all of it is of one time
        }
        let clash = |one: &Source, other: &Source| {
            one.package != other.package || !one.names.is_disjoint(&other.names)
        };
        let bad = |it: &&&PathBuf| read(it).is_some_and(|it| rest.iter().any(|other| clash(&it, other)));
        odd.iter().filter(bad).map(|it| (*it).clone()).collect::<Vec<_>>()
    };
    parallel::each(whole::at_once(look), &dirs, of).into_iter().flatten().flatten().collect()
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
    let windows = PathStyle::of_path(root) == PathStyle::Windows;
    let turned = |it: &str| if windows { it.replace('\\', "/") } else { it.to_owned() };
    let (front, said) = (format!("({}/", turned(&root.to_string_lossy())), turned(said));
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
        look_at(machine, Path::new("/go"), &Settings::default()).spoiled
    }

    fn with(file: &str, text: &str, time: i64) -> Sources {
        let mut machine =
            tree("nothing").file("/go/src/sort/zsortfunc.go", "package sort\n\nfunc one() {\n}\n");
        for (name, text) in [("sort", "func Sort() {\n}"), ("slice", "func Slice() {\n}")] {
            machine = machine.file(&format!("/go/src/sort/{name}.go"), format!("package sort\n\n{text}\n"));
        }
        machine = machine.program("/go/bin/gofmt").answer("/go/bin/gofmt", "-l", 0, "", "").file(file, text);
        machine.times.insert(file.into(), time);
        look_at(&machine, Path::new("/go"), &Settings::default())
    }

    #[test]
    fn a_file_of_another_go_is_told_by_what_it_declares_again() {
        let again = "package sort\n\nfunc one() {\n}\n";
        let (file, name) = ("/go/src/sort/zfuncversion.go", "src/sort/zfuncversion.go");
        let laid = Machine::linux().file("/x", "").stat(Path::new("/x")).into_here().expect("there").modified;
        for (text, time, found) in [
            (again, laid + 3_600, true),
            (again, laid - 40 * BEFORE, true),
            (again, laid, false), // laid together with the rest: nobody put it there
            ("package sort\n\nfunc mine() {\n}\n", laid + 3_600, false),
            ("package other\n", laid - 40 * BEFORE, true),
            ("//go:build ignore\n\npackage sort\n\nfunc one() {\n}\n", laid + 3_600, false),
        ] {
            let seen = with(file, text, time);
            let wanted: &[&str] = if found { &[name] } else { &[] };
            assert_eq!(
                (seen.doubled, seen.spoiled),
                (wanted.iter().map(|it| (*it).to_owned()).collect(), vec![]),
                "{text} {time}"
            );
        }
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
        let said = r"package image is not in std (C:\Program Files\Go\src\image)";
        assert_eq!(missing_packages(said, Path::new("C:/Program Files/Go")), ["src/image"]);
    }
}
