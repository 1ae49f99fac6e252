//! Which files a login of this user reads, and what they assign. To add a shell: its files in [`files`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::origins::{Assigned, Assignments};
use crate::facts::settings::FileSeen;
use crate::shell::{Dialect, Piece, Step, parse};
use crate::system::links;
use crate::system::{Kind, Look};

/// How deep files may read each other.
const DEPTH: u8 = 8;

/// The largest file that is read: a profile is a page or two, with somebody's data in it a few megabytes.
const LARGEST: usize = 16 << 20;

/// Everything that the files of a login assign, in order, and those files.
pub fn assignments(
    look: &dyn Look,
    host: &Host,
    env: &BTreeMap<String, String>,
) -> (Assignments, BTreeMap<PathBuf, FileSeen>) {
    let home = host.home();
    let mut walk = Walk {
        look,
        env,
        home,
        seen: BTreeSet::new(),
        found: Assignments::default(),
        files: BTreeMap::new(),
    };
    let all = files(&walk, host);
    walk.found.unread = unread(&walk.home, host, &all);
    for (path, dialect) in all {
        walk.file(&path, dialect, 0);
    }
    let apart = walk.found.all.len();
    for path in walk.found.unread.clone() {
        walk.file(&path, Dialect::Sh, 0);
    }
    walk.found.hidden = walk.found.all.split_off(apart);
    (walk.found, walk.files)
}

/// A file as an edit of it wants to know it.
pub fn seen(look: &dyn Look, path: &Path, dialect: Dialect, bytes: Vec<u8>) -> FileSeen {
    let there = links::resolve(look, path).into_here();
    let (real, ours) = there.map_or_else(
        || (path.to_path_buf(), false),
        |(real, stat)| (real, stat.kind == Kind::File && stat.writable),
    );
    let dir = real.parent().and_then(|it| look.stat(it).into_here()).is_some_and(|it| it.writable);
    FileSeen { dialect, digest: Digest::of(&bytes).to_string(), real, writable: ours && dir, bytes }
}

/// Files of Bourne shells that the login shell does not read by itself, as long as none that it reads says so.
fn unread(home: &Path, host: &Host, all: &[(PathBuf, Dialect)]) -> BTreeSet<PathBuf> {
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    let profile = home.join(".profile");
    match shell.as_deref() {
        Some("zsh" | "fish") => [profile, home.join(".bash_profile"), home.join(".bashrc")].into(),
        Some("bash") if all.iter().all(|it| it.0 != profile) => [profile].into(),
        _ => BTreeSet::new(),
    }
}

struct Walk<'a> {
    look: &'a dyn Look,
    env: &'a BTreeMap<String, String>,
    home: PathBuf,
    seen: BTreeSet<PathBuf>,
    found: Assignments,
    files: BTreeMap<PathBuf, FileSeen>,
}

