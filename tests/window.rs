//! The proof with the real doors and the real eyes of the system that this runs on, for a program that was built before: on
//! Linux on the display that DISPLAY names or on a private one, on Windows (and under Wine) on the desktop. `scripts/wine.d/window`
//! builds the program for Windows and runs this there.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fyne_setup::fact::Fact;
use fyne_setup::facts::Display;
use fyne_setup::places::Places;
use fyne_setup::prove::window::{Stage, Which};
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Answer, Ask, Endpoint, Identity, Look, RealDisplays, Space, Stat, System};

#[test]
fn the_window_of_the_proof_program_is_seen_by_the_real_eyes() {
    let env = RealLook::environment();
    let Some(program) = env.get("FYNE_SETUP_PROOF_PROGRAM").map(PathBuf::from) else {
        eprintln!("SKIPPED: FYNE_SETUP_PROOF_PROGRAM names no program; no window is opened");
        return;
    };
    let dir = tempfile::tempdir().expect("a directory");
    let look = RealLook::new(env.clone(), dir.path().join("scratch"));
    let (net, children) = (RealNet::new(&env), RealChildren::default());
    let system = System { look: &look, disk: &RealDisk, net: &net, children: &children };
    let cache = dir.path().join("cache").display().to_string();
    let places = Places::linux(dir.path(), |name| (name == "XDG_CACHE_HOME").then(|| cache.clone()));
    let x11 = env.get("DISPLAY").map(|it| (it.clone(), Fact::Here(String::new())));
    let display = Display { x11, ..Display::default() };
    let stage = Stage { system, displays: &RealDisplays, places: &places, user: &env, display: &display };
    let seen = stage.prove(&program);
    let log = std::fs::read_to_string(dir.path().join("cache/fyne-setup/proofs/program.log"));
    let proof = seen.unwrap_or_else(|it| panic!("{it}\n{}", log.unwrap_or_default()));
    let png = std::fs::read(&proof.png).expect("the picture is kept");
    assert!(proof.matched >= 1.0 && png.starts_with(b"\x89PNG"));
    eprintln!("SEEN after {} ms: {}; a picture of {} bytes", proof.millis, proof.rests_on.key, png.len());
}

/// This machine, which says of itself that it is a Mac: so that the program is asked what it drew.
struct SaysMac(RealLook);

impl Look for SaysMac {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.0.read(path)
    }
    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.0.list(path)
    }
    fn stat(&self, path: &Path) -> Fact<Stat> {
        self.0.stat(path)
    }
    fn space(&self, path: &Path) -> Fact<Space> {
        self.0.space(path)
    }
    fn env(&self) -> &BTreeMap<String, String> {
        self.0.env()
    }
    fn run(&self, ask: &Ask) -> Fact<Answer> {
        self.0.run(ask)
    }
    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        self.0.connect(to, send, limit)
    }
    fn now(&self) -> u64 {
        self.0.now()
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.monotonic_ms()
    }
    fn wait(&self, time: Duration) {
        self.0.wait(time);
    }
    fn identity(&self) -> Identity {
        Identity { os: "macos".into(), ..self.0.identity() }
    }
}

#[test]
fn the_proof_program_reads_back_the_pattern_that_it_drew_as_it_is_asked_to_on_a_mac() {
    let env = RealLook::environment();
    let program = env.get("FYNE_SETUP_PROOF_PROGRAM").filter(|_| env.contains_key("DISPLAY"));
    let Some(program) = program.filter(|_| std::env::consts::OS == "linux") else {
        eprintln!("SKIPPED: FYNE_SETUP_PROOF_PROGRAM and DISPLAY of Linux are not set; no window is opened");
        return;
    };
    let dir = tempfile::tempdir().expect("a directory");
    let look = SaysMac(RealLook::new(env.clone(), dir.path().join("scratch")));
    let (net, children) = (RealNet::new(&env), RealChildren::default());
    let system = System { look: &look, disk: &RealDisk, net: &net, children: &children };
    let cache = dir.path().join("cache").display().to_string();
    let places = Places::linux(dir.path(), |name| (name == "XDG_CACHE_HOME").then(|| cache.clone()));
    let display = Display { session: Some(Fact::Here("Aqua".into())), ..Display::default() };
    let stage = Stage { system, displays: &RealDisplays, places: &places, user: &env, display: &display };
    let seen = stage.prove(Path::new(program));
    let proofs = dir.path().join("cache/fyne-setup/proofs");
    let proof = seen.unwrap_or_else(|it| {
        panic!("{it}\n{}", std::fs::read_to_string(proofs.join("program.log")).unwrap_or_default())
    });
    assert!(proof.matched >= 1.0 && proof.display == Which::SelfReported);
    let mut left: Vec<_> =
        std::fs::read_dir(&proofs).expect("there").map(|it| it.expect("one").file_name()).collect();
    left.sort();
    assert_eq!(left, ["program.log", "proof.png"], "nothing else stays");
    eprintln!("READ BACK after {} ms", proof.millis);
}
