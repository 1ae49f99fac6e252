//! Tokens in the path of a URL: what is random, behind a part that says that a secret follows.

use super::super::forms::is_random;
use super::super::names::is_secret;
use super::marked;

/// What stands behind the login of a URL without them.
pub(super) fn without_tokens(url: &str, mark: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at(end);
    let mut told = false;
    let mut out = String::with_capacity(url.len());
    for part in path.split_inclusive('/') {
        let word = part.trim_end_matches('/');
        let bare = word.trim_end_matches([',', '.', ':', ';', '"', '\'', ')']);
        if told && is_random(bare) {
            out.push_str(&marked(bare, mark));
            out.push_str(&part[bare.len()..]);
        } else {
            out.push_str(part);
        }
        // `webhooks/12/X`: a number stands between.
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        told = is_secret(word) || matches!(word, "webhook" | "webhooks") || (told && number);
    }
    out + rest
}
