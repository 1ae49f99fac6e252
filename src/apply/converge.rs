//! One run on a machine: the lock, the journal, plans carried out one after the other, the look afterwards. Decides, asks
//! and prints nothing; `heal` says what is done next.

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use super::events::Events;
use super::graph;
use super::revert;
use super::steps::{self, StepContext};
use crate::action::Plan;
use crate::action::ran::Ran;
use crate::checks::{self, Finding};
use crate::fact::Fact;
use crate::facts::{Facts, Settings};
use crate::failure::{Exit, Failure};
use crate::journal;
use crate::journal::lock;
use crate::journal::{Event, Journal, Request};
use crate::manifest::Knowledge;
use crate::places::Places;
use crate::plan;
use crate::plan::simulate;
use crate::probe;
use crate::system::{Look, System};
use crate::want::Want;

/// What a run is given.
pub struct RunInput<'a> {
    /// The doors.
    pub system: System<'a>,
    /// The machine as the plan knows it.
    pub facts: &'a Facts,
    /// What is known of the world.
    pub known: &'a Knowledge,
    /// Who is told.
    pub events: &'a dyn Events,
    /// Set by Ctrl-C or TERM.
    pub cancelled: &'a AtomicBool,
    /// Ends the children that do not survive us.
    pub stop: &'a dyn Fn(),
    /// Ends the programs that are asked just now.
    pub end_asked: &'a dyn Fn(),
    /// What was asked for, for the journal: enough to finish the run when it is cut short.
    pub asked: Request,
}

/// A run under way: the lock is held, the journal is open. Its steps are numbered on from round to round.
pub struct Run<'a> {
    input: &'a RunInput<'a>,
    journal: Journal<'a>,
    /// The number that the next round's first step gets.
    next: u32,
    /// The plan of the last round.
    last: Option<Plan>,
    cache_laid: Mutex<bool>,
}

/// What came of one plan.
pub struct Round {
    /// The plan, with the numbers that its steps have in this run.
    pub plan: Plan,
    /// Each step.
    pub ran: Vec<Ran>,
}

impl<'a> Run<'a> {
    /// Takes the lock. Nothing is written before the first step's intent, apart from our own directories. A run of the same
    /// command that was cut short goes on, with its ID.
    pub fn open(input: &'a RunInput<'a>) -> Result<Self, Failure> {
        let System { look, disk, .. } = input.system;
        let places = &input.facts.ours.places;
        let held = lock::enter(input.system, places)?;
        let journal = Journal::open(held, look, disk, places, input.asked.clone());
        let next = journal.last() + 1;
        Ok(Self { input, journal, next, last: None, cache_laid: Mutex::default() })
    }

    /// The run's ID.
    pub fn id(&self) -> &str {
        self.journal.run()
    }

    /// Carries a plan out on the machine that it was made for.
    pub fn round(&mut self, plan: Plan, facts: &Facts) -> Result<Round, Failure> {
        let System { look, disk, net, .. } = self.input.system;
        let plan = plan.numbered_from(self.next);
        self.next += u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
        let places = &facts.ours.places;
        // What lies in staging belongs to a round that is over or a run that is dead, for we hold the lock.
        disk.remove_tree(&places.staging())?;
        disk.make_dir(&places.staging(), 0o700)?;
        let settings = simulate::settings(&facts.here, &plan);
        net.environment(&settings.environment());
        let site = self.site(&plan, facts, &settings);
        let ticks = || look.monotonic_ms();
        let act = |step: &crate::action::Step| steps::perform(step, &site);
        let ran = graph::run(&plan.steps, self.input.cancelled, &ticks, &act, self.input.stop);
        disk.remove_tree(&places.staging())?;
        self.last = Some(plan.clone());
        Ok(Round { plan, ran })
    }

    fn site<'s>(&'s self, plan: &'s Plan, facts: &'s Facts, settings: &'s Settings) -> StepContext<'s> {
        StepContext {
            system: self.input.system,
            places: &facts.ours.places,
            plan,
            facts,
            known: self.input.known,
            settings,
            events: self.input.events,
            journal: &self.journal,
            cancelled: self.input.cancelled,
            cache_laid: &self.cache_laid,
        }
    }

