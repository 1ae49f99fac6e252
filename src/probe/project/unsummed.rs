//! What a program of the project is built of and its go.sum has no line for, as far as that can be known without asking
//! anybody: `go get` of a Fyne notes Fyne alone, and not what its windows are built of.

use std::path::Path;

use super::imports;
use crate::facts::project::{Replace, Require, Sum, Unsummed};
use crate::facts::{Host, Settings, goflags, gomod};
use crate::system::Look;

/// Modules that every window of Fyne on Linux, macOS or Windows is compiled from, whichever versions; only those that the Fyne
/// in question requires count.
const WINDOW: [&str; 4] = [
    "github.com/go-gl/gl",
    "github.com/go-gl/glfw/v3.3/glfw",
    "github.com/go-gl/glfw/v3.4/glfw",
    "golang.org/x/image",
];

/// What the files of the project say.
pub(super) struct Kept<'a> {
    pub(super) requires: &'a [Require],
    pub(super) replaces: &'a [Replace],
    pub(super) sums: &'a [Sum],
}

/// The first of these modules that go.sum does not know, in whatever version. Sources are read only where there is one.
pub(super) fn of(
    look: &dyn Look,
    host: &Host,
    here: &Settings,
    dir: &Path,
    kept: &Kept<'_>,
) -> Option<Unsummed> {
    let fyne = kept.requires.iter().find(|it| it.path == "fyne.io/fyne/v2")?;
    let replaced = |path: &str| kept.replaces.iter().any(|it| it.path == path);
    let known = |path: &str| kept.sums.iter().any(|it| it.path == path && !it.version.ends_with("/go.mod"));
    if replaced(&fyne.path) || WINDOW.iter().all(|it| known(it)) {
        return None;
    }
    // With tags a Fyne is built of other things, and nothing is known of those.
    let tagged = here.set("GOFLAGS").map(goflags::tags).is_some_and(|it| !it.is_empty());
    let home = host.home.here().filter(|_| !tagged)?;
    let file = format!("cache/download/fyne.io/fyne/v2/@v/{}.mod", fyne.version);
    let text = super::text(look, &here.mod_cache(home).join(file)).into_here()?;
    let built = gomod::parse(&text).requires;
    let needed = |path: &&str| built.iter().any(|it| it.path == *path) && !replaced(path) && !known(path);
    let module = WINDOW.iter().copied().find(needed)?;
    let (source, line) = imports::window(look, dir)?;
    Some(Unsummed { module: module.to_owned(), source, line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::system::fake::Machine;

    fn seen(go_sum: &str, source: (&str, &str), flags: &str) -> Option<String> {
        let needs = "module fyne.io/fyne/v2\nrequire (\n\tgithub.com/go-gl/gl v0.1.0\n\tgolang.org/x/image v0.24.0\n)\n";
        let machine = Machine::linux()
            .file("/root/hello/go.mod", "module hello\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.8.1\n")
            .file("/root/hello/go.sum", go_sum)
            .file(source.0, source.1)
            .file("/root/go/pkg/mod/cache/download/fyne.io/fyne/v2/@v/v2.8.1.mod", needs);
        let host = Host { home: Fact::Here("/root".into()), ..Host::default() };
        let mut here = Settings::default();
        crate::checks::fixture::set_in(&mut here, "GOFLAGS", flags);
        let project = super::super::probe(&machine, &host, &here, Some(Path::new("/root/hello")));
        project.into_here().expect("a project").unsummed.map(|it| it.module)
    }

    #[test]
    fn what_go_get_did_not_note_of_a_window_is_missing_where_a_program_opens_one() {
        let fyne = "fyne.io/fyne/v2 v2.8.1 h1:x=\nfyne.io/fyne/v2 v2.8.1/go.mod h1:x=\n";
        let gl = "github.com/go-gl/gl v0.0.9 h1:x=\n";
        let image = "golang.org/x/image v0.24.0 h1:x=\n";
        let opens = "package main\n\nimport \"fyne.io/fyne/v2/app\"\n";
        let main = ("/root/hello/main.go", opens);
        assert_eq!(seen(fyne, main, "").as_deref(), Some("github.com/go-gl/gl"));
        let mod_only = format!("{fyne}{image}github.com/go-gl/gl v0.1.0/go.mod h1:x=\n");
        assert_eq!(seen(&mod_only, main, "").as_deref(), Some("github.com/go-gl/gl"));
        assert_eq!(seen(&format!("{fyne}{gl}{image}"), main, ""), None, "whatever version");
        assert_eq!(seen(fyne, ("/root/hello/main_test.go", opens), ""), None, "only its tests do");
        let binding = "package main\n\nimport \"fyne.io/fyne/v2/data/binding\"\n";
        assert_eq!(seen(fyne, ("/root/hello/main.go", binding), ""), None, "no window");
        assert_eq!(seen(fyne, main, "-tags=mobile"), None, "another Fyne");
    }
}
