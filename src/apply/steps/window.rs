//! The proof: the program's window, seen from outside (on a Mac by its own word). The work itself is in `prove::window`; here it becomes a step.

use std::path::Path;

use super::{Prepared, StepContext};
use crate::facts::{Facts, Settings};
use crate::failure::{Exit, Failure};
use crate::journal::undo::{Undo, missing_dirs};
use crate::places::Places;
use crate::prove::program;
use crate::prove::window::{Proof, Stage};
use crate::system::{Look, RealDisplays, System};
use crate::version::Version;

/// Opens the window and looks at it. No window is a failure of the run, with what was seen instead.
pub fn prove<'s>(_id: u32, site: &'s StepContext<'s>, fyne: &'s Version) -> Prepared<'s> {
    let stays = Undo::Leave { why: "apply-cache-stays".into() };
    let undo = made_by_fyne(site.system.look, site.places).into_iter().chain([stays]).collect();
    Prepared::new(undo, move || {
        // Where `BuildProgram` leaves it.
        let name = program::executable(&site.system.look.identity().os);
        let program = site.places.cache.join("proof-program").join(fyne.to_string()).join(name);
        let proof = open(site.system, site.facts, site.settings, &program).map_err(as_failed)?;
        site.events.note(&proof.note());
        Ok(())
    })
}

/// What takes away the directory that a program with Fyne makes for itself below the settings; it stays empty.
pub fn made_by_fyne(look: &dyn Look, places: &Places) -> Vec<Undo> {
    missing_dirs(look, &places.config.with_file_name("fyne").join("app"))
}

/// Opens the window of the proof program on this machine, for a user with these settings.
pub fn open(
    system: System<'_>,
    facts: &Facts,
    settings: &Settings,
    program: &Path,
) -> Result<Proof, Failure> {
    let stage = Stage {
        system,
        displays: &RealDisplays,
        places: &facts.ours.places,
        user: &settings.environment(),
        display: &facts.display,
    };
    stage.prove(program)
}

/// A window that was not seen ends `install` as every other step that fails does.
fn as_failed(failure: Failure) -> Failure {
    Failure { exit: if failure.exit == Exit::Problems { Exit::Failed } else { failure.exit }, ..failure }
}
