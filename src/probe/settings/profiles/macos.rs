//! What a login on a Mac reads. There is no PAM and no systemd that sets variables: a login shell begins with `path_helper`
//! (`/etc/zprofile`, `/etc/profile`), and every terminal is a login there.

use std::path::{Path, PathBuf};

use super::files::{self, apart};
use super::{Origin, Walk, inside};
use crate::facts::Host;
use crate::facts::origins::Assigned;
use crate::shell::{Dialect, Piece};

/// Where `path_helper` has the directories of every user's PATH from: this file, then those of the directory by their names.
const PATHS: &str = "/etc/paths";
const PATHS_D: &str = "/etc/paths.d";

/// Reads them all; gives the files where a block of ours has to stand.
pub(super) fn all(walk: &mut Walk, host: &Host) -> Vec<PathBuf> {
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    let blocks = match shell.as_deref() {
        Some("fish") => {
            // It does by itself what path_helper does for the others, before it reads anything of people's.
            path_helper(walk);
            files::fish(walk)
        }
        Some("bash") => bash(walk),
        Some("sh" | "dash" | "ksh" | "mksh") => {
            files::plain(walk);
            vec![walk.home.join(".profile")]
        }
        _ => zsh(walk),
    };
    let read = walk.found.all.len();
    let others =
        [".profile", ".bash_profile", ".bash_login", ".bashrc", ".zshenv", ".zprofile", ".zshrc", ".zlogin"];
    // What is read already is not read again.
    let others: Vec<PathBuf> = others.iter().map(|it| walk.home.join(it)).collect();
    apart(walk, &others, Dialect::Sh);
    walk.found.hidden = walk.found.all.split_off(read);
    blocks
}

/// Apple's bash is 3.2 for ever. A terminal's is a login and reads `.bash_profile`; `.bashrc` it reads where that says so.
fn bash(walk: &mut Walk) -> Vec<PathBuf> {
    let own = files::own_of_bash(walk);
    files::read(walk, ["/etc/profile".into(), "/etc/bashrc".into(), own.clone()]);
    vec![own]
}

/// `/etc/zprofile` puts the system's directories in front of all that `.zshenv` has put on PATH: what is to be first has to
/// come after it.
fn zsh(walk: &mut Walk) -> Vec<PathBuf> {
    let own = files::zsh_files(walk).own;
    let (profile, later) = (own.join(".zprofile"), [own.join(".zshrc"), own.join(".zlogin")]);
    let anew = |it: &&Assigned| it.name == "PATH" && !it.names_itself();
    let takes_away = walk.found.all.iter().filter(anew).filter_map(|it| it.origin.place());
    let again: Vec<PathBuf> =
        takes_away.map(|it| it.0.to_path_buf()).filter(|it| later.contains(it)).take(1).collect();
    [vec![profile], again].concat()
}

