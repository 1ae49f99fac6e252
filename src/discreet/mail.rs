//! Addresses of mail in a text. Not part of [`hidden`](super::hidden): a name before an `@` is no secret on this machine, but
//! it is a person's, and in what is sent away it has no use.

use super::mark::is_mark;

/// The text with this mark for every address.
pub fn without_addresses(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (front, back) = (&rest[..at], &rest[at + 1..]);
        let local = front.len() - front.trim_end_matches(is_local).len();
        let name = &front[at - local..];
        let domain = &back[..back.find(|c| !is_domain(c)).unwrap_or(back.len())];
        let domain = domain.trim_end_matches(['.', '-']);
        if is_address(name, domain) {
            out.push_str(&front[..at - local]);
            out.push_str(mark);
            rest = &back[domain.len()..];
        } else {
            out.push_str(&rest[..=at]);
            rest = back;
        }
    }
    out.push_str(rest);
    out
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "._%+-".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

/// `v2@v2.8.1` is a module with its version, `git@github.com` everybody's login.
fn is_address(name: &str, domain: &str) -> bool {
    let last = domain.rsplit_once('.').map_or("", |it| it.1);
    let version = domain.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let whole = last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    whole && !version && !name.is_empty() && name != "git" && !is_mark(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_and_what_only_looks_like_one_stays() {
        for (text, want) in [
            ("Ann Smith <ann.smith+go@corp.example.com>, x", "Ann Smith <…>, x"),
            ("ann@corp.test", "…"),
            ("ann@corp.test.", "…."),
            ("a@b.de c@d.org", "… …"),
            ("用户@例子.公司。", "…。"),
            ("fyne.io/fyne/v2@v2.8.1", "fyne.io/fyne/v2@v2.8.1"),
            ("golang.org/x/tools@v0.24.0-rc.alpha/bin", "golang.org/x/tools@v0.24.0-rc.alpha/bin"),
            ("git@github.com:fyne-io/fyne.git", "git@github.com:fyne-io/fyne.git"),
            ("https://redacted@goproxy.example/x", "https://redacted@goproxy.example/x"),
            ("go get x@latest @@ @", "go get x@latest @@ @"),
            ("", ""),
        ] {
            assert_eq!(without_addresses(text, "…"), want);
            assert_eq!(without_addresses(want, "…"), want, "twice is once");
        }
    }
}
