//! `repair`: a machine that needs nothing is left alone; on another, what is wrong is named. Mending it is not built yet,
//! so it changes nothing then and says so by its exit code.

use super::args::work::Repair;
use super::survey::{Asked, Survey, survey};
use super::{Context, check, road};
use crate::checks::{self, names};
use crate::failure::{Exit, Failure};
use crate::report::Report;

/// Looks, judges, names.
pub fn run(args: &Repair, context: &Context) -> Result<Report, Failure> {
    check::known(&args.ids)?;
    let Survey { facts, want, .. } =
        survey(context, context.look, &Asked { goal: args.goal, ..Asked::default() })?;
    road::not_under_sudo(&facts, args.for_root, "repair")?;
    let mut findings = checks::judge(&facts, &want, &[]);
    findings.retain(|it| args.ids.is_empty() || args.ids.iter().any(|name| names(name, &it.id)));
    // An older terminal is not left over from anything: nothing on disk is at fault.
    findings.retain(|it| it.id != "system.terminal");
    let mut report = Report { command: "repair".into(), ..Report::checked(&facts, &want, findings) };
    if report.exit != Exit::Done {
        report.page.line(crate::report::Label::Plain, context.words.say(&text!("work-repair-not-yet")));
    }
    Ok(report)
}
