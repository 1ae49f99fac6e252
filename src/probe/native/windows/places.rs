//! Where C compilers for MinGW are installed on Windows. Each place is a directory that holds `gcc.exe` or `clang.exe`; the
//! order is that in which one of them would be put on PATH.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::registry::RegistryEntries;
use crate::system::{Hive, Look, RegistryKey};

/// MSYS2's environments whose programs are Windows' own, the recommended first.
const MSYS2: [&str; 4] = ["ucrt64", "clangarm64", "mingw64", "clang64"];

/// winget's portable packages that have one.
const PORTABLE: [&str; 2] = ["BrechtSanders.WinLibs.", "MartinStorsjo.LLVM-MinGW."];

/// Where people and installers put one by hand, in the root of a drive.
const ROOTS: [&str; 9] = [
    "mingw64/bin",
    "winlibs/mingw64/bin",
    "w64devkit/bin",
    "llvm-mingw/bin",
    "TDM-GCC-64/bin",
    "ProgramData/mingw64/mingw64/bin",
    "ProgramData/chocolatey/lib/mingw/tools/install/mingw64/bin",
    "Strawberry/c/bin",
    "MinGW/bin",
];

/// Every compiler at a known place.
pub fn all(look: &dyn Look) -> Vec<PathBuf> {
    let mut dirs: Vec<PathBuf> = Vec::new();
    for prefix in msys2(look) {
        dirs.extend(MSYS2.iter().map(|it| prefix.join(it).join("bin")));
    }
    dirs.extend(portable(look));
    dirs.extend(scoop(look));
    let root = root(look);
    dirs.extend(ROOTS.iter().map(|it| root.join(it)));
    dirs.iter().filter_map(|it| compiler(look, it)).collect()
}

/// The root of the drive that Windows is on.
fn root(look: &dyn Look) -> PathBuf {
    let drive = look.env().get("SYSTEMDRIVE").filter(|it| !it.is_empty()).map_or("C:", String::as_str);
    PathStyle::Windows.path(&format!("{drive}/"))
}

/// The compiler of a directory.
fn compiler(look: &dyn Look, dir: &Path) -> Option<PathBuf> {
    ["gcc.exe", "clang.exe"].map(|it| dir.join(it)).into_iter().find(|it| look.stat(it).is_here())
}

/// A variable that holds a path.
pub fn variable(look: &dyn Look, name: &str) -> Option<PathBuf> {
    let value = look.env().get(name).filter(|it| !it.is_empty())?;
    Some(PathStyle::Windows.path(value))
}

/// `{NAME}/…` with the value of the variable.
pub fn expanded(look: &dyn Look, place: &str) -> Option<PathBuf> {
    let Some((name, rest)) = place.strip_prefix('{').and_then(|it| it.split_once("}/")) else {
        return Some(place.into());
    };
    Some(variable(look, name)?.join(rest))
}

/// The prefixes of MSYS2: what its installer wrote down, wherever that is, then the usual ones.
pub fn msys2(look: &dyn Look) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = installed(look, |name| name.starts_with("MSYS2"));
    let root = root(look);
    all.extend(["msys64", "tools/msys64"].iter().map(|it| root.join(it)));
    all.extend(scoop_root(look).map(|it| it.join("apps/msys2/current")));
    let mut there: Vec<PathBuf> = Vec::new();
    for prefix in all {
        let same = there.iter().any(|it| PathStyle::Windows.same(it, &prefix));
        if !same && look.stat(&prefix.join("usr/bin")).is_here() {
            there.push(prefix);
        }
    }
    there
}

/// Where Windows' list of programs says that those with such a name were installed.
pub fn installed(look: &dyn Look, named: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let place = |it: &Program| it.place.clone().filter(|_| named(&it.name));
    listed(look).iter().filter_map(place).collect()
}

/// An entry of Windows' list of programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// `DisplayName`.
    pub name: String,
    /// `DisplayVersion`.
    pub version: String,
    /// `InstallLocation`.
    pub place: Option<PathBuf>,
}

/// Windows' list of programs: of this user, and of all, for both kinds of programs.
pub fn listed(look: &dyn Look) -> Vec<Program> {
    let mut all = Vec::new();
    for entry in list(look) {
        let text = |name: &str| entry.named(name).and_then(|it| it.1.text()).filter(|it| !it.is_empty());
        let Some(name) = text("DisplayName") else { continue };
        let place = text("InstallLocation").map(|it| PathStyle::Windows.entry(it.trim_end_matches('\\')));
        all.push(Program { name, version: text("DisplayVersion").unwrap_or_default(), place });
    }
    all
}

fn list(look: &dyn Look) -> Vec<RegistryEntries> {
    const LIST: &str = r"Software\Microsoft\Windows\CurrentVersion\Uninstall";
    let lists = [(Hive::CurrentUser, false), (Hive::LocalMachine, false), (Hive::LocalMachine, true)];
    let mut all = Vec::new();
    for (hive, view32) in lists {
        let key = RegistryKey { hive, path: LIST.to_owned(), view32 };
        for name in look.registry(&key).into_here().map(|it| it.keys).unwrap_or_default() {
            let key = RegistryKey { path: format!(r"{LIST}\{name}"), ..key.clone() };
            all.extend(look.registry(&key).into_here());
        }
    }
    all
}

/// What winget says to Windows' list of programs of the packages that it unpacked: their versions, by their ids
/// (`PortableARPEntry.cpp` in microsoft/winget-cli).
pub fn packaged(look: &dyn Look) -> BTreeMap<String, String> {
    let entries = list(look);
    let text = |it: &RegistryEntries, name: &str| it.named(name).and_then(|it| it.1.text());
    let one =
        |it: RegistryEntries| Some((text(&it, "WinGetPackageIdentifier")?, text(&it, "DisplayVersion")?));
    entries.into_iter().filter_map(one).into_map()
}

/// What winget unpacked: `Packages/ID_SOURCE/mingw64/bin`, or one directory deeper.
fn portable(look: &dyn Look) -> Vec<PathBuf> {
    let roots = ["{LOCALAPPDATA}/Microsoft/WinGet/Packages", "{PROGRAMFILES}/WinGet/Packages"];
    let mut all = Vec::new();
    for root in roots.iter().filter_map(|it| expanded(look, it)) {
        let names = look.list(&root).into_here().unwrap_or_default();
        for package in names.iter().filter(|name| PORTABLE.iter().any(|it| name.starts_with(it))) {
            let package = root.join(package);
            let inside = look.list(&package).into_here().unwrap_or_default();
            all.extend(inside.iter().map(|it| package.join(it).join("bin")));
        }
    }
    all
}

/// What Scoop installed: `apps/NAME/current/bin`.
fn scoop(look: &dyn Look) -> Vec<PathBuf> {
    let Some(root) = scoop_root(look) else { return Vec::new() };
    let apps = root.join("apps");
    let names = look.list(&apps).into_here().unwrap_or_default();
    let of_compilers =
        |it: &&String| ["mingw", "gcc", "w64devkit", "tdm"].iter().any(|part| it.contains(part));
    names.iter().filter(of_compilers).map(|it| apps.join(it).join("current/bin")).collect()
}

/// Scoop's directory, where there is one.
pub fn scoop_root(look: &dyn Look) -> Option<PathBuf> {
    let own = variable(look, "SCOOP");
    let root = own.or_else(|| Some(variable(look, "USERPROFILE")?.join("scoop")))?;
    look.stat(&root.join("shims")).is_here().then_some(root)
}
