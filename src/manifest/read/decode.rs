//! From bytes to text, and from an offset in it to what a person looks for: line, column, the line itself. Pure.

use super::Fault;
use crate::failure::{Code, Quote};

/// The most that a manifest may have, in bytes. Ours has some 30 000; what is larger is no manifest, and is not parsed.
pub const LIMIT: usize = 1024 * 1024;

/// The text of a manifest, or the one reason why it has none.
pub fn text(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() > LIMIT {
        let message = text!("manifest-too-large", size = bytes.len(), limit = LIMIT);
        return Err(Fault::new(Code::ManifestTooLarge, None, message));
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Err(
            Fault::new(Code::ManifestBom, None, text!("manifest-bom")).hint(text!("manifest-bom-hint"))
        );
    }
    if let Some(offset) = bytes.iter().position(|it| *it == 0) {
        return Err(Fault::new(Code::ManifestNul, None, text!("manifest-nul", offset = offset)));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let message = text!("manifest-not-utf8", offset = error.valid_up_to());
        Fault::new(Code::ManifestNotUtf8, None, message)
    })
}

/// The line that holds the byte at `offset`, and where in it. An offset past the end is in the last line.
pub fn quote(text: &str, offset: usize) -> Quote {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    Quote {
        line: u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX),
        column: before[start..].chars().count() + 1,
        text: line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let big = vec![b'#'; LIMIT + 1];
        for (bytes, want) in [
            (&b"schema = 1"[..], Ok("schema = 1")),
            (&big[1..], Ok(std::str::from_utf8(&big[1..]).expect("ASCII"))),
            (&big, Err(Code::ManifestTooLarge)),
            (b"\xef\xbb\xbfschema = 1", Err(Code::ManifestBom)),
            (b"\xff\xfes\0c\0", Err(Code::ManifestNul)),
            (b"a = \"\xe4\xb8", Err(Code::ManifestNotUtf8)),
        ] {
            assert_eq!(text(bytes).map_err(|it| it.code), want);
        }
        let message = text(b"a = \"\xe4\xb8\"").expect_err("cut short").message.to_string();
        assert!(message.contains("offset=5"), "{message}");
    }

    #[test]
    fn an_offset_is_a_line_and_a_column_of_characters() {
        let text = "a = 1\r\nb = \"汉\"x\n";
        for (offset, line, column, shown) in [
            (0, 1, 1, "a = 1"),
            (7, 2, 1, "b = \"汉\"x"),
            (13, 2, 6, "b = \"汉\"x"),
            (16, 2, 8, "b = \"汉\"x"),
            (99, 3, 1, ""),
        ] {
            let quote = quote(text, offset);
            assert_eq!((quote.line, quote.column, quote.text.as_str()), (line, column, shown), "{offset}");
        }
    }
}
