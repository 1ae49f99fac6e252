//! Each way in which the package manager's own files keep it from its work.

use super::super::{Status, fixture};
use super::*;
use crate::facts::aptsources;
use crate::facts::settings::FileSeen;
use crate::facts::supply::Orphan;
use crate::shell::{Dialect, Piece, Step, parse};

/// A machine whose apt reads these files.
fn with(files: &[(&str, &str)], change: impl Fn(&mut Supply)) -> Facts {
    let mut facts = fixture::healthy();
    let mut supply =
        Supply { releases: vec!["12.5".into(), "bookworm".into(), "stable".into()], ..Supply::default() };
    for (path, text) in files {
        let path = PathBuf::from(path);
        let dialect =
            if path.to_string_lossy().contains("sources") { Dialect::AptSources } else { Dialect::AptConf };
        if dialect == Dialect::AptSources {
            supply.sources.extend(aptsources::parse(&path, text));
        }
        for step in parse(text, dialect) {
            let Step::Set { name: key, value, line, .. } = step else { continue };
            let value =
                value.iter().map(|it| if let Piece::Text(it) = it { it.as_str() } else { "" }).collect();
            let kind = if key.contains("Release") { SettingKind::Release } else { SettingKind::Hook };
            supply.settings.push(OwnSetting { file: path.clone(), line, key, value, kind });
        }
        let bytes = text.as_bytes().to_vec();
        let seen = FileSeen { dialect, digest: String::new(), real: path.clone(), writable: true, bytes };
        facts.here.files.insert(path, seen);
    }
    change(&mut supply);
    facts.native.supply = Fact::Here(supply);
    facts
}

/// The status, the file and lines that are to be changed, and whether a person has to decide.
fn judged(files: &[(&str, &str)], change: impl Fn(&mut Supply)) -> (Status, Vec<String>, bool) {
    let facts = with(files, change);
    let verdict = fixture::judged(&CHECK, &facts);
    let line = |need: &Need| match need {
        Need::FileSetting { file, line, .. } => Some(format!("{}:{line}", file.display())),
        _ => None,
    };
    (verdict.status, verdict.needs.iter().filter_map(line).collect(), verdict.decision.is_some())
}

const DEBIAN: (&str, &str) =
    ("/etc/apt/sources.list", "deb http://deb.example/debian bookworm main contrib\n");

fn says(words: &str) -> impl Fn(&mut Supply) {
    let words = words.to_owned();
    move |it| it.refusal = Some(words.clone())
}

#[test]
fn nothing_is_wrong_with_what_can_be_read() {
    assert_eq!(judged(&[DEBIAN], |_| ()).0, Status::Ok);
    assert_eq!(fixture::judged(&CHECK, &fixture::healthy()).status, Status::Skipped);
}

#[test]
fn a_garbled_source_is_commented_out_and_a_garbled_setting_is_a_persons() {
    let list = ("/etc/apt/sources.list.d/x.list", "# c\ndeb [arch=amd64 http://x.example stable\n");
    let words = "Malformed entry 2 in list file /etc/apt/sources.list.d/x.list ([option] not assignment)";
    assert_eq!(judged(&[DEBIAN, list], says(words)), (Status::Fail, vec![format!("{}:2", list.0)], false));
    let words = "Type 'debb' is not known on line 1 in source list /etc/apt/sources.list.d/x.list";
    let list = (list.0, "debb http://x.example x main\n");
    assert_eq!(judged(&[DEBIAN, list], says(words)), (Status::Fail, vec![format!("{}:1", list.0)], false));
    let text = "Types: deb\nURIs: http://a.example\nSuites: a\n\nTypes: debb\nURIs: http://b.example\n";
    let deb822 = ("/etc/apt/sources.list.d/x.sources", text);
    let words = "Type 'debb' is not known on stanza 2 in source list /etc/apt/sources.list.d/x.sources";
    let lines = [5, 6].map(|it| format!("{}:{it}", deb822.0)).to_vec();
    assert_eq!(judged(&[DEBIAN, deb822], says(words)), (Status::Fail, lines, false));
    let conf = ("/etc/apt/apt.conf.d/99x", "Acquire::http::Proxy \"http://x\n");
    let words = "Syntax error /etc/apt/apt.conf.d/99x:2: Extra junk at end of file";
    assert_eq!(judged(&[DEBIAN, conf], says(words)), (Status::Fail, vec![], true));
}

