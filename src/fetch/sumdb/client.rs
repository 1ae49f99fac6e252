//! Asks for the hashes of modules and proves the answers. All tiles that a set of modules needs are known beforehand,
//! so the work is: ask for the records in parallel, ask for all tiles in parallel, prove everything in one pure step.
//!
//! On disk it keeps, in one directory, the newest signed head (`latest`), which only ever grows, and each proven lookup
//! with its proof (`proofs/`), so that the same question needs no network again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::bundled;
use super::error::SumdbError;
use super::servers::{Answered, Servers};
use super::store;
use crate::disk_error::DiskError;
use crate::fetch::FetchError;
use crate::fetch::sources::proxies;
use crate::gather::Gather as _;
use crate::system::{System, parallel};
use crate::trust::name;
use crate::trust::note::{Key, NoteError};
use crate::trust::proof::{self, Proven};
use crate::trust::record::{Answer, ModuleSum, lookup_path};
use crate::trust::tlog::{Head, ProofError, Tile, Tiles, needed};
use crate::trust::{Verified, keys};

/// How many requests run at once.
const AT_ONCE: usize = 8;
/// No answer of a lookup is longer.
const LOOKUP_LIMIT: usize = 64 * 1024;
/// Other runs may move the stored head between our reading and our writing it. More than a few times in a row they
/// do not.
const ROUNDS: usize = 8;

/// A client of the checksum database.
pub struct Client<'a> {
    pub(super) system: System<'a>,
    pub(super) store: PathBuf,
    servers: Servers,
    pub(super) key: Key,
    offline: bool,
    /// The head that came with the program, and its note: what a first contact is held against.
    pub(super) shipped: Option<(Head, String)>,
    /// Authenticated tiles of this run.
    tiles: Mutex<BTreeMap<Tile, Vec<u8>>>,
}

/// A lookup's answer whose head is signed and whose record has our module; its place in the tree is not proven yet.
pub(super) struct Found {
    server: String,
    sum: ModuleSum,
    pub(super) id: u64,
    pub(super) record: String,
    pub(super) head: Head,
    pub(super) note: String,
}

impl<'a> Client<'a> {
    /// One that asks `servers`, bases of the log's own protocol, in their order. `store` is `Places::sumdb`.
    pub fn new(system: System<'a>, store: &Path, servers: Vec<Url>) -> Self {
        Self::made(system, store, Servers::of(servers))
    }

    /// One that asks the proxies of a GOPROXY list, as far as they serve the log, and then the log's own servers.
    ///
    /// While a bundle is used it is the only server, whatever the list says.
    pub fn for_proxies(system: System<'a>, store: &Path, goproxy: &str) -> Self {
        match system.net.bundle() {
            Some(dir) => bundled::client(system, store, dir),
            None => Self::made(system, store, Servers::for_proxies(proxies(goproxy))),
        }
    }

    pub(super) fn made(system: System<'a>, store: &Path, servers: Servers) -> Self {
        let key = keys::SUMDB.parse().expect("a test parses the key that is part of the program");
        let (store, tiles) = (store.to_path_buf(), Mutex::default());
        Self { system, store, servers, key, offline: false, shipped: None, tiles }.beginning(keys::SUMDB_HEAD)
    }

    /// The same with this head to begin from. One that our key did not sign is none: so it is in builds for tests.
    fn beginning(mut self, note: &str) -> Self {
        let head = self.key.open(note.as_bytes()).ok().and_then(Head::parse);
        self.shipped = head.map(|it| (it, note.to_owned()));
        self
    }

    /// The same under another key; tests alone may do that.
    #[cfg(any(test, feature = "test-keys"))]
    #[must_use]
    pub fn under(mut self, key: Key) -> Self {
        (self.key, self.shipped) = (key, None);
        self
    }

    /// The same with another head to begin from; tests alone may do that.
    #[cfg(test)]
    #[must_use]
    pub fn beginning_from(self, note: &str) -> Self {
        self.beginning(note)
    }

    /// The same without network: only what was confirmed before is confirmed.
    #[must_use]
    pub fn offline(mut self, offline: bool) -> Self {
        self.offline = offline;
        self
    }

    /// The proven hashes of one module.
    pub fn lookup(&self, path: &str, version: &str) -> Result<Verified<ModuleSum>, SumdbError> {
        let all = self.lookup_all(&[(path.to_owned(), version.to_owned())])?;
        all.into_iter().next().ok_or_else(|| not_a_module(path, version))
    }

