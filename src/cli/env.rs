//! `env`: the settings for a shell, or for what carries an environment elsewhere.

use serde_json::json;

use super::args::work::Env;
use super::{Context, survey};
use crate::fact::Fact;
use crate::failure::Failure;
use crate::report::Report;
use crate::shells::{Dialect, Speech};

/// Prints, for `eval "$(fyne-setup env)"` and its like.
pub fn run(args: &Env, context: &Context) -> Result<Report, Failure> {
    let places = survey::places(context.look)?;
    let facts = crate::probe::facts(context.look, &places, None);
    let go = match (&facts.ours.current, facts.go.in_use()) {
        (Fact::Here(_), _) => Some(places.current().join("bin")),
        (_, Some(tree)) => Some(tree.root.join("bin")),
        _ => None,
    };
    let home = facts.host.home.here().cloned().unwrap_or_default();
    let bin = facts.go.bin.clone().unwrap_or_else(|| home.join("go/bin"));
    let speech = Speech { path: go.into_iter().chain([bin]).collect(), variables: vec![] };
    let mut report = Report::new("env");
    let path: Vec<String> = speech.path.iter().map(|it| it.display().to_string()).collect();
    report.raw = Some(if args.github {
        path.iter().map(|it| format!("echo {} >> \"$GITHUB_PATH\"\n", crate::quoting::single(it))).collect()
    } else if args.docker {
        format!("ENV PATH=\"{}:$PATH\"\n", path.join(":"))
    } else {
        speech.text(dialect(args.shell.as_deref(), context))
    });
    if context.ui.json {
        report.raw = None;
        report.more.insert("path".into(), json!(path));
        report.more.insert("variables".into(), json!({}));
    }
    Ok(report)
}

fn dialect(named: Option<&str>, context: &Context) -> Dialect {
    let shell = context.look.env().get("SHELL").cloned().unwrap_or_default();
    let own = shell.rsplit('/').next().unwrap_or_default().to_owned();
    match named.unwrap_or(&own) {
        "fish" => Dialect::Fish,
        "nu" => Dialect::Nu,
        "pwsh" => Dialect::Pwsh,
        "cmd" => Dialect::Cmd,
        _ => Dialect::Posix,
    }
}
