//! The checksum database in a bundle: what its servers would answer for some modules, all under one signed head, so that
//! the proof holds without network, ours and `go`'s. Servers are believed here as little as elsewhere: what is written down
//! was proven before, and is proven again by whoever reads it.

use std::collections::BTreeMap;
use std::path::Path;

use super::client::Client;
use super::error::SumdbError;
use super::servers::Servers;
use super::store;
use crate::fetch::small::below;
use crate::fetch::sources::{BUNDLE_PROXY, bundle_proxy};
use crate::gather::Gather as _;
use crate::system::{System, parallel};
use crate::trust::record::lookup_path;
use crate::trust::tlog::{Head, ProofError};

/// Where it lies below a module proxy.
pub const BELOW_PROXY: &str = "sumdb/sum.golang.org";
/// What says that a module proxy serves it.
const SUPPORTED: &str = "supported";
/// Its newest head.
const LATEST: &str = "latest";
/// How many requests run at once.
const AT_ONCE: usize = 8;

/// A client that asks the bundle that lies in `dir` and nobody else.
pub(super) fn client<'a>(system: System<'a>, store: &Path, dir: &Path) -> Client<'a> {
    let servers = Servers::of(vec![below(&bundle_proxy(), BELOW_PROXY)]);
    settled(Client::made(system, store, servers), dir)
}

/// A head that was seen before or came with the program is held against the bundle's where they are of one size: there is
/// nobody to ask how the one grew into the other. So that neither is lost for the next time with network, what the bundle
/// has is then kept apart.
pub(super) fn settled<'a>(mut client: Client<'a>, dir: &Path) -> Client<'a> {
    let look = client.system.look;
    let note = look.read(&dir.join(BUNDLE_PROXY).join(BELOW_PROXY).join(LATEST)).into_here();
    let bundled = note.and_then(|it| client.key.open(&it).ok().and_then(Head::parse));
    let same = |it: &Head| bundled.is_some_and(|bundled| bundled.size == it.size);
    client.shipped = client.shipped.filter(|it| same(&it.0));
    let stored = store::head(look, &client.store, &client.key);
    if stored.is_ok_and(|it| it.is_some_and(|it| !same(&it.0))) {
        client.store = dir.join("sumdb");
    }
    client
}

impl Client<'_> {
    /// The files of a server that knows these modules, by path below its base. The head is the one that came with the
    /// program where that has them all, so that the same modules give the same files.
    pub fn served(&self, modules: &[(String, String)]) -> Result<BTreeMap<String, Vec<u8>>, SumdbError> {
        let found = parallel::all(AT_ONCE, modules, |(path, version)| self.ask(path, version))?;
        self.prove(&found)?;
        let ids: Vec<u64> = found.iter().map(|it| it.id).collect();
        let has_all = |head: &Head| ids.iter().all(|id| *id < head.size);
        let stored = store::head(self.system.look, &self.store, &self.key)?;
        let heads = self.shipped.clone().into_iter().chain(stored);
        let newest = found.iter().max_by_key(|it| it.head.size).map(|it| (it.head, it.note.clone()));
        let Some((head, note)) = heads.chain(newest).find(|it| has_all(&it.0)) else {
            return Ok(<_>::default());
        };
        let (tiles, proven) = self.authenticated(head, &ids, &[], BELOW_PROXY)?;
        let refused = |why: ProofError| SumdbError::Proof { server: BELOW_PROXY.to_owned(), why };
        for one in &found {
            proven.inclusion(one.id, &one.record).map_err(refused)?;
        }
        let lookups = found.iter().zip(modules).filter_map(|(one, (path, version))| {
            let answer = format!("{}\n{}\n{note}", one.id, one.record);
            Some((lookup_path(path, version)?, answer.into_bytes()))
        });
        let mut files = lookups.into_map();
        files.extend(tiles.into_iter().map(|(tile, bytes)| (tile.path(), bytes)));
        files.insert(SUPPORTED.into(), Vec::new());
        files.insert(LATEST.into(), note.into_bytes());
        Ok(files)
    }
}
