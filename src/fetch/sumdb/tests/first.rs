//! The first contact with the log: what it shows must have grown out of the head that came with the program.

use super::*;

/// Asks for the first time, with a head that came with the program.
fn ask(bench: &Bench<'_>, shipped: &str) -> Result<(), SumdbError> {
    bench.client().beginning_from(shipped).lookup("filler.example/m1", "v1.0.0").map(drop)
}

/// The head of a log as it is now.
fn head_of(world: &Mutex<World>) -> String {
    let bench = Bench::ours(world);
    bench.client().lookup("filler.example/m2", "v1.0.0").expect("it is in the log");
    bench.stored().expect("a head")
}

#[test]
fn a_log_that_grew_out_of_the_shipped_head_is_believed_at_first_sight() {
    let world = Mutex::new(World::new());
    let shipped = head_of(&world);
    let same = Bench::ours(&world);
    assert_eq!(ask(&same, &shipped), Ok(()));
    assert_eq!(same.stored(), Some(shipped.clone()));
    world.lock().expect("no panics").log.grow(400);
    let grown = Bench::ours(&world);
    assert_eq!(ask(&grown, &shipped), Ok(()));
    assert!(grown.stored().is_some_and(|it| it != shipped));
    // A cache in front of the log answers with a head that is older than ours.
    let later = head_of(&world);
    world.lock().expect("no panics").log.lookup_head = Some(350);
    let behind = Bench::ours(&world);
    assert_eq!(ask(&behind, &later), Ok(()));
    assert_eq!(behind.stored(), Some(later));
}

#[test]
fn another_history_is_refused_at_first_sight() {
    for (size, grow) in [(None, 0), (None, 1), (None, 400), (Some(250), 1), (Some(301), 1)] {
        let world = Mutex::new(World::new());
        let shipped = head_of(&world);
        {
            let mut world = world.lock().expect("no panics");
            world.log.fork(10);
            world.log.grow(grow);
            world.log.lookup_head = size;
        }
        let unwarned = Bench::ours(&world);
        assert_eq!(
            unwarned.client().lookup("filler.example/m1", "v1.0.0").map(drop),
            Ok(()),
            "{size:?} {grow}"
        );
        let bench = Bench::ours(&world);
        let error = ask(&bench, &shipped).expect_err("the log has forked");
        assert!(
            matches!(error, SumdbError::Fork { .. } | SumdbError::Proof { .. }),
            "{size:?} {grow}: {error}"
        );
        assert_eq!(Failure::from(error).exit, Exit::Refused);
        assert_eq!(bench.stored(), None, "{size:?} {grow}: a fork is not kept");
    }
}

#[test]
fn a_head_that_our_key_did_not_sign_is_none() {
    let world = Mutex::new(World::new());
    assert_eq!(ask(&Bench::ours(&world), keys::SUMDB_HEAD), Ok(()));
    assert_eq!(ask(&Bench::ours(&world), ""), Ok(()));
}
