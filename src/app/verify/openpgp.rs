//! The layer of OpenPGP: detached signatures beside a file, by the keys that were given.

use std::path::Path;

use super::Court;
use super::file::{self, Given};
use super::layer::{Kind, Layer, State};
use crate::app::Session;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::text::Text;
use crate::trust::openpgp::{Certificate, LARGEST_KEYS, OpenPgpError, verify};

/// How signatures are called, behind the name of their file.
const ENDS: [&str; 2] = [".asc", ".sig"];

/// Reads `--openpgp-key`.
pub fn keys(session: &Session, named: &Path) -> Result<Vec<Certificate>, Failure> {
    let file = file::read(session, named)?;
    let read = if file.bytes.len() > LARGEST_KEYS {
        Err("openpgp-too-large")
    } else {
        Certificate::read_all(&file.bytes)
    };
    read.map_err(|why| {
        let message = text!("verify-no-openpgp-key", file = named, why = Text::new(why));
        Failure::new(Code::VerifyKey, message).hint(text!("verify-no-openpgp-key-hint")).at(named, None)
    })
}

/// The layer of a file: the worst that is said of its signatures, unless one proves it.
pub fn layer(court: &Court, file: &Given) -> Layer {
    let mut all: Vec<Layer> = Vec::new();
    for end in ENDS {
        match court.session.look.read(&file.beside(end)) {
            Fact::Absent => {}
            Fact::Unknown(why) => all.push(open(text!("verify-signature-unread", why = why))),
            Fact::Here(signature) => all.push(judged(court, file, &signature)),
        }
    }
    let worst = all.iter().position(|it| it.state == State::Bad);
    let best = all.iter().position(|it| it.state == State::Proven);
    match worst.or(best).or((!all.is_empty()).then_some(0)) {
        Some(at) => all.swap_remove(at),
        None => Layer::new(Kind::OpenPgp, State::Absent, text!("verify-no-signature")),
    }
}

fn judged(court: &Court, file: &Given, signature: &[u8]) -> Layer {
    let Some(keys) = &court.openpgp else { return open(text!("verify-openpgp-no-keys")) };
    match verify(&file.bytes, signature, keys, court.now) {
        Ok(signed) => {
            let signed = signed.into_inner();
            let text = text!("verify-openpgp-signed", key = &signed.by, at = signed.at.day());
            Layer::proven(Kind::OpenPgp, signed.by, text)
        }
        Err(error) => {
            let state = if error.is_open() { State::NotJudged } else { State::Bad };
            Layer::new(Kind::OpenPgp, state, said(error))
        }
    }
}

fn open(why: Text) -> Layer {
    Layer::new(Kind::OpenPgp, State::NotJudged, why)
}

fn said(error: OpenPgpError) -> Text {
    match error {
        OpenPgpError::Malformed(why) => text!("verify-malformed", why = Text::new(why)),
        OpenPgpError::Unknown(key) if key.is_empty() => text!("verify-openpgp-unknown-key"),
        OpenPgpError::Unknown(key) => text!("verify-unknown-key", key = key),
        OpenPgpError::Unsupported(why) => Text::new(why),
        OpenPgpError::Refused(key, why) => {
            text!("verify-openpgp-refused", key = key, why = Text::new(why.key()))
        }
        OpenPgpError::Differs(key) => text!("verify-differs", key = key),
    }
}
