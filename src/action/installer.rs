//! What Visual Studio's own installer is told, as it is shown and as it is run.

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
