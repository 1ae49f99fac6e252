//! Profiles and other files of settings, as a recording holds them: written anew from what our reader makes of them, so
//! that nothing else of them is left. Lines keep their numbers; what checks read keeps its value, without its secrets;
//! every other value goes, and comments, functions, here-documents and everything that assigns nothing with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::Recording;
use super::names::is_known;
use crate::discreet::{self, REDACTED};
use crate::fact::Fact;
use crate::shell::goenv;
use crate::shell::{Dialect, Piece, Step, parse, runs_path_helper};

/// What is left of a line that runs it.
const PATH_HELPER: &str = "eval `/usr/libexec/path_helper -s`";

/// The files of settings among what was read: those that are known by their names, and what they read.
pub(super) fn found(recording: &Recording) -> BTreeMap<PathBuf, Dialect> {
    let all = || recording.read.iter().filter_map(|(path, it)| Some((path, it.here()?)));
    let mut found: BTreeMap<PathBuf, Dialect> = BTreeMap::new();
    // Go's settings may lie anywhere.
    let elsewhere = recording.env.get("GOENV").map(Path::new);
    let named = |path: &Path| if Some(path) == elsewhere { Some(Dialect::GoEnv) } else { dialect(path) };
    let mut open: Vec<(PathBuf, Dialect)> =
        all().filter_map(|(path, _)| Some((path.clone(), named(path)?))).collect();
    while let Some((path, dialect)) = open.pop() {
        let Some(Fact::Here(bytes)) = recording.read.get(&path) else { continue };
        let ours = path.parent().is_some_and(|it| it.ends_with("fyne-setup"));
        if ours || found.insert(path, dialect).is_some() {
            continue;
        }
        for step in parse(&String::from_utf8_lossy(bytes), dialect) {
            let Step::Read { path, .. } = step else { continue };
            let Some(named) = literal(&path, &recording.env) else { continue };
            let (front, back) = named.split_once('*').map_or((named.as_str(), None), |it| (it.0, Some(it.1)));
            let is = |it: &str| back.map_or(it == front, |back| it.starts_with(front) && it.ends_with(back));
            let there = all().filter(|(path, _)| path.to_str().is_some_and(is));
            open.extend(there.map(|(path, _)| (path.clone(), dialect)));
        }
    }
    found
}

/// In whose language a file of this name is, where it is one of settings.
fn dialect(path: &Path) -> Option<Dialect> {
    let name = path.file_name()?.to_str()?;
    let ends = |end: &str| path.extension().is_some_and(|it| it == end);
    let inside = |dir: &str| path.parent().is_some_and(|it| it.ends_with(dir));
    let sh = [
        "profile",
        "bash_profile",
        "bash_login",
        "bash_logout",
        "bashrc",
        "bash.bashrc",
        "xprofile",
        "xsessionrc",
    ];
    let zsh = ["zshenv", "zprofile", "zshrc", "zlogin"];
    match name {
        "fish_variables" => Some(Dialect::FishVariables),
        "environment" | "locale" if inside("etc") || inside("default") => Some(Dialect::Pam),
        ".pam_environment" | "pam_env.conf" => Some(Dialect::PamConf),
        "env" if inside("go") => Some(Dialect::GoEnv),
        "profile.ps1" | "Microsoft.PowerShell_profile.ps1" => Some(Dialect::PowerShell),
        _ if ends("fish") => Some(Dialect::Fish),
        _ if ends("conf") && inside("environment.d") => Some(Dialect::EnvironmentD),
        _ if ends("sh") => Some(Dialect::Sh),
        _ if sh.iter().chain(&zsh).any(|it| name.trim_start_matches('.') == *it) => Some(Dialect::Sh),
        _ => None,
    }
}

/// The path that pieces name, where the environment says all of it.
fn literal(pieces: &[Piece], env: &BTreeMap<String, String>) -> Option<String> {
    let text = |it: &Piece| match it {
        Piece::Text(text) => Some(text.clone()),
        Piece::Var(name) => env.get(name).cloned(),
        Piece::Any => None,
    };
    pieces.iter().map(text).collect()
}

