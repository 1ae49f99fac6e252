//! A bundle from its first byte to its last: the list, the owner's signature over it, then each file against the list.
//! Nothing of a file is of use before the whole is through: who takes the files puts them where nobody uses them yet.

use std::io::{Read, Write};

use super::archive::{Fault, Reader};
use super::list::{LARGEST_LIST, List, ListedFile, NAME, SIGNATURE, refused};
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::trust::bound;
use crate::trust::minisign::{self, KeyId, LARGEST, MinisignError, PublicKey};

/// Who vouches for a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The owner of this key, proven.
    Proven(KeyId),
    /// Who says to be the owner of this key; nobody named it to us.
    Claimed(KeyId),
    /// Nobody.
    Nobody,
}

/// A bundle whose list was read and whose files were not.
pub struct Sealed<R: Read> {
    /// What it holds.
    pub list: List,
    /// The list as it stands in it.
    pub text: Vec<u8>,
    /// Who vouches for that.
    pub signer: Signer,
    rest: Reader<R>,
}

/// Where a file goes.
pub type Sink<'a> = dyn FnMut(&ListedFile) -> Result<Box<dyn Write + Send>, DiskError> + 'a;

impl<R: Read> Sealed<R> {
    /// Reads list and signature. With a key, only its owner is believed.
    pub fn open(from: R, key: Option<&PublicKey>) -> Result<Self, Failure> {
        let mut rest = Reader::new(from);
        let text = rest.small(NAME, LARGEST_LIST).map_err(failure)?;
        let text = text.ok_or_else(|| refused(text!("bundle-none")))?;
        let signature = rest.small(SIGNATURE, LARGEST as u64).map_err(failure)?;
        let signer = signer(&text, signature.as_deref(), key)?;
        Ok(Self { list: List::read(&text)?, text, signer, rest })
    }

    /// Reads every file, in the order of the list, to where `sink` says.
    pub fn files(mut self, sink: &mut Sink<'_>) -> Result<List, Failure> {
        for file in &self.list.files {
            let mut to = sink(file)?;
            let digest = self.rest.file(&file.path, file.size, &mut to).map_err(|fault| match fault {
                Fault::Write(error) => DiskError::new(&file.path, &error).into(),
                other => failure(other),
            })?;
            if digest != file.sha256 {
                return Err(refused(text!("bundle-digest", path = &file.path)));
            }
        }
        self.rest.end().map_err(failure)?;
        Ok(self.list)
    }
}

/// Who signed. A signature that is there and wrong is refused whether or not a key was named.
fn signer(text: &[u8], signature: Option<&[u8]>, key: Option<&PublicKey>) -> Result<Signer, Failure> {
    let bad = |why| {
        let message = text!("bundle-signature", why = why);
        Failure::new(Code::BundleSignature, message).hint(text!("bundle-signature-hint"))
    };
    let Some(signature) = signature else {
        return key.map_or(Ok(Signer::Nobody), |key| {
            Err(bad(text!("bundle-not-signed", key = key.id().to_string())))
        });
    };
    let Some(key) = key else {
        let claimed = minisign::claimed(signature).map_err(|_| bad(text!("bundle-signature-form")))?;
        return Ok(Signer::Claimed(claimed));
    };
    let signed = minisign::verify(text, signature, std::slice::from_ref(key)).map_err(|error| {
        bad(match error {
            MinisignError::Unknown(id) => {
                text!("bundle-other-key", key = id.to_string(), named = key.id().to_string())
            }
            MinisignError::Differs(id) => text!("bundle-signature-differs", key = id.to_string()),
            MinisignError::Malformed(_) | MinisignError::Legacy => text!("bundle-signature-form"),
        })
    })?;
    // What the same owner signed for something else is no list.
    match bound::of_file(signed.get(), NAME) {
        Ok(Some(_)) => Ok(Signer::Proven(signed.get().key)),
        _ => Err(bad(text!("bundle-signature-other"))),
    }
}

/// The comment that a signature of a list carries. It holds no time, so that the same list has the same signature.
pub fn comment(list: &[u8], fyne_setup: &str) -> String {
    format!("{} file:{NAME} version:{fyne_setup} sha256:{}", bound::FORM, Digest::of(list))
}

fn failure(fault: Fault) -> Failure {
    match fault {
        Fault::Refused(why) => refused(why),
        Fault::Cut => refused(text!("bundle-cut")),
        Fault::Read(error) | Fault::Write(error) => {
            Failure::new(Code::BundleUnread, text!("bundle-unread", why = error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests;
