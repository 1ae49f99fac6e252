//! Pages that are written by the program itself, so that they cannot lie. `BLESS=1 cargo test --test pages` writes them;
//! docs/needs.md is written from real builds, by `scripts/prove-needs --table`, and only compared here.
//! To add one: a function that makes its text, and a test that compares.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::Path;

use fyne_setup::app::explain::codes::{self, Source};
use fyne_setup::app::explain::{self, PARTS};
use fyne_setup::checks::{CHECKS, Check};
use fyne_setup::diagnose::{SAID, Symptoms};
use fyne_setup::failure::{Code, Exit};
use fyne_setup::manifest::{Manifest, matrix};
use fyne_setup::packages::Table;
use fyne_setup::report::text::check_key;
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::text::Text;
use fyne_setup::want::Goal;

#[path = "pages/variables.rs"]
mod variables;

/// What a reader pastes: the lines between the fences, without what a comment says.
fn pasted(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(page).expect("the page");
    let fences = text.split("```").skip(1).step_by(2).filter_map(|it| it.strip_prefix("sh\n"));
    let line = |it: &str| it.split(" #").next().unwrap_or_default().trim_end().to_owned();
    fences.flat_map(str::lines).map(line).collect()
}

#[test]
fn the_chinese_page_for_a_mac_has_every_line_to_paste_and_every_table_of_the_english_one() {
    let (en, zh) = ("docs/macos.md", "docs/macos.zh-CN.md");
    assert!(pasted(en).len() > 20, "{:?}", pasted(en));
    assert_eq!(pasted(en), pasted(zh));
    let count = |page: &str, front: &str| {
        let text = std::fs::read_to_string(page).expect("the page");
        text.lines().filter(|it| it.starts_with(front)).count()
    };
    for front in ["## ", "| "] {
        assert_eq!(count(en, front), count(zh, front), "{front}");
    }
}

#[test]
fn the_page_of_checks_is_what_explain_says() {
    for (file, lang) in [("docs/checks.md", Lang::En), ("docs/checks.zh-CN.md", Lang::ZhCn)] {
        agree(file, &checks(&Words::for_pages(lang), lang));
    }
}

#[test]
fn each_check_says_in_every_language_what_it_cannot_see() {
    for lang in [Lang::En, Lang::ZhCn] {
        let words = Words::for_pages(lang);
        for check in CHECKS {
            let key = check_key(check.id, "unseen");
            let text = words.say(&key);
            assert!(
                !text.is_empty() && !text.contains(&*key.key) && !text.contains('\n'),
                "{}: {text}",
                check.id
            );
        }
    }
}

#[test]
fn the_page_of_pitfalls_names_checks_that_there_are() {
    let read = |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
    let page = read("docs/pitfalls.md").expect("the page is there");
    assert!(read("README.md").expect("there").contains("(docs/pitfalls.md)"));
    let rows: Vec<Vec<&str>> = page.lines().filter(|it| it.starts_with("| ")).skip(2).map(cells).collect();
    assert!(rows.len() >= 20 && rows.iter().all(|it| it.len() == 3), "{}", rows.len());
    for id in rows.iter().flat_map(|it| it[1].split(", ")).filter(|it| !it.is_empty()) {
        assert!(CHECKS.iter().any(|it| format!("`{}`", it.id) == id), "{id} is no check");
    }
    for check in CHECKS.iter().filter(|it| ["cgo", "cli", "display"].iter().any(|of| it.id.starts_with(of))) {
        assert!(page.contains(&format!("`{}`", check.id)), "{} is on no row", check.id);
    }
}

#[test]
fn the_page_of_errors_is_the_table_of_codes_with_their_texts() {
    for (file, lang) in [("docs/errors.md", Lang::En), ("docs/errors.zh-CN.md", Lang::ZhCn)] {
        let page = errors(&Words::for_pages(lang), lang);
        for code in Code::ALL {
            assert!(page.contains(&format!("\n## `{code}`\n")), "{file}: {code}");
        }
        agree(file, &page);
    }
}

