//! What a run does next, as a table; and that it ends, whatever helps and whatever fails.
//!
//! Long because the table is read in one piece.

use super::use_of::subject;
use super::*;
use crate::checks::{Verdict, fixture};
use crate::facts::Deep;
use crate::failure::{Code, Exit};
use crate::plan::{make, make_without};

type State = super::State<'static>;

fn setting(key: &str) -> Need {
    Need::GoSetting { key: key.into(), value: None }
}

fn set(key: &str) -> Action {
    Action::SetGoEnv { file: "/root/.config/go/env".into(), key: key.into(), value: None }
}

fn refresh() -> Action {
    Action::RefreshPackageLists { manager: "apt".into() }
}

fn step_of(id: u32, action: Action, meets: &[Need]) -> Step {
    let (after, because, premises) = <_>::default();
    Step { id, action, after, because, meets: meets.to_vec(), premises, needs_root: false }
}

fn step(id: u32, keys: &[&str]) -> Step {
    step_of(id, set(&keys.concat()), &keys.iter().map(|it| setting(it)).collect::<Vec<_>>())
}

fn failure(code: Code, exit: Exit) -> Failure {
    Failure::new(code, text!("apply-interrupted")).exiting(exit)
}

fn finding(id: &str, needs: &[Need]) -> Finding {
    let verdict = needs.iter().cloned().fold(Verdict::fail(text!("apply-interrupted")), Verdict::need);
    Finding { id: id.into(), group: Group::Go, verdict, blocked_by: vec![], needed: true }
}

/// What the checks say while these settings are wrong.
fn wrong(keys: &[&str]) -> Vec<Finding> {
    keys.iter().map(|it| finding("go.flags", &[setting(it)])).collect()
}

fn decision() -> Vec<Finding> {
    vec![finding("go.flags", &[Need::Decision])]
}

fn plan_of(steps: Vec<Step>) -> Plan {
    Plan { steps, ..make(&[], &fixture::healthy(), &fixture::want(), fixture::known(), Scope::Repair) }
}

/// A healthy machine on which a run of this course has carried its first, empty plan out.
fn begun(course: Course) -> State {
    let mut state = State::new(fixture::healthy(), fixture::known(), plan_of(vec![]), course);
    state.carried_out(Round { plan: plan_of(vec![]), ran: vec![] }, (fixture::healthy(), vec![]), false);
    state
}

fn repairing() -> State {
    begun(heal(Scope::Repair, &[]))
}

fn heal(scope: Scope, only: &[&str]) -> Course {
    Course::Heal { scope, only: only.iter().map(|it| (*it).into()).collect() }
}

/// What came of a step.
#[derive(Clone, Copy)]
enum Came {
    Done,
    Failed(Code, Exit),
    Cancelled,
}

use Came::{Cancelled, Done};

const FULL: Came = Came::Failed(Code::DiskFull, Exit::Failed);
const NETWORK: Came = Came::Failed(Code::PackagesNetwork, Exit::Failed);
const CHANGED: Came = Came::Failed(Code::PremiseChanged, Exit::Failed);
const RESTART: Came = Came::Failed(Code::PackagesRestart, Exit::Restart);
const TAMPERED: Came = Came::Failed(Code::TrustChecksum, Exit::Refused);
const NO_WINDOW: Came = Came::Failed(Code::ProveNoWindow, Exit::Problems);

impl State {
    /// After one more round with these steps, which leaves these findings.
    fn after(mut self, steps: &[(Step, Came)], findings: Vec<Finding>) -> Self {
        let ran = steps.iter().map(|(step, came)| Ran {
            step: step.id,
            began: (!matches!(came, Cancelled)).then_some(1),
            ended: u64::from(step.id),
            failure: match came {
                Came::Failed(code, exit) => Some(failure(*code, *exit)),
                _ => None,
            },
        });
        let ran = ran.collect();
        let plan = plan_of(steps.iter().map(|it| it.0.clone()).collect());
        let facts = self.facts.clone();
        self.carried_out(Round { plan, ran }, (facts, findings), true);
        self
    }

    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn deeply(self, findings: Vec<Finding>) -> Self {
        let deep = Facts { deep: Some(Deep::default()), ..fixture::healthy() };
        self.with(|it| it.looked_deeper(Depth::Everything, (deep, findings)))
    }

