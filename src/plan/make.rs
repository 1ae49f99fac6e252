//! Needs → actions → order. Pure: the same findings, facts and wish always give the same plan.

use std::path::PathBuf;

use super::{Action, Plan, Premise, Scope, Stage, Step};
use crate::checks::{Finding, Status};
use crate::facts::host::{Distro, Rights};
use crate::facts::{Fact, Facts, GoTree};
use crate::need::Need;
use crate::packages;
use crate::trust::digest::Digest;
use crate::version::GoVersion;
use crate::want::Want;

/// The fewest actions that meet the needs of these findings and, for `Install`, end with the proof.
pub fn make(findings: &[Finding], facts: &Facts, want: &Want, scope: Scope) -> Plan {
    let asked = asked(findings, scope);
    let mut draft = Draft { facts, want, asked, steps: Vec::new(), met: Vec::new() };
    let packages = draft.packages();
    let go = draft.go();
    draft.settings();
    draft.path(&go);
    if scope == Scope::Install {
        draft.build(&packages, &go);
    } else {
        draft.cli(&packages, &go, &[]);
    }
    let (unmet, bin) = (draft.unmet(), draft.bin());
    Plan { want: want.clone(), go_root: go.root, bin, steps: draft.steps, unmet }
}

/// The plan of `prove`: with the Go that is there, and nothing installed. `None` without one that builds.
pub fn proof(facts: &Facts, want: &Want) -> Option<Plan> {
    let mut draft = Draft { facts, want, asked: vec![], steps: vec![], met: vec![] };
    let tree = facts.go.in_use().filter(|it| it.complete())?;
    let fyne = want.target.fyne.to_string();
    let modules = draft.add(Action::DownloadModules { fyne: fyne.clone() }, &[], &[], vec![]);
    let program = draft.add(Action::BuildProgram { fyne: fyne.clone() }, &[modules], &[], vec![]);
    draft.add(Action::Prove { fyne }, &[program], &[], vec![]);
    let bin = draft.bin();
    Some(Plan { want: want.clone(), go_root: tree.root.clone(), bin, steps: draft.steps, unmet: vec![] })
}

/// Identifies everything that a proof rests on: while it is the same, the proof holds and is not repeated.
pub fn fingerprint(facts: &Facts, want: &Want) -> String {
    let tree = facts.go.in_use();
    let go = tree.map(|it| (&it.root, &it.version_text, &it.go_stat));
    let compiler = (&facts.native.compiler.path, &facts.native.compiler.version);
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

struct Draft<'a> {
    facts: &'a Facts,
    want: &'a Want,
    asked: Vec<(String, Need)>,
    steps: Vec<Step>,
    met: Vec<Need>,
}

/// The package steps: the one after which compiling can start, and the one after which everything is there.
#[derive(Default)]
struct Packages {
    first: Vec<u32>,
    all: Vec<u32>,
    /// A C compiler is there or will come.
    compiler: bool,
}

/// The Go of this run.
struct GoOfRun {
    root: PathBuf,
    /// The steps that bring it.
    ready: Vec<u32>,
    ours: bool,
}

