//! Whether a project imports Fyne: asked only where its go.mod does not require it, or its go.sum does not know what Fyne is
//! built of. A few directories deep, a few files wide.

use std::path::{Path, PathBuf};

use crate::system::{Kind, Look};

/// How many files are read at most.
const MOST: usize = 40;

/// The first line that imports fyne/v2: of the directory itself, of what is in it, and of what is in `cmd`.
pub(super) fn fyne(look: &dyn Look, dir: &Path) -> Option<(PathBuf, u32)> {
    first(look, dir, &|_| true, &imports)
}

/// The first line of a program, and not of its tests, that imports the package which opens windows.
pub(super) fn window(look: &dyn Look, dir: &Path) -> Option<(PathBuf, u32)> {
    let program = |name: &str| !name.ends_with("_test.go");
    let opens = |line: &str| {
        let line = line.trim_start();
        !line.starts_with("//") && line.contains("\"fyne.io/fyne/v2/app\"")
    };
    first(look, dir, &program, &opens)
}

fn first(
    look: &dyn Look,
    dir: &Path,
    named: &dyn Fn(&str) -> bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Option<(PathBuf, u32)> {
    let mut dirs = vec![dir.to_path_buf()];
    dirs.extend(below(look, &dir.join("cmd")));
    dirs.extend(below(look, dir));
    let files = dirs.iter().flat_map(|dir| {
        let mut names = look.list(dir).into_here().unwrap_or_default();
        names.retain(|it| it.strip_suffix(".go").is_some() && named(it));
        names.sort();
        names.into_iter().map(move |it| dir.join(it))
    });
    files.take(MOST).find_map(|file| {
        let text = look.read_text(&file).into_here()?;
        let line = String::from_utf8_lossy(&text).lines().position(wanted)?;
        Some((file, u32::try_from(line + 1).ok()?))
    })
}

/// Directories in this one, without those that no build reads.
fn below(look: &dyn Look, dir: &Path) -> Vec<PathBuf> {
    let mut names = look.list(dir).into_here().unwrap_or_default();
    names.retain(|it| {
        !it.starts_with(['.', '_'])
            && !["cmd", "testdata", "vendor"].contains(&it.as_str())
            && !it.contains('.')
    });
    names.sort();
    let is_dir = |it: &PathBuf| look.stat(it).here().is_some_and(|it| it.kind == Kind::Dir);
    names.into_iter().take(MOST).map(|it| dir.join(it)).filter(is_dir).collect()
}

fn imports(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with("//") && (line.contains("\"fyne.io/fyne/v2\"") || line.contains("\"fyne.io/fyne/v2/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn the_first_line_that_imports_fyne_is_found_in_the_project_and_not_in_what_is_vendored() {
        let source =
            "package main\n\nimport (\n\t// \"fyne.io/fyne/v2/app\"\n\t\"fyne.io/fyne/v2/widget\"\n)\n";
        for (file, found) in [
            ("/app/main.go", true),
            ("/app/ui/ui.go", true),
            ("/app/cmd/hello/main.go", true),
            ("/app/vendor/x.go", false),
            ("/app/.git/x.go", false),
            ("/app/README.md", false),
        ] {
            let machine = Machine::linux().file("/app/go.mod", "module app\n").file(file, source);
            let expected = found.then(|| (PathBuf::from(file), 5));
            assert_eq!(fyne(&machine, Path::new("/app")), expected, "{file}");
        }
    }
}
