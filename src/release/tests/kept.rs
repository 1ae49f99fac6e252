//! What is stored is believed no more than what is fetched.

use std::path::Path;

use super::*;
use crate::release::store::{Kept, SignedText, load};
use crate::system::fake::Machine;

const DIR: &str = "/root/.local/share/fyne-setup/manifest";

fn json(text: &str, signatures: &[String]) -> String {
    let file = SignedText { text: text.to_owned(), signatures: signatures.to_vec() };
    serde_json::to_string(&file).expect("JSON")
}

/// A machine on which this manifest, these keys and this memory are stored.
fn machine(offer: &Offer, by: &[&str], seen: &str) -> Machine {
    let (text, signatures) = keys(3, "2028-01-01T00:00:00Z", by);
    let manifest = json(&offer.text, std::slice::from_ref(&offer.signature));
    Machine::linux()
        .file(&format!("{DIR}/keys.json"), json(&text, &signatures))
        .file(&format!("{DIR}/manifest.json"), manifest)
        .file(&format!("{DIR}/seen.json"), seen)
}

fn loaded(machine: &Machine) -> Kept {
    load(machine, Path::new(DIR), &roots())
}

fn seen(version: u64) -> String {
    format!("{{\"version\":{version},\"keys\":3,\"signed\":\"{ISSUED}\",\"floor\":[\"1.26.12\"]}}")
}

const TWO: [&str; 2] = ["root-1", "root-2"];

#[test]
fn what_was_accepted_is_in_use_again() {
    for version in [16, 17] {
        let kept = loaded(&machine(&offer(17), &TWO, &seen(version)));
        assert_eq!(kept.release.map(|it| it.get().version), Some(17));
        assert_eq!((kept.seen.version, kept.seen.keys, kept.ignored), (17, 3, None));
        let floor: Vec<String> = kept.seen.floor.iter().map(ToString::to_string).collect();
        assert_eq!(floor, ["1.26.12", "1.27.4"], "the highest of each line");
    }
    assert_eq!(loaded(&Machine::linux()), Kept::default());
}

#[test]
fn what_does_not_hold_is_ignored_and_lowers_nothing() {
    let damaged = Offer { text: offer(17).text.replace("1.27.4", "1.27.3"), ..offer(17) };
    let table = [
        ("damaged", machine(&damaged, &TWO, &seen(17)), 17),
        ("an older one was put back", machine(&offer(16), &TWO, &seen(17)), 17),
        ("one root", machine(&offer(17), &["root-1"], &seen(17)), 17),
        ("revoked", machine(&offer_by("manifest-old", 17, ISSUED, EXPIRES), &TWO, &seen(17)), 17),
        ("no JSON", machine(&offer(17), &TWO, &seen(17)).file(&format!("{DIR}/manifest.json"), "{"), 17),
        ("memory is damaged", machine(&offer(16), &TWO, "{\"version\":"), 16),
    ];
    for (what, machine, version) in table {
        let kept = loaded(&machine);
        let in_use = kept.release.map(|it| it.get().version);
        assert_eq!(kept.seen.version, version, "{what}");
        assert!(kept.ignored.is_some(), "{what}");
        assert_eq!(in_use, kept.damaged.then_some(16), "{what}");
    }
}

#[test]
fn a_build_without_roots_believes_nothing_but_keeps_the_floor() {
    let kept = load(&machine(&offer(17), &TWO, &seen(17)), Path::new(DIR), &[]);
    assert_eq!((kept.release, kept.keyring, kept.seen.version), (None, None, 17));
    assert_eq!(kept.seen.floor.len(), 1);
}
