//! The healing loop: carry a plan out, look again, exclude what did not help and take it back, plan the rest, until nothing
//! is left that can be fixed; then the proof. Here is what does it, and no more: [`next`] decides.

use std::sync::atomic::Ordering;

use super::attended::attended;
use super::converge::{self, Round, Run, RunInput};
use super::deep;
use super::trial::Trial;
use crate::action::ran::Ran;
use crate::action::{Plan, Scope, Step};
use crate::checks::{self, Finding};
use crate::facts::{Deep, Facts};
use crate::failure::Failure;
use crate::need::Need;
use crate::want::Want;

mod next;

use next::{Depth, Next, State, next};
pub use next::{fails, ready};

/// How far a plan is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// This plan and nothing else.
    Once,
    /// And then whatever is still to be fixed.
    Heal {
        /// What the first plan was made for.
        scope: Scope,
        /// Checks or families that may be fixed; all where there are none.
        only: Vec<String>,
    },
}

/// What came of a run.
pub struct Healed {
    /// The run's ID.
    pub run: String,
    /// The steps of all rounds in one plan; what is unmet at the end.
    pub plan: Plan,
    /// What came of each.
    pub ran: Vec<Ran>,
    /// Steps that did not help and were taken back.
    pub taken_back: Vec<u32>,
    /// The machine before the run.
    pub before: Facts,
    /// The machine afterwards, as the next login sees it.
    pub facts: Facts,
    /// What the checks say of it.
    pub findings: Vec<Finding>,
    /// What only showed in a later round, and was worked on.
    pub later: Vec<Finding>,
    /// Why the run did not come to its end.
    pub failure: Option<Failure>,
}

/// Carries `first` out and goes on from there. The exit number is written into the journal by `Run::close`.
pub fn heal(
    run: &mut Run<'_>,
    input: &RunInput<'_>,
    first: Plan,
    course: &Course,
) -> Result<Healed, Failure> {
    let mut state = State::new(input.facts.clone(), input.known, first, course.clone());
    loop {
        state.interrupted = input.cancelled.load(Ordering::SeqCst);
        match next(&state) {
            Next::Round(plan) => {
                let back = state.takes_back();
                let round = run.round(plan, &state.facts)?;
                let seen = look(input, &state, &met(&round))?;
                state.carried_out(round, seen, back);
            }
            Next::TakeBack(step) => {
                state.took_back(step, run.take_back(step));
                if state.useless.is_empty() {
                    (state.facts, state.findings) = look(input, &state, &[])?;
                }
            }
            Next::LookDeeper(depth) => {
                // Of a look that was cut short nothing is believed: the next turn ends the run.
                if let Some(seen) = look_deeper(input, state.facts.clone(), &state.all.want, depth)? {
                    state.looked_deeper(depth, seen);
                }
            }
            Next::Prove(plan) => {
                state.proof_begins();
                let round = run.round(plan, &state.facts)?;
                let seen = look(input, &state, &met(&round))?;
                state.carried_out(round, seen, false);
            }
            Next::End(_) => break,
        }
    }
    if state.proven() {
        run.remember_proof(&state.facts, &state.all.want)?;
    }
    Ok(healed(state, run.id(), input))
}

/// What the steps of a round that are done were for.
fn met(round: &Round) -> Vec<Need> {
    let done = |it: &&Step| round.ran.iter().any(|ran| ran.step == it.id && ran.done());
    round.plan.steps.iter().filter(done).flat_map(|it| it.meets.clone()).collect()
}

/// What only a long look shows only a long look finds fixed: after one, every look is as long. `met`: what was done since
/// the last one, which stands where this one is cut short.
fn look(input: &RunInput<'_>, state: &State<'_>, met: &[Need]) -> Result<(Facts, Vec<Finding>), Failure> {
    let want = &state.all.want;
    // What this terminal alone had before any edit belongs to every look: the first facts know it.
    let RunInput { system, facts, known, cancelled, .. } = *input;
    // After an interruption it is still said what is left; who interrupts the look itself does not wait for it.
    let (cut, before) = (|| cancelled.load(Ordering::SeqCst), cancelled.load(Ordering::SeqCst));
    let work = || converge::look_again(system.look, facts, want, known);
    let seen = attended(|| !before && cut(), input.end_asked, work)??;
    if !before && cut() {
        // A program that we ended is not one that does not work: what was known before is still known.
        return Ok((state.facts.clone(), still_open(checks::judge(&state.facts, want, known, &[]), met)));
    }
    let (facts, findings) = seen;
    let deeper = match state.looked {
        Some(depth) => look_deeper(input, facts.clone(), want, depth)?,
        None => None,
    };
    Ok(deeper.unwrap_or((facts, findings)))
}

