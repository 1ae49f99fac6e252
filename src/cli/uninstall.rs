//! `uninstall`: takes every run back, the newest first, then removes our own directories.

use super::args::work::Uninstall;
use super::back::{self, Errand};
use super::{Context, survey};
use crate::failure::Failure;
use crate::journal;
use crate::journal::Asked;
use crate::journal::roots;
use crate::report::Report;

/// Asks, takes back, removes.
pub fn run(args: &Uninstall, context: &Context) -> Result<Report, Failure> {
    let places = survey::places(context.look)?;
    let (runs, _) = journal::load(context.look, &places)?;
    runs.iter().try_for_each(|it| back::readable(it).map(drop))?;
    if !roots::anything(context.look, &places) {
        return Ok(back::nothing("uninstall", context));
    }
    let cut = back::cut_short(context, &places, &runs).filter(|it| it.command == "uninstall");
    let force = args.force || cut.is_some_and(|it| it.asked.force);
    back::go(context, &Errand { asked: Asked { force, ..Asked::of("uninstall") }, for_root: args.for_root })
}
