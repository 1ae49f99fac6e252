//! Logins and queries of URLs in texts. The login of a URL ends at its last `@` before `/`, `?`, `#` or white space, and
//! at one behind them too where what stands in front cannot be a host: a `/` in a password is often not written as `%2F`.

use super::mark::is_mark;

mod encoded;
mod escaped;
mod pairs;
mod path;

use pairs::{is_pair, without_pairs};

/// Any text without the logins and the queries of its URLs; of what has no scheme, where it can be told (`a:b@c:1`).
pub(super) fn without_logins(text: &str, mark: &str) -> String {
    encoded::without_logins(&escaped::without_logins(&without_plain_logins(text, mark), mark), mark)
}

/// Those that are written as they are meant.
fn without_plain_logins(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("://").map(|it| at + it + 3) {
        out.push_str(&without_pairs(&text[at..start], mark));
        let end = start + word_end(&text[start..], opener(&text[..start - 3]));
        out.push_str(&urls(&text[start..end], mark, false));
        at = end;
    }
    out + &without_pairs(&text[at..], mark)
}

/// A value that is a URL or a list of them, from its first to its last character. `greedy` is for a proxy, which has no
/// path: its login ends at the last `@` that there is, and there may be no scheme.
pub(super) fn without_bare(value: &str, mark: &str, greedy: bool) -> String {
    let scheme =
        value.match_indices("://").map(|it| scheme_start(value, it.0)).find(|it| is_entry(value, *it));
    let (head, rest) = value.split_at(scheme.unwrap_or(value.len()));
    let end = ats(head).last().filter(|at| greedy || is_pair(&head[..*at]));
    let mut out = end.map_or_else(|| head.to_owned(), |at| marked(&head[..at], mark) + &head[at..]);
    if let Some(start) = rest.find("://").map(|it| it + 3) {
        out.push_str(&rest[..start]);
        out.push_str(&urls(&rest[start..], mark, greedy));
    }
    out
}

/// A word from behind its first `://`: this URL, and those that follow it in a list.
fn urls(mut word: &str, mark: &str, greedy: bool) -> String {
    let mut out = String::new();
    loop {
        let starts = word.match_indices("://").map(|it| scheme_start(word, it.0));
        let next = starts.filter(|it| *it > 0).find(|it| is_entry(word, *it)).unwrap_or(word.len());
        let own = &word[..next];
        // What is neither a host nor has an end of a login is the front of a password with such a thing in it.
        let swallows =
            login_end(own, greedy).is_none() && !is_host(authority(own)) && ats(word).next().is_some();
        let (own, rest) = word.split_at(if swallows { word.len() } else { next });
        let login = login_end(own, greedy || swallows);
        out.push_str(&login.map_or_else(String::new, |at| marked(&own[..at], mark)));
        out.push_str(&without_query(&path::without_tokens(&own[login.unwrap_or(0)..], mark), mark));
        let Some(start) = rest.find("://").map(|it| it + 3) else { return out };
        out.push_str(&rest[..start]);
        word = &rest[start..];
    }
}

/// What stands for a login. One that is hidden already stays as it is, an empty one too.
pub(super) fn marked(login: &str, mark: &str) -> String {
    if login.is_empty() || is_mark(login) { login.to_owned() } else { mark.to_owned() }
}

/// Every `@` with something behind it that can begin a host.
pub(super) fn ats(text: &str) -> impl Iterator<Item = usize> {
    let host = |c: char| c.is_alphanumeric() || "[$_".contains(c);
    text.match_indices('@').map(|it| it.0).filter(move |at| text[at + 1..].starts_with(host))
}

/// What can hold login, host and port.
fn authority(url: &str) -> &str {
    &url[..url.find(['/', '?', '#', '\\']).unwrap_or(url.len())]
}

/// The `@` at which the login of a URL ends.
fn login_end(url: &str, greedy: bool) -> Option<usize> {
    let front = authority(url);
    let within = ats(url).take_while(|at| *at < front.len()).last();
    if greedy {
        return ats(url).last();
    }
    let beyond = ats(url).filter(|at| *at > front.len() && !is_version(&url[at + 1..])).last();
    beyond.filter(|_| within.is_some() || !is_host(front) || is_user(front)).or(within)
}

