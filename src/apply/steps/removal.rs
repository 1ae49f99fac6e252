//! Packages that we brought go again, as far as nothing else came to need them: the manager itself is asked by a simulation
//! before anything is removed.

use std::collections::BTreeSet;

use super::StepContext;
use super::packages::{Work, foreseen, transaction};
use crate::failure::{Code, Failure};
use crate::packages::PackageManager;
use share::Share;

pub mod share;

/// Which packages stay, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Ours that stay.
    pub names: Vec<String>,
    /// What would have gone with them.
    pub needed_by: Vec<String>,
    /// Nothing says that we brought them.
    pub unproven: Vec<String>,
    /// Somebody laid them anew since, or asked for them by name.
    pub theirs: Vec<String>,
    /// Those that go with the next start of the machine.
    pub next_start: Vec<String>,
}

impl Kept {
    /// How many packages stay.
    pub const fn count(&self) -> usize {
        self.names.len() + self.unproven.len() + self.theirs.len()
    }
}

/// Takes away what is ours of a step, as far as nothing else needs it by now. `all` is everything that is being taken back:
/// what only that needs goes, too.
pub fn remove(
    id: u32,
    site: &StepContext<'_>,
    manager: &str,
    share: &Share,
    all: &BTreeSet<String>,
) -> Result<Kept, Failure> {
    let work = Work::of(id, site, manager)?;
    let manager = work.manager;
    let (unproven, theirs) = (share.unproven.clone(), share.theirs.clone());
    let mut kept = Kept { unproven, theirs, ..Kept::default() };
    let goes =
        |names: &[String]| foreseen(site, manager, &manager.simulate_removal(names)).map(|it| it.removed);
    let going = removable(&share.ours, all, &goes, &mut kept);
    let size = if manager.one_at_a_time() { 1 } else { going.len().max(1) };
    for names in going.chunks(size) {
        match transaction(work, &manager.remove(names), 0) {
            // Somebody took it away before us.
            Err(failure) if failure.code == Code::PackagesGone => {}
            other => other?,
        }
    }
    if manager.after_restart() {
        kept.next_start = going;
    }
    Ok(kept)
}

fn unanswered(manager: &dyn PackageManager) -> Failure {
    let message = text!("undo-packages-unknown", manager = manager.name());
    Failure::new(Code::PackagesUnanswered, message)
}

/// The most of these packages that can go so that nothing goes with them but what is to go anyway. What the manager
/// cannot work out stays.
fn removable(
    names: &[String],
    all: &BTreeSet<String>,
    goes: &dyn Fn(&[String]) -> Option<Vec<String>>,
    kept: &mut Kept,
) -> Vec<String> {
    let mut going: Vec<String> = Vec::new();
    let mut open: Vec<Vec<String>> = vec![names.to_vec()];
    while let Some(some) = open.pop().filter(|it| !it.is_empty()) {
        let tried: Vec<String> = going.iter().chain(&some).cloned().collect();
        let others: Option<Vec<String>> =
            goes(&tried).map(|it| it.into_iter().filter(|it| !all.contains(it)).collect());
        match others {
            Some(others) if others.is_empty() => going = tried,
            others if some.len() == 1 => {
                kept.names.extend(some);
                kept.needed_by.extend(others.unwrap_or_default());
            }
            _ => {
                let (left, right) = some.split_at(some.len() / 2);
                open.extend([right.to_vec(), left.to_vec()]);
            }
        }
    }
    kept.needed_by.sort();
    kept.needed_by.dedup();
    going
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_needs_by_now_stays_and_only_that() {
        // `theirs` came after us and needs b, which needs nothing; a and c are needed by nobody; d makes the manager fail.
        let goes = |names: &[String]| {
            if names.iter().any(|it| it == "d") {
                return None;
            }
            let more = names.iter().any(|it| it == "b").then(|| "theirs".to_owned());
            Some(names.iter().cloned().chain(more).collect())
        };
        let names = ["a", "b", "c", "d", "e"].map(str::to_owned);
        let mut kept = Kept::default();
        let going = removable(&names, &names.iter().cloned().collect(), &goes, &mut kept);
        assert_eq!(going, ["a", "c", "e"]);
        assert_eq!(
            kept,
            Kept { names: vec!["b".into(), "d".into()], needed_by: vec!["theirs".into()], ..Kept::default() }
        );
        assert_eq!(removable(&[], &BTreeSet::new(), &goes, &mut Kept::default()), Vec::<String>::new());
    }
}
