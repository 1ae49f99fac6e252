//! The fyne CLI that is run, against what we built and what was published. What we built was confirmed before it was put there,
//! so nobody is asked as long as its bytes are those of our journal. Other bytes may be a build of the user's own, which is as
//! `go` left it; then, as everywhere, the modules that it names are judged.

use std::path::Path;

use super::Published;
use crate::digest::Digest;
use crate::fact::{Fact, Why};
use crate::facts::deep::{CliFlaw, CliSeen};
use crate::facts::go::{BuildInfo, BuildModule};
use crate::facts::{Facts, buildid};
use crate::fetch::sumdb::Standing;
use crate::journal::{self, built};
use crate::system::{Look, links};

/// Looks at the first that is no wrapper of another.
pub(super) fn look_at(look: &dyn Look, facts: &Facts, published: &Published) -> Fact<CliSeen> {
    let Some(program) = facts.cli.programs.iter().find(|it| !it.wraps) else { return Fact::Absent };
    let seen = |flaws, open| Fact::Here(CliSeen { path: program.path.clone(), flaws, open });
    let real = match links::resolve(look, &program.path) {
        Fact::Here((real, _)) => real,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    if is_of_a_manager(&real) {
        return seen(vec![], Some(text!("deep-cli-packaged").into()));
    }
    let bytes = match look.read(&real) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let (found, ours) = (Digest::of(&bytes), ours(look, facts, &real));
    if ours.contains(&found) {
        return seen(vec![], None);
    }
    // A script has no build ID to be asked about.
    let as_linked = if program.build.is_absent() { Some(false) } else { buildid::is_as_linked(&bytes) };
    match (ours.last(), as_linked, &program.build) {
        (Some(wrote), Some(false), build) => {
            let changed = CliFlaw::Changed { wrote: *wrote, found, build_info: build.is_here() };
            seen(vec![changed], None)
        }
        (.., Fact::Here(info)) => {
            let (flaws, open) = modules(info, published);
            let other =
                (ours.last().is_some() && as_linked.is_none()).then(|| text!("deep-cli-other").into());
            seen(flaws, open.or(other))
        }
        // Whether that is a fyne CLI at all is for others to say.
        (.., Fact::Absent) => seen(vec![], None),
        (.., Fact::Unknown(why)) => seen(vec![], Some(why.clone())),
    }
}

/// Whether a package manager put it there: built otherwise than what was published, and not ours to replace.
fn is_of_a_manager(real: &Path) -> bool {
    let of_system = real.starts_with("/usr") && !real.starts_with("/usr/local");
    let theirs = ["/bin", "/sbin", "/snap", "/nix", "/gnu", "/var/lib", "/opt/homebrew", "/opt/local"];
    of_system
        || theirs.iter().any(|it| real.starts_with(it))
        || real.components().any(|it| it.as_os_str() == "Cellar")
}

/// The digests of what we put there and did not take back, the last one last.
fn ours(look: &dyn Look, facts: &Facts, real: &Path) -> Vec<Digest> {
    let Ok((runs, _)) = journal::load(look, &facts.ours.places) else { return vec![] };
    let built = built::clis(&runs);
    built.into_iter().filter(|it| links::real_path(look, it.path) == real).map(|it| it.wrote).collect()
}

/// The modules that it names. One whose main module nobody can judge is somebody's own; what it is made of is theirs to say.
fn modules(info: &BuildInfo, published: &Published) -> (Vec<CliFlaw>, Option<Why>) {
    if info.main.path.is_empty() {
        return (vec![], Some(text!("verify-no-modules", go = &info.go).into()));
    }
    let main = (published.standings)(&[&info.main]).into_iter().next();
    match main {
        Some(Standing::Published) => {}
        Some(Standing::Differs { published }) => return (vec![flaw(&info.main, published)], None),
        Some(Standing::Open(why) | Standing::Refused(why)) => return (vec![], Some(why.into())),
        None => return (vec![], None),
    }
    let deps: Vec<&BuildModule> = info.deps.iter().collect();
    let standings = (published.standings)(&deps);
    let good = standings.iter().filter(|it| matches!(it, Standing::Published)).count() + 1;
    let open = standings.iter().any(|it| matches!(it, Standing::Open(_) | Standing::Refused(_)));
    let flaws = deps.into_iter().zip(standings).filter_map(|(module, it)| match it {
        Standing::Differs { published } => Some(flaw(module, published)),
        _ => None,
    });
    let why = open.then(|| text!("verify-modules-open", published = good, all = info.deps.len() + 1).into());
    (flaws.collect(), why)
}

fn flaw(module: &BuildModule, published: String) -> CliFlaw {
    let name = format!("{}@{}", module.path, module.version);
    CliFlaw::Module { module: name, built: module.sum.clone(), published }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::facts::buildid::tests::linked;
    use crate::facts::buildinfo;
    use crate::system::fake::Machine;

    const PATH: &str = "/root/go/bin/fyne";
    const LINES: &str = "path\tfyne.io/tools/cmd/fyne\nmod\tfyne.io/tools\tv1.7.4\th1:x=\n\
        dep\ta.b/c\tv1.0.0\th1:y=\ndep\ta.b/d\tv1.0.0\th1:z=\n";

    /// A machine with this file for a CLI, and the journal of one that we put there.
    fn seen(file: &[u8], ours: Option<&[u8]>, standings: &dyn Fn(&BuildModule) -> Standing) -> CliSeen {
        let mut facts = fixture::healthy();
        facts.cli.programs[0].build = buildinfo::read(file);
        let journal = ours.map(|it| {
            let (wrote, line) = (Digest::of(it), r#"{"schema":1,"run":"7-1","time":7,"event":"#);
            let action = r#"{"kind":"install-cli","module":"fyne.io/tools/cmd/fyne@v1.7.4","bin":"/root/go/bin","cgo":true}"#;
            let undo = format!(r#"[{{"undo":"remove-file","path":"{PATH}","wrote":"{wrote}"}}]"#);
            let intent = format!(r#""intent","step":1,"action":{action},"because":[],"undo":{undo}}}"#);
            format!("{line}{intent}\n{line}\"done\",\"step\":1}}\n")
        });
        let machine = Machine::linux().file(PATH, file);
        let at = facts.ours.places.journal();
        let machine = journal.into_iter().fold(machine, |it, text| it.file(&at.to_string_lossy(), text));
        let published = Published {
            module: &|_, _| Err(Why::System("offline".into())),
            standings: &|all| all.iter().map(|it| standings(it)).collect(),
            go: &|_| Err(Why::System("offline".into())),
            files: &|_| Err(Why::System("offline".into())),
            told: &|_| (),
        };
        look_at(&machine, &facts, &published).into_here().expect("there is one")
    }

    fn published(_: &BuildModule) -> Standing {
        Standing::Published
    }

    fn open(_: &BuildModule) -> Standing {
        Standing::Open(text!("verify-private"))
    }

    #[test]
    fn a_cli_that_we_built_is_silent_and_one_flipped_bit_of_it_is_found() {
        let good = linked(LINES);
        let asked = |_: &BuildModule| -> Standing { panic!("nobody is asked about what was confirmed") };
        let silent = CliSeen { path: PATH.into(), flaws: vec![], open: None };
        assert_eq!(seen(&good, Some(&good), &asked), silent);
        let mut bad = good.clone();
        let at = good.len() - 200;
        bad[at] ^= 4;
        let (wrote, found) = (Digest::of(&good), Digest::of(&bad));
        let changed = CliFlaw::Changed { wrote, found, build_info: true };
        assert_eq!(seen(&bad, Some(&good), &published).flaws, [changed]);
        assert_eq!(seen(&bad, None, &published), silent, "nobody knows what another's should be");
        let script = b"#!/bin/sh\n";
        let changed = CliFlaw::Changed { wrote, found: Digest::of(script), build_info: false };
        assert_eq!(seen(script, Some(&good), &published).flaws, [changed]);
    }

    #[test]
    fn a_build_of_the_users_own_in_the_place_of_ours_is_judged_by_its_modules() {
        let (ours, theirs) = (linked(LINES), linked(&LINES.replace("v1.7.4", "v1.7.5")));
        let it = seen(&theirs, Some(&ours), &published);
        assert_eq!((it.flaws, it.open), (vec![], None));
        let other = |it: &BuildModule| match &*it.path {
            "a.b/d" => Standing::Differs { published: "h1:other=".into() },
            _ => Standing::Published,
        };
        let flaw = CliFlaw::Module {
            module: "a.b/d@v1.0.0".into(),
            built: "h1:z=".into(),
            published: "h1:other=".into(),
        };
        assert_eq!(seen(&theirs, None, &other).flaws, [flaw]);
    }

    #[test]
    fn a_fork_that_nobody_knows_and_what_cannot_be_asked_are_not_judged() {
        let fork = linked(&LINES.replace("mod\tfyne.io/tools", "mod\texample.org/fork"));
        let unknown = |it: &BuildModule| match &*it.path {
            "example.org/fork" => open(it),
            _ => Standing::Differs { published: "h1:other=".into() },
        };
        for (file, standings) in
            [(&fork, &unknown as &dyn Fn(&BuildModule) -> Standing), (&linked(LINES), &open)]
        {
            let it = seen(file, None, standings);
            assert_eq!((it.flaws, it.open), (vec![], Some(text!("verify-private").into())));
        }
        let some = |it: &BuildModule| if it.path == "a.b/c" { open(it) } else { Standing::Published };
        let it = seen(&linked(LINES), None, &some);
        let why = text!("verify-modules-open", published = 2, all = 3);
        assert_eq!((it.flaws, it.open), (vec![], Some(why.into())));
    }

    #[test]
    fn what_a_package_manager_put_there_is_left_to_it() {
        for (path, theirs) in [
            ("/usr/bin/fyne", true),
            ("/usr/local/bin/fyne", false),
            ("/usr/local/Cellar/fyne/1.7.4/bin/fyne", true),
            ("/nix/store/x/bin/fyne", true),
            ("/root/go/bin/fyne", false),
        ] {
            assert_eq!(is_of_a_manager(Path::new(path)), theirs, "{path}");
        }
    }
}
