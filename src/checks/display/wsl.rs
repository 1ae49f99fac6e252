//! The same in Windows Subsystem for Linux. WSLg shows windows there by itself; what hides it or stops it is a fault of its
//! own, and no variable is the cause. Who uses an X server on Windows instead has four faults to make, and what comes back
//! from its port tells which.

use core::net::Ipv4Addr;

use super::{Verdict, blame, none};
use crate::action::wsl::is_plain;
use crate::checks::Status;
use crate::fact::{Fact, Why};
use crate::facts::display::Wslg;
use crate::facts::settings::Origin;
use crate::facts::wsl::{Network, Wsl};
use crate::facts::{Facts, x11};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::system::Endpoint;
use crate::text::Text;
use crate::want::{Allowed, Want};

/// What is said where WSL has a say; what is the same on every Linux is left to the rest.
pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Option<Verdict> {
    let wsl = facts.host.wsl.as_ref()?;
    let display = &facts.display;
    let wayland = display.wayland.as_ref().filter(|_| want.target.fyne.line() >= (2, 8));
    let shows = wayland.is_some_and(|it| it.1.is_here());
    match (&display.x11, wayland) {
        (Some((_, Fact::Here(_))), _) => compositor(facts, want),
        (Some((value, answer)), _) => {
            let fine = shows && facts.here.set("XDG_SESSION_TYPE") != Some("x11");
            let verdict = dead(&Case { facts, want, wsl, value, answer })?;
            Some(if fine { Verdict { status: Status::Warn, ..verdict } } else { verdict })
        }
        (None, Some(_)) if shows => None,
        (None, Some(_)) => compositor(facts, want),
        (None, None) => Some(unset(facts, want, known, wsl)),
    }
}

/// A DISPLAY at which nobody answers.
struct Case<'a> {
    facts: &'a Facts,
    want: &'a Want,
    wsl: &'a Wsl,
    value: &'a str,
    answer: &'a Fact<String>,
}

fn dead(case: &Case) -> Option<Verdict> {
    let Case { facts, wsl, value, answer, .. } = case;
    let name = x11::display(value)?;
    let tcp = name.endpoints.iter().find_map(|it| match it {
        Endpoint::Tcp(address) => Some(address.as_str()),
        _ => None,
    });
    if let Some(words) = &facts.display.x11_refused {
        return tcp.map(|address| authority(facts, value, address, words));
    }
    let wslg = facts.display.wslg.as_ref();
    if wsl.version == 1 {
        return Some(first(facts, wsl, Verdict::fail(text!("display-x11-dead", display = *value))));
    }
    if wslg.is_some_and(|it| it.local.is_here()) {
        return Some(elsewhere(facts, value));
    }
    match (tcp, answer) {
        (Some(address), _) => windows(case, name.number, address),
        (None, Fact::Unknown(_)) => None,
        (None, _) => Some(match wslg {
            Some(wslg) if wslg.hidden() => hidden(facts, wslg, Verdict::fail),
            Some(wslg) => stopped(wslg, text!("display-x11-dead", display = *value)),
            None => off(wsl, Verdict::fail(text!("display-x11-dead", display = *value))),
        }),
    }
}

/// DISPLAY leads past WSLg: from a time before it, mostly.
fn elsewhere(facts: &Facts, value: &str) -> Verdict {
    let cause =
        text!("display-wsl-elsewhere-cause", setting = blame::setting(facts, "DISPLAY"), display = value);
    let verdict = Verdict::fail(text!("display-x11-dead", display = value)).cause(cause);
    match facts.here.get("DISPLAY") {
        // WSL sets it for every terminal; who takes it out of this one has none.
        Some(set) if set.origin == Origin::Terminal => verdict
            .variable("DISPLAY", &set.origin)
            .decide(text!("display-wsl-elsewhere-decide"), Some("export DISPLAY=:0".to_owned())),
        _ => blame::variable(verdict, facts, "DISPLAY"),
    }
}

/// Its sockets are there, and not where programs look.
fn hidden(facts: &Facts, wslg: &Wslg, verdict: fn(Text) -> Verdict) -> Verdict {
    let systemd = facts.host.wsl.as_ref().is_some_and(|it| it.systemd);
    let each_start = systemd && is_plain(&wslg.dir);
    let cause = if systemd { "display-wsl-hidden-cause-systemd" } else { "display-wsl-hidden-cause" };
    verdict(text!("display-wsl-hidden"))
        .cause(text!(cause, dir = &wslg.dir))
        .evidence(format!("{}/.X11-unix/X0: answers", wslg.dir.display()))
        .evidence("/tmp/.X11-unix/X0: nobody answers")
        .file("/tmp/.X11-unix", None)
        .need(Need::WslgSockets { dir: wslg.dir.clone(), each_start })
}

