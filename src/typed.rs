//! What a person types, in the words of the shell that a system has: a POSIX shell's, and on Windows PowerShell's, 5.1 and newer
//! (which knows no `&&`). Pure text; what is done without a person is never done by such a line.

use std::path::{Path, PathBuf};

use crate::path_style::PathStyle;
use crate::quoting;

/// A word: as it is where it may be. PowerShell takes a comma for the mark of a list, and splits the word there.
pub fn word(style: PathStyle, text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:\\+".contains(c);
    match style {
        PathStyle::Unix => quoting::quoted(text),
        PathStyle::Windows if !text.is_empty() && text.chars().all(plain) => text.to_owned(),
        PathStyle::Windows => literal(text),
    }
}

/// A path.
pub fn path(style: PathStyle, path: &Path) -> String {
    word(style, &shown(style, path))
}

/// One thing after the other, and no further where one fails (PowerShell 5.1 goes on).
pub fn then(style: PathStyle, commands: &[String]) -> String {
    commands.join(match style {
        PathStyle::Unix => " && ",
        PathStyle::Windows => "; ",
    })
}

/// In a directory, and nowhere else: where it cannot be entered, PowerShell would go on in the one where it is.
pub fn within(style: PathStyle, dir: &Path, command: &str) -> String {
    let dir = path(style, dir);
    let enter = match style {
        PathStyle::Unix => format!("cd {dir}"),
        PathStyle::Windows => format!("cd -LiteralPath {dir} -ErrorAction Stop"),
    };
    then(style, &[enter, command.to_owned()])
}

/// A file or directory gets another name.
pub fn moved(style: PathStyle, from: &Path, to: &Path) -> String {
    let (from, to) = (path(style, from), path(style, to));
    match style {
        PathStyle::Unix => format!("mv {from} {to}"),
        PathStyle::Windows => format!("Move-Item -LiteralPath {from} {to}"),
    }
}

/// The same, out of the way.
pub fn moved_away(style: PathStyle, from: &Path) -> String {
    let mut to = from.as_os_str().to_owned();
    to.push(".old");
    moved(style, from, Path::new(&to))
}

/// A file or directory goes, with all that is in it.
pub fn removed(style: PathStyle, at: &Path) -> String {
    let at = path(style, at);
    match style {
        PathStyle::Unix => format!("rm -rf {at}"),
        PathStyle::Windows => format!("Remove-Item -Recurse -Force -LiteralPath {at}"),
    }
}

/// Directories go, with all that is in them, also where they are read-only, as Go makes those of its module cache.
pub fn removed_though_read_only(style: PathStyle, all: &[PathBuf]) -> String {
    let names: Vec<String> = all.iter().map(|it| path(style, it)).collect();
    match style {
        PathStyle::Unix => {
            let names = names.join(" ");
            then(style, &[format!("chmod -R u+w {names}"), format!("rm -rf {names}")])
        }
        PathStyle::Windows => format!("Remove-Item -Recurse -Force -LiteralPath {}", names.join(", ")),
    }
}

/// A file goes.
pub fn removed_file(style: PathStyle, at: &Path) -> String {
    removed_files(style, &[at.to_path_buf()])
}

/// Files go.
pub fn removed_files(style: PathStyle, all: &[PathBuf]) -> String {
    let names: Vec<String> = all.iter().map(|it| path(style, it)).collect();
    match style {
        PathStyle::Unix => format!("rm {}", names.join(" ")),
        PathStyle::Windows => format!("Remove-Item -LiteralPath {}", names.join(", ")),
    }
}

/// A directory is there.
pub fn made(style: PathStyle, dir: &Path) -> String {
    let dir = path(style, dir);
    match style {
        PathStyle::Unix => format!("mkdir -p {dir}"),
        PathStyle::Windows => format!("New-Item -ItemType Directory -Force {dir}"),
    }
}

/// A variable is set, in this terminal.
pub fn set(style: PathStyle, name: &str, value: &str) -> String {
    match style {
        PathStyle::Unix => format!("export {name}={}", quoting::quoted(value)),
        PathStyle::Windows => format!("$env:{name} = {}", literal(value)),
    }
}

/// A line of a file in the directory where one stands goes. The file is ASCII, as go.sum is.
pub fn without_line(style: PathStyle, file: &str, line: u32) -> String {
    match style {
        PathStyle::Unix => format!("sed -i '{line}d' {file}"),
        PathStyle::Windows => {
            format!("(Get-Content {file}) | Where-Object ReadCount -ne {line} | Set-Content {file}")
        }
    }
}

/// A line as the programs of a Mac read it: `sed -i` wants to be told there how the copy of the old file ends, which may be
/// nothing.
pub fn for_a_mac(line: &str) -> String {
    line.replace("sed -i ", "sed -i '' ")
}

/// In quotes in which PowerShell reads everything as it is.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn shown(style: PathStyle, path: &Path) -> String {
    match style {
        PathStyle::Unix => path.to_string_lossy().into_owned(),
        PathStyle::Windows => style.shown(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_told_in_the_words_of_its_own_shell() {
        use PathStyle::{Unix, Windows};
        let (home, cache) = (Path::new("C:/Users/Ann O'Neil"), Path::new("/root/my cache"));
        for (line, want) in [
            (word(Unix, "GOPROXY=https://a,direct"), "GOPROXY=https://a,direct"),
            (word(Windows, "GOPROXY=https://a,direct"), "'GOPROXY=https://a,direct'"),
            (word(Windows, "GOFLAGS=-mod=mod"), "GOFLAGS=-mod=mod"),
            (moved_away(Unix, cache), "mv '/root/my cache' '/root/my cache.old'"),
            (
                moved_away(Windows, home),
                r"Move-Item -LiteralPath 'C:\Users\Ann O''Neil' 'C:\Users\Ann O''Neil.old'",
            ),
            (
                for_a_mac("sudo sed -i '1s/^/# /' /p && sed -i '2d' x"),
                "sudo sed -i '' '1s/^/# /' /p && sed -i '' '2d' x",
            ),
            (removed(Windows, Path::new("C:/go/pkg")), r"Remove-Item -Recurse -Force -LiteralPath C:\go\pkg"),
            (removed_file(Windows, Path::new("C:/$a/x.exe")), r"Remove-Item -LiteralPath 'C:\$a\x.exe'"),
            (
                removed_though_read_only(Windows, &["C:/$a/x".into(), "C:/b".into()]),
                r"Remove-Item -Recurse -Force -LiteralPath 'C:\$a\x', C:\b",
            ),
            (
                removed_though_read_only(Unix, &["/a/mod".into(), "/a/go build".into()]),
                "chmod -R u+w /a/mod '/a/go build' && rm -rf /a/mod '/a/go build'",
            ),
            (made(Windows, Path::new("D:/tmp")), r"New-Item -ItemType Directory -Force D:\tmp"),
            (set(Windows, "USERPROFILE", r"C:\Users\Ann"), r"$env:USERPROFILE = 'C:\Users\Ann'"),
            (set(Unix, "HOME", "/home/a b"), "export HOME='/home/a b'"),
            (
                within(Windows, Path::new("C:/a"), "go build ./..."),
                r"cd -LiteralPath C:\a -ErrorAction Stop; go build ./...",
            ),
            (within(Unix, Path::new("/a"), "go build ./..."), "cd /a && go build ./..."),
            (
                without_line(Windows, "go.sum", 7),
                "(Get-Content go.sum) | Where-Object ReadCount -ne 7 | Set-Content go.sum",
            ),
        ] {
            assert_eq!(line, want);
        }
    }
}
