//! Whether what a line of the journal leads back to is what its action led away from: the file before and after it, as both
//! lie in the backups, may differ only in what such an action changes. Pure.

use std::path::Path;

use crate::action::Action;
use crate::facts::gomod::{self, ModFile};
use crate::facts::{buildinfo, gosum};
use crate::gather::Gather as _;
use crate::lockfile::{self, LockFile};
use crate::shell::edit::{Fault, forms};
use crate::shell::{Dialect, Step, parse};
use crate::shells::without_block;

/// In whose language a file may be.
const DIALECTS: [Dialect; 11] = [
    Dialect::Sh,
    Dialect::Fish,
    Dialect::FishVariables,
    Dialect::Pam,
    Dialect::PamConf,
    Dialect::EnvironmentD,
    Dialect::GoEnv,
    Dialect::AptConf,
    Dialect::AptSources,
    Dialect::Ini,
    Dialect::PowerShell,
];

/// Whether this action may have made `new` of `old`, where nothing of it is nothing at all.
pub(super) fn leads_back(action: &Action, old: &[u8], new: &[u8]) -> bool {
    match action {
        Action::SetGoEnv { key, .. } => rest(old, key) == rest(new, key),
        Action::EditProfile { .. } => whole(&without_block(old)) == whole(&without_block(new)),
        Action::FixLineEnds { .. } => without(old, b'\r') == without(new, b'\r'),
        Action::FixLines { lines, .. } => fixed(old, new, lines),
        Action::PutLast { line, .. } => {
            let at = usize::try_from(*line).unwrap_or(usize::MAX);
            let sets = |text: &[u8]| sets(text, "PATH", *line);
            changed(old, new).is_some_and(|it| it.iter().all(|it| *it == at)) && sets(old) && sets(new)
        }
        Action::CompleteSums { .. } => completed(old, new),
        Action::PinProject(_) => pinned(old, new),
        Action::InstallCli { module, .. } => {
            buildinfo::read(new).into_here().is_some_and(|it| it.path == module.path())
        }
        _ => true,
    }
}

/// A go.sum that got lines and lost none.
fn completed(old: &[u8], new: &[u8]) -> bool {
    let there = lines(new).into_iter().into_set();
    let sums = gosum::parse(&String::from_utf8_lossy(new));
    let sums = sums.iter().all(|it| it.hash.starts_with('h') && it.hash.contains(':'));
    lines(old).iter().all(|it| there.contains(it)) && (sums || !old.is_empty())
}

/// One of the three files that a pin writes: a lock, a go.mod that only names other versions, a go.sum with more lines.
fn pinned(old: &[u8], new: &[u8]) -> bool {
    let lock = |it: &[u8]| LockFile::parse(it, Path::new(lockfile::NAME)).is_ok();
    if lock(new) {
        return old.is_empty() || lock(old);
    }
    let file = |it: &[u8]| gomod::parse(&String::from_utf8_lossy(it));
    let (was, is) = (file(old), file(new));
    if !is.module.is_empty() {
        let replaced = |it: &ModFile| -> Vec<_> {
            it.replaces.iter().map(|it| (it.path.clone(), it.with.clone())).collect()
        };
        return was.module == is.module && replaced(&was) == replaced(&is) && was.errors.is_empty();
    }
    completed(old, new)
}

/// What of a file of Go's settings is not about this variable.
fn rest<'t>(text: &'t [u8], key: &str) -> Vec<&'t [u8]> {
    let is_it = |line: &&[u8]| line.strip_prefix(key.as_bytes()).is_some_and(|it| it.starts_with(b"="));
    lines(text).into_iter().filter(|it| !is_it(it)).collect()
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    whole(text).split(|it| *it == b'\n').filter(|it| !it.is_empty()).collect()
}

/// Without the end of its last line.
fn whole(text: &[u8]) -> &[u8] {
    text.strip_suffix(b"\n").unwrap_or(text)
}

fn without(text: &[u8], byte: u8) -> Vec<u8> {
    text.iter().copied().filter(|it| *it != byte).collect()
}

/// The lines, from 1, in which two texts of as many lines differ.
fn changed(old: &[u8], new: &[u8]) -> Option<Vec<usize>> {
    let (old, new): (Vec<_>, Vec<_>) =
        (old.split(|it| *it == b'\n').collect(), new.split(|it| *it == b'\n').collect());
    let differ = |it: &(usize, (&&[u8], &&[u8]))| it.1.0 != it.1.1;
    (old.len() == new.len()).then(|| (1..).zip(old.iter().zip(&new)).filter(differ).map(|it| it.0).collect())
}

fn sets(text: &[u8], name: &str, at: u32) -> bool {
    let text = String::from_utf8_lossy(text);
    let here = |it: &Step| matches!(it, Step::Set { name: it, line, .. } if it == name && *line == at);
    DIALECTS.iter().any(|it| parse(&text, *it).iter().any(here))
}

