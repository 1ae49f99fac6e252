//! C compilers of Windows: what their answers mean. Nothing of it rests on words in a language: `gcc -v` says `目标：` for
//! `Target:` in Chinese, and `-dumpmachine` says the same everywhere.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fact::Fact;

/// A C compiler that lies somewhere on a Windows, whether or not it is on PATH.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mingw {
    /// What brought it, as people call it: `MSYS2 UCRT64`, `WinLibs`.
    pub origin: String,
    /// Its directory: what belongs on PATH.
    pub dir: PathBuf,
    /// The program in it that cgo would call.
    pub program: PathBuf,
    /// First line of `--version`.
    pub version: Option<String>,
    /// `-dumpmachine`.
    pub machine: Option<String>,
    /// The first line of its linker's version.
    pub linker: Option<String>,
    /// Whether a program compiles and links with it.
    pub works: bool,
}

/// What is asked of the compiler besides, on Windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Windows {
    /// `posix`, `win32`, `mcf`: what it was configured with.
    pub threads: Option<String>,
    /// The first line of its linker's version.
    pub linker: Option<String>,
    /// Whether what it links starts: why not.
    pub runs: Fact<Result<(), String>>,
    /// The compilers elsewhere; looked for only where this one does not serve.
    pub elsewhere: Vec<Mingw>,
}

/// What a compiler's programs are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Windows itself, on this processor as Rust names it: what cgo wants.
    Mingw(&'static str),
    /// Cygwin's or MSYS's own world: such a program needs their library, and Go's own C code does not compile.
    Cygwin,
    /// Windows by Microsoft's rules: Go cannot link that.
    Msvc,
    /// Something else.
    Foreign,
}

/// What `-dumpmachine` says.
pub fn target(machine: &str) -> Target {
    let words: Vec<&str> = machine.split('-').collect();
    if words.iter().any(|it| ["msys", "cygwin"].contains(it)) {
        return Target::Cygwin;
    }
    if words.iter().any(|it| it.starts_with("msvc")) {
        return Target::Msvc;
    }
    // `x86_64-w64-mingw32`, `x86_64-w64-windows-gnu` of clang, and plain `mingw32` of mingw.org and of TDM's 32-bit edition.
    let gnu = machine.contains("mingw32") || machine.ends_with("windows-gnu");
    match words[0] {
        _ if !gnu => Target::Foreign,
        "x86_64" | "amd64" => Target::Mingw("x86_64"),
        "aarch64" | "arm64" => Target::Mingw("aarch64"),
        "mingw32" | "i386" | "i486" | "i586" | "i686" => Target::Mingw("x86"),
        _ => Target::Foreign,
    }
}

/// `posix` of `--enable-threads=posix`, wherever `gcc -v` says how it was configured.
pub fn threads(verbose: &str) -> Option<String> {
    let at = verbose.split("--enable-threads=").nth(1)?;
    at.split_whitespace().next().map(|it| it.trim_matches(['\'', '"']).to_owned())
}

/// The line of a linker that names itself: `GNU ld (GNU Binutils) 2.36.1`, `LLD 18.1.8 (compatible with GNU linkers)`.
pub fn linker(said: &str) -> Option<String> {
    let names = |it: &&str| it.starts_with("GNU ld") || it.starts_with("LLD ");
    said.lines().map(str::trim).find(names).map(str::to_owned)
}

