//! Needs → actions → order. Pure: the same findings, facts, wish and tried remedies always give the same plan.
//!
//! One file a theme beside this one, each an `impl PlanBuilder`: it takes the needs that it knows a remedy for and adds steps. What
//! nobody takes is unmet. A theme that stands later is the next remedy for a need that an earlier one left.

use std::path::{Path, PathBuf};

use super::action::tried::TriedRemedies;
use super::action::{Action, ActionKind, FirstProgram, Plan, Premise, Scope, Step};
use crate::checks::{self, Finding, Status};
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::settings::FileSeen;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::prove::program;
use crate::want::{Goal, Want};

mod build;
pub mod cost;
mod damage;
mod go;
mod lines;
mod msvc;
mod order;
mod packages;
mod settings;
pub mod simulate;
#[cfg(test)]
mod windows;
mod wsl;
mod xcode;

/// The fewest actions that meet the needs of these findings and, for `Install`, end with the proof.
pub fn make(findings: &[Finding], facts: &Facts, want: &Want, known: &Knowledge, scope: Scope) -> Plan {
    make_without(&TriedRemedies::default(), findings, facts, want, known, scope)
}

/// The same without the remedies that did not help.
pub fn make_without(
    tried: &TriedRemedies,
    findings: &[Finding],
    facts: &Facts,
    want: &Want,
    known: &Knowledge,
    scope: Scope,
) -> Plan {
    let mut builder =
        PlanBuilder { asked: asked(findings, scope), ..PlanBuilder::new(facts, want, known, tried) };
    builder.line_ends();
    builder.lines();
    builder.variables();
    builder.settings();
    let finished = builder.finished_packages();
    let packages = builder.packages(&finished);
    let packages = builder.damaged_packages(packages, &finished);
    builder.visual_studio();
    let packages = packages.after_tools(&builder.developer_tools());
    let go = builder.go(scope);
    builder.order();
    builder.path(&go, &packages, scope);
    builder.settled.extend(&go.ready);
    builder.own_caches();
    builder.garbled_builds();
    builder.whole_modules();
    builder.sum_lines();
    builder.windows_desktop();
    match scope {
        _ if !go.is_there => {}
        Scope::Install => builder.build(&packages),
        Scope::Repair => {
            builder.modules();
            builder.cli(&packages, &[]);
        }
    }
    let unknown = checks::unknown(findings).map(|it| it.id.clone()).collect();
    Plan { unknown, ..builder.plan(go.root) }
}

/// The proof by itself: with the Go that is there, and nothing installed. `None` without one that builds.
pub fn proof(facts: &Facts, want: &Want, known: &Knowledge) -> Option<Plan> {
    let tried = TriedRemedies::default();
    let mut builder = PlanBuilder::new(facts, want, known, &tried);
    let tree = facts.go.in_use().filter(|it| it.complete() && !it.is_held())?;
    let fyne = want.target.fyne.clone();
    let modules = builder.add(Action::DownloadModules { fyne: fyne.clone() }, &[], &Justification::default());
    let program =
        builder.add(Action::BuildProgram { fyne: fyne.clone() }, &[modules], &Justification::default());
    if want.goal == Goal::Desktop {
        builder.add(Action::Prove { fyne }, &[program], &Justification::default());
    }
    Some(builder.plan(tree.root.clone()))
}

/// A first program in a directory, or nothing where no good Go is in use.
pub fn first_program(facts: &Facts, want: &Want, known: &Knowledge, dir: &Path) -> Option<Plan> {
    let tried = TriedRemedies::default();
    let mut builder = PlanBuilder::new(facts, want, known, &tried);
    let tree = facts.go.in_use().filter(|it| it.complete() && !it.is_held())?;
    let fyne = want.target.fyne.clone();
    let cause = Justification::default();
    let after = if want.offline {
        vec![]
    } else {
        vec![builder.add(Action::DownloadModules { fyne: fyne.clone() }, &[], &cause)]
    };
    let module = program::module_name(&dir.file_name().unwrap_or_default().to_string_lossy());
    builder.add(Action::CreateProgram(FirstProgram { dir: dir.to_owned(), module, fyne }), &after, &cause);
    let mut plan = builder.plan(tree.root.clone());
    let free = |name: &str| Premise::Free { path: dir.join(name) };
    if let Some(last) = plan.steps.last_mut() {
        last.premises = program::NAMES.map(free).into();
    }
    Some(plan)
}

