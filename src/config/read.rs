//! From a text to what it sets, strictly: one fault, and nothing of it is obeyed.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Config, KEYS, Key, Kind, NAME, Set};
use crate::data;
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::near::near;
use crate::text::Text;

/// The most that a file may have, in bytes. Ours has some 3000.
const LIMIT: usize = 256 * 1024;

/// Reads one; `file` is for messages.
///
/// # Errors
/// A code of the family `config`, with file and line, and what may stand there.
pub fn read(bytes: &[u8], file: &Path) -> Result<Config, Failure> {
    let text = std::str::from_utf8(bytes).ok().filter(|it| it.len() <= LIMIT && !it.contains('\0'));
    let text = text.ok_or_else(|| unread(file, &text!("config-no-text")))?;
    // What some editors of Windows put in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source { text, file };
    let tree = DeTable::parse(text).map_err(|error| {
        let why = error.message().lines().next().unwrap_or_default();
        let message = text!("config-syntax", file = NAME, why = why);
        let line = error.span().map(|it| source.line(it.start));
        Failure::new(Code::ConfigSyntax, message).hint(text!("config-syntax-hint")).at(file, line)
    })?;
    let all = tree.get_ref().iter().map(|(name, value)| source.set(name, value));
    let mut config = Config { set: all.collect::<Result<_, _>>()? };
    config.set.order_by_key(|it| it.line);
    Ok(config)
}

/// A file that cannot be read.
pub fn unread(file: &Path, why: &Text) -> Failure {
    let message = text!("config-unread", file = NAME, why = why);
    Failure::new(Code::ConfigUnread, message).hint(text!("config-unread-hint")).at(file, None)
}

struct Source<'t> {
    text: &'t str,
    file: &'t Path,
}

impl Source<'_> {
    fn line(&self, offset: usize) -> u32 {
        data::line_at(self.text, offset)
    }

    fn set(&self, name: &Spanned<impl AsRef<str>>, value: &Spanned<DeValue<'_>>) -> Result<Set, Failure> {
        let line = self.line(name.span().start);
        let word = name.get_ref().as_ref();
        let Some(key) = KEYS.iter().find(|it| it.name == word) else {
            return Err(unknown(word).at(self.file, Some(line)));
        };
        match values(key.kind, value.get_ref()) {
            Some(values) => Ok(Set { key, values, line }),
            None => Err(wrong(key).at(self.file, Some(line))),
        }
    }
}

/// A key that there is none of.
fn unknown(word: &str) -> Failure {
    let names = || KEYS.iter().map(|it| it.name);
    let hint = match near(&word.to_lowercase().replace('_', "-"), names()).first() {
        Some(near) => text!("usage-did-you-mean", near = *near),
        None => text!("config-keys", keys = names().collect::<Vec<_>>().join(", ")),
    };
    Failure::new(Code::ConfigKey, text!("config-unknown-key", key = word, file = NAME)).hint(hint)
}

/// A value of another kind than its key has.
fn wrong(key: &Key) -> Failure {
    let hint = match key.kind {
        Kind::Flag => text!("config-kind-flag"),
        Kind::Word | Kind::Number | Kind::List => text!("config-kind", key = key.name, example = key.example),
    };
    Failure::new(Code::ConfigValue, text!("config-wrong-kind", key = key.name)).hint(hint)
}

/// A value as the flag takes it; nothing where it is of another kind.
fn values(kind: Kind, value: &DeValue<'_>) -> Option<Vec<String>> {
    match (kind, value) {
        (Kind::Flag, DeValue::Boolean(it)) => Some(vec![it.to_string()]),
        (Kind::Word | Kind::List, DeValue::String(it)) => Some(vec![it.to_string()]),
        (Kind::Number, DeValue::Integer(it)) => {
            Some(vec![i64::from_str_radix(it.as_str(), it.radix()).ok()?.to_string()])
        }
        (Kind::List, DeValue::Array(all)) => {
            all.iter().map(|it| it.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Result<Config, Failure> {
        read(text.as_bytes(), Path::new("/c/config.toml"))
    }

    #[test]
    fn each_key_takes_its_example_and_says_which_line_sets_it() {
        for (index, key) in KEYS.iter().enumerate() {
            let text = format!("# mine\n{}{} = {}\n", "\n".repeat(index), key.name, key.example);
            let config = said(&text).unwrap_or_else(|it| panic!("{text}: {it}"));
            let set = config.get(key.name).expect("set");
            assert_eq!(set.line as usize, index + 2);
            assert!(key.example.contains(&set.values[0]), "{set:?}");
        }
        assert_eq!(said("").expect("nothing is set"), Config::default());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_what_may_stand_there() {
        for (text, code, line, hint) in [
            ("\ngo_mirror = \"x\"", Code::ConfigKey, 2, "usage-did-you-mean near=go-mirror"),
            ("ofline = true", Code::ConfigKey, 1, "usage-did-you-mean near=offline"),
            ("xyz = 1", Code::ConfigKey, 1, "config-keys keys=lang, color"),
            ("yes = true", Code::ConfigKey, 1, "config-keys"),
            ("[install]\ngo = \"1.27.4\"", Code::ConfigKey, 1, "config-keys"),
            ("go = \"1.27.4\"\noffline = \"yes\"", Code::ConfigValue, 2, "config-kind-flag"),
            ("go = 1.27", Code::ConfigValue, 1, "config-kind key=go"),
            ("go-mirror = [1]", Code::ConfigValue, 1, "config-kind key=go-mirror"),
            ("timeout = 99999999999999999999", Code::ConfigValue, 1, "config-kind key=timeout"),
            ("\n\nlang = ", Code::ConfigSyntax, 3, "config-syntax-hint"),
            ("lang = \"en\"\nlang = \"en\"", Code::ConfigSyntax, 2, "config-syntax-hint"),
        ] {
            let failure = said(text).expect_err(text);
            assert_eq!((failure.code, failure.line), (code, Some(line)), "{text}");
            let said = failure.hint.expect("a hint").to_string();
            assert!(said.contains(hint), "{text}: {said}");
        }
        for bytes in [&b"\xff"[..], b"a\0b", &vec![b'#'; LIMIT + 1]] {
            let failure = read(bytes, Path::new("/c")).expect_err("no text of ours");
            assert_eq!((failure.code, failure.line), (Code::ConfigUnread, None));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic() {
        for text in
            ["=", "[", "a.b.c = {", "\"\" = 1", "lang.x = 1", "go-mirror = [[]]", "\u{feff}offline = true"]
        {
            let _ = said(text);
        }
        assert!(said("\u{feff}offline = true").expect("what editors of Windows write").says_yes("offline"));
    }
}
