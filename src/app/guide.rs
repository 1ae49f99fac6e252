//! `fyne-setup` alone on a terminal: what was found, the plan, one question that can also be answered with "explain" and
//! "choose", the work, and then a first program. It takes the road of `install` and has no way of its own to change a
//! machine; each of its questions has an option of `install` or `new` that answers it.
//!
//! Every question is answered with a line: nothing but this line is drawn anew, so that a terminal of any width, a screen
//! reader and a slow connection are all the same to it.

use std::path::PathBuf;

use super::install::{self, Wishes};
use super::new::{self, NewProgram};
use super::run::{self, Seen};
use super::{Audience, Declined, Session, resume, rightful};
use crate::action::{Plan, Scope};
use crate::apply::events::Events;
use crate::apply::heal::Course;
use crate::failure::{Code, Exit, Failure};
use crate::report::plan::explained;
use crate::report::text::outcome;
use crate::report::{Label, Page, Report};
use crate::text::Text;

mod choices;
mod menu;

use choices::Choices;

/// Who answers the guide.
pub trait Prompts {
    /// Shows something to read before a question.
    fn show(&self, page: &Page);
    /// Asks, and gives the line that was typed, without spaces around it. `None` where nobody answers any more.
    fn ask(&self, question: &Text) -> Option<String>;
    /// Shows what came of the work.
    fn report(&self, report: &Report);
    /// Shows the picture of the window that was seen, where the terminal can.
    fn picture(&self, png: &[u8]);
}

/// How many findings are told before the plan.
const TOLD: usize = 5;

/// What the plan's question was answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Explain,
    Choose,
}

impl Answer {
    /// A letter or a word, in any language that the guide speaks. Enter alone is yes.
    fn read(line: &str) -> Option<Self> {
        match line.to_lowercase().as_str() {
            "" | "y" | "yes" | "是" => Some(Self::Yes),
            "n" | "no" | "q" | "否" => Some(Self::No),
            "e" | "explain" | "解释" => Some(Self::Explain),
            "c" | "choose" | "选择" => Some(Self::Choose),
            _ => None,
        }
    }
}

/// What the plan's question came to.
enum Asked {
    /// Carry it out.
    Yes,
    /// Leave everything as it is.
    No,
    /// Look and plan again for other choices.
    Again(Choices),
}

/// Guides somebody from here to a first program. `wishes`: what variables already say.
pub fn guide(session: &Session, prompts: &dyn Prompts, wishes: Wishes) -> Result<Report, Failure> {
    if session.options.yes || session.options.dry_run {
        return install::install(session, wishes, false, false);
    }
    rightful(session, false, "install")?;
    if let Some(report) = resume::first(session, "install", false)? {
        return Ok(report);
    }
    let mut choices = Choices::new(wishes, session.options.no_sudo);
    // Who was asked once which source is the fastest is not asked again for another choice.
    let mut measured = None;
    loop {
        let with = |audience| {
            let options = choices.options(&session.options);
            Session::new(session.doors, options, session.words, audience, session.log)
        };
        let here = with(session.audience);
        let mut seen = match install::see(&here, choices.wishes.clone()) {
            Err(failure) if choices.changed() => {
                // Versions that do not go together are chosen again.
                prompts.show(&crate::report::text::failure(&failure, session.words));
                choices = choices.before();
                continue;
            }
            other => other?,
        };
        seen.source.remember(&mut measured);
        let plan = install::plan(&here, &mut seen);
        seen.source.remember(&mut measured);
        if !plan.is_empty() {
            prompts.show(&shown(&here, &seen, &plan, &choices));
            match asked(&here, prompts, &seen, &plan, &choices) {
                Asked::Yes => {}
                Asked::No => {
                    return Err(Failure::new(Code::ConfirmDeclined, text!("usage-confirm-declined")));
                }
                Asked::Again(other) => {
                    choices = other;
                    continue;
                }
            }
        }
        let agreed = Agreed { audience: session.audience, to: run::whole(&here, &plan, &seen, &course()) };
        return finish(&with(&agreed), prompts, seen, plan, &choices);
    }
}

fn course() -> Course {
    Course::Heal { scope: Scope::Install, only: vec![] }
}

/// The work, what came of it, and a first program.
fn finish(
    session: &Session,
    prompts: &dyn Prompts,
    seen: Seen,
    plan: Plan,
    choices: &Choices,
) -> Result<Report, Failure> {
    let nothing = plan.is_empty();
    let container = choices.wishes.container && !choices.wishes.layer;
    let report = install::carry_on(session, seen, plan, container, false)?;
    if report.exit != Exit::Done {
        return Ok(report);
    }
    session.doors.interrupt.rests();
    session.doors.interrupt.says_later(format!("\n{}\n", session.words.key("guide-left")));
    prompts.report(&report);
    if !nothing && let Some(png) = run::picture(session) {
        prompts.picture(&png);
    }
    // What the journal says is read anew.
    let Session { doors, options, words, audience, log, .. } = session;
    first_program(&Session::new(doors, options.clone(), words, *audience, log), prompts, choices)
}

