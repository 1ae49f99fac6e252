//! Go: downloaded, verified whole and unpacked in staging, then renamed into place; `current` switches in one step.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use url::Url;

use super::{Prepared, StepContext, apple, build};
use crate::apply::events::Unit;
use crate::discreet::Discreet;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::fetch::go::{StagedGo, unpack};
use crate::fetch::progress::Progress;
use crate::fetch::sources::{Build, Source, sources};
use crate::fetch::sumdb::Client;
use crate::journal;
use crate::journal::undo::{Undo, missing_dirs};
use crate::probe::go::processor;
use crate::system::{Look, links, own};
use crate::text::Text;
use crate::version::GoVersion;

/// A Go of ours beside the others.
pub fn install<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    version: GoVersion,
    root: &'s Path,
) -> Result<Prepared<'s>, Failure> {
    not_somebody_elses(site, root)?;
    let staged = staged(id, site, version)?;
    let undo = match site.system.look.stat(root) {
        // A damaged tree of ours makes room for a whole one of the same version: it belongs to the run that brought it.
        Fact::Here(_) => vec![Undo::Leave { why: "undo-go-mended-stays".into() }],
        _ => [Undo::RemoveTree { path: root.to_owned() }]
            .into_iter()
            .chain(missing_dirs(site.system.look, root))
            .collect(),
    };
    Ok(Prepared::new(undo, move || place(site, staged.root(), root)))
}

/// What stands in the place that `--prefix` names, and is no Go of ours, is never put aside for one.
fn not_somebody_elses(site: &StepContext<'_>, root: &Path) -> Result<(), Failure> {
    let look = site.system.look;
    let (runs, _) = journal::load(look, site.places)?;
    let ours = |undo: &Undo| matches!(undo, Undo::RemoveTree { path } if path == root);
    let known = root.starts_with(&site.places.data)
        || runs.iter().flat_map(|it| it.open()).any(|it| it.undo.iter().any(ours));
    let empty = look.list(root).into_here().is_some_and(|it| it.is_empty());
    if known || empty || look.stat(root).is_absent() {
        return Ok(());
    }
    let message = text!("apply-prefix-taken", path = root);
    Err(Failure::new(Code::GoPrefixTaken, message).hint(text!("apply-prefix-taken-hint")))
}

/// A Go of this version in staging, every file of it proven.
pub(super) fn staged(id: u32, site: &StepContext<'_>, version: GoVersion) -> Result<StagedGo, Failure> {
    let identity = site.system.look.identity();
    let build = Build::of(version, &identity.os, &processor(site.system.look));
    let goproxy = build::goproxy(site);
    let from = if site.system.net.bundle().is_some() {
        vec![Source::bundle()]
    } else {
        let wanted = mirrors(&site.plan.want.go_mirrors)?;
        let from = sources(&wanted, &goproxy, &site.known.mirrors, &identity.os);
        offline(site, &from)?;
        from
    };
    let client = Client::for_proxies(site.system, &site.places.sumdb(), &goproxy);
    let sums = |path: &str, module: &str| {
        client.lookup(path, module).map_err(Failure::from).map_err(|it| unknown(it, version))
    };
    let told = Download { id, site, done: AtomicU64::new(0), total: AtomicU64::new(0) };
    Ok(unpack(site.system, site.places, &from, &build, &sums, &told, site.journal.run())?)
}

/// What the checksum database does not know was never released.
fn unknown(failure: Failure, version: GoVersion) -> Failure {
    if failure.code != Code::TrustUnknown {
        return failure;
    }
    let message = text!("apply-no-such-go", version = version.to_string());
    Failure::new(Code::GoNoSuchVersion, message).hint(text!("apply-no-such-go-hint"))
}

pub(in crate::apply) fn mirrors(named: &[Discreet]) -> Result<Vec<Url>, Failure> {
    let read = |it: &Discreet| {
        it.reveal().parse::<Url>().map_err(|why| {
            let message = text!("apply-bad-mirror", url = it, why = why.to_string());
            Failure::new(Code::UsageMirror, message)
        })
    };
    named.iter().map(read).collect()
}

/// Without network only a source on this machine can be asked.
fn offline(site: &StepContext<'_>, from: &[Source]) -> Result<(), Failure> {
    if !site.plan.want.offline || from.iter().any(|it| is_loopback(&it.name())) {
        return Ok(());
    }
    Err(Failure::new(Code::NetOffline, text!("apply-offline-go")).hint(text!("apply-offline-hint")))
}

