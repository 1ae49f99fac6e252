//! What is meant by a first word that is no command of ours: the word of another program, or the name of a thing that one of our
//! commands is about. To add one: a word in a row of `WORDS`.

use crate::app::check::families;
use crate::app::explain::is_explained;
use crate::provision::Kind;

/// Words that people type, and the command that does it.
const WORDS: &[(&[&str], &str)] = &[
    (&["fix", "heal", "mend", "doctor-fix", "solve"], "repair"),
    (&["remove", "delete", "clean", "purge", "erase", "nuke"], "uninstall"),
    (&["rollback", "revert", "restore", "back"], "undo"),
    (&["setup", "init", "bootstrap", "add", "get", "start"], "install"),
    (&["upgrade", "outdated"], "install --upgrade"),
    (&["update"], "self update"),
    (&["status", "info", "list", "scan", "inspect", "health", "verify-install", "which"], "check"),
    (&["mirror", "proxy", "goproxy"], "install --goproxy https://goproxy.cn,direct"),
    (&["log", "logs", "changes", "journal", "what"], "history"),
    (&["why", "man-page", "docs", "about", "describe"], "explain go.path"),
    (&["cross", "cross-compile", "windows"], "explain cross-compiler-missing"),
    (&["read", "analyze", "analyse", "log-file"], "diagnose build.log"),
    (&["build", "exec", "compile"], "run -- go build ."),
    (&["test", "window", "demo", "proof"], "prove"),
    (&["lock", "freeze"], "pin"),
    (&["versions", "resolve", "compat"], "manifest resolve"),
    (&["offline", "export", "pack"], "bundle create fyne.tar"),
    (&["docker", "container"], "provision dockerfile"),
    (&["ci", "github", "actions"], "provision github-action"),
    (&["lab", "classroom"], "provision ansible"),
    (&["shell", "settings", "path"], "env"),
    (&["completion", "complete"], "completions bash"),
    (&["checksum", "signature", "sha256"], "verify"),
];

/// What to type instead of a word, behind `fyne-setup`.
pub fn command(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some(kind) = Kind::named(&lower) {
        return Some(format!("provision {}", kind.name));
    }
    if families().contains(&lower.as_str()) {
        return Some(format!("check {lower}"));
    }
    if is_explained(&lower) {
        return Some(format!("explain {lower}"));
    }
    let log = [".log", ".txt"].iter().any(|end| lower.ends_with(end));
    if log && !lower.starts_with('-') {
        return Some(format!("diagnose {}", crate::quoting::quoted(word)));
    }
    let row = WORDS.iter().find(|it| it.0.contains(&lower.as_str()));
    row.map(|it| it.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::usage;
    use crate::gather::Gather as _;
    use crate::report::{Lang, Words};

    #[test]
    fn every_word_leads_to_a_command_line_that_is_read_and_is_no_command_itself() {
        let line = usage::command(&Words::of(Lang::En), 80);
        let mut seen = Vec::new();
        for (words, instead) in WORDS {
            let argv = ["fyne-setup"].into_iter().chain(instead.split(' '));
            // `verify` wants a file; the hint names the command.
            let wants = instead.split(' ').count() == 1;
            let read = line.clone().try_get_matches_from(argv);
            assert!(read.is_ok() || wants, "{instead}: {read:?}");
            assert!(
                line.find_subcommand(instead.split(' ').next().unwrap_or_default()).is_some(),
                "{instead}"
            );
            for word in *words {
                assert!(line.find_subcommand(word).is_none(), "{word} is a command");
                seen.push(*word);
            }
        }
        assert_eq!(seen.iter().into_set().len(), seen.len(), "a word stands twice");
    }

    #[test]
    fn checks_codes_kinds_and_logs_lead_to_the_command_about_them() {
        for (word, instead) in [
            ("fix", Some("repair")),
            ("go", Some("check go")),
            ("go.path", Some("explain go.path")),
            ("disk.full", Some("explain disk.full")),
            ("Ansible", Some("provision ansible")),
            ("build.log", Some("diagnose build.log")),
            ("my log.txt", Some("diagnose 'my log.txt'")),
            ("frobnicate", None),
        ] {
            assert_eq!(command(word).as_deref(), instead, "{word}");
        }
    }
}
