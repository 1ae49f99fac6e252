//! What a profile of PowerShell sets in the environment. Not a shell: a condition is not asked, and what a command would print
//! is [`Piece::Any`].

use super::{Piece, Step, push_text};
use crate::path_style::{PathStyle, after_letters};

/// Reads a profile.
pub(super) fn parse(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut comment, mut here) = (false, None);
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').split('\n')) {
        let line = line.trim_end_matches('\r');
        if let Some(end) = here {
            here = (!line.starts_with(end)).then_some(end);
            continue;
        }
        if comment {
            comment = !line.contains("#>");
            continue;
        }
        for statement in statements(line) {
            steps.extend(step(statement.trim(), number));
        }
        comment = line.contains("<#") && !line.contains("#>");
        here = [("@'", "'@"), ("@\"", "\"@")].iter().find(|it| line.ends_with(it.0)).map(|it| it.1);
    }
    steps
}

/// Whether a line is one assignment and nothing else, so that it can be commented out.
pub(super) fn is_alone(line: &str) -> bool {
    let line = line.trim();
    let begins = ["$env:", "${env:"].iter().any(|it| after_letters(line, it).is_some());
    begins && statements(line).len() == 1 && !line.ends_with(['`', '+', ',', '|', '(', '{', '@'])
}

