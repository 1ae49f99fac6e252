//! `go.sum`: module, version, hash.

use super::project::Sum;

/// Reads it. A line that is not three words is kept with what it has, so that a check can name it.
pub fn parse(text: &str) -> Vec<Sum> {
    let mut sums = Vec::new();
    for (line, text) in (1..).zip(text.split('\n')) {
        let mut words = text.split_whitespace();
        let Some(path) = words.next() else { continue };
        let version = words.next().unwrap_or_default();
        let hash = words.collect::<Vec<_>>().join(" ");
        sums.push(Sum { path: path.to_owned(), version: version.to_owned(), hash, line });
    }
    sums
}

/// Whether it is an `h1:` hash: 32 bytes in base64, or a kind of hash that is newer than we are.
pub fn well_formed(sum: &Sum) -> bool {
    let Some(rest) = sum.hash.strip_prefix("h1:") else {
        // Go itself passes over kinds of hashes that it does not know.
        return sum.hash.split_once(':').is_some_and(|(kind, _)| kind.starts_with('h') && kind != "h1");
    };
    let body = rest.strip_suffix('=').unwrap_or_default();
    body.len() == 43 && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_read_and_bad_hashes_known() {
        let text = "a.b/c v1.0.0 h1:EztGuE2W3Qhd0cWVmU+h5rkzNezUD1To6UqsoLQYUIM=\n\
            a.b/c v1.0.0/go.mod h1:short=\n\n<<<<<<< HEAD\na.b/c v1 h2:x\na b c d\n";
        let sums = parse(text);
        let seen: Vec<_> = sums.iter().map(|it| (it.line, well_formed(it))).collect();
        assert_eq!(seen, [(1, true), (2, false), (4, false), (5, true), (6, false)]);
        assert_eq!(sums[1].version, "v1.0.0/go.mod");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            for sum in parse(&text) {
                well_formed(&sum);
            }
        }
    }
}
