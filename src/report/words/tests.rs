//! The catalogue is whole: everything that the program says exists in English, and no language says anything else. What
//! a language has no text for is listed, and fails nothing.
#![expect(clippy::disallowed_methods, reason = "these tests read the sources and the folders themselves")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::*;
use crate::checks::CHECKS;
use crate::failure::Code;
use crate::report::tests::chinese::english;

/// Key (`id` or `id.attribute`) → the variables that it uses.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn catalogue(lang: Lang) -> Catalogue {
    let mut all = Catalogue::new();
    for source in lang.sources() {
        let parsed = fluent_syntax::parser::parse(source.as_str());
        let resource = parsed.unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", lang.tag()));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name;
            let mut put = |key: String, pattern: &Pattern<&str>| {
                let mut used = BTreeSet::new();
                variables(pattern, &mut used);
                assert!(all.insert(key.clone(), used).is_none(), "{key} stands twice in {}", lang.tag());
            };
            if let Some(value) = &message.value {
                put(id.to_owned(), value);
            }
            for attribute in &message.attributes {
                put(format!("{id}.{}", attribute.id.name), &attribute.value);
            }
        }
    }
    all
}

/// What a person reads is looked through for secrets, word for word: none of our own sentences is taken for one.
#[test]
fn no_sentence_of_ours_is_taken_for_a_secret() {
    // One shows how a login is written.
    let shows = |it: &str| it.contains("@HOST") || it.contains("@主机");
    let taken = |it: &&str| !it.contains("{ $") && !shows(it) && discreet::hidden(it, discreet::MARK) != **it;
    let sources: Vec<String> = Lang::ALL.iter().flat_map(|it| it.sources()).collect();
    let all: Vec<&str> = sources.iter().flat_map(|it| it.lines()).map(str::trim).collect();
    let texts = all.iter().map(|it| it.split_once(" = ").map_or(*it, |it| it.1));
    let wrong: Vec<&str> = texts.filter(taken).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn variables(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => variable(inline, into),
            Expression::Select { selector, variants } => {
                variable(selector, into);
                for it in variants {
                    variables(&it.value, into);
                }
            }
        }
    }
}

fn variable(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for it in &arguments.positional {
                variable(it, into);
            }
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(it) = &**expression {
                variable(it, into);
            }
        }
        _ => {}
    }
}

/// The Rust sources, without the test modules at their end.
fn sources(dir: &Path, into: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(dir).expect("our own sources").flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            sources(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs")
            && path.file_stem().is_some_and(|it| it != "tests")
        {
            let text = std::fs::read_to_string(&path).expect("our own sources");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let code = code.split("#[cfg(test)]\npub mod tests {").next().unwrap_or_default();
            let plain = |line: &&str| !line.trim_start().starts_with("//");
            into.push((path, code.lines().filter(plain).collect::<Vec<_>>().join("\n")));
        }
    }
}

/// A use of a message: where, its key, the names that it is given, and whether more may follow by `.with`.
struct Use {
    at: String,
    key: String,
    given: BTreeSet<String>,
    open: bool,
}

fn uses(path: &Path, code: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for opening in ["text!(", "Text::new(", ".key("] {
        for (start, _) in code.match_indices(opening) {
            let inside = &code[start + opening.len()..];
            let Some(rest) = inside.trim_start().strip_prefix('"') else { continue };
            let Some((key, rest)) = rest.split_once('"') else { continue };
            let line = code[..start].lines().count();
            let (arguments, after) = closed(rest);
            found.push(Use {
                at: format!("{}, near line {line}", path.display()),
                key: key.to_owned(),
                given: names(arguments),
                open: after.trim_start().starts_with(".with(") || opening == "Text::new(",
            });
        }
    }
    found
}

/// Splits at the parenthesis that closes the call; strings may hold parentheses of their own.
fn closed(rest: &str) -> (&str, &str) {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => return (&rest[..at], &rest[at + 1..]),
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    (rest, "")
}

