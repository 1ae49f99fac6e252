//! Go on a Mac: where it lies, what brought it, and for which processor it is. Only files are looked at: a program for
//! another processor need not run to be known.

use std::path::Path;

use crate::facts::go::go_arch;
use crate::facts::{Host, goplace, mac, macho};
use crate::probe::programs::{self, ARM64};
use crate::system::Look;

/// Where Homebrew (both prefixes) and MacPorts put theirs: the directory, and what is below each version.
pub(super) const DIRS: [(&str, &str); 3] =
    [("/opt/homebrew/opt", "libexec"), ("/usr/local/opt", "libexec"), ("/opt/local/lib", "")];

/// What the system keeps of the packages that it installed.
const RECEIPT: &str = "/private/var/db/receipts/org.golang.go.plist";

/// What brought a tree.
pub(super) fn brought(look: &dyn Look, host: &Host, root: &Path) -> Option<String> {
    host.is_mac().then_some(())?;
    let receipt = || look.stat(Path::new(RECEIPT)).is_here();
    goplace::on_mac(root, root == Path::new("/usr/local/go") && receipt()).map(str::to_owned)
}

/// `darwin/amd64` where the programs of a tree are for another processor than that of the machine.
pub(super) fn foreign(look: &dyn Look, host: &Host, root: &Path) -> Option<String> {
    host.is_mac().then_some(())?;
    let head = look.read_at(&root.join("bin/go"), 0, macho::HEAD).into_here()?;
    let processors = macho::head(&head)?.processors;
    let own = go_arch(host.processor());
    let other = processors.first().filter(|_| !processors.contains(&own))?;
    Some(format!("darwin/{other}"))
}

/// The processor of the machine, for which Go is fetched: a process that Rosetta translates is told of Intel's.
pub fn processor(look: &dyn Look) -> String {
    let identity = look.identity();
    if identity.os != "macos" || identity.arch != "x86_64" {
        return identity.arch;
    }
    let said = programs::sysctl(look, &[ARM64]);
    if mac::sysctl(&said, ARM64) == Some(1) { "aarch64".to_owned() } else { identity.arch }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn mac(arch: &str) -> (Machine, Host) {
        let mut machine = Machine::macos();
        machine.identity.arch = arch.into();
        let host = Host { identity: machine.identity.clone(), ..Host::default() };
        (machine, host)
    }

    #[test]
    fn a_go_for_another_processor_is_known_without_running_it() {
        let arm = crate::testlog::program::of_apple(true);
        let mut intel = arm.clone();
        intel[4..8].copy_from_slice(&0x0100_0007_u32.to_le_bytes());
        let foreign_at = |arch: &str, bytes: &[u8]| {
            let (machine, host) = mac(arch);
            foreign(&machine.file("/usr/local/go/bin/go", bytes), &host, Path::new("/usr/local/go"))
        };
        assert_eq!(foreign_at("aarch64", &arm), None);
        assert_eq!(foreign_at("aarch64", &intel).as_deref(), Some("darwin/amd64"));
        assert_eq!(foreign_at("x86_64", &arm).as_deref(), Some("darwin/arm64"));
        assert_eq!(foreign_at("aarch64", b"#!/bin/sh\n"), None, "nobody knows");
        let (translated, mut host) = mac("x86_64");
        host.mac = Some(mac::MacHost { apple_silicon: true, ..mac::MacHost::default() });
        let translated = translated.file("/usr/local/go/bin/go", &arm);
        assert_eq!(
            foreign(&translated, &host, Path::new("/usr/local/go")),
            None,
            "Rosetta translates us alone"
        );
        let linux = Machine::linux().file("/usr/local/go/bin/go", &intel);
        let host = Host { identity: linux.identity.clone(), ..Host::default() };
        assert_eq!(
            foreign(&linux, &host, Path::new("/usr/local/go")),
            None,
            "other systems were not looked at"
        );
    }

    #[test]
    fn a_translated_process_fetches_what_the_machine_itself_runs() {
        let of =
            |said: &str, arch: &str| processor(&mac(arch).0.answer("/usr/sbin/sysctl", ARM64, 0, said, ""));
        assert_eq!(of("hw.optional.arm64: 1\n", "x86_64"), "aarch64");
        assert_eq!(of("hw.optional.arm64: 0\n", "x86_64"), "x86_64");
        assert_eq!(of("", "aarch64"), "aarch64");
        let intel = mac("x86_64").0.answer("/usr/sbin/sysctl", "", 1, "", "unknown oid");
        assert_eq!(processor(&intel), "x86_64", "an older macOS does not know the question");
        assert_eq!(processor(&Machine::linux()), "x86_64");
    }

    #[test]
    fn the_receipt_tells_the_installer_from_the_archive() {
        let (machine, host) = mac("aarch64");
        let root = Path::new("/usr/local/go");
        assert_eq!(brought(&machine, &host, root).as_deref(), Some("tar.gz"));
        assert_eq!(brought(&machine.file(RECEIPT, ""), &host, root).as_deref(), Some("pkg"));
    }
}
