//! Whether the package manager can read where packages come from, and nothing in its files makes it refuse its work. Looked
//! at only where packages may be needed; a source that merely cannot be reached is passed over by the manager itself.

use std::path::{Path, PathBuf};

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::aptsources::Source;
use crate::facts::supply::{OwnSetting, SettingKind, Supply};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::text::Text;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.package-sources", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let supply = match &facts.native.supply {
        Fact::Here(supply) => supply,
        Fact::Absent => return Verdict::skipped(text!("system-supply-unneeded")),
        Fact::Unknown(why) => return Verdict::unknown(text!("system-supply-unknown", why = why)),
    };
    let mut faults = refused(supply);
    faults.extend(hooks(supply));
    faults.extend(orphans(supply));
    faults.extend(release(supply));
    faults.extend(discs(supply));
    let Some(first) = faults.first() else { return fine(supply) };
    let verdict = Verdict::fail(first.summary.clone()).cause(first.cause.clone());
    let verdict = verdict.file(&first.file, first.lines.first().copied());
    faults.iter().fold(verdict, |verdict, it| it.told(verdict, facts))
}

/// Something that keeps the manager from its work.
struct SupplyFault {
    summary: Text,
    cause: Text,
    file: PathBuf,
    /// Its lines there.
    lines: Vec<u32>,
    /// What a line sets; empty where it is the whole line.
    variable: String,
    /// A raw line that shows it.
    shown: String,
    remedy: Remedy,
}

enum Remedy {
    /// Its lines are commented out.
    Lines,
    /// The manager does it.
    Manager,
    /// A person has to say what was meant.
    Person(Text),
}

impl SupplyFault {
    fn told(&self, verdict: Verdict, facts: &Facts) -> Verdict {
        let verdict = verdict.evidence(&self.shown);
        match &self.remedy {
            Remedy::Lines => {
                let lines: Vec<(u32, &str)> =
                    self.lines.iter().map(|it| (*it, self.variable.as_str())).collect();
                blame::lines(verdict, facts, &self.file, &lines)
            }
            Remedy::Manager if verdict.needs.contains(&Need::PackagesConfigured) => verdict,
            Remedy::Manager => verdict.need(Need::PackagesConfigured),
            Remedy::Person(text) => verdict.decide(text.clone(), None),
        }
    }
}

fn fine(supply: &Supply) -> Verdict {
    let gone = supply.keys_gone.first().and_then(|key| {
        let name = key.display().to_string();
        let signed = |it: &&Source| it.options.get("signed-by").is_some_and(|it| it.contains(&name));
        Some((key, supply.sources.iter().find(signed)?))
    });
    match gone {
        Some((key, source)) => Verdict::info(text!(
            "system-package-sources-key",
            key = key,
            source = source.name(),
            file = &source.file,
            line = source.line
        )),
        None => Verdict::ok(text!("system-package-sources-ok", count = supply.sources.len())),
    }
}

/// What makes it read nothing at all, by its own words.
fn refused(supply: &Supply) -> Vec<SupplyFault> {
    let Some(words) = &supply.refusal else { return Vec::new() };
    if let Some(rest) = words.strip_prefix("Conflicting values set for option ") {
        return conflict(supply, rest).into_iter().collect();
    }
    let Some((file, number)) = place(words) else { return Vec::new() };
    let summary = text!("system-package-sources-unreadable", file = &file);
    let of_sources = file.extension().is_some_and(|it| it == "sources");
    let paragraph = supply.sources.iter().find(|it| it.file == file && it.paragraph == number);
    let source = file.starts_with("/etc/apt/sources.list") || file.starts_with("/etc/apt/sources.list.d");
    let (lines, remedy) = match paragraph.filter(|_| of_sources) {
        Some(source) => (source.lines.clone(), Remedy::Lines),
        None if source && !of_sources => (vec![number], Remedy::Lines),
        None => (vec![number], Remedy::Person(text!("system-package-sources-syntax", file = &file))),
    };
    let line = lines.first().copied().unwrap_or(number);
    let cause = text!("system-package-sources-unreadable-cause", file = &file, line = line, words = words);
    let shown = words.clone();
    vec![SupplyFault { summary, cause, file, lines, variable: String::new(), shown, remedy }]
}

/// The file and the number that a message names: `entry 3 in list file /x.list`, `/etc/apt/apt.conf.d/x:3: …`.
fn place(words: &str) -> Option<(PathBuf, u32)> {
    let at = words.find(" /")? + 1;
    let path = words[at..].split_whitespace().next()?;
    let mut parts = path.split(':');
    let file = PathBuf::from(parts.next()?);
    let behind = parts.next().and_then(|it| it.parse().ok());
    let before = || words[..at].split_whitespace().find_map(|it| it.parse().ok());
    Some((file, behind.or_else(before)?))
}

