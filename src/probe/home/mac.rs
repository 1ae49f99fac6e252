//! Accounts of a Mac. People's are in no file: `dscl` knows them, and is asked where nothing else tells.

use std::path::Path;

use crate::facts::mac;
use crate::facts::passwd::Account;
use crate::probe::programs;
use crate::system::{Environment, Look};

fn dscl(look: &dyn Look, args: &[&str]) -> Option<String> {
    let ask = programs::ask(Path::new("/usr/bin/dscl"), args, Environment::of_system());
    look.run(&ask).into_here().filter(|it| it.ok()).map(|it| it.out())
}

/// The account with this number.
pub(super) fn account(look: &dyn Look, uid: u32) -> Option<Account> {
    let name = name_of(look, uid)?;
    let said = dscl(look, &[".", "-read", &format!("/Users/{name}"), "NFSHomeDirectory", "UserShell"])?;
    mac::account(&name, &said)
}

/// Its name.
pub(super) fn name_of(look: &dyn Look, uid: u32) -> Option<String> {
    let said = dscl(look, &[".", "-search", "/Users", "UniqueID", &uid.to_string()])?;
    mac::found_name(&said).map(str::to_owned)
}
