//! `manifest show|resolve|update|verify`: their arguments.

use std::path::PathBuf;

use clap::Subcommand;

use super::context::Context;
use super::options::Versions;
use crate::app::manifest;
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

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
    Update(Update),
    /// Whose signature a file has.
    Verify(Verify),
}

/// `manifest show`
#[derive(Debug, clap::Args)]
pub struct Show {}

/// `manifest update`
#[derive(Debug, clap::Args)]
pub struct Update {
    /// The channel's base URL, instead of the one of this build.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
}

/// `manifest verify`
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The manifest; its signature is FILE.minisig.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs the part that was asked for.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let session = context.session;
    match &args.what {
        What::Show(_) => manifest::show(session),
        What::Resolve(versions) => manifest::resolved(session, &versions.asked(Goal::default())),
        What::Update(args) => manifest::update(session, args.url.as_deref()),
        What::Verify(args) => manifest::verify(session, &args.file),
    }
}
