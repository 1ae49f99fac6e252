//! Whether a window could open somewhere: on a display of the user's, or on a private one.

use super::{Check, Group, Verdict, blame, off_path};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::{Goal, Want};

mod macos;
mod windows;
mod wsl;

pub(super) const CHECK: Check =
    Check { id: "display.reachable", group: Group::Display, after: &[], goal: Goal::Desktop, judge };

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let display = &facts.display;
    if want.goal == Goal::Build {
        return Verdict::skipped(text!("display-reachable-build"));
    }
    if facts.host.identity.os == "windows" {
        return windows::judge(display);
    }
    if facts.host.is_mac() {
        return macos::judge(facts);
    }
    if let Some(verdict) = wsl::judge(facts, want, known) {
        return verdict;
    }
    // Fyne before 2.8 knows X11 alone; what Wayland says is then nobody's concern.
    let wayland = display.wayland.as_ref().filter(|_| want.target.fyne.line() >= (2, 8));
    let chosen = facts.here.set("XDG_SESSION_TYPE").unwrap_or_default();
    let x11_works = display.x11.as_ref().is_some_and(|(_, it)| it.is_here());
    let wayland_works = wayland.is_some_and(|(_, it)| it.is_here());
    if let Some((path, answer)) = wayland.filter(|(_, it)| !it.is_here()) {
        let verdict = if x11_works && chosen != "wayland" { Verdict::warn } else { Verdict::fail };
        let verdict = match answer {
            Fact::Unknown(why) => Verdict::unknown(text!("display-wayland-unknown", path = path, why = why)),
            _ => verdict(text!("display-wayland-dead", path = path)),
        };
        let verdict = verdict.cause(text!(
            "display-dead-cause",
            setting = blame::setting(facts, "WAYLAND_DISPLAY"),
            socket = path
        ));
        let verdict = also_xvfb(blame_dead(verdict, facts, "WAYLAND_DISPLAY"), facts, x11_works);
        let forced = forced(facts, want, x11_works, wayland_works).filter(|_| verdict.is_bad() && !x11_works);
        return also_x11(forced.into_iter().fold(verdict, blame::besides), facts);
    }
    if let Some(verdict) = forced(facts, want, x11_works, wayland_works) {
        return also_x11(also_xvfb(verdict, facts, x11_works || wayland_works), facts);
    }
    match &display.x11 {
        Some((value, answer)) if !answer.is_here() => {
            let fine = wayland_works && chosen != "x11";
            also_xvfb(dead_x11(facts, value, answer, fine), facts, wayland_works)
        }
        Some((value, answer)) => {
            let vendor = answer.here().map_or("", String::as_str);
            Verdict::ok(text!("display-x11-ok", display = value, vendor = vendor))
        }
        None => match wayland {
            Some((path, _)) => Verdict::ok(text!("display-wayland-ok", path = path)),
            None => none(facts, want, known),
        },
    }
}

/// FYNE_PLATFORM insists on a display server that is not there; other values than these two are ignored.
fn forced(facts: &Facts, want: &Want, x11: bool, wayland: bool) -> Option<Verdict> {
    let told = facts.here.set("FYNE_PLATFORM").filter(|_| want.target.fyne.line() >= (2, 8))?;
    let lost = match told {
        "wayland" => !wayland,
        // Without any display a private one is made, and that speaks X11.
        "x11" => !x11 && wayland,
        _ => false,
    };
    let verdict = lost.then(|| Verdict::fail(text!("display-forced", platform = told)))?;
    let setting = blame::setting(facts, "FYNE_PLATFORM");
    let cause = text!("display-forced-cause", setting = setting, platform = told);
    Some(blame::variable(verdict.cause(cause), facts, "FYNE_PLATFORM"))
}

