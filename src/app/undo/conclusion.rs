//! The last paragraph of `undo` and `uninstall`: what is gone or as it was, what stays and why, and what to type to be rid of
//! that too.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::action::Action;
use crate::app::Session;
use crate::apply::revert::{StepUndone, UndoPlan};
use crate::facts::Facts;
use crate::journal::RunStep;
use crate::journal::undo::Undo;
use crate::path_style::PathStyle;
use crate::quoting::quoted_path;
use crate::report::{Label, Page};
use crate::text::Text;

/// `everything`: also what is ours goes.
pub(super) fn page(
    undo_plan: &UndoPlan,
    taken: &[StepUndone],
    everything: bool,
    facts: &Facts,
    session: &Session,
) -> Page {
    let words = session.words;
    let mut page = Page::default();
    let parts: Vec<String> = counted(undo_plan, taken).iter().map(|it| words.say(it)).collect();
    if !parts.is_empty() {
        let what = parts.join(&words.key("report-join"));
        page.hanging(vec![], Label::Good, &words.say(&text!("undo-done", what = what)));
    }
    let mut stays = |text: Text, command: String| {
        page.hanging(vec![], Label::Plain, &words.say(&text));
        page.command(2, &command);
    };
    let style = facts.host.style();
    let is_there = |it: &&PathBuf| session.look.stat(it).is_here();
    let caches = [&facts.modules.dir, &facts.modules.build_cache].into_iter().flatten();
    let caches: Vec<PathBuf> = caches.filter(is_there).cloned().collect();
    if !caches.is_empty() {
        let paths = caches.iter().map(|it| style.shown(it)).collect::<Vec<_>>().join(", ");
        stays(text!("undo-stays-caches", paths = paths), removing(&caches, style));
    }
    if everything {
        let program = session.look.identity().executable;
        let verb = if style == PathStyle::Windows { "Remove-Item" } else { "rm" };
        stays(text!("undo-stays-program", path = &program), format!("{verb} {}", quoted_path(&program)));
    } else {
        stays(text!("undo-stays-own"), "fyne-setup uninstall".to_owned());
    }
    page
}

/// What was taken back, by kinds.
fn counted(undo_plan: &UndoPlan, taken: &[StepUndone]) -> Vec<Text> {
    let back: Vec<(&RunStep, usize)> = undo_plan
        .steps
        .iter()
        .zip(taken)
        .filter_map(|((_, step), taken)| match taken {
            StepUndone::Back(_, kept) if taken.whole() => {
                Some((step, kept.names.len() + kept.unproven.len() + kept.theirs.len()))
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

/// The line that removes these. Go makes the directories of its module cache read-only.
fn removing(paths: &[PathBuf], style: PathStyle) -> String {
    if style == PathStyle::Windows {
        let names: Vec<String> = paths.iter().map(|it| format!("\"{}\"", it.display())).collect();
        return format!("Remove-Item -Recurse -Force {}", names.join(", "));
    }
    let names = paths.iter().map(|it| quoted_path(it)).collect::<Vec<_>>().join(" ");
    format!("chmod -R u+w {names} && rm -rf {names}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::steps::removal::Kept;
    use crate::journal::State;
    use crate::report::{Lang, Words};

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
    fn the_line_that_removes_a_cache_opens_it_first() {
        let caches = ["/root/go/pkg/mod".into(), "/root/.cache/go build".into()];
        let line = "chmod -R u+w /root/go/pkg/mod '/root/.cache/go build' && rm -rf /root/go/pkg/mod '/root/.cache/go build'";
        assert_eq!(removing(&caches, PathStyle::Unix), line);
        let windows = removing(&["C:/go/x".into()], PathStyle::Windows);
        assert_eq!(windows, "Remove-Item -Recurse -Force \"C:/go/x\"");
    }
}
