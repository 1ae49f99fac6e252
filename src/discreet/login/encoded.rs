//! Logins whose signs are written as `%3A` and `%40`: no program takes them for one, but whoever reads them does.

use super::marked;

/// Any text without them.
pub(super) fn without_logins(text: &str, mark: &str) -> String {
    if !text.contains("%40") && !text.contains("%2540") {
        return text.to_owned();
    }
    text.split_inclusive(ends).map(|it| word(it, mark)).collect()
}

/// Whether a word ends here, or an entry of a list.
fn ends(c: char) -> bool {
    c.is_whitespace() || c.is_control() || ",|;\"'=<>()[]{}".contains(c)
}

fn word(word: &str, mark: &str) -> String {
    let Some(at) = ["%40", "%2540"].iter().filter_map(|it| word.rfind(it)).max() else {
        return word.to_owned();
    };
    // Behind the scheme, however it is written.
    let lower = word[..at].to_ascii_lowercase();
    let scheme = ["://", "%3a%2f%2f", "%253a%252f%252f"]
        .iter()
        .filter_map(|it| lower.rfind(it).map(|at| at + it.len()));
    let scheme = scheme.max();
    let start = scheme.unwrap_or(0);
    let login = &lower[start..];
    let parted =
        [":", "%3a", "%253a"].iter().any(|it| login.split_once(it).is_some_and(|it| !it.0.is_empty()));
    // Without a password what stands there is a login only directly behind the scheme.
    let alone = scheme.is_some() && !login.is_empty() && !login.contains('/');
    if parted || alone {
        return format!("{}{}{}", &word[..start], marked(&word[start..at], mark), &word[at..]);
    }
    word.to_owned()
}
