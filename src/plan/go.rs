//! Which Go builds in this run, and how it comes.

use std::path::PathBuf;

use super::{Action, Justification, PlanBuilder, Scope};
use crate::action::ActionKind;
use crate::facts::GoTree;
use crate::need::Need;
use crate::version::GoVersion;

/// The Go of this run.
pub(super) struct GoOfRun {
    pub root: PathBuf,
    /// Whether it is there, or comes: without one nothing is built.
    pub is_there: bool,
    /// The steps that bring it.
    pub ready: Vec<u32>,
    pub ours: bool,
}

impl PlanBuilder<'_> {
    pub(super) fn go(&mut self, scope: Scope) -> GoOfRun {
        if let Some(fixed) = self.fixed_go() {
            return fixed;
        }
        let cause = self.claim_needs(ActionKind::InstallGo, |it| matches!(it, Need::Go(_)));
        let there = self.there().filter(|_| cause.needs.is_empty()).cloned();
        if let Some(tree) = there {
            let ready = self.reached(&tree);
            return GoOfRun { root: tree.root, is_there: true, ready, ours: tree.ours };
        }
        let places = &self.facts.ours.places;
        let version = self.want.target.go;
        let root = self.want.prefix.clone().unwrap_or_else(|| places.go_root(&version.to_string()));
        if cause.needs.is_empty() && (scope == Scope::Repair || self.is_accepted()) {
            // Nobody asks for one: what is there is fixed by other means, or is a person's to decide. A program that is no
            // Go at all, a wrapper whose Go is gone for one, builds nothing: what is behind it does.
            let used = self.facts.go.in_use();
            let behind = || self.facts.go.trees.iter().find(|it| self.serves(it));
            let runs = |it: &&GoTree| it.version.is_here() && it.foreign.is_none() && !it.is_held();
            let works = used.filter(runs).or_else(behind).or(used);
            let (is_there, root) = (works.is_some(), works.map_or(root, |it| it.root.clone()));
            return GoOfRun { root, is_there, ready: vec![], ours: false };
        }
        let cause = cause.or("go.version");
        let good = |it: &GoTree| {
            it.version.here() == Some(&version) && it.complete() && !it.is_held() && it.root == root
        };
        let link = places.current();
        let mut ready = Vec::new();
        if !self.facts.go.trees.iter().any(good) {
            ready.push(self.add(Action::InstallGo { version, root: root.clone() }, &[], &cause));
        }
        if !self.is_current(version) || !ready.is_empty() {
            let after = ready.clone();
            self.add(Action::SwitchGo { root: root.clone(), link }, &after, &cause);
        }
        GoOfRun { root, is_there: true, ready, ours: true }
    }

    /// Whether somebody lives with the Go that is here, or with none, and typed nothing that asks for another.
    fn is_accepted(&self) -> bool {
        let all = self.facts.ours.places.are_for_all();
        let asks = all || self.want.upgrade || self.want.exact_go().is_some();
        let about = |id: &str| ["go.present", "go.version", "go.complete", "go.signature"].contains(&id);
        !asks && self.want.accepted.iter().any(|it| !it.ended && about(&it.id))
    }

    /// Puts a Go of ours in use that no PATH leads to: the run that unpacked it was cut short before it got there.
    fn reached(&mut self, tree: &GoTree) -> Vec<u32> {
        let ours = &self.facts.ours;
        let current = tree.version.here().is_some_and(|it| self.is_current(*it));
        if !tree.ours || current || self.facts.go.in_use().is_some() {
            return vec![];
        }
        let switch = Action::SwitchGo { root: tree.root.clone(), link: ours.places.current() };
        vec![self.add(switch, &[], &Justification::default().or("go.path"))]
    }

    /// Whether our link leads to this version.
    fn is_current(&self, version: GoVersion) -> bool {
        self.facts.ours.current.here().is_some_and(|it| *it == version.to_string())
    }

    /// The Go that is there and serves: the one that typing `go` runs, else one that PATH lost.
    fn there(&self) -> Option<&GoTree> {
        let trees = &self.facts.go.trees;
        // Of what else is there, on PATH of whoever asks, nobody knows whether all others reach it.
        let all = self.facts.ours.places.are_for_all();
        if all && self.facts.go.in_use().is_some_and(|it| !it.ours) {
            return None;
        }
        match self.facts.go.in_use() {
            Some(tree) => Some(tree).filter(|it| self.serves(it)),
            None => trees
                .iter()
                .filter(|it| self.serves(it) && (it.ours || !all))
                .max_by_key(|it| it.version.here().copied()),
        }
    }

    /// Whether a Go that is there serves this run.
    fn serves(&self, tree: &GoTree) -> bool {
        tree.complete() && tree.foreign.is_none() && !tree.is_held() && self.suits(tree)
    }

    /// Whether its version serves this run, whatever state it is in.
    pub(super) fn suits(&self, tree: &GoTree) -> bool {
        let Some(version) = tree.version.here().copied() else { return false };
        let wanted = self.want.exact_go().is_none_or(|_| version == self.want.target.go);
        let new_enough = !self.want.upgrade || version >= self.want.target.go;
        wanted && new_enough && self.buildable(version)
    }

    fn buildable(&self, version: GoVersion) -> bool {
        self.want.target.allows(version) || self.want.exact_go() == Some(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{self, fixture};
    use crate::fact::Fact;
    use crate::plan::make;

    #[test]
    fn a_go_of_ours_that_was_unpacked_before_the_run_was_cut_short_is_put_in_use() {
        let mut facts = fixture::healthy();
        let root = facts.ours.places.go_root("1.27.4");
        let mut tree = fixture::tree(&root.display().to_string(), "1.27.4", false);
        tree.ours = true;
        (facts.go.trees, facts.go.first) = (vec![tree], None);
        facts.here.path.retain(|it| !it.dir.ends_with("go/bin"));
        let (want, current) = (fixture::want(), facts.ours.places.current());
        let steps = |facts: &crate::facts::Facts| {
            let findings = checks::judge(facts, &want, fixture::known(), &[]);
            let plan = make(&findings, facts, &want, fixture::known(), Scope::Install);
            plan.steps.into_iter().map(|it| it.action).collect::<Vec<_>>()
        };
        facts.ours.current = Fact::Absent;
        let actions = steps(&facts);
        let switch = Action::SwitchGo { root: root.clone(), link: current.clone() };
        assert_eq!(actions.iter().filter(|it| **it == switch).count(), 1, "{actions:?}");
        assert!(!actions.iter().any(|it| matches!(it, Action::InstallGo { .. })), "{actions:?}");
        let path = actions.iter().find_map(|it| match it {
            Action::WriteEnvFiles { path, .. } => Some(path.clone()),
            _ => None,
        });
        let path = path.expect("the env files are written");
        assert_eq!(path.first(), Some(&current.join("bin")), "{path:?}");
        assert!(!path.contains(&root.join("bin")), "the link leads there: {path:?}");
        facts.ours.current = Fact::Here("1.27.4".into());
        assert!(!steps(&facts).contains(&switch), "it is in use already");
    }

    #[test]
    fn whoever_lives_without_go_gets_none_and_nothing_is_built_without_one() {
        let accepted = |id: &str, ended| crate::want::Accepted {
            id: id.to_owned(),
            reason: "ours comes later".into(),
            until: None,
            ended,
        };
        let kinds = |facts: &crate::facts::Facts, id: &str, ended, scope| {
            let want = crate::want::Want { accepted: vec![accepted(id, ended)], ..fixture::want() };
            let findings = checks::judge(facts, &want, fixture::known(), &[]);
            let plan = make(&findings, facts, &want, fixture::known(), scope);
            plan.steps.iter().map(|it| it.action.kind()).collect::<Vec<_>>()
        };
        let of_go = [
            ActionKind::InstallGo,
            ActionKind::SwitchGo,
            ActionKind::DownloadModules,
            ActionKind::BuildProgram,
            ActionKind::InstallCli,
            ActionKind::Prove,
        ];
        let bare = fixture::bare();
        for scope in [Scope::Install, Scope::Repair] {
            let all = kinds(&bare, "go.present", false, scope);
            assert!(!all.iter().any(|it| of_go.contains(it)), "{scope:?} {all:?}");
            assert!(all.contains(&ActionKind::InstallPackages), "{scope:?}: the rest is done: {all:?}");
            assert!(kinds(&bare, "go.present", true, scope).contains(&ActionKind::InstallGo), "it is over");
        }
        // One that is too old builds all the same, for who lives with it.
        let mut old = fixture::healthy();
        old.go.trees[0].version = Fact::Here(fixture::version("1.16"));
        old.go.trees[0].version_text = "1.16".into();
        let all = kinds(&old, "go.version", false, Scope::Install);
        assert!(!all.contains(&ActionKind::InstallGo) && all.contains(&ActionKind::Prove), "{all:?}");
        assert!(kinds(&old, "cgo.headers", false, Scope::Install).contains(&ActionKind::InstallGo));
    }

    #[test]
    fn a_program_called_go_that_is_none_builds_nothing_in_a_repair() {
        let mut facts = fixture::healthy();
        let root = facts.go.trees[0].root.clone();
        let mut wrapper = fixture::tree("/root/bin", "1.27.4", false);
        wrapper.version = Fact::Absent;
        facts.go.trees.insert(0, wrapper);
        let of = |facts: &crate::facts::Facts| {
            make(&[], facts, &fixture::want(), fixture::known(), Scope::Repair).go_root
        };
        assert_eq!(of(&facts), root);
        // One that is Go, but damaged, is not passed over: it is what the user runs, and what is to be fixed.
        facts.go.trees[0].version = facts.go.trees[1].version.clone();
        facts.go.trees[0].missing = vec!["src/fmt/print.go".into()];
        assert_eq!(of(&facts).to_str(), Some("/root/bin"));
    }
}
