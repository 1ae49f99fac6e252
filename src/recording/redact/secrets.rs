//! The secrets of our own environment, to be found wherever they turn up; and URLs as they may be shown. How secrets are
//! told in a text says `discreet`. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use percent_encoding::percent_decode_str;
use url::Url;

use super::names::COMMON;
use crate::discreet::names::{is_proxy, is_secret};
use crate::discreet::{REDACTED, options};

/// A shorter one is no secret that could be told from a word.
const SHORTEST: usize = 6;

/// What the environment holds that is secret, to be replaced wherever it stands.
pub(super) fn of_environment(env: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut found: Vec<String> = Vec::new();
    for (name, value) in env {
        if is_secret(name) && !value.starts_with('/') {
            found.push(value.clone());
        }
        found.extend(options::of_value(value).map(str::to_owned));
        // A login may be written as `%3A` and `%40`, also twice.
        let once = decoded(value);
        let twice = decoded(&once);
        let texts = [value.clone(), once, twice];
        for value in texts.into_iter().collect::<BTreeSet<_>>() {
            logins(name, &value, &mut found);
        }
    }
    let mut all: Vec<String> = found.iter().map(|it| decoded(it)).collect();
    all.extend(found);
    words(all.iter().map(String::as_str))
}

/// What programs were asked with that is secret: a compiler repeats the words that it does not know.
pub(super) fn of_arguments(program: &Path, args: &[String]) -> Vec<(String, String)> {
    words(options::of_arguments(&program.to_string_lossy(), args))
}

/// Each, with what stands for it.
fn words<'a>(all: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let told = |it: &&str| it.len() >= SHORTEST && *it != REDACTED && !COMMON.contains(it);
    all.filter(told).map(|it| (it.to_owned(), REDACTED.to_owned())).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The logins of what a variable is set to.
fn logins(name: &str, value: &str, found: &mut Vec<String>) {
    let bare = is_proxy(name) && !value.contains("://");
    let value = if bare { format!("http://{value}") } else { value.to_owned() };
    for piece in value.split("://").skip(1) {
        let end = piece.find(|c: char| c.is_whitespace() || ",|\"'<>".contains(c));
        let whole = if is_proxy(name) { piece } else { "" };
        let piece = &piece[..end.unwrap_or(piece.len())];
        // The `/` that should have been written as `%2F` ends the authority for one reader and not for the other.
        for piece in [whole, piece, piece.split('/').next().unwrap_or_default()] {
            let Some((login, _)) = piece.rsplit_once('@') else { continue };
            found.extend(login.split_once(':').map(|it| it.1.to_owned()));
            // A login without a name is a token.
            found.extend(Some(login.to_owned()).filter(|it| !it.contains(':') && it.len() >= 2 * SHORTEST));
        }
    }
}

/// A URL that may be shown: no login, and of its query only the names.
pub fn url(url: &Url) -> String {
    let mut shown = url.clone();
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.set_fragment(None);
    if let Some(query) = url.query() {
        // What has no name is set to itself.
        let pieces = query.split('&').map(|it| it.split_once('=').map_or(REDACTED, |it| it.0));
        let names: Vec<_> = pieces.map(decoded).collect();
        shown.query_pairs_mut().clear().extend_pairs(names.iter().map(|it| (it, "redacted")));
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_keep_their_names_and_lose_what_they_are_set_to() {
        let shown = |text: &str| url(&Url::parse(text).expect("a URL"));
        assert_eq!(
            shown("https://me:pw@host/a?sig=1%2F2&b#c"),
            "https://host/a?sig=redacted&redacted=redacted"
        );
        assert_eq!(shown("https://host/a"), "https://host/a");
    }

    #[test]
    fn passwords_of_the_environment_are_known_as_they_are_written_and_as_they_are_meant() {
        let env = [
            ("http_proxy", "me:p%40ss%2Fword@proxy:3128"),
            ("GOPROXY", "https://me:sl/ash-7@host/go,direct"),
            ("SECRET_PLACE", "/home/alice"),
            ("MY_TOKEN", "short"),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let words: Vec<String> = of_environment(&env).into_iter().map(|it| it.0).collect();
        for word in ["p%40ss%2Fword", "p@ss/word", "sl/ash-7"] {
            assert!(words.iter().any(|it| it == word), "{word} is not among {words:?}");
        }
        assert!(!words.iter().any(|it| it.starts_with("/home") || it == "short"), "{words:?}");
    }
}
