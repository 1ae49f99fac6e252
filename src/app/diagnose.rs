//! `diagnose [FILE|-]`: what a build or run log shows to be at fault, whether this machine has it, and how it is fixed.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Session;
use super::survey::{Survey, VersionArgs, look_only};
use crate::checks::logged::logged;
use crate::checks::{Finding, judge};
use crate::diagnose::{Cause, Diagnosis, Line, Needs, Reader, Symptoms};
use crate::fact::Fact;
use crate::facts::host::{Host, Rights};
use crate::failure::{Code, Exit, Failure};
use crate::packages::Table;
use crate::recording::redact::Redactor;
use crate::report::remedy::{Remedy, remedy};
use crate::report::words::safe;
use crate::report::{Label, Page, Report, Words, pad, width};
use crate::system::{Kind, links};
use crate::text::Text;

/// How many bytes are read at once.
const PIECE: usize = 4 * 1024 * 1024;

/// Where the log is.
pub enum Log {
    /// In a file.
    File(PathBuf),
    /// On standard input, as it was asked for.
    Input(Box<dyn Read>),
    /// On standard input because nothing was named: nobody waits there for a person to type one.
    Piped(Box<dyn Read>),
}

/// A cause with what is known of it here.
struct Known {
    cause: Cause,
    check: Option<String>,
    confirmed: Option<bool>,
    remedy: Remedy,
}

/// Reads, names, looks whether this machine has it.
pub fn diagnose(session: &Session, log: Log) -> Result<Report, Failure> {
    let symptoms = Symptoms::embedded();
    let mut reader = Reader::new(&symptoms);
    read(session, log, &mut |bytes| reader.feed(bytes))?;
    let diagnosis = redacted(reader.finish(), &Redactor::here(session.look));
    let survey = survey(session, &diagnosis);
    let known: Vec<_> = diagnosis.causes.iter().map(|it| known(it, survey.as_ref(), &diagnosis)).collect();
    let mut report = Report::new("diagnose");
    report.exit = if known.is_empty() { Exit::Done } else { Exit::Problems };
    let causes: Vec<_> = known.iter().map(|it| document(it, session.words)).collect();
    report.more.insert("causes".into(), causes.into());
    let own = diagnosis.own.as_ref().filter(|_| known.is_empty());
    let said = |it: &Cause| json!({ "summary": session.words.say(&it.what()), "evidence": evidence(it) });
    report.more.insert("own".into(), own.map_or(Value::Null, said));
    report.page = page(&known, own, diagnosis.lines, session.words);
    Ok(report)
}

fn read(session: &Session, log: Log, told: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let refused =
        |message: Text| Failure::new(Code::UsageUnreadableLog, message).hint(text!("usage-log-hint"));
    let mut input = match log {
        Log::File(path) => return of_file(session, &path, told),
        Log::Piped(_) if session.look.identity().terminal[0] => {
            return Err(refused(text!("usage-log-missing")));
        }
        Log::Input(it) | Log::Piped(it) => it,
    };
    let mut piece = vec![0; 256 * 1024];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => told(&piece[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(refused(text!("usage-log-unreadable", file = "-", why = error.to_string())));
            }
        }
    }
}

