//! Homebrew. Nothing of a Fyne build is among its packages, so that nothing of it is ever a fault.

use super::super::Verdict;
use crate::facts::Facts;

pub(super) fn judge(facts: &Facts) -> Verdict {
    let Some(apple) = &facts.apple else { return Verdict::skipped(text!("system-packages-none")) };
    let silicon = facts.host.processor() == "aarch64";
    let fitting = apple.brews.iter().find(|it| !(silicon && it.is_intel()));
    // What is typed is what PATH has first: a terminal that Rosetta translates finds Intel's, whichever is there besides.
    let typed = facts
        .here
        .path
        .iter()
        .find_map(|entry| apple.brews.iter().find(|it| it.prefix.join("bin") == entry.dir));
    let Some(brew) = typed.or(fitting).or_else(|| apple.brews.first()) else {
        return Verdict::skipped(text!("system-packages-brew-none"));
    };
    let prefix = &brew.prefix;
    if facts.host.identity.uid == 0 {
        return Verdict::info(text!("system-packages-brew-root", prefix = prefix));
    }
    if let Some(other) = &brew.other {
        return Verdict::info(text!("system-packages-brew-other", prefix = prefix, user = other))
            .cause(text!("system-packages-brew-other-cause", user = other));
    }
    if silicon && brew.is_intel() {
        return Verdict::info(text!("system-packages-brew-intel", prefix = prefix))
            .cause(text!("system-packages-brew-intel-cause"));
    }
    Verdict::ok(text!("system-packages-brew-ok", prefix = prefix))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::*;
    use crate::facts::apple::{Apple, Brew};

    #[test]
    fn homebrew_is_told_by_its_owner_and_its_processor_and_is_no_fault() {
        let brew = |prefix: &str, other: Option<&str>| Brew {
            prefix: prefix.into(),
            other: other.map(str::to_owned),
        };
        let said = |arch: &str, uid: u32, brews: Vec<Brew>| {
            let mut facts = fixture::healthy();
            (facts.host.identity.os, facts.host.identity.arch) = ("macos".into(), arch.into());
            facts.host.identity.uid = uid;
            facts.here.path.clear();
            facts.apple = Some(Apple { brews, ..Apple::default() });
            let verdict = judge(&facts);
            assert!(!verdict.is_bad() && verdict.needs.is_empty());
            (verdict.status, verdict.summary.key.to_string())
        };
        let (arm, intel) = (|| brew("/opt/homebrew", None), || brew("/usr/local", None));
        for (arch, uid, brews, status, key) in [
            ("aarch64", 501, vec![], Status::Skipped, "none"),
            ("aarch64", 501, vec![arm(), intel()], Status::Ok, "ok"),
            ("aarch64", 501, vec![intel()], Status::Info, "intel"),
            ("x86_64", 501, vec![intel()], Status::Ok, "ok"),
            ("aarch64", 0, vec![brew("/opt/homebrew", Some("ann"))], Status::Info, "root"),
            ("aarch64", 501, vec![brew("/opt/homebrew", Some("bob"))], Status::Info, "other"),
        ] {
            assert_eq!(said(arch, uid, brews), (status, format!("system-packages-brew-{key}")));
        }
    }

    #[test]
    fn of_two_the_one_that_path_runs_is_told() {
        let mut facts = fixture::healthy();
        (facts.host.identity.os, facts.host.identity.arch) = ("macos".into(), "aarch64".into());
        facts.host.identity.uid = 501;
        facts.here.path.truncate(1);
        let brews = ["/opt/homebrew", "/usr/local"].map(|it| Brew { prefix: it.into(), other: None });
        facts.apple = Some(Apple { brews: brews.to_vec(), ..Apple::default() });
        for (first, key) in [("/opt/homebrew/bin", "ok"), ("/usr/local/bin", "intel")] {
            facts.here.path[0].dir = first.into();
            assert_eq!(judge(&facts).summary.key, format!("system-packages-brew-{key}"), "{first}");
        }
    }
}
