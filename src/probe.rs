//! What to ask the machine, in parallel. A probe asks through `Look`, hands the answers to the pure parsers in `facts`,
//! and gives one part of the snapshot. It never judges. What it cannot see is `Unknown`, with the reason.
//!
//! Nothing here runs a profile, and Go is only run in an empty directory with GOTOOLCHAIN=local and GOPROXY=off.

use std::path::Path;
use std::thread;

use crate::facts::Facts;
use crate::places::Places;
use crate::system::Look;
use crate::want::Target;

pub mod display;
pub mod go;
pub mod host;
pub mod modules;
pub mod native;
pub mod ours;
pub mod programs;
pub mod project;
pub mod settings;

/// Everything about this machine that does not depend on the versions of a run. `project` is the directory of a
/// `go.mod`, if the run is about one.
pub fn facts(look: &dyn Look, places: &Places, project: Option<&Path>) -> Facts {
    let host = host::probe(look, places);
    let here = settings::probe(look, &host);
    thread::scope(|scope| {
        let native = scope.spawn(|| native::probe(look, &host, &here));
        let display = scope.spawn(|| display::probe(look, &host, &here));
        let project = scope.spawn(|| project::probe(look, &here, project));
        let (go, cli) = go::probe(look, places, &host, &here);
        let ours = ours::probe(look, places, &host, &here);
        Facts {
            go,
            cli,
            ours,
            native: joined(native),
            display: joined(display),
            project: joined(project),
            next_login: None,
            modules: crate::facts::Modules::default(),
            host: host.clone(),
            here: here.clone(),
        }
    })
}

/// The facts that depend on the versions of a run: which modules are there.
pub fn for_target(look: &dyn Look, facts: &mut Facts, target: &Target) {
    facts.modules = modules::probe(look, facts, target);
}

/// A probe that panicked is our bug; its part of the snapshot stays empty rather than taking everything down.
fn joined<T: Default>(thread: thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_default()
}
