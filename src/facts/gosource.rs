//! What a Go source file declares at its top level. Not a parser: it reads what gofmt has formed, and of other text it gives
//! less.

use std::collections::BTreeSet;

/// A source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its package clause.
    pub package: String,
    /// What it declares: `Name`, or `Type.Name` of a method.
    pub names: BTreeSet<String>,
    /// Only some builds take it: it says for which.
    pub constrained: bool,
}

/// Systems and processors that the end of a file's name can say. A new one is merely not known here.
const PLATFORMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "386",
    "amd64",
    "arm",
    "arm64",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mipsle",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390x",
    "wasm",
];

/// Whether a file is Go source that every build takes, as far as its name says.
pub fn for_every_build(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".go").filter(|it| !it.starts_with(['_', '.'])) else { return false };
    stem.rsplit_once('_').is_none_or(|(_, end)| end != "test" && !PLATFORMS.contains(&end))
}

/// Reads one.
pub fn read(text: &str) -> Source {
    let mut source = Source::default();
    let mut state = State::default();
    let mut group = false;
    for line in text.lines() {
        let outside = state.is_outside();
        if outside && source.package.is_empty() {
            source.constrained |= line.starts_with("//go:build") || line.starts_with("// +build");
            source.package = line.strip_prefix("package ").map(|it| ident(it).to_owned()).unwrap_or_default();
        }
        if outside && state.depth == 0 {
            group = false;
            top(line, &mut source.names, &mut group);
        } else if outside && state.depth == 1 && group {
            source.names.extend(list(line.trim_start()));
        }
        state.go_over(line);
    }
    source.names.remove("_");
    source.names.remove("init");
    source
}

/// A line that begins at the top level.
fn top(line: &str, names: &mut BTreeSet<String>, group: &mut bool) {
    if let Some(rest) = line.strip_prefix("func ") {
        names.extend(function(rest));
        return;
    }
    let rest = ["var ", "const ", "type "].iter().find_map(|it| line.strip_prefix(it));
    match rest {
        Some(rest) if rest.starts_with('(') => *group = true,
        Some(rest) => names.extend(list(rest)),
        None => {}
    }
}

/// `Name` or `Type.Name`.
fn function(rest: &str) -> Option<String> {
    let Some(inner) = rest.strip_prefix('(') else {
        return Some(ident(rest).to_owned()).filter(|it| !it.is_empty());
    };
    let (receiver, after) = inner.split_once(')')?;
    let of = receiver.rsplit([' ', '*']).next().map(ident).filter(|it| !it.is_empty());
    // `(l *list[K, V])`
    let of = receiver.split_once('[').map_or(of, |(it, _)| it.rsplit([' ', '*']).next().map(ident))?;
    let name = ident(after.trim_start());
    (!name.is_empty()).then(|| format!("{of}.{name}"))
}

/// `a, b = …`.
fn list(rest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = rest;
    loop {
        let name = ident(rest);
        if name.is_empty() {
            return names;
        }
        names.push(name.to_owned());
        match rest[name.len()..].trim_start().strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None => return names,
        }
    }
}

fn ident(text: &str) -> &str {
    let end = text.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(text.len());
    &text[..end]
}

/// Where in the text we are.
#[derive(Default)]
struct State {
    depth: u32,
    comment: bool,
    raw: bool,
}

impl State {
    const fn is_outside(&self) -> bool {
        !self.comment && !self.raw
    }

    fn go_over(&mut self, line: &str) {
        let mut rest = line;
        while let Some(it) = rest.chars().next() {
            let mut taken = it.len_utf8();
            match it {
                _ if self.comment && rest.starts_with("*/") => (self.comment, taken) = (false, 2),
                _ if self.comment => {}
                '`' => self.raw = !self.raw,
                _ if self.raw => {}
                '/' if rest.starts_with("//") => return,
                '/' if rest.starts_with("/*") => (self.comment, taken) = (true, 2),
                '"' | '\'' => taken = quoted(rest, it),
                '(' | '{' | '[' => self.depth += 1,
                ')' | '}' | ']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            rest = &rest[taken..];
        }
    }
}

/// How long a quoted text is; it ends with its line.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, it) in text.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if it == quote => return at + it.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_stands_at_the_top_level_is_declared_and_nothing_else() {
        let text = "// Copyright\n\n//go:build linux\n\npackage sort // x\n\nimport (\n\t\"fmt\"\n)\n\n\
                    func init() {\n\tvar a = '{'\n}\n\nfunc Sort(data Interface) {\n}\n\n\
                    func (x *list[K, V]) Len() int { return 0 }\nfunc (IntSlice) Less(i, j int) bool {\n}\n\n\
                    var _ = fmt.Sprint\nvar one, two = 1, \"func (\"\n\nconst (\n\tA = iota // (\n\tB\n)\n\n\
                    type (\n\tpair struct {\n\t\tinner int\n\t}\n)\n/*\nfunc no() {}\n*/\nvar text = `\nfunc neither() {\n`\n\
                    type Last[T any] int\n";
        let source = read(text);
        assert_eq!((source.package.as_str(), source.constrained), ("sort", true));
        let names: Vec<&str> = source.names.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            ["A", "B", "IntSlice.Less", "Last", "Sort", "list.Len", "one", "pair", "text", "two"]
        );
        assert!(!read("package a\n//go:build linux\n").constrained, "behind the package it says nothing");
    }

    #[test]
    fn a_name_says_for_which_build_a_file_is() {
        for (name, every) in [
            ("zfuncversion.go", true),
            ("sort.go", true),
            ("make_tables.go", true),
            ("sort_test.go", false),
            ("sys_linux.go", false),
            ("sys_linux_arm64.go", false),
            ("_go.mod", false),
            ("_x.go", false),
            ("asm.s", false),
        ] {
            assert_eq!(for_every_build(name), every, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "(?s).{0,200}", go in "[a-z (){}\\[\\]`'\"/*\\\\\n,é]{0,200}") {
            read(&text);
            read(&format!("package x\n{go}"));
            for_every_build(&text);
        }
    }
}
