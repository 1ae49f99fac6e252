//! `PathStyle`: how a machine writes paths and lists of them. It is data, taken from the machine's `identity.os`, so that a
//! Windows machine is judged the same wherever its recording is replayed.
//!
//! Paths inside the program are written with `/`, on Windows too (`C:/Users/Ann`), so that joining and taking apart work
//! everywhere. What Windows says is turned by [`PathStyle::path`], what people and files see by [`PathStyle::shown`].

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// How paths are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PathStyle {
    /// `/usr/bin`, in lists with `:`.
    #[default]
    Unix,
    /// `C:\Windows`, in lists with `;`; letters mean the same in both cases.
    Windows,
}

/// The endings of programs where PATHEXT is not set; Windows' own default, without the scripts that only `cscript` runs.
const PATHEXT: &str = ".COM;.EXE;.BAT;.CMD";

/// Names of devices: a file cannot have them, whatever its ending.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

impl PathStyle {
    /// That of this system (`identity.os`).
    pub fn of(os: &str) -> Self {
        if os == "windows" { Self::Windows } else { Self::Unix }
    }

    /// What stands between the entries of a list.
    pub const fn separator(self) -> char {
        match self {
            Self::Unix => ':',
            Self::Windows => ';',
        }
    }

    /// The entries of a list as they are written, empty ones and quotes among them. Joined by the separator they are the list
    /// again.
    pub fn entries(self, list: &str) -> Vec<&str> {
        if self == Self::Unix {
            return list.split(':').collect();
        }
        let (mut entries, mut from, mut quoted) = (Vec::new(), 0, false);
        for (at, c) in list.char_indices() {
            match c {
                '"' => quoted = !quoted,
                ';' if !quoted => {
                    entries.push(&list[from..at]);
                    from = at + 1;
                }
                _ => {}
            }
        }
        entries.push(&list[from..]);
        entries
    }

    /// The paths of a list. Empty entries are left out: whoever gives them a meaning takes [`PathStyle::entries`].
    pub fn list(self, list: &str) -> Vec<PathBuf> {
        let entries = self.entries(list);
        let all = entries.into_iter().map(|it| self.entry(it)).filter(|it| !it.as_os_str().is_empty());
        all.collect()
    }

    /// An entry of a list as a path: on Windows without its quotes, and without blanks around it.
    pub fn entry(self, entry: &str) -> PathBuf {
        match self {
            Self::Unix => entry.into(),
            Self::Windows => self.path(entry.replace('"', "").trim()),
        }
    }

    /// A list of these paths, as the system writes it.
    pub fn join_list<P: AsRef<Path>>(self, paths: &[P]) -> String {
        let entry = |path: &P| {
            let shown = self.shown(path.as_ref());
            let quoted = self == Self::Windows && shown.contains(';');
            if quoted { format!("\"{shown}\"") } else { shown }
        };
        paths.iter().map(entry).collect::<Vec<_>>().join(&self.separator().to_string())
    }

    /// A path as the program writes it, from one that the system or a person wrote: `C:/Users`, `//server/share`. Windows'
    /// marks of a long path are taken off where the rest says the same.
    pub fn path(self, text: &str) -> PathBuf {
        if self == Self::Unix {
            return text.into();
        }
        let text = text.replace('\\', "/");
        if let Some(rest) = text.strip_prefix("//?/") {
            if let Some(share) = after_letters(rest, "UNC/") {
                return format!("//{share}").into();
            }
            if drive(rest).is_some_and(|it| it.starts_with('/')) {
                return rest.into();
            }
        }
        text.into()
    }

    /// A path as people and files see it.
    pub fn shown(self, path: &Path) -> String {
        let text = path.display().to_string();
        if self == Self::Windows { text.replace('/', "\\") } else { text }
    }

    /// The style in which a path is written, by its own text: only Windows has letters of drives.
    pub fn of_path(path: &Path) -> Self {
        let drive = path.to_str().and_then(drive).is_some_and(|it| it.starts_with(['/', '\\']));
        if drive { Self::Windows } else { Self::Unix }
    }