/// The statements of a line, parted at `;`, `{`, `}`, `|` and `&` outside of quotes; without a comment.
fn statements(line: &str) -> Vec<&str> {
    let (mut all, mut from, mut quote, mut escaped) = (Vec::new(), 0, None, false);
    let mut named = false;
    for (at, c) in line.char_indices() {
        let blank = line[..at].chars().next_back().is_none_or(|it| it.is_whitespace() || ";{}(".contains(it));
        match (c, quote) {
            _ if escaped => escaped = false,
            ('`', None | Some('"')) => escaped = true,
            (_, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            // `${env:PATH}` is a name and no block.
            ('{', None) if line[..at].ends_with('$') => named = true,
            ('}', None) if named => named = false,
            ('#', None) if blank => {
                all.push(&line[from..at]);
                return all;
            }
            (';' | '{' | '}' | '|' | '&', None) => {
                all.push(&line[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    all.push(&line[from..]);
    all
}

fn step(statement: &str, line: u32) -> Option<Step> {
    if let Some((name, rest)) = variable(statement) {
        let rest = rest.trim_start();
        let (adds, value) = match rest.strip_prefix("+=") {
            Some(value) => (true, value),
            None => (false, rest.strip_prefix('=').filter(|it| !it.starts_with('='))?),
        };
        if value.trim().eq_ignore_ascii_case("$null") && !adds {
            return Some(Step::Mark { name, kept: false, line });
        }
        let mut pieces = expression(value);
        if adds {
            pieces.insert(0, Piece::Var(name.clone()));
        }
        return Some(Step::Set { name, value: pieces, exported: true, line });
    }
    if let Some(path) = statement.strip_prefix(". ") {
        return Some(Step::Read { path: word(path.trim()), line });
    }
    let mut words = statement.split_whitespace();
    let command = words.next()?.to_lowercase();
    let item = |it: &str| after_letters(it.trim_matches(['"', '\'']), "env:").map(str::to_owned);
    if matches!(command.as_str(), "remove-item" | "ri" | "del") {
        let name = PathStyle::Windows.variable(&words.find_map(item)?);
        return Some(Step::Mark { name, kept: false, line });
    }
    let call =
        ["[environment]", "[system.environment]"].iter().find_map(|it| after_letters(statement, it))?;
    let inner = after_letters(call, "::setenvironmentvariable(")?.strip_suffix(')')?;
    let (name, value) = inner.split_once(',')?;
    let name = PathStyle::Windows.variable(name.trim().trim_matches(['"', '\'']));
    let whole = expression(value);
    // For a user or the machine it is set in the registry, and read there.
    let scoped = value.to_lowercase();
    if ["'user'", "\"user\"", "'machine'", "\"machine\"", "::user", "::machine"]
        .iter()
        .any(|it| scoped.contains(it))
    {
        return None;
    }
    Some(Step::Set { name, value: whole, exported: true, line })
}

/// A word that a command is given: without quotes it is read as if it had some.
fn word(text: &str) -> Vec<Piece> {
    if text.starts_with(['"', '\'']) {
        return expression(text);
    }
    let (mut pieces, text) = (Vec::new(), format!("{text}\""));
    match double(&text, &mut pieces) {
        Some("") => pieces,
        _ => vec![Piece::Any],
    }
}

/// `$env:NAME` or `${env:NAME}`, and what follows.
fn variable(text: &str) -> Option<(String, &str)> {
    let (name, rest) = match after_letters(text, "${env:") {
        Some(braced) => braced.split_once('}')?,
        None => {
            let bare = after_letters(text, "$env:")?;
            bare.split_at(bare.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(bare.len()))
        }
    };
    (!name.is_empty()).then(|| (PathStyle::Windows.variable(name), rest))
}

/// Texts and variables that are joined by `+`; anything else is for the shell alone.
fn expression(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some(after) = operand(rest, &mut pieces) else { return vec![Piece::Any] };
        rest = after.trim_start();
        match rest.strip_prefix('+') {
            Some(more) => rest = more.trim_start(),
            None if rest.is_empty() => {}
            None => return vec![Piece::Any],
        }
    }
    pieces
}

fn operand<'t>(text: &'t str, into: &mut Vec<Piece>) -> Option<&'t str> {
    if let Some(quoted) = text.strip_prefix('\'') {
        return single(quoted, into);
    }
    if let Some(quoted) = text.strip_prefix('"') {
        return double(quoted, into);
    }
    if let Some((name, rest)) = variable(text) {
        into.push(Piece::Var(name));
        return Some(rest);
    }
    if let Some(rest) = after_letters(text, "$home") {
        into.push(Piece::Var("HOME".into()));
        return Some(bare(rest, into));
    }
    Some(bare(text, into)).filter(|rest| rest.len() < text.len())
}

/// A word without quotes: a path behind a `.`.
fn bare<'t>(text: &'t str, into: &mut Vec<Piece>) -> &'t str {
    let end = text.find(|c: char| c.is_whitespace() || "+()$\"'`,".contains(c)).unwrap_or(text.len());
    push_text(into, &text[..end]);
    &text[end..]
}

fn single<'t>(text: &'t str, into: &mut Vec<Piece>) -> Option<&'t str> {
    let (inner, rest) = text.split_once('\'')?;
    push_text(into, inner);
    match rest.strip_prefix('\'') {
        Some(more) => {
            push_text(into, "'");
            single(more, into)
        }
        None => {
            keep_empty(into);
            Some(rest)
        }
    }
}

fn double<'t>(text: &'t str, into: &mut Vec<Piece>) -> Option<&'t str> {
    let mut rest = text;
    loop {
        let at = rest.find(['"', '$', '`'])?;
        push_text(into, &rest[..at]);
        rest = &rest[at..];
        if let Some(more) = rest.strip_prefix("\"\"") {
            push_text(into, "\"");
            rest = more;
        } else if let Some(more) = rest.strip_prefix('"') {
            keep_empty(into);
            return Some(more);
        } else if let Some(more) = rest.strip_prefix('`') {
            let c = more.chars().next()?;
            push_text(into, &c.to_string());
            rest = &more[c.len_utf8()..];
        } else if let Some((name, more)) = variable(rest) {
            into.push(Piece::Var(name));
            rest = more;
        } else if let Some(more) = after_letters(rest, "$home") {
            into.push(Piece::Var("HOME".into()));
            rest = more;
        } else if let Some(command) = rest.strip_prefix("$(") {
            into.push(Piece::Any);
            rest = command.split_once(')')?.1;
        } else {
            into.push(Piece::Any);
            let more = &rest[1..];
            rest = &more[more.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(more.len())..];
        }
    }
}