fn dead_x11(facts: &Facts, value: &str, answer: &Fact<String>, fine: bool) -> Verdict {
    if let Some(words) = &facts.display.x11_refused {
        return Verdict::fail(text!("display-x11-refused", display = value))
            .cause(text!(
                "display-x11-refused-cause",
                setting = blame::setting(facts, "DISPLAY"),
                words = words
            ))
            .evidence(words)
            .decide(
                text!("display-x11-refused-decide"),
                Some(format!("xhost +si:localuser:{}", facts.host.user)),
            );
    }
    if let Fact::Unknown(why) = answer {
        return Verdict::unknown(text!("display-x11-unknown", display = value, why = why));
    }
    let verdict = if fine { Verdict::warn } else { Verdict::fail };
    let verdict = verdict(text!("display-x11-dead", display = value)).cause(text!(
        "display-dead-cause",
        setting = blame::setting(facts, "DISPLAY"),
        socket = value
    ));
    blame_dead(verdict, facts, "DISPLAY")
}

/// Only what is certainly dead is taken out of a file.
fn blame_dead(verdict: Verdict, facts: &Facts, name: &str) -> Verdict {
    if verdict.is_bad() { blame::variable(verdict, facts, name) } else { verdict }
}

/// A dead X server that is named besides: it shows already.
fn also_x11(verdict: Verdict, facts: &Facts) -> Verdict {
    let display = &facts.display;
    let dead = display.x11.as_ref().is_some_and(|(_, it)| it.is_absent()) && display.x11_refused.is_none();
    if verdict.is_bad() && dead { blame::variable(verdict, facts, "DISPLAY") } else { verdict }
}

/// Once the dead name is gone there has to be another place for the window.
fn also_xvfb(verdict: Verdict, facts: &Facts, other_works: bool) -> Verdict {
    let there = facts.display.xvfb.is_here() || facts.native.off_path.contains_key("Xvfb");
    if verdict.is_bad() && !other_works && !there && facts.display.xvfb.is_absent() {
        return verdict.need(Need::Capability("xvfb".into()));
    }
    verdict
}

