//! Values of the Windows registry, as plain data: a key, its values with their types, bytes as Windows has them. Read and
//! written through the doors (`Look::registry`, `Disk::set_registry`); what they mean is told elsewhere.
//!
//! As text a key is `HKCU\Environment`; `HKLM32\…` is its 32-bit view. As JSON a value is `{"kind":"sz","text":"…"}`, and
//! hexadecimal `data` only where no text would give the same bytes again.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub mod edit;

/// A tree of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hive {
    /// `HKEY_CURRENT_USER`.
    CurrentUser,
    /// `HKEY_LOCAL_MACHINE`.
    LocalMachine,
}

/// A key: a directory of values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegistryKey {
    /// The tree.
    pub hive: Hive,
    /// Its path there, with `\`: `Software\Microsoft\Command Processor`.
    pub path: String,
    /// The view of 32-bit programs (`WOW6432Node`).
    pub view32: bool,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryKind {
    /// `REG_SZ`, a text.
    Sz,
    /// `REG_EXPAND_SZ`, a text whose `%VAR%` Windows replaces.
    ExpandSz,
    /// `REG_MULTI_SZ`, texts.
    MultiSz,
    /// `REG_DWORD`.
    Dword,
    /// Any other, by its number.
    Other(u32),
}

/// A value: its type and its bytes, texts as UTF-16 with whatever ends them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Form", into = "Form")]
pub struct RegistryValue {
    /// Its type.
    pub kind: RegistryKind,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// What a key holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryEntries {
    /// Its values by name; the default value has the empty one.
    pub values: BTreeMap<String, RegistryValue>,
    /// The names of the keys below it, sorted.
    #[serde(default)]
    pub keys: Vec<String>,
}

impl RegistryEntries {
    /// The value of this name, whatever its letters' case, with the name as it is written.
    pub fn named(&self, name: &str) -> Option<(&String, &RegistryValue)> {
        self.values.iter().find(|it| it.0.eq_ignore_ascii_case(name))
    }
}

impl RegistryKey {
    /// The variables of this user.
    pub fn user_environment() -> Self {
        Self::current_user("Environment")
    }

    /// The variables of all users.
    pub fn machine_environment() -> Self {
        Self::local_machine(r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment")
    }

    /// A key of this user's.
    pub fn current_user(path: &str) -> Self {
        Self { hive: Hive::CurrentUser, path: path.to_owned(), view32: false }
    }

    /// A key of the machine's.
    pub fn local_machine(path: &str) -> Self {
        Self { hive: Hive::LocalMachine, path: path.to_owned(), view32: false }
    }

    /// The same key in the view of 32-bit programs.
    #[must_use]
    pub fn in_view32(self) -> Self {
        Self { view32: true, ..self }
    }

    /// Whether both are one key: Windows tells no case apart.
    pub fn is(&self, other: &Self) -> bool {
        (self.hive, self.view32) == (other.hive, other.view32)
            && self.path.to_lowercase() == other.path.to_lowercase()
    }
}

impl fmt::Display for RegistryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hive = match self.hive {
            Hive::CurrentUser => "HKCU",
            Hive::LocalMachine => "HKLM",
        };
        let view = if self.view32 { "32" } else { "" };
        write!(f, "{hive}{view}\\{}", self.path)
    }
}

impl FromStr for RegistryKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (hive, path) = text.split_once('\\').ok_or_else(|| format!("{text}: no registry key"))?;
        let (hive, view32) = match hive {
            "HKCU" => (Hive::CurrentUser, false),
            "HKCU32" => (Hive::CurrentUser, true),
            "HKLM" => (Hive::LocalMachine, false),
            "HKLM32" => (Hive::LocalMachine, true),
            _ => return Err(format!("{text}: no registry key")),
        };
        Ok(Self { hive, path: path.to_owned(), view32 })
    }
}

impl TryFrom<String> for RegistryKey {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<RegistryKey> for String {
    fn from(key: RegistryKey) -> Self {
        key.to_string()
    }
}

impl RegistryKind {
    /// Whether its value is one text.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Sz | Self::ExpandSz)
    }
}

impl RegistryValue {
    /// A text that stays as it is.
    pub fn sz(text: &str) -> Self {
        Self::of_text(RegistryKind::Sz, text)
    }

    /// A text whose `%VAR%` are replaced.
    pub fn expand_sz(text: &str) -> Self {
        Self::of_text(RegistryKind::ExpandSz, text)
    }

    /// A number.
    pub fn dword(number: u32) -> Self {
        Self { kind: RegistryKind::Dword, data: number.to_le_bytes().to_vec() }
    }

    /// A text of this type, ended by one NUL as Windows writes it.
    pub fn of_text(kind: RegistryKind, text: &str) -> Self {
        Self { kind, data: wide(&[text, "\0"].concat()) }
    }

    /// The text, where it is one: up to the first NUL, as Windows reads it.
    pub fn text(&self) -> Option<String> {
        let whole = || narrow(&self.data);
        self.kind.is_text().then(|| whole().split('\0').next().unwrap_or_default().to_owned())
    }

    /// The texts of a `REG_MULTI_SZ`.
    pub fn texts(&self) -> Option<Vec<String>> {
        let all = || narrow(&self.data);
        let each = |it: &String| it.split('\0').filter(|it| !it.is_empty()).map(str::to_owned).collect();
        (self.kind == RegistryKind::MultiSz).then(|| each(&all()))
    }

    /// The number of a `REG_DWORD`.
    pub fn number(&self) -> Option<u32> {
        let bytes: [u8; 4] = self.data.as_slice().try_into().ok()?;
        (self.kind == RegistryKind::Dword).then(|| u32::from_le_bytes(bytes))
    }
}

