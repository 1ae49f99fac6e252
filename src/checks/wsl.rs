//! Windows Subsystem for Linux itself: what of its set-up stops or slows work with Fyne. Windows and its display are
//! `display.reachable`'s.

use std::path::{Path, PathBuf};

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::wsl::{CONF, Wsl};
use crate::manifest::Knowledge;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.wsl", group: Group::System, after: &[], goal: Goal::Build, judge };

/// Seconds after which a server's certificate or a list of packages may seem to come from the future.
const LATE: i64 = 300;

/// MiB with which a first build of Fyne gets along without swapping.
const ROOMY: u64 = 3000;

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Some(wsl) = &facts.host.wsl else { return Verdict::skipped(text!("system-wsl-none")) };
    let verdict = nameless(wsl)
        .or_else(|| shadowed(facts, wsl))
        .or_else(|| late(facts, wsl))
        .or_else(|| (wsl.version == 1).then(|| Verdict::info(text!("system-wsl-first"))))
        .or_else(|| narrow(wsl))
        .or_else(|| unproxied(facts))
        .unwrap_or_else(|| Verdict::ok(well(wsl)));
    seen(wsl).into_iter().fold(verdict, Verdict::evidence)
}

/// How it is set up, for whoever asks with `-v`.
fn seen(wsl: &Wsl) -> Vec<String> {
    let mut lines = vec![format!("WSL {}, systemd: {}", wsl.version, if wsl.systemd { "yes" } else { "no" })];
    let by = wsl.gateway.map(|it| format!(", default route by {it}")).unwrap_or_default();
    lines.push(format!("network: {}{by}", wsl.network.word()));
    lines.extend(wsl.memory_mib.map(|it| format!("memory: {it} MiB")));
    lines
}

/// Which of two programs of ours is asked what, where there are two.
fn well(wsl: &Wsl) -> Text {
    match &wsl.beside {
        Some(program) => text!("system-wsl-ok-beside", network = wsl.network.word(), program = program),
        None => text!("system-wsl-ok", network = wsl.network.word()),
    }
}

/// Programs of Windows go through a proxy, and none of this system does.
fn unproxied(facts: &Facts) -> Option<Verdict> {
    let proxy = facts.deep.as_ref()?.windows_proxy.here()?.as_ref()?;
    let set = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
    if set.iter().any(|it| facts.here.set(it).is_some()) {
        return None;
    }
    let verdict = Verdict::info(text!("system-wsl-unproxied", proxy = proxy));
    Some(verdict.cause(text!("system-wsl-unproxied-cause")))
}

/// No name server: nothing can be downloaded.
fn nameless(wsl: &Wsl) -> Option<Verdict> {
    if wsl.names_a_server != Fact::Here(false) {
        return None;
    }
    let by_hand = wsl.conf.generate_resolv == Some(false);
    let verdict = Verdict::warn(text!("system-wsl-nameless"));
    Some(if by_hand {
        verdict
            .cause(text!("system-wsl-nameless-cause", file = CONF))
            .file(CONF, None)
            .decide(text!("system-wsl-nameless-decide", file = CONF), None)
    } else {
        verdict
            .cause(text!("system-wsl-nameless-lost-cause"))
            .file("/etc/resolv.conf", None)
            .decide(text!("system-wsl-nameless-lost-decide"), Some("wsl.exe --shutdown".to_owned()))
    })
}

/// A program of Windows that has the name of one of ours: a script without `.exe`, since `go.exe` is not `go` here.
fn shadowed(facts: &Facts, wsl: &Wsl) -> Option<Verdict> {
    let (native, cli) = (&facts.native, &facts.cli);
    let go = facts.go.in_use().and_then(|it| it.command.clone());
    let first = |name: &str, path: Option<PathBuf>| Some((name.to_owned(), path?));
    let programs = [
        first("go", go),
        first("gcc", native.compiler.path.here().cloned()),
        first("pkg-config", native.pkg_config.here().map(|it| it.0.clone())),
        first("fyne", cli.programs.iter().find(|it| it.on_path).map(|it| it.path.clone())),
    ];
    let of_windows = |path: &Path| wsl.drive(path).is_some();
    let (name, path) = programs.into_iter().flatten().find(|it| of_windows(&it.1))?;
    let cause = text!("system-wsl-shadowed-cause", path = &path, name = &name);
    let verdict = Verdict::warn(text!("system-wsl-shadowed", name = &name)).cause(cause);
    let text = text!("system-wsl-shadowed-decide", file = CONF);
    Some(verdict.evidence(format!("{name}: {}", path.display())).decide(text, None))
}

/// The clock stood while Windows slept.
fn late(facts: &Facts, wsl: &Wsl) -> Option<Verdict> {
    let behind = wsl.clock_behind.filter(|it| *it > LATE)?;
    let sudo = facts.host.sudo();
    let verdict =
        Verdict::warn(text!("system-wsl-late", seconds = behind)).cause(text!("system-wsl-late-cause"));
    Some(verdict.decide(text!("system-wsl-late-decide"), Some(format!("{sudo}hwclock -s"))))
}

