//! The lock file of a project as a command finds it: whose it is, what it says, what of that counts in this run. What it
//! means for the versions says `manifest::resolve`.

use std::path::Path;

use super::Session;
use super::survey::{LockUse, VersionArgs, platform};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::failure::{Code, Failure};
use crate::gather::Gather as _;
use crate::lockfile::differ::{self, Difference};
use crate::lockfile::{FYNE, LockFile, NAME, TOOLCHAIN};
use crate::manifest::{Constraints, Manifest, Resolved};
use crate::system::{Kind, Look};
use crate::text::Text;
use crate::version::GoVersion;
use crate::want::{LockFault, LockSeen, Locked};

pub mod hashes;
pub mod published;

/// A lock file, and its text.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it says.
    pub lock: LockFile,
    /// As it stands there.
    pub text: String,
}

/// What of the project's lock counts in this run, and what a check sees of the file.
pub fn locked(
    session: &Session,
    look: &dyn Look,
    facts: &Facts,
    asked: &VersionArgs,
) -> Result<(Option<Locked>, Option<LockSeen>), Failure> {
    match &asked.lock {
        LockUse::Ignore => return Ok((None, None)),
        LockUse::Given(it) => return Ok((Some((**it).clone()), None)),
        _ => {}
    }
    let only = asked.lock == LockUse::Only;
    let dir = facts.project.here().map(|it| it.dir.as_path());
    let found = match dir.map_or(Ok(None), |it| read(look, it)) {
        Err(failure) if asked.lock == LockUse::Advice => return Ok((None, Some(faulty(failure)))),
        found => found?,
    };
    let (Some(dir), Some(found)) = (dir, found) else {
        return if only { Err(missing()) } else { Ok((None, None)) };
    };
    // A hash that is wrong here makes the project look wrong, too.
    if asked.lock != LockUse::Advice {
        published::compared(session, &found, &dir.join(NAME))?;
    }
    let lock = &found.lock;
    let stale = stale(facts, lock);
    let beaten = beaten(asked, lock);
    if only && let Some(flag) = beaten.first() {
        let message = text!("lockfile-contradicts", flag = flag, file = NAME);
        return Err(Failure::new(Code::LockfileContradicts, message)
            .hint(text!("lockfile-contradicts-hint"))
            .at(dir.join(NAME), None));
    }
    if only && let Some(failure) = refused(&stale) {
        return Err(failure);
    }
    if asked.lock == LockUse::Obey {
        for flag in &beaten {
            session.audience.warn(&text!("lockfile-beaten", flag = flag, file = NAME));
        }
        for it in &stale {
            session.audience.warn(&text!("lockfile-stale-says", what = told(it)));
        }
    }
    let hashes = lock.hashes().into_iter().map(|(module, hash)| (module, hash.to_string())).into_map();
    let seen = LockSeen { file: dir.join(NAME), hashes, fault: None };
    Ok((Some(counting(asked, lock, dir, &platform(facts))), Some(seen)))
}

/// A lock that cannot be used, as a check sees it.
fn faulty(failure: Failure) -> LockSeen {
    let Failure { line, message, hint, file, .. } = failure;
    let fault = Some(LockFault { line, why: message, hint });
    LockSeen { file: file.unwrap_or_default(), fault, ..LockSeen::default() }
}

