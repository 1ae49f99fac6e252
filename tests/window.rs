//! The proof with the real doors and the real eyes of the system that this runs on, for a program that was built before: on
//! Linux on the display that DISPLAY names or on a private one, on Windows (and under Wine) on the desktop. `scripts/wine.d/window`
//! builds the program for Windows and runs this there.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, clippy::print_stderr)]

use std::path::PathBuf;

use fyne_setup::fact::Fact;
use fyne_setup::facts::Display;
use fyne_setup::places::Places;
use fyne_setup::prove::window::Stage;
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{RealDisplays, System};

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