    /// After a look as deep as its course goes, which found nothing.
    fn looked(self) -> Self {
        self.deeply(vec![])
    }
}

/// `next` in words.
fn said(state: &State) -> String {
    let kinds =
        |it: &Plan| it.steps.iter().map(|it| it.action.kind().to_string()).collect::<Vec<_>>().join(" ");
    match next(state) {
        Next::Round(plan) => format!("round {}", kinds(&plan)),
        Next::Prove(plan) => format!("prove {}", kinds(&plan)),
        Next::TakeBack(step) => format!("take back {step}"),
        Next::LookDeeper(depth) => format!("look deeper: {depth:?}"),
        Next::End(why) => format!("end {why:?}"),
    }
}

const PROOF: &str = "prove download-modules build-program prove";

fn prove() -> Step {
    step_of(2, Action::Prove { fyne: "2.8.1".into() }, &[])
}

/// A setting was fixed.
fn a() -> (Step, Came) {
    (step(1, &["A"]), Done)
}

/// What should have fixed GOFLAGS came to this.
fn goflags(came: Came) -> (Step, Came) {
    (step(1, &["GOFLAGS"]), came)
}

/// Packages were to come.
fn packages(came: Came) -> (Step, Came) {
    let install = Action::InstallPackages { manager: "apt".into(), names: vec!["libxrandr-dev".into()] };
    (step_of(2, install, &[]), came)
}

/// A run whose window did not come.
fn no_window() -> State {
    begun(heal(Scope::Install, &[])).after(&[a()], vec![]).after(&[(prove(), NO_WINDOW)], vec![])
}

/// A run whose first build failed, and that saw afterwards which setting it needs.
fn failed_first() -> State {
    begun(heal(Scope::Install, &[])).after(&[a(), (prove(), NO_WINDOW)], flags())
}

fn fixed_since() -> State {
    failed_first().after(&[goflags(Done)], vec![])
}

fn headers() -> Vec<Finding> {
    vec![finding("cgo.headers", &[Need::Capability("xrandr".into())])]
}

/// A run whose package lists could not be brought up to date, so that nothing was installed.
fn no_lists() -> State {
    let need = [Need::Capability("xrandr".into())];
    let install = Action::InstallPackages { manager: "apt".into(), names: vec!["libxrandr-dev".into()] };
    let install = Step { after: vec![1], ..step_of(2, install, &need) };
    repairing().after(&[(step_of(1, refresh(), &need), NETWORK), (install, Cancelled)], headers())
}

/// What a state is like, it, and what `next` says of it.
type Row = (&'static str, State, &'static str);

fn flags() -> Vec<Finding> {
    wrong(&["GOFLAGS"])
}

fn lost_cli() -> Vec<Finding> {
    vec![finding("cli.present", &[Need::Cli(fixture::want().target.cli)])]
}

/// The CLI, where nobody may write.
fn no_cli(bin: &str) -> (Step, Came) {
    let module = fixture::want().target.cli;
    let needs = [Need::Cli(module.clone())];
    let action = Action::InstallCli { module, bin: bin.into(), cgo: false };
    (step_of(2, action, &needs), Came::Failed(Code::DiskDenied, Exit::Failed))
}

fn both() -> Vec<Finding> {
    wrong(&["GOFLAGS", "GOPROXY"])
}

/// Both settings were set.
fn two() -> [(Step, Came); 2] {
    [goflags(Done), (step(2, &["GOPROXY"]), Done)]
}

