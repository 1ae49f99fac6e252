//! The settings that decide here, each with the line that set it, and the lines of profiles that matter, as a text. Values lose
//! their secrets by their names here; what else belongs to a person is taken out of the whole.

use std::fmt::Write as _;
use std::path::Path;

use crate::discreet::{self, REDACTED};
use crate::facts::Facts;
use crate::facts::settings::{Origin, Setting};
use crate::recording::Recording;
use crate::recording::redact::{is_known, settings_files};
use crate::report::Words;

/// All of it.
pub(super) fn text(facts: &Facts, recording: &Recording, words: &Words) -> String {
    let here = &facts.here;
    let mut out = String::new();
    let is_go = |name: &str| name.starts_with("GO") || name.starts_with("CGO_");
    let set = |wanted: &dyn Fn(&str, &Setting) -> bool| -> Vec<String> {
        let known = here.variables.iter().filter(|it| is_known(it.0) && it.0 != "PATH" && wanted(it.0, it.1));
        known.map(|(name, it)| line(name, it, recording, words)).collect()
    };
    let later = |all: &[(String, Setting)]| -> Vec<String> {
        all.iter().filter(|it| is_known(&it.0)).map(|(name, it)| line(name, it, recording, words)).collect()
    };
    let own = |it: &Setting| !matches!(it.origin, Origin::GoRoot { .. });
    section(&mut out, &words.key("send-settings-go"), &set(&|name, it| is_go(name) && own(it)));
    section(&mut out, &words.key("send-settings-others"), &set(&|name, _| !is_go(name)));
    let entry = |it: &crate::facts::settings::PathEntry| {
        let there = if it.exists { "" } else { "  ✗" };
        format!("{}{there}  ← {}", it.dir.display(), origin(&it.origin, words))
    };
    section(&mut out, "PATH", &here.path.iter().map(entry).collect::<Vec<_>>());
    section(&mut out, &words.key("send-settings-elsewhere"), &later(&here.elsewhere));
    section(&mut out, &words.key("send-settings-pending"), &later(&here.pending));
    for path in &settings_files(recording) {
        let Some(bytes) = recording.read.get(path).and_then(|it| it.here()) else { continue };
        let text = String::from_utf8_lossy(bytes);
        let numbered = text.lines().enumerate().filter(|it| !it.1.trim().is_empty() && !is_nothing(it.1));
        let lines: Vec<_> = numbered.map(|(at, line)| format!("{}: {line}", at + 1)).collect();
        section(&mut out, &path.display().to_string(), &lines);
    }
    out
}

/// Whether a line sets a variable that matters to nobody, so that nothing of it is left.
fn is_nothing(line: &str) -> bool {
    let (name, value) = line.split_once('=').unwrap_or_default();
    value == REDACTED && !is_known(name.trim_start_matches("export "))
}

fn section(out: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(out, "[{title}]\n{}\n", lines.join("\n"));
    }
}

fn line(name: &str, it: &Setting, recording: &Recording, words: &Words) -> String {
    let mut origin = origin(&it.origin, words);
    if it.origin.place().is_some_and(|(file, line)| is_a_guess(recording, file, line)) {
        origin = words.say(&text!("send-settings-guess", place = origin));
    }
    format!("{name}={}  ← {origin}", discreet::value(name, &it.value, REDACTED))
}

/// Whether a line takes its value from a command. Any value could be from there; so could it be this terminal's own.
fn is_a_guess(recording: &Recording, file: &Path, line: u32) -> bool {
    let Some(bytes) = recording.read.get(file).and_then(|it| it.here()) else { return false };
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
    line.split_once('=')
        .is_some_and(|it| it.1.trim_start_matches('"').starts_with(['$', '`']) && it.1.contains(['(', '`']))
}

fn origin(it: &Origin, words: &Words) -> String {
    match (it, it.place()) {
        (_, Some((file, line))) => format!("{}:{line}", file.display()),
        (Origin::Registry { key, name }, _) => format!("{key} {name}"),
        _ => words.key("send-settings-terminal"),
    }
}
