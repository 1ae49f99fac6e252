//! What brought a Go on Windows, as far as its place tells. winget and Chocolatey run the MSI, so theirs is the MSI's.

use std::path::Path;

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
}
