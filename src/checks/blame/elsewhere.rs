//! A variable at fault that no file sets: only this terminal has it, or the registry of Windows.

use crate::checks::Verdict;
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::registry::RegistryKey;

/// Nothing but this terminal has it: all such variables of a verdict are one line to type.
pub(super) fn here(verdict: Verdict, style: PathStyle, name: &str) -> Verdict {
    let (front, mark, each) = match style {
        PathStyle::Unix => ("unset ", " ", ""),
        PathStyle::Windows => ("Remove-Item ", ", ", "Env:"),
    };
    let command = verdict.decision.as_ref().and_then(|it| it.command.as_deref());
    let others = command.and_then(|it| it.strip_prefix(front)).unwrap_or_default();
    let others = others.split(mark).filter_map(|it| it.strip_prefix(each)).filter(|it| !it.is_empty());
    let names: Vec<&str> = others.chain([name]).collect();
    let text = text!("system-blame-terminal", variable = names.join(", "));
    let typed: Vec<String> = names.iter().map(|it| format!("{each}{it}")).collect();
    let command = format!("{front}{}", typed.join(mark));
    verdict.decide(text, Some(command))
}

/// A value of the registry at fault. One of the user's own variables we take away; PATH is a list of which only a person
/// knows what goes; what belongs to the machine, or to cmd, is a person's.
pub(super) fn registry(verdict: Verdict, key: &RegistryKey, at: &str, name: &str) -> Verdict {
    let owner = if key.is(&RegistryKey::user_environment()) { "User" } else { "Machine" };
    if owner == "User" && name != "PATH" {
        return verdict.need(Need::RegistrySetting { key: key.clone(), name: at.to_owned() });
    }
    let text = text!("system-blame-registry", variable = name, key = key.to_string(), name = at);
    let variable = key.is(&RegistryKey::machine_environment()) && name != "PATH";
    let typed = at.replace('\'', "''");
    let command = format!("[Environment]::SetEnvironmentVariable('{typed}', $null, '{owner}')");
    verdict.decide(text, variable.then_some(command))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{blame, fixture};
    use crate::facts::settings::{Origin, Setting};

    #[test]
    fn a_value_of_the_registry_is_named_by_its_key_and_goes_only_where_it_is_the_users() {
        let users = RegistryKey::user_environment();
        let auto_run = RegistryKey::current_user(r"Software\Microsoft\Command Processor");
        let machine = "[Environment]::SetEnvironmentVariable('GoFlags', $null, 'Machine')";
        let rows = [
            (&users, "GOFLAGS", "GoFlags", true, None),
            (&users, "PATH", "Path", false, None),
            (&RegistryKey::machine_environment(), "GOFLAGS", "GoFlags", false, Some(machine)),
            (&auto_run, "GOFLAGS", "AutoRun", false, None),
        ];
        for (key, variable, at, ours, command) in rows {
            let mut facts = fixture::healthy();
            facts.here.style = PathStyle::Windows;
            let origin = Origin::Registry { key: key.clone(), name: at.into() };
            facts.here.variables.insert(variable.into(), Setting { value: "-mod=x".into(), origin });
            let verdict = blame::variable(Verdict::fail(text!("apply-interrupted")), &facts, variable);
            let place = &verdict.place;
            assert_eq!(place.file, Some(key.to_string()));
            assert_eq!((place.line, place.variable.as_deref()), (None, Some(variable)));
            assert_eq!(verdict.evidence, [format!("{variable}=-mod=x ({key}, {at})")]);
            let need = Need::RegistrySetting { key: key.clone(), name: at.into() };
            assert_eq!(verdict.needs == [need], ours, "{key} {:?}", verdict.needs);
            assert_eq!(verdict.decision.as_ref().and_then(|it| it.command.as_deref()), command, "{key}");
            assert_eq!(verdict.decision.is_none(), ours);
            let words = blame::setting(&facts, variable).to_string();
            assert!(words.contains(&key.to_string()) && words.contains(at), "{words}");
        }
    }

    #[test]
    fn what_only_a_terminal_of_windows_has_is_taken_out_in_the_words_of_powershell() {
        let one = here(Verdict::fail(text!("apply-interrupted")), PathStyle::Windows, "GOFLAGS");
        let two = here(one, PathStyle::Windows, "CC").decision.and_then(|it| it.command);
        assert_eq!(two.as_deref(), Some("Remove-Item Env:GOFLAGS, Env:CC"));
    }
}
