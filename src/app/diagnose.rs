//! `diagnose [FILE|-]`: what a build or run log shows to be at fault, whether this machine has it, and how it is fixed.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Session;
use super::survey::{Survey, VersionArgs, look_only};
use crate::checks::{Finding, Status, judge};
use crate::diagnose::{Cause, Diagnosis, Line, Needs, Reader, SAID, Symptoms};
use crate::fact::Fact;
use crate::facts::host::{Host, Rights};
use crate::failure::{Code, Exit, Failure};
use crate::need::Need;
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
    let said = |it: &Cause| json!({ "summary": session.words.say(&what(it)), "evidence": evidence(it) });
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

/// This machine, where the log may be of it.
fn survey(session: &Session, diagnosis: &Diagnosis) -> Option<Survey> {
    let asked = diagnosis.causes.iter().any(|it| !it.checks.is_empty() || it.needs != Needs::Nothing);
    let os = session.look.identity().os;
    let ours = diagnosis.os.is_none_or(|it| it == os);
    (asked && ours).then(|| look_only(session, session.look, &VersionArgs::default()).ok()).flatten()
}

fn known(cause: &Cause, survey: Option<&Survey>, diagnosis: &Diagnosis) -> Known {
    let first = cause.checks.first().cloned();
    let Some(Survey { facts, want, known, .. }) = survey else {
        let remedy = fix(cause, &[], diagnosis.os);
        return Known { cause: cause.clone(), check: first, confirmed: None, remedy };
    };
    let fyne = &want.target.fyne;
    let capability = capability(cause, &known.packages);
    let packages = capability.map_or_else(Vec::new, |it| known.packages.supplies(it, &facts.host, fyne));
    let mut whole = fix(cause, &packages, diagnosis.os);
    let findings = judge(facts, want, known, &cause.checks);
    let findings = if cause.checks.is_empty() { Vec::new() } else { findings };
    let judged: Vec<_> = findings.iter().map(|it| (it, has(it, capability))).collect();
    let bad = judged.iter().find(|it| it.1 == Some(true));
    let fine = !judged.is_empty() && judged.iter().all(|it| it.1 == Some(false));
    if let Some(line) = command(cause, &known.packages, &facts.host, &packages) {
        whole.needs_root = facts.host.rights == Rights::Root || line.starts_with("sudo ");
        whole.command = Some(line);
    }
    if let Some(told) = bad.and_then(|it| remedy(it.0, facts, fyne, &known.packages)) {
        (whole.auto, whole.needs_root) = (told.auto, told.needs_root);
        whole.command = told.command.or(whole.command);
    }
    let check = bad.map(|it| it.0.id.clone()).or(first);
    let confirmed = bad.map(|_| true).or((fine && cause.refutes).then_some(false));
    Known { cause: cause.clone(), check, confirmed, remedy: whole }
}

/// What a person types, where one line of the package manager does it.
fn command(cause: &Cause, table: &Table, host: &Host, names: &[String]) -> Option<String> {
    if cause.needs != Needs::Configured {
        return if names.is_empty() { None } else { table.paste(host, names) };
    }
    let typed = table.manager_for(host)?.typed_configure()?;
    Some(if host.rights == Rights::Root { typed.to_owned() } else { format!("sudo {typed}") })
}

/// Whether a finding is this cause: where packages are about a capability, that one has to be at fault.
fn has(finding: &Finding, capability: Option<&str>) -> Option<bool> {
    let about = |it: &Need| matches!(it, Need::Capability(name) | Need::Damaged(name) if Some(name.as_str()) == capability);
    match finding.verdict.status {
        Status::Ok | Status::Info => Some(false),
        Status::Fail | Status::Warn => {
            let variable = finding.verdict.place.variable.is_some();
            Some(capability.is_none() || variable || finding.verdict.needs.iter().any(about))
        }
        Status::Unknown | Status::Waiting | Status::Skipped => None,
    }
}

/// The capability that a cause is about.
fn capability<'a>(cause: &'a Cause, packages: &'a Table) -> Option<&'a str> {
    let name = cause.name.as_deref().or_else(|| cause.said.get("library").map(String::as_str));
    let library = |it: &str| it.trim_start_matches("lib").split(".so").next().unwrap_or_default().to_owned();
    let all = &packages.capabilities;
    let found = match &cause.needs {
        Needs::Nothing | Needs::Configured => None,
        Needs::Capability(it) => return Some(it),
        Needs::Header => {
            all.iter().find(|it| it.headers.iter().any(|it| Some(it.as_str()) == name || alike(it, name)))
        }
        Needs::Library => name.and_then(|name| {
            let bare = library(name);
            all.iter().find(|it| it.libraries.iter().any(|it| *it == bare || it == name))
        }),
        Needs::Module => all.iter().find(|it| {
            it.name == name.unwrap_or_default() || it.modules.iter().any(|it| Some(it.as_str()) == name)
        }),
    };
    found.map(|it| it.name.as_str())
}

/// `GL/gl.h` comes with what brings `GL/glx.h`, as `X11/Xutil.h` with `X11/Xlib.h`: one directory, one package.
fn alike(known: &str, name: Option<&str>) -> bool {
    let dir = |it: &str| it.rsplit_once('/').map(|it| it.0.to_owned());
    let shared = |it: &str| ["GL", "EGL", "X11", "xkbcommon"].contains(&it);
    name.and_then(dir).filter(|it| shared(it)).is_some_and(|it| dir(known) == Some(it))
}

/// What a cause is, for people.
pub fn what(cause: &Cause) -> Text {
    told(cause, "what")
}

/// What fixes it. `packages` bring what is missing on this machine; `os` is what the log is of.
pub fn fix(cause: &Cause, packages: &[String], os: Option<&str>) -> Remedy {
    let packages = if packages.is_empty() { "none".to_owned() } else { packages.join(" ") };
    let text = told(cause, "fix").with("packages", packages).with("os", os.unwrap_or("none"));
    Remedy { texts: vec![text], ..Remedy::default() }
}

/// A text of a cause. Every argument that one may have is there: `none` where the log does not say it.
fn told(cause: &Cause, part: &str) -> Text {
    let said =
        |name: &str| cause.said.get(name).map(String::as_str).filter(|it| !it.is_empty()).unwrap_or("none");
    let text = Text::new(format!("diagnose-{}.{part}", cause.text))
        .with("name", cause.name.as_deref().unwrap_or("none"));
    SAID.iter().fold(text, |text, name| text.with(*name, said(name)))
}

fn document(known: &Known, words: &Words) -> Value {
    let Known { cause, check, confirmed, remedy } = known;
    let texts: Vec<_> = remedy.texts.iter().map(|it| words.say(it)).collect();
    json!({
        "id": cause.id, "summary": words.say(&what(cause)), "evidence": evidence(cause), "check": check,
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
    page.hanging(vec![(Label::Caution, "! ".into())], Label::Plain, &words.say(&what(own)));
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
    page.hanging(vec![(Label::Bad, "✗ ".into())], Label::Plain, &words.say(&what(&known.cause)));
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
