//! Operating system, user, rights, disks.

mod mac;
mod windows;

use std::path::{Path, PathBuf};
use std::thread;

use super::{busy, for_all, home, image, programs, wsl};
use crate::fact::Fact;
use crate::facts::host::{Distro, Rights};
use crate::facts::mac::ADMINISTRATORS;
use crate::facts::passwd::Account;
use crate::facts::{Host, osrelease};
use crate::path_style::PathStyle;
use crate::places::{NOWHERE, Places};
use crate::system::links;
use crate::system::parallel;
use crate::system::{Environment, Identity, Look, Space, Stat};

/// Asks for all of it. What runs a program (`getconf`, `sudo`) runs beside the rest.
pub fn probe(look: &dyn Look, places: &Places) -> Host {
    let identity = look.identity();
    let windows = is_windows(look);
    let mac = home::is_mac(look);
    let nobodys = home::is_nobodys(look);
    thread::scope(|scope| {
        let libc = scope.spawn(|| libc(look));
        let rights = scope.spawn(|| rights(look, &identity));
        let mac = mac.then(|| mac::probe(look, &identity));
        let account = account(look).map(|it| if nobodys { for_all::account(look, it) } else { it });
        let env = |name: &str| look.env().get(name).filter(|it| !it.is_empty()).cloned();
        let home = match home::home_dir(look) {
            Ok(home) => Fact::Here(home),
            Err(error) => Fact::Unknown(error.text().into()),
        };
        let (tmp, tmp_space) = tmp(look, |name| env(name));
        let distro = mac.as_ref().map_or_else(|| distro(look), |it| Fact::Here(mac::distro(it)));
        let container = container(look);
        Host {
            image: image::probe(look, &distro, container),
            distro,
            wsl: wsl::probe(look, &identity, container),
            container,
            user: account
                .as_ref()
                .map(|it| it.name.clone())
                .or_else(|| env(if windows { "USERNAME" } else { "USER" }))
                .unwrap_or_default(),
            home_stat: home.here().map_or(Fact::Absent, |it| home_stat(look, it)),
            home,
            home_variable: look.env().get(if windows { "USERPROFILE" } else { "HOME" }).cloned(),
            account_home: account.as_ref().map(|it| it.home.clone()),
            shell: account
                .map(|it| it.shell)
                .or_else(|| env("SHELL").filter(|_| !windows).map(PathBuf::from))
                .map_or(Fact::Absent, Fact::Here),
            sudo_user: behind(look),
            data_space: look.space(&places.data),
            cache_space: look.space(&places.cache),
            tmp_space,
            tmp,
            packages_busy: busy::packages(look),
            manager: None,
            windows: windows.then(|| self::windows::probe(look, &identity)),
            mac,
            libc: parallel::joined(libc).unwrap_or_else(|why| Fact::Unknown(why.into())),
            // Whoever cannot say has none.
            rights: parallel::joined(rights).unwrap_or(Rights::None),
            identity: identity.clone(),
        }
    })
}

/// What is at the home. That of nobody in particular is made where it is needed: it is as what it would be made in.
fn home_stat(look: &dyn Look, home: &Path) -> Fact<Stat> {
    let there = links::resolve(look, home).map(|it| it.1);
    if !there.is_absent() || !home::is_nobodys(look) {
        return there;
    }
    home.ancestors().find_map(|it| links::resolve(look, it).into_here()).map_or(there, |it| Fact::Here(it.1))
}

/// The account from which root was reached, where the program that did it says so: sudo, doas or pkexec.
pub fn behind(look: &dyn Look) -> Option<String> {
    let env = |name: &str| look.env().get(name).filter(|it| !it.is_empty()).cloned();
    let number = |name: &str| {
        let uid = env(name)?.parse::<u32>().ok().filter(|it| *it != 0)?;
        Some(home::name_of(look, uid).unwrap_or_else(|| uid.to_string()))
    };
    let name = |name: &str| env(name).filter(|it| it != "root");
    let said = || name("SUDO_USER").or_else(|| name("DOAS_USER"));
    let told = || said().or_else(|| number("SUDO_UID")).or_else(|| number("PKEXEC_UID"));
    if look.identity().uid == 0 && !is_windows(look) { told() } else { None }
}

/// Whose account it is. A Mac is only asked where its environment does not say it.
fn account(look: &dyn Look) -> Option<Account> {
    let says = |name: &str| look.env().get(name).is_some_and(|it| it.starts_with('/'));
    let told = home::is_mac(look) && says("HOME") && says("SHELL") && behind(look).is_none();
    if told { None } else { home::account(look) }
}

/// Whether this is Windows: what has a place of its own on other systems is nothing there, whatever lies at that path on the
/// current drive.
fn is_windows(look: &dyn Look) -> bool {
    PathStyle::of(&look.identity().os) == PathStyle::Windows
}

