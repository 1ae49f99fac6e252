//! The firewall of a Windows in memory: it opens, somebody says No, another rule is stronger; and the way back.

use super::*;
use crate::action::Action;
use crate::apply::revert::StepUndone;
use crate::apply::stand::Stand;
use crate::journal::State;
use crate::system::fake::{Machine, Scripted};

const POWERSHELL: &str = "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";
const NAME: &str = "fyne-setup-x11-6000";

fn server() -> Endpoint {
    Endpoint::Tcp("172.30.96.1:6000".into())
}

fn stand() -> Stand {
    let mut machine = Machine::linux().program(POWERSHELL);
    machine.silent.insert(server());
    let mut stand = Stand::new(machine.answer(POWERSHELL, "-NoProfile", 0, "", ""));
    let wsl = crate::facts::wsl::Wsl { powershell: Some(POWERSHELL.into()), ..<_>::default() };
    stand.facts.host.wsl = Some(wsl);
    stand.facts.host.rights = Rights::None;
    stand.facts.display.x11 =
        Some(("172.30.96.1:0".into(), Fact::Unknown(Why::System(x11::TIMED_OUT.into()))));
    stand
}

fn action() -> Action {
    Action::AllowThroughFirewall { powershell: POWERSHELL.into(), port: 6000, from: "172.16.0.0/12".into() }
}

/// Windows answers a question for the rule so from now on.
fn answers(stand: &Stand, name: &str) {
    let name = name.to_owned();
    stand.living.change(|it| {
        it.answers.clear();
        *it = it.clone().answer(POWERSHELL, "-NoProfile", 0, &format!("{name}\r\n"), "");
    });
}

#[test]
fn a_rule_opens_the_way_and_is_removed_by_its_name() {
    let stand = stand();
    let children = Scripted::on(&stand.living).acting(POWERSHELL, 0, "", |it| {
        it.change(|it| it.silent.clear());
    });
    assert_eq!(stand.perform(&children, action()), Ok(()));
    let shown = stand.commands.lock().expect("no panic").clone();
    assert!(shown[0].starts_with(POWERSHELL) && shown[0].contains("RunAs"), "{shown:?}");
    assert!(children.spawned()[0].survives, "a question of Windows is not cut off");
    drop(children);
    answers(&stand, NAME);
    let back = Scripted::on(&stand.living).acting(POWERSHELL, 0, "", |it| {
        it.change(|it| it.answers.clear());
        it.change(|it| *it = it.clone().answer(POWERSHELL, "-NoProfile", 0, "", ""));
    });
    assert!(stand.take_back(&back).iter().all(StepUndone::whole));
    assert!(
        back.lines()[0].contains("Remove-NetFirewallRule -Name fyne-setup-x11-6000"),
        "{:?}",
        back.lines()
    );
    assert_eq!(stand.states(), [State::Undone]);
}

#[test]
fn a_no_and_a_stronger_rule_are_told_apart_by_connecting() {
    let cancelled = "Start-Process : This command cannot be run: The operation was canceled by the user.\r\n";
    for (exit, prints, opens, expected) in [
        (1, cancelled, false, Err(Code::WindowsDeclined)),
        (0, "", false, Err(Code::WindowsFirewall)),
        // What PowerShell says counts for nothing where the way is open.
        (1, "New-NetFirewallRule : exists\r\n", true, Ok(())),
    ] {
        let stand = stand();
        let children = Scripted::on(&stand.living).acting(POWERSHELL, exit, prints, move |it| {
            it.change(|it| it.silent.retain(|_| !opens));
        });
        assert_eq!(stand.perform(&children, action()), expected, "{prints}");
    }
}

#[test]
fn a_rule_that_is_gone_needs_nobody_and_one_that_stays_is_still_open() {
    let stand = stand();
    let children = Scripted::on(&stand.living).part(POWERSHELL, 1, "canceled");
    assert_eq!(stand.perform(&children, action()), Err(Code::WindowsDeclined));
    drop(children);
    answers(&stand, NAME);
    let back = Scripted::on(&stand.living).part(POWERSHELL, 1, "canceled");
    assert!(
        matches!(&stand.take_back(&back)[..], [StepUndone::Failed(it)] if it.code == Code::WindowsDeclined)
    );
    drop(back);
    answers(&stand, "");
    let again = Scripted::on(&stand.living);
    assert!(stand.take_back(&again).iter().all(StepUndone::whole));
    assert!(again.lines().is_empty(), "nobody is asked for what is gone");
}
