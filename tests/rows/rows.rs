//! Machines that are told of by rows, `tests/recordings/FOLDER/NAME/machine.toml`: what both kinds share. Each is made into a
//! recording and replayed, and what came of it is kept beside its row.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use fyne_setup::fact::Fact;
use fyne_setup::recording::Recording;
use fyne_setup::recording::replay::Replay;
use serde::de::DeserializeOwned;

/// The rows of a folder.
pub struct Rows(pub &'static str);

impl Rows {
    pub fn dir(&self, name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(self.0).join(name)
    }

    pub fn one<R: DeserializeOwned>(&self, name: &str) -> R {
        let file = self.dir(name).join("machine.toml");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// All of them, by name.
    pub fn all<R: DeserializeOwned>(&self) -> Vec<(String, R)> {
        let entries = fs::read_dir(self.dir("")).expect("the directory");
        let dirs = entries.map(|it| it.expect("an entry").path()).filter(|it| it.is_dir());
        let mut names: Vec<String> =
            dirs.map(|it| it.file_name().expect("a name").to_string_lossy().into_owned()).collect();
        names.sort();
        names.into_iter().map(|name| (name.clone(), self.one(&name))).collect()
    }

    /// Fails where `check` or the plan of a machine is not as it is kept; with BLESS set it is kept so from now on.
    pub fn are_as_kept(&self, test: &str, machines: impl IntoIterator<Item = (String, String, String)>) {
        let mut wrong = Vec::new();
        for (name, check, plan) in machines {
            for (file, now) in [("check.txt", check), ("plan.txt", plan)] {
                let kept = self.dir(&name).join(file);
                if std::env::var_os("BLESS").is_some() {
                    fs::write(&kept, &now).expect("it is ours to write");
                }
                let then = fs::read_to_string(&kept).unwrap_or_default();
                if then != now {
                    wrong.push(format!("{name}/{file} was\n{then}\nand is\n{now}"));
                }
            }
        }
        let hint = format!("If that is meant, run `BLESS=1 cargo test --test {test}` and read the diff.");
        assert!(wrong.is_empty(), "{}\n{hint}", wrong.join("\n"));
    }
}

/// Fails where a row does not say which machine it is, or where that is from.
#[allow(dead_code, reason = "distributions are told of otherwise")]
pub fn is_sourced(dir: &str, name: &str, from: &[String]) {
    assert!(name.len() > 3 && !from.is_empty() && from.iter().all(|it| it.len() > 10), "{dir}");
}

/// A recording as it comes back from its files.
pub fn replay(recording: &Recording) -> Replay {
    let files: BTreeMap<String, Vec<u8>> = recording.files().into_iter().collect();
    let read = |name: &str| files.get(name).map_or(Fact::Absent, |it| Fact::Here(it.clone()));
    Replay::new(Recording::load(read).expect("it reads"))
}

/// For `check --replay DIR`.
pub fn write(recording: &Recording, dir: &Path) {
    for (name, bytes) in recording.files() {
        let file = dir.join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("writable");
        fs::write(file, bytes).expect("writable");
    }
}

/// What a machine has on its disk.
pub struct Disk {
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// Directories that are there with nothing in them, too.
    pub dirs: Vec<PathBuf>,
}

impl Disk {
    pub fn is_dir(&self, path: &Path) -> bool {
        self.dirs.iter().any(|it| it.starts_with(path))
            || self.files.keys().any(|it| it != path && it.starts_with(path))
    }

    pub fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.files.get(path).map_or(Fact::Absent, |it| Fact::Here(it.clone()))
    }

    pub fn list(&self, path: &Path) -> Fact<Vec<String>> {
        if !self.is_dir(path) {
            return Fact::Absent;
        }
        let below = self.files.keys().filter_map(|it| it.strip_prefix(path).ok()?.iter().next());
        let mut names: Vec<String> = below.map(|it| it.to_string_lossy().into_owned()).collect();
        names.dedup();
        Fact::Here(names)
    }
}
