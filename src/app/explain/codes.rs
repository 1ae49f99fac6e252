//! What an error code means: what happened, why the command ends with it, how it is seen and what to do by hand, what we do,
//! and what we cannot see. What happened and what to do is said for each code; the rest holds for its whole family.

use serde_json::{Value, json};

use super::part;
use crate::failure::Code;
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// The parts of an explanation: heading, and whether the code itself says it or its family, with its name there.
pub const PARTS: [(&str, Source, &str); 6] = [
    ("report-explain-what", Source::Code, "what"),
    ("report-explain-why", Source::Family, "why"),
    ("report-explain-see", Source::Family, "see"),
    ("report-explain-do", Source::Code, "do"),
    ("report-explain-by-us", Source::Family, "by-us"),
    ("report-explain-unseen", Source::Family, "unseen"),
];

/// Who says a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The code.
    Code,
    /// All codes that begin with the same word.
    Family,
}

/// The code that is called so, or all of a family.
pub fn named(typed: &str) -> Vec<Code> {
    let lower = typed.trim().to_lowercase();
    if let Some(it) = Code::ALL.iter().find(|it| it.name() == lower) {
        return vec![*it];
    }
    Code::ALL.iter().filter(|it| it.family() == lower).copied().collect()
}

/// One part of what is said about a code.
pub fn said(code: Code, source: Source, part: &str) -> Text {
    let key = if source == Source::Code { code.key() } else { code.family_key() };
    Text::new(format!("{key}.{part}"))
}

/// The page of one code; of several, what happened with each, and what holds for all of them.
pub fn page(codes: &[Code], words: &Words) -> Page {
    let mut page = Page::default();
    for code in codes {
        page.gap();
        let exits = words.say(&text!("report-explain-exit", exits = exits(*code).join(" / ")));
        page.spans([
            (Label::Heading, words.key("report-explain-error")),
            (Label::Plain, format!("  {}", code.name())),
            (Label::Faint, format!("  {exits}")),
        ]);
        if codes.len() > 1 {
            let text = words.say(&said(*code, Source::Code, "what"));
            page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &text);
        }
    }
    let Some(first) = codes.first() else { return page };
    for (heading, source, name) in PARTS {
        if codes.len() == 1 || source == Source::Family {
            part(&mut page, words.key(heading), &words.say(&said(*first, source, name)));
        }
    }
    page
}

/// The same for programs.
pub fn document(code: Code, words: &Words) -> Value {
    let mut document =
        json!({ "code": code.name(), "exits": code.exits().iter().map(|it| *it as u8).collect::<Vec<_>>() });
    for (_, source, name) in PARTS {
        document[name.replace('-', "_")] = words.say(&said(code, source, name)).into();
    }
    document
}

fn exits(code: Code) -> Vec<String> {
    code.exits().iter().map(|it| (*it as u8).to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::words::Lang;

    #[test]
    fn every_code_has_every_part_in_every_language() {
        let mut missing = Vec::new();
        for lang in Lang::ALL {
            let (words, sources) = (Words::for_pages(lang), lang.sources().concat());
            for code in Code::ALL {
                for key in [code.key(), code.family_key()] {
                    missing.extend(
                        (!sources.contains(&format!("\n{key} ="))).then(|| format!("{lang:?} {key}")),
                    );
                }
                for (_, source, part) in PARTS {
                    let text = said(*code, source, part);
                    missing.extend((!words.has(&text.key)).then(|| format!("{lang:?} {text}")));
                }
            }
            let families = sources.lines().filter_map(|it| it.strip_prefix("errors-of-")?.strip_suffix(" ="));
            let unused = families.filter(|it| named(it).is_empty());
            missing.extend(unused.map(|it| format!("{lang:?}: no code is of {it}")));
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn a_code_is_found_by_its_name_and_a_family_by_its_word() {
        let names = |typed| named(typed).iter().map(|it| it.name()).collect::<Vec<_>>();
        assert_eq!(names("Disk.Full"), ["disk.full"]);
        assert_eq!(names("locked"), ["locked"]);
        let manifest = names("manifest");
        assert!(manifest.len() > 20 && manifest.iter().all(|it| it.starts_with("manifest.")), "{manifest:?}");
        assert_eq!(names("nothing"), Vec::<&str>::new());
    }

    #[test]
    fn one_code_has_all_parts_and_a_family_what_holds_for_all() {
        let words = Words::for_pages(Lang::En);
        let one = page(&named("disk.full"), &words).plain();
        let all = page(&named("disk"), &words).plain();
        for heading in PARTS {
            assert!(one.contains(&words.key(heading.0)), "{one}");
        }
        assert!(all.contains("disk.read-only") && all.contains(&words.key("report-explain-see")), "{all}");
        assert!(!all.contains(&words.key("report-explain-do")), "{all}");
        assert_eq!(document(Code::DiskFull, &words)["exits"], json!([3]));
    }
}
