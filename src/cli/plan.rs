//! `plan`: its arguments.

use super::context::Context;
use super::install;
use super::options::yes_or_no;
use crate::action::Scope;
use crate::app::plan::plan;
use crate::failure::Failure;
use crate::report::Report;

/// `plan [install|repair]`: what would be done.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// The command that would carry it out.
    #[arg(value_name = "COMMAND", value_parser = ["install", "repair"], default_value = "install")]
    pub of: String,
    /// Exit 1 where something would change.
    #[arg(long, env = "FYNE_SETUP_DETAILED_EXITCODE", value_parser = yes_or_no())]
    pub detailed_exitcode: bool,
    /// As for `install`.
    #[command(flatten)]
    pub install: install::Args,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let scope = if args.of == "repair" { Scope::Repair } else { Scope::Install };
    plan(context.session, args.install.wishes(), scope, args.detailed_exitcode)
}