/// UTF-16, little end first.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The text of it, whatever its bytes.
fn narrow(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// A value as JSON: the first of these that gives the same bytes again.
#[derive(Clone, Serialize, Deserialize)]
struct Form {
    kind: RegistryKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    texts: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
}

impl From<RegistryValue> for Form {
    fn from(it: RegistryValue) -> Self {
        let form = |text, texts, number, data| Self { kind: it.kind, text, texts, number, data };
        let plain = form(it.text(), it.texts(), it.number(), None);
        let same = RegistryValue::try_from(plain.clone()).is_ok_and(|again| again == it);
        let hex = || it.data.iter().map(|byte| format!("{byte:02x}")).collect();
        if same { plain } else { form(None, None, None, Some(hex())) }
    }
}

impl TryFrom<Form> for RegistryValue {
    type Error = String;

    fn try_from(form: Form) -> Result<Self, String> {
        let kind = form.kind;
        match (kind, form.text, form.texts, form.number, form.data) {
            (RegistryKind::Sz | RegistryKind::ExpandSz, Some(text), None, None, None) => {
                Ok(Self::of_text(kind, &text))
            }
            (RegistryKind::MultiSz, None, Some(texts), None, None) => {
                let all: String = texts.iter().map(|it| format!("{it}\0")).collect();
                Ok(Self { kind, data: wide(&format!("{all}\0")) })
            }
            (RegistryKind::Dword, None, None, Some(number), None) => Ok(Self::dword(number)),
            (_, None, None, None, Some(hex)) => bytes(&hex).map(|data| Self { kind, data }),
            _ => Err(format!("a value of type {kind:?} without what it holds")),
        }
    }
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let pairs = hex.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let digits = std::str::from_utf8(pair).ok().filter(|it| it.len() == 2)?;
        let all = digits.bytes().all(|it| it.is_ascii_hexdigit());
        u8::from_str_radix(digits, 16).ok().filter(|_| all)
    };
    pairs.map(|it| byte(it).ok_or_else(|| format!("{hex}: no bytes"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_readable_as_json_and_comes_back_byte_for_byte() {
        let bare = RegistryValue { kind: RegistryKind::Sz, data: wide("no end") };
        let lone = RegistryValue { kind: RegistryKind::ExpandSz, data: vec![0x00, 0xd8, 0, 0] };
        let odd = RegistryValue { kind: RegistryKind::Sz, data: vec![0x41] };
        let texts = RegistryValue { kind: RegistryKind::MultiSz, data: wide("a\0b\0\0") };
        let rows = [
            (RegistryValue::sz(r"C:\Go 中文"), r#"{"kind":"sz","text":"C:\\Go 中文"}"#),
            (RegistryValue::expand_sz("%USERPROFILE%"), r#"{"kind":"expand_sz","text":"%USERPROFILE%"}"#),
            (RegistryValue::sz(""), r#"{"kind":"sz","text":""}"#),
            (RegistryValue::dword(7), r#"{"kind":"dword","number":7}"#),
            (texts, r#"{"kind":"multi_sz","texts":["a","b"]}"#),
            (bare, r#"{"kind":"sz","data":"6e006f00200065006e006400"}"#),
            (lone, r#"{"kind":"expand_sz","data":"00d80000"}"#),
            (odd, r#"{"kind":"sz","data":"41"}"#),
            (
                RegistryValue { kind: RegistryKind::Other(3), data: vec![1, 255] },
                r#"{"kind":{"other":3},"data":"01ff"}"#,
            ),
            (RegistryValue { kind: RegistryKind::Dword, data: vec![1] }, r#"{"kind":"dword","data":"01"}"#),
        ];
        for (value, json) in rows {
            assert_eq!(serde_json::to_string(&value).expect("plain data"), json);
            assert_eq!(serde_json::from_str::<RegistryValue>(json).expect(json), value);
        }
        for wrong in [
            r#"{"kind":"sz"}"#,
            r#"{"kind":"sz","text":"a","data":"41"}"#,
            r#"{"kind":"dword","text":"a"}"#,
            r#"{"kind":"sz","data":"4"}"#,
            r#"{"kind":"sz","data":"+1"}"#,
        ] {
            assert!(serde_json::from_str::<RegistryValue>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_text_ends_at_its_first_nul_and_only_a_text_has_one() {
        let long = RegistryValue { kind: RegistryKind::Sz, data: wide("a\0b\0") };
        assert_eq!(long.text().as_deref(), Some("a"));
        assert_eq!(RegistryValue::sz("").text().as_deref(), Some(""));
        assert_eq!(RegistryValue::dword(1).text(), None);
        assert_eq!(RegistryValue { kind: RegistryKind::Sz, data: Vec::new() }.text().as_deref(), Some(""));
    }

    #[test]
    fn a_key_is_named_as_people_name_it() {
        let rows = [
            (RegistryKey::user_environment(), r"HKCU\Environment"),
            (RegistryKey::local_machine(r"SOFTWARE\MSYS2").in_view32(), r"HKLM32\SOFTWARE\MSYS2"),
        ];
        for (key, text) in rows {
            assert_eq!(key.to_string(), text);
            assert_eq!(text.parse::<RegistryKey>(), Ok(key));
        }
        assert!(RegistryKey::user_environment().is(&RegistryKey::current_user("ENVIRONMENT")));
        assert!(!RegistryKey::user_environment().is(&RegistryKey::local_machine("Environment")));
        for wrong in ["", "Environment", r"HKCR\x", r"hkcu\x"] {
            assert!(wrong.parse::<RegistryKey>().is_err(), "{wrong}");
        }
    }
}
