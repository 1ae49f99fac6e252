//! What checks say of the two usual culprits: a variable, with the line that sets it, and a package, by its name here.
//! Words and needs only; the judgement is the check's.

use std::path::{Path, PathBuf};

use super::{Status, Verdict, setting};
use crate::facts::host::Rights;
use crate::facts::native::{Detour, Part};
use crate::facts::settings::{FileSeen, Origin, Setting};
use crate::facts::{Facts, goflags};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::{PathStyle, shown};
use crate::quoting::quoted;
use crate::shell::Dialect;
use crate::shell::edit::Fault;
use crate::text::Text;
use crate::want::Want;

mod elsewhere;

/// The verdict with a variable at fault, where it is set at all.
pub fn variable(verdict: Verdict, facts: &Facts, name: &str) -> Verdict {
    match facts.here.get(name) {
        Some(set) => at_fault(verdict, facts, name, set, None),
        None => verdict,
    }
}

/// The verdict with what the probe found to hide something at fault: a variable, a directory on PATH, or what GOFLAGS tells
/// the linker.
pub fn hider(verdict: Verdict, facts: &Facts, name: &str) -> Verdict {
    match (name, &facts.native.compiler.detour) {
        ("PATH", Some(it)) => detour(verdict, facts, it, "CC"),
        ("GOFLAGS", _) => super::go_flags::told_linker(verdict, facts),
        _ => variable(verdict, facts, name),
    }
}

/// The verdict with another fault that the same question shows, and that would be there without the first: what shows it,
/// and what has to become true. The words stay those of the first.
pub fn besides(mut verdict: Verdict, other: Verdict) -> Verdict {
    if other.status == Status::Fail {
        verdict.status = Status::Fail;
    }
    verdict.evidence.extend(other.evidence);
    let new: Vec<Need> = other.needs.into_iter().filter(|it| !verdict.needs.contains(it)).collect();
    verdict.needs.extend(new);
    verdict.decision = verdict.decision.or(other.decision);
    verdict
}

/// What hides something, for the middle of a sentence.
pub fn hider_words(facts: &Facts, name: &str) -> Text {
    match (name, &facts.native.compiler.detour) {
        ("PATH", Some(it)) => path_entry(facts, it),
        _ => setting(facts, name),
    }
}

/// A directory on PATH, with the line that puts it there.
pub fn path_entry(facts: &Facts, detour: &Detour) -> Text {
    match entry(facts, &detour.dir).place() {
        Some((file, line)) => {
            text!("system-blame-path-in-file", dir = &detour.dir, file = file, line = line)
        }
        None => match entry(facts, &detour.dir).registry() {
            Some((key, name)) => {
                let key = key.to_string();
                text!("system-blame-path-in-registry", dir = &detour.dir, key = key, name = name)
            }
            None => text!("system-blame-path", dir = &detour.dir),
        },
    }
}

fn entry(facts: &Facts, dir: &Path) -> Origin {
    let entry = facts.here.path.iter().find(|it| it.dir == dir);
    entry.map_or(Origin::Terminal, |it| it.origin.clone())
}

/// The verdict with a directory on PATH at fault. One that lives is somebody's choice for other work: Go alone is told of the
/// program behind it (`key`), where that is all it takes. One that is dead serves nobody, and its line is the fault.
pub fn detour(verdict: Verdict, facts: &Facts, detour: &Detour, key: &str) -> Verdict {
    let origin = entry(facts, &detour.dir);
    let set = Setting { value: shown(&detour.dir), origin };
    let by_us = |path: &Path| facts.here.files.get(path).is_none_or(|it| it.writable);
    let line = set.origin.place().filter(|(path, line)| {
        let fault = Fault { line: *line, variable: "PATH".into() };
        facts.here.files.get(*path).is_some_and(|it| it.writable && it.fixed(&[fault]).is_ok())
    });
    let go_env = facts.here.go_env_file.as_deref().is_some_and(by_us) && facts.here.set(key).is_none();
    match detour.instead.as_ref().filter(|_| go_env && !(detour.dead && line.is_some())) {
        Some(program) => {
            let value = Some(shown(program));
            let verdict = verdict.variable("PATH", &set.origin).evidence(setting::evidence("PATH", &set));
            verdict.need(Need::GoSetting { key: key.to_owned(), value: value.map(Into::into) })
        }
        None if set.origin == Origin::Terminal => {
            let verdict = verdict.variable("PATH", &set.origin);
            match mentions(facts, &detour.dir) {
                Some((file, line)) => {
                    let text =
                        text!("system-blame-path-command", dir = &detour.dir, file = &file, line = line);
                    verdict.file(&file, Some(line)).decide(text, None)
                }
                None => verdict.decide(text!("system-blame-path-terminal", dir = &detour.dir), None),
            }
        }
        None => at_fault(verdict, facts, "PATH", &set, None),
    }
}

