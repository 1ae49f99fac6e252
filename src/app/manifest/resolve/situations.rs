//! The situations that newcomers are most often in, as their issues tell, and what a maintainer of Fyne would answer.
//! They go the way of the command: a machine and a project's files, facts, constraints, versions. To add one: a row with
//! the reason in words.

use super::*;
use crate::failure::Code;
use crate::manifest::{Broken, Manifest, Part, Trial};
use crate::system::fake::Machine;

const TOOLS: &str = "fyne.io/tools/cmd/fyne@v1.7.4";
const TOOLS_BEFORE: &str = "fyne.io/tools/cmd/fyne@v1.7.0";
const CLI_OF_2_5: &str = "fyne.io/fyne/v2/cmd/fyne@v2.5.5";

/// Where somebody stands, what they typed, and what is right.
struct Situation {
    title: &'static str,
    /// Lines of the project's `go.mod`; empty without a project.
    project: &'static [&'static str],
    /// `--go` and `--fyne`; empty where not typed.
    typed: [&'static str; 2],
    /// Go, Fyne and CLI; or the code of the failure and what to type instead.
    comes_to: Result<[&'static str; 3], (Code, &'static str)>,
    /// A rule that has to speak, with its side; empty for a failure.
    rule: &'static str,
    /// What has to be done for the next best.
    next: &'static str,
    why: &'static str,
}