fn of_file(session: &Session, file: &Path, told: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let at = session.typed(file);
    let failure = |message: Text| {
        Failure::new(Code::UsageUnreadableLog, message).hint(text!("usage-log-hint")).at(file, None)
    };
    let unreadable = |why: crate::text::Arg| {
        failure(Text::new("usage-log-unreadable").with("file", file).with("why", why))
    };
    match links::resolve(session.look, &at) {
        Fact::Here((_, stat)) if stat.kind == Kind::Dir => {
            return Err(failure(text!("usage-log-dir", file = file)));
        }
        // A pipe would let us wait for ever.
        Fact::Here((_, stat)) if stat.kind != Kind::File => {
            return Err(failure(text!("usage-log-special", file = file)));
        }
        Fact::Here(_) => {}
        Fact::Absent => return Err(failure(text!("usage-log-absent", file = file))),
        Fact::Unknown(why) => return Err(unreadable(why.into())),
    }
    let mut offset = 0;
    loop {
        let piece = match session.look.read_at(&at, offset, PIECE) {
            Fact::Here(it) => it,
            Fact::Absent => return Err(failure(text!("usage-log-absent", file = file))),
            Fact::Unknown(why) => return Err(unreadable(why.into())),
        };
        told(&piece);
        offset += piece.len() as u64;
        if piece.len() < PIECE {
            return Ok(());
        }
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
    let survey = (asked && ours).then(survey).flatten()?;
    let findings = judge(&survey.facts, &survey.want, &survey.known, &[]);
    Some((survey, findings))
}

fn known(cause: &Cause, survey: Option<&(Survey, Vec<Finding>)>, diagnosis: &Diagnosis) -> Known {
    let Some((Survey { facts, want, known, .. }, findings)) = survey else {
        let remedy = fix(cause, &[], diagnosis.os);
        return Known { cause: cause.clone(), check: cause.checks.first().cloned(), confirmed: None, remedy };
    };
    let fyne = &want.target.fyne;
    let logged = logged(cause, findings, &known.packages);
    let packages =
        logged.capability.map_or_else(Vec::new, |it| known.packages.supplies(it, &facts.host, fyne));
    let mut whole = fix(cause, &packages, diagnosis.os);
    if let Some(line) = command(cause, &known.packages, &facts.host, &packages) {
        whole.needs_root = facts.host.rights == Rights::Root || line.starts_with("sudo ");
        whole.command = Some(line);
    }
    if let Some(told) = logged.finding.and_then(|it| remedy(it, facts, fyne, &known.packages)) {
        (whole.auto, whole.needs_root) = (told.auto, told.needs_root);
        whole.command = told.command.or(whole.command);
    }
    let check = logged.check.map(str::to_owned);
    Known { cause: cause.clone(), check, confirmed: logged.confirmed, remedy: whole }
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

fn document(known: &Known, words: &Words) -> Value {
    let Known { cause, check, confirmed, remedy } = known;
    let texts: Vec<_> = remedy.texts.iter().map(|it| words.say(it)).collect();
    json!({
        "id": cause.id, "summary": words.say(&cause.what()), "evidence": evidence(cause), "check": check,
        "confirmed": confirmed,
        "remedy": {
            "text": texts.join(&words.key("report-join")), "command": remedy.command, "auto": remedy.auto,
            "needs_root": remedy.needs_root,
        },
    })
}

fn evidence(cause: &Cause) -> Vec<Value> {
    cause.evidence.iter().map(|it| json!({ "line": it.number, "text": safe(&it.text) })).collect()
}

fn page(all: &[Known], own: Option<&Cause>, lines: u64, words: &Words) -> Page {
    let mut page = Page::default();
    for known in all {
        page.gap();
        one(&mut page, known, words);
    }
    if !all.is_empty() {
        return page;
    }
    let Some(own) = own else {
        page.hanging(Vec::new(), Label::Good, &words.say(&text!("diagnose-nothing", count = lines)));
        return page;
    };
    page.hanging(vec![(Label::Caution, "! ".into())], Label::Plain, &words.say(&own.what()));
    seen(&mut page, &own.evidence, words);
    page.hanging(Vec::new(), Label::Plain, &words.key("diagnose-own"));
    page
}

/// The small words in front of the lines below a cause, as wide as the widest of them.
fn lead(key: &'static str, words: &Words) -> Vec<(Label, String)> {
    let keys = ["report-remedy", "diagnose-here", "report-seen"];
    let column = keys.iter().map(|it| width(&words.key(it))).max().unwrap_or(0) + 2;
    let word = if key.is_empty() { String::new() } else { words.key(key) };
    vec![(Label::Plain, "    ".to_owned()), (Label::Faint, pad(&word, column))]
}

fn one(page: &mut Page, known: &Known, words: &Words) {
    page.hanging(vec![(Label::Bad, "✗ ".into())], Label::Plain, &words.say(&known.cause.what()));
    seen(page, &known.cause.evidence, words);
    let texts: Vec<_> = known.remedy.texts.iter().map(|it| words.say(it)).collect();
    page.hanging(lead("report-remedy", words), Label::Plain, &texts.join(&words.key("report-join")));
    if let Some(command) = &known.remedy.command {
        let indent = lead("", words).iter().map(|(_, it)| width(it)).sum();
        page.command(indent, command);
    }
    let here = match (known.confirmed, &known.check) {
        (Some(true), Some(check)) if known.remedy.auto => text!("diagnose-confirmed-auto", check = check),
        (Some(true), Some(check)) => text!("diagnose-confirmed", check = check),
        (Some(false), Some(check)) => text!("diagnose-refuted", check = check),
        _ => text!("diagnose-unknown"),
    };
    page.hanging(lead("diagnose-here", words), Label::Plain, &words.say(&here));
    page.spans([(Label::Plain, "    ".to_owned()), (Label::Faint, known.cause.id.clone())]);
}

fn seen(page: &mut Page, lines: &[Line], words: &Words) {
    for (index, line) in lines.iter().enumerate() {
        let text = words.say(&text!("diagnose-line", line = line.number, text = &line.text));
        page.hanging(lead(if index == 0 { "report-seen" } else { "" }, words), Label::Faint, &text);
    }
}
