//! Logins in words that have no scheme.

use super::{ats, is_version, marked};

/// `name:password@host:1` in words without a scheme: a name, and behind the last `@` a host with a port or a dot.
pub(super) fn without_pairs(text: &str, mark: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let pair = |word: &str| {
        let front = |at: usize| &word[..at];
        let at = ats(word).last().filter(|at| {
            let plain = is_server(&word[at + 1..]) && is_pair(front(*at));
            plain || (is_in_path(front(*at)) && !is_version(&word[at + 1..]))
        })?;
        let start =
            |colon: usize| if is_pair(front(at)) { name_start(front(colon)) } else { segment(front(colon)) };
        let name = word.find(':').map_or(0, start);
        let shown = marked(&word[name..at], mark);
        Some(format!("{}{shown}{}", &word[..name], &word[at..]))
    };
    // In what programs write for programs, the words of a line stand between quotes.
    let quoted = |word: &str| -> String {
        let mut escaped = false;
        let ends = |c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        };
        word.split_inclusive(ends).map(|it| pair(it).unwrap_or_else(|| it.to_owned())).collect()
    };
    let words = text.split_inclusive(char::is_whitespace);
    words.map(|it| pair(it).unwrap_or_else(|| quoted(it))).collect()
}

/// Whether it is a path whose last name before a colon may be that of a login: `../bob:password`, and no list of paths.
fn is_in_path(text: &str) -> bool {
    let Some((front, password)) = text.split_once(':') else { return false };
    let name = &front[segment(front)..];
    let line = password.starts_with(|c: char| c.is_ascii_digit()) && password.contains(':');
    front.contains('/')
        && !name.is_empty()
        && !password.is_empty()
        && !password.starts_with(['/', '.', '~', '$', '\\'])
        && !line
}

/// Where the last name of a path begins.
fn segment(path: &str) -> usize {
    path.rfind('/').map_or(0, |it| it + 1)
}

/// Where the name begins that ends here.
fn name_start(text: &str) -> usize {
    text.rfind(['=', '"', '\'', '(', '<', '[', '{', ',', '|', ';']).map_or(0, |it| it + 1)
}

/// Whether it is a name and a password: no path, no drive.
pub(super) fn is_pair(text: &str) -> bool {
    let Some((front, password)) = text.split_once(':') else { return false };
    let name = &front[name_start(front)..];
    let plain = |c: char| c.is_alphanumeric() || "._%+~-$".contains(c);
    let drive = name.len() == 1 && password.starts_with(['/', '\\']);
    !name.is_empty() && !password.is_empty() && !drive && name.chars().all(plain)
}

/// Whether it begins with a host that nothing else looks like: with a port, with a domain, or this machine.
fn is_server(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    let port = rest.strip_prefix(':').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let domain = host.rsplit_once('.').map_or("", |it| it.1);
    let named = domain.len() > 1 && domain.chars().all(|c| c.is_ascii_alphabetic());
    !host.is_empty() && (port || named || host == "localhost")
}
