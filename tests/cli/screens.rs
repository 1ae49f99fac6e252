//! What people see, as they see it: each screen of a recorded machine at several widths, in both languages and with each
//! choice of signs, kept beside this file in `tests/screens` as text, which a review can read line by line, and some in their
//! colours as SVG, which a review can look at.
//! `BLESS=1 cargo test --test cli screens` writes them again.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr as _;

use crate::program::Program;

/// The name of a screen, the recording, and what is typed and set besides.
type Screen = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const SCREENS: &[Screen] = &[
    ("bare-20", "debian-12-bare", &[], &[("COLUMNS", "20")]),
    ("bare-60", "debian-12-bare", &[], &[("COLUMNS", "60")]),
    ("bare-80", "debian-12-bare", &[], &[("COLUMNS", "80")]),
    ("bare-200", "debian-12-bare", &[], &[("COLUMNS", "200")]),
    ("bare-60-zh", "debian-12-bare", &["--lang", "zh-CN"], &[("COLUMNS", "60")]),
    ("bare-80-zh", "debian-12-bare", &["--lang", "zh-CN"], &[("COLUMNS", "80")]),
    ("bare-plain", "debian-12-bare", &["--plain"], &[]),
    ("bare-plain-zh", "debian-12-bare", &["--plain", "--lang", "zh-CN"], &[]),
    ("bare-ascii", "debian-12-bare", &["--ascii"], &[]),
    ("healthy-80", "debian-12-healthy", &[], &[]),
    ("healthy-verbose", "debian-12-healthy", &["-v"], &[]),
    ("healthy-plain", "debian-12-healthy", &[], &[("FYNE_SETUP_PLAIN", "1")]),
];

