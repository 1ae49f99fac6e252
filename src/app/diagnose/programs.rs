//! The programs of a project: directories below one that have a package main. Read, never run.

use std::path::Path;

use crate::facts::gosource;
use crate::system::{Kind, Look};

/// How many directories are looked into.
const MOST: usize = 60;

/// Their paths as `go run` takes them, those in `cmd` first.
pub(super) fn below(look: &dyn Look, dir: &Path) -> Vec<String> {
    let of_cmd = listed(look, &dir.join("cmd")).into_iter().map(|it| format!("cmd/{it}"));
    let all: Vec<String> = of_cmd.chain(listed(look, dir)).take(MOST).collect();
    let is_dir = |it: &&String| look.stat(&dir.join(it)).here().is_some_and(|it| it.kind == Kind::Dir);
    all.iter()
        .filter(is_dir)
        .filter(|it| is_program(look, &dir.join(it)))
        .map(|it| format!("./{it}"))
        .collect()
}

/// What may be a directory with a package, in order.
fn listed(look: &dyn Look, dir: &Path) -> Vec<String> {
    let mut all = look.list(dir).into_here().unwrap_or_default();
    all.retain(|it| !it.starts_with(['.', '_']) && !["testdata", "vendor"].contains(&it.as_str()));
    all.sort();
    all
}

fn is_program(look: &dyn Look, dir: &Path) -> bool {
    let names = look.list(dir).into_here().unwrap_or_default();
    let mut sources = names.iter().filter(|it| gosource::for_every_build(it));
    sources.any(|it| {
        let text = look.read_text(&dir.join(it)).into_here().unwrap_or_default();
        gosource::read(&String::from_utf8_lossy(&text)).package == "main"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn programs_are_found_one_and_two_directories_below_and_libraries_are_not() {
        let machine = Machine::linux()
            .file("/app/go.mod", "module app\n")
            .file("/app/cmd/hello/main.go", "package main\n\nfunc main() {}\n")
            .file("/app/cmd/hello/x_test.go", "package main\n")
            .file("/app/lib/lib.go", "package lib\n")
            .file("/app/tool/tool.go", "// Tool.\npackage main\n")
            .file("/app/vendor/main.go", "package main\n")
            .file("/app/.git/main.go", "package main\n");
        assert_eq!(below(&machine, Path::new("/app")), ["./cmd/hello", "./tool"]);
        assert!(below(&machine, Path::new("/app/lib")).is_empty());
    }
}
