//! Whether we know this platform at all.

mod mac;
mod windows;

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.os", group: Group::System, after: &[], goal: Goal::Build, judge };

/// Processors for which the manifest's Go, the checksum database's records and our own program exist.
const PROCESSORS: [&str; 2] = ["x86_64", "aarch64"];

/// What 32-bit systems say on processors that mostly run a 64-bit one as well: a Raspberry Pi since the third.
const HALVES: [&str; 4] = ["armv7l", "armv8l", "i686", "i586"];

/// The oldest kernel that Go 1.24 and newer run on.
const KERNEL: (u32, u32) = (3, 2);

/// A processor that is not supported.
fn processor(arch: &str, decide: &'static str) -> Verdict {
    Verdict::fail(text!("system-os-processor", processor = arch))
        .cause(text!("system-os-processor-cause", known = PROCESSORS.join(", ")))
        .decide(text!(decide), None)
}

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let identity = &facts.host.identity;
    let distro = facts.host.distro.here();
    let name = distro.map_or(identity.os.as_str(), |it| it.name.as_str());
    let platform = format!("{}/{}", identity.os, identity.arch);
    if identity.os == "windows" {
        return windows::judge(facts);
    }
    if facts.host.is_mac() {
        return mac::judge(facts, want);
    }
    if identity.os != "linux" {
        return Verdict::fail(text!("system-os-foreign", platform = &platform))
            .cause(text!("system-os-foreign-cause"))
            .decide(text!("system-os-foreign-decide"), None);
    }
    if !PROCESSORS.contains(&identity.arch.as_str()) {
        let half = HALVES.contains(&identity.arch.as_str());
        let decide = if half { "system-os-processor-half" } else { "system-os-foreign-decide" };
        return processor(&identity.arch, decide);
    }
    if kernel(&identity.kernel).is_some_and(|it| it < KERNEL) {
        return Verdict::fail(text!("system-os-kernel", kernel = &identity.kernel))
            .cause(text!("system-os-kernel-cause", least = "3.2"))
            .decide(text!("system-os-kernel-decide"), None);
    }
    if facts.host.image.is_some() {
        let line = known.packages.contained(&facts.host);
        let cause = line
            .map_or_else(|| text!("remedy-image-no-tool"), |it| text!("system-os-image-cause", line = it));
        return Verdict::info(text!("system-os-image", name = name)).cause(cause);
    }
    if let Some(manager) = known.packages.by_hand(&facts.host) {
        return Verdict::info(text!("system-os-by-hand", name = name, manager = manager))
            .cause(text!("system-os-unknown-cause"));
    }
    if known.packages.manager_for(&facts.host).is_none() {
        return Verdict::info(text!("system-os-unknown", name = name))
            .cause(text!("system-os-unknown-cause"))
            .evidence(format!("ID={}", distro.map_or("", |it| it.id.as_str())));
    }
    let processor = &identity.arch;
    Verdict::ok(match &facts.host.wsl {
        Some(wsl) => {
            text!("system-os-ok-wsl", name = name, processor = processor, version = i32::from(wsl.version))
        }
        None => text!("system-os-ok", name = name, processor = processor),
    })
}

fn kernel(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split(['.', '-']).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Fact;

    #[test]
    fn platforms_are_told_apart() {
        let rows = [
            ("linux", "x86_64", "6.1.0", Status::Ok, "system-os-ok"),
            ("linux", "aarch64", "5.15.153.1-microsoft-standard-WSL2", Status::Ok, "system-os-ok"),
            ("linux", "armv7l", "6.1.0", Status::Fail, "system-os-processor"),
            ("linux", "x86_64", "2.6.32-754.el6", Status::Fail, "system-os-kernel"),
            ("linux", "x86_64", "odd", Status::Ok, "system-os-ok"),
            ("freebsd", "x86_64", "14.1", Status::Fail, "system-os-foreign"),
            ("windows", "x86_64", "10.0.26100", Status::Ok, "system-os-ok"),
            ("windows", "aarch64", "10.0.22631", Status::Ok, "system-os-ok"),
            ("windows", "x86_64", "10.0.17763", Status::Ok, "system-os-ok"),
            ("windows", "x86_64", "10.0.17134", Status::Fail, "system-os-windows-old"),
            ("windows", "x86_64", "6.1.7601", Status::Fail, "system-os-windows-old"),
            ("windows", "x86", "10.0.19045", Status::Fail, "system-os-processor"),
            ("windows", "x86_64", "odd", Status::Ok, "system-os-ok"),
        ];
        for (os, arch, kernel, status, key) in rows {
            let mut facts = fixture::healthy();
            facts.host.identity.os = os.into();
            facts.host.identity.arch = arch.into();
            facts.host.identity.kernel = kernel.into();
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, &*verdict.summary.key), (status, key), "{os} {arch} {kernel}");
        }
    }

    #[test]
    fn a_system_of_32_bits_is_told_of_its_other_edition() {
        for (arch, key) in [("armv7l", "system-os-processor-half"), ("riscv64", "system-os-foreign-decide")] {
            let mut facts = fixture::healthy();
            facts.host.identity.arch = arch.into();
            let decision = fixture::judged(&CHECK, &facts).decision.expect("one");
            assert_eq!(decision.text.key, key, "{arch}");
        }
    }

    #[test]
    fn a_distribution_that_we_do_not_know_is_no_fault() {
        let mut facts = fixture::healthy();
        facts.host.distro = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        let distro =
            crate::facts::host::Distro { id: "gentoo".into(), name: "Gentoo".into(), ..<_>::default() };
        facts.host.distro = Fact::Here(distro);
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &*verdict.summary.key), (Status::Info, "system-os-by-hand"));
        facts.host.wsl = Some(<_>::default());
        facts.host.distro = fixture::healthy().host.distro;
        assert_eq!(fixture::judged(&CHECK, &facts).summary.key, "system-os-ok-wsl");
    }
}
