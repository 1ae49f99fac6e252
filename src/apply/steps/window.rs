//! The proof: the program's window, seen from outside. The work itself is in `prove::window`; here it becomes a step.

use super::{Prepared, StepContext};
use crate::failure::{Exit, Failure};
use crate::journal::undo::{Undo, missing_dirs};
use crate::prove::window::Stage;
use crate::system::x11::RealDisplays;
use crate::version::Version;

/// Opens the window and looks at it. No window is a failure of the run, with what was seen instead.
pub fn prove<'s>(_id: u32, site: &'s StepContext<'s>, fyne: &'s Version) -> Prepared<'s> {
    // A program with Fyne makes a directory of its own below the settings; it stays empty.
    let settings = site.places.config.with_file_name("fyne");
    let stays = Undo::Leave { why: "apply-cache-stays".into() };
    let undo = missing_dirs(site.system.look, &settings.join("app")).into_iter().chain([stays]).collect();
    Prepared::new(undo, move || {
        // Where `BuildProgram` leaves it.
        let program = site.places.cache.join("proof-program").join(fyne.to_string()).join("proof");
        let stage = Stage {
            system: site.system,
            displays: &RealDisplays,
            places: site.places,
            user: &site.settings.environment(),
            display: &site.facts.display,
        };
        let proof = stage.prove(&program).map_err(as_failed)?;
        site.events.note(&text!(
            "prove-seen",
            path = &proof.png,
            millis = proof.millis,
            rests = proof.rests_on
        ));
        Ok(())
    })
}

/// A window that was not seen ends `install` as every other step that fails does.
fn as_failed(failure: Failure) -> Failure {
    Failure { exit: if failure.exit == Exit::Problems { Exit::Failed } else { failure.exit }, ..failure }
}