const SITUATIONS: &[Situation] = &[
    Situation {
        title: "the Go of an old distribution (Debian 12: 1.19.8), and the newest Fyne",
        project: &[],
        typed: ["1.19.8", "2.8.1"],
        comes_to: Err((Code::ManifestGoNotWithFyne, "--go 1.22.12 or --fyne 2.7.4")),
        rule: "",
        next: "",
        why: "Fyne 2.8 says go 1.22.0, and a Go before 1.21 fetches no newer one (golang/go#65568)",
    },
    Situation {
        title: "the Go of an old distribution, and the newest Fyne that it builds",
        project: &[],
        typed: ["1.19.8", "2.7.4"],
        comes_to: Ok(["1.19.8", "2.7.4", TOOLS_BEFORE]),
        rule: "-go-no-floor",
        next: "without --go",
        why: "2.7 builds with it; tools 1.7.4 says go 1.22.0, and 1.7.1 and 1.7.2 fail with Ubuntu's gcc (tools#137)",
    },
    Situation {
        title: "newest everything",
        project: &[],
        typed: ["", ""],
        comes_to: Ok(["1.27.4", "2.8.1", TOOLS]),
        rule: "+fyne-newest",
        next: "with --go 1.26.11",
        why: "the newest patch of each that was seen to work together; never tools 1.26, which was published by mistake",
    },
    Situation {
        title: "a project on 2.5",
        project: &["go 1.19", "require fyne.io/fyne/v2 v2.5.5"],
        typed: ["", ""],
        comes_to: Ok(["1.27.4", "2.5.5", TOOLS]),
        rule: "+project-go-line",
        next: "with --go 1.26.11",
        why: "its go line is a lower bound; the library builds with every newer Go, and the tools CLI serves it",
    },
    Situation {
        title: "a Go that is too new for the CLI of the library",
        project: &["go 1.25", "require fyne.io/fyne/v2 v2.5.5"],
        typed: ["1.27.4", ""],
        comes_to: Ok(["1.27.4", "2.5.5", TOOLS]),
        rule: "+cli-limits",
        next: "with --go 1.26.11",
        why: "cmd/fyne of 2.5 stops at `invalid array length` on Go 1.25 and newer (fyne#5871)",
    },
    Situation {
        title: "a Go that is too old for the tools CLI",
        project: &["go 1.19", "require fyne.io/fyne/v2 v2.5.5"],
        typed: ["1.21.13", ""],
        comes_to: Ok(["1.21.13", "2.5.5", CLI_OF_2_5]),
        rule: "-cli-limits",
        next: "without --go",
        why: "tools 1.7.4 says go 1.22.0; the CLI of the library's own line builds, for 1.21 is no newer than 1.24",
    },
    Situation {
        title: "Go 1.19.4",
        project: &[],
        typed: ["1.19.4", "2.5.5"],
        comes_to: Err((Code::ManifestGoNotWithFyne, "--go 1.19.8 or --fyne 2.4.5")),
        rule: "",
        next: "",
        why: "its compiler stops at `invalid recursive type itemCanvasObject`; 1.19.5 and newer do not (fyne#5005)",
    },
    Situation {
        title: "a project on 2.8.0, with a go line without a patch",
        project: &["go 1.22", "require fyne.io/fyne/v2 v2.8.0"],
        typed: ["", ""],
        comes_to: Ok(["1.27.4", "2.8.0", TOOLS]),
        rule: "-fyne-replaced",
        next: "after you run `go get fyne.io/fyne/v2@v2.8.1` in the project",
        why: "what a project requires stays; with a vendor directory 2.8.0 does not build, 2.8.1 does (fyne#6409)",
    },
    Situation {
        title: "a project that names a newer toolchain than the manifest",
        project: &["go 1.22.0", "toolchain go1.27.5", "require fyne.io/fyne/v2 v2.8.1"],
        typed: ["", ""],
        comes_to: Ok(["1.27.5", "2.8.1", TOOLS]),
        rule: "-go-recommended-passed-over",
        next: "",
        why: "go would fetch 1.27.5 at the first build, and fail without network or proxy (golang/go#62278)",
    },
    Situation {
        title: "a project whose go line is of a line without security fixes",
        project: &["go 1.25.3", "require fyne.io/fyne/v2 v2.7.4"],
        typed: ["", ""],
        comes_to: Ok(["1.27.4", "2.7.4", TOOLS]),
        rule: "+go-floor",
        next: "with --go 1.26.11",
        why: "the line is a lower bound and no choice: nobody gets an unsafe Go unasked",
    },
    Situation {
        title: "a Go without security fixes, asked for by name",
        project: &["go 1.22", "require fyne.io/fyne/v2 v2.7.4"],
        typed: ["1.25.3", ""],
        comes_to: Ok(["1.25.3", "2.7.4", TOOLS]),
        rule: "-go-no-floor",
        next: "without --go",
        why: "who asks gets it, and is told",
    },
    Situation {
        title: "a Go that is older than the project's go line",
        project: &["go 1.24.0", "require fyne.io/fyne/v2 v2.7.4"],
        typed: ["1.22.12", ""],
        comes_to: Err((Code::ManifestProjectGo, "--go 1.24.0")),
        rule: "",
        next: "",
        why: "`go.mod requires go >= 1.24.0`: no Fyne changes that, so only another Go is proposed",
    },
];

/// The rows as they stand, with these trials and no others, so that each new run of trials leaves the tables alone.
fn manifest_of_tests() -> Manifest {
    let trial = |fyne: &str, go: &str, cli: &str| Trial {
        fyne: fyne.parse().expect("a version"),
        go: go.parse().expect("a version"),
        cli: cli.into(),
        platform: "linux/amd64".into(),
        distro: "debian 12".into(),
        compiler: "gcc 12.2.0".into(),
        go_from: "module".into(),
        date: "2026-11-24".parse().expect("a date"),
        seconds: 0,
    };
    let proven = vec![
        trial("2.8.1", "1.27.4", TOOLS),
        trial("2.8.1", "1.22.12", TOOLS),
        trial("2.7.4", "1.19.8", TOOLS_BEFORE),
        trial("2.5.5", "1.19.8", CLI_OF_2_5),
    ];
    let error = "invalid array length -delta * delta".to_owned();
    let broken = vec![Broken { trial: trial("2.5.5", "1.27.4", CLI_OF_2_5), part: Part::Cli, error }];
    Manifest { proven, broken, ..Manifest::embedded() }
}

