//! Edits of shell files: which lines can be commented out whole, and which words are taken away where they cannot.
//! Knows words and separators, not the grammar: a form that would break the file is refused by who reads it again.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Edit, Fault, comment, is_of, starts};
use crate::gather::Gather as _;
use crate::shell::words::{Command, Flavour, Word, commands};
use crate::shell::{Dialect, Piece, Step, fish, sh};

/// The forms that an edit can have, the smallest first.
pub(super) fn edits(text: &str, dialect: Dialect, faults: &[Fault]) -> Vec<Vec<Edit>> {
    let flavour = if dialect == Dialect::Fish { Flavour::Fish } else { Flavour::Sh };
    let commands = commands(text, flavour);
    let starts = starts(text);
    let parts = commands.iter().map(|it| Part::of(it, text, &starts, flavour, faults)).collect();
    let file = File { text, starts, parts, flavour };
    [Form::Comment, Form::Nothing, Form::Words].map(|it| file.edits(it)).to_vec()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `# export A=1`.
    Comment,
    /// `: # export A=1`.
    Nothing,
    /// `:` for the whole command, wherever it stands.
    Words,
}

/// A command as far as an edit wants to know it.
struct Part<'a> {
    command: &'a Command,
    /// Words in front that are none of its own.
    skip: usize,
    /// Words at fault, by number.
    faults: Vec<usize>,
    /// Nothing is left of it without them.
    whole: bool,
    /// It decides something and changes nothing: a test, a keyword.
    harmless: bool,
    /// Its first and last line.
    lines: (u32, u32),
}

impl<'a> Part<'a> {
    fn of(command: &'a Command, text: &str, starts: &[usize], flavour: Flavour, faults: &[Fault]) -> Self {
        let at_fault = |step: &Step| faults.iter().any(|it| is_of(step, it));
        let is_fish = flavour == Flavour::Fish;
        let skip = if is_fish { fish::keywords(command) } else { sh::keywords(command) };
        let mut found: Vec<usize> = if is_fish {
            let mut steps = Vec::new();
            fish::steps(command, &mut steps);
            if steps.iter().any(at_fault) { vec![skip] } else { Vec::new() }
        } else {
            sh::steps(command).iter().filter(|(it, _)| at_fault(it)).map(|(_, at)| *at).collect()
        };
        found.dedup();
        let words = &command.words;
        let goes = |at: usize| {
            let literal = words[at].literal().unwrap_or_default();
            let declares = at == skip && ["export", "declare", "typeset", "readonly"].contains(&literal);
            is_fish
                || declares
                || found.contains(&at)
                || literal.starts_with('-')
                || redirects(words, at, text)
        };
        let whole = !found.is_empty() && (skip..words.len()).all(goes);
        let span = (words.first().map_or(0, |it| it.span.start), words.last().map_or(0, |it| it.span.end));
        let line = |at: usize| u32::try_from(starts.partition_point(|it| *it <= at)).unwrap_or(u32::MAX);
        let lines = (line(span.0), line(span.1.saturating_sub(1).max(span.0)));
        Self { command, skip, harmless: is_harmless(command, skip), faults: found, whole, lines }
    }

    fn body(&self) -> &'a [Word] {
        &self.command.words[self.skip..]
    }
}

/// Whether a word is the file of a redirection, or the number in front of one.
fn redirects(words: &[Word], at: usize, text: &str) -> bool {
    let gap = at.checked_sub(1).and_then(|it| text.get(words[it].span.end..words[at].span.start));
    let number = words[at].literal().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let after = text.get(words[at].span.end..).unwrap_or_default();
    gap.is_some_and(|it| it.contains(['<', '>'])) || (number && after.starts_with(['<', '>']))
}

fn is_harmless(command: &Command, skip: usize) -> bool {
    let known = command.words.iter().all(|it| !it.pieces.contains(&Piece::Any));
    let body = &command.words[skip..];
    match body.first().map(|it| it.literal().unwrap_or_default()) {
        None => true,
        Some("fi" | "done" | "end") => body.len() == 1,
        Some("[" | "[[" | "test" | ":" | "true") => known,
        Some(_) => false,
    }
}

