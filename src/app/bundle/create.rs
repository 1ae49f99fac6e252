//! `bundle create`: one file with everything that an installation without network needs, made on a machine where the
//! installation works. What goes in is verified here by the same proofs by which it is verified again where it comes out.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::making::Making;
use super::opened::workshop;
use super::verify::{described, page};
use super::{cache, gather, packages, write};
use crate::action::{Action, Plan, Scope};
use crate::app::survey::{Survey, VersionArgs, online, survey};
use crate::app::{Session, rightful};
use crate::bundle::list::{List, ManifestUsed, SCHEMA};
use crate::checks;
use crate::facts::Facts;
use crate::failure::{Code, Failure};
use crate::fetch::sources::Build;
use crate::journal::lock;
use crate::manifest::Knowledge;
use crate::moment::Moment;
use crate::path_style::PathStyle;
use crate::plan;
use crate::probe::go::processor;
use crate::report::Report;
use crate::version::GoVersion;
use crate::want::Want;

/// What was asked of `bundle create`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The file to write.
    pub file: PathBuf,
    /// Goal and versions.
    pub versions: VersionArgs,
    /// `--for`: platforms as Go names them; this one where none is named.
    pub targets: Vec<String>,
    /// `--with-project`.
    pub projects: Vec<PathBuf>,
    /// `--modcache`: with a build cache for this module cache.
    pub modcache: Option<PathBuf>,
    /// `--key`: the owner's secret key.
    pub key: Option<PathBuf>,
    /// Not `--no-packages`.
    pub packages: bool,
}

/// Makes a bundle.
pub fn create(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    rightful(session, false, "bundle create")?;
    online(session)?;
    let file = session.typed(&wishes.file);
    free(session, &wishes.file, &file)?;
    let targets = targets(session, &wishes.targets)?;
    let signer = wishes.key.as_ref().map(|it| write::signer(session, it)).transpose()?;
    let Survey { facts, want, known, .. } = survey(session, session.look, &wishes.versions)?;
    let plan = ready(session, &facts, &want, &known)?;
    let places = session.places()?;
    let system = session.doors.system;
    // What is staged here is swept by whoever else works.
    let held = lock::enter(system, places)?;
    let work = workshop(places).join("made");
    system.disk.remove_tree(&work)?;
    system.disk.make_dir(&work, 0o700)?;
    let tree = work.join("tree");
    let making = Making {
        session,
        system,
        places,
        work,
        tree,
        facts: &facts,
        want: &want,
        known: &known,
        go: &plan.go_root,
    };
    let made = made(&making, wishes, &targets).and_then(|list| {
        let head = write::Head::of(&making, &list, signer.as_ref())?;
        write::file(&making, &list, &head, &file)?;
        Ok((list, head))
    });
    let _ = system.disk.remove_tree(&making.work);
    drop(held);
    let (list, head) = made?;
    let mut report = Report::new("bundle create");
    page(session, &list, &mut report);
    report.more.insert("file".into(), json!(file));
    report.more.insert("bundle".into(), described(&list, head.digest()));
    report.more.insert("signed".into(), json!(head.is_signed()));
    Ok(report)
}

/// Gathers everything and lists it.
fn made(making: &Making<'_>, wishes: &Wishes, targets: &[String]) -> Result<List, Failure> {
    let projects: Vec<PathBuf> = wishes.projects.iter().map(|it| making.session.typed(it)).collect();
    gather::modules(making, &projects)?;
    let builds: Vec<Build> = targets.iter().filter_map(|it| build(making, it)).collect();
    gather::gos(making, &builds)?;
    gather::proofs(making, &builds)?;
    gather::manifest(making)?;
    gather::program(making)?;
    let packages = if wishes.packages { packages::gathered(making)? } else { None };
    let warm = match &wishes.modcache {
        Some(it) => Some(cache::built(making, &making.session.typed(it))?),
        None => None,
    };
    let target = &making.want.target;
    let manifest = &making.known.manifest;
    Ok(List {
        schema: SCHEMA,
        fyne_setup: env!("CARGO_PKG_VERSION").to_owned(),
        manifest: ManifestUsed {
            version: manifest.version,
            expires: Moment::of(&manifest.expires).unwrap_or_default(),
        },
        go: target.go,
        fyne: target.fyne.clone(),
        cli: target.cli.clone(),
        targets: targets.to_vec(),
        projects: !projects.is_empty(),
        packages,
        cache: warm,
        files: write::listed(making)?,
    })
}

/// A platform's Go.
fn build(making: &Making<'_>, target: &str) -> Option<Build> {
    let (os, arch) = target.split_once('-')?;
    Some(Build { version: making.want.target.go, os: os.into(), arch: arch.into() })
}

/// Nothing of anybody's is overwritten.
fn free(session: &Session, named: &Path, file: &Path) -> Result<(), Failure> {
    if session.look.stat(file).is_absent() {
        return Ok(());
    }
    let message = text!("bundle-file-there", file = named);
    Err(Failure::new(Code::BundleThere, message).hint(text!("bundle-file-there-hint")).at(file, None))
}

/// The platforms that were named, sorted; this one where none was.
fn targets(session: &Session, named: &[String]) -> Result<Vec<String>, Failure> {
    let plain = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let good = |it: &str| it.split_once('-').is_some_and(|(os, arch)| plain(os) && plain(arch));
    if let Some(bad) = named.iter().find(|it| !good(it)) {
        let message = text!("bundle-bad-target", target = bad);
        return Err(Failure::new(Code::UsageBadValue, message).hint(text!("bundle-bad-target-hint")));
    }
    let identity = session.look.identity();
    let here = Build::of(GoVersion::release(1, 0, 0), &identity.os, &processor(session.look));
    let mut all = if named.is_empty() { vec![format!("{}-{}", here.os, here.arch)] } else { named.to_vec() };
    all.sort();
    all.dedup();
    Ok(all)
}

/// What works here is bundled: a Go that is there.
fn ready(session: &Session, facts: &Facts, want: &Want, known: &Knowledge) -> Result<Plan, Failure> {
    let findings = checks::judge(facts, want, known, &[]);
    let plan = plan::make(&findings, facts, want, known, Scope::Install);
    let style = PathStyle::of(&session.look.identity().os);
    let go = plan.go_root.join("bin").join(style.executable("go"));
    let comes =
        plan.steps.iter().any(|it| matches!(it.action, Action::InstallGo { .. } | Action::RestoreGo { .. }));
    if comes || !session.look.stat(&go).is_here() {
        let message = text!("bundle-not-ready");
        return Err(Failure::new(Code::BundleMake, message).hint(text!("bundle-not-ready-hint")));
    }
    Ok(plan)
}
