//! The client as a whole: the real log as it was once fetched, hostile answers among it, and a small log that we sign.

mod bundled;
mod first;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{Client, SumdbError};
use crate::disk_error::DiskError;
use crate::fact::Why;
use crate::facts::go::{BuildInfo, BuildModule};
use crate::failure::{Exit, Failure};
use crate::fetch::FetchError;
use crate::report::words::{Lang, Words};
use crate::system::children::RealChildren;
use crate::system::disk::RealDisk;
use crate::system::fake::FakeNet;
use crate::system::real::RealLook;
use crate::system::{Disk, Look, Net, NetError, System};
use crate::testlog::{KEY, World};
use crate::trust::keys;
use crate::trust::note::Key;
use crate::trust::record::ModuleSum;
use crate::trust::tlog::{Head, ProofError, Tiles, needed};

const REAL: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
const TOOLCHAIN: (&str, &str) = ("golang.org/toolchain", "v0.0.1-go1.26.10.linux-amd64");
const BASE: &str = "https://sums.example";

/// The real log's files, by path below the base.
fn vectors() -> BTreeMap<String, Vec<u8>> {
    let look = look();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sumdb");
    let names = look.list(&dir).into_here().expect("the vectors are there");
    let all = names.into_iter().filter_map(|name| {
        let bytes = look.read(&dir.join(&name)).into_here()?;
        let (kind, _) = name.split_once(['_', '@']).unwrap_or((&name, ""));
        let path = match kind {
            "evil" | "toolchain.mod" => return None,
            _ => name.replace("__", "/").replace('_', "/"),
        };
        Some((path, bytes))
    });
    all.collect()
}

fn vector(name: &str) -> Vec<u8> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sumdb");
    look().read(&dir.join(name)).into_here().expect("a vector")
}

fn look() -> RealLook {
    RealLook::new(BTreeMap::new(), PathBuf::from("/nowhere"))
}

/// A machine with a real disk and a network in memory.
struct Bench<'a> {
    dir: tempfile::TempDir,
    look: RealLook,
    children: RealChildren,
    net: FakeNet<'a>,
    key: Key,
}

impl<'a> Bench<'a> {
    fn new(key: &str, net: FakeNet<'a>) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let key = key.parse().expect("a key");
        Self { dir, look: look(), children: RealChildren::default(), net, key }
    }

    fn real(answers: BTreeMap<String, Vec<u8>>) -> Self {
        let answers = answers.into_iter().map(|(path, bytes)| (format!("{BASE}/{path}"), bytes)).collect();
        Self::new(REAL, FakeNet::canned(answers))
    }

    fn ours(world: &'a Mutex<World>) -> Self {
        Self::new(KEY, FakeNet::new(|url| Ok(world.lock().expect("no panics").answer(&path(url)))))
    }

    fn system<'s>(&'s self, net: &'s dyn Net) -> System<'s> {
        System { look: &self.look, disk: &RealDisk, net, children: &self.children }
    }

    fn client(&self) -> Client<'_> {
        self.client_on(&self.net, &format!("{BASE}/sumdb/sum.golang.org"))
    }

    fn client_on<'s>(&'s self, net: &'s dyn Net, base: &str) -> Client<'s> {
        let base = base.parse().expect("a URL");
        Client::new(self.system(net), self.dir.path(), vec![base]).under(self.key.clone())
    }

    fn real_lookup(&self, (path, version): (&str, &str)) -> Result<ModuleSum, SumdbError> {
        self.client_on(&self.net, BASE).lookup(path, version).map(|it| it.get().clone())
    }

    fn stored(&self) -> Option<String> {
        let bytes = self.look.read(&self.dir.path().join("latest")).into_here();
        bytes.map(|it| String::from_utf8(it).expect("UTF-8"))
    }

    fn store(&self, name: &str, bytes: &[u8]) {
        RealDisk.write(&self.dir.path().join(name), bytes, None).expect("it can be written");
    }
}

/// A path with `%21` undone.
fn path(url: &url::Url) -> String {
    url.path().replace("%21", "!")
}

fn strings(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(path, version)| ((*path).to_owned(), (*version).to_owned())).collect()
}

#[test]
fn a_build_trusts_the_real_key_unless_it_is_for_tests() {
    assert_eq!(keys::SUMDB, if keys::FOR_TESTS { KEY } else { REAL });
}

