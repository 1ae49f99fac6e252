//! `diagnose [FILE|-]`: what a build or run log shows to be at fault, whether this machine has it, and how it is fixed;
//! `--apply` has `repair` fix what the machine has. What `run` says below a command that failed is the same, in short.

use serde_json::{Value, json};

use super::repair::{Wishes, repair};
use super::survey::{Survey, VersionArgs, in_use, look_only};
use super::{Session, rightful};
use crate::checks::logged::logged;
use crate::checks::{Finding, judge};
use crate::diagnose::{Cause, Diagnosis, Needs, Reader, Symptoms};
use crate::facts::host::{Host, Rights};
use crate::failure::{Exit, Failure};
use crate::packages::Table;
use crate::recording::redact::Redactor;
use crate::report::Report;
use crate::report::remedy::{Remedy, remedy};

mod log;
mod programs;
mod show;

pub use log::Log;
use show::{document, evidence, page};

/// What is to be done besides telling.
#[derive(Clone, Copy, Debug, Default)]
pub struct Apply {
    /// `--apply`.
    pub apply: bool,
    /// `--for-root`.
    pub for_root: bool,
}

/// A cause with what is known of it here.
struct Known {
    cause: Cause,
    check: Option<String>,
    confirmed: Option<bool>,
    remedy: Remedy,
    /// The system that the log is of, where it is another one than this.
    elsewhere: Option<&'static str>,
}

/// Reads, names, looks whether this machine has it; fixes it, where that is asked for.
pub fn diagnose(session: &Session, log: Log, asked: Apply) -> Result<Report, Failure> {
    if asked.apply {
        rightful(session, asked.for_root, "diagnose")?;
    }
    let symptoms = Symptoms::embedded();
    let mut reader = Reader::new(&symptoms);
    log::read(session, log, &mut |bytes| reader.feed(bytes))?;
    let (diagnosis, known) = told(session, reader);
    let mut report = Report::new("diagnose");
    let mut left: Vec<_> = known.iter().collect();
    let ids = confirmed(&known);
    if asked.apply && !ids.is_empty() {
        session.audience.show(&page(&known.iter().collect::<Vec<_>>(), None, diagnosis.lines, session.words));
        let wishes = Wishes { ids, for_root: asked.for_root, ..Wishes::default() };
        report = Report { command: "diagnose".into(), ..repair(session, wishes)? };
        // What the machine has was `repair`'s to fix, and what it does not have is not left.
        left.retain(|it| it.confirmed.is_none());
    }
    if !left.is_empty() && report.exit == Exit::Done && !(asked.apply && session.options.dry_run) {
        report.exit = Exit::Problems;
    }
    let causes: Vec<_> = known.iter().map(|it| document(it, session.words)).collect();
    report.more.insert("causes".into(), causes.into());
    let own = diagnosis.own.as_ref().filter(|_| known.is_empty());
    let said = |it: &Cause| {
        let (what, fix) = (session.words.say(&it.what()), session.words.say(&it.fix(&[], None)));
        json!({ "summary": what, "evidence": evidence(it), "fix": fix })
    };
    report.more.insert("own".into(), own.map_or(Value::Null, said));
    if known.is_empty() || !left.is_empty() {
        report.page.append(page(&left, own, diagnosis.lines, session.words));
    }
    Ok(report)
}

