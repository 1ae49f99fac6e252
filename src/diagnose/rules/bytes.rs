//! Logs are bytes: a tool writes in the code page of its machine, and a line may be of no encoding at all. The small engine of
//! regular expressions reads text alone, so each byte is given to it as the character of that number, and each pattern is
//! written in the same way.

/// A line for the engine.
pub(super) fn read(line: &[u8]) -> String {
    line.iter().map(|it| char::from(*it)).collect()
}

/// What the engine found, as it stood in the line.
pub(super) fn written(found: &str) -> Vec<u8> {
    found.chars().filter_map(|it| u8::try_from(it).ok()).collect()
}

/// A pattern for the engine: a character that is no byte, also as `\x{2018}`, becomes the bytes of its UTF-8.
pub(super) fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(it) = rest.chars().next() {
        let (taken, point) = match named(rest) {
            Some((taken, point)) if point > '\u{7f}' => (taken, point),
            _ if it == '\\' => {
                // What is escaped is no beginning of another escape.
                let pair = rest.char_indices().nth(2).map_or(rest.len(), |it| it.0);
                out.push_str(&rest[..pair]);
                rest = &rest[pair..];
                continue;
            }
            _ => (it.len_utf8(), it),
        };
        out.extend(point.encode_utf8(&mut [0; 4]).bytes().map(char::from));
        rest = &rest[taken..];
    }
    out
}

/// `\x{2018}` at the beginning: its length, and the character.
fn named(text: &str) -> Option<(usize, char)> {
    let digits = text.strip_prefix(r"\x{")?;
    let digits = &digits[..digits.find('}')?];
    Some((digits.len() + 4, char::from_u32(u32::from_str_radix(digits, 16).ok()?)?))
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    fn finds(what: &str, line: &[u8]) -> Option<Vec<u8>> {
        let regex = Regex::new(&pattern(what)).expect("a pattern");
        regex.find(&read(line)).map(|it| written(it.as_str()))
    }

    #[test]
    fn a_line_of_any_encoding_is_matched_byte_by_byte_and_given_back_as_it_stood() {
        for (what, line, found) in [
            ("空き領域", "の空き領域が".as_bytes(), Some("空き領域".as_bytes())),
            (r"\x{ff1a}|\xA3\xBA", "错误：x".as_bytes(), Some("：".as_bytes())),
            (r"\x{ff1a}|\xA3\xBA", b"\xB4\xED\xA3\xBAx", Some(b"\xA3\xBA")),
            (r"(?:\x{2018}|\xab)(.*)", b"\xABgo\xFF\xC3", Some(b"\xABgo\xFF\xC3")),
            (r"\x{ab}go", "»«go".as_bytes(), Some("«go".as_bytes())),
            (r"\\x\{", br"a\x{2018}", Some(br"\x{")),
            (r"(?i)SPEICHER voll, ü\b", "speicher VOLL, üx".as_bytes(), Some("speicher VOLL, ü".as_bytes())),
            (r"\w+", "ü".as_bytes(), None),
            (r"^\S$", "ü".as_bytes(), None),
        ] {
            assert_eq!(finds(what, line).as_deref(), found, "{what}");
        }
    }
}
