//! Reports of a machine in memory, unpacked again: what is in them, what is not, and what becomes of one that cannot be written.

use std::io::{ErrorKind, Read as _};

use proptest::prelude::*;

use super::super::Options;
use super::super::stand::{Person, in_session};
use super::*;
use crate::apply::stand::Stand;
use crate::system::fake::Machine;

const FILE: &str = "/home/alice/app/out.tar.gz";
const LOGS: &str = "/home/alice/.cache/fyne-setup/logs";
const PICTURE: &str = "/home/alice/.cache/fyne-setup/proofs/proof.png";
const JOURNAL: &str = "/home/alice/.local/share/fyne-setup/journal.jsonl";

/// The command on a machine of alice's, and the machine afterwards.
fn on(stand: &Stand, wishes: &Wishes, dry_run: bool) -> (Result<Report, Failure>, Vec<String>) {
    let listener = Person { agrees: true, ..Person::default() };
    let options = Options { dry_run, ..Options::default() };
    let report = in_session(stand, options, &listener, |session| report(session, wishes));
    (
        report,
        listener.said.lock().expect("no test panics in it").iter().map(|it| it.key.to_string()).collect(),
    )
}

/// A machine with something for every part; `secret` makes the secret of a place.
fn alice(secret: &dyn Fn(u32) -> String) -> Stand {
    let s = secret;
    let mut machine = Machine::linux()
        .var("HOME", "/home/alice")
        .var("USER", "alice")
        .var("GITHUB_TOKEN", &s(0))
        .var("HTTP_PROXY", &format!("http://bob:{}@cache.corp.test:3128", s(1)))
        .var("GOFLAGS", &format!("-ldflags=-X=main.token={}", s(2)))
        .var("CC", &format!("gcc --token {}", s(3)))
        .var("GOPROXY", &format!("https://bob:{}@athens.corp.test/go,direct", s(4)))
        .var("MY_NOTE", &s(5))
        .file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1000:Alice Liddell:/home/alice:/bin/bash\n")
        .file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nNAME=Debian\n")
        .file("/proc/sys/kernel/hostname", "wonderland\n")
        .file("/home/alice/.profile", format!(
            "# alice.liddell@corp.test, password {}\nexport API_TOKEN='{}'\nexport https_proxy=bob:{}@127.0.0.1:9\n\
             export CGO_CFLAGS=-DSECRET={}\nexport PATH=/home/alice/bin:$PATH\n", s(6), s(7), s(8), s(9)))
        .file("/home/alice/.config/go/env", format!(
            "GONOSUMDB=https://bob:{}@host.test\npassword = {}\n", s(10), s(11)))
        .file(&format!("{LOGS}/20260101T000000Z-1-1.log"), format!(
            "fyne-setup 0.1.0 on linux x86_64\n$ fyne-setup install\n\
             1 ms DEBUG programs ran /usr/bin/curl --token {} -u bob:{}\n\
             2 ms INFO  net      GET https://bob:{}@host.test/x?sig={}\n\
             3 ms DEBUG programs Authorization: Bearer {}\n\
             4 ms INFO  run      exit 3: disk.failed: wonderland, alice.liddell@corp.test, /home/alice/x, the password is {}\n",
            s(12), s(13), s(14), s(15), s(16), s(17)))
        .file(&format!("{LOGS}/20260102T000000Z-2-2.log"), "fyne-setup\n$ fyne-setup check\n1 ms INFO run exit 0\n")
        .file(JOURNAL, include_str!("../../../tests/journals/1.jsonl").replace(
            "\"goproxy\":null", &format!("\"goproxy\":\"https://bob:{}@host.test\"", s(18))))
        .file(PICTURE, picture(&s(19)));
    machine.identity.uid = 1000;
    machine.identity.cwd = "/home/alice/app".into();
    for dir in ["/home/alice/app", "/root"] {
        machine.dirs.insert(dir.into(), 0o755);
    }
    for dir in ["/home/alice/.local/share/fyne-setup", "/home/alice/.cache/fyne-setup", LOGS] {
        machine.dirs.insert(dir.into(), 0o700);
    }
    for file in machine.files.iter_mut().filter(|it| it.0.starts_with("/home/alice")) {
        file.1.1 = 0o600;
    }
    Stand::new(machine)
}

