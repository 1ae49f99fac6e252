//! How a package manager works with packages that lie in a bundle. Pure: commands, and what their output means.

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
