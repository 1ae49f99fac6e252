//! `install --bundle FILE`: unpacks a bundle where nobody uses anything from, and only once its last byte is verified runs
//! the usual installation with it in the place of the network.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::opened::{open, refused, vouched, workshop};
use super::verify::stale;
use crate::app::for_all::whole;
use crate::app::install::{Wishes, install as install_here};
use crate::app::{Bundled, Options, Session, rightful};
use crate::apply::steps::bundle::read_packages;
use crate::bundle::list::NAME;
use crate::bundle::sealed::{Sealed, Signer};
use crate::bundle::{BundleNet, List};
use crate::fact::Fact;
use crate::facts::host::Distro;
use crate::failure::{Code, Failure};
use crate::fetch::FetchError;
use crate::fetch::sources::Build;
use crate::moment::{DAY, Moment};
use crate::packages::by_name;
use crate::probe::go::processor;
use crate::probe::host;
use crate::quoting::{quoted, quoted_path};
use crate::report::Report;
use crate::system::{Doors, Look, System};

/// The bundle that was named.
#[derive(Clone, Debug)]
pub struct Given {
    /// `--bundle`.
    pub file: PathBuf,
    /// `--key`.
    pub key: Option<String>,
    /// `--unsigned`: the user vouches for it.
    pub unsigned: bool,
}

/// How the name of a directory begins that a bundle is unpacked in; the time follows.
const USED: &str = "used-";
/// Room beyond the files of a bundle.
const SPARE: u64 = 64 << 20;

/// Installs from a bundle.
pub fn install(
    session: &Session,
    wishes: Wishes,
    given: &Given,
    for_root: bool,
    timings: bool,
) -> Result<Report, Failure> {
    rightful(session, for_root, "install")?;
    let not_installed = |it| refused(it, &given.file, "bundle-nothing-installed");
    let sealed = open(session, &given.file, given.key.as_deref()).map_err(not_installed)?;
    believed(session, sealed.signer, given.unsigned)?;
    let with_packages = fits(session, &sealed.list)?;
    let dir = fresh(session)?;
    let unpacked = unpack(session, sealed, &dir).map_err(not_installed);
    let bundled = Bundled { options: typed(session.look, given), has_packages: with_packages };
    let done = unpacked.and_then(|list| from(session, wishes, (&list, &dir), bundled, for_root, timings));
    // What may stay behind is a cache, and goes before the next one is unpacked.
    let _ = session.doors.system.disk.remove_tree(&dir);
    done
}

/// How this bundle is named by whoever stands elsewhere.
fn typed(look: &dyn Look, given: &Given) -> String {
    let file = look.identity().cwd.join(&given.file);
    let mut words = vec!["--bundle".to_owned(), quoted_path(&file)];
    match &given.key {
        Some(key) => words.extend(["--key".to_owned(), quoted(&whole(look, key))]),
        None => words.push("--unsigned".to_owned()),
    }
    words.join(" ")
}

/// Whether somebody vouches for it. Go and the modules have proofs of their own; packages and build cache have none.
fn believed(session: &Session, signer: Signer, unsigned: bool) -> Result<(), Failure> {
    match signer {
        Signer::Proven(_) => {
            session.audience.say(&vouched(signer));
            Ok(())
        }
        _ if unsigned => {
            session.audience.warn(&text!("bundle-your-word"));
            Ok(())
        }
        _ => Err(Failure::new(Code::BundleUnsigned, vouched(signer)).hint(text!("bundle-unsigned-hint"))),
    }
}

