//! Where fyne-setup keeps what is its own (contract, "Files"). Pure: made from the environment, touches nothing.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Our directories on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Toolchains, journal, backups.
    pub data: PathBuf,
    /// `config.toml`, `accepted.toml`, `env`, `env.fish`.
    pub config: PathBuf,
    /// Downloads, proofs, scratch.
    pub cache: PathBuf,
}

/// In the place of a home that nobody knows. What lies below it is not there and cannot be made, by root either.
pub const NOWHERE: &str = "/dev/null";

/// Where an installation for all users lies.
pub const SYSTEM: &str = "/opt/fyne-setup";

/// Says, set to `1` in the environment that a command looks at, that it is about the installation for all users. It is set
/// by us, once it is known that this was asked for and that root asks.
pub const FOR_ALL: &str = "FYNE_SETUP_SYSTEM";

impl Places {
    /// On Linux: XDG variables where they are absolute, else below `home`.
    pub fn linux(home: &Path, env: impl Fn(&str) -> Option<String>) -> Self {
        let dir = |name: &str, below: &str| {
            let set = env(name).map(PathBuf::from).filter(|it| it.is_absolute());
            set.unwrap_or_else(|| home.join(below)).join("fyne-setup")
        };
        Self {
            data: dir("XDG_DATA_HOME", ".local/share"),
            config: dir("XDG_CONFIG_HOME", ".config"),
            cache: dir("XDG_CACHE_HOME", ".cache"),
        }
    }

    /// On Windows: below the known folders of programs' own data, the one that stays on this machine and the one that goes
    /// with its user.
    pub fn windows(local_app_data: &Path, roaming_app_data: &Path) -> Self {
        let data = local_app_data.join("fyne-setup");
        Self { cache: data.join("cache"), data, config: roaming_app_data.join("fyne-setup") }
    }

    /// On a Mac: below `~/Library`, but for what shells read. That has no blank in its path, and is where people look for it.
    /// XDG's variables mean nothing there.
    pub fn macos(home: &Path) -> Self {
        Self {
            data: home.join("Library/Application Support/fyne-setup"),
            config: home.join(".config/fyne-setup"),
            cache: home.join("Library/Caches/fyne-setup"),
        }
    }

    /// The same for all users: below `%ProgramFiles%`. Nothing installs there yet.
    pub fn windows_system(program_files: &Path) -> Self {
        let data = program_files.join("fyne-setup");
        Self { cache: data.join("cache"), config: data.join("etc"), data }
    }

    /// For all users (`--system`): no config or cache below anybody's home. Everybody reads `data` and `config`; the cache is
    /// root's own.
    pub fn system(os: &str) -> Self {
        let cache = if os == "macos" { "/Library/Caches/fyne-setup" } else { "/var/cache/fyne-setup" };
        Self { data: SYSTEM.into(), config: Path::new(SYSTEM).join("etc"), cache: cache.into() }
    }

    /// Whether they are those of an installation for all users.
    pub fn are_for_all(&self) -> bool {
        self.data == Path::new(SYSTEM) && self.config.starts_with(SYSTEM)
    }

    /// The home of nobody in particular: what an installation for all users builds, downloads and proves, it does as somebody
    /// whose account was made a moment ago. No setting of root's own reaches it, and nothing is written into root's home.
    pub fn home_of_nobody(&self) -> PathBuf {
        self.cache.join("home")
    }

    /// Where an installation for all users keeps the fyne command.
    pub fn bin(&self) -> PathBuf {
        self.data.join("bin")
    }

    /// The mode of a directory with what is to be found: ours alone, unless it is for all users.
    pub fn mode(&self) -> u32 {
        if self.are_for_all() { 0o755 } else { 0o700 }
    }

    /// A line to type, about what lies here.
    pub fn typed(&self, line: &str) -> String {
        if self.are_for_all() { format!("{line} --system") } else { line.to_owned() }
    }

    /// What a person set once.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The findings that a person lives with.
    pub fn accepted_file(&self) -> PathBuf {
        self.config.join("accepted.toml")
    }

