//! A run on a machine in memory, for tests: a step is carried out and taken back as a real run does it, and what it started,
//! wrote and left in the journal is looked at afterwards.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::events::{Events, Outcome, Unit};
use super::revert;
use super::steps::{self, StepContext};
use crate::action::{Action, Plan, Premise, Scope, Step};
use crate::checks::fixture;
use crate::facts::Facts;
use crate::failure::{Code, Failure};
use crate::journal::{self, Journal, Request, Run};
use crate::places::Places;
use crate::plan::make;
use crate::system::fake::{FakeNet, Living, Machine, Scripted};
use crate::system::{Children, Disk, System};
use crate::text::Text;
use crate::want::Want;

/// Root's home on a machine in memory, with our data directory in it.
pub struct Stand {
    pub living: Living,
    pub facts: Facts,
    pub want: Want,
    pub net: FakeNet<'static>,
    pub cancelled: AtomicBool,
    /// What was noted while it went on, by key.
    pub noted: Mutex<Vec<String>>,
    /// The commands that were told before they were run.
    pub commands: Mutex<Vec<String>>,
    /// How far it was said to be: so much of so much.
    pub progressed: Mutex<Vec<(u64, Option<u64>)>>,
    /// How each step was said to have ended.
    pub ended: Mutex<Vec<Outcome>>,
}

impl Stand {
    pub fn new(machine: Machine) -> Self {
        let living = Living::new(machine);
        let facts = Facts::default();
        let places = Places::linux("/root".as_ref(), |_| None);
        living.make_dir(&places.staging(), 0o700).expect("a machine in memory is writable");
        let mut facts = Facts { ours: crate::facts::Ours { places, ..facts.ours }, ..fixture::healthy() };
        facts.host.identity = living.now_is().identity;
        let (net, cancelled) = (FakeNet::down(), AtomicBool::new(false));
        let (noted, commands, progressed, ended) = <_>::default();
        Self { living, facts, want: fixture::want(), net, cancelled, noted, commands, progressed, ended }
    }

    pub fn places(&self) -> &Places {
        &self.facts.ours.places
    }

    /// Ctrl-C.
    pub fn interrupt(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    pub fn system<'a>(&'a self, children: &'a dyn Children) -> System<'a> {
        System { look: &self.living, disk: &self.living, net: &self.net, children }
    }

    /// One step by itself, as a run carries it out: its failure by code.
    pub fn perform(&self, children: &Scripted<'_>, action: Action) -> Result<(), Code> {
        self.perform_if(children, action, vec![]).map_err(|it| it.code)
    }

    pub fn perform_if(
        &self,
        children: &Scripted<'_>,
        action: Action,
        premises: Vec<Premise>,
    ) -> Result<(), Failure> {
        let (after, because, meets) = <_>::default();
        let step = Step { id: 1, needs_root: action.needs_root(), action, after, because, meets, premises };
        let plan =
            Plan { steps: vec![step], ..make(&[], &self.facts, &self.want, fixture::known(), Scope::Repair) };
        self.with(children, &plan, |context| steps::perform(&plan.steps[0], context))
    }

    /// Takes everything back that is open, with what it came to.
    pub fn take_back(&self, children: &Scripted<'_>) -> Vec<revert::StepUndone> {
        let runs = self.runs();
        let undo_plan = revert::UndoPlan::of(&runs.iter().collect::<Vec<_>>());
        let plan = make(&[], &self.facts, &self.want, fixture::known(), Scope::Repair);
        let done = self.with(children, &plan, |context| revert::take_back(context, &undo_plan, false));
        done.expect("the journal is writable").into_iter().map(|it| it.undone).collect()
    }

    pub fn with<T>(
        &self,
        children: &Scripted<'_>,
        plan: &Plan,
        work: impl FnOnce(&StepContext<'_>) -> T,
    ) -> T {
        let id = format!("run-{}", self.runs().len() + 1);
        let journal = Journal::new(&self.living, self.places().journal(), id, Request::of("repair"));
        work(&StepContext {
            system: self.system(children),
            places: self.places(),
            plan,
            known: fixture::known(),
            facts: &self.facts,
            settings: &self.facts.here,
            events: self,
            journal: &journal,
            cancelled: &self.cancelled,
            cache_laid: &std::sync::Mutex::default(),
        })
    }

    /// What the journal says.
    pub fn runs(&self) -> Vec<Run> {
        journal::load(&self.living, self.places()).expect("readable").0
    }

    /// What became of the steps by the journal, oldest first.
    pub fn states(&self) -> Vec<journal::State> {
        self.runs().iter().flat_map(|it| it.steps.iter().map(|it| it.state)).collect()
    }

    /// Whether the journal has nothing but attempts that failed before anything was changed.
    pub fn nothing_began(&self) -> bool {
        let steps: Vec<_> = self.runs().into_iter().flat_map(|it| it.steps).collect();
        !steps.is_empty() && steps.iter().all(|it| it.state == journal::State::Failed && it.undo.is_empty())
    }

    /// What the user has: everything but our own directories.
    pub fn theirs(&self) -> Vec<(PathBuf, String, u32)> {
        let machine = self.living.now_is();
        let ours = [&self.places().data, &self.places().cache];
        let files = machine.files.into_iter().filter(|it| !ours.iter().any(|dir| it.0.starts_with(dir)));
        let mut all: Vec<_> =
            files.map(|(path, (bytes, mode))| (path, String::from_utf8_lossy(&bytes).into(), mode)).collect();
        all.extend(machine.links.into_iter().map(|(path, to)| (path, format!("-> {}", to.display()), 0)));
        all
    }
}

impl Events for Stand {
    fn started(&self, _step: u32, _what: &Text) {}
    fn progress(&self, _step: u32, done: u64, total: Option<u64>, _unit: Unit) {
        self.progressed.lock().expect("no test panics while it counts").push((done, total));
    }
    fn line(&self, _step: u32, _text: &str) {}
    fn detail(&self, _step: u32, _text: &Text) {}
    fn command(&self, _step: u32, line: &str) {
        self.commands.lock().expect("no test panics while it notes").push(line.to_owned());
    }
    fn finished(&self, _step: u32, outcome: &Outcome, _millis: u64) {
        self.ended.lock().expect("no test panics while it ends").push(outcome.clone());
    }
    fn note(&self, text: &Text) {
        self.noted.lock().expect("no test panics while it notes").push(text.key.to_string());
    }
}
