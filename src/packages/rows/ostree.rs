//! rpm-ostree, of Fedora's systems that come as one image. It was not run: the row follows its manual and sources, and so do the
//! answers that tests read. What it adds stands in the next image and counts after a restart; what somebody asked for is kept
//! beside each image, and goes into every later one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::commands::{Commands, Listing, Preview};
use super::super::{Installed, Outcome, Simulation};
use super::rpm::nevra;
use crate::gather::Gather as _;

/// Silverblue, Kinoite, IoT, Universal Blue, bootc images with it.
pub const RPM_OSTREE: Commands = Commands {
    name: "rpm-ostree",
    program: "/usr/bin/rpm-ostree",
    refresh: &["/usr/bin/rpm-ostree", "refresh-md"],
    // Some of what is needed may be part of the image already; that is no error.
    install: &["/usr/bin/rpm-ostree", "install", "--idempotent", "--allow-inactive"],
    reinstall: &["/usr/bin/rpm-ostree", "install", "--idempotent", "--allow-inactive"],
    remove: &["/usr/bin/rpm-ostree", "uninstall", "--idempotent"],
    simulate: &["/usr/bin/rpm-ostree", "install", "--idempotent", "--allow-inactive", "--dry-run"],
    // A request takes along only what it brought itself: there is nothing to work out.
    simulate_removal: STATUS,
    query: STATUS,
    typed: "rpm-ostree install --idempotent",
    listing: Listing::Read(requested),
    preview: Preview::Read(|_| Simulation { new: vec![], upgraded: vec![], removed: vec![] }),
    brings: added,
    outcomes: &[
        ("Transaction in progress", Outcome::Locked),
        ("System transaction in progress", Outcome::Locked),
        ("Not authorized", Outcome::Rights),
        ("interactive authentication required", Outcome::Rights),
        ("must be root", Outcome::Rights),
        ("No space left on device", Outcome::Full),
        ("Packages not found", Outcome::Stale),
        ("Could not resolve host", Outcome::Network),
        ("Couldn't resolve host", Outcome::Network),
        ("Cannot download", Outcome::Network),
        ("Could not depsolve", Outcome::Conflict),
    ],
    telling: &["Packages not found", "Could not depsolve", "error: "],
    installs_fresh: true,
    after_restart: true,
    ..Commands::EMPTY
};

const STATUS: &[&str] = &["/usr/bin/rpm-ostree", "status", "--json"];

/// What is asked for of the next image, which stands first. Nobody says in which version that will come.
fn requested(output: &str) -> BTreeMap<String, Installed> {
    let status: Value = serde_json::from_slice(output.as_bytes()).unwrap_or_default();
    let names = status["deployments"][0]["requested-packages"].as_array().cloned().unwrap_or_default();
    names.iter().filter_map(|it| Some((it.as_str()?.to_owned(), Installed::default()))).into_map()
}

/// `  gcc-14.2.1-3.fc43.x86_64` below `Added:`, up to the next heading.
fn added(output: &str) -> Vec<String> {
    let below = output.lines().skip_while(|it| it.trim() != "Added:").skip(1);
    let rows = below.take_while(|it| it.starts_with("  "));
    rows.map(|it| nevra(it.trim()).to_owned()).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::PackageManager as _;
    use super::*;

    #[test]
    fn rpm_ostree_is_read_as_its_documentation_says() {
        let said = "Checking out tree 1a2b... done\nStaging deployment... done\nUpgraded:\n  glibc 2.42-1 -> 2.42-2\nAdded:\n  \
            cpp-15.2.1-1.fc43.x86_64\n  libX11-devel-1.8.12-1.fc43.x86_64\nRemoved:\n  nano-8.3-1.fc43.x86_64\n\
            Changes queued for next boot. Run \"systemctl reboot\" to start a reboot\n";
        assert_eq!(RPM_OSTREE.brings(said), ["cpp", "libX11-devel"]);
        assert_eq!(RPM_OSTREE.brings("No change.\n"), Vec::<String>::new());
        let status = r#"{"deployments":[{"booted":false,"staged":true,"requested-packages":["gcc","vim"]},
            {"booted":true,"requested-packages":["vim"]}],"transaction":null}"#;
        let asked_for: Vec<String> = RPM_OSTREE.installed(status).into_keys().collect();
        assert_eq!(asked_for, ["gcc", "vim"], "of the next image, which stands first");
        assert!(RPM_OSTREE.installed("no JSON").is_empty() && RPM_OSTREE.after_restart());
        for (said, outcome) in [
            ("error: Packages not found: libnothing", Outcome::Stale),
            ("error: Transaction in progress: pkg-change", Outcome::Locked),
            ("error: Could not depsolve transaction; 1 problem detected:", Outcome::Conflict),
            ("error: GDBus.Error:org.freedesktop.DBus.Error.AccessDenied: Not authorized", Outcome::Rights),
        ] {
            assert_eq!(RPM_OSTREE.outcome(said, Some(1)), outcome, "{said}");
        }
    }
}
