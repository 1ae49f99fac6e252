//! Lists of checksums as `sha256sum` writes them (`SHA256SUMS`): a digest, two characters, a name. Pure. A list proves
//! nothing; who signed it does.

use crate::digest::Digest;

/// Bytes that a list may have.
pub const LARGEST: usize = 1 << 20;

/// The digest that a list has for a name; `None` where it does not name it. An error is the key of what is wrong with the
/// list: every line of it counts, so that nobody can hide one.
pub fn find(list: &[u8], name: &str) -> Result<Option<Digest>, &'static str> {
    if list.len() > LARGEST {
        return Err("sums-too-large");
    }
    let text = str::from_utf8(list).map_err(|_| "sums-no-list")?;
    let mut found = None;
    for line in text.lines() {
        let (digest, rest) = line.split_at_checked(64).ok_or("sums-no-list")?;
        let digest: Digest = digest.parse().map_err(|_| "sums-no-list")?;
        let named = rest.strip_prefix("  ").or_else(|| rest.strip_prefix(" *")).ok_or("sums-no-list")?;
        if named.strip_prefix("./").unwrap_or(named) == name
            && found.replace(digest).is_some_and(|it| it != digest)
        {
            return Err("sums-twice");
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_sha256sum_writes_it() {
        let (a, b) = (Digest::of(b"a"), Digest::of(b"b"));
        let list = format!("{a}  a\n{b} *b\n{b}  ./dir/c\n{a}  ./d\n");
        let find = |name: &str| find(list.as_bytes(), name);
        assert_eq!(find("a"), Ok(Some(a)));
        assert_eq!(find("b"), Ok(Some(b)));
        assert_eq!(find("d"), Ok(Some(a)));
        assert_eq!(find("dir/c"), Ok(Some(b)));
        for none in ["c", "", " a", "A"] {
            assert_eq!(find(none), Ok(None), "{none}");
        }
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let (a, b) = (Digest::of(b"a"), Digest::of(b"b"));
        for (list, why) in [
            (format!("{a}  a\n{b}  a\n"), "sums-twice"),
            (format!("{a}  a\n\n"), "sums-no-list"),
            (format!("{a} a\n"), "sums-no-list"),
            (format!("\\{a}  a\n"), "sums-no-list"),
            (format!("{}  a\n", &a.to_string()[1..]), "sums-no-list"),
            ("<html>\n".into(), "sums-no-list"),
            ("é".repeat(40), "sums-no-list"),
            (format!("{a}  a\n").repeat(LARGEST / 60), "sums-too-large"),
        ] {
            assert_eq!(find(list.as_bytes(), "a"), Err(why), "{list:.80}");
        }
        assert_eq!(find(b"\xff", "a"), Err("sums-no-list"));
        assert_eq!(find(format!("{a}  a\n{a}  a\n").as_bytes(), "a"), Ok(Some(a)), "the same twice");
        assert_eq!(find(b"", "a"), Ok(None));
    }
}
