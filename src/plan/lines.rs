//! Lines of people's files: one step a file, before whatever else touches that file. Only what we may write, and what an
//! edit can take away alone; the check has told a person the rest.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Action, Justification, PlanBuilder};
use crate::action::{ActionKind, VariableChange};
use crate::checks::blame;
use crate::gather::{Gather as _, Order as _};
use crate::need::Need;

impl PlanBuilder<'_> {
    pub(super) fn lines(&mut self) {
        let file = |(_, need): &(String, Need)| match need {
            Need::FileSetting { file, .. } => Some(file.clone()),
            _ => None,
        };
        let files: BTreeSet<PathBuf> = self.asked.iter().filter_map(file).into_set();
        for file in files {
            let Some(seen) = self.facts.here.files.get(&file).filter(|it| it.writable) else { continue };
            let of_file = |need: &Need| matches!(need, Need::FileSetting { file: it, .. } if *it == file);
            let all: Vec<Need> =
                self.asked.iter().map(|it| &it.1).filter(|it| of_file(it)).cloned().collect();
            let can = |needs: &[Need]| blame::faults(needs).iter().all(|(_, it)| seen.fixed(it).is_ok());
            let together = can(&all);
            let cause = self.claim_needs(ActionKind::FixLines, |need| {
                of_file(need) && (together || can(std::slice::from_ref(need)))
            });
            self.fix(file, &cause);
        }
    }

    /// The carriage returns of a file, before anything else is written into it.
    pub(super) fn line_ends(&mut self) {
        let writable = |need: &Need| match need {
            Need::LineEnds(file) => self.facts.here.files.get(file).is_some_and(|it| it.writable),
            _ => false,
        };
        for (need, cause) in self.claim_needs(ActionKind::FixLineEnds, writable).each() {
            let Need::LineEnds(file) = need else { continue };
            let step = self.add(Action::FixLineEnds { file }, &[], &cause);
            self.settled.push(step);
        }
    }

    /// Values of the registry that are wrong go.
    pub(super) fn variables(&mut self) {
        let wrong = |it: &Need| matches!(it, Need::RegistrySetting { .. });
        for (need, cause) in self.claim_needs(ActionKind::SetVariable, wrong).each() {
            let Need::RegistrySetting { key, name } = need else { continue };
            let step =
                self.add(Action::SetVariable { key, name, change: VariableChange::Remove }, &[], &cause);
            self.settled.push(step);
        }
    }

    fn fix(&mut self, file: PathBuf, cause: &Justification) {
        let Some((_, mut lines)) = blame::faults(&cause.needs).pop() else { return };
        lines.order_by(Ord::cmp);
        let step = self.add(Action::FixLines { file, lines }, &[], cause);
        self.settled.push(step);
    }
}
