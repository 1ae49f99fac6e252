//! The source of the proof program, and the module that it is built in. Pure: the files as text.
//!
//! `program/` holds them. `go.mod` and `go.sum` there are those of the Fyne that [`EMBEDDED`] names; `go mod tidy` in
//! that directory made them. Another Fyne gets a `go.mod` that names only Fyne, and `go` completes it (`-mod=mod`),
//! each module verified against the checksum database.

use crate::gather::Gather as _;
use crate::version::Version;

/// The Fyne whose `go.sum` is part of this program.
pub const EMBEDDED: &str = "2.8.1";

const MAIN: &str = include_str!("program/main.go");
const HELLO: &str = include_str!("program/hello.go");
const GO_MOD: &str = include_str!("program/go.mod");
const GO_SUM: &str = include_str!("program/go.sum");

/// The name of the proof program on a system.
pub fn executable(os: &str) -> &'static str {
    if os == "windows" { "proof.exe" } else { "proof" }
}

/// The files of a Go module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Names relative to the module's directory, and contents.
    pub files: Vec<(&'static str, String)>,
    /// Whether `go.sum` is complete, so that `go` need not touch it.
    pub pinned: bool,
}

/// The proof program for a version of Fyne.
pub fn module(fyne: &Version) -> Module {
    if fyne.to_string() == EMBEDDED {
        let files = vec![("main.go", MAIN.into()), ("go.mod", GO_MOD.into()), ("go.sum", GO_SUM.into())];
        return Module { files, pinned: true };
    }
    Module { files: vec![("main.go", MAIN.into()), ("go.mod", go_mod(fyne))], pinned: false }
}

/// The files of a first program.
pub const NAMES: [&str; 3] = ["main.go", "go.mod", "go.sum"];

/// A first program of a user's own, in a module of this name. `resolved` gives the go.mod and go.sum of the proof program
/// for a Fyne that is not embedded.
///
/// # Errors
/// Those of `resolved`.
pub fn first<E>(
    fyne: &Version,
    module: &str,
    resolved: impl FnOnce() -> Result<(String, String), E>,
) -> Result<[(&'static str, String); 3], E> {
    let embedded = fyne.to_string() == EMBEDDED;
    let (go_mod, go_sum) = if embedded { (GO_MOD.to_owned(), GO_SUM.to_owned()) } else { resolved()? };
    let rest = go_mod.split_once('\n').map_or("", |it| it.1);
    let [main, mod_file, sums] = NAMES;
    Ok([(main, HELLO.to_owned()), (mod_file, format!("module {module}\n{rest}")), (sums, go_sum)])
}

/// The name of a module for a program in a directory of this name.
pub fn module_name(dir: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let name: String = dir.to_lowercase().chars().map(|c| if plain(c) { c } else { '-' }).collect();
    let name = name.trim_matches(['-', '.', '_']);
    if name.is_empty() { "hello".to_owned() } else { name.to_owned() }
}

/// A `go.mod` that names only Fyne.
pub fn go_mod(fyne: &Version) -> String {
    format!("module fyne-setup.invalid/proof\n\ngo 1.17\n\nrequire fyne.io/fyne/v2 v{fyne}\n")
}

/// What projects import of Fyne.
pub const IMPORTED: [&str; 12] = [
    "fyne.io/fyne/v2",
    "fyne.io/fyne/v2/app",
    "fyne.io/fyne/v2/canvas",
    "fyne.io/fyne/v2/container",
    "fyne.io/fyne/v2/data/binding",
    "fyne.io/fyne/v2/dialog",
    "fyne.io/fyne/v2/driver/desktop",
    "fyne.io/fyne/v2/layout",
    "fyne.io/fyne/v2/storage",
    "fyne.io/fyne/v2/test",
    "fyne.io/fyne/v2/theme",
    "fyne.io/fyne/v2/widget",
];

/// The first line of a `go.sum` that gives a module another hash than ours does. `None` when there is none, or when we
/// have no `go.sum` for this Fyne.
pub fn differing<'a>(fyne: &Version, go_sum: &'a str) -> Option<&'a str> {
    if fyne.to_string() != EMBEDDED {
        return None;
    }
    let known = |line: &str| line.rsplit_once(' ').map(|(module, hash)| (module.to_owned(), hash.to_owned()));
    let ours: std::collections::BTreeMap<_, _> = GO_SUM.lines().filter_map(known).into_map();
    go_sum.lines().find(|line| {
        known(line).is_some_and(|(module, hash)| ours.get(&module).is_some_and(|it| *it != hash))
    })
}

