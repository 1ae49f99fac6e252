//! `accept`: a finding that somebody lives with is listed, fails nothing and is not fixed, until its day is over; and nothing
//! is called ready beside it.

use std::fs;

use serde_json::Value;

use crate::program::Program;
use crate::schema::fits;

/// A home, on a machine whose PATH has no Go: something is always bad there.
fn bare() -> Program {
    Program::new().env("PATH", "/nowhere")
}

fn check(program: &Program) -> Value {
    let said = program.run(&["check", "--json"]);
    let document = fits(&said.out);
    assert_eq!(document["ok"].as_bool(), Some(said.code == 0), "{said:?}");
    document
}

/// What is in the way of 0.
fn bad(document: &Value) -> Vec<String> {
    let all = document["checks"].as_array().expect("checks").iter();
    let bad =
        all.filter(|it| ["fail", "warn", "unknown"].contains(&it["status"].as_str().unwrap_or_default()));
    bad.map(|it| it["id"].as_str().expect("an ID").to_owned()).collect()
}

fn one(document: &Value, id: &str) -> Value {
    let all = document["checks"].as_array().expect("checks");
    all.iter().find(|it| it["id"] == id).expect("the check").clone()
}

#[test]
fn what_is_accepted_is_listed_and_not_fixed_and_only_that() {
    let program = bare();
    let before = check(&program);
    let all = bad(&before);
    // Whatever brings another Go puts it on PATH as well, and says so.
    let fails = |it: &&String| one(&before, it)["status"] == "fail" && *it != "go.path";
    let id = all.iter().find(fails).expect("something fails").clone();
    let said = program.run(&[
        "accept",
        &id,
        "--reason",
        "a <school> & its proxy",
        "--until",
        "2099-12-31",
        "--json",
    ]);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    let document = fits(&said.out);
    assert_eq!(
        (document["changed"].as_bool(), &document["acceptances"][0]["id"]),
        (Some(true), &Value::from(id.as_str()))
    );

    let after = check(&program);
    let it = one(&after, &id);
    assert_eq!((&it["status"], &it["accepted"]["status"]), (&"info".into(), &"fail".into()));
    assert_eq!((&it["accepted"]["until"], &it["remedy"]), (&"2099-12-31".into(), &Value::Null));
    assert!(!bad(&after).contains(&id), "{after}");
    let files = ["--html", "page.html", "--junit", "junit.xml", "--markdown", "page.md"];
    let text = program.run(&[&["check"][..], &files].concat());
    assert!(text.out.contains("a <school> & its proxy") && text.out.contains("1 accepted"), "{}", text.out);
    let read = |name: &str| fs::read_to_string(program.home().join(name)).expect("written");
    let skipped =
        read("junit.xml").lines().find(|it| it.contains(&format!("fyne-setup.{id}\""))).map(str::to_owned);
    let skipped = skipped.expect("a case");
    assert!(
        skipped.contains("<skipped") && skipped.contains("a &lt;school&gt; &amp; its proxy"),
        "{skipped}"
    );
    assert!(read("page.html").contains("a &lt;school&gt; &amp; its proxy"));
    assert!(read("page.md").contains("| accepted | "));
    let noted = Program::new()
        .env("PATH", "/nowhere")
        .env("GITHUB_ACTIONS", "true")
        .env("HOME", &program.home().display().to_string());
    let noted = noted.run(&["check"]);
    assert!(noted.err.contains("::notice ") && noted.err.contains("a <school> & its proxy"), "{}", noted.err);

    let plan = program.run(&["repair", "--dry-run", "--json", "--offline"]);
    let document = fits(&plan.out);
    let steps = document["plan"]["steps"].as_array().cloned().unwrap_or_default();
    let because = |it: &Value| it["because"].as_array().is_some_and(|all| all.iter().any(|it| *it == *id));
    assert!(!steps.iter().any(because), "{id}: {}", plan.out);

    let listed = program.run(&["accept", "--list"]);
    assert!(listed.out.contains(&id) && listed.out.contains("until 2099-12-31"), "{listed:?}");
    let removed = program.run(&["accept", "--remove", &id]);
    assert_eq!((removed.code, bad(&check(&program))), (0, all), "{removed:?}");
}