/// Identifies everything that a proof rests on: while it is the same, the proof holds and is not repeated.
pub fn fingerprint(facts: &Facts, want: &Want) -> String {
    let tree = facts.go.in_use();
    // On Windows one path has several texts, and a program that runs just now cannot be written.
    let style = facts.host.style();
    let text = |it: &Path| style.shown(it);
    let mut stat = tree.map(|it| it.go_stat.clone());
    if let Some(Fact::Here(stat)) = stat.as_mut().filter(|_| style == PathStyle::Windows) {
        stat.writable = true;
    }
    let go = tree.zip(stat).map(|(it, stat)| (text(&it.root), &it.version_text, stat));
    let compiler = (facts.native.compiler.path.as_ref().map(|it| text(it)), &facts.native.compiler.version);
    let headers = facts.native.manager.here().map(|it| &it.installed);
    let display = (&facts.display.libgl, &facts.display.drivers, &facts.display.xvfb);
    let versions = (&want.target.fyne, &want.target.cli);
    let all = serde_json::to_vec(&(go, compiler, headers, display, versions, want.proof, want.warm));
    Digest::of(&all.expect("facts are plain data")).to_string()
}

/// Every need with the finding that names it. `Install` takes what waits for another cause along, for it is known what
/// will be needed once that is gone.
fn asked(findings: &[Finding], scope: Scope) -> Vec<(String, Need)> {
    let counts = |status| match scope {
        Scope::Install => matches!(status, Status::Fail | Status::Warn | Status::Waiting | Status::Info),
        Scope::Repair => matches!(status, Status::Fail | Status::Warn),
    };
    let bad = findings.iter().filter(|it| counts(it.verdict.status));
    bad.flat_map(|it| it.verdict.needs.iter().map(|need| (it.id.clone(), need.clone()))).collect()
}

/// Why a step is there.
#[derive(Clone, Debug, Default)]
struct Justification {
    /// What it is meant to meet.
    needs: Vec<Need>,
    /// The findings that ask for it.
    because: Vec<String>,
}

impl Justification {
    /// One a need, for steps that meet one each.
    fn each(self) -> impl Iterator<Item = (Need, Self)> {
        let because = self.because;
        self.needs
            .into_iter()
            .map(move |need| (need.clone(), Self { needs: vec![need], because: because.clone() }))
    }

    /// The same, with a finding where nobody asked in so many words.
    fn or(mut self, id: &str) -> Self {
        if self.because.is_empty() {
            self.because.push(id.to_owned());
        }
        self
    }
}

struct PlanBuilder<'a> {
    facts: &'a Facts,
    want: &'a Want,
    known: &'a Knowledge,
    tried: &'a TriedRemedies,
    asked: Vec<(String, Need)>,
    steps: Vec<Step>,
    met: Vec<Need>,
    /// Steps after which Go's children are told the right settings.
    settled: Vec<u32>,
    /// Steps after which a window can be seen.
    shown: Vec<u32>,
}

impl<'a> PlanBuilder<'a> {
    fn new(facts: &'a Facts, want: &'a Want, known: &'a Knowledge, tried: &'a TriedRemedies) -> Self {
        let (asked, steps, met, settled, shown) = <_>::default();
        Self { facts, want, known, tried, asked, steps, met, settled, shown }
    }

    fn add(&mut self, action: Action, after: &[u32], cause: &Justification) -> u32 {
        let id = u32::try_from(self.steps.len() + 1).unwrap_or(u32::MAX);
        let needs_root = action.needs_root();
        let (premises, earlier) = self.premises(&action);
        let after: Vec<u32> =
            after.iter().copied().filter(|it| !earlier.contains(it)).chain(earlier.clone()).collect();
        let Justification { needs, because } = cause.clone();
        self.steps.push(Step { id, action, after, because, meets: needs, premises, needs_root });
        id
    }

    /// What must still be as it was seen, so that an edit made since is not written over; and the steps of this plan that
    /// edit the same file before. Only the first of them meets it as it was seen.
    fn premises(&self, action: &Action) -> (Vec<Premise>, Vec<u32>) {
        let files = &self.facts.here.files;
        let real = |path: &Path| files.get(path).map_or_else(|| path.to_path_buf(), |it| it.real.clone());
        let Some(file) = action.edits() else { return (vec![], vec![]) };
        let same = |it: &&Step| it.action.edits().is_some_and(|it| real(it) == real(file));
        let earlier: Vec<u32> = self.steps.iter().filter(same).map(|it| it.id).collect();
        let seen = files.get(file).filter(|_| earlier.is_empty());
        let premise =
            |it: &FileSeen| Premise::File { path: file.to_path_buf(), digest: Some(it.digest.clone()) };
        (seen.map(premise).into_iter().collect(), earlier)
    }

