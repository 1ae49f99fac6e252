//! `explain`: its arguments.

use super::context::Context;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `explain ID`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A check or a family.
    #[arg(value_name = "ID", required = true)]
    pub id: String,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::explain::explain(context.session, &args.id)
}
