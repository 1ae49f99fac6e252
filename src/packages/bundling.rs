//! How a package manager works with packages that lie in a bundle. Pure: commands, and what their output means.

use std::path::Path;

use super::PackageManager;

/// Where a manager keeps what it knows of the packages of a bundle, below the directory that the bundle lies in.
pub const STATE: &str = "packages-state";

/// A command of the manager's with the options that let it see the packages alone of the bundle that lies in `bundle`. What
/// asks no repository stays as it is.
pub fn only_from(manager: &dyn PackageManager, bundle: &Path, mut command: Vec<String>) -> Vec<String> {
    if command.first().is_some_and(|it| it == manager.program())
        && let Some(how) = manager.bundling()
    {
        let (packages, state) = (bundle.join(how.folder()), bundle.join(STATE));
        command.splice(1..1, how.only_from(&packages.to_string_lossy(), &state.to_string_lossy()));
    }
    command
}

/// Packages in a directory, with a list that describes them where the manager needs one.
pub trait Bundling: Sync {
    /// The folder of a bundle that they lie in.
    fn folder(&self) -> &'static str;
    /// Directories that have to be there below `dir` before `gather`.
    fn places(&self) -> &'static [&'static str] {
        &[]
    }
    /// Fetches these and all that they depend on into a directory, whatever is installed here, and installs nothing. The
    /// packages may lie at any depth below it.
    fn gather(&self, names: &[String], dir: &str) -> Vec<String>;
    /// Whether a file that `gather` left is a package, and the name that it has in a bundle.
    fn package(&self, file: &str) -> Option<String>;
    /// What the list is called, and how it is written. `None` where the manager reads the packages themselves.
    fn list(&self) -> Option<&'static dyn PackageList>;
    /// Options behind the name of its program with which it sees no packages but those in `dir`, and keeps what it knows of
    /// them in `state`.
    fn only_from(&self, dir: &str, state: &str) -> Vec<String>;
    /// Directories that have to be there below `state`, and what has to lie in it, by name.
    fn told(&self, dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>);
}

/// The list of the packages in a directory.
pub trait PackageList: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// Asks a package what it says of itself.
    fn describe(&self, file: &str) -> Vec<String>;
    /// The part of the list for it: the answer of `describe`, its file's name, size and SHA-256.
    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> String;
}