/// A file of settings of which only what checks read is left.
pub(super) fn bare(text: &str, dialect: Dialect) -> String {
    let mut steps = kept(parse(text, dialect));
    if dialect == Dialect::GoEnv {
        steps.retain(|it| !matches!(it, Step::Set { name, .. } if !is_name(name)));
    }
    let count = text.split('\n').count();
    let mut lines = vec![String::new(); count];
    for (line, it) in lines.iter_mut().zip(text.split('\n')) {
        if is_marker(it.trim()) {
            it.trim().clone_into(line);
        } else if dialect == Dialect::Sh && runs_path_helper(it) {
            PATH_HELPER.clone_into(line);
        }
    }
    if dialect == Dialect::GoEnv {
        // What Go passes over in silence is a finding, whatever it says; what has no name that could be one is as much.
        let file = goenv::parse(text);
        let nameless = file.settings.iter().filter(|it| !is_name(&it.0)).map(|it| (it.2, String::new()));
        for (number, words) in file.garbage.into_iter().chain(nameless) {
            lines[number as usize - 1] =
                discreet::conflict(&words, REDACTED).unwrap_or_else(|| REDACTED.to_owned());
        }
    }
    let blank = lines.join("\n");
    for step in &steps {
        let (Step::Set { line, .. } | Step::Mark { line, .. } | Step::Read { line, .. }) = step;
        let Some(place) = lines.get_mut(*line as usize - 1) else { continue };
        let said = said(step, dialect);
        *place = if place.is_empty() { said } else { format!("{place}; {said}") };
    }
    let text = lines.join("\n");
    if parse(&text, dialect) == steps { text } else { blank }
}

/// The first and last line of a block that a program keeps in a profile: `# >>> fyne-setup >>>`.
fn is_marker(line: &str) -> bool {
    [">>>", "<<<"].iter().any(|it| {
        let name = line.strip_prefix("# ").and_then(|rest| rest.strip_prefix(it)?.strip_suffix(it));
        name.is_some_and(|it| it.len() < 24 && it.trim().chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    })
}

/// Whether a variable can be called so.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The steps with the values that may stay: of variables that checks read, and of those that these are made of.
fn kept(mut steps: Vec<Step>) -> Vec<Step> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = names.len();
        for step in &steps {
            let Step::Set { name, value, .. } = step else { continue };
            if is_known(name) || names.contains(name) {
                names.extend(value.iter().filter_map(|it| match it {
                    Piece::Var(name) if !discreet::names::is_secret(name) => Some(name.clone()),
                    _ => None,
                }));
            }
        }
        if names.len() == before {
            break;
        }
    }
    for step in &mut steps {
        match step {
            Step::Set { name, value, .. } if is_known(name) || names.contains(name) => {
                *value = without_secrets(name, value);
            }
            Step::Set { value, .. } if !value.is_empty() => *value = vec![Piece::Text(REDACTED.to_owned())],
            Step::Read { path, .. } => *path = without_secrets("", path),
            _ => {}
        }
    }
    steps
}

/// A value without its secrets. One that has some loses its variables with them.
fn without_secrets(name: &str, value: &[Piece]) -> Vec<Piece> {
    let text = |it: &Piece| match it {
        Piece::Text(text) => text.replace(['\n', '\r', '\0'], " "),
        Piece::Var(name) => format!("${name}"),
        Piece::Any => String::new(),
    };
    let whole: String = value.iter().map(text).collect();
    let shown = discreet::value(name, &whole, REDACTED);
    if shown != whole {
        return vec![Piece::Text(shown)];
    }
    let piece = |it: &Piece| if let Piece::Text(_) = it { Piece::Text(text(it)) } else { it.clone() };
    value.iter().map(piece).collect()
}

/// A value in PowerShell's words.
fn of_powershell(value: &[Piece]) -> String {
    let piece = |it: &Piece| match it {
        Piece::Text(text) => text.chars().flat_map(powershell_letter).collect(),
        Piece::Var(name) if name == "HOME" => "$HOME".to_owned(),
        Piece::Var(name) => format!("${{env:{name}}}"),
        Piece::Any => "$()".to_owned(),
    };
    format!("\"{}\"", value.iter().map(piece).collect::<String>())
}

fn powershell_letter(c: char) -> Vec<char> {
    if matches!(c, '`' | '"' | '$') { vec!['`', c] } else { vec![c] }
}

