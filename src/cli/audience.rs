//! How people follow a command on this terminal: notes on standard error, the plan and the one question before a machine is
//! changed. Where nobody can be asked, nothing is changed and the flag to add is said.

use std::io;

use dialoguer::Confirm;

use super::progress;
use super::ui::Ui;
use super::waiting::Waiting;
use crate::app::{Audience, Declined};
use crate::apply::events::Events;
use crate::failure::{Code, Failure};
use crate::report::{Label, Page, Words};
use crate::system::stopwatch::Stopwatch;
use crate::text::Text;

/// The terminal that we were started from, or what stands in its place.
pub struct Terminal<'a> {
    /// The only printing.
    pub ui: &'a Ui,
    /// The user's language.
    pub words: &'a Words,
    /// What is said where a look takes long.
    pub waiting: &'a Waiting,
}

impl Audience for Terminal<'_> {
    fn say(&self, text: &Text) {
        let mut page = Page::default();
        page.line(Label::Plain, self.words.say(text));
        self.note(&page);
    }

    fn warn(&self, text: &Text) {
        let mut page = Page::default();
        page.hanging(vec![], Label::Caution, &self.words.say(text));
        self.note(&page);
    }

    fn show(&self, page: &Page) {
        let mut apart = Page::of_text("\n");
        apart.append(page.clone());
        self.note(&apart);
    }

    fn consent(&self, would: &Page) -> Result<(), Declined> {
        let shown = self.asks();
        if shown {
            self.ui.complain(would);
        }
        self.ask().map_err(|failure| Declined { failure, shown })
    }

    fn asks(&self) -> bool {
        self.ui.can_ask && !self.ui.json
    }

    fn waits(&self, what: Option<&Text>) {
        match what {
            Some(what) if !self.ui.quiet && !self.ui.traces => {
                self.waiting.begins(LOOK, &self.words.say(what));
            }
            _ => drop(self.waiting.ends(LOOK)),
        }
    }

    fn events(&self) -> Box<dyn Events + '_> {
        progress::display(self.ui, self.words, self.waiting)
    }
}

/// The number of a look among the steps of a run, which begin with 1.
const LOOK: u32 = 0;

/// Who says what one waits for where nothing else is said: on a terminal a line that goes again, elsewhere one that stays.
pub fn waiting(ui: &Ui, watch: Stopwatch) -> Waiting {
    let clock = move || watch.ms();
    if ui.can_draw && !ui.json && !ui.traces {
        let line = progress::Line::new(ui);
        return Waiting::new(clock, move |what| line.shows(what));
    }
    let ui = ui.clone();
    Waiting::new(clock, move |what| {
        if let Some(what) = what {
            ui.note(&progress::row("…", Label::Faint, what));
        }
    })
}

impl Terminal<'_> {
    fn note(&self, page: &Page) {
        self.waiting.spoke();
        self.ui.note(page);
    }

    fn ask(&self) -> Result<(), Failure> {
        if !self.ui.can_ask {
            let needed = Failure::new(Code::ConfirmNeeded, text!("usage-confirm-needed"));
            return Err(needed.hint(text!("usage-confirm-needed-hint")));
        }
        let question = self.words.say(&text!("work-question"));
        match Confirm::new().with_prompt(question).default(true).interact_opt() {
            Ok(Some(true)) => Ok(()),
            Ok(Some(false) | None) => {
                Err(Failure::new(Code::ConfirmDeclined, text!("usage-confirm-declined")))
            }
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
                // It left its cursor hidden behind the question.
                let terminal = dialoguer::console::Term::stderr();
                let _ = terminal.show_cursor().and_then(|()| terminal.write_line(""));
                Err(Failure::new(Code::Interrupted, text!("work-interrupted-nothing")))
            }
            Err(dialoguer::Error::IO(error)) => {
                let message = text!("usage-confirm-failed", why = error.to_string());
                let failure = Failure::new(Code::ConfirmTerminal, message);
                Err(failure.hint(text!("usage-confirm-needed-hint")))
            }
        }
    }
}