    /// Takes the needs that `wanted` recognises, with the findings that name them; not those that an earlier theme took,
    /// nor those for which this kind of action did not help.
    fn claim_needs(&mut self, kind: ActionKind, wanted: impl Fn(&Need) -> bool) -> Justification {
        let mut cause = Justification::default();
        let open = |need: &Need| wanted(need) && !self.met.contains(need) && !self.tried.excludes(kind, need);
        for (id, need) in self.asked.iter().filter(|(_, need)| open(need)) {
            if !cause.needs.contains(need) {
                cause.needs.push(need.clone());
            }
            if !cause.because.contains(id) {
                cause.because.push(id.clone());
            }
        }
        self.met.extend(cause.needs.iter().cloned());
        cause
    }

    fn plan(self, go_root: PathBuf) -> Plan {
        let bin = self.bin();
        let unmet = self.asked.into_iter().filter(|(_, need)| !self.met.contains(need)).collect();
        Plan { want: self.want.clone(), go_root, bin, steps: self.steps, unmet, unknown: vec![] }
    }

    /// Where the CLI goes: where this user's `go install` puts programs; for all users, beside Go.
    fn bin(&self) -> PathBuf {
        if self.facts.ours.places.are_for_all() {
            return self.facts.ours.places.bin();
        }
        let home = self.facts.host.home();
        let moves = |it: &Need| match it {
            Need::GoSetting { key: name, .. }
            | Need::FileSetting { variable: name, .. }
            | Need::RegistrySetting { name, .. } => {
                ["GOBIN", "GOPATH"].iter().any(|it| name.eq_ignore_ascii_case(it))
            }
            _ => false,
        };
        if self.met.iter().any(moves) {
            return simulate::after(&self.facts.here, &self.met).go_bin(&home);
        }
        self.facts.go.bin.clone().unwrap_or_else(|| home.join("go/bin"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Group, Verdict, fixture};
    use crate::facts::host::Rights;
    use crate::version::GoVersion;

    fn finding(id: &str, verdict: Verdict) -> Finding {
        Finding { id: id.into(), group: Group::Go, verdict, blocked_by: vec![], needed: true }
    }

    /// What the checks of a bare machine ask for.
    fn bare_findings(want: &Want) -> Vec<Finding> {
        let fail = || Verdict::fail(text!("apply-interrupted"));
        let capabilities = want.target.needs.iter().map(|it| Need::Capability(it.clone()));
        let headers = capabilities.fold(fail(), Verdict::need);
        vec![
            finding("go.present", fail().need(Need::Go(want.target.go))),
            finding("cgo.headers", headers),
            finding("display.reachable", fail().need(Need::Capability("xvfb".into()))),
            finding("cli.present", fail().need(Need::Cli(want.target.cli.clone()))),
        ]
    }

    fn kinds(plan: &Plan) -> Vec<String> {
        let kind = |it: &Step| {
            serde_json::to_value(&it.action).expect("plain")["kind"].as_str().expect("text").to_owned()
        };
        plan.steps.iter().map(kind).collect()
    }

    fn after(plan: &Plan, kind: &str) -> Vec<String> {
        let all = kinds(plan);
        let step = &plan.steps[all.iter().position(|it| it == kind).expect("a step of that kind")];
        step.after.iter().map(|it| all[*it as usize - 1].clone()).collect()
    }

    #[test]
    fn a_bare_machine_gets_everything_and_nothing_waits_without_need() {
        let want = fixture::want();
        let plan = make(&bare_findings(&want), &fixture::bare(), &want, fixture::known(), Scope::Install);
        assert_eq!(plan.unmet, []);
        assert!(after(&plan, "install-go").is_empty() && after(&plan, "refresh-package-lists").is_empty());
        assert_eq!(after(&plan, "download-modules"), ["install-go"]);
        assert!(after(&plan, "build-program").contains(&"download-modules".to_owned()));
        assert!(after(&plan, "install-cli").contains(&"build-program".to_owned()));
        assert_eq!(kinds(&plan).iter().filter(|it| *it == "install-packages").count(), 2);
        for (index, step) in plan.steps.iter().enumerate() {
            assert!(
                step.after.iter().all(|it| (*it as usize) <= index),
                "{step:?} stands after what it waits for"
            );
        }
    }

    #[test]
    fn without_rights_the_rest_is_still_done() {
        let want = fixture::want();
        let mut facts = fixture::bare();
        facts.host.rights = Rights::None;
        let plan = make(&bare_findings(&want), &facts, &want, fixture::known(), Scope::Install);
        let kinds = kinds(&plan);
        assert!(kinds.contains(&"install-go".into()) && kinds.contains(&"install-cli".into()), "{kinds:?}");
        assert!(!kinds.iter().any(|it| it.contains("package") || it == "prove"), "{kinds:?}");
        assert!(plan.unmet.iter().any(|(_, it)| *it == Need::Capability("xvfb".into())));
        assert!(plan.steps.iter().all(|it| !matches!(it.action, Action::InstallCli { cgo: true, .. })));
    }

    #[test]
    fn offline_no_package_manager_is_asked_to_download() {
        let want = Want { offline: true, ..fixture::want() };
        let plan = make(&bare_findings(&want), &fixture::bare(), &want, fixture::known(), Scope::Install);
        let kinds = kinds(&plan);
        assert!(!kinds.iter().any(|it| it.contains("package")), "{kinds:?}");
        assert!(plan.unmet.iter().any(|(_, it)| *it == Need::Capability("c-compiler".into())), "{plan:?}");
    }

    #[test]
    fn a_proof_on_windows_holds_whichever_way_a_path_was_found_and_while_go_runs() {
        let print = |os: &str, root: &str, writable: bool| {
            let mut facts = fixture::healthy();
            facts.host.identity.os = os.into();
            let first = facts.go.first.expect("a Go");
            let tree = &mut facts.go.trees[first];
            tree.root = root.into();
            if let Fact::Here(stat) = &mut tree.go_stat {
                stat.writable = writable;
            }
            fingerprint(&facts, &fixture::want())
        };
        assert_eq!(print("windows", "C:/go/1", true), print("windows", r"C:/go\1", false));
        assert_ne!(print("linux", "/go/1", true), print("linux", "/go/1", false));
        assert_ne!(print("linux", "/go/1", true), print("linux", r"/go\1", true));
    }

    #[test]
    fn a_healthy_proven_machine_gets_an_empty_plan() {
        let want = fixture::want();
        let mut facts = fixture::healthy();
        let findings = checks::judge(&facts, &want, fixture::known(), &[]);
        facts.ours.last_proof = Fact::Here(fingerprint(&facts, &want));
        assert_eq!(
            kinds(&make(&findings, &facts, &want, fixture::known(), Scope::Install)),
            Vec::<String>::new()
        );
        assert_eq!(
            kinds(&make(&findings, &facts, &want, fixture::known(), Scope::Repair)),
            Vec::<String>::new()
        );
        facts.native.compiler.version = Some("gcc (Debian) 99".into());
        assert!(
            kinds(&make(&findings, &facts, &want, fixture::known(), Scope::Install))
                .contains(&"prove".into())
        );
    }

    #[test]
    fn a_good_go_is_used_and_not_replaced_unless_another_is_asked_for() {
        let mut want = fixture::want();
        let facts = fixture::healthy();
        assert_eq!(
            make(&[], &facts, &want, fixture::known(), Scope::Install).go_root,
            PathBuf::from("/usr/local/go")
        );
        want.go = Some(GoVersion::release(1, 26, 11));
        want.target.go = GoVersion::release(1, 26, 11);
        let plan = make(&[], &facts, &want, fixture::known(), Scope::Install);
        assert!(
            kinds(&plan).contains(&"install-go".into()) && plan.go_root.ends_with("go/1.26.11"),
            "{plan:?}"
        );
    }

    #[test]
    fn a_remedy_that_did_not_help_is_not_planned_again() {
        let want = fixture::want();
        let facts = fixture::healthy();
        let need = Need::GoSetting { key: "GOFLAGS".into(), value: None };
        let asked = [finding("go.flags", Verdict::fail(text!("apply-interrupted")).need(need.clone()))];
        let plan = make(&asked, &facts, &want, fixture::known(), Scope::Repair);
        assert_eq!(
            (kinds(&plan), plan.steps[0].meets.clone()),
            (vec!["set-go-env".into()], vec![need.clone()])
        );
        let mut tried = TriedRemedies::default();
        tried.exclude(&plan.steps[0].action, &need);
        let plan = make_without(&tried, &asked, &facts, &want, fixture::known(), Scope::Repair);
        assert_eq!((kinds(&plan), plan.unmet), (vec![], vec![("go.flags".into(), need)]));
    }

    #[test]
    fn what_go_builds_waits_for_its_settings() {
        let want = fixture::want();
        let need = Need::GoSetting { key: "GOFLAGS".into(), value: None };
        let flags = finding("go.flags", Verdict::fail(text!("apply-interrupted")).need(need));
        let findings = [bare_findings(&want), vec![flags]].concat();
        let plan = make(&findings, &fixture::bare(), &want, fixture::known(), Scope::Install);
        for kind in ["download-modules", "warm-libraries"] {
            assert!(after(&plan, kind).contains(&"set-go-env".to_owned()), "{kind}");
        }
    }

    #[test]
    fn repair_uses_a_good_go_that_path_lost() {
        let mut facts = fixture::healthy();
        facts.go.first = None;
        let want = fixture::want();
        let plan = make(&[], &facts, &want, fixture::known(), Scope::Repair);
        assert_eq!((kinds(&plan), plan.go_root), (vec![], PathBuf::from("/usr/local/go")));
    }
}
