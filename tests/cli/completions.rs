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
    for (shell, args) in [
        ("bash", &["-n"][..]),
        ("zsh", &["-n"]),
        ("fish", &["-n"]),
        ("nu", &["--no-config-file", "--stdin", "-c", "$in | nu-check --debug"]),
    ] {
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
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_fyne-setup"));
    let dir = program.parent().expect("a directory").display();
    let ask = |line: &str| {
        let words: Vec<_> = line.split(' ').collect();
        let ask = format!(
            "PATH={dir}:$PATH\n{script}\nCOMP_WORDS=({line} '')\nCOMP_CWORD={}\nasked=$(complete -p fyne-setup)\nasked=${{asked##*-F }}\n\
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
    assert_eq!(ask("fyne-setup --lang").expect("bash is here").trim(), "en zh-CN");
    let kinds = ask("fyne-setup provision").expect("bash is here");
    assert!(kinds.contains(" ansible ") && kinds.contains(" list"), "{kinds}");
    let versions = ask("fyne-setup install --fyne").expect("bash is here");
    assert!(versions.contains("2.8.1 ") && versions.contains("2.6.3"), "{versions}");
    assert!(ask("fyne-setup bundle create --go").expect("bash is here").contains("1.27.4"));
    for command in ["explain", "check", "repair"] {
        let words = ask(&format!("fyne-setup {command}")).expect("bash is here");
        assert!(words.contains(" go.version ") && words.contains(" cgo "), "{command}: {words}");
        assert!(!words.contains(['<', '[']), "what stands for a word is no word: {words}");
    }
    assert!(ask("fyne-setup man").expect("bash is here").contains(" manifest "));
}

#[test]
fn shells_are_told_the_runs_that_the_journal_knows() {
    let program = Program::new();
    assert_eq!(program.run(&["history", "--ids"]).out, "");
    let data = program.home().join(".local/share/fyne-setup");
    std::fs::create_dir_all(&data).expect("made");
    let lines =
        ["\"event\":\"begin\",\"program\":\"0.1.0\",\"command\":\"repair\"", "\"event\":\"end\",\"exit\":0"];
    let lines = lines.map(|it| format!("{{\"schema\":1,\"run\":\"17-1\",\"time\":7,{it}}}\n"));
    std::fs::write(data.join("journal.jsonl"), lines.concat()).expect("written");
    let said = program.run(&["history", "--ids"]);
    assert_eq!((said.code, said.out.as_str()), (0, "17-1\n"), "{said:?}");
    assert_eq!(fits(&program.run(&["history", "--ids", "--json"]).out)["ids"][0], "17-1");
    for shell in ["bash", "zsh", "fish", "nu"] {
        let script = program.run(&["completions", shell]).out;
        assert!(script.contains("history --ids"), "{shell}");
    }
    let zsh = program.run(&["completions", "zsh"]).out;
    assert_eq!(zsh.matches(":_fyne-setup_runs'").count(), 2, "undo and history");
    let fish = program.run(&["completions", "fish"]).out;
    let row = "__fish_fyne_setup_using_subcommand explain\" -f -a \"";
    assert!(fish.lines().any(|it| it.contains(row) && it.contains(" go.version ")), "{fish}");
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
