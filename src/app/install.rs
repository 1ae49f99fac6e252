//! `install`: from anything to a proven Fyne environment. Never writes a project.

use std::path::PathBuf;

use super::lockfile::published;
use super::mirrors::{self, source::ModuleSource};
use super::run::{self, Seen};
use super::survey::{Survey, VersionArgs, survey};
use super::{Session, container, deeper, resume, rightful};
use crate::action::{Plan, Scope};
use crate::apply::heal::Course;
use crate::apply::steps::bundle;
use crate::checks;
use crate::discreet::Discreet;
use crate::facts::Facts;
use crate::failure::{Code, Failure};
use crate::report::Report;
use crate::want::{Goal, Want};

/// What was asked of `install`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Goal and versions.
    pub versions: VersionArgs,
    /// `--upgrade`.
    pub upgrade: bool,
    /// `--prefix`.
    pub prefix: Option<PathBuf>,
    /// Not `--no-proof`.
    pub proof: bool,
    /// Not `--no-warm`.
    pub warm: bool,
    /// Not `--no-modify-path`.
    pub modify_path: bool,
    /// Not `--no-container`.
    pub container: bool,
    /// `--layer`.
    pub layer: bool,
    /// `--goproxy`.
    pub goproxy: Option<Discreet>,
    /// `--goproxy default`: modules come from where Go is set to look, however slow that is.
    pub as_set: bool,
    /// `--go-mirror`.
    pub go_mirrors: Vec<Discreet>,
}

/// Looks, plans, asks, converges.
pub fn install(session: &Session, wishes: Wishes, for_root: bool, timings: bool) -> Result<Report, Failure> {
    rightful(session, for_root, "install")?;
    if let Some(report) = resume::first(session, "install", for_root)? {
        return Ok(report);
    }
    let container = wishes.container && !wishes.layer && !session.places()?.are_for_all();
    let mut seen = see(session, wishes)?;
    let plan = self::plan(session, &mut seen);
    if session.options.dry_run {
        bundle::has_what(session.doors.system, &plan)?;
        let dry = run::dry(session, ("install", "install"), &plan, &seen.facts, &seen.known)?;
        return published::told_in(session, &seen.want, seen.source.told_in(dry));
    }
    carry_on(session, seen, plan, container, timings)
}

/// From what was seen to the end: asks where nobody was asked, and converges.
pub fn carry_on(
    session: &Session,
    mut seen: Seen,
    mut plan: Plan,
    container: bool,
    timings: bool,
) -> Result<Report, Failure> {
    // Whoever made the project, its first build is long: it is done here, with the faster compiler.
    if plan.is_empty() && deeper::unbuilt(&seen) {
        seen = deeper::build(session, seen)?;
        plan = self::plan(session, &mut seen);
    }
    // A container's image comes from the network.
    let bundled = session.doors.system.net.bundle().is_some();
    if container
        && !bundled
        && let Some(report) = container::instead(session, &seen, &plan)?
    {
        return Ok(report);
    }
    let course = Course::Heal { scope: Scope::Install, only: vec![] };
    let report = seen.source.told_in(run::work(session, "install", &seen, &plan, &course, timings)?);
    // What was downloaded was compared.
    let nothing = report.outcome.as_ref().is_some_and(|it| it.actions.is_empty());
    if nothing && report.failure.is_none() {
        return published::told_in(session, &seen.want, report);
    }
    Ok(report)
}

/// The plan of `install` for what was seen, with the module source that was chosen for it.
pub fn plan(session: &Session, seen: &mut Seen) -> Plan {
    mirrors::plan(session, seen, Scope::Install)
}

/// Looks and judges for `install` and for plans of it.
pub fn see(session: &Session, wishes: Wishes) -> Result<Seen, Failure> {
    let Survey { mut facts, want, known, .. } = survey(session, session.look, &wishes.versions)?;
    // What failed is built again.
    facts.ours.last_build = facts.ours.last_build.take().filter(|it| it.failed.is_none());
    supported(&facts)?;
    if wishes.layer && known.packages.layering(&facts.host).is_none() {
        let failure = Failure::new(Code::UsageConflict, text!("work-no-layers"));
        return Err(failure.hint(text!("work-no-layers-hint")));
    }
    let Wishes { upgrade, prefix, proof, warm, modify_path, layer, goproxy, go_mirrors, as_set, .. } = wishes;
    let source = ModuleSource::of(goproxy.as_ref(), as_set);
    let allow = session.allowed();
    let prefix = prefix.map(|it| session.typed(&it));
    // A server or a container of Windows that builds: everything but the window.
    let proof = proof && !(want.goal == Goal::Build && facts.display.is_out_of_reach());
    let want = Want { upgrade, prefix, proof, warm, modify_path, layer, allow, goproxy, go_mirrors, ..want };
    let findings = checks::judge(&facts, &want, &known, &[]);
    Ok(Seen { facts, want, known, findings, source })
}

fn supported(facts: &Facts) -> Result<(), Failure> {
    let identity = &facts.host.identity;
    let known = matches!(identity.os.as_str(), "linux" | "macos" | "windows")
        && matches!(identity.arch.as_str(), "x86_64" | "aarch64");
    if known {
        return Ok(());
    }
    let message = text!("work-unsupported", os = &identity.os, arch = &identity.arch);
    Err(Failure::new(Code::PlatformUnsupported, message).hint(text!("work-unsupported-hint")))
}