fn is_loopback(host: &str) -> bool {
    ["localhost", "[::1]", "127."].iter().any(|it| host.starts_with(it))
}

/// Tells the run how far the download is.
struct Download<'s> {
    id: u32,
    site: &'s StepContext<'s>,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress for Download<'_> {
    fn started(&self, what: &Text, total: Option<u64>) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total.unwrap_or(0), Ordering::Relaxed);
        self.site.events.detail(self.id, what);
    }

    fn advanced(&self, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let total = Some(self.total.load(Ordering::Relaxed)).filter(|it| *it > 0);
        self.site.events.progress(self.id, done, total, Unit::Bytes);
    }

    fn finished(&self) {}

    fn stopped(&self) -> bool {
        self.site.cancelled.load(Ordering::SeqCst)
    }
}

/// `current` names another Go.
pub fn switch<'s>(site: &'s StepContext<'s>, root: &Path, link: &Path) -> Prepared<'s> {
    let was = site.system.look.stat(link).into_here().and_then(|it| it.target);
    // Below our own directory the link says only `go/1.27.4`, so that the directory can be moved.
    let target = link.parent().and_then(|it| root.strip_prefix(it).ok()).unwrap_or(root).to_path_buf();
    let undo = Undo::Relink { path: link.to_owned(), was, wrote: Some(target.clone()) };
    let link = link.to_path_buf();
    Prepared::new(vec![undo], move || Ok(site.system.disk.link(&target, &link)?))
}

/// Puts a verified tree in its place. What stood there (a damaged one of ours) goes only when the new one is there.
pub(super) fn place(site: &StepContext<'_>, staged: &Path, root: &Path) -> Result<(), Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    apple::unmark(site, staged, &staged.join("bin/go"))?;
    if let Some(parent) = root.parent() {
        disk.make_dir(parent, if root.starts_with(&site.places.data) { site.places.mode() } else { 0o755 })?;
        kept(look, parent)?;
    }
    if look.stat(root).is_absent() {
        return Ok(disk.rename(staged, root)?);
    }
    // Whenever we are killed here, a Go stands there.
    if disk.exchange(staged, root)? {
        return Ok(disk.remove_tree(staged)?);
    }
    let old = site.places.staging().join(format!("old-{}", look.monotonic_ms()));
    disk.rename(root, &old)?;
    disk.rename(staged, root)?;
    Ok(disk.remove_tree(&old)?)
}

/// A proven tree is put only where nobody else can put another in its place.
fn kept(look: &dyn Look, dir: &Path) -> Result<(), Failure> {
    let me = look.identity().uid;
    match links::resolve(look, dir) {
        Fact::Here((at, stat)) if !own::keeps(stat.uid, stat.mode, me) => {
            let message = text!("apply-prefix-open", path = &at);
            Err(Failure::new(Code::DiskNotPrivate, message)
                .hint(text!("apply-prefix-open-hint"))
                .at(at, None))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::apply::stand::Stand;
    use crate::checks::fixture;
    use crate::system::fake::{Machine, Scripted};

    #[test]
    fn a_go_that_was_never_released_is_told_from_other_faults() {
        let version = "1.27.99".parse().expect("a version");
        let told = |code| unknown(Failure::new(code, text!("apply-interrupted")), version).code;
        assert_eq!(told(Code::TrustUnknown), Code::GoNoSuchVersion);
        assert_eq!(told(Code::NetUnreachable), Code::NetUnreachable);
    }

    #[test]
    fn a_download_tells_all_that_has_come_so_far_and_begins_anew_with_each_source() {
        let stand = Stand::new(Machine::linux());
        let plan = crate::plan::make(&[], &stand.facts, &stand.want, fixture::known(), Scope::Repair);
        let children = Scripted::on(&stand.living);
        stand.with(&children, &plan, |site| {
            let told = Download { id: 1, site, done: AtomicU64::new(0), total: AtomicU64::new(0) };
            for total in [Some(100), None] {
                told.started(&text!("apply-interrupted"), total);
                told.advanced(30);
                told.advanced(20);
            }
        });
        let progressed = stand.progressed.lock().expect("no panic");
        assert_eq!(*progressed, [(30, Some(100)), (50, Some(100)), (30, None), (50, None)]);
    }
}