/// The checks that say that this machine has a cause of the log, each once.
fn confirmed(known: &[Known]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in known.iter().filter(|it| it.confirmed == Some(true)).filter_map(|it| it.check.as_ref()) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// Says what the output of a command shows, below it, in a few lines.
pub(super) fn explain(session: &Session, output: &[u8]) {
    let symptoms = Symptoms::embedded();
    let mut reader = Reader::new(&symptoms);
    reader.feed(output);
    let (diagnosis, known) = told(session, reader);
    let page = show::short(known.first(), diagnosis.own.as_ref(), session.words);
    if !page.is_empty() {
        session.audience.show(&page);
    }
}

/// The end of a log, without secrets: what it shows, and what is known of that here.
fn told(session: &Session, reader: Reader) -> (Diagnosis, Vec<Known>) {
    // Compared as it is, shown without secrets.
    let whole = reader.finish();
    let mut diagnosis = redacted(whole.clone(), &Redactor::here(session.look));
    if let Some(own) = diagnosis.own.as_mut().filter(|it| it.exact) {
        completed(session, own);
    }
    let survey = survey(session, &whole);
    let both = whole.causes.iter().zip(&diagnosis.causes);
    let own = session.look.identity().os;
    let elsewhere = diagnosis.os.filter(|it| *it != own);
    let of = |(it, shown)| Known { elsewhere, ..known(it, shown, survey.as_ref(), diagnosis.os) };
    let known = both.map(of).collect();
    (diagnosis, known)
}

/// A mistake with what this machine knows of it: the programs below this directory, the newest Fyne.
fn completed(session: &Session, own: &mut Cause) {
    let program = programs::below(session.look, &session.look.identity().cwd).into_iter().next();
    own.said.extend(program.map(|it| ("program".to_owned(), it)));
    if own.said.get("module").is_some_and(|it| it == "fyne.io/fyne/v2") {
        let known = in_use(session, session.look).map(|it| it.known);
        let newest = known.ok().and_then(|it| it.manifest.newest_fyne().map(ToString::to_string));
        own.said.extend(newest.map(|it| ("right".to_owned(), it)));
    }
}

/// Without secrets: lines of a log are shown, and what was captured of them.
fn redacted(mut diagnosis: Diagnosis, redactor: &Redactor) -> Diagnosis {
    for cause in diagnosis.causes.iter_mut().chain(&mut diagnosis.own) {
        for line in &mut cause.evidence {
            line.text = redactor.text(&line.text);
        }
        for value in cause.said.values_mut() {
            *value = redactor.text(value);
        }
    }
    diagnosis
}

/// This machine and what its checks say, where the log may be of it.
fn survey(session: &Session, diagnosis: &Diagnosis) -> Option<(Survey, Vec<Finding>)> {
    let asked = diagnosis.causes.iter().any(|it| !it.checks.is_empty() || it.needs != Needs::Nothing);
    let os = session.look.identity().os;
    let ours = diagnosis.os.is_none_or(|it| it == os);
    let survey = || look_only(session, session.look, &VersionArgs::default()).ok();
    let mut survey = (asked && ours).then(survey).flatten()?;
    // Who brings a log asks about what it shows, whatever was accepted.
    survey.want.accepted.clear();
    let findings = judge(&survey.facts, &survey.want, &survey.known, &[]);
    Some((survey, findings))
}

/// A cause with what the checks say of it, and how it is shown.
fn known(cause: &Cause, shown: &Cause, survey: Option<&(Survey, Vec<Finding>)>, os: Option<&str>) -> Known {
    let Some((Survey { facts, want, known, .. }, findings)) = survey else {
        let (check, remedy) = (cause.checks.first().cloned(), fix(shown, &[], os));
        return Known { cause: shown.clone(), check, confirmed: None, remedy, elsewhere: None };
    };
    let fyne = &want.target.fyne;
    let logged = logged(cause, findings, &known.packages);
    let packages =
        logged.capability.map_or_else(Vec::new, |it| known.packages.supplies(it, &facts.host, fyne));
    let mut whole = fix(shown, &packages, os);
    if let Some(line) = command(cause, &known.packages, &facts.host, &packages) {
        whole.needs_root = facts.host.rights == Rights::Root || line.starts_with("sudo ");
        whole.command = Some(line);
    }
    if let Some(told) = logged.finding.and_then(|it| remedy(it, facts, fyne, &known.packages)) {
        (whole.auto, whole.needs_root) = (told.auto, told.needs_root);
        whole.command = told.command.or(whole.command);
    }
    let check = logged.check.map(str::to_owned);
    Known { cause: shown.clone(), check, confirmed: logged.confirmed, remedy: whole, elsewhere: None }
}

/// What a person types, where one line of the package manager does it.
fn command(cause: &Cause, table: &Table, host: &Host, names: &[String]) -> Option<String> {
    if cause.needs != Needs::Configured {
        return if names.is_empty() { None } else { table.paste(host, names) };
    }
    let typed = table.manager_for(host)?.typed_configure()?;
    Some(if host.rights == Rights::Root { typed.to_owned() } else { format!("sudo {typed}") })
}

/// What fixes a cause, as a remedy. `packages` bring what is missing on this machine; `os` is what the log is of.
pub fn fix(cause: &Cause, packages: &[String], os: Option<&str>) -> Remedy {
    Remedy { texts: vec![cause.fix(packages, os)], ..Remedy::default() }
}
