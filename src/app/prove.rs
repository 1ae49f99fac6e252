//! `prove`: builds a small real Fyne program with this machine's tools and sees its window. Always repeats it.

use super::Session;
use super::mirrors::source::ModuleSource;
use super::run::{self, Seen};
use super::survey::{Survey, VersionArgs, survey};
use crate::apply::heal::Course;
use crate::checks;
use crate::failure::{Code, Exit, Failure};
use crate::journal::own;
use crate::plan;
use crate::report::Report;

/// Looks, builds, opens, sees.
pub fn prove(session: &Session, asked: &VersionArgs, timings: bool) -> Result<Report, Failure> {
    own::guard(session.look, session.places()?)?;
    let Survey { facts, want, known, .. } = survey(session, session.look, asked)?;
    let Some(plan) = plan::proof(&facts, &want, &known) else {
        let failure = Failure::new(Code::ProveNoGo, text!("work-prove-no-go"));
        return Err(failure.hint(text!("work-prove-no-go-hint")));
    };
    let findings = checks::judge(&facts, &want, &known, &[]);
    let seen = Seen { facts, want, known, findings, source: ModuleSource::AsSet };
    let mut report = run::carry_out(session, "prove", &seen, &plan, &Course::Once, timings)?;
    // Whether the machine is healthy is the business of `check`: here a window was seen, or not.
    report.exit = match &report.failure {
        None => Exit::Done,
        Some(it) if it.exit == Exit::Failed => Exit::Problems,
        Some(it) => it.exit,
    };
    Ok(report)
}