#[test]
fn of_two_sources_at_odds_the_one_goes_that_offers_nothing_of_its_own() {
    let debian = (
        "/etc/apt/sources.list.d/debian.sources",
        "Types: deb\nURIs: http://deb.example/debian\nSuites: bookworm\nComponents: main\nSigned-By: /a.gpg\n",
    );
    let words = "Conflicting values set for option Signed-By regarding source http://deb.example/debian/ bookworm: /a.gpg != /b.gpg";
    let mirror = (
        "/etc/apt/sources.list.d/mirror.list",
        "deb [signed-by=/b.gpg] http://deb.example/debian bookworm main\n",
    );
    let gone = vec![format!("{}:1", mirror.0)];
    assert_eq!(judged(&[debian, mirror], says(words)), (Status::Fail, gone.clone(), false));
    assert_eq!(judged(&[mirror, debian], says(words)), (Status::Fail, gone, false), "whatever their order");
    let more = (mirror.0, "deb [signed-by=/b.gpg] http://deb.example/debian bookworm main contrib\n");
    let all = [1, 2, 3, 4, 5].map(|it| format!("{}:{it}", debian.0)).to_vec();
    assert_eq!(judged(&[debian, more], says(words)), (Status::Fail, all, false), "the smaller one");
    let other = (mirror.0, "deb [signed-by=/b.gpg] http://deb.example/debian bookworm contrib\n");
    assert_eq!(judged(&[debian, other], says(words)), (Status::Fail, vec![], true), "each has something");
    let key = |it: &mut Supply| {
        says(words)(it);
        it.keys_gone = vec!["/a.gpg".into()];
    };
    let all = [1, 2, 3, 4, 5].map(|it| format!("{}:{it}", debian.0)).to_vec();
    assert_eq!(judged(&[debian, mirror], key), (Status::Fail, all, false), "its key is gone");
    let words =
        "Conflicting values set for option Trusted regarding source http://deb.example/debian/ bookworm";
    let trusted =
        ("/etc/apt/sources.list.d/t.list", "deb [trusted=yes] http://deb.example/debian bookworm main\n");
    assert_eq!(judged(&[DEBIAN, trusted], says(words)).1, [format!("{}:1", trusted.0)]);
}

#[test]
fn hooks_releases_and_discs_that_no_longer_exist_are_commented_out() {
    let conf = (
        "/etc/apt/apt.conf.d/99x",
        "APT::Update::Pre-Invoke {\n \"/usr/bin/gone\";\n \"/usr/bin/there\";\n};\n",
    );
    let gone = |it: &mut Supply| it.gone = vec!["/usr/bin/gone".into()];
    assert_eq!(judged(&[DEBIAN, conf], gone), (Status::Fail, vec![format!("{}:2", conf.0)], false));
    for (value, bad) in [
        ("bullseye", true),
        ("testing", true),
        ("stable", false),
        ("12", false),
        ("bookworm", false),
        ("a=bullseye", false),
        ("/^bulls/", false),
    ] {
        let text = format!("APT::Default-Release \"{value}\";\n");
        let lines = if bad { vec![format!("{}:1", conf.0)] } else { vec![] };
        assert_eq!(judged(&[DEBIAN, (conf.0, &text)], |_| ()).1, lines, "{value}");
    }
    let bare = |it: &mut Supply| it.releases = vec!["bookworm".into()];
    let text = "APT::Default-Release \"testing\";\n";
    assert_eq!(judged(&[DEBIAN, (conf.0, text)], bare).0, Status::Ok, "there are no lists yet");
    let disc = "deb cdrom:[Debian 12 _B_ DVD]/ bookworm main\n";
    let both = format!("{disc}{}", DEBIAN.1);
    assert_eq!(judged(&[(DEBIAN.0, &both)], |_| ()), (Status::Fail, vec![format!("{}:1", DEBIAN.0)], false));
    assert_eq!(judged(&[(DEBIAN.0, disc)], |_| ()), (Status::Fail, vec![], true), "there is nothing else");
}

#[test]
fn what_belongs_to_nobody_is_the_managers_own_business() {
    let orphan = Orphan { file: "/var/lib/record".into(), line: 3, owner: "ssl".into(), path: "/x".into() };
    let facts = with(&[DEBIAN], |it| it.orphans = vec![orphan.clone(), orphan.clone()]);
    let verdict = fixture::judged(&CHECK, &facts);
    assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::PackagesConfigured]));
    assert_eq!(verdict.place.line, Some(3));
}

#[test]
fn a_key_that_is_gone_is_said_and_no_fault() {
    let list = ("/etc/apt/sources.list.d/x.list", "deb [signed-by=/k.gpg] http://x.example x main\n");
    assert_eq!(judged(&[DEBIAN, list], |it| it.keys_gone = vec!["/k.gpg".into()]).0, Status::Info);
}
