//! `--manifest FILE|URL`: a manifest for one run; nothing is kept of it. A file is the user's own word, for the choice of
//! versions alone; what comes from a URL must be signed and fresh, as for `manifest update`.

use super::channel::{self, Channel};
use super::in_use::{self, InUse, Origin};
use super::store::Kept;
use super::{ReleaseError, accept, keyring, seen};
use crate::fact::Fact;
use crate::failure::{Code, Exit, Failure};
use crate::manifest::{Knowledge, Manifest};
use crate::moment::Moment;
use crate::system::{Look, System};
use crate::trust::keys;

/// Reads a file of the user's.
pub fn in_file(look: &dyn Look, name: &str) -> Result<InUse, Failure> {
    let path = look.identity().cwd.join(name);
    let why = match look.read(&path) {
        Fact::Here(bytes) => {
            let manifest = Manifest::from_user(bytes, name)?;
            let known = Knowledge { manifest, ..Knowledge::embedded() };
            return Ok(InUse { known, origin: Origin::File, held: None, notes: vec![] });
        }
        Fact::Absent => text!("manifest-no-such-file"),
        Fact::Unknown(why) => text!("manifest-why", why = why),
    };
    let message = text!("manifest-unread-file", file = name, why = why);
    Err(Failure::new(Code::ManifestUnreadable, message).exiting(Exit::Usage).at(name, None))
}

/// Fetches and verifies. Keys are those beside it, else the kept ones.
pub fn at_url(system: System<'_>, url: &str, kept: &Kept) -> Result<InUse, Failure> {
    let url = channel::url(url)?;
    let roots = keys::roots();
    if roots.is_empty() {
        return Err(ReleaseError::NoRoots.into());
    }
    let embedded = Manifest::embedded();
    let now = Moment(system.look.now());
    let rules = in_use::rules(&embedded, now, &kept.seen);
    let channel = Channel::beside(system, &url);
    let keyring = match (channel.keys(&roots)?, &kept.keyring) {
        (Some(it), _) => keyring::accept(&it.bytes, &it.signatures, &roots, &rules)?,
        (None, Some(kept)) => kept.clone(),
        (None, None) => return Err(ReleaseError::NoKeys.into()),
    };
    let offered = channel.signed(&url)?;
    let signature = offered.signatures.first().map(Vec::as_slice).unwrap_or_default();
    let release = accept(&offered.bytes, signature, &keyring, &rules)?;
    let mut it = in_use::fetched(release.get(), keyring.get().expires, now);
    it.origin = Origin::Url;
    it.known.manifest.go.floor = [&embedded.go.floor, &kept.seen.floor]
        .into_iter()
        .fold(it.known.manifest.go.floor, |floor, more| seen::highest(&floor, more));
    Ok(it)
}
