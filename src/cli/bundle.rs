//! `bundle create|verify`: their arguments.

use std::path::PathBuf;

use clap::Subcommand;

use super::context::Context;
use super::options::{Versions, dir, yes_or_no};
use crate::app::bundle;
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

/// `bundle`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is done with one.
    #[command(subcommand)]
    pub what: What,
}

/// What is done with a bundle.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Makes one.
    Create(Create),
    /// Says what one holds and who vouches for it.
    Verify(Verify),
}

/// `bundle create`
#[derive(Debug, clap::Args)]
pub struct Create {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// A platform, as Go names it.
    #[arg(long = "for", env = "FYNE_SETUP_FOR", value_name = "TARGET", value_delimiter = ',')]
    pub targets: Vec<String>,
    /// A project whose modules are wanted too.
    #[arg(long, env = "FYNE_SETUP_WITH_PROJECT", value_name = "DIR", value_parser = dir())]
    pub with_project: Vec<PathBuf>,
    /// With a build cache for the module cache at this path.
    #[arg(long, env = "FYNE_SETUP_MODCACHE", value_name = "PATH", value_parser = dir())]
    pub modcache: Option<PathBuf>,
    /// The owner's secret key of minisign.
    #[arg(long, env = "FYNE_SETUP_BUNDLE_KEY", value_name = "SECRET")]
    pub key: Option<PathBuf>,
    /// Without packages of the system.
    #[arg(long, env = "FYNE_SETUP_NO_PACKAGES", value_parser = yes_or_no())]
    pub no_packages: bool,
}

/// `bundle verify`
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The bundle.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The owner's public key.
    #[arg(long, env = "FYNE_SETUP_KEY", value_name = "PUB")]
    pub key: Option<String>,
}

/// Runs the part that was asked for.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let session = context.session;
    match &args.what {
        What::Create(it) => {
            let wishes = bundle::create::Wishes {
                file: it.file.clone(),
                versions: it.versions.asked(Goal::default()),
                targets: it.targets.clone(),
                projects: it.with_project.clone(),
                modcache: it.modcache.clone(),
                key: it.key.clone(),
                packages: !it.no_packages,
            };
            bundle::create(session, &wishes)
        }
        What::Verify(it) => bundle::verify(session, &it.file, it.key.as_deref()),
    }
}
