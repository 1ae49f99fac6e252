//! Both formats, with their faults.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::*;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Plain,
    Sized(u32),
    Named { name: String, at: Vec<i8> },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    text: String,
    maybe: Option<bool>,
    numbers: Vec<f64>,
    kinds: Vec<Kind>,
    #[serde(default)]
    map: BTreeMap<String, (u8, String)>,
}

const TOML: &str = r#"
text = "one"
numbers = [1, -2.5]
kinds = ["plain", { sized = 7 }, { named = { name = "n", at = [-1] } }]
[map]
"a b" = [255, "x"]
"#;

#[test]
fn both_formats_give_the_same() {
    let from_toml: All = toml(TOML).expect("reads");
    let text = r#"{"text":"one","maybe":null,"numbers":[1,-2.5],"map":{"a b":[255,"x"]},
        "kinds":["plain",{"sized":7},{"named":{"name":"n","at":[-1]}}]}"#;
    assert_eq!(json::<All>(text).expect("reads"), from_toml);
    assert_eq!(json_value::<All>(serde_json::from_str(text).expect("JSON")).expect("reads"), from_toml);
    assert_eq!(from_toml, ::toml::from_str(TOML).expect("reads"), "as the library reads it");
}

#[test]
fn a_fault_in_toml_has_its_place() {
    for (from, to, at, said) in [
        ("\"one\"", "5", "5", "invalid type: integer `5`, expected a string"),
        ("7", "-7", "-7", "invalid value: integer `-7`, expected u32"),
        ("255", "256", "256", "invalid value: integer `256`, expected u8"),
        ("\"plain\"", "\"plane\"", "\"plane\"", "unknown variant `plane`, expected one of"),
        ("text = \"one\"", "text = 2026-01-01", "2026-01-01", "invalid type: map, expected a string"),
        ("text", "texts", "texts", "unknown field `texts`, expected one of"),
        ("[255, \"x\"]", "[255]", "[255]", "invalid length 1, expected a tuple of size 2"),
        ("[-1]", "[", "[", ""),
    ] {
        let text = TOML.replacen(from, to, 1);
        let fault = toml::<All>(&text).expect_err(to);
        assert!(fault.message().contains(said), "{fault}");
        let span = fault.span().expect("a place");
        assert!(said.is_empty() || text[span.clone()] == *at, "{:?}", &text[span]);
        let theirs = ::toml::from_str::<All>(&text).expect_err(to).span();
        assert!(said.is_empty() || theirs == fault.span(), "{theirs:?}: {fault}");
    }
    let missing = toml::<All>("numbers = []\nkinds = []").expect_err("no text");
    assert_eq!(missing.message(), "missing field `text`");
}

#[test]
fn a_fault_in_json_is_told_apart_from_an_end_that_is_missing() {
    assert!(json::<All>(r#"{"text":"#).expect_err("cut").is_eof());
    let shape = json::<All>(r#"{"text":5}"#).expect_err("a number");
    assert!(!shape.is_eof() && shape.to_string().contains("integer `5`"), "{shape}");
    assert!(json::<u8>("1 2").is_err(), "more than one document");
    assert_eq!(json::<u64>(u64::MAX.to_string()).expect("reads"), u64::MAX);
    assert!(toml::<BTreeMap<String, u64>>("a = 0x1_f").expect("reads").values().eq(&[31]));
    assert!(toml::<BTreeMap<String, i64>>("a = 99999999999999999999").is_err());
}

#[test]
fn dates_and_places_are_those_of_toml() {
    #[derive(Deserialize)]
    struct Dated {
        on: Datetime,
        words: BTreeMap<Spanned<String>, Spanned<i64>>,
    }
    let text = "on = 2026-11-29T01:02:03Z\n[words]\nfirst = 41\n";
    let read: Dated = toml(text).expect("reads");
    assert_eq!(read.on.to_string(), "2026-11-29T01:02:03Z");
    let (key, value) = read.words.first_key_value().expect("one");
    assert_eq!((&text[key.span()], &text[value.span()], *value.get_ref()), ("first", "41", 41));
}

#[test]
fn nothing_that_is_nested_without_end_is_read() {
    assert!(json::<serde::de::IgnoredAny>("[".repeat(100_000)).is_err());
    assert!(toml::<serde::de::IgnoredAny>(&format!("a = {}", "[".repeat(100_000))).is_err());
}
