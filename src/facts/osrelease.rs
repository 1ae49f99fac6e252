//! `/etc/os-release`: which distribution this is. Only the fields that we use are read; a line that is none is skipped.

use super::host::Distro;

/// Reads the file. `None` when it does not even say an `ID`.
pub fn parse(text: &str) -> Option<Distro> {
    let field = |key: &str| {
        let mut found = text.lines().filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='));
        found.next_back().map(unquoted).unwrap_or_default()
    };
    let id = field("ID").to_lowercase();
    if id.is_empty() {
        return None;
    }
    let like = field("ID_LIKE").to_lowercase().split_whitespace().map(str::to_owned).collect();
    let name = [field("PRETTY_NAME"), field("NAME"), id.clone()].into_iter().find(|it| !it.is_empty());
    Some(Distro { version: field("VERSION_ID"), like, name: name.unwrap_or_default(), id })
}

/// A value as a shell would read it: quotes away, backslash escapes resolved.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = ['"', '\''].iter().find_map(|q| text.strip_prefix(*q)?.strip_suffix(*q));
    let mut out = String::new();
    let mut chars = inner.unwrap_or(text).chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_distributions_write() {
        let rows: &[(&str, &str, &str, &[&str], &str)] = &[
            (
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"",
                "debian",
                "12",
                &[],
                "Debian GNU/Linux 12 (bookworm)",
            ),
            (
                "NAME=\"Pop!_OS\"\nID=pop\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=22.04",
                "pop",
                "22.04",
                &["ubuntu", "debian"],
                "Pop!_OS",
            ),
            ("ID='fedora'\r\nVERSION_ID=42\r\nVARIANT_ID=kde", "fedora", "42", &[], "fedora"),
            ("# a comment\nID=arch\nBUILD_ID=rolling", "arch", "", &[], "arch"),
            ("NAME=\"A \\\"quoted\\\" name\"\nID=x", "x", "", &[], "A \"quoted\" name"),
        ];
        for (text, id, version, like, name) in rows {
            let distro = parse(text).expect("a distribution");
            assert_eq!(
                (distro.id.as_str(), distro.version.as_str(), distro.name.as_str()),
                (*id, *version, *name)
            );
            assert_eq!(distro.like, *like);
        }
    }

    #[test]
    fn what_says_no_id_is_no_distribution() {
        for text in ["", "ID", "ID=", "ID=\"\"", "NAME=x", "\u{0}\u{fffd}=="] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
