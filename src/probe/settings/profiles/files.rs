//! Which files a login reads, in its order, and where a block of ours is read by it. One function a shell. To add one: its
//! arm in [`all`].

use std::path::{Path, PathBuf};

use super::{Walk, inside};
use crate::facts::Host;
use crate::shell::{Dialect, Piece};

/// Reads them all; gives the files where a block of ours has to stand. What only a desktop or an interactive shell reads
/// stands where it would be read. A file that another one reads is taken there and not again.
pub(super) fn all(walk: &mut Walk, host: &Host) -> Vec<PathBuf> {
    session(walk);
    let before = walk.found.all.len();
    let shell = host.shell.here().and_then(|it| it.file_name()).map(|it| it.to_string_lossy().into_owned());
    let blocks = match shell.as_deref() {
        Some("fish") => fish(walk),
        Some("zsh") => zsh(walk),
        Some("sh" | "dash" | "ash" | "ksh" | "ksh93" | "mksh") => {
            plain(walk);
            vec![walk.home.join(".profile")]
        }
        shell => {
            bash(walk, shell == Some("bash"));
            Vec::new()
        }
    };
    if matches!(shell.as_deref(), Some("fish" | "zsh")) {
        // A display manager has read these before the shell, if anybody has.
        let own = walk.found.all.len();
        apart(walk, &[PathBuf::from("/etc/profile"), walk.home.join(".profile")], Dialect::Sh);
        let early = walk.found.all.split_off(own);
        walk.found.all.splice(before..before, early);
    }
    apart(walk, &[".xprofile", ".xsessionrc"].map(|it| walk.home.join(it)), Dialect::Sh);
    let read = walk.found.all.len();
    hidden(walk, shell.as_deref());
    walk.found.hidden = walk.found.all.split_off(read);
    blocks
}

/// What every session begins with, whatever its shell: `pam_env`, and systemd's.
fn session(walk: &mut Walk) {
    walk.file(Path::new("/etc/security/pam_env.conf"), Dialect::PamConf, 0);
    walk.file(Path::new("/etc/environment"), Dialect::Pam, 0);
    walk.file(&walk.home.join(".pam_environment"), Dialect::PamConf, 0);
    let dirs =
        ["/usr/lib/environment.d".into(), "/etc/environment.d".into(), config(walk).join("environment.d")];
    for dir in dirs {
        let files: Vec<PathBuf> = inside(walk.look, &dir, ".conf").collect();
        apart(walk, &files, Dialect::EnvironmentD);
    }
}

/// `$XDG_CONFIG_HOME`.
fn config(walk: &Walk) -> PathBuf {
    let named = walk.env.get("XDG_CONFIG_HOME").filter(|it| it.starts_with('/'));
    named.map_or_else(|| walk.home.join(".config"), PathBuf::from)
}

/// Reads files that the login shell does not read by itself.
pub(super) fn apart(walk: &mut Walk, files: &[PathBuf], dialect: Dialect) {
    walk.apart = true;
    for file in files {
        walk.file(file, dialect, 0);
    }
    walk.apart = false;
}

pub(super) fn read(walk: &mut Walk, files: impl IntoIterator<Item = PathBuf>) {
    for file in files {
        walk.file(&file, Dialect::Sh, 0);
    }
}

fn bash(walk: &mut Walk, is_bash: bool) {
    let own = if is_bash { own_of_bash(walk) } else { walk.home.join(".profile") };
    let bashrc = walk.home.join(".bashrc");
    read(walk, ["/etc/profile".into(), own, "/etc/bash.bashrc".into(), "/etc/bashrc".into(), bashrc]);
}

/// The one file of a user's that a login bash reads: the first of three that is there.
pub(super) fn own_of_bash(walk: &Walk) -> PathBuf {
    let home = |name: &str| walk.home.join(name);
    let own = [".bash_profile", ".bash_login"].map(home);
    own.into_iter().find(|it| walk.look.stat(it).is_here()).unwrap_or_else(|| home(".profile"))
}

/// sh, dash, ksh: one profile, and for terminals the file that ENV names.
pub(super) fn plain(walk: &mut Walk) {
    let own = walk.home.join(".profile");
    read(walk, ["/etc/profile".into(), own]);
    let named = match walk.last("ENV") {
        Some(it) => walk.known(&it.value.clone()),
        None => walk.env.get("ENV").cloned(),
    };
    read(walk, named.filter(|it| it.starts_with('/')).map(PathBuf::from));
}

