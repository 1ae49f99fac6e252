//! The parts of a report, each from what another command says: a look at this machine, what `repair` would do, what was done,
//! the logs, the picture of the last proof. What cannot be had is named with its reason.

use std::path::Path;

use serde_json::{Value, json};

use super::super::check::pages;
use super::super::survey::{Survey, VersionArgs, look_only};
use super::super::{Session, history, run};
use super::clean::{Clean, picture};
use super::machine;
use super::pack::{Missing, Parcel, Part};
use super::settings;
use crate::action::Scope;
use crate::checks::judge;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::journal::own;
use crate::log::file;
use crate::plan::make;
use crate::recording::{Recorder, Recording};
use crate::report::text::{Detail, page};
use crate::report::{Lang, Report, Words, json};
use crate::system::Kind;
use crate::text::Text;

/// How many logs are taken: as many as are kept.
const LOGS: usize = 20;
/// The most bytes of a log, from its end.
const LOG: u64 = 512 * 1024;
/// How many lines of the last failure stand in a file of their own.
const LAST: usize = 60;
/// How many runs are taken, the newest.
const RUNS: usize = 50;
/// The most characters of the name of a log: ours are shorter, and a tar has its limit.
const NAME: usize = 80;

/// Looks, and makes every part that can be made.
pub(super) fn gather(session: &Session) -> Parcel {
    if let Ok(places) = session.places()
        && let Err(failure) = own::guard(session.look, places)
    {
        session.audience.warn(&failure.message);
    }
    let recorder = Recorder::new(session.look);
    let seen = look_only(session, &recorder, &VersionArgs::default());
    let (recording, redactor) = recorder.finished();
    let mut making = Making {
        session,
        english: Words::of(Lang::En),
        clean: Clean(redactor),
        parcel: Parcel { time: session.look.now(), ..Parcel::default() },
    };
    match &seen {
        Ok(seen) => making.seen(seen, &recording),
        Err(failure) => {
            session.audience.waits(None);
            for name in ["check", "plan", "machine.json", "settings.txt"] {
                making.lacks(name, &failure.message);
            }
        }
    }
    making.journal();
    making.logs();
    making.proof();
    making.parcel
}

/// What every part is made with.
struct Making<'a> {
    session: &'a Session<'a>,
    /// Documents are for whoever reads the report, whatever language this run speaks.
    english: Words,
    clean: Clean,
    parcel: Parcel,
}

