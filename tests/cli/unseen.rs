//! Characters that move a cursor, reorder a line or are not seen stand in everything that a command shows of the machine,
//! and none of them reaches standard output, standard error or a JSON document as it is.

use crate::program::Program;

/// One of each kind: C0, DEL, C1, format characters, what is ignored where it stands, separators, tags.
const HARMFUL: [char; 52] = [
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\u{b}',
    '\u{c}',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{90}',
    '\u{9b}',
    '\u{9d}',
    '\u{ad}',
    '\u{34f}',
    '\u{600}',
    '\u{61c}',
    '\u{6dd}',
    '\u{70f}',
    '\u{8e2}',
    '\u{115f}',
    '\u{1160}',
    '\u{17b4}',
    '\u{180b}',
    '\u{180e}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{2060}',
    '\u{2061}',
    '\u{2064}',
    '\u{2066}',
    '\u{2069}',
    '\u{206a}',
    '\u{206f}',
    '\u{3164}',
    '\u{fe00}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{fff9}',
    '\u{fffb}',
    '\u{110bd}',
    '\u{1bca0}',
    '\u{1d173}',
    '\u{e0001}',
    '\u{e0041}',
    '\u{e0100}',
];

fn harmless(what: &str, text: &str) {
    for c in HARMFUL {
        assert!(!text.contains(c), "{what}: U+{:04X} in {text}", u32::from(c));
    }
}

/// A machine that says all of them wherever it can.
fn hostile() -> Program {
    let all: String = HARMFUL.iter().collect();
    let mut program = Program::new();
    for name in [
        "GOFLAGS",
        "CC",
        "DISPLAY",
        "GOPROXY",
        "GOROOT",
        "GOOS",
        "GOSUMDB",
        "CGO_CFLAGS",
        "HTTPS_PROXY",
        "WAYLAND_DISPLAY",
        "GOTOOLCHAIN",
        "PKG_CONFIG",
    ] {
        program = program.env(name, &format!("x{all}y"));
    }
    let home = program.home();
    for (name, text) in [
        (
            "go.mod",
            format!("module x{all}\n\ngo 1.22.0\n\nrequire fyne.io/fyne/v2 v2.8.1{all}\n\nodd{all} words\n"),
        ),
        ("go.sum", format!("fyne.io/fyne/v2 v2.8.1 h1:{all}=\n{all}\n")),
        ("go.work", format!("go 1.22.0\nuse ./gone{all}\n")),
        (".profile", format!("export CGO_LDFLAGS='x{all}y'\n")),
        (".config/go/env", format!("GOFLAGS=-x{all}\nGOPRIVATE=a{all}\n{all}\n")),
    ] {
        let path = home.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    program
}

#[test]
fn nothing_that_moves_the_cursor_reorders_or_hides_leaves_as_it_is() {
    let program = hostile();
    let all: String = HARMFUL.iter().collect();
    let odd = format!("no{all}such");
    let commands: [&[&str]; 16] = [
        &["check"],
        &["check", "-v"],
        &["check", "-vvv"],
        &["check", "--color", "always"],
        &["check", "--lang", "zh-CN", "-v"],
        &["check", "--json"],
        &["plan", "repair", "-v"],
        &["plan", "repair", "--json"],
        &["install", "--dry-run"],
        &["explain", &odd],
        &["check", &odd, "--json"],
        &["apply", &odd],
        &["check", "--replay", &odd, "--json"],
        &["plan", "--manifest", &odd],
        &["manifest", "verify", &odd],
        &["check", "--project", &odd],
    ];
    for args in commands {
        let said = program.run(args);
        let out = said.out.replace("\u{1b}[", if args.contains(&"always") { "" } else { "\u{1b}[" });
        harmless(&format!("{args:?}, standard output"), &out);
        let err = said.err.replace("\u{1b}[", if args.contains(&"always") { "" } else { "\u{1b}[" });
        harmless(&format!("{args:?}, standard error"), &err);
        if args.contains(&"--json") {
            let document: serde_json::Value = serde_json::from_str(&said.out).expect("one document");
            let text = document.to_string();
            let shows = args[0] != "check" || text.contains('\u{200b}') || text.contains("u{200b}");
            assert!(shows, "{args:?}: it is escaped, not lost");
        } else if !["plan", "install"].contains(&args[0]) {
            assert!((said.out + &said.err).contains("\\u{200b}"), "{args:?}: it is shown");
        }
    }
}
