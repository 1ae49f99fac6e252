//! `completions` and `man`: a text for a shell or for `man` on standard output, a document with `--json`, in the user's
//! language.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::program::{Program, run};
use crate::schema::fits;

/// Whether a program takes this text on its standard input; `None` where it is not here.
fn takes(program: &str, args: &[&str], text: &str) -> Option<bool> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let _ = child.stdin.take().expect("piped").write_all(text.as_bytes());
    Some(child.wait().expect("it ends").success())
}

#[test]
fn a_shell_reads_its_completions() {
    for (shell, args) in [("bash", &["-n"][..]), ("zsh", &["-n"]), ("fish", &["-n"])] {
        let said = run(&["completions", shell]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell}");
        assert!(said.out.contains("fyne-setup") && said.out.contains("diagnose"), "{shell}");
        match takes(shell, args, &said.out) {
            Some(read) => assert!(read, "{shell} cannot read its completions"),
            None => eprintln!("SKIP {shell}: not here"),
        }
    }
    let chinese = Program::new().env("FYNE_SETUP_LANG", "zh-CN").run(&["completions", "fish"]);
    assert!(chinese.out.contains("项目"), "{}", chinese.out);
}

#[test]
fn bash_completes_commands_options_and_values() {
    let script = run(&["completions", "bash"]).out;
    let ask = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        let ask = format!(
            "{script}\nCOMP_WORDS=({line} '')\nCOMP_CWORD={}\nasked=$(complete -p fyne-setup)\nasked=${{asked##*-F }}\n\
             ${{asked%% *}} fyne-setup '' {}\necho \"${{COMPREPLY[@]}}\"",
            words.len(),
            words[words.len() - 1]
        );
        Command::new("bash")
            .args(["-c", &ask])
            .output()
            .map(|it| String::from_utf8_lossy(&it.stdout).into_owned())
    };
    let Ok(commands) = ask("fyne-setup") else { return eprintln!("SKIP bash: not here") };
    assert!(commands.contains("install") && commands.contains("completions"), "{commands}");
    let options = ask("fyne-setup manifest show").expect("bash is here");
    assert!(options.contains("--json"), "{options}");
    let values = ask("fyne-setup check --goal").expect("bash is here");
    assert_eq!(values.trim(), "build desktop");
}

#[test]
fn each_command_has_a_manual_page() {
    let said = run(&["man"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(
        said.out.contains(".TH fyne-setup 1") && said.out.contains("fyne\\-setup\\-check(1)"),
        "{}",
        said.out
    );
    let page = run(&["man", "manifest", "show"]).out;
    assert!(page.contains(".TH fyne-setup-manifest-show 1"), "{page}");
    let wrong = run(&["man", "chekc"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(
        wrong.err.contains("unknown command `chekc`") && wrong.err.contains("did you mean check?"),
        "{wrong:?}"
    );
    match takes("man", &["--warnings", "-l", "-"], &said.out) {
        Some(read) => assert!(read, "man cannot read its page"),
        None => eprintln!("SKIP man: not here"),
    }
}

#[test]
fn with_json_the_text_is_in_a_document() {
    let shell = fits(&run(&["completions", "zsh", "--json"]).out);
    assert_eq!((shell["command"].as_str(), shell["shell"].as_str()), (Some("completions"), Some("zsh")));
    assert!(shell["text"].as_str().is_some_and(|it| it.starts_with("#compdef")), "{shell}");
    let page = fits(&run(&["man", "check", "--json"]).out);
    assert_eq!(page["page"], "fyne-setup-check.1");
    let wrong = fits(&run(&["man", "chekc", "--json"]).out);
    assert_eq!(wrong["error"]["code"], "usage.unknown-command");
    let wrong = run(&["completions", "tcsh"]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
}
