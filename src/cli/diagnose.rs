//! `diagnose`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use crate::app::diagnose::{Log, diagnose};
use crate::failure::Failure;
use crate::report::Report;

/// `diagnose [FILE|-]`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The log; `-` and nothing are standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let input = || Log::Input(Box::new(std::io::stdin()));
    let log = match args.file.as_deref().map(|it| it.to_str().unwrap_or_default()) {
        Some("-" | "/dev/stdin") => input(),
        Some(_) => Log::File(args.file.clone().unwrap_or_default()),
        None => Log::Piped(Box::new(std::io::stdin())),
    };
    diagnose(context.session, log)
}
