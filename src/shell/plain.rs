//! Files of one assignment a line that no shell reads: `/etc/environment`, `environment.d`, `fish_variables`, Go's own.

use super::words::{Flavour, commands};
use super::{Piece, Step, is_name, push_text};
use crate::shell::{aptconf, goenv};

fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1..).zip(text.split('\n').map(str::trim))
}

/// `pam_env`: an optional `export `, no expansion, one pair of quotes around the value taken away.
pub(super) fn pam(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for (line, text) in lines(text).filter(|(_, it)| !it.starts_with('#')) {
        let text = text.strip_prefix("export ").map_or(text, str::trim_start);
        let Some((name, value)) = text.split_once('=').filter(|(name, _)| is_name(name)) else { continue };
        let value = ['"', '\'']
            .iter()
            .find_map(|quote| value.strip_prefix(*quote).map(|it| it.strip_suffix(*quote).unwrap_or(it)))
            .unwrap_or(value);
        let value = vec![Piece::Text(value.to_owned())];
        steps.push(Step::Set { name: name.to_owned(), value, exported: true, line });
    }
    steps
}

/// Go's own: a value as it stands.
pub(super) fn go_env(text: &str) -> Vec<Step> {
    goenv::parse(text).settings.into_iter().map(|(name, value, line)| literal(&name, &value, line)).collect()
}

/// apt's own: keys in full.
pub(super) fn apt_conf(text: &str) -> Vec<Step> {
    aptconf::parse(text).into_iter().map(|(name, value, line)| literal(&name, &value, line)).collect()
}

/// `key = value`, whatever the section.
pub(super) fn ini(text: &str) -> Vec<Step> {
    let plain = lines(text).filter(|(_, it)| !it.starts_with(['#', ';', '[']));
    let pair = |(line, text): (u32, &str)| {
        let (name, value) = text.split_once('=')?;
        Some(literal(name.trim_end(), value.trim_start(), line))
    };
    plain.filter_map(pair).collect()
}

fn literal(name: &str, value: &str, line: u32) -> Step {
    let mut pieces = Vec::new();
    push_text(&mut pieces, value);
    Step::Set { name: name.to_owned(), value: pieces, exported: true, line }
}

/// systemd: `$A`, `${A}` and quotes as in a shell, blanks in values without quotes.
pub(super) fn environment_d(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for (line, text) in lines(text).filter(|(_, it)| !it.starts_with(['#', ';'])) {
        let Some((name, value)) = text.split_once('=').filter(|(name, _)| is_name(name)) else { continue };
        let words: Vec<_> = commands(value, Flavour::Sh).into_iter().flat_map(|it| it.words).collect();
        let mut pieces = Vec::new();
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                push_text(&mut pieces, " ");
            }
            for piece in &word.pieces {
                match piece {
                    Piece::Text(text) => push_text(&mut pieces, text),
                    other => pieces.push(other.clone()),
                }
            }
        }
        steps.push(Step::Set { name: name.to_owned(), value: pieces, exported: true, line });
    }
    steps
}

/// `SETUVAR --export NAME:value`, with `\x1e` between the elements of a list and `\xNN` for other odd bytes.
pub(super) fn fish_variables(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for (line, text) in lines(text) {
        let Some(rest) = text.strip_prefix("SETUVAR ") else { continue };
        let (exported, rest) = rest.strip_prefix("--export ").map_or((false, rest), |it| (true, it));
        let rest = rest.strip_prefix("--path ").unwrap_or(rest);
        let Some((name, value)) = rest.split_once(':').filter(|(name, _)| is_name(name)) else { continue };
        let value = unescaped(value).replace('\u{1e}', ":");
        let mut pieces = Vec::new();
        push_text(&mut pieces, &value);
        // fish puts these in front on PATH.
        let (name, exported) = if name == "fish_user_paths" {
            push_text(&mut pieces, ":");
            pieces.push(Piece::Var("PATH".into()));
            ("PATH", true)
        } else {
            (name, exported)
        };
        steps.push(Step::Set { name: name.to_owned(), value: pieces, exported, line });
    }
    steps
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\x");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok()).filter(u8::is_ascii);
        match code {
            Some(code) => {
                all.push(char::from(code));
                all.push_str(&part[2..]);
            }
            None => {
                all.push_str("\\x");
                all.push_str(part);
            }
        }
    }
    all.replace("\\\\", "\\")
}
