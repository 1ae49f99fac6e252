//! Each fault of a display in WSL by the facts that show it.

use std::path::PathBuf;

use super::super::CHECK;
use super::*;
use crate::checks::fixture;

/// A healthy WSL 2 with WSLg.
fn healthy() -> Facts {
    let mut facts = fixture::healthy();
    let gateway = Some(Ipv4Addr::new(172, 30, 96, 1));
    let (name, network) = (Some("Debian".to_owned()), Network::Nat);
    facts.host.wsl = Some(Wsl { name, network, gateway, systemd: true, ..Wsl::default() });
    facts.display.wslg = Some(wslg(true, true));
    fixture::set(&mut facts, "DISPLAY", ":0", Origin::Terminal);
    facts
}

fn here(it: bool) -> Fact<String> {
    if it { Fact::Here("Microsoft Corporation".into()) } else { Fact::Absent }
}

fn wslg(x11: bool, local: bool) -> Wslg {
    Wslg { dir: "/mnt/wslg".into(), x11: here(x11), wayland: here(x11).map(drop), local: here(local) }
}

/// With this DISPLAY, and what came back from there.
fn at(value: &str, answer: Fact<String>) -> Facts {
    let mut facts = healthy();
    facts.display.x11 = Some((value.into(), answer));
    fixture::set(&mut facts, "DISPLAY", value, fixture::profile());
    facts
}

fn timed_out() -> Fact<String> {
    Fact::Unknown(Why::System(x11::TIMED_OUT.into()))
}

fn unreachable() -> Fact<String> {
    Fact::Unknown(Why::System("network is unreachable".into()))
}

fn wsl(facts: &mut Facts) -> &mut Wsl {
    facts.host.wsl.as_mut().expect("it is WSL")
}

/// Status, key of the cause, and the line to type.
fn said(facts: &Facts) -> (Status, String, String) {
    let verdict = fixture::judged(&CHECK, facts);
    let cause = verdict.cause.as_ref().map_or(String::new(), |it| it.key.to_string());
    (verdict.status, cause, verdict.decision.and_then(|it| it.command).unwrap_or_default())
}

fn row(status: Status, cause: &str, line: &str) -> (Status, String, String) {
    (status, cause.to_owned(), line.to_owned())
}

#[test]
fn a_healthy_one_is_as_healthy_as_any_other() {
    assert_eq!(said(&healthy()), row(Status::Ok, "", ""));
    let mut mirrored = at("localhost:0", Fact::Here("VcXsrv".into()));
    wsl(&mut mirrored).network = Network::Mirrored;
    mirrored.display.wslg = None;
    assert_eq!(said(&mirrored), row(Status::Ok, "", ""));
}

#[test]
fn no_fault_of_wslg_is_answered_by_taking_a_variable_away() {
    let shown = Need::WslgSockets { dir: "/mnt/wslg".into(), each_start: true };
    let rows = [
        (Some(wslg(true, false)), "display-wsl-hidden-cause-systemd", ""),
        (Some(wslg(false, false)), "display-wsl-stopped-cause", "wsl.exe --shutdown"),
        (None, "display-wsl-absent-cause", "wsl.exe --update"),
    ];
    for (wslg, cause, line) in rows {
        let mut facts = at(":0", Fact::Absent);
        facts.display.wslg = wslg;
        fixture::set(&mut facts, "DISPLAY", ":0", Origin::Terminal);
        fixture::set(&mut facts, "WAYLAND_DISPLAY", "wayland-0", Origin::Terminal);
        facts.display.wayland = Some(("/mnt/wslg/runtime-dir/wayland-0".into(), Fact::Absent));
        assert_eq!(said(&facts), row(Status::Fail, cause, line));
        let needs = fixture::judged(&CHECK, &facts).needs;
        let hidden = facts.display.wslg.as_ref().is_some_and(Wslg::hidden);
        let wanted = if hidden { shown.clone() } else { Need::Decision };
        assert_eq!(needs, [wanted], "no line of a file is at fault, and no Xvfb stands in");
    }
}

#[test]
fn without_systemd_there_is_another_cause_and_nothing_to_do_it_at_each_start() {
    for (systemd, dir, each_start) in
        [(true, "/mnt/wslg", true), (false, "/mnt/wslg", false), (true, "/my drives/wslg", false)]
    {
        let mut facts = at(":0", Fact::Absent);
        facts.display.wslg = Some(Wslg { dir: dir.into(), ..wslg(true, false) });
        wsl(&mut facts).systemd = systemd;
        let cause = if systemd { "display-wsl-hidden-cause-systemd" } else { "display-wsl-hidden-cause" };
        assert_eq!(said(&facts), row(Status::Fail, cause, ""));
        let needs = fixture::judged(&CHECK, &facts).needs;
        assert_eq!(needs, [Need::WslgSockets { dir: dir.into(), each_start }]);
    }
}

