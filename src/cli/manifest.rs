//! `manifest show|resolve|update|verify`: the commands about the manifest, one file each.

use clap::Subcommand;

use super::Context;
use super::args::work::Versions;
use crate::failure::{Exit, Failure};
use crate::report::Report;

mod resolve;
mod show;
mod update;
mod url;
mod verify;

pub use url::named;

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
    /// A newer one, from the channel.
    Update(update::Update),
    /// Whose signature a file has.
    Verify(verify::Verify),
}

/// `manifest show`
#[derive(Debug, clap::Args)]
pub struct Show {}

/// Runs the part that was asked for.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    match &args.what {
        What::Show(_) => show::show(context),
        What::Resolve(versions) => resolve::resolved(versions, context),
        What::Update(args) => update::run(args, context),
        What::Verify(args) => verify::run(args, context),
    }
}

/// `--offline` and what needs the network do not go together.
fn offline(context: &Context) -> Result<(), Failure> {
    if !context.global.offline {
        return Ok(());
    }
    Err(Failure::new("net.offline", Exit::Failed, text!("release-offline")))
}