/// What the page of bad days quotes is what the program says: some text of the catalogue, with anything where that has an
/// argument and where the page has `…`.
#[test]
fn the_page_of_bad_days_quotes_texts_that_there_are() {
    let folder = std::fs::read_dir("locales/en").expect("the catalogue");
    let texts: Vec<String> =
        folder.flatten().map(|it| std::fs::read_to_string(it.path()).expect("a catalogue")).collect();
    let patterns: Vec<Vec<&str>> = texts.iter().flat_map(|it| it.lines()).filter_map(pattern).collect();
    let page = std::fs::read_to_string("docs/bad-days.md").expect("the page");
    let table = page.split("\n\n").find(|it| it.starts_with("| case |")).expect("its first table");
    let mut wrong = Vec::new();
    let rows = table.lines().skip(2).filter_map(|it| it.trim_matches('|').rsplit_once(" | "));
    let mut count = 0;
    for said in rows.map(|it| it.1.trim()) {
        // No error, or the words of the system or of a parser alone.
        if said.starts_with("none: ")
            || said.contains("Read-only file system")
            || said.contains("table header")
        {
            continue;
        }
        count += 1;
        let (said, within) = said.strip_prefix("… ").map_or((said, false), |it| (it, true));
        if !patterns.iter().any(|it| fits(it, said, within)) {
            wrong.push(said);
        }
    }
    assert!(count > 20 && wrong.is_empty(), "{count} quotes, nobody says: {wrong:#?}");
}

/// The words of a text between its arguments; nothing where they tell too little.
fn pattern(line: &str) -> Option<Vec<&str>> {
    let text = line.split_once(" = ").filter(|it| !it.0.contains(['$', '{']))?.1;
    let words: Vec<&str> = text.split('{').map(|it| it.split_once('}').map_or(it, |it| it.1)).collect();
    (words.iter().map(|it| it.trim().len()).sum::<usize>() > 10).then_some(words)
}

fn fits(pattern: &[&str], said: &str, within: bool) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return false };
    let start = if within { said.find(first) } else { said.starts_with(first).then_some(0) };
    let mut at = start.map(|it| &said[it + first.len()..]);
    for words in rest {
        at = at.and_then(|it| it.find(words.trim_end()).map(|from| &it[from + words.trim_end().len()..]));
    }
    at.is_some()
}

#[test]
fn the_page_of_causes_is_what_diagnose_says() {
    for (file, lang) in [("docs/diagnose.md", Lang::En), ("docs/diagnose.zh-CN.md", Lang::ZhCn)] {
        agree(file, &causes(&Words::of(lang), lang));
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
        for (heading, part) in PARTS {
            let heading = words.say(&Text::new(heading));
            let usual = explain::said(words, check.id, part, "linux");
            let _ = writeln!(page, "- **{heading}** {}", on_a_line(words, &usual));
            for (os, name) in [("windows", "Windows"), ("macos", "macOS")] {
                let own = explain::said(words, check.id, part, os);
                if own != usual {
                    let _ = writeln!(page, "  - {name}: {}", on_a_line(words, &own));
                }
            }
        }
    }
    page
}

fn errors(words: &Words, lang: Lang) -> String {
    let (title, note, exit, or, families) = match lang {
        Lang::En => (
            "Errors",
            "An error has a code that stays the same in every version and language: in the field `error.code` of `--json`, and in \
             the log. `fyne-setup explain CODE` says the same. Written by `BLESS=1 cargo test --test pages` from the table of codes and their texts.\n\n\
             Where two exit numbers stand: a manifest that you wrote ends a command with 2, a signed one with 4, and one that is \
             kept and has expired with 3; a proof that fails ends `prove` and `repair` with 1, and `install` with 3; Ctrl-C is \
             130, and TERM is 143.",
            "exit",
            "or",
            "What holds for a whole family",
        ),
        Lang::ZhCn => (
            "错误",
            "每个错误都有一个错误码，在所有版本和语言中保持不变：见 `--json` 的 `error.code` 字段，以及日志。`fyne-setup explain CODE` 显示相同的内容。本页由 \
             `BLESS=1 cargo test --test pages` 根据错误码表及其文案生成。\n\n\
             列有两个退出码时：自己编写的清单有误时为 2，已签名的清单有误时为 4，已保存的清单过期时为 3；验证失败时，`prove` 和 \
             `repair` 为 1，`install` 为 3；Ctrl-C 为 130，TERM 为 143。",
            "退出码",
            "或",
            "各类错误的共同说明",
        ),
    };
    let mut page = format!("# {title}\n\n{note}\n");
    for code in Code::ALL {
        let exits: Vec<_> = code.exits().iter().map(|it: &Exit| (*it as u8).to_string()).collect();
        let _ = write!(page, "\n## `{code}`\n\n{exit} {}\n\n", exits.join(&format!(" {or} ")));
        page.push_str(&parts(words, *code, Source::Code));
    }
    let _ = write!(page, "\n# {families}\n");
    let mut last = "";
    for code in Code::ALL.iter().filter(|it| std::mem::replace(&mut last, it.family()) != it.family()) {
        let _ = write!(page, "\n## {}\n\n{}", code.family(), parts(words, *code, Source::Family));
    }
    page
}

