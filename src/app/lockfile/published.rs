//! The hashes of a lock file against those that are known on this machine: what the checksum database proved here on an earlier
//! day, and what this program itself has of the Fyne that it comes with. Nobody is asked, so that a plan can do it too. What is
//! not known here is held against the published hash before it is downloaded (`apply::steps::locked`).

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::hashes::proven;
use super::{Found, Session};
use crate::failure::Failure;
use crate::fetch::sumdb::Client;
use crate::lockfile::{FYNE, NAME, wrong_hash};
use crate::prove::program;
use crate::report::{Label, Report};
use crate::version::ModuleVersion;
use crate::want::Want;

/// Refuses a lock that has another hash than the known one for anything, of this machine or not.
///
/// # Errors
/// `lockfile.hash` with the line; what the checksum database's own proofs are refused for.
pub fn compared(session: &Session, found: &Found, file: &Path) -> Result<(), Failure> {
    let hashes = found.lock.hashes();
    let known = known(session, hashes.keys().map(String::as_str))?;
    for (module, hash) in hashes {
        let Some(published) = known.get(&module) else { continue };
        let hash = hash.to_string();
        if hash != *published {
            let at = found.text.lines().position(|it| it.contains(&hash));
            let line = at.and_then(|it| u32::try_from(it + 1).ok());
            return Err(wrong_hash(&module, &hash, published, file, line));
        }
    }
    Ok(())
}

/// The report, with what of a lock that counts was not compared.
///
/// # Errors
/// What the checksum database's own proofs are refused for.
pub fn told_in(session: &Session, want: &Want, mut report: Report) -> Result<Report, Failure> {
    let Some(locked) = &want.locked else { return Ok(report) };
    let known = known(session, locked.hashes.keys().map(String::as_str))?;
    let open: Vec<&str> =
        locked.hashes.keys().filter(|it| !known.contains_key(*it)).map(String::as_str).collect();
    if !open.is_empty() {
        let say = text!("lockfile-not-compared", modules = open.join(", "), file = NAME);
        report.page.hanging(vec![], Label::Plain, &session.words.say(&say));
    }
    report.more.insert("lock".into(), json!({ "file": locked.file, "not_compared": open }));
    Ok(report)
}

/// The published hashes of these modules (`path@version`), as far as they are known here.
fn known<'m>(
    session: &Session,
    modules: impl Iterator<Item = &'m str>,
) -> Result<BTreeMap<String, String>, Failure> {
    let modules: Vec<ModuleVersion> = modules.filter_map(|it| it.parse().ok()).collect();
    let client = Client::new(session.doors.system, &session.places()?.sumdb(), Vec::new()).offline(true);
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for it in modules.iter().filter(|it| it.path() == FYNE) {
        let own = program::sum_of(it.path(), it.version());
        all.extend(own.map(|hash| (it.to_string(), hash.to_owned())));
    }
    for (module, hash) in proven(&client, &modules)?.proven {
        all.insert(module, hash.to_string());
    }
    Ok(all)
}
