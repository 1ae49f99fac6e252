//! What a plan makes of a Mac in memory, as far as a check looks at it again; and the property over all of them: what a plan
//! does leaves nothing that a check of the row calls bad, but for what no plan can fix. That stands here, by machine and check,
//! each with its reason.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fyne_setup::action::{Action, Plan, Scope};
use fyne_setup::checks::{self, Finding, Status};
use fyne_setup::facts::Facts;
use fyne_setup::manifest::Knowledge;
use fyne_setup::places::Places;
use fyne_setup::plan;
use fyne_setup::shells::{self, Speech};

use crate::row::Row;
use crate::world::{HOME, World};
use crate::{ROWS, looked, rows};

/// The rows whose plans are carried out here; what those of other parts ask for is carried out by those.
const PLANNED: [&str; 3] = ["os-", "path-", "sign-"];

/// What is left when a plan is done, and why.
const LEFT: &[(&str, &[&str], &str)] = &[
    ("os-big-sur-11", &["system.os"], "a person updates macOS, or accepts an older Go"),
    ("os-too-old-10-14", &["system.os"], "a person updates macOS, or chooses an older Fyne"),
];

/// Every step; whether any of them changed what is looked at here.
fn carry_out(world: &mut World, plan: &Plan, facts: &Facts) -> bool {
    let mut changed = false;
    let edited = |it: &Action| if let Action::EditProfile { file } = it { Some(file.clone()) } else { None };
    let mut edited: Vec<PathBuf> = plan.steps.iter().filter_map(|it| edited(&it.action)).collect();
    edited.extend(facts.ours.profiles.clone());
    if plan.steps.iter().any(|it| matches!(it.action, Action::WriteEnvFiles { .. })) {
        let read = edited.iter().any(|it| is_read_last(&world.row, it));
        assert!(read, "{}: no login comes by {edited:?} after path_helper", world.row.name);
    }
    for step in &plan.steps {
        changed |= act(world, &step.action, facts);
    }
    changed
}

/// Whether a login reads this file, and reads it after `path_helper`: by the manual pages of the shells, and by no code of ours.
fn is_read_last(row: &Row, file: &Path) -> bool {
    let home = PathBuf::from(HOME);
    let zsh = row.env.get("ZDOTDIR").map_or_else(|| home.clone(), PathBuf::from);
    let files: Vec<PathBuf> = match row.shell.file_name().and_then(|it| it.to_str()) {
        Some("zsh") => [".zprofile", ".zshrc", ".zlogin"].iter().map(|it| zsh.join(it)).collect(),
        Some("bash") => {
            let own = [".bash_profile", ".bash_login", ".profile"].map(|it| home.join(it));
            let there = own.iter().find(|it| row.texts.contains_key(*it)).unwrap_or(&own[2]);
            vec![there.clone()]
        }
        Some("fish") => vec![home.join(".config/fish/conf.d/fyne-setup.fish")],
        other => panic!("what does {other:?} read?"),
    };
    files.iter().any(|it| it == file)
}

fn act(world: &mut World, action: &Action, facts: &Facts) -> bool {
    let (home, places) = (Path::new(HOME), Places::macos(Path::new(HOME)));
    match action {
        Action::InstallGo { version, root } => world.has_go(&version.to_string(), root, None),
        Action::SwitchGo { root, link } => drop(world.links.insert(link.clone(), root.clone())),
        Action::WriteEnvFiles { path, desktop, .. } => {
            assert!(!desktop, "no desktop of a Mac reads a file of ours");
            let speech = Speech { path: path.clone(), variables: vec![] };
            let files = shells::env_files(&places, home, &speech);
            for (file, text) in files.into_iter().filter(|it| it.0.starts_with(&places.config)) {
                world.disk.files.insert(file, text.into_bytes());
            }
            // As the next login has it.
            let old = world.env["PATH"].clone();
            world.env.insert("PATH".into(), format!("{}:{old}", facts.here.style.join_list(path)));
        }
        Action::EditProfile { file } => {
            let line = shells::source_line(file, &places, home);
            let before = world.disk.files.get(file).cloned().unwrap_or_default();
            if let Some(text) = shells::with_block(&before, &line) {
                world.disk.files.insert(file.clone(), text);
            }
        }
        Action::InstallCli { bin, .. } => world.has_cli(bin),
        Action::InstallCommandLineTools => has_tools(world),
        _ => return false,
    }
    true
}

/// What Apple's Command Line Tools lay, and answer then.
fn has_tools(world: &mut World) {
    let Row { tools, files, links, texts, answers, .. } = ROWS.one("clt-good");
    world.row.tools = tools;
    let programs = files.into_iter().chain(answers.iter().map(|it| it.program.clone()));
    world.disk.files.extend(programs.map(|it| (it, b"\xcf\xfa\xed\xfe".to_vec())));
    world.disk.files.extend(texts.into_iter().map(|(path, text)| (path, text.into_bytes())));
    world.links.extend(links);
    world.row.answers.extend(answers);
}