/// Offers a first program, makes it with consent, and ends with what to type.
fn first_program(session: &Session, prompts: &dyn Prompts, choices: &Choices) -> Result<Report, Failure> {
    let mut ends = Report::new("guide");
    let Some(mut dir) = free_dir(session) else { return Ok(ends) };
    let mut page = Page::default();
    page.gap();
    page.hanging(vec![], Label::Plain, &session.words.key("guide-first-program"));
    prompts.show(&page);
    let mut refused = false;
    let writes = loop {
        let question = if refused {
            text!("guide-first-program-again")
        } else {
            text!("guide-first-program-question", dir = &dir)
        };
        let Some(line) = prompts.ask(&question) else { break false };
        let yes = match line.to_lowercase().as_str() {
            // Of what was refused nobody says Yes by Enter alone.
            "" if refused => break false,
            "" | "y" | "yes" | "是" => true,
            "n" | "no" | "q" | "否" => break false,
            _ => {
                dir = new::directory(session, &PathBuf::from(line));
                false
            }
        };
        // What is taken is told before it is asked about: the way here was long, and does not end with a wrong name.
        match new::free(session, &dir) {
            Err(failure) => prompts.show(&crate::report::text::failure(&failure, session.words)),
            Ok(()) if yes => break true,
            Ok(()) => {
                refused = false;
                continue;
            }
        }
        refused = true;
    };
    if !writes {
        ends.page.hanging(vec![], Label::Plain, &session.words.key("guide-later"));
        ends.page.command(2, "fyne-setup new hello");
        ends.page.command(2, "fyne-setup undo");
        return Ok(ends);
    }
    let it = NewProgram { dir, fyne: choices.wishes.versions.fyne.clone(), for_root: false };
    new::new(session, &it, true)
}

/// A directory for a first program that nobody has yet: in the home.
fn free_dir(session: &Session) -> Option<PathBuf> {
    let home = crate::probe::home::home_dir(session.look).ok()?;
    let names = std::iter::once("hello-fyne".to_owned()).chain((2..10).map(|it| format!("hello-fyne-{it}")));
    names.map(|it| home.join(it)).find(|it| session.look.stat(it).is_absent())
}

/// What was found, and the plan.
fn shown(session: &Session, seen: &Seen, plan: &Plan, choices: &Choices) -> Page {
    let words = session.words;
    let mut page = run::title(session, plan, seen);
    let bad: Vec<_> = seen.findings.iter().filter(|it| it.verdict.is_bad()).collect();
    for it in bad.iter().take(TOLD) {
        outcome::line(&mut page, &it.id, &it.verdict.summary, words);
    }
    if bad.len() > TOLD {
        let more = text!("guide-more-found", count = bad.len() - TOLD);
        page.hanging(vec![(Label::Plain, "    ".to_owned())], Label::Faint, &words.say(&more));
    }
    let accepted: Vec<_> = seen.findings.iter().filter(|it| it.verdict.accepted().is_some()).collect();
    for it in &accepted {
        outcome::left_alone(&mut page, it, words);
    }
    if bad.is_empty() && accepted.is_empty() {
        page.line(Label::Plain, words.key("guide-nothing-found"));
    }
    page.gap();
    page.append(run::steps(session, plan, seen));
    if choices.changed() {
        page.gap();
        page.hanging(vec![], Label::Faint, &words.key("guide-same"));
        page.command(2, &choices.line());
    }
    page.gap();
    page
}

/// Asks until there is an answer that leads on.
fn asked(session: &Session, prompts: &dyn Prompts, seen: &Seen, plan: &Plan, choices: &Choices) -> Asked {
    session.says_nothing_changed();
    loop {
        // Nobody there is no consent.
        let Some(line) = prompts.ask(&text!("guide-question")) else { return Asked::No };
        match Answer::read(&line) {
            Some(Answer::Yes) => return Asked::Yes,
            Some(Answer::No) => return Asked::No,
            Some(Answer::Explain) => {
                prompts.show(&explained(plan, &seen.findings, session.words));
            }
            Some(Answer::Choose) => match menu::choose(session, prompts, seen, choices) {
                None => return Asked::No,
                Some(other) if other == *choices => prompts.show(&run::steps(session, plan, seen)),
                Some(other) => return Asked::Again(other),
            },
            None => prompts.show(&menu::sentence(&session.words.key("guide-letters"))),
        }
    }
}

/// Whoever said yes to a plan is not asked about the same once more. Everything else is asked and told as always.
struct Agreed<'a> {
    audience: &'a dyn Audience,
    to: Page,
}

impl Audience for Agreed<'_> {
    fn say(&self, text: &Text) {
        self.audience.say(text);
    }

    fn warn(&self, text: &Text) {
        self.audience.warn(text);
    }

    fn show(&self, page: &Page) {
        self.audience.show(page);
    }

    fn consent(&self, would: &Page) -> Result<(), Declined> {
        if *would == self.to { Ok(()) } else { self.audience.consent(would) }
    }

    fn asks(&self) -> bool {
        self.audience.asks()
    }

    fn waits(&self, what: Option<&Text>) {
        self.audience.waits(what);
    }

    fn events(&self) -> Box<dyn Events + '_> {
        self.audience.events()
    }
}

#[cfg(test)]
mod tests;