#[test]
fn confirms_the_real_toolchain() {
    let bench = Bench::real(vectors());
    let sum = bench.real_lookup(TOOLCHAIN).expect("it is in the log");
    assert_eq!(sum.zip.to_string(), "h1:5VAGHlY8yl8pTPVSNIez3SNMy6fWabs+QMR25f3oMT0=");
    assert_eq!(
        sum.go_mod.map(|it| it.to_string()).as_deref(),
        Some("h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=")
    );
    assert!(bench.stored().is_some_and(|it| it.contains("\n69760984\n")));
    assert_eq!(bench.net.asked().len(), 7, "{:?}", bench.net.asked());
}

#[test]
fn confirms_it_in_a_newer_tree_that_grew_out_of_the_older_one() {
    let bench = Bench::real(vectors());
    bench.store("latest", &vector("latest"));
    assert!(bench.real_lookup(TOOLCHAIN).is_ok());
    assert!(bench.stored().is_some_and(|it| it.contains("\n71999284\n")), "the head does not go back");
}

#[test]
fn confirms_all_modules_of_the_cli_at_once() {
    let lookups = vectors().into_keys().filter_map(|it| it.strip_prefix("lookup/").map(str::to_owned));
    let modules: Vec<_> = lookups
        .filter(|it| !it.starts_with("golang.org/toolchain"))
        .map(|it| it.replace("!burnt!sushi", "BurntSushi"))
        .filter_map(|it| it.split_once('@').map(|(path, version)| (path.to_owned(), version.to_owned())))
        .collect();
    assert!(modules.len() >= 24, "{}", modules.len());
    let bench = Bench::real(vectors());
    bench.store("latest", &vector("latest"));
    let all = bench.client_on(&bench.net, BASE).lookup_all(&modules).expect("all are in the log");
    assert_eq!(all.len(), modules.len());
    let tools = all.iter().find(|it| it.get().path == "fyne.io/tools").expect("it was asked for");
    assert_eq!(tools.get().zip.to_string(), "h1:3BnDP2I+EMutvWEut8J4QJnNmb+3Px8qnxXiTX3uFAE=");
    let asked = bench.net.asked();
    let unique: std::collections::BTreeSet<_> = asked.iter().collect();
    assert!(asked.len() == unique.len() && asked.len() < 100, "{}", asked.len());
    // And once more without a network.
    let down = FakeNet::down();
    let again = bench.client_on(&down, BASE).offline(true).lookup_all(&modules);
    assert_eq!(again, Ok(all));
    assert_eq!(down.asked(), [] as [String; 0]);
}

#[test]
fn refuses_the_forged_tile_that_others_accept() {
    for newer in [false, true] {
        let mut all = vectors();
        all.insert(format!("lookup/{}@{}", TOOLCHAIN.0, TOOLCHAIN.1), vector("evil_lookup"));
        all.insert("tile/8/0/x271/398".into(), vector("evil_tile_8_0_x271_398"));
        let bench = Bench::real(all);
        if newer {
            bench.store("latest", &vector("latest"));
        }
        let error = bench.real_lookup(TOOLCHAIN).expect_err("it is forged");
        let SumdbError::Proof { why: ProofError::Tile(tile), .. } = &error else { panic!("{error}") };
        assert_eq!(tile.path(), "tile/8/0/x271/398");
        assert_eq!(Failure::from(error).exit, Exit::Refused);
    }
    // The forged record with the true tile.
    let mut all = vectors();
    all.insert(format!("lookup/{}@{}", TOOLCHAIN.0, TOOLCHAIN.1), vector("evil_lookup"));
    let error = Bench::real(all).real_lookup(TOOLCHAIN).expect_err("it is forged");
    assert!(matches!(error, SumdbError::Proof { why: ProofError::Record(69_478_010), .. }), "{error}");
}

#[test]
fn refuses_every_flipped_bit_of_a_lookup_and_of_a_head() {
    let name = format!("lookup/{}@{}", TOOLCHAIN.0, TOOLCHAIN.1);
    let good = vectors();
    let lookup = &good[&name];
    for at in 0..lookup.len() {
        let mut bad = good.clone();
        bad.get_mut(&name).expect("the lookup")[at] ^= 1 << (at % 8);
        let bench = Bench::real(bad);
        assert!(bench.real_lookup(TOOLCHAIN).is_err(), "byte {at}");
        assert_eq!(bench.stored(), None, "byte {at}");
    }
    let (key, latest) = (REAL.parse::<Key>().expect("a key"), vector("latest"));
    assert!(key.open(&latest).ok().and_then(Head::parse).is_some());
    for at in 0..latest.len() {
        let mut bad = latest.clone();
        bad[at] ^= 1 << (at % 8);
        assert!(key.open(&bad).ok().and_then(Head::parse).is_none(), "byte {at}");
    }
}

