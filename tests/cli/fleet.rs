//! Reports of many hosts, and the reports that `check` writes beside its own: pages, JUnit, Markdown, annotations.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Program, Said};
use crate::schema;

/// A recorded machine: the same on every host that tests.
fn recording(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recordings").join(name);
    path.display().to_string()
}

fn checked(name: &str, more: &[&str]) -> Said {
    let at = recording(name);
    let args: Vec<&str> = [&["check", "--json", "--replay", &at][..], more].concat();
    Program::new().run(&args)
}

/// Files of reports, and a home.
fn reports(files: &[(&str, String)]) -> (Program, PathBuf) {
    let program = Program::new();
    let dir = program.home().join("reports");
    fs::create_dir_all(&dir).expect("made");
    for (name, text) in files {
        fs::write(dir.join(name), text).expect("written");
    }
    (program, dir)
}

#[test]
fn a_directory_of_reports_becomes_one_table() {
    let (bare, healthy) = (checked("debian-12-bare", &[]), checked("debian-12-healthy", &[]));
    assert_eq!((bare.code, healthy.code), (1, 0));
    let broken = bare.out[..bare.out.len() / 2].to_owned();
    let rows: &[(&[(&str, String)], i32)] = &[
        (&[("a.json", healthy.out.clone()), ("b.json", healthy.out.clone())], 0),
        (&[("a.json", healthy.out.clone()), ("b.json", bare.out.clone()), ("notes.txt", "x".into())], 1),
        (&[("a.json", healthy.out.clone()), ("b.json", bare.out.clone()), ("c.json", broken)], 3),
        (&[("notes.txt", "x".into())], 2),
    ];
    for (files, code) in rows {
        let (program, dir) = reports(files);
        let names: Vec<_> = files.iter().map(|it| it.0).collect();
        let dir = dir.display().to_string();
        let text = program.run(&["fleet", "report", &dir]);
        assert_eq!(text.code, *code, "{names:?} {text:?}");
        let said = program.run(&["fleet", "report", "--json", "--html", "page.html", &dir]);
        assert_eq!(said.code, *code, "{names:?} {said:?}");
        let document = schema::fits(&said.out);
        if *code == 2 {
            assert_eq!(document["error"]["code"], "fleet.none");
            continue;
        }
        let page = fs::read_to_string(program.home().join("page.html")).expect("the page");
        assert!(page.contains("<h1>") && page.ends_with("</html>\n") && !page.contains("http://"), "{page}");
        let hosts = document["fleet"]["hosts"].as_array().map_or(0, Vec::len);
        assert_eq!(hosts, 2, "what could not be read hides no other");
        if *code > 0 {
            assert!(text.out.contains("(go.present)") && text.out.contains("  ✗ b"), "{}", text.out);
            // Said once for the host, not for each of its checks.
            assert_eq!(text.out.matches("fyne-setup install\n").count(), 1, "{}", text.out);
            assert!(!text.out.contains("fyne-setup repair"), "{}", text.out);
            let next = serde_json::json!([{ "line": "fyne-setup install", "hosts": ["b"] }]);
            assert_eq!(document["fleet"]["next"], next);
        }
        let unread = document["fleet"]["unread"].as_array().map_or(0, Vec::len);
        assert_eq!(unread, usize::from(*code == 3));
        if *code == 3 {
            assert!(text.err.contains("c.json:") && text.err.contains("cut short"), "{}", text.err);
            assert_eq!(document["error"]["code"], "fleet.unread");
        }
    }
}

#[test]
fn a_long_name_of_a_host_stands_apart_from_its_checks() {
    let long = "lab-machine-in-room-3.14-of-the-north-wing";
    let (program, dir) = reports(&[(&format!("{long}.json"), checked("debian-12-bare", &[]).out)]);
    let said = program.run(&["fleet", "report", &dir.display().to_string()]);
    assert!(said.out.contains(&format!("✗ {long}  ")), "{}", said.out);
}