struct File<'a> {
    text: &'a str,
    starts: Vec<usize>,
    parts: Vec<Part<'a>>,
    flavour: Flavour,
}

impl File<'_> {
    fn edits(&self, form: Form) -> Vec<Edit> {
        let at_fault: Vec<usize> =
            (0..self.parts.len()).filter(|it| !self.parts[*it].faults.is_empty()).collect();
        let mut whole: Vec<Range<usize>> = Vec::new();
        for at in at_fault.iter().filter(|_| form != Form::Words) {
            if !whole.iter().any(|it| it.contains(at)) {
                whole.extend(self.clean(*at));
            }
        }
        let gone = whole.iter().cloned().flatten().into_set();
        let mut edits: Vec<Edit> = Vec::new();
        for range in &whole {
            let nothing = form == Form::Nothing || self.leaves_a_block_empty(range, &gone);
            edits.extend(self.commented(range, nothing && self.flavour == Flavour::Sh));
        }
        for at in at_fault.into_iter().filter(|it| !gone.contains(it)) {
            edits.extend(self.words(&self.parts[at], form));
        }
        edits
    }

    /// The commands that go with this one when its lines do, if nothing else happens there.
    fn clean(&self, at: usize) -> Option<Range<usize>> {
        let (mut low, mut high) = (at, at + 1);
        loop {
            let first = self.parts[low..high].iter().map(|it| it.lines.0).min()?;
            let last = self.parts[low..high].iter().map(|it| it.lines.1).max()?;
            if low > 0 && self.parts[low - 1].lines.1 >= first {
                low -= 1;
            } else if self.parts.get(high).is_some_and(|it| it.lines.0 <= last) {
                high += 1;
            } else {
                break;
            }
        }
        let inside = &self.parts[low..high];
        let quiet = inside.iter().all(|it| (it.whole || it.harmless) && !it.command.here_document);
        (quiet && is_balanced(inside) && self.stands_alone(low, high)).then_some(low..high)
    }

    /// Whether what stands before and after these commands does not hang on them.
    fn stands_alone(&self, low: usize, high: usize) -> bool {
        let (before, after) = (&self.parts[low].command.before, &self.parts[high - 1].command.after);
        let opened = before.rsplit('\n').next().unwrap_or_default();
        let closed = after.split('\n').next().unwrap_or_default();
        let continues = before.trim_end_matches(['\n', '(']);
        let joins = |part: Option<&Part>| {
            let word = part.and_then(|it| it.command.words.first()?.literal());
            self.flavour == Flavour::Fish && matches!(word, Some("and" | "or"))
        };
        opened.chars().all(|it| it == '(')
            && closed.chars().all(|it| it == ')' || it == ';')
            && !closed.contains(";;")
            && closed.matches(')').count() == opened.len()
            && !continues.ends_with("&&")
            && !continues.ends_with('|')
            && !joins(self.parts.get(low))
            && !joins(self.parts.get(high))
    }

    fn leaves_a_block_empty(&self, range: &Range<usize>, gone: &BTreeSet<usize>) -> bool {
        if range.start.checked_sub(1).is_some_and(|it| gone.contains(&it)) {
            return false; // the one before keeps it
        }
        let word = |at: usize, last: bool| {
            let words = &self.parts.get(at)?.command.words;
            (if last { words.last() } else { words.first() })?.literal()
        };
        let opens = range.start.checked_sub(1).and_then(|it| word(it, true));
        let next = (range.end..self.parts.len()).find(|it| !gone.contains(it));
        let closes = next.and_then(|it| word(it, false));
        let bracket = self.parts[range.start].command.before.trim_end_matches('\n').ends_with('(');
        let bracket_closes = next.map_or_else(
            || self.parts.last().is_some_and(|it| it.command.after.contains(')')),
            |it| self.parts[it].command.before.contains(')'),
        );
        (matches!(opens, Some("then" | "do" | "else" | "{"))
            && matches!(closes, Some("fi" | "done" | "else" | "elif" | "}")))
            || (bracket && bracket_closes)
    }

    fn commented(&self, range: &Range<usize>, nothing: bool) -> Vec<Edit> {
        let inside = &self.parts[range.clone()];
        let first = inside.iter().map(|it| it.lines.0).min().unwrap_or(1);
        let last = inside.iter().map(|it| it.lines.1).max().unwrap_or(first);
        let mark = |line: u32| if nothing && line == first { ": # " } else { "# " };
        (first..=last).filter_map(|it| comment(self.text, &self.starts, it, mark(it))).collect()
    }

    /// Takes the words at fault away; of a command of which nothing is left stays one that does nothing.
    fn words(&self, part: &Part, form: Form) -> Vec<Edit> {
        let body = part.body();
        if part.whole {
            if let Some(edit) = self.dropped(part).filter(|_| form == Form::Comment) {
                return vec![edit];
            }
            if self.flavour == Flavour::Fish {
                let range = body[0].span.start..body[body.len() - 1].span.end;
                return vec![self.replaced(range, "true")];
            }
        }
        let mut edits = Vec::new();
        for (at, word) in (part.skip..).zip(body) {
            let is_flag = word.literal().is_some_and(|it| it.starts_with('-'));
            if part.whole && at == part.skip {
                edits.push(self.replaced(word.span.clone(), ":"));
            } else if part.faults.contains(&at) || (part.whole && is_flag) {
                edits.push(self.without(word, at == part.skip));
            }
        }
        edits
    }

    /// A word with the blanks in front of it, or, of the first one, behind it.
    fn without(&self, word: &Word, first: bool) -> Edit {
        let blanks = [' ', '\t'];
        let Range { start, end } = word.span;
        let range = if first {
            let rest = &self.text[end..];
            start..end + (rest.len() - rest.trim_start_matches(blanks).len())
        } else {
            self.text[..start].trim_end_matches(blanks).len()..end
        };
        self.replaced(range, "")
    }

    /// Lines that go are continued ones instead, so that every other line keeps its number.
    fn replaced(&self, range: Range<usize>, by: &str) -> Edit {
        let lines = self.text[range.clone()].matches('\n').count();
        Edit { range, by: format!("{by}{}", " \\\n".repeat(lines)) }
    }

    /// A command that goes with its semicolon.
    fn dropped(&self, part: &Part) -> Option<Edit> {
        let body = part.body();
        let (start, end) = (body.first()?.span.start, body.last()?.span.end);
        let continues = part.command.before.trim_end_matches(['\n', '(']);
        let hangs = continues.ends_with("&&") || continues.ends_with('|') || part.command.here_document;
        let text = self.text.get(start..end)?;
        if part.skip > 0 || hangs || text.contains(['\n', '<', '>']) {
            return None;
        }
        let blanks = [' ', '\t'];
        let before = self.text[..start].trim_end_matches(blanks);
        let after = self.text[end..].trim_start_matches(blanks);
        let one = |it: &str, two: &str, end: bool| {
            let has = |what: &str| if end { it.ends_with(what) } else { it.starts_with(what) };
            has(";") && !has(two)
        };
        let begins = before.is_empty() || before.ends_with('\n');
        let ends = |it: &str| it.is_empty() || it.starts_with(['\n', '\r', '#']);
        let parted = one(before, ";;", true);
        if (begins || parted) && one(after, ";;", false) {
            let rest = after[1..].trim_start_matches(blanks);
            if !ends(rest) && !rest.starts_with(['&', '|']) {
                return Some(Edit { range: start..self.text.len() - rest.len(), by: String::new() });
            }
        }
        (parted && ends(after)).then(|| Edit { range: before.len() - 1..end, by: String::new() })
    }
}

/// Whether every `if`, `{` and loop that begins in these commands ends in them, and none ends that began before.
fn is_balanced(parts: &[Part]) -> bool {
    let mut depth = 0_u32;
    for part in parts {
        let words = &part.command.words;
        let mut last = "";
        for word in words.iter().take(part.skip + 1).filter_map(Word::literal) {
            match word {
                "if" | "begin" if last == "else" => {}
                "if" | "while" | "until" | "{" | "begin" => depth += 1,
                "fi" | "done" | "}" | "end" => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return false,
                },
                "then" | "else" | "elif" | "do" if depth == 0 => return false,
                _ => {}
            }
            last = word;
        }
    }
    depth == 0
}