/// `Signed-By regarding source http://deb.example/debian/ bookworm: /a != /b`
fn conflict(supply: &Supply, rest: &str) -> Option<SupplyFault> {
    let (option, rest) = rest.split_once(" regarding source ")?;
    let mut words = rest.split(' ');
    let (uri, suite) = (words.next()?, words.next()?.trim_end_matches(':'));
    let key = option.to_lowercase();
    let all: Vec<&Source> = supply.sources.iter().filter(|it| it.describes(uri, suite)).collect();
    // `Trusted` is at odds with its own absence, a key only with another key.
    let says: Vec<&Source> = all.iter().copied().filter(|it| it.options.contains_key(&key)).collect();
    let first = *says.first()?;
    let other = says
        .iter()
        .find(|it| it.options[&key] != first.options[&key])
        .or_else(|| all.iter().find(|it| !it.options.contains_key(&key)))?;
    let (kept, dropped) = if keeps(supply, first, other) { (first, *other) } else { (*other, first) };
    let summary =
        text!("system-package-sources-conflict", file = &dropped.file, other = &kept.file, option = option);
    let cause = text!(
        "system-package-sources-conflict-cause",
        option = option,
        source = format!("{uri} {suite}"),
        file = &dropped.file,
        line = dropped.line,
        other = &kept.file,
        number = kept.line
    );
    // Only what the other one offers too can go without a loss.
    let remedy = if dropped.is_within(kept) {
        Remedy::Lines
    } else {
        Remedy::Person(text!(
            "system-package-sources-conflict-decide",
            file = &dropped.file,
            other = &kept.file
        ))
    };
    let shown = format!("Conflicting values set for option {option} regarding source {rest}");
    let (file, lines) = (dropped.file.clone(), dropped.lines.clone());
    Some(SupplyFault { summary, cause, file, lines, variable: String::new(), shown, remedy })
}

/// Which of two stays: the one that offers more, the one whose key is there, the distribution's own file, the first.
fn keeps(supply: &Supply, first: &Source, other: &Source) -> bool {
    let keyed = |it: &Source| {
        let gone = |key: &PathBuf| it.options.get("signed-by").is_some_and(|it| Path::new(it) == key);
        !supply.keys_gone.iter().any(gone)
    };
    let own = |it: &Source| {
        let name = it.file.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        ["sources.list", "debian.sources", "ubuntu.sources"].contains(&name.as_str())
    };
    let trusted = |it: &Source| !it.options.contains_key("trusted");
    let rank = |it: &Source, than: &Source| (than.is_within(it), keyed(it), trusted(it), own(it));
    rank(first, other) >= rank(other, first)
}

/// Commands that it runs and that do not exist: it ends with an error each time.
fn hooks(supply: &Supply) -> Vec<SupplyFault> {
    let fault = |it: &OwnSetting| {
        let program = it.program().filter(|it| supply.gone.iter().any(|gone| gone == it))?;
        let (file, lines) = (it.file.clone(), vec![it.line]);
        Some(SupplyFault {
            summary: text!("system-package-sources-hook", program = program, file = &file),
            cause: text!("system-package-sources-hook-cause", key = &it.key, file = &file, line = it.line),
            shown: format!("{}:{}: {} {}", file.display(), it.line, it.key, it.value),
            file,
            lines,
            variable: it.key.clone(),
            remedy: Remedy::Lines,
        })
    };
    supply.of(SettingKind::Hook).filter_map(fault).collect()
}

fn orphans(supply: &Supply) -> Vec<SupplyFault> {
    let fault = |it: &crate::facts::supply::Orphan| SupplyFault {
        summary: text!("system-package-sources-orphan", file = &it.file, owner = &it.owner),
        cause: text!(
            "system-package-sources-orphan-cause",
            file = &it.file,
            line = it.line,
            path = &it.path,
            owner = &it.owner
        ),
        file: it.file.clone(),
        lines: vec![it.line],
        variable: String::new(),
        shown: format!("{}:{}: {} {}", it.file.display(), it.line, it.owner, it.path),
        remedy: Remedy::Manager,
    };
    supply.orphans.iter().map(fault).collect()
}

/// A release that is preferred and that no source has: the manager installs nothing then.
fn release(supply: &Supply) -> Option<SupplyFault> {
    const USUAL: &[&str] =
        &["stable", "oldstable", "oldoldstable", "testing", "unstable", "experimental", "sid", "now"];
    let it = supply.of(SettingKind::Release).next_back()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    let known = |word: &String| {
        *word == it.value || word.strip_prefix(&it.value).is_some_and(|it| it.starts_with('.'))
    };
    // Without lists only the words of the sources are known; what else they mean shows later.
    let read = supply.releases.iter().any(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let open = !it.value.chars().all(plain)
        || it.value.is_empty()
        || supply.releases.is_empty()
        || supply.releases.iter().any(known)
        || (!read && USUAL.contains(&it.value.as_str()));
    (!open).then(|| SupplyFault {
        summary: text!("system-package-sources-release", value = &it.value, file = &it.file),
        cause: text!(
            "system-package-sources-release-cause",
            value = &it.value,
            file = &it.file,
            line = it.line
        ),
        file: it.file.clone(),
        lines: vec![it.line],
        variable: it.key.clone(),
        shown: format!("{}:{}: {} {}", it.file.display(), it.line, it.key, it.value),
        remedy: Remedy::Lines,
    })
}

/// A disc that the distribution was installed from, where there are other sources.
fn discs(supply: &Supply) -> Vec<SupplyFault> {
    let is_disc = |it: &&Source| !it.off && it.uris.iter().all(|it| it.starts_with("cdrom:"));
    let others = supply.sources.iter().any(|it| !it.off && !is_disc(&it));
    let fault = |it: &Source| SupplyFault {
        summary: text!("system-package-sources-disc", file = &it.file),
        cause: text!("system-package-sources-disc-cause", file = &it.file, line = it.line),
        file: it.file.clone(),
        lines: it.lines.clone(),
        variable: String::new(),
        shown: format!("{}:{}: {}", it.file.display(), it.line, it.name()),
        remedy: if others {
            Remedy::Lines
        } else {
            Remedy::Person(text!("system-package-sources-disc-decide"))
        },
    };
    supply.sources.iter().filter(is_disc).map(fault).collect()
}

#[cfg(test)]
mod tests;
