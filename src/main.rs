//! Parses, builds the real doors, maps to an exit code.

use std::process::ExitCode;

use fyne_setup::app::{for_all, survey};
use fyne_setup::system::children::RealChildren;
#[cfg(not(feature = "faults"))]
use fyne_setup::system::disk::RealDisk;
#[cfg(feature = "faults")]
use fyne_setup::system::faults::FaultyDisk;
use fyne_setup::system::interrupt::Interrupt;
use fyne_setup::system::invoke;
use fyne_setup::system::loading;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Doors, System, tell_if_asked};
use fyne_setup::{cli, places, toolexec};

fn main() -> ExitCode {
    loading::only_of_system();
    let argv: Vec<_> = std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    // `go build -toolexec` calls us in place of the compiler: nothing else may happen before this.
    if let Some(code) = invoke::run_if_asked(&argv, &toolexec::RULES) {
        return ExitCode::from(u8::try_from(code).unwrap_or(1));
    }
    // A process of our own that only says what the desktop is (Windows).
    if let Some(code) = tell_if_asked(&argv) {
        return ExitCode::from(code);
    }
    let env = for_all::environment(&RealLook::new(RealLook::environment(), places::NOWHERE.into()), &argv);
    let places = survey::places_if_any(&RealLook::new(env.clone(), places::NOWHERE.into()));
    let (net, children) = (RealNet::new(&env), RealChildren::default());
    #[cfg(feature = "faults")]
    let disk = FaultyDisk::of(&env);
    #[cfg(not(feature = "faults"))]
    let disk = RealDisk;
    let look = RealLook::new(env, places.scratch()).guarding([places.data, places.config, places.cache]);
    let stop = || {
        net.stop();
        children.stop_all();
    };
    let system = System { look: &look, disk: &disk, net: &net, children: &children };
    let interrupt = Interrupt::default();
    interrupt.ends(look.groups());
    ExitCode::from(cli::run(&argv, &Doors { system, interrupt: &interrupt, stop: &stop }))
}