impl Draft<'_> {
    fn add(&mut self, action: Action, after: &[u32], because: &[String], premises: Vec<Premise>) -> u32 {
        let id = u32::try_from(self.steps.len() + 1).unwrap_or(u32::MAX);
        let needs_root =
            matches!(action, Action::RefreshPackageLists { .. } | Action::InstallPackages { .. });
        let because = because.to_vec();
        self.steps.push(Step { id, action, after: after.to_vec(), because, premises, needs_root });
        id
    }

    /// Takes the needs that `wanted` recognises, with the findings that name them.
    fn take(&mut self, wanted: impl Fn(&Need) -> bool) -> (Vec<Need>, Vec<String>) {
        let (mut needs, mut because) = (Vec::new(), Vec::new());
        for (id, need) in self.asked.iter().filter(|(_, need)| wanted(need)) {
            if !needs.contains(need) {
                needs.push(need.clone());
            }
            if !because.contains(id) {
                because.push(id.clone());
            }
        }
        self.met.extend(needs.iter().cloned());
        (needs, because)
    }

    fn unmet(&self) -> Vec<(String, Need)> {
        self.asked.iter().filter(|(_, need)| !self.met.contains(need)).cloned().collect()
    }

    fn packages(&mut self) -> Packages {
        let works = matches!(self.facts.native.compiler.works, Fact::Here(Ok(())));
        let nothing = Packages { compiler: works, ..Packages::default() };
        let host = &self.facts.host;
        let may = host.rights == Rights::Root || (!self.want.no_sudo && host.rights != Rights::None);
        let (Some(manager), Some(distro), true) = (packages::manager_for(host), host.distro.here(), may)
        else {
            return nothing;
        };
        let missing: Vec<String> = self.asked.iter().filter_map(|(_, it)| capability(it)).collect();
        let sets = self.absent(&missing, distro);
        if sets.is_empty() {
            return nothing;
        }
        let known = |it: &str| !packages::supplies(it, distro, &self.want.target.fyne).is_empty();
        let (needs, because) = self.take(|it| capability(it).is_some_and(|it| known(&it)));
        let name = manager.name().to_owned();
        let refresh = Action::RefreshPackageLists { manager: name.clone() };
        let mut all = vec![self.add(refresh, &[], &because, vec![])];
        for names in sets {
            let after = all.last().copied().into_iter().collect::<Vec<_>>();
            all.push(self.add(
                Action::InstallPackages { manager: name.clone(), names },
                &after,
                &because,
                vec![],
            ));
        }
        let compiler = works || needs.contains(&Need::Capability("c-compiler".into()));
        Packages { first: all[..2].to_vec(), all, compiler }
    }

    /// The packages that bring these, in transactions, without those that are there.
    fn absent(&self, capabilities: &[String], distro: &Distro) -> Vec<Vec<String>> {
        let installed = self.facts.native.manager.here().map(|it| &it.installed);
        let there = |name: &String| installed.is_some_and(|it| it.contains_key(name));
        let sets = packages::transactions(capabilities, distro, &self.want.target.fyne);
        let absent = sets.into_iter().map(|set| set.into_iter().filter(|it| !there(it)).collect::<Vec<_>>());
        absent.filter(|it| !it.is_empty()).collect()
    }

    fn go(&mut self) -> GoOfRun {
        let (needs, mut because) = self.take(|it| matches!(it, Need::Go(_)));
        let places = &self.facts.ours.places;
        let in_use = self.facts.go.in_use().filter(|it| needs.is_empty() && self.serves(it));
        if let Some(tree) = in_use {
            return GoOfRun { root: tree.root.clone(), ready: vec![], ours: tree.ours };
        }
        if because.is_empty() {
            because.push("go.version".into());
        }
        let version = self.want.target.go;
        let root = self.want.prefix.clone().unwrap_or_else(|| places.go_root(&version.to_string()));
        let there = |it: &&GoTree| it.version.here() == Some(&version) && it.complete() && it.root == root;
        let link = places.current();
        let mut ready = Vec::new();
        if !self.facts.go.trees.iter().any(|it| there(&it)) {
            ready.push(self.add(Action::InstallGo { version, root: root.clone() }, &[], &because, vec![]));
        }
        let current = self.facts.ours.current.here().is_some_and(|it| *it == version.to_string());
        if !current || !ready.is_empty() {
            let after = ready.clone();
            self.add(Action::SwitchGo { root: root.clone(), link }, &after, &because, vec![]);
        }
        GoOfRun { root, ready, ours: true }
    }

    /// Whether the Go that is there serves this run.
    fn serves(&self, tree: &GoTree) -> bool {
        let Some(version) = tree.version.here().copied() else { return false };
        let wanted = self.want.go.is_none_or(|_| version == self.want.target.go);
        let new_enough = !self.want.upgrade || version >= self.want.target.go;
        tree.complete() && wanted && new_enough && self.buildable(version)
    }

    fn buildable(&self, version: GoVersion) -> bool {
        self.want.target.allows(version) || self.want.go == Some(version)
    }

    fn settings(&mut self) {
        let Some(file) = self.facts.here.go_env_file.clone() else { return };
        let (needs, mut because) = self.take(|it| matches!(it, Need::GoSetting { .. }));
        let mut wanted: Vec<(String, Option<String>)> = Vec::new();
        for need in needs {
            if let Need::GoSetting { key, value } = need {
                wanted.push((key, value));
            }
        }
        // `--goproxy` is meant to last: without it the next `go get` would ask the old place again.
        if let Some(list) = &self.want.goproxy
            && self.facts.here.value("GOPROXY") != Some(list)
        {
            wanted.retain(|(key, _)| key != "GOPROXY");
            wanted.push(("GOPROXY".into(), Some(list.clone())));
            because.push("go.proxy".into());
        }
        let mut last = None;
        for (key, value) in wanted {
            let after: Vec<u32> = last.into_iter().collect();
            last =
                Some(self.add(Action::SetGoEnv { file: file.clone(), key, value }, &after, &because, vec![]));
        }
    }

    fn path(&mut self, go: &GoOfRun) {
        let (needs, mut because) = self.take(|it| matches!(it, Need::OnPath(_)));
        let go_bin = self.facts.ours.places.current().join("bin");
        let bin = self.bin();
        let mut path: Vec<PathBuf> = if go.ours { vec![go_bin] } else { vec![] };
        path.push(bin);
        path.extend(
            needs.iter().filter_map(|it| if let Need::OnPath(dir) = it { Some(dir.clone()) } else { None }),
        );
        let mut seen = Vec::new();
        path.retain(|it| {
            !seen.contains(it) && {
                seen.push(it.clone());
                true
            }
        });
        let said =
            path.iter().all(|it| self.facts.here.on_path(it)) && needs.is_empty() && go.ready.is_empty();
        if said {
            return;
        }
        if because.is_empty() {
            because.push("go.path".into());
        }
        let files = self.add(Action::WriteEnvFiles { path, variables: vec![] }, &go.ready, &because, vec![]);
        if self.want.modify_path {
            for file in self.facts.ours.profiles_missing.clone() {
                self.add(Action::EditProfile { file }, &[files], &because, vec![]);
            }
        }
    }

    /// Where the CLI goes: where this user's `go install` puts programs.
    fn bin(&self) -> PathBuf {
        let home = self.facts.host.home.here().cloned().unwrap_or_default();
        self.facts.go.bin.clone().unwrap_or_else(|| home.join("go/bin"))
    }

    fn cli(&mut self, packages: &Packages, go: &GoOfRun, program: &[u32]) -> Vec<u32> {
        let (needs, because) = self.take(|it| matches!(it, Need::Cli(_)));
        let Some(Need::Cli(module)) = needs.into_iter().next() else { return vec![] };
        // After the first program, with cgo, most of it is compiled already; where no compiler will come it needs none.
        let cgo = packages.compiler && !program.is_empty();
        let after = if cgo { program.to_vec() } else { go.ready.clone() };
        vec![self.add(Action::InstallCli { module, bin: self.bin(), cgo }, &after, &because, vec![])]
    }

    fn build(&mut self, packages: &Packages, go: &GoOfRun) {
        let fyne = self.want.target.fyne.to_string();
        let (modules, because) = self.take(|it| matches!(it, Need::Modules(_)));
        let print = fingerprint(self.facts, self.want);
        let holds = self.facts.ours.last_proof.here().is_some_and(|it| it.contains(&print));
        let begun = !go.ready.is_empty()
            || !packages.all.is_empty()
            || self.asked.iter().any(|(_, it)| matches!(it, Need::Cli(_)));
        let fresh = !holds || begun;
        let mut ready = go.ready.clone();
        if fresh || !modules.is_empty() {
            ready =
                vec![self.add(Action::DownloadModules { fyne: fyne.clone() }, &go.ready, &because, vec![])];
        }
        if !fresh {
            return;
        }
        if !packages.compiler {
            self.cli(packages, go, &[]);
            return;
        }
        let program = self.program(&fyne, packages, go, &ready);
        let cli = self.cli(packages, go, &program);
        if self.want.proof {
            let after = [program.clone(), packages.all.last().copied().into_iter().collect()].concat();
            let window = self.add(Action::Prove { fyne: fyne.clone() }, &after, &[], vec![]);
            if self.want.warm {
                self.add(Action::WarmFyneBuild { fyne }, &[vec![window], cli].concat(), &[], vec![]);
            }
        }
    }

    /// The first program, after whatever can be compiled before everything is there.
    fn program(&mut self, fyne: &str, packages: &Packages, go: &GoOfRun, modules: &[u32]) -> Vec<u32> {
        let mut after: Vec<u32> = [modules, &packages.all].concat();
        if !packages.all.is_empty() {
            let warm = |stage| Action::WarmLibraries { fyne: fyne.to_owned(), stage };
            let standard = self.add(warm(Stage::Standard), &go.ready, &[], vec![]);
            let gl =
                self.add(warm(Stage::Gl), &[modules, &packages.first, &[standard]].concat(), &[], vec![]);
            // The bindings keep one core busy with C; what is pure Go keeps the other.
            let pure = self.add(warm(Stage::Pure), &[modules, &[standard]].concat(), &[], vec![]);
            after.extend([standard, gl, pure]);
        }
        vec![self.add(Action::BuildProgram { fyne: fyne.to_owned() }, &after, &[], vec![])]
    }
}

