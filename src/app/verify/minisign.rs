//! The layer of minisign: the signature beside a file.

use super::Court;
use super::file::Given;
use super::keys::Whose;
use super::layer::{Kind, Layer, State};
use crate::fact::Fact;
use crate::release::keyring::Unsigned;
use crate::text::Text;
use crate::trust::bound;
use crate::trust::minisign::{self, MinisignError, PublicKey};

/// What a signature is worth.
pub enum Seal {
    /// There is none.
    Absent,
    /// Of this key, with its trusted comment.
    By { key: String, comment: String },
    /// Nobody can tell: why.
    Open(Text),
    /// It does not hold: why.
    Bad(Text),
}

/// The layer of a file.
pub fn layer(court: &Court, file: &Given) -> Layer {
    let layer = |state, text| Layer::new(Kind::Minisign, state, text);
    match seal(court, file) {
        Seal::Absent => layer(State::Absent, text!("verify-no-signature")),
        Seal::By { key, comment } => {
            let text = text!("verify-signed", key = &key);
            let mut it = Layer::proven(Kind::Minisign, key, text);
            it.more = Some(("comment", comment.clone().into()));
            it.notes.push(text!("verify-comment", comment = comment));
            it
        }
        Seal::Open(why) => layer(State::NotJudged, why),
        Seal::Bad(why) => layer(State::Bad, why),
    }
}

/// The signature beside a file.
pub fn seal(court: &Court, file: &Given) -> Seal {
    let signature = match court.session.look.read(&file.beside(".minisig")) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Seal::Absent,
        Fact::Unknown(why) => return Seal::Open(text!("verify-signature-unread", why = why)),
    };
    match court.keys.whose(court.session, &file.path, court.now) {
        // What is no signature at all needs no key to be known as that.
        Whose::Nobody(why) => Seal::Open(match minisign::claimed(&signature) {
            Err(why @ MinisignError::Malformed(_)) => said(&why),
            _ => text!("verify-no-keys", why = why),
        }),
        Whose::Given(key) => by_given(file, &signature, key),
        Whose::Ours(ours) => match ours.signed(&file.bytes, &signature) {
            Ok(signed) => of_ours(file, signed.get()),
            Err(Unsigned::Revoked(key)) => Seal::Bad(text!("verify-revoked", key = key.to_string())),
            // Somebody else's file: of that we cannot know anything.
            Err(Unsigned::Broken(MinisignError::Unknown(key))) => {
                Seal::Open(text!("verify-unknown-key", key = key.to_string()))
            }
            Err(Unsigned::Broken(why)) => Seal::Bad(said(&why)),
        },
    }
}

fn by_given(file: &Given, signature: &[u8], key: PublicKey) -> Seal {
    match minisign::verify_any(&file.bytes, signature, &[key]) {
        Ok(signed) => match bound::of_file(signed.get(), &file.name()) {
            Err(differs) => other(differs),
            Ok(_) => by(signed.get()),
        },
        Err(why) => Seal::Bad(said(&why)),
    }
}

/// Ours always say what they are for.
fn of_ours(file: &Given, signed: &minisign::Signed<'_>) -> Seal {
    match bound::of_file(signed, &file.name()) {
        Ok(Some(_)) => by(signed),
        Ok(None) => Seal::Bad(text!("verify-not-bound", key = signed.key.to_string())),
        Err(differs) => other(differs),
    }
}

fn by(signed: &minisign::Signed<'_>) -> Seal {
    Seal::By { key: signed.key.to_string(), comment: signed.comment.clone() }
}

fn other((item, said, is): (&'static str, String, String)) -> Seal {
    Seal::Bad(text!("verify-for-other", item = item, said = said, is = is))
}

/// What is wrong with a signature.
pub fn said(why: &MinisignError) -> Text {
    match why {
        MinisignError::Malformed(minisign::CUT) => text!("verify-signature-cut"),
        MinisignError::Malformed(why) => text!("verify-malformed", why = Text::new(*why)),
        MinisignError::Legacy => text!("verify-legacy"),
        MinisignError::Unknown(key) => text!("verify-other-key", key = key.to_string()),
        MinisignError::Differs(key) => text!("verify-differs", key = key.to_string()),
    }
}
