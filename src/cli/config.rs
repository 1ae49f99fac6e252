//! `config`: its arguments, and what holds by the command line.

use clap::builder::FalseyValueParser;
use clap::parser::ValueSource;
use clap::{ArgMatches, Subcommand};

use super::context::Context;
use super::{defaults, misread, usage};
use crate::app::config::{self, Origin, Setting};
use crate::config::{KEYS, Kind};
use crate::failure::Failure;
use crate::report::Report;

/// `config`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is done with it.
    #[command(subcommand)]
    pub what: What,
}

/// What is done with `config.toml`.
#[derive(Debug, Subcommand)]
pub enum What {
    /// A new one, in which nothing is set.
    Init(Whose),
    /// What holds, and whose word that is.
    Show(Whose),
    /// Where it is.
    Path(Whose),
}

/// Whose file it is about.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Whose {
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = FalseyValueParser::new())]
    pub system: bool,
}

impl What {
    /// Whether it is about the file for all users.
    pub const fn is_for_all(&self) -> bool {
        match self {
            Self::Init(it) | Self::Show(it) | Self::Path(it) => it.system,
        }
    }
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    match args.what {
        What::Init(_) => config::init(context.session),
        What::Path(_) => config::path(context.session),
        What::Show(_) => show(context),
    }
}

/// Every key as the command line reads it: those that hold everywhere as they were typed here, the others as `install` would
/// take them.
fn show(context: &Context) -> Result<Report, Failure> {
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
