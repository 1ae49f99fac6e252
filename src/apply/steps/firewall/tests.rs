//! The firewall of a Windows in memory: it opens, somebody says No, another rule is stronger; and the way back.

use super::*;
use crate::action::Action;
use crate::apply::revert::StepUndone;
use crate::apply::stand::Stand;
use crate::journal::State;
use crate::system::fake::{Living, Machine, Scripted};

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
    Action::AllowThroughFirewall { powershell: POWERSHELL.into(), port: 6000, from: "172.30.96.0/20".into() }
}

/// The word of the script for a rule that is not there.
const ABSENT: &str = "absent";

/// Windows answers a question for the rule so from now on.
fn answers(stand: &Stand, name: &str) {
    tells(&stand.living, 0, name);
}

fn tells(living: &Living, exit: i32, word: &str) {
    living.change(|it| {
        it.answers.clear();
        *it = it.clone().answer(POWERSHELL, "-NoProfile", exit, &format!("{word}\r\n"), "");
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
    let back = Scripted::on(&stand.living).acting(POWERSHELL, 0, "", |it| tells(it, 0, ABSENT));
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
        let children = Scripted::on(&stand.living)
            .acting(POWERSHELL, exit, prints, move |it| {
                it.change(|it| it.silent.retain(|_| !opens));
                tells(it, 0, if exit == 0 { NAME } else { ABSENT });
            })
            .acting(POWERSHELL, 0, "", |it| tells(it, 0, ABSENT));
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
    answers(&stand, ABSENT);
    let again = Scripted::on(&stand.living);
    assert!(stand.take_back(&again).iter().all(StepUndone::whole));
    assert!(again.lines().is_empty(), "nobody is asked for what is gone");
}

#[test]
fn a_rule_that_does_not_help_is_removed_again_or_said_to_stay() {
    for (removes, said) in [(true, "apply-firewall-blocked"), (false, "apply-firewall-blocked-stays")] {
        let stand = stand();
        let children = Scripted::on(&stand.living).acting(POWERSHELL, 0, "", |it| tells(it, 0, NAME)).acting(
            POWERSHELL,
            i32::from(!removes),
            "",
            move |it| {
                tells(it, 0, if removes { ABSENT } else { NAME });
            },
        );
        let failure = stand.perform_if(&children, action(), vec![]).expect_err("the way is closed");
        assert_eq!((failure.code, &*failure.message.key), (Code::WindowsFirewall, said));
        assert_eq!(children.lines().len(), 2);
        assert!(children.lines()[1].contains("Remove-NetFirewallRule -Name fyne-setup-x11-6000"));
    }
}

#[test]
fn a_rule_counts_as_gone_only_where_windows_says_that_it_is_absent() {
    for (exit, word) in [(0, ""), (1, ABSENT), (1, ""), (0, "Get-NetFirewallRule : Access is denied.")] {
        let stand = stand();
        let made = Scripted::on(&stand.living).acting(POWERSHELL, 0, "", |it| {
            it.change(|it| it.silent.clear());
        });
        assert_eq!(stand.perform(&made, action()), Ok(()));
        drop(made);
        tells(&stand.living, exit, word);
        let back = Scripted::on(&stand.living);
        let taken = stand.take_back(&back);
        assert!(
            matches!(&taken[..], [StepUndone::Failed(it)] if it.code == Code::WindowsDeclined),
            "{exit} {word}: {taken:?}"
        );
    }
}

#[test]
fn a_rule_of_an_earlier_run_is_made_anew_by_one_command_and_without_words_the_code_is_said() {
    let stand = stand();
    let children = Scripted::on(&stand.living).part(POWERSHELL, 5, "");
    let failure = stand.perform_if(&children, action(), vec![]).expect_err("no rule");
    let line = children.lines().join("\n");
    let (remove, make) = (line.find("Remove-NetFirewallRule"), line.find("New-NetFirewallRule"));
    assert!(remove.is_some() && remove < make, "{line}");
    assert_eq!(failure.code, Code::WindowsDeclined);
    let said = format!("{:?}", failure.message);
    assert!(said.contains("apply-firewall-exit") && said.contains('5'), "{said}");
}

#[test]
fn nothing_is_elevated_for_an_address_that_is_none() {
    for from in ["any; Remove-Item x", "", "172.16.0.0/12' + '"] {
        let stand = stand();
        let children = Scripted::on(&stand.living);
        let (powershell, from) = (POWERSHELL.into(), from.to_owned());
        let odd = Action::AllowThroughFirewall { powershell, port: 6000, from };
        assert_eq!(stand.perform(&children, odd), Err(Code::PremiseChanged));
        assert!(children.lines().is_empty() && stand.nothing_began());
    }
}
