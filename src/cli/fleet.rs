//! `fleet report`: its arguments.

use std::path::PathBuf;

use clap::Subcommand;

use super::context::Context;
use crate::app::fleet::{Wishes, report};
use crate::failure::Failure;
use crate::report::Report;

/// `fleet`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is done with many hosts.
    #[command(subcommand)]
    pub what: What,
}

/// What is done with many hosts.
#[derive(Debug, Subcommand)]
pub enum What {
    /// One report of many.
    Report(Many),
}

/// `fleet report`
#[derive(Debug, clap::Args)]
pub struct Many {
    /// Directories, files, `-` for standard input.
    #[arg(value_name = "PATH", required = true)]
    pub from: Vec<PathBuf>,
    /// Also as a page.
    #[arg(long, env = "FYNE_SETUP_HTML", value_name = "FILE")]
    pub html: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let What::Report(Many { from, html }) = &args.what;
    let (from, html, input) = (from.clone(), html.clone(), Box::new(std::io::stdin()));
    report(context.session, Wishes { from, input, html, verbose: context.ui.verbose })
}
