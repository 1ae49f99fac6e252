//! What is known to fail before anything is changed: there is no room for what comes, or nobody who has it can be reached.
//! Then nothing is begun. What only may fail is tried.

use std::time::Duration;

use url::Url;

use super::steps::build::module_source;
use super::steps::bundle;
use super::steps::go::mirrors;
use crate::action::{Action, Plan};
use crate::checks::{Finding, Status};
use crate::facts::Facts;
use crate::facts::supply::SettingKind;
use crate::failure::{Code, Failure};
use crate::fetch::FetchError;
use crate::fetch::error::of_sources;
use crate::fetch::go::LEAST_ROOM;
use crate::fetch::sources::{Build, info, proxies, sources};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::plan::simulate;
use crate::system::{NetError, Request, System};
use crate::text::Text;

/// How long an answer is waited for. A network that is only slow is not known to fail.
const FIRST_BYTE: Duration = Duration::from_secs(5);
/// A name server that just starts gets a second chance.
const PAUSE: Duration = Duration::from_secs(2);

/// Refuses an installation that cannot come to its end.
pub fn refuse(
    system: System<'_>,
    facts: &Facts,
    known: &Knowledge,
    findings: &[Finding],
    plan: &Plan,
) -> Result<(), Failure> {
    no_room(system, facts, findings, plan)?;
    if system.net.bundle().is_some() {
        return bundle::has_what(system, plan);
    }
    if plan.want.offline { Ok(()) } else { nobody(system, facts, known, plan) }
}

/// What takes more room than an edit.
fn takes_room(action: &Action) -> bool {
    action.manager().is_some()
        || matches!(
            action,
            Action::InstallGo { .. }
                | Action::InstallCommandLineTools
                | Action::DownloadModules { .. }
                | Action::BuildProgram { .. }
        )
}

fn no_room(system: System<'_>, facts: &Facts, findings: &[Finding], plan: &Plan) -> Result<(), Failure> {
    if !plan.steps.iter().any(|it| takes_room(&it.action)) {
        return Ok(());
    }
    // Where a setting leads to a small disk, the plan fixes that.
    let undecided = plan.unmet.iter().any(|it| it.0 == "system.disk" && it.1 == Need::Decision);
    let full = findings.iter().find(|it| it.id == "system.disk" && it.verdict.status == Status::Fail);
    if let Some(it) = full.filter(|_| undecided) {
        let message = it.verdict.cause.clone().unwrap_or_else(|| it.verdict.summary.clone());
        let failure = Failure::new(Code::DiskFull, message);
        let hint = it.verdict.decision.as_ref().map(|it| it.text.clone());
        return Err(failure.hint(hint.unwrap_or_else(|| text!("failure-disk-full-hint"))));
    }
    let go = plan.steps.iter().any(|it| matches!(it.action, Action::InstallGo { .. }));
    let path = facts.ours.places.staging();
    match system.look.space(&path).into_here() {
        Some(space) if go && space.free < LEAST_ROOM => {
            Err(FetchError::NoRoom { path, free: space.free, needed: LEAST_ROOM }.into())
        }
        _ => Ok(()),
    }
}

/// Asks who may have Go, or else the modules. The first answer of any kind is enough.
fn nobody(system: System<'_>, facts: &Facts, known: &Knowledge, plan: &Plan) -> Result<(), Failure> {
    let Some((what, urls)) = asked(system, facts, known, plan)?.or_else(|| lists(facts, plan)) else {
        return Ok(());
    };
    for last in [false, true] {
        let mut tried = Vec::new();
        for url in &urls {
            let name = url.host_str().unwrap_or_default().to_owned();
            match get(system, url) {
                Err(error) if is_certain(&error) => tried.push((name, FetchError::Net(error))),
                _ => return Ok(()),
            }
        }
        if last && !tried.is_empty() {
            return match of_sources(|why| what.told(why), tried) {
                Some(failure) => Err(failure),
                None => Ok(()),
            };
        }
        if !tried.is_empty() {
            system.look.wait(PAUSE);
        }
    }
    Ok(())
}

