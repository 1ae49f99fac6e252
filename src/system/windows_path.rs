//! Paths as Windows means them, by their text alone, for the doors: which name a device, which depend on what the current
//! drive is. How they are written, and compared, is `path_style`'s.

use crate::path_style::PathStyle;

/// What a path names that is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Device {
    /// Always empty, as `/dev/null`.
    Null,
    /// A console, a port, a pipe, a disk.
    Other,
}

/// The device that a path names, whatever directory it stands in.
pub(super) fn device(path: &str) -> Option<Device> {
    let path = path.replace('/', "\\");
    if path.starts_with(r"\\?\") {
        return None; // taken by the letter
    }
    if path.starts_with(r"\\.\") {
        return Some(Device::Other);
    }
    let last = path.rsplit('\\').next().unwrap_or_default();
    if !PathStyle::Windows.is_reserved(last) {
        return None;
    }
    let stem = last.split(['.', ':']).next().unwrap_or_default();
    Some(if stem.trim_end().eq_ignore_ascii_case("NUL") { Device::Null } else { Device::Other })
}

/// Whether a path means another file on another current drive: `/etc/profile`, `C:file`. Anybody may make `C:\etc`, so what is
/// found by such a path is nobody's word.
pub(super) fn depends_on_drive(path: &str) -> bool {
    let path = path.replace('/', "\\");
    let mut letters = path.chars();
    let drive = letters.next().is_some_and(|it| it.is_ascii_alphabetic()) && letters.next() == Some(':');
    if drive { letters.next() != Some('\\') } else { path.starts_with('\\') && !path.starts_with(r"\\") }
}

/// Whether Windows starts a file of this name as a program by itself.
pub(super) fn is_program(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".exe", ".com", ".bat", ".cmd"].iter().any(|it| name.len() > it.len() && name.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_known_by_its_name_in_every_directory() {
        for path in ["NUL", "nul", "C:/x/nul.txt", "C:\\x\\NUL ", "NUL:"] {
            assert_eq!(device(path), Some(Device::Null), "{path}");
        }
        let others =
            ["con", "C:/x/CON.log", "aux.c", "com1", "LPT9.x", "COM¹", "conin$", "//./pipe/x", "\\\\.\\C:"];
        for path in others {
            assert_eq!(device(path), Some(Device::Other), "{path}");
        }
        for path in
            ["console", "com", "com0", "com10", "null", "C:/nul/x", "\\\\?\\C:\\nul", "lpt", "x.con", ""]
        {
            assert_eq!(device(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_that_another_current_drive_changes_is_known() {
        for path in ["/etc/profile", "\\etc", "C:file", "c:", "/"] {
            assert!(depends_on_drive(path), "{path}");
        }
        for path in ["C:/etc", "c:\\etc", "//host/share/x", "\\\\?\\C:\\x", "relative/x", "", "é:/x"] {
            assert!(!depends_on_drive(path), "{path}");
        }
    }

    #[test]
    fn a_program_is_known_by_the_end_of_its_name() {
        assert!(is_program("go.EXE") && is_program("vcvars64.bat"));
        assert!(!is_program("go") && !is_program(".exe") && !is_program("exe.txt"));
    }
}
