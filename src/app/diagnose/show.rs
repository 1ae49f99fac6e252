//! How causes are shown: the document, the page, and the few lines below a command that failed.

use serde_json::{Value, json};

use super::Known;
use crate::diagnose::{Cause, Line};
use crate::report::words::safe;
use crate::report::{Label, Page, Words, pad, width};

/// A cause, as the contract has it.
pub(super) fn document(known: &Known, words: &Words) -> Value {
    let Known { cause, check, confirmed, remedy, .. } = known;
    json!({
        "id": cause.id, "summary": words.say(&cause.what()), "evidence": evidence(cause), "check": check,
        "confirmed": confirmed,
        "remedy": {
            "text": words.joined(&remedy.texts), "command": remedy.command, "auto": remedy.auto,
            "needs_root": remedy.needs_root,
        },
    })
}

/// The lines that show a cause.
pub(super) fn evidence(cause: &Cause) -> Vec<Value> {
    cause.evidence.iter().map(|it| json!({ "line": it.number, "text": safe(&it.text) })).collect()
}

/// What a log shows, for people.
pub(super) fn page(all: &[&Known], own: Option<&Cause>, lines: u64, words: &Words) -> Page {
    let mut page = Page::default();
    for known in all {
        page.gap();
        one(&mut page, known, words);
    }
    if !all.is_empty() {
        return page;
    }
    if lines == 0 {
        page.hanging(Vec::new(), Label::Caution, &words.key("diagnose-empty"));
        return page;
    }
    let Some(own) = own else {
        page.hanging(Vec::new(), Label::Good, &words.say(&text!("diagnose-nothing", count = lines)));
        return page;
    };
    mistake(&mut page, own, words);
    page
}

/// The few lines below a command that failed: what is to be fixed first, and how. Nothing where nothing is known.
pub(super) fn short(first: Option<&Known>, own: Option<&Cause>, words: &Words) -> Page {
    let mut page = Page::default();
    match (first, own) {
        (Some(known), _) => {
            page.line(Label::Plain, words.key("diagnose-after-run"));
            one(&mut page, known, words);
        }
        (None, Some(own)) => {
            page.line(Label::Plain, words.key("diagnose-after-run"));
            mistake(&mut page, own, words);
        }
        (None, None) => {}
    }
    page
}

/// A mistake in the program.
fn mistake(page: &mut Page, own: &Cause, words: &Words) {
    page.hanging(vec![(Label::Caution, "! ".into())], Label::Plain, &words.say(&own.what()));
    seen(page, &own.evidence, words);
    if own.exact {
        page.hanging(lead("report-remedy", words), Label::Plain, &words.say(&own.fix(&[], None)));
    }
    page.hanging(Vec::new(), Label::Plain, &words.key("diagnose-own"));
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
    page.hanging(lead("report-remedy", words), Label::Plain, &words.joined(&known.remedy.texts));
    if let Some(command) = &known.remedy.command {
        let indent = lead("", words).iter().map(|(_, it)| width(it)).sum();
        page.command(indent, command);
    }
    // Where no check can tell, there is nothing to say of this machine.
    let here = known.check.as_ref().map(|check| match (known.confirmed, known.elsewhere) {
        (Some(true), _) if known.remedy.auto => text!("diagnose-confirmed-auto", check = check),
        (Some(true), _) => text!("diagnose-confirmed", check = check),
        (Some(false), _) => text!("diagnose-refuted", check = check),
        (None, Some(os)) => text!("diagnose-elsewhere", os = os),
        (None, None) => text!("diagnose-unsure", check = check),
    });
    if let Some(here) = here {
        page.hanging(lead("diagnose-here", words), Label::Plain, &words.say(&here));
    }
    page.spans([(Label::Plain, "    ".to_owned()), (Label::Faint, known.cause.id.clone())]);
}

fn seen(page: &mut Page, lines: &[Line], words: &Words) {
    for (index, line) in lines.iter().enumerate() {
        let text = words.say(&text!("diagnose-line", line = line.number, text = &line.text));
        page.hanging(lead(if index == 0 { "report-seen" } else { "" }, words), Label::Faint, &text);
    }
}
