//! `new`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use super::options::{dir, yes_or_no};
use crate::app::new::{NewProgram, directory, new};
use crate::failure::Failure;
use crate::report::Report;
use crate::version::Version;

/// `new DIR`: a first program.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it goes: a directory that is not there, or is empty.
    #[arg(value_name = "DIR", value_parser = dir())]
    pub dir: PathBuf,
    /// This fyne/v2.
    #[arg(long, env = "FYNE_SETUP_FYNE", value_name = "VERSION")]
    pub fyne: Option<Version>,
    /// Root's own environment, although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let dir = directory(context.session, &args.dir);
    new(context.session, &NewProgram { dir, fyne: args.fyne.clone(), for_root: args.for_root }, false)
}
