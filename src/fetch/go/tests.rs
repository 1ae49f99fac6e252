//! Go from servers that are honest, and from servers that are not. The checksum database here is the log of
//! `tests/testlog`, whose records are right whatever the server sends.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests look at what was written, and run it"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Sums, unpack};
use crate::failure::{Code, Exit, Failure};
use crate::fetch::error::FetchError;
use crate::fetch::go::StagedGo;
use crate::fetch::progress::{Progress, Quiet};
use crate::fetch::sources::{Build, Source};
use crate::fetch::stage::Stage;
use crate::fetch::sumdb::Client;
use crate::system::fake::real_files::{mode, set_mode};
use crate::testlog::{Fault, Server, World};
use crate::text::Text;
use crate::trust::Verified;
use crate::trust::record::ModuleSum;
use crate::version::GoVersion;

fn build() -> Build {
    Build::of(GoVersion::release(1, 27, 4), "linux", "x86_64")
}

fn proxy(server: &Server) -> Source {
    Source::proxy(server.url().parse().expect("a URL"))
}

fn archive(server: &Server) -> Source {
    Source::archive(format!("{}/golang/", server.url()).parse().expect("a URL"))
}

/// What the log says, proven.
fn sum() -> Verified<ModuleSum> {
    let go = crate::testlog::FakeGo::new("1.27.4", "linux-amd64");
    vouched("golang.org/toolchain", &go.module_version(), &go.h1())
}

fn fetch(stage: &Stage, sources: &[Source], progress: &dyn Progress) -> Result<StagedGo, FetchError> {
    let sums: &Sums<'_> = &|_, _| Ok(sum());
    unpack(stage.system(), &stage.places(), sources, &build(), sums, progress, "own")
}

fn tree(root: &Path) -> Vec<(String, u32, Vec<u8>)> {
    fn walk(root: &Path, dir: &Path, into: &mut Vec<(String, u32, Vec<u8>)>) {
        for entry in std::fs::read_dir(dir).expect("a directory").flatten() {
            let path = entry.path();
            if path.is_dir() {
                assert_eq!(mode(&path), 0o755, "{}", path.display());
                walk(root, &path, into);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                into.push((name, mode(&path), std::fs::read(&path).expect("readable")));
            }
        }
    }
    let mut all = Vec::new();
    walk(root, root, &mut all);
    all.sort();
    all
}

/// Looks at the staging directory when everything is there and nothing is proven yet.
struct Guard {
    staging: PathBuf,
    seen: AtomicU64,
}

impl Guard {
    fn of(stage: &Stage) -> Self {
        Self { staging: stage.places().staging(), seen: AtomicU64::new(0) }
    }
}