    /// Whether a path means the same wherever one stands. On Windows neither `\x` (of the current drive) nor `C:x` does.
    pub fn is_absolute(self, path: impl AsRef<Path>) -> bool {
        let Some(text) = path.as_ref().to_str() else {
            return self == Self::Unix && path.as_ref().is_absolute();
        };
        match self {
            Self::Unix => text.starts_with('/'),
            Self::Windows => {
                let text = text.replace('\\', "/");
                let share = text.strip_prefix("//").is_some_and(|it| !it.is_empty() && !it.starts_with('/'));
                share || drive(&text).is_some_and(|it| it.starts_with('/'))
            }
        }
    }

    /// Whether both are one path, as far as their names tell: on Windows whatever the case, the slashes, the mark of a long
    /// path, and dots and blanks at the end of a name.
    pub fn same(self, one: impl AsRef<Path>, other: impl AsRef<Path>) -> bool {
        self.folded(one.as_ref()) == self.folded(other.as_ref())
    }

    /// Whether a path lies below another, or is it.
    pub fn is_below(self, path: impl AsRef<Path>, dir: impl AsRef<Path>) -> bool {
        let (path, dir) = (self.folded(path.as_ref()), self.folded(dir.as_ref()));
        path.strip_prefix(&dir).is_some()
    }

    /// A path by which it can be compared: two that are one have the same.
    pub fn folded(self, path: &Path) -> Folded {
        if self == Self::Unix {
            return Folded(
                path.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect(),
            );
        }
        let path = self.path(&path.to_string_lossy()).to_string_lossy().into_owned();
        let front = if path.starts_with("//") { "//" } else { &path[..usize::from(path.starts_with('/'))] };
        let names = path.split('/').filter(|it| !it.is_empty() && *it != ".");
        let plain = |name: &str| match name {
            ".." => name.to_owned(),
            // A long path keeps dots and blanks; it is told apart by its mark, which is gone where it makes no difference.
            _ => name.trim_end_matches(['.', ' ']).chars().map(upper).collect(),
        };
        Folded([front.to_owned()].into_iter().chain(names.map(plain)).collect())
    }

    /// The names that a program may have in a directory, in the order in which the system looks: `go` is `go.COM`, `go.EXE`, …
    /// on Windows. `pathext` is what the environment says.
    pub fn programs(self, name: &str, pathext: Option<&str>) -> Vec<String> {
        if self == Self::Unix {
            return vec![name.to_owned()];
        }
        let told = pathext.filter(|it| it.split(';').any(is_ending)).unwrap_or(PATHEXT);
        let endings: Vec<String> =
            told.split(';').map(str::trim).filter(|it| is_ending(it)).map(str::to_lowercase).collect();
        let lower = name.to_lowercase();
        if endings.iter().any(|it| lower.ends_with(it.as_str())) {
            return vec![name.to_owned()];
        }
        endings.iter().map(|it| format!("{name}{it}")).collect()
    }

    /// The file of a program of ours or Go's: `go`, on Windows `go.exe`.
    pub fn executable(self, name: &str) -> String {
        match self {
            Self::Unix => name.to_owned(),
            Self::Windows => format!("{name}.exe"),
        }
    }

    /// The name of a variable by which it is found: Windows tells no case apart, so there all are written in capitals.
    pub fn variable(self, name: &str) -> String {
        match self {
            Self::Unix => name.to_owned(),
            Self::Windows => name.chars().map(upper).collect(),
        }
    }

    /// Whether a file cannot have this name, though its letters are allowed: `nul`, `COM1.txt`, `aux `.
    pub fn is_reserved(self, name: &str) -> bool {
        if self == Self::Unix {
            return false;
        }
        let stem = name.split(['.', ':']).next().unwrap_or_default().trim_end();
        let stem: String = stem.chars().map(upper).collect();
        let port = |it: &str| {
            let mut digits = it.chars();
            matches!(digits.next(), Some('1'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
        };
        let ports = ["COM", "LPT"].iter().any(|it| stem.strip_prefix(it).is_some_and(port));
        ports || DEVICES.contains(&stem.as_str())
    }
}

/// A path that is compared and never shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folded(Vec<String>);

impl Folded {
    /// What is left of it below another.
    fn strip_prefix<'a>(&'a self, dir: &Self) -> Option<&'a [String]> {
        self.0.strip_prefix(dir.0.as_slice())
    }
}

/// As Windows' file systems compare: one letter for one letter.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// What follows `C:`.
fn drive(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic())?;
    rest.strip_prefix(':')
}

