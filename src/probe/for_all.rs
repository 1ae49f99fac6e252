//! What is there for all users (`--system`): what a new account sees, which files every login reads, and whether those of
//! this user's shell bring what root installed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{ours, settings};
use crate::facts::Host;
use crate::facts::passwd::Account;
use crate::places::{FOR_ALL, Places, SYSTEM};
use crate::shells::{self, PATHS_D};
use crate::system::{Kind, Look, links};

/// Read by sh, bash, dash and ksh at login, and by what display managers start. On Fedora and Arch also by zsh.
const PROFILE: &str = "/etc/profile.d/fyne-setup.sh";
/// Read by every fish.
const FISH: &str = "/etc/fish/conf.d/fyne-setup.fish";
/// Where zsh has its files of the system: on Debian and Arch, and on Fedora and elsewhere.
const ZSH: [&str; 2] = ["/etc/zsh", "/etc"];

/// What of the environment of who types reaches the commands that are about all users: how to get out of this machine, whom
/// to believe there, and how to talk to this terminal. A module list says the first, too.
const KEPT: [&str; 18] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GOPROXY",
    "LANG",
    "LANGUAGE",
    "TERM",
    "COLORTERM",
    "COLUMNS",
    "NO_COLOR",
    "container",
];

/// The environment of somebody whose account was made a moment ago: what `login` gives, and nothing of who runs this.
pub fn environment(look: &dyn Look) -> BTreeMap<String, String> {
    let identity = look.identity();
    let home = Places::system(&identity.os).home_of_nobody();
    let host = Host { identity, user: "root".into(), ..Host::default() };
    let mut env = settings::login_environment(look, &host, &home, &shell(look));
    let kept =
        |name: &str| KEPT.contains(&name) || ["LC_", "FYNE_SETUP_"].iter().any(|it| name.starts_with(it));
    for (name, value) in look.env().iter().filter(|it| kept(it.0)) {
        env.entry(name.clone()).or_insert_with(|| value.clone());
    }
    // As without it, but for Mesa: that asks the password file for a home, and root's has nothing to do with this.
    env.insert("XDG_CACHE_HOME".to_owned(), home.join(".cache").display().to_string());
    env.insert(FOR_ALL.to_owned(), "1".to_owned());
    env
}

/// The shell that stands for all: bash, which most have, else sh.
fn shell(look: &dyn Look) -> PathBuf {
    let bash = PathBuf::from("/bin/bash");
    if links::resolve(look, &bash).is_here() { bash } else { "/bin/sh".into() }
}

/// The account of who runs this as far as it is about a new one.
pub(super) fn account(look: &dyn Look, own: Account) -> Account {
    let home = Places::system(&look.identity().os).home_of_nobody();
    Account { home, shell: shell(look), ..own }
}

/// The files that have to source our env file so that each login has it, whatever its shell. A shell that comes later finds
/// its block with the next `repair --system`: a file of its package's that we made first would be in that package's way.
pub(super) fn profiles(look: &dyn Look, host: &Host) -> Vec<PathBuf> {
    if host.is_mac() {
        return Vec::new();
    }
    let fish = is_dir(look, Path::new("/etc/fish")).then(|| FISH.into());
    [PROFILE.into()].into_iter().chain(of_zsh(look)).chain(fish).collect()
}

/// Whether it is one of them.
pub(super) fn is_one(path: &Path) -> bool {
    let zshenv = |it: &&str| Path::new(it).join("zshenv") == path;
    [PROFILE, FISH].iter().any(|it| Path::new(it) == path) || ZSH.iter().any(zshenv)
}

/// Debian's zsh reads nothing of `/etc/profile.d`, and has no directory of the kind: its `zshenv` gets the block. Fedora's and
/// Arch's read `/etc/profile` at login.
fn of_zsh(look: &dyn Look) -> Option<PathBuf> {
    if zsh_reads_profile(look) {
        return None;
    }
    let there = |dir: &&&str| {
        let dir = Path::new(dir);
        if dir == Path::new("/etc") { look.stat(&dir.join("zshenv")).is_here() } else { is_dir(look, dir) }
    };
    ZSH.iter().find(there).map(|it| Path::new(it).join("zshenv"))
}

fn zsh_reads_profile(look: &dyn Look) -> bool {
    let reads = |dir: &&str| {
        let text = look.read_text(&Path::new(dir).join("zprofile")).into_here().unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        text.lines().any(|it| !it.trim_start().starts_with('#') && it.contains("/etc/profile"))
    };
    ZSH.iter().any(reads)
}

fn is_dir(look: &dyn Look, path: &Path) -> bool {
    links::resolve(look, path).into_here().is_some_and(|it| it.1.kind == Kind::Dir)
}

