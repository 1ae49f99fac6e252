//! `check`: looks and reports, changes nothing. `--record` keeps every question with its answer, redacted; `--replay`
//! answers from such a recording instead of from this machine.

use super::args::goal;
use super::survey::{Asked, survey};
use super::{Context, usage};
use crate::checks::{CHECKS, judge, names};
use crate::failure::{Exit, Failure};
use crate::report::Report;
use crate::system::Look;
use crate::want::Goal;

/// `check [ID…]`
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Checks or families; all without it.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
}

/// Looks, judges, reports.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    known(&args.ids)?;
    judged(args, context, context.look)
}

fn judged(args: &Args, context: &Context, look: &dyn Look) -> Result<Report, Failure> {
    let seen = survey(context, look, &Asked { goal: args.goal, ..Asked::default() })?;
    let findings = judge(&seen.facts, &seen.want, &args.ids);
    Ok(Report::checked(&seen.facts, &seen.want, findings))
}

/// Every id that was typed names a check or a family; else the near ones are said.
pub fn known(ids: &[String]) -> Result<(), Failure> {
    let Some(unknown) = ids.iter().find(|name| !CHECKS.iter().any(|it| names(name, it.id))) else {
        return Ok(());
    };
    let near = usage::near(unknown, CHECKS.iter().map(|it| it.id));
    let hint = if near.is_empty() {
        text!("usage-check-list", ids = families().join(", "))
    } else {
        text!("usage-did-you-mean", near = near.join(", "))
    };
    Err(Failure::new("usage.unknown-check", Exit::Usage, text!("usage-unknown-check", id = unknown))
        .hint(hint))
}

/// The families that ids begin with, in the order of the checks.
fn families() -> Vec<&'static str> {
    let mut all: Vec<_> = CHECKS.iter().map(|it| it.id.split('.').next().unwrap_or(it.id)).collect();
    all.dedup();
    all
}
