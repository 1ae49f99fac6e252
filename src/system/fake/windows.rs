//! What a machine in memory has if it is one of Windows: its variables, and a registry.

use std::collections::BTreeSet;
use std::path::Path;

use super::Machine;
use crate::fact::{Fact, Why};
use crate::system::{Identity, RegistryEntries, RegistryKey, RegistryValue};

impl Machine {
    /// A Windows machine of Ann's with nothing on it.
    pub fn windows() -> Self {
        let identity = Identity {
            os: "windows".into(),
            arch: "x86_64".into(),
            kernel: "10.0.22631".into(),
            cwd: "C:/Users/Ann".into(),
            cpus: 2,
            ..Identity::default()
        };
        let env = [
            ("APPDATA", r"C:\Users\Ann\AppData\Roaming"),
            ("LOCALAPPDATA", r"C:\Users\Ann\AppData\Local"),
            ("PATH", r"C:\Windows\system32;C:\Windows"),
            ("PATHEXT", ".COM;.EXE;.BAT;.CMD"),
            ("PROGRAMFILES", r"C:\Program Files"),
            ("SYSTEMROOT", r"C:\Windows"),
            ("USERNAME", "Ann"),
            ("USERPROFILE", r"C:\Users\Ann"),
        ];
        let env = env.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        Self { identity, env, ..Self::default() }
    }

    /// With a value of the registry: `HKCU\Environment`, `Path`, ….
    #[must_use]
    pub fn in_registry(mut self, key: &str, name: &str, value: RegistryValue) -> Self {
        let key: RegistryKey = key.parse().expect("a key of the registry");
        self.set_registry(&key, name, Some(value));
        self
    }

    /// Sets a value, or takes it away, whatever the case of its name.
    pub(super) fn set_registry(&mut self, key: &RegistryKey, name: &str, value: Option<RegistryValue>) {
        let there = self.registry.keys().find(|it| it.is(key)).cloned();
        let values = self.registry.entry(there.unwrap_or_else(|| key.clone())).or_default();
        let same = values.keys().find(|it| it.eq_ignore_ascii_case(name)).cloned();
        let name = same.unwrap_or_else(|| name.to_owned());
        match value {
            Some(value) => _ = values.insert(name, value),
            None => _ = values.remove(&name),
        }
    }

    pub(super) fn registry_at(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        if self.may_not(Path::new(&key.to_string())) {
            return Fact::Unknown(Why::System("access is denied".into()));
        }
        let below = format!("{}\\", key.path.to_lowercase());
        let inside = self.registry.keys().filter(|it| (it.hive, it.view32) == (key.hive, key.view32));
        let names = inside.filter(|it| it.path.to_lowercase().starts_with(&below));
        let names = names.filter_map(|it| it.path.get(below.len()..)?.split('\\').next().map(str::to_owned));
        let keys: BTreeSet<String> = names.collect();
        let values = self.registry.iter().find(|(it, _)| it.is(key)).map(|it| it.1.clone());
        if values.is_none() && keys.is_empty() {
            return Fact::Absent;
        }
        Fact::Here(RegistryEntries { values: values.unwrap_or_default(), keys: keys.into_iter().collect() })
    }
}
