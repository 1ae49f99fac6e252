//! A public key as people hand it out: a key, its names, its subkeys, and the signatures that bind them; and whether one of
//! its keys may have made a signature. Pure. What is not bound by a signature of the key itself, with a hash that holds, is
//! not part of it.

use super::key::{Key, Outcome};
use super::packet::{Malformed, packets};
use super::signature::{Signature, Unread, kind};
use super::{Reason, armor};
use crate::moment::Moment;

/// A public key with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    key: Key,
    /// Directly behind the key.
    own: Vec<Signature>,
    names: Vec<Part>,
    subkeys: Vec<(Key, Part)>,
}

/// What is signed together with the key, and the signatures of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    hashed: Vec<u8>,
    signatures: Vec<Signature>,
}

/// What a binding allows.
struct Bound {
    expires: Option<u64>,
    signs: bool,
    by: Signature,
}

/// Where packets are added to.
enum At {
    Nowhere,
    Key,
    Name,
    Subkey,
    /// Behind what we do not know.
    Skipped,
}

impl Certificate {
    /// All public keys of a file, in text or binary.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Self>, Malformed> {
        let mut all: Vec<Self> = Vec::new();
        for block in armor::blocks(bytes, "PUBLIC KEY BLOCK")? {
            let mut at = At::Nowhere;
            for packet in packets(&block)? {
                at = add(&mut all, at, packet.tag, packet.body)?;
            }
        }
        if all.is_empty() { Err("openpgp-no-key") } else { Ok(all) }
    }

    /// Whether one of its keys has this ID.
    pub(super) fn has(&self, id: [u8; 8]) -> bool {
        std::iter::once(&self.key).chain(self.subkeys.iter().map(|it| &it.0)).any(|it| it.id() == id)
    }

    /// Its keys that a signature may be of, by what it names.
    pub(super) fn named_by(&self, signature: &Signature) -> Vec<Signer<'_>> {
        let own = Some(Signer { of: self, subkey: None }).filter(|_| self.key.named_by(signature));
        let below = self.subkeys.iter().filter(|it| it.0.named_by(signature));
        own.into_iter().chain(below.map(|it| Signer { of: self, subkey: Some(it) })).collect()
    }

    /// What the key says of itself: the newest signature that holds.
    fn bound(&self, now: Moment) -> Result<Bound, Reason> {
        let direct = self.own.iter().filter(|it| it.kind == kind::DIRECT).map(|it| (Vec::new(), it));
        let names = self.names.iter().filter(|it| !self.taken_back(it)).flat_map(|name| {
            let its = name.signatures.iter().filter(|it| kind::NAME.contains(&it.kind));
            its.map(|it| (name.hashed.clone(), it))
        });
        newest(&self.key, &self.key, direct.chain(names), now)
    }

    fn taken_back(&self, name: &Part) -> bool {
        let mut its = name.signatures.iter().filter(|it| it.kind == kind::REVOKES_NAME);
        its.any(|it| self.revokes(it, &name.hashed))
    }

    /// Whether a signature takes something back; one of ours that cannot be judged does.
    fn revokes(&self, signature: &Signature, what: &[u8]) -> bool {
        let made = || self.key.made(signature, &[&self.key.hashed, what].concat());
        self.key.named_by(signature) && made() != Outcome::Bad
    }
}

/// One of the keys of a certificate.
pub(super) struct Signer<'a> {
    of: &'a Certificate,
    subkey: Option<&'a (Key, Part)>,
}

impl Signer<'_> {
    pub(super) fn key(&self) -> &Key {
        self.subkey.map_or(&self.of.key, |it| &it.0)
    }

    /// Of the key that people know.
    pub(super) fn fingerprint(&self) -> [u8; 20] {
        self.of.key.fingerprint
    }

    /// Whether it may sign files, now and when it did.
    pub(super) fn may_sign(&self, made: u64, now: Moment) -> Result<(), Reason> {
        let of = self.of;
        if of.own.iter().any(|it| it.kind == kind::REVOKES && of.revokes(it, &[])) {
            return Err(Reason::Revoked);
        }
        let own = of.bound(now)?;
        lives(&of.key, own.expires, made, now)?;
        let Some((key, part)) = self.subkey else {
            return if own.signs { Ok(()) } else { Err(Reason::Usage) };
        };
        let back = |it: &&Signature| it.kind == kind::REVOKES_SUBKEY;
        if part.signatures.iter().filter(back).any(|it| of.revokes(it, &key.hashed)) {
            return Err(Reason::Revoked);
        }
        let binding = part.signatures.iter().filter(|it| it.kind == kind::SUBKEY);
        let bound = newest(&of.key, key, binding.map(|it| (key.hashed.clone(), it)), now)?;
        lives(key, bound.expires, made, now)?;
        if !bound.signs {
            return Err(Reason::Usage);
        }
        agrees(&of.key, key, &bound.by)
    }
}

