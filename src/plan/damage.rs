//! What is there but damaged: fixed where it stands, by the least that does it.

use super::go::GoOfRun;
use super::packages::Packages;
use super::{Action, PlanBuilder};
use crate::action::{ActionKind, Cache};
use crate::need::Need;
use crate::shell::Dialect;

impl PlanBuilder<'_> {
    /// The steps after which the package manager can work: those that end what it was cut off in, and what its own files
    /// have against it.
    pub(super) fn finished_packages(&mut self) -> Vec<u32> {
        let Some(manager) = self.manager().filter(|it| it.configure().is_some()) else {
            return self.own_lines();
        };
        let cause =
            self.claim_needs(ActionKind::ConfigurePackages, |it| matches!(it, Need::PackagesConfigured));
        // What keeps the manager from its work is taken out of its own files first.
        let free = self.own_lines();
        if cause.needs.is_empty() {
            return free;
        }
        vec![self.add(Action::ConfigurePackages { manager: manager.name().to_owned() }, &free, &cause)]
    }

    /// The steps of this plan that edit the package manager's own files.
    fn own_lines(&self) -> Vec<u32> {
        let own = |file: &std::path::Path| {
            let dialect = self.facts.here.files.get(file).map(|it| it.dialect);
            matches!(dialect, Some(Dialect::AptConf | Dialect::AptSources | Dialect::Ini))
        };
        self.steps.iter().filter(|it| it.action.edits().is_some_and(own)).map(|it| it.id).collect()
    }

    /// Packages whose files are damaged are laid again, after those that are missing.
    pub(super) fn damaged_packages(&mut self, mut packages: Packages, finished: &[u32]) -> Packages {
        let Some(manager) = self.supplier() else { return packages };
        let again = |it: &Need| matches!(it, Need::Damaged(name) if !self.owners(name).is_empty());
        let owned: Vec<Need> = self.asked.iter().map(|(_, it)| it).filter(|it| again(it)).cloned().collect();
        let cause = self.claim_needs(ActionKind::ReinstallPackages, |it| owned.contains(it));
        let mut names: Vec<String> = Vec::new();
        for name in cause.needs.iter().filter_map(damaged).flat_map(|it| self.owners(it)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return packages;
        }
        if packages.all.is_empty() {
            packages.all = self.fresh_lists(manager, finished, &cause);
        }
        let after = packages.all.last().map_or_else(|| finished.to_vec(), |it| vec![*it]);
        let manager = manager.name().to_owned();
        let step = self.add(Action::ReinstallPackages { manager, names }, &after, &cause);
        packages.first.push(step);
        packages.all.push(step);
        packages.compiler |=
            cause.needs.iter().filter_map(damaged).any(|it| ["c-compiler", "libc"].contains(&it));
        packages
    }

    /// A Go that has holes, serves and is ours to write in is fixed where it stands. One of the system's packages is
    /// not: it was built otherwise than the archive.
    pub(super) fn fixed_go(&mut self) -> Option<GoOfRun> {
        let tree = self.facts.damaged_go().filter(|it| self.suits(it))?;
        let cause = self.claim_needs(ActionKind::RestoreGo, |it| matches!(it, Need::Go(_)));
        let version = tree.version.here().copied().filter(|_| !cause.needs.is_empty())?;
        let root = tree.root.clone();
        let extra = self.facts.extra_of(tree).cloned().collect();
        let step = self.add(Action::RestoreGo { root: root.clone(), version, extra }, &[], &cause);
        self.settled.push(step);
        // It is on PATH already, and nothing has to be said about that.
        Some(GoOfRun { root, is_there: true, ready: vec![], ours: false })
    }

    /// Modules that are not what was published, all in one step; what Go builds waits for it.
    pub(super) fn whole_modules(&mut self) {
        let cause = self.claim_needs(ActionKind::RestoreModules, |it| matches!(it, Need::WholeModule(_)));
        let module = |need: &Need| match need {
            Need::WholeModule(it) => Some(it.clone()),
            _ => None,
        };
        let modules: Vec<_> = cause.needs.iter().filter_map(module).collect();
        if modules.is_empty() {
            return;
        }
        let step = self.add(Action::RestoreModules { modules }, &self.settled.clone(), &cause);
        self.settled.push(step);
    }

    /// Caches that this user cannot use; what Go does waits for it.
    pub(super) fn own_caches(&mut self) {
        let cause = self.claim_needs(ActionKind::ReplaceCache, |it| matches!(it, Need::Cache(_)));
        for (need, cause) in cause.each() {
            let Need::Cache(dir) = need else { continue };
            let modules = self.facts.modules.dir.as_ref() == Some(&dir);
            let cache = if modules { Cache::Modules } else { Cache::Builds };
            let step = self.add(Action::ReplaceCache { dir, cache }, &[], &cause);
            self.settled.push(step);
        }
    }

    /// Entries of the build cache that are not what their names say; Go makes them again.
    pub(super) fn garbled_builds(&mut self) {
        let known = self.facts.deep.as_ref().and_then(|it| it.builds.here()).cloned().unwrap_or_default();
        let cause = self.claim_needs(ActionKind::DropBuilds, |it| matches!(it, Need::WholeBuilds(_)));
        for (need, cause) in cause.each() {
            let Need::WholeBuilds(dir) = need else { continue };
            let action = Action::DropBuilds { dir, entries: known.clone() };
            let step = self.add(action, &[], &cause);
            self.settled.push(step);
        }
    }

    /// Lines that a go.sum lacks; Go says which, so that it has to be there and told the right settings.
    pub(super) fn sum_lines(&mut self) {
        let cause = self.claim_needs(ActionKind::CompleteSums, |it| matches!(it, Need::SumLines(_)));
        for (need, cause) in cause.each() {
            let Need::SumLines(dir) = need else { continue };
            let action = Action::CompleteSums { dir };
            let step = self.add(action, &self.settled.clone(), &cause);
            self.settled.push(step);
        }
    }

    /// The packages to be laid again for a damaged capability: those whose files are known to be damaged, else those
    /// that bring it. None where nobody owns the damaged file.
    fn owners(&self, capability: &str) -> Vec<String> {
        let known = self.facts.native.damaged.get(capability).cloned();
        known.unwrap_or_else(|| {
            self.known.packages.supplies(capability, &self.facts.host, &self.want.target.fyne)
        })
    }
}

