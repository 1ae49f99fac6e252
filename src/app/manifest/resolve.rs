//! `manifest resolve`: which versions follow from the manifest here, which rules spoke, and what would come next.

use std::path::Path;

use serde_json::{Value, json};

use crate::app::Session;
use crate::app::survey::{VersionArgs, constraints, in_use, places, project};
use crate::facts::Facts;
use crate::failure::Failure;
use crate::manifest::resolve::{NextBest, Proof, Rule, Speaks};
use crate::manifest::{Knowledge, Resolved, resolve};
use crate::probe;
use crate::report::{Label, Machine, Page, Report, Words, pad, width};
use crate::system::Look;
use crate::text::Text;

#[cfg(test)]
mod situations;

/// Resolves.
pub fn resolved(session: &Session, asked: &VersionArgs) -> Result<Report, Failure> {
    let known = in_use(session, session.look)?.known;
    let (facts, versions) = answer(session.look, &known, session.options.project.as_deref(), asked)?;
    let words = session.words;
    let mut report = Report::new("manifest resolve");
    report.page = page(&versions, words);
    report.machine = Some(Machine::of(&facts));
    let target = &versions.target;
    let reasons: Vec<_> = versions.reasons.iter().map(|it| words.say(&it.0)).collect();
    let fields = [
        // Not as the report's own target: the page begins with it, and says more.
        ("target", json!({ "go": target.go, "fyne": target.fyne, "cli": target.cli })),
        ("reasons", json!(reasons)),
        ("rules", rules(&versions, words)),
        ("next_best", next_best(versions.next.as_ref(), words)),
        ("row", json!(versions.row)),
        ("needs", json!(target.needs)),
    ];
    report.more.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    Ok(report)
}

/// From this machine and project to the versions.
fn answer(
    look: &dyn Look,
    known: &Knowledge,
    named: Option<&Path>,
    asked: &VersionArgs,
) -> Result<(Facts, Resolved), Failure> {
    let project = project(look, named)?;
    let facts = probe::facts(look, &places(look)?, project.as_deref(), &known.packages);
    let versions = resolve(&known.manifest, &constraints(&facts, asked))?;
    Ok((facts, versions))
}

fn rules(versions: &Resolved, words: &Words) -> Value {
    let of = |it: &Rule| json!({ "rule": it.rule, "speaks": it.speaks, "text": words.say(&it.text) });
    versions.rules.iter().map(of).collect()
}

fn next_best(next: Option<&NextBest>, words: &Words) -> Value {
    next.map_or(
        Value::Null,
        |it| json!({ "go": it.go, "fyne": it.fyne, "cli": it.cli, "change": words.say(&it.change) }),
    )
}

/// The answer first, then why, then what else there is.
fn page(versions: &Resolved, words: &Words) -> Page {
    let mut page = Page::default();
    let target = &versions.target;
    let mut rows = vec![
        ("Go".to_owned(), target.go.to_string()),
        ("Fyne".to_owned(), target.fyne.to_string()),
        (words.key("resolve-label-cli"), target.cli.to_string()),
        (words.key("resolve-label-proof"), proof(&versions.proof, words)),
    ];
    let column = rows.iter().map(|it| width(&it.0)).max().unwrap_or(0) + 2;
    for (label, value) in rows.drain(..) {
        page.hanging(vec![(Label::Faint, pad(&label, column))], Label::Plain, &value);
    }
    page.gap();
    page.line(Label::Heading, words.key("resolve-why"));
    for rule in &versions.rules {
        let sign = match rule.speaks {
            Speaks::For => (Label::Good, "+ ".to_owned()),
            Speaks::Against => (Label::Caution, "- ".to_owned()),
        };
        page.hanging(vec![(Label::Plain, "  ".to_owned()), sign], Label::Plain, &words.say(&rule.text));
    }
    page.gap();
    page.line(Label::Heading, words.key("resolve-next"));
    let other = versions.next.as_ref().map_or_else(|| Text::new("resolve-next-none"), next_text);
    page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.say(&other));
    page
}

fn next_text(next: &NextBest) -> Text {
    text!("resolve-next-best", go = next.go, fyne = &next.fyne, cli = &next.cli, change = &next.change)
}

fn proof(proof: &Proof, words: &Words) -> String {
    let (Proof::Here(trial) | Proof::Elsewhere(trial)) = proof else {
        return words.key("resolve-untried");
    };
    let said = words.say(&trial.told("resolve-proven"));
    match proof {
        Proof::Here(_) => said,
        _ => words.say(&text!("resolve-both", first = said, second = Text::new("resolve-untried"))),
    }
}
