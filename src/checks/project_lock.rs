//! Whether the lock file of the project can be used, and whether the fyne command here is the one that it names.

use super::{Check, Group, Verdict, cli_present};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::go::BuildModule;
use crate::manifest::Knowledge;
use crate::path_style::shown;
use crate::want::{Goal, LockSeen, Want};

pub(super) const CHECK: Check =
    Check { id: "project.lock", group: Group::Project, after: &["project.gomod"], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    match &facts.project {
        Fact::Here(_) => {}
        Fact::Absent => return Verdict::skipped(text!("project-none")),
        Fact::Unknown(why) => return Verdict::unknown(text!("project-gomod-unknown", why = why)),
    }
    let Some(lock) = &want.lock_seen else { return Verdict::skipped(text!("project-lock-none")) };
    let file = &lock.file;
    if let Some(fault) = &lock.fault {
        let hint = fault.hint.clone().unwrap_or_else(|| text!("project-lock-decide", file = file));
        return Verdict::warn(text!("project-lock-unusable", file = file))
            .cause(fault.why.clone())
            .file(file, fault.line)
            .decide(hint, None);
    }
    other_cli(facts, lock).unwrap_or_else(|| Verdict::ok(text!("project-lock-ok", file = file)))
}

/// A fyne command of the version that the lock names, built of other sources than the lock has the hash of.
fn other_cli(facts: &Facts, lock: &LockSeen) -> Option<Verdict> {
    let named = |it: &BuildModule| lock.hashes.get(&format!("{}@{}", it.path, it.version));
    facts.cli.programs.iter().filter(|it| cli_present::is_genuine(it)).find_map(|program| {
        let main = &program.build.here()?.main;
        // What somebody built of a checkout has no hash.
        let wanted = named(main).filter(|it| !main.sum.is_empty() && **it != main.sum)?;
        let module = format!("{}@{}", main.path, main.version);
        let (path, file) = (&program.path, &lock.file);
        Some(
            Verdict::fail(text!("project-lock-cli", path = path, file = file))
                .cause(text!("project-lock-cli-cause", path = path, module = &module, file = file))
                .evidence(format!("{}: {module} {}", shown(path), main.sum))
                .evidence(format!("{}: {module} {wanted}", shown(file)))
                .file(file, None)
                .decide(text!("project-lock-cli-decide", file = file), None),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::want::LockFault;

    const SUM: &str = "h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=";

    fn lock(hash: &str) -> LockSeen {
        let hashes = [("fyne.io/tools@v1.7.4".to_owned(), hash.to_owned())].into();
        LockSeen { file: "/root/hello/fyne-setup.lock".into(), hashes, fault: None }
    }

    fn judged(lock: Option<LockSeen>, sum: &str) -> Verdict {
        let mut facts = fixture::with_project("2.8.1");
        let mut program = fixture::fyne("/root/go/bin/fyne", "fyne.io/tools/cmd/fyne", "v1.7.4");
        if let Fact::Here(build) = &mut program.build {
            build.main.sum = sum.into();
        }
        facts.cli.programs = vec![program];
        judge(&facts, &Want { lock_seen: lock, ..fixture::want() }, fixture::known())
    }

    #[test]
    fn a_lock_that_cannot_be_used_is_named_with_its_line() {
        let fault = LockFault {
            line: Some(7),
            why: text!("lockfile-conflict", file = "fyne-setup.lock"),
            hint: Some(text!("lockfile-conflict-hint", file = "fyne-setup.lock")),
        };
        let verdict = judged(Some(LockSeen { fault: Some(fault), ..lock(SUM) }), SUM);
        assert_eq!((verdict.status, verdict.place.line), (Status::Warn, Some(7)));
        assert_eq!(verdict.needs, [crate::need::Need::Decision], "a person decides");
    }

    #[test]
    fn a_fyne_of_other_sources_than_the_lock_names_is_a_fault() {
        assert_eq!(judged(Some(lock(SUM)), SUM).status, Status::Ok);
        assert_eq!(judged(Some(lock(SUM)), "").status, Status::Ok, "built of a checkout");
        assert_eq!(judged(Some(lock("h1:other=")), SUM).status, Status::Fail);
        assert_eq!(judged(None, SUM).status, Status::Skipped);
    }
}