#[test]
fn a_bare_mac_has_all_that_any_check_asks_for_once_its_plan_is_done() {
    let (known, mut row): (_, Row) = (Knowledge::embedded(), ROWS.one("os-bare-15"));
    row.about.clear();
    let aqua =
        ROWS.one::<Row>("os-whole-15").answers.into_iter().filter(|it| it.program.ends_with("launchctl"));
    row.answers.extend(aqua);
    let (facts, want) = looked(&World::of(&row), &known, &row);
    let before = checks::judge(&facts, &want, &known, &[]);
    for id in ["system.xcode", "go.present", "cli.present"] {
        let wrong = |it: &&Finding| matches!(it.verdict.status, Status::Fail | Status::Waiting);
        assert!(before.iter().filter(wrong).any(|it| it.id == id), "{id}");
    }
    let (rounds, left) = worked(&row, &known, Scope::Install);
    let left: Vec<String> = left.iter().map(|it| format!("{} {}", it.id, it.verdict.summary)).collect();
    assert!(left.is_empty() && (1..8).contains(&rounds), "{rounds} rounds: {left:#?}");
}

#[test]
fn what_a_plan_does_empties_the_findings_of_every_mac() {
    let known = Knowledge::embedded();
    let (mut wrong, mut seen): (Vec<String>, BTreeSet<&str>) = <_>::default();
    for (name, row) in rows().into_iter().filter(|it| PLANNED.iter().any(|front| it.0.starts_with(front))) {
        let known_left = LEFT.iter().find(|it| it.0 == name);
        seen.extend(known_left.map(|it| it.0));
        for scope in [Scope::Install, Scope::Repair] {
            let (rounds, left) = worked(&row, &known, scope);
            assert!(
                left.iter().all(|it| it.verdict.decision.is_some() || !it.verdict.needs.is_empty()),
                "{name}"
            );
            let ids: Vec<&str> = left.iter().map(|it| it.id.as_str()).collect();
            if ids != known_left.map_or(&[][..], |it| it.1) || rounds >= 8 {
                let said: Vec<String> = left.iter().map(|it| it.verdict.summary.to_string()).collect();
                wrong.push(format!("{name} {scope:?}, {rounds} rounds: {ids:?} {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are not as said:\n{}", wrong.len(), wrong.join("\n"));
    let unknown: Vec<_> = LEFT.iter().filter(|it| !seen.contains(it.0) || it.2.len() < 10).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// How many rounds it took, and what is bad then.
fn worked(row: &Row, known: &Knowledge, scope: Scope) -> (u32, Vec<Finding>) {
    let mut world = World::of(row);
    let mut rounds = 0;
    loop {
        let (facts, want) = looked(&world, known, row);
        let findings = checks::judge(&facts, &want, known, &row.about);
        let plan = plan::make(&findings, &facts, &want, known, scope);
        if !carry_out(&mut world, &plan, &facts) || rounds == 8 {
            return (rounds, findings.into_iter().filter(|it| it.verdict.is_bad()).collect());
        }
        rounds += 1;
    }
}

#[test]
fn what_is_asked_of_a_mac_is_asked_by_its_whole_path_in_apples_own_directories() {
    for (name, row) in rows() {
        let world = World::of(&row);
        let go: Vec<PathBuf> = row.gos.iter().map(|it| it.root.join("bin/go")).collect();
        looked(&world, &Knowledge::embedded(), &row);
        let ran = world.ran.lock().expect("nothing panicked");
        assert!(ran.iter().any(|it| it.starts_with("/usr/sbin/sysctl ")), "{name}: {ran:?}");
        let said = ["HOME", "SHELL"].iter().all(|it| !row.unset.iter().any(|gone| gone == it));
        let own = format!("UniqueID {}", row.uid);
        let asked = ran.iter().any(|it| it.starts_with("/usr/bin/dscl ") && it.contains(&own));
        assert!(
            !(said && asked) || row.uid == 0,
            "{name} says who it is, and its accounts are asked all the same"
        );
        if name.starts_with("os-") || name.starts_with("path-") {
            for line in ran.iter() {
                let program = Path::new(line.split(' ').next().expect("a program"));
                let apples = ["/usr/bin", "/usr/sbin", "/bin", "/usr/libexec"]
                    .iter()
                    .any(|it| program.parent() == Some(Path::new(it)));
                let of_go = go.iter().any(|it| it == program) || program.ends_with("go");
                assert!(apples || of_go, "{name}: {line}");
            }
        }
    }
}
