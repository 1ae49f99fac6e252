//! `go.mod` and `go.work`, as a recording holds them: what Go reads of them, without logins; no comment is left but
//! `// indirect`, and of what Go would refuse nothing but that it is there. Lines keep their numbers. Pure.

use std::path::Path;

use crate::discreet::{REDACTED, conflict, shown_with};
use crate::facts::gomod;

/// Whether it is one of a project. What was published is known to everybody, and is compared by its bytes.
pub(super) fn is_module(path: &Path) -> bool {
    let published = path.components().any(|it| it.as_os_str().to_string_lossy().contains('@'));
    (path.ends_with("go.mod") || path.ends_with("go.work")) && !published
}

/// Such a file with nothing in it but what is read.
pub(super) fn bare(text: &str) -> String {
    let refused = gomod::parse(text).errors;
    let line = |(number, line): (u32, &str)| {
        if refused.iter().any(|it| it.0 == number) {
            let block = if line.trim_end().ends_with('(') { " (" } else { "" };
            return conflict(line, REDACTED).unwrap_or_else(|| format!("{REDACTED}{block}"));
        }
        let Some((words, comment)) = gomod::words(line) else { return String::new() };
        let mut said: Vec<String> = words.iter().map(|it| word(it)).collect();
        if comment == "indirect" || comment.starts_with("indirect;") {
            said.push("// indirect".to_owned());
        }
        let indent = if line.starts_with(['\t', ' ']) && !said.is_empty() { "\t" } else { "" };
        format!("{indent}{}", said.join(" "))
    };
    (1..).zip(text.split('\n')).map(line).collect::<Vec<_>>().join("\n")
}

/// A word as Go reads it again.
fn word(word: &str) -> String {
    let shown = shown_with(word, REDACTED);
    let quoted = shown.is_empty()
        || shown.contains(|c: char| c.is_whitespace() || "()\"`".contains(c)) && word.len() > 1
        || shown.starts_with("//");
    match quoted {
        true if shown.contains('"') => format!("`{shown}`"),
        true => format!("\"{shown}\""),
        false => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_module_file_only_what_go_reads_is_left() {
        let text = "module x // CANARY\n\ngo 1.24 // CANARY\nrequire (\n\tfyne.io/fyne/v2 v2.8.1 // indirect; CANARY\n)\n\
            replace a.test/b => ../bob:CANARY@host/b\nreplace \"a.test/c\" v1.0.0 => `/srv/a b/bob:CANARY@x`\n\
            replace a.test/d => https://bob:CANARY@host.test\n<<<<<<< CANARY\nCANARY (\n\tCANARY\n)\n// CANARY\n";
        let want = "module x\n\ngo 1.24\nrequire (\n\tfyne.io/fyne/v2 v2.8.1 // indirect\n)\n\
            replace a.test/b => ../redacted@host/b\nreplace a.test/c v1.0.0 => \"/srv/a b/redacted@x\"\n\
            replace a.test/d => https://redacted@host.test\n<<<<<<< redacted\nredacted (\nredacted\n)\n\n";
        assert_eq!(bare(text), want);
        assert_eq!(bare(want), want, "twice is once");
        let lines = |text: &str| gomod::parse(text).errors.iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(lines(want), lines(text), "what Go refuses stays refused");
    }

    #[test]
    fn what_was_published_stays_as_it_is() {
        assert!(is_module(Path::new("/home/ann/app/go.mod")) && is_module(Path::new("/w/go.work")));
        assert!(!is_module(Path::new("/root/go/pkg/mod/fyne.io/fyne/v2@v2.8.1/go.mod")));
    }
}
