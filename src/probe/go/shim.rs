//! The `go` of a version manager: a shim stands in no Go tree, and what it sets for the Go behind it no file of a login tells.

use std::path::Path;

use crate::facts::settings::{Origin, Setting};
use crate::facts::{Host, Settings};
use crate::places::NOWHERE;
use crate::probe::{apple, programs};
use crate::system::links;
use crate::system::{Answer, Kind, Look};

use super::trees;

/// What Go keeps where these say. Where Go itself lies is asked apart.
const NAMES: [&str; 3] = ["GOPATH", "GOBIN", "GOMODCACHE"];

/// The settings that Go has behind the first `go` on PATH, where that is a shim: it alone knows them, and is asked. A child
/// of ours that starts the Go itself gets them too.
pub(in crate::probe) fn behind(look: &dyn Look, host: &Host, mut here: Settings) -> Settings {
    let Some(go) = programs::find_own(look, &here, "go").into_here() else { return here };
    let home = host.home();
    let held = || apple::mark(look, host, &go).and_then(|it| it.why()).is_some();
    if home.starts_with(NOWHERE) || !is_shim(look, &go) || held() {
        return here;
    }
    let question = super::ask(&go, &["env", NAMES[0], NAMES[1], NAMES[2]], &here);
    let Some(answer) = look.run(&question).into_here().filter(Answer::ok) else { return here };
    let said = answer.out();
    for (name, value) in NAMES.into_iter().zip(said.lines()) {
        let known = match name {
            "GOPATH" => here.dir(name).unwrap_or_else(|| home.join("go")),
            "GOBIN" => here.dir(name).unwrap_or_default(),
            _ => here.mod_cache(&home),
        };
        if !here.style.same(value, known) && here.style.is_absolute(value) {
            let setting = Setting { value: value.to_owned(), origin: Origin::Terminal };
            here.variables.insert(name.to_owned(), setting);
        }
    }
    here
}

/// Whether the `go` that stands there belongs to no tree.
fn is_shim(look: &dyn Look, go: &Path) -> bool {
    let real = links::resolve(look, go).into_here().map(|it| it.0);
    real.is_some_and(|it| trees::root_of_program(look, &it).is_none())
}

/// Whether the `fyne` in a directory and the `go` beside it are one shim under two names: links to one program, or scripts
/// that differ in the name alone. Such a `fyne` starts what `go install` has put where Go says.
pub(super) fn is_twin_of_go(look: &dyn Look, fyne: &Path, script: Option<&[u8]>) -> bool {
    let go =
        fyne.with_file_name(fyne.file_name().unwrap_or_default().to_string_lossy().replacen("fyne", "go", 1));
    let there = links::resolve(look, &go).into_here();
    let Some((real, _)) = there.filter(|it| it.1.kind == Kind::File && it.1.executable) else { return false };
    if trees::root_of_program(look, &real).is_some() {
        return false;
    }
    match script {
        Some(script) => {
            let nameless = |it: &[u8]| String::from_utf8_lossy(it).replace("fyne", "go");
            look.read(&real)
                .here()
                .is_some_and(|it| it.starts_with(b"#!") && nameless(it) == nameless(script))
        }
        None => links::resolve(look, fyne).here().is_some_and(|it| it.0 == real),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::probe::settings;
    use crate::system::fake::Machine;

    const SHIM: &str = "/root/.asdf/shims/go";
    const ASKED: &str = "env GOPATH GOBIN GOMODCACHE";

    fn seen(machine: &Machine) -> Settings {
        let host =
            Host { home: Fact::Here("/root".into()), identity: machine.identity.clone(), ..Host::default() };
        behind(machine, &host, settings::probe(machine, &host))
    }

    fn asdf(code: i32, said: &str) -> Machine {
        Machine::linux().var("PATH", "/root/.asdf/shims:/usr/bin").answer(SHIM, ASKED, code, said, "")
    }

    #[test]
    fn what_only_a_shim_sets_is_asked_of_it() {
        let packages = "/root/.asdf/installs/golang/1.26.11/packages";
        let here = seen(&asdf(0, &format!("{packages}\n/root/bin\n{packages}/pkg/mod\n")));
        let home = Path::new("/root");
        assert_eq!(here.gopath(home), Path::new(packages));
        assert_eq!(here.go_bin(home), Path::new("/root/bin"));
        assert_eq!(here.set("GOMODCACHE"), None, "it follows from GOPATH");
        assert!(here.environment().contains_key("GOPATH"), "the Go behind the shim has to be told");
    }

    #[test]
    fn a_shim_that_sets_nothing_or_fails_changes_nothing() {
        for machine in [
            asdf(0, "/root/go\n\n/root/go/pkg/mod\n"),
            asdf(126, "/else\n/else\n/else\n"),
            asdf(0, "a\nb\nc\n"),
        ] {
            let here = seen(&machine);
            assert!(NAMES.iter().all(|it| here.set(it).is_none()), "{:?}", here.variables);
        }
    }

    #[test]
    fn a_go_in_its_tree_is_not_asked() {
        let machine = Machine::linux()
            .file("/usr/local/go/VERSION", "go1.27.4\n")
            .var("PATH", "/usr/local/go/bin")
            .answer("/usr/local/go/bin/go", ASKED, 0, "/else\n/else\n/else\n", "");
        assert_eq!(seen(&machine).set("GOPATH"), None);
    }
}
