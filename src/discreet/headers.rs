//! Headers of HTTP that carry a secret, wherever they stand in a text.

/// `Authorization: Bearer abc` → `Authorization: redacted`, up to the end of the line or of the quoted word.
pub(super) fn without_headers(text: &str, mark: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let next = |from: usize| {
        let found = |head: &str| lower[from..].find(head).map(|at| (from + at, from + at + head.len()));
        let header = ["authorization:", "cookie:"].iter().filter_map(|it| found(it)).min();
        let word = found("bearer ");
        [header.map(|it| (it.0, it.1, "\n\"'")), word.map(|it| (it.0, it.1, " \t\n\"',;"))]
            .into_iter()
            .flatten()
            .min()
    };
    while let Some((_, end, stops)) = next(done) {
        let blanks = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        let from = end + blanks;
        let to = text[from..].find(|c: char| stops.contains(c)).map_or(text.len(), |it| from + it);
        out.push_str(&text[done..from]);
        out.push_str(if from == to { "" } else { mark });
        done = to;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_lose_their_values_and_nothing_else() {
        let rows = [
            ("a\nProxy-Authorization: Basic abc\nb", "a\nProxy-Authorization: redacted\nb"),
            ("curl -H 'authorization: Bearer abc' x", "curl -H 'authorization: redacted' x"),
            ("with Bearer abc, then", "with Bearer redacted, then"),
            ("Cookie:", "Cookie:"),
            ("nothing of that", "nothing of that"),
        ];
        for (text, expected) in rows {
            assert_eq!(without_headers(text, "redacted"), expected);
            assert_eq!(without_headers(expected, "redacted"), expected, "twice is once");
        }
    }
}
