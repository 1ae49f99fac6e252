//! What `pin` would write: the versions, the lock that follows, and where the project and its lock say something else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Session;
use super::lockfile::hashes::{Hashes, proven};
use super::lockfile::{self, Found, unmet};
use super::survey::{self, VersionArgs};
use crate::action::{Action, Pin, Plan, Premise, Scope, Step};
use crate::apply::steps::build::module_source;
use crate::apply::steps::pin::{has_go, no_go};
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::project::Sum;
use crate::facts::{Facts, Project};
use crate::failure::{Code, Failure};
use crate::fetch::sumdb::Client;
use crate::gather::Gather as _;
use crate::lockfile::{Difference, Edits, FYNE, LockFile, NAME, PLATFORMS, cli_module, differ, toolchain};
use crate::manifest::{Constraints, Knowledge, Manifest, Resolved, resolve};
use crate::plan::make;
use crate::probe;
use crate::release::in_use::InUse;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion};
use crate::want::{Locked, Want};

/// How far a hash is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What was proven on this machine before, of what the lock has a hash of.
    Lock,
    /// What was proven on this machine before.
    Here,
    /// And what the checksum database says now.
    Network,
}

/// What came of a look at a project.
pub struct Pinned {
    /// The project.
    pub dir: PathBuf,
    /// The machine.
    pub facts: Facts,
    /// What is wanted.
    pub want: Want,
    /// What is known of the world.
    pub known: Knowledge,
    /// What would be written.
    pub plan: Plan,
    /// Where something else stands.
    pub differences: Vec<Difference>,
    /// What the lock has no hash of.
    pub missing: Vec<Missing>,
}

/// Something that a lock has no hash of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The platform of a Go, or the module.
    pub name: String,
    /// Why the hash could not be had, where somebody was asked for it.
    pub why: Option<Text>,
}

/// Looks at the project in `dir` and plans for it.
pub fn plan(
    session: &Session,
    (asked, upgrade): (&VersionArgs, bool),
    dir: PathBuf,
    reach: Reach,
) -> Result<Pinned, Failure> {
    let (look, places) = (session.look, session.places()?);
    let found = lockfile::read(look, &dir)?;
    let InUse { known, held, .. } = survey::in_use(session, look)?;
    let mut facts = probe::facts(look, places, Some(&dir), &known.packages);
    let project = project(&facts, &dir)?.clone();
    let free = survey::constraints(&facts, asked);
    let old = found.as_ref().map(|it| &it.lock).filter(|_| !upgrade);
    let resolved = versions(session, &known.manifest, &free, (old, &dir))?;
    probe::for_target(look, &mut facts, &resolved.target, &known.packages);
    let want = survey::want(session, asked, resolved.target.clone(), Some(dir.clone()));
    // Go is told as well that there is no network.
    let goproxy = if want.offline { Some("off".into()) } else { want.goproxy };
    let want = Want { held, upgrade, goproxy, ..want };
    let least = want.target.library_min.unwrap_or(want.target.go_min);
    let plan = make(&[], &facts, &want, &known, Scope::Repair);
    let changes = changes(session, &want, &project, least);
    // Said before anything is asked for: nobody waits for a plan that cannot be carried out.
    if changes.sums && reach != Reach::Lock && !has_go(look, &plan, facts.host.style()) {
        return Err(no_go());
    }
    let old = found.as_ref().map(|it| &it.lock);
    let hashes = hashes(session, &facts, &want, (old, reach))?;
    let (lock, missing) = lock(&resolved, known.manifest.version, old, hashes);
    let mut differences = differ::of_project(&project, &lock, least);
    let text = found.as_ref().map(|it| (&it.lock, it.text.as_str()));
    differences.extend(differ::of_lock(&dir, text, &lock));
    let steps = steps(session, &project, changes, (found.as_ref(), &lock));
    let plan = Plan { steps, ..plan };
    Ok(Pinned { dir, facts, want, known, plan, differences, missing })
}

