//! `new`: a first program, at the versions that are prepared here, so that its first build is short. It writes only into a
//! directory that is named, and `undo` takes it back as long as nobody changed it.

use std::path::{Component, Path, PathBuf};

use super::run::{self, Seen};
use super::survey::{LockUse, Survey, VersionArgs, survey};
use super::{Session, resume, rightful};
use crate::apply::heal::Course;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::plan;
use crate::probe::home;
use crate::report::Report;
use crate::report::model::Next;
use crate::system::Kind;
use crate::typed;
use crate::version::Version;

/// What was asked of `new`.
#[derive(Clone, Debug)]
pub struct NewProgram {
    /// Its directory, whole.
    pub dir: PathBuf,
    /// `--fyne`.
    pub fyne: Option<Version>,
    /// `--for-root`.
    pub for_root: bool,
}

/// A directory as it was typed: `~` is the home, everything else begins where we were started.
pub fn directory(session: &Session, typed: &Path) -> PathBuf {
    let home = || home::home_dir(session.look).ok();
    let whole = match typed.strip_prefix("~") {
        Ok(below) => home().map_or_else(|| typed.to_owned(), |it| it.join(below)),
        Err(_) => session.typed(typed),
    };
    // What is journalled has no detours.
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Looks, plans, asks unless somebody has agreed, writes, builds.
pub fn new(session: &Session, it: &NewProgram, agreed: bool) -> Result<Report, Failure> {
    rightful(session, it.for_root, "new")?;
    if let Some(report) = resume::first(session, "new", it.for_root)? {
        return Ok(report);
    }
    free(session, &it.dir)?;
    // A project that happens to lie above has no say in what a new one is made with.
    let asked = VersionArgs { fyne: it.fyne.clone(), lock: LockUse::Ignore, ..VersionArgs::default() };
    let Survey { facts, want, known, .. } = survey(session, session.look, &asked)?;
    let Some(plan) = plan::first_program(&facts, &want, &known, &it.dir) else {
        let failure = Failure::new(Code::ProveNoGo, text!("work-prove-no-go"));
        return Err(failure.hint(text!("work-prove-no-go-hint")));
    };
    if session.options.dry_run {
        return run::dry(session, ("new", "new"), &plan, &facts, &known);
    }
    // It is about a program, and says nothing of the machine.
    let seen = Seen { facts, want, known, findings: Vec::new() };
    let mut report = if agreed {
        run::carry_out(session, "new", &seen, &plan, &Course::Once, false)?
    } else {
        run::work(session, "new", &seen, &plan, &Course::Once, false)?
    };
    if let Some(outcome) = &mut report.outcome {
        outcome.rests_on.clear();
    }
    if report.ok() {
        let style = seen.facts.host.style();
        let run = typed::within(style, &it.dir, "go run .");
        let lines: Vec<String> = report.next.take().map(|it| it.command).into_iter().chain([run]).collect();
        report.next = Some(Next { text: text!("new-next"), command: typed::then(style, &lines) });
    }
    report.more.insert("dir".into(), it.dir.display().to_string().into());
    Ok(report)
}

/// Nothing of anybody's is in the way.
fn free(session: &Session, dir: &Path) -> Result<(), Failure> {
    let look = session.look;
    let unfit = |message| {
        let failure = Failure::new(Code::UsageNotEmpty, message);
        Err(failure.hint(text!("new-not-empty-hint")).at(dir, None))
    };
    // The journal takes no such name, and no line to paste would lead there.
    if dir.to_str().is_none_or(|it| it.contains(char::is_control)) {
        return unfit(text!("new-unfit", dir = dir));
    }
    let empty = match look.stat(dir) {
        Fact::Absent => true,
        Fact::Unknown(why) => return unfit(text!("new-unseen", dir = dir, why = why)),
        Fact::Here(stat) if stat.kind == Kind::Dir => look.list(dir).here().is_some_and(Vec::is_empty),
        Fact::Here(_) => false,
    };
    if empty {
        return Ok(());
    }
    unfit(text!("new-not-empty", dir = dir))
}
