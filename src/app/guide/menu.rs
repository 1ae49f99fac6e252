//! What can be chosen in the guide: versions, where they come from, parts of the work. A letter or a number and Enter each;
//! Enter alone goes back to the plan.
//!
//! To offer something more: a line of [`page`], its letter in [`Pick`], and the option of `install` that says the same in
//! `choices`.

use super::Prompts;
use super::choices::{Choices, Part};
use crate::app::Session;
use crate::app::run::Seen;
use crate::app::survey::{VersionArgs, constraints};
use crate::checks::go_proxy::{self, AS_SET};
use crate::manifest::{Constraints, resolve};
use crate::probe::host;
use crate::report::{Label, Page, Words};
use crate::text::Text;
use crate::version::{GoVersion, Version};

/// How many releases a list offers; any other is typed.
const OFFERED: usize = 8;

/// What a line of the menu picks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    /// Back to the plan.
    Back,
    /// Leave everything as it is.
    Quit,
    /// Another Go.
    Go,
    /// Another Fyne.
    Fyne,
    /// Where modules and Go come from.
    Source,
    /// For all users.
    System,
    /// A part of the work.
    Part(Part),
}

impl Pick {
    fn read(line: &str) -> Option<Self> {
        let number = line.parse::<usize>().ok().and_then(|it| Part::ALL.get(it.checked_sub(1)?).copied());
        match line.to_lowercase().as_str() {
            "" | "b" => Some(Self::Back),
            "n" | "q" => Some(Self::Quit),
            "g" => Some(Self::Go),
            "f" => Some(Self::Fyne),
            "m" => Some(Self::Source),
            "a" => Some(Self::System),
            _ => number.map(Self::Part),
        }
    }
}

/// Lets somebody choose. `None` where nobody answers any more, or nothing is to be done at all.
pub(super) fn choose(
    session: &Session,
    prompts: &dyn Prompts,
    seen: &Seen,
    before: &Choices,
) -> Option<Choices> {
    let mut choices = before.clone();
    loop {
        prompts.show(&page(&choices, seen, session.words));
        match Pick::read(&prompts.ask(&text!("guide-choose-question"))?) {
            Some(Pick::Back) => return Some(choices),
            Some(Pick::Quit) => return None,
            Some(Pick::Part(part)) => choices.turn(part),
            Some(Pick::Go) => {
                let offered = gos(seen, &choices);
                let versions = &mut choices.wishes.versions;
                versions.go = version(prompts, session.words, &offered, versions.go)?;
            }
            Some(Pick::Fyne) => {
                let offered = fynes(seen, &choices);
                let versions = &mut choices.wishes.versions;
                versions.fyne = version(prompts, session.words, &offered, versions.fyne.take())?;
            }
            Some(Pick::Source) => source(prompts, session.words, &mut choices)?,
            Some(Pick::System) => {
                let mut page = Page::default();
                page.hanging(vec![], Label::Plain, &session.words.key("guide-system"));
                let sudo = host::sudo_if_any(session.look);
                page.command(2, &format!("{sudo}{} --system", choices.line()));
                prompts.show(&page);
            }
            None => prompts.show(&sentence(&session.words.key("guide-choose-letters"))),
        }
    }
}

/// What can be chosen, with what is chosen now.
fn page(choices: &Choices, seen: &Seen, words: &Words) -> Page {
    let target = &seen.want.target;
    let wishes = &choices.wishes;
    let go = wishes.versions.go.unwrap_or(target.go).to_string();
    let fyne = wishes.versions.fyne.as_ref().unwrap_or(&target.fyne).to_string();
    // What was measured holds until somebody chooses.
    let measured = seen.want.goproxy.as_ref().filter(|_| !wishes.as_set);
    let source = wishes
        .goproxy
        .as_ref()
        .or(measured)
        .map_or_else(|| words.key("guide-source-set"), ToString::to_string);
    let mut page = Page::default();
    page.gap();
    page.line(Label::Heading, words.key("guide-choose"));
    let mut line = |letter: &str, text: &Text| {
        let head = vec![(Label::Plain, "  ".to_owned()), (Label::Command, letter.to_owned())];
        page.hanging(head, Label::Plain, &format!("  {}", words.say(text)));
    };
    line("g", &text!("guide-choose-go", version = go));
    line("f", &text!("guide-choose-fyne", version = fyne));
    line("m", &text!("guide-choose-source", source = source));
    line("a", &text!("guide-choose-system"));
    for (at, part) in Part::ALL.into_iter().enumerate() {
        let tick = if choices.has(part) { "x" } else { " " };
        line(&(at + 1).to_string(), &text!("guide-ticked", tick = tick, what = Text::new(part.key())));
    }
    page
}

