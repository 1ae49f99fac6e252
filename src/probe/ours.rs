//! What our own records say: `current`, env files, profile blocks, last proof, runs that were cut short.

use std::path::{Path, PathBuf};

use super::for_all;
use crate::fact::Fact;
use crate::facts::{Host, Ours, Settings};
use crate::journal;
use crate::journal::{lock, own};
use crate::places::Places;
use crate::shells;
use crate::system::Look;

/// Asks for all of it.
pub fn probe(look: &dyn Look, places: &Places, host: &Host, here: &Settings) -> Ours {
    // What is not ours alone has nothing to say, and names no Go.
    let guarded = own::guard(look, places);
    let ours = guarded.is_ok();
    let current = look.stat(&places.current()).into_here().filter(|_| ours).and_then(|it| it.target);
    let version = current.and_then(|it| it.file_name().map(|it| it.to_string_lossy().into_owned()));
    let all = places.are_for_all();
    let candidates = |home: &PathBuf| {
        if all { for_all::profiles(look, host) } else { candidates(look, host, here, home) }
    };
    let profiles = host.home.here().map(candidates).unwrap_or_default();
    let (mut profiles, profiles_missing): (Vec<_>, Vec<_>) =
        profiles.into_iter().partition(|it| has_block(look, it));
    // One that hid the right program has it as well, whatever its name.
    // What sources the file of the other kind of installation is none of this one's.
    let ours_too = |path: &PathBuf| all == for_all::is_one(path) && !profiles.contains(path);
    let more = here.files.iter().filter(|(path, it)| is_block(&it.bytes) && ours_too(path));
    let more: Vec<PathBuf> = more.map(|it| it.0.clone()).collect();
    profiles.extend(more);
    let env_file = look.read_text(&places.config.join("env"));
    let env_path = env_file.here().map(|it| shells::front(&String::from_utf8_lossy(it))).unwrap_or_default();
    let env_path = shells::at_home(env_path, &host.home());
    Ours {
        places: places.clone(),
        current: version.map_or(Fact::Absent, Fact::Here),
        env_file: env_file.map(|_| true),
        env_path,
        for_all: if all { Vec::new() } else { for_all::reached(look, host) },
        profiles,
        profiles_missing,
        last_proof: look.read(&places.proofs()).map(|it| String::from_utf8_lossy(&it).into_owned()),
        unfinished: if ours { unfinished(look, places) } else { Vec::new() },
        unread: match guarded {
            Ok(()) => match look.read(&places.journal()) {
                Fact::Unknown(why) => Some(why),
                Fact::Here(_) | Fact::Absent => None,
            },
            Err(failure) => Some(failure.message.into()),
        },
        older_terminal: false,
        last_build: None,
    }
}

/// The profiles that have to source our env file so that every login and every terminal of this user has it.
fn candidates(look: &dyn Look, host: &Host, here: &Settings, home: &Path) -> Vec<PathBuf> {
    let there = |name: &str| !look.stat(&home.join(name)).is_absent();
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    let is = |name: &str| shell.as_deref() == Some(name);
    let mut names: Vec<&str> = [".bash_profile", ".bash_login"].into_iter().filter(|it| there(it)).collect();
    // bash reads only the first of the three; sh, dash, ksh and display managers read ~/.profile. A Mac has no such manager.
    if (names.is_empty() && !host.is_mac()) || there(".profile") {
        names.push(".profile");
    }
    names.extend([".bashrc"].into_iter().filter(|it| there(it)));
    let mut files: Vec<PathBuf> = names.into_iter().map(|it| home.join(it)).collect();
    let zsh = [".zshenv", ".zshrc", ".zprofile"].into_iter().any(there);
    if !is("zsh") && zsh {
        files.push(home.join(if host.is_mac() { ".zprofile" } else { ".zshenv" }));
    }
    // Where these two read their files is not told by names alone.
    let others = here.blocks.iter().filter(|it| !files.contains(it));
    let others: Vec<PathBuf> = others.cloned().collect();
    files.extend(others);
    if !is("fish") && there(".config/fish") {
        files.push(home.join(".config/fish/conf.d/fyne-setup.fish"));
    }
    files
}

pub(super) fn has_block(look: &dyn Look, file: &Path) -> bool {
    is_block(&look.read(file).into_here().unwrap_or_default())
}

fn is_block(text: &[u8]) -> bool {
    String::from_utf8_lossy(text).lines().any(|it| it.trim_end() == shells::BLOCK_BEGIN)
}