/// What an installation for all users puts on PATH of each login of this one, by the file that this one's shell reads.
pub(super) fn reached(look: &dyn Look, host: &Host) -> Vec<PathBuf> {
    let Some(home) = host.home.here() else { return Vec::new() };
    if !look.stat(&Path::new(SYSTEM).join("etc/env")).is_here() {
        return Vec::new();
    }
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    let brings = match shell.as_deref() {
        _ if host.is_mac() => look.stat(Path::new(PATHS_D)).is_here(),
        Some("fish") => ours::has_block(look, Path::new(FISH)),
        Some("zsh") => ours::has_block(look, &of_zsh(look).unwrap_or_else(|| PROFILE.into())),
        _ => ours::has_block(look, Path::new(PROFILE)),
    };
    if brings { shells::path_of_all(home, host.is_mac()) } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::facts::Ours;
    use crate::system::fake::Machine;

    fn root() -> Machine {
        Machine::linux()
            .file(
                "/etc/passwd",
                "root:x:0:0:root:/root:/usr/bin/fish\nann:x:1000:1000::/home/ann:/bin/bash\n",
            )
            .file("/root/.profile", "export GOFLAGS=-x\n")
    }

    #[test]
    fn a_new_account_has_what_login_gives_and_nothing_of_who_asks() {
        let machine = root()
            .file("/etc/environment", "CGO_ENABLED=0\nLANG=C\n")
            .file("/bin/bash", "")
            .var("HOME", "/root")
            .var("SUDO_USER", "ann")
            .var("GOFLAGS", "-x")
            .var("XDG_DATA_HOME", "/root/data")
            .var("PATH", "/root/bin:/usr/bin")
            .var("LANG", "de_DE.UTF-8")
            .var("https_proxy", "http://proxy:1")
            .var("FYNE_SETUP_YES", "1");
        let env = environment(&machine);
        let said = |name: &str| env.get(name).map(String::as_str);
        assert_eq!(said("HOME"), Some("/var/cache/fyne-setup/home"));
        assert_eq!(said("PATH"), Some("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
        assert_eq!((said("CGO_ENABLED"), said("LANG")), (Some("0"), Some("C")), "as each login has them");
        assert_eq!((said("https_proxy"), said("FYNE_SETUP_YES")), (Some("http://proxy:1"), Some("1")));
        assert_eq!((said("SHELL"), said(FOR_ALL)), (Some("/bin/bash"), Some("1")));
        assert_eq!(said("XDG_CACHE_HOME"), Some("/var/cache/fyne-setup/home/.cache"));
        for own in ["SUDO_USER", "GOFLAGS", "XDG_DATA_HOME"] {
            assert_eq!(said(own), None, "{own}");
        }
    }

    #[test]
    fn each_shell_of_the_machine_gets_a_file_that_its_every_login_reads() {
        for (files, want) in [
            (&[][..], &[PROFILE][..]),
            (
                &[("/etc/zsh/zshrc", ""), ("/etc/zsh/zprofile", "# not /etc/profile\n")],
                &[PROFILE, "/etc/zsh/zshenv"],
            ),
            (&[("/etc/zshenv", "")], &[PROFILE, "/etc/zshenv"]),
            (&[("/etc/zshenv", ""), ("/etc/zprofile", "_src() { source /etc/profile }\n")], &[PROFILE]),
            (&[("/etc/zsh/zprofile", "emulate sh -c 'source /etc/profile'\n")], &[PROFILE]),
            (&[("/etc/fish/config.fish", "")], &[PROFILE, FISH]),
        ] {
            let machine = files.iter().fold(Machine::linux(), |it, (path, text)| it.file(path, *text));
            let host = Host { identity: machine.identity.clone(), ..Host::default() };
            let seen = profiles(&machine, &host);
            assert_eq!(seen, want.iter().map(PathBuf::from).collect::<Vec<_>>(), "{files:?}");
            assert!(seen.iter().all(|it| is_one(it)) && !is_one(Path::new("/etc/profile")));
        }
        let mac = Machine::macos().file("/etc/zshenv", "");
        assert_eq!(
            profiles(&mac, &Host { identity: mac.identity.clone(), ..Host::default() }),
            Vec::<PathBuf>::new()
        );
    }

    /// A machine with an installation for all users, and its blocks in these files.
    fn installed(blocks: &[&str]) -> Machine {
        let block = shells::with_block(b"", "line").expect("a block");
        let machine = root().file("/opt/fyne-setup/etc/env", "");
        blocks.iter().fold(machine, |it, path| it.file(path, block.clone()))
    }

    fn of_ann(machine: &Machine, shell: &str) -> Ours {
        let home = Fact::Here(PathBuf::from("/home/ann"));
        let identity = machine.identity.clone();
        let host = Host { home, shell: Fact::Here(shell.into()), identity, ..Host::default() };
        let here = settings::probe(machine, &host);
        ours::probe(machine, &Places::linux(Path::new("/home/ann"), |_| None), &host, &here)
    }

    #[test]
    fn a_user_is_reached_where_the_file_of_the_users_own_shell_has_the_block() {
        let all = ["/opt/fyne-setup/current/bin", "/home/ann/go/bin", "/opt/fyne-setup/bin"];
        for (blocks, shell, reaches) in [
            (&[PROFILE][..], "/bin/bash", true),
            (&[PROFILE], "/usr/bin/zsh", true),
            (&[PROFILE, "/etc/zsh/zshenv"], "/usr/bin/zsh", true),
            (&[PROFILE], "/usr/bin/fish", false),
            (&[PROFILE, FISH], "/usr/bin/fish", true),
            (&["/home/ann/.profile"], "/bin/bash", false),
        ] {
            let seen = of_ann(&installed(blocks), shell);
            let want: Vec<PathBuf> = all.iter().filter(|_| reaches).map(PathBuf::from).collect();
            assert_eq!(seen.for_all, want, "{blocks:?} {shell}");
        }
        let zsh_alone = installed(&[PROFILE]).file("/etc/zsh/zshrc", "");
        assert_eq!(of_ann(&zsh_alone, "/usr/bin/zsh").for_all, Vec::<PathBuf>::new(), "it came later");
    }

    #[test]
    fn a_block_of_roots_in_etc_is_none_of_a_users_own_profiles() {
        let machine = installed(&["/etc/zsh/zshenv", "/home/ann/.zshrc"]);
        assert_eq!(of_ann(&machine, "/usr/bin/zsh").profiles, [PathBuf::from("/home/ann/.zshrc")]);
    }
}
