//! What the engine promises, on rules of its own: what a log looks like does not matter, roots come first, and no log makes
//! it keep more than a few lines.

use super::*;

const RULES: &str = r#"
schema = 1
[word]
thing = '(?P<thing>[a-z]+)'
[[context]]
name = "typed"
has = ["$ "]
line = '^\$ (?P<command>.+)$'
[[context]]
name = "sea"
has = ["ship"]
line = 'ship'
[[cause]]
id = "root"
checks = []
first = true
[[cause]]
id = "leak"
checks = ["system.disk"]
turns = [{ in = "sea", into = "sinking" }]
[[cause]]
id = "sinking"
checks = []
[[cause]]
id = "follows"
checks = []
after = ["leak", "gone"]
[[cause]]
id = "gone"
names = "thing"
checks = []
alias = { bolt = "nut" }
[[cause]]
id = "maybe"
checks = []
weak = true
[[cause]]
id = "own-slip"
checks = []
[[sign]]
cause = "root"
has = ["root"]
line = '^root'
[[sign]]
cause = "leak"
has = ["leak"]
line = 'leak at (?P<place>\w+)'
unless = 'no leak'
[[sign]]
cause = "follows"
has = ["wet"]
line = 'wet'
also = 'really'
[[sign]]
cause = "gone"
has = ["gone"]
line = '<thing> is gone'
[[sign]]
cause = "maybe"
has = ["maybe"]
line = 'maybe'
[[sign]]
cause = "own-slip"
has = ["slip", "gone"]
line = '(?:slip|gone)'
"#;

fn read(log: &str) -> Diagnosis {
    diagnose(&Symptoms::read(RULES).expect("the rules read"), log.as_bytes())
}

fn ids(log: &str) -> Vec<String> {
    read(log).causes.into_iter().map(|it| it.id).collect()
}

#[test]
fn the_embedded_rules_read_and_every_pattern_compiles() {
    Symptoms::embedded().compiled().expect("all of them");
}

#[test]
fn causes_are_ordered_from_their_roots() {
    for (log, want) in [
        ("leak at hull\nnut is gone\n", vec!["leak", "gone:nut"]),
        ("really wet\nleak at hull\n", vec!["leak", "follows"]),
        (
            "really wet\nleak at hull\nnut is gone\nscrew is gone",
            vec!["leak", "gone:nut", "gone:screw", "follows"],
        ),
        ("leak at hull\nroot\n", vec!["root", "leak"]),
        ("bolt is gone\nnut is gone\n", vec!["gone:nut"]),
        ("maybe\n", vec!["maybe"]),
        ("maybe\nleak at hull\n", vec!["leak"]),
        ("leak at hull\na ship\n", vec!["sinking"]),
        ("no leak at hull\nwet\n", vec![]),
    ] {
        assert_eq!(ids(log), want, "{log:?}");
    }
}

#[test]
fn a_slip_of_the_program_is_told_apart() {
    let diagnosis = read("a slip\n");
    assert!(diagnosis.causes.is_empty());
    assert_eq!(diagnosis.own.map(|it| it.id).as_deref(), Some("own-slip"));
    assert_eq!(ids("a slip\nleak at hull\n"), ["leak"]);
    assert_eq!(
        read("GONE\n").own.map(|it| it.id),
        None,
        "words are found in any case, patterns as they are written"
    );
}

#[test]
fn evidence_has_its_lines_and_what_they_say() {
    let leak = read("x\nleak at hull\nleak at bow\nleak at a\nleak at b\n").causes.remove(0);
    assert_eq!(leak.evidence.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(leak.said["place"], "hull");
    assert_eq!(leak.checks, ["system.disk"]);
}

#[test]
fn the_last_build_of_a_command_counts() {
    assert_eq!(ids("$ make\nleak at hull\n$ fix\n$ make\nnut is gone\n"), ["gone:nut", "leak"]);
    assert_eq!(ids("$ make\nleak at hull\n$ fix\n$ make\n$ run\n"), Vec::<String>::new(), "it is fixed");
    assert_eq!(ids("$ make\nleak at hull\n$ make\n"), ["leak"], "nobody knows how the second ended");
    assert_eq!(
        ids("$ make\nleak at hull\n$ run\nnut is gone\n"),
        ["leak", "gone:nut"],
        "two commands, one build"
    );
    let again = read("$ make\nleak at hull\n$ make\nleak at hull\n").causes.remove(0);
    assert_eq!(again.id, "leak");
}

#[test]
fn a_log_that_is_cut_or_empty_or_no_text_says_what_is_left_of_it() {
    assert_eq!(ids(""), Vec::<String>::new());
    assert_eq!(ids("t is gone\nleak at hu"), ["gone:t", "leak"]);
    let mut bytes: Vec<u8> = (0..=255).cycle().take(50_000).collect();
    bytes.extend_from_slice(b"\nleak at hull\n\xff\xfe\x00");
    let diagnosis = diagnose(&Symptoms::read(RULES).expect("the rules read"), &bytes);
    assert_eq!(diagnosis.causes[0].id, "leak");
}

#[test]
fn no_log_makes_it_keep_more_than_a_few_lines() {
    let symptoms = Symptoms::read(RULES).expect("the rules read");
    let mut reader = Reader::new(&symptoms);
    for number in 0..5000_u32 {
        let name: String = number.to_string().bytes().map(|it| char::from(it - b'0' + b'a')).collect();
        reader.feed(format!("{name} is gone {}\n", "x".repeat(2000)).as_bytes());
    }
    let diagnosis = reader.finish();
    assert_eq!((diagnosis.causes.len(), diagnosis.lines), (NAMES, 5000));
    let longest = diagnosis.causes.iter().flat_map(|it| &it.evidence).map(|it| it.text.len()).max();
    assert!(longest.is_some_and(|it| it <= KEPT), "{longest:?}");
}

#[test]
fn rules_that_name_what_is_not_there_are_refused() {
    for (from, to) in [
        ("cause = \"root\"", "cause = \"tree\""),
        ("in = \"sea\"", "in = \"air\""),
        ("schema = 1", "schema = 2"),
    ] {
        assert!(Symptoms::read(&RULES.replacen(from, to, 1)).is_err(), "{to}");
    }
    assert!(Symptoms::read("schema = 1").is_err());
}

proptest::proptest! {
    #[test]
    fn no_log_makes_it_panic(log in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        diagnose(&Symptoms::read(RULES).expect("the rules read"), &log);
    }
}
