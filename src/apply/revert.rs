//! Taking runs back: every step in the reverse order of its end, by the undo that was written before it, each journalled
//! when it is taken back. Decides nothing about which runs: see [`UndoPlan`]. Safe to be cut off and repeated.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::events::Outcome;
use super::steps::StepContext;
use super::steps::packages::repository;
use super::steps::removal::share::{self, Share};
use super::steps::removal::{self, Kept};
use super::steps::{firewall, wsl, xcode};
use crate::action::Action;
use crate::facts::host::Rights;
use crate::failure::{Code, Failure};
use crate::gather::Gather as _;
use crate::journal::lock;
use crate::journal::undo::{Reverted, Undo, UndoContext};
use crate::journal::{Event, Run, RunStep, State, told};
use crate::packages;
use crate::shells::could_be_ours;
use crate::system::links;

pub mod backups;
pub mod believed;

/// What will be taken back: steps of runs, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoPlan {
    /// A run's ID with a step of it.
    pub steps: Vec<(String, RunStep)>,
}

impl UndoPlan {
    /// Everything that these runs still have to be taken back, the newest first. Runs are given oldest first.
    pub fn of(runs: &[&Run]) -> Self {
        let of =
            |run: &&Run| run.open().into_iter().map(|it| (run.id.clone(), it.clone())).collect::<Vec<_>>();
        Self { steps: runs.iter().rev().flat_map(of).collect() }
    }
}

/// What of the packages of each step is ours, and the names of all that is.
fn shares(site: &StepContext<'_>, plan: &UndoPlan) -> (Vec<Result<Share, Failure>>, BTreeSet<String>) {
    let mut shares: Vec<_> = plan.steps.iter().map(|(run, step)| share::of(site, run, step)).collect();
    let all: BTreeSet<String> = shares.iter().flatten().flat_map(|it| it.ours.clone()).into_set();
    // What a later step brought is no question to one that tried before and failed.
    for share in shares.iter_mut().flatten() {
        share.unproven.retain(|it| !all.contains(it));
    }
    (shares, all)
}

/// The later runs that changed again what this one changed. StepUndone back before them, they would lose their way back.
pub fn built_on<'r>(run: &Run, runs: &'r [Run]) -> Vec<&'r Run> {
    let touched = |run: &Run| -> Vec<PathBuf> {
        let undos = run.open().into_iter().flat_map(|it| it.undo.clone());
        let shared = |it: &Undo| !matches!(it, Undo::RemoveDir { .. });
        let place = |it: Undo| match it {
            Undo::Registry { key, name, .. } => Some(format!(r"{key}\{}", name.to_uppercase()).into()),
            it => it.path().map(PathBuf::from),
        };
        undos.filter(shared).filter_map(place).collect()
    };
    let ours = touched(run);
    let later = runs.iter().skip_while(|it| it.id != run.id).skip(1);
    later
        .filter(|it| touched(it).iter().any(|a| ours.iter().any(|b| a.starts_with(b) || b.starts_with(a))))
        .collect()
}

/// The edits of a run that was cut short. They are taken back before it goes on, and done again in no time: what a plan
/// makes of half of them is another thing. What was downloaded, built or installed stays.
pub fn edits(run: &Run) -> UndoPlan {
    let steps = run.open().into_iter().filter(|it| it.action.is_edit());
    UndoPlan { steps: steps.map(|it| (run.id.clone(), it.clone())).collect() }
}

/// What one step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepUndone {
    /// Each primitive, in order, with what it came to; and the packages that stay.
    Back(Vec<Reverted>, Kept),
    /// There are no rights to remove these packages; everything else of the step is taken back.
    NoRights(Vec<String>),
    /// It failed.
    Failed(Failure),
    /// Not tried: interrupted before.
    Not,
}

impl StepUndone {
    /// Whether nothing of the step is left to take back. A package that somebody else needs by now is theirs.
    pub fn whole(&self) -> bool {
        let open = |it: &Reverted| matches!(it, Reverted::ChangedByOthers(_) | Reverted::NotWritten(_));
        matches!(self, Self::Back(all, _) if !all.iter().any(open))
    }
}

