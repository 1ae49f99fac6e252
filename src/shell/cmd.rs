//! What a line of cmd sets (`AutoRun`): `set "NAME=value" & set OTHER=value`. Values as they are written, with their `%VAR%`.

use crate::path_style::after_letters;

/// Names and values, in order. What is set to nothing is taken away, and left out.
pub fn assignments(line: &str) -> Vec<(String, String)> {
    let (mut commands, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '&' | '|' | '(' | ')' if !quoted => {
                commands.push(&line[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    commands.push(&line[from..]);
    commands.into_iter().filter_map(set).collect()
}

fn set(command: &str) -> Option<(String, String)> {
    let command = command.trim_start_matches(['@', ' ', '\t']);
    let rest = after_letters(command, "set ")?.trim_start();
    let pair = match rest.strip_prefix('"') {
        Some(inner) => inner.rsplit_once('"').map_or(inner, |it| it.0),
        None => rest,
    };
    let (name, value) = pair.split_once('=')?;
    let plain = !name.is_empty() && !name.starts_with('/') && !value.is_empty();
    plain.then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_of_cmd_sets_is_read() {
        let told = |line: &str| -> Vec<String> {
            assignments(line).into_iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        assert_eq!(
            told(r#"@set GOFLAGS=-x & SET "Path=C:\a&b;%PATH%""#),
            ["GOFLAGS=-x ", r"Path=C:\a&b;%PATH%"]
        );
        assert_eq!(told("(set A=1)&&echo set B=2|set /p C=&set D="), ["A=1"]);
        assert_eq!(told(r#""C:\init.cmd""#), [""; 0]);
        assert_eq!(told("set \"A=é\" & sét B=1"), ["A=é"]);
    }
}
