//! Apple's developer tools: whether there is a developer directory that can be used, and if not, why. Everything that compiles
//! on a Mac rests on it. Which compiler is used then is `cgo.compiler`'s.

use std::path::Path;

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::xcode::{Active, ChosenBy, DEFAULTS, Refused, Tools, Xcode};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::quoting::quoted_path;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.xcode", group: Group::System, after: &["system.os"], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    if !facts.host.is_mac() {
        return Verdict::skipped(text!("system-xcode-elsewhere"));
    }
    let xcode = match &facts.native.xcode {
        Fact::Here(xcode) => xcode,
        Fact::Absent => return Verdict::unknown(text!("system-xcode-unknown", why = text!("why-absent"))),
        Fact::Unknown(why) => return Verdict::unknown(text!("system-xcode-unknown", why = why)),
    };
    match &xcode.active {
        Fact::Here(active) => chosen(facts, xcode, active),
        Fact::Absent => never(facts, xcode),
        Fact::Unknown(why) => Verdict::unknown(text!("system-xcode-unknown", why = why)),
    }
}

/// Nothing was chosen, and nothing lies at the usual places.
fn never(facts: &Facts, xcode: &Xcode) -> Verdict {
    let verdict = Verdict::fail(text!("system-xcode-absent"))
        .cause(text!("system-xcode-absent-cause"))
        .evidence("xcode-select: no developer directory");
    match xcode.instead() {
        Some(other) => verdict.evidence(seen(other)).need(Need::DeveloperDir(Some(other.dir.clone()))),
        None => strangers(verdict, facts, xcode),
    }
}

/// Tools that somebody else may write are a person's choice; without any, the Command Line Tools come.
fn strangers(verdict: Verdict, facts: &Facts, xcode: &Xcode) -> Verdict {
    let Some((other, hands)) = xcode.in_other_hands() else { return verdict.need(Need::CommandLineTools) };
    let text = text!("system-xcode-hands", name = other.name(), dir = &other.dir, hands = hands);
    verdict.evidence(seen(other)).decide(text, Some(select(facts, &other.dir)))
}

fn select(facts: &Facts, dir: &Path) -> String {
    format!("{}xcode-select --switch {}", facts.host.sudo(), quoted_path(dir))
}

fn chosen(facts: &Facts, xcode: &Xcode, active: &Active) -> Verdict {
    let Some(tools) = xcode.in_effect() else {
        // A disk that is not there now is no Xcode that was deleted.
        let away = active.by != ChosenBy::Variable && active.dir.starts_with("/Volumes");
        let cause = match active.by {
            ChosenBy::Variable => {
                text!("system-xcode-gone-variable", setting = blame::setting(facts, "DEVELOPER_DIR"))
            }
            ChosenBy::Link | ChosenBy::Default if away => {
                text!("system-xcode-gone-volume", dir = &active.dir)
            }
            ChosenBy::Link | ChosenBy::Default => text!("system-xcode-gone-chosen", dir = &active.dir),
        };
        let verdict = Verdict::fail(text!("system-xcode-gone", dir = &active.dir)).cause(cause);
        if away {
            let text = text!("system-xcode-volume", dir = &active.dir);
            let other = xcode.instead().map(|it| select(facts, &it.dir));
            return verdict.evidence(said(active)).decide(text, other);
        }
        return instead(verdict.evidence(said(active)), facts, xcode, active);
    };
    if !tools.complete() {
        let cause = if tools.is_command_line_tools() {
            text!("system-xcode-incomplete-upgrade")
        } else {
            text!("system-xcode-incomplete-app")
        };
        let verdict = Verdict::fail(text!("system-xcode-incomplete", dir = &active.dir)).cause(cause);
        let missing = if tools.clang { "usr/lib/libxcrun.dylib" } else { "usr/bin/clang" };
        let verdict = verdict.evidence(format!("{}: not there", active.dir.join(missing).display()));
        return instead(verdict, facts, xcode, active);
    }
    match &xcode.sdk {
        Fact::Here(Ok(sdk)) => well(facts, xcode, tools, active, sdk),
        Fact::Here(Err(refused)) => self::refused(facts, xcode, tools, active, refused),
        Fact::Absent => Verdict::unknown(text!("system-xcode-unknown", why = text!("why-absent"))),
        Fact::Unknown(why) => Verdict::unknown(text!("system-xcode-unknown", why = why)),
    }
}