/// The version of GNU's linker; `None` for another one.
pub fn binutils(linker: &str) -> Option<(u32, u32)> {
    let last = linker.strip_prefix("GNU ld")?.split_whitespace().next_back()?;
    let mut numbers = last.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The oldest GNU linker that leaves the debug information of Go 1.25 and newer as it is: with one before, Windows does not
/// start the program (golang/go#75077, fyne-io/fyne#6507).
pub const BINUTILS: (u32, u32) = (2, 37);

/// The first Go that writes it so.
pub const DWARF5: (u32, u32) = (1, 25);

/// Whether a program of this Go that was linked with this would not start.
pub fn spoils(linker: Option<&str>, go: (u32, u32)) -> bool {
    go >= DWARF5 && linker.and_then(binutils).is_some_and(|it| it < BINUTILS)
}

impl Mingw {
    /// Whether it serves for this processor and this Go.
    pub fn serves(&self, arch: &str, go: (u32, u32)) -> bool {
        let target = self.machine.as_deref().map(target);
        let meant = matches!(target, Some(Target::Mingw(it)) if it == arch);
        meant && self.works && !spoils(self.linker.as_deref(), go)
    }
}

/// What brought a compiler, by where it lies; the name of the program where nothing tells.
pub fn origin(program: &Path) -> String {
    let lower = program.to_string_lossy().to_lowercase();
    let environments = [
        ("/ucrt64/bin/", "MSYS2 UCRT64"),
        ("/mingw64/bin/", "MSYS2 MINGW64"),
        ("/clang64/bin/", "MSYS2 CLANG64"),
        ("/clangarm64/bin/", "MSYS2 CLANGARM64"),
        ("/mingw32/bin/", "MSYS2 MINGW32"),
        ("/usr/bin/", "MSYS2 MSYS"),
    ];
    let prefix = ["/msys64", "/msys2", "/msys32"].iter().any(|it| lower.contains(it));
    if let Some((_, name)) = environments.iter().find(|it| prefix && lower.contains(it.0)) {
        return (*name).to_owned();
    }
    let known = [
        ("winlibs", "WinLibs"),
        ("llvm-mingw", "llvm-mingw"),
        ("tdm-gcc", "TDM-GCC"),
        ("w64devkit", "w64devkit"),
        ("/scoop/", "Scoop"),
        ("/chocolatey/", "Chocolatey"),
        ("/strawberry/", "Strawberry Perl"),
        ("/cygwin", "Cygwin"),
        ("/qt/", "Qt"),
        ("/mingw64/", "MinGW-w64"),
        ("/mingw32/", "MinGW-w64"),
        ("/mingw/", "MinGW"),
    ];
    let name = known.iter().find(|it| lower.contains(it.0)).map(|it| it.1);
    name.map_or_else(|| program.file_name().unwrap_or_default().to_string_lossy().into_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_compiler_is_for_follows_from_its_machine() {
        for (machine, want) in [
            ("x86_64-w64-mingw32", Target::Mingw("x86_64")),
            ("x86_64-w64-windows-gnu", Target::Mingw("x86_64")),
            ("x86_64-pc-windows-gnu", Target::Mingw("x86_64")),
            ("aarch64-w64-mingw32", Target::Mingw("aarch64")),
            ("aarch64-w64-windows-gnu", Target::Mingw("aarch64")),
            ("i686-w64-mingw32", Target::Mingw("x86")),
            ("mingw32", Target::Mingw("x86")),
            ("x86_64-pc-msys", Target::Cygwin),
            ("x86_64-pc-cygwin", Target::Cygwin),
            ("x86_64-pc-windows-msvc", Target::Msvc),
            ("x86_64-pc-windows-msvc19.33.0", Target::Msvc),
            ("arm-none-eabi", Target::Foreign),
            ("x86_64-linux-gnu", Target::Foreign),
            ("", Target::Foreign),
        ] {
            assert_eq!(target(machine), want, "{machine}");
        }
    }

    /// The Chinese one is of microsoft/vscode-cmake-tools#1575, the others of msys2/MINGW-packages#10761 and conan#16855.
    #[test]
    fn threads_are_read_in_any_language() {
        for (said, want) in [
            (
                "Target: x86_64-w64-mingw32\nConfigured with: ../gcc-13.2.0/configure --enable-threads=posix --x\n",
                "posix",
            ),
            (
                "目标：x86_64-w64-mingw32\n配置为：/build/gcc/configure --enable-threads=posix\n线程模型：posix\n",
                "posix",
            ),
            ("Configured with: ../configure --enable-threads=mcf --with-dwarf2\n", "mcf"),
            ("Configured with: ../configure '--enable-threads=win32'\n", "win32"),
        ] {
            assert_eq!(threads(said).as_deref(), Some(want), "{said}");
        }
        assert_eq!(threads("clang version 18.1.8\nThread model: posix\n"), None);
    }

    #[test]
    fn a_linker_that_is_too_old_for_a_new_go_is_told_by_its_version() {
        for (said, go, spoiled) in [
            ("GNU ld (GNU Binutils) 2.30\n", (1, 27), true),
            ("collect2 version 10\nGNU ld (GNU Binutils) 2.36.1\nCopyright", (1, 25), true),
            ("GNU ld (GNU Binutils) 2.36.1\n", (1, 24), false),
            ("GNU ld (GNU Binutils) 2.37\n", (1, 27), false),
            ("GNU ld (Binutils for MSYS2) 2.45\n", (1, 27), false),
            ("LLD 18.1.8 (compatible with GNU linkers)\n", (1, 27), false),
            ("nothing of that\n", (1, 27), false),
        ] {
            assert_eq!(spoils(linker(said).as_deref(), go), spoiled, "{said}");
        }
    }

    #[test]
    fn what_brought_a_compiler_is_told_by_its_place() {
        for (path, want) in [
            ("D:/dev/msys64/ucrt64/bin/gcc.exe", "MSYS2 UCRT64"),
            ("C:/msys64/usr/bin/gcc.exe", "MSYS2 MSYS"),
            ("C:/tools/msys64/mingw64/bin/gcc.exe", "MSYS2 MINGW64"),
            ("C:/cygwin64/bin/gcc.exe", "Cygwin"),
            ("C:/TDM-GCC-64/bin/gcc.exe", "TDM-GCC"),
            ("C:/Strawberry/c/bin/gcc.exe", "Strawberry Perl"),
            ("C:/Users/Ann/scoop/apps/gcc/current/bin/gcc.exe", "Scoop"),
            ("C:/ProgramData/chocolatey/lib/mingw/tools/install/mingw64/bin/gcc.exe", "Chocolatey"),
            ("C:/ProgramData/mingw64/mingw64/bin/gcc.exe", "MinGW-w64"),
            (
                "C:/Users/Ann/AppData/Local/Microsoft/WinGet/Packages/BrechtSanders.WinLibs.POSIX.UCRT_x/mingw64/bin/gcc.exe",
                "WinLibs",
            ),
            ("E:/tools/gcc.exe", "gcc.exe"),
        ] {
            assert_eq!(origin(Path::new(path)), want, "{path}");
        }
    }

    #[test]
    fn only_a_compiler_of_the_right_processor_that_links_serves() {
        let good = Mingw { machine: Some("x86_64-w64-mingw32".into()), works: true, ..Mingw::default() };
        assert!(good.serves("x86_64", (1, 27)));
        assert!(!good.serves("aarch64", (1, 27)));
        assert!(!Mingw { works: false, ..good.clone() }.serves("x86_64", (1, 27)));
        let old = Mingw { linker: Some("GNU ld (GNU Binutils) 2.30".into()), ..good };
        assert!(!old.serves("x86_64", (1, 27)) && old.serves("x86_64", (1, 24)));
    }
}
