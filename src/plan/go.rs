//! Which Go builds in this run, and how it comes.

use std::path::PathBuf;

use super::{Action, PlanBuilder, Scope};
use crate::action::ActionKind;
use crate::facts::GoTree;
use crate::need::Need;
use crate::version::GoVersion;

/// The Go of this run.
pub(super) struct GoOfRun {
    pub root: PathBuf,
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
        let there = self.there().filter(|_| cause.needs.is_empty());
        if let Some(tree) = there {
            return GoOfRun { root: tree.root.clone(), ready: vec![], ours: tree.ours };
        }
        let places = &self.facts.ours.places;
        let version = self.want.target.go;
        let root = self.want.prefix.clone().unwrap_or_else(|| places.go_root(&version.to_string()));
        if scope == Scope::Repair && cause.needs.is_empty() {
            // Nobody asks for one: what is there is fixed by other means, or is a person's to decide.
            let root = self.facts.go.in_use().map_or(root, |it| it.root.clone());
            return GoOfRun { root, ready: vec![], ours: false };
        }
        let cause = cause.or("go.version");
        let good = |it: &GoTree| it.version.here() == Some(&version) && it.complete() && it.root == root;
        let link = places.current();
        let mut ready = Vec::new();
        if !self.facts.go.trees.iter().any(good) {
            ready.push(self.add(Action::InstallGo { version, root: root.clone() }, &[], &cause));
        }
        let current = self.facts.ours.current.here().is_some_and(|it| *it == version.to_string());
        if !current || !ready.is_empty() {
            let after = ready.clone();
            self.add(Action::SwitchGo { root: root.clone(), link }, &after, &cause);
        }
        GoOfRun { root, ready, ours: true }
    }

    /// The Go that is there and serves: the one that typing `go` runs, else one that PATH lost.
    fn there(&self) -> Option<&GoTree> {
        let trees = &self.facts.go.trees;
        match self.facts.go.in_use() {
            Some(tree) => Some(tree).filter(|it| self.serves(it)),
            None => trees.iter().filter(|it| self.serves(it)).max_by_key(|it| it.version.here().copied()),
        }
    }

    /// Whether a Go that is there serves this run.
    fn serves(&self, tree: &GoTree) -> bool {
        tree.complete() && self.suits(tree)
    }

    /// Whether its version serves this run, whatever state it is in.
    pub(super) fn suits(&self, tree: &GoTree) -> bool {
        let Some(version) = tree.version.here().copied() else { return false };
        let wanted = self.want.go.is_none_or(|_| version == self.want.target.go);
        let new_enough = !self.want.upgrade || version >= self.want.target.go;
        wanted && new_enough && self.buildable(version)
    }

    fn buildable(&self, version: GoVersion) -> bool {
        self.want.target.allows(version) || self.want.go == Some(version)
    }
}
