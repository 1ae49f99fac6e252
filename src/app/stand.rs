//! A session on a machine in memory, for tests of commands.

use std::sync::Mutex;

use super::{Audience, Declined, Options, Session};
use crate::apply::events::{Events, Silence};
use crate::apply::stand::Stand;
use crate::failure::{Code, Failure};
use crate::log::Log;
use crate::log::file::LogFile;
use crate::recording::redact::Redactor;
use crate::report::{Lang, Page, Words};
use crate::system::Doors;
use crate::system::fake::Scripted;
use crate::system::interrupt::Interrupt;
use crate::text::Text;

/// Who is told and asked: keeps what is said.
#[derive(Default)]
pub struct Person {
    /// Says Yes to every plan.
    pub agrees: bool,
    /// Sits at a terminal.
    pub can_ask: bool,
    /// What was said.
    pub said: Mutex<Vec<Text>>,
}

impl Audience for Person {
    fn say(&self, text: &Text) {
        self.said.lock().expect("no test panics in it").push(text.clone());
    }
    fn warn(&self, _text: &Text) {}
    fn show(&self, _page: &Page) {}
    fn consent(&self, _would: &Page) -> Result<(), Declined> {
        let failure = Failure::new(Code::ConfirmDeclined, text!("usage-confirm-declined"));
        if self.agrees { Ok(()) } else { Err(Declined { failure, shown: true }) }
    }
    fn asks(&self) -> bool {
        self.can_ask
    }
    fn events(&self) -> Box<dyn Events + '_> {
        Box::new(Silence)
    }
}

/// Does something in a session in English whose log goes nowhere.
pub fn in_session<T>(
    stand: &Stand,
    options: Options,
    audience: &dyn Audience,
    work: impl FnOnce(&Session) -> T,
) -> T {
    in_language(Lang::En, stand, options, audience, work)
}

/// The same in another language.
pub fn in_language<T>(
    lang: Lang,
    stand: &Stand,
    options: Options,
    audience: &dyn Audience,
    work: impl FnOnce(&Session) -> T,
) -> T {
    let children = Scripted::on(&stand.living);
    let system = stand.system(&children);
    let interrupt = Interrupt::default();
    let doors = Doors { system, interrupt: &interrupt, stop: &|| () };
    let log = Log::new(Redactor::here(&stand.living), Box::new(|| 0), false, None);
    let argv = ["fyne-setup".to_owned()];
    let file = LogFile::new(&log, system, None, &argv);
    work(&Session::new(&doors, options, &Words::of(lang), audience, &file))
}
