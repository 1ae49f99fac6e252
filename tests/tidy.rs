//! Rules of the house that no lint knows. Each names the file at fault. To add one: a function with `#[test]`.
#![cfg(unix)]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use fyne_setup::failure::Code;

#[path = "tidy/floors.rs"]
mod floors;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn every_module_says_what_it_is_and_is_short() {
    let mut faults = Vec::new();
    let (longest, with_tests) = lengths();
    for (path, text) in files(&["src", "tests", "examples"], "rs") {
        let first = text.lines().next().unwrap_or_default();
        if !first.starts_with("//!") {
            faults.push(format!("{path}: opens without //!"));
        }
        let (code, lines) = (without_tests(&text).lines().count(), text.lines().count());
        let tests = path.ends_with("/tests.rs") || path.starts_with("tests/");
        let long = (code > longest && !tests) || lines > with_tests;
        let excused =
            text.lines().take_while(|it| it.starts_with("//!")).any(|it| it.contains("Long because"));
        if long && !excused {
            faults
                .push(format!("{path}: {lines} lines, {code} above its tests, and no `//! Long because …`"));
        }
        if excused && !long && !tests {
            faults.push(format!("{path}: {lines} lines need no excuse"));
        }
        if path.ends_with("/mod.rs") {
            faults.push(format!("{path}: x.rs beside x/, never mod.rs"));
        }
    }
    none(&faults);
}

/// Lines that a file may have above its tests, and with them: as CONTRIBUTING.md says, the only place where they stand.
fn lengths() -> (usize, usize) {
    let page = read("CONTRIBUTING.md");
    let rule = page.lines().find_map(|it| it.split_once("A file has at most ")).expect("the rule is there").1;
    let mut numbers = rule.split(' ').filter_map(|it| it.parse().ok());
    let mut next = || numbers.next().expect("the rule has two numbers");
    (next(), next())
}

#[test]
fn only_the_doors_name_the_machine() {
    let doors =
        ["std::fs", "std::process", "std::env", "std::net", "std::os::unix::fs", "std::os::unix::net"];
    let mut faults = Vec::new();
    for (path, text) in files(&["src"], "rs") {
        let test = path.ends_with("/tests.rs") || path.contains("/tests/");
        if path.starts_with("src/system") || path == "src/main.rs" || test {
            continue;
        }
        let code = without_tests(&text);
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            if let Some(door) = doors.iter().find(|it| line.contains(**it)) {
                faults.push(format!("{path}:{}: names {door}", number + 1));
            }
            let expects = line.contains("disallowed_methods") || line.contains("disallowed_types");
            if expects && path != "src/cli/ui.rs" {
                faults.push(format!("{path}:{}: expects the lint that bans the machine", number + 1));
            }
        }
    }
    none(&faults);
}

/// The code above the tests of a file.
fn without_tests(text: &str) -> &str {
    let Some(tests) = text.find("\nmod tests {") else { return text };
    text[..tests].rfind("#[cfg(test)]").map_or(text, |start| &text[..start])
}

#[test]
fn every_code_of_an_error_is_used_and_none_is_spelled_as_a_literal() {
    let used = |text: &str, code: Code| {
        let name = format!("Code::{code:?}");
        text.match_indices(&name)
            .any(|(at, _)| !text[at + name.len()..].starts_with(|it: char| it.is_ascii_alphanumeric()))
    };
    let mut unused: BTreeSet<Code> = Code::ALL.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, text) in files(&["src"], "rs") {
        let test = path.ends_with("/tests.rs") || path.contains("/tests/");
        if test || path == "src/failure/code.rs" {
            continue;
        }
        let text = without_tests(&text);
        unused.retain(|it| !used(text, *it));
        // A code without a dot is a plain word too.
        let names = Code::ALL.iter().map(|it| it.name()).filter(|it| it.contains('.'));
        let spelled = names.filter(|it| text.contains(&format!("\"{it}\"")));
        faults.extend(spelled.map(|it| format!("{path}: names {it}, and not its Code")));
    }
    faults.extend(unused.iter().map(|it| format!("src/failure/code.rs: nothing fails with {it}")));
    none(&faults);
}