/// The directory for temporary files that TMPDIR names (`/tmp` without one), and its file system. On Windows that of TMP, then
/// TEMP, then the home, as Windows itself has it.
pub fn tmp(look: &dyn Look, env: impl Fn(&str) -> Option<String>) -> ((PathBuf, Fact<Stat>), Fact<Space>) {
    let set = |name: &&str| env(name).filter(|it| !it.is_empty());
    let tmp = if is_windows(look) {
        let named = ["TMP", "TEMP", "USERPROFILE"].iter().find_map(set);
        PathStyle::Windows.path(&named.unwrap_or_else(|| NOWHERE.to_owned()))
    } else {
        set(&"TMPDIR").unwrap_or_else(|| "/tmp".to_owned()).into()
    };
    let stat = links::resolve(look, &tmp).map(|it| it.1);
    let space = look.space(&tmp);
    ((tmp, stat), space)
}

/// The distribution, by its own word.
pub fn distro(look: &dyn Look) -> Fact<Distro> {
    if is_windows(look) {
        return Fact::Absent;
    }
    ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .find_map(|it| osrelease::parse(&text(look, it)?))
        .map_or(Fact::Absent, Fact::Here)
}

fn text(look: &dyn Look, path: &str) -> Option<String> {
    look.read_text(Path::new(path)).into_here().map(|it| String::from_utf8_lossy(&it).into_owned())
}

/// `glibc 2.36` from getconf; musl shows itself by its loader.
fn libc(look: &dyn Look) -> Fact<String> {
    if is_windows(look) || home::is_mac(look) {
        return Fact::Absent;
    }
    let musl = look.list(Path::new("/lib")).into_here().unwrap_or_default();
    if musl.iter().any(|it| it.starts_with("ld-musl-")) {
        return Fact::Here("musl".into());
    }
    let Fact::Here(getconf) = programs::first(look, ["/usr/bin/getconf", "/bin/getconf"].map(PathBuf::from))
    else {
        return Fact::Absent;
    };
    match look.run(&programs::ask(&getconf, &["GNU_LIBC_VERSION"], Environment::of_system())) {
        Fact::Here(answer) if answer.ok() => {
            programs::first_line(&answer.out()).map_or(Fact::Absent, Fact::Here)
        }
        Fact::Here(_) | Fact::Absent => Fact::Absent,
        Fact::Unknown(why) => Fact::Unknown(why),
    }
}

/// WSL starts systemd as it would start in a container, and says so: that one is none.
const NO_CONTAINER: &str = "wsl";

fn container(look: &dyn Look) -> bool {
    if is_windows(look) {
        return windows::container(look);
    }
    // macOS runs in none.
    if home::is_mac(look) {
        return false;
    }
    let there = |it: &str| look.stat(Path::new(it)).is_here();
    let is_one = |it: &str| !it.is_empty() && it.trim() != NO_CONTAINER;
    let told = "/run/systemd/container";
    ["/.dockerenv", "/run/.containerenv"].iter().any(|it| there(it))
        || there(told) && is_one(&text(look, told).unwrap_or_else(|| "unread".into()))
        || look.env().get("container").is_some_and(|it| is_one(it))
        || text(look, "/proc/1/cgroup")
            .is_some_and(|it| ["docker", "lxc", "kubepods", "libpod"].iter().any(|mark| it.contains(mark)))
}

/// Fixed places only: a `sudo` that stands elsewhere on PATH is not asked for anybody's rights.
pub const SUDO: [&str; 3] = ["/usr/bin/sudo", "/bin/sudo", "/usr/local/bin/sudo"];

/// Where `sudo` is, where it is.
fn sudo(look: &dyn Look) -> Option<PathBuf> {
    programs::first(look, SUDO.map(PathBuf::from)).into_here()
}

/// What a line for root begins with on this machine: nothing where we are root, or where there is no `sudo`.
pub fn sudo_if_any(look: &dyn Look) -> &'static str {
    if look.identity().uid == 0 || sudo(look).is_none() { "" } else { "sudo " }
}

fn rights(look: &dyn Look, identity: &Identity) -> Rights {
    // Windows asks for each installer by itself, and its number of a user means nothing.
    if identity.os == "windows" {
        return Rights::None;
    }
    if identity.uid == 0 {
        return Rights::Root;
    }
    let Some(sudo) = sudo(look) else { return Rights::None };
    match look.run(&programs::ask(&sudo, &["-n", "true"], Environment::of_system())) {
        Fact::Here(answer) if answer.ok() => Rights::SudoWithoutPassword,
        // Both refusals end with 1; the words are English, because we asked for them so.
        Fact::Here(answer) if refused(&answer.err()) => Rights::None,
        // A Mac's asks everybody for a password first, and says only then that it does not serve him.
        Fact::Here(_) if identity.os == "macos" && !identity.groups.contains(&ADMINISTRATORS) => Rights::None,
        Fact::Here(_) => Rights::SudoAsks,
        Fact::Absent | Fact::Unknown(_) => Rights::None,
    }
}

