//! The environment of a child. There are two kinds, and no third: fixed by us, for what asks the system; and the user's, for
//! what asks as the user would. Whoever starts a program has to say which ([which child gets
//! which](../../docs/children.md)).
//!
//! Into a fixed one a variable comes only by a name that stands in this program: nothing can pass on what the user's
//! environment happens to hold.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::gather::Gather as _;
use crate::path_style::PathStyle;

/// Where the system keeps its programs.
pub const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Lists of places where programs and libraries of a build are found.
const LISTS: [&str; 12] = [
    "PATH",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "LIBRARY_PATH",
    "CPATH",
    "C_INCLUDE_PATH",
    "CPLUS_INCLUDE_PATH",
    "COMPILER_PATH",
    "GCC_EXEC_PREFIX",
    "PKG_CONFIG_PATH",
    "PKG_CONFIG_LIBDIR",
    "GOCACHEPROG",
];

/// Whose environment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Ours, and the same on every machine.
    Fixed,
    /// The user's, with what we change of it.
    Users,
}

/// A whole environment.
#[derive(Clone, Debug)]
pub struct Environment {
    whose: Whose,
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// These variables and no others.
    pub fn fixed(variables: &[(&'static str, &str)]) -> Self {
        let pairs = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self { whose: Whose::Fixed, variables: pairs.into_map() }
    }

    /// What a question to the system gets: the system's programs, and English. No home: hardly any needs one.
    pub fn of_system() -> Self {
        Self::fixed(&[("PATH", PATH), ("LANG", "C.UTF-8")])
    }

    /// The user's.
    pub fn of_user(variables: &BTreeMap<String, String>) -> Self {
        Self { whose: Whose::Users, variables: variables.clone() }
    }

    /// The variables of a process, each by the name by which this program asks for it: Windows tells no case apart, and has
    /// `Path` where this program says `PATH`.
    pub fn named(
        style: PathStyle,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> BTreeMap<String, String> {
        variables.into_iter().map(|(name, value)| (style.variable(&name), value)).into_map()
    }

    /// Whose it is.
    pub const fn whose(&self) -> Whose {
        self.whose
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.insert(name.to_owned(), value.into());
    }

    /// The same with a variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    /// Takes a variable out.
    pub fn remove(&mut self, name: &str) {
        self.variables.remove(name);
    }

    /// Keeps the variables whose names are wanted.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.variables.retain(|name, _| wanted(name));
    }

    /// For work in a project, which may be anybody's: no version control is led there, and no place on a list depends on the
    /// directory in which that work is done, as an empty one does: it would be a place in the project.
    pub fn enter_project(&mut self, style: PathStyle) {
        self.retain(|name| !name.starts_with("GIT_"));
        let is_fixed = |place: &&str| style.is_absolute(style.entry(place)) && !place.contains("/proc/");
        for name in LISTS {
            if let Some(list) = self.variables.get_mut(name) {
                let kept: Vec<&str> = style.entries(list).into_iter().filter(is_fixed).collect();
                *list = kept.join(&style.separator().to_string());
            }
        }
    }

    /// The same with other variables: for who takes secrets out of them.
    #[must_use]
    pub fn map(self, change: impl FnOnce(BTreeMap<String, String>) -> BTreeMap<String, String>) -> Self {
        Self { variables: change(self.variables), ..self }
    }
}

impl Default for Environment {
    /// Nothing at all.
    fn default() -> Self {
        Self::fixed(&[])
    }
}

impl Deref for Environment {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.variables
    }
}

/// A program cannot tell whose variables it got.
impl PartialEq for Environment {
    fn eq(&self, other: &Self) -> bool {
        self.variables == other.variables
    }
}

impl Eq for Environment {}

impl Serialize for Environment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.variables.serialize(serializer)
    }
}

#[cfg(test)]
impl<const N: usize> From<[(String, String); N]> for Environment {
    fn from(variables: [(String, String); N]) -> Self {
        Self::of_user(&variables.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_project_no_place_depends_on_the_directory() {
        let entered = |style, path: &str| {
            let mut env = Environment::from([("PATH".to_owned(), path.to_owned())]);
            env.enter_project(style);
            env.get("PATH").cloned().unwrap_or_default()
        };
        assert_eq!(entered(PathStyle::Unix, "/a::b:/proc/self/cwd:/c"), "/a:/c");
        assert_eq!(
            entered(PathStyle::Windows, r#"C:\a;;b;\c;C:d;"D:\e;f";\\srv\g"#),
            r#"C:\a;"D:\e;f";\\srv\g"#
        );
    }

    #[test]
    fn a_variable_of_windows_has_one_name_whatever_its_letters() {
        let all = [("Path", "a"), ("http_proxy", "b")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let windows = Environment::named(PathStyle::Windows, all.clone());
        assert_eq!(windows.into_keys().collect::<Vec<_>>(), ["HTTP_PROXY", "PATH"]);
        assert_eq!(
            Environment::named(PathStyle::Unix, all).into_keys().collect::<Vec<_>>(),
            ["Path", "http_proxy"]
        );
    }
}