/// The files in the order of a login; those that only a desktop or an interactive shell reads stand where they would
/// be read. A file that another one reads is taken there and not again.
fn files(walk: &Walk, host: &Host) -> Vec<(PathBuf, Dialect)> {
    let home = |name: &str| walk.home.join(name);
    let config = walk.env.get("XDG_CONFIG_HOME").filter(|it| !it.is_empty());
    let config = config.map_or_else(|| home(".config"), PathBuf::from);
    let mut all =
        vec![(PathBuf::from("/etc/environment"), Dialect::Pam), (home(".pam_environment"), Dialect::Pam)];
    for dir in ["/usr/lib/environment.d".into(), "/etc/environment.d".into(), config.join("environment.d")] {
        all.extend(inside(walk.look, &dir, ".conf").map(|it| (it, Dialect::EnvironmentD)));
    }
    let sh = |path: PathBuf| (path, Dialect::Sh);
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    match shell.as_deref() {
        Some("fish") => {
            all.extend([sh("/etc/profile".into()), sh(home(".profile"))]);
            let fish = config.join("fish");
            all.push((fish.join("fish_variables"), Dialect::FishVariables));
            for dir in [Path::new("/etc/fish"), &fish] {
                all.extend(inside(walk.look, &dir.join("conf.d"), ".fish").map(|it| (it, Dialect::Fish)));
                all.push((dir.join("config.fish"), Dialect::Fish));
            }
        }
        Some("zsh") => {
            let own = walk.env.get("ZDOTDIR").filter(|it| !it.is_empty());
            let own = own.map_or_else(|| walk.home.clone(), PathBuf::from);
            all.extend([sh("/etc/profile".into()), sh(home(".profile"))]);
            for name in ["zshenv", "zprofile", "zshrc", "zlogin"] {
                all.extend([sh(Path::new("/etc/zsh").join(name)), sh(Path::new("/etc").join(name))]);
                all.push(sh(own.join(format!(".{name}"))));
            }
        }
        shell => {
            all.push(sh("/etc/profile".into()));
            let bash = [".bash_profile", ".bash_login"].map(home);
            let bash =
                bash.into_iter().find(|it| walk.look.stat(it).is_here()).filter(|_| shell == Some("bash"));
            all.push(sh(bash.unwrap_or_else(|| home(".profile"))));
            all.extend([sh("/etc/bash.bashrc".into()), sh("/etc/bashrc".into()), sh(home(".bashrc"))]);
        }
    }
    all.extend([sh(home(".xprofile")), sh(home(".xsessionrc"))]);
    all
}

/// The files in a directory whose names end so, sorted.
fn inside(look: &dyn Look, dir: &Path, end: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let names = look.list(dir).into_here().unwrap_or_default();
    let (dir, end) = (dir.to_path_buf(), end.to_owned());
    names.into_iter().filter(move |it| it.ends_with(&end)).map(move |it| dir.join(it))
}