fn refused(facts: &Facts, xcode: &Xcode, tools: &Tools, active: &Active, refused: &Refused) -> Verdict {
    let name = tools.name();
    let (verdict, said) = match refused {
        // The licence is a contract: nobody but a person accepts it.
        Refused::Licence(words) => {
            let verdict = Verdict::fail(text!("system-xcode-licence", name = &name))
                .cause(text!("system-xcode-licence-cause", name = &name))
                .evidence(words);
            let other = xcode.command_line_tools().is_some_and(|it| it.complete() && it.dir != tools.dir);
            let key = if other { "system-xcode-licence-or-tools" } else { "system-xcode-licence-decide" };
            let sudo = facts.host.sudo();
            let command = format!("{sudo}xcodebuild -license");
            return verdict.decide(crate::text::Text::new(key).with("sudo", sudo), Some(command));
        }
        Refused::NoSdk(words) => {
            let verdict = Verdict::fail(text!("system-xcode-no-sdk", name = &name));
            (verdict.cause(text!("system-xcode-no-sdk-cause", dir = &active.dir)), words)
        }
        Refused::Dead(words) => {
            let verdict = Verdict::fail(text!("system-xcode-dead", name = &name));
            (verdict.cause(text!("system-xcode-dead-cause", dir = &active.dir)), words)
        }
    };
    instead(verdict.evidence(said), facts, xcode, active)
}

/// What there is to do where the directory in effect does not serve: the variable that names it goes, another one is chosen, or
/// the Command Line Tools come (again).
fn instead(verdict: Verdict, facts: &Facts, xcode: &Xcode, active: &Active) -> Verdict {
    if active.by == ChosenBy::Variable {
        return blame::variable(verdict, facts, "DEVELOPER_DIR");
    }
    let command_line_tools = Path::new(crate::facts::xcode::COMMAND_LINE_TOOLS);
    match xcode.instead() {
        // What an upgrade took away comes back: they were somebody's choice.
        Some(other) if active.dir != command_line_tools => {
            let first =
                DEFAULTS.iter().find(|it| xcode.tools.iter().any(|at| at.xcrun && at.dir == Path::new(it)));
            let reset = active.by == ChosenBy::Link && first.is_some_and(|it| other.dir == Path::new(it));
            let dir = (!reset).then(|| other.dir.clone());
            verdict.evidence(seen(other)).need(Need::DeveloperDir(dir))
        }
        _ if active.dir != command_line_tools => strangers(verdict, facts, xcode),
        _ => verdict.need(Need::CommandLineTools),
    }
}

/// It can be used. What is unusual about it is told and is no fault.
fn well(facts: &Facts, xcode: &Xcode, tools: &Tools, active: &Active, sdk: &Path) -> Verdict {
    let version = tools.newest_sdk().unwrap_or("?");
    let name = tools.name();
    let system = facts.host.mac.as_ref().and_then(|it| it.version);
    let older = system.filter(|it| {
        let newest = crate::facts::xcode::numbers(version).first().copied();
        newest.is_some_and(|sdk| sdk < u64::from(it.major))
    });
    let verdict = if let Some(system) = older {
        let system = system.to_string();
        Verdict::info(text!("system-xcode-old-sdk", name = name, sdk = version, system = system))
    } else if tools.is_beta() {
        Verdict::info(text!("system-xcode-beta", name = name, sdk = version))
    } else if xcode.metal == Some(false) {
        Verdict::info(text!("system-xcode-no-metal", name = name, sdk = version))
    } else {
        Verdict::ok(text!("system-xcode-ok", name = name, sdk = version))
    };
    verdict.evidence(said(active)).evidence(format!("xcrun --show-sdk-path: {}", sdk.display()))
}

/// The directory in effect, and what chose it, as a person would look it up.
fn said(active: &Active) -> String {
    let by = match active.by {
        ChosenBy::Variable => "DEVELOPER_DIR",
        ChosenBy::Link | ChosenBy::Default => "xcode-select -p",
    };
    format!("{by}: {}", active.dir.display())
}

fn seen(tools: &Tools) -> String {
    format!("{}: {}", tools.dir.display(), tools.name())
}

#[cfg(test)]
mod tests;
