//! The value of GOFLAGS, split as Go splits it.

use super::words;

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

/// One value of GOFLAGS with these flags; `None` where no quotes would hold one of them together.
pub fn join<'a>(flags: impl IntoIterator<Item = &'a (String, String)>) -> Option<String> {
    let word = |(flag, value): &(String, String)| {
        let word = if value.is_empty() { format!("-{flag}") } else { format!("-{flag}={value}") };
        let quote = match (word.contains('\''), word.contains('"')) {
            (true, true) => return None,
            (true, false) => "\"",
            (false, true) => "'",
            (false, false) if word.contains(char::is_whitespace) => "'",
            (false, false) => "",
        };
        Some(format!("{quote}{word}{quote}"))
    };
    let words: Option<Vec<String>> = flags.into_iter().map(word).collect();
    words.map(|it| it.join(" "))
}

/// The build tags of GOFLAGS: those of the last `-tags`, for only that counts.
pub fn tags(value: &str) -> Vec<String> {
    let flags = split(value).unwrap_or_default();
    let last = flags.iter().rev().find(|it| it.0 == "tags").map_or("", |it| it.1.as_str());
    last.split([',', ' ']).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The flags with one build tag more; `None` where they cannot be read or joined.
pub fn with_tag(value: &str, tag: &str) -> Option<String> {
    let mut tags = tags(value);
    if !tags.iter().any(|it| it == tag) {
        tags.push(tag.to_owned());
    }
    let mut flags = split(value).ok()?;
    flags.retain(|it| it.0 != "tags");
    flags.push(("tags".to_owned(), tags.join(",")));
    join(&flags)
}

/// What GOFLAGS has Go tell the C linker of a program: the words of `-extldflags` in the last `-ldflags` that counts.
pub fn linker(value: &str) -> Vec<String> {
    let flags = split(value).unwrap_or_default();
    let last = flags.iter().rev().find(|it| is_for_programs(it));
    last.map(|(_, value)| ldflags(value).1).unwrap_or_default()
}

/// The flags without what `linker` gives: `-ldflags` keeps the rest of its words, and goes where there is none.
pub fn without_linker(flags: &[(String, String)]) -> Vec<(String, String)> {
    let kept = |it: &(String, String)| {
        if !is_for_programs(it) {
            return Some(it.clone());
        }
        let (own, told) = ldflags(&it.1);
        if told.is_empty() {
            return Some(it.clone());
        }
        (!own.is_empty()).then(|| (it.0.clone(), own.join(" ")))
    };
    flags.iter().filter_map(kept).collect()
}

/// `-ldflags`, unless it is for other packages (`-ldflags=std=-w`).
fn is_for_programs((flag, value): &(String, String)) -> bool {
    let pattern = value.split_once('=').map(|it| it.0).filter(|it| !it.starts_with('-'));
    flag == "ldflags" && pattern.is_none_or(|it| it == "all" || it.contains('.') || it == "main")
}

/// The words of `-ldflags`: Go's linker's own, and those that `-extldflags` hands on.
fn ldflags(value: &str) -> (Vec<String>, Vec<String>) {
    let (mut own, mut told) = (Vec::new(), Vec::new());
    let value = match value.split_once('=') {
        Some((pattern, rest)) if !pattern.starts_with('-') => rest,
        _ => value,
    };
    let mut words = words::split(value).into_iter();
    while let Some(word) = words.next() {
        let name = word.trim_start_matches('-');
        match name.strip_prefix("extldflags") {
            Some("") => told = words::split(&words.next().unwrap_or_default()),
            Some(rest) if rest.starts_with('=') => told = words::split(unquoted(&rest[1..])),
            _ => own.push(word),
        }
    }
    (own, told)
}

/// `-extldflags="-static"` has its quotes inside the word.
fn unquoted(text: &str) -> &str {
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
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
    fn a_tag_is_added_to_those_that_count() {
        for (value, all, with) in [
            ("", &[][..], Some("-tags=x11")),
            ("-mod=mod '-tags=a b'", &["a", "b"], Some("-mod=mod -tags=a,b,x11")),
            ("-tags=a -v -tags=x11,c", &["x11", "c"], Some("-v -tags=x11,c")),
            ("'-tags", &[], None),
        ] {
            assert_eq!(
                (tags(value), with_tag(value, "x11").as_deref()),
                (all.iter().map(|it| (*it).to_owned()).collect(), with),
                "{value}"
            );
        }
    }

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

    #[test]
    fn what_the_linker_is_told_is_found_and_taken_away_alone() {
        for (value, told, rest) in [
            ("-ldflags=-extldflags=-static", "-static", ""),
            ("-v '-ldflags=-s -w -extldflags=-static'", "-static", "-v '-ldflags=-s -w'"),
            (
                "'-ldflags=-linkmode=external -extldflags \"-static -pthread\"'",
                "-static -pthread",
                "-ldflags=-linkmode=external",
            ),
            ("-ldflags=all=-extldflags=-fuse-ld=mold -v", "-fuse-ld=mold", "-v"),
            ("-ldflags=std=-extldflags=-static", "", "-ldflags=std=-extldflags=-static"),
            ("-ldflags=-X=main.a=b", "", "-ldflags=-X=main.a=b"),
            ("\"-ldflags=-X 'main.a=b c'\"", "", "\"-ldflags=-X 'main.a=b c'\""),
            ("-mod=mod", "", "-mod=mod"),
            ("", "", ""),
        ] {
            assert_eq!(linker(value).join(" "), told, "{value}");
            let left = without_linker(&split(value).expect("flags"));
            assert_eq!(join(&left).as_deref(), Some(rest), "{value}");
        }
        assert_eq!(join(&[("a".into(), "'\"".into())]), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[-='\"a-z 项]{0,30}|-ldflags=[-='\"a-z项]{0,30}(-extldflags)?[-='\" a-z]{0,9}") {
            _ = split(&text).map(|it| join(&without_linker(&it)));
            _ = linker(&text);
        }
    }
}