/// The project, where its go.mod can be read.
fn project<'f>(facts: &'f Facts, dir: &Path) -> Result<&'f Project, Failure> {
    let file = dir.join("go.mod");
    let unread = |line, why: crate::text::Arg| {
        let message = text!("pin-mod-unread", file = &file, why = why);
        Failure::new(Code::ProjectModSyntax, message).hint(text!("pin-mod-unread-hint")).at(&file, line)
    };
    match &facts.project {
        Fact::Here(project) => match project.errors.first() {
            Some((line, text)) => Err(unread(Some(*line), text.into())),
            None => Ok(project),
        },
        Fact::Absent => Err(unread(None, text!("why-absent").into())),
        Fact::Unknown(why) => Err(unread(None, why.into())),
    }
}

/// The versions: what is typed, then what the project says, then what its lock says as long as that serves. A lock that was
/// passed by is said.
fn versions(
    session: &Session,
    manifest: &Manifest,
    free: &Constraints,
    (old, dir): (Option<&LockFile>, &Path),
) -> Result<Resolved, Failure> {
    let Some(old) = old else { return resolve(manifest, free) };
    let bound = free.project_go.max(free.project_toolchain).map(GoVersion::as_release);
    let go = Some(old.go).filter(|it| free.go.is_none() && bound.is_none_or(|bound| *it >= bound));
    let fyne = Some(&old.fyne).filter(|_| free.fyne.is_none() && free.project_fyne.is_none()).cloned();
    let same = free.fyne.as_ref().or(free.project_fyne.as_ref()).is_none_or(|it| *it == old.fyne);
    let cli = Some(old.cli.clone()).filter(|_| go.is_some() && same);
    let with = |cli| {
        let locked = Locked { file: dir.join(NAME), go, fyne: fyne.clone(), cli, ..Locked::default() };
        (resolve(manifest, &Constraints { locked: Some(locked.clone()), ..free.clone() }), locked)
    };
    let (first, locked) = with(cli);
    let Err(why) = first else { return first };
    session.audience.warn(&unmet(session.look, &locked, &why).message);
    match with(None).0 {
        Ok(resolved) => Ok(resolved),
        Err(_) => resolve(manifest, free),
    }
}

/// Every module that a lock has a hash of.
fn modules(lock: &LockFile) -> Vec<ModuleVersion> {
    let go = PLATFORMS.iter().map(|(os, arch)| toolchain(lock.go, &format!("{os}-{arch}")));
    let go = go.filter_map(|it| it.parse().ok());
    go.chain([cli_module(&lock.cli), ModuleVersion::of(FYNE, &lock.fyne)]).collect()
}

/// The hashes that can be had.
fn hashes(
    session: &Session,
    facts: &Facts,
    want: &Want,
    (old, reach): (Option<&LockFile>, Reach),
) -> Result<Hashes, Failure> {
    let system = session.doors.system;
    let goproxy = module_source(system.look, Some(want), &facts.here, None);
    let client = || Client::for_proxies(system, &facts.ours.places.sumdb(), &goproxy);
    let bare = bare(want);
    let known = old.map(LockFile::hashes).unwrap_or_default();
    let (there, new): (Vec<_>, Vec<_>) =
        modules(&bare).into_iter().partition(|it| known.contains_key(it.as_str()));
    // What the lock has is held against what was proven here; nobody is asked for it once more.
    let mut all = proven(&client().offline(true), &there)?.proven;
    let new = match reach {
        Reach::Lock => Hashes::default(),
        Reach::Here => proven(&client().offline(true), &new)?,
        Reach::Network => proven(&client(), &new)?,
    };
    all.extend(new.proven);
    let kept = known.into_iter().filter(|it| there.iter().any(|module| module.as_str() == it.0));
    for (module, hash) in kept {
        all.entry(module).or_insert(hash);
    }
    Ok(Hashes { proven: all, open: new.open })
}

