//! Whether the package manager could do something for us: not cut off in the middle, not holding what we want.

mod macos;

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::native::Manager;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::packages::{self, PackageManager};
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.packages", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    if facts.host.is_mac() {
        return macos::judge(facts);
    }
    let manager = match &facts.native.manager {
        Fact::Here(manager) => manager,
        Fact::Absent => return absent(facts, want, known),
        Fact::Unknown(why) => return Verdict::unknown(text!("system-packages-unknown", why = why)),
    };
    let name = &manager.name;
    let driver = packages::by_name(name);
    if let Some(busy) = &facts.host.packages_busy {
        return Verdict::info(text!("system-packages-busy", manager = name, process = busy));
    }
    if manager.interrupted {
        return interrupted(manager, driver);
    }
    let held = held(facts, want, known, &manager.held);
    if !held.is_empty() {
        return on_hold(&held, manager, driver);
    }
    if !manager.lists {
        return Verdict::info(text!("system-packages-lists", manager = name));
    }
    Verdict::ok(text!("system-packages-ok", manager = name))
}

/// A manager that we know, and whose program is not there: it matters only where something has to be installed.
fn absent(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let Some(manager) = known.packages.manager_for(&facts.host) else {
        if let Some(other) =
            known.packages.by_hand(&facts.host).filter(|_| facts.host.identity.os == "windows")
        {
            return Verdict::info(text!("system-packages-instead", manager = other));
        }
        return Verdict::skipped(text!("system-packages-none"));
    };
    let summary = text!("system-packages-absent", program = manager.program());
    if let Some(command) = manager.typed_get() {
        // Whoever has a compiler needs nothing of it.
        let serves = facts.native.compiler.works == Fact::Here(Ok(()));
        let verdict = if serves { Verdict::info(summary) } else { Verdict::fail(summary) };
        if let Some(policy) = &facts.native.forbidden {
            let verdict = verdict.cause(text!("system-packages-policy")).evidence(policy);
            let decide = text!("system-packages-policy-decide");
            return if serves { verdict } else { verdict.decide(decide, None) };
        }
        let verdict = verdict.cause(text!("system-packages-app-installer"));
        let decide = text!("system-packages-app-installer-decide");
        return if serves { verdict } else { verdict.decide(decide, Some(command.to_owned())) };
    }
    let lacking = |it: &String| facts.native.capabilities.get(it).is_some_and(|it| it.found.is_absent());
    if !blame::wanted(facts, want, known).iter().any(lacking) {
        return Verdict::info(summary);
    }
    let cause = text!("system-packages-absent-cause", manager = manager.name());
    Verdict::fail(summary)
        .cause(cause)
        .decide(text!("system-packages-absent-decide", manager = manager.name()), None)
}

/// It was cut off: in the middle of its work, or so that it cannot begin any.
fn interrupted(manager: &Manager, driver: Option<&'static dyn PackageManager>) -> Verdict {
    let command = driver.and_then(|it| it.typed_configure()).unwrap_or(&manager.name);
    let name = &manager.name;
    let verdict = match (&manager.left_lock, &manager.unreadable) {
        (Some(path), _) => Verdict::warn(text!("system-packages-left-lock", manager = name, path = path))
            .cause(text!("system-packages-left-lock-cause", manager = name, path = path, command = command))
            .file(path, None),
        (None, Some(said)) => Verdict::warn(text!("system-packages-unreadable", manager = name))
            .cause(text!("system-packages-unreadable-cause", manager = name, command = command))
            .evidence(said),
        (None, None) => {
            let program = command.split(' ').next().unwrap_or_default();
            Verdict::warn(text!("system-packages-interrupted", program = program)).cause(text!(
                "system-packages-interrupted-cause",
                program = program,
                command = command
            ))
        }
    };
    let verdict = verdict.need(Need::PackagesConfigured);
    driver.and_then(|it| it.record()).into_iter().fold(verdict, Verdict::evidence)
}

/// Names that are on hold, with what keeps the first of them and the line that ends it.
fn on_hold(held: &[String], manager: &Manager, driver: Option<&'static dyn PackageManager>) -> Verdict {
    let by = |name: &String| {
        let hold = manager.holds.iter().find(|it| it.covers(name));
        hold.map_or_else(|| driver.map_or("", |it| it.held_by()).to_owned(), |it| it.by.clone())
    };
    let first = by(&held[0]);
    let names: Vec<String> = held.iter().filter(|it| by(it) == first).cloned().collect();
    let command = driver.and_then(|it| it.typed_release(&first, &names));
    let decide = match command {
        Some(_) => text!("system-packages-held-decide"),
        None => text!("system-packages-held-edit", names = names.join(" "), by = &first),
    };
    Verdict::warn(text!("system-packages-held", names = held.join(" ")))
        .cause(text!("system-packages-held-cause", names = names.join(" "), by = &first))
        .decide(decide, command)
}

