//! No English of ours in Chinese sentences. Every check judges machines on which one thing after another is otherwise
//! (absent, unknown, empty, off), and the recorded ones; what a person would read is searched for runs of English words.
//! What is not ours may be English: commands, names, quoted text, and what the machine itself says.
#![expect(clippy::disallowed_methods, reason = "this test reads the recordings themselves")]

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::fact::Why;
use crate::facts::settings::Origin;
use crate::manifest::Knowledge;
use crate::places::Places;
use crate::probe;
use crate::recording::{Recording, replay::Replay};
use crate::text::{Arg, Text};

/// What begins with one of these is something to type.
const COMMANDS: [&str; 9] =
    ["go", "fyne", "fyne-setup", "unset", "sudo", "apt-get", "apt-mark", "winget", "systemctl"];

/// Names of things that are more than one word.
const NAMES: [&str; 4] =
    ["Windows Subsystem for Linux", "Debian GNU/Linux", "Visual Studio", "Microsoft Store"];

/// Two or more English words in a row that are not a command, a name or a quotation.
pub fn english(said: &str) -> Option<String> {
    let mut plain = NAMES.iter().fold(said.to_owned(), |text, name| text.replace(name, "…"));
    for (open, close) in [('“', '”'), ('`', '`'), ('"', '"')] {
        while let Some(from) = plain.find(open) {
            let Some(to) = plain[from + open.len_utf8()..].find(close) else { break };
            plain.replace_range(from..from + open.len_utf8() + to + close.len_utf8(), "…");
        }
    }
    plain.split(|it: char| !it.is_ascii() || it == ',').find_map(run)
}

/// The first run in what stands between Chinese and commas. What follows a command belongs to it.
fn run(part: &str) -> Option<String> {
    let words = part.split(' ').map(|it| it.trim_matches(|c: char| ".;:()".contains(c)));
    let words: Vec<_> = words.take_while(|it| !COMMANDS.contains(it)).filter(|it| !it.is_empty()).collect();
    let mut runs = words.split(|it| !word(it));
    runs.find(|it| it.len() > 1).map(|it| it.join(" "))
}

/// Not a path, a version, a flag, a variable or a package of several parts.
fn word(text: &str) -> bool {
    text.len() > 1
        && text.bytes().all(|it| it.is_ascii_alphabetic())
        && text.bytes().any(|it| it.is_ascii_lowercase())
}

#[test]
fn english_is_found_between_chinese_and_commands_are_not() {
    for (said, found) in [
        ("无法读取 /etc/x：not looked at", Some("not looked at")),
        ("执行 go env -u GOFLAGS，或删除设置它的那一行", None),
        ("缺少软件包 libxrandr-dev pkg-config，因此 PATH 中没有 gcc", None),
        ("构建会提示 “build constraints exclude all Go files”", None),
        ("a built by hand 版本", Some("built by hand")),
    ] {
        assert_eq!(english(said).as_deref(), found, "{said}");
    }
}

/// The machine, and after it every machine that is otherwise in one place.
fn otherwise(facts: &Facts) -> Vec<Facts> {
    fn places(at: &Value, path: &str, into: &mut Vec<(String, Value)>) {
        let mut put = |value: Value| into.push((path.to_owned(), value));
        match at {
            Value::Bool(it) => put(json!(!it)),
            Value::String(it) if it == "absent" => put(json!({"unknown": "WHY"})),
            Value::String(_) | Value::Null => put(json!("other")),
            Value::Number(_) => put(json!(1)),
            Value::Array(all) => {
                put(json!([]));
                for (index, it) in all.iter().enumerate() {
                    places(it, &format!("{path}/{index}"), into);
                }
            }
            Value::Object(all) => {
                if all.contains_key("here") {
                    put(json!("absent"));
                    put(json!({"unknown": "WHY"}));
                }
                put(Value::Null);
                for (name, it) in all {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    places(it, &format!("{path}/{name}"), into);
                }
            }
        }
    }
    let whole = serde_json::to_value(facts).expect("facts are data");
    let mut changes = Vec::new();
    places(&whole, "", &mut changes);
    let changed = changes.into_iter().filter_map(|(path, value)| {
        let mut facts = whole.clone();
        *facts.pointer_mut(&path)? = value;
        serde_json::from_value(facts).ok()
    });
    std::iter::once(facts.clone()).chain(changed).collect()
}