fn damaged(need: &Need) -> Option<&str> {
    if let Need::Damaged(name) = need { Some(name) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::tried::TriedRemedies;
    use crate::action::{Plan, Scope};
    use crate::checks::{Finding, Group, Verdict, fixture};
    use crate::facts::host::Rights;
    use crate::facts::{Facts, GoTree};
    use crate::plan::make;
    use crate::plan::make_without;

    fn findings(needs: &[Need]) -> Vec<Finding> {
        let verdict = needs.iter().cloned().fold(Verdict::fail(text!("apply-interrupted")), Verdict::need);
        vec![Finding { id: "x.y".into(), group: Group::Cgo, verdict, blocked_by: vec![], needed: true }]
    }

    fn planned(facts: &Facts, needs: &[Need]) -> Plan {
        make(&findings(needs), facts, &fixture::want(), fixture::known(), Scope::Repair)
    }

    fn actions(plan: &Plan) -> Vec<String> {
        let names = |it: &Action| match it {
            Action::ReinstallPackages { names, .. } | Action::InstallPackages { names, .. } => {
                names.join(" ")
            }
            _ => String::new(),
        };
        plan.steps
            .iter()
            .map(|it| format!("{} {}", it.action.kind(), names(&it.action)).trim().to_owned())
            .collect()
    }

    #[test]
    fn what_keeps_the_manager_from_its_work_is_taken_out_of_its_files_first() {
        let mut facts = fixture::bare();
        for (path, dialect) in [("/etc/apt/apt.conf", Dialect::AptConf), ("/root/.profile", Dialect::Sh)] {
            let text = if dialect == Dialect::Sh { "export A=b\n" } else { "A \"b\";\n" };
            let seen = crate::facts::settings::FileSeen { dialect, ..fixture::file(path, text, true) };
            facts.here.files.insert(path.into(), seen);
        }
        let line = |file: &str| Need::FileSetting { file: file.into(), line: 1, variable: "A".into() };
        let lines = [line("/etc/apt/apt.conf"), line("/root/.profile")];
        for last in [Need::Capability("xvfb".into()), Need::Damaged("gl".into()), Need::PackagesConfigured] {
            let plan = planned(&facts, &[&lines[..], std::slice::from_ref(&last)].concat());
            assert_eq!(
                plan.steps[0].action.edits(),
                Some(std::path::Path::new("/etc/apt/apt.conf")),
                "{last:?}"
            );
            assert_eq!(plan.steps[2].after, [1], "and not after the profile: {last:?}");
        }
    }

    #[test]
    fn what_was_cut_off_is_finished_before_everything_else() {
        let needs = [Need::Damaged("gl".into()), Need::Capability("xvfb".into()), Need::PackagesConfigured];
        let plan = planned(&fixture::bare(), &needs);
        let [configure, refresh, install, again] = &plan.steps[..] else { panic!("{:?}", actions(&plan)) };
        assert_eq!(
            actions(&plan),
            [
                "configure-packages",
                "refresh-package-lists",
                "install-packages xvfb",
                "reinstall-packages libgl-dev"
            ]
        );
        assert!(configure.needs_root && again.needs_root && configure.after.is_empty());
        assert_eq!((&refresh.after, &install.after, &again.after), (&vec![1], &vec![2], &vec![3]));
        assert_eq!(again.meets, [Need::Damaged("gl".into())]);
    }

    #[test]
    fn the_packages_with_the_damaged_files_are_laid_again_and_no_others() {
        let mut facts = fixture::healthy();
        facts.native.damaged.insert("c-compiler".into(), vec!["cpp-12".into()]);
        let needs = [Need::Damaged("c-compiler".into())];
        assert_eq!(actions(&planned(&facts, &needs)), ["refresh-package-lists", "reinstall-packages cpp-12"]);
        facts.native.damaged.insert("c-compiler".into(), vec![]);
        assert_eq!(planned(&facts, &needs).unmet, [("x.y".into(), needs[0].clone())], "nobody owns the file");
    }

    #[test]
    fn a_go_with_holes_is_fixed_where_it_stands_if_it_serves_and_is_writable() {
        let needs = [Need::Go(fixture::want().target.go)];
        let mut facts = fixture::healthy();
        facts.go.trees[0].missing = vec!["pkg/tool/linux_amd64/compile".into()];
        facts.go.trees[0].writable = true;
        let plan = planned(&facts, &needs);
        assert_eq!(actions(&plan), ["restore-go"]);
        assert_eq!(plan.go_root, facts.go.trees[0].root);
        facts.go.trees[0].missing = vec![];
        facts.go.trees[0].extra = vec!["src/sort/old.go".into()];
        let plan = planned(&facts, &needs);
        let goes =
            |it: &Action| matches!(it, Action::RestoreGo { extra, .. } if *extra == ["src/sort/old.go"]);
        assert!(plan.steps.iter().map(|it| &it.action).all(goes), "{:?}", actions(&plan));
        for change in [
            (|it: &mut GoTree| it.writable = false) as fn(&mut GoTree),
            |it| it.root = "/usr/lib/go-1.27".into(),
            |it| it.version = crate::fact::Fact::Here("1.18.1".parse().expect("a version")),
        ] {
            let mut facts = facts.clone();
            change(&mut facts.go.trees[0]);
            let actions = actions(&planned(&facts, &needs));
            assert_eq!(actions.first().map(String::as_str), Some("install-go"), "{actions:?}");
        }
        let mut tried = TriedRemedies::default();
        let root = facts.go.trees[0].root.clone();
        let restore = Action::RestoreGo { root, version: fixture::want().target.go, extra: vec![] };
        tried.exclude(&restore, &needs[0]);
        let plan = make_without(
            &tried,
            &findings(&needs),
            &facts,
            &fixture::want(),
            fixture::known(),
            Scope::Repair,
        );
        assert_eq!(actions(&plan)[..2], ["install-go", "switch-go"], "ours goes beside");
        facts.go.first = None;
        fixture::path_first(&mut facts, &["/usr/local/go/bin"]);
        assert_eq!(actions(&planned(&facts, &needs)), ["restore-go"], "its `go` itself is missing");
    }

    #[test]
    fn what_go_does_waits_for_its_caches_modules_and_sums() {
        let facts = fixture::healthy();
        let cache = facts.modules.build_cache.clone().expect("known");
        let module = "golang.org/x/image@v0.24.0".into();
        let needs = [
            Need::SumLines("/root/hello".into()),
            Need::WholeModule(module),
            Need::Cache(cache),
            Need::Cli(fixture::want().target.cli),
        ];
        let plan = planned(&facts, &needs);
        assert_eq!(actions(&plan), ["replace-cache", "restore-modules", "complete-sums", "install-cli"]);
        let after: Vec<_> = plan.steps.iter().map(|it| it.after.clone()).collect();
        assert_eq!(after, [vec![], vec![1], vec![1, 2], vec![1, 2, 3]]);
    }

    #[test]
    fn without_rights_or_once_excluded_damage_is_left() {
        let needs = [Need::Damaged("gl".into()), Need::PackagesConfigured];
        let mut facts = fixture::healthy();
        let mut tried = TriedRemedies::default();
        tried.exclude(&Action::ReinstallPackages { manager: "apt".into(), names: vec![] }, &needs[0]);
        let plan = make_without(
            &tried,
            &findings(&needs),
            &facts,
            &fixture::want(),
            fixture::known(),
            Scope::Repair,
        );
        assert_eq!((actions(&plan), plan.unmet.len()), (vec!["configure-packages".to_owned()], 1));
        facts.host.rights = Rights::None;
        assert_eq!(planned(&facts, &needs).unmet.len(), 2);
    }
}
