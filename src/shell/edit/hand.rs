//! The same edit for a person's hand: one `sed` line. Only told, never run by us.

use std::path::Path;

use crate::quoting::single;

/// The `sed` that makes one file of another that has as many lines; `None` where no line of ASCII and UTF-8 can say it.
pub fn sed(path: &Path, before: &[u8], after: &[u8]) -> Option<String> {
    let pairs = before.split(|it| *it == b'\n').zip(after.split(|it| *it == b'\n'));
    let changed = (1_u32..).zip(pairs).filter(|(_, (old, new))| old != new);
    let mut scripts: Vec<(u32, u32, String)> = Vec::new();
    for (line, (old, new)) in changed {
        let script = script(old, new)?;
        match scripts.last_mut() {
            Some((_, last, it)) if *it == script && *last + 1 == line => *last = line,
            _ => scripts.push((line, line, script)),
        }
    }
    let said = |(first, last, script): &(u32, u32, String)| {
        if first == last { format!("{first}{script}") } else { format!("{first},{last}{script}") }
    };
    let script = scripts.iter().map(said).collect::<Vec<_>>().join("; ");
    let path = path.to_str()?;
    let plain = |c: char| c.is_alphanumeric() || "-_./+,@".contains(c);
    let path = if path.chars().all(plain) { path.to_owned() } else { single(path) };
    (!script.is_empty()).then(|| format!("sed -i {} {path}", single(&script)))
}

fn script(old: &[u8], new: &[u8]) -> Option<String> {
    let blank = |it: &u8| *it == b' ' || *it == b'\t';
    let indent = old.iter().take_while(|it| blank(it)).count();
    for mark in ["# ", ": # "] {
        if new == [&old[..indent], mark.as_bytes(), &old[indent..]].concat() {
            return Some(format!("s/^/{mark}/"));
        }
    }
    let (line, end) = match new.strip_suffix(b"\r") {
        Some(line) => (line, "\\r"),
        None => (new, ""),
    };
    let line = std::str::from_utf8(line).ok().filter(|_| std::str::from_utf8(old).is_ok())?;
    if line.chars().any(|it| it.is_control() && it != '\t') {
        return None;
    }
    let mut said = String::new();
    for c in line.chars() {
        if matches!(c, '\\' | '&' | '|') {
            said.push('\\');
        }
        said.push(c);
    }
    Some(format!("s|.*|{said}{end}|"))
}