#[test]
fn what_switches_it_off_is_named_by_its_line() {
    let mut facts = at(":0", Fact::Absent);
    facts.display.wslg = None;
    let conf = crate::facts::wsl::conf("[wsl2]\nguiApplications=false\n");
    wsl(&mut facts).windows = Some(("/mnt/c/Users/user/.wslconfig".into(), conf));
    let verdict = fixture::judged(&CHECK, &facts);
    assert_eq!(verdict.place.file.as_deref(), Some("/mnt/c/Users/user/.wslconfig"));
    assert_eq!((verdict.place.line, &*verdict.cause.expect("one").key), (Some(2), "display-wsl-off-cause"));
}

#[test]
fn an_x_server_on_windows_is_told_by_what_comes_back_from_its_port() {
    let windows = "172.30.96.1:0";
    let by_route = "export DISPLAY=$(ip route show default | awk '{print $3; exit}'):0";
    let rule = "New-NetFirewallRule -DisplayName 'X server for WSL' -Direction Inbound -Action Allow -Protocol TCP \
                -LocalPort 6000 -RemoteAddress 172.30.96.0/20";
    let rows = [
        (windows, Fact::Absent, "display-wsl-server-cause", ""),
        (windows, timed_out(), "display-wsl-filtered-cause", rule),
        // Yesterday's address, the one that answers questions for names, and Windows' loopback, which is not this one.
        ("172.22.1.1:0", timed_out(), "display-wsl-address-cause", by_route),
        ("172.22.1.1:0", Fact::Absent, "display-wsl-address-cause", by_route),
        ("172.22.1.1:0", unreachable(), "display-wsl-address-cause", by_route),
        ("10.255.255.254:0", Fact::Absent, "display-wsl-address-cause", by_route),
        ("localhost:0", Fact::Absent, "display-wsl-address-cause", by_route),
        // An address of Windows in a network of people's is as good.
        ("192.168.1.7:0", Fact::Absent, "display-wsl-server-cause", ""),
        ("192.168.1.7:0", timed_out(), "display-wsl-filtered-cause", rule),
    ];
    for (value, answer, cause, line) in rows {
        let mut facts = at(value, answer.clone());
        facts.display.wslg = None;
        assert_eq!(said(&facts), row(Status::Fail, cause, line), "{value} {answer:?}");
    }
    let mut refused = at(windows, Fact::Unknown(Why::System("No protocol specified".into())));
    refused.display.wslg = None;
    refused.display.x11_refused = Some("No protocol specified".into());
    assert_eq!(said(&refused), row(Status::Fail, "display-x11-refused-cause", ""));
    let decision = fixture::judged(&CHECK, &refused).decision.expect("one");
    assert_eq!(decision.text.key, "display-wsl-authority-decide", "no xhost of Linux helps there");
    let mut gone = at(windows, Fact::Unknown(Why::System("no route to host".into())));
    gone.display.wslg = None;
    assert_eq!(fixture::judged(&CHECK, &gone).status, Status::Unknown);
}

#[test]
fn with_mirrored_networks_windows_is_at_the_loopback() {
    let mut facts = at("172.30.96.1:1", timed_out());
    facts.display.wslg = None;
    wsl(&mut facts).network = Network::Mirrored;
    assert_eq!(said(&facts), row(Status::Fail, "display-wsl-address-cause", "export DISPLAY=localhost:1"));
    let mut server = at("localhost:0", Fact::Absent);
    server.display.wslg = None;
    wsl(&mut server).network = Network::Mirrored;
    assert_eq!(said(&server).1, "display-wsl-server-cause");
}

#[test]
fn a_display_from_the_time_before_wslg_is_the_fault_of_the_line_that_sets_it() {
    let facts = at("172.22.1.1:0", timed_out());
    let verdict = fixture::judged(&CHECK, &facts);
    assert_eq!(verdict.cause.as_ref().map(|it| &*it.key), Some("display-wsl-elsewhere-cause"));
    let line = |it: &Need| matches!(it, Need::FileSetting { line: 9, variable, .. } if variable == "DISPLAY");
    assert!(verdict.needs.iter().any(line), "{:?}", verdict.needs);
    let mut typed = facts;
    fixture::set(&mut typed, "DISPLAY", "172.22.1.1:0", Origin::Terminal);
    assert_eq!(said(&typed), row(Status::Fail, "display-wsl-elsewhere-cause", "export DISPLAY=:0"));
}