/// It was started and does not answer.
fn stopped(wslg: &Wslg, summary: Text) -> Verdict {
    restarted(Verdict::fail(summary), wslg)
        .evidence(format!("{}/.X11-unix/X0: nobody answers", wslg.dir.display()))
}

/// What stopped comes back with WSL.
fn restarted(verdict: Verdict, wslg: &Wslg) -> Verdict {
    verdict
        .cause(text!("display-wsl-stopped-cause", dir = &wslg.dir))
        .decide(text!("display-wsl-restart-decide"), Some("wsl.exe --shutdown".to_owned()))
}

/// It was not started at all: switched off, or not there.
fn off(wsl: &Wsl, verdict: Verdict) -> Verdict {
    let verdict = verdict.cause(off_cause(wsl)).evidence("/mnt/wslg: not there");
    match wsl.gui_off() {
        Some((file, line)) => verdict
            .file(file, Some(line))
            .decide(text!("display-wsl-off-decide", file = file, line = line), None),
        None => verdict.decide(text!("display-wsl-absent-decide"), Some("wsl.exe --update".to_owned())),
    }
}

fn off_cause(wsl: &Wsl) -> Text {
    match wsl.gui_off() {
        Some((file, line)) => text!("display-wsl-off-cause", file = file, line = line),
        None => text!("display-wsl-absent-cause"),
    }
}

/// WSL 1 shows nothing by itself.
fn first(facts: &Facts, wsl: &Wsl, verdict: Verdict) -> Verdict {
    let named = wsl.name.as_deref().or_else(|| facts.host.distro.here().map(|it| it.id.as_str()));
    let line = format!("wsl.exe --set-version {} 2", named.unwrap_or("NAME"));
    verdict.cause(text!("display-wsl-first-cause")).decide(text!("display-wsl-first-decide"), Some(line))
}

/// What the port of an X server on Windows says.
fn windows(case: &Case, number: u16, address: &str) -> Option<Verdict> {
    let Case { facts, wsl, value, answer, .. } = case;
    let silent = matches!(answer, Fact::Unknown(Why::System(words)) if words == x11::TIMED_OUT);
    // A router on the way that knows no such address.
    let lost = match answer {
        Fact::Unknown(Why::System(words)) => words.contains("unreachable") || words == "no route to host",
        _ => false,
    };
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    let came = match answer {
        Fact::Unknown(Why::System(words)) => words.as_str(),
        _ => "connection refused",
    };
    let verdict = Verdict::fail(text!("display-x11-dead", display = *value));
    let verdict = verdict.evidence(format!("{address}: {came}"));
    let origin = facts.here.get("DISPLAY").map_or(Origin::Terminal, |it| it.origin.clone());
    let setting = || blame::setting(facts, "DISPLAY");
    if let Some(right) = right_host(wsl, host).filter(|_| silent || lost || answer.is_absent()) {
        let cause = text!("display-wsl-address-cause", setting = setting(), address = host, right = &right);
        let by_route = "$(ip route show default | awk '{print $3; exit}')";
        let typed = if wsl.network == Network::Nat { by_route } else { &right };
        let text = text!("display-wsl-address-decide", right = &right);
        let typed = format!("export DISPLAY={typed}:{number}");
        return Some(verdict.cause(cause).variable("DISPLAY", &origin).decide(text, Some(typed)));
    }
    if answer.is_absent() {
        let text = text!("display-wsl-server-decide", port = port);
        return Some(verdict.cause(text!("display-wsl-server-cause", address = address)).decide(text, None));
    }
    silent.then(|| {
        filtered(case, verdict.cause(text!("display-wsl-filtered-cause", address = address)), host, port)
    })
}

/// The firewall of Windows, which Windows itself opens where that is allowed here; else a person does.
fn filtered(case: &Case, verdict: Verdict, host: &str, port: &str) -> Verdict {
    let from = from(case.wsl, host);
    let allowed = case.want.allow.contains(&Allowed::WindowsFirewall);
    let here = is_windows(case.wsl, host);
    let way = case.wsl.powershell.as_ref().filter(|_| here).zip(port.parse().ok());
    if let Some((powershell, port)) = way.filter(|_| allowed) {
        return verdict.need(Need::WindowsFirewall { powershell: powershell.clone(), port, from });
    }
    let text = match way {
        Some(_) => text!("display-wsl-filtered-decide-or", port = port),
        None => text!("display-wsl-filtered-decide", port = port),
    };
    verdict.decide(text, Some(rule(port, &from)))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<Ipv4Addr>().is_ok_and(|it| it.is_loopback())
}

