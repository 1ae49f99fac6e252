//! How an acceptance is said, and the last word on a machine: ready, or ready but for what somebody accepted.

use super::model::{Checked, Report};
use super::page::Label;
use super::words::Words;
use crate::checks::Verdict;
use crate::text::Text;

/// An acceptance in a sentence.
pub fn said(reason: &str, until: Option<&str>, ended: bool) -> Text {
    match until {
        Some(day) if ended => text!("accepted-ended", day = day, reason = reason),
        Some(day) => text!("accepted-until", day = day, reason = reason),
        None => text!("accepted-always", reason = reason),
    }
}

/// The acceptance of a finding, whether it holds or is over.
pub fn of(verdict: &Verdict) -> Option<Text> {
    verdict.acceptance.as_ref().map(|it| said(&it.reason, it.until.as_deref(), it.ended))
}

impl Checked {
    /// Whether it was accepted, and that holds.
    pub fn is_accepted(&self) -> bool {
        self.finding.verdict.accepted().is_some()
    }
}

/// The last word of `check`: what was accepted is not silently part of what is ready.
pub fn last_word(report: &Report, words: &Words) -> (Label, String) {
    if !report.ok() {
        return (Label::Bad, words.key("html-not-ready"));
    }
    let grave = report.checks.iter().flatten().filter(|it| it.finding.is_grave_and_accepted());
    // As `text::check_key`, which builds on this.
    let title = |it: &Checked| words.say(&Text::new(format!("{}.title", it.finding.id.replace('.', "-"))));
    let titles: Vec<String> = grave.map(title).collect();
    let key = match (titles.is_empty(), report.only_named) {
        (true, true) => return (Label::Good, words.key("report-named-fine")),
        (true, false) => return (Label::Good, words.key("report-healthy")),
        (false, true) => "report-named-but",
        (false, false) => "report-healthy-but",
    };
    let titles = titles.join(&words.key("report-join"));
    (Label::Caution, words.say(&Text::new(key).with("titles", titles)))
}
