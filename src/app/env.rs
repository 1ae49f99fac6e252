//! `env`: the settings for a shell, or for what carries an environment elsewhere.

use serde_json::json;

use super::Session;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::packages::Table;
use crate::report::Report;
use crate::shells::{Dialect, Speech};

/// Who is to be told the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// A shell of this name; the one that runs us where there is none.
    Shell(Option<String>),
    /// A GitHub workflow.
    GitHub,
    /// A Dockerfile.
    Docker,
}

/// The settings: as text for its reader, and as fields.
pub fn env(session: &Session, reader: &Reader) -> Result<Report, Failure> {
    let places = session.places()?;
    let facts = crate::probe::facts(session.look, places, None, &Table::embedded());
    let go = match (&facts.ours.current, facts.go.in_use()) {
        (Fact::Here(_), _) => Some(places.current().join("bin")),
        (_, Some(tree)) => Some(tree.root.join("bin")),
        _ => None,
    };
    let home = facts.host.home();
    let bin = facts.go.bin.clone().unwrap_or_else(|| home.join("go/bin"));
    let speech = Speech { path: go.into_iter().chain([bin]).collect(), variables: vec![] };
    let mut report = Report::new("env");
    let path: Vec<String> = speech.path.iter().map(|it| it.display().to_string()).collect();
    report.raw = Some(match reader {
        Reader::GitHub => path
            .iter()
            .map(|it| format!("echo {} >> \"$GITHUB_PATH\"\n", crate::quoting::single(it)))
            .collect(),
        Reader::Docker => format!("ENV PATH=\"{}:$PATH\"\n", path.join(":")),
        Reader::Shell(named) => speech.text(dialect(named.as_deref(), session)),
    });
    report.more.insert("path".into(), json!(path));
    report.more.insert("variables".into(), json!({}));
    Ok(report)
}

fn dialect(named: Option<&str>, session: &Session) -> Dialect {
    let shell = session.look.env().get("SHELL").cloned().unwrap_or_default();
    let own = shell.rsplit('/').next().unwrap_or_default().to_owned();
    match named.unwrap_or(&own) {
        "fish" => Dialect::Fish,
        "nu" => Dialect::Nu,
        "pwsh" => Dialect::Pwsh,
        "cmd" => Dialect::Cmd,
        _ => Dialect::Posix,
    }
}