pub(super) fn fish(walk: &mut Walk) -> Vec<PathBuf> {
    let own = config(walk).join("fish");
    walk.file(&own.join("fish_variables"), Dialect::FishVariables, 0);
    for dir in [Path::new("/etc/fish"), &own] {
        let files: Vec<PathBuf> = inside(walk.look, &dir.join("conf.d"), ".fish").collect();
        for file in files.iter().chain([&dir.join("config.fish")]) {
            walk.file(file, Dialect::Fish, 0);
        }
    }
    vec![own.join("conf.d/fyne-setup.fish")]
}

/// Where a block of ours is read by every zsh: in `.zshenv`, and behind what sets PATH anew after it.
fn zsh(walk: &mut Walk) -> Vec<PathBuf> {
    let Zsh { env, own, after } = zsh_files(walk);
    let anew = |it: &super::Assigned| it.name == "PATH" && !it.names_itself();
    // It takes away what a block there has put on PATH.
    let profile = walk.found.all[after..].iter().any(anew).then(|| own.join(".zprofile"));
    [env].into_iter().chain(profile).collect()
}

/// Where a zsh has its files.
pub(super) struct Zsh {
    /// The `.zshenv` that it reads last.
    env: PathBuf,
    /// The directory of all others.
    pub(super) own: PathBuf,
    /// How many assignments there are up to `.zshenv`.
    after: usize,
}

/// zsh reads its own files where ZDOTDIR is by then; `.zshenv` may be what sets it, and need not export it.
pub(super) fn zsh_files(walk: &mut Walk) -> Zsh {
    let system = |name: &str| ["/etc/zsh", "/etc"].map(|it| Path::new(it).join(name));
    read(walk, system("zshenv"));
    let first = zdotdir(walk).unwrap_or_else(|| walk.home.clone());
    let mut env = first.join(".zshenv");
    read(walk, [env.clone()]);
    let mut own = zdotdir(walk).unwrap_or(first);
    // No file says so, and this terminal has it: it was there before zsh was.
    if walk.last("ZDOTDIR").is_none()
        && let Some(dir) = walk.env.get("ZDOTDIR").filter(|it| it.starts_with('/'))
    {
        own = dir.into();
        env = own.join(".zshenv");
        read(walk, [env.clone()]);
    }
    let after = walk.found.all.len();
    for name in ["zprofile", "zshrc", "zlogin"] {
        read(walk, system(name));
        walk.file(&own.join(format!(".{name}")), Dialect::Sh, 0);
    }
    Zsh { env, own, after }
}

/// ZDOTDIR as the files so far set it. A default within it (`${XDG_CONFIG_HOME:-$HOME/.config}/zsh`) is tried out.
fn zdotdir(walk: &Walk) -> Option<PathBuf> {
    let value = &walk.last("ZDOTDIR")?.value;
    if let Some(dir) = walk.known(value) {
        return Some(PathBuf::from(dir)).filter(|it| it.is_absolute());
    }
    let guess = |base: PathBuf| {
        let base = base.display().to_string();
        let piece = |it: &Piece| if *it == Piece::Any { Piece::Text(base.clone()) } else { it.clone() };
        let pieces: Vec<Piece> = value.iter().map(piece).collect();
        walk.known(&pieces).map(PathBuf::from).filter(|it| walk.look.stat(it).is_here())
    };
    [walk.home.join(".config/zsh"), config(walk), walk.home.clone()].into_iter().find_map(guess)
}

/// Files of people's that this shell does not read, though one of another shell, or of another name, would be.
fn hidden(walk: &mut Walk, shell: Option<&str>) {
    let names: &[&str] = match shell {
        Some("zsh") => &[".bash_profile", ".bashrc", ".zshenv", ".zprofile", ".zshrc", ".zlogin"],
        Some("bash") => &[".profile"],
        Some("fish" | "sh" | "dash" | "ash" | "ksh" | "ksh93" | "mksh") => &[".bash_profile", ".bashrc"],
        _ => &[],
    };
    let files: Vec<PathBuf> = names.iter().map(|it| walk.home.join(it)).collect();
    apart(walk, &files, Dialect::Sh);
}