/// `, name = value, other = value` → the names at its own level.
fn names(arguments: &str) -> BTreeSet<String> {
    let (mut depth, mut quoted, mut names, mut word) = (0, false, BTreeSet::new(), String::new());
    for (at, c) in arguments.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => word.clear(),
            '=' if depth == 0 && !arguments[at + 1..].starts_with(['=', '>']) => {
                names.insert(word.trim().to_owned());
            }
            _ => word.push(c),
        }
    }
    names.retain(|it| it.chars().all(|c| c.is_alphanumeric() || c == '_') && !it.is_empty());
    names
}

#[test]
fn every_language_has_keys_of_english_alone_with_the_same_variables() {
    let english = catalogue(Lang::En);
    for lang in Lang::ALL {
        let own = catalogue(lang);
        for (key, variables) in &own {
            let wanted = english.get(key).unwrap_or_else(|| panic!("{key} is in {} alone", lang.tag()));
            assert_eq!(wanted, variables, "{key} uses different variables in en (left) and {}", lang.tag());
        }
        let missing: Vec<_> = english.keys().filter(|it| !own.contains_key(*it)).cloned().collect();
        if !missing.is_empty() {
            // Past the capture of the test runner: a list, not a failure.
            let said = format!("in English until somebody translates them to {}: {missing:?}\n", lang.tag());
            std::io::stderr().write_all(said.as_bytes()).expect("standard error takes it");
        }
    }
}

