//! Lines that end as on Windows, as a Unix shell needs them. A carriage return in front of a line end is part of the last
//! word to a shell: `fi\r` ends no `if`.

/// The bytes without the carriage returns at the ends of lines; `None` where there are none.
pub fn without_returns(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut after = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        let (text, end) = line.strip_suffix(b"\n").map_or((line, &b""[..]), |it| (it, &b"\n"[..]));
        after.extend_from_slice(text.strip_suffix(b"\r").unwrap_or(text));
        after.extend_from_slice(end);
    }
    (after.len() < bytes.len()).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_before_a_line_end_goes() {
        for (before, after) in [
            ("a\r\nb\r\n", Some("a\nb\n")),
            ("a\r\nb\nc\r", Some("a\nb\nc")),
            ("\r\n\r\n", Some("\n\n")),
            ("a\rb\r\n\u{e9}", Some("a\rb\n\u{e9}")),
            ("a\rb\n", None),
            ("", None),
        ] {
            assert_eq!(without_returns(before.as_bytes()).as_deref(), after.map(str::as_bytes), "{before:?}");
        }
    }
}
