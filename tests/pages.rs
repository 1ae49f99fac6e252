//! Pages that are written by the program itself, so that they cannot lie. `BLESS=1 cargo test --test pages` writes them;
//! docs/needs.md is written from real builds, by `scripts/prove-needs --table`, and only compared here.
//! To add one: a function that makes its text, and a test that compares.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::Path;

use fyne_setup::checks::{CHECKS, Check};
use fyne_setup::manifest::{Manifest, matrix};
use fyne_setup::packages::Table;
use fyne_setup::report::text::check_key;
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::text::Text;
use fyne_setup::want::Goal;

#[test]
fn the_page_of_checks_is_what_explain_says() {
    for (file, lang) in [("docs/checks.md", Lang::En), ("docs/checks.zh-CN.md", Lang::ZhCn)] {
        agree(file, &checks(&Words::of(lang), lang));
    }
}

#[test]
fn the_page_of_compatibility_is_what_the_manifest_says() {
    let manifest = Manifest::embedded();
    agree("docs/compatibility.md", &matrix::page(&manifest));
    agree("docs/compatibility.svg", &matrix::picture(&manifest));
}

#[test]
fn what_was_traced_is_what_the_manifest_says_a_line_needs() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/needs.md"));
    let page = page.expect("scripts/prove-needs --table wrote it");
    let mut rows = page.lines().filter(|it| it.starts_with("| ")).map(cells);
    let lines = rows.find(|it| it[0] == "capability").expect("a table").split_off(3);
    let rows: Vec<Vec<&str>> = rows.skip(1).take_while(|it| it.len() == lines.len() + 3).collect();
    let manifest = Manifest::embedded();
    assert_eq!(lines, manifest.fyne.iter().map(|it| it.line.as_str()).collect::<Vec<_>>());
    for (column, row) in manifest.fyne.iter().enumerate() {
        assert!(page.contains(&row.versions[0].to_string()), "{} was not traced", row.versions[0]);
        let table = Table::embedded();
        let needs = table.expand(&row.needs["linux"]);
        for capability in &table.capabilities {
            let mut marks = rows.iter().filter(|it| it[0] == capability.name).map(|it| it[column + 3]);
            let opened = marks.any(|it| it == "●");
            let needed = needs.contains(&capability.name);
            assert_eq!(opened, needed, "{} of Fyne {}: run scripts/prove-needs", capability.name, row.line);
        }
    }
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

fn checks(words: &Words, lang: Lang) -> String {
    let (title, note, build, desktop, after) = match lang {
        Lang::En => (
            "Checks",
            "Written by `BLESS=1 cargo test --test pages` from the list of checks and their texts; `fyne-setup explain ID` \
             says the same.",
            "every goal",
            "goal `desktop`",
            "waits for",
        ),
        Lang::ZhCn => (
            "检查项",
            "本页由 `BLESS=1 cargo test --test pages` 根据检查项列表及其文案生成，与 `fyne-setup explain ID` 的内容一致。",
            "所有目标",
            "目标 `desktop`",
            "依赖于",
        ),
    };
    let mut page = format!("# {title}\n\n{note}\n");
    for check in CHECKS {
        let goal = if check.goal == Goal::Build { build } else { desktop };
        let _ = write!(page, "\n## `{}`\n\n**{}** · {goal}", check.id, said(words, check, "title"));
        if !check.after.is_empty() {
            let _ = write!(page, " · {after} `{}`", check.after.join("`, `"));
        }
        page.push_str("\n\n");
        for (heading, part) in [
            ("report-explain-looks", "looks"),
            ("report-explain-why", "why"),
            ("report-explain-by-hand", "by-hand"),
            ("report-explain-by-us", "by-us"),
        ] {
            let _ = writeln!(page, "- **{}** {}", words.say(&Text::new(heading)), said(words, check, part));
        }
    }
    page
}

/// A text of a check, on one line of Markdown.
fn said(words: &Words, check: &Check, part: &str) -> String {
    let text = words.say(&check_key(check.id, part));
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('<', "&lt;")
}

fn agree(file: &str, want: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, want).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default();
    let line = is
        .lines()
        .zip(want.lines())
        .position(|(is, want)| is != want)
        .unwrap_or(is.lines().count().min(want.lines().count()));
    assert!(
        is == want,
        "{file}:{}: not what the program says; run `BLESS=1 cargo test --test pages`",
        line + 1
    );
}