#[test]
fn refuses_every_damaged_or_short_tile() {
    let head = Head::parse(std::str::from_utf8(&vector("latest")).expect("UTF-8")).expect("a head");
    let all = vectors();
    let wanted = needed(head.size, &[69_478_010], &[69_760_984]);
    let good: BTreeMap<_, _> = wanted.into_iter().map(|it| (it, all[&it.path()].clone())).collect();
    assert!(Tiles::authenticate(head, good.clone()).is_ok());
    for (tile, bytes) in &good {
        for at in (0..bytes.len()).step_by(331) {
            let mut bad = good.clone();
            bad.get_mut(tile).expect("a tile")[at] ^= 0x10;
            assert!(Tiles::authenticate(head, bad).is_err(), "{} {at}", tile.path());
            let mut bad = good.clone();
            bad.get_mut(tile).expect("a tile").truncate(at);
            assert!(Tiles::authenticate(head, bad).is_err(), "{} cut at {at}", tile.path());
        }
    }
}

#[test]
fn refuses_the_true_record_of_another_version() {
    let mut all = vectors();
    let other = vector("lookup_golang.org_toolchain@v0.0.1-go1.26.8.linux-amd64");
    all.insert(format!("lookup/{}@{}", TOOLCHAIN.0, TOOLCHAIN.1), other);
    let error = Bench::real(all).real_lookup(TOOLCHAIN).expect_err("it is another one's");
    assert!(matches!(error, SumdbError::Record { .. }), "{error}");
}

#[test]
fn hashes_in_a_heads_extension_lines_are_never_read() {
    let mut world = World::new();
    let size = world.log.size();
    let root = world.log.head(size).lines().nth(2).expect("a root").to_owned();
    let forged = "golang.org/x v1.0.0 h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=";
    let note = crate::testlog::sign(&format!("go.sum database tree\n{size}\n{root}\n{forged}\n"));
    let record = world.log.record("filler.example/m3@v1.0.0").expect("a filler").1.to_owned();
    world.put("/sums/lookup/golang.org/x@v1.0.0", format!("3\n{record}\n{note}").into_bytes());
    world.put("/sums/lookup/filler.example/m3@v1.0.0", format!("3\n{record}\n{note}").into_bytes());
    let world = Mutex::new(world);
    let answer = |url: &url::Url| {
        let world = world.lock().expect("no panics");
        let below = path(url);
        let (status, bytes) = world.answer(&below);
        if status == 200 {
            return Ok((status, bytes));
        }
        Ok(world.answer(&below.replace("/sums/", "/sumdb/sum.golang.org/")))
    };
    let bench = Bench::new(KEY, FakeNet::new(answer));
    let client = bench.client_on(&bench.net, &format!("{BASE}/sums"));
    let error = client.lookup("golang.org/x", "v1.0.0").expect_err("the record is another's");
    assert!(matches!(error, SumdbError::Record { .. }), "{error}");
    assert!(client.lookup("filler.example/m3", "v1.0.0").is_ok(), "extensions as such are allowed");
}

#[test]
fn the_stored_head_grows_and_a_fork_is_told_with_both_heads() {
    let world = Mutex::new(World::new());
    let change = |how: &dyn Fn(&mut World)| how(&mut world.lock().expect("no panics"));
    let bench = Bench::ours(&world);
    let ask = |n: usize| bench.client().lookup(&format!("filler.example/m{n}"), "v1.0.0").map(drop);
    assert_eq!(ask(1), Ok(()));
    let first = bench.stored().expect("a head");
    change(&|it| it.log.grow(400));
    change(&|it| it.log.forget_partial_tiles = true);
    assert_eq!(ask(2), Ok(()));
    let second = bench.stored().expect("a head");
    assert!(first.contains("\n301\n") && second.contains("\n701\n"));
    // A cache in front of the log answers with an older head.
    change(&|it| it.log.lookup_head = Some(350));
    assert_eq!(ask(3), Ok(()));
    assert_eq!(bench.stored(), Some(second.clone()));
    // Another history, longer and shorter than what we know.
    for size in [Some(500), None, Some(701)] {
        change(&|it| it.log.fork(10));
        change(&|it| it.log.grow(1));
        change(&|it| it.log.lookup_head = size);
        let number = 4 + size.unwrap_or(0);
        let error = ask(number % 300).expect_err("the log has forked");
        match &error {
            // The tiles are the fork's, and do not fit the head that we know.
            SumdbError::Proof { .. } if size == Some(500) => {}
            SumdbError::Fork { ours, theirs, kept: Some(kept) } => {
                assert_eq!((ours, theirs.contains(&second)), (&second, false));
                let evidence = bench.look.read(kept).into_here().expect("evidence");
                assert!(String::from_utf8(evidence).is_ok_and(|it| it.contains(theirs.as_str())));
            }
            SumdbError::Proof { .. } if size == Some(701) => {}
            _ => panic!("{size:?}: {error}"),
        }
        assert_eq!(Failure::from(error).exit, Exit::Refused);
        assert_eq!(bench.stored(), Some(second.clone()), "a fork changes nothing");
    }
}