/// Little memory makes the first build slow, and may end it.
fn narrow(wsl: &Wsl) -> Option<Verdict> {
    let memory = wsl.memory_mib.filter(|it| *it < ROOMY)?;
    let said = wsl.windows.as_ref().and_then(|(path, conf)| Some((path, conf.memory.as_ref()?)));
    let verdict = Verdict::info(text!("system-wsl-narrow", memory = memory));
    Some(match said {
        Some((path, (value, line))) => verdict
            .cause(text!("system-wsl-narrow-said-cause", file = path, line = *line, value = value))
            .file(path, Some(*line)),
        None => verdict.cause(text!("system-wsl-narrow-cause")),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::facts::wsl::{Drive, Network, conf};

    fn facts(change: impl FnOnce(&mut Wsl)) -> Facts {
        let mut facts = fixture::healthy();
        let drives = vec![Drive { at: "/mnt/c".into(), modes: false }];
        let mut wsl = Wsl {
            network: Network::Nat,
            names_a_server: Fact::Here(true),
            memory_mib: Some(7800),
            clock_behind: Some(1),
            drives,
            ..Wsl::default()
        };
        change(&mut wsl);
        facts.host.wsl = Some(wsl);
        facts
    }

    fn said(facts: &Facts) -> (Status, String) {
        let verdict = fixture::judged(&CHECK, facts);
        (verdict.status, verdict.cause.map_or(verdict.summary.key, |it| it.key).to_string())
    }

    #[test]
    fn what_stops_work_comes_before_what_slows_it_and_a_healthy_one_is_quiet() {
        type Change = fn(&mut Wsl);
        let rows: [(Change, Status, &str); 10] = [
            (|_| {}, Status::Ok, "system-wsl-ok"),
            (|it| it.version = 1, Status::Info, "system-wsl-first"),
            (|it| it.names_a_server = Fact::Here(false), Status::Warn, "system-wsl-nameless-lost-cause"),
            (
                |it| {
                    it.names_a_server = Fact::Here(false);
                    it.conf = conf("[network]\ngenerateResolvConf=false");
                },
                Status::Warn,
                "system-wsl-nameless-cause",
            ),
            (|it| it.clock_behind = Some(4000), Status::Warn, "system-wsl-late-cause"),
            (|it| it.clock_behind = Some(-4000), Status::Ok, "system-wsl-ok"),
            (|it| it.clock_behind = Some(200), Status::Ok, "system-wsl-ok"),
            (|it| it.memory_mib = Some(1900), Status::Info, "system-wsl-narrow-cause"),
            (
                |it| {
                    it.memory_mib = Some(1900);
                    it.windows = Some(("/mnt/c/Users/user/.wslconfig".into(), conf("[wsl2]\nmemory=2GB")));
                },
                Status::Info,
                "system-wsl-narrow-said-cause",
            ),
            (
                |it| {
                    it.memory_mib = Some(1900);
                    it.names_a_server = Fact::Here(false);
                },
                Status::Warn,
                "system-wsl-nameless-lost-cause",
            ),
        ];
        for (change, status, key) in rows {
            assert_eq!(said(&facts(change)), (status, key.to_owned()));
        }
    }

    #[test]
    fn a_script_of_windows_that_has_the_name_of_a_program_is_told() {
        let mut facts = facts(|_| {});
        facts.native.compiler.path = Fact::Here("/mnt/c/tools/bin/gcc".into());
        assert_eq!(said(&facts), (Status::Warn, "system-wsl-shadowed-cause".to_owned()));
        facts.native.compiler.path = Fact::Here("/mnt/data/bin/gcc".into());
        assert_eq!(said(&facts).0, Status::Ok, "a disk of Linux's");
    }

    #[test]
    fn elsewhere_it_is_skipped() {
        assert_eq!(said(&fixture::healthy()).0, Status::Skipped);
    }

    #[test]
    fn a_proxy_that_only_windows_uses_and_our_program_beside_are_told() {
        let mut facts = facts(|it| it.beside = Some("/mnt/c/fyne-setup.exe".into()));
        assert_eq!(said(&facts), (Status::Ok, "system-wsl-ok-beside".to_owned()));
        let windows_proxy = Fact::Here(Some("proxy.corp.example:3128".to_owned()));
        facts.deep = Some(crate::facts::Deep { windows_proxy, ..<_>::default() });
        assert_eq!(said(&facts), (Status::Info, "system-wsl-unproxied-cause".to_owned()));
        fixture::set(&mut facts, "https_proxy", "http://proxy.corp.example:3128", fixture::profile());
        assert_eq!(said(&facts).0, Status::Ok);
    }
}