#[test]
fn what_is_known_of_the_world_is_a_value_and_no_global() {
    let mut faults = Vec::new();
    let globals = ["static ", "pub static ", "thread_local!"];
    for part in ["src/packages", "src/fetch", "src/manifest"] {
        let whole = [(format!("{part}.rs"), read(&format!("{part}.rs")))];
        for (path, text) in files(&[part], "rs").into_iter().chain(whole) {
            let lines = without_tests(&text).lines().enumerate();
            let global = |it: &str| globals.iter().any(|word| it.trim_start().starts_with(word));
            let found =
                lines.filter(|(_, it)| global(it) || it.contains("OnceLock") || it.contains("LazyLock"));
            faults.extend(found.map(|(at, it)| format!("{path}:{}: {}", at + 1, it.trim())));
        }
    }
    none(&faults);
}

#[test]
fn what_lies_below_apt_is_known_to_apt_alone() {
    let sources = files(&["src"], "rs").into_iter().chain(files(&["locales"], "ftl"));
    let mut faults = Vec::new();
    for (path, text) in sources.filter(|(path, _)| !path.starts_with("src/packages/apt")) {
        // pacman has a setting that ends like it.
        let says = |it: &str| it.to_lowercase().replace("holdpkg", "").contains("dpkg");
        let lines = text.lines().enumerate().filter(|(_, it)| says(it));
        faults.extend(lines.map(|(at, _)| format!("{path}:{}: dpkg", at + 1)));
    }
    none(&faults);
}

#[test]
fn no_registry_and_no_build_machine_is_named() {
    // In pieces, so that this file passes its own rule.
    let hosts = [
        ("proxy.", "golang.org"),
        ("index.", "crates.io"),
        ("static.", "crates.io"),
        ("registry.", "npmjs"),
        ("pypi.", "org"),
    ];
    let places = [("/wo", "rk/"), ("/root/.", "cargo"), ("/home/", "runner")];
    let words: Vec<String> = hosts.iter().chain(&places).map(|(a, b)| format!("{a}{b}")).collect();
    let mut faults = Vec::new();
    for (path, text) in all_files() {
        if path == "Cargo.lock" || path == "deny.toml" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = words.iter().find(|it| line.contains(it.as_str())) {
                faults.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_script_says_what_it_is_and_may_be_run() {
    use std::os::unix::fs::PermissionsExt;
    let mut faults = Vec::new();
    for (path, text) in files(&["scripts", ".ci"], "") {
        let name = Path::new(&path).file_name().and_then(|it| it.to_str()).expect("a script has a name");
        if !text
            .lines()
            .take(4)
            .any(|it| it.starts_with(&format!("# {name}: ")) || it.starts_with(&format!("\"\"\"{name}: ")))
        {
            faults.push(format!("{path}: no line `# {name}: what it is` at its top"));
        }
        let sourced = !text.starts_with("#!");
        let mode = fs::metadata(Path::new(ROOT).join(&path)).expect("it was just read").permissions().mode();
        if sourced == (mode & 0o111 != 0) {
            faults.push(format!("{path}: executable if and only if it has a #! line"));
        }
    }
    none(&faults);
}

#[test]
fn the_changelog_knows_this_version() {
    let text = read("CHANGELOG.md");
    let version = format!("## [{}]", env!("CARGO_PKG_VERSION"));
    assert!(text.contains("## [Unreleased]") || text.contains(&version), "neither Unreleased nor {version}");
}

#[test]
fn every_direct_dependency_has_its_line() {
    let manifest: toml::Table =
        read("Cargo.toml").parse().expect("Cargo.toml is TOML, or cargo would not have built this");
    let mut direct = BTreeSet::new();
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        direct.extend(
            manifest.get(table).and_then(|it| it.as_table()).into_iter().flat_map(|it| it.keys().cloned()),
        );
    }
    for target in manifest.get("target").and_then(|it| it.as_table()).into_iter().flat_map(|it| it.values()) {
        direct.extend(
            target
                .get("dependencies")
                .and_then(|it| it.as_table())
                .into_iter()
                .flat_map(|it| it.keys().cloned()),
        );
    }
    let told: BTreeSet<String> = read("docs/dependencies.md")
        .lines()
        .filter_map(|it| it.strip_prefix("| ")?.split(" |").next())
        .flat_map(|cell| cell.split(", "))
        .map(|name| name.trim_matches('`').to_owned())
        .filter(|it| it != "crate" && !it.starts_with("---"))
        .collect();
    let missing: Vec<_> = direct.difference(&told).collect();
    let left_over: Vec<_> = told.difference(&direct).collect();
    assert!(
        missing.is_empty() && left_over.is_empty(),
        "docs/dependencies.md lacks {missing:?}, and has {left_over:?} too many"
    );
}

#[test]
fn licences_sources_and_bans_are_those_of_deny_toml() {
    let deny: toml::Table = read("deny.toml").parse().expect("deny.toml is TOML");
    let strings = |table: &str, key: &str| -> Vec<String> {
        let list = deny[table][key].as_array().expect("a list");
        list.iter().map(|it| it.as_str().expect("of strings").to_owned()).collect()
    };
    let (allowed, banned) = (strings("licenses", "allow"), strings("bans", "deny"));
    let Some(packages) = packages() else { return };
    let mut faults = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let licence = package["license"].as_str().unwrap_or("none");
        if !may(licence, &allowed) {
            faults.push(format!("{name}: licence {licence}"));
        }
        if banned.iter().any(|it| it == name) {
            faults.push(format!("{name} is banned"));
        }
        let source = package["source"].as_str().unwrap_or("registry+here");
        if !source.starts_with("registry+") {
            faults.push(format!("{name} comes from {source}"));
        }
    }
    assert!(packages.len() > 100, "only {} packages: is this the whole tree?", packages.len());
    none(&faults);
}

/// Whether an SPDX expression can be met from the list. Enough of SPDX for crates: OR, AND, one level of brackets, and
/// the old `/` for OR.
fn may(licence: &str, allowed: &[String]) -> bool {
    let licence = licence.replace('/', " OR ").replace("  ", " ");
    if let Some((left, right)) = licence.strip_prefix('(').and_then(|it| it.split_once(") AND ")) {
        return may(left, allowed) && may(right, allowed);
    }
    licence.split(" OR ").any(|it| it.split(" AND ").all(|it| allowed.iter().any(|ok| ok == it.trim())))
}

#[test]
fn licences_are_read_as_spdx_means_them() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()];
    for (licence, want) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT/Apache-2.0", true),
        ("Apache-2.0 / MIT", true),
        ("GPL-3.0 OR MIT", true),
        ("MIT AND ISC", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND ISC", true),
        ("(GPL-3.0 OR MIT) AND GPL-3.0", false),
        ("none", false),
    ] {
        assert_eq!(may(licence, &allowed), want, "{licence}");
    }
}

