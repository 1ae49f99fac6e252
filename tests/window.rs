//! The proof with the real doors and the real eyes of the system that this runs on, for a program that was built before: on
//! Linux on the display that DISPLAY names or on a private one, on Windows (and under Wine) on the desktop. `scripts/wine.d/window`
//! builds the program for Windows and runs this there.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use fyne_setup::fact::Fact;
use fyne_setup::facts::Display;
use fyne_setup::places::Places;
use fyne_setup::prove::window::Stage;
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Look as _, RealDisplays, System};

/// On a display without a window manager one window lies over the other: one after the other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

#[test]
fn the_window_of_the_proof_program_is_seen_by_the_real_eyes() {
    let env = RealLook::environment();
    let Some(program) = env.get("FYNE_SETUP_PROOF_PROGRAM").map(PathBuf::from) else {
        eprintln!("SKIPPED: FYNE_SETUP_PROOF_PROGRAM names no program; no window is opened");
        return;
    };
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
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

/// What it reads back is no matter here: Mesa that draws by software keeps no front buffer, and gives black.
#[test]
fn the_proof_program_reports_what_it_reads_back_in_the_form_that_is_asked_of_it_on_a_mac() {
    let env = RealLook::environment();
    let program = env.get("FYNE_SETUP_PROOF_PROGRAM").filter(|_| env.contains_key("DISPLAY"));
    let Some(program) = program.filter(|_| std::env::consts::OS == "linux") else {
        eprintln!("SKIPPED: FYNE_SETUP_PROOF_PROGRAM and DISPLAY of Linux are not set; no window is opened");
        return;
    };
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let dir = tempfile::tempdir().expect("a directory");
    let (pattern, drawn) = (dir.path().join("pattern"), dir.path().join("drawn.ppm"));
    std::fs::write(&pattern, "01234567".repeat(6)).expect("writable");
    let mut child = std::process::Command::new(program).arg(&pattern).arg(&drawn).spawn().expect("it starts");
    let look = RealLook::new(env, dir.path().join("scratch"));
    let began = look.monotonic_ms();
    while !drawn.exists() && look.monotonic_ms() - began < 60_000 {
        assert!(child.try_wait().expect("ours").is_none(), "it ended before it reported anything");
        look.wait(std::time::Duration::from_millis(30));
    }
    child.kill().and_then(|()| child.wait()).expect("it ends");
    let said = std::fs::read(&drawn).expect("a report");
    assert!(said.starts_with(b"P6\n480 360\n255\n"), "{:?}", &said[..20.min(said.len())]);
    assert_eq!(said.len(), 15 + 480 * 360 * 3);
}