/// The line of a profile that speaks of this prefix, where none sets it: `eval "$(/opt/brew/bin/brew shellenv)"`.
fn mentions(facts: &Facts, dir: &Path) -> Option<(PathBuf, u32)> {
    let prefix = dir.parent().filter(|it| it.parent().is_some())?.to_str()?;
    facts.here.files.iter().filter(|(_, it)| it.dialect != Dialect::GoEnv).find_map(|(path, seen)| {
        let text = String::from_utf8_lossy(&seen.bytes);
        let speaks = |line: &str| line.contains(prefix) && !line.trim_start().starts_with('#');
        let at = text.lines().position(speaks)?;
        Some((path.clone(), u32::try_from(at + 1).ok()?))
    })
}

/// The verdict with a variable at fault that is a list of directories, because of one of them: the line that brought it.
pub fn list(verdict: Verdict, facts: &Facts, name: &str, dir: &Path) -> Verdict {
    match facts.here.brought(name, dir) {
        Some(set) => at_fault(verdict, facts, name, set, None),
        None => verdict,
    }
}

/// The verdict with a variable at fault: where it is set, the line that shows it, and what has to become true there. The
/// first one gives the verdict its place. One that only this terminal has is a person's to unset. `right` is the value that
/// a Go's own defaults should have where they are at fault.
pub fn at_fault(verdict: Verdict, facts: &Facts, name: &str, set: &Setting, right: Option<&str>) -> Verdict {
    let first = verdict.place.variable.is_none();
    let verdict = if first { verdict.variable(name, &set.origin) } else { verdict };
    let verdict = verdict.evidence(setting::evidence(name, set));
    let ours = |path: &Path| facts.here.files.get(path).is_none_or(|it| it.writable);
    if let Origin::File { path, .. } = &set.origin
        && set.value.ends_with('\r')
        && facts.here.files.get(path).is_some_and(FileSeen::has_returns)
    {
        let cause = text!("system-blame-returns", file = path, variable = name);
        return line_ends(verdict.cause(cause), facts, path);
    }
    match &set.origin {
        Origin::Terminal => elsewhere::here(verdict, facts.here.style, name),
        Origin::Registry { key, name: at } => elsewhere::registry(verdict, key, at, name),
        Origin::File { path, line } => self::line(verdict, facts, path, *line, name),
        Origin::GoEnv { path, line } if !ours(path) => self::line(verdict, facts, path, *line, name),
        Origin::GoEnv { .. } => verdict.need(Need::GoSetting { key: name.to_owned(), value: None }),
        Origin::GoRoot { path, .. } => match right {
            Some(right) => verdict.need(Need::GoSetting { key: name.to_owned(), value: Some(right.into()) }),
            None => verdict.decide(text!("system-blame-goroot", variable = name, file = path), None),
        },
    }
}

/// The verdict with a line of a file at fault (`variable` is empty where all of it is). Where we may not write, or dare
/// not, a person gets the exact edit.
pub fn line(verdict: Verdict, facts: &Facts, file: &Path, line: u32, variable: &str) -> Verdict {
    lines(verdict, facts, file, &[(line, variable)])
}

/// The same with several lines of a file.
pub fn lines(verdict: Verdict, facts: &Facts, file: &Path, at: &[(u32, &str)]) -> Verdict {
    let need = |(line, variable): &(u32, &str)| Need::FileSetting {
        file: file.to_path_buf(),
        line: *line,
        variable: (*variable).to_owned(),
    };
    let verdict = at.iter().map(need).fold(verdict, Verdict::need);
    let mut commands: Vec<String> = Vec::new();
    let mut decision = None;
    for (file, faults) in faults(&verdict.needs) {
        let Some(seen) = facts.here.files.get(file) else { continue };
        let first = &faults[0];
        match seen.fixed(&faults) {
            Ok(_) if seen.writable => {}
            Ok((_, command)) => {
                let sudo = |it: String| {
                    if facts.host.rights == Rights::Root { it } else { format!("sudo {it}") }
                };
                // Windows has no sed, and no sudo that is like it.
                commands.extend(command.filter(|_| facts.here.style == PathStyle::Unix).map(sudo));
                decision = Some(text!("system-blame-not-ours", file = file, line = first.line));
            }
            Err(_) => {
                decision = Some(text!(
                    "system-blame-entangled",
                    file = file,
                    line = first.line,
                    variable = &first.variable
                ));
            }
        }
    }
    match decision {
        Some(text) => verdict.decide(text, (!commands.is_empty()).then(|| commands.join(" && "))),
        None => verdict,
    }
}

