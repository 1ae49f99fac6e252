//! What a profile sets, read and never run: assignments, `unset`, and the files that it reads by a literal path, in
//! order, with line numbers. Not a shell: conditions are not decided, functions not called; whoever matches the result
//! against a real environment sorts that out (`origins`). To add a dialect: a variant of [`Dialect`] and its reader.

use serde::{Deserialize, Serialize};

pub mod words;

pub mod aptconf;
pub mod cmd;
pub mod edit;
mod fish;
pub mod goenv;
pub mod pamconf;
mod plain;
mod powershell;
mod sh;

/// Whose language a file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// sh, bash, zsh.
    Sh,
    /// fish.
    Fish,
    /// fish's `fish_variables`, where universal variables are kept.
    FishVariables,
    /// `/etc/environment`, as `pam_env` reads it: no expansion, one line a variable.
    Pam,
    /// `/etc/security/pam_env.conf` and `~/.pam_environment`: `NAME DEFAULT=… OVERRIDE=…`.
    PamConf,
    /// `environment.d`, as systemd reads it.
    EnvironmentD,
    /// The file of `go env -w`.
    GoEnv,
    /// `apt.conf` and the files of `apt.conf.d`.
    AptConf,
    /// `sources.list` and its like: every line is a source, and none sets a variable.
    AptSources,
    /// `key = value` in sections, as dnf has it.
    Ini,
    /// PowerShell.
    #[serde(rename = "powershell")]
    PowerShell,
}

/// One step of a file, with its line from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A variable gets a value.
    Set {
        /// Its name.
        name: String,
        /// What it gets.
        value: Vec<Piece>,
        /// Whether this line exports it. `A=b` alone counts once something exports `A`.
        exported: bool,
        /// From 1.
        line: u32,
    },
    /// A variable is exported, removed, or un-exported, without a value.
    Mark {
        /// Its name.
        name: String,
        /// `true` for `export A`, `false` for `unset A`.
        kept: bool,
        /// From 1.
        line: u32,
    },
    /// Another file is read here (`. ~/.bashrc`), or every file that a pattern names (`/etc/profile.d/*.sh`).
    Read {
        /// Its path, perhaps with `*` in the last part.
        path: Vec<Piece>,
        /// From 1.
        line: u32,
    },
}

impl Step {
    /// The line on which it stands, from 1.
    pub const fn line(&self) -> u32 {
        match self {
            Self::Set { line, .. } | Self::Mark { line, .. } | Self::Read { line, .. } => *line,
        }
    }
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// The value of a variable (`~` is `HOME`).
    Var(String),
    /// Something that only a shell can know: `$(…)`, `${A%b}`.
    Any,
}

/// Reads a file. Total: what it does not understand it leaves out.
pub fn parse(text: &str, dialect: Dialect) -> Vec<Step> {
    match dialect {
        Dialect::Sh => sh::parse(text),
        Dialect::Fish => fish::parse(text),
        Dialect::FishVariables => plain::fish_variables(text),
        Dialect::Pam => plain::pam(text),
        Dialect::PamConf => pamconf::parse(text),
        Dialect::EnvironmentD => plain::environment_d(text),
        Dialect::GoEnv => plain::go_env(text),
        Dialect::AptConf => plain::apt_conf(text),
        Dialect::AptSources => Vec::new(),
        Dialect::Ini => plain::ini(text),
        Dialect::PowerShell => powershell::parse(text),
    }
}

/// Whether a line of a profile does what macOS's `path_helper` prints: the directories of `/etc/paths` and `/etc/paths.d` come
/// in front on PATH. To `parse` it is a command like any other.
pub fn runs_path_helper(line: &str) -> bool {
    let line = line.trim_start();
    line.contains("eval") && line.contains("/usr/libexec/path_helper") && !line.starts_with('#')
}

/// Whether it can be the name of a variable.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric())
}