/// A picture with a text in its file.
fn picture(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.add_text_chunk("Author".into(), text.into()).expect("a text");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[1, 2, 3, 4, 5, 6]).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

fn file() -> Wishes {
    Wishes { out: Some(FILE.into()), ..Wishes::default() }
}

fn archive(stand: &Stand) -> Vec<u8> {
    stand.living.now_is().files.get(Path::new(FILE)).map(|it| it.0.clone()).expect("it was written")
}

/// The members by their names below the directory.
fn members(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(archive)).entries().expect("a tar") {
        let mut entry = entry.expect("an entry");
        assert_eq!(entry.header().mtime().expect("a time"), 0);
        let path = entry.path().expect("a name").to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        all.push((path.strip_prefix("fyne-setup-report/").expect("one directory").to_owned(), bytes));
    }
    all
}

fn text(all: &[(String, Vec<u8>)], name: &str) -> String {
    let found = all.iter().find(|it| it.0 == name).map(|it| String::from_utf8_lossy(&it.1).into_owned());
    found.unwrap_or_else(|| panic!("{name} is not among {:?}", names(all)))
}

fn names(all: &[(String, Vec<u8>)]) -> Vec<&str> {
    all.iter().map(|it| it.0.as_str()).collect()
}

#[test]
fn every_part_is_in_it_in_one_order_and_twice_is_the_same_file() {
    let stand = alice(&|it| format!("hunter{it:02}x"));
    let (report, _) = on(&stand, &file(), false);
    let report = report.expect("it is written");
    let first = archive(&stand);
    let all = members(&first);
    assert_eq!(
        names(&all),
        [
            "README.txt",
            "check.json",
            "check.txt",
            "plan.json",
            "plan.txt",
            "machine.json",
            "settings.txt",
            "journal.json",
            "journal.txt",
            "logs/20260101T000000Z-1-1.log",
            "logs/20260102T000000Z-2-2.log",
            "last-failure.txt",
            "proof.png"
        ]
    );
    for name in ["check.json", "plan.json", "machine.json", "journal.json"] {
        serde_json::from_str::<serde_json::Value>(&text(&all, name)).expect(name);
    }
    let readme = text(&all, "README.txt");
    assert!(names(&all)[1..].iter().all(|it| readme.contains(it)), "{readme}");
    assert!(text(&all, "settings.txt").contains("CGO_CFLAGS"), "{}", text(&all, "settings.txt"));
    assert!(text(&all, "settings.txt").contains("/home/user/.profile"), "{}", text(&all, "settings.txt"));
    let settings = text(&all, "settings.txt");
    assert!(settings.contains("export CGO_CFLAGS=") && !settings.contains("API_TOKEN"), "{settings}");
    assert!(text(&all, "last-failure.txt").contains("exit 3: disk.failed"));
    assert_eq!(report.more["archive"]["members"].as_array().map(Vec::len), Some(all.len() - 1));
    let shown = report.page.plain();
    assert!(shown.contains(FILE) && shown.contains("Nothing was sent"), "{shown}");
    let mode = stand.living.now_is().files[Path::new(FILE)].1;
    assert_eq!(mode, 0o600, "{mode:o}");

    let again = alice(&|it| format!("hunter{it:02}x"));
    on(&again, &file(), false).0.expect("it is written");
    assert_eq!(archive(&again), first, "the same machine, the same bytes");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_and_no_name_of_any_input_is_in_any_member(word in "[a-zA-Z0-9]{9,20}") {
        let word = format!("q{word}");
        let stand = alice(&|it| format!("z{it:02}{word}"));
        on(&stand, &file(), false).0.expect("it is written");
        for (name, bytes) in members(&archive(&stand)) {
            for gone in [word.as_str(), "alice", "liddell", "Liddell", "wonderland", "corp.test"] {
                let text = String::from_utf8_lossy(&bytes);
                let found = text.lines().find(|it| it.contains(gone));
                prop_assert!(found.is_none() && !name.contains(gone), "{} is left in {}: {:?}", gone, name, found);
            }
        }
    }
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let stand = alice(&|it| it.to_string());
    stand.living.change(|it| it.files.insert(FILE.into(), (b"mine".to_vec(), 0o644)));
    let (report, _) = on(&stand, &file(), false);
    assert_eq!(report.expect_err("it is there").code, Code::ReportThere);
    assert_eq!(archive(&stand), b"mine");
    // Without a name there is always a free one.
    let name = |it: &Report| it.more["archive"]["file"].as_str().map(str::to_owned);
    let made =
        [0, 1].map(|_| name(&on(&stand, &Wishes::default(), false).0.expect("written")).expect("a name"));
    assert_ne!(made[0], made[1]);
    assert!(made.iter().all(|it| stand.living.text(format!("/home/alice/app/{it}")).is_some()), "{made:?}");
    assert!(!made[0].contains("wonderland"));
}

