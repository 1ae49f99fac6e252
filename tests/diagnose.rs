//! Logs that people met, and what they mean: `tests/corpus/logs` (real ones, with the right answer beside them), and
//! `tests/corpus/snippets.toml` (messages of other versions, languages and systems). Both are read from the files, and so
//! are the rules, so that a rule is tried without building anything. To add a case: a folder, or a row.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use fyne_setup::checks::CHECKS;
use fyne_setup::diagnose::{Diagnosis, Reader, Symptoms, diagnose};
use fyne_setup::report::words::{Lang, Words};
use regex_lite::RegexBuilder;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    cause: String,
    expect: String,
}

#[derive(Deserialize)]
struct Snippets {
    snippet: Vec<Snippet>,
}

#[derive(Deserialize)]
struct Snippet {
    cause: String,
    log: String,
}

fn tree(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(tree(path)).expect("it is part of the tree")
}

fn symptoms() -> Symptoms {
    Symptoms::read(&text("manifests/symptoms.toml")).expect("it reads")
}

fn named(diagnosis: &Diagnosis) -> &str {
    diagnosis.causes.first().map_or("none", |it| it.id.as_str())
}

/// All that is said of a log, without the packages of any machine.
fn said(diagnosis: &Diagnosis, words: &Words) -> String {
    let mut all = String::new();
    for cause in &diagnosis.causes {
        all.extend([cause.id.as_str(), "\n", &words.say(&cause.what()), "\n"]);
        all.extend([words.say(&cause.fix(&[], diagnosis.os)), "\n".to_owned()]);
        all.extend(cause.evidence.iter().map(|it| it.text.clone() + "\n"));
    }
    all
}

/// Every folder of the corpus.
fn cases() -> Vec<(String, Case, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(tree("tests/corpus/logs")).expect("it is there").flatten() {
        let case = std::fs::read_to_string(entry.path().join("case.toml")).expect("a case");
        let log = std::fs::read(entry.path().join("log.txt")).expect("a log");
        let case = toml::from_str(&case).expect("a case reads");
        all.push((entry.file_name().to_string_lossy().into_owned(), case, log));
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// What is wrong with an answer to a case.
fn fault(case: &Case, diagnosis: &Diagnosis, words: &Words) -> Option<String> {
    if named(diagnosis) != case.cause {
        return Some(format!("says {}, is {}", named(diagnosis), case.cause));
    }
    let expect = RegexBuilder::new(&case.expect).case_insensitive(true).build().expect("a pattern");
    let said = said(diagnosis, words);
    (case.cause != "none" && !expect.is_match(&said))
        .then(|| format!("does not name {}:\n{said}", case.expect))
}

#[test]
fn the_corpus_is_understood_and_nothing_harmless_is_blamed() {
    let (symptoms, cases) = (symptoms(), cases());
    let (mut wrong, mut blamed) = (Vec::new(), Vec::new());
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for (name, case, log) in &cases {
            let Some(fault) = fault(case, &diagnose(&symptoms, log), &words) else { continue };
            let list = if case.cause == "none" { &mut blamed } else { &mut wrong };
            list.push(format!("{name} ({lang:?}): {fault}"));
        }
    }
    assert!(cases.len() > 80, "only {} cases", cases.len());
    assert!(blamed.is_empty(), "{}", blamed.join("\n"));
    assert!(wrong.len() * 20 <= cases.len(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn other_versions_languages_and_systems_are_understood_too() {
    let symptoms = symptoms();
    let all: Snippets = toml::from_str(&text("tests/corpus/snippets.toml")).expect("it reads");
    let wrong = all.snippet.iter().filter_map(|it| {
        let diagnosis = diagnose(&symptoms, it.log.as_bytes());
        (named(&diagnosis) != it.cause)
            .then(|| format!("says {}, is {}:\n{}", named(&diagnosis), it.cause, it.log.trim()))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(all.snippet.len() >= 60, "only {}", all.snippet.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.snippet.len(), wrong.join("\n\n"));
}

#[test]
fn a_log_means_the_same_in_utf_16_in_colours_with_windows_ends_and_behind_a_time() {
    let symptoms = symptoms();
    for (name, case, log) in cases() {
        let Ok(log) = std::str::from_utf8(&log) else { continue };
        let want = named(&diagnose(&symptoms, log.as_bytes())).to_owned();
        let wide = |order: fn(u16) -> [u8; 2]| log.encode_utf16().flat_map(order).collect::<Vec<_>>();
        let coloured = log.replace("error", "\x1b[01;31m\x1b[Kerror\x1b[m\x1b[K").replace(": ", ":\x1b[0m ");
        let timed = log.lines().map(|it| format!("2026-05-01T12:00:00.1234567Z {it}\n")).collect::<String>();
        for (how, log) in [
            ("UTF-16", wide(u16::to_le_bytes)),
            ("UTF-16, big-endian", wide(u16::to_be_bytes)),
            ("marked UTF-16", [&[0xff, 0xfe][..], &wide(u16::to_le_bytes)].concat()),
            ("coloured", coloured.into_bytes()),
            ("Windows", log.replace('\n', "\r\n").into_bytes()),
            ("timed", timed.into_bytes()),
        ] {
            let mut reader = Reader::new(&symptoms);
            log.chunks(997).for_each(|it| reader.feed(it));
            assert_eq!(named(&reader.finish()), want, "{name}, {how} (is {})", case.cause);
        }
    }
}

#[test]
fn each_cause_has_its_texts_and_its_checks_are_there() {
    let symptoms = symptoms();
    assert_eq!(symptoms.compiled(), Ok(()));
    for lang in Lang::ALL {
        let words = Words::of(lang);
        for id in symptoms.texts() {
            for part in ["what", "fix"] {
                assert!(words.has(&format!("diagnose-{id}.{part}")), "{lang:?}: diagnose-{id}.{part}");
            }
        }
    }
    for (cause, check) in symptoms.checks() {
        assert!(CHECKS.iter().any(|it| it.id == check), "{cause}: there is no check {check}");
    }
    for (cause, key) in symptoms.verdicts() {
        assert!(Words::of(Lang::En).has(key), "{cause}: no check says {key}");
        let own = |it: (&str, &str)| key.starts_with(&format!("{}-", it.1.replace('.', "-")));
        let checks: Vec<_> = symptoms.checks().filter(|it| it.0 == cause).collect();
        assert!(checks.iter().any(|it| own(*it)), "{cause}: {key} is said by none of {checks:?}");
    }
    let page = text("tests/corpus/README.md");
    let listed = page.lines().filter_map(|it| it.strip_prefix("| `")?.split_once('`')).map(|it| it.0);
    for id in listed
        .filter(|it| !["title", "os", "cause", "fix", "expect", "source", "origin", "none"].contains(it))
    {
        let family = id.split(':').next().unwrap_or_default();
        assert!(symptoms.ids().any(|it| it == family), "no row for {id}");
    }
}