impl Progress for Guard {
    fn started(&self, _what: &Text, _total: Option<u64>) {}
    fn advanced(&self, _bytes: u64) {}
    fn finished(&self) {
        let mut dirs = vec![self.staging.clone()];
        while let Some(dir) = dirs.pop() {
            assert_eq!(mode(&dir), 0o700, "{}", dir.display());
            for entry in std::fs::read_dir(&dir).expect("a directory").flatten() {
                if entry.path().is_dir() {
                    dirs.push(entry.path());
                } else {
                    assert_eq!(mode(entry.path()) & 0o111, 0, "{}", entry.path().display());
                    self.seen.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

#[test]
fn both_roads_give_one_tree_that_runs_and_nothing_is_executable_before_the_proof() {
    let server = Server::start(World::new());
    let files = server.change(|world| world.go("1.27.4", "linux-amd64").zip_entries().len()) as u64;
    let trees = [proxy(&server), archive(&server)].map(|source| {
        let stage = Stage::new();
        let guard = Guard::of(&stage);
        let staged = fetch(&stage, std::slice::from_ref(&source), &guard).expect("a proven Go");
        assert_eq!(guard.seen.load(Ordering::Relaxed), files);
        assert_eq!(stage.files("cache/downloads"), [""; 0], "nothing is kept of a download that is proven");
        let version = std::process::Command::new(staged.root().join("bin/go")).arg("version").output();
        let version = String::from_utf8(version.expect("it runs").stdout).expect("text");
        assert_eq!(version, "go version go1.27.4 linux/amd64\n");
        assert_eq!(staged.sum(), &sum());
        tree(staged.root())
    });
    assert_eq!(trees[0], trees[1]);
    let names: Vec<_> = trees[0].iter().map(|it| it.0.as_str()).collect();
    for (left, kept) in
        [("api/go1.txt", "VERSION"), ("misc/go.mod", "src/go.mod"), ("test/run", "src/_go.mod")]
    {
        assert!(!names.contains(&left) && names.contains(&kept), "{names:?}");
    }
    let executable: Vec<_> = trees[0].iter().filter(|it| it.1 == 0o755).map(|it| it.0.as_str()).collect();
    let tools = ["asm", "cgo", "compile", "cover", "link", "preprofile", "vet"];
    let mut expected: Vec<_> = tools.iter().map(|it| format!("pkg/tool/linux_amd64/{it}")).collect();
    expected.extend(
        ["bin/go", "bin/gofmt", "lib/wasm/go_js_wasm_exec", "lib/wasm/go_wasip1_wasm_exec"]
            .map(str::to_owned),
    );
    expected.sort();
    assert_eq!(executable, expected);
}

#[test]
fn the_zip_is_read_once_by_its_directory_and_without_ranges_all_the_same() {
    let server = Server::start(World::new());
    let zip = server.change(|world| world.go("1.27.4", "linux-amd64").zip().len());
    fetch(&Stage::new(), &[proxy(&server)], &Quiet).expect("a proven Go");
    let asked = server.requests();
    assert_eq!(
        asked.iter().map(|it| it.range.map(|it| it.0)).collect::<Vec<_>>(),
        [None, Some(zip - zip / 4)]
    );
    server.forget();
    server.fault(".zip", Fault::IgnoreRange);
    fetch(&Stage::new(), &[proxy(&server)], &Quiet).expect("a proven Go");
    assert!(server.requests().iter().all(|it| it.status == 200));
}

#[test]
fn a_cut_goes_on_and_so_does_a_killed_run() {
    struct StopAfter(AtomicU64);
    impl Progress for StopAfter {
        fn started(&self, _what: &Text, _total: Option<u64>) {}
        fn advanced(&self, bytes: u64) {
            let left = self.0.load(Ordering::Relaxed);
            self.0.store(left.saturating_sub(bytes), Ordering::Relaxed);
        }
        fn finished(&self) {}
        fn stopped(&self) -> bool {
            self.0.load(Ordering::Relaxed) == 0
        }
    }
    let server = Server::start(World::new());
    for source in [proxy(&server), archive(&server)] {
        let stage = Stage::new();
        server.fault_times("go1.27.4", Fault::CutAfter(100_000), 1);
        fetch(&stage, std::slice::from_ref(&source), &Quiet).expect("a proven Go");
        let stage = Stage::new();
        let stopped = fetch(&stage, std::slice::from_ref(&source), &StopAfter(100_000.into()));
        assert_eq!(stopped.map(|it| it.bytes()), Err(FetchError::Stopped));
        assert_eq!(stage.files("data/staging"), [""; 0]);
        server.forget();
        fetch(&stage, std::slice::from_ref(&source), &Quiet).expect("a proven Go");
        let asked = server.requests();
        assert!(asked[0].range.is_some_and(|it| it.0 >= 100_000), "{asked:?}");
    }
}

#[test]
fn what_an_earlier_run_kept_is_thrown_away_when_it_fails_the_proof() {
    let server = Server::start(World::new());
    for (source, at) in [(proxy(&server), 100_000), (archive(&server), 100_000)] {
        let stage = Stage::new();
        server.fault("go1.27.4", Fault::FlipBit(at));
        assert!(fetch(&stage, std::slice::from_ref(&source), &Quiet).is_err());
        server.heal();
        // As if that run had been killed before it saw.
        let url = source.url(&build());
        let limits =
            crate::fetch::download::Limits { size: 1 << 30, first_byte: std::time::Duration::from_secs(9) };
        let mut stream = crate::fetch::download::Stream::open(
            stage.system(),
            &stage.path("cache/downloads"),
            &url,
            limits,
            &Quiet,
        )
        .expect("an answer");
        std::io::Read::read_exact(&mut stream, &mut vec![0; 150_000]).expect("the front");
        drop(stream);
        let part =
            stage.files("cache/downloads").into_iter().find(|it| it.contains(".part")).expect("a part");
        let part = stage.path("cache/downloads").join(part);
        let mut bytes = std::fs::read(&part).expect("readable");
        bytes[at] ^= 1;
        std::fs::write(&part, bytes).expect("writable");
        fetch(&stage, &[source], &Quiet).expect("a proven Go, fetched again from its start");
    }
}

#[test]
fn a_source_that_lies_is_refused_and_the_next_one_is_asked() {
    let (liar, honest) = (Server::start(World::new()), Server::start(World::new()));
    let other = crate::testlog::FakeGo {
        files: liar.change(|world| {
            let mut go = world.go("1.27.4", "linux-amd64").clone();
            go.files
                .iter_mut()
                .find(|it| it.name == "bin/go")
                .expect("bin/go")
                .bytes
                .extend_from_slice(b"# evil\n");
            go.files
        }),
        ..crate::testlog::FakeGo::new("1.27.4", "linux-amd64")
    };
    let lies = [
        (Fault::Body(other.zip()), Fault::Body(other.tarball()), Code::TrustChecksum),
        (
            Fault::Body(b"<html>log in</html>".to_vec()),
            Fault::Body(b"<html>log in</html>".to_vec()),
            Code::ArchiveHostile,
        ),
        (Fault::FlipBit(150_000), Fault::FlipBit(150_000), Code::ArchiveHostile),
    ];
    for (zip, tarball, code) in lies {
        liar.heal();
        liar.fault(".zip", zip);
        liar.fault(".tar.gz", tarball);
        for source in [proxy(&liar), archive(&liar)] {
            let stage = Stage::new();
            let failure =
                Failure::from(fetch(&stage, std::slice::from_ref(&source), &Quiet).expect_err("a lie"));
            assert_eq!((failure.code, failure.exit), (code, Exit::Refused), "{failure}");
            assert_eq!(stage.files("data/staging"), [""; 0], "nothing of it stays");
            assert_eq!(stage.files("cache/downloads"), [""; 0], "nothing of it stays");
            let staged = fetch(&stage, &[source, proxy(&honest)], &Quiet).expect("the honest one has it");
            assert_eq!(staged.from(), proxy(&honest).name());
        }
    }
}

#[test]
fn when_all_sources_fail_each_is_named_and_the_most_telling_decides() {
    let server = Server::start(World::empty());
    let nobody = Source::proxy("http://127.0.0.1:1".parse().expect("a URL"));
    let error = fetch(&Stage::new(), &[proxy(&server), nobody], &Quiet).expect_err("nothing is there");
    let FetchError::NoSource { tried, .. } = &error else { panic!("{error:?}") };
    assert_eq!(tried.len(), 2);
    assert_eq!(Failure::from(error).code, Code::NetUnreachable);
    assert_eq!(Failure::from(fetch(&Stage::new(), &[], &Quiet).expect_err("none")).code, Code::NetNoSource);
}

#[test]
fn without_the_databases_word_nothing_is_brought() {
    let (stage, server) = (Stage::new(), Server::start(World::new()));
    let refused = || Failure::new(Code::TrustFork, Text::new("x"));
    let sums: &Sums<'_> = &|_, _| Err(refused());
    let result = unpack(stage.system(), &stage.places(), &[proxy(&server)], &build(), sums, &Quiet, "own");
    assert_eq!(result.map(|it| it.bytes()), Err(FetchError::Sums(Box::new(refused()))));
    assert_eq!(stage.files("data/staging"), [""; 0]);
    let go = crate::testlog::FakeGo::new("1.27.4", "linux-amd64");
    for (path, version) in [
        ("golang.org/toolchain", "v0.0.1-go1.27.3.linux-amd64"),
        ("evil.example/toolchain", &*go.module_version()),
    ] {
        let other = vouched(path, version, &go.h1());
        let sums: &Sums<'_> = &|_, _| Ok(other.clone());
        let result =
            unpack(stage.system(), &stage.places(), &[proxy(&server)], &build(), sums, &Quiet, "own");
        assert_eq!(Failure::from(result.expect_err("another module's hash")).code, Code::TrustChecksum);
    }
}

#[test]
fn room_and_privacy_are_looked_at_before_anything_is_written() {
    let (stage, server) = (Stage::new(), Server::start(World::new()));
    stage.leave_free(1 << 20);
    for source in [proxy(&server), archive(&server)] {
        let failure = Failure::from(fetch(&stage, &[source], &Quiet).expect_err("no room"));
        assert_eq!(failure.code, Code::DiskFull, "{failure}");
    }
    let stage = Stage::new();
    let staging = stage.places().staging();
    std::fs::create_dir_all(&staging).expect("writable");
    set_mode(&staging, 0o777);
    let error = fetch(&stage, &[proxy(&server)], &Quiet).expect_err("open to all");
    assert_eq!(error, FetchError::NotPrivate { path: staging });
}

#[test]
fn what_killed_runs_left_in_staging_is_swept() {
    let (stage, server) = (Stage::new(), Server::start(World::new()));
    let old = stage.places().staging().join("go-1.27.3-1-1/bin");
    std::fs::create_dir_all(&old).expect("writable");
    set_mode(stage.places().staging(), 0o700);
    fetch(&stage, &[proxy(&server)], &Quiet).expect("a proven Go");
    assert!(!old.exists());
}

/// A sum that our own client proves, out of a log with that record.
fn vouched(path: &str, version: &str, h1: &str) -> Verified<ModuleSum> {
    let mut world = World::empty();
    world.log.grow(9);
    world.log.add(path, version, h1, h1);
    let (stage, server) = (Stage::new(), Server::start(world));
    let base = format!("{}/sumdb/sum.golang.org", server.url()).parse().expect("a URL");
    let client = Client::new(stage.system(), &stage.places().sumdb(), vec![base]);
    client.under(crate::testlog::KEY.parse().expect("a key")).lookup(path, version).expect("it is in the log")
}
