//! What a plan costs: the bytes that it fetches, as far as they are known before, and how long it takes. Pure. Bytes are
//! those of the files themselves; time is what the same kind of step took on this machine before, else what it took where
//! the README's figures are from. What is not known is `None`, never a guess.

use crate::action::{Action, Plan, Stage, Step};
use crate::journal::{Run, State};
use crate::prove::program;
use crate::version::GoVersion;

/// Bytes of the zip that a Go comes in, by its version and its platform as Go names it.
const GO: [(&str, &str, u64); 9] = [
    ("1.27.4", "linux/amd64", 75_846_323),
    ("1.27.4", "linux/arm64", 72_291_376),
    ("1.27.4", "darwin/amd64", 77_167_065),
    ("1.27.4", "darwin/arm64", 73_653_659),
    ("1.26.11", "linux/amd64", 71_800_213),
    ("1.26.11", "linux/arm64", 68_693_229),
    ("1.26.11", "darwin/amd64", 72_856_337),
    ("1.26.11", "darwin/arm64", 69_689_778),
    ("1.26.11", "windows/amd64", 72_948_811),
];

/// Bytes of the modules of the Fyne that is embedded: those that its go.mod requires.
const MODULES: u64 = 48_452_670;

/// Bytes of what this CLI needs besides them.
const CLI: (&str, u64) = ("fyne.io/tools/cmd/fyne@v1.7.4", 11_508_435);

/// What a step is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Go itself.
    Go,
    /// The C compiler and the headers.
    Compiler,
    /// The fyne command.
    Cli,
    /// What shells and Go are told.
    Settings,
    /// A display to open windows on.
    Display,
    /// The user's project.
    Project,
    /// The first window.
    Proof,
}

impl Purpose {
    /// All, in the order in which a plan is read.
    pub const ALL: [Self; 7] =
        [Self::Go, Self::Compiler, Self::Cli, Self::Settings, Self::Display, Self::Project, Self::Proof];

    /// What an action is for.
    pub const fn of(action: &Action) -> Self {
        match action {
            Action::InstallGo { .. }
            | Action::RestoreGo { .. }
            | Action::SwitchGo { .. }
            | Action::RestoreModules { .. }
            | Action::ReplaceCache { .. }
            | Action::DropBuilds { .. } => Self::Go,
            Action::RefreshPackageLists { .. }
            | Action::InstallPackages { .. }
            | Action::ReinstallPackages { .. }
            | Action::ConfigurePackages { .. }
            | Action::EnableRepository { .. }
            | Action::ModifyVisualStudio { .. }
            | Action::InstallCommandLineTools
            | Action::SelectDeveloperDir { .. } => Self::Compiler,
            Action::InstallCli { .. } | Action::WarmFyneBuild { .. } => Self::Cli,
            Action::SetGoEnv { .. }
            | Action::SetVariable { .. }
            | Action::WriteEnvFiles { .. }
            | Action::FixLines { .. }
            | Action::FixLineEnds { .. }
            | Action::PutLast { .. }
            | Action::EditProfile { .. } => Self::Settings,
            Action::ShowWslgSockets { .. } | Action::AllowThroughFirewall { .. } => Self::Display,
            Action::CompleteSums { .. } | Action::PinProject(_) | Action::CreateProgram(_) => Self::Project,
            Action::DownloadModules { .. }
            | Action::WarmLibraries { .. }
            | Action::BuildProgram { .. }
            | Action::Prove { .. } => Self::Proof,
        }
    }

    /// What a step of a plan is for: a plan for a first program has no other end.
    pub fn within(plan: &Plan, action: &Action) -> Self {
        let first = plan.steps.iter().any(|it| matches!(it.action, Action::CreateProgram(_)));
        if first { Self::Project } else { Self::of(action) }
    }

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Compiler => "compiler",
            Self::Cli => "cli",
            Self::Settings => "settings",
            Self::Display => "display",
            Self::Project => "project",
            Self::Proof => "proof",
        }
    }
}

/// What one step costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Its number in the plan.
    pub step: u32,
    /// Bytes that it fetches; `None` where nobody knows before.
    pub bytes: Option<u64>,
    /// How long it takes; `None` where it was never measured.
    pub seconds: Option<u64>,
}

/// What a plan costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// Each step, in the order of the plan.
    pub steps: Vec<Cost>,
    /// How long it takes from its first step to its last, in seconds; `None` where a step of the longest way was never
    /// measured.
    pub seconds: Option<u64>,
}

