//! Names in archives: what may become a path below a directory of ours, on any operating system. Pure. A bad name is
//! refused, never repaired: two readers that repair differently see two archives.

use std::collections::HashMap;

use super::error::ArchiveError;

/// Longest name in bytes.
const LONGEST: usize = 240;
/// Deepest name in components.
const DEEPEST: usize = 200;
/// What Windows reads as a device, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A relative path with `/` between plain ASCII components: nothing that a file system could read in another way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeName(String);

impl SafeName {
    /// Accepts a name or says which rule it breaks.
    pub fn parse(bytes: &[u8]) -> Result<Self, ArchiveError> {
        let shown = || String::from_utf8_lossy(bytes).chars().take(300).collect::<String>();
        let bad = |why| ArchiveError::Entry { name: shown(), rule: why };
        let text = std::str::from_utf8(bytes).ok().filter(|it| it.is_ascii());
        let text = text.ok_or_else(|| bad("archive-name-ascii"))?;
        if text.is_empty() || text.len() > LONGEST {
            return Err(bad("archive-name-length"));
        }
        if text.starts_with('/') {
            return Err(bad("archive-name-absolute"));
        }
        if let Some(found) = text.chars().find(|it| it.is_ascii_control() || "\\:*?\"<>|".contains(*it)) {
            return Err(bad(if found.is_ascii_control() {
                "archive-name-control"
            } else {
                "archive-name-windows"
            }));
        }
        if text.split('/').count() > DEEPEST {
            return Err(bad("archive-name-depth"));
        }
        match text.split('/').find_map(fault) {
            Some(why) => Err(bad(why)),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The directories above it, the nearest last: `a`, `a/b` for `a/b/c`.
    pub fn parents(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// What is left without this front, if it has it and something is left.
    pub fn below(&self, front: &str) -> Option<Self> {
        let rest = self.0.strip_prefix(front).filter(|it| !it.is_empty())?;
        Some(Self(rest.to_owned()))
    }
}

/// Which rule a component breaks.
fn fault(part: &str) -> Option<&'static str> {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |front: &str| {
        stem.strip_prefix(front).is_some_and(|it| matches!(it.as_bytes(), [digit] if digit.is_ascii_digit()))
    };
    match part {
        "" => Some("archive-name-empty-part"),
        "." | ".." => Some("archive-name-outwards"),
        _ if part.ends_with('.') || part.ends_with(' ') => Some("archive-name-dot"),
        _ if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") => {
            Some("archive-name-device")
        }
        _ => None,
    }
}

/// All names of an archive, so that no two of them can be one file: not twice the same, not the same but for case,
/// not a file where another has its directory.
#[derive(Default)]
pub struct Names {
    /// By lower-case name: the name as it was, and whether it is a directory.
    seen: HashMap<String, (String, bool)>,
}

impl Names {
    /// Takes a file in.
    pub fn file(&mut self, name: &SafeName) -> Result<(), ArchiveError> {
        self.directories_of(name)?;
        let fold = name.as_str().to_ascii_lowercase();
        match self.seen.insert(fold, (name.as_str().to_owned(), false)) {
            None => Ok(()),
            Some((other, _)) => Err(ArchiveError::Twice { name: name.as_str().to_owned(), other }),
        }
    }

    /// Takes a directory in; it may be said once by itself and again by every file in it.
    pub fn directory(&mut self, name: &SafeName) -> Result<(), ArchiveError> {
        self.directories_of(name)?;
        self.dir(name.as_str())
    }

    fn directories_of(&mut self, name: &SafeName) -> Result<(), ArchiveError> {
        name.parents().try_for_each(|it| self.dir(it))
    }

    fn dir(&mut self, name: &str) -> Result<(), ArchiveError> {
        let fold = name.to_ascii_lowercase();
        match self.seen.get(&fold) {
            Some((other, is_dir)) if other != name || !is_dir => {
                Err(ArchiveError::Twice { name: name.to_owned(), other: other.clone() })
            }
            Some(_) => Ok(()),
            None => {
                self.seen.insert(fold, (name.to_owned(), true));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_file_system_could_read_otherwise_are_refused() {
        let long = "a/".repeat(130);
        let deep = "a/".repeat(119) + "b";
        for good in ["go", "src/fmt/print.go", "a.b/..c", ".gitignore", "com/lpt", "console.go", "a b", &deep]
        {
            assert!(SafeName::parse(good.as_bytes()).is_ok(), "{good}");
        }
        let bad = [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a/./b",
            "a//b",
            "a/",
            "C:/x",
            "C:x",
            "a\\b",
            "\\\\srv\\share",
            "a\0b",
            "a\nb",
            "a\x7f",
            "x.",
            "x ",
            "x./y",
            "CON",
            "con.go",
            "a/Aux.txt",
            "nul",
            "COM1",
            "lpt9.x",
            "conin$",
            "a*b",
            "a?b",
            "a<b",
            "a|b",
            "a\"b",
            "caf\u{e9}",
            "com\u{b9}",
            &long,
        ];
        for name in bad {
            assert!(SafeName::parse(name.as_bytes()).is_err(), "{name:?}");
        }
        assert!(SafeName::parse(b"a\xff").is_err());
    }

    #[test]
    fn no_two_names_can_be_one_file() {
        let table: &[(&[&str], bool)] = &[
            (&["a", "b", "c/d", "c/e"], true),
            (&["a", "a"], false),
            (&["a", "A"], false),
            (&["a/b", "a"], false),
            (&["a", "a/b"], false),
            (&["a/x", "A/y"], false),
            (&["a/b/c", "a/B/d"], false),
        ];
        for (names, fine) in table {
            let mut seen = Names::default();
            let parsed = names.iter().map(|it| SafeName::parse(it.as_bytes()).expect("a good name"));
            let result = parsed.map(|it| seen.file(&it)).collect::<Result<Vec<_>, _>>();
            assert_eq!(result.is_ok(), *fine, "{names:?}");
        }
    }
}
