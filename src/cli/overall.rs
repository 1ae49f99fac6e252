//! The last line while a plan is carried out: about how long it still takes, and what it waits for. It is written anew with
//! each thing that a step says.

use std::collections::BTreeMap;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::apply::remaining::{Expected, Stands, remaining};
use crate::report::Words;
use crate::report::page::signs::Signs;
use crate::report::plan::about;

/// Steps that are expected, how they stand, and the line that says so.
pub struct Overall {
    bar: ProgressBar,
    expected: Vec<Expected>,
    /// When each began, and when it ended, in seconds of the line's own clock.
    times: BTreeMap<u32, (u64, Option<u64>)>,
}

impl Overall {
    /// The line for these steps.
    pub fn new(expected: &[Expected]) -> Self {
        // A line that is too long for the terminal is cut, not broken: whatever the width becomes, it is one line.
        let style = ProgressStyle::with_template("  {wide_msg}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style);
        Self { bar, expected: expected.to_vec(), times: BTreeMap::new() }
    }

    /// What is drawn.
    pub const fn bar(&self) -> &ProgressBar {
        &self.bar
    }

    /// A step begins.
    pub fn started(&mut self, step: u32) {
        self.times.insert(step, (self.bar.elapsed().as_secs(), None));
    }

    /// A step ended.
    pub fn finished(&mut self, step: u32) {
        if let Some(it) = self.times.get_mut(&step) {
            it.1 = Some(self.bar.elapsed().as_secs());
        }
    }

    /// Draws it as things stand now.
    pub fn draw(&self, words: &Words, signs: &Signs) {
        let said = said(&self.expected, &self.times, self.bar.elapsed().as_secs(), words);
        self.bar.set_message(signs.text(&said));
    }
}

impl Drop for Overall {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What the line says at a moment.
fn said(expected: &[Expected], times: &BTreeMap<u32, (u64, Option<u64>)>, now: u64, words: &Words) -> String {
    let stands = |step| match times.get(&step) {
        None => Stands::Waits,
        Some((began, None)) => Stands::Runs(now.saturating_sub(*began)),
        Some((began, Some(ended))) => Stands::Over(ended.saturating_sub(*began)),
    };
    let (seconds, step) = remaining(expected, stands);
    let moment = words.key("plan-moment");
    let time = seconds.map(|it| words.say(&text!("report-left-time", time = about(it, &moment))));
    let what = step.and_then(|step| expected.iter().find(|it| it.step == step));
    let what = what.map(|it| words.say(&text!("report-waits-for", what = it.what.clone())));
    time.into_iter().chain(what).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    #[test]
    fn the_line_says_how_long_and_for_what_in_both_languages() {
        let all = [
            Expected { step: 1, after: vec![], what: text!("plan-libraries-gl"), seconds: Some(100) },
            Expected { step: 2, after: vec![1], what: text!("plan-libraries-gl"), seconds: Some(60) },
        ];
        let at = |times: &[(u32, (u64, Option<u64>))], now, lang| {
            said(&all, &times.iter().copied().collect(), now, &Words::of(lang))
        };
        let gl = "Compile the OpenGL bindings, the longest part of a first build";
        assert_eq!(at(&[], 0, Lang::En), "about 3 min left");
        assert_eq!(at(&[(1, (0, None))], 70, Lang::En), format!("about 90 s left · waits for: {gl}"));
        assert!(at(&[(1, (0, None))], 70, Lang::ZhCn).starts_with("大约还需 90 s · 正在等待："));
        assert_eq!(at(&[(1, (0, Some(100))), (2, (100, Some(160)))], 160, Lang::En), "");
    }
}