#[test]
fn a_machine_is_not_called_ready_beside_what_was_accepted() {
    let program = bare();
    let mut count = 0;
    loop {
        let document = check(&program);
        if document["ok"] == true {
            break;
        }
        let all = bad(&document);
        assert!(!all.is_empty() && count < 80, "{document}");
        for id in all {
            assert_eq!(program.run(&["accept", &id, "--reason", "a test"]).code, 0);
            count += 1;
        }
    }
    let text = program.run(&["check"]);
    assert_eq!(text.code, 0, "{text:?}");
    assert!(
        text.out.contains("Accepted and not fixed: ") && !text.out.contains("is ready for Fyne"),
        "{}",
        text.out
    );
    assert!(
        !text.out.contains("ready for Fyne\n") && text.out.contains(&format!("{count} accepted")),
        "{}",
        text.out
    );
    let chinese = program.run(&["check", "--lang", "zh-CN"]);
    assert!(chinese.out.contains("已接受但未修复"), "{}", chinese.out);
    assert!(!chinese.out.contains("\n这台机器已可用于"), "{}", chinese.out);
}

#[test]
fn an_acceptance_ends_and_that_is_said() {
    let program = bare();
    let id = bad(&check(&program)).remove(0);
    let dir = program.home().join(".config/fyne-setup");
    fs::create_dir_all(&dir).expect("made");
    let row = format!("[[accepted]]\nid = \"{id}\"\nreason = \"for a while\"\nuntil = \"2020-01-31\"\n");
    fs::write(dir.join("accepted.toml"), row).expect("written");
    let document = check(&program);
    assert_eq!(one(&document, &id)["acceptance_ended"]["until"], "2020-01-31");
    assert!(bad(&document).contains(&id) && one(&document, &id)["accepted"].is_null());
    let text = program.run(&["check"]);
    assert!(
        text.out.contains("was accepted until 2020-01-31, and that is over: for a while"),
        "{}",
        text.out
    );
    let listed = fits(&program.run(&["accept", "--list", "--json"]).out);
    assert_eq!(listed["acceptances"][0]["ended"], true);

    fs::write(dir.join("accepted.toml"), "[[accepted]]\nid = 1\n").expect("written");
    for command in [&["check", "--json"][..], &["plan", "--json"], &["accept", "--list", "--json"]] {
        let said = program.run(command);
        let document = fits(&said.out);
        let error = &document["error"];
        assert_eq!(
            (said.code, &error["code"], &error["line"]),
            (2, &"accept.unread".into(), &2.into()),
            "{said:?}"
        );
    }
}

#[test]
fn what_cannot_be_accepted_is_refused_with_what_to_type() {
    let program = bare();
    for (args, code, hint) in [
        (&["go.sumbd", "--reason", "x"][..], "usage.unknown-check", "go.sumdb"),
        (&["cgo", "--reason", "x"], "usage.unknown-check", "cgo.headers"),
        (&["go.sumdb", "--reason", "x", "--until", "2020-01-31"], "accept.past", "today is "),
        (&["go.sumdb", "--reason", "x", "--until", "soon"], "usage.bad-value", "2027-01-31"),
        (&["go.sumdb", "--reason", " "], "usage.bad-value", "why"),
        (&["go.sumdb"], "usage.missing", ""),
        (&[], "usage.missing", ""),
        (&["--list", "go.sumdb"], "usage.conflict", ""),
    ] {
        let said = program.run(&[&["accept", "--json"], args].concat());
        let document = fits(&said.out);
        let error = &document["error"];
        assert_eq!((said.code, error["code"].as_str()), (2, Some(code)), "{args:?} {said:?}");
        assert!(error["hint"].as_str().unwrap_or_default().contains(hint), "{args:?} {error}");
    }
    let dry = program.run(&["accept", "go.sumdb", "--reason", "x", "--dry-run"]);
    assert_eq!(dry.code, 0, "{dry:?}");
    let twice = program.run(&["accept", "--remove", "go.sumdb"]);
    assert!(twice.code == 0 && twice.out.contains("was not accepted"), "{twice:?}");
    assert!(!program.home().join(".config/fyne-setup/accepted.toml").exists());
}