/// A lock of these versions without a hash.
fn bare(want: &Want) -> LockFile {
    let target = &want.target;
    LockFile {
        manifest: 0,
        go: target.go,
        go_hashes: BTreeMap::new(),
        cli: target.cli.clone(),
        cli_hash: None,
        fyne: target.fyne.clone(),
        fyne_hash: None,
        needs: BTreeMap::new(),
    }
}

/// The lock that follows, and what it has no hash of. One that says the same already stays as it is.
fn lock(
    resolved: &Resolved,
    manifest: u64,
    old: Option<&LockFile>,
    hashes: Hashes,
) -> (LockFile, Vec<Missing>) {
    let target = &resolved.target;
    let Hashes { proven, mut open } = hashes;
    let hash = |module: &str| proven.get(module).copied();
    let platforms = PLATFORMS.iter().map(|(os, arch)| format!("{os}-{arch}"));
    let go = platforms.map(|it| (hash(&toolchain(target.go, &it)), it)).collect::<Vec<_>>();
    let (cli, fyne) =
        (cli_module(&target.cli).to_string(), ModuleVersion::of(FYNE, &target.fyne).to_string());
    let missing = go.iter().filter(|it| it.0.is_none());
    let missing = missing.map(|it| (it.1.clone(), toolchain(target.go, &it.1)));
    let modules = [&cli, &fyne].into_iter().filter(|it| hash(it).is_none());
    let missing = missing.chain(modules.map(|it| (it.clone(), it.clone())));
    let missing = missing.map(|(name, module)| Missing { name, why: open.remove(&module) }).collect();
    let new = LockFile {
        manifest,
        go: target.go,
        go_hashes: go.into_iter().filter_map(|(hash, platform)| Some((platform, hash?))).into_map(),
        cli: target.cli.clone(),
        cli_hash: hash(&cli),
        fyne: target.fyne.clone(),
        fyne_hash: hash(&fyne),
        needs: resolved.row.needs.clone(),
    };
    let same = old.filter(|it| it.says_the_same(&new)).cloned();
    (same.unwrap_or(new), missing)
}

/// What is to be changed besides the lock.
struct Changes {
    edits: Edits,
    /// go.sum too, by Go.
    sums: bool,
}

fn changes(session: &Session, want: &Want, project: &Project, least: GoVersion) -> Changes {
    let edits = Edits::needed(project, &bare(want), least);
    let wanted = format!("v{}", want.target.fyne);
    let of_fyne = |it: &&Sum| it.path == FYNE && it.version == wanted;
    let summed = project.sums.here().is_some_and(|it| it.iter().any(|it| of_fyne(&it)));
    let replaced = project.replaces.iter().any(|it| it.path == FYNE);
    // Vendored sources need no go.sum; what was vendored is `go mod vendor`'s to change.
    let vendored = project.vendor.is_here();
    if vendored && edits.fyne.is_some() {
        session.audience.warn(&text!("pin-vendored"));
    }
    let sums = edits.fyne.is_some() || !(summed || replaced || vendored);
    Changes { edits, sums }
}

/// The one step, where something is to be written.
fn steps(
    session: &Session,
    project: &Project,
    Changes { edits, sums }: Changes,
    (found, lock): (Option<&Found>, &LockFile),
) -> Vec<Step> {
    if edits.is_empty() && !sums && found.is_some_and(|it| it.lock == *lock) {
        return Vec::new();
    }
    let written = found.filter(|it| it.lock == *lock).map_or_else(|| lock.to_string(), |it| it.text.clone());
    let digest = |name: &str| {
        let path = project.dir.join(name);
        let bytes = session.look.read(&path).into_here();
        Premise::File { path, digest: bytes.map(|it| Digest::of(&it).to_string()) }
    };
    let premises = ["go.mod", "go.sum", NAME].map(digest).to_vec();
    let pin = Pin { dir: project.dir.clone(), edits, sums, lock: written };
    let (after, because, meets) = <_>::default();
    vec![Step { id: 1, action: Action::PinProject(pin), after, because, meets, premises, needs_root: false }]
}
