//! Looks at the machine once for a run: facts, constraints, versions. What every command that judges or plans begins
//! with.

use std::path::{Path, PathBuf};

use super::{Session, lockfile};
use crate::facts::Facts;
use crate::facts::go::go_arch;
use crate::failure::{Code, Failure};
use crate::manifest::{Constraints, Knowledge, Manifest, Reason, Resolved, resolve, resolve_to_report};
use crate::moment::Moment;
use crate::path_style::PathStyle;
use crate::places::{NOWHERE, Places};
use crate::probe;
use crate::probe::home::{self, existing_home_dir};
use crate::release::in_use::{self, InUse};
use crate::release::{given, store};
use crate::report::Machine;
use crate::system::Look;
use crate::text::Text;
use crate::trust::keys;
use crate::version::{GoVersion, SystemVersion, Version};
use crate::want::{Goal, Locked, Target, Want};

/// The folder of a bundle with the manifest that chose its versions, where that was fetched.
pub const BUNDLE_MANIFEST: &str = "manifest";

/// What was asked for on the command line, as far as the versions depend on it.
#[derive(Clone, Debug, Default)]
pub struct VersionArgs {
    /// `--goal`.
    pub goal: Goal,
    /// `--go`.
    pub go: Option<GoVersion>,
    /// `--fyne`.
    pub fyne: Option<Version>,
    /// `--force`.
    pub force: bool,
    /// `--msvc`.
    pub msvc: bool,
    /// What the project's lock file is for.
    pub lock: LockUse,
}

/// What the lock file of a project is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LockUse {
    /// It chooses versions; one that cannot be used is said, and the rest goes on without it.
    #[default]
    Advice,
    /// Exactly its versions, but for what a flag beats.
    Obey,
    /// Exactly its versions: `--locked`.
    Only,
    /// It has no say.
    Ignore,
    /// What it named when the wish was written down.
    Given(Box<Locked>),
}

/// The machine, and what is wanted of it.
#[derive(Debug)]
pub struct Survey {
    /// What is.
    pub facts: Facts,
    /// What is asked for; `install` adds its own options.
    pub want: Want,
    /// What is known of the world, by the manifest in use.
    pub known: Knowledge,
    /// Why these versions.
    pub reasons: Vec<Reason>,
}

/// Looks at the machine through `look` (the real one, a recorder or a replay) and chooses the versions.
pub fn survey(session: &Session, look: &dyn Look, asked: &VersionArgs) -> Result<Survey, Failure> {
    existing_home_dir(look)?;
    let seen = seen(session, look, asked, resolve)?;
    if let Some(warning) = seen.want.target.warning() {
        session.audience.warn(&warning);
    }
    if let Some(fault) = seen.want.lock_seen.as_ref().and_then(|it| it.fault.as_ref()) {
        session.audience.warn(&text!("lockfile-passed-over", why = fault.why.clone()));
    }
    Ok(seen)
}

/// The same for who only reports: also where nobody knows a home, so that what does not depend on it is still said.
pub fn look_only(session: &Session, look: &dyn Look, asked: &VersionArgs) -> Result<Survey, Failure> {
    seen(session, look, asked, resolve_to_report)
}

fn seen(
    session: &Session,
    look: &dyn Look,
    asked: &VersionArgs,
    resolve: fn(&Manifest, &Constraints) -> Result<Resolved, Failure>,
) -> Result<Survey, Failure> {
    let places = places_if_any(look);
    let project = project(look, session.options.project.as_deref())?;
    let InUse { known, held, .. } = in_use(session, look)?;
    session.audience.waits(Some(&text!("work-looking")));
    let mut facts = probe::facts(look, &places, project.as_deref(), &known.packages);
    let locked = lockfile::locked(session, look, &facts, asked)?;
    let constraints = constraints(&facts, asked);
    let (resolved, locked, lock_seen) =
        lockfile::resolved(session, &known.manifest, &constraints, (locked, asked), resolve)?;
    probe::for_target(look, &mut facts, &resolved.target, &known.packages);
    if asked.msvc {
        probe::native::windows::msvc::build(look, &mut facts);
    }
    session.audience.waits(None);
    let locked = locked.filter(|_| asked.lock != LockUse::Advice);
    let accepted = session.accepted()?.to_vec();
    let want = Want { held, locked, lock_seen, accepted, ..want(session, asked, resolved.target, project) };
    Ok(Survey { facts, want, known, reasons: resolved.reasons })
}

