//! `explain ID`: what a check looks at, why it matters, how it is fixed, by hand and by us, and what it cannot see; and what a
//! cause means that `diagnose` names. From the catalogue alone, as it is on the system that asks. A check may be called by its title, as reports show it.

use serde_json::json;

use super::{Session, check};
use crate::checks::{CHECKS, Check, names};
use crate::diagnose::{Cause, Symptoms};
use crate::failure::Failure;
use crate::report::text::{check_key, check_part};
use crate::report::words::Lang;
use crate::report::{Label, Page, Report, Words};

/// The parts of an explanation: heading and the check's text.
const PARTS: [(&str, &str); 5] = [
    ("report-explain-looks", "looks"),
    ("report-explain-why", "why"),
    ("report-explain-by-hand", "by-hand"),
    ("report-explain-by-us", "by-us"),
    ("report-explain-unseen", "unseen"),
];

/// Explains one check, every check of a family, or a cause and the check that tells whether a machine has it.
pub fn explain(session: &Session, typed: &str) -> Result<Report, Failure> {
    let mut report = Report::new("explain");
    let os = session.look.identity().os;
    let id = called(typed).unwrap_or_else(|| typed.to_owned());
    let known = CHECKS.iter().any(|it| names(&id, it.id));
    let cause = if known { None } else { Symptoms::embedded().cause(typed) };
    let mut ids = vec![id];
    if let Some(cause) = &cause {
        report.page.append(of_cause(cause, session.words, &os));
        let fix = cause.fix(&[], Some(&os));
        let (what, fix) = (session.words.say(&cause.what()), session.words.say(&fix));
        let said = json!({ "id": cause.id, "what": what, "fix": fix, "checks": cause.checks });
        report.more.insert("cause".into(), said);
        ids.clone_from(&cause.checks);
    }
    check::known(&ids)?;
    let mut all = Vec::new();
    for check in CHECKS.iter().filter(|it| ids.iter().any(|id| names(id, it.id))) {
        report.page.gap();
        report.page.append(page(check, session.words, &os));
        let say = |part| session.words.say(&check_part(session.words, check.id, part, &os));
        all.push(json!({
            "id": check.id, "group": check.group, "title": say("title"), "looks": say("looks"),
            "why": say("why"), "by_hand": say("by-hand"), "by_us": say("by-us"), "unseen": say("unseen"),
            "after": check.after,
        }));
    }
    report.more.insert("explained".into(), all.into());
    Ok(report)
}

/// The check, or the family, that is called so: by its id or its title, in any case and either language.
fn called(typed: &str) -> Option<String> {
    let lower = typed.trim().to_lowercase();
    if CHECKS.iter().any(|it| names(&lower, it.id)) {
        return Some(lower);
    }
    let all = Lang::ALL.map(Words::of);
    let title = |words: &Words, it: &Check| words.say(&check_key(it.id, "title")).to_lowercase();
    let found = CHECKS.iter().find(|it| all.iter().any(|words| title(words, it) == lower));
    found.map(|it| it.id.to_owned())
}

fn of_cause(cause: &Cause, words: &Words, os: &str) -> Page {
    let indent = || vec![(Label::Plain, "  ".to_owned())];
    let mut page = Page::default();
    page.spans([
        (Label::Heading, words.key("report-explain-cause")),
        (Label::Faint, format!("  {}", cause.id)),
    ]);
    page.hanging(indent(), Label::Plain, &words.say(&cause.what()));
    page.gap();
    page.line(Label::Heading, words.key("report-explain-by-hand"));
    page.hanging(indent(), Label::Plain, &words.say(&cause.fix(&[], Some(os))));
    page
}

fn page(check: &Check, words: &Words, os: &str) -> Page {
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
            &words.say(&check_part(words, check.id, part, os)),
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_found_by_its_id_and_by_its_title_in_any_case() {
        for (typed, id) in [
            ("project.build", "project.build"),
            ("Project.BUILD", "project.build"),
            ("Build", "project.build"),
            ("c compiler", "cgo.compiler"),
            ("C 编译器", "cgo.compiler"),
            ("CGO", "cgo"),
        ] {
            assert_eq!(called(typed).as_deref(), Some(id), "{typed}");
        }
        assert_eq!(called("nothing of that"), None);
    }

    #[test]
    fn no_explanation_for_a_mac_speaks_of_what_only_others_have() {
        let others = ["project.drive", "system.wsl", "native.msvc"];
        let foreign = [
            "apt",
            "libGL",
            "Xvfb",
            "X11",
            "DISPLAY",
            "display server",
            "systemd",
            "/proc",
            "registry",
            "~/.config/fyne)",
            "/etc/environment",
            "glibc",
            "ldconfig",
            "~/.cache",
            ".bashrc",
        ];
        let mut wrong = Vec::new();
        for words in Lang::ALL.map(Words::of) {
            for check in CHECKS.iter().filter(|it| !others.contains(&it.id)) {
                for (_, part) in PARTS {
                    let text = words.say(&check_part(&words, check.id, part, "macos"));
                    let said: Vec<_> = foreign.iter().filter(|it| text.contains(**it)).collect();
                    if !said.is_empty() {
                        wrong.push(format!("{} {part} {said:?}: {text}", check.id));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_cause_of_a_log_is_found_with_its_name_and_without() {
        let symptoms = Symptoms::embedded();
        let of = |id: &str| symptoms.cause(id).map(|it| (it.id, it.checks));
        let checks = vec!["cgo.headers".to_owned()];
        assert_eq!(
            of("missing-header:X11/Xlib.h").map(|it| it.0).as_deref(),
            Some("missing-header:X11/Xlib.h")
        );
        assert!(
            of("missing-header").is_some_and(|it| it.1.starts_with(&checks)),
            "{:?}",
            of("missing-header")
        );
        assert!(of("Disk-Full").is_some() && of("own-compile").is_some());
        assert!(of("-killed").is_none() && of("nothing").is_none() && of("").is_none());
        let titles: Vec<_> = symptoms.ids().filter(|it| symptoms.cause(it).is_none()).collect();
        assert!(titles.is_empty(), "{titles:?}");
    }
}