#[test]
fn no_chinese_text_has_english_in_its_sentences() {
    let words = Words::for_pages(Lang::ZhCn);
    let mut faults = Vec::new();
    for (key, variables) in catalogue(Lang::ZhCn) {
        let text = variables.into_iter().fold(Text::new(key), |text, name| text.with(name, "…"));
        let said = words.say(&text);
        faults.extend(english(&said).map(|it| format!("{}: {it:?} in {said}", text.key)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_text_that_a_language_lacks_is_said_in_english() {
    let words = Words::made(
        Lang::ZhCn,
        vec!["work-question = 是否继续？\ngo-present =\n    .title = Go 程序".to_owned()],
    );
    let english = Words::of(Lang::En);
    assert_eq!(words.key("work-question"), "是否继续？");
    assert_eq!(words.key("go-present.title"), "Go 程序");
    for text in [text!("go-present.why"), text!("go-version-ok", version = "1.27.4"), text!("never-written")]
    {
        assert_eq!(words.say(&text), english.say(&text), "{text}");
    }
    assert!(words.has("go-present.why") && !words.has("never-written"));
}

#[test]
fn every_message_that_the_program_names_exists_and_gets_its_variables() {
    let known = catalogue(Lang::En);
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut faults = Vec::new();
    for used in files.iter().flat_map(|(path, code)| uses(path, code)) {
        match known.get(&used.key) {
            None => faults.push(format!("{}: no message {}", used.at, used.key)),
            Some(wanted) if !used.open => {
                let lacking: Vec<_> = wanted.difference(&used.given).collect();
                if !lacking.is_empty() {
                    faults.push(format!("{}: {} lacks {lacking:?}", used.at, used.key));
                }
            }
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "in locales/en:\n{}", faults.join("\n"));
}

/// Families of keys that are chosen by a rule and never stand in `text!`.
const BY_RULE: [&str; 4] = ["archive-", "release-signature-", "trust-locked", "trust-contended"];

#[test]
fn every_rule_that_the_program_names_has_its_text() {
    let known = catalogue(Lang::En);
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut named = BTreeSet::new();
    for (_, code) in &files {
        for family in BY_RULE {
            let starts = code.match_indices(family).map(|it| it.0).filter(|at| code[..*at].ends_with('"'));
            named.extend(starts.filter_map(|at| code[at..].split('"').next()).map(str::to_owned));
        }
    }
    let missing: Vec<_> = named.iter().filter(|it| !known.contains_key(*it)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let unused =
        known.keys().filter(|it| BY_RULE.iter().any(|family| it.starts_with(family)) && !named.contains(*it));
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&String>::new(), "nobody says these");
}

#[test]
fn every_check_explains_itself() {
    let words = Words::of(Lang::En);
    let ids = CHECKS.iter().map(|it| it.id.replace('.', "-"));
    let keys = ids.flat_map(|id| {
        ["title", "looks", "why", "by-hand", "by-us", "unseen"].map(|part| format!("{id}.{part}"))
    });
    let missing: Vec<_> = keys.filter(|it| !words.has(it)).collect();
    assert!(missing.is_empty(), "locales/en lacks, each in the file of its family: {missing:#?}");
}

#[test]
fn what_a_check_says_for_one_system_alone_it_says_in_every_language_and_for_a_part_that_there_is() {
    for (system, least) in [("-windows", 30), ("-macos", 10)] {
        says_for_one_system(system, least);
    }
}

fn says_for_one_system(system: &str, least: usize) {
    let own = |lang: Lang| {
        let all = catalogue(lang).into_keys().filter(|it| it.ends_with(system) && it.contains('.'));
        all.collect::<BTreeSet<String>>()
    };
    let english = own(Lang::En);
    assert!(english.len() > least, "{english:?}");
    assert_eq!(own(Lang::ZhCn), english);
    let words = Words::of(Lang::En);
    let parts = ["looks", "why", "by-hand", "by-us", "unseen"];
    for key in &english {
        let (id, part) = key.strip_suffix(system).and_then(|it| it.split_once('.')).expect("a part");
        assert!(parts.contains(&part) && CHECKS.iter().any(|it| it.id.replace('.', "-") == id), "{key}");
        assert!(words.has(&format!("{id}.{part}")), "{key}");
    }
}

#[test]
fn every_error_says_in_every_language_what_happened_and_what_to_do() {
    let keys = Code::ALL.iter().flat_map(|it| ["what", "do"].map(|part| format!("{}.{part}", it.key())));
    let keys: BTreeSet<String> = keys.collect();
    for lang in Lang::ALL {
        let known = catalogue(lang).into_keys().filter(|it| it.starts_with("error-"));
        assert_eq!(known.collect::<BTreeSet<_>>(), keys, "{lang:?}");
    }
}

#[test]
fn the_locale_chooses_the_language() {
    let table = [
        (&[][..], Lang::En),
        (&[("LANG", "C.UTF-8")], Lang::En),
        (&[("LANG", "zh_CN.UTF-8")], Lang::ZhCn),
        (&[("LANG", "zh_CN")], Lang::ZhCn),
        (&[("LANG", "zh_SG.utf8")], Lang::ZhCn),
        (&[("LANG", "zh_CN.GBK")], Lang::En),
        (&[("LANG", "zh-Hans")], Lang::ZhCn),
        (&[("LANG", "zh_TW.UTF-8")], Lang::En),
        (&[("LANG", "de_DE.UTF-8")], Lang::En),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Lang::En),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], Lang::ZhCn),
        (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_CN.UTF-8")], Lang::ZhCn),
    ];
    for (env, lang) in table {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(Lang::of_locale(&env), lang, "{env:?}");
    }
}

#[test]
fn words_from_outside_cannot_move_the_cursor_or_reorder_a_line() {
    assert_eq!(safe("libgl-dev 中文"), "libgl-dev 中文");
    assert_eq!(safe("a\x1b[2Jb\n\u{202e}c\u{9b}"), "a\\u{1b}[2Jb\\u{a}\\u{202e}c\\u{9b}");
    assert_eq!(safe("f\u{200b}yne\u{feff}\u{e0041}"), "f\\u{200b}yne\\u{feff}\\u{e0041}");
}

#[test]
fn a_missing_message_shows_its_key_and_arguments() {
    let said = Words::of(Lang::ZhCn).say(&text!("never-written", path = "/x"));
    assert_eq!(said, "never-written path=/x");
}

#[test]
fn the_reader_of_uses_sees_names_and_the_end_of_a_call() {
    let code = r#"say(&text!("a-b", path = dir.join("x)"), n = f(a, b == c)), 1); text!("c").with("d", 1)"#;
    let found = uses(Path::new("x.rs"), code);
    let seen: Vec<_> = found
        .iter()
        .map(|it| (it.key.as_str(), it.given.iter().cloned().collect::<Vec<_>>().join(" "), it.open))
        .collect();
    assert_eq!(seen, [("a-b", "n path".to_owned(), false), ("c", String::new(), true)]);
}
