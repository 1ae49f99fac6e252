//! What the makers' own installers are told, as it is shown and as it is run.

use std::path::Path;

use crate::path_style::PathStyle;

/// Its program, and the words after it (`docs/install/use-command-line-parameters-to-install-visual-studio.md` in
/// MicrosoftDocs/visualstudio-docs). Windows is never restarted by it.
pub fn modify(setup: &Path, install: &Path, add: &[String]) -> Vec<String> {
    let shown = |it: &Path| PathStyle::Windows.shown(it);
    let front = [shown(setup), "modify".to_owned(), "--installPath".to_owned(), shown(install)];
    let add = add.iter().flat_map(|it| ["--add".to_owned(), it.clone()]);
    front.into_iter().chain(add).chain(["--quiet", "--norestart"].map(str::to_owned)).collect()
}

/// What Apple's `softwareupdate` is told to list what it offers; it takes no rights.
pub fn offered() -> Vec<String> {
    ["/usr/sbin/softwareupdate", "--list"].map(str::to_owned).to_vec()
}

/// The form of a label, for what is shown before anybody has asked which one is offered.
pub const SOME_LABEL: &str = "Command Line Tools for Xcode-…";

/// What it is told to install, by the label that it gave.
pub fn install(label: &str) -> Vec<String> {
    ["/usr/sbin/softwareupdate", "--install", label, "--verbose"].map(str::to_owned).to_vec()
}

/// What `xcode-select` is told, to choose a developer directory or to take the choice back.
pub fn select(dir: Option<&Path>) -> Vec<String> {
    let words = match dir {
        Some(dir) => vec!["--switch".to_owned(), dir.display().to_string()],
        None => vec!["--reset".to_owned()],
    };
    ["/usr/bin/xcode-select".to_owned()].into_iter().chain(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_installer_is_told_what_to_add_and_never_to_restart() {
        let add = ["A.B".to_owned(), "C.D".to_owned()];
        let said = modify(Path::new("C:/I/setup.exe"), Path::new("C:/Program Files/VS"), &add);
        let want = r"C:\I\setup.exe modify --installPath C:\Program Files\VS --add A.B --add C.D --quiet --norestart";
        assert_eq!(said.join(" "), want);
    }
}
