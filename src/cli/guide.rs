//! `fyne-setup` alone: the guide, where somebody can answer it. What variables and the file of settings say counts as for
//! `install`.

use std::fmt;

use dialoguer::Input;
use dialoguer::console::{Key, Term};
use dialoguer::theme::Theme;

use super::args::{Cli, Command};
use super::picture;
use super::ui::Ui;
use crate::app::Session;
use crate::app::guide::{Prompts, guide};
use crate::app::install::Wishes;
use crate::failure::Failure;
use crate::report::text::{self, Detail};
use crate::report::{Label, Page, Report};
use crate::text::Text;
use crate::want::Allowed;

/// The person at this terminal.
struct Keyboard<'a> {
    session: &'a Session<'a>,
    ui: &'a Ui,
}

impl Prompts for Keyboard<'_> {
    fn show(&self, page: &Page) {
        self.ui.complain(page);
    }

    fn ask(&self, question: &Text) -> Option<String> {
        // The question stands on lines of its own: a narrow terminal breaks them, and what is drawn anew is only the answer.
        let mut page = Page::default();
        page.hanging(vec![], Label::Heading, &self.session.words.say(question));
        self.ui.complain(&page);
        // A terminal that cannot be read any more is one at which nobody sits.
        typed(&Term::stderr()).ok().flatten()
    }

    fn report(&self, report: &Report) {
        let detail =
            Detail { quiet: self.ui.quiet, verbose: self.ui.verbose, told: self.ui.one_screen, named: false };
        self.ui.complain(&text::page(report, self.session.words, detail));
    }

    fn picture(&self, png: &[u8]) {
        if self.ui.can_draw
            && let Some(drawn) = picture::drawn(self.session.look.env(), png)
        {
            self.ui.raw(&drawn);
        }
    }
}

/// What stands before an answer.
struct Sign;

impl Sign {
    const TEXT: &str = "> ";
}

impl Theme for Sign {
    fn format_input_prompt(
        &self,
        to: &mut dyn fmt::Write,
        _prompt: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        to.write_str(Self::TEXT)
    }

    fn format_input_prompt_selection(
        &self,
        to: &mut dyn fmt::Write,
        _prompt: &str,
        answer: &str,
    ) -> fmt::Result {
        write!(to, "{}{answer}", Self::TEXT)
    }
}

/// A line that is typed, without spaces around it. `None`: Ctrl-D in an empty line, which `Input` takes for no key at all.
fn typed(terminal: &Term) -> Result<Option<String>, dialoguer::Error> {
    terminal.write_str(Sign::TEXT)?;
    let first = loop {
        match terminal.read_key()? {
            Key::Enter => {
                terminal.write_line("")?;
                return Ok(Some(String::new()));
            }
            Key::Char('\u{4}') => {
                terminal.write_line("")?;
                return Ok(None);
            }
            Key::Char(it) if !it.is_control() => break it,
            _ => {}
        }
    };
    terminal.clear_line()?;
    let input = Input::<String>::with_theme(&Sign).with_initial_text(first).allow_empty(true);
    Ok(Some(input.interact_text_on(terminal)?.trim().to_owned()))
}

/// What the guide asks `install` for, and what that may do.
pub type ForInstall = (Wishes, std::collections::BTreeSet<Allowed>);

/// What `install` is asked for by that.
pub fn asked(install: &Cli) -> ForInstall {
    match &install.command {
        Some(command @ Command::Install(it)) => (it.args.wishes(), command.allowed()),
        _ => <_>::default(),
    }
}

/// Runs it.
pub fn run(session: &Session, ui: &Ui, wishes: Wishes) -> Result<Report, Failure> {
    guide(session, &Keyboard { session, ui }, wishes)
}
