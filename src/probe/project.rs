//! The project's files: `go.mod`, `go.sum`, the `go.work` above it, `vendor`. Read, never run.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::project::Work;
use crate::facts::{Host, Project, Settings, gomod, gosum, modulestxt};
use crate::system::links::tidy;
use crate::system::{Kind, Look};
use crate::version::GoVersion;

mod imports;
pub mod remembered;
mod repository;
mod unsummed;

use unsummed::Kept;

/// Reads `go.mod` and its companions in `dir`.
pub fn probe(look: &dyn Look, host: &Host, here: &Settings, dir: Option<&Path>) -> Fact<Project> {
    let Some(dir) = dir else { return Fact::Absent };
    let file = match text(look, &dir.join("go.mod")) {
        Fact::Here(text) => gomod::parse(&text),
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let mut replaces = file.replaces;
    for replace in &mut replaces {
        if gomod::is_directory(&replace.with) {
            let target = tidy(&dir.join(&replace.with));
            replace.exists = Some(!look.stat(&target.join("go.mod")).is_absent());
        }
    }
    let required = file.requires.iter().any(|it| it.path == "fyne.io/fyne/v2");
    let imports_fyne = if required { None } else { imports::fyne(look, dir) };
    let sums = text(look, &dir.join("go.sum")).map(|it| gosum::parse(&it));
    let go: Option<GoVersion> = file.go.as_ref().and_then(|(text, _)| text.parse().ok());
    let work = work(look, here, dir);
    let vendor = if vendors(here, go, &work) { vendored(look, dir) } else { Fact::Absent };
    let kept = Kept {
        requires: &file.requires,
        replaces: &replaces,
        sums: sums.here().map_or(&[][..], Vec::as_slice),
    };
    let apart = work.is_here() || vendor.is_here() || matches!(sums, Fact::Unknown(_));
    let unsummed = if apart { None } else { unsummed::of(look, host, here, dir, &kept) };
    Fact::Here(Project {
        dir: dir.to_path_buf(),
        module: file.module,
        errors: file.errors,
        go_line: file.go,
        go,
        toolchain: file.toolchain,
        requires: file.requires,
        imports_fyne,
        unsummed,
        replaces,
        sums,
        work,
        vendor,
        repository: repository::probe(look, host, here, dir),
    })
}

/// Whether Go takes a `vendor` directory by itself: since a go line of 1.14, unless told otherwise, and not in a
/// workspace, which has its own.
fn vendors(here: &Settings, go: Option<GoVersion>, work: &Fact<Work>) -> bool {
    let told = here.set("GOFLAGS").is_some_and(|it| it.contains("-mod=mod") || it.contains("-mod=readonly"));
    !told && !work.is_here() && go.is_some_and(|it| it.line() >= (1, 14))
}

/// What `vendor` lists. A directory without its list counts as one that lists nothing: Go takes it, and finds nothing in it.
fn vendored(look: &dyn Look, dir: &Path) -> Fact<Vec<(String, String)>> {
    match text(look, &dir.join("vendor/modules.txt")).map(|it| modulestxt::parse(&it)) {
        Fact::Absent if look.stat(&dir.join("vendor")).here().is_some_and(|it| it.kind == Kind::Dir) => {
            Fact::Here(Vec::new())
        }
        listed => listed,
    }
}

/// The `go.work` in effect: that of GOWORK, else the nearest one upwards.
fn work(look: &dyn Look, here: &Settings, dir: &Path) -> Fact<Work> {
    let file = match here.set("GOWORK") {
        Some("off") => return Fact::Absent,
        Some(file) => PathBuf::from(file),
        None => {
            let found = dir.ancestors().map(|it| it.join("go.work")).find(|it| look.stat(it).is_here());
            let Some(file) = found else { return Fact::Absent };
            file
        }
    };
    let there = text(look, &file);
    if there.is_absent() {
        return Fact::Here(Work { file, absent: true, ..Work::default() });
    }
    there.map(|text| {
        let parsed = gomod::parse(&text);
        let base = file.parent().unwrap_or(Path::new("/")).to_path_buf();
        let target = |used: &str| tidy(&base.join(used));
        let gone = |(used, _): &(String, u32)| look.stat(&target(used).join("go.mod")).is_absent();
        Work {
            includes: parsed.uses.iter().any(|(used, _)| target(used) == dir),
            gone: parsed.uses.iter().filter(|it| gone(it)).cloned().collect(),
            errors: parsed.errors,
            absent: false,
            file,
        }
    })
}

fn text(look: &dyn Look, path: &Path) -> Fact<String> {
    look.read_text(path).map(|it| String::from_utf8_lossy(&it).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::settings::{Origin, Setting};
    use crate::system::fake::Machine;

    fn seen(machine: &Machine, settings: &[(&str, &str)]) -> Project {
        let mut here = Settings::default();
        for (name, value) in settings {
            let setting = Setting { value: (*value).into(), origin: Origin::Terminal };
            here.variables.insert((*name).into(), setting);
        }
        probe(machine, &Host::default(), &here, Some(Path::new("/root/my 项目")))
            .into_here()
            .expect("a project")
    }

    fn machine() -> Machine {
        Machine::linux()
            .file(
                "/root/my 项目/go.mod",
                "module hello\ngo 1.22.0\nrequire fyne.io/fyne/v2 v2.8.1\n\
                    replace a.b/c => ../c\nreplace a.b/d => ./d\nreplace a.b/e => a.b/f v1.0.0\n",
            )
            .file("/root/my 项目/d/go.mod", "module d")
            .file("/root/my 项目/go.sum", "fyne.io/fyne/v2 v2.8.1 h1:x=\n")
            .file("/root/my 项目/vendor/modules.txt", "# fyne.io/fyne/v2 v2.8.1\n")
    }

    #[test]
    fn a_project_and_its_companions_are_read() {
        let project = seen(&machine(), &[]);
        assert_eq!(
            project.replaces.iter().map(|it| it.exists).collect::<Vec<_>>(),
            [Some(false), Some(true), None]
        );
        assert_eq!(project.sums.here().map(Vec::len), Some(1));
        assert_eq!(project.vendor.here().map(Vec::len), Some(1));
        assert!(project.work.is_absent() && project.fyne().is_some());
        assert!(seen(&machine(), &[("GOFLAGS", "-mod=mod")]).vendor.is_absent());
    }

    #[test]
    fn the_workspace_above_is_read_unless_it_is_off() {
        let machine =
            machine().file("/root/go.work", "go 1.22.0\nuse (\n\t./my 项目\n\t\"./my 项目\"\n\t./gone\n)\n");
        let work = seen(&machine, &[]).work.into_here().expect("a workspace");
        assert_eq!((work.gone, work.includes), (vec![("./gone".into(), 5)], true));
        assert_eq!(work.errors.iter().map(|it| it.0).collect::<Vec<_>>(), [3]);
        assert!(seen(&machine, &[("GOWORK", "off")]).work.is_absent());
    }

    #[test]
    fn a_vendor_directory_without_its_list_lists_nothing() {
        let project = "/root/hello";
        let machine = Machine::linux()
            .file("/root/hello/go.mod", "module hello\n\ngo 1.22.0\n")
            .file("/root/hello/vendor/fyne.io/fyne/v2/fyne.go", "package fyne");
        let seen = probe(&machine, &Host::default(), &Settings::default(), Some(Path::new(project)));
        assert_eq!(seen.here().and_then(|it| it.vendor.here()), Some(&vec![]));
    }

    #[test]
    fn no_go_mod_is_no_project() {
        assert!(
            probe(&Machine::linux(), &Host::default(), &Settings::default(), Some(Path::new("/root")))
                .is_absent()
        );
        assert!(probe(&Machine::linux(), &Host::default(), &Settings::default(), None).is_absent());
    }
}
