//! The log: a line for everything that went through one of the four doors, as events of `tracing`. What a program printed,
//! what a file holds and what a variable is set to is never in it, and each line is redacted (`Redactor`) before it is
//! kept, so that no secret waits in memory either.
//!
//! The doors are wrapped, one file each: any `Look`, `Disk`, `Net` or `Children` can be, also those of a test. Lines are
//! kept in memory until `file` has somewhere to write them, which is when a run opens or a command fails; with `-vv` each
//! is shown at once. A log never breaks a run: what cannot be written is not written.
//!
//! Stands on floor 3, one step above `recording`, whose redactor it uses; below it are only the doors. There is no global
//! subscriber: each event goes to the dispatcher of its own log, so that nobody else's events come in.

use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Dispatch, Event, Metadata, Subscriber, span};

use crate::quoting::is_harmful;
use crate::quoting::quoted;
use crate::recording::redact::Redactor;
use crate::system::environment::Whose;
use crate::system::{Doors, Environment, System};

/// One event through the dispatcher of one log: its level, its door, and what `tracing::event!` takes.
macro_rules! tell {
    ($log:expr, $level:ident, $door:literal, $($field:tt)+) => {
        tracing::dispatcher::with_default(&$log.dispatch, || {
            tracing::event!(target: concat!("fyne-setup::", $door), tracing::Level::$level, $($field)+);
        })
    };
}

pub mod children;
pub mod disk;
pub mod file;
pub mod look;
pub mod net;
#[cfg(test)]
mod tests;

/// What the targets of our events begin with; a door's name follows.
const TARGET: &str = "fyne-setup::";

/// How many lines are kept in memory; older ones are counted and dropped.
const KEPT: usize = 4000;

/// The longest line, in characters.
const LONGEST: usize = 2000;

/// Tells milliseconds since the start.
pub type Clock = Box<dyn Fn() -> u64 + Send + Sync>;

/// Shows a line at once.
pub type Live = Box<dyn Fn(&str) + Send + Sync>;

/// The log of one command. Clones write to the same one.
#[derive(Clone)]
pub struct Log {
    inner: Arc<Inner>,
    dispatch: Dispatch,
}

struct Inner {
    clock: Clock,
    redactor: Redactor,
    reads: bool,
    live: Option<Live>,
    state: Mutex<State>,
}

/// Where lines go.
enum State {
    /// Nowhere yet.
    Waiting { lines: VecDeque<String>, dropped: u64 },
    /// To a file.
    Open(Box<dyn Write + Send>),
    /// Writing failed: nothing is kept any more.
    Silent,
}

impl Log {
    /// An empty one. `reads` says whether also what was only looked at is told.
    pub fn new(redactor: Redactor, clock: Clock, reads: bool, live: Option<Live>) -> Self {
        let state = Mutex::new(State::Waiting { lines: VecDeque::new(), dropped: 0 });
        let inner = Arc::new(Inner { clock, redactor, reads, live, state });
        Self { dispatch: Dispatch::new(Sink(Arc::clone(&inner))), inner }
    }

    /// Whether also what was only looked at is told. Not a level: `max_level_debug` takes the lowest out of the program, for
    /// the size of what others have there.
    fn reads(&self) -> bool {
        self.inner.reads
    }

    fn ms(&self) -> u64 {
        (self.inner.clock)()
    }

    fn since(&self, begun: u64) -> u64 {
        self.ms().saturating_sub(begun)
    }

    /// A program with its arguments, as a shell would take them, without what is secret.
    fn command(&self, program: &Path, args: &[String]) -> String {
        let mut line = quoted(&program.display().to_string());
        for arg in self.inner.redactor.arguments(program, args) {
            line.push(' ');
            line.push_str(&quoted(&arg));
        }
        line
    }

    /// A line that comes from no door: how a command began and ended.
    fn note(&self, text: &str) {
        tell!(self, INFO, "run", "{text}");
    }

    /// What was kept so far goes to this file, and so does what comes.
    fn pour(&self, mut file: Box<dyn Write + Send>) -> bool {
        let mut state = self.inner.state();
        let State::Waiting { lines, dropped } = &mut *state else { return false };
        let mut text = String::new();
        if *dropped > 0 {
            let _ = writeln!(text, "({dropped} earlier lines are left out)");
        }
        text.extend(lines.drain(..).map(|it| it + "\n"));
        let written = file.write_all(text.as_bytes()).is_ok();
        *state = if written { State::Open(file) } else { State::Silent };
        written
    }

    /// Nothing is kept any more.
    fn silence(&self) {
        *self.inner.state() = State::Silent;
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, line: &str) {
        let line = harmless(&self.redactor.text(line));
        if let Some(live) = &self.live {
            live(&line);
        }
        let mut state = self.state();
        match &mut *state {
            State::Waiting { lines, dropped } => {
                if lines.len() == KEPT {
                    lines.pop_front();
                    *dropped += 1;
                }
                lines.push_back(line);
            }
            State::Open(file) => {
                if file.write_all((line + "\n").as_bytes()).is_err() {
                    *state = State::Silent;
                }
            }
            State::Silent => {}
        }
    }
}

/// One line, with nothing in it that moves a cursor.
/// Whose environment a child got, and the names of its variables.
fn variables(env: &Environment) -> (&'static str, String) {
    let whose = match env.whose() {
        Whose::Fixed => "fixed",
        Whose::Users => "the user's",
    };
    (whose, env.keys().map(String::as_str).collect::<Vec<_>>().join(" "))
}

fn harmless(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars().take(LONGEST) {
        if is_harmful(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    if line.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// The subscriber of one log.
struct Sink(Arc<Inner>);

impl Subscriber for Sink {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with(TARGET)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let door = metadata.target().trim_start_matches(TARGET);
        let mut words = Words::default();
        event.record(&mut words);
        let (ms, level) = ((self.0.clock)(), metadata.level().as_str());
        self.0.take(&format!("{ms:>7} ms {level:<5} {door:<8} {}{}", words.message, words.fields));
    }

    // Spans are of no use here: nothing opens one.
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// The message of an event, and its fields as `name=value`.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.fields, " {}={}", field.name(), quoted(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

/// The four doors with a log on each.
pub struct LoggedDoors<'a> {
    look: look::LoggedLook<'a>,
    disk: disk::LoggedDisk<'a>,
    net: net::LoggedNet<'a>,
    children: children::LoggedChildren<'a>,
}

impl<'a> LoggedDoors<'a> {
    /// In front of these.
    pub fn new(system: System<'a>, log: &Log) -> Self {
        Self {
            look: look::LoggedLook::new(system.look, log),
            disk: disk::LoggedDisk::new(system.disk, log),
            net: net::LoggedNet::new(system.net, log),
            children: children::LoggedChildren::new(system.children, log),
        }
    }

    /// In place of these, with their way to be closed.
    pub fn within<'s>(&'s self, doors: &Doors<'s>) -> Doors<'s> {
        let Self { look, disk, net, children } = self;
        Doors { system: System { look, disk, net, children }, ..*doors }
    }
}