/// Healthy but for one variable, set to what is wrong for most of them.
fn set() -> Vec<Facts> {
    let names = "CC CGO_CFLAGS CGO_CPPFLAGS CGO_ENABLED CGO_LDFLAGS DEVELOPER_DIR DISPLAY FYNE_PLATFORM FYNE_SCALE GALLIUM_DRIVER GO111MODULE \
        GOARCH GOBIN GOCACHE GOEXPERIMENT GOFLAGS GOINSECURE GOMODCACHE GONOSUMDB GOOS GOPATH GOPRIVATE GOPROXY GOROOT \
        GOSUMDB GOTMPDIR GOTOOLCHAIN GOWORK LD_LIBRARY_PATH LIBGL_ALWAYS_INDIRECT LIBGL_DRIVERS_PATH \
        MACOSX_DEPLOYMENT_TARGET \
        MESA_GL_VERSION_OVERRIDE PKG_CONFIG PKG_CONFIG_LIBDIR SDKROOT SSL_CERT_FILE TMPDIR WAYLAND_DISPLAY http_proxy";
    let values = [
        "off",
        "0",
        "1",
        "400",
        "/nowhere",
        "nothing",
        "-mod=vendor",
        "-tags=ci",
        "-o",
        "go1.99.0",
        "go1.5.0",
        "*",
    ];
    let mut all = Vec::new();
    for name in names.split_whitespace() {
        for value in values {
            for origin in [Origin::Terminal, fixture::profile(), fixture::go_env()] {
                let mut facts = fixture::with_project("2.8.1");
                fixture::set(&mut facts, name, value, origin);
                all.push(facts);
            }
        }
    }
    all
}

/// The machines of `tests/recordings`.
fn recorded() -> Vec<Facts> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let of = |name: &str| {
        let read = |file: &str| {
            let bytes = std::fs::read(dir.join(name).join(file));
            bytes.map_or_else(|it| Fact::Unknown(Why::System(it.to_string())), Fact::Here)
        };
        let replay = Replay::new(Recording::load(read).expect("a recording"));
        let places = Places::linux("/root".as_ref(), |_| None);
        probe::facts(&replay, &places, None, &Knowledge::embedded().packages)
    };
    ["debian-12-bare", "debian-12-healthy"].map(of).into()
}

/// The texts of a report on these facts, each with its key.
fn texts(facts: &Facts) -> Vec<Text> {
    let want = fixture::want();
    let known = &Knowledge::embedded();
    let report = Report::checked(facts, &want, known, judge(facts, &want, known, &[]));
    let checks = report.checks.unwrap_or_default().into_iter();
    let of = checks.flat_map(|it| {
        let verdict = it.finding.verdict;
        let decision = verdict.decision.map(|it| it.text);
        let remedy = it.remedy.map(|it| it.texts).unwrap_or_default();
        [Some(verdict.summary), verdict.cause, decision].into_iter().flatten().chain(remedy)
    });
    of.collect()
}

/// Arguments that carry what the machine says, or lists of names.
const THEIRS: [&str; 8] = ["why", "said", "words", "text", "vendor", "version", "names", "package"];

/// The same with the machine's own words taken out. What is ours comes as a text and stays.
fn ours(mut text: Text) -> Text {
    for (name, value) in &mut text.args {
        match value {
            Arg::Text(inner) => **inner = ours((**inner).clone()),
            Arg::Word(word) if THEIRS.contains(&name.as_ref()) => {
                *word = "…".into();
            }
            _ => {}
        }
    }
    text
}

#[test]
fn no_check_speaks_english_in_a_chinese_sentence() {
    let words = Words::of(Lang::ZhCn);
    let made: [fn() -> Facts; 4] =
        [fixture::healthy, fixture::bare, || fixture::with_project("2.8.1"), broken];
    let machines: Vec<Facts> = made.iter().map(|it| it()).collect();
    let machines = machines.iter().flat_map(otherwise).chain(set()).chain(recorded());
    let (mut keys, mut faults) = (BTreeSet::new(), BTreeSet::new());
    for text in machines.flat_map(|it| texts(&it)) {
        keys.insert(text.key.clone());
        let said = words.say(&ours(text.clone()));
        faults.extend(english(&said).map(|it| format!("{}: {it:?} in {said}", text.key)));
    }
    assert!(keys.len() > 200, "only {} texts were seen", keys.len());
    assert_eq!(faults, BTreeSet::new());
}