/// The verdict with the line ends of a file at fault. Where we may not write, a person gets the exact edit.
pub fn line_ends(verdict: Verdict, facts: &Facts, file: &Path) -> Verdict {
    let verdict = verdict.need(Need::LineEnds(file.to_path_buf()));
    if facts.here.files.get(file).is_none_or(|it| it.writable) {
        return verdict;
    }
    let sudo = facts.host.sudo();
    let command = format!("{sudo}sed -i 's/\\r$//' {}", quoted(&file.to_string_lossy()));
    let command = Some(command).filter(|_| facts.here.style == PathStyle::Unix);
    verdict.decide(text!("system-blame-returns-not-ours", file = file), command)
}

/// What needs say is wrong in files, by file, in their order.
pub fn faults(needs: &[Need]) -> Vec<(&Path, Vec<Fault>)> {
    let mut all: Vec<(&Path, Vec<Fault>)> = Vec::new();
    for need in needs {
        let Need::FileSetting { file, line, variable } = need else { continue };
        let fault = Fault { line: *line, variable: variable.clone() };
        match all.iter_mut().find(|(it, _)| it == file) {
            Some((_, faults)) => faults.push(fault),
            None => all.push((file, vec![fault])),
        }
    }
    all
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
        None => match origin.registry() {
            Some((key, at)) => {
                let key = key.to_string();
                text!("system-blame-in-registry", variable = name, value = value, key = key, name = at)
            }
            None => text!("system-blame-in-terminal", variable = name, value = value),
        },
    }
}

