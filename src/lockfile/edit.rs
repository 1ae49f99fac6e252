//! The edits of a go.mod by which a project says what its lock says. Every other byte stays.

use serde::{Deserialize, Serialize};

use super::model::{FYNE, LockFile};
use crate::facts::{Project, gomod};
use crate::version::{GoVersion, Version};

/// What a go.mod gets; nothing where it is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits {
    /// The `go` line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub go: Option<GoVersion>,
    /// The `toolchain` line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toolchain: Option<GoVersion>,
    /// The requirement of fyne/v2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fyne: Option<Version>,
}

impl Edits {
    /// Those that a project needs. `least`: the lowest Go that builds this Fyne, below which no `go` line may be.
    pub fn needed(project: &Project, lock: &LockFile, least: GoVersion) -> Self {
        let line = project.go.map(GoVersion::as_release);
        let go = line.is_none_or(|it| it < least).then_some(least);
        let named = project.toolchain.as_ref().map(|it| it.0.as_str());
        // Go itself leaves a `toolchain` line out that says no more than the `go` line.
        let said = named.is_none() && go.or(line) == Some(lock.go);
        let toolchain = (!said && named != Some(lock.go.toolchain().as_str())).then_some(lock.go);
        let mut required = project.requires.iter().filter(|it| it.path == FYNE).peekable();
        let right = required.peek().is_some() && required.all(|it| it.version == format!("v{}", lock.fyne));
        Self { go, toolchain, fyne: (!right).then(|| lock.fyne.clone()) }
    }

    /// Whether there is nothing to edit.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The text with these edits.
    pub fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // One after the other: where the next one goes depends on the last one.
        if let Some(go) = self.go {
            let file = gomod::parse(&text);
            let mut lines = Lines::of(&text);
            match &file.go {
                Some((was, line)) => lines.replace(*line, was, &go.to_string()),
                None => lines.insert_after(None, &format!("go {go}")),
            }
            text = lines.all.concat();
        }
        if let Some(toolchain) = self.toolchain {
            let (file, name) = (gomod::parse(&text), toolchain.toolchain());
            let mut lines = Lines::of(&text);
            match &file.toolchain {
                Some((was, line)) => lines.replace(*line, was, &name),
                None => lines.insert_after(file.go.as_ref().map(|it| it.1), &format!("toolchain {name}")),
            }
            text = lines.all.concat();
        }
        if let Some(fyne) = &self.fyne {
            let mut lines = Lines::of(&text);
            let all = gomod::parse(&text).requires;
            let required: Vec<_> = all.iter().filter(|it| it.path == FYNE).collect();
            for it in &required {
                lines.replace(it.line, &it.version, &format!("v{fyne}"));
            }
            if required.is_empty() {
                lines.push(&format!("{}require {FYNE} v{fyne}", lines.end));
            }
            text = lines.all.concat();
        }
        text
    }
}

/// Lines with their ends.
struct Lines {
    all: Vec<String>,
    end: &'static str,
}

impl Lines {
    fn of(text: &str) -> Self {
        let windows = text.lines().next().is_some_and(|it| text[it.len()..].starts_with("\r\n"));
        let end = if windows { "\r\n" } else { "\n" };
        Self { all: text.split_inclusive('\n').map(str::to_owned).collect(), end }
    }

    /// Another word in the place of the last one of these before a comment.
    fn replace(&mut self, line: u32, was: &str, is: &str) {
        let at = usize::try_from(line).unwrap_or(usize::MAX).wrapping_sub(1);
        let Some(text) = self.all.get_mut(at) else { return };
        let code = text.find("//").unwrap_or(text.len());
        if let Some(start) = text[..code].rfind(was) {
            text.replace_range(start..start + was.len(), is);
        }
    }

    /// A line behind this one, else behind the one that names the module, else at the end.
    fn insert_after(&mut self, line: Option<u32>, text: &str) {
        let after = line.and_then(|it| usize::try_from(it).ok());
        let module =
            || self.all.iter().position(|it| it.trim_start().starts_with("module ")).map(|it| it + 1);
        let Some(at) = after.or_else(module) else { return self.push(text) };
        self.whole(at);
        let gap = if line.is_none() { self.end } else { "" };
        self.all.insert(at.min(self.all.len()), format!("{gap}{text}{}", self.end));
    }

    fn push(&mut self, text: &str) {
        self.whole(self.all.len());
        self.all.push(format!("{text}{}", self.end));
    }

    /// Ends the last of so many lines.
    fn whole(&mut self, lines: usize) {
        let end = self.end;
        if let Some(last) = self.all.get_mut(lines.wrapping_sub(1)).filter(|it| !it.ends_with('\n')) {
            last.push_str(end);
        }
    }
}
