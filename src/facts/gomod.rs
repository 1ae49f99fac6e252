//! `go.mod` and its little sister `go.work`: directives with their lines. Reads what Go reads, and names what Go would
//! refuse; resolves nothing.

use super::project::{Replace, Require};

/// A `go.mod`, or a `go.work`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModFile {
    /// The `module` line.
    pub module: String,
    /// The `go` line: its text and line.
    pub go: Option<(String, u32)>,
    /// The `toolchain` line: its text and line.
    pub toolchain: Option<(String, u32)>,
    /// `require`.
    pub requires: Vec<Require>,
    /// `replace`; `exists` is for the probe to find out.
    pub replaces: Vec<Replace>,
    /// `use` of a `go.work`: as it is written, and its line.
    pub uses: Vec<(String, u32)>,
    /// What Go would refuse: (line, text).
    pub errors: Vec<(u32, String)>,
}

/// Directives that we accept and have no use for.
const OTHERS: &[&str] = &["exclude", "retract", "godebug", "tool", "ignore"];

/// Reads it.
pub fn parse(text: &str) -> ModFile {
    let mut file = ModFile::default();
    let mut block: Option<String> = None;
    for (number, line) in (1..).zip(text.split('\n')) {
        let Some((mut words, comment)) = words(line) else {
            file.errors.push((number, line.trim().to_owned()));
            continue;
        };
        let well = match (&block, words.iter().map(String::as_str).collect::<Vec<_>>().as_slice()) {
            (_, []) => true,
            (Some(_), [")"]) => {
                block = None;
                true
            }
            (None, [verb, "("]) => {
                block = Some((*verb).to_owned());
                known(verb)
            }
            (None, [verb, "(", ")"]) => known(verb),
            (Some(verb), _) => directive(&mut file, verb, &words, &comment, number),
            (None, _) => {
                let verb = words.remove(0);
                directive(&mut file, &verb, &words, &comment, number)
            }
        };
        if !well {
            file.errors.push((number, line.trim().to_owned()));
        }
    }
    file
}

fn known(verb: &str) -> bool {
    OTHERS.contains(&verb) || ["module", "go", "toolchain", "require", "replace", "use"].contains(&verb)
}

/// Whether it is one that Go accepts.
fn directive(file: &mut ModFile, verb: &str, words: &[String], comment: &str, line: u32) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match (verb, words.as_slice()) {
        ("module", [path]) => (*path).clone_into(&mut file.module),
        ("go", [version]) => file.go = Some(((*version).to_owned(), line)),
        ("toolchain", [name]) => file.toolchain = Some(((*name).to_owned(), line)),
        ("use", [dir]) => file.uses.push(((*dir).to_owned(), line)),
        ("require", [path, version]) => file.requires.push(Require {
            path: (*path).to_owned(),
            version: (*version).to_owned(),
            indirect: comment == "indirect" || comment.starts_with("indirect;"),
            line,
        }),
        ("replace", [path, .., _]) => {
            let Some(arrow) = words.iter().position(|it| *it == "=>") else { return false };
            let (left, right) = (&words[..arrow], &words[arrow + 1..]);
            if left.is_empty() || left.len() > 2 || right.is_empty() || right.len() > 2 {
                return false;
            }
            file.replaces.push(Replace {
                path: (*path).to_owned(),
                with: right.join("@"),
                exists: None,
                line,
            });
        }
        _ => return OTHERS.contains(&verb),
    }
    true
}

/// The words of a line and its comment; `None` for a quote without its end.
pub fn words(line: &str) -> Option<(Vec<String>, String)> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("//") {
            return Some((words, comment.trim().to_owned()));
        }
        let Some(first) = rest.chars().next() else { return Some((words, String::new())) };
        let (word, after) = match first {
            '"' | '`' => rest[1..].split_once(first)?,
            '(' | ')' => rest.split_at(1),
            _ => rest.split_at(rest.find([' ', '\t', '\r', '(', ')']).unwrap_or(rest.len())),
        };
        words.push(word.to_owned());
        rest = after;
    }
}

/// Whether a replacement is a directory: `./x`, `../x`, `/x`, and such.
pub fn is_directory(with: &str) -> bool {
    with.starts_with("./") || with.starts_with("../") || with.starts_with('/') || with == "." || with == ".."
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "module hello // mine\n\ngo 1.22.0\ntoolchain go1.27.4\n\
        require fyne.io/fyne/v2 v2.8.1\nrequire (\n\tgolang.org/x/image v0.24.0 // indirect\n\t\"a.b/c\" v1.0.0\n)\n\
        replace fyne.io/fyne/v2 => ../fyne\nreplace a.b/c v1.0.0 => a.b/d v1.2.0\nexclude x.y/z v1.0.0\n";

    #[test]
    fn a_usual_file_is_read() {
        let file = parse(TEXT);
        assert_eq!(file.errors, []);
        assert_eq!((file.module.as_str(), file.go.clone()), ("hello", Some(("1.22.0".into(), 3))));
        assert_eq!(file.toolchain, Some(("go1.27.4".into(), 4)));
        let requires: Vec<_> =
            file.requires.iter().map(|it| (it.path.as_str(), it.indirect, it.line)).collect();
        assert_eq!(
            requires,
            [("fyne.io/fyne/v2", false, 5), ("golang.org/x/image", true, 7), ("a.b/c", false, 8)]
        );
        let replaces: Vec<_> = file.replaces.iter().map(|it| (it.path.as_str(), it.with.as_str())).collect();
        assert_eq!(replaces, [("fyne.io/fyne/v2", "../fyne"), ("a.b/c", "a.b/d@v1.2.0")]);
        assert!(is_directory(&file.replaces[0].with) && !is_directory(&file.replaces[1].with));
    }

    #[test]
    fn what_go_would_refuse_is_named_with_its_line() {
        let text = "module a\n<<<<<<< HEAD\ngo 1.22 1.23\nrequire x\nrequire \"y v1\nreplace a b\n";
        let lines: Vec<_> = parse(text).errors.iter().map(|it| it.0).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_workspace_is_read() {
        let file = parse("go 1.22.0\n\nuse (\n\t./hello\n\t./gone\n)\nuse ./x\n");
        assert_eq!(file.uses, [("./hello".into(), 4), ("./gone".into(), 5), ("./x".into(), 7)]);
        assert_eq!(file.errors, []);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "((module|go|require|replace|use) )?[-a-z\"`()/=>v.0-9 \n\r项]{0,60}") {
            let file = parse(&text);
            prop_assert!(file.errors.len() <= text.split('\n').count());
        }
    }
}