/// Whether `sudo` says that it does not serve this user.
pub fn refused(words: &str) -> bool {
    ["not in the sudoers", "may not run sudo", "not allowed", "no new privileges", "must be owned by uid 0"]
        .iter()
        .any(|it| words.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> Host {
        probe(machine, &Places::linux(Path::new("/root"), |_| None))
    }

    fn user(mut machine: Machine) -> Machine {
        machine.identity.uid = 1000;
        machine
    }

    const PASSWD: &str = "root:x:0:0::/root:/bin/bash\ndev:x:1000:1000::/home/dev:/usr/bin/fish\n";

    #[test]
    fn a_debian_is_seen() {
        let machine = Machine::linux()
            .file("/etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian 12\"")
            .file("/etc/passwd", PASSWD)
            .file("/root/.profile", "")
            .answer("/usr/bin/getconf", "GNU_LIBC_VERSION", 0, "glibc 2.36\n", "");
        let host = seen(&machine);
        assert_eq!(host.distro.here().map(|it| it.id.as_str()), Some("debian"));
        assert_eq!(host.libc, Fact::Here("glibc 2.36".into()));
        assert_eq!((host.user.as_str(), host.shell), ("root", Fact::Here("/bin/bash".into())));
        assert_eq!(host.rights, Rights::Root);
        assert!(host.home_stat.is_here() && host.wsl.is_none() && !host.container);
    }

    #[test]
    fn home_comes_from_the_password_file_where_the_variable_is_absent() {
        let mut machine = user(Machine::linux().file("/etc/passwd", PASSWD));
        machine.env.remove("HOME");
        let host = seen(&machine);
        assert_eq!(host.home, Fact::Here("/home/dev".into()));
        assert_eq!((host.home_variable, host.home_stat), (None, Fact::Absent));
    }

    #[test]
    fn rights_are_told_apart() {
        let sudo = |code, words| user(Machine::linux().answer("/usr/bin/sudo", "-n true", code, "", words));
        let rows = [
            (Machine::linux(), Rights::Root),
            (user(Machine::linux()), Rights::None),
            (sudo(0, ""), Rights::SudoWithoutPassword),
            (sudo(1, "sudo: a password is required"), Rights::SudoAsks),
            (sudo(1, "dev is not in the sudoers file."), Rights::None),
            (user(Machine::linux().program("/home/dev/bin/sudo").var("PATH", "/home/dev/bin")), Rights::None),
        ];
        for (machine, want) in rows {
            assert_eq!(seen(&machine).rights, want);
        }
    }

    #[test]
    fn on_a_mac_sudo_asks_anybody_for_a_password_and_serves_administrators_alone() {
        for (groups, code, words, want) in [
            (vec![20, 12, 61, 80], 1, "sudo: a password is required", Rights::SudoAsks),
            (vec![20, 12, 61], 1, "sudo: a password is required", Rights::None),
            (vec![20, 80], 1, "ann is not in the sudoers file.", Rights::None),
            (vec![20], 0, "", Rights::SudoWithoutPassword),
        ] {
            let mut machine = Machine::macos().answer("/usr/bin/sudo", "-n true", code, "", words);
            machine.identity.groups = groups.clone();
            assert_eq!(seen(&machine).rights, want, "{groups:?} {words}");
        }
    }

    #[test]
    fn only_root_under_sudo_has_a_user_behind_it() {
        let with = |uid, name: &str| {
            let mut machine = Machine::linux().var("SUDO_USER", name);
            machine.identity.uid = uid;
            seen(&machine).sudo_user
        };
        assert_eq!(with(0, "dev").as_deref(), Some("dev"));
        assert_eq!((with(0, "root"), with(1000, "dev"), with(0, "")), (None, None, None));
    }

    #[test]
    fn wsl_and_containers_are_recognised() {
        let mut machine = Machine::linux().file("/proc/sys/fs/binfmt_misc/WSLInterop", "");
        machine.identity.kernel = "5.15.153.1-microsoft-standard-WSL2".into();
        let version = |machine: &Machine| seen(machine).wsl.map(|it| it.version);
        assert_eq!(version(&machine), Some(2));
        assert_eq!(version(&machine.clone().file("/.dockerenv", "")), None);
        assert!(seen(&Machine::linux().file("/.dockerenv", "")).container);
        assert!(seen(&Machine::linux().var("container", "podman")).container);
        assert!(seen(&Machine::linux().file("/run/systemd/container", "systemd-nspawn\n")).container);
    }

    #[test]
    fn wsl_with_systemd_is_no_container() {
        let mut machine = Machine::linux().file("/proc/sys/fs/binfmt_misc/WSLInterop", "");
        machine.identity.kernel = "5.15.153.1-microsoft-standard-WSL2".into();
        let machine = machine.file("/run/systemd/container", "wsl").var("container", "wsl");
        let host = seen(&machine);
        assert!(!host.container && host.wsl.is_some(), "{host:?}");
    }
}
