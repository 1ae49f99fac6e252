//! What a Go says of its version: the first line of its VERSION file, and what `go version` prints.

use crate::version::GoVersion;

/// The version in `go1.27.4`, also where a distribution or an experiment added something (`go1.22.5-2.el9`,
/// `go1.24.4 X:nodwarf5`). `None` for a development build, which is of no release.
pub fn of_file(text: &str) -> Option<GoVersion> {
    let word = text.split_whitespace().next()?;
    let end = word.find(['-', '+', '_', '~']).unwrap_or(word.len());
    word[..end].strip_prefix("go")?.parse().ok().map(GoVersion::as_release)
}

/// Version, operating system and architecture of `go version go1.27.4 linux/amd64`.
pub fn of_answer(text: &str) -> Option<(GoVersion, String, String)> {
    let line = text.lines().find_map(|it| it.strip_prefix("go version "))?;
    let version = of_file(line)?;
    let (os, arch) = line.split_whitespace().rev().find_map(|it| it.split_once('/'))?;
    Some((version, os.to_owned(), arch.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn versions_are_read_as_distributions_write_them() {
        for (text, want) in [
            ("go1.26.11\ntime 2026-11-02T20:36:21Z", Some("1.26.11")),
            ("go1.19.8", Some("1.19.8")),
            ("go1.20", Some("1.20.0")),
            ("go1.27rc1", Some("1.27rc1")),
            ("go1.24.4 X:nodwarf5", Some("1.24.4")),
            ("go1.22.5-2.el9", Some("1.22.5")),
            ("devel go1.28-abcdef Tue", None),
            ("", None),
            ("go", None),
        ] {
            assert_eq!(of_file(text).map(|it| it.to_string()).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn answers_are_read() {
        let (version, os, arch) =
            of_answer("warning\ngo version go1.26.11 X:jsonv2 linux/amd64\n").expect("an answer");
        assert_eq!((version.to_string(), os.as_str(), arch.as_str()), ("1.26.11".into(), "linux", "amd64"));
        assert_eq!(of_answer("bash: go: 未找到命令"), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_them_panic(text in "(go version )?(go)?[-0-9a-z.+ /项]{0,30}") {
            of_file(&text);
            of_answer(&text);
        }
    }
}
