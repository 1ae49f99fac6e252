//! The last paragraph of `undo` and `uninstall`: what is gone or as it was, what stays and why, and what to type to be rid of
//! that too.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::caches::{self, Caches};
use crate::action::Action;
use crate::app::{Session, history, self_update};
use crate::apply::revert::{StepUndone, UndoPlan};
use crate::facts::Facts;
use crate::journal::undo::Undo;
use crate::journal::{Run, RunStep, roots, told};
use crate::packages;
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::quoting::quoted;
use crate::report::{Label, Page};
use crate::system::Look;
use crate::text::Text;
use crate::typed;

/// How much is gone.
#[derive(Clone, Copy)]
pub(super) struct Gone {
    /// Also what is ours goes.
    pub everything: bool,
    /// No run has anything left to take back.
    pub every_run: bool,
}

/// The runs that `undo` is about, and those that it leaves with something to take back; the newest first.
#[derive(Default)]
pub(super) struct Runs {
    about: Vec<(String, Text)>,
    pub remain: Vec<(String, Text)>,
}

impl Runs {
    /// Of a journal, oldest first, as it was before.
    pub fn of(runs: &[Run], is_about: impl Fn(&Run) -> bool) -> Self {
        let named = |it: &Run| (it.id.clone(), history::named(it));
        let (about, others): (Vec<&Run>, Vec<&Run>) = runs.iter().rev().partition(|it| is_about(it));
        let remain = others.into_iter().filter(|it| !it.open().is_empty()).map(named).collect();
        Self { about: about.into_iter().map(named).collect(), remain }
    }

    /// What became of each that was asked for.
    fn undone(&self, undo_plan: &UndoPlan, taken: &[StepUndone]) -> Vec<Text> {
        let whole = |run: &str| {
            let mut steps = undo_plan.steps.iter().zip(taken).filter(|it| it.0.0 == run);
            steps.all(|it| it.1.whole())
        };
        let one = |(id, run): &(String, Text)| {
            if whole(id) { text!("undo-undone", run = run) } else { text!("undo-undone-partly", run = run) }
        };
        self.about.iter().map(one).collect()
    }
}

pub(super) fn page(
    (undo_plan, taken): (&UndoPlan, &[StepUndone]),
    gone: Gone,
    runs: &Runs,
    facts: &Facts,
    session: &Session,
) -> Page {
    let words = session.words;
    let mut page = Page::default();
    if !gone.everything {
        for text in runs.undone(undo_plan, taken) {
            page.hanging(vec![], Label::Good, &words.say(&text));
        }
    }
    let parts: Vec<String> = counted(undo_plan, taken).iter().map(|it| words.say(it)).collect();
    if !parts.is_empty() {
        let what = parts.join(&words.key("report-join"));
        page.hanging(vec![], Label::Good, &words.say(&text!("undo-done", what = what)));
    }
    let mut stays = |text: Text, command: Option<String>| {
        page.hanging(vec![], Label::Plain, &words.say(&text));
        if let Some(command) = command {
            page.command(2, &command);
        }
    };
    let style = facts.host.style();
    let typed = |line: &str| facts.ours.places.typed(line);
    if gone.everything || gone.every_run {
        let Caches { whole, shared } = caches::of(facts, session.look);
        let shown = |all: &[PathBuf]| all.iter().map(|it| style.shown(it)).collect::<Vec<_>>().join(", ");
        if !whole.is_empty() {
            let command = typed::removed_though_read_only(style, &whole);
            let sized = caches::sized(&whole, session);
            stays(text!("undo-stays-caches", paths = caches::named(&sized, words)), Some(command));
        }
        if !shared.is_empty() {
            stays(text!("undo-stays-caches-shared", paths = shown(&shared)), None);
        }
        let others = caches::sized(&caches::of_others(facts, session.look), session);
        if !others.is_empty() {
            stays(text!("undo-stays-others", paths = caches::named(&others, words)), None);
        }
    }
    if gone.everything {
        page.append(settings(session, &facts.ours.places));
        let (text, command) = program(facts, session.look);
        page.hanging(vec![], Label::Plain, &words.say(&text));
        page.command(2, &command);
    } else {
        if let Some((id, run)) = runs.remain.first() {
            let text = text!("undo-remains", count = runs.remain.len(), run = run);
            stays(text, Some(typed(&format!("fyne-setup undo {}", quoted(id)))));
        }
        stays(text!("undo-stays-own"), Some(typed("fyne-setup uninstall")));
    }
    page
}

/// What a person set stays, with the line that removes it.
pub(super) fn settings(session: &Session, places: &Places) -> Page {
    let mut page = Page::default();
    let said = roots::said(session.look, places);
    if said.is_empty() {
        return page;
    }
    let style = PathStyle::of_path(&places.config);
    let paths: Vec<String> = said.iter().map(|it| style.shown(it)).collect();
    let text = text!("undo-stays-settings", paths = paths.join(", "));
    page.hanging(vec![], Label::Plain, &session.words.say(&text));
    page.command(2, &typed::removed_files(style, &said));
    page
}

/// This program stays. What a package manager put there is that one's to remove.
fn program(facts: &Facts, look: &dyn Look) -> (Text, String) {
    let style = facts.host.style();
    let before = if facts.host.rights.have_sudo() { "sudo " } else { "" };
    let sudo = |needed: bool, line: String| if needed { format!("{before}{line}") } else { line };
    if let Some((program, manager, package)) = self_update::owner(look) {
        // Those above rpm give one and the same answer: the one that this machine is run with.
        let files = [program.display().to_string()];
        let own = facts.native.manager.here().and_then(|it| packages::by_name(&it.name));
        let own = own.filter(|it| it.owners(&files) == manager.owners(&files)).unwrap_or(manager);
        let line = own.remove(std::slice::from_ref(&package)).join(" ");
        let text = text!("undo-stays-packaged", path = &program, package = package);
        return (text, sudo(own.needs_root(), line));
    }
    let program = look.identity().executable;
    let writable = |dir: &Path| look.stat(dir).here().is_none_or(|it| it.writable);
    let needed = !program.parent().is_none_or(writable);
    let line = sudo(needed, typed::removed_file(style, &program));
    (text!("undo-stays-program", path = program), line)
}

