//! The programs that we built and put somewhere, as the journal tells: their digests at that moment, and which run it was.

use std::path::Path;

use super::fold::{Run, RunStep, State};
use super::undo::Undo;
use crate::action::Action;
use crate::digest::Digest;
use crate::version::ModuleVersion;

/// A fyne CLI that a run built and nobody took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built<'r> {
    /// The run.
    pub run: &'r Run,
    /// What it was built from.
    pub module: &'r ModuleVersion,
    /// Where it was put.
    pub path: &'r Path,
    /// Its bytes, as they were put there.
    pub wrote: Digest,
}

/// All of them, the oldest first.
pub fn clis(runs: &[Run]) -> Vec<Built<'_>> {
    let steps = runs.iter().flat_map(|run| run.steps.iter().map(move |step| (run, step)));
    steps.flat_map(|(run, step)| of_step(run, step)).collect()
}

fn of_step<'r>(run: &'r Run, step: &'r RunStep) -> Vec<Built<'r>> {
    let kept = matches!(step.state, State::Begun | State::Done);
    let Action::InstallCli { module, .. } = &step.action else { return vec![] };
    let wrote = step.undo.iter().filter(|_| kept).filter_map(|it| match it {
        Undo::Restore { path, wrote, .. } | Undo::RemoveFile { path, wrote: Some(wrote) } => {
            Some((path.as_path(), *wrote))
        }
        _ => None,
    });
    wrote.map(|(path, wrote)| Built { run, module, path, wrote }).collect()
}