/// What is kept in its colours, 80 columns wide: the name, and what is typed. A recording is named by itself.
const PICTURES: &[(&str, &[&str])] = &[
    ("check-bare", &["check", "--replay", "debian-12-bare"]),
    ("check-healthy", &["check", "--replay", "debian-12-healthy"]),
    ("check-verbose", &["check", "-v", "--replay", "debian-12-healthy"]),
    ("explain-check", &["explain", "cgo.compiler"]),
    ("help", &["--help"]),
    ("help-install", &["install", "--help"]),
    ("unknown-command", &["chekc"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown(screen: &Screen) -> String {
    checked(screen.1, screen.2, screen.3)
}

/// What `check` says of a recorded machine.
fn checked(recording: &str, flags: &[&str], env: &[(&str, &str)]) -> String {
    let program = env.iter().fold(Program::new(), |program, (name, value)| program.env(name, value));
    let dir = root().join("tests/recordings").join(recording);
    let said = program.run(&[&["check", "--replay", dir.to_str().expect("UTF-8")], flags].concat());
    assert_eq!(said.err, "", "{said:?}");
    said.out
}

#[test]
fn every_screen_is_as_it_is_kept() {
    for screen in SCREENS {
        let file = root().join("tests/screens").join(screen.0).with_extension("txt");
        let now = shown(screen);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, &now).expect("written");
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(now, kept, "{}: if that is meant, run with BLESS=1", file.display());
    }
}

#[test]
fn every_screen_has_its_colours_as_they_are_kept() {
    for (name, typed) in PICTURES {
        for lang in ["en", "zh-CN"] {
            let recordings = root().join("tests/recordings");
            let typed: Vec<_> = typed
                .iter()
                .map(|it| match recordings.join(it) {
                    dir if it.starts_with("debian-") => dir.to_str().expect("UTF-8").to_owned(),
                    _ => (*it).to_owned(),
                })
                .collect();
            let args: Vec<_> =
                typed.iter().map(String::as_str).chain(["--color=always", "--lang", lang]).collect();
            let said = Program::new().run(&args);
            let now = anstyle_svg::Term::new().render_svg(&(said.out + &said.err));
            let file = root().join("tests/screens").join(format!("{name}.{lang}.svg"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&file, &now).expect("written");
            }
            let kept = fs::read_to_string(&file).unwrap_or_default();
            assert!(now == kept, "{}: if that is meant, run with BLESS=1", file.display());
            assert!(now.contains("<tspan class="), "{name} has no colour");
        }
    }
}

#[test]
fn no_line_is_wider_than_its_screen_but_for_words_and_commands_that_stay_whole() {
    for screen in SCREENS.iter().filter(|it| !it.2.contains(&"--plain")) {
        let wide = screen.3.iter().find(|it| it.0 == "COLUMNS").map_or(80, |it| it.1.parse().unwrap_or(80));
        for line in shown(screen).lines().filter(|it| it.width() > wide.min(100)) {
            let text = line.trim();
            let whole = !text.contains(' ')
                || ["fyne-setup ", "sudo ", "apt-get ", "export "].iter().any(|it| text.contains(it));
            assert!(whole || wide < 60, "{}: {line}", screen.0);
        }
    }
}

#[test]
fn words_and_ascii_say_the_same_without_a_sign() {
    let plain = shown(&SCREENS[6]);
    let signs = ['✓', '✗', '…', '·', '↺'];
    assert!(!plain.contains(signs) && !plain.contains('\u{1b}'), "{plain}");
    assert!(plain.contains("\nfailed: ") && plain.contains("ok: "), "{plain}");
    let locale = |name: &str, value: &str| checked("debian-12-bare", &[], &[(name, value)]);
    let ascii = shown(&SCREENS[8]);
    assert!(ascii.is_ascii(), "{ascii}");
    for (name, value) in
        [("LANG", "C"), ("LC_ALL", "POSIX"), ("LC_CTYPE", "de_DE.ISO-8859-1"), ("FYNE_SETUP_ASCII", "1")]
    {
        assert_eq!(locale(name, value), ascii, "{name}={value}");
    }
    assert_eq!(locale("LANG", "zh_CN.GBK"), ascii, "what cannot be read is not written");
    assert!(locale("LANG", "C.UTF-8").contains('✗'));
}

#[test]
fn colours_are_as_flags_and_variables_say() {
    let colored =
        |env: &[(&str, &str)], flags: &[&str]| checked("debian-12-bare", flags, env).contains('\u{1b}');
    for (env, flags, want) in [
        (&[][..], &[][..], false),
        (&[("CLICOLOR_FORCE", "1")], &[], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[], false),
        (&[("NO_COLOR", "1")], &["--color", "always"], true),
        (&[("FYNE_SETUP_COLOR", "always")], &[], true),
        (&[("CLICOLOR_FORCE", "1")], &["--color=never"], false),
        (&[("FYNE_SETUP_COLOR", "always")], &["--plain"], false),
    ] {
        assert_eq!(colored(env, flags), want, "{env:?} {flags:?}");
    }
}

#[test]
fn a_command_line_that_does_not_read_is_told_in_the_signs_that_were_asked_for() {
    let said = Program::new().env("LANG", "C").run(&["check", "--nope"]);
    assert!(said.code == 2 && said.err.is_ascii(), "{said:?}");
    let help = Program::new().run(&["--help", "--ascii"]);
    assert!(help.code == 0 && help.out.is_ascii(), "{help:?}");
}

#[test]
fn a_reader_that_goes_away_and_closed_streams_are_no_errors() {
    let dir = root().join("tests/recordings/debian-12-bare");
    let dir = dir.to_str().expect("UTF-8");
    let program = Program::new();
    let mut child =
        program.command(&["check", "--replay", dir]).stdout(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "what was found counts");
    let line = format!("exec '{}' check --replay '{dir}' <&- 2>&-", env!("CARGO_BIN_EXE_fyne-setup"));
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &line]).env_clear().env("HOME", program.home()).stdout(Stdio::piped());
    let mut child = shell.spawn().expect("it starts");
    let mut said = String::new();
    child.stdout.take().expect("a pipe").read_to_string(&mut said).expect("UTF-8");
    assert!(child.wait().expect("it ends").code() == Some(1) && said.contains("✗"), "{said}");
}
