//! `verify FILE…` with lists, minisign and OpenPGP: what is proven, what is open, and that no bit may change.

use std::fs;

use fyne_setup::digest::Digest;
use serde_json::Value;

use crate::minisign::Signer;
use crate::program::Program;
use crate::schema::fits;

#[path = "../testlog/program.rs"]
#[allow(dead_code, clippy::pedantic)]
mod programs;

macro_rules! vector {
    ($name:expr) => {
        include_bytes!(concat!("../vectors/", $name)).as_slice()
    };
}

/// A home with files to verify.
struct Bench(Program);

impl Bench {
    fn new() -> Self {
        Self(Program::new())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.home().join(name), bytes).expect("written");
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.home().join(name)).expect("there")
    }

    /// Signs a file of this home as the release script does.
    fn sign(&self, by: &Signer, name: &str) {
        let bytes = self.bytes(name);
        let comment = format!("fyne-setup/1 file:{name} version:1.2.0 sha256:{}", Digest::of(&bytes));
        self.put(&format!("{name}.minisig"), by.sign(&bytes, &comment));
    }

    /// Exit code, and the document.
    fn verify(&self, args: &[&str]) -> (i32, Value) {
        let said = self.0.run(&[&["verify", "--json", "--offline"], args].concat());
        let document = fits(&said.out);
        assert_eq!(document["exit"].as_i64(), Some(said.code.into()));
        (said.code, document)
    }

    /// Exit code, and the state of a layer of the first file.
    fn layer(&self, layer: &str, args: &[&str]) -> (i32, String) {
        let (code, document) = self.verify(args);
        let layers = document["files"][0]["layers"].as_array().cloned().unwrap_or_default();
        let state = layers.iter().find(|it| it["layer"] == layer).map(|it| it["state"].to_string());
        (code, state.unwrap_or_default().replace('"', ""))
    }

    /// Flips single bits of a file; each run must refuse.
    fn refuses_flips(&self, name: &str, from: usize, layer: &str, args: &[&str]) {
        let good = self.bytes(name);
        assert_eq!(self.layer(layer, args), (0, "proven".into()), "{name} as it is");
        let bits = (good.len() - from) * 8;
        for at in (0..16).map(|it| from * 8 + it * bits / 16) {
            let mut bad = good.clone();
            bad[at / 8] ^= 1 << (at % 8);
            self.put(name, &bad);
            assert_eq!(self.layer(layer, args), (4, "bad".into()), "{name}, bit {at}");
        }
        self.put(name, good);
    }
}

const TOOL: &str = "tool-1.2.0.tar.gz";

/// A file, its signature, and a signed list of it.
fn signed() -> (Bench, String) {
    let (bench, signer) = (Bench::new(), Signer::new("stranger"));
    bench.put(TOOL, (0..=255).collect::<Vec<u8>>());
    bench.put(
        "SHA256SUMS",
        format!("{}  {TOOL}\n{}  other\n", Digest::of(&bench.bytes(TOOL)), Digest::of(b"")),
    );
    bench.sign(&signer, TOOL);
    bench.sign(&signer, "SHA256SUMS");
    (bench, signer.public())
}

#[test]
fn a_signed_list_and_a_signature_prove_a_file_and_say_by_whom() {
    let (bench, key) = signed();
    let id = Signer::new("stranger").id();
    let (code, document) = bench.verify(&[TOOL, "--key", &key]);
    assert_eq!(code, 0, "{document}");
    let file = &document["files"][0];
    assert_eq!((&file["state"], &file["file"]), (&"proven".into(), &TOOL.into()));
    assert_eq!(file["sha256"], Digest::of(&bench.bytes(TOOL)).to_string());
    let layers: Vec<_> = file["layers"].as_array().expect("layers").iter().collect();
    let states: Vec<_> = layers.iter().map(|it| (it["layer"].as_str(), it["state"].as_str())).collect();
    let want = [("sha256", "proven"), ("minisign", "proven"), ("openpgp", "absent")];
    assert_eq!(states, want.map(|(layer, state)| (Some(layer), Some(state))));
    assert_eq!((&layers[0]["by"], &layers[1]["by"]), (&Value::from(id.clone()), &Value::from(id)));
    assert!(layers[1]["comment"].as_str().is_some_and(|it| it.contains("version:1.2.0")), "{document}");
    bench.put("key.pub", format!("untrusted comment: a key\n{key}\n"));
    assert_eq!(bench.verify(&[TOOL, "--key", "key.pub"]).0, 0);
    let page = bench.0.run(&["verify", TOOL, "--key", "key.pub", "--lang", "zh-CN"]);
    assert!(page.code == 0 && page.out.contains("已证实"), "{page:?}");
}