fn beginnings_and_ends() -> Vec<Row> {
    let shown =
        |course| State::new(fixture::healthy(), fixture::known(), plan_of(vec![step(1, &["A"])]), course);
    let once = || begun(Course::Once);
    vec![
        ("the plan that was shown comes first", shown(Course::Once), "round set-go-env"),
        ("also after Ctrl-C", shown(Course::Once).with(|it| it.interrupted = true), "round set-go-env"),
        ("one plan and no more", once().after(&[a()], flags()), "end Once"),
        ("nothing is wrong, and only a build shows whether it is so", repairing(), "look deeper: Everything"),
        ("what is wrong is fixed", repairing().after(&[], flags()), "round set-go-env"),
        ("what has no remedy is left", repairing().after(&[], decision()), "end NothingLeft"),
        (
            "an interruption ends it",
            repairing().after(&[a()], flags()).with(|it| it.interrupted = true),
            "end Interrupted",
        ),
        ("a refusal ends it", repairing().after(&[goflags(TAMPERED)], both()), "end Refused"),
        (
            "a refusal leaves what did not help where it is",
            repairing().after(&[(step(2, &["GOPROXY"]), Done), goflags(TAMPERED)], both()),
            "end Refused",
        ),
        (
            "a refusal of what nobody wants any more does too",
            repairing().after(&[goflags(TAMPERED)], vec![]).after(&[], wrong(&["GOPROXY"])),
            "end Refused",
        ),
    ]
}

fn remedies_that_do_not_help() -> Vec<Row> {
    vec![
        ("what failed is not tried again", repairing().after(&[goflags(FULL)], flags()), "end NothingLeft"),
        ("what else is wrong is", repairing().after(&[goflags(FULL)], both()), "round set-go-env"),
        (
            "a premise that changed is planned anew",
            repairing().after(&[goflags(CHANGED)], flags()),
            "round set-go-env",
        ),
        (
            "and once only",
            repairing().after(&[goflags(CHANGED)], flags()).after(&[goflags(CHANGED)], flags()),
            "end NothingLeft",
        ),
        ("what did not help is taken back", repairing().after(&[goflags(Done)], flags()), "take back 1"),
        ("the last one first", repairing().after(&two(), both()), "take back 2"),
        (
            "then the other",
            repairing().after(&two(), both()).with(|it| it.took_back(2, Ok(()))),
            "take back 1",
        ),
        (
            "and it is not tried again",
            repairing().after(&[goflags(Done)], flags()).with(|it| it.took_back(1, Ok(()))),
            "end NothingLeft",
        ),
        (
            "a take-back that fails is not repeated",
            repairing()
                .after(&[goflags(Done)], flags())
                .with(|it| it.took_back(1, Err(failure(Code::DiskFull, Exit::Failed)))),
            "end NothingLeft",
        ),
        (
            "what failed is tried once more where a setting changed since",
            repairing().after(&[no_cli("/root/go/bin")], lost_cli()).after(&[a()], lost_cli()),
            "round install-cli",
        ),
        (
            "and no more than once",
            repairing()
                .after(&[no_cli("/root/go/bin")], lost_cli())
                .after(&[a()], lost_cli())
                .after(&[no_cli("/root/bin")], lost_cli())
                .after(&[a()], lost_cli()),
            "end NothingLeft",
        ),
        (
            "packages that came bring no room",
            repairing().after(&[goflags(FULL), packages(Done)], flags()),
            "end NothingLeft",
        ),
        (
            "and may bring a program that was missing",
            repairing()
                .after(&[goflags(Came::Failed(Code::DiskFailed, Exit::Failed)), packages(Done)], flags()),
            "round set-go-env",
        ),
        (
            "what helped a little stays",
            repairing().after(&[(step(1, &["GOFLAGS", "GOPROXY"]), Done)], flags()),
            "end NothingLeft",
        ),
    ]
}