/// Without what was met since. A finding that asks for nothing is met by nothing.
fn still_open(mut findings: Vec<Finding>, met: &[Need]) -> Vec<Finding> {
    findings.retain(|it| {
        let needs = &it.verdict.needs;
        !it.verdict.is_bad() || needs.is_empty() || !needs.iter().all(|need| met.contains(need))
    });
    findings
}

/// Looks as long as it takes; nothing where the run was interrupted before or meanwhile.
fn look_deeper(
    input: &RunInput<'_>,
    mut facts: Facts,
    want: &Want,
    depth: Depth,
) -> Result<Option<(Facts, Vec<Finding>)>, Failure> {
    let RunInput { system, known, events, cancelled, .. } = *input;
    let cut = || cancelled.load(Ordering::SeqCst);
    if cut() {
        return Ok(None);
    }
    let store = input.facts.ours.places.sumdb();
    let told = deep::progress(events);
    let work = || {
        if depth == Depth::Everything {
            deep::look(system, &store, &mut facts, want, &known.mirrors, &told);
            facts.deep = facts.deep.take().map(Deep::unasked);
        }
        Trial { system, want, known, told: &told }.build(&mut facts);
        checks::judge(&facts, want, known, &[])
    };
    let stop = || {
        (input.stop)();
        (input.end_asked)();
    };
    let findings = attended(cut, stop, work)?;
    Ok(Some((facts, findings)).filter(|_| !cut()))
}

fn healed(state: State<'_>, run: &str, input: &RunInput<'_>) -> Healed {
    let failure = state.failure();
    let unmet = match &state.course {
        Course::Once => state.all.unmet.clone(),
        Course::Heal { only, .. } => state.plan(only).unmet,
    };
    let State { all, ran, taken_back, facts, findings, later, .. } = state;
    let (run, before) = (run.to_owned(), input.facts.clone());
    Healed { run, plan: Plan { unmet, ..all }, ran, taken_back, before, facts, findings, later, failure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::stand::Stand;
    use crate::failure::Code;
    use crate::journal::{Request, State as Stood};
    use crate::plan::make;
    use crate::probe;
    use crate::system::fake::{Machine, Scripted};

    /// `install` on a bare Debian without network, looked at and planned for as a command does it.
    #[test]
    fn what_failed_for_a_reason_that_is_still_there_is_tried_once_in_a_run() {
        let machine = Machine::linux()
            .file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
            .program("/usr/bin/apt-get");
        let mut stand = Stand::new(machine);
        stand.want = Want { proof: false, warm: false, modify_path: false, ..stand.want.clone() };
        let (places, known) = (stand.places().clone(), checks::fixture::known());
        let mut facts = probe::facts(&stand.living, &places, None, &known.packages);
        probe::for_target(&stand.living, &mut facts, &stand.want.target, &known.packages);
        stand.facts = facts;
        let findings = checks::judge(&stand.facts, &stand.want, known, &[]);
        let plan = make(&findings, &stand.facts, &stand.want, known, Scope::Install);
        let mut children = Scripted::on(&stand.living);
        for _ in 0..12 {
            children =
                children.part("/usr/bin/apt-get update", 100, "E: Temporary failure resolving 'deb'\n");
        }
        let input = RunInput {
            system: stand.system(&children),
            facts: &stand.facts,
            known,
            events: &stand,
            cancelled: &stand.cancelled,
            stop: &|| (),
            end_asked: &|| (),
            asked: Request::of("install"),
        };
        let mut run = Run::open(&input).expect("nobody is here");
        let course = Course::Heal { scope: Scope::Install, only: vec![] };
        let done = heal(&mut run, &input, plan, &course).expect("the disk is writable");
        assert_eq!(children.lines(), ["/usr/bin/apt-get update"]);
        let codes = done.ran.iter().filter_map(|it| it.failure.as_ref()).map(|it| it.code);
        assert_eq!(codes.filter(|it| *it == Code::PackagesNetwork).count(), 1, "it is named once");
        assert!(done.failure.is_some() && done.plan.unmet.iter().any(|it| it.0.starts_with("cgo.")));
        assert!(stand.states().contains(&Stood::Failed));
    }
}
