//! `manifest update [URL]`: a newer manifest and list of keys from the channel, accepted or refused as a whole. What is
//! refused leaves the one in use in use; a list of keys that was accepted is kept even then, since it may revoke.

use serde_json::json;

use crate::app::Session;
use crate::app::survey::online;
use crate::failure::{Code, Failure};
use crate::journal::{lock, own};
use crate::manifest::{Knowledge, Manifest};
use crate::moment::Moment;
use crate::places::Places;
use crate::release::channel;
use crate::release::channel::{Channel, Offered};
use crate::release::in_use;
use crate::release::in_use::InUse;
use crate::release::store;
use crate::release::store::{Kept, SignedText};
use crate::release::{Keyring, Release, ReleaseError, accept, keyring};
use crate::report::{Label, Report};
use crate::system::System;
use crate::trust::Verified;
use crate::trust::keys;

/// The channel of this build.
pub const RELEASES: Option<&str> = option_env!("FYNE_SETUP_RELEASES");

/// What the channel offers.
struct Offer {
    keys: Offered,
    manifest: Offered,
}

/// What is accepted of an offer.
struct Accepted {
    keyring: Verified<Keyring>,
    release: Result<Verified<Release>, ReleaseError>,
}

/// Fetches, verifies, keeps.
pub fn update(session: &Session, url: Option<&str>) -> Result<Report, Failure> {
    let asked = url.map(channel::url).transpose()?;
    let roots = keys::roots();
    if roots.is_empty() {
        return Err(ReleaseError::NoRoots.into());
    }
    let ours = || RELEASES.map(channel::url).transpose();
    let base = asked.map_or_else(ours, |it| Ok(Some(it)))?.ok_or_else(|| {
        Failure::new(Code::ManifestNoChannel, text!("release-no-channel"))
            .hint(text!("release-no-channel-hint"))
    })?;
    online(session)?;
    let (system, places) = (session.doors.system, session.places()?);
    own::guard(session.look, places)?;
    let now = Moment(session.look.now()); // once, so that no rule sees another time than the next
    let channel = Channel::new(system, base);
    let keys = channel.keys(&roots)?.ok_or(ReleaseError::NoKeys)?;
    let offer = Offer { keys, manifest: channel.manifest()? };
    let before = sound(session, places)?;
    let first = offer.judged(&before, now)?;
    if session.options.dry_run || (first.release.is_err() && first.keyring.get().version <= before.seen.keys)
    {
        let release = first.release?;
        return Ok(report(session, &before, &first.keyring, &release, now, false));
    }
    let _held = lock::enter(system, places)?;
    // Another run may have been faster.
    let before = sound(session, places)?;
    let accepted = offer.judged(&before, now)?;
    let changed = keep(system, places, &offer, &accepted, &before)?;
    let release = accepted.release?;
    Ok(report(session, &before, &accepted.keyring, &release, now, changed))
}

/// What is kept; not where it is not known what was seen.
pub fn sound(session: &Session, places: &Places) -> Result<Kept, Failure> {
    let kept = store::kept(session.look, places);
    if kept.damaged {
        let path = places.manifest().join("seen.json");
        let message = text!("release-memory", path = &path);
        return Err(Failure::new(Code::ManifestStore, message)
            .hint(text!("release-memory-hint", path = &path))
            .at(path, None));
    }
    Ok(kept)
}

impl Offer {
    fn judged(&self, kept: &Kept, now: Moment) -> Result<Accepted, ReleaseError> {
        let rules = in_use::rules(&Manifest::embedded(), now, &kept.seen);
        let keyring = keyring::accept(&self.keys.bytes, &self.keys.signatures, &keys::roots(), &rules)?;
        let signature = self.manifest.signatures.first().map(Vec::as_slice).unwrap_or_default();
        let release = accept(&self.manifest.bytes, signature, &keyring, &rules);
        Ok(Accepted { keyring, release })
    }
}

/// Keeps what is accepted and not kept yet, synced, the keys first. Says whether the manifest in use is another one.
fn keep(
    system: System,
    places: &Places,
    offer: &Offer,
    accepted: &Accepted,
    before: &Kept,
) -> Result<bool, Failure> {
    let (dir, mut seen) = (places.manifest(), before.seen.clone());
    let keyring = accepted.keyring.get();
    if before.keyring.as_ref().is_none_or(|it| it.get() != keyring) {
        seen.add_keys(keyring);
        store::keep_keys(system.disk, &dir, &signed_text(&offer.keys), &seen)?;
    }
    let Ok(release) = &accepted.release else { return Ok(false) };
    if before.release.as_ref().is_some_and(|it| it.get() == release.get()) {
        return Ok(false);
    }
    seen.add(release.get());
    store::keep_manifest(system.disk, &dir, &signed_text(&offer.manifest), &seen)?;
    Ok(true)
}

/// What was verified is text.
pub fn signed_text(offered: &Offered) -> SignedText {
    let text = |it: &Vec<u8>| String::from_utf8_lossy(it).into_owned();
    SignedText { text: text(&offered.bytes), signatures: offered.signatures.iter().map(text).collect() }
}

fn report(
    session: &Session,
    before: &Kept,
    keyring: &Verified<Keyring>,
    release: &Verified<Release>,
    now: Moment,
    changed: bool,
) -> Report {
    let InUse { known, .. } = in_use::in_use(Knowledge::embedded(), before, now);
    let old = known.manifest;
    let (keyring, new) = (keyring.get(), release.get());
    let mut report = Report::new("manifest update");
    let (from, to) = (old.version.to_string(), new.version.to_string());
    let expires = new.expires.day();
    let (label, say) = match (changed, session.options.dry_run) {
        (true, _) => (Label::Good, text!("release-updated", from = &from, to = &to, expires = expires)),
        (false, true) => (Label::Plain, text!("release-would", from = &from, to = &to, expires = expires)),
        (false, false) => (Label::Good, text!("release-current", version = &to, expires = expires)),
    };
    report.page.line(label, session.words.say(&say));
    let sides = [("before", json!({ "version": old.version })), ("after", super::verify::described(new))];
    report.more.extend(sides.map(|(name, value)| (name.to_owned(), value)));
    report.more.insert("changed".into(), json!(changed));
    report.more.insert("keys".into(), json!({ "version": keyring.version, "expires": keyring.expires }));
    report
}