/// Whether this is the Windows that WSL runs on for certain. What else does not answer may be anybody's.
fn is_windows(wsl: &Wsl, host: &str) -> bool {
    match wsl.network {
        Network::Nat => wsl.gateway.is_some_and(|it| host == it.to_string()),
        Network::Mirrored => is_loopback(host),
        Network::Other | Network::Unknown => false,
    }
}

/// Where Windows is, if this address cannot be it. With NAT that is the default route, anew with every start of Windows; an
/// address that Windows has in a network of people's may be it too.
fn right_host(wsl: &Wsl, host: &str) -> Option<String> {
    let ours = is_loopback(host);
    match wsl.network {
        Network::Mirrored => (!ours && in_nat(host)).then(|| "localhost".to_owned()),
        Network::Nat => {
            let gateway = wsl.gateway?.to_string();
            (host != gateway && (ours || in_nat(host))).then_some(gateway)
        }
        Network::Other | Network::Unknown => None,
    }
}

/// The networks that WSL makes for itself, and the address at which it answers questions for names.
fn in_nat(host: &str) -> bool {
    host.parse::<Ipv4Addr>().is_ok_and(|it| {
        let [a, b, ..] = it.octets();
        (a == 172 && (16..32).contains(&b)) || it == Ipv4Addr::new(10, 255, 255, 254)
    })
}

/// From where WSL comes: its own network, and not all that such a network may be part of at a company.
fn from(wsl: &Wsl, host: &str) -> String {
    if wsl.network == Network::Mirrored && is_loopback(host) {
        return Ipv4Addr::LOCALHOST.to_string();
    }
    wsl.own_network().unwrap_or_else(|| "LocalSubnet".to_owned())
}

/// The rule of the firewall that lets the network of WSL reach the server.
fn rule(port: &str, from: &str) -> String {
    format!(
        "New-NetFirewallRule -DisplayName 'X server for WSL' -Direction Inbound -Action Allow -Protocol TCP -LocalPort {port} \
         -RemoteAddress {from}"
    )
}

fn authority(facts: &Facts, value: &str, address: &str, words: &str) -> Verdict {
    let cause = text!("display-x11-refused-cause", setting = blame::setting(facts, "DISPLAY"), words = words);
    Verdict::fail(text!("display-x11-refused", display = value))
        .cause(cause)
        .evidence(format!("{address}: {words}"))
        .decide(text!("display-wsl-authority-decide"), None)
}

/// WSLg's compositor, where WAYLAND_DISPLAY names a socket that nobody serves.
fn compositor(facts: &Facts, want: &Want) -> Option<Verdict> {
    let display = &facts.display;
    let wslg = display.wslg.as_ref()?;
    let (path, answer) = display.wayland.as_ref().filter(|_| want.target.fyne.line() >= (2, 8))?;
    if !answer.is_absent() {
        return None;
    }
    let x11_works = display.x11.as_ref().is_some_and(|it| it.1.is_here());
    let asked = facts.here.set("XDG_SESSION_TYPE") == Some("wayland");
    let verdict = if x11_works && !asked { Verdict::warn } else { Verdict::fail };
    let verdict = verdict(text!("display-wayland-dead", path = path));
    let own = wslg.dir.join("runtime-dir/wayland-0");
    if wslg.wayland.is_here() && *path != own {
        let typed = [&own, path].map(|it| crate::quoting::quoted_path(it)).join(" ");
        let cause = text!("display-wsl-wayland-cause", path = path, own = &own);
        return Some(
            verdict
                .cause(cause)
                .file(path, None)
                .decide(text!("display-wsl-wayland-decide"), Some(format!("ln -sf {typed}"))),
        );
    }
    Some(restarted(verdict, wslg))
}

/// Neither DISPLAY nor a compositor: a terminal that WSL did not start (ssh, su, sudo), or WSLg is not there.
fn unset(facts: &Facts, want: &Want, known: &Knowledge, wsl: &Wsl) -> Verdict {
    let verdict = none(facts, want, known);
    match &facts.display.wslg {
        Some(wslg) if wslg.local.is_here() => Verdict::info(text!("display-wsl-unset"))
            .cause(text!("display-wsl-unset-cause", line = "export DISPLAY=:0")),
        Some(wslg) if wslg.hidden() => hidden(facts, wslg, Verdict::warn),
        Some(wslg) => because(verdict, text!("display-wsl-stopped-cause", dir = &wslg.dir)),
        None if wsl.version == 1 => because(verdict, text!("display-wsl-first-cause")),
        None => because(verdict, off_cause(wsl)),
    }
}

/// Of what is merely worth knowing only the summary is shown: there the cause is what is worth it.
fn because(verdict: Verdict, cause: Text) -> Verdict {
    let summary = if verdict.status == Status::Info { cause.clone() } else { verdict.summary.clone() };
    Verdict { summary, ..verdict.cause(cause) }
}

#[cfg(test)]
mod tests;