impl Costs {
    /// Of a plan on this platform (`linux/amd64`), with the runs of this machine.
    pub fn of(plan: &Plan, platform: &str, runs: &[Run]) -> Self {
        let cost = |it: &Step| {
            let bytes = bytes(&it.action, platform);
            Cost { step: it.id, bytes, seconds: before(&it.action, runs).or_else(|| usual(&it.action)) }
        };
        let steps: Vec<Cost> = plan.steps.iter().map(cost).collect();
        let seconds = longest(plan, &steps);
        Self { steps, seconds }
    }

    /// The same where everything is on this machine already.
    #[must_use]
    pub fn without_network(mut self) -> Self {
        self.steps.iter_mut().for_each(|it| it.bytes = Some(0));
        self
    }

    /// What a step costs.
    pub fn step(&self, id: u32) -> Option<&Cost> {
        self.steps.iter().find(|it| it.step == id)
    }
}

/// The bytes of these steps that are known, and whether those are all.
pub fn fetched<'a>(costs: impl Iterator<Item = &'a Cost>) -> (u64, bool) {
    costs.fold((0, true), |(sum, all), it| match it.bytes {
        Some(bytes) => (sum + bytes, all),
        None => (sum, false),
    })
}

/// What an action fetches.
fn bytes(action: &Action, platform: &str) -> Option<u64> {
    let go = |version: &GoVersion| {
        let version = version.to_string();
        GO.iter().find(|it| it.0 == version && it.1 == platform).map(|it| it.2)
    };
    match action {
        Action::InstallGo { version, .. } => go(version),
        Action::DownloadModules { fyne } => Some(MODULES).filter(|_| fyne.to_string() == program::EMBEDDED),
        Action::InstallCli { module, .. } => {
            let module = module.to_string();
            Some(CLI.1).filter(|_| module == CLI.0)
        }
        Action::RefreshPackageLists { .. }
        | Action::InstallPackages { .. }
        | Action::ReinstallPackages { .. }
        | Action::ConfigurePackages { .. }
        | Action::ModifyVisualStudio { .. }
        | Action::InstallCommandLineTools
        | Action::RestoreGo { .. }
        | Action::RestoreModules { .. } => None,
        _ => Some(0),
    }
}

/// What the same kind of step took on this machine, the last time that it was done. The journal counts whole seconds.
fn before(action: &Action, runs: &[Run]) -> Option<u64> {
    let same = |it: &Action| match (it, action) {
        (Action::WarmLibraries { stage, .. }, Action::WarmLibraries { stage: other, .. }) => stage == other,
        (Action::InstallPackages { names, .. }, Action::InstallPackages { names: other, .. }) => {
            names == other
        }
        _ => it.kind() == action.kind(),
    };
    let steps = runs.iter().flat_map(|it| &it.steps);
    let done = steps.filter(|it| matches!(it.state, State::Done | State::Undone) && same(&it.action));
    done.filter_map(|it| Some(it.ended?.saturating_sub(it.began))).next_back()
}

/// What it takes where the README's figures are from: a bare Debian 12 with two cores and a fast network. One run with
/// `--timings` gave the shares, the README's 54 and 91 seconds the whole.
fn usual(action: &Action) -> Option<u64> {
    Some(match action {
        Action::RefreshPackageLists { .. } => 2,
        Action::InstallGo { .. } => 4,
        Action::WarmLibraries { stage: Stage::Standard, .. } => 14,
        Action::InstallPackages { .. } | Action::WarmLibraries { stage: Stage::Pure, .. } => 10,
        Action::WarmLibraries { stage: Stage::Gl, .. } => 18,
        Action::BuildProgram { .. } => 19,
        Action::CreateProgram(_) => 5,
        Action::InstallCli { .. } => 11,
        Action::DownloadModules { .. } | Action::Prove { .. } => 3,
        Action::WarmFyneBuild { .. } => 23,
        Action::PinProject(_) => return None,
        it if it.is_edit() => 0,
        _ => return None,
    })
}

