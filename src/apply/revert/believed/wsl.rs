//! What of Windows Subsystem for Linux, and of Windows from there, comes back.

use std::path::Path;

use super::Judge;
use crate::action::Action;
use crate::action::wsl::SHOWN;
use crate::journal::undo::Undo;
use crate::text::Text;

impl Judge<'_> {
    /// The sockets of the action's own directory, and the rule for its own port: their commands name nothing else.
    pub(super) fn of_wsl(&self, undo: &Undo) -> Result<(), Text> {
        let own = match (undo, self.action) {
            (Undo::WslgSockets(it), Action::ShowWslgSockets { dir, .. }) => *dir == it.dir,
            (Undo::FirewallRule { port }, Action::AllowThroughFirewall { port: it, .. }) => port == it,
            _ => false,
        };
        if own { Ok(()) } else { Err(self.not_its_own(Path::new(SHOWN))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::undo::SocketsUndo;
    use crate::places::Places;
    use crate::system::fake::Machine;

    #[test]
    fn only_the_sockets_and_the_rule_of_the_action_come_back() {
        let machine = Machine::linux();
        let places = Places::linux(Path::new("/root"), |_| None);
        let show = |dir: &str| Action::ShowWslgSockets { dir: dir.into(), each_start: true };
        let sockets = || {
            let (file, boot, mounts, made) = <_>::default();
            Undo::WslgSockets(SocketsUndo { dir: "/mnt/wslg".into(), file, boot, mounts, made })
        };
        let allow = Action::AllowThroughFirewall { powershell: "/p".into(), port: 6000, from: "x".into() };
        let believed = |action: &Action, undo: Undo| {
            let judge = Judge { look: &machine, places: &places, action, prefix: None, home: None };
            judge.undo(&undo).is_ok()
        };
        assert!(believed(&allow, Undo::FirewallRule { port: 6000 }));
        assert!(!believed(&allow, Undo::FirewallRule { port: 22 }));
        assert!(!believed(&show("/mnt/wslg"), Undo::FirewallRule { port: 6000 }));
        assert!(believed(&show("/mnt/wslg"), sockets()) && !believed(&show("/etc"), sockets()));
    }
}
