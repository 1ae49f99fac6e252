//! What `repair` does where a quick look is clean, and `install` in a project that was not built yet: looks deeper, builds the
//! project, opens a window; and says what the verdict rests on.

use std::sync::atomic::Ordering;

use super::run::Seen;
use super::{Session, check};
use crate::apply::attended::attended;
use crate::apply::converge::remember_proof;
use crate::apply::trial::Trial;
use crate::checks::{self, Status};
use crate::facts::Deep;
use crate::failure::{Code, Exit, Failure};
use crate::plan;
use crate::text::Text;
use crate::want::Goal;

/// Compares what is there with what was published, and builds the project.
pub fn look(session: &Session, mut seen: Seen) -> Result<Seen, Failure> {
    session.audience.say(&text!("trial-quick"));
    if seen.facts.deep.is_none() {
        check::look_deep(session, &mut seen.facts, &seen.want, &seen.known);
        seen.facts.deep = seen.facts.deep.take().map(Deep::unasked);
    }
    build(session, seen)
}

/// Builds the project, as the next login would.
pub fn build(session: &Session, mut seen: Seen) -> Result<Seen, Failure> {
    let (system, audience) = (session.doors.system, session.audience);
    let told = |what: &Text| audience.say(what);
    let Seen { facts, want, known, .. } = &mut seen;
    let trial = Trial { system, want, known, told: &told };
    interruptible(session, || trial.build(facts))?;
    let findings = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
    Ok(Seen { findings, ..seen })
}

/// Does something that starts programs; where we are told to stop, they end with all that they started.
fn interruptible<T: Send>(session: &Session, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let doors = session.doors;
    doors.interrupt.watch();
    let cut = || doors.interrupt.flag().load(Ordering::SeqCst);
    let stop = || {
        (doors.stop)();
        doors.interrupt.end_asked();
    };
    let done = attended(cut, stop, work);
    if cut() {
        return Err(session.by_signal(Failure::new(Code::Interrupted, text!("work-interrupted-nothing"))));
    }
    done.map_err(Failure::from)
}

/// Whether the project still has to be built before anybody can say that nothing is to be done.
pub fn unbuilt(seen: &Seen) -> bool {
    let one = seen.findings.iter().find(|it| it.id == "project.build");
    seen.want.proof
        && one.is_some_and(|it| it.verdict.status == Status::Skipped)
        && seen.facts.project.is_here()
}

/// Opens a window, unless one was seen and nothing that it rests on is different; says which.
pub fn window(session: &Session, seen: &Seen) -> Result<Option<Text>, Failure> {
    let Seen { facts, want, known, .. } = seen;
    if want.goal != Goal::Desktop {
        return Ok(None);
    }
    let print = plan::fingerprint(facts, want);
    if facts.ours.last_proof.here().is_some_and(|it| it.contains(&print)) {
        let own_word = facts.host.is_mac();
        return Ok(Some(if own_word {
            text!("rests-window-before-self-reported")
        } else {
            text!("rests-window-before")
        }));
    }
    let Some(plan) = plan::proof(facts, want, known) else { return Ok(None) };
    let (system, audience) = (session.doors.system, session.audience);
    let told = |what: &Text| audience.say(what);
    let trial = Trial { system, want, known, told: &told };
    let proof = interruptible(session, || trial.prove(facts, &plan)).flatten();
    let proof = proof.map_err(|it| if it.exit == Exit::Failed { it.exiting(Exit::Problems) } else { it })?;
    // Where it cannot be remembered, the window is opened once more the next time.
    let _ = remember_proof(system, &facts.ours.places, facts, want);
    Ok(proof.map(|it| it.basis()))
}