/// What cargo knows of the whole tree, without the network; else of what this platform needs.
fn packages() -> Option<Vec<serde_json::Value>> {
    let whole = ["metadata", "--format-version=1", "--offline", "--locked"];
    let host = ["--filter-platform", "x86_64-unknown-linux-gnu"];
    for extra in [&host[..0], &host[..]] {
        let output = Command::new(env!("CARGO"))
            .args(whole)
            .args(extra)
            .current_dir(ROOT)
            .output()
            .expect("cargo runs this test");
        if output.status.success() {
            let tree: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
            return tree["packages"].as_array().cloned();
        }
    }
    let why = b"SKIPPED licences: cargo metadata lacks something offline; run `cargo fetch` first\n";
    std::io::stderr().write_all(why).expect("stderr is open"); // past the test harness, which hides what passing tests print
    None
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Text files under some directories, by extension (empty: all), as paths from the root with their text.
fn files(under: &[&str], extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for directory in under {
        walk(&Path::new(ROOT).join(directory), &mut found);
    }
    found.retain(|it| extension.is_empty() || it.extension().is_some_and(|it| it == extension));
    found.sort();
    let named = |path: PathBuf| {
        let text = fs::read(&path).ok().and_then(|it| String::from_utf8(it).ok())?;
        Some((path.strip_prefix(ROOT).expect("it is under the root").display().to_string(), text))
    };
    found.into_iter().filter_map(named).collect()
}

/// Every text file that is part of the project.
fn all_files() -> Vec<(String, String)> {
    let mut found = files(
        &["src", "tests", "examples", "scripts", "provision", "locales", "manifests", "docs", ".ci"],
        "",
    );
    for entry in fs::read_dir(ROOT).expect("the root is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file()
            && name != ".git"
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            found.push((name, text));
        }
    }
    assert!(found.len() > 50, "only {} files: is this the whole project?", found.len());
    found
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("__pycache__") {
            walk(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}