/// A step that was taken back, as far as it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it came to.
    pub undone: StepUndone,
    /// How many milliseconds it took.
    pub millis: u64,
    /// Whether anything is otherwise than before.
    pub changed: bool,
}

/// Takes back every step of the plan and says so in the journal. A step that fails does not keep the others from
/// being taken back. Gives what each came to.
pub fn take_back(site: &StepContext<'_>, plan: &UndoPlan, force: bool) -> Result<Vec<Taken>, Failure> {
    let look = site.system.look;
    believed::plan(look, site.places, plan)?;
    let (shares, all) = shares(site, plan);
    let undos = plan.steps.iter().flat_map(|it| &it.1.undo);
    let gone: BTreeSet<PathBuf> = undos
        .filter(|it| it.vanished(look).is_some())
        .filter_map(|it| it.path().map(PathBuf::from))
        .into_set();
    site.journal.begin(look.now())?;
    let mut taken = Vec::new();
    for ((number, (run, step)), share) in (1..).zip(&plan.steps).zip(&shares) {
        if site.cancelled.load(Ordering::SeqCst) {
            taken.push(Taken { undone: StepUndone::Not, millis: 0, changed: false });
            continue;
        }
        let begun = look.monotonic_ms();
        site.events.started(number, &told::expected(look, step));
        let (one, changed) = step_back(number, site, step, (share, &all, &gone), force);
        if one.whole() {
            site.journal.write(look.now(), Event::Undone { of: run.clone(), step: step.step })?;
        }
        if let StepUndone::Back(came, kept) = &one {
            site.events.became(number, &told::did(step, came, kept.count()));
        }
        let outcome = match &one {
            StepUndone::Failed(failure) => Outcome::Failed(failure.message.clone()),
            StepUndone::NoRights(_) => Outcome::Cancelled,
            _ => Outcome::Done,
        };
        let millis = look.monotonic_ms().saturating_sub(begun);
        site.events.finished(number, &outcome, millis);
        taken.push(Taken { undone: one, millis, changed });
    }
    Ok(taken)
}

/// Takes one step of this very run back, as the healing loop does with a remedy that did not help.
pub fn one(site: &StepContext<'_>, step: &RunStep) -> Result<(), Failure> {
    let plan = UndoPlan { steps: vec![(site.journal.run().to_owned(), step.clone())] };
    let (shares, all) = shares(site, &plan);
    let Some(share) = shares.first() else { return Ok(()) };
    match step_back(step.step, site, step, (share, &all, &BTreeSet::new()), false).0 {
        StepUndone::Failed(failure) => Err(failure),
        taken => {
            if let Some(restart) = awaited(std::slice::from_ref(&taken)) {
                site.events.note(&restart.message);
            }
            if taken.whole() && step.state != State::Undone {
                let event = Event::Undone { of: site.journal.run().to_owned(), step: step.step };
                site.journal.write(site.system.look.now(), event)?;
            }
            Ok(())
        }
    }
}

