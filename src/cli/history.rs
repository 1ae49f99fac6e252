//! `history`: its arguments.

use super::context::Context;
use super::options::yes_or_no;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `history`: what we changed and when.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// One run, in full.
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// Nothing but the IDs, one a line: for shells that complete them.
    #[arg(long, conflicts_with = "run")]
    pub ids: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    if args.ids {
        let report = app::history::ids(context.session)?;
        let raw = report.raw.filter(|_| !context.ui.json);
        return Ok(Report { raw, ..report });
    }
    app::history::history(context.session, args.run.as_deref())
}