#[test]
fn no_bit_of_a_file_of_its_list_or_of_their_signatures_may_change() {
    let (bench, key) = signed();
    let args = [TOOL, "--key", &key];
    let body = "untrusted comment: signature from minisign secret key\n".len();
    bench.refuses_flips("SHA256SUMS", 0, "sha256", &args);
    bench.refuses_flips("SHA256SUMS.minisig", body, "sha256", &args);
    bench.refuses_flips(&format!("{TOOL}.minisig"), body, "minisign", &args);
    bench.refuses_flips(TOOL, 0, "minisign", &args);
    bench.refuses_flips(TOOL, 0, "sha256", &args);
}

#[test]
fn a_list_that_nobody_signed_speaks_only_against_a_file() {
    let (bench, key) = signed();
    fs::remove_file(bench.0.home().join("SHA256SUMS.minisig")).expect("there");
    fs::remove_file(bench.0.home().join(format!("{TOOL}.minisig"))).expect("there");
    let open = (1, "not-judged".to_owned());
    assert_eq!(bench.layer("sha256", &[TOOL, "--key", &key]), open);
    bench.put("list", bench.bytes("SHA256SUMS"));
    assert_eq!(bench.layer("sha256", &[TOOL, "--list", "list", "--key", &key]), open);
    bench.put("list", format!("{}  {TOOL}\n", Digest::of(b"other")));
    assert_eq!(bench.layer("sha256", &[TOOL, "--list", "list"]), (4, "bad".into()));
    bench.put("list", format!("{}  elsewhere\n", Digest::of(b"other")));
    assert_eq!(bench.layer("sha256", &[TOOL, "--list", "list"]), (1, "absent".into()));
    bench.put("list", "<html>please log in</html>\n");
    assert_eq!(bench.layer("sha256", &[TOOL, "--list", "list"]), open);
}

