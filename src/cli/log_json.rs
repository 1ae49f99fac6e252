//! `--log-json FILE`: what goes on, for programs that follow a run: each event as one JSON object on a line of its own, whole
//! and at once (`docs/log.md`; `event` in the schema). What programs print is not in it, and each text is redacted as in a log.
//!
//! To add an event: a method here, and its name in `schema.json`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::options::Global;
use crate::app::written::{directory, is_output, no_file};
use crate::app::{Audience, Declined};
use crate::apply::events::{Events, Outcome, Unit};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::recording::redact::Redactor;
use crate::report::json::{SCHEMA, harmless};
use crate::report::{Lang, Page, Report, Words};
use crate::system::{Kind, Look, System};
use crate::text::{Arg, Text};

/// The file, and what is needed to write into it.
pub struct EventLog<'a> {
    look: &'a dyn Look,
    begun: u64,
    redactor: Redactor,
    english: Words,
    state: Mutex<State>,
}

struct State {
    /// Where lines go; nowhere any more, once writing failed: a run is not broken by that.
    file: Option<Box<dyn Write + Send>>,
    /// How far each step was when that was last written.
    told: BTreeMap<u32, u64>,
}

impl<'a> EventLog<'a> {
    /// The one that was asked for. An older file of that name is replaced.
    pub fn of(global: &Global, system: System<'a>, argv: &[String]) -> Result<Option<Self>, Failure> {
        let Some(path) = &global.log_json else { return Ok(None) };
        let file = made(system, path)?;
        let state = Mutex::new(State { file: Some(file), told: BTreeMap::new() });
        let (look, begun) = (system.look, system.look.monotonic_ms());
        let (redactor, english) = (Redactor::here(look), Words::of(Lang::En));
        let log = Self { look, begun, redactor, english, state };
        let typed = argv.get(1..).unwrap_or_default();
        let typed = log.redactor.arguments("fyne-setup".as_ref(), typed);
        log.write("begin", json!({ "argv": typed, "fyne_setup": env!("CARGO_PKG_VERSION") }));
        Ok(Some(log))
    }

    /// The last line.
    pub fn end(&self, report: &Report) {
        let mut more = json!({ "command": report.command, "exit": report.code.unwrap_or(report.exit as u8) });
        if let Some(failure) = &report.failure {
            more["error"] = json!(failure.code.name());
            self.say(&mut more, &failure.message);
        }
        self.write("end", more);
    }

    /// A message: its id, its English words, its numbers.
    fn say(&self, into: &mut Value, text: &Text) {
        let mut numbers = Map::new();
        for (name, arg) in &text.args {
            if let Arg::Number(it) = arg {
                numbers.insert(name.to_string(), json!(it));
            }
        }
        into["id"] = json!(&*text.key);
        into["text"] = json!(self.redactor.text(&self.english.say(text)));
        if !numbers.is_empty() {
            into["numbers"] = Value::Object(numbers);
        }
    }

    fn told(&self, event: &str, text: &Text) {
        let mut more = json!({});
        self.say(&mut more, text);
        self.write(event, more);
    }

    fn step(&self, step: u32, state: &str, text: Option<&Text>, more: Value) {
        let mut whole = more;
        (whole["step"], whole["state"]) = (json!(step), json!(state));
        if let Some(text) = text {
            self.say(&mut whole, text);
        }
        self.write("step", whole);
    }

    fn write(&self, event: &str, more: Value) {
        let ms = self.look.monotonic_ms().saturating_sub(self.begun);
        let time = Moment(self.look.now()).to_string();
        let mut line = json!({ "schema": SCHEMA, "ms": ms, "time": time, "event": event });
        if let (Value::Object(line), Value::Object(more)) = (&mut line, more) {
            line.extend(more);
        }
        let text = harmless(&line.to_string()) + "\n";
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.file.as_mut().is_some_and(|it| it.write_all(text.as_bytes()).is_err()) {
            state.file = None;
        }
    }
}

/// A new file for our user alone, in the place of an older one; or standard output.
fn made(system: System<'_>, path: &Path) -> Result<Box<dyn Write + Send>, Failure> {
    if is_output(path) {
        return Ok(Box::new(std::io::stdout()));
    }
    let at = system.look.identity().cwd.join(path);
    match system.look.stat(&at) {
        // A device, a pipe, a link to somebody's terminal: it would be replaced.
        Fact::Here(stat) if stat.kind != Kind::File => {
            return Err(no_file(path, Code::LogJson));
        }
        Fact::Here(_) => system.disk.remove(&at)?,
        Fact::Absent | Fact::Unknown(_) => directory(system.look, path, &at, Code::LogJson)?,
    }
    Ok(system.disk.create(&at, 0o600)?)
}

