//! Patterns of module paths, as GOPRIVATE, GONOSUMDB and GOINSECURE hold them, matched as Go matches them.

/// Whether one of the comma-separated patterns matches the front of a module path: a pattern of n parts is held against
/// the first n parts.
pub fn matches(patterns: &str, path: &str) -> bool {
    patterns.split(',').map(|it| it.trim().trim_end_matches('/')).filter(|it| !it.is_empty()).any(|pattern| {
        let parts = pattern.matches('/').count() + 1;
        let mut ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.nth(parts - 1).is_some_and(|end| glob(pattern.as_bytes(), &path.as_bytes()[..end]))
    })
}

/// `*` any run without `/`, `?` one byte but `/`, `[a-z]` and `[^a]` sets, `\` takes the next as it is. A pattern that
/// is malformed matches nothing.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => {
            let run = text.iter().take_while(|it| **it != b'/').count();
            (0..=run).any(|it| glob(rest, &text[it..]))
        }
        [b'?', rest @ ..] => matches!(text, [first, after @ ..] if *first != b'/' && glob(rest, after)),
        [b'[', rest @ ..] => {
            let Some(end) = rest.iter().skip(1).position(|it| *it == b']').map(|it| it + 1) else {
                return false;
            };
            let [first, after @ ..] = text else { return false };
            let (not, set) = rest[..end].strip_prefix(b"^").map_or((false, &rest[..end]), |it| (true, it));
            *first != b'/' && holds(set, *first) != not && glob(&rest[end + 1..], after)
        }
        [b'\\', next, rest @ ..] | [next, rest @ ..] => {
            matches!(text, [first, after @ ..] if first == next && glob(rest, after))
        }
    }
}

fn holds(set: &[u8], byte: u8) -> bool {
    match set {
        [] => false,
        [low, b'-', high, rest @ ..] => (*low..=*high).contains(&byte) || holds(rest, byte),
        [one, rest @ ..] => *one == byte || holds(rest, byte),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_match_fronts_of_paths_as_in_go() {
        for (patterns, path, want) in [
            ("*", "fyne.io/fyne/v2", true),
            ("*.io", "fyne.io/fyne/v2", true),
            ("fyne.io", "fyne.io/fyne/v2", true),
            ("fyne.io/", "fyne.io/fyne/v2", true),
            ("git.corp.example/*", "fyne.io/fyne/v2", false),
            ("git.corp.example/*,fyne.io/*", "fyne.io/fyne/v2", true),
            ("github.com/*", "github.com/go-gl/gl", true),
            ("github.com/mine", "github.com/go-gl/gl", false),
            ("*/*/*/*", "fyne.io/fyne/v2", false),
            ("[a-g]yne.i?", "fyne.io/fyne/v2", true),
            ("[^f]yne.io", "fyne.io/fyne/v2", false),
            ("[fyne.io", "fyne.io/fyne/v2", false),
            ("", "fyne.io/fyne/v2", false),
            ("fyne.io/fyne/v2/widget", "fyne.io/fyne/v2", false),
        ] {
            assert_eq!(matches(patterns, path), want, "{patterns} {path}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(patterns in r"[-*?\[\]\\^a-z./,]{0,14}", path in "[a-z./]{0,20}") {
            matches(&patterns, &path);
        }
    }
}
