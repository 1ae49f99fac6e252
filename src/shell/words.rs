//! The words of a shell's command line, with quotes taken away and expansions kept as pieces. Not a grammar: a command
//! is what stands between separators, and keywords are words like others.
//!
//! Long because one reader walks through quotes, expansions and comments with one position: halves would share it all.

use std::ops::Range;

use super::{Piece, is_name, push_text};

/// A command: its words, and what parts it from its neighbours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// At least one.
    pub words: Vec<Word>,
    /// Separators and parentheses since the command before, line ends among them: `&&\n`.
    pub before: String,
    /// The same up to the next command.
    pub after: String,
    /// A here-document begins on its line.
    pub here_document: bool,
}

/// A word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its parts.
    pub pieces: Vec<Piece>,
    /// The line that it begins on, from 1.
    pub line: u32,
    /// Opened by `(` directly after `=`: the words of an array.
    pub array: Vec<Word>,
    /// The bytes of the text that it stands on, quotes and all.
    pub span: Range<usize>,
}

impl Word {
    /// The word, if it is literal.
    pub fn literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }
}

/// How the two families of shells differ for a reader.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// sh, bash, zsh.
    Sh,
    /// fish: `(…)` is a command substitution, there are no backquotes and no here-documents.
    Fish,
}

/// Splits a file into commands.
pub fn commands(text: &str, flavour: Flavour) -> Vec<Command> {
    let mut reader =
        Reader { text, at: 0, line: 1, flavour, heredocs: Vec::new(), depth: 0, document: false };
    let mut all: Vec<Command> = Vec::new();
    let (mut words, mut parted) = (Vec::new(), String::new());
    loop {
        let token = reader.token();
        let here_document = std::mem::take(&mut reader.document);
        match token {
            Some(Token::Word(word)) => words.push((word, here_document)),
            end => {
                if !words.is_empty() {
                    let here_document = here_document || words.iter().any(|(_, it)| *it);
                    let words = std::mem::take(&mut words).into_iter().map(|(it, _)| it).collect();
                    let before = std::mem::take(&mut parted);
                    all.push(Command { words, before, after: String::new(), here_document });
                }
                let Some(Token::End(end)) = end else { break };
                parted.push(end);
            }
        }
    }
    for command in all.iter_mut().rev() {
        command.after = std::mem::replace(&mut parted, command.before.clone());
    }
    all
}

enum Token {
    Word(Word),
    End(char),
}