/// What a step comes to, and whether anything is otherwise now.
fn step_back(
    id: u32,
    site: &StepContext<'_>,
    step: &RunStep,
    (share, all, gone): (&Result<Share, Failure>, &BTreeSet<String>, &BTreeSet<PathBuf>),
    force: bool,
) -> (StepUndone, bool) {
    let (look, disk) = (site.system.look, site.system.disk);
    let (backups, copies) = (site.places.backups(), site.places.data.join("kept"));
    let undoing = UndoContext { look, disk, backups: &backups, copies: force.then_some(copies.as_path()) };
    let (mut came, mut kept, mut denied) = (Vec::new(), Kept::default(), Vec::new());
    let mut changed = false;
    for undo in &step.undo {
        let at = undo.path().map(|it| links::real_path(look, it));
        let before = at.as_ref().map(|it| look.stat(it));
        let result = match undo {
            Undo::RemovePackages { manager, names } if no_rights(site, manager) => {
                denied.extend(share.as_ref().map_or(names, |it| &it.ours).clone());
                continue;
            }
            Undo::DisableRepository { manager, repository, .. } if no_rights(site, manager) => {
                denied.push(repository.clone());
                continue;
            }
            Undo::DisableRepository { manager, repository, by } => {
                repository::disable(id, site, manager, repository, *by).map(|()| Reverted::Yes)
            }
            Undo::RemovePackages { manager, .. } => {
                let removed = |share| removal::remove(id, site, manager, share, all);
                let came = share.as_ref().map_err(Clone::clone).and_then(removed);
                came.map(|it| {
                    changed |= share.as_ref().is_ok_and(|share| share.ours.len() > it.names.len());
                    kept = it;
                    Reverted::Yes
                })
            }
            Undo::DeveloperDir { was, wrote } => {
                xcode::select_again(id, site, was.as_deref(), wrote.as_deref())
            }
            Undo::FirewallRule { port } => firewall::forbid(id, site, *port),
            Undo::WslgSockets(sockets) => wsl::cover(id, site, sockets),
            Undo::Restore { path, .. } if !force && !is_sayable(site, step, undo) => {
                Ok(Reverted::NotWritten(path.clone()))
            }
            other => {
                // What was believed because its directory was gone has to be believed anew where that is there again.
                let back = other.path().is_some_and(|it| gone.contains(it)) && other.vanished(look).is_none();
                if back && let Err(failure) = believed::step(look, site.places, step) {
                    return (StepUndone::Failed(failure), changed);
                }
                let swept = other.path().map_or(Ok(()), |it| lock::sweep(look, disk, it));
                swept.and_then(|()| other.revert(&undoing)).map_err(Failure::from)
            }
        };
        changed |= match (&at, &result) {
            (Some(at), _) => before != Some(look.stat(at)),
            (None, Ok(Reverted::Yes)) => !matches!(undo, Undo::RemovePackages { .. }),
            (None, Ok(it)) => matches!(it, Reverted::Merged(_) | Reverted::Copied(..)),
            (None, Err(_)) => true,
        };
        match result {
            Ok(it) => came.push(it),
            Err(failure) => return (StepUndone::Failed(failure), changed),
        }
    }
    let undone = if denied.is_empty() { StepUndone::Back(came, kept) } else { StepUndone::NoRights(denied) };
    (undone, changed)
}

/// Whether what comes back into one of our env files is what we would write: shells run it at each login. A person's text
/// comes back when he says so (`--force`).
fn is_sayable(site: &StepContext<'_>, step: &RunStep, undo: &Undo) -> bool {
    let ours = matches!(step.action, Action::WriteEnvFiles { .. });
    let old = || undo.old(site.system.look, &site.places.backups());
    let path = undo.path().unwrap_or(Path::new(""));
    !ours || old().is_none_or(|it| could_be_ours(path, &it))
}

/// Whether a manager needs rights that there are none of. One that asks for them itself, or needs none, is asked.
fn no_rights(site: &StepContext<'_>, manager: &str) -> bool {
    let needed = packages::by_name(manager).is_none_or(|it| it.needs_root());
    let rights = site.facts.host.rights;
    needed && (site.plan.want.no_sudo && rights != Rights::Root || rights == Rights::None)
}

/// The first failure, and whether the run was interrupted.
pub fn failure(taken: &[StepUndone]) -> Option<Failure> {
    let failed = taken.iter().find_map(|it| match it {
        StepUndone::Failed(failure) => Some(failure.clone()),
        _ => None,
    });
    let interrupted = || {
        taken
            .contains(&StepUndone::Not)
            .then(|| Failure::new(Code::Interrupted, text!("apply-interrupted")).hint(text!("apply-goes-on")))
    };
    interrupted().or(failed)
}

