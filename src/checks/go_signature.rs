//! Whether a Mac starts the programs that matter here. That nobody signed one is no fault by itself; what stops a program is a
//! quarantine that nobody lifted, a signature that does not hold (Apple silicon: `Killed: 9`), and, from macOS 26 on, a
//! program without a number of its own.

use super::{Check, Group, Verdict};
use crate::fact::{Fact, Why};
use crate::facts::Facts;
use crate::facts::apple::{Assessed, Described, Program, Quarantine, Role};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::quoting::quoted_path;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.signature", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

/// The first macOS whose loader wants the number.
const NUMBERED: u16 = 26;

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(apple) = &facts.apple else { return Verdict::unknown(text!("go-signature-unlooked")) };
    // Ours runs, as everybody can see.
    let theirs: Vec<&Program> = apple.programs.iter().filter(|it| it.role != Role::Own).collect();
    let verdict = theirs.iter().find_map(|it| stopped(facts, want, it));
    if let Some(verdict) = verdict.or_else(|| theirs.iter().find_map(|it| unknown(want, it))) {
        return verdict;
    }
    let agreed = theirs.iter().find_map(|it| Some((*it, it.quarantine.here()?)));
    if let Some((program, quarantine)) = agreed {
        let verdict = Verdict::info(text!("go-signature-agreed", path = &program.path));
        return signed(verdict.evidence(marked_as(quarantine)), program);
    }
    let paths: Vec<String> = theirs.iter().map(|it| shown(&it.path)).collect();
    if paths.is_empty() {
        return Verdict::skipped(text!("go-signature-none"));
    }
    Verdict::ok(text!("go-signature-ok", programs = paths.join(", ")))
}

/// Why the system does not start a program.
fn stopped(facts: &Facts, want: &Want, program: &Program) -> Option<Verdict> {
    let path = &program.path;
    if let Fact::Here(said) = &program.broken {
        let verdict = Verdict::fail(text!("go-signature-broken", path = path))
            .cause(text!("go-signature-broken-cause", path = path))
            .evidence(format!("codesign --verify --strict {}: {said}", quoted_path(path)));
        return Some(helped(want, program, signed(verdict, program)));
    }
    if let Some((quarantine, source)) = program.quarantine.here().and_then(refused) {
        let verdict = Verdict::fail(text!("go-signature-quarantined", path = path))
            .cause(text!("go-signature-quarantined-cause", path = path))
            .evidence(marked_as(quarantine))
            .evidence(format!("spctl: {source}"));
        return Some(helped(want, program, signed(verdict, program)));
    }
    let version = facts.host.mac.as_ref()?.version?;
    if program.uuid == Some(false) && version.major >= NUMBERED && program.role == Role::Cli {
        let verdict = Verdict::fail(text!("go-signature-number", path = path, system = version.to_string()))
            .cause(text!("go-signature-number-cause", path = path));
        return Some(helped(want, program, verdict));
    }
    None
}

fn refused(quarantine: &Quarantine) -> Option<(&Quarantine, &str)> {
    match &quarantine.assessed {
        Assessed::Rejected(source) => Some((quarantine, source)),
        _ => None,
    }
}

/// What could not be looked at, or the system did not say.
fn unknown(want: &Want, program: &Program) -> Option<Verdict> {
    let path = &program.path;
    if let Some(quarantine) = program.quarantine.here().filter(|it| it.assessed == Assessed::Unknown) {
        let verdict = Verdict::unknown(text!("go-signature-marked", path = path));
        let verdict = signed(verdict.evidence(marked_as(quarantine)), program);
        // It is not run, so that the Go of this run is another one.
        return Some(if program.role == Role::Go { helped(want, program, verdict) } else { verdict });
    }
    let why = [unread(&program.quarantine), unread(&program.broken)].into_iter().flatten().next()?;
    Some(Verdict::unknown(text!("go-signature-unknown", path = path, why = why)).file(path, None))
}

const fn unread<T>(fact: &Fact<T>) -> Option<&Why> {
    match fact {
        Fact::Unknown(why) => Some(why),
        _ => None,
    }
}

/// Another one comes in its place: the CLI is built anew, which Go signs as it links; Go of ours is verified by the checksum
/// database. To bless what lies there would make a changed program run.
fn helped(want: &Want, program: &Program, verdict: Verdict) -> Verdict {
    let need = match program.role {
        Role::Cli => Need::Cli(want.target.cli.clone()),
        _ => Need::Go(want.target.go),
    };
    verdict.file(&program.path, None).need(need)
}

fn signed(verdict: Verdict, program: &Program) -> Verdict {
    let Some(words) = program.signer.as_ref().map(Described::words).filter(|it| !it.is_empty()) else {
        return verdict;
    };
    verdict.evidence(format!("codesign -dv {}: {words}", quoted_path(&program.path)))
}