struct Reader<'a> {
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    line: u32,
    flavour: Flavour,
    /// Here-documents that begin after this line: their ends.
    heredocs: Vec<String>,
    /// How deep we are in arrays: a guard against hostile nesting.
    depth: u8,
    /// A here-document was announced since this was last looked at.
    document: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        if next == '\n' {
            self.line += 1;
        }
        Some(next)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn token(&mut self) -> Option<Token> {
        loop {
            match self.peek()? {
                '\\' => match self.after_backslash() {
                    Some(true) => {}
                    Some(false) => return Some(Token::Word(self.word(Some('\\')))),
                    None => return None,
                },
                '#' => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                '\n' => {
                    self.next();
                    self.skip_heredocs();
                    return Some(Token::End('\n'));
                }
                '<' if self.flavour == Flavour::Sh => self.redirection(),
                ' ' | '\t' | '\r' | '<' | '>' => _ = self.next(),
                ';' | '&' | '|' | ')' => return self.next().map(Token::End),
                '(' if self.flavour == Flavour::Sh => return self.next().map(Token::End),
                _ => return Some(Token::Word(self.word(None))),
            }
        }
    }

    /// At a backslash between words: whether it was a continued line. The backslash is taken either way.
    fn after_backslash(&mut self) -> Option<bool> {
        self.next();
        match self.peek() {
            Some('\n') => {
                self.next();
                Some(true)
            }
            Some('\r') => {
                self.next();
                if self.peek() == Some('\n') {
                    self.next();
                }
                Some(true)
            }
            Some(_) => Some(false),
            None => None,
        }
    }

    /// `<<EOF` is remembered; any other `<` is dropped, its file becomes a word of no meaning to us.
    fn redirection(&mut self) {
        self.next();
        if self.peek() != Some('<') {
            return;
        }
        self.next();
        if self.peek() == Some('<') {
            self.next();
            return; // `<<<` gives a word
        }
        if self.peek() == Some('-') {
            self.next();
        }
        while self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.next();
        }
        let word = self.word(None);
        if let Some(end) = word.literal().filter(|it| !it.is_empty()) {
            self.heredocs.push(end.to_owned());
            self.document = true;
        }
    }

    fn skip_heredocs(&mut self) {
        for end in std::mem::take(&mut self.heredocs) {
            while self.peek().is_some() {
                let mut line = String::new();
                while let Some(c) = self.next().filter(|c| *c != '\n') {
                    line.push(c);
                }
                if line.trim_matches(['\t', '\r']) == end {
                    break;
                }
            }
        }
    }

    fn word(&mut self, pending: Option<char>) -> Word {
        let start = self.at - usize::from(pending.is_some());
        let mut word = Word { line: self.line, ..Word::default() };
        if pending.is_some() {
            if let Some(c) = self.next() {
                push_text(&mut word.pieces, c.encode_utf8(&mut [0; 4]));
            }
        } else if self.peek() == Some('~') {
            self.tilde(&mut word.pieces);
        }
        while let Some(c) = self.peek() {
            match c {
                '(' if self.flavour == Flavour::Fish => {
                    self.nested('(', ')');
                    word.pieces.push(Piece::Any);
                }
                '(' if ends_with(&word.pieces, '=') && self.depth < 4 => {
                    self.next();
                    word.array = self.array();
                    break;
                }
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | ')' | '<' | '>' | '(' => break,
                _ => self.piece(&mut word.pieces),
            }
        }
        word.span = start..self.at;
        word
    }

    fn array(&mut self) -> Vec<Word> {
        self.depth += 1;
        let mut words = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                ')' => {
                    self.next();
                    break;
                }
                '#' => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' => _ = self.next(),
                _ => words.push(self.word(None)),
            }
        }
        self.depth -= 1;
        words
    }

    fn piece(&mut self, into: &mut Vec<Piece>) {
        match self.next() {
            Some('\'') => self.single(into),
            Some('"') => self.double(into),
            Some('\\') => match self.next() {
                Some('\n') | None => {}
                Some(c) => push_text(into, c.encode_utf8(&mut [0; 4])),
            },
            Some('$') => self.dollar(into, false),
            Some('`') if self.flavour == Flavour::Sh => {
                self.until('`');
                into.push(Piece::Any);
            }
            Some(c) => {
                push_text(into, c.encode_utf8(&mut [0; 4]));
                if (c == ':' || c == '=') && self.peek() == Some('~') {
                    self.tilde(into);
                }
            }
            None => {}
        }
    }

    /// `~` is the home directory where a `/`, a `:` or the end of the word follows.
    fn tilde(&mut self, into: &mut Vec<Piece>) {
        self.next();
        if self.peek().is_none_or(|c| "/: \t\r\n;&|)".contains(c)) {
            into.push(Piece::Var("HOME".into()));
        } else {
            push_text(into, "~");
        }
    }

    fn single(&mut self, into: &mut Vec<Piece>) {
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '\'' => break,
                '\\' if self.flavour == Flavour::Fish && matches!(self.peek(), Some('\'' | '\\')) => {
                    text.extend(self.next());
                }
                _ => text.push(c),
            }
        }
        push_text(into, &text);
    }

    fn double(&mut self, into: &mut Vec<Piece>) {
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => match self.next() {
                    Some(c @ ('"' | '\\' | '$' | '`')) => push_text(into, c.encode_utf8(&mut [0; 4])),
                    Some('\n') | None => {}
                    Some(c) => push_text(into, &format!("\\{c}")),
                },
                '$' => self.dollar(into, true),
                '`' if self.flavour == Flavour::Sh => {
                    self.until('`');
                    into.push(Piece::Any);
                }
                _ => push_text(into, c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    fn dollar(&mut self, into: &mut Vec<Piece>, quoted: bool) {
        match self.peek() {
            Some('(') => {
                self.nested('(', ')');
                into.push(Piece::Any);
            }
            Some('{') => {
                let inside = self.nested('{', '}');
                expansion(&inside, into);
            }
            Some('\'') if !quoted && self.flavour == Flavour::Sh => {
                self.next();
                self.ansi(into);
            }
            Some(c) if c == '_' || c.is_ascii_alphabetic() => {
                let mut name = String::new();
                while let Some(c) = self.peek().filter(|c| *c == '_' || c.is_ascii_alphanumeric()) {
                    name.push(c);
                    self.next();
                }
                into.push(Piece::Var(name));
            }
            Some(c) if "@*#?$!-0123456789".contains(c) => {
                self.next();
                into.push(Piece::Any);
            }
            _ => push_text(into, "$"),
        }
    }

    fn ansi(&mut self, into: &mut Vec<Piece>) {
        while let Some(c) = self.next().filter(|c| *c != '\'') {
            let c = match c {
                '\\' => match self.next() {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some(c) => c,
                    None => return,
                },
                c => c,
            };
            push_text(into, c.encode_utf8(&mut [0; 4]));
        }
    }

    fn until(&mut self, end: char) {
        while let Some(c) = self.next().filter(|c| *c != end) {
            if c == '\\' {
                self.next();
            }
        }
    }

    /// Takes what stands between a pair, inner pairs included, and gives it back without the outer ones.
    fn nested(&mut self, open: char, close: char) -> String {
        let (mut depth, mut inside) = (0_u32, String::new());
        while let Some(c) = self.next() {
            if c == open {
                depth += 1;
                if depth == 1 {
                    continue;
                }
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            inside.push(c);
            if c == '\\' {
                inside.extend(self.next());
            }
        }
        inside
    }
}

/// `${A}` is its value; `${A:+:$A}` and `${A:+:${A}}` are a colon and its value; anything else only a shell knows.
fn expansion(inside: &str, into: &mut Vec<Piece>) {
    if is_name(inside) {
        into.push(Piece::Var(inside.to_owned()));
        return;
    }
    let with = inside.split_once(":+").or_else(|| inside.split_once('+'));
    if let Some((name, rest)) = with.filter(|(name, _)| is_name(name)) {
        let same = |it: &str| it == format!("${name}") || it == format!("${{{name}}}");
        if rest.strip_prefix(':').is_some_and(same) {
            push_text(into, ":");
            into.push(Piece::Var(name.to_owned()));
            return;
        }
        if rest.strip_suffix(':').is_some_and(same) {
            into.push(Piece::Var(name.to_owned()));
            push_text(into, ":");
            return;
        }
    }
    into.push(Piece::Any);
}

fn ends_with(pieces: &[Piece], c: char) -> bool {
    matches!(pieces, [Piece::Text(text)] if text.ends_with(c))
}
