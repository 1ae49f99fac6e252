//! `explain ID`: what a check looks at, why it matters, how it is seen and fixed by hand, what we do, and what it cannot see;
//! what a cause means that `diagnose` names; what an error code means (`codes`), and an exit code (`exits`). From the
//! catalogue alone, as it is on the system that asks. A check may be called by its title, as reports show it, or by the last
//! word of its ID.

use serde_json::json;

use super::{Session, check};
use crate::checks::{CHECKS, Check, names};
use crate::diagnose::{Cause, Symptoms};
use crate::failure::{Code, Failure};
use crate::report::text::{check_key, check_part};
use crate::report::words::Lang;
use crate::report::{Label, Page, Report, Words};
use crate::text::Text;

pub mod codes;
mod exits;

/// The parts of an explanation: heading and the check's text.
pub const PARTS: [(&str, &str); 6] = [
    ("report-explain-looks", "looks"),
    ("report-explain-why", "why"),
    ("report-explain-see", "see"),
    ("report-explain-by-hand", "by-hand"),
    ("report-explain-by-us", "by-us"),
    ("report-explain-unseen", "unseen"),
];

/// Explains one check, every check of a family, an error code, an exit code, or a cause and the check that tells whether a
/// machine has it.
pub fn explain(session: &Session, typed: &str) -> Result<Report, Failure> {
    let mut report = Report::new("explain");
    let os = session.look.identity().os;
    // Only here and on the pages of docs/ is more said than what commands say.
    let words = &Words::for_pages(session.words.lang());
    let mut ids = called(typed);
    if ids.is_empty() {
        let (cause, codes) = (Symptoms::embedded().cause(typed), codes::named(typed));
        if let Some(cause) = cause {
            report.page.append(of_cause(&cause, words, &os));
            let fix = cause.fix(&[], Some(&os));
            let (what, fix) = (words.say(&cause.what()), words.say(&fix));
            let said = json!({ "id": cause.id, "what": what, "fix": fix, "checks": cause.checks });
            report.more.insert("cause".into(), said);
            ids = cause.checks;
        } else if let Some(exit) = exits::named(typed) {
            report.page.append(exits::page(exit, words));
            report.more.insert("exit_code".into(), exits::document(exit, words));
        } else if exits::is_number(typed) {
            return Err(exits::unknown(typed));
        } else if codes.is_empty() {
            return Err(unknown(typed));
        } else {
            report.page.append(codes::page(&codes, words));
            report.more.insert("codes".into(), codes.iter().map(|it| codes::document(*it, words)).collect());
        }
    }
    let mut all = Vec::new();
    for check in CHECKS.iter().filter(|it| ids.iter().any(|id| names(id, it.id))) {
        report.page.gap();
        report.page.append(page(check, words, &os));
        let say = |part| words.say(&said(words, check.id, part, &os));
        all.push(json!({
            "id": check.id, "group": check.group, "title": say("title"), "looks": say("looks"),
            "why": say("why"), "see": say("see"), "by_hand": say("by-hand"), "by_us": say("by-us"),
            "unseen": say("unseen"), "after": check.after,
        }));
    }
    report.more.insert("explained".into(), all.into());
    Ok(report)
}

/// A part of what is said about a check on this system; only the catalogue of the pages has `see`.
pub fn said(words: &Words, id: &str, part: &str, os: &str) -> Text {
    if part != "see" {
        return check_part(words, id, part, os);
    }
    let key = format!("see-{}", id.replace('.', "-"));
    let own = format!("{key}.{os}");
    Text::new(if words.has(&own) { own } else { key })
}

/// Whether a word is the whole name of something that is explained.
pub fn is_explained(word: &str) -> bool {
    CHECKS.iter().any(|it| it.id == word)
        || Code::ALL.iter().any(|it| it.name() == word && word.contains('.'))
        || Symptoms::embedded().pages().any(|it| it.0 == word)
}

/// The checks or the family that are called so: by ID, by title, or by the last word of an ID; in any case and either language.
fn called(typed: &str) -> Vec<String> {
    let lower = typed.trim().to_lowercase();
    if CHECKS.iter().any(|it| names(&lower, it.id)) {
        return vec![lower];
    }
    let all = Lang::ALL.map(Words::of);
    let title = |words: &Words, it: &Check| words.say(&check_key(it.id, "title")).to_lowercase();
    if let Some(it) = CHECKS.iter().find(|it| all.iter().any(|words| title(words, it) == lower)) {
        return vec![it.id.to_owned()];
    }
    let last = |it: &&Check| it.id.split_once('.').is_some_and(|it| it.1 == lower);
    CHECKS.iter().filter(last).map(|it| it.id.to_owned()).collect()
}