/// The way through the graph that takes longest.
fn longest(plan: &Plan, costs: &[Cost]) -> Option<u64> {
    let mut ends: Vec<(u32, Option<u64>)> = Vec::new();
    for (step, cost) in plan.steps.iter().zip(costs) {
        let of = |id: &u32| ends.iter().find(|it| it.0 == *id).map_or(Some(0), |it| it.1);
        let begins = step.after.iter().map(of).try_fold(0, |most, it| Some(it?.max(most)));
        let end = begins.and_then(|it| Some(it + cost.seconds?));
        ends.push((step.id, end));
    }
    ends.iter().map(|it| it.1).try_fold(0, |most, it| Some(it?.max(most)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::checks::fixture;
    use crate::journal::RunStep;

    fn plan(actions: &[(Action, &[u32])]) -> Plan {
        let step = |(at, (action, after)): (usize, &(Action, &[u32]))| {
            let (because, meets, premises) = <_>::default();
            let id = u32::try_from(at).unwrap_or(0) + 1;
            let (action, after) = (action.clone(), after.to_vec());
            Step { id, action, after, because, meets, premises, needs_root: false }
        };
        let made =
            super::super::make(&[], &fixture::healthy(), &fixture::want(), fixture::known(), Scope::Repair);
        Plan { steps: actions.iter().enumerate().map(step).collect(), ..made }
    }

    fn go(version: &str) -> Action {
        Action::InstallGo { version: fixture::version(version), root: "/x".into() }
    }

    fn packages(names: &[&str]) -> Action {
        let names = names.iter().map(|it| (*it).to_owned()).collect();
        Action::InstallPackages { manager: "apt".into(), names }
    }

    fn done(action: Action, seconds: u64, state: State) -> RunStep {
        RunStep {
            step: 1,
            action,
            because: vec![],
            undo: vec![],
            state,
            at: 0,
            line: 0,
            began: 100,
            ended: Some(100 + seconds),
            brought: None,
            prefix: None,
        }
    }

    #[test]
    fn a_size_is_that_of_the_version_and_of_the_platform_or_unknown() {
        for (version, platform, want) in [
            ("1.27.4", "linux/amd64", Some(75_846_323)),
            ("1.27.4", "linux/arm64", Some(72_291_376)),
            ("1.27.4", "linux/riscv64", None),
            ("1.27.3", "linux/amd64", None),
        ] {
            let costs = Costs::of(&plan(&[(go(version), &[])]), platform, &[]);
            assert_eq!(costs.steps[0].bytes, want, "{version} {platform}");
        }
        let costs = Costs::of(&plan(&[(go("1.27.4"), &[]), (packages(&["gcc"]), &[])]), "linux/amd64", &[]);
        assert_eq!(fetched(costs.steps.iter()), (75_846_323, false), "packages are not guessed");
    }

    #[test]
    fn time_is_what_it_took_here_before_else_the_usual() {
        let run = |steps| Run { steps, ..Run::default() };
        let first =
            |action: Action, runs: &[Run]| Costs::of(&plan(&[(action, &[])]), "", runs).steps[0].seconds;
        assert_eq!(first(go("1.27.4"), &[]), Some(4));
        let runs = [
            run(vec![done(go("1.26.11"), 50, State::Done)]),
            run(vec![done(go("1.27.4"), 40, State::Done), done(go("1.27.4"), 9, State::Failed)]),
        ];
        assert_eq!(first(go("1.27.4"), &runs), Some(40), "the last that was done, not one that failed");
        let runs = [run(vec![done(packages(&["a"]), 5, State::Done)])];
        assert_eq!(first(packages(&["a"]), &runs), Some(5));
        assert_eq!(first(packages(&["a", "b"]), &runs), Some(10), "other packages take other times");
        assert_eq!(first(Action::InstallCommandLineTools, &[]), None);
    }

    #[test]
    fn steps_that_go_on_at_the_same_time_are_not_added_up() {
        let fyne = || program::EMBEDDED.parse().expect("a version");
        let modules = || Action::DownloadModules { fyne: fyne() };
        let graph = [
            (packages(&["gcc"]), &[][..]),
            (go("1.27.4"), &[]),
            (modules(), &[2]),
            (Action::Prove { fyne: fyne() }, &[1, 3]),
        ];
        assert_eq!(Costs::of(&plan(&graph), "", &[]).seconds, Some(13));
        let unknown = [(Action::InstallCommandLineTools, &[][..]), (go("1.27.4"), &[1])];
        assert_eq!(Costs::of(&plan(&unknown), "", &[]).seconds, None);
        assert_eq!(Costs::of(&plan(&[]), "", &[]).seconds, Some(0));
    }
}
