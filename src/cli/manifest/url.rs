//! `--manifest URL`: a manifest for one run. It must be signed and fresh, as for `manifest update`; nothing is kept of it.

use super::offline;
use crate::cli::Context;
use crate::failure::Failure;
use crate::manifest::Manifest;
use crate::moment::Moment;
use crate::release::channel;
use crate::release::channel::Channel;
use crate::release::in_use;
use crate::release::in_use::{InUse, Origin};
use crate::release::store::Kept;
use crate::release::{Ground, ReleaseError, accept, keyring, seen};
use crate::trust::keys;

/// Fetches and verifies. Keys are those beside it, else the kept ones.
pub fn named(context: &Context, url: &str, kept: &Kept) -> Result<InUse, Failure> {
    let roots = keys::roots();
    if roots.is_empty() {
        return Err(ReleaseError::NoRoots.into());
    }
    let url = channel::url(url)?;
    offline(context)?;
    let embedded = Manifest::embedded();
    let now = Moment(context.look.now());
    let ground =
        Ground { now, embedded: embedded.version, issued: in_use::issued(&embedded), seen: &kept.seen };
    let channel = Channel::beside(context.doors.system, &url);
    let keyring = match (channel.keys(&roots)?, &kept.keyring) {
        (Some(it), _) => keyring::accept(&it.bytes, &it.signatures, &roots, &ground)?,
        (None, Some(kept)) => kept.clone(),
        (None, None) => return Err(ReleaseError::NoKeys.into()),
    };
    let offered = channel.signed(&url)?;
    let signature = offered.signatures.first().map(Vec::as_slice).unwrap_or_default();
    let release = accept(&offered.bytes, signature, &keyring, &ground)?;
    let mut it = in_use::fetched(release.get(), keyring.get().expires, now);
    it.origin = Origin::Url;
    it.manifest.go.floor = [&embedded.go.floor, &kept.seen.floor]
        .into_iter()
        .fold(it.manifest.go.floor, |floor, more| seen::highest(&floor, more));
    Ok(it)
}