#[test]
fn a_list_that_was_named_and_does_not_have_the_file_answers_no_though_a_signature_vouches() {
    let (bench, key) = signed();
    let state = |args: &[&str]| {
        let (code, document) = bench.verify(&[&[TOOL, "--key", &key][..], args].concat());
        (code, document["files"][0]["state"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(state(&[]), (0, "proven".into()));
    bench.put("list", format!("{}  elsewhere\n", Digest::of(b"other")));
    assert_eq!(state(&["--list", "list"]), (1, "not-proven".into()));
    bench.put("list", "root:x:0:0:root:/root:/bin/bash\n");
    assert_eq!(state(&["--list", "list"]), (1, "not-proven".into()), "no list at all");
    let page = bench.0.run(&["verify", TOOL, "--key", &key, "--list", "list", "--lang", "en"]);
    assert!(page.code == 1 && page.out.contains("--list") && !page.out.contains("nobody known"), "{page:?}");
    let page = bench.0.run(&["verify", TOOL, "--key", &key, "--lang", "zh-CN"]);
    assert!(page.out.contains("为此文件担保"), "one file is one: {page:?}");
}

#[test]
fn a_signature_for_another_file_or_by_another_key_is_refused() {
    let (bench, key) = signed();
    bench.put("old.tar.gz", bench.bytes(TOOL));
    bench.put("old.tar.gz.minisig", bench.bytes(&format!("{TOOL}.minisig")));
    assert_eq!(bench.layer("minisign", &["old.tar.gz", "--key", &key]), (4, "bad".into()));
    let other = Signer::new("release").public();
    assert_eq!(bench.layer("minisign", &[TOOL, "--key", &other]), (4, "bad".into()));
    // Without a key nobody can tell.
    assert_eq!(bench.layer("minisign", &[TOOL]).1, "not-judged");
}

#[test]
fn every_outcome_ends_with_a_sentence() {
    let (bench, key) = signed();
    bench.put("plain", "x");
    bench.put("bad", "x");
    bench.put("bad.minisig", bench.bytes("SHA256SUMS.minisig"));
    for (args, code, end) in [
        (&[TOOL, "--key", &key][..], 0, "Proven: whoever is named above vouches for this file."),
        (
            &[TOOL, "SHA256SUMS", "--key", &key],
            0,
            "Proven: whoever is named above vouches for all 2 of them.",
        ),
        (&["plain"], 1, "Not proven: 1 of 1. "),
        (&[TOOL], 1, "name the key of its publisher with --key."),
        (&["plain", TOOL, "--key", &key], 1, "Not proven: 1 of 2. "),
    ] {
        let said = bench.0.run(&[&["verify", "--offline"], args].concat());
        let last = said.out.trim_end().rsplit("\n\n").next().unwrap_or_default().replace('\n', " ");
        assert!(said.code == code && last.contains(end), "{args:?} {said:?}");
    }
    let said = bench.0.run(&["verify", "--offline", "bad", "--key", &key]);
    assert!(said.code == 4 && said.err.contains("Do not run it."), "{said:?}");
}

#[test]
fn a_signature_file_that_was_cut_off_is_called_that() {
    let (bench, key) = signed();
    let (name, whole) = (format!("{TOOL}.minisig"), bench.bytes(&format!("{TOOL}.minisig")));
    for length in [0, 30, whole.len() / 2, whole.len() - 20] {
        bench.put(&name, &whole[..length]);
        for (args, code) in [(&[TOOL, "--key", &key][..], 4), (&[TOOL], 1)] {
            let said = bench.0.run(&[&["verify", "--offline"], args].concat());
            assert_eq!(said.code, code, "{length}: {said:?}");
            let page = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains("the signature file is cut short: download it again"), "{length}: {page}");
        }
    }
}

#[test]
fn a_cli_that_was_built_here_is_known_by_the_journal() {
    let (bench, program) = (Bench::new(), programs::of_go("path\tfyne.io/tools/cmd/fyne\n"));
    let data = bench.0.home().join(".local/share/fyne-setup");
    fs::create_dir_all(&data).expect("made");
    let (at, wrote) = (bench.0.home().join("fyne"), Digest::of(&program));
    let line = r#"{"schema":1,"run":"7-1","time":86400,"event":"#;
    let action = r#"{"kind":"install-cli","module":"fyne.io/tools/cmd/fyne@v1.7.4","bin":"/b","cgo":true}"#;
    let undo = format!(r#"[{{"undo":"remove-file","path":"{}","wrote":"{wrote}"}}]"#, at.display());
    let text = [
        format!("{line}\"begin\",\"program\":\"0.1.0\",\"command\":\"install\"}}"),
        format!("{line}\"intent\",\"step\":1,\"action\":{action},\"because\":[],\"undo\":{undo}}}"),
        format!("{line}\"done\",\"step\":1}}"),
        format!("{line}\"end\",\"exit\":0}}\n"),
    ];
    fs::write(data.join("journal.jsonl"), text.join("\n")).expect("written");
    bench.put("fyne", &program);
    bench.put("copied", &program);
    for name in ["fyne", "copied"] {
        assert_eq!(
            bench.layer("journal", &[name]),
            (1, "as-recorded".into()),
            "{name}: a user's file proves nothing"
        );
    }
    let page = bench.0.run(&["verify", "--offline", "fyne"]).out.replace("\n ", " ");
    assert!(page.contains("run 7-1 of fyne-setup built it here on 1970-01-02"), "{page}");
    let mut changed = program.clone();
    changed.push(0);
    bench.put("fyne", &changed);
    bench.put("copied", &changed);
    let replaced = bench.layer("journal", &["fyne"]);
    assert_eq!(replaced, (1, "not-judged".into()), "it may be a build of the user's own");
    assert_eq!(bench.layer("journal", &["copied"]), (1, String::new()), "nobody put that there");
}

#[test]
fn what_minisign_itself_signed_is_believed_in_both_forms() {
    let bench = Bench::new();
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/testlog/keys/manifest.pub");
    bench.put("hello", "hello\n");
    for signature in [vector!("minisign/hello.minisig"), vector!("minisign/hello-legacy.minisig")] {
        bench.put("hello.minisig", signature);
        assert_eq!(bench.layer("minisign", &["hello", "--key", key]), (0, "proven".into()));
    }
}

#[test]
fn what_gpg_signed_is_believed_and_what_it_may_not_sign_is_refused() {
    let bench = Bench::new();
    bench.put("hello", vector!("openpgp/hello"));
    bench.put("rsa.key", vector!("openpgp/rsa.key"));
    let args = ["hello", "--openpgp-key", "rsa.key"];
    assert_eq!(bench.layer("openpgp", &args), (1, "absent".into()));
    bench.put("hello.asc", vector!("openpgp/rsa.asc"));
    assert_eq!(bench.layer("openpgp", &["hello"]), (1, "not-judged".into()), "no key");
    bench.refuses_flips("hello", 0, "openpgp", &args);
    fs::remove_file(bench.0.home().join("hello.asc")).expect("there");
    bench.put("hello.sig", vector!("openpgp/rsa.sig"));
    bench.refuses_flips("hello.sig", 0, "openpgp", &args);
    bench.put("hello.asc", vector!("openpgp/rsa.asc"));
    bench.put("hello.sig", vector!("openpgp/rsa-sha1.asc"));
    assert_eq!(bench.layer("openpgp", &args), (4, "bad".into()), "one that is good does not hide it");
    fs::remove_file(bench.0.home().join("hello.sig")).expect("there");
    for (signature, key) in [
        (vector!("openpgp/expired.asc"), vector!("openpgp/expired.key")),
        (vector!("openpgp/revoked.asc"), vector!("openpgp/revoked.key")),
        (vector!("openpgp/sha1-subkey.asc"), vector!("openpgp/sha1-subkey.key")),
        (vector!("openpgp/usage-subkey.asc"), vector!("openpgp/usage-subkey.key")),
    ] {
        bench.put("hello.asc", signature);
        bench.put("their.key", key);
        assert_eq!(bench.layer("openpgp", &["hello", "--openpgp-key", "their.key"]), (4, "bad".into()));
    }
    bench.put("hello.asc", vector!("openpgp/ed.asc"));
    assert_eq!(bench.layer("openpgp", &args), (1, "not-judged".into()), "an unknown key");
}

#[test]
fn signatures_of_other_systems_are_seen_and_not_judged() {
    let bench = Bench::new();
    for (layer, signed, open) in [
        ("apple", programs::of_apple(true), programs::of_apple(false)),
        ("authenticode", programs::of_windows(true), programs::of_windows(false)),
    ] {
        bench.put("program", signed);
        assert_eq!(bench.layer(layer, &["program"]), (1, "not-judged".into()));
        bench.put("program", open);
        assert_eq!(bench.layer(layer, &["program"]), (1, "absent".into()));
        assert_eq!(bench.layer("go-modules", &["program"]).1, "absent");
    }
    bench.put("program", "#!/bin/sh\n");
    for layer in ["apple", "authenticode", "go-modules"] {
        assert_eq!(bench.layer(layer, &["program"]), (1, String::new()));
    }
}

#[test]
fn the_worst_of_all_files_decides() {
    let (bench, key) = signed();
    bench.put("plain", "x");
    bench.put("bad", "x");
    bench.put("bad.minisig", bench.bytes("SHA256SUMS.minisig"));
    for (files, code) in [
        (&[TOOL, "SHA256SUMS"][..], 0),
        (&[TOOL, "plain"], 1),
        (&["plain", "bad", TOOL], 4),
        (&["bad", "bad"], 4),
    ] {
        let (said, document) = bench.verify(&[files, &["--key", &key]].concat());
        assert_eq!(said, code, "{document}");
        assert_eq!(document["files"].as_array().map(Vec::len), Some(files.len()));
        assert_eq!(document["error"]["code"] == "verify.bad", code == 4, "{document}");
    }
}

#[test]
fn what_cannot_be_read_is_a_usage_error() {
    let (bench, _) = signed();
    bench.put("no.key", "hello\n");
    for (args, error) in [
        (&["nowhere"][..], "verify.unread"),
        (&["."], "verify.unread"),
        (&[TOOL, "--list", "nowhere"], "verify.unread"),
        (&[TOOL, "--key", "nowhere"], "verify.key"),
        (&[TOOL, "--key", "no.key"], "verify.key"),
        (&[TOOL, "--openpgp-key", "nowhere"], "verify.unread"),
        (&[TOOL, "--openpgp-key", "no.key"], "verify.key"),
        (&["--go", "nowhere"], "verify.unread"),
        (&["--go", "no.key"], "verify.unread"),
        (&[], "usage.missing"),
    ] {
        let (code, document) = bench.verify(args);
        assert_eq!((code, &document["error"]["code"]), (2, &error.into()), "{args:?}");
    }
}
