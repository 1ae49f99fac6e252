//! What several checks say in the same way: where a variable is set, and what has to become of one that is wrong.
//! Not a check.

use super::Verdict;
use crate::facts::settings::{Origin, Setting};
use crate::need::Need;
use crate::text::Text;

/// Where a value is set, in words: a file and its line, or this terminal alone.
pub(super) fn place(origin: &Origin) -> Text {
    match origin.place() {
        Some((file, line)) => text!("settings-at-file", file = file, line = line),
        None => text!("settings-at-terminal"),
    }
}

/// A verdict on a variable that has to go from where it is set. `right` is the value that a Go's own defaults should
/// have where they are at fault.
pub(super) fn at_fault(verdict: Verdict, name: &str, setting: &Setting, right: Option<&str>) -> Verdict {
    let first = verdict.place.variable.is_none();
    let verdict = if first { verdict.variable(name, &setting.origin) } else { verdict };
    let verdict = verdict.evidence(evidence(name, setting));
    match &setting.origin {
        Origin::Terminal => {
            verdict.decide(text!("settings-unset-here", name = name), Some(format!("unset {name}")))
        }
        Origin::File { path, line } => {
            verdict.need(Need::FileSetting { file: path.clone(), line: *line, variable: name.to_owned() })
        }
        Origin::GoEnv { .. } => verdict.need(Need::GoSetting { key: name.to_owned(), value: None }),
        Origin::GoRoot { .. } => match right {
            Some(right) => {
                verdict.need(Need::GoSetting { key: name.to_owned(), value: Some(right.to_owned()) })
            }
            None => verdict.decide(text!("settings-go-default", name = name), None),
        },
    }
}

/// `NAME=value (file:line)`, without a password that a URL may carry.
pub(super) fn evidence(name: &str, setting: &Setting) -> String {
    let value = without_password(&setting.value);
    match setting.origin.place() {
        Some((file, line)) => format!("{name}={value} ({}:{line})", file.display()),
        None => format!("{name}={value}"),
    }
}

/// `scheme://user:secret@host` becomes `scheme://…@host`.
pub(super) fn without_password(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("://") {
        let (front, after) = rest.split_at(at + 3);
        out.push_str(front);
        let end = after.find(['/', ',', '|', ' ']).unwrap_or(after.len());
        let host = after[..end].rfind('@').map_or(0, |it| {
            out.push('…');
            it
        });
        out.push_str(&after[host..end]);
        rest = &after[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn what_has_to_happen_follows_from_where_it_is_set() {
        let say = || Verdict::fail(text!("settings-at-terminal"));
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
            let verdict = at_fault(say(), "A", &setting, right);
            assert_eq!(verdict.needs, [need]);
            assert_eq!(verdict.place.variable.as_deref(), Some("A"));
        }
    }

    #[test]
    fn passwords_are_left_out() {
        for (value, want) in [
            ("https://u:p@proxy.example:8080/x,direct", "https://…@proxy.example:8080/x,direct"),
            ("https://a.example,https://u@b.example|direct", "https://a.example,https://…@b.example|direct"),
            ("off", "off"),
            ("http://", "http://"),
        ] {
            assert_eq!(without_password(value), want);
        }
    }
}