/// An empty text is a text, too.
fn keep_empty(into: &mut Vec<Piece>) {
    if into.is_empty() {
        into.push(Piece::Text(String::new()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let value = |it: &[Piece]| -> String {
            it.iter()
                .map(|it| match it {
                    Piece::Text(text) => text.clone(),
                    Piece::Var(name) => format!("<{name}>"),
                    Piece::Any => "<?>".into(),
                })
                .collect()
        };
        let step = |it: Step| match it {
            Step::Set { name, value: it, line, .. } => format!("{line}:{name}={}", value(&it)),
            Step::Mark { name, line, .. } => format!("{line}:-{name}"),
            Step::Read { path, line } => format!("{line}:. {}", value(&path)),
        };
        parse(text).into_iter().map(step).collect()
    }

    #[test]
    fn assignments_of_powershell_are_read() {
        let table: &[(&str, &[&str])] = &[
            ("\u{feff}$env:GOFLAGS = '-mod=mod' # x\r\n", &["1:GOFLAGS=-mod=mod"]),
            (r#"$Env:Path += ";C:\x""#, &[r"1:PATH=<PATH>;C:\x"]),
            (r#"$env:Path="C:\Go\bin;$env:Path""#, &[r"1:PATH=C:\Go\bin;<PATH>"]),
            (r"${env:ProgramFiles(x86)} = 'x'", &["1:PROGRAMFILES(X86)=x"]),
            (r#"$env:GOPATH = "$HOME\go" + ';' + $env:X"#, &[r"1:GOPATH=<HOME>\go;<X>"]),
            ("$env:A = 'it''s'; $env:B = \"a`\"b\"", &["1:A=it's", "1:B=a\"b"]),
            ("$env:A = \"$(go env GOPATH)\\bin\"", &["1:A=<?>\\bin"]),
            ("$env:A = (Get-Item x).FullName", &["1:A=<?>"]),
            ("$env:A = $null\nRemove-Item Env:B", &["1:-A", "2:-B"]),
            ("if ($x) { $env:A = '1' } else { $env:A = '2' }", &["1:A=1", "1:A=2"]),
            ("[Environment]::SetEnvironmentVariable('A', 'b')", &["1:A=b"]),
            ("[System.Environment]::SetEnvironmentVariable('A', 'b', 'User')", &[]),
            ("<# $env:A = 'x'\n$env:B = 'y' #>\n$env:C = 'z'", &["3:C=z"]),
            ("$x = @'\n$env:A = 'x'\n'@\n$env:C = 'z'", &["4:C=z"]),
            (
                ". \"$HOME\\more.ps1\"\n. $env:USERPROFILE\\x.ps1",
                &["1:. <HOME>\\more.ps1", "2:. <USERPROFILE>\\x.ps1"],
            ),
            ("Write-Host '$env:A = 1'; \"$env:A\" -eq 'x'", &[]),
            ("if ($env:A == 'x') { }", &[]),
            ("$env:A = ''", &["1:A="]),
        ];
        for (text, want) in table {
            assert_eq!(shown(text), *want, "{text:?}");
        }
    }

    #[test]
    fn only_a_line_that_is_one_assignment_can_be_commented_out() {
        for line in ["$env:A = 'x;y' # c", "  ${env:A}='x'", "$env:Path += \";C:\\x\""] {
            assert!(is_alone(line), "{line}");
        }
        for line in
            ["$env:A = 'x'; rm y", "if ($x) { $env:A = 'x' }", "$env:A = `", "Set-X", "$env:A = 'x' | y"]
        {
            assert!(!is_alone(line), "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in r#"[-a-z$envEN: =+;'"`{}()#<>@.\\|\n\ré李]{0,80}"#) {
            let _ = (parse(&text), is_alone(&text));
        }
    }
}
