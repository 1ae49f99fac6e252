//! Files that a Go has and that its archive does not, where they keep a package of it from being compiled: what is left of
//! an older Go that it was unpacked over. What somebody added and what compiles is theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{GoFile, PATIENCE_MS};
use crate::facts::{GoTree, Settings};
use crate::gather::Gather as _;
use crate::probe::modules::whole::at_once;
use crate::probe::programs;
use crate::system::{Answer, Look, parallel};

/// What Go compiles, beside its own language.
const COMPILED: [&str; 4] = ["c", "go", "h", "s"];

/// Those of a tree, relative to it.
pub(super) fn extra(look: &dyn Look, tree: &GoTree, files: &[GoFile], here: &Settings) -> Vec<String> {
    let mut dirs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let Some((dir, name)) = file.name.rsplit_once('/') else { continue };
        if dir.starts_with("src/") && !dir.starts_with("src/cmd") && compiled(name) {
            dirs.entry(dir).or_default().insert(name);
        }
    }
    let dirs: Vec<_> = dirs.into_iter().collect();
    let added = parallel::each(at_once(look), &dirs, |(dir, known)| {
        let names = look.list(&tree.root.join(dir)).into_here().unwrap_or_default();
        let added = names.into_iter().filter(|it| compiled(it) && !known.contains(it.as_str()));
        added.map(|it| format!("{dir}/{it}")).collect::<Vec<_>>()
    });
    let added: Vec<String> = added.into_iter().flatten().flatten().collect();
    if added.is_empty() || tree.is_held() || programs::others::in_other_hands(look, &tree.go()).is_some() {
        return Vec::new();
    }
    let packages: BTreeSet<&str> = added.iter().map(|it| package(it)).into_set();
    let args: Vec<&str> = ["build"].into_iter().chain(packages).collect();
    let mut ask = crate::probe::go::ask(&tree.go(), &args, here);
    for (name, value) in
        [("GOFLAGS", ""), ("GOWORK", "off"), ("GO111MODULE", "on"), ("GOOS", ""), ("GOARCH", "")]
    {
        ask.env.set(name, value);
    }
    ask.limit_ms = PATIENCE_MS;
    let Some(answer) = look.run(&ask).into_here().filter(|it| !it.ok()) else { return Vec::new() };
    at_fault(&answer, &added)
}

fn compiled(name: &str) -> bool {
    let end = Path::new(name).extension().and_then(|it| it.to_str()).unwrap_or_default();
    COMPILED.contains(&end) && !name.ends_with("_test.go") && !name.starts_with(['_', '.'])
}

/// The import path of the directory that a file lies in.
fn package(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |it| it.0).trim_start_matches("src/")
}

/// Those that the compiler names; where it names none, all of the packages that it did not compile.
fn at_fault(answer: &Answer, added: &[String]) -> Vec<String> {
    let said = answer.err();
    let named = |it: &&String| said.contains(it.trim_start_matches("src/"));
    let all: Vec<String> = added.iter().filter(named).cloned().collect();
    if !all.is_empty() {
        return all;
    }
    let failed = |it: &&String| said.lines().any(|line| line.strip_prefix("# ") == Some(package(it)));
    added.iter().filter(failed).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    fn seen(code: i32, said: &str) -> Vec<String> {
        let tree = fixture::tree("/usr/local/go", "1.27.4", true);
        let mut machine = Machine::linux().answer("/usr/local/go/bin/go", "build sort", code, "", said);
        for name in ["sort.go", "mine.go", "old.s", "README", "x_test.go"] {
            machine = machine.file(&format!("/usr/local/go/src/sort/{name}"), "package sort");
        }
        machine = machine.file("/usr/local/go/src/cmd/go/mine.go", "package main");
        let file = |name: &str| GoFile { name: name.into(), size: 1, crc: 0 };
        let published = ["VERSION", "src/sort/sort.go", "src/cmd/go/main.go"].map(file);
        extra(&machine, &tree, &published, &Settings::default())
    }

    #[test]
    fn what_was_added_is_at_fault_only_where_its_package_is_not_compiled() {
        assert_eq!(seen(0, ""), Vec::<String>::new());
        let redeclared =
            "# sort\n/usr/local/go/src/sort/sort.go:3:6: x redeclared\n\tsort/mine.go:9:6: other\n";
        assert_eq!(seen(1, redeclared), ["src/sort/mine.go"]);
        assert_eq!(seen(0, redeclared), Vec::<String>::new(), "it was compiled");
        assert_eq!(seen(1, "# sort\nundefined: x\n"), ["src/sort/mine.go", "src/sort/old.s"]);
        assert_eq!(seen(1, "go: cannot find GOROOT\n"), Vec::<String>::new(), "nothing was compiled");
    }
}
