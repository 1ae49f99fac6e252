//! `pin`: its arguments.

use super::context::Context;
use super::options::{Versions, yes_or_no};
use crate::app::pin::{Wishes, pin};
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

/// `pin`: the project says which versions it is built with.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// Only compares project, lock and resolution.
    #[arg(long, env = "FYNE_SETUP_CHECK", value_parser = yes_or_no())]
    pub check: bool,
    /// The recommended Go and CLI, whatever the lock says.
    #[arg(long, env = "FYNE_SETUP_UPGRADE", value_parser = yes_or_no())]
    pub upgrade: bool,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Args { check, upgrade, for_root, .. } = *args;
    let versions = args.versions.asked(Goal::default());
    pin(context.session, &Wishes { versions, upgrade, check, for_root })
}