fn bounds() -> Vec<Row> {
    vec![
        (
            "nothing but what was named is fixed",
            begun(heal(Scope::Repair, &["cgo"])).after(&[], flags()),
            "end NothingLeft",
        ),
        ("and that is", begun(heal(Scope::Repair, &["go.flags"])).after(&[], flags()), "round set-go-env"),
        ("lists that cannot be had are not asked for again", no_lists(), "end NothingLeft"),
        (
            "until a setting changed",
            no_lists().after(&[(step(3, &["B"]), Done)], headers()),
            "round refresh-package-lists install-packages",
        ),
        (
            "and then once more",
            no_lists()
                .after(&[(step(3, &["B"]), Done)], headers())
                .after(&[(step_of(4, refresh(), &[]), NETWORK)], headers()),
            "end NothingLeft",
        ),
        (
            "ten rounds are enough",
            repairing().after(&[], flags()).with(|it| it.rounds = ROUNDS),
            "end TooManyRounds",
        ),
    ]
}

fn windows() -> Vec<Row> {
    vec![
        ("before the window all is looked at", repairing().after(&[a()], vec![]), "look deeper: Everything"),
        ("the window opens after something was done", repairing().after(&[a()], vec![]).looked(), PROOF),
        ("not after nothing was done", repairing().looked(), "end NothingLeft"),
        (
            "what the look found is fixed before the window",
            repairing().after(&[a()], vec![]).deeply(flags()),
            "round set-go-env",
        ),
        (
            "who named a check wants no more than that",
            begun(heal(Scope::Repair, &["go.flags"])).after(&[a()], vec![]),
            PROOF,
        ),
        (
            "what was installed builds the project before it ends",
            begun(heal(Scope::Install, &[])).with(|it| it.facts = fixture::with_project("2.8.1")),
            "look deeper: Build",
        ),
        ("where there is one", begun(heal(Scope::Install, &[])), "end NothingLeft"),
        (
            "not where none is wanted",
            repairing().with(|it| it.all.want.proof = false).after(&[a()], vec![]).looked(),
            "end NothingLeft",
        ),
        (
            "not where it was seen already",
            repairing().after(&[a(), (prove(), Done)], vec![]).looked(),
            "end NothingLeft",
        ),
        ("not where the machine is not ready", repairing().after(&[a()], decision()), "end NothingLeft"),
        (
            "not where something failed that nobody's need asks for",
            repairing().after(&[a(), (step_of(2, refresh(), &[]), NETWORK)], vec![]),
            "end NothingLeft",
        ),
        (
            "not twice",
            repairing().after(&[a()], vec![]).looked().with(|it| it.proof_tried = true),
            "end NothingLeft",
        ),
        (
            "after the window nothing more is planned",
            repairing().after(&[a()], flags()).with(|it| it.proof_tried = true),
            "end NothingLeft",
        ),
        ("a window that did not come is looked into", no_window(), "look deeper: Everything"),
        (
            "not where the look was long already",
            no_window().with(|it| it.looked = Some(Depth::Everything)),
            "end NothingLeft",
        ),
        ("what the long look found is fixed", no_window().deeply(flags()), "round set-go-env"),
        (
            "and the window is tried again",
            no_window().with(|it| it.proof_tried = true).deeply(flags()).after(&[goflags(Done)], vec![]),
            PROOF,
        ),
        ("where it found nothing that is all", no_window().deeply(vec![]), "end NothingLeft"),
        ("a build that failed before a setting was fixed is tried again", fixed_since(), PROOF),
        ("not where the setting was not fixed", failed_first(), "round set-go-env"),
        (
            "after a refusal nobody looks deeper",
            no_window().after(&[goflags(TAMPERED)], vec![]),
            "end Refused",
        ),
    ]
}

#[test]
fn a_run_goes_on_as_the_table_says() {
    let table = [beginnings_and_ends(), remedies_that_do_not_help(), bounds(), windows()].concat();
    assert!(table.len() > 20);
    for (what, state, then) in table {
        assert_eq!(said(&state), then, "{what}");
    }
}

#[test]
fn what_install_asked_for_is_not_taken_back_and_what_repair_tried_is() {
    let of = |course| State::new(fixture::healthy(), fixture::known(), plan_of(vec![]), course);
    assert!(of(heal(Scope::Repair, &[])).takes_back());
    assert!(!of(heal(Scope::Install, &[])).takes_back() && !of(Course::Once).takes_back());
    assert!(begun(heal(Scope::Install, &[])).takes_back(), "what we thought of ourselves");
}

