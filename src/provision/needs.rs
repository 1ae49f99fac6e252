//! What a machine needs of its package manager, by its name there; and the word for all that a cache of a build depends on.

use std::fmt::Write as _;

use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::host::Distro;
use crate::packages::Table;
use crate::system::Identity;
use crate::want::Target;

/// What is needed for a window besides what a build needs, on Linux.
const WINDOW: &[&str] = &["xvfb", "gl-driver", "ca-certificates"];

/// What a machine needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// As `packages.toml` calls it.
    pub capabilities: Vec<String>,
    /// The packages that bring it there, each once.
    pub packages: Vec<String>,
}

impl Needs {
    /// Of a distribution that is not this machine's; without an id, of Windows.
    pub fn of(table: &Table, target: &Target, id: &str, version: &str) -> Self {
        let os = if id.is_empty() { "windows" } else { "linux" };
        let distro = Distro { id: id.to_owned(), version: version.to_owned(), ..Distro::default() };
        let identity = Identity { os: os.to_owned(), arch: "x86_64".to_owned(), ..Identity::default() };
        let distro = if id.is_empty() { Fact::Absent } else { Fact::Here(distro) };
        Self::on(table, target, &Host { identity, distro, ..Host::default() })
    }

    /// Of this host.
    pub fn on(table: &Table, target: &Target, host: &Host) -> Self {
        let window = WINDOW.iter().filter(|_| host.identity.os == "linux").map(|it| (*it).to_owned());
        let wanted: Vec<String> = target.needs.iter().cloned().chain(window).collect();
        let capabilities = table.expand(&wanted);
        let mut packages: Vec<String> = Vec::new();
        for name in capabilities.iter().flat_map(|it| table.supplies(it, host, &target.fyne)) {
            if !packages.contains(&name) {
                packages.push(name);
            }
        }
        Self { capabilities, packages }
    }
}

/// A line that changes exactly when Go, Fyne, the CLI, the manifest or the needs of the system do, or the system itself:
/// its platform as Go names it (`linux/amd64`) and its release (`debian 12`).
pub fn cache_key(system: (&str, &str), target: &Target, manifest: u64, needs: &Needs) -> String {
    let mut all = String::new();
    for part in
        [system.0, system.1, &target.go.to_string(), &target.fyne.to_string(), &target.cli.to_string()]
    {
        let _ = writeln!(all, "{part}");
    }
    let _ = writeln!(all, "manifest {manifest}");
    for need in needs.capabilities.iter().chain(&needs.packages) {
        let _ = writeln!(all, "{need}");
    }
    let digest = Digest::of(all.as_bytes()).to_string();
    let platform = system.0.replace('/', "-");
    format!("fyne-setup-{platform}-go{}-fyne{}-{}", target.go, target.fyne, &digest[..16])
}