/// The hash that our `go.sum` has for a module, or for its `go.mod` (a version that ends in `/go.mod`).
pub fn sum_of(path: &str, version: &str) -> Option<&'static str> {
    GO_SUM
        .lines()
        .find_map(|it| it.strip_prefix(path)?.strip_prefix(' ')?.strip_prefix(version)?.strip_prefix(' '))
}

/// The modules (`path@version`) that a first build of the embedded Fyne takes from the module cache.
pub fn modules() -> Vec<String> {
    let lines = GO_SUM.lines().map(str::split_whitespace);
    let whole =
        lines.filter_map(|mut it| Some((it.next()?, it.next()?)).filter(|(_, v)| !v.ends_with("/go.mod")));
    whole.map(|(path, version)| format!("{path}@{version}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_module_is_complete_and_others_name_only_fyne() {
        let own = module(&EMBEDDED.parse().expect("a version"));
        assert!(own.pinned);
        assert_eq!(own.files.iter().map(|it| it.0).collect::<Vec<_>>(), ["main.go", "go.mod", "go.sum"]);
        assert!(GO_MOD.contains(&format!("require fyne.io/fyne/v2 v{EMBEDDED}\n")));
        let older = module(&"2.5.5".parse().expect("a version"));
        assert!(!older.pinned);
        assert_eq!(
            older.files[1].1,
            "module fyne-setup.invalid/proof\n\ngo 1.17\n\nrequire fyne.io/fyne/v2 v2.5.5\n"
        );
    }

    #[test]
    fn a_first_program_has_the_lines_of_the_proof_under_a_name_of_its_own() {
        let own = EMBEDDED.parse().expect("a version");
        let none = || -> Result<(String, String), ()> { Err(()) };
        let [_, (_, go_mod), (_, go_sum)] = first(&own, "hello", none).expect("it is embedded");
        assert!(go_mod.starts_with("module hello\n\ngo 1."), "{go_mod}");
        assert_eq!(go_mod.split_once('\n').map(|it| it.1), GO_MOD.split_once('\n').map(|it| it.1));
        assert_eq!(go_sum, GO_SUM);
        let older = "2.5.5".parse().expect("a version");
        assert_eq!(first(&older, "hello", none), Err(()));
        let given = || -> Result<_, ()> { Ok(("module x\n\ngo 1.17\n".into(), "sums".into())) };
        let files = first(&older, "hello", given).expect("given");
        assert_eq!((files[1].1.as_str(), files[2].1.as_str()), ("module hello\n\ngo 1.17\n", "sums"));
    }

    #[test]
    fn a_module_has_a_name_that_go_takes() {
        for (dir, want) in
            [("hello-fyne", "hello-fyne"), ("Mein Programm", "mein-programm"), ("你好", "hello"), (".x", "x")]
        {
            assert_eq!(module_name(dir), want);
        }
    }

    #[test]
    fn another_hash_for_a_module_of_ours_is_found() {
        let fyne = EMBEDDED.parse().expect("a version");
        assert_eq!(differing(&fyne, GO_SUM), None);
        assert_eq!(differing(&fyne, "example.org/unknown v1.0.0 h1:x=\n"), None);
        let forged = format!("fyne.io/fyne/v2 v{EMBEDDED} h1:forged=");
        assert_eq!(differing(&fyne, &format!("{GO_SUM}{forged}\n")), Some(forged.as_str()));
        assert_eq!(differing(&"2.5.5".parse().expect("a version"), &forged), None);
    }

    #[test]
    fn the_modules_of_a_first_build_are_read_from_go_sum() {
        let modules = modules();
        assert!(modules.contains(&format!("fyne.io/fyne/v2@v{EMBEDDED}")), "{modules:?}");
        assert!(modules.iter().any(|it| it.starts_with("github.com/go-gl/gl@")));
        assert!(modules.iter().all(|it| !it.contains("/go.mod")));
    }
}
