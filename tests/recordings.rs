//! Recordings of real machines, replayed through the real program: the report is the one that was printed there. A check
//! or a text that is new changes the report and not what was asked: `BLESS=1 cargo test --test recordings` writes it again
//! from the replay. How they are made again is told in `scripts/record`; none may hold what belongs to a person or to one
//! machine.
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::action::{Action, Scope, Step};
use fyne_setup::fact::Fact;
use fyne_setup::manifest::{Constraints, Knowledge, resolve};
use fyne_setup::places::Places;
use fyne_setup::recording::Recording;
use fyne_setup::recording::replay::Replay;
use fyne_setup::report::Report;
use fyne_setup::report::words::{Lang, Words};
use fyne_setup::version::GoVersion;
use fyne_setup::want::Want;
use fyne_setup::{checks, plan, probe};
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
                let name = home.split(['/', '"', '#', '\\', ' ', ':', '\n']).next();
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
    let (said, text) = replayed(&dir, &[]);
    assert_eq!(said, code);
    let kept = dir.join("report.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&kept, &text).expect("it is ours to write");
    }
    let printed = fs::read_to_string(kept).expect("the report that was printed");
    let [now, then] = [text, printed].map(|it| serde_json::from_str::<Value>(&it).expect("JSON"));
    let [these, those] = [&now, &then].map(|it| it["checks"].as_array().cloned().unwrap_or_default());
    assert!(those.len() > 20, "{name} has few checks");
    let new: Vec<_> = these.iter().filter(|it| !those.contains(it)).collect();
    let old: Vec<_> = those.iter().filter(|it| !these.contains(it)).collect();
    assert!(
        now == then,
        "{name}: the checks say {new:#?}\nand report.json {old:#?}\nIf that is meant, run `BLESS=1 cargo test --test \
         recordings` and read the diff. Where a check lacks an answer, `scripts/record` makes the recording anew."
    );
}

/// The exit code and the report, in a home where nothing is and with a clean environment besides `env`.
fn replayed(dir: &Path, env: &[(&str, &str)]) -> (i32, String) {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
    command.args(["check", "--json", "--replay"]).arg(dir).env_clear().env("HOME", home.path());
    command.envs(env.iter().copied()).current_dir(home.path()).stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.starts_with('{'), "no document: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap_or(-1), timeless(&text))
}

/// A document with its times at 0.
fn timeless(text: &str) -> String {
    let line = |line: &str| match line.split_once("\"duration_ms\": ") {
        Some((before, time)) => {
            let after = time.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{before}\"duration_ms\": 0{after}\n")
        }
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
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

#[test]
fn one_recording_is_judged_by_each_manifest_as_that_manifest_says() {
    let dir = recording("debian-12-bare");
    let recording = Recording::load(|name| fs::read(dir.join(name)).map_or(Fact::Absent, Fact::Here));
    let look = Replay::new(recording.expect("it reads"));
    let embedded = Knowledge::embedded();
    let mut other = embedded.clone();
    other.manifest.go.recommended = GoVersion::release(1, 26, 11);
    let debian = other.packages.families.iter_mut().find(|it| it.name == "debian").expect("known");
    debian.names.insert("c-compiler".into(), vec!["gcc-99".into()]);
    debian.names.insert("xrandr".into(), vec!["randr-of-another-day".into()]);
    // The first again at the end: nothing of the second stays behind.
    for (known, go, gcc, xrandr) in [
        (&embedded, "1.27.4", "gcc", "libxrandr-dev"),
        (&other, "1.26.11", "gcc-99", "randr-of-another-day"),
        (&embedded, "1.27.4", "gcc", "libxrandr-dev"),
    ] {
        let seen = judged(&look, known);
        assert_eq!(seen.go, go);
        assert!([gcc, xrandr].iter().all(|it| seen.installed.iter().any(|name| name == it)), "{seen:?}");
        assert_eq!(seen.installed.iter().filter(|it| it.starts_with("gcc")).count(), 1, "{seen:?}");
        assert!(seen.typed.ends_with(&format!(" {gcc}")), "{seen:?}");
        assert!(seen.cause.contains(gcc) && seen.cause.contains("gcc-99") == (gcc == "gcc-99"), "{seen:?}");
    }
}

/// What a manifest has a say in.
#[derive(Debug)]
struct Seen {
    /// The Go that is to be installed.
    go: String,
    /// The packages that are.
    installed: Vec<String>,
    /// What brings the C compiler, as a person types it.
    typed: String,
    /// Why it is not there.
    cause: String,
}

fn judged(look: &Replay, known: &Knowledge) -> Seen {
    let places = Places::linux(Path::new("/root"), |_| None);
    let mut facts = probe::facts(look, &places, None, &known.packages);
    let wish = Constraints {
        os: "linux".into(),
        platform: "linux/amd64".into(),
        distro: "debian 12".into(),
        ..Constraints::default()
    };
    let want = Want::of(resolve(&known.manifest, &wish).expect("versions").target);
    probe::for_target(look, &mut facts, &want.target, &known.packages);
    let findings = checks::judge(&facts, &want, known, &[]);
    let plan = plan::make(&findings, &facts, &want, known, Scope::Install);
    let names = |it: Step| match it.action {
        Action::InstallPackages { names, .. } => names,
        _ => Vec::new(),
    };
    let report = Report::checked(&facts, &want, known, findings);
    let mut checks = report.checks.into_iter().flatten();
    let compiler = checks.find(|it| it.finding.id == "cgo.compiler").expect("judged");
    Seen {
        go: want.target.go.to_string(),
        installed: plan.steps.into_iter().flat_map(names).collect(),
        typed: compiler.remedy.and_then(|it| it.command).unwrap_or_default(),
        cause: compiler.finding.verdict.cause.map(|it| Words::of(Lang::En).say(&it)).unwrap_or_default(),
    }
}
