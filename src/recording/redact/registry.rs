//! Windows' registry, as a recording holds it: of variables those that checks read, of everything else no person and no
//! secret, and no bytes that nobody reads.

use super::names::is_known;
use super::{REDACTED, Redactor, discreet};
use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::registry::{RegistryEntries, RegistryKey, RegistryKind, RegistryValue};

impl Redactor {
    /// A key: its path may name a person.
    pub(super) fn registry_key(&self, key: &RegistryKey) -> RegistryKey {
        RegistryKey { path: self.text(&key.path), ..key.clone() }
    }

    /// What it holds.
    pub(super) fn registry(&self, key: &RegistryKey, entries: RegistryEntries) -> RegistryEntries {
        let variables = [RegistryKey::user_environment(), RegistryKey::machine_environment()];
        let variables = variables.iter().any(|it| it.is(key));
        let kept = |name: &String| !variables || is_known(&PathStyle::Windows.variable(name));
        let values = entries.values.into_iter().filter(|(name, _)| kept(name));
        let values = values.map(|(name, value)| (self.text(&name), self.registry_value(&name, value)));
        let keys = entries.keys.iter().map(|it| self.text(it)).collect();
        RegistryEntries { values: values.into_map(), keys }
    }

    fn registry_value(&self, name: &str, value: RegistryValue) -> RegistryValue {
        let clean = |text: &str| self.text(&discreet::value(name, text, REDACTED));
        match (value.text(), value.texts(), value.kind) {
            (Some(text), _, kind) => {
                let told = clean(&text);
                // Untouched where nothing was to be taken out, so that what ends it stays.
                let plain = RegistryValue::of_text(kind, &text) == value;
                if plain && told == text { value } else { RegistryValue::of_text(kind, &told) }
            }
            (_, Some(texts), kind) => {
                let all: String = texts.iter().map(|it| format!("{}\0", clean(it))).collect();
                RegistryValue { data: RegistryValue::of_text(kind, &all).data, kind }
            }
            (.., RegistryKind::Dword) => value,
            (.., kind) => RegistryValue { kind, data: Vec::new() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::recording::{Recorder, Recording};
    use crate::system::Look;
    use crate::system::fake::Machine;

    fn ann() -> Machine {
        let bytes = RegistryValue { kind: RegistryKind::Other(3), data: b"A\0n\0n\0".to_vec() };
        let slack = RegistryValue { kind: RegistryKind::Sz, data: b"x\0\0\0A\0n\0n\0".to_vec() };
        Machine::windows()
            .var("COMPUTERNAME", "WONDERLAND")
            .var("NPM_TOKEN", "npm_123456789")
            .in_registry(r"HKCU\Environment", "Path", RegistryValue::expand_sz(r"C:\Users\Ann\go\bin;%X%"))
            .in_registry(r"HKCU\Environment", "NPM_TOKEN", RegistryValue::sz("npm_123456789"))
            .in_registry(r"HKCU\Environment", "EDITOR", RegistryValue::sz("code"))
            .in_registry(
                r"HKCU\Environment",
                "GOPROXY",
                RegistryValue::sz("https://bob:hunter2@proxy.corp.test"),
            )
            .in_registry(r"HKCU\Software\Ann", "where", RegistryValue::sz("C:/users/ann on WONDERLAND"))
            .in_registry(r"HKCU\Software\Ann", "bytes", bytes)
            .in_registry(r"HKCU\Software\Ann", "slack", slack)
            .in_registry(r"HKCU\Software\Ann", "on", RegistryValue::dword(1))
            .in_registry(r"HKCU\Software\Ann\Below", "x", RegistryValue::sz("npm_123456789"))
    }

    fn recorded(machine: &Machine) -> Recording {
        let recorder = Recorder::new(machine);
        for key in [r"HKCU\Environment", r"HKCU\Software\Ann", r"HKCU\Software\Ann\Below", r"HKLM\Absent"] {
            let _ = recorder.registry(&key.parse().expect("a key"));
        }
        recorder.finish()
    }

    #[test]
    fn nothing_of_the_person_is_left_in_a_registry() {
        let recording = recorded(&ann());
        let all: String =
            recording.files().iter().map(|(_, it)| String::from_utf8_lossy(it).into_owned()).collect();
        for word in ["Ann", "ann", "WONDERLAND", "npm_1", "hunter2", "bob", "code", "EDITOR"] {
            assert!(!all.contains(word), "{word} is left in {all}");
        }
        assert!(all.contains(r#""HKCU\\Environment""#), "{all}");
        assert!(all.contains(r#""text": "C:\\Users\\user\\go\\bin;%X%""#), "{all}");
        let key = RegistryKey::current_user(r"Software\user");
        let told = recording.registry[&key].here().expect("recorded");
        assert_eq!(told.values["on"].number(), Some(1));
        assert_eq!(told.values["bytes"].data, [0_u8; 0]);
        assert_eq!(told.values["slack"], RegistryValue::sz("x"));
        assert_eq!(told.keys, ["Below"]);
        assert_eq!(recording.registry[&RegistryKey::local_machine("Absent")], Fact::Absent);
        let again = Redactor::of(&recording, &Machine::windows()).recording(recording.clone());
        assert_eq!(again, recording, "redacting twice is redacting once");
    }

    #[test]
    fn a_replay_answers_for_the_keys_that_were_asked() {
        let machine =
            Machine::windows().in_registry(r"HKCU\Environment", "Path", RegistryValue::expand_sz("%X%"));
        let recording = recorded(&machine);
        let files: std::collections::BTreeMap<_, _> = recording.files().into_iter().collect();
        let loaded = Recording::load(|name| Fact::Here(files[name].clone())).expect("what was written reads");
        let replay = crate::recording::replay::Replay::new(loaded);
        let key = RegistryKey::current_user("environment");
        assert_eq!(replay.registry(&key), machine.registry(&key));
        assert!(replay.registry(&key).is_here());
        assert!(replay.registry(&RegistryKey::local_machine("Absent")).is_absent());
        let never = replay.registry(&RegistryKey::local_machine("Never"));
        assert_eq!(never, Fact::Unknown(text!("why-not-recorded").into()));
    }
}
