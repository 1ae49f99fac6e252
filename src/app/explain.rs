//! `explain ID`: what a check looks at, why it matters, how it is fixed, by hand and by us, and what it cannot see. From the catalogue alone.

use serde_json::json;

use super::{Session, check};
use crate::checks::{CHECKS, Check, names};
use crate::failure::Failure;
use crate::report::text::check_key;
use crate::report::{Label, Page, Report};

/// The parts of an explanation: heading and the check's text.
const PARTS: [(&str, &str); 5] = [
    ("report-explain-looks", "looks"),
    ("report-explain-why", "why"),
    ("report-explain-by-hand", "by-hand"),
    ("report-explain-by-us", "by-us"),
    ("report-explain-unseen", "unseen"),
];

/// Explains one check, or every check of a family.
pub fn explain(session: &Session, id: &str) -> Result<Report, Failure> {
    check::known(&[id.to_owned()])?;
    let mut report = Report::new("explain");
    let mut all = Vec::new();
    for check in CHECKS.iter().filter(|it| names(id, it.id)) {
        report.page.gap();
        report.page.append(page(check, session));
        let say = |part| session.words.say(&check_key(check.id, part));
        all.push(json!({
            "id": check.id, "group": check.group, "title": say("title"), "looks": say("looks"),
            "why": say("why"), "by_hand": say("by-hand"), "by_us": say("by-us"), "unseen": say("unseen"),
            "after": check.after,
        }));
    }
    report.more.insert("explained".into(), all.into());
    Ok(report)
}

fn page(check: &Check, session: &Session) -> Page {
    let words = session.words;
    let mut page = Page::default();
    page.spans([
        (Label::Heading, words.say(&check_key(check.id, "title"))),
        (Label::Faint, format!("  {}", check.id)),
    ]);
    for (heading, part) in PARTS {
        page.gap();
        page.line(Label::Heading, words.key(heading));
        page.hanging(
            vec![(Label::Plain, "  ".to_owned())],
            Label::Plain,
            &words.say(&check_key(check.id, part)),
        );
    }
    page
}
