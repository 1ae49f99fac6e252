//! `check`: looks and reports, changes nothing. `--record` keeps every question with its answer, redacted; `--replay`
//! answers from such a recording instead of from this machine.

use std::path::{Path, PathBuf};

use super::survey::{VersionArgs, look_only};
use super::{Session, written};
use crate::action::Scope;
use crate::apply::deep;
use crate::checks::{CHECKS, blame, judge, names};
use crate::facts::Facts;
use crate::failure::{Code, Failure};
use crate::journal::own;
use crate::manifest::Knowledge;
use crate::places::Places;
use crate::plan::make;
use crate::probe::native::{damage, declared};
use crate::recording::replay::Replay;
use crate::recording::{Recorder, Recording};
use crate::report::Report;
use crate::system::Look;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) mod pages;

/// What was asked of `check`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Checks or families; all where there are none.
    pub ids: Vec<String>,
    /// `--goal`.
    pub goal: Goal,
    /// `--deep`.
    pub deep: bool,
    /// `--record`.
    pub record: Option<PathBuf>,
    /// `--replay`.
    pub replay: Option<PathBuf>,
    /// `--html`.
    pub html: Option<PathBuf>,
    /// `--junit`.
    pub junit: Option<PathBuf>,
    /// `--markdown`.
    pub markdown: Option<PathBuf>,
}

/// Looks, judges, reports.
pub fn check(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    known(&wishes.ids)?;
    written::ready(session.look, &[&wishes.html, &wishes.junit, &wishes.markdown])?;
    if let Some(dir) = &wishes.replay {
        let replay = Replay::new(loaded(dir, session.look)?);
        return judged(wishes, session, &replay);
    }
    // A command that only looks goes on without what it does not believe.
    if let Ok(places) = session.places()
        && let Err(failure) = own::guard(session.look, places)
        // Of that one it was said already.
        && failure.file != Some(places.config_file())
    {
        session.audience.warn(&failure.message);
    }
    let Some(dir) = &wishes.record else { return judged(wishes, session, session.look) };
    let recorder = Recorder::new(session.look);
    let report = judged(wishes, session, &recorder)?;
    kept(&recorder.finish(), dir, session)?;
    Ok(report)
}

fn loaded(dir: &Path, look: &dyn Look) -> Result<Recording, Failure> {
    let at = look.identity().cwd.join(dir);
    Recording::load(|name| look.read(&at.join(name))).map_err(|why| {
        let message = text!("usage-no-recording", dir = dir, why = why);
        Failure::new(Code::UsageNoRecording, message).at(dir, None)
    })
}

fn kept(recording: &Recording, dir: &Path, session: &Session) -> Result<(), Failure> {
    let at = session.look.identity().cwd.join(dir);
    for (name, bytes) in recording.files() {
        let file = at.join(&name);
        let parent = file.parent().unwrap_or(&at);
        let made = session.doors.system.disk.make_dir(parent, 0o700).map(drop);
        made.and_then(|()| session.doors.system.disk.write(&file, &bytes, Some(0o600))).map_err(|error| {
            let message = text!("usage-cannot-record", file = &file, why = error.to_string());
            Failure::new(Code::RecordWrite, message).hint(text!("usage-record-elsewhere")).at(&file, None)
        })?;
    }
    session.audience.say(&text!("usage-recorded", dir = dir));
    Ok(())
}

fn judged(wishes: &Wishes, session: &Session, look: &dyn Look) -> Result<Report, Failure> {
    let mut seen = look_only(session, look, &VersionArgs { goal: wishes.goal, ..VersionArgs::default() })?;
    // What is accepted here is not accepted for the machine of a recording.
    if wishes.replay.is_some() || wishes.record.is_some() {
        seen.want.accepted.clear();
    }
    if wishes.deep && wishes.record.is_none() && wishes.replay.is_none() {
        look_deep(session, &mut seen.facts, &seen.want, &seen.known);
    }
    let findings = judge(&seen.facts, &seen.want, &seen.known, &wishes.ids);
    let of_page = || make(&findings, &seen.facts, &seen.want, &seen.known, Scope::Repair);
    let plan = wishes.html.is_some().then(of_page);
    let mut report = Report::checked(&seen.facts, &seen.want, &seen.known, findings);
    report.only_named = !wishes.ids.is_empty();
    let here = wishes.replay.is_none().then_some(session.look);
    pages::compared(&mut report, look, here, &seen.facts, &seen.known);
    pages::write(session, look, wishes, &mut report, plan)?;
    Ok(report)
}

/// The long look. Its answers are kept with our caches: reading changes nothing else.
pub fn look_deep(session: &Session, facts: &mut Facts, want: &Want, known: &Knowledge) {
    let told = |what: &Text| session.audience.say(what);
    session.says_nothing_changed();
    let store = store(&facts.ours.places);
    deep::look(session.doors.system, &store, facts, want, &known.mirrors, &told);
    let linux = facts.host.identity.os == "linux";
    if linux && !facts.native.pkg_config.is_absent() {
        told(&text!("deep-headers"));
        let wanted = blame::wanted(facts, want, known);
        if declared::deeply(session.look, facts, &wanted, &known.packages) {
            facts.native.damaged = damage::probe(session.look, facts, &want.target, &known.packages);
        }
    }
}

/// Where a command that only looks keeps what the checksum database proved to it.
pub fn store(places: &Places) -> PathBuf {
    places.cache.join("sumdb")
}

/// Every id that was typed names a check or a family; else the near ones are said.
pub fn known(ids: &[String]) -> Result<(), Failure> {
    let Some(unknown) = ids.iter().find(|name| !CHECKS.iter().any(|it| names(name, it.id))) else {
        return Ok(());
    };
    let near = super::near(unknown, CHECKS.iter().map(|it| it.id));
    let hint = if near.is_empty() {
        text!("usage-check-list", ids = families().join(", "))
    } else {
        text!("usage-did-you-mean", near = near.join(", "))
    };
    Err(Failure::new(Code::UsageUnknownCheck, text!("usage-unknown-check", id = unknown)).hint(hint))
}

/// The families that ids begin with, each once, in the order of the checks.
pub fn families() -> Vec<&'static str> {
    let mut all = Vec::new();
    for family in CHECKS.iter().map(|it| it.id.split('.').next().unwrap_or(it.id)) {
        if !all.contains(&family) {
            all.push(family);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_in_a_hint_stand_there_once_each() {
        let all = families();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(all.len(), once.len(), "{all:?}");
        assert_eq!(all.first(), Some(&"system"));
    }
}
