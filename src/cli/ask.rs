//! The one question before a machine is changed. `--yes` answers it; where nobody can be asked, nothing is changed and
//! the flag to add is said.

use std::io;

use dialoguer::Confirm;

use super::Context;
use crate::failure::{Exit, Failure};
use crate::text::Text;

/// `Ok` when the change is wanted. The plan has been shown before.
pub fn consent(context: &Context, question: &Text) -> Result<(), Failure> {
    if context.global.yes {
        return Ok(());
    }
    if !context.ui.can_ask {
        let needed = Failure::new("confirm.needed", Exit::Usage, text!("usage-confirm-needed"));
        return Err(needed.hint(text!("usage-confirm-needed-hint")));
    }
    let asked = Confirm::new().with_prompt(context.words.say(question)).default(true).interact_opt();
    match asked {
        Ok(Some(true)) => Ok(()),
        Ok(Some(false) | None) => {
            Err(Failure::new("confirm.declined", Exit::Usage, text!("usage-confirm-declined")))
        }
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::new("interrupted", Exit::Interrupted, text!("usage-confirm-declined")))
        }
        Err(dialoguer::Error::IO(error)) => {
            let failure = Failure::new(
                "confirm.terminal",
                Exit::Usage,
                text!("usage-confirm-failed", why = error.to_string()),
            );
            Err(failure.hint(text!("usage-confirm-needed-hint")))
        }
    }
}