/// Nothing is called so: what was probably meant, of all that can be explained.
fn unknown(typed: &str) -> Failure {
    let symptoms = Symptoms::embedded();
    let causes: Vec<String> = symptoms.pages().map(|it| it.0).collect();
    let names = CHECKS.iter().map(|it| it.id).chain(Code::ALL.iter().map(|it| it.name()));
    let names = names.chain(causes.iter().map(String::as_str));
    let near = super::near(&typed.to_lowercase(), names);
    let hint = if near.is_empty() {
        text!("usage-check-list", ids = check::families().join(", "))
    } else {
        text!("usage-did-you-mean", near = near.join(", "))
    };
    Failure::new(Code::UsageUnknownCheck, text!("usage-unknown-subject", id = typed)).hint(hint)
}

fn of_cause(cause: &Cause, words: &Words, os: &str) -> Page {
    let mut page = Page::default();
    page.spans([
        (Label::Heading, words.key("report-explain-cause")),
        (Label::Faint, format!("  {}", cause.id)),
    ]);
    page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.say(&cause.what()));
    part(&mut page, words.key("report-explain-by-hand"), &words.say(&cause.fix(&[], Some(os))));
    page
}

fn page(check: &Check, words: &Words, os: &str) -> Page {
    let mut page = Page::default();
    page.spans([
        (Label::Heading, words.say(&check_key(check.id, "title"))),
        (Label::Faint, format!("  {}", check.id)),
    ]);
    for (heading, name) in PARTS {
        part(&mut page, words.key(heading), &words.say(&said(words, check.id, name, os)));
    }
    page
}

/// A part of a page: its heading, and its text below.
fn part(page: &mut Page, heading: String, text: &str) {
    page.gap();
    page.line(Label::Heading, heading);
    page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_found_by_its_id_its_title_and_its_last_word_in_any_case() {
        for (typed, ids) in [
            ("project.build", &["project.build"][..]),
            ("Project.BUILD", &["project.build"]),
            ("Build", &["project.build"]),
            ("c compiler", &["cgo.compiler"]),
            ("C 编译器", &["cgo.compiler"]),
            ("CGO", &["cgo"]),
            ("headers", &["cgo.headers"]),
            ("version", &["go.version", "cli.version"]),
            ("nothing of that", &[]),
        ] {
            assert_eq!(called(typed), ids, "{typed}");
        }
    }

    #[test]
    fn what_is_not_known_gets_the_nearest_check_cause_or_code() {
        for (typed, near) in [
            ("go.verison", "usage-did-you-mean near=go.version"),
            ("disk.ful", "usage-did-you-mean near=disk.full"),
            ("missing-heder", "usage-did-you-mean near=missing-header"),
            ("qqqq", "usage-check-list ids=system, "),
        ] {
            let hint = unknown(typed).hint.expect("always").to_string();
            assert!(hint.starts_with(near), "{typed}: {hint}");
        }
    }

    #[test]
    fn every_check_has_every_part_in_every_language_on_every_system() {
        let mut missing = Vec::new();
        for lang in Lang::ALL {
            let words = Words::for_pages(lang);
            let own = |key: &str| lang.sources().iter().any(|it| it.contains(&format!("\n{key} =")));
            for check in CHECKS {
                let key = check.id.replace('.', "-");
                for key in [format!("see-{key}"), key] {
                    missing.extend((!own(&key)).then(|| format!("{lang:?} {key}")));
                }
                for os in ["linux", "windows", "macos"] {
                    for (_, part) in PARTS {
                        let text = said(&words, check.id, part, os);
                        let whole = words.has(&text.key) && !words.say(&text).contains('\n');
                        missing.extend((!whole).then(|| format!("{lang:?} {text}")));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "locales/*/ lack or break: {missing:#?}");
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
        for words in Lang::ALL.map(Words::for_pages) {
            for check in CHECKS.iter().filter(|it| !others.contains(&it.id)) {
                for (_, part) in PARTS {
                    let text = words.say(&super::said(&words, check.id, part, "macos"));
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
