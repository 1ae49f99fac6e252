//! `diagnose`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use super::options::yes_or_no;
use crate::app::diagnose::{Apply, Log, diagnose};
use crate::failure::Failure;
use crate::report::Report;

/// `diagnose [FILE|-]`: what a log shows.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The log; `-` and nothing are standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Has `repair` fix what this machine has of it.
    #[arg(long)]
    pub apply: bool,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let input = || Log::Input(Box::new(std::io::stdin()));
    let log = match args.file.as_deref().map(|it| it.to_str().unwrap_or_default()) {
        Some("-" | "/dev/stdin") => input(),
        Some(_) => Log::File(args.file.clone().unwrap_or_default()),
        None => Log::Piped(Box::new(std::io::stdin())),
    };
    diagnose(context.session, log, Apply { apply: args.apply, for_root: args.for_root })
}
