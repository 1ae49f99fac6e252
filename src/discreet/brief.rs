//! Lines that are too long for anybody to read: the front of them is kept. What looks for secrets looks back and ahead in
//! its line, so the length of a line is what a stranger could make it wait with.

use std::borrow::Cow;

/// The most that a line may have, in bytes. A list of directories, or of flags, has a tenth of it.
const MOST: usize = 16 * 1024;

/// Where a line ends for whoever looks for secrets.
const ENDS: [char; 3] = ['\n', '\r', '\0'];

/// A text in which the mark stands for what is beyond the limit of each line. It is cut where a word ends, so that the front
/// of a secret is not left without what it is told by.
pub(super) fn brief<'a>(text: &'a str, mark: &str) -> Cow<'a, str> {
    if text.len() <= MOST || text.split(ENDS).all(|it| it.len() <= MOST) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    for line in text.split_inclusive(ENDS) {
        let bare = line.trim_end_matches(ENDS);
        if bare.len() <= MOST {
            out.push_str(line);
            continue;
        }
        // With the mark it is no longer than it may be: twice is once.
        let room = bare.floor_char_boundary(MOST - mark.len());
        let end = bare[..room].rfind(char::is_whitespace).unwrap_or(0);
        let blank = bare[end..].chars().next().filter(|it| it.is_whitespace()).map_or(0, char::len_utf8);
        out.extend([&bare[..end + blank], mark, &line[bare.len()..]]);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_line_that_nobody_can_read_the_front_is_kept_up_to_the_end_of_a_word() {
        let long = "x".repeat(MOST);
        let words = "汉字 ".repeat(MOST);
        for (text, want) in [
            ("a b", "a b".to_owned()),
            (&long, long.clone()),
            (&format!("a b{long}\nc"), "a …\nc".to_owned()),
            (&format!("\r\n\0{long}x\0d=e"), "\r\n\0…\0d=e".to_owned()),
            (&format!("https://bob:{long}@host"), "…".to_owned()),
        ] {
            assert_eq!(brief(text, "…"), want);
            assert_eq!(brief(&want, "…"), want, "twice is once");
        }
        let cut = brief(&words, "…");
        assert!(cut.len() <= MOST && cut.len() > MOST - 16 && cut.ends_with(" …"));
        assert_eq!(brief(&cut, "…"), cut, "twice is once");
    }
}
