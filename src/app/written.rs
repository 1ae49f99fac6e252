//! A file that somebody asked a command to write its report into: a page, a table for a CI server. It is written whole or not
//! at all; what is no regular file is left alone, since it would be replaced.

use std::path::Path;

use super::Session;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::system::{Kind, links};

/// Writes it, through a link to where that leads, and says so.
pub(super) fn write(session: &Session, path: &Path, text: &str) -> Result<(), Failure> {
    let typed = session.typed(path);
    if let Fact::Here((_, stat)) = links::resolve(session.look, &typed)
        && stat.kind != Kind::File
    {
        return Err(Failure::new(Code::ReportWrite, text!("html-no-file", path = path)).at(path, None));
    }
    let at = links::real_path(session.look, &typed);
    session.doors.system.disk.write(&at, text.as_bytes(), None)?;
    session.audience.say(&text!("fleet-written", path = path));
    Ok(())
}
