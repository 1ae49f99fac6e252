//! sh, bash and zsh: what each command of a file sets, exports, removes or reads.

use super::words::{Command, Flavour, Word, commands};
use super::{Piece, Step, is_name};

/// Words that stand before a command and are none themselves.
const KEYWORDS: &[&str] =
    &["then", "else", "elif", "if", "do", "while", "until", "!", "{", "}", "time", "builtin"];

pub(super) fn parse(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for command in commands(text, Flavour::Sh) {
        one(&command, &mut steps);
    }
    steps
}

fn one(command: &Command, steps: &mut Vec<Step>) {
    let skip = command.iter().take_while(|it| it.literal().is_some_and(|it| KEYWORDS.contains(&it))).count();
    let command = &command[skip..];
    let assigned = command.iter().take_while(|it| assignment(it).is_some()).count();
    let (front, rest) = command.split_at(assigned);
    let Some(first) = rest.first() else {
        steps.extend(front.iter().filter_map(|it| set(it, false)));
        return;
    };
    match first.literal() {
        Some("export") => declared(&rest[1..], true, steps),
        Some("declare" | "typeset") => {
            let exports = rest.iter().any(|it| flags(it).is_some_and(|it| it.contains('x')));
            declared(&rest[1..], exports, steps);
        }
        Some("readonly") => declared(&rest[1..], false, steps),
        Some("unset") => {
            let names = rest[1..].iter().filter_map(|it| Some((it.literal()?, it.line)));
            let names = names.filter(|(name, _)| is_name(name));
            steps.extend(names.map(|(name, line)| Step::Mark { name: name.into(), kept: false, line }));
        }
        Some("." | "source") => {
            steps.extend(rest.get(1).map(|it| Step::Read { path: it.pieces.clone(), line: it.line }));
        }
        Some("for") => {
            let paths = rest.iter().skip(3).filter(|it| is_path(&it.pieces));
            steps.extend(paths.map(|it| Step::Read { path: it.pieces.clone(), line: it.line }));
        }
        _ => {}
    }
}

fn is_path(pieces: &[Piece]) -> bool {
    match pieces.first() {
        Some(Piece::Text(text)) => text.starts_with('/'),
        Some(Piece::Var(name)) => name == "HOME" && pieces.len() > 1,
        _ => false,
    }
}

/// The letters of `-gx`.
fn flags(word: &Word) -> Option<&str> {
    word.literal()?.strip_prefix('-')
}

fn declared(words: &[Word], exports: bool, steps: &mut Vec<Step>) {
    let undone = words.iter().any(|it| flags(it) == Some("n"));
    for word in words {
        if let Some(step) = set(word, exports && !undone) {
            steps.push(step);
        } else if let Some(name) = word.literal().filter(|it| is_name(it) && exports) {
            steps.push(Step::Mark { name: name.into(), kept: !undone, line: word.line });
        }
    }
}

/// The name that a word assigns to, and whether it appends.
fn assignment(word: &Word) -> Option<(&str, bool)> {
    let Some(Piece::Text(front)) = word.pieces.first() else { return None };
    let (name, _) = front.split_once('=')?;
    let (name, appends) = name.strip_suffix('+').map_or((name, false), |it| (it, true));
    is_name(name).then_some((name, appends))
}

fn set(word: &Word, exported: bool) -> Option<Step> {
    let (name, appends) = assignment(word)?;
    // zsh ties the array `path` to PATH.
    let (name, exported, is_path) =
        if name == "path" { ("PATH", true, true) } else { (name, exported, false) };
    let mut value = if is_path { joined(&word.array) } else { value_of(word) };
    if appends {
        let mut whole = vec![Piece::Var(name.to_owned())];
        if is_path {
            whole.push(Piece::Text(":".into()));
        }
        whole.append(&mut value);
        value = whole;
    }
    Some(Step::Set { name: name.to_owned(), value, exported, line: word.line })
}

fn value_of(word: &Word) -> Vec<Piece> {
    let mut pieces = word.pieces.clone();
    if let Some(Piece::Text(front)) = pieces.first_mut() {
        let rest = front.split_once('=').map_or("", |(_, rest)| rest).to_owned();
        if rest.is_empty() {
            pieces.remove(0);
        } else {
            *front = rest;
        }
    }
    pieces
}

fn joined(words: &[Word]) -> Vec<Piece> {
    let mut all = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            super::push_text(&mut all, ":");
        }
        for piece in &word.pieces {
            match piece {
                Piece::Text(text) => super::push_text(&mut all, text),
                Piece::Var(name) if name == "path" => all.push(Piece::Var("PATH".into())),
                other => all.push(other.clone()),
            }
        }
    }
    all
}
