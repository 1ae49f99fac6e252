//! Whose signatures of minisign count: the key that was given, else our release keys: those that this program was built with,
//! and those of the list that the root keys signed.

use std::path::Path;

use crate::app::{Session, manifest};
use crate::fact::{Fact, Why};
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::release::Keyring;
use crate::release::keyring::{self, Unsigned};
use crate::text::Text;
use crate::trust::minisign::{KeyId, PublicKey, Signed};
use crate::trust::{Verified, keys};

/// The key that was given, or none.
pub struct Keys(pub Option<PublicKey>);

/// Whose signatures count for a file.
pub enum Whose {
    /// Of one key that the user named: any file, either form.
    Given(PublicKey),
    /// Of ours: only what says that it is for this file.
    Ours(Ours),
    /// Nobody's: why.
    Nobody(Text),
}

/// Our release keys: those that this program was built with, and those of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    keys: Vec<PublicKey>,
    revoked: Vec<KeyId>,
}

impl Ours {
    /// Those of this program, with those of a list that is current. What a list takes back counts at any age.
    fn of(built_in: Vec<PublicKey>, list: Option<&Keyring>, now: Moment) -> Self {
        let current = list.filter(|it| it.expires > now).map(|it| it.release.clone());
        let revoked = list.map(|it| it.revoked.clone()).unwrap_or_default();
        Self { keys: built_in.into_iter().chain(current.unwrap_or_default()).collect(), revoked }
    }

    /// What one of them signed.
    pub fn signed<'b>(&self, bytes: &'b [u8], signature: &[u8]) -> Result<Verified<Signed<'b>>, Unsigned> {
        keyring::signed(bytes, signature, &self.keys, &self.revoked)
    }
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
    let unread = |why: Why| {
        let message = text!("verify-unread-key", file = typed, why = why);
        Failure::new(Code::VerifyKey, message).hint(text!("verify-no-key-hint")).at(typed, None)
    };
    let bytes = match session.look.read_text(&session.typed(Path::new(typed))) {
        Fact::Here(it) => it,
        Fact::Absent if named_as_a_file(typed) => return Err(unread(text!("manifest-no-such-file").into())),
        Fact::Absent => return Err(bad(None)),
        Fact::Unknown(why) => return Err(unread(why)),
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

/// Whether somebody means a file: a key is base64, which has neither dots nor backslashes and never begins with a slash.
fn named_as_a_file(typed: &str) -> bool {
    typed.starts_with('/') || typed.contains(['.', '\\'])
}

impl Keys {
    pub fn whose(&self, session: &Session, file: &Path, now: Moment) -> Whose {
        if let Some(key) = &self.0 {
            return Whose::Given(key.clone());
        }
        let built_in = keys::release();
        match manifest::keyring(session, file) {
            Ok(it) if it.get().expires <= now && built_in.is_empty() => {
                Whose::Nobody(text!("verify-keys-expired", at = it.get().expires.to_string()))
            }
            Ok(it) => Whose::Ours(Ours::of(built_in, Some(it.get()), now)),
            // No list at all. One that is there and fails its proof is somebody's attempt.
            Err(it)
                if matches!(it.code, Code::ManifestNoKey | Code::ManifestNoKeys) && !built_in.is_empty() =>
            {
                Whose::Ours(Ours::of(built_in, None, now))
            }
            Err(it) if it.code == Code::ManifestNoKey => Whose::Nobody(text!("verify-no-own-keys")),
            Err(failure) => Whose::Nobody(failure.message),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::testlog::minisign::Signer;
    use crate::trust::minisign::MinisignError;

    #[test]
    fn keys_of_this_program_count_beside_a_list_and_one_that_a_list_takes_back_counts_nowhere() {
        let key = |name: &str| -> PublicKey { Signer::new(name).public().parse().expect("a key") };
        let signature = |name: &str| Signer::new(name).sign(b"bytes", "a comment").into_bytes();
        let list = |expires: u64, release: &[&str], revoked: &[&str]| Keyring {
            version: 1,
            issued: Moment(1),
            expires: Moment(expires),
            manifest: vec![],
            release: release.iter().map(|it| key(it)).collect(),
            revoked: revoked.iter().map(|it| key(it).id()).collect(),
            digest: Digest::of(b""),
            roots: vec![],
        };
        let said = |built_in: &[&str], list: Option<&Keyring>, by: &str| {
            let ours = Ours::of(built_in.iter().map(|it| key(it)).collect(), list, Moment(10));
            ours.signed(b"bytes", &signature(by)).map(drop)
        };
        let unknown = |name: &str| Err(Unsigned::Broken(MinisignError::Unknown(key(name).id())));
        assert_eq!(said(&["release"], None, "release"), Ok(()));
        assert_eq!(said(&["release"], None, "stranger"), unknown("stranger"));
        assert_eq!(said(&[], Some(&list(20, &["manifest"], &[])), "manifest"), Ok(()));
        assert_eq!(said(&["release"], Some(&list(20, &["manifest"], &[])), "release"), Ok(()));
        assert_eq!(said(&["release"], Some(&list(5, &["manifest"], &[])), "manifest"), unknown("manifest"));
        let revoked = Err(Unsigned::Revoked(key("release").id()));
        for expires in [5, 20] {
            assert_eq!(said(&["release"], Some(&list(expires, &[], &["release"])), "release"), revoked);
        }
    }
}