impl Situation {
    fn answer(&self, manifest: &Manifest) -> Result<Resolved, Failure> {
        let mut machine = Machine::linux()
            .file("/root/.profile", "")
            .file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        if !self.project.is_empty() {
            let text = format!("module hello\n\n{}\n", self.project.join("\n\n"));
            machine = machine.file("/root/hello/go.mod", text);
            machine.identity.cwd = "/root/hello".into();
        }
        let typed = VersionArgs {
            go: self.typed[0].parse().ok(),
            fyne: self.typed[1].parse().ok(),
            ..VersionArgs::default()
        };
        let known = Knowledge { manifest: manifest.clone(), ..Knowledge::embedded() };
        answer(&machine, &known, None, &typed).map(|it| it.1)
    }

    fn versions(&self, manifest: &Manifest) -> Result<[String; 3], Code> {
        let target = self.answer(manifest).map_err(|it| it.code)?.target;
        Ok([target.go.to_string(), target.fyne.to_string(), target.cli.to_string()])
    }
}

#[test]
fn the_commonest_situations_come_to_what_a_maintainer_would_say() {
    let (manifest, words) = (manifest_of_tests(), Words::of(crate::report::Lang::En));
    for it in SITUATIONS {
        let about = format!("{}: {}", it.title, it.why);
        let want = it.comes_to.map(|it| it.map(str::to_owned)).map_err(|it| it.0);
        assert_eq!(it.versions(&manifest), want, "{about}");
        match (it.answer(&manifest), it.comes_to) {
            (Err(failure), Err((_, change))) => {
                let hint = failure.hint.map(|it| words.say(&it)).unwrap_or_default();
                assert!(hint.starts_with(&format!("try {change}; ")), "{about}\n{hint}");
            }
            (Ok(found), _) => {
                let sign = |it: Speaks| if it == Speaks::For { '+' } else { '-' };
                let said: Vec<_> =
                    found.rules.iter().map(|it| format!("{}{}", sign(it.speaks), it.rule)).collect();
                assert!(said.iter().any(|spoke| spoke == it.rule), "{about}\n{said:?}");
                let next = found.next.map(|it| words.say(&it.change)).unwrap_or_default();
                assert_eq!(next, it.next, "{about}");
            }
            _ => {}
        }
    }
}

#[test]
fn the_trials_of_the_day_change_none_of_their_answers() {
    for it in SITUATIONS {
        assert_eq!(it.versions(&Manifest::embedded()), it.versions(&manifest_of_tests()), "{}", it.title);
    }
}

#[test]
fn what_a_build_needs_follows_from_the_line_of_fyne() {
    for (title, wayland) in [("newest everything", true), ("a project on 2.5", false)] {
        let situation = SITUATIONS.iter().find(|it| it.title == title).expect("it is in the table");
        let needs = situation.answer(&manifest_of_tests()).expect("resolves").target.needs;
        assert_eq!(needs.iter().any(|it| it == "wayland"), wayland, "{title}");
    }
}

#[test]
fn the_page_begins_with_the_answer_and_where_it_was_proven() {
    let newest = SITUATIONS.iter().find(|it| it.title == "newest everything").expect("it is in the table");
    let found = newest.answer(&manifest_of_tests()).expect("resolves");
    let text = page(&found, &Words::of(crate::report::Lang::En)).plain();
    assert!(
        text.starts_with(
            "Go     1.27.4\nFyne   2.8.1\nCLI    fyne.io/tools/cmd/fyne@v1.7.4\n\
             Proof  proven on debian 12, linux/amd64, 2026-11-24\n\nWhy"
        ),
        "{text}"
    );
    let other =
        SITUATIONS[1].answer(&Manifest { proven: Vec::new(), ..manifest_of_tests() }).expect("resolves");
    let text = page(&other, &Words::of(crate::report::Lang::ZhCn)).plain();
    assert!(text.contains("验证        我们尚未在此类系统上试验\n"), "{text}");
}
