//! What taking a step back does, in one sentence: from its undo, not from what the step did. "Remove 12 packages" before,
//! "Removed 12 packages" when it is done. Pure.

use std::path::Path;

use super::RunStep;
use super::undo::{Reverted, Undo};
use crate::action::{Action, Pin};
use crate::system::Look;
use crate::text::Text;

/// What will be taken back of a step.
pub fn will(step: &RunStep) -> Text {
    sentence(step, None)
}

/// The same on this machine: of a step whose files went with their directories there is nothing to take back.
pub fn expected(look: &dyn Look, step: &RunStep) -> Text {
    let gone = of_files(step).map(|it| it.vanished(look)).collect::<Option<Vec<_>>>();
    gone.and_then(|it| it.into_iter().next()).map_or_else(|| will(step), |dir| nothing_in(step, &dir))
}

/// The directory that everything of a step lay in, where that was gone.
pub fn gone<'c>(step: &RunStep, came: &'c [Reverted]) -> Option<&'c Path> {
    let all = step.undo.iter().zip(came).filter(|it| is_of_file(it.0));
    let all = all.map(|(_, came)| if let Reverted::Gone(dir) = came { Some(dir) } else { None });
    let all = all.collect::<Option<Vec<_>>>().filter(|_| step.undo.len() == came.len())?;
    all.first().map(|it| it.as_path())
}

fn of_files(step: &RunStep) -> impl Iterator<Item = &Undo> {
    step.undo.iter().filter(|it| is_of_file(it))
}

/// A directory goes only with the last that is in it.
fn is_of_file(undo: &Undo) -> bool {
    undo.acts() && !matches!(undo, Undo::RemoveDir { .. })
}

fn nothing_in(step: &RunStep, dir: &Path) -> Text {
    match &step.action {
        Action::PinProject(Pin { dir, .. }) | Action::CompleteSums { dir } => {
            text!("undo-gone-project", path = dir)
        }
        Action::CreateProgram(it) => text!("undo-gone-project", path = &it.dir),
        _ => text!("undo-gone-directory", path = dir),
    }
}

/// What was taken back of it. `kept`: so many of its packages stay.
pub fn did(step: &RunStep, came: &[Reverted], kept: usize) -> Text {
    if let Some(dir) = gone(step, came) {
        return nothing_in(step, dir);
    }
    let others = came.iter().find_map(|it| match it {
        Reverted::ChangedByOthers(path) | Reverted::NotWritten(path) => {
            Some(text!("undo-did-leave", path = path))
        }
        Reverted::Merged(path) => Some(text!("undo-did-merge", path = path)),
        _ => None,
    });
    others.unwrap_or_else(|| sentence(step, Some(kept)))
}

/// `kept`: none before it is taken back.
fn sentence(step: &RunStep, kept: Option<usize>) -> Text {
    let say = |will: Text, did: Text| if kept.is_some() { did } else { will };
    if let Action::InstallGo { version, root } = &step.action {
        return say(
            text!("undo-will-go", version = version, root = root),
            text!("undo-did-go", version = version, root = root),
        );
    }
    let Some(undo) = step.undo.iter().find(|it| it.acts() && !matches!(it, Undo::RemoveDir { .. })) else {
        let dir = step.undo.iter().find_map(Undo::path).unwrap_or(Path::new(""));
        return say(text!("undo-will-dir", path = dir), text!("undo-did-dir", path = dir));
    };
    match undo {
        Undo::RemovePackages { names, .. } => {
            let gone = names.len().saturating_sub(kept.unwrap_or(0));
            say(text!("undo-will-packages", count = gone), text!("undo-did-packages", count = gone))
        }
        Undo::DisableRepository { repository: name, .. } => {
            say(text!("undo-will-repository", name = name), text!("undo-did-repository", name = name))
        }
        Undo::Restore { path, .. } | Undo::MoveBack { path, .. } => {
            let more = files(step) - 1;
            say(
                text!("undo-will-restore", path = path, more = more),
                text!("undo-did-restore", path = path, more = more),
            )
        }
        Undo::Relink { path, was: Some(target), .. } => say(
            text!("undo-will-relink", path = path, target = target),
            text!("undo-did-relink", path = path, target = target),
        ),
        Undo::RemoveFile { path, .. } | Undo::RemoveTree { path } | Undo::Relink { path, .. } => {
            let more = files(step) - 1;
            say(
                text!("undo-will-remove", path = path, more = more),
                text!("undo-did-remove", path = path, more = more),
            )
        }
        Undo::RemoveFiles { dir, wrote } => {
            let path = dir.join(wrote.first().map_or("", |it| it.0.as_str()));
            let more = wrote.len().saturating_sub(1);
            say(
                text!("undo-will-remove", path = &path, more = more),
                text!("undo-did-remove", path = &path, more = more),
            )
        }
        Undo::Registry { key, name, .. } => {
            let key = key.to_string();
            say(
                text!("undo-will-registry", name = name, key = &key),
                text!("undo-did-registry", name = name, key = &key),
            )
        }
        Undo::DeveloperDir { .. } => say(text!("undo-will-developer"), text!("undo-did-developer")),
        Undo::WslgSockets(_) => say(text!("undo-will-sockets"), text!("undo-did-sockets")),
        Undo::FirewallRule { port } => {
            say(text!("undo-will-firewall", port = *port), text!("undo-did-firewall", port = *port))
        }
        Undo::RemoveDir { .. } | Undo::Upgraded { .. } | Undo::Leave { .. } => {
            text!("undo-step", what = crate::action::sentence(&step.action))
        }
    }
}