    /// Takes back one step of this run, by the undo that was written before it. What somebody else changed since stays.
    pub fn take_back(&self, step: u32) -> Result<(), Failure> {
        let facts = self.input.facts;
        let (runs, _) = journal::load(self.input.system.look, &facts.ours.places)?;
        let mine = runs.into_iter().find(|it| it.id == self.id());
        let done = mine.and_then(|it| it.steps.into_iter().rev().find(|it| it.step == step));
        let (Some(done), Some(plan)) = (done, &self.last) else { return Ok(()) };
        revert::one(&self.site(plan, facts, &facts.here), &done)
    }

    /// Says in the journal how the run ended.
    pub fn close(&self, exit: Exit) -> Result<(), Failure> {
        if self.journal.has_begun() || self.journal.resumed() {
            self.journal.write(self.input.system.look.now(), Event::End { exit: exit as u8 })?;
        }
        Ok(())
    }

    /// Remembers that the window was seen, with everything that this rests on.
    pub fn remember_proof(&self, facts: &Facts, want: &Want) -> Result<(), Failure> {
        remember_proof(self.input.system, &facts.ours.places, facts, want)
    }
}

/// The machine as the next login sees it, judged for the same wish.
pub fn look_again(
    look: &dyn Look,
    before: &Facts,
    want: &Want,
    known: &Knowledge,
) -> Result<(Facts, Vec<Finding>), Failure> {
    let project = want.project.as_deref();
    let (places, packages) = (&before.ours.places, &known.packages);
    let mut facts = if want.modify_path {
        let login = probe::facts_at_next_login(look, places, project, packages, &before.here);
        login.unwrap_or_else(|| probe::facts(look, places, project, packages))
    } else {
        probe::facts_with_env_file(look, places, project, packages)
    };
    probe::for_target(look, &mut facts, &want.target, packages);
    if want.msvc {
        probe::native::windows::msvc::build(look, &mut facts);
    }
    let findings = checks::judge(&facts, want, known, &[]);
    Ok((facts, findings))
}

/// How many proofs are remembered: projects on several lines of Fyne have one each.
const PROOFS: usize = 16;

