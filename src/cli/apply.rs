//! `apply`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `apply FILE`: a plan that `plan --json` printed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::apply::apply(context.session, &args.file)
}
