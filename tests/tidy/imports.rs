//! What a source file imports: enough of Rust to read `use` trees and paths, by its tokens. Comments, texts and what is
//! under `#[cfg(test)]` are left out, and so are the files whose `mod` line is.

use std::collections::{BTreeMap, BTreeSet};

/// One name that one file takes from another.
#[derive(Debug)]
pub struct Import {
    pub file: String,
    pub line: usize,
    /// Module: `checks::judge`.
    pub from: String,
    pub to: String,
    /// As it is written.
    pub path: String,
    /// What follows the part's name in it.
    pub rest: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// Every import between these files, from `src/….rs` with their texts.
pub fn imports(files: &[(String, String)]) -> Vec<Import> {
    let mut modules: BTreeMap<Vec<String>, (&str, Vec<Token>)> = BTreeMap::new();
    let mut tests: BTreeSet<Vec<String>> = BTreeSet::new();
    for (path, text) in files {
        let module: Vec<String> =
            path.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        let (code, only_tests) = without_tests(&tokens(text));
        let root = if is_root(&module) { &[][..] } else { &module };
        tests.extend(only_tests.into_iter().map(|it| [root, &[it]].concat()));
        modules.insert(module, (path, code));
    }
    modules.retain(|module, _| (1..=module.len()).all(|it| !tests.contains(&module[..it])));
    let mut found = Vec::new();
    for (module, (path, code)) in &modules {
        let base = if is_root(module) { &[][..] } else { module };
        for (line, written, used) in paths(code) {
            let known = |it: &[String]| modules.contains_key(it);
            let Some(full) = absolute(base, &written, used, &known) else { continue };
            let Some(to) = (1..=full.len()).rev().map(|it| &full[..it]).find(|it| known(it)) else {
                continue;
            };
            if to != module {
                found.push(Import {
                    file: (*path).to_owned(),
                    line,
                    from: module.join("::"),
                    to: to.join("::"),
                    path: written.join("::"),
                    rest: full[1..].to_vec(),
                });
            }
        }
    }
    found
}

fn is_root(module: &[String]) -> bool {
    matches!(module, [it] if it == "main" || it == "lib")
}

/// A path from the crate's root. In a `use`, a path may also begin with a child.
fn absolute(
    base: &[String],
    written: &[String],
    used: bool,
    known: &dyn Fn(&[String]) -> bool,
) -> Option<Vec<String>> {
    let (first, rest) = written.split_first()?;
    match first.as_str() {
        "crate" | "fyne_setup" => Some(rest.to_vec()),
        "self" => Some([base, rest].concat()),
        "super" => {
            let ups = written.iter().take_while(|it| *it == "super").count();
            Some([base.get(..base.len().checked_sub(ups)?)?, &written[ups..]].concat())
        }
        child => {
            let child = [base, &[child.to_owned()]].concat();
            (used && known(&child)).then(|| [child.as_slice(), rest].concat())
        }
    }
}

/// Names and marks, with their lines. Comments are nothing; a text, a character and a lifetime are a mark.
fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |it| it + 2)
        } else if let Some(end) = raw_text(rest) {
            end
        } else if first == '"' {
            quoted(rest)
        } else if first == '\'' {
            character(rest)
        } else if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        let is_text = token.starts_with(['"', '\'']) || raw_text(rest).is_some();
        if !first.is_whitespace() && !token.starts_with("//") && !token.starts_with("/*") {
            let text = if is_text { "\"" } else { token };
            found.push(Token { text: text.to_owned(), line });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

/// The length of `r"…"` and `r#"…"#`, `b` before it or not.
fn raw_text(text: &str) -> Option<usize> {
    let bare = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let marks = bare.bytes().take_while(|it| *it == b'#').count();
    let body = bare[marks..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    Some(text.len() - body.len() + body.find(&end)? + end.len())
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// `'x'` and `'\n'`; of a lifetime the quote alone.
fn character(text: &str) -> usize {
    let inside = &text[1..];
    if inside.starts_with('\\') {
        return inside[2..].find('\'').map_or(1, |it| it + 4);
    }
    let one = inside.chars().next().map_or(0, char::len_utf8);
    if inside[one..].starts_with('\'') { one + 2 } else { 1 }
}

/// Without the items under `#[cfg(test)]`; and the names of those that are a file (`mod x;`).
fn without_tests(all: &[Token]) -> (Vec<Token>, Vec<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut kept, mut names, mut at) = (Vec::new(), Vec::new(), 0);
    while at < all.len() {
        let is = all[at..].iter().map(|it| it.text.as_str()).take(MARK.len()).eq(MARK);
        if !is {
            kept.push(all[at].clone());
            at += 1;
            continue;
        }
        let item = &all[at + MARK.len()..];
        let end = item_end(item);
        if let [.., word, name, mark] = &item[..end]
            && (word.text.as_str(), mark.text.as_str()) == ("mod", ";")
        {
            names.push(name.text.clone());
        }
        at += MARK.len() + end;
    }
    (kept, names)
}

/// Tokens of the first item: to its `;`, or to the end of its block.
fn item_end(item: &[Token]) -> usize {
    let is_use = item
        .iter()
        .find(|it| matches!(it.text.as_str(), "use" | "mod" | "fn" | "impl" | "struct" | "enum" | "const"))
        .is_some_and(|it| it.text == "use");
    let mut depth = 0;
    for (at, token) in item.iter().enumerate() {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        let ends = token.text == ";" || token.text == "}" && !is_use;
        if ends && depth == 0 {
            return at + 1;
        }
    }
    item.len()
}

/// Paths: their line, their names, and whether they are of a `use`.
fn paths(code: &[Token]) -> Vec<(usize, Vec<String>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let text = code[at].text.as_str();
        let next = code.get(at + 1).map_or("", |it| it.text.as_str());
        if text == "use" && next != "<" {
            at = tree(code, at + 1, &[], &mut found);
            continue;
        }
        let before = at.checked_sub(1).map_or("", |it| code[it].text.as_str());
        let begins = matches!(text, "crate" | "super" | "self" | "fyne_setup");
        if begins && next == "::" && before != "::" && before != "in" {
            let mut names = vec![text.to_owned()];
            let line = code[at].line;
            while let [mark, name, ..] = &code[at + 1..]
                && mark.text == "::"
                && name.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            {
                names.push(name.text.clone());
                at += 2;
            }
            found.push((line, names, false));
        }
        at += 1;
    }
    found
}

/// One tree of a `use`: its leaves, and where it ends.
fn tree(
    code: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(usize, Vec<String>, bool)>,
) -> usize {
    let mut names = before.to_vec();
    let line = code.get(at).map_or(0, |it| it.line);
    while let Some(token) = code.get(at) {
        match token.text.as_str() {
            "::" | "*" => {}
            "{" => {
                at += 1;
                while code.get(at).is_some_and(|it| it.text != "}") {
                    at = tree(code, at, &names, found);
                    at += usize::from(code.get(at).is_some_and(|it| it.text == ","));
                }
                return at + 1;
            }
            "as" => at += 1,
            "," | "}" | ";" => break,
            "self" if !names.is_empty() => {}
            name => names.push(name.to_owned()),
        }
        at += 1;
    }
    found.push((line, names, true));
    at
}

#[test]
fn every_form_of_an_import_is_read() {
    let rows = [
        ("use crate::a::{b::{C, D as E}, f};", "crate::a::b::C crate::a::b::D crate::a::f"),
        ("pub use self::a::*;\npub(in crate::x) use b::c;", "self::a b::c"),
        ("pub(crate) use super::{self, g,};", "super super::g"),
        ("use crate::{\n    a::{self, B},\n    c,\n};", "crate::a crate::a::B crate::c"),
        ("fn f() -> super::T { crate::a::b::c(self.x, Self::Y) }", "super::T crate::a::b::c"),
        ("// use crate::a;\n/* use crate::b; */ const X: &str = \"use crate::c;\";", ""),
        ("const X: &str = r#\"\"use crate::c;\"#; use crate::d;", "crate::d"),
        ("fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' } use crate::e;", "crate::e"),
        ("#[cfg(test)]\npub mod t { use crate::a; }\nuse crate::b;", "crate::b"),
        (
            "#[cfg(test)]\nuse crate::{a, b};\n#[cfg(test)]\n#[path = \"x\"]\nmod t;\nuse crate::c;",
            "crate::c",
        ),
        ("fn f() -> impl Fn() + use<'_> {}", ""),
    ];
    for (text, want) in rows {
        let found = paths(&without_tests(&tokens(text)).0);
        let found: Vec<_> = found.iter().map(|it| it.1.join("::")).collect();
        assert_eq!(found.join(" "), want, "{text}");
    }
}

#[test]
fn a_file_that_is_a_test_imports_nothing() {
    let files = [
        ("a", "#[cfg(test)]\nmod t;\nmod u;"),
        ("a/t", "use super::u;"),
        ("a/t/v", "use crate::a;"),
        ("a/u", ""),
    ];
    let files: Vec<_> = files.iter().map(|it| (format!("src/{}.rs", it.0), it.1.to_owned())).collect();
    assert!(imports(&files).is_empty(), "{:?}", imports(&files));
}
