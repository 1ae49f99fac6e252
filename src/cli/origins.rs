//! `config show`: what holds by the command line, and whose word that is.

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::context::Context;
use super::{defaults, misread, usage};
use crate::app::config::{self, Origin, Setting};
use crate::config::{KEYS, Kind};
use crate::failure::Failure;
use crate::report::Report;

/// Every key as the command line reads it: those that hold everywhere as they were typed here, the others as `install` would
/// take them.
pub fn show(context: &Context) -> Result<Report, Failure> {
    let (session, words) = (context.session, context.session.words);
    let found = config::find(session.look)?;
    let install = ["fyne-setup".to_owned(), "install".to_owned()];
    let read = |argv: &[String]| {
        let line = defaults::with(usage::command(words, usage::UNBROKEN), &found.config, |_| true);
        let matches = line.try_get_matches_from(argv);
        matches.map_err(|it| misread::failure(&it, argv, words))
    };
    let (here, there) = (read(&session.options.argv)?, read(&install)?);
    let places = session.places()?;
    let setting = |key: &'static crate::config::Key| {
        let id = key.id();
        let global = deepest(&here).ids().any(|it| it.as_str() == id);
        let matches = deepest(if global { &here } else { &there });
        let source = matches.value_source(&id);
        let raw = matches.get_raw(&id).into_iter().flatten();
        // A variable says yes and no in many ways.
        let values = match key.kind {
            Kind::Flag => vec![matches.get_flag(&id).to_string()],
            _ => raw.map(|it| it.to_string_lossy().into_owned()).collect(),
        };
        let line = found.config.get(key.name).filter(|_| config::holds(key, false, places)).map(|it| it.line);
        let origin = match (source, line) {
            (Some(ValueSource::CommandLine), _) => Origin::Flag,
            (Some(ValueSource::EnvVariable), _) => Origin::Variable,
            (_, Some(line)) => Origin::File(line),
            _ => Origin::Default,
        };
        Setting { key, values, origin }
    };
    config::show(session, &found, KEYS.iter().map(setting).collect())
}

/// What was read of the command that the words lead to.
fn deepest(mut matches: &ArgMatches) -> &ArgMatches {
    while let Some((_, below)) = matches.subcommand() {
        matches = below;
    }
    matches
}
