//! A session on a machine in memory, for tests of commands.

use super::{Audience, Options, Session};
use crate::apply::stand::Stand;
use crate::log::Log;
use crate::log::file::LogFile;
use crate::recording::redact::Redactor;
use crate::report::{Lang, Words};
use crate::system::Doors;
use crate::system::fake::Scripted;
use crate::system::interrupt::Interrupt;

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
