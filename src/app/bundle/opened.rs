//! A bundle as it is opened by the name and the key that were typed, and who vouches for it.

use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::app::verify::key;
use crate::bundle::sealed::{Sealed, Signer};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::places::Places;
use crate::system::Kind;
use crate::text::Text;

/// How much of a bundle is read at once.
pub(super) const PIECE: usize = 256 << 10;

/// Where bundles are made and unpacked.
pub(super) fn workshop(places: &Places) -> PathBuf {
    places.cache.join("bundles")
}

/// Opens a bundle by the name and the key that were typed.
pub(super) fn open(
    session: &Session,
    named: &Path,
    typed: Option<&str>,
) -> Result<Sealed<impl Read>, Failure> {
    let key = key(session, typed)?.0;
    let file = session.typed(named);
    let unread = |why: Text| {
        let message = text!("bundle-unread-file", file = named, why = why);
        Failure::new(Code::BundleUnread, message).at(file.clone(), None)
    };
    match session.look.stat(&file) {
        Fact::Absent => return Err(unread(text!("manifest-no-such-file"))),
        Fact::Here(it) if it.kind == Kind::Dir => {
            return Err(unread(text!("verify-a-directory")));
        }
        _ => {}
    }
    let from =
        session.doors.system.disk.open(&file).map_err(|it| unread(text!("manifest-why", why = it.why)))?;
    Sealed::open(BufReader::with_capacity(PIECE, from), key.as_ref()).map_err(|it| it.at(file.clone(), None))
}

/// An error of a bundle that is not believed, with its file, and with what `consequence` says of that before what helps. Other
/// errors stay as they are.
pub(super) fn refused(mut failure: Failure, file: &Path, consequence: &'static str) -> Failure {
    if !matches!(failure.code, Code::BundleRefused | Code::BundleSignature) {
        return failure;
    }
    failure.hint = failure.hint.map(|it| Text::new(consequence).with("then", it));
    if failure.file.is_some() { failure } else { failure.at(file, None) }
}

/// Who vouches for a bundle, in a line.
pub(super) fn vouched(signer: Signer) -> Text {
    match signer {
        Signer::Proven(key) => text!("bundle-signed", key = key.to_string()),
        Signer::Claimed(key) => text!("bundle-claimed", key = key.to_string()),
        Signer::Nobody => text!("bundle-unsigned"),
    }
}
