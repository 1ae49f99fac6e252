//! `self update|keys|test`: their arguments.

use clap::Subcommand;

use super::context::Context;
use crate::app::self_keys::keys;
use crate::app::self_update::{Wishes, test, update};
use crate::failure::Failure;
use crate::report::Report;

/// `self`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is asked of this program itself.
    #[command(subcommand)]
    pub what: What,
}

/// What is asked of this program itself.
#[derive(Debug, Subcommand)]
pub enum What {
    /// A newer one in its place.
    Update(Update),
    /// Whose signatures it believes.
    Keys(Keys),
    /// Whether it works here; a new one is asked this before it is believed.
    #[command(hide = true)]
    Test(Test),
}

/// `self update`
#[derive(Debug, clap::Args)]
pub struct Update {
    /// The channel's base URL, instead of the one of this build.
    #[arg(value_name = "URL")]
    pub url: Option<String>,
    /// Only says what there is.
    #[arg(long)]
    pub check: bool,
}

/// `self keys`
#[derive(Debug, clap::Args)]
pub struct Keys {}

/// `self test`
#[derive(Debug, clap::Args)]
pub struct Test {}

/// Runs what was asked for.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    match &args.what {
        What::Update(it) => update(context.session, &Wishes { url: it.url.clone(), check: it.check }),
        What::Keys(_) => Ok(keys(context.session)),
        What::Test(_) => Ok(test(context.session)),
    }
}