/// A step in the words of its language.
fn said(step: &Step, dialect: Dialect) -> String {
    let (fish, sh) = (dialect == Dialect::Fish, dialect == Dialect::Sh);
    match step {
        Step::Set { name, value, exported, .. } => match dialect {
            Dialect::Sh if *exported => format!("export {name}={}", words(value, false)),
            Dialect::Sh | Dialect::EnvironmentD => format!("{name}={}", words(value, false)),
            Dialect::Fish if *exported => format!("set -gx {name} {}", words(value, true)),
            Dialect::Fish => format!("set -g {name} {}", words(value, true)),
            Dialect::FishVariables => {
                let text = plain(value).replace('\\', "\\\\");
                let (name, text) = match text.strip_suffix(':') {
                    Some(text) if name == "PATH" => ("fish_user_paths", text),
                    _ => (name.as_str(), text.as_str()),
                };
                let export = if *exported && name != "fish_user_paths" { "--export " } else { "" };
                format!("SETUVAR {export}{name}:{text}")
            }
            Dialect::Pam => format!("{name}=\"{}\"", plain(value)),
            Dialect::PamConf => format!("{name} DEFAULT=\"{}\"", of_pam(value)),
            Dialect::GoEnv | Dialect::Ini | Dialect::AptSources => format!("{name}={}", plain(value)),
            Dialect::PowerShell => format!("$env:{name} = {}", of_powershell(value)),
            Dialect::AptConf => format!("{name} \"{}\";", plain(value)),
        },
        Step::Mark { name, .. } if dialect == Dialect::PowerShell => format!("Remove-Item Env:{name}"),
        Step::Read { path, .. } if dialect == Dialect::PowerShell => format!(". {}", of_powershell(path)),
        Step::Mark { name, kept: true, .. } => format!("export {name}"),
        Step::Mark { name, .. } if fish => format!("set -e {name}"),
        Step::Mark { name, .. } => format!("unset {name}"),
        Step::Read { path, .. } if sh || fish => format!(". {}", words(path, fish)),
        Step::Read { .. } => String::new(),
    }
}

/// The literal text of a value.
fn plain(value: &[Piece]) -> String {
    value.iter().filter_map(|it| if let Piece::Text(it) = it { Some(it.as_str()) } else { None }).collect()
}

/// A value as `pam_env.conf` has it.
fn of_pam(value: &[Piece]) -> String {
    let piece = |it: &Piece| match it {
        Piece::Text(text) => text.clone(),
        Piece::Var(name) => format!("${{{name}}}"),
        Piece::Any => "@{PAM_TTY}".to_owned(),
    };
    value.iter().map(piece).collect()
}

