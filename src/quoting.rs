//! Words quoted for shells and for files that are read like one. Pure text.

/// Quoted for a POSIX shell: nothing in single quotes means anything.
pub fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A word as a POSIX shell needs it: as it is where it may be.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { single(word) }
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
