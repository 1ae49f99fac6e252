//! What Go downloads and builds: modules, the CLI, the first program, the window.

use super::packages::Packages;
use super::{Action, Justification, PlanBuilder, fingerprint};
use crate::action::{ActionKind, Stage};
use crate::need::Need;
use crate::version::Version;

impl PlanBuilder<'_> {
    pub(super) fn cli(&mut self, packages: &Packages, program: &[u32]) -> Vec<u32> {
        let cause = self.claim_needs(ActionKind::InstallCli, |it| matches!(it, Need::Cli(_)));
        let Some(Need::Cli(module)) = cause.needs.first().cloned() else { return vec![] };
        // After the first program, with cgo, most of it is compiled already; where no compiler will come it needs none.
        let cgo = packages.compiler && !program.is_empty();
        let after = if cgo { program.to_vec() } else { self.settled.clone() };
        vec![self.add(Action::InstallCli { module, bin: self.bin(), cgo }, &after, &cause)]
    }

    /// The modules that somebody asks for.
    pub(super) fn modules(&mut self) -> Vec<u32> {
        let cause = self.claim_needs(ActionKind::DownloadModules, |it| matches!(it, Need::Modules(_)));
        if cause.needs.is_empty() {
            return vec![];
        }
        let fyne = self.want.target.fyne.clone();
        vec![self.add(Action::DownloadModules { fyne }, &self.settled.clone(), &cause)]
    }

    /// Everything up to the window.
    pub(super) fn build(&mut self, packages: &Packages) {
        let fyne = self.want.target.fyne.clone();
        let print = fingerprint(self.facts, self.want);
        let holds = self.facts.ours.last_proof.here().is_some_and(|it| it.contains(&print));
        let begun = !self.steps.is_empty() || self.asked.iter().any(|(_, it)| matches!(it, Need::Cli(_)));
        if holds && !begun {
            self.modules();
            return;
        }
        let cause = self.claim_needs(ActionKind::DownloadModules, |it| matches!(it, Need::Modules(_)));
        let modules = Action::DownloadModules { fyne: fyne.clone() };
        let ready = vec![self.add(modules, &self.settled.clone(), &cause)];
        if !packages.compiler {
            self.cli(packages, &[]);
            return;
        }
        let program = self.program(&fyne, packages, &ready);
        let cli = self.cli(packages, &program);
        if self.want.proof {
            let packages = packages.all.last().copied().into_iter().collect();
            let after = [program.clone(), packages, self.shown.clone()].concat();
            let window = self.add(Action::Prove { fyne: fyne.clone() }, &after, &Justification::default());
            if self.want.warm {
                let after = [vec![window], cli].concat();
                self.add(Action::WarmFyneBuild { fyne }, &after, &Justification::default());
            }
        }
    }

    /// The first program, after whatever can be compiled before everything is there.
    fn program(&mut self, fyne: &Version, packages: &Packages, modules: &[u32]) -> Vec<u32> {
        let mut after: Vec<u32> = [modules, &packages.all].concat();
        if !packages.all.is_empty() {
            let none = Justification::default();
            let warm = |stage| Action::WarmLibraries { fyne: fyne.clone(), stage };
            let standard = self.add(warm(Stage::Standard), &self.settled.clone(), &none);
            let gl = self.add(warm(Stage::Gl), &[modules, &packages.first, &[standard]].concat(), &none);
            // The bindings keep one core busy with C; what is pure Go keeps the other.
            let pure = self.add(warm(Stage::Pure), &[modules, &[standard]].concat(), &none);
            after.extend([standard, gl, pure]);
        }
        vec![self.add(Action::BuildProgram { fyne: fyne.clone() }, &after, &Justification::default())]
    }
}
