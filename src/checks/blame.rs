//! What checks say of the two usual culprits: a variable, with the line that sets it, and a package, by its name here.
//! Words and needs only; the judgement is the check's.

use super::Verdict;
use crate::facts::Facts;
use crate::facts::native::Part;
use crate::facts::settings::{Origin, Setting};
use crate::need::Need;
use crate::packages;
use crate::text::Text;
use crate::want::Want;

/// The verdict with a variable at fault: where it is set, the line that shows it, and what has to become true there.
/// One that only this terminal has is a person's to unset.
pub fn variable(verdict: Verdict, facts: &Facts, name: &str) -> Verdict {
    let Some(setting) = facts.here.get(name) else { return verdict };
    let verdict = verdict.variable(name, &setting.origin).evidence(format!("{name}={}", setting.value));
    match &setting.origin {
        Origin::File { path, line } => {
            verdict.need(Need::FileSetting { file: path.clone(), line: *line, variable: name.to_owned() })
        }
        Origin::GoEnv { .. } => verdict.need(Need::GoSetting { key: name.to_owned(), value: None }),
        Origin::GoRoot { path, .. } => {
            verdict.decide(text!("system-blame-goroot", variable = name, file = path), None)
        }
        Origin::Terminal => {
            verdict.decide(text!("system-blame-terminal", variable = name), Some(format!("unset {name}")))
        }
    }
}

/// `NAME=value (file, line 3)`, for the middle of a sentence.
pub fn setting(facts: &Facts, name: &str) -> Text {
    let Some(Setting { value, origin }) = facts.here.get(name) else {
        return text!("system-blame-unset", variable = name);
    };
    match origin.place() {
        Some((file, line)) => {
            text!("system-blame-in-file", variable = name, value = value, file = file, line = line)
        }
        None => text!("system-blame-in-terminal", variable = name, value = value),
    }
}

/// The packages that bring a capability here, parted by blanks; the capability's own word where we do not know any.
pub fn package(facts: &Facts, want: &Want, capability: &str) -> String {
    let names = names(facts, want, capability);
    if names.is_empty() { capability.to_owned() } else { names.join(" ") }
}

/// Whether the package manager has all of the packages that would bring it: then files of theirs are damaged, and
/// installing them once more would do nothing.
pub fn installed(facts: &Facts, want: &Want, capability: &str) -> bool {
    let names = names(facts, want, capability);
    let there = facts.native.manager.here().map(|it| &it.installed);
    !names.is_empty() && there.is_some_and(|it| names.iter().all(|name| it.contains_key(name)))
}

/// What has to become true for a capability that is not found.
pub fn need(facts: &Facts, want: &Want, capability: &str) -> Need {
    if installed(facts, want, capability) {
        Need::Damaged(capability.to_owned())
    } else {
        Need::Capability(capability.to_owned())
    }
}

/// The wanted capabilities that are not found because of this part of theirs.
pub fn missing(facts: &Facts, want: &Want, part: Part) -> Vec<String> {
    let wanted = packages::table().expand(&want.target.needs);
    let is = |name: &String| {
        let probed = facts.native.capabilities.get(name);
        probed.is_some_and(|it| it.found.is_absent() && it.part.unwrap_or(Part::Header) == part)
    };
    wanted.into_iter().filter(is).collect()
}

fn names(facts: &Facts, want: &Want, capability: &str) -> Vec<String> {
    let distro = facts.host.distro.here();
    distro.map(|it| packages::supplies(capability, it, &want.target.fyne)).unwrap_or_default()
}
