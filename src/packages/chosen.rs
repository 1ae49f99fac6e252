//! Which manager a machine has, what a person types there, and which packages are named to it. Pure.

use super::table::Table;
use super::{PackageManager, by_name};
use crate::facts::Host;
use crate::version::Version;

impl Table {
    /// The manager of a machine, by its distribution; `None` too where a person has to type what it is told, and where the
    /// system is an image that takes no packages.
    pub fn manager_for(&self, host: &Host) -> Option<&'static dyn PackageManager> {
        let family = self.family(host).filter(|it| it.by_hand.is_none() && host.image.is_none())?;
        by_name(host.manager.as_deref().unwrap_or(&family.manager))
    }

    /// The name of the manager that a person has to use there, because we do not drive it.
    pub fn by_hand(&self, host: &Host) -> Option<&str> {
        self.family(host).filter(|it| it.by_hand.is_some()).map(|it| it.manager.as_str())
    }

    /// The line to paste that installs these there, with `sudo` for those who have it, whether or not we drive the
    /// manager. Lists are refreshed first, since they may be absent. `None` where we know no manager.
    pub fn paste(&self, host: &Host, names: &[String]) -> Option<String> {
        if host.image.is_some() {
            return self.contained(host).or_else(|| self.layered(host, names));
        }
        let (typed, as_root) = match self.manager_for(host) {
            Some(manager) => {
                let enabled = self.repositories(host, names).into_iter().map(|(id, by)| by.typed(&id));
                let all: Vec<String> = enabled.chain([manager.typed(names)]).collect();
                (all.join(" && "), manager.needs_root())
            }
            None => self.family(host).and_then(|it| Some((it.line(names)?, it.as_root)))?,
        };
        if !(as_root && host.rights.have_sudo()) {
            return Some(typed);
        }
        let parts: Vec<String> = typed.split(" && ").map(|it| format!("sudo {it}")).collect();
        Some(parts.join(" && "))
    }

    /// The packages that bring all of these, each once, in transactions: first what compiling the OpenGL bindings
    /// needs, then the rest. No transaction is empty.
    pub fn transactions(&self, capabilities: &[String], host: &Host, fyne: &Version) -> Vec<Vec<String>> {
        let (first, rest): (Vec<&String>, Vec<&String>) =
            capabilities.iter().partition(|it| self.capability(it).is_some_and(|it| it.first));
        let mut seen: Vec<String> = Vec::new();
        let mut names = |of: Vec<&String>| {
            let mut names = Vec::new();
            for name in of.into_iter().flat_map(|it| self.supplies(it, host, fyne)) {
                if !seen.contains(&name) {
                    seen.push(name.clone());
                    names.push(name);
                }
            }
            names
        };
        [names(first), names(rest)].into_iter().filter(|it| !it.is_empty()).collect()
    }
}