#[test]
fn the_failure_that_is_told_is_of_what_is_still_wanted() {
    let code = |it: &State| it.failure().map(|it| it.code);
    let failed = |findings| repairing().after(&[goflags(FULL)], findings);
    assert_eq!(code(&failed(wrong(&["GOFLAGS"]))), Some(Code::DiskFull));
    assert_eq!(code(&failed(vec![])), None, "another remedy did it");
    let refused = repairing().after(&[goflags(FULL), (step(2, &["B"]), TAMPERED)], wrong(&["GOFLAGS"]));
    assert_eq!(code(&refused), Some(Code::TrustChecksum));
    assert_eq!(code(&refused.with(|it| it.interrupted = true)), Some(Code::Interrupted));
    let lists = repairing().after(&[(step_of(1, refresh(), &[]), NETWORK)], vec![]);
    assert_eq!(code(&lists), Some(Code::PackagesNetwork));
    let later = lists.after(&[(step_of(2, refresh(), &[]), Done)], vec![]);
    assert_eq!(code(&later), None, "it came off the second time");
    let restart = repairing().after(&[goflags(RESTART)], vec![]);
    assert_eq!(code(&restart), Some(Code::PackagesRestart), "it works, and Windows is to be restarted");
    assert_eq!(code(&restart.after(&[goflags(Done)], vec![])), None);
}

#[test]
fn a_window_that_came_after_a_fix_makes_the_run_a_success() {
    let code = |it: &State| it.failure().map(|it| it.code);
    assert_eq!(code(&fixed_since()), Some(Code::ProveNoWindow), "until it is tried again");
    let again = fixed_since().with(State::proof_begins).after(&[(prove(), Done)], vec![]);
    assert!(code(&again).is_none() && again.proven());
}

#[test]
fn what_no_need_excludes_stands_until_a_setting_or_a_package_changed() {
    let (root, link) = ("/root/go".into(), "/root/current".into());
    let switch = step_of(1, Action::SwitchGo { root, link }, &[]);
    let stands = |it: &State| it.failed.iter().any(|it| it.stands);
    let failed = |came| repairing().after(&[(switch.clone(), came)], vec![]);
    assert!(stands(&failed(FULL)) && !stands(&failed(CHANGED)));
    assert!(stands(&failed(FULL).after(&[(prove(), Done)], vec![])), "a window changes nothing");
    assert!(!stands(&failed(FULL).after(&[a()], vec![])));
}

#[test]
fn what_is_still_asked_for_is_excluded_and_only_what_did_nothing_is_taken_back() {
    let steps = vec![step(1, &["A"]), step(2, &["B", "C"]), step(3, &["D"]), step(4, &["E"]), step(5, &[])];
    let ran = |step: u32| Ran { step, began: Some(1), ended: 2, failure: None };
    let cancelled = Ran { began: None, ..ran(4) };
    let round = Round { plan: plan_of(steps), ran: vec![ran(1), ran(2), ran(3), cancelled, ran(5)] };
    let asked = ["A", "B", "E"].map(setting);
    let mut tried = TriedRemedies::default();
    assert_eq!(exclude(&mut tried, &round, &asked.iter().collect::<Vec<_>>()), [1]);
    let seen: Vec<bool> = ["A", "B", "C", "D", "E"]
        .map(|it| tried.excludes(crate::action::ActionKind::SetGoEnv, &setting(it)))
        .into();
    assert_eq!(seen, [true, true, false, false, false]);
}

/// Every kind of need that a remedy exists for, and some that have none.
fn needs() -> Vec<Need> {
    let file = |line| Need::FileSetting { file: "/root/.profile".into(), line, variable: "CC".into() };
    vec![
        setting("GOFLAGS"),
        setting("GOPROXY"),
        file(3),
        file(7),
        Need::Go(fixture::version("1.27.4")),
        Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into()),
        Need::Capability("xrandr".into()),
        Need::Damaged("gl".into()),
        Need::OnPath("/root/go/bin".into()),
        Need::Modules("2.8.1".into()),
        Need::PackagesConfigured,
        Need::WholeModule("golang.org/x/image@v0.24.0".into()),
        Need::Cache("/root/.cache/go-build".into()),
        Need::WholeBuilds("/root/.cache/go-build".into()),
        Need::SumLines("/root/hello".into()),
        Need::Decision,
    ]
}

