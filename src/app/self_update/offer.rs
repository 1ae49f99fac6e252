//! What a channel offers, proven: the list of checksums says the version and which archives belong to it; the archive for
//! this machine is the one that the list and its own signature name. Only a release key may sign either.

use crate::app::verify::said;
use crate::digest::Digest;
use crate::failure::{Code, Failure};
use crate::fetch::tar::{self, TarError};
use crate::release::Keyring;
use crate::release::channel::Channel;
use crate::release::keyring::Unsigned;
use crate::system::triple::{executable, triple};
use crate::text::Text;
use crate::trust::minisign::{self, Signed};
use crate::trust::{Verified, bound, sums};
use crate::version::Version;

/// The list of a channel.
const LIST: &str = "SHA256SUMS";
/// An archive has some 5 MB.
const LARGEST: usize = 64 << 20;
/// What the program is called in its archive, but for the `.exe` of Windows.
const PROGRAM: &str = "fyne-setup";

/// A release that a channel offers.
pub struct Offer {
    pub version: Version,
    /// Who signed the list.
    pub key: String,
    /// The list, proven.
    list: Vec<u8>,
}

impl Offer {
    /// The list and what it says.
    pub fn read(channel: &Channel<'_>, keyring: &Keyring) -> Result<Self, Failure> {
        let (list, signature) = signed(channel, LIST, sums::LARGEST)?;
        let proven = verified(LIST, &list, &signature, keyring)?;
        let (version, key) = (version(LIST, proven.get())?, proven.get().key.to_string());
        Ok(Self { version, key, list })
    }

    /// A channel that goes back, or was put back by somebody, is not followed.
    pub fn not_back(&self, seen: Option<&Version>) -> Result<(), Failure> {
        let Some(seen) = seen.filter(|it| **it > self.version) else { return Ok(()) };
        let message = text!("update-rollback", version = self.version.to_string(), seen = seen.to_string());
        Err(Failure::new(Code::UpdateRollback, message).hint(text!("update-kept-hint")))
    }

    /// The program for this machine.
    pub fn program(&self, channel: &Channel<'_>, keyring: &Keyring) -> Result<Verified<Vec<u8>>, Failure> {
        let stem = format!("{PROGRAM}-{}-{}", self.version, triple());
        let name = format!("{stem}.tar.gz");
        let listed = sums::find(&self.list, &name).map_err(|why| refused(LIST, Text::new(why)))?;
        let listed = listed.ok_or_else(|| {
            let message = text!("update-no-program", version = self.version.to_string(), triple = triple());
            Failure::new(Code::UpdateNoProgram, message).hint(text!("update-no-program-hint"))
        })?;
        let (archive, signature) = signed(channel, &name, LARGEST)?;
        if Digest::of(&archive) != listed {
            return Err(refused(&name, text!("update-digest", list = LIST)));
        }
        let proven = verified(&name, &archive, &signature, keyring)?;
        let its = version(&name, proven.get())?;
        if its != self.version {
            let (its, ours) = (its.to_string(), self.version.to_string());
            return Err(refused(&name, text!("update-other-version", version = its, list = ours)));
        }
        let unpacked = proven.read(|it| unpacked(it.bytes, &stem));
        match unpacked.get() {
            Ok(_) => Ok(unpacked.read(|it| it.clone().unwrap_or_default())),
            Err(why) => Err(refused(&name, why.clone())),
        }
    }
}

/// A file of the channel with its signature.
fn signed(channel: &Channel<'_>, name: &str, limit: usize) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let beside = format!("{name}.minisig");
    let missing = |name: &str| {
        let message = text!("update-missing", file = name);
        Failure::new(Code::UpdateNoProgram, message).hint(text!("update-no-program-hint"))
    };
    let bytes = channel.named(name, limit)?.ok_or_else(|| missing(name))?;
    let signature = channel.named(&beside, minisign::LARGEST)?.ok_or_else(|| missing(&beside))?;
    Ok((bytes, signature))
}

fn verified<'b>(
    name: &str,
    bytes: &'b [u8],
    signature: &[u8],
    keyring: &Keyring,
) -> Result<Verified<Signed<'b>>, Failure> {
    keyring.signed(bytes, signature, &keyring.release).map_err(|why| match why {
        Unsigned::Revoked(key) => refused(name, text!("verify-revoked", key = key.to_string())),
        Unsigned::Broken(why) => refused(name, said(&why)),
    })
}

/// The version that the trusted comment gives a file; the comment is for this file and for no other.
fn version(name: &str, signed: &Signed<'_>) -> Result<Version, Failure> {
    let not_bound = || refused(name, text!("verify-not-bound", key = signed.key.to_string()));
    let bound = bound::of_file(signed, name).map_err(|(item, said, is)| {
        refused(name, text!("verify-for-other", item = item, said = said, is = is))
    })?;
    let version = bound.and_then(|it| it.version).ok_or_else(not_bound)?;
    version.parse().map_err(|_| not_bound())
}

/// The program in the archive: everything else of it is for people.
fn unpacked(archive: &[u8], stem: &str) -> Result<Vec<u8>, Text> {
    let (mut program, wanted) = (None, executable(PROGRAM));
    let read = tar::read(archive, &format!("{stem}/"), |name, _, from| {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        if name.as_str() == wanted {
            program = Some(bytes);
        }
        Ok::<_, std::io::Error>(())
    });
    match read {
        Ok(()) => program.ok_or_else(|| text!("update-archive-empty")),
        Err(TarError::Archive(why)) => Err(why.text()),
        Err(TarError::Read(why) | TarError::Taker(why)) => {
            Err(text!("update-archive", why = why.to_string()))
        }
    }
}

fn refused(file: &str, why: Text) -> Failure {
    let message = text!("update-refused", file = file, why = why);
    Failure::new(Code::UpdateRefused, message).hint(text!("update-kept-hint"))
}
