//! What an exit code means: that of any command but `run`, which ends with the code of the command that it ran.

use serde_json::{Value, json};

use super::part;
use crate::failure::{Code, Exit, Failure};
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// The exit code that is written so.
pub(super) fn named(typed: &str) -> Option<Exit> {
    let number: u8 = typed.trim().parse().ok()?;
    Exit::ALL.into_iter().find(|it| *it as u8 == number)
}

/// Whether a number was typed, which nothing else is called by.
pub(super) fn is_number(typed: &str) -> bool {
    typed.trim().parse::<i64>().is_ok()
}

/// No command ends with this number; those that there are.
pub(super) fn unknown(typed: &str) -> Failure {
    let all: Vec<String> = Exit::ALL.into_iter().map(|it| (it as u8).to_string()).collect();
    let message = text!("usage-unknown-exit", number = typed.trim());
    Failure::new(Code::UsageUnknownCheck, message).hint(text!("usage-exits", numbers = all.join(", ")))
}

/// What it means, and the errors that end with it.
pub(super) fn page(exit: Exit, words: &Words) -> Page {
    let mut page = Page::default();
    page.spans([
        (Label::Heading, words.key("report-explain-exit-code")),
        (Label::Plain, format!("  {}", exit as u8)),
    ]);
    page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.say(&meaning(exit)));
    let errors = errors(exit).join(", ");
    if !errors.is_empty() {
        part(&mut page, words.key("report-explain-exit-errors"), &errors);
    }
    page
}

/// The same for programs.
pub(super) fn document(exit: Exit, words: &Words) -> Value {
    json!({ "exit": exit as u8, "meaning": words.say(&meaning(exit)), "codes": errors(exit) })
}

fn meaning(exit: Exit) -> Text {
    Text::new(format!("exit-{}", exit as u8))
}

fn errors(exit: Exit) -> Vec<&'static str> {
    Code::ALL.iter().filter(|it| it.exits().contains(&exit)).map(|it| it.name()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Lang;

    #[test]
    fn every_exit_code_is_explained_in_every_language_and_no_other_number_is() {
        for lang in Lang::ALL {
            let (words, own) = (Words::for_pages(lang), lang.sources().concat());
            for exit in Exit::ALL {
                assert!(own.contains(&format!("\nexit-{} =", exit as u8)), "{lang:?} {exit:?}");
                assert_eq!(named(&(exit as u8).to_string()), Some(exit));
                let (said, whole) = (words.say(&meaning(exit)), page(exit, &words).plain());
                // A page breaks it into lines.
                let begins: String = said.chars().take(12).collect();
                assert!(whole.contains(&begins), "{lang:?} {exit:?}: {whole}");
            }
        }
        assert!(["7", "300", "-1", "", "three"].iter().all(|it| named(it).is_none()));
        for (typed, number) in [("99", true), ("-1", true), ("300", true), ("", false), ("go.path", false)] {
            assert_eq!(is_number(typed), number, "{typed}");
        }
        let hint = unknown("99").hint.expect("always").to_string();
        assert!(hint.ends_with("0, 1, 2, 3, 4, 5, 6, 130, 143"), "{hint}");
        let failed = document(Exit::Failed, &Words::for_pages(Lang::En));
        let codes: Vec<_> = failed["codes"].as_array().into_iter().flatten().collect();
        assert!(codes.contains(&&json!("disk.full")) && !codes.contains(&&json!("locked")), "{codes:?}");
    }
}
