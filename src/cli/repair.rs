//! `repair`: its arguments.

use super::context::Context;
use super::options::{allowed, goal, goproxy, named, yes_or_no};
use crate::app::repair::{Wishes, repair};
use crate::failure::Failure;
use crate::report::Report;
use crate::want::{Allowed, Goal};

/// `repair`: the least change that fixes what failed.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Checks or families; all without it.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Compares Go, modules and build cache with what was published first.
    #[arg(long, env = "FYNE_SETUP_DEEP", value_parser = yes_or_no())]
    pub deep: bool,
    /// Where modules come from, as GOPROXY has it.
    #[arg(long, env = "FYNE_SETUP_GOPROXY", value_name = "LIST", value_parser = goproxy())]
    pub goproxy: Option<String>,
    /// What goes beyond this system, and may be done.
    #[arg(long, env = "FYNE_SETUP_ALLOW", value_name = "ID", value_delimiter = ',', value_parser = allowed())]
    pub allow: Vec<Allowed>,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Args { goal, deep, for_root, .. } = *args;
    let (goproxy, as_set) = named(args.goproxy.as_deref());
    repair(context.session, Wishes { ids: args.ids.clone(), goal, deep, for_root, goproxy, as_set })
}
