//! sh, bash and zsh: what each command of a file sets, exports, removes or reads, and by which of its words.

use super::words::{Command, Flavour, Word, commands};
use super::{Piece, Step, is_name};

/// Words that stand before a command and are none themselves.
const KEYWORDS: &[&str] =
    &["then", "else", "elif", "if", "do", "while", "until", "!", "{", "}", "time", "builtin"];

pub(super) fn parse(text: &str) -> Vec<Step> {
    commands(text, Flavour::Sh).iter().flat_map(steps).map(|(step, _)| step).collect()
}

/// How many words of a command stand before it and are none of its own.
pub(super) fn keywords(command: &Command) -> usize {
    command.words.iter().take_while(|it| it.literal().is_some_and(|it| KEYWORDS.contains(&it))).count()
}

/// What one command does, each with the number of the word that does it.
pub(super) fn steps(command: &Command) -> Vec<(Step, usize)> {
    let body: Vec<_> = command.words.iter().enumerate().skip(keywords(command)).collect();
    let assigned = body.iter().take_while(|(_, it)| assignment(it).is_some()).count();
    let (front, rest) = body.split_at(assigned);
    let Some(((_, first), rest)) = rest.split_first() else {
        return front.iter().filter_map(|(at, it)| Some((set(it, false)?, *at))).collect();
    };
    match first.literal() {
        Some("export") => declared(rest, true),
        Some("declare" | "typeset") => {
            declared(rest, rest.iter().any(|(_, it)| flags(it).is_some_and(|it| it.contains('x'))))
        }
        Some("readonly") => declared(rest, false),
        Some("unset") => {
            let names = rest.iter().filter_map(|(at, it)| Some((it.literal()?, it.line, *at)));
            let names = names.filter(|(name, ..)| is_name(name));
            names.map(|(name, line, at)| (Step::Mark { name: name.into(), kept: false, line }, at)).collect()
        }
        Some("." | "source") => rest.first().map(read).into_iter().collect(),
        Some("emulate") => emulated(rest),
        Some("for") => rest.iter().skip(2).filter(|(_, it)| is_path(&it.pieces)).map(read).collect(),
        _ => Vec::new(),
    }
}

fn read((at, word): &(usize, &Word)) -> (Step, usize) {
    (Step::Read { path: word.pieces.clone(), line: word.line }, *at)
}

/// `emulate sh -c '. /etc/profile'` of zsh: what it reads; what it sets is not a line of its own.
fn emulated(rest: &[(usize, &Word)]) -> Vec<(Step, usize)> {
    let script = rest.windows(2).find(|it| it[0].1.literal() == Some("-c")).map(|it| it[1]);
    let Some((at, word)) = script else { return Vec::new() };
    let inner = parse(word.literal().unwrap_or_default()).into_iter();
    let read = inner.filter_map(|it| if let Step::Read { path, .. } = it { Some(path) } else { None });
    read.map(|path| (Step::Read { path, line: word.line }, at)).collect()
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

fn declared(words: &[(usize, &Word)], exports: bool) -> Vec<(Step, usize)> {
    let undone = words.iter().any(|(_, it)| flags(it) == Some("n"));
    let step = |word: &Word| {
        let name = || word.literal().filter(|it| is_name(it) && exports);
        set(word, exports && !undone)
            .or_else(|| Some(Step::Mark { name: name()?.to_owned(), kept: !undone, line: word.line }))
    };
    words.iter().filter_map(|(at, it)| Some((step(it)?, *at))).collect()
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
