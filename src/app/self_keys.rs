//! `self keys`: whose signatures this program believes, in the form that `minisign -P` and `verify --key` take.

use serde_json::{Value, json};

use super::Session;
use crate::report::{Label, Page, Report};
use crate::trust::keys as trusted;
use crate::trust::minisign::PublicKey;

/// The keys that this program was built with.
pub fn keys(session: &Session) -> Report {
    let words = session.words;
    let mut report = Report::new("self keys");
    let document = |all: &[PublicKey]| -> Value {
        all.iter().map(|it| json!({ "id": it.id(), "key": String::from(it.clone()) })).collect()
    };
    let (release, roots) = (trusted::release(), trusted::roots());
    for (heading, none, all) in
        [("keys-release", "keys-no-release", &release), ("keys-roots", "keys-no-roots", &roots)]
    {
        report.page.gap();
        report.page.append(page(&words.key(heading), &words.key(none), all));
    }
    if trusted::FOR_TESTS {
        report.page.gap();
        report.page.hanging(Vec::new(), Label::Bad, &words.key("keys-for-tests"));
    }
    report.more.insert("release".into(), document(&release));
    report.more.insert("roots".into(), document(&roots));
    report.more.insert("test_keys".into(), json!(trusted::FOR_TESTS));
    report
}

fn page(heading: &str, none: &str, all: &[PublicKey]) -> Page {
    let mut page = Page::default();
    page.hanging(Vec::new(), Label::Heading, heading);
    for key in all {
        // In a line of its own, so that it can be copied whole.
        page.line(Label::Plain, format!("  {}  {}", key.id(), String::from(key.clone())));
    }
    if all.is_empty() {
        page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Caution, none);
    }
    page
}