impl Making<'_> {
    fn add(&mut self, name: impl Into<String>, what: Text, bytes: Vec<u8>) {
        self.parcel.parts.push(Part { name: name.into(), what, bytes });
    }

    fn text(&mut self, name: &str, what: Text, text: &str) {
        let bytes = self.clean.text(text).into_bytes();
        self.add(name, what, bytes);
    }

    /// What it is worded with may name a person's files.
    fn lacks(&mut self, name: &'static str, why: &Text) {
        let why = text!("manifest-why", why = self.clean.text(&self.session.words.say(why)));
        self.parcel.missing.push(Missing { name, why });
    }

    /// A report for people and for programs, in files of this name.
    fn both(&mut self, name: &str, what: &Text, report: &Report) {
        let document = self.clean.document(&json::document(report, &self.english));
        self.add(format!("{name}.json"), text!("send-what-document", of = what), document.into_bytes());
        let detail = Detail { verbose: true, ..Detail::default() };
        let text = page(report, self.session.words, detail).plain();
        self.text(&format!("{name}.txt"), what.clone(), &text);
    }

    fn seen(&mut self, seen: &Survey, recording: &Recording) {
        let Survey { facts, want, known, .. } = seen;
        let look = self.session.look;
        let findings = judge(facts, want, known, &[]);
        let plan = make(&findings, facts, want, known, Scope::Repair);
        let mut check = Report::checked(facts, want, known, findings);
        // Without the name of this machine.
        pages::compared(&mut check, look, None, facts, known);
        let machine = machine::of(facts, recording, &check.more);
        self.both("check", &text!("send-what-check"), &check);
        // A journal that cannot be read hides what would be finished before, and no more; the part on it says so.
        let plan = run::dry(self.session, ("plan", "repair"), &plan, facts, known)
            .unwrap_or_else(|_| run::planned(self.session, "plan", &plan, facts, known));
        self.both("plan", &text!("send-what-plan"), &plan);
        let machine = self.clean.value(machine).into_bytes();
        self.add("machine.json", text!("send-what-machine"), machine);
        let settings = settings::text(facts, recording, self.session.words);
        self.text("settings.txt", text!("send-what-settings"), &settings);
    }

    fn journal(&mut self) {
        match self.runs() {
            Ok(None) => self.lacks("journal", &text!("history-empty")),
            Ok(Some((document, text))) => {
                let what = text!("send-what-journal");
                let document = self.clean.value(document).into_bytes();
                self.add("journal.json", text!("send-what-document", of = &what), document);
                self.text("journal.txt", what, &text);
            }
            Err(failure) => self.lacks("journal", &failure.message),
        }
    }

    /// The newest runs, for programs and for people; none where nothing was done.
    fn runs(&self) -> Result<Option<(Value, String)>, Failure> {
        if self.session.runs()?.is_empty() {
            return Ok(None);
        }
        let mut report = history::history(self.session, None)?;
        let text = report.page.plain();
        let mut document = Value::Object(std::mem::take(&mut report.more));
        if let Some(runs) = document["runs"].as_array_mut() {
            runs.drain(..runs.len().saturating_sub(RUNS));
        }
        Ok(Some((document, text)))
    }

    fn logs(&mut self) {
        let dir = match self.session.places() {
            Ok(places) => places.logs(),
            Err(failure) => return self.lacks("logs", &failure.message),
        };
        let mut names = match self.session.look.list(&dir) {
            Fact::Here(names) => names,
            Fact::Absent => Vec::new(),
            Fact::Unknown(why) => return self.lacks("logs", &text!("manifest-why", why = why)),
        };
        names.retain(|it| it.strip_suffix(".log").is_some() && it.len() < NAME);
        names = file::kept(self.session.look, &dir, &names, LOGS);
        if names.is_empty() {
            self.lacks("logs", &text!("send-no-logs"));
        }
        let mut last = None;
        for name in &names {
            match self.log(&dir.join(name)) {
                Ok(text) => {
                    let text = self.clean.text(&text);
                    let end = text.lines().next_back().and_then(|it| it.split_once(" exit "));
                    if end.is_some_and(|it| !it.1.starts_with('0')) {
                        last = Some(tail(name, &text));
                    }
                    let name = self.clean.text(name);
                    self.add(format!("logs/{name}"), text!("send-what-log"), text.into_bytes());
                }
                Err(why) => self.lacks("logs", &why),
            }
        }
        match last {
            Some(text) => self.text("last-failure.txt", text!("send-what-failure"), &text),
            None => self.lacks("last-failure.txt", &text!("send-no-failure")),
        }
    }

    /// The end of a log, from a line on.
    fn log(&self, path: &Path) -> Result<String, Text> {
        let look = self.session.look;
        // A link would lead to somebody else's file.
        let size = match look.stat(path) {
            Fact::Here(stat) if stat.kind == Kind::File => stat.size,
            Fact::Here(_) => return Err(text!("send-no-file")),
            Fact::Absent => return Err(text!("manifest-no-such-file")),
            Fact::Unknown(why) => return Err(text!("manifest-why", why = why)),
        };
        let from = size.saturating_sub(LOG);
        // It may be growing.
        let length = usize::try_from(LOG).unwrap_or(usize::MAX);
        let bytes = match look.read_at(path, from, length) {
            Fact::Here(bytes) => bytes,
            Fact::Absent => return Err(text!("manifest-no-such-file")),
            Fact::Unknown(why) => return Err(text!("manifest-why", why = why)),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(match text.split_once('\n').filter(|_| from > 0) {
            Some((_, rest)) => format!("(…)\n{rest}"),
            None => text,
        })
    }

    fn proof(&mut self) {
        const NAME: &str = "proof.png";
        let read = self.session.places().map(|it| self.session.look.read(&it.proof_picture()));
        match read {
            Ok(Fact::Here(png)) => match picture(&png) {
                Some(png) => self.add(NAME, text!("send-what-proof"), png),
                None => self.lacks(NAME, &text!("send-no-picture")),
            },
            Ok(Fact::Absent) => self.lacks(NAME, &text!("send-no-proof")),
            Ok(Fact::Unknown(why)) => self.lacks(NAME, &text!("manifest-why", why = why)),
            Err(failure) => self.lacks(NAME, &failure.message),
        }
    }
}

/// The beginning and the end of a log: what was typed, and what came last.
fn tail(name: &str, text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LAST).max(lines.len().min(2));
    let head = &lines[..lines.len().min(2)];
    [&[name], head, &[""], &lines[from..], &[""]].concat().join("\n")
}

/// A list of what a fact holds; nothing where it holds nothing.
pub(super) fn known<T: serde::Serialize>(fact: &Fact<T>) -> Value {
    json!(fact.here())
}
