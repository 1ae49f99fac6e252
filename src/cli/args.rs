//! What can be typed. Only shapes and value readers: no command is run here. A command gets a variant in `Command`, a
//! file beside this one, and its help in `locales/*/usage.ftl`: `help-<command>` with one attribute an argument.
//! The doc comments below are for readers of the code; people read the catalogue.

use std::path::PathBuf;

use clap::builder::{FalseyValueParser, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use super::{check, explain, manifest, schema};
use crate::report::Lang;
use crate::want::Goal;

pub mod work;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "fyne-setup",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options that hold everywhere.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it, the guide.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Prints the version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// One variant a command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Carries out a plan that was printed.
    Apply(work::Apply),
    /// Looks and reports.
    #[command(alias = "doctor")]
    Check(check::Args),
    /// The settings for a shell.
    Env(work::Env),
    /// What a check is about.
    Explain(explain::Args),
    /// What we changed and when.
    History(work::History),
    /// From anything to a proven environment.
    Install(work::Install),
    /// Which versions go together.
    Manifest(manifest::Args),
    /// What would be done.
    Plan(work::Plan),
    /// A real window.
    Prove(work::Prove),
    /// The least change that mends.
    Repair(work::Repair),
    /// A command with the faster first build.
    Run(work::Run),
    /// The JSON schema.
    Schema(schema::Args),
    /// One run is taken back.
    Undo(work::Undo),
    /// Everything is taken back.
    Uninstall(work::Uninstall),
}

impl Command {
    /// Its name, as documents carry it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Apply(_) => "apply",
            Self::Check(_) => "check",
            Self::Env(_) => "env",
            Self::Explain(_) => "explain",
            Self::History(_) => "history",
            Self::Install(_) => "install",
            Self::Manifest(_) => "manifest",
            Self::Plan(_) => "plan",
            Self::Prove(_) => "prove",
            Self::Repair(_) => "repair",
            Self::Run(_) => "run",
            Self::Schema(_) => "schema",
            Self::Undo(_) => "undo",
            Self::Uninstall(_) => "uninstall",
        }
    }
}

/// Options that hold everywhere. Each has an environment variable; the flag beats it.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// One JSON document instead of text.
    #[arg(long, global = true, env = "FYNE_SETUP_JSON", value_parser = FalseyValueParser::new())]
    pub json: bool,
    /// Only what is bad.
    #[arg(short, long, global = true, env = "FYNE_SETUP_QUIET", value_parser = FalseyValueParser::new())]
    pub quiet: bool,
    /// More of everything.
    #[arg(short, long, global = true, env = "FYNE_SETUP_VERBOSE", value_parser = FalseyValueParser::new())]
    pub verbose: bool,
    /// Colours.
    #[arg(
        long,
        global = true,
        env = "FYNE_SETUP_COLOR",
        value_name = "WHEN",
        default_value = "auto",
        ignore_case = true
    )]
    pub color: Color,
    /// The language, instead of the locale's.
    #[arg(long, global = true, env = "FYNE_SETUP_LANG", value_name = "LANG", value_parser = lang())]
    pub lang: Option<Lang>,
    /// The project, instead of the nearest `go.mod` upwards.
    #[arg(long, global = true, env = "FYNE_SETUP_PROJECT", value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// No network.
    #[arg(long, global = true, env = "FYNE_SETUP_OFFLINE", value_parser = FalseyValueParser::new())]
    pub offline: bool,
    /// No question.
    #[arg(short, long, global = true, env = "FYNE_SETUP_YES", value_parser = FalseyValueParser::new())]
    pub yes: bool,
    /// Only the plan.
    #[arg(long, global = true, env = "FYNE_SETUP_DRY_RUN", value_parser = FalseyValueParser::new())]
    pub dry_run: bool,
    /// Never elevate.
    #[arg(long, global = true, env = "FYNE_SETUP_NO_SUDO", value_parser = FalseyValueParser::new())]
    pub no_sudo: bool,
    /// Another manifest, for the choice of versions.
    #[arg(long, global = true, env = "FYNE_SETUP_MANIFEST", value_name = "FILE")]
    pub manifest: Option<String>,
    /// Seconds for one network request.
    #[arg(long, global = true, env = "FYNE_SETUP_TIMEOUT", value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
    /// Prints the help.
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    clap::builder::StringValueParser::new().try_map(|it| Lang::parse(&it).ok_or("en, zh-CN"))
}

/// Reads `--goal`.
pub fn goal() -> impl TypedValueParser<Value = Goal> {
    PossibleValuesParser::new(["build", "desktop"])
        .map(|it| if it == "build" { Goal::Build } else { Goal::Desktop })
}
