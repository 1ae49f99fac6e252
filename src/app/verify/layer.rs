//! A layer and what came of it; a file with all of its layers; how both are shown.

use serde_json::{Value, json};

use crate::digest::Digest;
use crate::report::page::{pad, width};
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// Which layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sha256,
    Minisign,
    OpenPgp,
    Journal,
    GoModules,
    GoTree,
    Apple,
    Authenticode,
}

/// What came of it, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Somebody whom we can name vouches for these bytes.
    Proven,
    /// What it says of itself is as it was published, and that is its own word.
    AsPublished,
    /// It is as our own journal has it, which its user can write.
    AsRecorded,
    /// There is nothing to judge.
    Absent,
    /// There is something, and nobody can judge it here.
    NotJudged,
    /// It is not what it should be.
    Bad,
}

/// A layer that was judged.
#[derive(Clone, Debug)]
pub struct Layer {
    pub kind: Kind,
    pub state: State,
    /// By whom it is proven, or why not.
    pub text: Text,
    /// Who vouches: a key, the checksum database.
    pub by: Option<String>,
    /// It was asked for by name and does not know the file: whatever else vouches, the answer is not yes.
    pub denies: bool,
    /// More lines.
    pub notes: Vec<Text>,
    /// What only this layer has.
    pub more: Option<(&'static str, Value)>,
}

/// A file, or a tree, with its layers.
#[derive(Debug)]
pub struct Judged {
    pub name: String,
    pub sha256: Option<Digest>,
    pub layers: Vec<Layer>,
}

impl Kind {
    /// Its word in documents.
    const fn word(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Minisign => "minisign",
            Self::OpenPgp => "openpgp",
            Self::Journal => "journal",
            Self::GoModules => "go-modules",
            Self::GoTree => "go-tree",
            Self::Apple => "apple",
            Self::Authenticode => "authenticode",
        }
    }

    fn title(self, words: &Words) -> String {
        words.key(match self {
            Self::Sha256 => "verify-layer-sha256",
            Self::Minisign => "verify-layer-minisign",
            Self::OpenPgp => "verify-layer-openpgp",
            Self::Journal => "verify-layer-journal",
            Self::GoModules => "verify-layer-go-modules",
            Self::GoTree => "verify-layer-go-tree",
            Self::Apple => "verify-layer-apple",
            Self::Authenticode => "verify-layer-authenticode",
        })
    }
}

impl State {
    /// Its word in documents.
    const fn word(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::AsPublished => "as-published",
            Self::AsRecorded => "as-recorded",
            Self::Absent => "absent",
            Self::NotJudged => "not-judged",
            Self::Bad => "bad",
        }
    }

    fn shown(self, words: &Words) -> String {
        words.key(match self {
            Self::Proven => "verify-proven",
            Self::AsPublished => "verify-as-published",
            Self::AsRecorded => "verify-as-recorded",
            Self::Absent => "verify-absent",
            Self::NotJudged => "verify-not-judged",
            Self::Bad => "verify-bad",
        })
    }

    const fn mark(self) -> (&'static str, Label) {
        match self {
            Self::Proven => ("✓", Label::Good),
            Self::AsPublished | Self::AsRecorded => ("·", Label::Plain),
            Self::Absent => ("-", Label::Faint),
            Self::NotJudged => ("?", Label::Caution),
            Self::Bad => ("✗", Label::Bad),
        }
    }
}

impl Layer {
    pub fn new(kind: Kind, state: State, text: Text) -> Self {
        Self { kind, state, text, by: None, denies: false, notes: Vec::new(), more: None }
    }

    pub fn proven(kind: Kind, by: String, text: Text) -> Self {
        Self { by: Some(by), ..Self::new(kind, State::Proven, text) }
    }

    fn json(&self, words: &Words) -> Value {
        let mut it = json!({
            "layer": self.kind.word(), "state": self.state.word(), "by": self.by, "text": words.say(&self.text),
        });
        if let Some((name, value)) = &self.more {
            it[*name] = value.clone();
        }
        it
    }
}

impl Judged {
    /// Whether somebody vouches for it, and what was asked by name does not know it.
    pub fn denied(&self) -> bool {
        let any = |is: fn(&Layer) -> bool| self.layers.iter().any(is);
        any(|it| it.denies) && any(|it| it.state == State::Proven)
    }

    /// Bad where one layer is; proven where one proves it, none is bad, and what was asked by name knows it.
    pub fn state(&self) -> State {
        let any = |state| self.layers.iter().any(|it| it.state == state);
        match (any(State::Bad), any(State::Proven) && !self.denied()) {
            (true, _) => State::Bad,
            (false, true) => State::Proven,
            (false, false) => State::NotJudged,
        }
    }

    pub fn page(&self, words: &Words) -> Page {
        let mut page = Page::default();
        page.line(Label::Heading, self.name.clone());
        if let Some(digest) = &self.sha256 {
            page.line(Label::Faint, format!("  sha256 {digest}"));
        }
        let titles: Vec<String> = self.layers.iter().map(|it| it.kind.title(words)).collect();
        let column = titles.iter().map(|it| width(it)).max().unwrap_or_default() + 2;
        for (layer, title) in self.layers.iter().zip(&titles) {
            let (mark, label) = layer.state.mark();
            let plain = |it: String| (Label::Plain, it);
            let head = vec![
                plain("  ".to_owned()),
                (label, mark.to_owned()),
                plain(format!(" {}", pad(title, column))),
            ];
            let text = text!("verify-line", state = layer.state.shown(words), text = layer.text.clone());
            let faint = layer.state == State::Absent;
            page.hanging(head, if faint { Label::Faint } else { Label::Plain }, &words.say(&text));
            for note in &layer.notes {
                let indent = vec![plain(" ".repeat(column + 4))];
                page.hanging(indent, Label::Plain, &words.say(note));
            }
        }
        page
    }

    pub fn json(&self, words: &Words) -> Value {
        let state = match self.state() {
            State::NotJudged => "not-proven",
            other => other.word(),
        };
        let layers: Vec<Value> = self.layers.iter().map(|it| it.json(words)).collect();
        json!({ "file": self.name, "sha256": self.sha256, "state": state, "layers": layers })
    }
}