fn unfinished(look: &dyn Look, places: &Places) -> Vec<String> {
    let text = look.read(&places.journal()).into_here().unwrap_or_default();
    let (runs, _) = journal::runs(&text);
    let cut = runs.into_iter().filter(journal::Run::cut_short).map(|it| format!("{} {}", it.command, it.id));
    let cut: Vec<String> = cut.collect();
    // Who holds the lock is at work, not cut short.
    if cut.is_empty() || lock::at_work(look, places) { Vec::new() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn ours(machine: &Machine, shell: &str) -> Ours {
        let home = Fact::Here(PathBuf::from("/root"));
        let host = Host { home, shell: Fact::Here(shell.into()), ..Host::default() };
        let here = crate::probe::settings::probe(machine, &host);
        probe(machine, &Places::linux(Path::new("/root"), |_| None), &host, &here)
    }

    fn names(files: &[PathBuf]) -> Vec<&str> {
        files.iter().filter_map(|it| it.strip_prefix("/root").ok()?.to_str()).collect()
    }

    #[test]
    fn each_shell_of_this_user_gets_a_profile_and_no_other() {
        for (shell, files, want) in [
            ("/bin/bash", &[][..], &[".profile"][..]),
            ("/bin/bash", &[".profile", ".bashrc"], &[".profile", ".bashrc"]),
            ("/bin/bash", &[".bash_profile"], &[".bash_profile"]),
            (
                "/bin/bash",
                &[".bash_profile", ".profile", ".zshrc"],
                &[".bash_profile", ".profile", ".zshenv"],
            ),
            ("/usr/bin/ksh", &[".bash_profile"], &[".bash_profile", ".profile"]),
            ("/usr/bin/zsh", &[], &[".profile", ".zshenv"]),
            ("/usr/bin/fish", &[], &[".profile", ".config/fish/conf.d/fyne-setup.fish"]),
        ] {
            let machine =
                files.iter().fold(Machine::linux(), |it, name| it.file(&format!("/root/{name}"), "x"));
            assert_eq!(names(&ours(&machine, shell).profiles_missing), want, "{shell} {files:?}");
        }
    }

    #[test]
    fn a_mac_gets_a_block_where_its_shell_reads_it_and_no_file_for_others() {
        for (shell, files, want) in [
            ("/bin/zsh", &[][..], &[".zprofile"][..]),
            ("/bin/zsh", &[".zshrc", ".zprofile"], &[".zprofile"]),
            ("/bin/zsh", &[".bash_profile", ".zshrc"], &[".bash_profile", ".zprofile"]),
            ("/bin/bash", &[], &[".profile"]),
            (
                "/bin/bash",
                &[".bash_profile", ".bashrc", ".zshrc"],
                &[".bash_profile", ".bashrc", ".zprofile"],
            ),
            ("/opt/homebrew/bin/fish", &[], &[".config/fish/conf.d/fyne-setup.fish"]),
        ] {
            let machine =
                files.iter().fold(Machine::macos(), |it, name| it.file(&format!("/Users/ann/{name}"), "x"));
            let host = Host {
                identity: machine.identity.clone(),
                home: Fact::Here("/Users/ann".into()),
                shell: Fact::Here(shell.into()),
                ..Host::default()
            };
            let here = crate::probe::settings::probe(&machine, &host);
            let seen = probe(&machine, &Places::macos(Path::new("/Users/ann")), &host, &here);
            let names: Vec<_> = seen
                .profiles_missing
                .iter()
                .filter_map(|it| it.strip_prefix("/Users/ann").ok()?.to_str())
                .collect();
            assert_eq!(names, want, "{shell} {files:?}");
        }
    }

    #[test]
    fn a_journal_that_cannot_be_read_is_no_empty_one() {
        let journal = "/root/.local/share/fyne-setup/journal.jsonl";
        assert_eq!(ours(&Machine::linux(), "/bin/sh").unread, None);
        assert_eq!(ours(&Machine::linux().file(journal, ""), "/bin/sh").unread, None);
        assert!(ours(&Machine::linux().pipe(journal), "/bin/sh").unread.is_some());
    }

    #[test]
    fn a_profile_with_our_block_is_known() {
        let block = shells::with_block(b"PATH=x\r\n", "line").expect("none yet");
        let machine = Machine::linux().file("/root/.profile", block);
        let seen = ours(&machine, "/bin/sh");
        assert_eq!((names(&seen.profiles), seen.profiles_missing.len()), (vec![".profile"], 0));
    }

    #[test]
    fn a_run_without_an_end_was_cut_short_unless_it_is_at_work() {
        let journal =
            r#"{"schema":1,"run":"7-1","time":7,"event":"begin","command":"install","program":"0"}"#;
        let data = "/root/.local/share/fyne-setup";
        let machine = Machine::linux()
            .file(&format!("{data}/journal.jsonl"), journal)
            .file(&format!("{data}/lock"), "9");
        assert_eq!(ours(&machine, "/bin/sh").unfinished, ["install 7-1"]);
        let inode = machine.stat(Path::new(&format!("{data}/lock"))).here().map_or(0, |it| it.inode);
        let locks = format!("1: FLOCK  ADVISORY  WRITE 9 00:19:{inode} 0 EOF\n");
        let machine = machine.file("/proc/locks", locks);
        assert_eq!(ours(&machine, "/bin/sh").unfinished, Vec::<String>::new());
    }

    #[test]
    fn current_says_which_go_is_ours() {
        let machine = Machine::linux()
            .file("/root/.local/share/fyne-setup/go/1.27.4/VERSION", "go1.27.4")
            .link("/root/.local/share/fyne-setup/current", "go/1.27.4");
        assert_eq!(ours(&machine, "/bin/sh").current, Fact::Here("1.27.4".into()));
    }
}
