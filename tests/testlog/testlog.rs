//! A small module proxy with a real checksum database of its own, signed with a throw-away key, over loopback http.
//!
//! It is no library of ours: it has its own Merkle tree, zip and tar writers, so that a mistake in `src/` cannot hide
//! behind the same mistake here. To use it from an integration test:
//!
//! ```text
//! #[path = "testlog/testlog.rs"]
//! mod testlog;
//! ```
//!
//! and from a unit test `crate::testlog`. The library trusts its key when built with `--features test-keys`; unit tests
//! hand [`KEY`] to the client.
//!
//! # What is served
//! - `/sumdb/sum.golang.org/{supported,latest,lookup/M@V,tile/8/L/N[.p/W]}`
//! - `/M/@v/{V.info,V.mod,V.zip,list}` for every module of the [`World`]
//! - `/golang/go1.27.4.linux-amd64.tar.gz` (any directory will do) for every fake Go
//! - anything laid down with [`World::put`]
//!
//! All of it takes `Range` and `If-Range`, has an `ETag`, and keeps connections open.
//!
//! # A tour
//! ```text
//! let server = Server::start(World::new());            // 300 filler records, Go 1.27.4 for linux/amd64
//! server.url();                                        // http://127.0.0.1:40123, use it as GOPROXY
//! server.change(|world| world.add_go("1.26.11", "linux-amd64"));
//! server.change(|world| world.add_module("example.org/M", "v1.0.0", &[("a.go", b"package a\n")]));
//! server.fault("/@v/v0.0.1-go1.27.4", Fault::CutAfter(1000));   // every request whose path contains this …
//! server.fault_times("/latest", Fault::Status(500), 2);         // … or only the next two of them
//! server.heal();                                       // no more faults
//! server.requests();                                   // what was asked: path, Range, status
//! World::new().answer("/sumdb/sum.golang.org/latest"); // the same without sockets: (status, bytes)
//! ```
//! [`Fault`] lists the ways in which it misbehaves; [`Log`] the ways in which the log itself does (`grow`, `fork`,
//! `lookup_head`, `forget_partial_tiles`). [`FakeGo`] has the files of a Go tree, its zip, tarball and h1.

#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::pedantic,
    clippy::disallowed_types,
    clippy::disallowed_methods
)]

#[path = "archive.rs"]
pub mod archive;
#[path = "gotree.rs"]
pub mod gotree;
#[path = "http.rs"]
pub mod http;
#[path = "log.rs"]
pub mod log;
#[path = "minisign.rs"]
pub mod minisign;
#[path = "program.rs"]
pub mod program;

use std::collections::BTreeMap;

pub use gotree::FakeGo;
pub use http::{Fault, Seen, Server};
pub use log::{KEY, Log, SEED, h1, sign, verifier_key};

/// Everything that the server has.
#[derive(Clone)]
pub struct World {
    /// The checksum database.
    pub log: Log,
    /// Files by path, `/example.org/m/@v/v1.0.0.zip`. Change them as you like: the log has what was right.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The fake Gos, by version and platform.
    pub gos: BTreeMap<(String, String), FakeGo>,
}

/// The checksums of a module, as its record in the log has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Of the zip.
    pub zip: String,
    /// Of its `go.mod`.
    pub go_mod: String,
}

impl World {
    /// A log with 300 filler records, and Go 1.27.4 for linux/amd64.
    pub fn new() -> Self {
        let mut world = Self::empty();
        world.log.grow(300);
        world.add_go("1.27.4", "linux-amd64");
        world
    }

    /// An empty log and nothing else.
    pub fn empty() -> Self {
        Self { log: Log::default(), files: BTreeMap::new(), gos: BTreeMap::new() }
    }

    /// Adds the toolchain module of a fake Go, and its tarball.
    pub fn add_go(&mut self, version: &str, platform: &str) -> Sums {
        let go = FakeGo::new(version, platform);
        let name = go.module_version();
        let sums = self.lay("golang.org/toolchain", &name, go.zip(), go.go_mod(), go.h1());
        self.put(&format!("/golang/{}", go.tarball_name()), go.tarball());
        self.gos.insert((version.into(), platform.into()), go);
        sums
    }

    /// A fake Go that was added.
    pub fn go(&self, version: &str, platform: &str) -> &FakeGo {
        &self.gos[&(version.to_owned(), platform.to_owned())]
    }

    /// Adds a module. A `go.mod` is made unless `files` has one.
    pub fn add_module(&mut self, path: &str, version: &str, files: &[(&str, &[u8])]) -> Sums {
        let own = files.iter().find(|it| it.0 == "go.mod").map(|it| it.1.to_vec());
        let go_mod = own.unwrap_or_else(|| format!("module {path}\n").into_bytes());
        let mut all: Vec<_> = files.iter().filter(|it| it.0 != "go.mod").copied().collect();
        all.push(("go.mod", &go_mod));
        all.sort_unstable();
        let entries: Vec<_> = all
            .iter()
            .map(|(name, bytes)| archive::Entry {
                name: format!("{path}@{version}/{name}"),
                bytes: bytes.to_vec(),
                executable: false,
            })
            .collect();
        let sum = h1(entries.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())));
        self.lay(path, version, archive::zip(&entries), go_mod, sum)
    }

    fn lay(&mut self, path: &str, version: &str, zip: Vec<u8>, go_mod: Vec<u8>, sum: String) -> Sums {
        let base = format!("/{}/@v/{}", log::escape(path), log::escape(version));
        let sums = Sums { zip: sum, go_mod: h1([("go.mod", go_mod.as_slice())]) };
        let info = format!("{{\"Version\":\"{version}\",\"Time\":\"2026-11-10T00:00:00Z\"}}");
        self.put(&format!("{base}.zip"), zip);
        self.put(&format!("{base}.mod"), go_mod);
        self.put(&format!("{base}.info"), info.into_bytes());
        let list = self.files.entry(format!("/{}/@v/list", log::escape(path))).or_default();
        list.extend_from_slice(format!("{version}\n").as_bytes());
        self.log.add(path, version, &sums.zip, &sums.go_mod);
        sums
    }

    /// Lays down a file.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }

    /// What a GET of this path gives: status and bytes.
    pub fn answer(&self, path: &str) -> (u16, Vec<u8>) {
        if let Some(rest) = path.strip_prefix("/sumdb/sum.golang.org/") {
            return self.log.answer(rest).map_or((404, b"not found\n".to_vec()), |bytes| (200, bytes));
        }
        if let Some(bytes) = self.files.get(path) {
            return (200, bytes.clone());
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let tarball = self.files.get(&format!("/golang/{name}")).filter(|_| name.ends_with(".tar.gz"));
        tarball.map_or((404, b"not found\n".to_vec()), |bytes| (200, bytes.clone()))
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
