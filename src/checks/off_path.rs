//! A PATH at fault that does not lead to what is there: nothing is missing, and nothing has to be installed.

use std::path::Path;

use super::blame::at_fault;
use crate::checks::Verdict;
use crate::facts::Facts;
use crate::facts::settings::{Origin, Setting};
use crate::path_style::{PathStyle, shown};
use crate::probe::programs::USUAL;
use crate::quoting::quoted;

/// The verdict where a program of this name stands whole at a place to which PATH does not lead: the line that sets PATH, or
/// what to type where only this terminal has it.
pub fn off_path(facts: &Facts, name: &str) -> Option<Verdict> {
    let path = facts.native.off_path.get(name)?;
    let dir = path.parent()?;
    let verdict = Verdict::fail(text!("system-off-path", program = name))
        .evidence(format!("PATH={}", facts.here.value("PATH").unwrap_or_default()));
    if let Some((set, (file, line))) = culprit(facts, dir).and_then(|it| Some((it, it.origin.place()?))) {
        let verdict =
            verdict.cause(text!("system-off-path-line", path = path, file = file, line = line, dir = dir));
        return Some(at_fault(verdict, facts, "PATH", set, None));
    }
    let mut verdict = verdict.cause(text!("system-off-path-cause", path = path, dir = dir));
    verdict.place.variable = Some("PATH".to_owned());
    Some(verdict.decide(text!("system-off-path-decide"), Some(typed(facts, dir))))
}

/// The line to type where PATH has none of the directories in which a system has its programs: what only this terminal has,
/// and that says nothing of what another one has.
pub fn path_line(facts: &Facts, dir: &Path) -> Option<String> {
    let terminal = facts.here.get("PATH").is_none_or(|it| it.origin == Origin::Terminal);
    (terminal && facts.here.style == PathStyle::Unix && bare(facts)).then(|| typed(facts, dir))
}

fn bare(facts: &Facts) -> bool {
    !["/usr/bin", "/bin"].iter().any(|it| facts.here.on_path(Path::new(it)))
}

/// One line is enough: what PATH has, then what it does not have.
fn typed(facts: &Facts, dir: &Path) -> String {
    let usual = USUAL.iter().map(Path::new).filter(|it| bare(facts) && *it != dir);
    let dirs: Vec<String> = std::iter::once(dir).chain(usual).map(|it| quoted(&shown(it))).collect();
    let front = if facts.here.path.is_empty() { "" } else { "\"$PATH\":" };
    format!("export PATH={front}{}", dirs.join(":"))
}

/// The line that sets PATH anew and leaves this directory out.
fn culprit<'a>(facts: &'a Facts, dir: &Path) -> Option<&'a Setting> {
    let last = facts.here.get("PATH").filter(|it| matches!(it.origin, Origin::File { .. }))?;
    let earlier = facts.here.elsewhere.iter().rev().filter(|it| it.0 == "PATH").map(|it| &it.1);
    let anew = |it: &&Setting| {
        let Some((file, line)) = it.origin.place() else { return false };
        let Some(seen) = facts.here.files.get(file) else { return false };
        let text = String::from_utf8_lossy(&seen.bytes);
        let words = text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
        words.contains("PATH") && !["$PATH", "${PATH", "$path"].iter().any(|it| words.contains(it))
    };
    let leaves_out = |it: &&Setting| !facts.here.style.list(&it.value).iter().any(|it| it == dir);
    std::iter::once(last).chain(earlier).find(anew).filter(leaves_out)
}

#[cfg(test)]
mod tests {
    use crate::checks::{Finding, Status, fixture, judge};
    use crate::fact::Fact;
    use crate::facts::Facts;
    use crate::facts::settings::Origin;
    use crate::need::Need;

    fn without_path(value: &str, origin: Origin) -> Facts {
        let mut facts = fixture::healthy();
        facts.here.path.clear();
        if value.is_empty() {
            facts.here.variables.remove("PATH");
        } else {
            fixture::path_first(&mut facts, &[value]);
            fixture::set(&mut facts, "PATH", value, origin);
        }
        facts.native.compiler.path = Fact::Absent;
        facts.native.compiler.works = Fact::Absent;
        facts.native.pkg_config = Fact::Absent;
        (facts.display.xvfb, facts.display.x11) = (Fact::Absent, None);
        for name in ["gcc", "pkg-config", "Xvfb"] {
            facts.native.off_path.insert(name.into(), format!("/usr/bin/{name}").into());
        }
        facts
    }

    fn three(facts: &Facts) -> Vec<Finding> {
        let ids = ["cgo.compiler", "cgo.pkg-config", "display.reachable"];
        let all = judge(facts, &fixture::want(), fixture::known(), &[]);
        let all: Vec<_> = all.into_iter().filter(|it| ids.contains(&it.id.as_str())).collect();
        assert_eq!(all.len(), 3);
        all
    }

    #[test]
    fn what_path_does_not_lead_to_is_not_installed_again() {
        for (value, typed) in [
            ("", "export PATH=/usr/bin:/usr/local/bin:/bin"),
            ("/nope", "export PATH=\"$PATH\":/usr/bin:/usr/local/bin:/bin"),
            ("/bin", "export PATH=\"$PATH\":/usr/bin"),
        ] {
            for finding in three(&without_path(value, Origin::Terminal)) {
                let verdict = finding.verdict;
                assert_eq!(
                    (verdict.status, &verdict.needs[..]),
                    (Status::Fail, &[Need::Decision][..]),
                    "{value}"
                );
                assert_eq!(
                    verdict.decision.and_then(|it| it.command).as_deref(),
                    Some(typed),
                    "{}",
                    finding.id
                );
                assert!(verdict.cause.is_some_and(|it| it.to_string().contains("/usr/bin")));
            }
        }
    }

    #[test]
    fn a_line_that_sets_path_anew_is_the_fault_and_one_that_adds_to_it_is_not() {
        let line = Origin::File { path: "/root/.profile".into(), line: 1 };
        for (text, needed) in [("export PATH=/nope\n", true), ("export PATH=/nope:$PATH\n", false)] {
            let mut facts = without_path("/nope", line.clone());
            facts.here.files =
                [("/root/.profile".into(), fixture::file("/root/.profile", text, true))].into();
            for finding in three(&facts) {
                let needs = &finding.verdict.needs;
                let ours = matches!(&needs[..], [Need::FileSetting { line: 1, .. }]);
                assert_eq!(ours, needed, "{text} {needs:?}");
            }
        }
    }
}