#[test]
fn what_a_host_writes_into_its_report_is_only_shown() {
    let evil = "<script>alert(1)</script>\u{1b}[2J\u{202e}";
    let mut report: Value = serde_json::from_str(&checked("debian-12-bare", &[]).out).expect("JSON");
    report["host"] = evil.into();
    for check in report["checks"].as_array_mut().into_iter().flatten() {
        for field in ["id", "title", "summary"] {
            check[field] = evil.into();
        }
        check["remedy"] =
            serde_json::json!({"text": evil, "command": evil, "auto": false, "needs_root": false});
    }
    report["installed"]["go"] = evil.into();
    let (program, dir) = reports(&[("x.json", report.to_string())]);
    let dir = dir.display().to_string();
    let text = program.run(&["fleet", "report", "-v", "--color", "always", &dir]);
    assert!(!text.out.contains("\u{1b}[2J") && !text.out.contains('\u{202e}'), "{}", text.out);
    let json = program.run(&["fleet", "report", "--json", "--html", "page.html", &dir]);
    assert!(!json.out.contains('\u{1b}') && !json.out.contains('\u{202e}'));
    let page = fs::read_to_string(program.home().join("page.html")).expect("the page");
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
}

#[test]
fn check_writes_what_ci_servers_and_browsers_read() {
    for name in ["debian-12-bare", "debian-12-healthy"] {
        for lang in ["en", "zh-CN"] {
            let (program, at) = (Program::new(), recording(name));
            let files = ["--html", "a.html", "--junit", "a.xml", "--markdown", "a.md", "--lang", lang];
            let said = program.run(&[&["check", "--replay", &at][..], &files].concat());
            let read = |file: &str| fs::read_to_string(program.home().join(file)).expect("written");
            let (html, xml, markdown) = (read("a.html"), read("a.xml"), read("a.md"));
            assert!(!html.contains("\\u{a}"), "lines stand below each other");
            let bad = xml.matches("<failure").count();
            assert_eq!(bad > 0, said.code == 1, "{xml}");
            assert!(xml.contains(&format!("failures=\"{bad}\"")));
            assert_eq!(html.matches("<article").count(), bad + xml.matches("<error").count());
            assert_eq!(markdown.matches("\n### ").count(), bad + xml.matches("<error").count());
            assert!(html.contains(&format!("<html lang=\"{lang}\">")));
            let next = said.out.lines().last().unwrap_or_default().trim();
            let planned = html.split_once("id=\"plan\"").map(|it| it.1);
            assert_eq!(planned.is_some(), name == "debian-12-bare");
            assert!(
                planned.is_none_or(|it| it.contains(next)),
                "the page says another command than `{next}`"
            );
            for element in ["section", "article", "table", "dl", "ol", "pre", "dd"] {
                let (open, close) = (format!("<{element}"), format!("</{element}>"));
                let opened =
                    html.matches(&format!("{open}>")).count() + html.matches(&format!("{open} ")).count();
                assert_eq!(opened, html.matches(&close).count(), "{element}");
            }
        }
    }
}

#[test]
fn a_directory_that_is_not_there_is_a_mistake_of_the_command_line() {
    let said = Program::new().run(&["fleet", "report", "nowhere", "--json"]);
    assert_eq!((said.code, &schema::fits(&said.out)["error"]["code"]), (2, &"fleet.none".into()), "{said:?}");
}

#[test]
fn a_report_is_written_into_no_directory() {
    let at = recording("debian-12-healthy");
    let program = Program::new();
    fs::create_dir(program.home().join("dir")).expect("made");
    let said = program.run(&["check", "--json", "--replay", &at, "--html", "dir"]);
    assert_eq!(said.code, 2);
    assert_eq!(schema::fits(&said.out)["error"]["code"], "report.write");
}

#[test]
fn github_is_told_what_is_wrong_and_nobody_else() {
    let at = recording("debian-12-bare");
    let said = Program::new().env("GITHUB_ACTIONS", "true").run(&["check", "--json", "--replay", &at]);
    let lines: Vec<_> = said.err.lines().filter(|it| it.starts_with("::")).collect();
    assert!(lines.iter().any(|it| it.starts_with("::error title=")), "{}", said.err);
    let document = schema::fits(&said.out);
    let count = |status: &str| {
        document["checks"].as_array().into_iter().flatten().filter(|it| it["status"] == status).count()
    };
    let errors = lines.iter().filter(|it| it.starts_with("::error")).count();
    assert_eq!(errors, count("fail"));
    assert!(!Program::new().run(&["check", "--replay", &at]).err.contains("::"));
}

