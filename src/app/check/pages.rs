//! What `check` writes besides its report: a page for a browser, JUnit's XML, Markdown; and what its document says for who
//! compares many machines.

use serde_json::json;

use super::super::{Session, history, written};
use super::Wishes;
use crate::action::Plan;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::manifest::Knowledge;
use crate::moment::Moment;
use crate::report::html::check::{Besides, page};
use crate::report::{Report, junit, markdown};
use crate::system::Look;

/// Writes what was asked for. `plan`: what `repair` would do. A replay is of another machine than this: what this one has been
/// through and has shown is left out then.
pub(super) fn write(
    session: &Session,
    look: &dyn Look,
    wishes: &Wishes,
    report: &mut Report,
    plan: Option<Plan>,
) -> Result<(), Failure> {
    let words = session.words;
    if let Some(path) = &wishes.html {
        let mut besides = Besides { time: Moment(look.now()).to_string(), plan, ..Besides::default() };
        if wishes.replay.is_none() {
            besides.host = host(session.look);
            let runs = session.runs().is_ok_and(|it| !it.is_empty());
            besides.journal = runs.then(|| history::history(session, None).ok()).flatten().map(|it| it.page);
            let png = session.places().ok().map(|it| it.proof_picture());
            besides.picture = png.and_then(|it| session.look.read(&it).into_here());
        }
        let text = page(report, &besides, words);
        written::write(session, path, &text, report)?;
    }
    if let Some(path) = &wishes.junit {
        let text = junit::file(report, words);
        written::write(session, path, &text, report)?;
    }
    if let Some(path) = &wishes.markdown {
        let text = markdown::text(report, words);
        written::write(session, path, &text, report)?;
    }
    Ok(())
}

/// The fields of a document that tell one machine from another, and how each differs from what is wanted.
pub(in crate::app) fn compared(
    report: &mut Report,
    look: &dyn Look,
    here: Option<&dyn Look>,
    facts: &Facts,
    known: &Knowledge,
) {
    let go = facts.go.in_use().and_then(|it| it.version.here()).map(ToString::to_string);
    let fyne = facts.project.here().and_then(|it| it.fyne());
    let fyne = fyne.map(|it| it.version.trim_start_matches('v').to_owned());
    let built = facts.cli.programs.iter().filter(|it| it.on_path).filter_map(|it| it.build.here());
    let cli = built.filter(|it| it.path.ends_with("/cmd/fyne")).map(|it| it.main.version.clone()).next();
    let more = &mut report.more;
    more.extend(here.and_then(host).map(|it| ("host".to_owned(), json!(it))));
    more.insert("time".into(), json!(Moment(look.now()).to_string()));
    more.insert("installed".into(), json!({ "go": go, "fyne": fyne, "cli": cli }));
    more.insert("manifest_version".into(), json!(known.manifest.version));
}

/// The name of this machine, where the system has it in a place to be read.
fn host(look: &dyn Look) -> Option<String> {
    let name = look.env().get("COMPUTERNAME").cloned().or_else(|| look.host_name());
    name.filter(|it| !it.is_empty() && it != "(none)")
}
