//! Which manifest is in use: the newer of the one inside the program and the one that was fetched and kept. Pure: what is
//! kept was verified when it was loaded (`trust::release::store`). A manifest of the user's (`--manifest`) stands before
//! both; `cli::survey` asks for it.

use crate::manifest::{Knowledge, Manifest};
use crate::moment::{DAY, Moment, YEAR};
use crate::release::store::Kept;
use crate::release::{AcceptRules, Release, Seen, seen};
use crate::text::Text;
use crate::want::StaleManifest;

/// Where a manifest came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is part of the program.
    Embedded,
    /// It was fetched and kept.
    Fetched,
    /// It was named by URL for this run, and signed.
    Url,
    /// A file of the user's.
    File,
}

/// The manifest of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// What it says; its floors are the highest that were ever seen.
    pub known: Knowledge,
    /// Where it came from.
    pub origin: Origin,
    /// Why nothing new may be downloaded by it.
    pub held: Option<StaleManifest>,
    /// What people are told of it.
    pub notes: Vec<Text>,
}

impl InUse {
    /// While a bundle is used nothing newer can be had, and its age was said: an expired manifest holds nothing back.
    pub fn bundled(&mut self) {
        if matches!(self.held, Some(StaleManifest::Expired { .. })) {
            let says = self.held.take().map(|it| it.says());
            self.notes.retain(|it| Some(it) != says.as_ref());
        }
    }
}

impl Origin {
    /// Its word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Fetched => "fetched",
            Self::Url => "url",
            Self::File => "file",
        }
    }
}

/// When the manifest of the program was made.
pub fn issued(embedded: &Manifest) -> Moment {
    Moment::of(&embedded.issued).expect("a test reads the dates of the embedded manifest")
}

/// What a decision about what was fetched rests on, beside this manifest of the program.
pub fn rules<'s>(embedded: &Manifest, now: Moment, seen: &'s Seen) -> AcceptRules<'s> {
    AcceptRules { now, embedded: embedded.version, issued: issued(embedded), seen }
}

/// Chooses.
pub fn in_use(embedded: Knowledge, kept: &Kept, now: Moment) -> InUse {
    let made = issued(&embedded.manifest);
    let certain = made.max(kept.seen.signed);
    let floor = seen::highest(&embedded.manifest.go.floor, &kept.seen.floor);
    let newer = kept.release.as_ref().map(|it| it.get()).filter(|it| it.version >= embedded.manifest.version);
    let mut it = match newer {
        Some(release) => {
            let keys = kept.keyring.as_ref().map_or(release.expires, |it| it.get().expires);
            fetched(release, keys, now.max(certain))
        }
        None => of_program(embedded, now.max(certain)),
    };
    it.known.manifest.go.floor = seen::highest(&it.known.manifest.go.floor, &floor);
    // What is fresh is judged by what is certain, so a clock that is merely late harms nobody here.
    if now.after(YEAR) < certain {
        it.held = Some(StaleManifest::ClockBehind { now, signed: certain });
    }
    it.notes.splice(0..0, kept.ignored.iter().cloned());
    it.notes.extend(it.held.as_ref().map(StaleManifest::says));
    it
}

/// One that was signed and fetched. When it or the list of keys that it rests on has expired, it chooses nothing new.
pub fn fetched(release: &Release, keys: Moment, now: Moment) -> InUse {
    let at = release.expires.min(keys);
    let held = (at <= now).then_some(StaleManifest::Expired { at, now });
    InUse { known: release.known.clone(), origin: Origin::Fetched, held, notes: vec![] }
}

