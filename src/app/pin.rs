//! `pin`: a project says which versions it is built with, and a lock file has their hashes. Only its three files are written.

use serde_json::json;

use super::mirrors::source::ModuleSource;
use super::pinning::{Missing, Pinned, Reach, plan};
use super::run::{self, Seen};
use super::survey::{self, VersionArgs};
use super::{Session, lockfile, resume, rightful};
use crate::apply::heal::Course;
use crate::failure::{Code, Exit, Failure};
use crate::lockfile::NAME;
use crate::report::{Label, Report};
use crate::text::Text;

/// What was asked of `pin`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Versions.
    pub versions: VersionArgs,
    /// `--upgrade`.
    pub upgrade: bool,
    /// `--check`.
    pub check: bool,
    /// `--for-root`.
    pub for_root: bool,
}

/// Looks, plans, asks, writes; or only says what differs.
pub fn pin(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    let named = session.options.project.as_deref();
    let Some(dir) = survey::project(session.look, named)? else {
        let message = text!("pin-no-project");
        return Err(Failure::new(Code::UsageNoProject, message).hint(text!("pin-no-project-hint")));
    };
    if wishes.check {
        let pinned = plan(session, (&wishes.versions, wishes.upgrade), dir, Reach::Lock)?;
        return Ok(checked(session, &pinned));
    }
    rightful(session, wishes.for_root, "pin")?;
    if let Some(report) = resume::first(session, "pin", wishes.for_root)? {
        return Ok(report);
    }
    // Nobody is asked who only wants to know, or whom nobody can ask.
    let goes_on = session.options.yes || session.look.identity().terminal[0];
    let asks = goes_on && !session.options.offline && !session.options.dry_run;
    let reach = if asks { Reach::Network } else { Reach::Here };
    let pinned = plan(session, (&wishes.versions, wishes.upgrade), dir, reach)?;
    tampered(&pinned)?;
    let mut report = if session.options.dry_run {
        let Pinned { facts, known, plan, .. } = &pinned;
        let mut report = run::dry(session, ("pin", "pin"), plan, facts, known)?;
        differences(&mut report, session, &pinned);
        report
    } else {
        // It is about a project, and says nothing of the machine.
        let (facts, want, known) = (pinned.facts.clone(), pinned.want.clone(), pinned.known.clone());
        let seen = Seen { facts, want, known, findings: Vec::new(), source: ModuleSource::AsSet };
        run::work(session, "pin", &seen, &pinned.plan, &Course::Once, false)?
    };
    if let Some(outcome) = &mut report.outcome {
        outcome.rests_on.clear();
        outcome.is_silent = outcome.actions.is_empty() && report.failure.is_none();
        if outcome.is_silent {
            report.page.line(Label::Good, session.words.say(&text!("pin-agrees", file = NAME)));
        }
    }
    if report.ok() && !pinned.missing.is_empty() && !session.options.dry_run {
        missing(&mut report, session, &pinned.missing);
    }
    tell(&mut report, session, &pinned);
    Ok(report)
}

/// What the lock has no hash of, each reason once.
fn missing(report: &mut Report, session: &Session, missing: &[Missing]) {
    let names = |of: &[&Missing]| of.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let all: Vec<&Missing> = missing.iter().collect();
    let say = text!("pin-missing", platforms = names(&all), file = NAME);
    report.page.hanging(vec![], Label::Plain, &session.words.say(&say));
    let mut told: Vec<&Text> = Vec::new();
    for why in missing.iter().filter_map(|it| it.why.as_ref()) {
        if told.contains(&why) {
            continue;
        }
        told.push(why);
        let same: Vec<&Missing> = missing.iter().filter(|it| it.why.as_ref() == Some(why)).collect();
        let line = text!("pin-missing-why", names = names(&same), why = why);
        report.page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Faint, &session.words.say(&line));
    }
}

/// A go.sum that has another hash than was published is a person's to look into: nothing is written beside it.
fn tampered(pinned: &Pinned) -> Result<(), Failure> {
    let Some(it) = pinned.differences.iter().find(|it| it.what == "fyne-hash") else { return Ok(()) };
    let place = it.line.map_or_else(|| "go.sum".to_owned(), |line| format!("go.sum:{line}"));
    let found = it.found.clone().unwrap_or_default();
    let message = text!("pin-sum-differs", place = place, found = found, wanted = &it.wanted);
    Err(Failure::new(Code::TrustChecksum, message).hint(text!("pin-sum-differs-hint")).at(&it.file, it.line))
}

/// Whether project, lock and resolution say the same.
fn checked(session: &Session, pinned: &Pinned) -> Report {
    let mut report = Report::new("pin");
    differences(&mut report, session, pinned);
    if pinned.differences.is_empty() {
        report.page.line(Label::Good, session.words.say(&text!("pin-agrees", file = NAME)));
    } else {
        report.exit = Exit::Problems;
        report.page.gap();
        report.page.hanging(vec![], Label::Plain, &session.words.key("pin-check-next"));
    }
    tell(&mut report, session, pinned);
    report
}

/// Each difference in a line.
fn differences(report: &mut Report, session: &Session, pinned: &Pinned) {
    for it in &pinned.differences {
        let front = vec![(Label::Bad, "✗ ".to_owned())];
        report.page.hanging(front, Label::Plain, &session.words.say(&lockfile::told(it)));
    }
}

/// The same for programs.
fn tell(report: &mut Report, session: &Session, pinned: &Pinned) {
    let file = pinned.dir.join(NAME);
    let names: Vec<&str> = pinned.missing.iter().map(|it| it.name.as_str()).collect();
    let why = |it: &Missing| Some(json!({ "name": it.name, "why": session.words.say(it.why.as_ref()?) }));
    let fields = json!({
        "lock": file,
        "differences": pinned.differences,
        "missing_hashes": names,
        "missing_why": pinned.missing.iter().filter_map(why).collect::<Vec<_>>(),
    });
    report.more.insert("pin".into(), fields);
}
