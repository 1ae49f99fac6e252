//! What the files of a login of this user assign. Which files those are, and in which order, is told in [`files`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::Host;
use crate::facts::origins::{Assigned, Assignments};
use crate::facts::settings::{FileSeen, Origin};
use crate::path_style::PathStyle;
use crate::shell::{Dialect, Piece, Step, parse, runs_path_helper};
use crate::system::links;
use crate::system::{Kind, Look};

mod files;
mod macos;
mod windows;

/// How deep files may read each other.
const DEPTH: u8 = 8;

/// The largest file that is read: a profile is a page or two, with somebody's data in it a few megabytes.
const LARGEST: usize = 16 << 20;

/// What the files of a login say.
pub struct Profiles {
    /// Everything that they assign, in order.
    pub assigned: Assignments,
    /// Those files.
    pub files: BTreeMap<PathBuf, FileSeen>,
    /// Where a block of ours has to stand so that a login with this user's shell comes by it; empty for shells whose
    /// files go by name alone.
    pub blocks: Vec<PathBuf>,
}

/// Reads the files of a login.
pub fn read(look: &dyn Look, host: &Host, env: &BTreeMap<String, String>) -> Profiles {
    let mut walk = Walk {
        look,
        env,
        home: host.home(),
        seen: BTreeSet::new(),
        apart: false,
        has_path_helper: host.is_mac(),
        found: Assignments { style: host.style(), ..Assignments::default() },
        files: BTreeMap::new(),
    };
    let blocks = match host.style() {
        PathStyle::Windows => windows::all(&mut walk),
        PathStyle::Unix if host.is_mac() => macos::all(&mut walk, host),
        PathStyle::Unix => files::all(&mut walk, host),
    };
    Profiles { assigned: walk.found, files: walk.files, blocks }
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

/// A text; one that Windows' own programs wrote may be UTF-16.
fn words(bytes: &[u8]) -> String {
    let Some(wide) = bytes.strip_prefix(b"\xff\xfe") else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let units: Vec<u16> = wide.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    String::from_utf16_lossy(&units)
}

struct Walk<'a> {
    look: &'a dyn Look,
    env: &'a BTreeMap<String, String>,
    home: PathBuf,
    seen: BTreeSet<PathBuf>,
    /// What is read now is nothing that the login shell reads.
    apart: bool,
    /// `path_helper` is Apple's; a file of that name elsewhere is somebody's own.
    has_path_helper: bool,
    found: Assignments,
    files: BTreeMap<PathBuf, FileSeen>,
}

/// The files in a directory whose names end so, sorted.
fn inside(look: &dyn Look, dir: &Path, end: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let names = look.list(dir).into_here().unwrap_or_default();
    let (dir, end) = (dir.to_path_buf(), end.to_owned());
    names.into_iter().filter(move |it| it.ends_with(&end)).map(move |it| dir.join(it))
}

