//! In what a project differs from its lock, place by place.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::edit::Edits;
use super::model::{FYNE, LockFile, NAME, TOOLCHAIN, cli_module};
use crate::facts::Project;
use crate::failure::{Code, Failure};
use crate::version::{GoVersion, ModuleVersion};

/// A place that says something else than it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What it is about: a stable word.
    pub what: &'static str,
    /// The file.
    pub file: PathBuf,
    /// Its line, where there is one.
    pub line: Option<u32>,
    /// What should stand there.
    pub wanted: String,
    /// What stands there.
    pub found: Option<String>,
}

/// A hash in the lock file `file` that is not the one that was published.
pub fn wrong_hash(module: &str, wanted: &str, published: &str, file: &Path, line: Option<u32>) -> Failure {
    let message = text!("lockfile-hash", module = module, file = NAME, wanted = wanted, found = published);
    let hint = text!("lockfile-hash-hint", file = NAME);
    Failure::new(Code::LockfileHash, message).hint(hint).at(file, line)
}

/// Where go.mod and go.sum say something else than the lock.
pub fn of_project(project: &Project, lock: &LockFile, least: GoVersion) -> Vec<Difference> {
    let (go_mod, go_sum) = (project.dir.join("go.mod"), project.dir.join("go.sum"));
    let edits = Edits::needed(project, lock, least);
    let mut all = Vec::new();
    let (go, toolchain) = (project.go_line.as_ref(), project.toolchain.as_ref());
    let of_line = |what, wanted: String, found: Option<&(String, u32)>| {
        let (line, found) = (found.map(|it| it.1), found.map(|it| it.0.clone()));
        Difference { what, file: go_mod.clone(), line, wanted, found }
    };
    all.extend(edits.go.map(|it| of_line("go", it.to_string(), go)));
    if project.go.is_some_and(|it| it.as_release() > lock.go) {
        all.push(of_line("go", lock.go.to_string(), go));
    }
    all.extend(edits.toolchain.map(|it| of_line("toolchain", it.toolchain(), toolchain)));
    if let Some(fyne) = edits.fyne {
        let wrong =
            |it: &&crate::facts::project::Require| it.path == FYNE && it.version != format!("v{fyne}");
        let found = project.requires.iter().find(wrong).map(|it| (it.version.clone(), it.line));
        all.push(of_line("fyne", format!("v{fyne}"), found.as_ref()));
    }
    let version = format!("v{}", lock.fyne);
    let sums = project.sums.here().map(Vec::as_slice).unwrap_or_default();
    let sum = sums.iter().find(|it| it.path == FYNE && it.version == version);
    if let (Some(sum), Some(hash)) = (sum, lock.fyne_hash)
        && sum.hash != hash.to_string()
    {
        let (line, found) = (Some(sum.line), Some(sum.hash.clone()));
        all.push(Difference { what: "fyne-hash", file: go_sum, line, wanted: hash.to_string(), found });
    }
    all
}

/// Where a lock says something else than the one that would be written. `text`: as it stands in the file.
pub fn of_lock(dir: &Path, old: Option<(&LockFile, &str)>, new: &LockFile) -> Vec<Difference> {
    let file = dir.join(NAME);
    let Some((old, text)) = old else {
        let wanted = NAME.to_owned();
        return vec![Difference { what: "lock", file, line: None, wanted, found: None }];
    };
    let line = |word: &str| {
        let at = text.lines().position(|it| it.contains(word))?;
        u32::try_from(at + 1).ok()
    };
    let mut all = Vec::new();
    let mut differs = |what, wanted: &str, found: &str, word: &str| {
        if wanted != found {
            let (wanted, found) = (wanted.to_owned(), Some(found.to_owned()).filter(|it| !it.is_empty()));
            let line = found.as_ref().and_then(|_| line(word));
            all.push(Difference { what, file: file.clone(), line, wanted, found });
        }
    };
    let (go, fyne) = (old.go.to_string(), format!("v{}", old.fyne));
    differs("lock-go", &new.go.to_string(), &go, &go);
    differs("lock-cli", new.cli.as_str(), old.cli.as_str(), old.cli.version());
    differs("lock-fyne", &format!("v{}", new.fyne), &fyne, &fyne);
    let (mine, theirs) = (new.hashes(), old.hashes());
    // Where a version differs, its hashes follow from that.
    let of_same = |module: &str| {
        (old.go == new.go || !module.starts_with(TOOLCHAIN))
            && (old.cli == new.cli || module != cli_module(&new.cli).as_str())
            && (old.fyne == new.fyne || module != ModuleVersion::of(FYNE, &new.fyne).as_str())
    };
    for (module, hash) in mine.iter().filter(|it| of_same(it.0)) {
        let found = theirs.get(module).map(ToString::to_string).unwrap_or_default();
        differs("lock-hash", &format!("{module} {hash}"), &prefixed(module, &found), &found);
    }
    for (os, needs) in &new.needs {
        let found = old.needs.get(os).map(|it| it.join(", ")).unwrap_or_default();
        differs("lock-needs", &prefixed(os, &needs.join(", ")), &prefixed(os, &found), &begins(os));
    }
    for (os, needs) in old.needs.iter().filter(|it| !new.needs.contains_key(it.0)) {
        differs("lock-needs", "", &prefixed(os, &needs.join(", ")), &begins(os));
    }
    all
}

/// How the needs of a system begin.
fn begins(os: &str) -> String {
    format!("{os} = [")
}

fn prefixed(front: &str, rest: &str) -> String {
    if rest.is_empty() { String::new() } else { format!("{front} {rest}") }
}