/// A hold only matters where something is missing that the same transaction would have to bring.
fn held(facts: &Facts, want: &Want, known: &Knowledge, held: &[String]) -> Vec<String> {
    let wanted = blame::wanted(facts, want, known);
    let lacking = |it: &&String| facts.native.capabilities.get(*it).is_some_and(|it| it.found.is_absent());
    let missing: Vec<String> =
        wanted.iter().filter(lacking).map(|it| blame::package(facts, want, known, it)).collect();
    held.iter().filter(|it| missing.contains(it)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    fn with(change: impl Fn(&mut Manager)) -> Facts {
        let mut facts = fixture::healthy();
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        change(&mut manager);
        facts.native.manager = Fact::Here(manager);
        facts
    }

    #[test]
    fn what_waits_to_be_finished_is_finished_first() {
        let verdict = fixture::judged(&CHECK, &with(|it| it.interrupted = true));
        assert_eq!((verdict.status, verdict.needs), (Status::Warn, vec![Need::PackagesConfigured]));
    }

    #[test]
    fn lists_and_other_users_of_the_lock_are_no_faults() {
        assert_eq!(fixture::judged(&CHECK, &with(|it| it.lists = false)).status, Status::Info);
        let mut facts = with(|it| it.interrupted = true);
        facts.host.packages_busy = Some("apt-get (pid 812)".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.native.manager = Fact::Absent;
        facts.host.distro = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Skipped);
    }

    #[test]
    fn a_manager_that_is_missing_is_a_fault_only_where_packages_are_missing() {
        let mut facts = fixture::healthy();
        facts.native.manager = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.native.capabilities.get_mut("xrandr").expect("probed").found = Fact::Absent;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::Decision]));
        assert!(verdict.summary.to_string().contains("/usr/bin/apt-get"));
    }

    fn of(name: &str, change: impl Fn(&mut Manager)) -> Facts {
        with(|it| {
            it.name = name.into();
            change(it);
        })
    }

    #[test]
    fn what_cut_a_manager_off_is_told_in_its_own_words() {
        type Change = fn(&mut Manager);
        let apt = packages::by_name("apt").expect("known");
        let rows: [(&str, Change, &str, &str); 4] = [
            ("apt", |_| {}, apt.typed_configure().expect("it has one"), apt.record().expect("it has one")),
            (
                "pacman",
                |it| it.left_lock = Some("/var/lib/pacman/db.lck".into()),
                "rm /var/lib/pacman/db.lck",
                "/var/lib/pacman",
            ),
            ("dnf", |it| it.unreadable = Some("malformed".into()), "rpm --rebuilddb", "malformed"),
            ("xbps", |_| {}, "xbps-reconfigure -a", "/var/db/xbps"),
        ];
        for (name, change, command, evidence) in rows {
            let facts = of(name, |it| {
                it.interrupted = true;
                change(it);
            });
            let verdict = fixture::judged(&CHECK, &facts);
            let cause = verdict.cause.as_ref().map(ToString::to_string).unwrap_or_default();
            assert!(cause.contains(command), "{name}: {cause}");
            assert!(verdict.evidence.iter().any(|it| it.contains(evidence)), "{name}");
            assert_eq!(verdict.needs, [Need::PackagesConfigured], "{name}");
        }
    }

    #[test]
    fn what_keeps_a_package_is_named_with_the_line_that_ends_it() {
        let release = |name: &str, by: &str, holds: bool| {
            let mut facts = of(name, |it| {
                it.held = vec!["libxrandr-dev".into()];
                let hold = crate::facts::native::Hold { name: "libxrandr*".into(), by: by.into() };
                it.holds = if holds { vec![hold] } else { vec![] };
            });
            facts.native.capabilities.get_mut("xrandr").expect("probed").found = Fact::Absent;
            let verdict = fixture::judged(&CHECK, &facts);
            let cause = verdict.cause.map(|it| it.to_string()).unwrap_or_default();
            assert!(cause.contains(by), "{name}: {cause}");
            verdict.decision.and_then(|it| it.command)
        };
        let line = |it: &str| Some(format!("{it} libxrandr-dev"));
        assert_eq!(release("apt", "apt-mark hold", false), line("apt-mark unhold"));
        assert_eq!(release("zypper", "/etc/zypp/locks", true), line("zypper removelock"));
        assert_eq!(release("dnf", "/etc/dnf/dnf.conf", true), None, "a line of a file is edited");
    }

    #[test]
    fn a_hold_matters_only_for_what_is_missing() {
        let mut facts = with(|it| it.held = vec!["libxrandr-dev".into()]);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.native.capabilities.get_mut("xrandr").expect("probed").found = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Warn);
    }
}
