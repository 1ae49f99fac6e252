//! `manifest show`: what the manifest says.

use serde_json::Value;
use toml::value::Datetime;

use crate::app::Session;
use crate::app::survey::in_use;
use crate::failure::Failure;
use crate::manifest::{Manifest, Replaced};
use crate::moment::{DAY, Moment};
use crate::report::{Label, Page, Report, Words};
use crate::text::Text;

/// Prints the content.
pub fn show(session: &Session) -> Result<Report, Failure> {
    let manifest = in_use(session, session.look)?.known.manifest;
    let mut report = Report::new("manifest show");
    report.page = page(&manifest, session.words, session.look.now());
    let mut body = serde_json::to_value(&manifest).unwrap_or_default();
    moments_as_text(&mut body);
    report.more.insert("manifest".into(), body);
    Ok(report)
}

/// The `toml` crate wraps a date in an object of one private key, so that a TOML writer knows it again.
fn moments_as_text(value: &mut Value) {
    match value {
        Value::Object(map) => match map.get_mut("$__toml_private_datetime").map(Value::take) {
            Some(moment) => *value = moment,
            None => map.values_mut().for_each(moments_as_text),
        },
        Value::Array(all) => all.iter_mut().for_each(moments_as_text),
        _ => {}
    }
}

fn page(manifest: &Manifest, words: &Words, now: u64) -> Page {
    let mut page = Page::default();
    page.line(Label::Heading, words.say(&text!("manifest-title", version = manifest.version)));
    let (label, age) = age(manifest, now);
    page.hanging(Vec::new(), label, &words.say(&age));
    let (proven, broken) = (manifest.proven.len(), manifest.broken.len());
    page.hanging(
        Vec::new(),
        Label::Faint,
        &words.say(&text!("manifest-trials", proven = proven, broken = broken)),
    );
    go(&mut page, manifest, words);
    rows(&mut page, manifest, words);
    replaced(&mut page, manifest, words);
    page
}

/// When it was made, and whether a copy that was fetched may still be used.
fn age(manifest: &Manifest, now: u64) -> (Label, Text) {
    let today = i64::try_from(now / 86_400).unwrap_or(i64::MAX);
    let (issued, expires) = (day(&manifest.issued), day(&manifest.expires));
    let days = today - day_number(&manifest.issued);
    if days < 0 {
        return (Label::Caution, text!("manifest-clock", issued = issued));
    }
    let over = today > day_number(&manifest.expires);
    let (label, key) =
        if over { (Label::Caution, "manifest-expired") } else { (Label::Plain, "manifest-age") };
    (label, text!(key, issued = issued, days = days, expires = expires))
}

fn go(page: &mut Page, manifest: &Manifest, words: &Words) {
    let rules = &manifest.go;
    page.gap();
    let text = text!("manifest-go", recommended = rules.recommended);
    page.hanging(Vec::new(), Label::Plain, &words.say(&text));
    page.hanging(indent(), Label::Plain, &words.say(&text!("manifest-floor", floor = list(&rules.floor))));
    for hole in &rules.advisory {
        let (id, fixed, what) = (&hole.id, list(&hole.fixed), &hole.what);
        let text = match &hole.since {
            Some(since) => {
                text!("manifest-advisory", id = id, fixed = fixed, since = day(since), what = what)
            }
            None => text!("manifest-advisory-undated", id = id, fixed = fixed, what = what),
        };
        page.hanging(indent(), Label::Plain, &words.say(&text));
    }
}

fn rows(page: &mut Page, manifest: &Manifest, words: &Words) {
    for row in &manifest.fyne {
        page.gap();
        let text = text!("manifest-row", line = &row.line, versions = list(&row.versions));
        page.hanging(Vec::new(), Label::Plain, &words.say(&text));
        let text = text!("manifest-row-go", min = row.go.min, max = row.go.max);
        page.hanging(indent(), Label::Plain, &words.say(&text));
        for cli in &row.cli {
            let text = text!("manifest-row-cli", cli = cli.at_version(), min = cli.go.min, max = cli.go.max);
            page.hanging(indent(), Label::Plain, &words.say(&text));
        }
    }
}

fn replaced(page: &mut Page, manifest: &Manifest, words: &Words) {
    if manifest.replaced.is_empty() {
        return;
    }
    page.gap();
    page.line(Label::Plain, words.key("manifest-replaced"));
    // Those with one reason in one line.
    let alike = |a: &Replaced, b: &Replaced| a.module == b.module && a.by == b.by && a.why == b.why;
    for same in manifest.replaced.chunk_by(alike) {
        let Some(first) = same.first() else { continue };
        let versions: Vec<_> = same.iter().map(|it| &it.version).collect();
        let text = text!(
            "manifest-replaced-one",
            what = &first.module,
            version = list(&versions),
            by = &first.by,
            why = &first.why
        );
        page.hanging(indent(), Label::Plain, &words.say(&text));
    }
}

fn indent() -> Vec<(Label, String)> {
    vec![(Label::Plain, "  ".to_owned())]
}

fn list(all: &[impl ToString]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The day of a moment, `2026-11-24`.
fn day(at: &Datetime) -> String {
    at.date.map(|it| it.to_string()).unwrap_or_default()
}

/// Days since 1970 of a moment; 0 of one without a date.
fn day_number(at: &Datetime) -> i64 {
    let midnight = format!("{}T00:00:00Z", day(at)).parse::<Moment>();
    midnight.ok().and_then(|it| i64::try_from(it.0 / DAY).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    #[test]
    fn a_moment_is_a_string_in_json() {
        let manifest = Manifest::embedded();
        let mut body = serde_json::to_value(&manifest).expect("a manifest is plain data");
        moments_as_text(&mut body);
        assert_eq!(body["issued"], manifest.issued.to_string());
        assert_eq!(body["proven"][0]["date"], manifest.proven[0].date.to_string());
        assert!(!body.to_string().contains("__toml"), "{body}");
    }

    #[test]
    fn the_page_tells_the_age_the_floor_and_what_is_replaced() {
        let manifest = Manifest::embedded();
        let issued = u64::try_from(day_number(&manifest.issued)).expect("after 1970");
        let expires = u64::try_from(day_number(&manifest.expires)).expect("after 1970");
        let at = |day: u64, lang| {
            let text = page(&manifest, &Words::of(lang), day * 86_400).plain();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert!(at(issued + 3, Lang::En).contains(", 3 days ago; a downloaded copy is valid until "));
        assert!(at(expires, Lang::En).contains("is valid until"));
        assert!(at(expires + 1, Lang::En).contains("expired on"));
        assert!(at(issued - 1, Lang::En).contains("the clock of this machine is wrong"));
        let text = at(issued, Lang::ZhCn);
        assert!(text.contains("fyne.io/tools 1.26.1, 1.26.0，由 1.7.4 取代：误发"), "{text}");
        assert!(text.contains("1.26.11, 1.27.4"), "{text}");
        assert!(at(issued, Lang::En).contains("fyne.io/fyne/v2 2.8.0, replaced by 2.8.1"));
    }

    #[test]
    fn days_are_counted_through_leap_years() {
        for (date, want) in
            [("1970-01-01", 0), ("2000-03-01", 11_017), ("2024-02-29", 19_782), ("2026-11-24", 20_781)]
        {
            assert_eq!(day_number(&date.parse().expect("a date")), want, "{date}");
        }
    }
}