fn get(system: System<'_>, url: &Url) -> Result<(), NetError> {
    let request = Request { range: Some((0, Some(1))), first_byte: FIRST_BYTE, ..Request::new(url.clone()) };
    system.net.get(&request).map(drop)
}

/// Whether it will be the same in a minute. Certificates may come with the packages; who is silent may be slow; a proxy that
/// is overloaded or cannot reach a server just now says so, and one that forbids it says that.
const fn is_certain(error: &NetError) -> bool {
    match error {
        NetError::Unresolved { .. } | NetError::Unreachable { .. } => true,
        NetError::Proxy { status, .. } => matches!(status, None | Some(403 | 407)),
        _ => false,
    }
}

/// What nobody may be there to give.
enum Wanted {
    /// This, from a source of Go's.
    Of(String),
    /// The package lists of this manager.
    Lists(&'static str),
}

impl Wanted {
    fn told(&self, why: Text) -> Text {
        match self {
            Self::Of(what) => text!("fetch-no-source", what = what, tried = why),
            Self::Lists(manager) => text!("apply-lists-unreached", manager = *manager, words = why),
        }
    }
}

/// Where the package lists come from that the plan refreshes: only where every source is a server that is asked as we ask.
fn lists(facts: &Facts, plan: &Plan) -> Option<(Wanted, Vec<Url>)> {
    let apt = |it: &Action| matches!(it, Action::RefreshPackageLists { manager } if manager == "apt");
    let supply = facts.native.supply.here().filter(|_| plan.steps.iter().any(|it| apt(&it.action)))?;
    let in_use = supply.sources.iter().filter(|it| !it.off && it.types.iter().any(|it| it == "deb"));
    let urls: Vec<Url> = in_use.flat_map(|it| &it.uris).map(|it| it.parse().ok()).collect::<Option<_>>()?;
    let plain = urls.iter().all(|it| matches!(it.scheme(), "http" | "https"));
    let own_proxy = supply.settings.iter().any(|it| it.kind == SettingKind::Proxy);
    (plain && !own_proxy && !urls.is_empty()).then_some((Wanted::Lists("apt"), urls))
}

/// What is asked for, and where.
fn asked(
    system: System<'_>,
    facts: &Facts,
    known: &Knowledge,
    plan: &Plan,
) -> Result<Option<(Wanted, Vec<Url>)>, Failure> {
    let settings = simulate::settings(&facts.here, plan);
    system.net.environment(&settings.environment());
    let goproxy = module_source(system.look, Some(&plan.want), &settings, Some(&plan.go_root));
    let identity = system.look.identity();
    for step in &plan.steps {
        match &step.action {
            Action::InstallGo { version, .. } => {
                let build = Build::of(*version, &identity.os, facts.host.processor());
                let from = sources(&mirrors(&plan.want.go_mirrors)?, &goproxy, &known.mirrors, &identity.os);
                let urls = from.iter().map(|it| it.url(&build)).collect();
                return Ok(Some((Wanted::Of(format!("Go {version}")), urls)));
            }
            // Go itself asks the next of such a list where one cannot be reached, and the sources where it may.
            Action::DownloadModules { fyne } if !goproxy.contains('|') && !goproxy.starts_with("direct") => {
                let first = proxies(&goproxy).into_iter().next();
                let url = first.and_then(|it| info(&it, fyne));
                return Ok(url.map(|it| (Wanted::Of(format!("fyne.io/fyne/v2@v{fyne}")), vec![it])));
            }
            _ => {}
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::{Scope, Step};
    use crate::apply::stand::Stand;
    use crate::checks::{self, fixture};
    use crate::fact::Fact;
    use crate::facts::aptsources::Source;
    use crate::facts::supply::{OwnSetting, Supply};
    use crate::plan::make;
    use crate::system::Space;
    use crate::system::fake::{FakeNet, Machine, Scripted};

    /// A bare machine that is to be installed on: what is refused, and what was asked for.
    fn refused(net: FakeNet<'static>, change: impl Fn(&mut Facts)) -> (Option<Code>, Vec<String>) {
        let mut stand = Stand::new(Machine::linux());
        stand.net = net;
        let mut facts = fixture::bare();
        facts.ours.places = stand.places().clone();
        change(&mut facts);
        let (known, want) = (fixture::known(), &stand.want);
        let findings = checks::judge(&facts, want, known, &[]);
        let plan = make(&findings, &facts, want, known, Scope::Install);
        assert!(plan.steps.iter().any(|it| matches!(it.action, Action::InstallGo { .. })));
        let children = Scripted::on(&stand.living);
        let failure = refuse(stand.system(&children), &facts, known, &findings, &plan).err();
        (failure.map(|it| it.code), stand.net.asked())
    }

    #[test]
    fn an_installation_that_nobody_can_deliver_is_not_begun() {
        let same = |_: &mut Facts| ();
        let (code, asked) = refused(FakeNet::down(), same);
        assert_eq!(code, Some(Code::NetUnreachable));
        assert!(asked.len() > 2 && asked.iter().all(|it| it.contains("go1.")), "{asked:?}");
        // Who answers anything can be reached; who is silent or shows an odd certificate may be well in a minute.
        assert_eq!(refused(FakeNet::new(|_| Ok((404, vec![]))), same), (None, asked[..1].to_vec()));
        let late = FakeNet::new(|_| Err(NetError::TimedOut { host: "a".into() }));
        assert_eq!(refused(late, same).0, None);
    }

    #[test]
    fn package_lists_that_no_source_can_give_are_not_waited_for() {
        let known = fixture::known();
        let refused = |uris: &[&str], change: &dyn Fn(&mut Supply)| {
            let mut stand = Stand::new(Machine::linux());
            stand.net = FakeNet::down();
            let mut facts = fixture::healthy();
            facts.ours.places = stand.places().clone();
            let (types, uris) = (vec!["deb".to_owned()], uris.iter().map(|it| (*it).to_owned()).collect());
            let sources = vec![Source { types, uris, ..Source::default() }];
            let mut supply = Supply { sources, ..Supply::default() };
            change(&mut supply);
            facts.native.supply = Fact::Here(supply);
            let action = Action::RefreshPackageLists { manager: "apt".into() };
            let (after, because, meets, premises) = <_>::default();
            let step = Step { id: 1, action, after, because, meets, premises, needs_root: true };
            let plan = Plan { steps: vec![step], ..make(&[], &facts, &stand.want, known, Scope::Install) };
            let children = Scripted::on(&stand.living);
            let failure = refuse(stand.system(&children), &facts, known, &[], &plan).err();
            (failure.map(|it| it.code), stand.net.asked().len())
        };
        let same = |_: &mut Supply| ();
        let far = ["http://deb.test/debian", "https://security.test/"];
        assert_eq!(refused(&far, &same), (Some(Code::NetUnreachable), 4));
        assert_eq!(refused(&["http://deb.test/debian", "file:///srv/debian"], &same), (None, 0));
        let proxy = |it: &mut Supply| it.settings.push(OwnSetting::default());
        assert_eq!(refused(&far, &proxy), (None, 0), "apt has a way of its own");
    }

    #[test]
    fn a_proxy_that_forbids_it_is_certain_and_one_that_is_busy_is_not() {
        let rows = [None, Some(403), Some(407), Some(429), Some(502), Some(503), Some(504)];
        let certain = rows.map(|status| {
            let (proxy, why) = ("p.test:8080".to_owned(), String::new());
            is_certain(&NetError::Proxy { proxy, status, why })
        });
        assert_eq!(certain, [true, true, true, false, false, false, false]);
    }

    #[test]
    fn an_installation_that_has_no_room_is_not_begun_and_nobody_is_asked() {
        let full = |facts: &mut Facts| {
            facts.host.data_space = Fact::Here(Space { free: 9 << 20, ..Space::default() });
        };
        assert_eq!(refused(FakeNet::down(), full), (Some(Code::DiskFull), vec![]));
    }
}