/// Whether it is for this machine at all; whether its packages are.
fn fits(session: &Session, list: &List) -> Result<bool, Failure> {
    let look = session.look;
    let build = Build::of(list.go, &look.identity().os, &processor(look));
    let here = format!("{}-{}", build.os, build.arch);
    if !list.targets.contains(&here) {
        let message = text!("bundle-platform", has = list.targets.join(", "), here = &here);
        return Err(Failure::new(Code::BundlePlatform, message).hint(text!("bundle-platform-hint")));
    }
    if let Some(days) = stale(list, Moment(look.now())) {
        session.audience.warn(&text!("bundle-manifest-expired", days = days.cast_signed()));
    }
    let (room, path) = (list.bytes() + SPARE, session.places()?.cache.clone());
    if let Fact::Here(space) = look.space(&path)
        && space.free < room
    {
        return Err(FetchError::NoRoom { path, free: space.free, needed: room }.into());
    }
    let Some(packages) = &list.packages else { return Ok(false) };
    let release = release(host::distro(look).here());
    if packages.release == release && packages.arch == look.identity().arch {
        return Ok(true);
    }
    let (has, arch) = (&packages.release, &packages.arch);
    session.audience.warn(&text!("bundle-packages-other", has = has, arch = arch, here = &release));
    Ok(false)
}

/// A release as bundles name it: `debian 12`.
pub fn release(distro: Option<&Distro>) -> String {
    distro.map(|it| format!("{} {}", it.id, it.version).trim_end().to_owned()).unwrap_or_default()
}

/// A directory of this run's own. One that a run was killed over goes after a day: until then it may be somebody's who is
/// asked whether to go on.
fn fresh(session: &Session) -> Result<PathBuf, Failure> {
    let (look, top) = (session.look, workshop(session.places()?));
    let now = look.now();
    let begun = |it: &str| it.strip_prefix(USED)?.split_once('-')?.0.parse::<u64>().ok();
    let old = |it: &&String| begun(it).is_some_and(|it| now.saturating_sub(it) > DAY);
    for name in look.list(&top).into_here().unwrap_or_default().iter().filter(old) {
        session.doors.system.disk.remove_tree(&top.join(name))?;
    }
    Ok(top.join(format!("{USED}{now}-{}", look.monotonic_ms())))
}

/// Unpacks, verifying every byte; nothing is executable, and nobody uses anything from there before this has ended well.
fn unpack<R: Read>(session: &Session, sealed: Sealed<R>, dir: &Path) -> Result<List, Failure> {
    let disk = session.doors.system.disk;
    session.audience.say(&text!("bundle-verifying", files = sealed.list.files.len()));
    disk.make_dir(dir, 0o700)?;
    let text = sealed.text.clone();
    let list = sealed.files(&mut |file| {
        let path = dir.join(&file.path);
        if let Some(parent) = path.parent() {
            disk.make_dir(parent, 0o755)?;
        }
        disk.create(&path, 0o644)
    })?;
    disk.write(&dir.join(NAME), &text, Some(0o644))?;
    Ok(list)
}

/// The usual installation, with the bundle in the place of the network and with its versions.
fn from(
    session: &Session,
    wishes: Wishes,
    (list, dir): (&List, &Path),
    bundle: Bundled,
    for_root: bool,
    timings: bool,
) -> Result<Report, Failure> {
    let System { look, disk, .. } = session.doors.system;
    let net = BundleNet::new(look, disk, dir);
    let system = System { net: &net, ..session.doors.system };
    let doors = Doors { system, interrupt: session.doors.interrupt, stop: session.doors.stop };
    if let Some(packages) = list.packages.as_ref().filter(|_| bundle.has_packages) {
        let manager = by_name(&packages.manager).ok_or_else(|| {
            Failure::new(Code::BundleUnfit, text!("bundle-no-packages", names = &packages.manager))
        })?;
        read_packages(system, dir, manager)?;
    }
    let options = Options { offline: false, bundle: Some(bundle), ..session.options.clone() };
    let bundled = Session::new(&doors, options, session.words, session.audience, session.log);
    let mut versions = wishes.versions.clone();
    versions.go = versions.go.or(Some(list.go));
    versions.fyne = versions.fyne.or_else(|| Some(list.fyne.clone()));
    install_here(&bundled, Wishes { versions, ..wishes }, for_root, timings)
}