/// `…/fyne/v2/@v/list`, `…/image@v0.24.0`, `…/x@latest`: how modules and their proxies name versions.
fn is_version(text: &str) -> bool {
    let after = text.strip_prefix('v').map(|it| it.starts_with(|c: char| c == '/' || c.is_ascii_digit()));
    after == Some(true) || text.starts_with("latest")
}

/// Whether it can be a host with a port, or the front of a list that begins with one.
fn is_host(authority: &str) -> bool {
    if authority.starts_with('[') {
        return true;
    }
    let end =
        authority.find(|c: char| !c.is_alphanumeric() && !"-_.%".contains(c)).unwrap_or(authority.len());
    let rest = &authority[end..];
    let rest = rest.strip_prefix(':').map_or(rest, |it| it.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_empty() || rest.starts_with([',', '|', ';', '"', '\'', '<', '>', ')', ']', '}'])
}

/// Whether what looks like host and port may be name and password: `bob:12`. A host has a dot, or is this one.
fn is_user(authority: &str) -> bool {
    let name = authority.split_once(':').map_or("", |it| it.0);
    !name.is_empty() && !name.contains('.') && name != "localhost" && !name.starts_with('[')
}

/// Where the scheme begins that ends at `at`.
fn scheme_start(text: &str, at: usize) -> usize {
    let scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    at - text[..at].len() + text[..at].trim_end_matches(scheme).len()
}

/// Whether a URL may begin here: at the beginning, or behind what parts the entries of a list.
fn is_entry(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    text[at..].starts_with(|c: char| c.is_ascii_alphabetic())
        && before.is_none_or(|it| ",|;\"'=(<[{ ".contains(it))
}

/// The quote that a URL stands in, where it is opened directly before it or before its `NAME=`.
fn opener(front: &str) -> Option<char> {
    let front = &front[..scheme_start(front, front.len())];
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let front = front.strip_suffix('=').map_or(front, |it| it.trim_end_matches(name));
    front.chars().next_back().filter(|it| matches!(it, '"' | '\''))
}

/// Where a word ends: at white space, or at the quote that was opened before it.
fn word_end(text: &str, quote: Option<char>) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || c.is_control() || (Some(c) == quote && before != '\\') {
            return at;
        }
        before = c;
    }
    text.len()
}

/// A URL with the names of its query, and nothing that they are set to. What has no name is set to itself, as is what
/// stands behind `#`.
fn without_query(url: &str, mark: &str) -> String {
    let Some(at) = url.find(['?', '#']) else { return url.to_owned() };
    let mut out = url[..at].to_owned();
    for piece in pieces(&url[at..]) {
        let (sign, rest) = piece.split_at(1);
        let (name, set) = match rest.split_once('=') {
            Some((name, set)) if sign != "#" => (format!("{name}="), set),
            _ => (String::new(), rest),
        };
        // What follows in a list of proxies, and the marks that a sentence has behind a URL, are no part of it.
        let list = [",direct", "|direct", ",off", "|off"].iter().filter_map(|it| set.find(it)).min();
        let kept = list
            .unwrap_or_else(|| set.trim_end_matches(['&', '#', '"', '\'', ')', '>', ',', '.', ':']).len());
        out.extend([sign, &name, &marked(&set[..kept], mark), &set[kept..]]);
    }
    out
}

/// A query and a fragment in pieces, each with the sign before it. All of a fragment is one.
fn pieces(text: &str) -> Vec<&str> {
    let fragment = text.find('#').unwrap_or(text.len());
    let (mut query, last) = text.split_at(fragment);
    let mut pieces = Vec::new();
    while !query.is_empty() {
        let end = query[1..].find('&').map_or(query.len(), |it| it + 1);
        pieces.push(&query[..end]);
        query = &query[end..];
    }
    pieces.extend(Some(last).filter(|it| !it.is_empty()));
    pieces
}