    /// The proven hashes of many modules, in their order; of all, or an error.
    pub fn lookup_all(&self, modules: &[(String, String)]) -> Result<Vec<Verified<ModuleSum>>, SumdbError> {
        let kept = self.kept(modules)?;
        let missing: BTreeSet<_> = modules.iter().filter(|it| !kept.contains_key(it)).into_set();
        let missing: Vec<_> = missing.into_iter().collect();
        if let Some((path, version)) = missing.first().filter(|_| self.offline) {
            return Err(SumdbError::Offline { module: format!("{path}@{version}") });
        }
        let found = parallel::all(AT_ONCE, &missing, |(path, version)| self.ask(path, version))?;
        let proven = self.prove(&found)?;
        let mut sums = kept;
        sums.extend(missing.into_iter().zip(proven));
        modules.iter().map(|it| sums.get(it).cloned().ok_or_else(|| not_a_module(&it.0, &it.1))).collect()
    }

    /// What was proven before. A proof that rests on a newer head than the stored one does not count: nobody checked
    /// that the one grew out of the other.
    fn kept<'m>(
        &self,
        modules: &'m [(String, String)],
    ) -> Result<BTreeMap<&'m (String, String), Verified<ModuleSum>>, SumdbError> {
        let stored = store::head(self.system.look, &self.store, &self.key)?;
        let mut all = BTreeMap::new();
        for module in modules {
            let (path, version) = module;
            let file = self.proof_file(path, version)?;
            let Some(bytes) = self.system.look.read(&file).into_here() else { continue };
            let Some(Proven { head, note, sum }) = proof::read(&bytes, &self.key, path, version) else {
                continue;
            };
            match &stored {
                Some((known, ours)) if known.size == head.size && known.root != head.root => {
                    return Err(store::fork(self.system.disk, &self.store, ours, &note));
                }
                Some((known, _)) if known.size >= head.size => drop(all.insert(module, sum)),
                _ => {}
            }
        }
        Ok(all)
    }

    fn proof_file(&self, path: &str, version: &str) -> Result<PathBuf, SumdbError> {
        let names = name::escaped_path(path).zip(name::escaped_version(version));
        let (path, version) = names.ok_or_else(|| not_a_module(path, version))?;
        Ok(self.store.join("proofs").join(format!("{path}@{version}")))
    }

    pub(super) fn ask(&self, path: &str, version: &str) -> Result<Found, SumdbError> {
        let module = format!("{path}@{version}");
        let what = lookup_path(path, version).ok_or_else(|| not_a_module(path, version))?;
        let Answered { server, bytes } = self.servers.get(&self.system, &what, LOOKUP_LIMIT)?;
        let Some(bytes) = bytes else { return Err(SumdbError::NotFound { module, server }) };
        let malformed = || SumdbError::Malformed { server: server.clone(), what: what.clone() };
        let answer = Answer::parse(&bytes).ok_or_else(malformed)?;
        let text = self.key.open(answer.note.as_bytes()).map_err(|why| match why {
            NoteError::Malformed => malformed(),
            _ => SumdbError::Signature { server: server.clone(), what: what.clone(), why },
        })?;
        let head = Head::parse(text).filter(|it| answer.id < it.size).ok_or_else(malformed)?;
        let sum = ModuleSum::find(answer.record, path, version);
        let sum = sum.map_err(|why| SumdbError::Record { server: server.clone(), module, why })?;
        let (record, note) = (answer.record.to_owned(), answer.note.to_owned());
        Ok(Found { server, sum, id: answer.id, record, head, note })
    }

    /// Proves that all records are in one tree that every head we know grew into, and keeps that tree's head.
    pub(super) fn prove(&self, found: &[Found]) -> Result<Vec<Verified<ModuleSum>>, SumdbError> {
        let Some(newest) = found.iter().max_by_key(|it| it.head.size) else { return Ok(Vec::new()) };
        for _ in 0..ROUNDS {
            let stored = store::head(self.system.look, &self.store, &self.key)?;
            // What came with the program counts until something newer was proven.
            let shipped = self.shipped.as_ref();
            let shipped = shipped.filter(|it| stored.as_ref().is_none_or(|(head, _)| head.size < it.0.size));
            let newer = shipped.or(stored.as_ref()).filter(|it| it.0.size >= newest.head.size);
            let (head, note) = newer.cloned().unwrap_or_else(|| (newest.head, newest.note.clone()));
            // Our own heads come first, so that a fork is told from our point of view.
            let known = stored.iter().chain(shipped).map(|(head, note)| (*head, note.as_str()));
            let heads: Vec<_> = known.chain(found.iter().map(|it| (it.head, it.note.as_str()))).collect();
            let tiles = self.tree(head, found, &heads, &newest.server)?;
            for (older, its) in heads {
                let grown = tiles.root_of(older.size);
                let grown = grown.map_err(|why| SumdbError::Proof { server: newest.server.clone(), why })?;
                if grown != older.root {
                    let ours = stored.as_ref().or(shipped).map_or(&note, |(_, ours)| ours);
                    let theirs = if its == ours { &note } else { its };
                    return Err(store::fork(self.system.disk, &self.store, ours, theirs));
                }
            }
            let mut proofs = Vec::new();
            for one in found {
                let path = tiles.inclusion(one.id, &one.record);
                let path = path.map_err(|why| SumdbError::Proof { server: one.server.clone(), why })?;
                proofs.push((one, proof::write(one.id, &one.record, &path, &note)));
            }
            let stored = stored.map(|it| it.1);
            if store::advance(&self.system, &self.store, stored.as_deref(), &note)? {
                return proofs.iter().map(|(one, text)| self.kept_proof(one, text)).collect();
            }
        }
        Err(DiskError::because(&self.store, text!("trust-contended")).into())
    }

    /// The tiles of the tree `head` that these records and older trees need: as they came, and as they are proven.
    pub(super) fn authenticated(
        &self,
        head: Head,
        ids: &[u64],
        older: &[u64],
        server: &str,
    ) -> Result<(BTreeMap<Tile, Vec<u8>>, Tiles), SumdbError> {
        let wanted: Vec<_> = needed(head.size, ids, older).into_iter().collect();
        let fetched = parallel::all(AT_ONCE, &wanted, |tile| self.tile(*tile))?;
        let raw = wanted.into_iter().zip(fetched).into_map();
        let tiles = Tiles::authenticate(head, raw.clone());
        let tiles = tiles.map_err(|why| SumdbError::Proof { server: server.to_owned(), why })?;
        Ok((raw, tiles))
    }

    /// Fetches and authenticates all tiles of the tree `head` that the records and older heads need.
    fn tree(
        &self,
        head: Head,
        found: &[Found],
        heads: &[(Head, &str)],
        server: &str,
    ) -> Result<Tiles, SumdbError> {
        let ids: Vec<_> = found.iter().map(|it| it.id).collect();
        let older: Vec<_> = heads.iter().map(|it| it.0.size).collect();
        let (raw, tiles) = self.authenticated(head, &ids, &older, server)?;
        self.tiles.lock().unwrap_or_else(PoisonError::into_inner).extend(raw);
        Ok(tiles)
    }

    /// A tile's bytes. One that has filled since its head was signed may be had whole only: its beginning is ours.
    pub(super) fn tile(&self, tile: Tile) -> Result<Vec<u8>, SumdbError> {
        if let Some(bytes) = self.tiles.lock().unwrap_or_else(PoisonError::into_inner).get(&tile) {
            return Ok(bytes.clone());
        }
        let limit = tile.filled().bytes();
        let mut answer = self.servers.get(&self.system, &tile.path(), limit)?;
        if answer.bytes.is_none() && !tile.is_full() {
            answer = self.servers.get(&self.system, &tile.filled().path(), limit)?;
            if let Some(bytes) = &mut answer.bytes {
                bytes.truncate(tile.bytes());
            }
        }
        answer.bytes.ok_or_else(|| FetchError::Status { host: answer.server, status: 404 }.into())
    }

    /// Keeps the proof of a lookup, and believes what `trust` reads out of it.
    fn kept_proof(&self, one: &Found, text: &str) -> Result<Verified<ModuleSum>, SumdbError> {
        let proven = proof::read(text.as_bytes(), &self.key, &one.sum.path, &one.sum.version);
        let why = ProofError::Record(one.id);
        let proven = proven.ok_or_else(|| SumdbError::Proof { server: one.server.clone(), why })?;
        self.keep(&one.sum, text);
        Ok(proven.sum)
    }

    /// Keeps a proof. It saves the next run a question and is checked whole when it is read, so neither a sync nor an
    /// error matters.
    fn keep(&self, sum: &ModuleSum, text: &str) {
        let Ok(file) = self.proof_file(&sum.path, &sum.version) else { return };
        let disk = self.system.disk;
        let lay = || {
            if let Some(dir) = file.parent() {
                disk.make_dir(dir, 0o700)?;
            }
            disk.remove(&file)?;
            disk.create(&file, 0o600)?.write_all(text.as_bytes())
        };
        let _: std::io::Result<()> = lay();
    }
}

fn not_a_module(path: &str, version: &str) -> SumdbError {
    SumdbError::NotAModule { module: format!("{path}@{version}") }
}
