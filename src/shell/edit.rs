//! The least edit of a file that takes away what one of its lines assigns. Pure: bytes in, bytes out; never more lines,
//! never fewer, and everything outside the lines at fault byte for byte as it was. Not a shell: each form of the edit is
//! read again by our own parser here, and by the file's own shell where it is written (`apply::steps::lines`).
//!
//! To add a dialect: its reader in `shellfile`, and whether a line of it can be commented out in [`forms`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Dialect, Step, parse};
use crate::gather::Order as _;

pub mod hand;
pub mod line_ends;
pub mod order;
mod shell;

/// What is wrong in a file: a variable that a line assigns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// From 1.
    pub line: u32,
    /// Its name; empty where the whole line is no setting at all.
    pub variable: String,
}

/// Why a file cannot be fixed by us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// No line assigns it (any more).
    NotThere(Fault),
    /// Nothing that we could write would take this away and nothing else.
    Entangled(Fault),
}

/// The file without what is at fault, in the forms that the edit can have, the smallest first: commented out where it
/// stands, the same with a command that does nothing in front (the only one of a block must not go), the one word taken
/// away. At least one when it is `Ok`.
pub fn forms(bytes: &[u8], dialect: Dialect, faults: &[Fault]) -> Result<Vec<Vec<u8>>, Unsafe> {
    let text = masked(bytes);
    let before = parse(&text, dialect);
    let shell = matches!(dialect, Dialect::Sh | Dialect::Fish);
    let starts = starts(&text);
    let there = |fault: &Fault| match fault.variable.as_str() {
        "" => !shell && is_garbage(&text, &starts, fault.line),
        name => before.iter().any(|it| sets(it, name, fault.line)),
    };
    let (there, gone): (Vec<Fault>, Vec<Fault>) = faults.iter().cloned().partition(|it| there(it));
    let Some(first) = there.first().cloned() else {
        let none = Fault { line: 0, variable: String::new() };
        return Err(Unsafe::NotThere(gone.into_iter().next().unwrap_or(none)));
    };
    let wanted: Vec<Step> = before.into_iter().filter(|it| !there.iter().any(|at| is_of(it, at))).collect();
    let edits =
        if shell { shell::edits(&text, dialect, &there) } else { vec![lines(&text, dialect, &there)] };
    let mut forms: Vec<Vec<u8>> = Vec::new();
    for form in edits.into_iter().filter_map(|it| applied(bytes, it)) {
        let as_wanted = newlines(&form) == newlines(bytes) && parse(&masked(&form), dialect) == wanted;
        if as_wanted && form != bytes && !forms.contains(&form) {
            forms.push(form);
        }
    }
    if forms.is_empty() { Err(Unsafe::Entangled(first)) } else { Ok(forms) }
}

/// Bytes that are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    by: String,
}

/// The same text for a reader, byte for byte as long: what is not UTF-8 means nothing to any of them.
fn masked(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{1}'));
    }
    text
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.split(|it| *it == b'\n').count()
}

/// Where each line begins.
fn starts(text: &str) -> Vec<usize> {
    [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line_of<'a>(text: &'a str, starts: &[usize], line: u32) -> Option<(usize, &'a str)> {
    let start = *starts.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let rest = text.get(start..)?;
    Some((start, rest.split('\n').next().unwrap_or(rest)))
}

fn is_garbage(text: &str, starts: &[usize], line: u32) -> bool {
    let line = line_of(text, starts, line).map_or("", |(_, it)| it.trim());
    !line.is_empty() && !line.starts_with('#')
}

fn sets(step: &Step, name: &str, line: u32) -> bool {
    matches!(step, Step::Set { name: it, line: at, .. } if it == name && *at == line)
}

/// Whether a step goes with a fault: the assignment, and its `export` on the same line.
fn is_of(step: &Step, fault: &Fault) -> bool {
    let (name, line) = match step {
        Step::Set { name, line, .. } | Step::Mark { name, kept: true, line } => (name, line),
        Step::Mark { .. } | Step::Read { .. } => return false,
    };
    *line == fault.line && (*name == fault.variable || fault.variable.is_empty())
}

/// Comments a line out behind its indentation; nothing for one that is empty.
fn comment(text: &str, starts: &[usize], line: u32, mark: &str) -> Option<Edit> {
    let (start, line) = line_of(text, starts, line)?;
    let indented = line.trim_start_matches([' ', '\t']);
    let at = start + (line.len() - indented.len());
    (!indented.is_empty()).then(|| Edit { range: at..at, by: mark.to_owned() })
}

/// Files of one assignment a line: the line with those that continue it.
fn lines(text: &str, dialect: Dialect, faults: &[Fault]) -> Vec<Edit> {
    let starts = starts(text);
    let continued = matches!(dialect, Dialect::Pam | Dialect::PamConf | Dialect::EnvironmentD);
    let mut numbers: Vec<u32> = Vec::new();
    for fault in faults {
        let mut at = fault.line;
        while let Some((_, line)) = line_of(text, &starts, at) {
            numbers.push(at);
            if dialect == Dialect::PowerShell && !super::powershell::is_alone(line) {
                return Vec::new();
            }
            // A quote that is still open holds the next lines too; where it ends, only its reader knows.
            if dialect == Dialect::EnvironmentD && has_open_quote(line) {
                return Vec::new();
            }
            if !continued || !line.trim_end_matches('\r').ends_with('\\') {
                break;
            }
            at += 1;
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().filter_map(|it| comment(text, &starts, it, "# ")).collect()
}

fn has_open_quote(line: &str) -> bool {
    let (mut open, mut escaped) = (None, false);
    for c in line.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if open != Some('\'') => escaped = true,
            '"' | '\'' if open.is_none() => open = Some(c),
            _ if open == Some(c) => open = None,
            _ => {}
        }
    }
    open.is_some()
}

/// The bytes with these edits; `None` when two of them want the same place.
fn applied(bytes: &[u8], mut edits: Vec<Edit>) -> Option<Vec<u8>> {
    edits.order_by_key(|it| (it.range.start, it.range.end));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len() + 16), 0);
    for edit in edits {
        let overlap = edit.range.start < at;
        // Two that only take away may overlap.
        if overlap && !edit.by.is_empty() {
            return None;
        }
        out.extend_from_slice(bytes.get(at..edit.range.start.max(at))?);
        out.extend_from_slice(edit.by.as_bytes());
        at = at.max(edit.range.end);
    }
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests;
