//! The variables of a Windows login, from both hives of the registry: what they assign, and the environment that comes of
//! them. Pure. Windows expands each value once, against what is set by then, so that no cycle lasts; a value that grows
//! beyond what a variable can hold stays as it is written.

use std::collections::BTreeMap;

use super::origins::Assigned;
use super::settings::Origin;
use crate::path_style::PathStyle;
use crate::registry::edit::{LONGEST, units};
use crate::registry::{RegistryEntries, RegistryKey, RegistryKind, RegistryValue};
use crate::shell::Piece;

/// What is the user's own, whatever the hive of the machine says: that one names the system's account.
const OWN: [&str; 7] =
    ["USERNAME", "USERDOMAIN", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "HOMEDRIVE", "HOMEPATH"];

/// What a key assigns, in the order in which Windows takes it: plain texts, then those that are expanded. The user's PATH
/// comes after that of the machine.
pub fn assigned(key: &RegistryKey, entries: &RegistryEntries) -> Vec<Assigned> {
    let appends = key.is(&RegistryKey::user_environment());
    let assigned = |(name, value): (&String, &RegistryValue)| {
        let variable = PathStyle::Windows.variable(name);
        let mut pieces = pieces(value)?;
        if appends && variable == "PATH" {
            pieces.splice(0..0, [Piece::Var("PATH".into()), Piece::Text(";".into())]);
        }
        let origin = Origin::Registry { key: key.clone(), name: name.clone() };
        Some(Assigned { name: variable, value: pieces, exported: true, origin })
    };
    ordered(entries).filter_map(assigned).collect()
}

fn ordered(entries: &RegistryEntries) -> impl Iterator<Item = (&String, &RegistryValue)> {
    let of = |kind: RegistryKind| entries.values.iter().filter(move |it| it.1.kind == kind);
    of(RegistryKind::Sz).chain(of(RegistryKind::ExpandSz))
}

/// A value in pieces; nothing for one that is no text.
fn pieces(value: &RegistryValue) -> Option<Vec<Piece>> {
    let text = value.text()?;
    Some(if value.kind == RegistryKind::ExpandSz { percents(&text) } else { vec![Piece::Text(text)] })
}

/// A text with `%VAR%` in it, in pieces.
pub fn percents(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, named)) = rest.split_once('%') {
        let Some((name, after)) = named.split_once('%').filter(|it| !it.0.is_empty()) else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Var(PathStyle::Windows.variable(name)));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// The environment of the next login: `base` is what Windows sets by itself.
pub fn login(
    base: &BTreeMap<String, String>,
    machine: &RegistryEntries,
    user: &RegistryEntries,
) -> BTreeMap<String, String> {
    let mut env = base.clone();
    for (entries, of_user) in [(machine, false), (user, true)] {
        for (name, value) in ordered(entries) {
            let Some(text) = value.text() else { continue };
            let expands = value.kind == RegistryKind::ExpandSz;
            let mut value = if expands { expanded(&text, &env) } else { text };
            let name = PathStyle::Windows.variable(name);
            if of_user && name == "PATH" {
                let before = env.get("PATH").map(|it| it.trim_end_matches(';')).unwrap_or_default();
                value =
                    [before, &value].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(";");
            }
            env.insert(name, value);
        }
        for own in OWN {
            if let Some(value) = base.get(own) {
                env.insert(own.to_owned(), value.clone());
            }
        }
    }
    env
}

/// A text with its `%VAR%` replaced, once. What nobody has set stays as it is written.
fn expanded(text: &str, env: &BTreeMap<String, String>) -> String {
    let known = |it: &Piece| match it {
        Piece::Text(text) => text.clone(),
        Piece::Var(name) => env.get(name).cloned().unwrap_or_else(|| format!("%{name}%")),
        Piece::Any => String::new(),
    };
    let whole: String = percents(text).iter().map(known).collect();
    if units(&whole) > LONGEST { text.to_owned() } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(values: &[(&str, RegistryValue)]) -> RegistryEntries {
        let values = values.iter().map(|(name, it)| ((*name).to_owned(), it.clone())).collect();
        RegistryEntries { values, keys: vec![] }
    }

    fn base(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn a_login_has_both_paths_and_else_what_the_user_says() {
        let machine = entries(&[
            ("Path", RegistryValue::expand_sz(r"%SystemRoot%\system32;%NOBODY%\x;")),
            ("GOFLAGS", RegistryValue::sz("-mod=vendor")),
            ("CC", RegistryValue::sz("%SystemRoot%")),
            ("USERNAME", RegistryValue::sz("SYSTEM")),
            ("NUMBER", RegistryValue::dword(1)),
        ]);
        let user = entries(&[
            ("PATH", RegistryValue::expand_sz(r"%UserProfile%\go\bin")),
            ("GoFlags", RegistryValue::sz("")),
            ("TWICE", RegistryValue::expand_sz("%GOFLAGS%%CC%")),
        ]);
        let base =
            base(&[("SYSTEMROOT", r"C:\Windows"), ("USERPROFILE", r"C:\Users\Ann"), ("USERNAME", "Ann")]);
        let env = login(&base, &machine, &user);
        for (name, value) in [
            ("PATH", r"C:\Windows\system32;%NOBODY%\x;C:\Users\Ann\go\bin"),
            ("GOFLAGS", ""),
            ("CC", "%SystemRoot%"),
            ("USERNAME", "Ann"),
            ("TWICE", "%SystemRoot%"),
        ] {
            assert_eq!(env.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(!env.contains_key("NUMBER"));
    }

    #[test]
    fn a_cycle_and_a_bomb_of_values_end() {
        let twice = |name: &str| RegistryValue::expand_sz(&format!("%{name}%%{name}%"));
        let names: Vec<String> = (0..64).map(|it| format!("A{it:02}")).collect();
        let bomb = names.windows(2).map(|it| (it[1].as_str(), twice(&it[0])));
        let mut all: Vec<_> = bomb.collect();
        all.push(("A00", RegistryValue::sz("x")));
        all.push(("SELF", twice("SELF")));
        let env = login(&base(&[]), &entries(&all), &entries(&[]));
        assert!(env.values().all(|it| it.len() <= LONGEST), "bounded");
        assert_eq!(env["A03"], "x".repeat(8));
        assert_eq!(env["SELF"], "%SELF%%SELF%");
    }

    #[test]
    fn percent_signs_that_name_nothing_stay() {
        for (text, pieces) in [
            ("100%", vec![Piece::Text("100%".into())]),
            ("%%x", vec![Piece::Text("%%x".into())]),
            ("a%B%c", vec![Piece::Text("a".into()), Piece::Var("B".into()), Piece::Text("c".into())]),
            ("", vec![]),
        ] {
            assert_eq!(percents(text), pieces, "{text}");
        }
    }
}
