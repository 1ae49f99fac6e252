//! `report`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use crate::app::report::{Wishes, report};
use crate::failure::Failure;
use crate::report::Report;

/// `report`: one archive to send with a bug.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// The file to write; `-` for standard output.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    report(context.session, &Wishes { out: args.out.clone(), document: context.ui.json })
}
