//! The value of GOFLAGS, split as Go splits it.

/// Flags with their values (empty where there is none), without dashes. The error is the word that Go would refuse.
pub fn split(value: &str) -> Result<Vec<(String, String)>, String> {
    let mut flags = Vec::new();
    let mut rest = value.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if first == '\'' || first == '"' {
            rest[1..].split_once(first).ok_or_else(|| rest.to_owned())?
        } else {
            rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()))
        };
        flags.push(flag(word).ok_or_else(|| word.to_owned())?);
        rest = after.trim_start();
    }
    Ok(flags)
}

fn flag(word: &str) -> Option<(String, String)> {
    let body = word.strip_prefix('-')?;
    let body = body.strip_prefix('-').unwrap_or(body);
    if body.is_empty() || body.starts_with(['-', '=']) {
        return None;
    }
    let (name, value) = body.split_once('=').unwrap_or((body, ""));
    Some((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_and_quotes_are_read_as_go_reads_them() {
        let flags = split(" -mod=mod  '-ldflags=-s -w' --v ").expect("flags");
        let flags: Vec<_> = flags.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(flags, [("mod", "mod"), ("ldflags", "-s -w"), ("v", "")]);
        for (text, word) in [
            ("-mod vendor", "vendor"),
            ("-", "-"),
            ("---x", "---x"),
            ("-=x", "-=x"),
            ("'-x", "'-x"),
            ("mod", "mod"),
        ] {
            assert_eq!(split(text), Err(word.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[-='\"a-z 项]{0,30}") {
            _ = split(&text);
        }
    }
}