/// What counts only after a restart of the machine.
pub fn awaited(taken: &[StepUndone]) -> Option<Failure> {
    let of = |it: &StepUndone| match it {
        StepUndone::Back(_, kept) => kept.next_start.clone(),
        _ => Vec::new(),
    };
    let names: Vec<String> = taken.iter().flat_map(of).collect();
    let message = text!("undo-packages-layered", names = names.join(" "));
    let failure = || Failure::new(Code::PackagesRestart, message).hint(text!("undo-packages-layered-hint"));
    (!names.is_empty()).then(failure)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;
    use crate::action::Scope;
    use crate::apply::stand::Stand;
    use crate::facts::host::Host;
    use crate::failure::Exit;
    use crate::system::fake::{Machine, Scripted};

    fn set(key: &str) -> Action {
        Action::SetGoEnv { file: "/root/.config/go/env".into(), key: key.into(), value: Some("1".into()) }
    }

    /// Two runs that changed the same file, the second one a profile as well.
    fn stand() -> Stand {
        let machine = Machine::linux().file("/root/.config/go/env", "A=0\n").file("/root/.profile", "mine\n");
        let stand = Stand::new(machine);
        let children = Scripted::on(&stand.living);
        for action in [set("A"), set("B"), Action::EditProfile { file: "/root/.profile".into() }] {
            assert_eq!(stand.perform(&children, action), Ok(()));
        }
        drop(children);
        stand
    }

    fn env(stand: &Stand) -> String {
        stand.living.text("/root/.config/go/env").unwrap_or_default()
    }

    #[test]
    fn the_newest_goes_first_and_every_step_is_marked() {
        let stand = stand();
        let plan = UndoPlan::of(&stand.runs().iter().collect::<Vec<_>>());
        assert_eq!(
            plan.steps.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
            ["run-3", "run-2", "run-1"]
        );
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert!(taken.iter().all(StepUndone::whole) && failure(&taken).is_none());
        assert_eq!(env(&stand), "A=0\n");
        assert!(stand.states().iter().all(|it| *it == State::Undone));
        assert_eq!(stand.take_back(&Scripted::on(&stand.living)), [], "there is nothing left to take back");
    }

    #[test]
    fn a_run_that_others_built_on_names_them() {
        let stand = stand();
        let runs = stand.runs();
        let on = |run: usize| built_on(&runs[run], &runs).iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        assert_eq!((on(0), on(1), on(2)), (vec!["run-2".to_owned()], vec![], vec![]));
    }

    #[test]
    fn one_that_fails_does_not_keep_the_others() {
        let stand = stand();
        stand.living.fail_on("/root/.profile", ErrorKind::StorageFull);
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert!(matches!(taken[0], StepUndone::Failed(_)) && taken[1..].iter().all(StepUndone::whole));
        assert_eq!(failure(&taken).map(|it| it.code), Some(Code::DiskFull));
        assert_eq!(env(&stand), "A=0\n");
        assert_eq!(stand.states()[2], State::Done, "it is still open");
    }

    #[test]
    fn what_an_interruption_left_is_not_tried_and_said_so() {
        let stand = stand();
        stand.interrupt();
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert_eq!(taken, [StepUndone::Not, StepUndone::Not, StepUndone::Not]);
        assert_eq!(failure(&taken).map(|it| it.exit), Some(Exit::Interrupted));
        assert_eq!(env(&stand), "A=1\nB=1\n");
    }

    #[test]
    fn what_somebody_else_wrote_instead_is_left_and_stays_open() {
        let stand = stand();
        let ours = stand.living.text("/root/.profile").expect("there");
        let other = ours.replace(".config/fyne-setup/env", "elsewhere");
        assert_ne!(other, ours);
        stand.living.change(|it| it.files.insert("/root/.profile".into(), (other.clone().into(), 0o644)));
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert!(!taken[0].whole() && taken[1..].iter().all(StepUndone::whole), "{taken:?}");
        assert_eq!(stand.living.text("/root/.profile").as_deref(), Some(other.as_str()));
        assert_eq!(stand.states()[2], State::Done);
    }

    #[test]
    fn without_rights_packages_stay_and_the_rest_goes() {
        let simulated = "Inst libgl-dev (1 Debian)\n";
        let machine = Machine::linux().answer("/usr/bin/apt-get", "install -s", 0, simulated, "");
        let mut stand = Stand::new(machine);
        let prints = "Unpacking libgl-dev:amd64 (1) ...\n";
        let children = Scripted::on(&stand.living).part("/usr/bin/apt-get install", 0, prints);
        let names = vec!["libgl-dev".to_owned()];
        let install = Action::InstallPackages { manager: "apt".into(), names: names.clone() };
        assert_eq!(stand.perform(&children, install), Ok(()));
        drop(children);
        stand.facts.host.rights = Rights::None;
        let there = "libgl-dev\t1\tinstall ok installed\n";
        stand.living.change(|it| *it = it.clone().answer(crate::packages::played::QUERY, "-W", 0, there, ""));
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert_eq!(taken, [StepUndone::NoRights(names)]);
        assert_eq!(stand.states(), [State::Done]);
    }

    #[test]
    fn a_manager_that_needs_no_rights_is_asked_without_any() {
        let stand = Stand::new(Machine::windows());
        let children = Scripted::on(&stand.living);
        let plan =
            crate::plan::make(&[], &stand.facts, &stand.want, crate::checks::fixture::known(), Scope::Repair);
        stand.with(&children, &plan, |site| {
            let facts = crate::facts::Facts {
                host: Host { rights: Rights::None, ..site.facts.host.clone() },
                ..site.facts.clone()
            };
            let site = StepContext { facts: &facts, ..*site };
            assert_eq!(["winget", "apt", "unheard-of"].map(|it| no_rights(&site, it)), [false, true, true]);
        });
    }

    #[test]
    fn of_a_run_that_was_cut_short_only_its_edits_are_taken_back() {
        let stand = stand();
        let runs = stand.runs();
        let of = |action| RunStep { action, ..runs[0].steps[0].clone() };
        let program = Action::InstallCli { module: "m@v1".into(), bin: "/root/go/bin".into(), cgo: false };
        let run = Run { steps: vec![of(set("A")), of(program)], ..runs[0].clone() };
        assert_eq!(edits(&run).steps.iter().map(|it| it.1.action.clone()).collect::<Vec<_>>(), [set("A")]);
    }

    #[test]
    fn what_was_passed_over_with_its_directory_is_judged_where_that_comes_back() {
        let stand = stand();
        let kept = "/root/.cache/go-build.fyne-setup-1/00/x";
        stand.living.change(|it| it.files.insert(kept.into(), (b"a".to_vec(), 0o644)));
        let runs = stand.runs();
        let of = |action, undo| {
            ("run-1".to_owned(), RunStep { action, undo: vec![undo], ..runs[0].steps[0].clone() })
        };
        let (dir, file) = (PathBuf::from("/root/.cache/go-build"), "/root/.cache/go-build/00/x");
        let back = Undo::MoveBack { path: dir.clone(), aside: "/root/.cache/go-build.fyne-setup-1".into() };
        let cache = Action::ReplaceCache { dir, cache: crate::action::Cache::Builds };
        let forged = Undo::RemoveFile { path: file.into(), wrote: None };
        let undo_plan = UndoPlan { steps: vec![of(cache, back), of(set("A"), forged)] };
        let plan =
            crate::plan::make(&[], &stand.facts, &stand.want, crate::checks::fixture::known(), Scope::Repair);
        let taken = stand.with(&Scripted::on(&stand.living), &plan, |it| take_back(it, &undo_plan, false));
        let taken = taken.expect("the directory is not there yet");
        let refused =
            |it: &StepUndone| matches!(it, StepUndone::Failed(it) if it.code == Code::JournalRefused);
        assert!(taken[0].undone.whole() && refused(&taken[1].undone), "{taken:?}");
        assert_eq!(stand.living.text(file).as_deref(), Some("a"));
    }
}
