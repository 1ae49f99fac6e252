//! Where a log comes from, piece by piece: a file of any size, or standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::system::{Kind, links};
use crate::text::Text;

/// How many bytes are read at once.
const PIECE: usize = 4 * 1024 * 1024;

/// Where the log is.
pub enum Log {
    /// In a file.
    File(PathBuf),
    /// On standard input, as it was asked for.
    Input(Box<dyn Read>),
    /// On standard input because nothing was named: nobody waits there for a person to type one.
    Piped(Box<dyn Read>),
}

/// Reads it to its end.
pub(super) fn read(session: &Session, log: Log, told: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let refused =
        |message: Text| Failure::new(Code::UsageUnreadableLog, message).hint(text!("usage-log-hint"));
    let mut input = match log {
        Log::File(path) => return of_file(session, &path, told),
        Log::Piped(_) if session.look.identity().terminal[0] => {
            return Err(refused(text!("usage-log-missing")));
        }
        Log::Input(it) | Log::Piped(it) => it,
    };
    let mut piece = vec![0; 256 * 1024];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => told(&piece[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                return Err(refused(text!("usage-log-unreadable", file = "-", why = error.to_string())));
            }
        }
    }
}

fn of_file(session: &Session, file: &Path, told: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let at = session.typed(file);
    let failure = |message: Text| {
        Failure::new(Code::UsageUnreadableLog, message).hint(text!("usage-log-hint")).at(file, None)
    };
    let unreadable = |why: crate::text::Arg| {
        failure(Text::new("usage-log-unreadable").with("file", file).with("why", why))
    };
    match links::resolve(session.look, &at) {
        Fact::Here((_, stat)) if stat.kind == Kind::Dir => {
            return Err(failure(text!("usage-log-dir", file = file)));
        }
        // A pipe would let us wait for ever.
        Fact::Here((_, stat)) if stat.kind != Kind::File => {
            return Err(failure(text!("usage-log-special", file = file)));
        }
        Fact::Here(_) => {}
        Fact::Absent => return Err(failure(text!("usage-log-absent", file = file))),
        Fact::Unknown(why) => return Err(unreadable(why.into())),
    }
    let mut offset = 0;
    loop {
        let piece = match session.look.read_at(&at, offset, PIECE) {
            Fact::Here(it) => it,
            Fact::Absent => return Err(failure(text!("usage-log-absent", file = file))),
            Fact::Unknown(why) => return Err(unreadable(why.into())),
        };
        told(&piece);
        offset += piece.len() as u64;
        if piece.len() < PIECE {
            return Ok(());
        }
    }
}