/// What is wanted, as it follows from the options that hold everywhere; `install` adds its own.
pub fn want(session: &Session, asked: &VersionArgs, target: Target, project: Option<PathBuf>) -> Want {
    Want {
        goal: asked.goal,
        go: asked.go,
        fyne: asked.fyne.clone(),
        msvc: asked.msvc,
        layer: false,
        project,
        offline: session.options.offline,
        no_sudo: session.options.no_sudo,
        ..Want::of(target)
    }
}

/// What decides the versions here.
pub fn constraints(facts: &Facts, asked: &VersionArgs) -> Constraints {
    let project = facts.project.here();
    Constraints {
        go: asked.go,
        fyne: asked.fyne.clone(),
        project_fyne: project
            .and_then(|it| it.fyne())
            .and_then(|it| it.version.trim_start_matches('v').parse().ok()),
        project_go: project.and_then(|it| it.go),
        project_toolchain: project.and_then(|it| it.toolchain.as_ref()).and_then(|it| it.0.parse().ok()),
        locked: None,
        force: asked.force,
        os: facts.host.identity.os.clone(),
        system: facts
            .host
            .mac
            .as_ref()
            .and_then(|it| it.version)
            .map(|it| SystemVersion::new(it.major, it.minor)),
        platform: platform(facts),
        distro: Machine::of(facts).distro,
    }
}

/// How Go calls what this machine builds for: `linux/amd64`.
pub fn platform(facts: &Facts) -> String {
    let identity = &facts.host.identity;
    let os = if identity.os == "macos" { "darwin" } else { identity.os.as_str() };
    format!("{os}/{}", go_arch(facts.host.processor()))
}

/// The manifest in use: the user's where one is given, else the newer of the kept and the embedded one. People are told what
/// is amiss with it.
pub fn in_use(session: &Session, look: &dyn Look) -> Result<InUse, Failure> {
    let bundle = session.doors.system.net.bundle();
    let kept = store::kept(look, &places_if_any(look));
    let kept = match bundle {
        Some(dir) => kept.or_newer(store::load(look, &dir.join(BUNDLE_MANIFEST), &keys::roots())),
        None => kept,
    };
    let mut it = match session.options.manifest.as_deref() {
        None => in_use::in_use(Knowledge::embedded(), &kept, Moment(look.now())),
        Some(name) if name.contains("://") => {
            online(session)?;
            given::at_url(session.doors.system, name, &kept)?
        }
        Some(name) => given::in_file(look, name)?,
    };
    if bundle.is_some() {
        it.bundled();
    }
    it.notes.iter().for_each(|note| session.audience.warn(note));
    Ok(it)
}

/// `--offline` and what needs the network do not go together.
pub fn online(session: &Session) -> Result<(), Failure> {
    if !session.options.offline {
        return Ok(());
    }
    Err(Failure::new(Code::NetOffline, text!("release-offline")))
}

/// Our directories. HOME decides, as everywhere; without it, the password file; on Windows the known folders.
pub fn places(look: &dyn Look) -> Result<Places, Failure> {
    existing_home_dir(look)?;
    Ok(places_if_any(look))
}

