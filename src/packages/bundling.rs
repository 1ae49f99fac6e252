//! How a package manager works with packages that lie in a bundle. Pure: commands, and what their output means.

/// Packages in a directory, with a list that describes them.
pub trait Bundling: Sync {
    /// Fetches these and all that they depend on into a directory, whatever is installed here, and installs nothing.
    fn gather(&self, names: &[String], dir: &str) -> Vec<String>;
    /// Whether a file that `gather` left is a package, and the name that it has in a bundle.
    fn package(&self, file: &str) -> Option<String>;
    /// Asks a package what it says of itself.
    fn describe(&self, file: &str) -> Vec<String>;
    /// The part of the list for it: the answer of `describe`, its file's name, size and SHA-256.
    fn listed(&self, said: &str, file: &str, size: u64, sha256: &str) -> String;
    /// What the list is called.
    fn list(&self) -> &'static str;
    /// Options behind the name of its program with which it sees no packages but those in `dir`, and keeps what it knows of
    /// them in `state`.
    fn only_from(&self, dir: &str, state: &str) -> Vec<String>;
    /// What has to lie in `state` before, by name.
    fn told(&self, dir: &str) -> Vec<(&'static str, String)>;
}
