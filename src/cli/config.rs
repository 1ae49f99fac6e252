//! `config`: its arguments.

use clap::Subcommand;

use super::context::Context;
use super::options::yes_or_no;
use crate::app::config;
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
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
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

/// Runs it. `show` reads the whole command line, which these arguments are a part of.
pub fn run(
    args: &Args,
    context: &Context,
    show: fn(&Context) -> Result<Report, Failure>,
) -> Result<Report, Failure> {
    match args.what {
        What::Init(_) => config::init(context.session),
        What::Path(_) => config::path(context.session),
        What::Show(_) => show(context),
    }
}
