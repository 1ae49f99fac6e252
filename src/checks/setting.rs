//! What several checks say in the same way: where a variable is set, and what it holds. Not a check; what has to become of
//! one that is wrong says `blame`.

use crate::discreet;
use crate::facts::settings::{Origin, Setting};
use crate::path_style;
use crate::text::Text;

/// Where a value is set, in words: a file and its line, or this terminal alone.
pub(super) fn place(origin: &Origin) -> Text {
    match (origin.place(), origin.registry()) {
        (Some((file, line)), _) => text!("settings-at-file", file = file, line = line),
        (_, Some((key, name))) => text!("settings-at-registry", key = key.to_string(), name = name),
        (None, None) => text!("settings-at-terminal"),
    }
}

/// `NAME=value (file:line)`, without a password that a URL may carry.
pub(super) fn evidence(name: &str, setting: &Setting) -> String {
    let value = shown(name, setting);
    match (setting.origin.place(), setting.origin.registry()) {
        (Some((file, line)), _) => format!("{name}={value} ({}:{line})", path_style::shown(file)),
        (_, Some((key, at))) => format!("{name}={value} ({key}, {at})"),
        (None, None) => format!("{name}={value}"),
    }
}

/// What it is set to, without what is secret in it.
pub(super) fn shown(name: &str, setting: &Setting) -> String {
    discreet::value(name, &setting.value, discreet::MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_left_out() {
        for (value, want) in [
            ("https://u:p@proxy.example:8080/x,direct", "https://…@proxy.example:8080/x,direct"),
            ("https://a.example,https://u@b.example|direct", "https://a.example,https://…@b.example|direct"),
            ("off", "off"),
            ("http://", "http://"),
        ] {
            let setting = Setting { value: value.to_owned(), origin: Origin::Terminal };
            assert_eq!(shown("GOPROXY", &setting), want);
        }
    }
}
