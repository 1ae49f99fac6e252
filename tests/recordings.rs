//! Recordings of real machines, replayed through the real program: the report is the one that was printed there. How they
//! are made again is told in `scripts/record`; none may hold what belongs to a person or to one machine.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Bytes that a recording may have, all its files together.
const LARGEST: u64 = 1 << 20;

#[test]
fn a_bare_debian_is_judged_as_it_was_there() {
    same_report("debian-12-bare", 1);
}

#[test]
fn a_healthy_debian_is_judged_as_it_was_there() {
    same_report("debian-12-healthy", 0);
}

#[test]
fn a_replay_is_the_same_in_every_environment() {
    let dir = recording("debian-12-healthy");
    let alone = replayed(&dir, &[]);
    let strange = [("GOFLAGS", "-mod=vendor"), ("GOPROXY", "off"), ("DISPLAY", ":99"), ("USER", "eve")];
    assert_eq!(replayed(&dir, &strange), alone);
}

#[test]
fn no_recording_is_large_or_tells_whose_it_was() {
    for dir in all() {
        let files = files(&dir);
        let size: u64 = files.iter().map(|it| fs::metadata(it).expect("a file").len()).sum();
        assert!(size < LARGEST, "{} has {size} bytes", dir.display());
        for file in files {
            let text = String::from_utf8_lossy(&fs::read(&file).expect("a file")).into_owned();
            for word in ["MIT-MAGIC-COOKIE", "BEGIN PRIVATE", "BEGIN OPENSSH", "token=", "password="] {
                assert!(!text.contains(word), "{word} is in {}", file.display());
            }
            for home in text.split("/home/").skip(1) {
                let name = home.split(['/', '"', '#', '\\', ' ', ':']).next();
                assert!(
                    matches!(name, Some("user" | "go.mod" | "go.work")),
                    "/home/{:.20} is in {}",
                    home,
                    file.display()
                );
            }
            for host in proxies(&text) {
                assert_eq!(host, "goproxy.example", "{}", file.display());
            }
        }
    }
}

fn same_report(name: &str, code: i32) {
    let dir = recording(name);
    let text = fs::read_to_string(dir.join("report.json")).expect("the report that was printed");
    let printed: Value = serde_json::from_str(&text).expect("JSON");
    let (said, report) = replayed(&dir, &[]);
    assert_eq!(said, code);
    let checks = |it: &Value| it["checks"].as_array().cloned().unwrap_or_default();
    assert!(checks(&printed).len() > 20, "{name} has few checks");
    for (now, then) in checks(&report).iter().zip(&checks(&printed)) {
        assert_eq!(now, then, "{name}: {}", then["id"]);
    }
    assert_eq!(report, without_durations(printed), "{name}");
}

/// The exit code and the report, in a home where nothing is and with a clean environment besides `env`.
fn replayed(dir: &Path, env: &[(&str, &str)]) -> (i32, Value) {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
    command.args(["check", "--json", "--replay"]).arg(dir).env_clear().env("HOME", home.path());
    command.envs(env.iter().copied()).current_dir(home.path()).stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    let report = serde_json::from_slice(&output.stdout);
    let report = report.unwrap_or_else(|it| panic!("{it}: {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap_or(-1), without_durations(report))
}

fn without_durations(mut report: Value) -> Value {
    report["duration_ms"] = 0.into();
    for check in report["checks"].as_array_mut().into_iter().flatten() {
        check["duration_ms"] = 0.into();
    }
    report
}

fn recording(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(name)
}

fn all() -> Vec<PathBuf> {
    let entries = fs::read_dir(recording("")).expect("tests/recordings");
    let dirs: Vec<_> = entries.map(|it| it.expect("an entry").path()).filter(|it| it.is_dir()).collect();
    assert!(dirs.len() >= 2);
    dirs
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files
}

/// Hosts of the lists that a GOPROXY is set to.
fn proxies(text: &str) -> Vec<&str> {
    let lists = text.split("GOPROXY").skip(1).map(|it| it.lines().next().unwrap_or_default());
    let urls =
        lists.filter_map(|it| it.trim_start_matches([':', '=', ' ', '"', '\\']).strip_prefix("https://"));
    urls.map(|it| it.split([',', '|', '/', '"', '\\', ' ']).next().unwrap_or_default()).collect()
}
