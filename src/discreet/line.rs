//! Lines of a file that mean nothing to its reader, and so may hold anything.

use super::mark::is_mark;

/// What a merge leaves in a file, without the name of a branch: it may be anything.
pub fn conflict(line: &str, mark: &str) -> Option<String> {
    let (sign, rest) = line.split_at_checked(7)?;
    let named = sign == "<<<<<<<" || sign == ">>>>>>>";
    let branch = rest.strip_prefix(' ').filter(|_| named);
    match branch {
        Some(it) if it == "HEAD" || is_mark(it) => Some(line.to_owned()),
        Some(_) => Some(format!("{sign} {mark}")),
        None => (rest.is_empty() && (named || sign == "=======")).then(|| sign.to_owned()),
    }
}

/// A line of a file of settings that sets nothing: the name that it may have meant, and nothing of what stands behind it.
pub fn unread(line: &str, mark: &str) -> String {
    let name = line.split_once('=').map_or("", |it| it.0);
    let words = name.chars().all(|c| c.is_ascii_alphanumeric() || "_ \t".contains(c));
    let known = name.split_whitespace().count() == 1 || name.trim_start().starts_with("export ");
    conflict(line, mark)
        .unwrap_or_else(|| if words && known { format!("{name}={mark}") } else { mark.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_sets_nothing_shows_its_name_at_most() {
        for (line, shown) in [
            ("<<<<<<< HEAD", "<<<<<<< HEAD"),
            ("=======", "======="),
            (">>>>>>> CANARY", ">>>>>>> …"),
            ("=======CANARY", "…"),
            ("=CANARY", "…"),
            ("CANARY", "…"),
            ("CANARY CANARY=x", "…"),
            ("goflags=CANARY", "goflags=…"),
            ("export GOFLAGS=CANARY", "export GOFLAGS=…"),
            ("password = CANARY", "password =…"),
            ("", "…"),
        ] {
            assert_eq!(unread(line, "…"), shown);
            assert_eq!(unread(shown, "…"), shown, "twice is once");
        }
    }
}