/// The lock file beside the `go.mod` in `dir`.
pub fn read(look: &dyn Look, dir: &Path) -> Result<Option<Found>, Failure> {
    let file = dir.join(NAME);
    let foreign = |why: Text| {
        let message = text!("lockfile-foreign", file = &file, why = why);
        Failure::new(Code::LockfileForeign, message).hint(text!("lockfile-foreign-hint")).at(&file, None)
    };
    let unread = |why: crate::fact::Why| {
        let message = text!("lockfile-unreadable", file = NAME, why = why);
        let failure = Failure::new(Code::LockfileUnreadable, message);
        failure.hint(text!("lockfile-unreadable-hint", file = NAME)).at(&file, None)
    };
    let stat = match look.stat(&file) {
        Fact::Here(stat) => stat,
        Fact::Absent => return Ok(None),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    match stat.kind {
        Kind::File => {}
        Kind::Link => return Err(foreign(text!("lockfile-is-link"))),
        _ => return Err(foreign(text!("lockfile-is-no-file"))),
    }
    // A whole checkout may be somebody else's, as in a container. A lock that a third one laid into it is not believed.
    let owner = look.stat(&dir.join("go.mod")).into_here().map(|it| it.uid);
    if stat.uid != 0 && stat.uid != look.identity().uid && Some(stat.uid) != owner {
        return Err(foreign(text!("lockfile-is-of-another", uid = stat.uid)));
    }
    let bytes = match look.read_text(&file) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Ok(None),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    let lock = LockFile::parse(&bytes, &file)?;
    Ok(Some(Found { lock, text: String::from_utf8_lossy(&bytes).into_owned() }))
}

fn missing() -> Failure {
    Failure::new(Code::LockfileMissing, text!("lockfile-missing", file = NAME))
        .hint(text!("lockfile-missing-hint"))
}

/// Where the project says something else than the lock. Which `go` line is the lowest is not the lock's to say.
fn stale(facts: &Facts, lock: &LockFile) -> Vec<Difference> {
    let Some(project) = facts.project.here() else { return Vec::new() };
    let least = project.go.map_or(GoVersion::release(1, 0, 0), GoVersion::as_release);
    let mut all = differ::of_project(project, lock, least);
    all.retain(|it| it.what != "go" || it.found.is_some());
    all
}

fn refused(stale: &[Difference]) -> Option<Failure> {
    let (first, rest) = stale.split_first()?;
    let message = text!("lockfile-stale", file = NAME, what = told(first));
    let mut failure = Failure::new(Code::LockfileStale, message)
        .hint(text!("lockfile-stale-hint"))
        .at(&first.file, first.line);
    failure.also = rest.iter().map(told).collect();
    Some(failure)
}

/// A difference in a line.
pub fn told(it: &Difference) -> Text {
    let name = it.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let place = it.line.map_or(name.clone(), |line| format!("{name}:{line}"));
    let word = match it.what {
        "go" => "go ".to_owned(),
        "toolchain" => "toolchain ".to_owned(),
        "fyne" => format!("{FYNE} "),
        _ => String::new(),
    };
    let said = |value: &str| format!("{word}{value}");
    match &it.found {
        None if it.what == "lock" => text!("lockfile-none", file = name),
        Some(found) if it.wanted.is_empty() => text!("lockfile-too-much", place = place, found = found),
        Some(found) => {
            text!("lockfile-differs", place = place, found = said(found), wanted = said(&it.wanted))
        }
        None => text!("lockfile-line-missing", place = place, wanted = said(&it.wanted)),
    }
}

/// What was typed and says something else than the lock.
fn beaten(asked: &VersionArgs, lock: &LockFile) -> Vec<String> {
    let go = asked.go.filter(|it| *it != lock.go).map(|it| format!("--go {it}"));
    let fyne = asked.fyne.as_ref().filter(|it| **it != lock.fyne).map(|it| format!("--fyne {it}"));
    go.into_iter().chain(fyne).collect()
}

/// What is typed beats the lock. Its CLI goes with its own Go and Fyne: it counts where both do.
fn counting(asked: &VersionArgs, lock: &LockFile, dir: &Path, platform: &str) -> Locked {
    let whole = beaten(asked, lock).is_empty();
    let here = format!(".{}", platform.replace('/', "-"));
    let known = lock
        .hashes()
        .into_iter()
        .filter(|(module, _)| !module.starts_with(TOOLCHAIN) || module.ends_with(&here));
    Locked {
        file: dir.join(NAME),
        go: Some(lock.go).filter(|it| asked.go.is_none_or(|asked| asked == *it)),
        fyne: Some(lock.fyne.clone()).filter(|it| asked.fyne.as_ref().is_none_or(|asked| asked == it)),
        cli: Some(lock.cli.clone()).filter(|_| whole),
        hashes: known.map(|(module, hash)| (module, hash.to_string())).into_map(),
    }
}

/// The versions that follow, and the lock that they follow from. One that the manifest does not allow is an error with its
/// place, or, where it is only advice, a fault of the file.
pub fn resolved(
    session: &Session,
    manifest: &Manifest,
    free: &Constraints,
    ((locked, seen), asked): ((Option<Locked>, Option<LockSeen>), &VersionArgs),
    resolve: fn(&Manifest, &Constraints) -> Result<Resolved, Failure>,
) -> Result<(Resolved, Option<Locked>, Option<LockSeen>), Failure> {
    let Some(locked) = locked else { return Ok((resolve(manifest, free)?, None, seen)) };
    let failure = match resolve(manifest, &Constraints { locked: Some(locked.clone()), ..free.clone() }) {
        Ok(resolved) => return Ok((resolved, Some(locked), seen)),
        Err(failure) => failure,
    };
    // Where it fails without the lock, too, the lock is not at fault.
    let without = resolve(manifest, free)?;
    let failure = unmet(session.look, &locked, &failure);
    if asked.lock != LockUse::Advice {
        return Err(failure);
    }
    Ok((without, None, Some(faulty(failure))))
}

/// A lock whose versions the manifest does not allow: the place is that of the version at fault.
pub fn unmet(look: &dyn Look, locked: &Locked, why: &Failure) -> Failure {
    let (code, word) = match why.code {
        Code::ManifestGoBelowFloor => (Code::LockfileFloor, locked.go.map(|it| it.to_string())),
        Code::ManifestNoCli => (Code::LockfileUnmet, locked.cli.as_ref().map(|it| it.version().to_owned())),
        Code::ManifestNoSuchFyne => (Code::LockfileUnmet, locked.fyne.as_ref().map(|it| format!("v{it}"))),
        _ => (Code::LockfileUnmet, locked.go.map(|it| it.to_string())),
    };
    let text = look.read_text(&locked.file).into_here().unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let written = word.map(|it| format!("version = \"{it}\""));
    let line = written.and_then(|it| text.lines().position(|line| line.trim() == it));
    let line = line.and_then(|it| u32::try_from(it + 1).ok());
    let message = text!("lockfile-unmet", file = NAME, why = why.message.clone());
    Failure::new(code, message).hint(text!("lockfile-unmet-hint")).at(&locked.file, line)
}
