//! The files that are judged, and what lies beside them: each is read once, so that all layers speak of the same bytes.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::digest::Digest;
use crate::fact::{Fact, Why};
use crate::failure::{Code, Failure};
use crate::system::{Kind, links};

/// More than this is not read: the largest that anybody publishes for us is a sixth of it.
const LARGEST: u64 = 512 << 20;
/// What the door to looking reads at most.
const USUAL: u64 = 64 << 20;

/// A file that was named.
pub struct Given {
    /// As it was typed.
    pub named: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    pub digest: Digest,
}

impl Given {
    /// Its name without directories.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The path of the file that is called as this one is, with this at the end.
    pub fn beside(&self, end: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(end);
        path.into()
    }
}

/// Reads a file that was named.
pub fn read(session: &Session, named: &Path) -> Result<Given, Failure> {
    let path = session.typed(named);
    let unread = |why: Why| {
        let message = text!("verify-unread", file = named, why = why);
        Failure::new(Code::VerifyUnread, message).at(named, None)
    };
    let (real, stat) = match links::resolve(session.look, &path) {
        Fact::Here(it) => it,
        Fact::Absent => return Err(unread(text!("manifest-no-such-file").into())),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    if stat.kind == Kind::Dir {
        return Err(unread(text!("verify-a-directory").into()).hint(text!("verify-a-directory-hint")));
    }
    let bytes = if stat.size <= USUAL { session.look.read(&path) } else { large(session, &real) };
    let bytes = match bytes {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Err(unread(text!("manifest-no-such-file").into())),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    let digest = Digest::of(&bytes);
    Ok(Given { named: named.display().to_string(), path, bytes, digest })
}

fn large(session: &Session, real: &Path) -> Fact<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = match session.doors.system.disk.open(real) {
        Ok(file) => file,
        Err(error) => return Fact::Unknown(error.why),
    };
    match file.take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > LARGEST => {
            Fact::Unknown(text!("why-larger", most = (LARGEST >> 20).cast_signed()).into())
        }
        Ok(_) => Fact::Here(bytes),
        Err(error) => Fact::Unknown(Why::System(error.to_string())),
    }
}