#[test]
fn without_display_the_way_to_a_window_is_told() {
    let unset = |wslg: Option<Wslg>, version, xvfb: bool| {
        let mut facts = healthy();
        facts.display.x11 = None;
        facts.display.wslg = wslg;
        facts.here.variables.remove("DISPLAY");
        wsl(&mut facts).version = version;
        if !xvfb {
            facts.display.xvfb = Fact::Absent;
        }
        said(&facts)
    };
    assert_eq!(unset(Some(wslg(true, true)), 2, false), row(Status::Info, "display-wsl-unset-cause", ""));
    assert_eq!(unset(Some(wslg(true, false)), 2, true).0, Status::Warn);
    assert_eq!(unset(None, 2, true), row(Status::Info, "display-wsl-absent-cause", ""));
    assert_eq!(unset(None, 2, false), row(Status::Fail, "display-wsl-absent-cause", ""));
    assert_eq!(unset(None, 1, true), row(Status::Info, "display-wsl-first-cause", ""));
}

#[test]
fn wsl_1_is_told_of_wsl_2() {
    let mut facts = at(":0", Fact::Absent);
    facts.display.wslg = None;
    wsl(&mut facts).version = 1;
    let line = "wsl.exe --set-version Debian 2";
    assert_eq!(said(&facts), row(Status::Fail, "display-wsl-first-cause", line));
    wsl(&mut facts).name = None;
    assert_eq!(said(&facts).2, "wsl.exe --set-version debian 2", "under sudo its name is not known");
}

#[test]
fn a_compositor_that_programs_do_not_find_is_linked() {
    let mut facts = healthy();
    let path = "/run/user/0/wayland-0";
    facts.display.wayland = Some((path.into(), Fact::Absent));
    fixture::set(&mut facts, "WAYLAND_DISPLAY", "wayland-0", Origin::Terminal);
    let line = format!("ln -sf /mnt/wslg/runtime-dir/wayland-0 {path}");
    assert_eq!(said(&facts), row(Status::Warn, "display-wsl-wayland-cause", &line));
    fixture::set(&mut facts, "XDG_SESSION_TYPE", "wayland", Origin::Terminal);
    assert_eq!(said(&facts).0, Status::Fail);
    facts.display.wslg.as_mut().expect("there").wayland = Fact::Absent;
    assert_eq!(said(&facts), row(Status::Fail, "display-wsl-stopped-cause", "wsl.exe --shutdown"));
}

#[test]
fn wayland_alone_is_enough_for_a_warning_at_most() {
    let mut facts = at(":0", Fact::Absent);
    facts.display.wslg = Some(wslg(true, false));
    facts.display.wayland = Some(("/mnt/wslg/runtime-dir/wayland-0".into(), Fact::Here(())));
    assert_eq!(said(&facts).0, Status::Warn);
}

#[test]
fn the_firewall_is_opened_by_us_only_where_that_is_allowed_and_windows_can_be_asked() {
    let powershell = PathBuf::from("/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe");
    let mut allowed = fixture::want();
    allowed.allow.insert(Allowed::WindowsFirewall);
    let opened =
        Need::WindowsFirewall { powershell: powershell.clone(), port: 6000, from: "172.30.96.0/20".into() };
    for (want, there, needs, text) in [
        (&allowed, true, opened, ""),
        (&allowed, false, Need::Decision, "display-wsl-filtered-decide"),
        (&fixture::want(), true, Need::Decision, "display-wsl-filtered-decide-or"),
    ] {
        let mut facts = at("172.30.96.1:0", timed_out());
        facts.display.wslg = None;
        wsl(&mut facts).powershell = there.then(|| powershell.clone());
        let verdict = (CHECK.judge)(&facts, want, fixture::known());
        let said = verdict.decision.map_or(String::new(), |it| it.text.key.to_string());
        assert_eq!((verdict.needs, said.as_str()), (vec![needs], text));
    }
}

#[test]
fn a_rule_is_made_only_where_the_display_is_on_this_windows() {
    let mut allowed = fixture::want();
    allowed.allow.insert(Allowed::WindowsFirewall);
    for (value, network, from) in [
        ("172.30.96.1:0", Network::Nat, Some("172.30.96.0/20")),
        ("localhost:0", Network::Mirrored, Some("127.0.0.1")),
        // Somebody else's machine, a name, a router: no rule of this Windows helps there.
        ("192.168.1.7:0", Network::Nat, None),
        ("build-server:0", Network::Nat, None),
        ("192.168.1.7:0", Network::Mirrored, None),
        ("192.168.1.1:0", Network::Other, None),
    ] {
        let mut facts = at(value, timed_out());
        facts.display.wslg = None;
        wsl(&mut facts).network = network;
        wsl(&mut facts).powershell = Some("/mnt/c/powershell.exe".into());
        let verdict = (CHECK.judge)(&facts, &allowed, fixture::known());
        let made = verdict.needs.iter().find_map(|it| match it {
            Need::WindowsFirewall { from, .. } => Some(from.as_str()),
            _ => None,
        });
        assert_eq!(made, from, "{value} {network:?}");
    }
}
