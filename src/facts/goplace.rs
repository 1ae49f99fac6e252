//! What brought a Go on Windows or on a Mac, as far as its place tells. winget and Chocolatey run the MSI, so theirs is the
//! MSI's.

use std::path::{Path, PathBuf};

use crate::places::SYSTEM;

/// What brought a Go on a Mac.
pub const HOMEBREW: &str = "Homebrew";

/// Where Homebrew keeps each version of a formula.
const CELLAR: &str = "Cellar";

/// `MSI`, `Scoop`, `MSYS2`, `Chocolatey`; nothing where the place does not tell.
pub fn origin(root: &Path) -> Option<&'static str> {
    let lower = root.to_string_lossy().to_lowercase().replace('\\', "/");
    let marks = [
        ("/scoop/", "Scoop"),
        ("/msys64/", "MSYS2"),
        ("/chocolatey/", "Chocolatey"),
        ("/sdk/go1", "golang.org/dl"),
        (":/program files/go", "MSI"),
        (":/go", "MSI"),
    ];
    marks.iter().find(|it| lower.contains(it.0)).map(|it| it.1)
}

/// The same on a Mac. Go's own installer and its archive lie in one place; `receipt` says whether the system knows of the
/// installer.
pub fn on_mac(root: &Path, receipt: bool) -> Option<&'static str> {
    let part = |name: &str| root.components().any(|it| it.as_os_str() == name);
    if part(CELLAR) {
        return Some(HOMEBREW);
    }
    if root.starts_with("/opt/local") {
        return Some("MacPorts");
    }
    if root == Path::new("/usr/local/go") {
        return Some(if receipt { "pkg" } else { "tar.gz" });
    }
    let parent = root.parent()?;
    parent.ends_with("sdk").then_some("golang.org/dl")
}

/// Whether a Go there is one of the system's packages; on a Mac, where there is none, of Homebrew's or MacPorts'.
pub fn is_packaged(root: &Path, mac: bool) -> bool {
    let below = ["/usr/lib", "/usr/lib64", "/usr/share", "/snap", "/nix"];
    // Homebrew, wherever its prefix is.
    let of_mac = root.starts_with("/opt/local") || root.components().any(|it| it.as_os_str() == CELLAR);
    (mac && of_mac) || below.iter().any(|it| root.starts_with(it))
}

/// Whether a tree is of an installation for all users.
pub fn is_for_all(root: &Path) -> bool {
    root.starts_with(Path::new(SYSTEM).join("go"))
}

/// Where a tree is reached that goes with the next version: Homebrew's link below `opt` stays, and ours for all users, whose
/// version root chooses.
pub fn kept(root: &Path, brought: Option<&str>) -> Option<PathBuf> {
    if is_for_all(root) {
        return Some(Path::new(SYSTEM).join("current"));
    }
    if brought == Some(HOMEBREW) { stays(root) } else { None }
}

/// `/opt/homebrew/opt/go/libexec` of `/opt/homebrew/Cellar/go/1.27.4/libexec`.
fn stays(root: &Path) -> Option<PathBuf> {
    let mut parts = root.components();
    let prefix: PathBuf = parts.by_ref().take_while(|it| it.as_os_str() != CELLAR).collect();
    let name = parts.next()?;
    let _version = parts.next()?;
    Some(prefix.join("opt").join(name).join(parts.as_path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_brought_a_go_is_told_by_its_place() {
        for (root, want) in [
            ("C:/Program Files/Go", Some("MSI")),
            (r"C:\Go", Some("MSI")),
            ("C:/Users/Ann/scoop/apps/go/current", Some("Scoop")),
            ("D:/msys64/ucrt64/lib/go", Some("MSYS2")),
            ("C:/ProgramData/chocolatey/lib/golang/tools/go", Some("Chocolatey")),
            ("C:/Users/Ann/sdk/go1.22.5", Some("golang.org/dl")),
            ("E:/tools/go", None),
        ] {
            assert_eq!(origin(Path::new(root)), want, "{root}");
        }
    }

    #[test]
    fn what_brought_a_go_on_a_mac_is_told_by_its_place_and_by_the_receipt() {
        for (root, receipt, want) in [
            ("/usr/local/go", true, Some("pkg")),
            ("/usr/local/go", false, Some("tar.gz")),
            ("/opt/homebrew/Cellar/go/1.27.4/libexec", true, Some("Homebrew")),
            ("/usr/local/Cellar/go@1.26/1.26.11/libexec", true, Some("Homebrew")),
            ("/opt/local/lib/go", false, Some("MacPorts")),
            ("/Users/ann/sdk/go1.22.5", true, Some("golang.org/dl")),
            ("/Users/ann/go1.27", true, None),
        ] {
            assert_eq!(on_mac(Path::new(root), receipt), want, "{root}");
        }
    }

    #[test]
    fn what_homebrew_and_macports_brought_is_packaged_on_a_mac_alone() {
        for (root, linux, mac) in [
            ("/usr/lib/go-1.22", true, true),
            ("/usr/local/go", false, false),
            ("/opt/homebrew/Cellar/go/1.27.4/libexec", false, true),
            ("/home/linuxbrew/.linuxbrew/Cellar/go/1.27.4/libexec", false, true),
            ("/opt/local/lib/go", false, true),
            ("/opt/localhost/go", false, false),
        ] {
            assert_eq!(
                (is_packaged(Path::new(root), false), is_packaged(Path::new(root), true)),
                (linux, mac),
                "{root}"
            );
        }
    }

    #[test]
    fn what_stays_of_a_formula_is_its_link() {
        for (root, want) in [
            ("/opt/homebrew/Cellar/go/1.27.4/libexec", Some("/opt/homebrew/opt/go/libexec")),
            ("/usr/local/Cellar/go@1.22/1.22.5_1/libexec", Some("/usr/local/opt/go@1.22/libexec")),
            ("/usr/local/Cellar/go", None),
            ("/usr/local/go", None),
        ] {
            assert_eq!(stays(Path::new(root)).as_deref(), want.map(Path::new), "{root}");
        }
    }
}
