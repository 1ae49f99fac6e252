//! `manifest show|resolve|update|verify`: the commands about the manifest, one file each.

use clap::Subcommand;

use super::Context;
use super::args::work::Versions;
use crate::failure::Failure;
use crate::report::Report;

mod resolve;
mod show;

/// `manifest`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which part of it.
    #[command(subcommand)]
    pub what: What,
}

/// What is asked of the manifest.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Its content.
    Show(Show),
    /// The versions for this machine and project, and why.
    Resolve(Versions),
}

/// `manifest show`
#[derive(Debug, clap::Args)]
pub struct Show {}

/// Prints the content, or resolves.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    match &args.what {
        What::Show(_) => show::show(context),
        What::Resolve(versions) => resolve::resolved(versions, context),
    }
}
