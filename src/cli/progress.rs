//! What people see while a plan is carried out: one line a running action on a terminal; elsewhere a line when one begins,
//! so that a log is never silent while one works, and one more where it fails, since the report lists what came of each.
//! Where the report goes to the same file there is one when each ends, and the report does not repeat it. Nothing with `--quiet`. It listens (`Events`) and decides nothing.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::ui::Ui;
use crate::apply::events::{Events, Outcome, Silence, Unit};
use crate::report::text::duration;
use crate::report::words::safe;
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// The display that suits this run.
pub fn display<'a>(ui: &'a Ui, words: &'a Words) -> Box<dyn Events + 'a> {
    if ui.quiet {
        Box::new(Silence)
    } else if ui.can_draw && !ui.json && !ui.traces {
        Box::new(Bars { ui, words, multi: MultiProgress::new(), running: Mutex::default() })
    } else {
        Box::new(Plain { ui, words, running: Mutex::default() })
    }
}

/// A line when a step begins, for logs. How it ended is said by the report, and at once where it went wrong.
struct Plain<'a> {
    ui: &'a Ui,
    words: &'a Words,
    running: Mutex<BTreeMap<u32, String>>,
}

impl Events for Plain<'_> {
    fn started(&self, step: u32, what: &Text) {
        let what = self.words.say(what);
        self.ui.note(&row("…", Label::Faint, &what));
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(step, what);
    }

    fn progress(&self, _step: u32, _done: u64, _total: Option<u64>, _unit: Unit) {}

    fn line(&self, _step: u32, text: &str) {
        if self.ui.verbose {
            self.ui.note(&row(" ", Label::Plain, &safe(text)));
        }
    }

    fn detail(&self, step: u32, text: &Text) {
        self.line(step, &self.words.say(text));
    }

    fn command(&self, _step: u32, line: &str) {
        self.ui.note(&typed(line));
    }

    fn finished(&self, step: u32, outcome: &Outcome, millis: u64) {
        let what = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&step);
        // A step that never began is told by the report.
        let told = |_: &String| self.ui.one_screen || *outcome != Outcome::Done;
        let Some(what) = what.filter(told) else { return };
        self.ui.note(&ended(&what, outcome, millis, self.words));
    }

    fn note(&self, text: &Text) {
        self.ui.note(&row("·", Label::Plain, &self.words.say(text)));
    }
}

/// A line a running action, redrawn in place; what is done moves up and stays.
struct Bars<'a> {
    ui: &'a Ui,
    words: &'a Words,
    multi: MultiProgress,
    running: Mutex<BTreeMap<u32, Running>>,
}

/// An action on the screen.
struct Running {
    what: String,
    bar: ProgressBar,
}

impl Bars<'_> {
    fn above(&self, page: &Page) {
        // A terminal that went away is no reason to stop the work.
        let _ = self.multi.println(self.ui.drawn(page));
    }
}

impl Events for Bars<'_> {
    fn started(&self, step: u32, what: &Text) {
        let what = self.words.say(what);
        let style = ProgressStyle::with_template("  {spinner} {wide_msg} {elapsed:>6}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner()).tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ ");
        let bar = self
            .multi
            .add(ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style));
        bar.set_message(what.clone());
        bar.enable_steady_tick(Duration::from_millis(120));
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(step, Running { what, bar });
    }

    fn progress(&self, step: u32, done: u64, total: Option<u64>, unit: Unit) {
        if let Some(it) = self.running.lock().unwrap_or_else(PoisonError::into_inner).get(&step) {
            it.bar.set_message(format!("{} · {}", it.what, self.words.say(&counted(done, total, unit))));
        }
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

    fn finished(&self, step: u32, outcome: &Outcome, millis: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&step);
        let Some(running) = running else { return };
        running.bar.finish_and_clear();
        self.multi.remove(&running.bar);
        self.above(&ended(&running.what, outcome, millis, self.words));
    }

    fn note(&self, text: &Text) {
        self.above(&row("·", Label::Plain, &self.words.say(text)));
    }
}

/// A mark and a text.
fn row(sign: &str, label: Label, text: &str) -> Page {
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
        Outcome::Failed(why) => {
            row("✗", Label::Bad, &words.say(&text!("report-failed", what = what, why = why, time = time)))
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

/// Bytes as downloads count them: 1 MB is a million.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
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
            (Outcome::Failed(why), "  ✗ Build: This machine is ready for Fyne (12 s)\n"),
            (Outcome::Cancelled, "  - Build: stopped\n"),
        ];
        for (outcome, want) in rows {
            assert_eq!(ended("Build", &outcome, 12_300, &words).plain(), want);
        }
    }
}
