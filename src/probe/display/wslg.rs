//! What WSLg has put up: its servers run beside the distribution, and their sockets are shown to it at two places. The one
//! where programs look for X11 is a mount on `/tmp`, which a distribution that clears or covers `/tmp` hides.

use std::path::{Path, PathBuf};

use super::{answer_of_compositor, asked};
use crate::facts::display::Wslg;
use crate::facts::{Host, Settings, x11};
use crate::system::{Endpoint, Look};

/// Asks at both places.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings) -> Option<Wslg> {
    let wsl = host.wsl.as_ref().filter(|it| it.version == 2)?;
    let root = wsl.conf.root.clone().unwrap_or_else(|| PathBuf::from("/mnt"));
    let dir = [root.join("wslg"), "/mnt/wslg".into()].into_iter().find(|it| look.stat(it).is_here())?;
    let own = dir.join(".X11-unix/X0");
    let name = x11::display(":0")?;
    Some(Wslg {
        x11: asked(look, host, here, name.number, &[Endpoint::Unix(own)]).0,
        wayland: answer_of_compositor(look, &dir.join("runtime-dir/wayland-0")),
        local: asked(look, host, here, name.number, &name.endpoints).0,
        dir,
    })
}

/// Where else than at its sockets a display without a host is looked for: Xlib's library goes on to the loopback, and in WSL
/// 1 and with mirrored networks that is where an X server on Windows listens.
pub(super) fn loopback(host: &Host, name: &x11::Name) -> Option<Endpoint> {
    host.wsl.as_ref()?;
    let local = |it: &Endpoint| match it {
        Endpoint::Unix(path) => path.starts_with(Path::new("/tmp/.X11-unix")),
        _ => false,
    };
    let port = x11::port(name.number).filter(|_| name.endpoints.iter().any(local))?;
    Some(Endpoint::Tcp(format!("localhost:{port}")))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{abstract_x, machine, seen_by, welcome};
    use super::*;
    use crate::facts::wsl::Wsl;
    use crate::system::fake::Machine;

    const OWN: &str = "/mnt/wslg/.X11-unix/X0";

    fn host() -> Host {
        Host { wsl: Some(Wsl::default()), ..Host::default() }
    }

    fn with(machine: Machine, sockets: &[Endpoint]) -> Machine {
        sockets.iter().fold(machine, |mut machine, it| {
            machine.sockets.insert(it.clone(), welcome());
            machine
        })
    }

    #[test]
    fn its_servers_are_asked_where_they_are_and_where_programs_look() {
        let there = || machine().file("/mnt/wslg/versions.txt", "WSLg");
        let own = Endpoint::Unix(OWN.into());
        let rows = [
            (machine(), None),
            (there(), Some((false, false))),
            (with(there(), std::slice::from_ref(&own)), Some((true, false))),
            (with(there(), &[own, abstract_x(0)]), Some((true, true))),
        ];
        for (machine, expected) in rows {
            let wslg = seen_by(&machine, host(), &[]).wslg;
            assert_eq!(wslg.map(|it| (it.x11.is_here(), it.local.is_here())), expected);
        }
        let elsewhere = machine().file("/win/wslg/versions.txt", "WSLg");
        let mut moved = host();
        moved.wsl.as_mut().expect("it is WSL").conf.root = Some("/win".into());
        assert_eq!(seen_by(&elsewhere, moved, &[]).wslg.expect("there").dir, Path::new("/win/wslg"));
    }

    #[test]
    fn a_display_without_a_host_is_also_one_at_the_loopback() {
        let machine = with(machine(), &[Endpoint::Tcp("localhost:6001".into())]);
        let answers = |host: Host, value| {
            let (_, answer) = seen_by(&machine, host, &[("DISPLAY", value)]).x11.expect("DISPLAY is set");
            answer.is_here()
        };
        assert!(answers(host(), ":1") && answers(host(), ":1.0"));
        assert!(!answers(host(), ":0"));
        assert!(!answers(Host::default(), ":1"), "elsewhere nothing else is asked than before");
    }
}
