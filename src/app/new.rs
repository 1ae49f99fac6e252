//! `new`: a first program, at the versions that are prepared here, so that its first build is short. It writes only into a
//! directory that is named, and `undo` takes it back as long as nobody changed it.

use std::path::{Component, Path, PathBuf};

use super::mirrors::source::ModuleSource;
use super::run::{self, Seen};
use super::survey::{LockUse, Survey, VersionArgs, survey};
use super::{Session, resume, rightful};
use crate::apply::heal::Course;
use crate::checks::{self, Finding, Group, Status};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::plan;
use crate::probe::home;
use crate::report::Report;
use crate::report::model::Next;
use crate::system::Kind;
use crate::text::Text;
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
    let plan = plan::first_program(&facts, &want, &known, &it.dir);
    let lacks = lacks(&checks::judge(&facts, &want, &known, &[]), plan.is_some());
    let plan = match (plan, lacks) {
        (Some(plan), None) => plan,
        (_, what) => return Err(not_ready(session, what)),
    };
    if session.options.dry_run {
        return run::dry(session, ("new", "new"), &plan, &facts, &known);
    }
    // It is about a program, and says nothing of the machine.
    let seen = Seen { facts, want, known, findings: Vec::new(), source: ModuleSource::AsSet };
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
        // Where the proof had no screen but its own, nor has this program.
        let private = seen.facts.display.is_private();
        let run = if private { "fyne-setup run --virtual-display -- go run ." } else { "go run ." };
        let run = typed::within(style, &it.dir, run);
        let lines: Vec<String> = report.next.take().map(|it| it.command).into_iter().chain([run]).collect();
        let text = if private { text!("new-next-private") } else { text!("new-next") };
        report.next = Some(Next { text, command: typed::then(style, &lines) });
    }
    report.more.insert("dir".into(), it.dir.display().to_string().into());
    Ok(report)
}

/// What no build goes without and is missing here; `go`: whether there is a Go to build with.
fn lacks(findings: &[Finding], go: bool) -> Option<Text> {
    let group = |of: Group| findings.iter().find(|it| it.group == of && it.verdict.status == Status::Fail);
    let found = group(Group::Go).filter(|_| !go).or_else(|| group(Group::Cgo));
    found.map(|it| it.verdict.summary.clone())
}

/// Told before anything is written, and not by a build that fails.
fn not_ready(session: &Session, what: Option<Text>) -> Failure {
    let what = what.unwrap_or_else(|| text!("work-prove-no-go"));
    let offline = if session.options.offline { " --offline" } else { "" };
    let hint = text!("new-not-ready-hint", command = format!("fyne-setup install{offline}"));
    Failure::new(Code::BuildNotReady, text!("new-not-ready", what = what)).hint(hint)
}

/// Nothing of anybody's is in the way.
pub(super) fn free(session: &Session, dir: &Path) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::facts::Facts;

    #[test]
    fn what_a_build_needs_is_looked_at_first_and_nothing_else() {
        let said = |facts: &Facts, go| {
            lacks(&checks::judge(facts, &fixture::want(), fixture::known(), &[]), go).map(|it| it.key)
        };
        assert_eq!(said(&fixture::healthy(), true), None);
        let bare = fixture::bare();
        assert_eq!(said(&bare, false).as_deref(), Some("go-present-absent"));
        let compiler = said(&bare, true).expect("no compiler is there");
        assert!(compiler.starts_with("cgo-"), "{compiler}");
        let mut blind = fixture::healthy();
        (blind.display.x11, blind.display.xvfb) = (None, Fact::Absent);
        assert_eq!(said(&blind, true), None, "a program is built without a screen");
    }
}