/// An edit that this program makes, or one that an older one may have made: in the lines at fault alone, or in those that
/// go on from one, and each of them set its variable.
fn fixed(old: &[u8], new: &[u8], faults: &[Fault]) -> bool {
    if DIALECTS.iter().any(|it| forms(old, *it, faults).is_ok_and(|it| it.iter().any(|it| it == new))) {
        return true;
    }
    let text: Vec<&[u8]> = old.split(|it| *it == b'\n').collect();
    let goes_on = |line: usize| text.get(line.wrapping_sub(1)).is_some_and(|it| it.ends_with(b"\\"));
    let named = |line: usize| faults.iter().any(|it| usize::try_from(it.line).is_ok_and(|it| it == line));
    let within = |line: &usize| {
        let first = (1..*line).rev().take_while(|it| goes_on(*it)).last().unwrap_or(*line);
        (first..=*line).any(named)
    };
    let set = |it: &Fault| it.variable.is_empty() || sets(old, &it.variable, it.line);
    changed(old, new).is_some_and(|it| it.iter().all(within)) && faults.iter().all(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shells::{BLOCK_BEGIN, BLOCK_END};

    #[test]
    fn an_action_leads_back_to_what_it_led_away_from_and_to_nothing_else() {
        let file = || std::path::PathBuf::from("/home/ann/.profile");
        let fault = |line, variable: &str| Fault { line, variable: variable.into() };
        let fix = |it| Action::FixLines { file: file(), lines: it };
        let set = || Action::SetGoEnv { file: file(), key: "GOFLAGS".into(), value: None };
        let block = || Action::EditProfile { file: file() };
        let last = || Action::PutLast { file: file(), line: 2, dir: "/opt/x".into() };
        let sums = || Action::CompleteSums { dir: "/w".into() };
        let pin = || {
            let edits = lockfile::Edits::default();
            Action::PinProject(crate::action::Pin {
                dir: "/w".into(),
                edits,
                sums: true,
                lock: String::new(),
            })
        };
        let with = format!("a\n{BLOCK_BEGIN}\n. x\n{BLOCK_END}\n");
        for (action, old, new, leads) in [
            (set(), "A=1\nGOFLAGS=-x\n", "A=1\n", true),
            (set(), "A=1", "A=1\nGOFLAGS=-x\n", true),
            (set(), "", "GOFLAGS=-x\n", true),
            (set(), "A=2\nGOFLAGS=-x\n", "A=1\n", false),
            (set(), "", "victim\n", false),
            (block(), "a\n", &*with, true),
            (block(), "a", &*with, true),
            (block(), "evil\n", &*with, false),
            (block(), "evil\n", "a\n", false),
            (pin(), "module a\ngo 1.22\n", "module a\ngo 1.22\ntoolchain go1.27.4\n", true),
            (pin(), "module b\ngo 1.22\n", "module a\ngo 1.22\n", false),
            (pin(), "module a\nreplace x => /evil\n", "module a\ngo 1.22\n", false),
            (pin(), "evil\n", "module a\ngo 1.22\n", false),
            (pin(), "", "a v1 h1:1\n", true),
            (pin(), "evil\n", "a v1 h1:1\n", false),
            (Action::FixLineEnds { file: file() }, "a\r\nb\r\n", "a\nb\n", true),
            (Action::FixLineEnds { file: file() }, "evil\r\n", "a\n", false),
            (fix(vec![fault(2, "CC")]), "a\nexport CC=x\n", "a\n# export CC=x\n", true),
            (fix(vec![fault(1, "CC")]), "export CC=x \\\n B=2\n", "#export CC=x \\\n# B=2\n", true),
            (fix(vec![fault(1, "CC")]), "export CC=x\nevil\n", "# export CC=x\na\n", false),
            (fix(vec![fault(1, "CC")]), "evil\n", "a\n", false),
            (fix(vec![]), "evil\n", "a\n", false),
            (last(), "a\nPATH=/opt/x:$PATH\n", "a\nPATH=$PATH:/opt/x\n", true),
            (last(), "evil\nPATH=/opt/x:$PATH\n", "a\nPATH=$PATH:/opt/x\n", false),
            (last(), "a\nevil\n", "a\nb\n", false),
            (sums(), "a v1 h1:1\n", "a v1 h1:1\nb v1 h1:2\n", true),
            (sums(), "", "a v1 h1:1\n", true),
            (sums(), "evil\n", "a v1 h1:1\n", false),
            (sums(), "", "victim\n", false),
            (
                Action::InstallCli {
                    module: "m.a/x@v1.0.0".parse().expect("one"),
                    bin: "/b".into(),
                    cgo: false,
                },
                "",
                "victim\n",
                false,
            ),
        ] {
            assert_eq!(
                leads_back(&action, old.as_bytes(), new.as_bytes()),
                leads,
                "{action:?} {old:?} {new:?}"
            );
        }
    }
}
