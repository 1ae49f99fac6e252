//! Whose signatures of minisign count: the key that was given, else the release keys of the list that the root keys signed.

use std::path::Path;

use crate::app::{Session, manifest};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::release::Keyring;
use crate::text::Text;
use crate::trust::minisign::PublicKey;

/// The key that was given, or none.
pub struct Keys(pub Option<PublicKey>);

/// Whose signatures count for a file.
pub enum Whose {
    /// Of one key that the user named: any file, either form.
    Given(PublicKey),
    /// Of ours: only what says that it is for this file.
    Ours(Keyring),
    /// Nobody's: why.
    Nobody(Text),
}

/// Reads `--key`: the key itself, or the file that it is in.
pub fn given(session: &Session, typed: Option<&str>) -> Result<Keys, Failure> {
    let Some(typed) = typed else { return Ok(Keys(None)) };
    if let Ok(key) = typed.parse() {
        return Ok(Keys(Some(key)));
    }
    let bad = |file: Option<&Path>| {
        let failure = Failure::new(Code::VerifyKey, text!("verify-no-key", key = typed));
        let failure = failure.hint(text!("verify-no-key-hint"));
        file.map_or_else(|| failure.clone(), |it| failure.clone().at(it, None))
    };
    let Fact::Here(bytes) = session.look.read_text(&session.typed(Path::new(typed))) else {
        return Err(bad(None));
    };
    // A comment, then the key; or the key alone.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let keys: Vec<&str> = lines.filter(|it| !it.starts_with("untrusted comment:")).collect();
    match keys[..] {
        [key] => key.parse().map(|it| Keys(Some(it))).map_err(|_| bad(Some(Path::new(typed)))),
        _ => Err(bad(Some(Path::new(typed)))),
    }
}

impl Keys {
    pub fn whose(&self, session: &Session, file: &Path, now: Moment) -> Whose {
        if let Some(key) = &self.0 {
            return Whose::Given(key.clone());
        }
        match manifest::keyring(session, file) {
            Ok(it) if it.get().expires <= now => {
                Whose::Nobody(text!("verify-keys-expired", at = it.get().expires.to_string()))
            }
            Ok(it) => Whose::Ours(it.into_inner()),
            Err(failure) => Whose::Nobody(failure.message),
        }
    }
}