/// Remembers that the window was seen, with everything that this rests on.
pub fn remember_proof(
    system: System<'_>,
    places: &Places,
    facts: &Facts,
    want: &Want,
) -> Result<(), Failure> {
    let print = plan::fingerprint(facts, want);
    let path = places.proofs();
    let before = match system.look.read(&path) {
        Fact::Here(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    };
    let kept = before.lines().filter(|it| *it != print).take(PROOFS - 1);
    let lines: Vec<&str> = [print.as_str()].into_iter().chain(kept).collect();
    Ok(system.disk.write(&path, format!("{}\n", lines.join("\n")).as_bytes(), Some(0o600))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Action, Scope, Step};
    use crate::apply::stand::Stand;
    use crate::failure::Code;
    use crate::journal::State;
    use crate::system::Children;
    use crate::system::fake::{Machine, Scripted};

    fn set(id: u32, key: &str, after: &[u32]) -> Step {
        let file = "/root/.config/go/env".into();
        let action = Action::SetGoEnv { file, key: key.into(), value: Some("1".into()) };
        let (because, meets, premises) = <_>::default();
        Step { id, action, after: after.to_vec(), because, meets, premises, needs_root: false }
    }

    fn stand() -> Stand {
        Stand::new(Machine::linux().file("/root/.config/go/env", "A=0\n"))
    }

    fn plan(stand: &Stand, steps: Vec<Step>) -> Plan {
        Plan {
            steps,
            ..plan::make(&[], &stand.facts, &stand.want, crate::checks::fixture::known(), Scope::Repair)
        }
    }

    fn given<'a>(stand: &'a Stand, children: &'a dyn Children) -> RunInput<'a> {
        RunInput {
            system: stand.system(children),
            facts: &stand.facts,
            known: crate::checks::fixture::known(),
            events: stand,
            cancelled: &stand.cancelled,
            stop: &|| (),
            end_asked: &|| (),
            asked: Request::of("repair"),
        }
    }

    #[test]
    fn rounds_number_their_steps_on_and_staging_is_empty_between_them() {
        let stand = stand();
        let children = Scripted::on(&stand.living);
        let input = given(&stand, &children);
        let mut run = Run::open(&input).expect("nobody is here");
        let litter = stand.places().staging().join("old");
        stand.living.change(|it| it.files.insert(litter.clone(), (vec![], 0o644)));
        let first = run.round(plan(&stand, vec![set(1, "A", &[]), set(2, "B", &[1])]), &stand.facts);
        let first = first.expect("the disk is writable");
        assert!(first.ran.iter().all(Ran::done) && stand.living.text(&litter).is_none());
        let second = run.round(plan(&stand, vec![set(1, "C", &[])]), &stand.facts).expect("writable");
        assert_eq!((second.plan.steps[0].id, second.ran[0].step), (3, 3));
        assert_eq!(stand.living.text("/root/.config/go/env").as_deref(), Some("A=1\nB=1\nC=1\n"));
        run.take_back(3).expect("its undo is known");
        assert_eq!(stand.living.text("/root/.config/go/env").as_deref(), Some("A=1\nB=1\n"));
        assert_eq!(stand.states(), [State::Done, State::Done, State::Undone]);
        run.take_back(9).expect("there is no such step");
        run.close(Exit::Done).expect("written");
        assert_eq!(stand.runs()[0].exit, Some(0));
    }

    #[test]
    fn a_run_with_nothing_to_do_leaves_no_line_and_one_that_was_cut_short_goes_on() {
        let stand = stand();
        let children = Scripted::on(&stand.living);
        let input = given(&stand, &children);
        let mut run = Run::open(&input).expect("nobody is here");
        run.round(plan(&stand, vec![]), &stand.facts).expect("writable");
        run.close(Exit::Done).expect("nothing to write");
        assert_eq!(stand.living.text(stand.places().journal()), None);
        run.round(plan(&stand, vec![set(1, "A", &[])]), &stand.facts).expect("writable");
        let id = run.id().to_owned();
        drop(run); // killed before its end was written
        let again = Run::open(&input).expect("the lock is free");
        assert_eq!((again.id(), again.next), (id.as_str(), 2));
        again.close(Exit::Done).expect("written");
        assert_eq!(stand.runs().iter().map(|it| it.exit).collect::<Vec<_>>(), [Some(0)]);
    }

    #[test]
    fn the_lock_is_free_again_after_a_step_that_panics() {
        let stand = stand();
        let children = Scripted::on(&stand.living);
        let input = given(&stand, &children);
        let mut run = Run::open(&input).expect("nobody is here");
        stand.living.change(|it| it.panics.push("/root/.config/go/env".into()));
        let round = run.round(plan(&stand, vec![set(1, "A", &[]), set(2, "B", &[1])]), &stand.facts);
        let codes =
            |it: &Round| it.ran.iter().map(|it| it.failure.as_ref().map(|it| it.code)).collect::<Vec<_>>();
        assert_eq!(round.as_ref().map(codes).ok(), Some(vec![Some(Code::InternalPanic), None]));
        drop(run);
        assert!(Run::open(&input).is_ok());
    }

    #[test]
    fn proofs_are_remembered_the_newest_first_and_not_without_end() {
        let stand = stand();
        let mut want = stand.want.clone();
        let children = Scripted::on(&stand.living);
        let system = stand.system(&children);
        let places = stand.places().clone();
        let mut prints = Vec::new();
        for line in 0..20 {
            want.target.fyne = format!("2.{line}.0").parse().expect("a version");
            let facts = &stand.facts;
            for _ in 0..2 {
                remember_proof(system, &places, facts, &want).expect("writable");
            }
            prints.insert(0, plan::fingerprint(facts, &want));
        }
        prints.truncate(PROOFS);
        let kept = stand.living.text(places.proofs()).unwrap_or_default();
        assert_eq!(kept.lines().collect::<Vec<_>>(), prints);
    }
}
