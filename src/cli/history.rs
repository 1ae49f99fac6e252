//! `history`: its arguments.

use super::context::Context;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `history`: what we changed and when.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// One run, in full.
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::history::history(context.session, args.run.as_deref())
}
