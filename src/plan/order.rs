//! The order of PATH: what hides the right program is put behind it, by the line that put it in front. The next remedy for
//! the same need is our own block (`settings`).

use std::path::{Path, PathBuf};

use super::settings::on_path;
use super::{Action, PlanBuilder};
use crate::action::ActionKind;
use crate::facts::settings::{Origin, PathEntry};
use crate::shell::edit::order::put_last;

impl PlanBuilder<'_> {
    /// A directory that hides the right `go` or `fyne` is put last by the line that put it first: the least that fixes it.
    pub(super) fn order(&mut self) {
        let asked: Vec<PathBuf> = self.asked.iter().filter_map(|(_, it)| on_path(it)).collect();
        for dir in asked {
            let Some(hiding) = self.in_front(&dir).filter(|it| !it.is_empty()) else { continue };
            let cause = self.claim_needs(ActionKind::PutLast, |it| on_path(it).as_ref() == Some(&dir));
            if cause.needs.is_empty() {
                continue;
            }
            for (file, line, dir) in hiding {
                let step = self.add(Action::PutLast { file, line, dir }, &[], &cause);
                self.settled.push(step);
            }
        }
    }

    /// The lines that put another `go` or `fyne` in front of this directory's; `None` where one of them cannot be edited,
    /// or where PATH lacks the directory.
    fn in_front(&self, dir: &Path) -> Option<Vec<(PathBuf, u32, PathBuf)>> {
        let (here, home) = (&self.facts.here, self.facts.host.home.here()?);
        let at = here.path.iter().position(|it| it.dir == dir)?;
        let (go, cli) = (&self.facts.go.trees, &self.facts.cli.programs);
        let go: Vec<&Path> = go.iter().filter_map(|it| it.command.as_deref()?.parent()).collect();
        let fyne: Vec<&Path> = cli.iter().filter_map(|it| it.path.parent()).collect();
        // Who is wanted for its `fyne` is not hidden by a `go`.
        let wanted = [go, fyne].into_iter().filter(|it| it.contains(&dir));
        let dirs: Vec<&Path> = wanted.flatten().collect();
        let others = here.path[..at].iter().filter(|it| it.dir != dir && dirs.contains(&it.dir.as_path()));
        let line = |it: &PathEntry| {
            let Origin::File { path, line } = &it.origin else { return None };
            let seen = here.files.get(path).filter(|it| it.writable)?;
            put_last(&seen.bytes, seen.dialect, *line, &it.dir, home).ok()?;
            Some((path.clone(), *line, it.dir.clone()))
        };
        others.map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::checks::{self, fixture};
    use crate::facts::settings::FileSeen;
    use crate::plan::make;
    use crate::shell::Dialect;

    fn shadowed(line: &str, writable: bool) -> Vec<Action> {
        let mut facts = fixture::healthy();
        let file = PathBuf::from("/root/.profile");
        let seen = FileSeen {
            dialect: Dialect::Sh,
            digest: String::new(),
            real: file.clone(),
            writable,
            bytes: line.as_bytes().to_vec(),
        };
        facts.here.files.insert(file.clone(), seen);
        let mut old = fixture::tree("/usr/lib/go-1.19", "1.19.8", true);
        old.command = Some("/opt/old/bin/go".into());
        facts.go.trees.insert(0, old);
        facts.go.first = Some(0);
        let origin = Origin::File { path: file, line: 1 };
        facts.here.path.insert(0, PathEntry { dir: "/opt/old/bin".into(), exists: true, origin });
        facts.host.home = crate::fact::Fact::Here("/root".into());
        let want = fixture::want();
        let findings = checks::judge(&facts, &want, fixture::known(), &[]);
        make(&findings, &facts, &want, fixture::known(), Scope::Repair)
            .steps
            .into_iter()
            .map(|it| it.action)
            .collect()
    }

    #[test]
    fn the_line_that_put_an_old_go_in_front_puts_it_last() {
        let last = Action::PutLast { file: "/root/.profile".into(), line: 1, dir: "/opt/old/bin".into() };
        assert_eq!(shadowed("export PATH=/opt/old/bin:$PATH\n", true), [last]);
    }

    #[test]
    fn what_cannot_be_edited_is_outweighed_by_our_block() {
        for (line, writable) in [("PATH=/opt/old/bin:$PATH\n", false), ("PATH=$(x):$PATH\n", true)] {
            let actions = shadowed(line, writable);
            assert!(matches!(actions.first(), Some(Action::WriteEnvFiles { .. })), "{line} {actions:?}");
        }
    }
}