/// Somebody who follows a command, and the file that does too.
pub struct Heard<'a> {
    /// Who follows it.
    pub audience: &'a dyn Audience,
    /// The file.
    pub log: &'a EventLog<'a>,
}

impl Audience for Heard<'_> {
    fn say(&self, text: &Text) {
        self.log.told("note", text);
        self.audience.say(text);
    }

    fn warn(&self, text: &Text) {
        self.log.told("warning", text);
        self.audience.warn(text);
    }

    fn show(&self, page: &Page) {
        self.audience.show(page);
    }

    fn consent(&self, would: &Page) -> Result<(), Declined> {
        let answer = self.audience.consent(would);
        self.log.write("question", json!({ "state": if answer.is_ok() { "yes" } else { "no" } }));
        answer
    }

    fn asks(&self) -> bool {
        self.audience.asks()
    }

    fn waits(&self, what: Option<&Text>) {
        self.audience.waits(what);
    }

    fn events(&self) -> Box<dyn Events + '_> {
        Box::new(Both { events: self.audience.events(), log: self.log })
    }
}

struct Both<'a> {
    events: Box<dyn Events + 'a>,
    log: &'a EventLog<'a>,
}

impl Events for Both<'_> {
    fn started(&self, step: u32, what: &Text) {
        self.log.step(step, "started", Some(what), json!({}));
        self.events.started(step, what);
    }

    fn progress(&self, step: u32, done: u64, total: Option<u64>, unit: Unit) {
        self.events.progress(step, done, total, unit);
        let due = {
            let mut state = self.log.state.lock().unwrap_or_else(PoisonError::into_inner);
            let before = state.told.get(&step).copied();
            let due = is_due(before, done, total, unit);
            if due {
                state.told.insert(step, done);
            }
            due
        };
        if due {
            let unit = match unit {
                Unit::Bytes => "bytes",
                Unit::Packages => "packages",
                Unit::Items => "items",
            };
            self.log.step(step, "progress", None, json!({ "done": done, "total": total, "unit": unit }));
        }
    }

    fn line(&self, step: u32, text: &str) {
        self.events.line(step, text);
    }

    fn detail(&self, step: u32, text: &Text) {
        self.log.step(step, "detail", Some(text), json!({}));
        self.events.detail(step, text);
    }

    fn command(&self, step: u32, line: &str) {
        self.log.step(step, "command", None, json!({ "line": self.log.redactor.text(line) }));
        self.events.command(step, line);
    }

    fn became(&self, step: u32, what: &Text) {
        self.log.step(step, "became", Some(what), json!({}));
        self.events.became(step, what);
    }

    fn finished(&self, step: u32, outcome: &Outcome, millis: u64) {
        let (state, why) = match outcome {
            Outcome::Done => ("done", None),
            Outcome::Failed(why) => ("failed", Some(why)),
            Outcome::Cancelled => ("cancelled", None),
        };
        self.log.step(step, state, why, json!({ "duration_ms": millis }));
        self.events.finished(step, outcome, millis);
    }

    fn note(&self, text: &Text) {
        self.log.told("note", text);
        self.events.note(text);
    }
}

/// Whether progress is worth a line: the first, the last, and what is a hundredth of the whole further, or a megabyte where
/// nobody knows the whole.
fn is_due(before: Option<u64>, done: u64, total: Option<u64>, unit: Unit) -> bool {
    let Some(before) = before else { return true };
    let part = match (total, unit) {
        (Some(total), _) => (total / 100).max(1),
        (None, Unit::Bytes) => 1_000_000,
        (None, Unit::Packages | Unit::Items) => 10,
    };
    (total == Some(done) && before != done) || done.abs_diff(before) >= part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_a_hundred_times_and_at_its_end() {
        let mut told = 0;
        let mut before = None;
        for done in (0..=68_000_000_u64).step_by(16_000) {
            if is_due(before, done, Some(68_000_000), Unit::Bytes) {
                (told, before) = (told + 1, Some(done));
            }
        }
        assert!((90..=101).contains(&told), "{told}");
        assert_eq!(before, Some(68_000_000));
        assert!(!is_due(Some(5), 5, Some(5), Unit::Items), "the end is told once");
    }
}