impl Walk<'_> {
    fn file(&mut self, path: &Path, dialect: Dialect, depth: u8) {
        if depth > 0 {
            self.found.unread.remove(path);
        }
        if depth > DEPTH || !self.seen.insert(path.to_path_buf()) {
            return;
        }
        let Fact::Here(bytes) = self.look.read_text(path) else { return };
        if bytes.len() > LARGEST {
            return;
        }
        let steps = parse(&String::from_utf8_lossy(&bytes), dialect);
        self.files.insert(path.to_path_buf(), seen(self.look, path, dialect, bytes));
        for step in steps {
            match step {
                Step::Set { name, value, exported, line } => {
                    self.found.all.push(Assigned { name, value, exported, file: path.to_path_buf(), line });
                }
                Step::Mark { name, kept: true, .. } => _ = self.found.exported.insert(name),
                Step::Mark { .. } => {}
                Step::Read { path, .. } => self.read(&path, dialect, depth),
            }
        }
    }

    fn read(&mut self, path: &[Piece], dialect: Dialect, depth: u8) {
        let Some(path) = self.known(path).filter(|it| it.starts_with('/')) else { return };
        let path = PathBuf::from(path);
        match path
            .file_name()
            .map(|it| it.to_string_lossy().into_owned())
            .and_then(|it| it.split_once('*').map(|(front, back)| (front.to_owned(), back.to_owned())))
        {
            Some((front, back)) => {
                let dir = path.parent().unwrap_or(Path::new("/"));
                for file in inside(self.look, dir, &back) {
                    let named = file.file_name().is_some_and(|it| it.to_string_lossy().starts_with(&front));
                    if named {
                        self.file(&file, dialect, depth + 1);
                    }
                }
            }
            None => self.file(&path, dialect, depth + 1),
        }
    }

    /// The text of a path, if every part of it is known.
    fn known(&self, pieces: &[Piece]) -> Option<String> {
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Var(name) if name == "HOME" => Some(self.home.display().to_string()),
            Piece::Var(name) => self.env.get(name).filter(|it| !it.is_empty()).cloned(),
            Piece::Any => None,
        };
        pieces.iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn names(machine: &Machine, shell: &str) -> Vec<String> {
        let host =
            Host { home: Fact::Here("/root".into()), shell: Fact::Here(shell.into()), ..Host::default() };
        let (found, _) = assignments(machine, &host, &machine.env);
        found.all.iter().map(|it| it.name.clone()).collect()
    }

    #[test]
    fn each_shell_reads_its_own_files() {
        let machine = Machine::linux()
            .file("/etc/environment", "PAM=1")
            .file("/root/.config/environment.d/a.conf", "SYSTEMD=1")
            .file("/root/.profile", "PROFILE=1")
            .file("/root/.bash_profile", "BASH_PROFILE=1")
            .file("/root/.bashrc", "BASHRC=1")
            .file("/root/.zprofile", "ZPROFILE=1")
            .file("/root/.config/fish/config.fish", "set -x FISH 1");
        for (shell, want) in [
            ("/bin/bash", "PAM SYSTEMD BASH_PROFILE BASHRC"),
            ("/bin/dash", "PAM SYSTEMD PROFILE BASHRC"),
            ("/usr/bin/zsh", "PAM SYSTEMD PROFILE ZPROFILE"),
            ("/usr/bin/fish", "PAM SYSTEMD PROFILE FISH"),
        ] {
            assert_eq!(names(&machine, shell).join(" "), want, "{shell}");
        }
    }

    #[test]
    fn what_an_edit_would_meet_is_known_of_every_file() {
        let mut machine = Machine::linux()
            .file("/etc/environment", "A=1")
            .file("/root/dots/profile", "export B=1")
            .link("/root/.profile", "dots/profile")
            .file("/usr/lib/environment.d/x.conf", "");
        machine.files.get_mut(Path::new("/etc/environment")).expect("there").1 = 0o444;
        let host = Host { home: Fact::Here("/root".into()), ..Host::default() };
        let (_, files) = assignments(&machine, &host, &machine.env);
        let files: Vec<_> =
            files.iter().map(|(path, it)| (path.to_str(), it.real.to_str(), it.writable)).collect();
        let want = [
            (Some("/etc/environment"), Some("/etc/environment"), false),
            (Some("/root/.profile"), Some("/root/dots/profile"), true),
            (Some("/usr/lib/environment.d/x.conf"), Some("/usr/lib/environment.d/x.conf"), true),
        ];
        assert_eq!(files, want);
    }

    #[test]
    fn what_the_login_shell_does_not_read_is_kept_apart() {
        let machine = Machine::linux()
            .file("/root/.profile", "PROFILE=1")
            .file("/root/.bash_profile", "BASH_PROFILE=1")
            .file("/root/.bashrc", "BASHRC=1");
        let found = |machine: &Machine, shell: &str| {
            let host =
                Host { home: Fact::Here("/root".into()), shell: Fact::Here(shell.into()), ..Host::default() };
            let found = assignments(machine, &host, &machine.env).0;
            let hidden: Vec<_> = found.hidden.iter().map(|it| it.name.clone()).collect();
            (hidden.join(" "), found.unread.len())
        };
        assert_eq!(found(&machine, "/bin/bash"), ("PROFILE".into(), 1));
        assert_eq!(found(&machine, "/usr/bin/zsh"), ("BASH_PROFILE BASHRC".into(), 3));
        let reading = machine.file("/root/.bash_profile", "BASH_PROFILE=1\n. ~/.profile");
        assert_eq!(found(&reading, "/bin/bash"), (String::new(), 0));
        let alone = Machine::linux().file("/root/.profile", "PROFILE=1");
        assert_eq!(found(&alone, "/bin/bash"), (String::new(), 0));
    }

    #[test]
    fn files_that_read_each_other_end() {
        let machine = Machine::linux()
            .file("/root/.profile", "A=1\n. ~/.bashrc\nC=1")
            .file("/root/.bashrc", "B=1\n. ~/.profile\n. ~/missing");
        assert_eq!(names(&machine, "/bin/bash").join(" "), "A B C");
    }
}
