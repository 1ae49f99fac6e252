//! `self update`: a newer fyne-setup in the place of this one. Only forward; only what a release key signed that the root
//! keys name; only a program that passes its own self-test, before and after it is put in its place. The one before is kept
//! beside it. One of another user's, or of a package manager's, is left alone.
//!
//! `offer` is what the channel has, proven; `place` puts it where this program is. Every write goes through `Disk`.

use serde_json::json;
use url::Url;

use super::survey::online;
use super::{Session, rightful};
use crate::failure::{Code, Failure};
use crate::journal::lock;
use crate::manifest::{Knowledge, Manifest};
use crate::moment::Moment;
use crate::release::channel::{self, Channel};
use crate::release::{ReleaseError, in_use, keyring, store};
use crate::report::{Label, Report};
use crate::text::Text;
use crate::trust::keys;
use crate::trust::minisign::PublicKey;
use crate::version::Version;

mod offer;
mod place;

pub use place::owner;

use super::manifest::{RELEASES, signed_text, sound};
use offer::Offer;
use place::Place;

/// What was asked of `self update`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The channel, instead of the one of this build.
    pub url: Option<String>,
    /// `--check`: only says what there is.
    pub check: bool,
}

/// The version of this program.
fn own() -> Version {
    env!("CARGO_PKG_VERSION").parse().expect("a test reads the version of this program")
}

/// Where to ask, and by whose keys. What was typed wrong comes first, then whose program this is, then what this build can.
fn source(
    asked: Option<&str>,
    not_packaged: impl FnOnce() -> Result<(), Failure>,
    ours: Option<&str>,
    roots: Vec<PublicKey>,
) -> Result<(Url, Vec<PublicKey>), Failure> {
    let asked = asked.map(channel::url).transpose()?;
    not_packaged()?;
    let ours = || ours.map(channel::url).transpose();
    let base = asked.map_or_else(ours, |it| Ok(Some(it)))?.ok_or_else(|| {
        Failure::new(Code::UpdateNoChannel, text!("update-no-channel")).hint(text!("update-no-channel-hint"))
    })?;
    if roots.is_empty() {
        let hint = text!("update-no-keys-hint", url = base.as_str().trim_end_matches('/'));
        return Err(Failure::new(Code::UpdateNoKeys, text!("update-no-keys")).hint(hint));
    }
    Ok((base, roots))
}

/// Looks what there is, and puts it in our place.
pub fn update(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    let packaged = || place::not_packaged(session);
    let (base, roots) = source(wishes.url.as_deref(), packaged, RELEASES, keys::roots())?;
    let only_look = wishes.check || session.options.dry_run;
    let place = if only_look { None } else { Some(Place::of(session)?) };
    online(session)?;
    if !only_look {
        rightful(session, false, "self update")?;
    }
    let (system, places) = (session.doors.system, session.places()?);
    let channel = Channel::new(system, base);
    let listed = channel.keys(&roots)?.ok_or(ReleaseError::NoKeys)?;
    let before = sound(session, places)?;
    let rules = in_use::rules(&Manifest::embedded(), Moment(session.look.now()), &before.seen);
    let keyring = keyring::accept(&listed.bytes, &listed.signatures, &roots, &rules)?;
    let offer = Offer::read(&channel, keyring.get())?;
    offer.not_back(before.seen.program.as_ref())?;
    let Some(place) = place.filter(|_| offer.version > own()) else {
        return Ok(report(session, &offer, None));
    };
    session.audience.say(&text!("update-downloading", version = &offer.version));
    let program = offer.program(&channel, keyring.get())?;
    let held = lock::enter(system, places)?;
    // Another run may have been faster.
    let mut seen = sound(session, places)?.seen;
    offer.not_back(seen.program.as_ref())?;
    seen.add_keys(keyring.get());
    seen.program = Some(offer.version.clone());
    store::keep_keys(system.disk, &places.manifest(), &signed_text(&listed), &seen)?;
    place.put(session, &program, &offer.version)?;
    drop(held);
    Ok(report(session, &offer, Some(&place)))
}

fn report(session: &Session, offer: &Offer, placed: Option<&Place>) -> Report {
    let mut report = Report::new("self update");
    let (from, to) = (own(), &offer.version);
    let (label, say): (Label, Text) = match placed {
        Some(place) => {
            let previous = place.previous();
            (
                Label::Good,
                text!("update-done", from = from.to_string(), to = to.to_string(), previous = previous),
            )
        }
        None if *to > from => {
            (Label::Plain, text!("update-newer", from = from.to_string(), to = to.to_string()))
        }
        None => (Label::Good, text!("update-current", version = from.to_string(), offered = to.to_string())),
    };
    report.page.hanging(Vec::new(), label, &session.words.say(&say));
    report.more.insert("changed".into(), json!(placed.is_some()));
    report.more.insert("before".into(), json!({ "version": from.to_string() }));
    report.more.insert("after".into(), json!({ "version": placed.map_or(from, |_| to.clone()).to_string() }));
    report.more.insert("offered".into(), json!({ "version": to.to_string(), "key": offer.key }));
    if let Some(place) = placed {
        report.more.insert("program".into(), json!(place.program()));
        report.more.insert("previous".into(), json!(place.previous()));
    }
    report
}

/// `self test`: what a new program is asked before it is believed: whether it starts here, and reads what is part of it.
pub fn test(session: &Session) -> Report {
    let known = Knowledge::embedded();
    let roots = keys::roots();
    let mut report = Report::new("self test");
    let say = text!("update-test", version = own().to_string(), go = known.manifest.go.recommended);
    report.page.line(Label::Good, session.words.say(&say));
    report.more.insert("version".into(), json!(own().to_string()));
    report.more.insert("roots".into(), json!(roots.len()));
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::minisign::Signer;

    #[test]
    fn what_was_typed_comes_before_whose_program_this_is_and_that_before_what_the_build_can() {
        let key = || vec![Signer::new("release").public().parse().expect("a key")];
        let packaged = || Err(Failure::new(Code::UpdatePackaged, text!("update-packaged")));
        let (good, bad) = (Some("https://host.example/r"), Some("ftp://host.example/r"));
        let code = |asked, owned: bool, ours, roots| {
            source(asked, || if owned { packaged() } else { Ok(()) }, ours, roots)
                .map(drop)
                .map_err(|it| it.code)
        };
        for url in
            ["ftp://host.example/r", "host.example", "http://host.example/r", "file:///srv/r", "https://"]
        {
            assert_eq!(code(Some(url), true, None, vec![]), Err(Code::UsageUrl), "{url}");
        }
        assert_eq!(code(bad, false, good, key()), Err(Code::UsageUrl));
        assert_eq!(code(None, true, None, vec![]), Err(Code::UpdatePackaged));
        assert_eq!(code(good, true, None, key()), Err(Code::UpdatePackaged));
        assert_eq!(code(None, false, None, vec![]), Err(Code::UpdateNoChannel));
        assert_eq!(code(good, false, None, vec![]), Err(Code::UpdateNoKeys));
        assert_eq!(code(None, false, good, vec![]), Err(Code::UpdateNoKeys));
        assert_eq!(code(Some("http://127.0.0.1:1/"), false, None, key()), Ok(()));
        assert_eq!(code(None, false, good, key()), Ok(()));
    }

    #[test]
    fn the_version_of_this_program_is_one() {
        assert!(own().is_release());
    }
}
