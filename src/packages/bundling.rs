//! How a package manager works with packages that lie in a bundle. Pure: commands, and what their output means.

use std::path::Path;

use super::PackageManager;

/// Where a manager keeps what it knows of the packages of a bundle, below the directory that the bundle lies in.
pub const STATE: &str = "packages-state";

/// What the repository of a bundle is called where a manager wants a name.
pub const REPOSITORY: &str = "fyne-setup-bundle";

/// Runs its arguments as root, or as somebody whom a namespace of users shows as root: managers refuse to fetch packages into
/// anybody else's directory.
const AS_ROOT: &str = r#"[ "$(id -u)" = 0 ] || set -- unshare --map-root-user "$@"; exec "$@""#;

/// A command of the manager's as it has to be so that it sees the packages alone of the bundle that lies in `bundle`. What
/// asks no repository stays as it is.
pub fn only_from(manager: &dyn PackageManager, bundle: &Path, command: Vec<String>) -> Vec<String> {
    let Some(how) = manager.bundling() else { return command };
    let (packages, state) = (bundle.join(how.folder()), bundle.join(STATE));
    how.only_from(command, &packages.to_string_lossy(), &state.to_string_lossy())
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
    /// How the list is written. `None` where the manager reads the packages themselves.
    fn list(&self) -> Option<&'static dyn PackageList>;
    /// A command of the manager's as it has to be so that no packages are seen but those in `dir`. What the manager knows
    /// of them lies in `state`. A command that looks at no repository stays as it is.
    fn only_from(&self, command: Vec<String>, dir: &str, state: &str) -> Vec<String>;
    /// Directories that have to be there below `state`, and what has to lie in it, by name.
    fn told(&self, dir: &str) -> (&'static [&'static str], Vec<(&'static str, String)>);
    /// Has the manager read the list before anything is planned by it; needs no root. `None` where it reads the packages
    /// when it is asked for some.
    fn read(&self, dir: &str, state: &str) -> Option<Vec<String>>;
}

/// The list of the packages in a directory.
pub trait PackageList: Sync {
    /// Asks a package what it says of itself.
    fn describe(&self, file: &str) -> Vec<String>;
    /// The part of the list for it: the answer of `describe`, its file's name, size and SHA-256. `None` where the answer
    /// does not say what the list needs.
    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> Option<String>;
    /// The files of the list, by their names below the packages, made of these parts.
    fn files(&self, parts: &[String]) -> Vec<(&'static str, String)>;
}

/// A command with options behind the name of its program, if it is this program's.
pub fn with_options(mut command: Vec<String>, program: &str, options: Vec<String>) -> Vec<String> {
    if command.first().is_some_and(|it| it == program) {
        command.splice(1..1, options);
    }
    command
}

/// A command that takes whoever runs it for root. The name stands in what the shell says.
pub fn as_root(name: &str, command: Vec<String>) -> Vec<String> {
    ["/bin/sh", "-c", AS_ROOT, name].map(str::to_owned).into_iter().chain(command).collect()
}

/// A path as it stands behind `file:` or `dir:`.
pub fn in_url(path: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"/._-+~".contains(&it);
    path.bytes().map(|it| if plain(it) { char::from(it).to_string() } else { format!("%{it:02x}") }).collect()
}