/// How many files, trees and links it is about; at least one.
fn files(step: &RunStep) -> usize {
    let mut paths: Vec<&Path> = Vec::new();
    for undo in step.undo.iter().filter(|it| !matches!(it, Undo::RemoveDir { .. })) {
        paths.extend(undo.path().filter(|it| !paths.contains(it)));
    }
    paths.len().max(1)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::digest::Digest;
    use crate::journal::State;
    use crate::report::{Lang, Words};

    fn step(action: Action, undo: Vec<Undo>) -> RunStep {
        let (at, line, began, ended, brought, prefix) = <_>::default();
        RunStep {
            step: 1,
            action,
            because: vec![],
            undo,
            state: State::Done,
            at,
            line,
            began,
            ended,
            brought,
            prefix,
        }
    }

    fn restored(path: &str) -> Undo {
        let (was, wrote) = (Digest::of(b"a"), Digest::of(b"b"));
        Undo::Restore { path: path.into(), was, mode: 0o644, uid: 0, gid: 0, wrote }
    }

    #[test]
    fn an_undo_says_what_it_removes_or_puts_back_and_never_what_the_step_did() {
        let file = |it: &str| Undo::RemoveFile { path: it.into(), wrote: None };
        let dir = |it: &str| Undo::RemoveDir { path: it.into() };
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let install = Action::InstallPackages { manager: "apt".into(), names: names.clone() };
        let packages = Undo::RemovePackages { manager: "apt".into(), names };
        let profile = Action::EditProfile { file: "/h/.profile".into() };
        let fyne: crate::version::Version = "2.8.1".parse().expect("a version");
        let prove = Action::Prove { fyne };
        let go = Action::InstallGo { version: "1.27.4".parse().expect("a version"), root: "/g".into() };
        let tree = Undo::RemoveTree { path: "/g".into() };
        let link =
            |was: Option<&str>| Undo::Relink { path: "/l".into(), was: was.map(PathBuf::from), wrote: None };
        let words = Words::of(Lang::En);
        for (step, kept, before, after) in [
            (step(install.clone(), vec![packages.clone()]), 0, "Remove 3 packages", "Removed 3 packages"),
            (step(install.clone(), vec![packages.clone()]), 2, "Remove 3 packages", "Removed 1 package"),
            (step(install, vec![packages]), 3, "Remove 3 packages", "Removed no package"),
            (
                step(profile, vec![restored("/h/.profile")]),
                0,
                "Put back /h/.profile as it was",
                "Put back /h/.profile as it was",
            ),
            (
                step(prove.clone(), vec![dir("/h/fyne")]),
                0,
                "Remove /h/fyne if it is empty",
                "Removed /h/fyne if it was empty",
            ),
            (step(go, vec![tree]), 0, "Remove Go 1.27.4 from /g", "Removed Go 1.27.4 from /g"),
            (
                step(prove.clone(), vec![file("/a"), file("/b"), file("/b"), dir("/")]),
                0,
                "Remove /a and 1 more",
                "Removed /a and 1 more",
            ),
            (step(prove.clone(), vec![link(None)]), 0, "Remove /l", "Removed /l"),
            (step(prove, vec![link(Some("/o"))]), 0, "Point /l to /o again", "Pointed /l to /o again"),
        ] {
            assert_eq!(words.say(&will(&step)), before);
            assert_eq!(words.say(&did(&step, &[], kept)), after);
        }
    }

    #[test]
    fn of_what_is_gone_nothing_is_promised_and_of_what_is_there_all_is() {
        let words = Words::of(Lang::En);
        let look = crate::system::fake::Machine::linux().file("/here/a", "");
        let (here, away) = (restored("/here/a"), restored("/away/a"));
        let dir = Undo::RemoveDir { path: "/away".into() };
        let gone = Reverted::Gone("/away".into());
        let sums = |undo| step(Action::CompleteSums { dir: "/away".into() }, undo);
        let profile = |undo| step(Action::EditProfile { file: "/away/a".into() }, undo);
        let nothing = "/away is gone: there is nothing to undo in it";
        let project = "The project /away is gone: there is nothing to undo in it";
        let both = "Put back /here/a as it was, and 1 more";
        for (step, came, want) in [
            (sums(vec![away.clone()]), vec![gone.clone()], project),
            (profile(vec![away.clone(), dir]), vec![gone.clone(), Reverted::Yes], nothing),
            (profile(vec![here.clone(), away]), vec![Reverted::Yes, gone], both),
            (profile(vec![here]), vec![Reverted::Yes], "Put back /here/a as it was"),
        ] {
            assert_eq!(words.say(&expected(&look, &step)), want);
            assert_eq!(words.say(&did(&step, &came, 0)), want);
        }
    }

    #[test]
    fn what_others_changed_is_not_said_to_be_as_it_was() {
        let step = step(Action::EditProfile { file: "/p".into() }, vec![restored("/p")]);
        let words = Words::of(Lang::En);
        let said = |came: Reverted| words.say(&did(&step, &[Reverted::Yes, came], 0));
        assert_eq!(said(Reverted::Merged("/p".into())), "Took the lines of fyne-setup out of /p");
        assert_eq!(said(Reverted::ChangedByOthers("/p".into())), "Left /p as it is");
    }
}