fn marked_as(quarantine: &Quarantine) -> String {
    format!("com.apple.quarantine: {}", quarantine.value)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::apple::Apple;
    use crate::facts::mac::{MacHost, MacVersion};

    fn facts(program: Program) -> Facts {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        facts.host.mac = Some(MacHost { version: Some(MacVersion::new(26, 1)), ..MacHost::default() });
        facts.apple = Some(Apple { programs: vec![program], ..Apple::default() });
        facts
    }

    fn good(role: Role) -> Program {
        let path = if role == Role::Go { "/usr/local/go/bin/go" } else { "/root/go/bin/fyne" };
        let (quarantine, broken, signer) = (Fact::Absent, Fact::Absent, None);
        Program { path: path.into(), role, quarantine, broken, signer, uuid: Some(true) }
    }

    fn marked(role: Role, assessed: Assessed) -> Program {
        let quarantine = Quarantine { value: "0081;1;Safari;U".into(), assessed };
        Program { quarantine: Fact::Here(quarantine), ..good(role) }
    }

    fn broken(role: Role) -> Program {
        Program { broken: Fact::Here("invalid signature".into()), ..good(role) }
    }

    /// What comes of it, and what is to come in its place. No line blesses what lies there.
    fn seen(program: Program) -> (Status, Option<&'static str>) {
        let verdict = fixture::judged(&CHECK, &facts(program));
        assert_eq!(verdict.decision, None, "nobody is told to bless it");
        let needs: Vec<_> = verdict
            .needs
            .iter()
            .map(|it| match it {
                Need::Cli(_) => "cli",
                Need::Go(_) => "go",
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(needs.len() < 2);
        (verdict.status, needs.first().copied())
    }

    #[test]
    fn what_stops_a_program_is_a_fault_and_a_signature_of_nobody_is_none() {
        let refused = || Assessed::Rejected("not notarized".into());
        assert_eq!(seen(good(Role::Go)), (Status::Ok, None));
        assert_eq!(seen(marked(Role::Cli, refused())), (Status::Fail, Some("cli")), "it is built anew");
        assert_eq!(seen(marked(Role::Go, refused())), (Status::Fail, Some("go")), "another one comes");
        assert_eq!(seen(marked(Role::Own, refused())), (Status::Skipped, None), "it runs");
        assert_eq!(seen(marked(Role::Cli, Assessed::Accepted)), (Status::Info, None));
        assert_eq!(seen(broken(Role::Cli)), (Status::Fail, Some("cli")));
        assert_eq!(seen(broken(Role::Go)), (Status::Fail, Some("go")));
        let unnumbered = |role| Program { uuid: Some(false), ..good(role) };
        assert_eq!(seen(unnumbered(Role::Cli)), (Status::Fail, Some("cli")));
        assert_eq!(seen(unnumbered(Role::Go)).0, Status::Ok, "which Go runs is the business of its version");
    }

    #[test]
    fn what_could_not_be_looked_at_is_unknown() {
        let why = || Why::System("timed out".into());
        assert_eq!(seen(marked(Role::Cli, Assessed::Unknown)), (Status::Unknown, None));
        assert_eq!(seen(marked(Role::Go, Assessed::Unknown)), (Status::Unknown, Some("go")), "it is not run");
        for role in [Role::Go, Role::Cli] {
            let unread = Program { quarantine: Fact::Unknown(why()), ..good(role) };
            assert_eq!(seen(unread), (Status::Unknown, None));
            assert_eq!(seen(Program { broken: Fact::Unknown(why()), ..good(role) }), (Status::Unknown, None));
        }
    }

    #[test]
    fn what_is_well_is_named_and_who_signed_what_is_not() {
        let verdict = fixture::judged(&CHECK, &facts(good(Role::Go)));
        assert!(verdict.summary.to_string().contains("/usr/local/go/bin/go"), "{}", verdict.summary);
        let signer = Described { team: Some("EQHXZ8M8AV".into()), ..Described::default() };
        let verdict = fixture::judged(&CHECK, &facts(Program { signer: Some(signer), ..broken(Role::Go) }));
        assert!(verdict.evidence[1].ends_with("TeamIdentifier=EQHXZ8M8AV"), "{:?}", verdict.evidence);
    }

    #[test]
    fn a_go_that_the_system_stops_serves_no_run() {
        use super::super::go_present::{serves, usable};
        for (program, serving) in [
            (good(Role::Go), true),
            (broken(Role::Go), false),
            (marked(Role::Go, Assessed::Rejected("x".into())), false),
            (marked(Role::Go, Assessed::Unknown), false),
            (marked(Role::Go, Assessed::Accepted), true),
        ] {
            let mut facts = facts(program.clone());
            facts.go.trees[0].program = Some(Box::new(program.clone()));
            let want = fixture::want();
            assert_eq!(serves(&facts.go.trees[0], &want), serving, "{program:?}");
            assert_eq!(usable(&facts, &want).is_some(), serving, "{program:?}");
        }
    }
}