#[test]
fn a_damaged_head_or_proof_on_our_disk_is_not_believed() {
    let world = Mutex::new(World::new());
    let bench = Bench::ours(&world);
    let ask = || bench.client().lookup("filler.example/m1", "v1.0.0").map(drop);
    assert_eq!(ask(), Ok(()));
    let asked = bench.net.asked().len();
    assert_eq!(ask(), Ok(()));
    assert_eq!(bench.net.asked().len(), asked, "the second time nobody is asked");
    bench.store("proofs/filler.example/m1@v1.0.0", b"nonsense");
    assert_eq!(ask(), Ok(()));
    assert!(bench.net.asked().len() > asked, "a damaged proof is as none");
    bench.store("latest", b"");
    assert!(matches!(ask(), Err(SumdbError::Damaged { .. })));
}

#[test]
fn asks_proxies_first_and_only_those_that_serve_the_log() {
    let world = Mutex::new(World::new());
    let answer = |url: &url::Url| match url.host_str().unwrap_or_default() {
        "none.example" => Ok((404, Vec::new())),
        "shut.example" => Ok((403, Vec::new())),
        "down.example" => Err(NetError::TimedOut { host: "down.example".into() }),
        _ => Ok(world.lock().expect("no panics").answer(&path(url))),
    };
    let bench = Bench::new(KEY, FakeNet::new(answer));
    let list = "https://none.example,https://shut.example|https://down.example,https://good.example,direct";
    let client = Client::for_proxies(bench.system(&bench.net), bench.dir.path(), list);
    let client = client.under(bench.key.clone());
    assert!(client.lookup("golang.org/toolchain", "v0.0.1-go1.27.4.linux-amd64").is_ok());
    let asked = bench.net.asked();
    let (supported, rest): (Vec<_>, Vec<_>) = asked.iter().partition(|it| it.ends_with("/supported"));
    assert_eq!(supported.len(), 5, "the silent one twice: {supported:?}");
    assert!(rest.iter().all(|it| it.starts_with("https://good.example/sumdb/sum.golang.org/")), "{rest:?}");
}

#[test]
fn without_any_server_all_reasons_are_named() {
    let down = FakeNet::down();
    let bench = Bench::new(KEY, FakeNet::down());
    let client = Client::for_proxies(bench.system(&down), bench.dir.path(), "https://a.example,off");
    let error = client.lookup("golang.org/x", "v1.0.0").expect_err("nobody answers");
    let SumdbError::Fetch(FetchError::NoSource { tried, .. }) = &error else { panic!("{error}") };
    let names: Vec<_> = tried.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["a.example/sumdb/sum.golang.org", "sum.golang.org", "sum.golang.google.cn"]);
    assert_eq!(Failure::from(error).exit, Exit::Failed);
}

#[test]
fn a_server_that_falls_silent_is_replaced_by_the_next() {
    let world = Mutex::new(World::new());
    let answer = |url: &url::Url| match (url.host_str(), path(url).contains("/tile/")) {
        (Some("a.example"), true) => Ok((500, Vec::new())),
        _ => Ok(world.lock().expect("no panics").answer(&path(url))),
    };
    let bench = Bench::new(KEY, FakeNet::new(answer));
    let list = "https://a.example,https://b.example";
    let client = Client::for_proxies(bench.system(&bench.net), bench.dir.path(), list);
    assert!(client.under(bench.key.clone()).lookup("filler.example/m1", "v1.0.0").is_ok());
}

