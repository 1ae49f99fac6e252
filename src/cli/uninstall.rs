//! `uninstall`: its arguments.

use super::context::Context;
use super::options::yes_or_no;
use crate::app;
use crate::failure::Failure;
use crate::report::Report;

/// `uninstall`: everything is taken back.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Also what somebody else changed since; a copy is kept.
    #[arg(long, env = "FYNE_SETUP_FORCE", value_parser = yes_or_no())]
    pub force: bool,
    /// Also the caches of Go.
    #[arg(long, env = "FYNE_SETUP_PURGE", value_parser = yes_or_no())]
    pub purge: bool,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// Root's own environment, although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    app::uninstall::uninstall(context.session, args.force, args.for_root, args.purge)
}