#[test]
fn what_goes_on_is_written_as_lines_of_json() {
    let program = Program::new().env("FYNE_SETUP_LOG_JSON", "events.jsonl");
    let secret = "https://ann:hunter2@proxy.example";
    for _ in 0..2 {
        let said = program.run(&["install", "--dry-run", "--offline", "--goproxy", secret]);
        assert!(said.code <= 3, "{said:?}");
        let text = fs::read_to_string(program.home().join("events.jsonl")).expect("written");
        assert!(!text.contains("hunter2"), "{text}");
        let events: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
        assert!(events.len() >= 2);
        for event in &events {
            schema::event(event);
        }
        assert_eq!(
            (&events[0]["event"], &events[events.len() - 1]["event"]),
            (&"begin".into(), &"end".into())
        );
        assert_eq!(events[events.len() - 1]["exit"], said.code);
    }
    let said = Program::new().run(&["check", "--json", "--log-json", "/dev/null"]);
    assert_eq!(said.code, 2);
    assert_eq!(schema::fits(&said.out)["error"]["code"], "log.json");
}

/// Before the work: nobody waits for a report that is then lost.
#[test]
fn a_file_in_no_directory_is_told_before_the_work_with_the_line_that_makes_it() {
    let at = recording("debian-12-healthy");
    let rows: [&[&str]; 7] = [
        &["check", "--replay", &at, "--html", "gone/x"],
        &["check", "--replay", &at, "--junit", "gone/x"],
        &["check", "--replay", &at, "--markdown", "gone/x"],
        &["check", "--replay", &at, "--log-json", "gone/x"],
        &["fleet", "report", "-", "--html", "gone/x"],
        &["report", "--out", "gone/x"],
        &["report", "--out", "gone/x", "--dry-run"],
    ];
    for row in rows {
        let program = Program::new();
        let said = program.run(row);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{row:?}: {said:?}");
        for part in ["gone/x cannot be written", "the directory gone does not exist", "mkdir -p gone"] {
            assert!(said.err.contains(part), "{row:?}: {said:?}");
        }
        assert_eq!(fs::read_dir(program.home()).expect("there").count(), 0, "{row:?}: nothing was done");
    }
}

#[test]
fn a_dash_is_standard_output_for_every_report() {
    let at = recording("debian-12-bare");
    let (program, dir) = reports(&[("a.json", checked("debian-12-bare", &[]).out)]);
    let dir = dir.display().to_string();
    let check = ["check", "--replay", &at];
    for (args, front) in [
        ([&check[..], &["--html", "-"]].concat(), "<!DOCTYPE html>"),
        ([&check[..], &["--junit", "-"]].concat(), "<?xml"),
        ([&check[..], &["--markdown", "-", "--html", "a.html"]].concat(), "#"),
        (vec!["fleet", "report", &dir, "--html", "-"], "<!DOCTYPE html>"),
    ] {
        let said = program.run(&args);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.out.to_lowercase().starts_with(&front.to_lowercase()), "{args:?}: {}", said.out);
        assert!(!said.out.contains("fyne-setup repair --") && !program.home().join("-").exists(), "{args:?}");
    }
    let said = program.run(&[&check[..], &["--log-json", "-"]].concat());
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!program.home().join("-").exists() && said.out.lines().count() > 1, "{said:?}");
    said.out.lines().for_each(|it| schema::event(&serde_json::from_str(it).expect("JSON")));
    assert!(said.err.contains("go.present"), "the page is for people: {}", said.err);
}

#[test]
fn two_reports_for_one_place_are_a_mistake_of_the_command_line() {
    let at = recording("debian-12-healthy");
    let rows: [(&[&str], &str); 8] = [
        (&["--html", "-", "--junit", "-"], "--html and --junit both want standard output"),
        (&["--html", "-", "--json"], "--html and --json both want standard output"),
        (&["--log-json", "-", "--json"], "--log-json and --json both want"),
        (&["--log-json", "-", "--markdown", "-"], "--markdown and --log-json both want"),
        (&["--html", "a", "--markdown", "a"], "--html and --markdown both name a"),
        (&["--html", "a", "--log-json", "a"], "--html and --log-json both name a"),
        (&["--html", "-"], ""),
        (&["--html", "a", "--json"], ""),
    ];
    for (more, part) in rows {
        let program = Program::new();
        let said = program.run(&[&["check", "--replay", &at][..], more].concat());
        let text = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, if part.is_empty() { 0 } else { 2 }, "{more:?}: {said:?}");
        assert!(text.contains(part), "{more:?}: {said:?}");
    }
    let rows: [&[&str]; 4] =
        [&["env"], &["schema"], &["provision", "nix", "--to", "-"], &["completions", "zsh"]];
    for row in rows {
        let said = Program::new().run(&[row, &["--log-json", "-"]].concat());
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{row:?}: {said:?}");
    }
}
