//! The checksum-database client through real sockets, against a server that misbehaves in every way it knows.
//! Needs `--features test-keys`, since nobody else can sign for the real log.

#![cfg(feature = "test-keys")]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use fyne_setup::failure::{Exit, Failure};
use fyne_setup::fetch::sumdb::{Client, SumdbError};
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Look as _, System};

#[path = "testlog/testlog.rs"]
mod testlog;

use testlog::{Fault, Server, World};

const GO: (&str, &str) = ("golang.org/toolchain", "v0.0.1-go1.27.4.linux-amd64");

/// A machine with real doors, and a server on loopback.
struct Bench {
    server: Server,
    dir: tempfile::TempDir,
    look: RealLook,
    net: RealNet,
    children: RealChildren,
}

impl Bench {
    fn new(world: World) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(BTreeMap::new(), PathBuf::from("/nowhere"));
        let net = RealNet::new(&BTreeMap::new());
        Self { server: Server::start(world), dir, look, net, children: RealChildren::default() }
    }

    fn client(&self) -> Client<'_> {
        let (look, net, children) = (&self.look, &self.net, &self.children);
        let system = System { look, disk: &RealDisk, net, children };
        let base = format!("{}/sumdb/sum.golang.org", self.server.url()).parse().expect("a URL");
        Client::new(system, self.dir.path(), vec![base])
    }

    fn ask(&self) -> Result<String, SumdbError> {
        self.client().lookup(GO.0, GO.1).map(|it| it.get().zip.to_string())
    }
}

#[test]
fn confirms_a_toolchain_and_needs_no_network_the_second_time() {
    let bench = Bench::new(World::new());
    let h1 = bench.server.change(|world| world.go("1.27.4", "linux-amd64").h1());
    assert_eq!(bench.ask(), Ok(h1.clone()));
    bench.server.forget();
    assert_eq!(bench.ask(), Ok(h1));
    assert_eq!(bench.server.requests(), []);
}

#[test]
fn confirms_through_a_proxy_that_serves_the_log() {
    let bench = Bench::new(World::new());
    let (look, net, children) = (&bench.look, &bench.net, &bench.children);
    let system = System { look, disk: &RealDisk, net, children };
    let client = Client::for_proxies(system, bench.dir.path(), &format!("{},direct", bench.server.url()));
    assert!(client.lookup(GO.0, GO.1).is_ok());
    assert!(bench.server.requests().iter().all(|it| it.path.starts_with("/sumdb/sum.golang.org/")));
}

#[test]
fn no_fault_makes_it_believe_or_keep_anything_false() {
    let tiles = "/tile/";
    let lookup = "/lookup/";
    let table: Vec<(&str, Fault, Exit)> = vec![
        (lookup, Fault::Status(403), Exit::Failed),
        (lookup, Fault::Status(404), Exit::Failed),
        (lookup, Fault::Status(500), Exit::Failed),
        (lookup, Fault::CutAfter(0), Exit::Failed),
        (lookup, Fault::CutAfter(100), Exit::Failed),
        (lookup, Fault::Hangup, Exit::Failed),
        (lookup, Fault::Endless, Exit::Failed),
        (lookup, Fault::Body(b"<html>log in</html>".to_vec()), Exit::Refused),
        (lookup, Fault::Body(Vec::new()), Exit::Refused),
        (lookup, Fault::FlipBit(150), Exit::Refused),
        (lookup, Fault::FlipBit(300), Exit::Refused),
        (tiles, Fault::Status(404), Exit::Failed),
        (tiles, Fault::Status(502), Exit::Failed),
        (tiles, Fault::CutAfter(31), Exit::Failed),
        (tiles, Fault::Hangup, Exit::Failed),
        (tiles, Fault::Endless, Exit::Failed),
        (tiles, Fault::FlipBit(0), Exit::Refused),
        ("/tile/8/1/", Fault::FlipBit(5), Exit::Refused),
        ("/tile/8/0/001", Fault::FlipBit(40), Exit::Refused),
        (tiles, Fault::Body(vec![0; 64]), Exit::Refused),
        (tiles, Fault::Body(vec![0; 8192]), Exit::Refused),
    ];
    let bench = Bench::new(World::new());
    for (path, fault, exit) in table {
        bench.server.fault(path, fault.clone());
        let error = bench.ask().expect_err("nothing can be confirmed");
        let words = error.to_string();
        assert_eq!(Failure::from(error).exit, exit, "{path} {fault:?}: {words}");
        assert!(bench.look.read(&bench.dir.path().join("latest")).is_absent(), "{path} {fault:?}");
        bench.server.heal();
    }
    assert!(bench.ask().is_ok(), "healed, it goes on");
}

#[test]
fn a_fault_that_passes_is_only_a_second_try() {
    for fault in [Fault::Status(503), Fault::Hangup, Fault::CutAfter(10)] {
        let bench = Bench::new(World::new());
        bench.server.fault_times("/lookup/", fault.clone(), 1);
        assert!(bench.ask().is_ok(), "{fault:?}");
    }
}

#[test]
fn two_runs_at_once_keep_the_newest_head() {
    let bench = Bench::new(World::new());
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6)
            .map(|n| {
                let bench = &bench;
                scope.spawn(move || {
                    bench.server.change(|world| world.log.grow(7));
                    bench.client().lookup(&format!("filler.example/m{n}"), "v1.0.0").map(drop)
                })
            })
            .collect();
        for run in runs {
            assert_eq!(run.join().expect("no panic"), Ok(()));
        }
    });
    let stored = bench.look.read(&bench.dir.path().join("latest")).into_here().expect("a head");
    let newest = bench.server.change(|world| world.log.head(world.log.size()));
    assert_eq!(String::from_utf8(stored).ok(), Some(newest));
}
