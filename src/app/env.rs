//! `env`: the settings for a shell, or for what carries an environment elsewhere.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::Session;
use super::survey::{self, VersionArgs};
use crate::fact::Fact;
use crate::facts::goplace;
use crate::failure::Failure;
use crate::manifest::resolve;
use crate::packages::Table;
use crate::path_style::PathStyle;
use crate::provision::{self, Needs};
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

/// A name for a cache of what is built: it changes exactly when what is installed would.
pub fn cache_key(session: &Session, asked: &VersionArgs) -> Result<Report, Failure> {
    let (look, known) = (session.look, survey::in_use(session, session.look)?.known);
    let project = survey::project(look, session.options.project.as_deref())?;
    let facts = crate::probe::facts(look, &survey::places_if_any(look), project.as_deref(), &known.packages);
    let constraints = survey::constraints(&facts, asked);
    let target = resolve(&known.manifest, &constraints)?.target;
    let needs = Needs::on(&known.packages, &target, &facts.host);
    let system = (constraints.platform.as_str(), constraints.distro.as_str());
    let key = provision::cache_key(system, &target, known.manifest.version, &needs);
    let mut report = Report::new("env");
    report.more.insert("cache_key".into(), json!(key));
    report.raw = Some(key + "\n");
    Ok(report)
}

/// The settings: as text for its reader, and as fields.
pub fn env(session: &Session, reader: &Reader) -> Result<Report, Failure> {
    let places = session.places()?;
    let facts = crate::probe::facts(session.look, places, None, &Table::embedded());
    let go = match (&facts.ours.current, facts.go.in_use()) {
        (Fact::Here(version), _) => Some(facts.bin_of_ours(&places.go_root(version))),
        (_, Some(tree)) => Some(tree.root.join("bin")),
        _ => None,
    };
    let home = facts.host.home();
    let bin = facts.go.bin.clone().unwrap_or_else(|| home.join("go/bin"));
    // Whoever uses what is for all users is told what their own login is told.
    let all =
        facts.ours.current.is_absent() && facts.go.in_use().is_none_or(|it| goplace::is_for_all(&it.root));
    let all = Some(facts.ours.for_all.clone()).filter(|it| all && !it.is_empty());
    let path = all.unwrap_or_else(|| go.into_iter().chain([bin]).collect());
    let speech = Speech { path, variables: vec![] };
    let mut report = Report::new("env");
    let style = facts.host.style();
    let path: Vec<String> = speech.path.iter().map(|it| style.shown(it)).collect();
    report.raw = Some(match reader {
        Reader::GitHub => path
            .iter()
            .map(|it| format!("echo {} >> \"$GITHUB_PATH\"\n", crate::quoting::single(it)))
            .collect(),
        Reader::Docker => format!("ENV PATH=\"{}:$PATH\"\n", path.join(":")),
        Reader::Shell(named) => {
            let dialect = dialect(named.as_deref(), style, session);
            let said = |it: &PathBuf| PathBuf::from(in_words_of(dialect, style, it));
            let path = speech.path.iter().map(said).collect();
            Speech { path, ..speech }.text(dialect)
        }
    });
    report.more.insert("path".into(), json!(path));
    report.more.insert("variables".into(), json!({}));
    Ok(report)
}

/// A directory as a shell names it: those of MSYS2 and Git Bash have drives as directories, and lists with `:`.
fn in_words_of(dialect: Dialect, style: PathStyle, dir: &Path) -> String {
    let posix = matches!(dialect, Dialect::Posix | Dialect::Fish);
    let text = dir.to_string_lossy();
    match text.split_once(':').filter(|it| posix && style == PathStyle::Windows && it.0.len() == 1) {
        Some((drive, rest)) => format!("/{}{}", drive.to_lowercase(), rest.replace('\\', "/")),
        None => style.shown(dir),
    }
}

fn dialect(named: Option<&str>, style: PathStyle, session: &Session) -> Dialect {
    let shell = session.look.env().get("SHELL").cloned().unwrap_or_default();
    let own = shell.rsplit('/').next().unwrap_or_default().to_owned();
    match named.unwrap_or(&own) {
        "fish" => Dialect::Fish,
        "nu" => Dialect::Nu,
        "pwsh" => Dialect::Pwsh,
        "cmd" => Dialect::Cmd,
        // Windows has no SHELL; where one is, it is that of MSYS2 or Git Bash.
        "" if style == PathStyle::Windows => Dialect::Pwsh,
        _ => Dialect::Posix,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_of_windows_is_said_in_the_words_of_each_shell() {
        let dir = Path::new("C:/Users/Ann Lee/go/bin");
        let said = |dialect| in_words_of(dialect, PathStyle::Windows, dir);
        assert_eq!(said(Dialect::Posix), "/c/Users/Ann Lee/go/bin");
        assert_eq!(said(Dialect::Pwsh), r"C:\Users\Ann Lee\go\bin");
        assert_eq!(said(Dialect::Cmd), r"C:\Users\Ann Lee\go\bin");
        assert_eq!(in_words_of(Dialect::Posix, PathStyle::Windows, Path::new("//srv/x")), r"\\srv\x");
        assert_eq!(in_words_of(Dialect::Posix, PathStyle::Unix, Path::new("/a:b")), "/a:b");
    }
}