#[test]
fn strange_questions_and_answers_are_told_apart() {
    let world = Mutex::new(World::new());
    let bench = Bench::ours(&world);
    let ask = |path: &str, version: &str| bench.client().lookup(path, version).expect_err("an error");
    assert!(matches!(ask("example.org/none", "v1.0.0"), SumdbError::NotFound { .. }));
    assert!(matches!(ask("../../etc", "v1.0.0"), SumdbError::NotAModule { .. }));
    assert!(matches!(ask("example.org/a", "v1.0.0/../.."), SumdbError::NotAModule { .. }));
    let portal = FakeNet::new(|_| Ok((200, b"<html>\nPlease log in\n</html>\n".to_vec())));
    let client = bench.client_on(&portal, BASE);
    let error = client.lookup("filler.example/m1", "v1.0.0").expect_err("a login page");
    assert!(matches!(error, SumdbError::Malformed { .. }), "{error}");
    let long = FakeNet::new(|_| Ok((200, vec![b'x'; 70_000])));
    let error = bench.client_on(&long, BASE).lookup("filler.example/m1", "v1.0.0").expect_err("too long");
    assert!(matches!(error, SumdbError::Fetch(FetchError::TooLarge { .. })), "{error}");
    let offline = bench.client().offline(true);
    let both = strings(&[("filler.example/m1", "v1.0.0"), ("filler.example/m2", "v1.0.0")]);
    assert!(matches!(offline.lookup_all(&both), Err(SumdbError::Offline { .. })));
}

#[test]
fn a_program_is_confirmed_only_if_all_of_its_modules_are_what_was_published() {
    let mut all = World::new();
    let a = all.add_module("example.org/a", "v1.0.0", &[("a.go", b"package a\n")]);
    let b = all.add_module("example.org/b", "v1.2.0", &[("b.go", b"package b\n")]);
    let world = Mutex::new(all);
    let bench = Bench::ours(&world);
    let module = |path: &str, version: &str, sum: &str| BuildModule {
        path: path.into(),
        version: version.into(),
        sum: sum.into(),
        replaces: None,
    };
    let confirm = |main: BuildModule, dep: BuildModule| {
        let info = BuildInfo { main, deps: vec![dep], ..BuildInfo::default() };
        bench.client().confirm(&info)
    };
    let (main, dep) = (module("example.org/a", "v1.0.0", &a.zip), module("example.org/b", "v1.2.0", &b.zip));
    assert_eq!(confirm(main.clone(), dep.clone()), Ok(()));
    let other = confirm(main.clone(), BuildModule { sum: a.zip, ..dep.clone() });
    assert!(matches!(other, Err(SumdbError::Differs { .. })), "{other:?}");
    let local = confirm(module("example.org/a", "(devel)", ""), dep);
    assert!(matches!(local, Err(SumdbError::Local { .. })), "{local:?}");
    let replaced = confirm(main, module("../b", "", ""));
    assert!(matches!(replaced, Err(SumdbError::Local { .. })), "{replaced:?}");
}

#[test]
fn every_error_has_words_in_every_language() {
    let text = || "x".to_owned();
    let all = [
        SumdbError::Offline { module: text() },
        SumdbError::NotAModule { module: text() },
        SumdbError::NotFound { module: text(), server: text() },
        SumdbError::Malformed { server: text(), what: text() },
        SumdbError::Signature { server: text(), what: text(), why: crate::trust::note::NoteError::Unsigned },
        SumdbError::Proof { server: text(), why: ProofError::Root(1) },
        SumdbError::Record {
            server: text(),
            module: text(),
            why: crate::trust::record::RecordError::OtherModule,
        },
        SumdbError::Differs { module: text(), built: text(), published: text() },
        SumdbError::Local { module: text() },
        SumdbError::Fork { ours: text(), theirs: text(), kept: Some("/x".into()) },
        SumdbError::Damaged { path: "/x".into() },
        DiskError::because("/x", Why::System(text())).into(),
    ];
    for error in all {
        let refusal = error.is_refusal();
        let failure = Failure::from(error);
        assert_eq!(failure.exit == Exit::Refused, refusal, "{failure}");
        for words in Lang::ALL.map(Words::of) {
            for text in [Some(&failure.message), failure.hint.as_ref()].into_iter().flatten() {
                assert!(words.has(&text.key), "{} lacks {}", words.lang().tag(), text.key);
                assert!(!words.say(text).contains('{'), "{}", words.say(text));
            }
        }
    }
}
