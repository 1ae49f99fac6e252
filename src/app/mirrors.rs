//! Where modules come from, where nobody says it: Go's default source, or the regional mirror that answers the soonest.
//!
//! Asked is only for a plan that downloads modules or Go, and only where GOPROXY is what Go itself has: what a person set is
//! never overruled. In Chinese the default and all mirrors are asked at once, and the fastest is taken. In any other language
//! the default is asked alone, and stays if it answers. The mirrors hear of this machine only where it does not, and it is asked
//! once more with them: one lost packet must not change a setting that lasts.
//!
//! Not here: the setting (`plan::settings` makes it, as for a mirror that somebody names), and what is believed: the checksum
//! database vouches for every byte, whoever sends it.

use url::Url;

use self::source::{Measured, ModuleSource, base};
use super::Session;
use super::run::Seen;
use crate::action::{Action, Plan, Scope};
use crate::digest::Digest;
use crate::facts::settings::{Origin, Settings};
use crate::fetch::sources::{Mirrors, info, proxies};
use crate::plan::{make, simulate};
use crate::report::Lang;
use crate::system::{Look, Net, Request, parallel};
use crate::version::Version;

/// The sha256 of Go's own GOPROXY, by which a `go.env` that somebody edited is told from one that nobody did.
const GOS_OWN: &str = "6b92323c3a3f154c0a30cc602002b87ff41486d6cba571162e1bae16d7761997";

/// The plan for what was seen. Where it downloads, and nobody said from where, the sources are asked first.
pub fn plan(session: &Session, seen: &mut Seen, scope: Scope) -> Plan {
    let made = |seen: &Seen| make(&seen.findings, &seen.facts, &seen.want, &seen.known, scope);
    let plan = made(seen);
    let system = session.doors.system;
    let silent = seen.want.offline || seen.want.held.is_some() || system.net.bundle().is_some();
    if silent || !plan.steps.iter().any(|it| downloads(&it.action)) {
        return plan;
    }
    if seen.source == ModuleSource::Unmeasured {
        let Some(default) = default(&seen.facts.here, &seen.known.mirrors, &seen.want.target.fyne, GOS_OWN)
        else {
            return plan;
        };
        session.audience.waits(Some(&text!("mirrors-asking")));
        // A proxy that the plan fixes is not asked as it is now.
        system.net.environment(&simulate::settings(&seen.facts.here, &plan).environment());
        let sources = Sources { default, mirrors: &seen.known.mirrors, fyne: &seen.want.target.fyne };
        let measured = sources.measured(system.look, system.net, session.words.lang() == Lang::ZhCn, AT_ONCE);
        session.audience.waits(None);
        if let Some(told) = measured.told() {
            session.audience.say(&told);
        }
        seen.source = ModuleSource::Measured(measured);
    }
    let ModuleSource::Measured(measured) = &seen.source else { return plan };
    let Some((mirror, _)) = measured.mirror() else { return plan };
    seen.want.goproxy = Some(format!("{},direct", base(mirror)).as_str().into());
    made(seen)
}

/// More than there are sources.
const AT_ONCE: usize = 16;

/// Whether the module source is asked for it.
const fn downloads(action: &Action) -> bool {
    matches!(
        action,
        Action::InstallGo { .. }
            | Action::RestoreGo { .. }
            | Action::DownloadModules { .. }
            | Action::RestoreModules { .. }
            | Action::InstallCli { .. }
    )
}

/// What is asked in place of the default source: the first proxy of Go's own list. A machine without a Go does not know it, and
/// will ask for an archive of Go first. `None` where somebody set another, in this terminal or in a file that it has not read.
fn default(here: &Settings, mirrors: &Mirrors, fyne: &Version, gos_own: &str) -> Option<Url> {
    let others = here.pending.iter().chain(&here.elsewhere);
    let gos = |origin: &Origin| matches!(origin, Origin::GoRoot { .. });
    if others.into_iter().any(|(name, it)| name == "GOPROXY" && !gos(&it.origin)) {
        return None;
    }
    match here.get("GOPROXY").filter(|it| !it.value.is_empty()) {
        None => mirrors.archives.iter().find(|it| it.region.is_none()).map(|it| it.url.clone()),
        Some(it) if gos(&it.origin) && Digest::of(it.value.as_bytes()).to_string() == gos_own => {
            info(proxies(&it.value).first()?, fyne)
        }
        Some(_) => None,
    }
}

/// Who is asked.
struct Sources<'a> {
    default: Url,
    mirrors: &'a Mirrors,
    fyne: &'a Version,
}

impl Sources<'_> {
    fn measured(&self, look: &dyn Look, net: &dyn Net, chinese: bool, at_once: usize) -> Measured {
        let default = [self.default.clone()];
        if !chinese && let [Some(ms)] = ask(look, net, at_once, &default)[..] {
            return Measured { default_ms: Some(ms), mirrors: Vec::new(), chosen: None };
        }
        let mirrors: Vec<Url> = self.mirrors.proxies.iter().map(|it| it.url.clone()).collect();
        let asked = mirrors.iter().filter_map(|it| info(it, self.fyne));
        let all: Vec<Url> = default.into_iter().chain(asked).collect();
        let mut answers = ask(look, net, at_once, &all).into_iter();
        let default_ms = answers.next().flatten();
        let mirrors: Vec<(Url, Option<u64>)> = mirrors.into_iter().zip(answers).collect();
        let chosen = chosen(chinese, default_ms, mirrors.iter().map(|it| it.1));
        Measured { default_ms, mirrors, chosen }
    }
}

/// Milliseconds until each of them answered with what it was asked for.
fn ask(look: &dyn Look, net: &dyn Net, at_once: usize, urls: &[Url]) -> Vec<Option<u64>> {
    let one = |url: &Url| {
        let began = look.monotonic_ms();
        let request =
            Request { range: Some((0, Some(1))), first_byte: Request::BRIEF, ..Request::new(url.clone()) };
        let good = net.get(&request).is_ok_and(|it| (200..300).contains(&it.status));
        good.then(|| look.monotonic_ms().saturating_sub(began))
    };
    parallel::each(at_once, urls, one).into_iter().map(|it| it.ok().flatten()).collect()
}

/// The mirror that is used: the fastest. None of them where the default is at least as fast, or answers and the language is
/// none of a region with mirrors; nor where nobody answers, so that the download says why.
fn chosen(chinese: bool, default: Option<u64>, mirrors: impl Iterator<Item = Option<u64>>) -> Option<usize> {
    let (ms, at) = mirrors.enumerate().filter_map(|(at, ms)| Some((ms?, at))).min()?;
    let stays = default.is_some_and(|it| !chinese || it <= ms);
    (!stays).then_some(at)
}

pub mod source;
#[cfg(test)]
mod tests;