impl Walk<'_> {
    fn file(&mut self, path: &Path, dialect: Dialect, depth: u8) {
        if depth > DEPTH || !self.seen.insert(path.to_path_buf()) {
            return;
        }
        let Fact::Here(bytes) = self.look.read_text(path) else { return };
        if bytes.len() > LARGEST {
            return;
        }
        let text = words(&bytes);
        let helped = (1_u32..).zip(text.lines()).find(|it| runs_path_helper(it.1)).map(|it| it.0);
        let mut helped = helped.filter(|_| self.has_path_helper && dialect == Dialect::Sh);
        let steps = parse(&text, dialect);
        if self.apart {
            self.found.unread.insert(path.to_path_buf());
        }
        self.files.insert(path.to_path_buf(), seen(self.look, path, dialect, bytes));
        for step in steps {
            if helped.take_if(|it| *it < step.line()).is_some() {
                macos::path_helper(self);
            }
            match step {
                Step::Set { name, value, exported, line } => {
                    let origin = Origin::File { path: path.to_path_buf(), line };
                    self.found.all.push(Assigned { name, value, exported, origin });
                }
                Step::Mark { name, kept: true, .. } => _ = self.found.exported.insert(name),
                Step::Mark { .. } => {}
                Step::Read { path, .. } => self.read(&path, dialect, depth),
            }
        }
        if helped.is_some() {
            macos::path_helper(self);
        }
    }

    fn read(&mut self, path: &[Piece], dialect: Dialect, depth: u8) {
        let style = self.found.style;
        let Some(path) = self.known(path).filter(|it| style.is_absolute(it)) else { return };
        let path = style.path(&path);
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

    /// The text of a path, if every part of it is known: from the environment, or from what was assigned before.
    fn known(&self, pieces: &[Piece]) -> Option<String> {
        self.known_to(pieces, DEPTH)
    }

    fn known_to(&self, pieces: &[Piece], depth: u8) -> Option<String> {
        let part = |piece: &Piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Var(name) if name == "HOME" => Some(self.home.display().to_string()),
            Piece::Var(name) => match self.env.get(name).filter(|it| !it.is_empty()) {
                Some(value) => Some(value.clone()),
                None => self.known_to(&self.last(name)?.value, depth.checked_sub(1)?),
            },
            Piece::Any => None,
        };
        pieces.iter().map(part).collect()
    }

    /// The last line so far that assigns a variable.
    fn last(&self, name: &str) -> Option<&Assigned> {
        self.found.all.iter().rfind(|it| it.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn names(machine: &Machine, shell: &str) -> Vec<String> {
        let host =
            Host { home: Fact::Here("/root".into()), shell: Fact::Here(shell.into()), ..Host::default() };
        let found = read(machine, &host, &machine.env).assigned;
        found.all.iter().map(|it| it.name.clone()).collect()
    }

    #[test]
    fn path_helper_is_followed_on_a_mac_alone() {
        let line = "eval `/usr/libexec/path_helper -s`\nA=1\n";
        let machine =
            Machine::linux().file("/root/.bash_profile", line).file("/etc/paths", "/usr/local/bin\n");
        assert_eq!(names(&machine, "/bin/bash"), ["A"], "a program of somebody's own");
        let host = Host { identity: Machine::macos().identity, ..Host::default() };
        let host = Host { home: Fact::Here("/root".into()), shell: Fact::Here("/bin/bash".into()), ..host };
        let found = read(&machine, &host, &machine.env).assigned;
        assert!(found.all.iter().any(|it| it.name == "PATH"), "{:?}", found.all);
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
            ("/bin/dash", "PAM SYSTEMD PROFILE"),
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
        let files = read(&machine, &host, &machine.env).files;
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
            let found = read(machine, &host, &machine.env).assigned;
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

    fn seen_by(machine: &Machine, shell: &str) -> Profiles {
        let host =
            Host { home: Fact::Here("/root".into()), shell: Fact::Here(shell.into()), ..Host::default() };
        read(machine, &host, &machine.env)
    }

    #[test]
    fn zsh_reads_its_files_where_an_unexported_zdotdir_says() {
        let zsh = |machine: &Machine| {
            let seen = seen_by(machine, "/usr/bin/zsh");
            let names: Vec<_> = seen.assigned.all.iter().map(|it| it.name.clone()).collect();
            let blocks: Vec<_> = seen.blocks.iter().map(|it| it.display().to_string()).collect();
            (names.join(" "), blocks.join(" "))
        };
        let at = |line: &str| {
            Machine::linux()
                .file("/root/.zshenv", format!("{line}\n"))
                .file("/root/.zprofile", "OLD=1")
                .file("/root/.config/zsh/.zprofile", "NEW=1")
        };
        for line in [
            "ZDOTDIR=$HOME/.config/zsh",
            "ZDOTDIR=~/.config/zsh",
            "ZDOTDIR=\"${XDG_CONFIG_HOME:-$HOME/.config}/zsh\"",
            "export ZDOTDIR=${ZDOTDIR:-$HOME/.config/zsh}",
        ] {
            assert_eq!(zsh(&at(line)), ("ZDOTDIR NEW".into(), "/root/.zshenv".into()), "{line}");
        }
        let by_variable = at("base=$HOME/.config\nZDOTDIR=$base/zsh");
        assert_eq!(zsh(&by_variable).0, "base ZDOTDIR NEW");
        assert_eq!(zsh(&at("").var("ZDOTDIR", "/root/.config/zsh")).1, "/root/.config/zsh/.zshenv");
        let of_system = at("A=1").file("/etc/zsh/zshenv", "export ZDOTDIR=$HOME/.config/zsh");
        assert_eq!(zsh(&of_system), ("ZDOTDIR NEW".into(), "/root/.config/zsh/.zshenv".into()));
    }

    #[test]
    fn where_a_later_file_sets_path_anew_the_block_stands_behind_it() {
        let machine = Machine::linux()
            .file("/root/.zshenv", "export PATH=/usr/local/go/bin:$PATH\n")
            .file("/etc/profile", "PATH=/usr/bin\n");
        let blocks = |machine: &Machine| seen_by(machine, "/usr/bin/zsh").blocks.len();
        assert_eq!(blocks(&machine), 1);
        let machine = machine.file("/etc/zsh/zprofile", "emulate sh -c 'source /etc/profile'\n");
        let seen = seen_by(&machine, "/usr/bin/zsh");
        assert_eq!(seen.blocks, ["/root/.zshenv", "/root/.zprofile"].map(PathBuf::from));
        assert!(!seen.assigned.unread.contains(Path::new("/etc/profile")), "zsh reads it here");
    }

    #[test]
    fn ksh_reads_the_file_that_env_names_and_no_file_of_bash() {
        let machine = Machine::linux()
            .file("/root/.profile", "export ENV=$HOME/.kshrc")
            .file("/root/.kshrc", "KSHRC=1")
            .file("/root/.bashrc", "BASHRC=1");
        assert_eq!(names(&machine, "/usr/bin/ksh").join(" "), "ENV KSHRC");
        assert_eq!(names(&machine, "/bin/bash").join(" "), "ENV BASHRC");
    }

    #[test]
    fn files_that_read_each_other_end() {
        let machine = Machine::linux()
            .file("/root/.profile", "A=1\n. ~/.bashrc\nC=1")
            .file("/root/.bashrc", "B=1\n. ~/.profile\n. ~/missing");
        assert_eq!(names(&machine, "/bin/bash").join(" "), "A B C");
    }
}
