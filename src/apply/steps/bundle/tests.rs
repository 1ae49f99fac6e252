//! A machine with a bundle in the place of the network: nobody else is asked by anything that is started.

use super::*;
use crate::action::Scope;
use crate::apply::stand::Stand;
use crate::apply::steps::build::Workshop;
use crate::bundle::BundleNet;
use crate::bundle::list::tests::list;
use crate::checks::{self, fixture};
use crate::packages::by_name;
use crate::plan::make;
use crate::system::fake::{Machine, Scripted};

const DIR: &str = "/root/.cache/fyne-setup/bundles/in-use";

/// What a machine with this bundle says.
fn with<T>(machine: Machine, ask: impl FnOnce(&Stand, System<'_>) -> T) -> T {
    let stand = Stand::new(machine);
    let children = Scripted::on(&stand.living);
    let net = BundleNet::new(&stand.living, &stand.living, Path::new(DIR));
    ask(&stand, System { net: &net, ..stand.system(&children) })
}

fn prepared() -> Machine {
    Machine::linux().file(&format!("{DIR}/{STATE}/sources.list"), "deb")
}

#[test]
fn a_build_cache_is_used_only_where_go_would_find_what_is_in_it() {
    let of = list(&[]);
    let modules = "/root/go/pkg/mod".to_owned();
    let cache = BuildCache { modules, compiler: "gcc 12".into(), target: "linux-amd64".into() };
    let here = |modules, target, go, fyne| unfit(&cache, &of, &Here { modules, target, go, fyne });
    assert_eq!(here("/root/go/pkg/mod", "linux-amd64", "1.27.4", "2.8.1"), None);
    for (modules, target, go, fyne, what) in [
        ("/home/ann/go/pkg/mod", "linux-amd64", "1.27.4", "2.8.1", "GOMODCACHE"),
        ("/root/go/pkg/mod", "linux-arm64", "1.27.4", "2.8.1", "GOOS-GOARCH"),
        ("/root/go/pkg/mod", "linux-amd64", "1.26.11", "2.8.1", "what=Go"),
        ("/root/go/pkg/mod", "linux-amd64", "1.27.4", "2.7.0", "fyne/v2"),
    ] {
        let why = here(modules, target, go, fyne).expect("it differs").to_string();
        assert!(why.contains(what), "{why}");
    }
}

#[test]
fn a_package_manager_sees_the_packages_of_a_bundle_alone() {
    with(prepared(), |_, system| {
        let apt = by_name("apt").expect("it is known");
        let line = |it: Vec<String>| only_from(system, apt, it).join(" ");
        let install = line(apt.install(&["gcc".into()]));
        assert!(install.starts_with("/usr/bin/apt-get -o Dir::Etc::sourcelist="), "{install}");
        assert!(install.contains("Dir::Etc::sourceparts=- ") && install.ends_with(" gcc"), "{install}");
        assert_eq!(line(apt.query()), apt.query().join(" "), "what asks no repository stays as it is");
        assert_eq!(allowed(system, Some(apt), "gcc"), Ok(()));
    });
}

#[test]
fn packages_that_are_in_no_bundle_are_not_asked_for_elsewhere() {
    let apt = by_name("apt");
    let code =
        |machine, manager| with(machine, |_, system| allowed(system, manager, "gcc").map_err(|it| it.code));
    assert_eq!(code(Machine::linux(), apt), Err(Code::BundleUnfit));
    assert_eq!(code(prepared(), by_name("apk")), Err(Code::BundleUnfit));
    assert_eq!(code(prepared(), None), Err(Code::BundleUnfit));
    // Without a bundle the network is asked as ever.
    let stand = Stand::new(Machine::linux());
    let children = Scripted::on(&stand.living);
    assert_eq!(allowed(stand.system(&children), apt, "gcc"), Ok(()));
}

#[test]
fn an_installation_for_which_the_bundle_has_no_packages_is_not_begun() {
    with(Machine::linux(), |stand, system| {
        let (known, facts) = (fixture::known(), fixture::bare());
        let findings = checks::judge(&facts, &stand.want, known, &[]);
        let plan = make(&findings, &facts, &stand.want, known, Scope::Install);
        let refused = crate::apply::ahead::refuse(system, &facts, known, &findings, &plan);
        assert_eq!(refused.map_err(|it| it.code), Err(Code::BundleUnfit));
    });
    with(prepared(), |stand, system| {
        let (known, facts) = (fixture::known(), fixture::bare());
        let findings = checks::judge(&facts, &stand.want, known, &[]);
        let plan = make(&findings, &facts, &stand.want, known, Scope::Install);
        assert_eq!(crate::apply::ahead::refuse(system, &facts, known, &findings, &plan), Ok(()));
    });
}

#[test]
fn go_is_told_of_the_modules_of_a_bundle_alone_and_remembers_nothing_of_another_log() {
    with(Machine::linux(), |stand, system| {
        let (facts, want) = (&stand.facts, &stand.want);
        let shop =
            Workshop { system, facts, settings: &facts.here, go: Path::new("/opt/go"), want, told: &|_| () };
        let (goproxy, gopath, modules) = shop.with_go(&want.target.fyne, |go| {
            (go.goproxy.to_owned(), go.gopath.to_path_buf(), go.modules.to_path_buf())
        });
        assert_eq!(goproxy, format!("file://{DIR}/proxy"));
        assert_eq!(gopath, Path::new(DIR).join("gopath"));
        assert_eq!(modules, Path::new("/root/go/pkg/mod"), "what is fetched stays");
    });
}
