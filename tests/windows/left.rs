//! The property over all of them: what a plan does, done as `done` says, leaves nothing that a check calls bad, but for what
//! no plan can fix. That stands here, by machine and check, each with its reason.

use std::collections::BTreeSet;

use fyne_setup::action::Scope;
use fyne_setup::checks::{self, Finding, Status};
use fyne_setup::manifest::Knowledge;
use fyne_setup::plan;

use crate::done::{Models, carry_out};
use crate::world::World;
use crate::{ROWS, looked, rows};

/// What is left when a plan is done, and why.
const LEFT: &[(&str, &[&str], &str)] = &[
    ("antivirus", &["cgo.compiler"], "an antivirus program stops what is built: only a person allows it"),
    (
        "cc-with-a-space",
        &["cgo.compiler"],
        "CC is set in this terminal alone, and no file or key of the registry has it",
    ),
    (
        "clang-of-visual-studio",
        &["cgo.compiler"],
        "CC is set in this terminal alone, and no file or key of the registry has it",
    ),
    (
        "container-2022",
        &["system.packages", "cgo.compiler", "display.reachable"],
        "a container has no winget and no desktop",
    ),
    ("rdp-session", &["display.gl"], "a remote desktop has no driver that draws, and we install none"),
    (
        "virtual-basic-display",
        &["display.gl"],
        "this graphics card has no driver that draws, and we install none",
    ),
    ("msvc-restart-waits", &["native.msvc"], "Windows waits for a restart, and nothing of ours restarts it"),
    (
        "policy-without-winget",
        &["system.packages", "cgo.compiler"],
        "a policy forbids what would bring the compiler",
    ),
    ("scoop-without-gcc", &["cgo.compiler"], "winget is missing; the line of Scoop's is a person's to type"),
    (
        "server-core-2022",
        &["system.packages", "cgo.compiler"],
        "this Windows has no App Installer to bring the compiler",
    ),
    (
        "too-old-1803",
        &["system.os", "system.packages", "cgo.compiler"],
        "this Windows is too old for winget, and is a person's to update",
    ),
];

#[test]
fn what_a_plan_does_empties_the_findings_of_every_windows() {
    let known = Knowledge::embedded();
    let models = Models {
        winlibs: ROWS.one("winlibs-good"),
        llvm: ROWS.one("arm64-llvm-mingw"),
        msvc: ROWS.one("msvc-good"),
    };
    let mut wrong = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (name, row) in rows() {
        let known_left = LEFT.iter().find(|it| it.0 == name);
        seen.extend(known_left.map(|it| it.0));
        for scope in [Scope::Install, Scope::Repair] {
            let mut world = World::of(&row);
            let mut rounds = 0;
            let left = loop {
                let (facts, want) = looked(&world, &known, &row);
                let findings = checks::judge(&facts, &want, &known, &[]);
                let plan = plan::make(&findings, &facts, &want, &known, scope);
                if !carry_out(&mut world, &plan, &models) || rounds == 8 {
                    let bad = |it: Status| {
                        matches!(it, Status::Fail | Status::Warn | Status::Unknown | Status::Waiting)
                    };
                    let left: Vec<Finding> =
                        findings.into_iter().filter(|it| bad(it.verdict.status)).collect();
                    let told = |it: &Finding| it.verdict.decision.is_some() || !it.verdict.needs.is_empty();
                    assert!(left.iter().all(told), "{name}: a person is not told what to do");
                    break left
                        .into_iter()
                        .map(|it| (it.id, it.verdict.summary.to_string()))
                        .collect::<Vec<_>>();
                }
                rounds += 1;
            };
            let ids: Vec<&str> = left.iter().map(|it| it.0.as_str()).collect();
            let expected: &[&str] = known_left.map_or(&[], |it| it.1);
            if ids != expected || rounds >= 8 {
                wrong.push(format!("{name} {scope:?}, {rounds} rounds: {left:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are not as said:\n{}", wrong.len(), wrong.join("\n"));
    let unknown: Vec<_> = LEFT.iter().filter(|it| !seen.contains(it.0) || it.2.len() < 10).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
