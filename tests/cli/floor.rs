//! The security floor: a Go below it is refused with what it would bring, `--force` takes it and says so, and nothing that
//! lies about lowers it: no project, no manifest of the user's, no plan file.

use crate::program::Program;
use crate::schema::fits;

/// Below the floor of their release lines, and the vulnerabilities that the manifest knows of each.
const BELOW: [(&str, &[&str]); 5] = [
    (
        "1.26.0",
        &[
            "CVE-2026-97033",
            "CVE-2026-97040",
            "CVE-2026-94447",
            "CVE-2026-56865",
            "CVE-2026-56864",
            "CVE-2026-42501",
        ],
    ),
    ("1.26.4", &["CVE-2026-97033", "CVE-2026-97040", "CVE-2026-94447", "CVE-2026-56865", "CVE-2026-56864"]),
    ("1.26.10", &["CVE-2026-97033", "CVE-2026-97040"]),
    ("1.27.1", &["CVE-2026-97033", "CVE-2026-97040", "CVE-2026-94447"]),
    ("1.27.3", &["CVE-2026-97033", "CVE-2026-97040"]),
];

#[test]
fn a_go_below_the_floor_is_refused_and_told_what_it_brings() {
    for (go, brings) in BELOW {
        for args in
            [&["plan", "--json"][..], &["install", "--dry-run", "--json"], &["manifest", "resolve", "--json"]]
        {
            let said = Program::new().run(&[args, &["--go", go]].concat());
            let document = fits(&said.out);
            let error = &document["error"];
            assert_eq!((said.code, &error["code"]), (2, &"manifest.go-below-floor".into()), "{go} {args:?}");
            let message = error["message"].as_str().unwrap_or_default();
            assert!(brings.iter().all(|it| message.contains(it)), "{go}: {message}");
            assert_eq!(message.matches("CVE-").count(), brings.len(), "{go}: {message}");
            let hint = error["hint"].as_str().unwrap_or_default();
            let floor = if go.starts_with("1.26") { "--go 1.26.11" } else { "--go 1.27.4" };
            assert!(hint.contains(floor) && hint.contains("--force"), "{go}: {hint}");
        }
    }
}

#[test]
fn with_force_it_is_planned_and_the_plan_says_what_it_brings() {
    for (go, brings) in BELOW {
        let program = Program::new();
        let text = program.run(&["plan", "--go", go, "--force"]);
        assert_eq!(text.code, 0, "{go}: {}", text.err);
        assert!(brings.iter().all(|it| text.out.contains(it) && text.err.contains(it)), "{go}: {text:?}");
        let document = fits(&program.run(&["plan", "--go", go, "--force", "--json"]).out);
        assert_eq!(document["target"]["go"], go);
        let warning = document["plan"]["warning"].as_str().unwrap_or_default();
        assert!(brings.iter().all(|it| warning.contains(it)), "{go}: {document}");
    }
    for go in ["1.26.11", "1.27.4"] {
        let safe = Program::new().run(&["plan", "--go", go, "--json"]);
        assert_eq!((safe.code, fits(&safe.out)["plan"]["warning"].as_str()), (0, None), "{go}");
    }
}

#[test]
fn neither_a_project_nor_a_manifest_nor_a_plan_file_lowers_the_floor() {
    let program = Program::new();
    let write = |name: &str, text: &str| std::fs::write(program.home().join(name), text).expect("written");
    for lines in
        ["go 1.26.4", "go 1.26.4\n\ntoolchain go1.26.4", "go 1.26\n\ntoolchain go1.26.5", "go 1.27.1"]
    {
        write("go.mod", &format!("module x\n\n{lines}\n\nrequire fyne.io/fyne/v2 v2.8.1\n"));
        let said = program.run(&["plan", "--json"]);
        assert_eq!(fits(&said.out)["target"]["go"], "1.27.4", "{lines}");
        let said = program.run(&["plan", "--go", "1.26.4", "--json"]);
        let code = fits(&said.out)["error"]["code"].clone();
        let refusals = ["manifest.go-below-floor", "manifest.project-go"];
        assert!(said.code == 2 && refusals.iter().any(|it| code == *it), "{lines}: {code}");
    }
    write("fyne-setup.lock", "go = \"1.26.4\"\n");
    let said = program.run(&["plan", "--json"]);
    let code = fits(&said.out)["error"]["code"].as_str().unwrap_or_default().to_owned();
    assert!(said.code == 2 && code.starts_with("lockfile."), "{said:?}");
    for name in ["go.mod", "fyne-setup.lock"] {
        std::fs::remove_file(program.home().join(name)).expect("ours");
    }
    let ours = include_str!("../../manifests/compat.toml");
    write("low.toml", &ours.replace("floor = [\"1.26.11\", \"1.27.4\"]", "floor = [\"1.26.0\", \"1.27.0\"]"));
    let said = program.run(&["plan", "--manifest", "low.toml", "--go", "1.26.4", "--json"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(!fits(&said.out)["ok"].as_bool().unwrap_or(true), "{said:?}");
    let none = ours.split("[[go.advisory]]").next().unwrap_or_default().replace("1.26.11", "1.26.0");
    let rest = &ours[ours.find("[[fyne]]").expect("rows")..];
    write("none.toml", &format!("{none}{rest}"));
    let said = program.run(&["plan", "--manifest", "none.toml", "--go", "1.26.4", "--json"]);
    let error = &fits(&said.out)["error"];
    assert_eq!((said.code, &error["code"]), (2, &"manifest.go-below-floor".into()), "{error}");
    let forced = program.run(&["plan", "--go", "1.26.4", "--force", "--json"]);
    write("plan.json", &forced.out);
    let said = program.run(&["apply", "plan.json", "--yes", "--json"]);
    assert_eq!(fits(&said.out)["error"]["code"], "manifest.go-below-floor", "{said:?}");
    let edited = forced.out.replace("\"1.26.11\"", "\"1.26.0\"");
    write("plan.json", &edited);
    let said = program.run(&["apply", "plan.json", "--yes", "--json"]);
    assert_eq!(fits(&said.out)["error"]["code"], "manifest.go-below-floor", "{said:?}");
}
