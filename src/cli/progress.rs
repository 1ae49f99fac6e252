//! What people see while a plan is carried out: one line a running action on a terminal, and elsewhere one when an action
//! ended; the report at the end repeats none of them. Where one works in silence it says so after two seconds (`waiting`).
//! Nothing with `--quiet`. It listens (`Events`) and decides nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::overall::Overall;
use super::ui::Ui;
use super::waiting::Waiting;
use crate::apply::events::{Events, Outcome, Silence, Unit};
use crate::apply::remaining::Expected;
use crate::report::page::signs::Signs;
use crate::report::text::{duration, size};
use crate::report::words::safe;
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// The display that suits this run.
pub fn display<'a>(ui: &'a Ui, words: &'a Words, waiting: &'a Waiting) -> Box<dyn Events + 'a> {
    if ui.quiet {
        Box::new(Silence)
    } else if ui.can_draw && !ui.json && !ui.traces {
        Box::new(Bars {
            ui,
            words,
            multi: MultiProgress::new(),
            running: Mutex::default(),
            overall: Mutex::default(),
        })
    } else {
        Box::new(Lines { ui, words, waiting, renamed: Mutex::default() })
    }
}

/// A line when a step ended, for logs.
struct Lines<'a> {
    ui: &'a Ui,
    words: &'a Words,
    waiting: &'a Waiting,
    renamed: Mutex<BTreeMap<u32, String>>,
}

impl Lines<'_> {
    fn say(&self, page: &Page) {
        self.waiting.spoke();
        self.ui.note(page);
    }
}

impl Events for Lines<'_> {
    fn started(&self, step: u32, what: &Text) {
        self.waiting.begins(step, &self.words.say(what));
    }

    fn progress(&self, _step: u32, _done: u64, _total: Option<u64>, _unit: Unit) {}

    fn line(&self, _step: u32, text: &str) {
        if self.ui.verbose {
            self.say(&row(" ", Label::Plain, &safe(text)));
        }
    }

    fn detail(&self, step: u32, text: &Text) {
        self.line(step, &self.words.say(text));
    }

    fn command(&self, _step: u32, line: &str) {
        self.say(&typed(line));
    }

    fn became(&self, step: u32, what: &Text) {
        let what = self.words.say(what);
        self.renamed.lock().unwrap_or_else(PoisonError::into_inner).insert(step, what);
    }

    fn finished(&self, step: u32, outcome: &Outcome, millis: u64) {
        let renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner).remove(&step);
        // A step that never began is told by the report.
        let Some(what) = self.waiting.ends(step) else { return };
        self.say(&ended(&renamed.unwrap_or(what), outcome, millis, self.words));
    }

    fn note(&self, text: &Text) {
        self.say(&row("·", Label::Plain, &self.words.say(text)));
    }
}

/// What a first build compiles, and no later one again.
const FIRST_BUILD: [&str; 5] =
    ["plan-libraries-standard", "plan-libraries-pure", "plan-libraries-gl", "plan-program", "plan-warm"];

/// A line a running action, redrawn in place; what is done moves up and stays.
struct Bars<'a> {
    ui: &'a Ui,
    words: &'a Words,
    multi: MultiProgress,
    running: Mutex<BTreeMap<u32, Running>>,
    /// The last line, once a plan is known.
    overall: Mutex<Option<Overall>>,
}

/// An action on the screen.
struct Running {
    what: String,
    /// A first build, which is slow once.
    once: bool,
    bar: ProgressBar,
}

impl Bars<'_> {
    fn above(&self, page: &Page) {
        // A terminal that went away is no reason to stop the work.
        let _ = self.multi.println(self.ui.drawn(page));
    }

    fn overall(&self, tell: impl FnOnce(&mut Overall)) {
        if let Some(it) = self.overall.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            tell(it);
            it.draw(self.words, self.ui.signs());
        }
    }
}

impl Events for Bars<'_> {
    fn planned(&self, steps: &[Expected]) {
        // One step says all of it by itself.
        if steps.len() > 1 {
            let overall = Overall::new(steps);
            self.multi.add(overall.bar().clone());
            *self.overall.lock().unwrap_or_else(PoisonError::into_inner) = Some(overall);
        }
    }

    fn started(&self, step: u32, what: &Text) {
        let once = FIRST_BUILD.contains(&what.key.as_ref());
        let what = self.words.say(what);
        let style = spinner(self.ui);
        let bar = self
            .multi
            .insert(0, ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style));
        bar.set_message(self.ui.signs().text(&what));
        bar.enable_steady_tick(TICK);
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(step, Running { what, once, bar });
        self.overall(|it| it.started(step));
    }

    fn progress(&self, step: u32, done: u64, total: Option<u64>, unit: Unit) {
        if let Some(it) = self.running.lock().unwrap_or_else(PoisonError::into_inner).get(&step) {
            let mut said = self.words.say(&counted(done, total, unit));
            let seconds = it.bar.elapsed().as_secs();
            if let (Unit::Bytes, 1..) = (unit, seconds) {
                said = format!("{said}, {}/s", size(done / seconds));
            }
            if it.once && unit == Unit::Packages {
                said = format!("{said} ({})", self.words.key("report-once"));
            }
            // What changes comes first: a narrow terminal shows the beginning of a line.
            it.bar.set_message(self.ui.signs().text(&format!("{said} · {}", it.what)));
        }
        self.overall(|_| ());
    }

    fn line(&self, _step: u32, text: &str) {
        if self.ui.verbose {
            self.above(&row(" ", Label::Faint, &safe(text)));
        }
    }

    fn detail(&self, step: u32, text: &Text) {
        self.line(step, &self.words.say(text));
    }

    fn command(&self, _step: u32, line: &str) {
        self.above(&typed(line));
    }

    fn became(&self, step: u32, what: &Text) {
        if let Some(it) = self.running.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&step) {
            it.what = self.words.say(what);
        }
    }

    fn finished(&self, step: u32, outcome: &Outcome, millis: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&step);
        self.overall(|it| it.finished(step));
        let Some(running) = running else { return };
        running.bar.finish_and_clear();
        self.multi.remove(&running.bar);
        self.above(&ended(&running.what, outcome, millis, self.words));
    }

    fn note(&self, text: &Text) {
        self.above(&row("·", Label::Plain, &self.words.say(text)));
    }
}