/// One of a list by its number, another one as it is written, or with Enter what was there. `None` where nobody answers.
#[expect(clippy::option_option, reason = "no answer, and the answer that no version is wished for")]
fn version<V: Clone + std::str::FromStr + ToString>(
    prompts: &dyn Prompts,
    words: &Words,
    offered: &[V],
    now: Option<V>,
) -> Option<Option<V>> {
    let mut page = Page::default();
    for (at, it) in offered.iter().enumerate() {
        page.spans([
            (Label::Command, format!("  {}", at + 1)),
            (Label::Plain, format!("  {}", it.to_string())),
        ]);
    }
    prompts.show(&page);
    loop {
        let line = prompts.ask(&text!("guide-version-question"))?;
        if line.is_empty() {
            return Some(now);
        }
        let numbered = line.parse::<usize>().ok().and_then(|it| offered.get(it.checked_sub(1)?).cloned());
        match numbered.or_else(|| line.parse().ok()) {
            Some(it) => return Some(Some(it)),
            None => prompts.show(&sentence(&words.say(&text!("guide-version-unread", word = line)))),
        }
    }
}

/// One sentence, which is broken where the terminal ends.
pub(super) fn sentence(text: &str) -> Page {
    let mut page = Page::default();
    page.hanging(vec![], Label::Plain, text);
    page
}

/// Where modules come from, and with them Go.
fn source(prompts: &dyn Prompts, words: &Words, choices: &mut Choices) -> Option<()> {
    loop {
        let line = prompts.ask(&text!("guide-source-question"))?;
        if line.is_empty() {
            return Some(());
        }
        if line == "0" || line == AS_SET {
            (choices.wishes.goproxy, choices.wishes.as_set) = (None, true);
            return Some(());
        }
        let entries = go_proxy::entries(&line);
        if !entries.is_empty() && entries.iter().all(|it| go_proxy::well_formed(it)) {
            (choices.wishes.goproxy, choices.wishes.as_set) = (Some(line.as_str().into()), false);
            return Some(());
        }
        prompts.show(&sentence(&words.key("usage-goproxy-hint")));
    }
}

/// Go releases that the manifest knows and takes here, the recommended one first.
fn gos(seen: &Seen, choices: &Choices) -> Vec<GoVersion> {
    let rules = &seen.known.manifest.go;
    let mut all: Vec<GoVersion> = Vec::new();
    for it in std::iter::once(rules.recommended).chain(rules.floor.iter().rev().copied()) {
        let asked = VersionArgs { go: Some(it), ..choices.wishes.versions.clone() };
        if !all.contains(&it) && fits(seen, &asked) {
            all.push(it);
        }
    }
    all.truncate(OFFERED);
    all
}

/// Fyne releases that go with the other wishes, the newest first.
fn fynes(seen: &Seen, choices: &Choices) -> Vec<Version> {
    let all = seen.known.manifest.fyne.iter().flat_map(|it| &it.versions).filter(|it| it.is_release());
    let fits = |it: &&Version| {
        let asked = VersionArgs { fyne: Some((*it).clone()), ..choices.wishes.versions.clone() };
        fits(seen, &asked)
    };
    all.filter(fits).take(OFFERED).cloned().collect()
}

/// Whether the manifest gives an answer to these versions.
fn fits(seen: &Seen, asked: &VersionArgs) -> bool {
    let all: Constraints = constraints(&seen.facts, asked);
    resolve(&seen.known.manifest, &all).is_ok()
}