fn at(need: &Need) -> usize {
    needs().iter().position(|it| it == need).unwrap_or(0)
}

/// Each step with what came of it: one whose first need is in `fails` fails, and what rests on it is cancelled.
fn carried(plan: &Plan, fails: &[usize]) -> Vec<Ran> {
    let mut ran: Vec<Ran> = Vec::new();
    for it in &plan.steps {
        let cancelled = it.after.iter().any(|id| ran.iter().any(|ran| ran.step == *id && !ran.done()));
        let fails = !cancelled && it.meets.first().is_some_and(|need| fails[at(need)] == 0);
        let failure = fails.then(|| failure(Code::DiskFull, Exit::Failed));
        ran.push(Ran { step: it.id, began: (!cancelled).then_some(1), ended: u64::from(it.id), failure });
    }
    ran
}

proptest::proptest! {
    /// Whatever helps and whatever does not, and whatever fails: no remedy is tried twice for one need, and it ends.
    #[test]
    fn healing_ends(
        here in 0_u32..65536,
        stubborn in proptest::collection::vec(0_usize..8, 16),
        fails in proptest::collection::vec(0_usize..4, 16),
    ) {
        let open = |it: &[Need]| it.iter().map(|it| finding("go.flags", std::slice::from_ref(it))).collect::<Vec<_>>();
        let mut here: Vec<Need> =
            needs().into_iter().enumerate().filter(|(i, _)| here >> i & 1 == 1).map(|it| it.1).collect();
        let want = crate::want::Want { proof: false, ..fixture::want() };
        let none = TriedRemedies::default();
        let first = make_without(&none, &open(&here), &fixture::bare(), &want, fixture::known(), Scope::Repair);
        let state = State::new(fixture::bare(), fixture::known(), first, heal(Scope::Repair, &[]));
        // Where every need is met nothing is left: the long look is another table's.
        let mut state = state.with(|it| it.looked = Some(Depth::Everything));
        for turn in 0.. {
            proptest::prop_assert!(turn < 200);
            let plan = match next(&state) {
                Next::Round(plan) => plan,
                Next::TakeBack(step) => {
                    state.took_back(step, Ok(()));
                    continue;
                }
                other => {
                    proptest::prop_assert_eq!(other, Next::End(Why::NothingLeft));
                    let left: Vec<Need> = state.plan(&[]).unmet.into_iter().map(|it| it.1).collect();
                    proptest::prop_assert!(here.iter().all(|it| left.contains(it)));
                    break;
                }
            };
            for step in plan.steps.iter().filter(|it| it.action != refresh()) {
                let new = |need| !state.tried.excludes(step.action.kind(), need);
                proptest::prop_assert!(step.meets.iter().all(new));
            }
            let plan = plan.numbered_from(u32::try_from(state.all.steps.len()).expect("few") + 1);
            let ran = carried(&plan, &fails);
            let did = |it: &&Step| ran.iter().any(|ran| ran.step == it.id && ran.done());
            let met: Vec<Need> = plan.steps.iter().filter(did).flat_map(|it| it.meets.clone()).collect();
            here.retain(|it| !(met.contains(it) && stubborn[at(it)] <= state.rounds));
            state.carried_out(Round { plan, ran }, (fixture::bare(), open(&here)), true);
        }
    }
}

#[test]
fn each_file_has_an_excuse_of_its_own() {
    let lines = |file: &str| Action::FixLines { file: file.into(), lines: vec![] };
    let block = Action::EditProfile { file: "/a".into() };
    assert_eq!(subject(&lines("/a")), subject(&lines("/a")));
    assert!(subject(&lines("/a")) != subject(&lines("/b")) && subject(&lines("/a")) != subject(&block));
}
