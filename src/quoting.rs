//! Words quoted for shells and for files that are read like one. Pure text.

use std::path::Path;

/// Quoted for a POSIX shell: nothing in single quotes means anything.
pub fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A word as a POSIX shell needs it: as it is where it may be.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { single(word) }
}

/// A path as a POSIX shell needs it.
pub fn quoted_path(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

/// As Go splits a variable of its own into words (`cmd/internal/quoted`): in single quotes where a blank stands in it, since
/// Windows PowerShell loses double ones on the way to a program.
pub fn go(text: &str) -> String {
    match (text.contains([' ', '\t', '"']), text.contains('\'')) {
        (false, false) => text.to_owned(),
        (true, false) => format!("'{text}'"),
        (_, true) => format!("\"{text}\""),
    }
}

/// Quoted for fish.
pub fn fish(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

/// In double quotes, with nothing but `\\` and `"` escaped, as nushell reads it.
pub fn double(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

/// For environment.d, which expands `$` and reads quotes and backslashes.
pub fn environment_d(text: &str) -> String {
    let mut quoted = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '"' | '\'' | '$') || c.is_whitespace() {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}

/// What must not reach a terminal as it is: it moves the cursor (C0, DEL, C1), ends a line for some readers (U+2028,
/// U+2029), reorders text (bidirectional marks, embeddings, overrides, isolates), or is there and not seen (zero-width and
/// filling characters, variation selectors, tags), so that two names which differ look the same.
///
/// All of Unicode's `Cc`, `Cf`, `Zl`, `Zp` and `Default_Ignorable_Code_Point`.
pub fn is_harmful(c: char) -> bool {
    c.is_control() || HIDDEN.iter().any(|it| it.contains(&c))
}

const HIDDEN: [std::ops::RangeInclusive<char>; 25] = [
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{600}'..='\u{605}',
    '\u{61c}'..='\u{61c}',
    '\u{6dd}'..='\u{6dd}',
    '\u{70f}'..='\u{70f}',
    '\u{890}'..='\u{891}',
    '\u{8e2}'..='\u{8e2}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fffb}',
    '\u{110bd}'..='\u{110bd}',
    '\u{110cd}'..='\u{110cd}',
    '\u{13430}'..='\u{1343f}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_for_go_is_one_word_for_it() {
        for text in
            ["gcc", r"C:\Program Files\gcc.exe", r"C:\Users\O'Neil\gcc.exe", r"C:\Users\Ann O'Neil\gcc.exe"]
        {
            assert_eq!(crate::facts::words::split(&go(text)), [text]);
        }
        assert_eq!(go(r"C:\a b\gcc.exe"), r"'C:\a b\gcc.exe'");
    }
}