/// What was taken back, by kinds.
fn counted(undo_plan: &UndoPlan, taken: &[StepUndone]) -> Vec<Text> {
    let back: Vec<(&RunStep, usize)> = undo_plan
        .steps
        .iter()
        .zip(taken)
        .filter_map(|((_, step), taken)| match taken {
            StepUndone::Back(came, kept) if taken.whole() && told::gone(step, came).is_none() => {
                Some((step, kept.count()))
            }
            _ => None,
        })
        .collect();
    let named = |step: &RunStep| step.undo.iter().map(packages).sum::<usize>();
    let removed: usize = back.iter().map(|(step, kept)| named(step).saturating_sub(*kept)).sum();
    let (mut versions, mut programs) = (BTreeSet::new(), 0_usize);
    let (mut profiles, mut settings) = (BTreeSet::new(), 0_usize);
    for (step, _) in back.iter().filter(|it| it.0.undo.iter().any(Undo::acts)) {
        match &step.action {
            Action::InstallGo { version, .. } => drop(versions.insert(version.to_string())),
            Action::InstallCli { .. } => programs += 1,
            Action::EditProfile { file } => drop(profiles.insert(file)),
            Action::SetGoEnv { .. }
            | Action::SetVariable { .. }
            | Action::FixLines { .. }
            | Action::FixLineEnds { .. }
            | Action::PutLast { .. } => settings += 1,
            _ => {}
        }
    }
    let versions: Vec<String> = versions.into_iter().collect();
    let all = [
        (removed > 0).then(|| text!("undo-part-packages", count = removed)),
        (!versions.is_empty()).then(|| text!("undo-part-go", versions = versions.join(", "))),
        (programs > 0).then(|| text!("undo-part-cli")),
        (!profiles.is_empty()).then(|| text!("undo-part-profiles", count = profiles.len())),
        (settings > 0).then(|| text!("undo-part-settings", count = settings)),
    ];
    all.into_iter().flatten().collect()
}

fn packages(undo: &Undo) -> usize {
    if let Undo::RemovePackages { names, .. } = undo { names.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::steps::removal::Kept;
    use crate::facts::host::Rights;
    use crate::journal::State;
    use crate::report::{Lang, Words};
    use crate::system::fake::Machine;

    fn step(action: Action, undo: Undo) -> (String, RunStep) {
        let (at, line, began, ended, brought, prefix) = <_>::default();
        let (because, state) = (vec![], State::Undone);
        let undo = vec![undo];
        let step = RunStep { step: 1, action, because, undo, state, at, line, began, ended, brought, prefix };
        ("run-1".to_owned(), step)
    }

    #[test]
    fn what_is_gone_is_counted_without_what_stays() {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let install = Action::InstallPackages { manager: "apt".into(), names: names.clone() };
        let root = PathBuf::from("/x");
        let go = Action::InstallGo { version: "1.27.4".parse().expect("a version"), root: root.clone() };
        let set = |key: &str| Action::SetGoEnv { file: "/env".into(), key: key.into(), value: None };
        let tree = || Undo::RemoveTree { path: root.clone() };
        let undo_plan = UndoPlan {
            steps: vec![
                step(install, Undo::RemovePackages { manager: "apt".into(), names }),
                step(go, tree()),
                step(set("A"), tree()),
                step(set("B"), tree()),
                step(set("C"), Undo::Leave { why: "x".into() }),
            ],
        };
        let kept = Kept { names: vec!["b".into()], ..Kept::default() };
        let back = || StepUndone::Back(vec![], Kept::default());
        let taken = [StepUndone::Back(vec![], kept), back(), back(), StepUndone::Not, back()];
        let words = Words::of(Lang::En);
        let said: Vec<String> = counted(&undo_plan, &taken).iter().map(|it| words.say(it)).collect();
        assert_eq!(said, ["2 packages", "Go 1.27.4", "1 setting"]);
    }

    #[test]
    fn what_a_package_manager_put_there_is_removed_by_it_and_else_the_file() {
        let mut facts = crate::checks::fixture::healthy();
        facts.host.rights = Rights::SudoAsks;
        let mut machine = Machine::linux().file("/usr/bin/fyne-setup", "");
        machine.identity.executable = "/usr/bin/fyne-setup".into();
        let typed = |machine: &Machine, facts: &Facts| program(facts, machine).1;
        assert_eq!(typed(&machine, &facts), "rm /usr/bin/fyne-setup");
        let mut closed = machine.clone();
        closed.dirs.insert("/usr/bin".into(), 0o555);
        assert_eq!(typed(&closed, &facts), "sudo rm /usr/bin/fyne-setup");
        let asked = packages::ALL[0].owners(&["/usr/bin/fyne-setup".into()]).expect("it can be asked");
        let owned = machine.answer(&asked[0], &asked[1], 0, "fyne-setup: /usr/bin/fyne-setup\n", "");
        let line = packages::ALL[0].remove(&["fyne-setup".into()]).join(" ");
        assert_eq!(typed(&owned, &facts), format!("sudo {line}"));
        facts.host.rights = Rights::Root;
        assert_eq!(typed(&owned, &facts), line);
        facts.host.rights = Rights::None;
        assert_eq!(typed(&owned, &facts), line, "root types it, and there may be no sudo");
    }
}