/// The newest of signatures by `by` that hold, and what it says of `of`. `signed` is what it covers behind `by`.
fn newest<'s>(
    by: &Key,
    of: &Key,
    all: impl Iterator<Item = (Vec<u8>, &'s Signature)>,
    now: Moment,
) -> Result<Bound, Reason> {
    let (mut best, mut why): (Option<&Signature>, _) = (None, Reason::Unbound);
    for (signed, it) in all.filter(|it| by.named_by(it.1)) {
        let old = it.expires.zip(it.created).is_some_and(|(after, from)| from + after <= now.0);
        match by.made(it, &[&by.hashed[..], &signed].concat()) {
            Outcome::Good if it.demanding || it.created.is_none() => why = Reason::Demanding,
            Outcome::Good if old => why = Reason::Expired,
            Outcome::Good => best = best.filter(|best| best.created >= it.created).or(Some(it)),
            Outcome::Weak => why = Reason::WeakBinding,
            Outcome::Short => why = Reason::Short,
            Outcome::Unsupported => why = Reason::Unsupported,
            Outcome::Bad => {}
        }
    }
    let best = best.ok_or(why)?;
    let expires = best.key_expires.map(|it| of.created + it);
    Ok(Bound { expires, signs: best.flags.is_some_and(|it| it & 2 != 0), by: best.clone() })
}

/// Whether a key was alive when it signed, and is now.
fn lives(key: &Key, expires: Option<u64>, made: u64, now: Moment) -> Result<(), Reason> {
    if made < key.created {
        return Err(Reason::BeforeKey);
    }
    if expires.is_some_and(|it| it <= now.0 || it <= made) { Err(Reason::Expired) } else { Ok(()) }
}

/// A subkey that signs has signed that it belongs to the key: else anybody's could be bound.
fn agrees(key: &Key, subkey: &Key, binding: &Signature) -> Result<(), Reason> {
    let mut why = Reason::NoAgreement;
    for body in &binding.embedded {
        let Ok(back) = Signature::read(body) else { continue };
        if back.kind != kind::BACK || back.demanding {
            continue;
        }
        match subkey.made(&back, &[&key.hashed[..], &subkey.hashed].concat()) {
            Outcome::Good => return Ok(()),
            Outcome::Weak => why = Reason::WeakBinding,
            _ => {}
        }
    }
    Err(why)
}

fn add(all: &mut Vec<Certificate>, at: At, tag: u8, body: &[u8]) -> Result<At, Malformed> {
    match tag {
        6 => {
            let Some(key) = Key::read(body)? else { return Ok(At::Skipped) };
            all.push(Certificate { key, own: Vec::new(), names: Vec::new(), subkeys: Vec::new() });
            return Ok(At::Key);
        }
        5 | 7 => return Err("openpgp-secret-key"),
        _ => {}
    }
    let (At::Key | At::Name | At::Subkey, Some(last)) = (&at, all.last_mut()) else {
        return if matches!(at, At::Skipped) { Ok(at) } else { Err("openpgp-no-key") };
    };
    let name = |mark: u8| {
        let size = u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes();
        Part { hashed: [&[mark], &size[..], body].concat(), signatures: Vec::new() }
    };
    match tag {
        2 => {
            let signature = match Signature::read(body) {
                Ok(it) => it,
                Err(Unread::Version(_)) => return Ok(at),
                Err(Unread::Malformed(why)) => return Err(why),
            };
            let into = match at {
                At::Name => last.names.last_mut().map(|it| &mut it.signatures),
                At::Subkey => last.subkeys.last_mut().map(|it| &mut it.1.signatures),
                _ => Some(&mut last.own),
            };
            if let Some(into) = into {
                into.push(signature);
            }
            Ok(at)
        }
        13 => {
            last.names.push(name(0xb4));
            Ok(At::Name)
        }
        17 => {
            last.names.push(name(0xd1));
            Ok(At::Name)
        }
        14 => {
            let Some(key) = Key::read(body)? else { return Ok(At::Skipped) };
            last.subkeys.push((key, Part::default()));
            Ok(At::Subkey)
        }
        // Trust of one machine, a marker, padding.
        10 | 12 | 21 => Ok(at),
        _ => Err("openpgp-no-key"),
    }
}
