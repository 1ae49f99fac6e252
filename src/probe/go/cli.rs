//! Every program called `fyne`: on PATH, and where `go install` would put one.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::go::{BuildInfo, CliProgram};
use crate::facts::{Settings, buildinfo, sections};
use crate::system::links;
use crate::system::{Kind, Look};

use super::shim;

/// In PATH's order, each file once; then the one in Go's directory for programs.
pub(super) fn programs(look: &dyn Look, here: &Settings, bin: &Path) -> Vec<CliProgram> {
    let mut seen: Vec<PathBuf> = Vec::new();
    let (mut all, mut shims) = (Vec::new(), Vec::new());
    let on_path = here.path.iter().map(|it| it.dir.clone()).filter(|it| here.style.is_absolute(it));
    for (dir, on_path) in on_path.map(|it| (it, true)).chain([(bin.to_path_buf(), false)]) {
        let there = |path: PathBuf| Some((links::resolve(look, &path).into_here()?, path));
        let found = crate::probe::programs::files(here, &dir, "fyne").into_iter().find_map(there);
        let Some(((real, stat), path)) = found else { continue };
        let runs = stat.kind == Kind::File && stat.executable;
        if !(runs || (!on_path && stat.kind == Kind::File)) || seen.contains(&real) {
            continue;
        }
        seen.push(real);
        let (build, whole, script) = inside(look, &path, stat.size);
        let is_shim = on_path && !build.is_here() && shim::is_twin_of_go(look, &path, script.as_deref());
        shims.push((script, is_shim));
        all.push(CliProgram { path, on_path, build, whole, wraps: false, runs: stat.executable });
    }
    let fyne: Vec<PathBuf> = all.iter().filter(|it| it.build.is_here()).map(|it| it.path.clone()).collect();
    for (program, (script, is_shim)) in all.iter_mut().zip(&shims) {
        let text = script.as_deref().map(String::from_utf8_lossy);
        let names_it = text.is_some_and(|text| fyne.iter().any(|it| text.contains(&tail(it))));
        program.wraps = names_it || (*is_shim && !fyne.is_empty());
    }
    all
}

/// The last two parts of a path: how a script names a program below a home directory.
fn tail(path: &Path) -> String {
    let parts: Vec<_> = path.iter().rev().take(2).map(|it| it.to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// What a file holds: build info, whether it is whole, and its text where it is a script.
fn inside(look: &dyn Look, path: &Path, size: u64) -> (Fact<BuildInfo>, bool, Option<Vec<u8>>) {
    let head = match look.read_at(path, 0, 64) {
        Fact::Here(head) => head,
        Fact::Absent => return (Fact::Absent, true, None),
        Fact::Unknown(why) => return (Fact::Unknown(why), true, None),
    };
    if head.starts_with(b"#!") {
        return (Fact::Absent, true, look.read(path).into_here());
    }
    let at = |offset, length| look.read_at(path, offset, length).into_here().unwrap_or_default();
    let file = sections::pieces(size, at);
    if !head.starts_with(b"\x7fELF") {
        // Other systems' programs: whole, as far as we can tell.
        return (buildinfo::of_program(&file), true, None);
    }
    let Some(contents) = sections::contents(&file).filter(|it| it.end <= size) else {
        return (Fact::Unknown(text!("why-cut-short").into()), false, None);
    };
    let build = match contents.section(".go.buildinfo") {
        Some((offset, length)) => {
            buildinfo::of_section(&at(offset, usize::try_from(length.min(1 << 20)).unwrap_or(0)))
        }
        None => Fact::Absent,
    };
    (build, true, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    #[test]
    fn a_script_that_starts_the_real_one_wraps_it_and_another_does_not() {
        for (script, wraps) in [("exec \"$HOME/go/bin/fyne\" \"$@\"", true), ("echo 3 invoices", false)] {
            let mut machine = Machine::linux();
            machine.files.insert(
                "/root/go/bin/fyne".into(),
                (buildinfo::tests::program("path\tfyne.io/tools/cmd/fyne\n"), 0o755),
            );
            machine.files.insert("/root/bin/fyne".into(), (format!("#!/bin/sh\n{script}\n").into(), 0o755));
            let mut facts = fixture::healthy();
            fixture::path_first(&mut facts, &["/root/bin"]);
            let found = programs(&machine, &facts.here, Path::new("/root/go/bin"));
            assert_eq!(found.iter().map(|it| it.wraps).collect::<Vec<_>>(), [wraps, false], "{script}");
        }
    }

    #[test]
    fn a_shim_beside_that_of_go_wraps_what_go_installs() {
        let script = |name: &str| format!("#!/bin/sh\nexec /root/.asdf/bin/asdf exec \"{name}\" \"$@\"\n");
        let shims = |go: &str, fyne: &str| {
            let mut machine = Machine::linux();
            machine.files.insert("/root/.shims/go".into(), (go.into(), 0o755));
            machine.files.insert("/root/.shims/fyne".into(), (fyne.into(), 0o755));
            machine
        };
        let linked = |fyne: &str| {
            let machine = Machine::linux().program("/root/bin/mise").program("/usr/bin/invoices");
            machine.link("/root/.shims/go", "/root/bin/mise").link("/root/.shims/fyne", fyne)
        };
        let in_tree =
            shims("x", "x").file("/root/VERSION", "go1.27.4\n").link("/root/bin/go", "../.shims/go");
        for (mut machine, installed, wraps) in [
            (shims(&script("go"), &script("fyne")), true, true),
            (shims(&script("go"), &script("fyne")), false, false),
            (shims(&script("go"), "#!/bin/sh\necho 3 invoices\n"), true, false),
            (linked("/root/bin/mise"), true, true),
            (linked("/usr/bin/invoices"), true, false),
            (in_tree, true, false),
        ] {
            if installed {
                let program = buildinfo::tests::program("path\tfyne.io/tools/cmd/fyne\n");
                machine.files.insert("/root/go/bin/fyne".into(), (program, 0o755));
            }
            let mut facts = fixture::healthy();
            fixture::path_first(&mut facts, &["/root/.shims"]);
            let found = programs(&machine, &facts.here, Path::new("/root/go/bin"));
            assert_eq!(found[0].wraps, wraps, "{found:?}");
        }
    }
}
