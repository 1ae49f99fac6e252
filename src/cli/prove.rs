//! `prove`: its arguments.

use super::context::Context;
use super::options::{Versions, yes_or_no};
use crate::app;
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

/// `prove`: a real window.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// Prints what took how long.
    #[arg(long, env = "FYNE_SETUP_TIMINGS", value_parser = yes_or_no())]
    pub timings: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::prove::prove(context.session, &args.versions.asked(Goal::default()), args.timings)
}
