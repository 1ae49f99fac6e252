//! A directory that a line puts in front on PATH, put at its end instead: it stays on PATH and hides nothing any more.

use std::path::Path;

use super::{Edit, Fault, Unsafe, applied, masked, newlines};
use crate::shell::words::{Flavour, commands};
use crate::shell::{Dialect, parse};

/// The file with the directory last in what this line assigns to PATH. Only for `PATH=…:$PATH` as people write it: what
/// holds commands, single quotes or backslashes is left to a person.
pub fn put_last(
    bytes: &[u8],
    dialect: Dialect,
    line: u32,
    dir: &Path,
    home: &Path,
) -> Result<Vec<u8>, Unsafe> {
    let fault = || Fault { line, variable: "PATH".to_owned() };
    let text = masked(bytes);
    let entangled = || Unsafe::Entangled(fault());
    if dialect != Dialect::Sh {
        return Err(entangled());
    }
    let all = commands(&text, Flavour::Sh);
    let words = all.iter().flat_map(|it| &it.words).filter(|it| it.line == line);
    let mut values = words.filter_map(|it| {
        let start =
            it.span.start + text.get(it.span.clone())?.strip_prefix("PATH=").map(|_| "PATH=".len())?;
        Some(start..it.span.end)
    });
    let range = values.next().ok_or_else(|| Unsafe::NotThere(fault()))?;
    let by = text.get(range.clone()).and_then(|it| moved(it, dir, home)).ok_or_else(entangled)?;
    let after = applied(bytes, vec![Edit { range, by }]).ok_or_else(entangled)?;
    let steps = |it: &[u8]| parse(&masked(it), dialect).len();
    let sound = newlines(&after) == newlines(bytes) && steps(&after) == steps(bytes);
    if sound && values.next().is_none() { Ok(after) } else { Err(entangled()) }
}

/// `"X:$PATH"` → `"$PATH:X"` for whatever entries name the directory.
fn moved(value: &str, dir: &Path, home: &Path) -> Option<String> {
    let inner = value.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let quote = if inner.is_some() { "\"" } else { "" };
    let inner = inner.unwrap_or(value);
    if inner.contains(['"', '\'', '`', '\\', '(']) {
        return None;
    }
    let entries: Vec<&str> = inner.split(':').collect();
    let rest = entries.iter().position(|it| ["$PATH", "${PATH}"].contains(it))?;
    let home = home.display().to_string();
    let is_it = |entry: &str| {
        let tilde =
            entry.strip_prefix('~').filter(|it| quote.is_empty() && (it.is_empty() || it.starts_with('/')));
        let said = tilde.map_or_else(|| entry.to_owned(), |it| format!("{home}{it}"));
        let said = said.replace("${HOME}", &home).replace("$HOME", &home);
        !said.contains('$') && Path::new(&said) == dir
    };
    let (front, back) = entries.split_at(rest);
    let (out, stay): (Vec<&str>, Vec<&str>) = front.iter().partition(|it| is_it(it));
    if out.is_empty() {
        return None;
    }
    Some(format!("{quote}{}{quote}", [stay, back.to_vec(), out].concat().join(":")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str, line: u32, dir: &str) -> Option<String> {
        let after = put_last(text.as_bytes(), Dialect::Sh, line, Path::new(dir), Path::new("/root")).ok()?;
        Some(String::from_utf8(after).expect("UTF-8"))
    }

    #[test]
    fn the_one_entry_goes_behind_and_nothing_else_changes() {
        for (before, dir, after) in [
            ("export PATH=\"/usr/bin:$PATH\"\n", "/usr/bin", "export PATH=\"$PATH:/usr/bin\"\n"),
            ("PATH=$HOME/scripts:$PATH # mine", "/root/scripts", "PATH=$PATH:$HOME/scripts # mine"),
            ("PATH=~/a:/b:${PATH}; foo", "/root/a", "PATH=/b:${PATH}:~/a; foo"),
            (
                "export A=1 PATH=\"${HOME}/x:$PATH:/y\"\r\n",
                "/root/x",
                "export A=1 PATH=\"$PATH:/y:${HOME}/x\"\r\n",
            ),
        ] {
            assert_eq!(last(before, 1, dir).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_a_person() {
        for before in [
            "export PATH=/usr/bin:/bin",
            "export PATH=\"$(x):$PATH\"",
            "export PATH='/usr/bin:'\"$PATH\"",
            "export PATH=\"$PATH:/usr/bin\"",
            "export PATH=/other:$PATH",
            "# export PATH=/usr/bin:$PATH",
        ] {
            assert_eq!(last(before, 1, "/usr/bin"), None, "{before}");
        }
        assert_eq!(last("x\nexport PATH=/usr/bin:$PATH", 1, "/usr/bin"), None);
    }
}