/// The same; without a home, those that no variable names are nowhere.
pub fn places_if_any(look: &dyn Look) -> Places {
    if home::is_nobodys(look) {
        return Places::system(&look.identity().os);
    }
    let home = existing_home_dir(look).unwrap_or_else(|_| NOWHERE.into());
    let env = |name: &str| look.env().get(name).cloned();
    let style = PathStyle::of(&look.identity().os);
    if look.identity().os == "macos" {
        return Places::macos(&home);
    }
    if style == PathStyle::Unix {
        return Places::linux(&home, env);
    }
    let folder = |name: &str, below: &str| {
        let set = env(name).map(|it| style.path(&it)).filter(|it| style.is_absolute(it));
        set.unwrap_or_else(|| home.join(below))
    };
    Places::windows(&folder("LOCALAPPDATA", "AppData/Local"), &folder("APPDATA", "AppData/Roaming"))
}

/// The directory of the `go.mod` that this run is about: the one that was named, else the nearest upwards.
pub fn project(look: &dyn Look, named: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    let cwd = look.identity().cwd;
    let has = |dir: &Path| !look.stat(&dir.join("go.mod")).is_absent();
    let Some(named) = named else {
        // What is for all users does not follow from where root stands.
        if home::is_nobodys(look) {
            return Ok(None);
        }
        return Ok(cwd.ancestors().find(|it| look.stat(&it.join("go.mod")).is_here()).map(Path::to_path_buf));
    };
    let dir = cwd.join(named);
    let dir = if dir.ends_with("go.mod") { dir.parent().unwrap_or(&dir).to_path_buf() } else { dir };
    if has(&dir) {
        return Ok(Some(dir));
    }
    let message = text!("usage-no-project", dir = named);
    Err(Failure::new(Code::UsageNoProject, message).hint(text!("usage-no-project-hint")))
}

/// A wish with the secrets that were not kept, out of these lists and mirrors. `hint`: how they are given.
pub fn with_secrets(want: Want, lists: &[&str], mirrors: &[&str], hint: Text) -> Result<Want, Failure> {
    let lacking = |it| Failure::new(Code::PlanSecret, text!("work-plan-secret", value = &it)).hint(hint);
    want.filled(lists, mirrors).map_err(lacking)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use crate::system::fake::Machine;

    #[test]
    fn on_a_mac_the_library_is_where_we_keep_what_is_ours() {
        let places = places(&Machine::macos().var("XDG_DATA_HOME", "/xdg")).expect("a home");
        assert_eq!(places, Places::macos(Path::new("/Users/ann")));
    }

    #[test]
    fn on_windows_the_known_folders_say_where_we_keep_what_is_ours() {
        let machine = Machine::windows().file("C:/Users/Ann/x", "").var("XDG_DATA_HOME", "/xdg");
        let at = |machine: &Machine| places(machine).expect("a home");
        assert_eq!(at(&machine).data, Path::new("C:/Users/Ann/AppData/Local/fyne-setup"));
        assert_eq!(at(&machine).config, Path::new("C:/Users/Ann/AppData/Roaming/fyne-setup"));
        let moved = machine.clone().var("LOCALAPPDATA", r"D:\Local").var("APPDATA", r"\\srv\ann");
        assert_eq!(at(&moved).cache, Path::new("D:/Local/fyne-setup/cache"));
        assert_eq!(at(&moved).config, Path::new("//srv/ann/fyne-setup"));
        let odd = machine.var("LOCALAPPDATA", "Local");
        assert_eq!(at(&odd).data, Path::new("C:/Users/Ann/AppData/Local/fyne-setup"));
    }

    #[test]
    fn the_nearest_go_mod_upwards_is_the_project() {
        let mut machine =
            Machine::linux().file("/root/hello/go.mod", "module hello").file("/root/other/x", "");
        machine.identity.cwd = "/root/hello/cmd/deep".into();
        assert_eq!(project(&machine, None), Ok(Some("/root/hello".into())));
        assert_eq!(project(&machine, Some(Path::new("/root/hello/go.mod"))), Ok(Some("/root/hello".into())));
        machine.identity.cwd = "/root/other".into();
        assert_eq!(project(&machine, None), Ok(None));
        assert_eq!(project(&machine, Some(Path::new("."))).expect_err("none there").exit, Exit::Usage);
    }
}