/// How often a line moves.
const TICK: Duration = Duration::from_millis(120);

fn spinner(ui: &Ui) -> ProgressStyle {
    let style = ProgressStyle::with_template("  {spinner} {wide_msg} {elapsed:>6}");
    let ticks = if *ui.signs() == Signs::Unicode { "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ " } else { "|/-\\ " };
    style.unwrap_or_else(|_| ProgressStyle::default_spinner()).tick_chars(ticks)
}

/// A line by itself that moves, and goes without a trace.
pub(super) struct Line {
    bar: ProgressBar,
    signs: Signs,
}

impl Line {
    pub fn new(ui: &Ui) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(spinner(ui));
        Self { bar, signs: ui.signs().clone() }
    }

    /// Shows what one waits for, or nothing.
    pub fn shows(&self, what: Option<&str>) {
        if let Some(what) = what {
            self.bar.reset();
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.set_message(self.signs.text(what));
            self.bar.enable_steady_tick(TICK);
        } else if !self.bar.is_hidden() {
            self.bar.disable_steady_tick();
            self.bar.finish_and_clear();
            self.bar.set_draw_target(ProgressDrawTarget::hidden());
        }
    }
}

/// A mark and a text.
pub(super) fn row(sign: &str, label: Label, text: &str) -> Page {
    let mut page = Page::default();
    let head =
        vec![(Label::Plain, "  ".to_owned()), (label, sign.to_owned()), (Label::Plain, " ".to_owned())];
    page.hanging(head, Label::Plain, text);
    page
}

/// A command that is run.
fn typed(line: &str) -> Page {
    let mut page = Page::default();
    page.command(4, line);
    page
}

fn ended(what: &str, outcome: &Outcome, millis: u64, words: &Words) -> Page {
    let time = duration(millis);
    match outcome {
        Outcome::Done => row("✓", Label::Good, &words.say(&text!("report-acted", what = what, time = time))),
        // Why is said at the end, with what to do.
        Outcome::Failed(_) => {
            row("✗", Label::Bad, &words.say(&text!("report-acted", what = what, time = time)))
        }
        Outcome::Cancelled => row("-", Label::Faint, &words.say(&text!("report-stopped", what = what))),
    }
}

/// `42.0 MB of 68.2 MB`, `142 of 320 packages`.
fn counted(done: u64, total: Option<u64>, unit: Unit) -> Text {
    match (unit, total) {
        (Unit::Bytes, Some(total)) => text!("report-of", done = size(done), total = size(total)),
        (Unit::Bytes, None) => text!("report-so-far", done = size(done)),
        (Unit::Packages, Some(total)) => text!("report-packages-of", done = done, total = total),
        (Unit::Packages, None) => text!("report-packages", done = done),
        (Unit::Items, Some(total)) => text!("report-of", done = done, total = total),
        (Unit::Items, None) => text!("report-so-far", done = done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    #[test]
    fn progress_reads_in_both_languages() {
        let rows = [
            (42_000_000, Some(68_240_000), Unit::Bytes, "42.0 MB of 68.2 MB", "42.0 MB / 68.2 MB"),
            (142, Some(320), Unit::Packages, "142 of 320 packages", "第 142 / 320 个包"),
            (1, None, Unit::Packages, "1 package so far", "已完成 1 个包"),
            (900, None, Unit::Bytes, "0 kB so far", "已完成 0 kB"),
        ];
        let (en, zh) = (Words::of(Lang::En), Words::of(Lang::ZhCn));
        for (done, total, unit, english, chinese) in rows {
            let text = counted(done, total, unit);
            assert_eq!((en.say(&text).as_str(), zh.say(&text).as_str()), (english, chinese));
        }
    }

    #[test]
    fn a_step_that_ended_says_how_and_how_long() {
        let words = Words::of(Lang::En);
        let why = text!("report-healthy");
        let rows = [
            (Outcome::Done, "  ✓ Build (12 s)\n"),
            (Outcome::Failed(why), "  ✗ Build (12 s)\n"),
            (Outcome::Cancelled, "  - Build: stopped\n"),
        ];
        for (outcome, want) in rows {
            assert_eq!(ended("Build", &outcome, 12_300, &words).plain(), want);
        }
    }
}
