//! `uninstall`: takes every run back, the newest first, then removes our own directories.

use super::undo::{self, UndoRequest};
use super::{Session, rightful};
use crate::failure::Failure;
use crate::journal::{Request, roots};
use crate::report::Report;

/// Asks, takes back, removes. `force`: also what somebody else changed since. `purge`: also the caches of Go.
pub fn uninstall(session: &Session, force: bool, for_root: bool, purge: bool) -> Result<Report, Failure> {
    rightful(session, for_root, "uninstall")?;
    session.runs()?.iter().try_for_each(|it| undo::readable(it).map(drop))?;
    if !purge && !roots::anything(session.look, session.places()?) {
        return Ok(undo::nothing("uninstall", session));
    }
    let cut = session.cut_short()?;
    let force = force || cut.last().is_some_and(|it| it.command == "uninstall" && it.asked.force);
    undo::go(session, &UndoRequest { asked: Request { force, ..Request::of("uninstall") }, for_root, purge })
}