/// The one of the program, which is as good as the program: expired, it says its age.
fn of_program(known: Knowledge, now: Moment) -> InUse {
    let expired = Moment::of(&known.manifest.expires).is_some_and(|it| it <= now);
    let days = now.since(issued(&known.manifest)) / DAY;
    let notes = expired.then(|| text!("release-embedded-expired", days = days)).into_iter().collect();
    InUse { known, origin: Origin::Embedded, held: None, notes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Code;
    use crate::release::tests::{keyring, offer_by};
    use crate::release::{Seen, authentic};
    use crate::trust::Verified;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    /// What is kept after this version was accepted.
    fn kept(version: u64) -> Kept {
        let offer = offer_by("manifest", version, "2026-12-01T00:00:00Z", "2027-01-15T00:00:00Z");
        let release: Verified<Release> =
            authentic(offer.text.as_bytes(), offer.signature.as_bytes(), &keyring()).expect("signed");
        let mut seen = Seen::default();
        seen.add(release.get());
        Kept { seen, keyring: Some(keyring()), release: Some(release), ..Kept::default() }
    }

    fn program() -> Knowledge {
        let date = |it: &str| it.parse().expect("a date");
        let (issued, expires) = (date("2026-11-24T00:00:00Z"), date("2027-02-22T00:00:00Z"));
        let manifest = Manifest { version: 7, issued, expires, ..Manifest::embedded() };
        Knowledge { manifest, ..Knowledge::embedded() }
    }

    fn at(kept: &Kept, now: &str) -> (Origin, Option<Code>, Vec<String>) {
        let it = in_use(program(), kept, moment(now));
        let notes = it.notes.iter().map(|it| it.key.to_string()).collect();
        (it.origin, it.held.map(|it| it.failure().code), notes)
    }

    #[test]
    fn the_newer_one_is_in_use_and_tells_when_it_is_stale() {
        use Origin::{Embedded, Fetched};
        let (none, newer, older) = (Kept::default(), kept(9), kept(6));
        let (expired, clock) = (Some(Code::ManifestExpired), Some(Code::ManifestClock));
        let table = [
            (&none, "2026-12-02T00:00:00Z", Embedded, None, ""),
            (&none, "2027-02-22T00:00:00Z", Embedded, None, "release-embedded-expired"),
            (&none, "2030-01-01T00:00:00Z", Embedded, None, "release-embedded-expired"),
            (&none, "1970-01-01T00:00:00Z", Embedded, clock, "release-clock-behind"),
            (&newer, "2026-12-02T00:00:00Z", Fetched, None, ""),
            (&newer, "2026-11-30T00:00:00Z", Fetched, None, ""), // a clock in local time
            (&newer, "2025-12-01T00:00:00Z", Fetched, None, ""), // late, and no harm
            (&newer, "2025-11-30T00:00:00Z", Fetched, clock, "release-clock-behind"),
            (&newer, "2027-01-14T23:59:59Z", Fetched, None, ""),
            (&newer, "2027-01-15T00:00:00Z", Fetched, expired, "release-held"),
            (&newer, "2028-01-15T00:00:00Z", Fetched, expired, "release-held"),
            (&newer, "2028-01-16T00:00:00Z", Fetched, clock, "release-clock-ahead"),
            (&older, "2026-12-02T00:00:00Z", Embedded, None, ""),
            (&older, "2027-01-15T00:00:00Z", Embedded, None, ""),
        ];
        for (kept, now, origin, held, note) in table {
            let notes: Vec<_> = [note].into_iter().filter(|it| !it.is_empty()).map(str::to_owned).collect();
            assert_eq!(at(kept, now), (origin, held, notes), "{now}, {:?}", kept.seen.version);
        }
    }

    #[test]
    fn an_expired_manifest_of_a_bundle_holds_nothing_back_and_a_wrong_clock_does() {
        for (now, held) in
            [("2027-02-15T00:00:00Z", None), ("1970-01-01T00:00:00Z", Some(Code::ManifestClock))]
        {
            let mut it = in_use(program(), &kept(9), moment(now));
            it.bundled();
            assert_eq!(it.held.map(|it| it.failure().code), held, "{now}");
            assert_eq!(it.notes.len(), usize::from(held.is_some()), "{:?}", it.notes);
        }
    }

    #[test]
    fn the_newer_manifest_of_two_stores_is_in_use_and_none_that_is_older_than_what_was_seen() {
        let version = |ours: Kept, other: Kept| ours.or_newer(other).release.map(|it| it.get().version);
        assert_eq!(version(kept(9), kept(12)), Some(12));
        assert_eq!(version(kept(12), kept(9)), Some(12));
        assert_eq!(version(Kept::default(), kept(9)), Some(9));
        assert_eq!(version(kept(9), Kept::default()), Some(9));
        let mut seen = Kept::default();
        seen.seen.version = 20;
        assert_eq!(version(seen, kept(9)), None, "what was put back");
    }

    #[test]
    fn no_floor_that_was_ever_seen_is_forgotten() {
        let mut kept = Kept::default();
        kept.seen.floor = ["1.26.13", "1.27.1", "1.28.2"].map(|it| it.parse().expect("a version")).into();
        let floor = in_use(program(), &kept, moment("2030-01-01T00:00:00Z")).known.manifest.go.floor;
        let floor: Vec<_> = floor.iter().map(ToString::to_string).collect();
        assert_eq!(floor, ["1.26.13", "1.27.4", "1.28.2"]);
    }

    #[test]
    fn what_is_ignored_is_told() {
        let kept = Kept { ignored: Some(text!("release-store-ignored", why = "x")), ..Kept::default() };
        let it = in_use(program(), &kept, moment("2026-12-02T00:00:00Z"));
        assert_eq!((it.origin, it.notes.len()), (Origin::Embedded, 1));
    }

    #[test]
    fn the_embedded_manifest_has_dates_that_are_moments() {
        let manifest = Manifest::embedded();
        assert!(Moment::of(&manifest.expires).is_some_and(|it| it > issued(&manifest)));
    }
}