/// What `path_helper` does to PATH: the lines of its files in their order, then what was on PATH before and is not among
/// them. As lines of a profile, the last first: each puts one directory in front.
pub(super) fn path_helper(walk: &mut Walk) {
    let dropped: Vec<PathBuf> = inside(walk.look, Path::new(PATHS_D), "").collect();
    let files: Vec<PathBuf> = std::iter::once(PATHS.into()).chain(dropped).collect();
    let mut lines: Vec<(String, Origin)> = Vec::new();
    for file in files {
        let bytes = walk.look.read_text(&file).into_here().unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        for (line, dir) in (1..).zip(text.lines()).filter(|it| !it.1.is_empty()) {
            if lines.iter().all(|it| it.0 != dir) {
                lines.push((dir.to_owned(), Origin::File { path: file.clone(), line }));
            }
        }
    }
    for (dir, origin) in lines.into_iter().rev() {
        let value = vec![Piece::Text(format!("{dir}:")), Piece::Var("PATH".into())];
        walk.found.all.push(Assigned { name: "PATH".into(), value, exported: true, origin });
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::super::read;
    use crate::fact::Fact;
    use crate::facts::{Host, Settings};
    use crate::probe::settings;
    use crate::system::fake::Machine;

    fn host(machine: &Machine, shell: &str) -> Host {
        Host {
            identity: machine.identity.clone(),
            home: Fact::Here("/Users/ann".into()),
            shell: Fact::Here(shell.into()),
            ..Host::default()
        }
    }

    fn mac() -> Machine {
        let helper = "if [ -x /usr/libexec/path_helper ]; then\n\teval `/usr/libexec/path_helper -s`\nfi\n";
        Machine::macos()
            .file("/private/etc/zprofile", helper)
            .file("/private/etc/profile", format!("{helper}[ -r /etc/bashrc ] && . /etc/bashrc\n"))
            .file("/private/etc/paths.d/go", "/usr/local/go/bin\n")
            .file("/private/etc/paths.d/10-cryptex", "/var/run/codex/bin\n")
    }

    fn names(machine: &Machine, shell: &str) -> (String, String, Vec<PathBuf>) {
        let seen = read(machine, &host(machine, shell), &machine.env);
        let of = |all: &[crate::facts::origins::Assigned]| {
            let names = all.iter().filter(|it| it.name != "PATH").map(|it| it.name.clone());
            names.collect::<Vec<_>>().join(" ")
        };
        (of(&seen.assigned.all), of(&seen.assigned.hidden), seen.blocks)
    }

    #[test]
    fn each_shell_of_a_mac_reads_its_own_files() {
        let machine = mac()
            .file("/private/etc/environment", "PAM=1\n")
            .file("/private/etc/bashrc", "SYSTEM_BASHRC=1\n")
            .file("/Users/ann/.config/environment.d/a.conf", "SYSTEMD=1\n")
            .file("/Users/ann/.profile", "PROFILE=1\n")
            .file("/Users/ann/.bash_profile", "BASH_PROFILE=1\n")
            .file("/Users/ann/.bashrc", "BASHRC=1\n")
            .file("/Users/ann/.zshenv", "ZSHENV=1\n")
            .file("/Users/ann/.zprofile", "ZPROFILE=1\n")
            .file("/Users/ann/.zshrc", "ZSHRC=1\n")
            .file("/Users/ann/.config/fish/config.fish", "set -x FISH 1\n");
        for (shell, reads, hides, block) in [
            ("/bin/zsh", "ZSHENV ZPROFILE ZSHRC", "PROFILE BASH_PROFILE BASHRC", ".zprofile"),
            (
                "/bin/bash",
                "SYSTEM_BASHRC BASH_PROFILE",
                "PROFILE BASHRC ZSHENV ZPROFILE ZSHRC",
                ".bash_profile",
            ),
            ("/bin/sh", "SYSTEM_BASHRC PROFILE", "BASH_PROFILE BASHRC ZSHENV ZPROFILE ZSHRC", ".profile"),
            (
                "/opt/homebrew/bin/fish",
                "FISH",
                "PROFILE BASH_PROFILE BASHRC ZSHENV ZPROFILE ZSHRC",
                ".config/fish/conf.d/fyne-setup.fish",
            ),
        ] {
            let home = Path::new("/Users/ann");
            assert_eq!(
                names(&machine, shell),
                (reads.into(), hides.into(), vec![home.join(block)]),
                "{shell}"
            );
        }
    }

    #[test]
    fn a_bash_of_a_mac_reads_bashrc_where_its_profile_says_so() {
        let machine = mac()
            .file("/Users/ann/.bash_profile", "[ -f ~/.bashrc ] && . ~/.bashrc\n")
            .file("/Users/ann/.bashrc", "BASHRC=1\n");
        assert_eq!(names(&machine, "/bin/bash").0, "BASHRC");
        let bare = mac().file("/Users/ann/.bashrc", "BASHRC=1\n");
        assert_eq!(
            names(&bare, "/bin/bash"),
            (String::new(), "BASHRC".into(), vec!["/Users/ann/.profile".into()])
        );
    }

    fn origins(machine: &Machine, shell: &str) -> (Settings, Vec<String>) {
        let settings = settings::probe(machine, &host(machine, shell));
        let place = |it: &crate::facts::settings::PathEntry| match it.origin.place() {
            Some((file, line)) => format!("{}:{line}", file.display()),
            None => "terminal".to_owned(),
        };
        let all = settings.path.iter().map(place).collect();
        (settings, all)
    }

    #[test]
    fn path_helper_puts_its_own_in_front_of_what_zshenv_had_put_there() {
        let machine = mac()
            .file("/Users/ann/.zshenv", "export PATH=$HOME/go/bin:$PATH\n")
            .file("/Users/ann/.zprofile", "export PATH=/opt/homebrew/bin:$PATH\n")
            .var(
                "PATH",
                "/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/var/run/codex/bin:/usr/local/go/bin:/Users/ann/go/bin",
            );
        for shell in ["/bin/zsh", "/usr/local/bin/zsh"] {
            let (settings, from) = origins(&machine, shell);
            assert_eq!(
                from,
                [
                    "/Users/ann/.zprofile:1",
                    "/etc/paths:1",
                    "/etc/paths:2",
                    "/etc/paths:3",
                    "/etc/paths:4",
                    "/etc/paths:5",
                    "/etc/paths.d/10-cryptex:1",
                    "/etc/paths.d/go:1",
                    "/Users/ann/.zshenv:1",
                ]
            );
            assert!(settings.path_lost.is_empty() && settings.path_unreached.is_empty(), "{settings:?}");
        }
    }

    #[test]
    fn a_directory_of_paths_d_that_this_terminal_has_not_is_known() {
        let (settings, from) = origins(&mac(), "/bin/zsh");
        assert_eq!(from.first().map(String::as_str), Some("/etc/paths:1"));
        let unreached: Vec<_> = settings.path_unreached.iter().map(|it| it.0.display().to_string()).collect();
        assert!(unreached.contains(&"/usr/local/go/bin".to_owned()), "{unreached:?}");
        // Who has no path_helper reads none of it.
        let mut none = mac();
        none.files.remove(Path::new("/private/etc/zprofile"));
        let (settings, from) = origins(&none, "/bin/zsh");
        assert!(from.iter().all(|it| it == "terminal") && settings.path_unreached.is_empty(), "{settings:?}");
    }

    #[test]
    fn the_block_of_a_zsh_follows_zdotdir_and_a_zshrc_that_sets_path_anew() {
        let moved = mac()
            .file("/Users/ann/.zshenv", "export ZDOTDIR=$HOME/.config/zsh\n")
            .file("/Users/ann/.config/zsh/.zshrc", "");
        let blocks = |machine: &Machine| names(machine, "/bin/zsh").2;
        assert_eq!(blocks(&moved), [PathBuf::from("/Users/ann/.config/zsh/.zprofile")]);
        let anew = mac().file("/Users/ann/.zshrc", "export PATH=/usr/bin:/bin\n");
        assert_eq!(blocks(&anew), ["/Users/ann/.zprofile", "/Users/ann/.zshrc"].map(PathBuf::from));
        let more = mac().file("/Users/ann/.zshrc", "export PATH=/opt/x:$PATH\n");
        assert_eq!(blocks(&more), [PathBuf::from("/Users/ann/.zprofile")]);
    }

    #[test]
    fn go_keeps_its_own_where_a_mac_has_it() {
        let machine = mac()
            .file("/Users/ann/Library/Application Support/go/env", "GOFLAGS=-mod=mod\n")
            .file("/Users/ann/.config/go/env", "GOFLAGS=-x\n")
            .var("XDG_CONFIG_HOME", "/xdg")
            .var("XDG_CACHE_HOME", "/xdg");
        let (here, _) = origins(&machine, "/bin/zsh");
        let home = Path::new("/Users/ann");
        assert_eq!(here.go_env_file.as_deref(), Some(&*home.join("Library/Application Support/go/env")));
        assert_eq!(here.value("GOFLAGS"), Some("-mod=mod"));
        assert_eq!(here.build_cache(home), Some(home.join("Library/Caches/go-build")));
        assert_eq!((here.gopath(home), here.go_bin(home)), (home.join("go"), home.join("go/bin")));
    }

    #[test]
    fn the_next_login_of_a_mac_is_asked_in_words_that_old_ones_know() {
        let mark = "fyne-setup reads the environment here";
        let said = format!("{mark}\0PATH=/usr/bin\n\0{mark}\0");
        let machine = mac().answer("/bin/zsh", "-l -c", 0, &said, "");
        let login = settings::next_login(&machine, &host(&machine, "/bin/zsh"), &Settings::default());
        assert_eq!(login.expect("an answer").value("PATH"), Some("/usr/bin\n"));
        let script = settings::login::login_script(true);
        assert!(script.contains("/usr/bin/env -0 2>/dev/null || "), "{script}");
    }
}