fn none(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    match &facts.display.xvfb {
        Fact::Here(path) => Verdict::info(text!("display-none", xvfb = path)),
        Fact::Unknown(why) => Verdict::unknown(text!("display-xvfb-unknown", why = why)),
        Fact::Absent => {
            if let Some(verdict) = off_path::off_path(facts, "Xvfb") {
                return verdict;
            }
            let package = blame::package_words(facts, want, known, "xvfb");
            Verdict::fail(text!("display-nowhere"))
                .cause(text!("display-nowhere-cause", package = &package))
                .evidence("DISPLAY, WAYLAND_DISPLAY: not set")
                .evidence("Xvfb: not on PATH")
                .need(blame::need(facts, want, known, "xvfb"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;

    type Seen = Option<Fact<()>>;

    fn facts(x11: Seen, wayland: Seen, session: &str, xvfb: bool) -> Facts {
        let mut facts = fixture::healthy();
        facts.display.x11 = x11.map(|it| (":9".into(), it.map(|()| "X.Org".into())));
        facts.display.wayland = wayland.map(|it| ("/run/user/0/wayland-9".into(), it));
        if !xvfb {
            facts.display.xvfb = Fact::Absent;
        }
        fixture::set(&mut facts, "DISPLAY", ":9", fixture::profile());
        fixture::set(&mut facts, "WAYLAND_DISPLAY", "wayland-9", fixture::profile());
        fixture::set(&mut facts, "XDG_SESSION_TYPE", session, fixture::profile());
        facts
    }

    const DEAD: Seen = Some(Fact::Absent);
    const ALIVE: Seen = Some(Fact::Here(()));

    #[test]
    fn a_window_needs_one_place_that_answers() {
        let rows = [
            (ALIVE, None, "", true, Status::Ok, None),
            (None, ALIVE, "wayland", false, Status::Ok, None),
            (None, None, "", true, Status::Info, None),
            (None, None, "", false, Status::Fail, None),
            (DEAD, None, "", true, Status::Fail, Some("DISPLAY")),
            (None, DEAD, "wayland", true, Status::Fail, Some("WAYLAND_DISPLAY")),
            (ALIVE, DEAD, "wayland", true, Status::Fail, Some("WAYLAND_DISPLAY")),
            (ALIVE, DEAD, "", true, Status::Warn, Some("WAYLAND_DISPLAY")),
            (DEAD, ALIVE, "wayland", true, Status::Warn, Some("DISPLAY")),
            (DEAD, ALIVE, "x11", true, Status::Fail, Some("DISPLAY")),
            (
                Some(Fact::Unknown(Why::System("permission denied".into()))),
                None,
                "",
                true,
                Status::Unknown,
                None,
            ),
        ];
        for (x11, wayland, session, xvfb, status, variable) in rows {
            let told = format!("{x11:?} {wayland:?} {session} {xvfb}");
            let verdict = fixture::judged(&CHECK, &facts(x11, wayland, session, xvfb));
            assert_eq!((verdict.status, verdict.place.variable.as_deref()), (status, variable), "{told}");
        }
    }

    #[test]
    fn a_platform_is_insisted_on_only_where_it_is_there() {
        for (x11, wayland, platform, status) in [
            (None, None, "wayland", Status::Fail),
            (ALIVE, None, "wayland", Status::Fail),
            (ALIVE, ALIVE, "wayland", Status::Ok),
            (None, ALIVE, "x11", Status::Fail),
            (None, None, "x11", Status::Info),
            (ALIVE, None, "mir", Status::Ok),
        ] {
            let mut facts = facts(x11.clone(), wayland.clone(), "", true);
            fixture::set(&mut facts, "FYNE_PLATFORM", platform, fixture::profile());
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.status, status, "{x11:?} {wayland:?} {platform}");
        }
    }

    #[test]
    fn every_dead_place_is_named_at_once() {
        let needs = |x11, wayland, platform| {
            let mut facts = facts(x11, wayland, "", false);
            fixture::set(&mut facts, "FYNE_PLATFORM", platform, fixture::profile());
            let needs = fixture::judged(&CHECK, &facts).needs;
            let names = needs.into_iter().map(|it| match it {
                Need::FileSetting { variable, .. } => variable,
                other => format!("{other:?}"),
            });
            names.collect::<Vec<_>>().join(" ")
        };
        let xvfb = r#"Capability("xvfb")"#;
        assert_eq!(needs(DEAD, DEAD, "wayland"), format!("WAYLAND_DISPLAY {xvfb} FYNE_PLATFORM DISPLAY"));
        assert_eq!(needs(DEAD, DEAD, ""), format!("WAYLAND_DISPLAY {xvfb} DISPLAY"));
        assert_eq!(needs(DEAD, None, "wayland"), format!("FYNE_PLATFORM {xvfb} DISPLAY"));
        assert_eq!(needs(ALIVE, DEAD, "x11"), "WAYLAND_DISPLAY");
    }

    #[test]
    fn a_machine_that_never_shows_a_window_needs_no_display() {
        let facts = facts(None, None, "", false);
        assert_eq!((CHECK.judge)(&facts, &fixture::want_build(), fixture::known()).status, Status::Skipped);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::Capability("xvfb".into())]);
    }

    #[test]
    fn wayland_does_not_matter_to_older_fyne() {
        let mut want = fixture::want();
        want.target.fyne = "2.7.4".parse().expect("a version");
        assert_eq!(
            (CHECK.judge)(&facts(None, DEAD, "wayland", true), &want, fixture::known()).status,
            Status::Info
        );
    }

    #[test]
    fn a_server_that_lets_nobody_in_is_there() {
        let mut facts =
            facts(Some(Fact::Unknown(Why::System("No protocol specified".into()))), None, "", true);
        facts.display.x11_refused = Some("No protocol specified".into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::Decision]));
    }
}
