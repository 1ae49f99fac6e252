//! Who may change this machine: not root in the name of a user, and nobody in the home of another. `--for-root` says that it
//! is meant, and `--system` that nobody's home is; that what is not ours is not believed holds even then.

use std::path::Path;

use super::Session;
use crate::failure::{Code, Failure};
use crate::journal::own;
use crate::probe::home;
use crate::probe::host;
use crate::quoting::quoted;

/// Stops a command that writes where it is not this user's to write.
pub fn rightful(session: &Session, for_root: bool, command: &str) -> Result<(), Failure> {
    let (look, places) = (session.look, session.places()?);
    if places.are_for_all() {
        // That it is meant was said, and root says it.
        own::foreign_above(look, places)?;
    } else if !for_root {
        if let Some(user) = host::behind(look) {
            return Err(under(&user, command));
        }
        let home = home::home_dir(look)?;
        if let Some((dir, owner)) = own::foreign(look, &home, places) {
            return Err(somebody_elses(session, &dir, owner, command));
        }
        own::foreign_above(look, places)?;
    }
    own::guard(look, places)
}

/// A newcomer's `sudo fyne-setup install` would equip root: it stops unless that is meant.
fn under(user: &str, command: &str) -> Failure {
    Failure::new(Code::UsageSudo, text!("work-under-sudo", user = user))
        .hint(text!("work-under-sudo-hint", command = command))
}

fn somebody_elses(session: &Session, dir: &Path, owner: u32, command: &str) -> Failure {
    let look = session.look;
    let me = home::account(look);
    let name = me.as_ref().map_or_else(|| look.identity().uid.to_string(), |it| it.name.clone());
    let own = me.map_or_else(|| "/home/NAME".to_owned(), |it| it.home.display().to_string());
    let unset: Vec<&str> = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]
        .into_iter()
        .filter(|it| look.env().contains_key(*it))
        .collect();
    let unset: String = unset.iter().map(|it| format!("-u {it} ")).collect();
    let line = format!("env {unset}HOME={} fyne-setup {command}", quoted(&own));
    let owner = home::name_of(look, owner).unwrap_or_else(|| owner.to_string());
    let message = text!("work-foreign-home", dir = dir, owner = &owner, user = &name);
    Failure::new(Code::UsageHome, message)
        .hint(text!("work-foreign-home-hint", user = name, line = line))
        .at(dir, None)
}