    /// The Go trees of ours: one directory a version.
    pub fn go_root(&self, version: &str) -> PathBuf {
        self.data.join("go").join(version)
    }

    /// The link that names the Go in use; it switches in one step.
    pub fn current(&self) -> PathBuf {
        self.data.join("current")
    }

    /// The append-only receipt of everything we did.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal.jsonl")
    }

    /// What the last proofs rested on, a line each.
    pub fn proofs(&self) -> PathBuf {
        self.data.join("proofs")
    }

    /// The pictures of windows that proofs saw, and what opens them.
    pub fn pictures(&self) -> PathBuf {
        self.cache.join("proofs")
    }

    /// The picture of the last proof.
    pub fn proof_picture(&self) -> PathBuf {
        self.pictures().join("proof.png")
    }

    /// Old bytes of files that we changed, by digest.
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// Held by the one writer.
    pub fn lock(&self) -> PathBuf {
        self.data.join("lock")
    }

    /// Where archives are unpacked before they are verified; nothing there is executable.
    pub fn staging(&self) -> PathBuf {
        self.data.join("staging")
    }

    /// State of the checksum database: the newest tree head, and authenticated tiles.
    pub fn sumdb(&self) -> PathBuf {
        self.data.join("sumdb")
    }

    /// The newest manifest that was accepted, and what was ever seen of manifests.
    pub fn manifest(&self) -> PathBuf {
        self.data.join("manifest")
    }

    /// What came of the last builds of projects.
    pub fn builds(&self) -> PathBuf {
        self.cache.join("builds")
    }

    /// Scratch space for the children of reading commands.
    pub fn scratch(&self) -> PathBuf {
        self.cache.join("scratch")
    }

    /// A file for each run, and for each command that failed: what went through the doors.
    pub fn logs(&self) -> PathBuf {
        self.cache.join("logs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_keeps_what_is_ours_in_its_library_and_what_shells_read_beside_their_own() {
        let places = Places::macos(Path::new("/Users/ann"));
        assert_eq!(places.data, Path::new("/Users/ann/Library/Application Support/fyne-setup"));
        assert_eq!(places.config, Path::new("/Users/ann/.config/fyne-setup"));
        assert_eq!(places.cache, Path::new("/Users/ann/Library/Caches/fyne-setup"));
    }

    #[test]
    fn what_is_for_all_users_is_told_from_what_lies_below_a_home() {
        let all = Places::system("linux");
        assert!(all.are_for_all() && Places::system("macos").are_for_all());
        let odd = Places::linux(Path::new("/root"), |it| (it == "XDG_DATA_HOME").then(|| "/opt".into()));
        assert_eq!((odd.data.as_path(), odd.are_for_all()), (Path::new(SYSTEM), false));
        assert_eq!((all.mode(), odd.mode()), (0o755, 0o700));
        assert_eq!(all.typed("fyne-setup undo"), "fyne-setup undo --system");
        assert_eq!(odd.typed("fyne-setup undo"), "fyne-setup undo");
    }

    #[test]
    fn windows_keeps_what_goes_with_a_user_apart_from_what_stays() {
        let roaming = Path::new("C:/Users/Ann/AppData/Roaming");
        let places = Places::windows(Path::new("C:/Users/Ann/AppData/Local"), roaming);
        assert_eq!(places.data, Path::new("C:/Users/Ann/AppData/Local/fyne-setup"));
        assert_eq!(places.config, Path::new("C:/Users/Ann/AppData/Roaming/fyne-setup"));
        assert_eq!(places.cache, Path::new("C:/Users/Ann/AppData/Local/fyne-setup/cache"));
        assert_eq!(places.go_root("1.27.4"), Path::new("C:/Users/Ann/AppData/Local/fyne-setup/go/1.27.4"));
        let all = Places::windows_system(Path::new("C:/Program Files"));
        assert_eq!(all.data, Path::new("C:/Program Files/fyne-setup"));
    }
}
