//! `run`: its arguments.

use super::context::Context;
use super::options::yes_or_no;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `run -- CMD…`: a command with the faster first build.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Under a private display of its own.
    #[arg(long, env = "FYNE_SETUP_VIRTUAL_DISPLAY", value_parser = yes_or_no())]
    pub virtual_display: bool,
    /// The command and its arguments.
    #[arg(value_name = "CMD", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub command: Vec<String>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::exec::exec(context.session, &args.command, args.virtual_display)
}