/// Adds literal text to a value, joining it to text that is there.
fn push_text(value: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Text(last)) = value.last_mut() {
        last.push_str(text);
    } else {
        value.push(Piece::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(value: &[Piece]) -> String {
        value
            .iter()
            .map(|it| match it {
                Piece::Text(text) => text.clone(),
                Piece::Var(name) => format!("<{name}>"),
                Piece::Any => "<?>".into(),
            })
            .collect()
    }

    /// `3:NAME=value` for a set, with `!` when it is not exported; `3:+NAME`, `3:-NAME`; `3:. path`.
    fn steps(text: &str, dialect: Dialect) -> Vec<String> {
        let show = |step: &Step| match step {
            Step::Set { name, value, exported, line } => {
                format!("{line}:{}{name}={}", if *exported { "" } else { "!" }, shown(value))
            }
            Step::Mark { name, kept, line } => format!("{line}:{}{name}", if *kept { '+' } else { '-' }),
            Step::Read { path, line } => format!("{line}:. {}", shown(path)),
        };
        parse(text, dialect).iter().map(show).collect()
    }

    #[test]
    fn a_line_that_does_what_path_helper_prints_is_known() {
        for (line, runs) in [
            ("\teval `/usr/libexec/path_helper -s`", true),
            ("if [ -x /usr/libexec/path_helper ]; then eval $(/usr/libexec/path_helper -s); fi", true),
            ("if [ -x /usr/libexec/path_helper ]; then", false),
            ("# eval `/usr/libexec/path_helper -s`", false),
            ("eval \"$(/opt/homebrew/bin/brew shellenv)\"", false),
        ] {
            assert_eq!(runs_path_helper(line), runs, "{line}");
        }
    }

    #[test]
    fn shells_set_variables_in_many_ways() {
        let table: &[(&str, &[&str])] = &[
            ("export A=b C='d e'", &["1:A=b", "1:C=d e"]),
            ("A=b; export A", &["1:!A=b", "1:+A"]),
            ("\nexport PATH=\"$HOME/bin:$PATH\" # mine", &["2:PATH=<HOME>/bin:<PATH>"]),
            ("export PATH=~/go/bin:${PATH}", &["1:PATH=<HOME>/go/bin:<PATH>"]),
            ("PATH=$PATH:~/bin", &["1:!PATH=<PATH>:<HOME>/bin"]),
            ("PATH+=:/opt/bin", &["1:!PATH=<PATH>:/opt/bin"]),
            ("export GOPATH=$(go env GOPATH)/x", &["1:GOPATH=<?>/x"]),
            ("export GOPATH=`go env GOPATH`", &["1:GOPATH=<?>"]),
            ("PATH=\"$HOME/.local/bin${PATH:+:${PATH}}\"", &["1:!PATH=<HOME>/.local/bin:<PATH>"]),
            ("export A=\\\n  B=c\nexport D=e", &["1:A=", "2:B=c", "3:D=e"]),
            ("export A=one\\\ntwo", &["1:A=onetwo"]),
            ("if [ -d x ]; then PATH=/a:$PATH; else export PATH=/b; fi", &["1:!PATH=/a:<PATH>", "1:PATH=/b"]),
            ("CGO_ENABLED=0 go build\nunset GOFLAGS", &["2:-GOFLAGS"]),
            ("declare -x A=b; typeset -gx C=d; readonly E=f", &["1:A=b", "1:C=d", "1:!E=f"]),
            ("echo \"export A=b\" # export C=d\ncat <<EOF\nexport E=f\nEOF\nexport G=h", &["5:G=h"]),
            ("cat <<-'X Y' >f\n\texport A=b\n\tX Y\nexport C=d", &["4:C=d"]),
            ("path=(~/bin $path)\npath+=(/opt/x)", &["1:PATH=<HOME>/bin:<PATH>", "2:PATH=<PATH>:/opt/x"]),
            ("export A=a'b'\"c\"\\ d", &["1:A=abc d"]),
            ("export A='it'\\''s'", &["1:A=it's"]),
            ("export A=$'x\\ty'", &["1:A=x\ty"]),
            ("export -n A\nexport -p", &["1:-A"]),
            ("case $x in a) export A=1;; esac", &["1:A=1"]),
            ("f() { export A=1; }", &["1:A=1"]),
            ("export A=b\r\nexport C=d\r", &["1:A=b", "2:C=d"]),
            ("emulate sh -c 'export A=b; . /etc/profile'", &["1:. /etc/profile"]),
        ];
        for (text, want) in table {
            assert_eq!(steps(text, Dialect::Sh), *want, "{text:?}");
        }
    }

    #[test]
    fn files_that_are_read_by_a_literal_path_are_named() {
        let table: &[(&str, &[&str])] = &[
            (". ~/.bashrc", &["1:. <HOME>/.bashrc"]),
            ("[ -f \"$HOME/.cargo/env\" ] && source \"$HOME/.cargo/env\"", &["1:. <HOME>/.cargo/env"]),
            ("for i in /etc/profile.d/*.sh; do\n  . $i\ndone", &["1:. /etc/profile.d/*.sh", "2:. <i>"]),
            ("for f in a b; do :; done", &[]),
        ];
        for (text, want) in table {
            assert_eq!(steps(text, Dialect::Sh), *want, "{text:?}");
        }
    }

    #[test]
    fn fish_and_the_files_without_a_shell_are_read_too() {
        let table: &[(Dialect, &str, &[&str])] = &[
            (
                Dialect::Fish,
                "set -gx GOFLAGS -mod=mod # x\nset -e GOROOT",
                &["1:GOFLAGS=-mod=mod", "2:-GOROOT"],
            ),
            (Dialect::Fish, "set --global --export A 'b c'; set -g D e", &["1:A=b c", "1:!D=e"]),
            (Dialect::Fish, "set -gx PATH ~/go/bin $PATH", &["1:PATH=<HOME>/go/bin:<PATH>"]),
            (Dialect::Fish, "fish_add_path -g ~/go/bin /opt/x", &["1:PATH=<HOME>/go/bin:/opt/x:<PATH>"]),
            (Dialect::Fish, "fish_add_path --append /a", &["1:PATH=<PATH>:/a"]),
            (Dialect::Fish, "if test -f x\n  source ~/x.fish\nend", &["2:. <HOME>/x.fish"]),
            (Dialect::Fish, "set -gx A (go env GOPATH)/bin", &["1:A=<?>/bin"]),
            (Dialect::Fish, "set -x A", &["1:A="]),
            (
                Dialect::FishVariables,
                "# VERSION: 3.0\nSETUVAR --export GOPROXY:off\nSETUVAR fish_user_paths:/root/go/bin\\x1e/opt\\x20x",
                &["2:GOPROXY=off", "3:PATH=/root/go/bin:/opt x:<PATH>"],
            ),
            (
                Dialect::Pam,
                "# c\nGOFLAGS=-mod vendor\nexport A=\"b c\"\nB='d'\n=x\nPATH=\"/usr/bin:$HOME/bin\"",
                &["2:GOFLAGS=-mod vendor", "3:A=b c", "4:B=d", "6:PATH=/usr/bin:$HOME/bin"],
            ),
            (
                Dialect::PamConf,
                "# c\nDISPLAY DEFAULT=${REMOTEHOST}:0.0 OVERRIDE=${DISPLAY}\nA DEFAULT=\"b c\"\nB\tOVERRIDE=@{HOME}/x\n\
                 C DEFAULT=\\\n  d\nD=e\nE DEFAULT= OVERRIDE=\nF DEFAULT=a OVERRIDE=b",
                &["2:DISPLAY=<REMOTEHOST>:0.0", "3:A=b c", "4:B=<HOME>/x", "5:C=d", "7:D=e", "8:E=", "9:F=b"],
            ),
            (
                Dialect::EnvironmentD,
                "; c\nPATH=$HOME/go/bin:${PATH}\nA=\"b c\"\nB=${C:-x}\nno",
                &["2:PATH=<HOME>/go/bin:<PATH>", "3:A=b c", "4:B=<?>"],
            ),
            (
                Dialect::AptConf,
                "Acquire {\n http::Proxy \"http://a:1\";\n};",
                &["2:Acquire::http::Proxy=http://a:1"],
            ),
            (Dialect::AptSources, "deb http://deb.example stable main", &[]),
            (
                Dialect::Ini,
                "[main]\n# proxy=x\nproxy = http://a:1\ngpgcheck=1",
                &["3:proxy=http://a:1", "4:gpgcheck=1"],
            ),
        ];
        for (dialect, text, want) in table {
            assert_eq!(steps(text, *dialect), *want, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in r#"[-a-zA= \\'"`$(){}\[\]:;&|<>#~/*+!?0-9\n\r\té项]{0,80}"#) {
            for dialect in [
                Dialect::Sh, Dialect::Fish, Dialect::FishVariables, Dialect::Pam, Dialect::PamConf,
                Dialect::EnvironmentD, Dialect::GoEnv, Dialect::AptConf, Dialect::AptSources, Dialect::Ini,
                Dialect::PowerShell,
            ] {
                let lines = u32::try_from(text.split('\n').count()).expect("few lines");
                for step in parse(&text, dialect) {
                    let (Step::Set { line, .. } | Step::Mark { line, .. } | Step::Read { line, .. }) = step;
                    prop_assert!(line >= 1 && line <= lines);
                }
            }
        }
    }
}
