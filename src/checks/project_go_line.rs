//! Whether the Go that the project asks for exists, and can be used here.

use std::path::Path;

use super::{Check, Group, Verdict, go_toolchain, project_fyne};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::PathStyle;
use crate::quoting::quoted;
use crate::version::GoVersion;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.go-line",
    group: Group::Project,
    after: &["project.gomod"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let project = match project_fyne::subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    let file = project.dir.join("go.mod");
    let asked = [("go", &project.go_line), ("toolchain", &project.toolchain)];
    let asked = asked.into_iter().filter_map(|(word, it)| Some((word, it.as_ref()?)));
    let mut newest: Option<(GoVersion, u32)> = None;
    for (word, (text, line)) in asked.filter(|(_, (text, _))| text != "default") {
        let fault = |key: &'static str| {
            Verdict::fail(text!(key, word = word, version = text.as_str(), known = want.target.go))
                .cause(text!(
                    "project-go-line-cause",
                    word = word,
                    version = text.as_str(),
                    file = &file,
                    line = *line
                ))
                .file(&file, Some(*line))
                .evidence(format!("go.mod:{line}: {word} {text}"))
                .decide(
                    text!("project-go-line-decide", file = &file, line = *line, known = want.target.go),
                    by_hand(facts.here.style, &file, word, *line, want.target.go),
                )
        };
        let Ok(version) = text.parse::<GoVersion>() else { return fault("project-go-line-no-version") };
        let version = version.as_release();
        let here = facts.go.trees.iter().any(|it| it.version.here().is_some_and(|it| *it >= version));
        if !here && !go_toolchain::known(version, want) {
            return fault("project-go-line-unknown");
        }
        newest = newest.max(Some((version, *line)));
    }
    let Some((version, line)) = newest else { return Verdict::info(text!("project-go-line-none")) };
    let have = facts.go.in_use().and_then(|it| it.version.here().copied());
    let local = facts.here.set("GOTOOLCHAIN").is_some_and(|it| it.starts_with("local"));
    match have {
        Some(have) if have < version && local => {
            Verdict::fail(text!("project-go-line-local", version = version, have = have))
                .cause(text!("project-go-line-local-cause", version = version, have = have))
                .file(&file, Some(line))
                .need(crate::need::Need::Go(want.target.go))
        }
        Some(have) if have < version => {
            Verdict::info(text!("project-go-line-download", version = version, have = have))
        }
        _ => Verdict::ok(text!("project-go-line-ok", version = version)),
    }
}

/// The edit to type: `go mod edit` would first look for the Go that does not exist. PowerShell has no line for it that keeps a
/// file's encoding in all its versions.
fn by_hand(style: PathStyle, file: &Path, word: &str, line: u32, known: GoVersion) -> Option<String> {
    if style == PathStyle::Windows {
        return None;
    }
    let prefix = if word == "toolchain" { "go" } else { "" };
    Some(format!("sed -i '{line}s/{word}.*/{word} {prefix}{known}/' {}", quoted(&file.to_string_lossy())))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    fn with(line: &str) -> Facts {
        let mut facts = fixture::with_project("2.8.1");
        fixture::project(&mut facts).go_line = Some((line.into(), 3));
        facts
    }

    #[test]
    fn a_go_that_does_not_exist_is_a_decision() {
        for (line, status) in [
            ("1.22", Status::Ok),
            ("1.22.0", Status::Ok),
            ("1.27.4", Status::Ok),
            ("1.99.0", Status::Fail),
            ("1.27.99", Status::Fail),
            ("1.x", Status::Fail),
        ] {
            assert_eq!(fixture::judged(&CHECK, &with(line)).status, status, "{line}");
        }
        assert_eq!(fixture::judged(&CHECK, &with("1.99.0")).place.line, Some(3));
    }

    #[test]
    fn a_newer_go_is_fetched_by_go_itself_unless_that_is_off() {
        let mut facts = with("1.27.2");
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.26.11", true)];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        fixture::set(&mut facts, "GOTOOLCHAIN", "local", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