#[test]
fn a_disk_that_fills_up_keeps_no_half_of_a_file() {
    let stand = alice(&|it| it.to_string());
    on(&stand, &file(), false).0.expect("it is written");
    let calls = stand.living.calls();
    for wanted in ["create", "write"] {
        let at = calls.iter().position(|it| *it == format!("{wanted} {FILE}"));
        let stand = alice(&|it| it.to_string());
        stand.living.fail_at(at.expect("it is called"), ErrorKind::StorageFull);
        let (report, _) = on(&stand, &file(), false);
        assert_eq!(report.expect_err("a full disk").code, Code::DiskFull, "{wanted}");
        assert!(!stand.living.now_is().files.contains_key(Path::new(FILE)), "{wanted}");
    }
}

#[test]
fn nothing_is_written_where_it_is_only_listed_or_goes_to_standard_output() {
    for (out, dry) in [(FILE, true), ("-", true), ("-", false)] {
        let stand = alice(&|it| it.to_string());
        let before = stand.living.calls().len();
        let (report, said) = on(&stand, &Wishes { out: Some(out.into()), ..Wishes::default() }, dry);
        let report = report.expect("it is made");
        assert!(report.more["archive"]["file"].is_null(), "{out} {dry}");
        assert_eq!(stand.living.calls().len(), before, "{out} {dry}: {:?}", stand.living.calls());
        assert_eq!(report.bytes.is_some(), !dry, "{out} {dry}");
        if let Some(bytes) = &report.bytes {
            assert!(members(bytes).len() > 9 && said.iter().any(|it| it == "send-look"), "{said:?}");
        }
    }
}

#[test]
fn an_archive_goes_neither_to_a_screen_nor_beside_a_document() {
    let dash = |document| Wishes { out: Some("-".into()), document };
    let stand = alice(&|it| it.to_string());
    assert_eq!(on(&stand, &dash(true), false).0.expect_err("two").code, Code::ReportOutput);
    assert!(on(&stand, &dash(true), true).0.is_ok(), "a list is a document");
    stand.living.change(|it| it.identity.terminal = [true; 3]);
    assert_eq!(on(&stand, &dash(false), false).0.expect_err("a screen").code, Code::ReportOutput);
}

#[test]
fn what_cannot_be_had_is_named_and_the_rest_is_there() {
    let stand = alice(&|it| it.to_string());
    stand.living.change(|it| {
        it.denied.extend([LOGS.into(), JOURNAL.into()]);
        it.files.insert(PICTURE.into(), (b"no picture".to_vec(), 0o600));
    });
    let report = on(&stand, &file(), false).0.expect("it is written all the same");
    let missing: Vec<_> = report.more["archive"]["missing"].as_array().into_iter().flatten().collect();
    let named: Vec<_> = missing.iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(named, ["journal", "logs", "proof.png"], "{missing:?}");
    let all = members(&archive(&stand));
    assert!(["check.json", "plan.json"].iter().all(|it| names(&all).contains(it)));
    assert!(!names(&all).contains(&"proof.png"), "{:?}", names(&all));
    let readme = text(&all, "README.txt");
    assert!(named.iter().all(|it| readme.contains(it)) && readme.contains("permission denied"), "{readme}");
}

#[test]
fn a_log_that_is_a_link_leads_nowhere() {
    let stand = alice(&|it| it.to_string());
    stand.living.change(|it| {
        it.files.insert("/etc/shadow".into(), (b"root:CANARY\n".to_vec(), 0o600));
        it.links.insert(Path::new(LOGS).join("20260103T000000Z-3-3.log"), "/etc/shadow".into());
    });
    on(&stand, &file(), false).0.expect("it is written");
    let all = members(&archive(&stand));
    assert!(all.iter().all(|it| !String::from_utf8_lossy(&it.1).contains("CANARY")), "{:?}", names(&all));
}