/// A value as one word of a shell.
fn words(value: &[Piece], fish: bool) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:+,@%=".contains(c);
    let piece = |it: &Piece| match it {
        Piece::Text(text) if text.chars().all(bare) => text.clone(),
        Piece::Text(text) if fish => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Piece::Text(text) => format!("'{}'", text.replace('\'', "'\\''")),
        Piece::Var(name) if fish => format!("\"${name}\""),
        Piece::Var(name) => format!("${{{name}}}"),
        Piece::Any if fish => "(true)".to_owned(),
        Piece::Any => "$(true)".to_owned(),
    };
    value.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_of_a_mac_still_runs_path_helper() {
        let text = "# CANARY\nif [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s` CANARY\nfi";
        assert_eq!(bare(text, Dialect::Sh), format!("\n\n{PATH_HELPER}\n"));
    }

    #[test]
    fn of_a_profile_only_what_checks_read_is_left() {
        let rows: &[(Dialect, &str, &str)] = &[
            (
                Dialect::Sh,
                "# my password is CANARY\nexport PATH=\"$HOME/bin:$PATH\" # CANARY\nEDITOR=CANARY\nexport GOFLAGS='-mod mod'\n",
                "\nexport PATH=${HOME}/bin:${PATH}\nEDITOR=redacted\nexport GOFLAGS='-mod mod'\n",
            ),
            (
                Dialect::Sh,
                "BASE=/opt/x\nexport PATH=$BASE/bin:$PATH\ncat <<EOF\nCANARY\nEOF\npsql <<< CANARY\ncurl -u bob:CANARY x; . ~/.other\n",
                "BASE=/opt/x\nexport PATH=${BASE}/bin:${PATH}\n\n\n\n\n. ${HOME}/.other\n",
            ),
            (
                Dialect::Sh,
                "if true; then export CC=gcc; fi; unset GOFLAGS\n",
                "export CC=gcc; unset GOFLAGS\n",
            ),
            (
                Dialect::Sh,
                "# >>> fyne-setup >>>\n. \"$HOME/x\"\n# <<< fyne-setup <<<",
                "# >>> fyne-setup >>>\n. ${HOME}/x\n# <<< fyne-setup <<<",
            ),
            (Dialect::Sh, "export http_proxy=bob:CANARY@host", "export http_proxy=redacted@host"),
            (
                Dialect::Sh,
                "export http_proxy=http://bob:CANARY$X@host",
                "export http_proxy=http://redacted@host",
            ),
            (
                Dialect::Sh,
                "export GOPATH=$(go env GOPATH) GOAUTH='git CANARY'",
                "export GOPATH=$(true); export GOAUTH=redacted",
            ),
            (Dialect::Sh, "export CC='gcc -DTOK=CANARY'", "export CC='gcc -DTOK=redacted'"),
            (
                Dialect::Fish,
                "set -gx PATH ~/go/bin $PATH\nset -x FOO CANARY\nset -e GOROOT",
                "set -gx PATH \"$HOME\"/go/bin:\"$PATH\"\nset -gx FOO redacted\nset -e GOROOT",
            ),
            (
                Dialect::FishVariables,
                "# VERSION: 3.0\nSETUVAR --export GOPROXY:off\nSETUVAR fish_user_paths:/opt\\x20x\\x1e/b\nSETUVAR A:CANARY",
                "\nSETUVAR --export GOPROXY:off\nSETUVAR fish_user_paths:/opt x:/b\nSETUVAR A:redacted",
            ),
            (
                Dialect::PamConf,
                "# CANARY\nDISPLAY DEFAULT=${REMOTEHOST}:0.0 OVERRIDE=${DISPLAY}\nTOKEN DEFAULT=CANARY\n",
                "\nDISPLAY DEFAULT=\"${REMOTEHOST}:0.0\"\nTOKEN DEFAULT=\"redacted\"\n",
            ),
            (
                Dialect::Pam,
                "export GOFLAGS=-mod vendor\nX=\"CANARY\"",
                "GOFLAGS=\"-mod vendor\"\nX=\"redacted\"",
            ),
            (
                Dialect::EnvironmentD,
                "; CANARY\nPATH=$HOME/go/bin:${PATH}\nX=CANARY",
                "\nPATH=${HOME}/go/bin:${PATH}\nX=redacted",
            ),
            (
                Dialect::GoEnv,
                "GOFLAGS=-mod vendor\nCANARY\n<<<<<<< HEAD\nGOPROXY=https://bob:CA,N/CANARY@host",
                "GOFLAGS=-mod vendor\nredacted\n<<<<<<< HEAD\nGOPROXY=https://redacted@host",
            ),
            (
                Dialect::GoEnv,
                "=CANARY\n =CANARY\nMy CANARY=x\n=======CANARY\n=======\n>>>>>>> CANARY\nCC=gcc --token CANARY -p CANARY\n",
                "redacted\nredacted\nredacted\nredacted\n=======\n>>>>>>> redacted\nCC=gcc --token redacted -p redacted\n",
            ),
            (
                Dialect::Sh,
                "export CC='gcc --password CANARY'\nexport CXX=\"g++ -pCANARY -pthread\"",
                "export CC='gcc --password redacted'\nexport CXX='g++ -predacted -pthread'",
            ),
        ];
        for (dialect, text, want) in rows {
            assert_eq!(bare(text, *dialect), *want, "{text}");
            assert_eq!(bare(want, *dialect), *want, "twice is once: {text}");
        }
    }

    #[test]
    fn profiles_are_found_by_their_names_and_by_what_they_read() {
        let mut recording = Recording::default();
        recording.env.insert("HOME".into(), "/home/ann".into());
        recording.env.insert("GOENV".into(), "/home/ann/settings".into());
        for (path, text) in [
            (
                "/home/ann/.bashrc",
                ". ~/.secrets\nfor f in /etc/extra.d/*.inc; do . $f; done\n. ~/.config/fyne-setup/env\n",
            ),
            ("/home/ann/.secrets", "X=1\n"),
            ("/etc/extra.d/a.inc", "Y=1\n"),
            ("/home/ann/.config/fyne-setup/env", "PATH=/x\n"),
            ("/home/ann/.config/go/env", "GOFLAGS=\n"),
            ("/home/ann/app/go.mod", "module x\n"),
            ("/home/ann/settings", "GOFLAGS=\n"),
        ] {
            recording.read.insert(path.into(), Fact::Here(text.into()));
        }
        let found: Vec<_> = found(&recording).into_keys().map(|it| it.display().to_string()).collect();
        assert_eq!(
            found,
            [
                "/etc/extra.d/a.inc",
                "/home/ann/.bashrc",
                "/home/ann/.config/go/env",
                "/home/ann/.secrets",
                "/home/ann/settings"
            ]
        );
    }

    #[test]
    fn of_a_profile_of_powershell_only_what_checks_read_is_left() {
        let profile =
            "# CANARY\n$env:Path += \";C:\\go`$x\"\n$env:X = 'CANARY'\n. $HOME\\x.ps1\n$env:GOFLAGS = $null";
        let left = "\n$env:PATH = \"${env:PATH};C:\\go`$x\"\n$env:X = \"redacted\"\n. \"$HOME\\x.ps1\"\nRemove-Item Env:GOFLAGS";
        assert_eq!(bare(profile, Dialect::PowerShell), left);
        assert_eq!(
            dialect(Path::new("C:/Users/Ann/Documents/PowerShell/profile.ps1")),
            Some(Dialect::PowerShell)
        );
    }
}