/// What is said of a code itself, or of its family.
fn parts(words: &Words, code: Code, source: Source) -> String {
    let rows = codes::PARTS.iter().filter(|it| it.1 == source).map(|(heading, _, part)| {
        let text = on_a_line(words, &codes::said(code, source, part));
        format!("- **{}** {text}\n", words.say(&Text::new(*heading)))
    });
    rows.collect()
}

fn causes(words: &Words, lang: Lang) -> String {
    let (title, note, check, none) = match lang {
        Lang::En => (
            "What diagnose finds in a log",
            "`fyne-setup diagnose FILE` (or `go build 2>&1 | fyne-setup diagnose -`) reads the log of a build or a run, of \
             any size, encoding, language and system, and names the cause to fix first. It changes nothing; `--apply` has `repair` fix what this machine has of it. Exit 0: no fault of \
             the setup (a mistake in the program itself is said to be one); 1: causes; 2: the log cannot be read. `--json` has \
             `causes`, each with `evidence` (line and text, without secrets), `confirmed` (whether the check of this machine says \
             so too; `null` where none can tell) and `remedy`.\n\nWritten by `BLESS=1 cargo test --test pages` from \
             [manifests/symptoms.toml](../manifests/symptoms.toml) and its texts.",
            "Check",
            "none",
        ),
        Lang::ZhCn => (
            "diagnose 能从日志中找到什么",
            "`fyne-setup diagnose FILE`（或 `go build 2>&1 | fyne-setup diagnose -`）读取构建或运行日志，不限大小、编码、语言和系统，\
             并指出首先要解决的原因。它不做任何更改；`--apply` 会让 `repair` 修复本机存在的问题。退出码 0：没有环境问题（程序自身的错误会如实说明）；1：有原因；2：无法读取日志。\
             `--json` 中的 `causes` 各有 `evidence`（行号和文本，不含机密）、`confirmed`（本机的检查项是否也这样认为；无法判断时为 \
             `null`）和 `remedy`。\n\n本页由 `BLESS=1 cargo test --test pages` 根据 [manifests/symptoms.toml](../manifests/symptoms.toml) \
             及其文案生成。",
            "检查项",
            "无",
        ),
    };
    let mut page = format!("# {title}\n\n{note}\n");
    for (id, key, checks) in Symptoms::embedded().pages() {
        let say = |part: &str| {
            let text = Text::new(format!("diagnose-{key}.{part}"));
            let text = SAID.iter().fold(text.with("packages", "none"), |text, name| text.with(*name, "none"));
            on_a_line(words, &text.with("name", "…"))
        };
        let checks: Vec<_> = checks.iter().map(|it| format!("`{it}`")).collect();
        let checks = if checks.is_empty() { none.to_owned() } else { checks.join(" ") };
        let _ = write!(page, "\n## `{id}`\n\n{}\n\n- {}\n- {check}: {checks}\n", say("what"), say("fix"));
    }
    page
}

fn said(words: &Words, check: &Check, part: &str) -> String {
    on_a_line(words, &check_key(check.id, part))
}

/// A text, on one line of Markdown.
fn on_a_line(words: &Words, text: &Text) -> String {
    let text = words.say(text);
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