/// The packages that bring a capability here, parted by blanks; what a person knows it by where we do not know any: its
/// word is ours, and no package is called so.
pub fn package(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> String {
    let names = names(facts, want, known, capability);
    if names.is_empty() { known.packages.sign(capability) } else { names.join(" ") }
}

/// The same for the middle of a sentence, after "the package".
pub fn package_words(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> Text {
    let named = !names(facts, want, known, capability).is_empty();
    let key = if named { "system-blame-package" } else { "system-blame-package-unnamed" };
    Text::new(key).with("package", package(facts, want, known, capability))
}

/// Whether the package manager has all of the packages that would bring it: then files of theirs are damaged, and
/// installing them once more would do nothing.
pub fn installed(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> bool {
    let names = names(facts, want, known, capability);
    let there = facts.native.manager.here().map(|it| &it.installed);
    !names.is_empty() && there.is_some_and(|it| names.iter().all(|name| it.contains_key(name)))
}

/// The packages whose damaged files keep a capability from being found, as the package manager's record says; none where it
/// tells none.
pub fn damaged<'a>(facts: &'a Facts, capability: &str) -> &'a [String] {
    facts.native.damaged.get(capability).map_or(&[], Vec::as_slice)
}

/// Of capabilities that are not found, those that are at fault themselves: the others fail because a header or library that
/// they rest on belongs to a damaged package of one of these, and wait for it.
pub fn roots(facts: &Facts, want: &Want, known: &Knowledge, missing: &[String]) -> Vec<String> {
    let own = |it: &str, package: &String| names(facts, want, known, it).contains(package);
    let is_root = |(at, it): &(usize, &String)| {
        let damaged = damaged(facts, it);
        let mine = damaged.is_empty() || damaged.iter().any(|package| own(it, package));
        // Where none of them brings the package, the first stands for all.
        let other = |(other, name): (usize, &String)| {
            let shares = self::damaged(facts, name) == damaged;
            shares && (damaged.iter().any(|package| own(name, package)) || other < *at)
        };
        mine || !missing.iter().enumerate().filter(|other| other.0 != *at).any(other)
    };
    missing.iter().enumerate().filter(is_root).map(|it| it.1.clone()).collect()
}

/// Whether the package manager brought the compiler and not the packages that would bring this.
pub fn lacking(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> bool {
    let named = !names(facts, want, known, capability).is_empty();
    let has = |it: &str| installed(facts, want, known, it);
    named && has("c-compiler") && !has(capability)
}

/// What has to become true for a capability that is not found.
pub fn need(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> Need {
    if installed(facts, want, known, capability) {
        Need::Damaged(capability.to_owned())
    } else {
        Need::Capability(capability.to_owned())
    }
}

/// The capabilities that a build of this target needs with the user's own build tags.
pub fn wanted(facts: &Facts, want: &Want, known: &Knowledge) -> Vec<String> {
    let tags = facts.here.set("GOFLAGS").map(goflags::tags).unwrap_or_default();
    known.packages.expand(&want.target.needs_with(&tags))
}

/// The wanted capabilities that are not found because of this part of theirs.
pub fn missing(facts: &Facts, want: &Want, known: &Knowledge, part: Part) -> Vec<String> {
    let wanted = wanted(facts, want, known);
    let is = |name: &String| {
        let probed = facts.native.capabilities.get(name);
        probed.is_some_and(|it| it.found.is_absent() && it.part.unwrap_or(Part::Header) == part)
    };
    wanted.into_iter().filter(is).collect()
}

fn names(facts: &Facts, want: &Want, known: &Knowledge, capability: &str) -> Vec<String> {
    known.packages.supplies(capability, &facts.host, &want.target.fyne)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn what_has_to_happen_follows_from_where_it_is_set() {
        let say = || Verdict::fail(text!("settings-at-terminal"));
        let facts = fixture::healthy();
        let root = Origin::GoRoot { path: "/usr/local/go/go.env".into(), line: 8 };
        for (origin, right, need) in [
            (Origin::Terminal, None, Need::Decision),
            (
                fixture::profile(),
                None,
                Need::FileSetting { file: "/root/.profile".into(), line: 9, variable: "A".into() },
            ),
            (fixture::go_env(), None, Need::GoSetting { key: "A".into(), value: None }),
            (root.clone(), Some("x"), Need::GoSetting { key: "A".into(), value: Some("x".into()) }),
            (root, None, Need::Decision),
        ] {
            let setting = Setting { value: "b".into(), origin };
            let verdict = at_fault(say(), &facts, "A", &setting, right);
            assert_eq!(verdict.needs, [need]);
            assert_eq!(verdict.place.variable.as_deref(), Some("A"));
        }
    }

    #[test]
    fn what_only_this_terminal_has_is_unset_in_one_line() {
        let mut facts = fixture::healthy();
        for name in ["A", "B"] {
            fixture::set(&mut facts, name, "x", Origin::Terminal);
        }
        let verdict = variable(Verdict::fail(text!("settings-at-terminal")), &facts, "A");
        let verdict = variable(verdict, &facts, "B");
        assert_eq!(verdict.needs, [Need::Decision]);
        assert_eq!(verdict.decision.and_then(|it| it.command).as_deref(), Some("unset A B"));
    }

    #[test]
    fn a_settings_file_of_gos_that_we_may_not_write_is_a_persons_too() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "CC", "x", fixture::go_env());
        let seen = fixture::file("/root/.config/go/env", "CC=x\n", false);
        let seen = crate::facts::settings::FileSeen { dialect: crate::shell::Dialect::GoEnv, ..seen };
        facts.here.files = [("/root/.config/go/env".into(), seen)].into();
        let verdict = variable(Verdict::fail(text!("settings-at-terminal")), &facts, "CC");
        let said = verdict.decision.and_then(|it| it.command);
        assert_eq!(said.as_deref(), Some("sed -i '1s/^/# /' /root/.config/go/env"));
    }

    #[test]
    fn a_carriage_return_in_a_value_is_the_files() {
        let mut facts = fixture::healthy();
        for (text, value, need) in [
            ("A=x\r\n", "x\r", Need::LineEnds("/root/.profile".into())),
            (
                "A=x\n",
                "x\r",
                Need::FileSetting { file: "/root/.profile".into(), line: 9, variable: "A".into() },
            ),
            (
                "A=x\r\n",
                "x",
                Need::FileSetting { file: "/root/.profile".into(), line: 9, variable: "A".into() },
            ),
        ] {
            fixture::set(&mut facts, "A", value, fixture::profile());
            let text = format!("\n\n\n\n\n\n\n\n{text}");
            facts.here.files =
                [("/root/.profile".into(), fixture::file("/root/.profile", &text, true))].into();
            let verdict = variable(Verdict::fail(text!("settings-at-terminal")), &facts, "A");
            assert_eq!(verdict.needs, [need], "{text:?} {value:?}");
        }
    }

    #[test]
    fn a_line_that_we_may_not_write_is_a_persons_with_the_exact_edit() {
        let mut facts = fixture::healthy();
        facts.host.rights = Rights::None;
        for name in ["A", "B"] {
            fixture::set(&mut facts, name, "x", fixture::profile());
        }
        for (text, writable, command) in [
            ("\n\n\n\n\n\n\n\nexport A=x B=x\n", true, None),
            ("\n\n\n\n\n\n\n\nexport A=x B=x\n", false, Some("sudo sed -i '9s/^/# /' /root/.profile")),
            (
                "\n\n\n\n\n\n\n\nexport A=x B=x C=y\n",
                false,
                Some("sudo sed -i '9s|.*|export C=y|' /root/.profile"),
            ),
        ] {
            let seen = fixture::file("/root/.profile", text, writable);
            facts.here.files = [("/root/.profile".into(), seen)].into();
            let verdict = Verdict::fail(text!("settings-at-terminal"));
            let verdict = variable(variable(verdict, &facts, "A"), &facts, "B");
            let said = verdict.decision.as_ref().and_then(|it| it.command.as_deref());
            assert_eq!((said, verdict.needs.contains(&Need::Decision)), (command, command.is_some()));
            assert_eq!(verdict.needs.iter().filter(|it| **it != Need::Decision).count(), 2);
        }
    }
}
