//! Where releases are published: a base URL with `manifest.toml`, `keys.toml` and their signatures beside them. It proves
//! nothing: `trust::release` does. No file is more than its limit, and none is kept on disk here.

use url::Url;

use crate::discreet;
use crate::failure::{Code, Failure};
use crate::fetch::FetchError;
use crate::fetch::error::broken;
use crate::fetch::small;
use crate::fetch::small::{below, host};
use crate::release::keyring::signature_file;
use crate::release::{KEYS, LARGEST_KEYS, LARGEST_MANIFEST, MANIFEST, ReleaseError};
use crate::system::System;
use crate::system::net::allowed;
use crate::text::Text;
use crate::trust::minisign::{self, PublicKey};

/// A file with the signatures beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Signature files.
    pub signatures: Vec<Vec<u8>>,
}

/// A channel.
pub struct Channel<'a> {
    system: System<'a>,
    base: Url,
}

/// A URL as it was typed: one that may be asked. What is wrong with it is known before anything else is.
pub fn url(typed: &str) -> Result<Url, Failure> {
    let bad = |why: Text| {
        let message = text!("release-bad-url", url = discreet::shown(typed), why = why);
        Failure::new(Code::UsageUrl, message).hint(text!("release-url-hint"))
    };
    let url: Url = typed.parse().map_err(|_| bad(text!("release-no-url")))?;
    allowed(&url, None).map_err(|rule| bad(broken(rule)))?;
    Ok(url)
}

impl<'a> Channel<'a> {
    /// The channel at this base URL.
    pub const fn new(system: System<'a>, base: Url) -> Self {
        Self { system, base }
    }

    /// The channel that a manifest's URL is in.
    pub fn beside(system: System<'a>, manifest: &Url) -> Self {
        let dir = manifest.path().rsplit_once('/').map_or("", |it| it.0);
        Self {
            system,
            base: below(manifest, "").join(&format!("{dir}/")).unwrap_or_else(|_| manifest.clone()),
        }
    }

    /// The list of keys with the signatures of these root keys, as far as they are there; `None` where there is no list.
    pub fn keys(&self, roots: &[PublicKey]) -> Result<Option<Offered>, Failure> {
        let Some(bytes) = self.file(&below(&self.base, KEYS), KEYS, LARGEST_KEYS)? else { return Ok(None) };
        let mut signatures = Vec::new();
        for root in roots {
            let name = signature_file(root.id());
            signatures.extend(self.file(&below(&self.base, &name), &name, minisign::LARGEST)?);
        }
        Ok(Some(Offered { bytes, signatures }))
    }

    /// The manifest with its signature.
    pub fn manifest(&self) -> Result<Offered, Failure> {
        self.signed(&below(&self.base, MANIFEST))
    }

    /// A manifest at this URL, with its signature.
    pub fn signed(&self, url: &Url) -> Result<Offered, Failure> {
        let mut beside = url.clone();
        beside.set_path(&format!("{}.minisig", url.path()));
        let name = beside.path().rsplit('/').next().unwrap_or_default().to_owned();
        let missing = |url: &Url| Failure::from(FetchError::Status { host: host(url), status: 404 });
        let bytes = self.file(url, MANIFEST, LARGEST_MANIFEST)?.ok_or_else(|| missing(url))?;
        let signature = self.file(&beside, &name, minisign::LARGEST)?.ok_or_else(|| missing(&beside))?;
        Ok(Offered { bytes, signatures: vec![signature] })
    }

    /// A file of the channel by its name, or `None` where there is none.
    pub fn named(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
        self.file(&below(&self.base, name), name, limit)
    }

    /// A file, or `None` where there is none.
    fn file(&self, url: &Url, name: &str, limit: usize) -> Result<Option<Vec<u8>>, Failure> {
        match small::get(&self.system, url, limit) {
            Ok((200, bytes)) => Ok(Some(bytes)),
            Ok((404 | 410, _)) => Ok(None),
            Ok((status, _)) => Err(FetchError::Status { host: host(url), status }.into()),
            Err(FetchError::TooLarge { .. }) => {
                Err(ReleaseError::TooLarge { file: name.to_owned(), limit }.into())
            }
            Err(error) => Err(error.into()),
        }
    }
}