fn capability(need: &Need) -> Option<String> {
    match need {
        Need::Capability(it) => Some(it.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{self, Group, Verdict, fixture};

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
        let plan = make(&bare_findings(&want), &fixture::bare(), &want, Scope::Install);
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
        let plan = make(&bare_findings(&want), &facts, &want, Scope::Install);
        let kinds = kinds(&plan);
        assert!(kinds.contains(&"install-go".into()) && kinds.contains(&"install-cli".into()), "{kinds:?}");
        assert!(!kinds.iter().any(|it| it.contains("package") || it == "prove"), "{kinds:?}");
        assert!(plan.unmet.iter().any(|(_, it)| *it == Need::Capability("xvfb".into())));
        assert!(plan.steps.iter().all(|it| !matches!(it.action, Action::InstallCli { cgo: true, .. })));
    }

    #[test]
    fn a_healthy_proven_machine_gets_an_empty_plan() {
        let want = fixture::want();
        let mut facts = fixture::healthy();
        let findings = checks::judge(&facts, &want, &[]);
        facts.ours.last_proof = Fact::Here(fingerprint(&facts, &want));
        assert_eq!(kinds(&make(&findings, &facts, &want, Scope::Install)), Vec::<String>::new());
        assert_eq!(kinds(&make(&findings, &facts, &want, Scope::Repair)), Vec::<String>::new());
        facts.native.compiler.version = Some("gcc (Debian) 99".into());
        assert!(kinds(&make(&findings, &facts, &want, Scope::Install)).contains(&"prove".into()));
    }

    #[test]
    fn a_good_go_is_used_and_not_replaced_unless_another_is_asked_for() {
        let mut want = fixture::want();
        let facts = fixture::healthy();
        assert_eq!(make(&[], &facts, &want, Scope::Install).go_root, PathBuf::from("/usr/local/go"));
        want.go = Some(GoVersion::release(1, 26, 11));
        want.target.go = GoVersion::release(1, 26, 11);
        let plan = make(&[], &facts, &want, Scope::Install);
        assert!(
            kinds(&plan).contains(&"install-go".into()) && plan.go_root.ends_with("go/1.26.11"),
            "{plan:?}"
        );
    }
}
