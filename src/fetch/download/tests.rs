//! Downloads from servers that cut, stall, lie and change their mind.

use std::io::Read as _;
use std::time::Duration;

use super::{Limits, Stream};
use crate::fetch::error::FetchError;
use crate::fetch::progress::{Progress, Quiet};
use crate::fetch::stage::Stage;
use crate::testlog::{Fault, Server, World};
use crate::text::Text;

const SIZE: usize = 700_000;

fn file() -> Vec<u8> {
    (0..SIZE).map(|it| u8::try_from(it * 31 % 251).expect("below 251")).collect()
}

fn server() -> Server {
    let mut world = World::empty();
    world.put("/file", file());
    Server::start(world)
}

fn limits() -> Limits {
    Limits { size: 1 << 20, first_byte: Duration::from_secs(10) }
}

fn open<'a>(stage: &'a Stage, server: &Server, progress: &'a dyn Progress) -> Result<Stream<'a>, FetchError> {
    let url = format!("{}/file", server.url()).parse().expect("a URL");
    Stream::open(stage.system(), &stage.path("downloads"), &url, limits(), progress)
}

fn fetch(stage: &Stage, server: &Server) -> Result<Vec<u8>, FetchError> {
    let mut stream = open(stage, server, &Quiet)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|it| stream.failure(&it))?;
    Ok(bytes)
}

fn ranges(server: &Server) -> Vec<(Option<usize>, u16)> {
    server.requests().iter().map(|it| (it.range.map(|it| it.0), it.status)).collect()
}

#[test]
fn a_cut_is_fixed_where_it_happened_after_a_pause() {
    let (stage, server) = (Stage::new(), server());
    server.fault_times("/file", Fault::CutAfter(300_000), 1);
    assert_eq!(fetch(&stage, &server), Ok(file()));
    let asked = ranges(&server);
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[1].0.is_some_and(|it| it > 0 && it <= 300_000), "{asked:?}");
    assert_eq!(stage.waits(), [500]);
}

#[test]
fn a_stall_is_a_cut() {
    let (stage, server) = (Stage::with_gap(Duration::from_millis(300)), server());
    server.fault_times("/file", Fault::StallAfter(300_000), 1);
    assert_eq!(fetch(&stage, &server), Ok(file()));
    assert!(ranges(&server).len() > 1);
}

#[test]
fn a_killed_run_goes_on_from_disk() {
    let (stage, server) = (Stage::new(), server());
    let mut stream = open(&stage, &server, &Quiet).expect("an answer");
    let mut front = vec![0; 200_000];
    stream.read_exact(&mut front).expect("the front");
    drop(stream);
    server.forget();
    assert_eq!(fetch(&stage, &server), Ok(file()));
    let asked = ranges(&server);
    assert!(matches!(asked[..], [(Some(200_000..SIZE), 206)]), "{asked:?}");
    server.forget();
    assert_eq!(fetch(&stage, &server), Ok(file()), "what is whole needs no network");
    assert_eq!(ranges(&server), []);
}

#[test]
fn a_file_that_changed_begins_anew() {
    let (stage, server) = (Stage::new(), server());
    let mut stream = open(&stage, &server, &Quiet).expect("an answer");
    stream.read_exact(&mut vec![0; 200_000]).expect("the front");
    drop(stream);
    let other: Vec<u8> = file().iter().map(|it| it ^ 1).collect();
    server.change(|world| world.put("/file", other.clone()));
    assert_eq!(fetch(&stage, &server), Ok(other));
}

#[test]
fn a_file_that_changes_under_way_is_never_mixed() {
    let (stage, server) = (Stage::new(), server());
    let mut stream = open(&stage, &server, &Quiet).expect("an answer");
    let other: Vec<u8> = file().iter().map(|it| it ^ 1).collect();
    server.fault("/file", Fault::ChangingTag);
    server.change(|world| world.put("/file", other));
    // What was under way may end; what must be asked for again may not come from the other file.
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Ok(_) => assert_eq!(bytes, file()),
        Err(error) => assert!(matches!(stream.failure(&error), FetchError::Changed { .. })),
    }
}

#[test]
fn a_source_that_ignores_ranges_is_read_again_up_to_where_we_were() {
    let (stage, server) = (Stage::new(), server());
    server.fault_times("/file", Fault::CutAfter(300_000), 1);
    server.fault_times("/file", Fault::IgnoreRange, 1);
    assert_eq!(fetch(&stage, &server), Ok(file()));
    assert_eq!(ranges(&server).iter().map(|it| it.1).collect::<Vec<_>>(), [200, 200]);
}

#[test]
fn parts_that_begin_elsewhere_are_refused() {
    let (stage, server) = (Stage::new(), server());
    server.fault_times("/file", Fault::CutAfter(300_000), 1);
    server.fault("/file", Fault::WrongRange(5));
    match fetch(&stage, &server) {
        // The header tells, or (where it lies too) the hash of the whole does.
        Err(FetchError::Changed { .. } | FetchError::Cut { .. }) => {}
        Ok(bytes) => assert_ne!(bytes, file()),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn errors_of_the_source_pass_or_end_it_after_five_tries() {
    let (stage, server) = (Stage::new(), server());
    server.fault_times("/file", Fault::CutAfter(100_000), 1);
    server.fault_times("/file", Fault::Status(503), 3);
    assert_eq!(fetch(&stage, &server), Ok(file()));
    assert_eq!(stage.waits(), [500, 1000, 2000, 4000]);

    let stage = Stage::new();
    server.fault_times("/file", Fault::CutAfter(100_000), 1);
    server.fault("/file", Fault::Status(503));
    assert!(matches!(fetch(&stage, &server), Err(FetchError::Status { status: 503, .. })));
    assert_eq!(stage.waits(), [500, 1000, 2000, 4000, 8000]);

    let stage = Stage::new();
    server.heal();
    server.fault_times("/file", Fault::CutAfter(100_000), 1);
    server.fault("/file", Fault::Status(404));
    assert!(matches!(fetch(&stage, &server), Err(FetchError::Status { status: 404, .. })));
    assert_eq!(stage.waits(), [500], "what is gone is not asked for again");
}

#[test]
fn what_is_too_large_is_not_read_to_its_end() {
    let (stage, server) = (Stage::new(), server());
    server.fault("/file", Fault::Endless);
    assert!(matches!(fetch(&stage, &server), Err(FetchError::TooLarge { .. })));
    server.heal();
    server.change(|world| world.put("/file", vec![0; 2 << 20]));
    assert!(matches!(fetch(&Stage::new(), &server), Err(FetchError::TooLarge { .. })));
}

#[test]
fn stopping_ends_it_and_keeps_what_came() {
    struct Impatience;
    impl Progress for Impatience {
        fn started(&self, _what: &Text, _total: Option<u64>) {}
        fn advanced(&self, _bytes: u64) {}
        fn finished(&self) {}
        fn stopped(&self) -> bool {
            true
        }
    }
    let (stage, server) = (Stage::new(), server());
    let mut stream = open(&stage, &server, &Quiet).expect("an answer");
    stream.read_exact(&mut vec![0; 200_000]).expect("the front");
    drop(stream);
    let mut stream = open(&stage, &server, &Impatience).expect("an answer");
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).expect_err("stopped");
    assert_eq!(stream.failure(&error), FetchError::Stopped);
    drop(stream);
    assert_eq!(stage.files("downloads").len(), 2, "what is about it, and its first part");
}
