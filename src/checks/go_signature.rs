//! Whether a Mac starts the programs that matter here. That nobody signed one is no fault by itself; what stops a program is a
//! quarantine that nobody lifted, a signature that does not hold (Apple silicon: `Killed: 9`), and, from macOS 26 on, a
//! program without a number of its own.

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::facts::apple::{Assessed, Program, Role};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted_path;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.signature", group: Group::Go, after: &["go.present"], goal: Goal::Build, judge };

/// The first macOS whose loader wants the number.
const NUMBERED: u16 = 26;

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(apple) = &facts.apple else { return Verdict::unknown(text!("go-signature-unlooked")) };
    // Ours runs, as everybody can see.
    let theirs = || apple.programs.iter().filter(|it| it.role != Role::Own);
    let fault = theirs().find_map(|it| stopped(facts, want, it));
    if let Some(verdict) = fault {
        return verdict;
    }
    let marked = apple.programs.iter().find(|it| it.quarantine.is_some());
    match marked.map(|it| (it, &it.quarantine)) {
        Some((program, Some((value, assessed)))) if program.role != Role::Own => {
            let key =
                if *assessed == Assessed::Unknown { "go-signature-marked" } else { "go-signature-agreed" };
            Verdict::info(text!(key, path = &program.path)).evidence(marked_as(value))
        }
        _ if theirs().next().is_none() => Verdict::skipped(text!("go-signature-none")),
        _ => Verdict::ok(text!("go-signature-ok")),
    }
}

/// Why the system does not start a program.
fn stopped(facts: &Facts, want: &Want, program: &Program) -> Option<Verdict> {
    let path = &program.path;
    let file = quoted_path(path);
    if let Some(said) = &program.broken {
        let verdict = Verdict::fail(text!("go-signature-broken", path = path))
            .cause(text!("go-signature-broken-cause", path = path))
            .evidence(format!("codesign --verify --strict {file}: {said}"));
        return Some(helped(facts, want, program, verdict, text!("go-signature-sign"), || {
            format!("{}codesign --force --sign - {file}", sudo(facts, program))
        }));
    }
    if let Some((value, Assessed::Rejected(source))) = &program.quarantine {
        let verdict = Verdict::fail(text!("go-signature-quarantined", path = path))
            .cause(text!("go-signature-quarantined-cause", path = path))
            .evidence(marked_as(value))
            .evidence(format!("spctl: {source}"));
        return Some(helped(facts, want, program, verdict, text!("go-signature-unmark"), || {
            // A Go is many programs, and all came the same way.
            let root = facts.go.in_use().filter(|_| program.role == Role::Go).map(|it| quoted_path(&it.root));
            let (options, file) = root.map_or(("-d", file.clone()), |it| ("-dr", it));
            format!("{}xattr {options} com.apple.quarantine {file}", sudo(facts, program))
        }));
    }
    let version = facts.host.mac.as_ref()?.version?;
    if program.uuid == Some(false) && version.major >= NUMBERED && program.role == Role::Cli {
        let verdict = Verdict::fail(text!("go-signature-number", path = path, system = version.to_string()))
            .cause(text!("go-signature-number-cause", path = path))
            .need(Need::Cli(want.target.cli.clone()));
        return Some(verdict.file(path, None));
    }
    None
}

/// A CLI is built anew, which Go signs as it links; anything else is not ours to touch: the line is for its person.
fn helped(
    facts: &Facts,
    want: &Want,
    program: &Program,
    verdict: Verdict,
    text: Text,
    line: impl FnOnce() -> String,
) -> Verdict {
    let verdict = verdict.file(&program.path, None);
    let tree = facts.go.in_use().filter(|_| program.role == Role::Go);
    if program.role == Role::Cli {
        return verdict.need(Need::Cli(want.target.cli.clone()));
    }
    match tree.and_then(|it| it.brought.as_deref()) {
        Some("Homebrew") if program.broken.is_some() => {
            verdict.decide(text!("go-signature-again"), Some("brew reinstall go".into()))
        }
        _ => verdict.decide(text, Some(line())),
    }
}

fn marked_as(value: &str) -> String {
    format!("com.apple.quarantine: {value}")
}

fn sudo(facts: &Facts, program: &Program) -> &'static str {
    let ours = facts.go.in_use().is_some_and(|it| program.role == Role::Go && it.writable);
    if ours { "" } else { facts.host.sudo() }
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
        Program { path: path.into(), role, quarantine: None, broken: None, uuid: Some(true) }
    }

    fn marked(role: Role, assessed: Assessed) -> Program {
        Program { quarantine: Some(("0081;1;Safari;U".into(), assessed)), ..good(role) }
    }

    fn seen(program: Program) -> (Status, bool, Option<String>) {
        let verdict = fixture::judged(&CHECK, &facts(program));
        let cli = verdict.needs.iter().any(|it| matches!(it, Need::Cli(_)));
        (verdict.status, cli, verdict.decision.and_then(|it| it.command))
    }

    #[test]
    fn what_stops_a_program_is_a_fault_and_a_signature_of_nobody_is_none() {
        let refused = || Assessed::Rejected("not notarized".into());
        let broken = |role| Program { broken: Some("invalid signature".into()), ..good(role) };
        let line = |it: &str| Some(it.to_owned());
        assert_eq!(seen(good(Role::Go)), (Status::Ok, false, None));
        assert_eq!(seen(marked(Role::Cli, refused())), (Status::Fail, true, None), "it is built anew");
        assert_eq!(
            seen(marked(Role::Go, refused())),
            (Status::Fail, false, line("xattr -dr com.apple.quarantine /usr/local/go"))
        );
        assert_eq!(seen(marked(Role::Own, refused())), (Status::Skipped, false, None), "it runs");
        assert_eq!(seen(marked(Role::Cli, Assessed::Accepted)), (Status::Info, false, None));
        assert_eq!(seen(marked(Role::Cli, Assessed::Unknown)), (Status::Info, false, None));
        assert_eq!(seen(broken(Role::Cli)), (Status::Fail, true, None));
        assert_eq!(
            seen(broken(Role::Go)),
            (Status::Fail, false, line("codesign --force --sign - /usr/local/go/bin/go"))
        );
        let unnumbered = |role| Program { uuid: Some(false), ..good(role) };
        assert_eq!(seen(unnumbered(Role::Cli)), (Status::Fail, true, None));
        assert_eq!(seen(unnumbered(Role::Go)).0, Status::Ok, "which Go runs is the business of its version");
    }

    #[test]
    fn a_broken_go_of_homebrew_is_laid_anew_by_homebrew() {
        let mut facts = facts(Program { broken: Some("invalid signature".into()), ..good(Role::Go) });
        facts.go.trees[0].brought = Some("Homebrew".into());
        let decision = fixture::judged(&CHECK, &facts).decision.expect("one");
        assert_eq!(decision.command.as_deref(), Some("brew reinstall go"));
    }
}
