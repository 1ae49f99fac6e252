//! fish: `set`, `fish_add_path`, `source`.

use super::words::{Command, Flavour, Word, commands};
use super::{Piece, Step, is_name, push_text};

pub(super) fn parse(text: &str) -> Vec<Step> {
    let mut all = Vec::new();
    for command in commands(text, Flavour::Fish) {
        steps(&command, &mut all);
    }
    all
}

/// How many words of a command stand before it and are none of its own.
pub(super) fn keywords(command: &Command) -> usize {
    const WORDS: [&str; 6] = ["and", "or", "not", "begin", "if", "else"];
    command.words.iter().take_while(|it| it.literal().is_some_and(|it| WORDS.contains(&it))).count()
}

/// What one command does.
pub(super) fn steps(command: &Command, steps: &mut Vec<Step>) {
    let Some((first, rest)) = command.words[keywords(command)..].split_first() else { return };
    match first.literal() {
        Some("set") => set(rest, steps),
        Some("fish_add_path") => {
            let (flags, dirs) = split(rest);
            let appends = flags.iter().any(|it| *it == "--append" || is_short(it, 'a'));
            let itself = Piece::Var("PATH".into());
            let mut value = joined(dirs);
            if appends {
                let mut whole = vec![itself, Piece::Text(":".into())];
                whole.append(&mut value);
                value = whole;
            } else {
                push_text(&mut value, ":");
                value.push(itself);
            }
            if !dirs.is_empty() {
                steps.push(Step::Set { name: "PATH".into(), value, exported: true, line: first.line });
            }
        }
        Some("." | "source") => {
            steps.extend(rest.first().map(|it| Step::Read { path: it.pieces.clone(), line: it.line }));
        }
        _ => {}
    }
}

fn set(words: &[Word], steps: &mut Vec<Step>) {
    let (flags, rest) = split(words);
    let has = |long: &str, short| flags.iter().any(|it| *it == long || is_short(it, short));
    let Some((name, values)) = rest.split_first() else { return };
    let (line, Some(name)) = (name.line, name.literal().filter(|it| is_name(it))) else { return };
    if has("--erase", 'e') {
        steps.push(Step::Mark { name: name.into(), kept: false, line });
    } else if !has("--query", 'q') {
        let exported = has("--export", 'x') || name == "PATH";
        let mut value = joined(values);
        if has("--append", 'a') {
            let mut whole = vec![Piece::Var(name.to_owned()), Piece::Text(":".into())];
            whole.append(&mut value);
            value = whole;
        } else if has("--prepend", 'p') {
            push_text(&mut value, ":");
            value.push(Piece::Var(name.to_owned()));
        }
        steps.push(Step::Set { name: name.into(), value, exported, line });
    }
}

fn is_short(flag: &str, letter: char) -> bool {
    flag.starts_with('-') && !flag.starts_with("--") && flag.contains(letter)
}

/// Flags in front, and what follows them.
fn split(words: &[Word]) -> (Vec<&str>, &[Word]) {
    let flags: Vec<_> =
        words.iter().map_while(|it| it.literal().filter(|it| it.starts_with('-') && it.len() > 1)).collect();
    let rest = &words[flags.len()..];
    (flags, rest)
}

fn joined(words: &[Word]) -> Vec<Piece> {
    let mut all = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            push_text(&mut all, ":");
        }
        for piece in &word.pieces {
            match piece {
                Piece::Text(text) => push_text(&mut all, text),
                other => all.push(other.clone()),
            }
        }
    }
    all
}