/// Where something lies below a directory, as archives write it: with `/` on every system.
pub fn below(dir: &Path, path: &Path) -> String {
    match path.strip_prefix(dir) {
        Ok(rest) => {
            let names: Vec<_> = rest.components().map(|it| it.as_os_str().to_string_lossy()).collect();
            names.join("/")
        }
        Err(_) => path.to_string_lossy().into_owned(),
    }
}

/// A path as people see it, in the style in which it is written.
pub fn shown(path: impl AsRef<Path>) -> String {
    PathStyle::of_path(path.as_ref()).shown(path.as_ref())
}

/// What comes after these letters, whatever their case, in a text that begins with them: Windows' words have none.
pub fn after_letters<'t>(text: &'t str, front: &str) -> Option<&'t str> {
    let (begin, rest) = text.split_at_checked(front.len())?;
    begin.eq_ignore_ascii_case(front).then_some(rest)
}

/// `.EXE`: a dot and letters, nothing that leads elsewhere.
fn is_ending(text: &str) -> bool {
    let text = text.trim();
    text.len() > 1 && text.starts_with('.') && !text.contains(['\\', '/', '"', ':'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PathStyle::{Unix, Windows};
    use super::*;

    #[test]
    fn a_path_is_shown_as_its_system_writes_it() {
        let shown = |it: &str| PathStyle::of_path(Path::new(it)).shown(Path::new(it));
        assert_eq!(shown("C:/users/ann\\go"), "C:\\users\\ann\\go");
        assert_eq!(shown("/home/ann/a\\b"), "/home/ann/a\\b");
        assert_eq!(shown("C:relative/x"), "C:relative/x");
    }

    #[test]
    fn paths_of_windows_are_written_with_slashes_inside() {
        let rows = [
            (r"C:\Users\Ann Lee", "C:/Users/Ann Lee"),
            (r"c:/mixed\path", "c:/mixed/path"),
            (r"\\server\share\x", "//server/share/x"),
            (r"\\?\C:\long", "C:/long"),
            (r"\\?\UNC\server\share", "//server/share"),
            (r"\\?\unc\server\share", "//server/share"),
            (r"\\?\Volume{1}\x", "//?/Volume{1}/x"),
            (r"\\?\C:", "//?/C:"),
            (r"\\.\pipe\x", "//./pipe/x"),
            ("C:", "C:"),
            ("", ""),
        ];
        for (written, inside) in rows {
            assert_eq!(Windows.path(written), Path::new(inside), "{written}");
        }
        assert_eq!(Windows.shown(Path::new("C:/Users/李")), r"C:\Users\李");
        assert_eq!(Unix.path(r"/a\b"), Path::new(r"/a\b"), "a backslash is a letter there");
        assert_eq!(Unix.shown(Path::new("/a/b")), "/a/b");
    }

    #[test]
    fn a_path_is_absolute_only_where_it_depends_on_no_current_drive() {
        for path in ["C:/x", r"c:\x", "C:/", "//server/share", r"\\?\C:\x", r"\\.\NUL"] {
            assert!(Windows.is_absolute(path), "{path}");
        }
        for path in ["", "x", "/x", r"\x", "C:", "C:x", "1:/x", "//", "///x", ".", "é:/x"] {
            assert!(!Windows.is_absolute(path), "{path}");
        }
        assert!(Unix.is_absolute("/x") && !Unix.is_absolute("C:/x"));
    }

    #[test]
    fn two_spellings_of_one_path_are_the_same() {
        for (one, other) in [
            (r"C:\Program Files\Go\bin", "c:/program files/go/BIN/"),
            (r"\\?\C:\x", "C:/x"),
            (r"\\?\UNC\Server\Share", r"\\server\share\"),
            ("C:/x. .", "C:/X"),
            ("C:/a//b/./c", r"C:\A\B\C"),
            ("C:/É", "C:/é"),
        ] {
            assert!(Windows.same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("C:/x", "D:/x"),
            ("C:/x", "C:/x/y"),
            ("/x", "//x"),
            ("x", "/x"),
            ("C:/a/..", "C:/a"),
            ("C:/ß", "C:/SS"),
        ] {
            assert!(!Windows.same(one, other), "{one} {other}");
        }
        assert!(Unix.same("/a/b/", "/a/b") && !Unix.same("/a", "/A"));
        assert!(Windows.is_below(r"c:\users\ann\GO\bin", "C:/Users/Ann") && Windows.is_below("C:/a", "c:/A"));
        assert!(!Windows.is_below("C:/Users/Anna", "C:/Users/Ann"));
    }

    #[test]
    fn a_list_is_split_where_no_quote_keeps_it_together() {
        let rows: [(&str, &[&str]); 6] = [
            (r"C:\a;C:\b", &["C:/a", "C:/b"]),
            (r#"C:\a;"C:\b;c";D:\d"#, &["C:/a", "C:/b;c", "D:/d"]),
            (r#""C:\Program Files\Go"\bin"#, &["C:/Program Files/Go/bin"]),
            (";;C:\\a; ;", &["C:/a"]),
            (r#""C:\open;C:\b"#, &["C:/open;C:/b"]),
            ("", &[]),
        ];
        for (list, paths) in rows {
            assert_eq!(Windows.list(list), paths.iter().map(PathBuf::from).collect::<Vec<_>>(), "{list}");
        }
        assert_eq!(Windows.entries("a;;\"b;c\""), ["a", "", "\"b;c\""]);
        assert_eq!(Unix.entries("/a::/b:"), ["/a", "", "/b", ""]);
        assert_eq!(Unix.list("/a::/b;c"), [Path::new("/a"), Path::new("/b;c")]);
        assert_eq!(Windows.join_list(&["C:/a b", "C:/c;d"]), r#"C:\a b;"C:\c;d""#);
        assert_eq!(Unix.join_list(&["/a", "/b"]), "/a:/b");
    }

    #[test]
    fn a_program_is_looked_for_under_each_ending() {
        let rows: [(&str, Option<&str>, &[&str]); 6] = [
            ("go", None, &["go.com", "go.exe", "go.bat", "go.cmd"]),
            ("go", Some(".EXE;.CMD"), &["go.exe", "go.cmd"]),
            ("go.EXE", Some(".COM;.EXE"), &["go.EXE"]),
            ("x86_64-w64-mingw32-gcc-12.2", Some(".EXE"), &["x86_64-w64-mingw32-gcc-12.2.exe"]),
            ("go", Some(""), &["go.com", "go.exe", "go.bat", "go.cmd"]),
            ("go", Some(r"EXE; .exe ;.\x"), &["go.exe"]),
        ];
        for (name, pathext, files) in rows {
            assert_eq!(Windows.programs(name, pathext), files, "{name} {pathext:?}");
        }
        assert_eq!(Unix.programs("go", Some(".EXE")), ["go"]);
        assert_eq!((Windows.executable("go"), Unix.executable("go")), ("go.exe".into(), "go".into()));
    }

    #[test]
    fn names_of_devices_are_reserved_whatever_follows() {
        for name in ["nul", "NUL.txt", "Con ", "com1", "LPT9.log", "COM¹", "conin$", "aux.tar.gz", "nul:x"] {
            assert!(Windows.is_reserved(name), "{name}");
        }
        for name in ["null", "com", "COM0", "com10", "console", "lpt", "auxiliary", "", "x.nul"] {
            assert!(!Windows.is_reserved(name), "{name}");
        }
        assert!(!Unix.is_reserved("nul"));
    }

    #[test]
    fn a_variable_is_found_whatever_its_case() {
        assert_eq!(Windows.variable("Path"), "PATH");
        assert_eq!(Windows.variable("ProgramFiles(x86)"), "PROGRAMFILES(X86)");
        assert_eq!(Unix.variable("http_proxy"), "http_proxy");
    }

    proptest! {
        #[test]
        fn entries_are_the_list_again_and_nothing_makes_it_panic(list in r#"[a-zA-Z:;"\\/. ?é李]{0,40}"#) {
            for style in [Unix, Windows] {
                prop_assert_eq!(style.entries(&list).join(&style.separator().to_string()), list.clone());
                for path in style.list(&list) {
                    let _ = (style.is_absolute(&path), style.shown(&path), style.folded(&path));
                    prop_assert_eq!(style.path(&style.shown(&path)), style.path(path.to_str().expect("text")));
                }
                let _ = (style.is_reserved(&list), style.programs(&list, Some(&list)));
            }
        }
    }
}
