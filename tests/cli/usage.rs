//! What a wrong command line gets: exit 2, the reason and what to type on standard error, nothing on standard output.

use crate::program::{Program, run};
use crate::schema::fits;

#[test]
fn a_variable_that_says_neither_yes_nor_no_is_no_consent() {
    for (value, code) in [("maybe", 2), ("yess", 2), ("2", 2)] {
        let said = Program::new().env("FYNE_SETUP_YES", value).run(&["repair", "--offline"]);
        assert_eq!(said.code, code, "{said:?}");
        assert!(said.err.contains(value) && said.err.contains("FYNE_SETUP_YES"), "{said:?}");
    }
    for value in ["", "0", "no", "OFF", "n"] {
        let said = Program::new().env("FYNE_SETUP_ASCII", value).run(&["--help"]);
        assert!(said.code == 0 && !said.out.is_empty(), "{value}: {said:?}");
    }
    let empty = Program::new().env("FYNE_SETUP_LOG_JSON", "").run(&["check", "--replay", "nowhere"]);
    assert!(!empty.err.contains("--log-json"), "nobody typed that: {empty:?}");
}

/// What is set for many machines is no error of a command that it is not meant for.
#[test]
fn a_variable_alone_asks_for_nothing_that_is_missing_and_forbids_nothing() {
    for (variables, args) in [
        (&[("FYNE_SETUP_KEY", "/nope.pub")][..], &["install", "--dry-run", "--offline"][..]),
        (&[("FYNE_SETUP_UNSIGNED", "1")], &["install", "--dry-run", "--offline"]),
        (&[("FYNE_SETUP_SYSTEM", "0")], &["plan", "--offline", "--prefix", "/opt/go"]),
        (&[("FYNE_SETUP_UNSIGNED", "0"), ("FYNE_SETUP_KEY", "k.pub")], &["plan", "--offline"]),
    ] {
        let program = variables.iter().fold(Program::new(), |it, (name, value)| it.env(name, value));
        let said = program.run(args);
        assert_eq!(said.code, 0, "{variables:?}: {said:?}");
    }
    let said = Program::new().env("FYNE_SETUP_KEY", "/nope.pub").run(&["install", "--unsigned"]);
    assert!(said.code == 2 && said.err.contains("without `--bundle`"), "what is typed is meant: {said:?}");
}

/// An option that would be ignored is an error that says so.
#[test]
fn an_option_without_the_one_that_it_belongs_to_exits_2() {
    let rows: [(&[&str], &str, &str); 4] = [
        (
            &["install", "--key", "k.pub"],
            "`--key` means nothing without `--bundle`",
            "type fyne-setup install",
        ),
        (
            &["install", "--unsigned"],
            "`--unsigned` means nothing without `--bundle`",
            "type fyne-setup install",
        ),
        (
            &["install", "--bundle", "b", "--key", "k.pub", "--unsigned"],
            "--unsigned cannot be used with --key",
            "--help",
        ),
        (&["verify", "--go", "/nope", "--key", "k.pub"], "<FILE>... is missing", "type fyne-setup verify"),
    ];
    for (args, reason, hint) in rows {
        let said = run(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?} {said:?}");
        assert!(said.err.contains(reason) && said.err.contains(hint), "{args:?} {said:?}");
    }
}

#[test]
fn a_wrong_command_line_exits_2_and_says_what_to_type() {
    let rows: [(&[&str], &str, &str); 34] = [
        (&["chekc"], "unknown command `chekc`", "did you mean check?"),
        (&["fix"], "unknown command `fix`", "did you mean fyne-setup repair?"),
        (&["go.path"], "unknown command `go.path`", "did you mean fyne-setup explain go.path?"),
        (&["provision", "dokerfile"], "`dokerfile` for <KIND>", "did you mean dockerfile?"),
        (&["manifest", "shwo"], "unknown command `shwo`", "did you mean show?"),
        (&["check", "--jsno"], "unknown option `--jsno`", "did you mean --json?"),
        (&["check", "--goal", "fly"], "invalid value `fly` for --goal", "valid values: build, desktop"),
        (&["check", "--lang", "fr"], "invalid value `fr` for --lang", "valid values: en, zh-CN"),
        (&["check", "sytem.terminal"], "unknown check `sytem.terminal`", "did you mean system.terminal"),
        (&["plan", "--go", "2"], "invalid value `2` for --go", "a version like 1.27.4"),
        (
            &["plan", "--fyne", "2.8"],
            "invalid value `2.8` for --fyne",
            "write all three parts of a version, as in 2.8.1",
        ),
        (
            &["apply", "empty.json"],
            "this is not a plan from fyne-setup: missing field `want`",
            "fyne-setup plan --json",
        ),
        (
            &["plan", "--fyne", "9.9.9"],
            "Fyne 9.9.9 is not in the manifest; the newest there: 2.8.1, ",
            "--fyne 2.8.1",
        ),
        (&["plan", "--go-mirror", "foo"], "invalid value `foo` for --go-mirror", "a URL like https://"),
        (&["plan", "--go-mirror", "http://mirror.example/go"], "for --go-mirror", "a URL like https://"),
        (&["plan", "--go-mirror", "file:///tmp/go"], "for --go-mirror", "a URL like https://"),
        (
            &["plan", "--go-mirror", "ftp://u:secret@mirror.example"],
            "`ftp://…@mirror.example` for --go-mirror",
            "a URL",
        ),
        (&["plan", "--go-mirror", "/tmp/go"], "for --go-mirror", "a URL like https://"),
        (&["plan", "--go-mirror", "https://"], "for --go-mirror", "a URL like https://"),
        (&["check", "qqqq"], "unknown check `qqqq`", "families of checks: "),
        (&["explain"], "<ID> is missing", "ID is a check such as go.version"),
        (&["-y", "-y", "check"], "`--yes` is given more than once", "give it once"),
        (&["completions", "csh"], "invalid value `csh` for <SHELL>", "Valid values: bash, zsh, fish"),
        (&["completions"], "<SHELL> is missing", "valid values: bash, zsh, fish"),
        (&["self"], "fyne-setup self needs a subcommand", "fyne-setup self update, fyne-setup self keys"),
        (&["manifest"], "fyne-setup manifest needs a subcommand", "fyne-setup manifest show, "),
        (&["env", "fish"], "unexpected word `fish` after fyne-setup env", "did you mean --shell fish?"),
        (&["install", "fyne"], "unexpected word `fyne` after fyne-setup install", "type fyne-setup install"),
        (&["verify"], "<FILE>... is missing", "type fyne-setup verify"),
        (&["verify", "--go", "/nope"], "cannot read /nope: there is no such directory", "--go /usr/local/go"),
        (
            &["verify", "--key", "/nope.pub", "x"],
            "cannot read the key /nope.pub: the file does not exist",
            ".pub",
        ),
        (&["apply", "-"], "cannot read the plan -: nothing is piped in", "fyne-setup plan --json > FILE"),
        (&["check", "--project", "/nowhere"], "no go.mod in /nowhere", "leave out --project"),
        (&["manifest", "show", "--manifest", "/nowhere.toml"], "cannot read the manifest /nowhere.toml", ""),
    ];
    let program = Program::new();
    std::fs::write(program.home().join("empty.json"), "{}").expect("written");
    for (args, reason, hint) in rows {
        let said = program.run(args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?} {said:?}");
        assert!(
            said.err.starts_with("error: ") && said.err.contains(reason) && said.err.contains(hint),
            "{args:?} {said:?}"
        );
    }
}

#[test]
fn help_and_version_as_words_do_what_the_options_do() {
    for (words, option) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "manifest", "show"], &["manifest", "show", "--help"]),
        (&["--lang", "zh-CN", "help", "check"], &["--lang", "zh-CN", "check", "--help"]),
        (&["version"], &["--version"]),
    ] {
        let (said, want) = (run(words), run(option));
        assert_eq!((said.code, said.out), (0, want.out), "{words:?}");
    }
    let said = run(&["help", "chekc"]);
    assert!(said.code == 2 && said.err.contains("did you mean check?"), "{said:?}");
}

#[test]
fn with_json_a_usage_error_is_a_document_too() {
    for args in
        [&["check", "--json", "--goal", "fly"][..], &["check", "qqqq", "--json"], &["explain", "--json"]]
    {
        let said = run(args);
        let document = fits(&said.out);
        assert_eq!((said.code, said.err.as_str()), (2, ""), "{args:?}");
        assert_eq!((document["exit"].as_u64(), document["command"].as_str()), (Some(2), Some(args[0])));
        assert!(document["error"]["code"].as_str().is_some_and(|it| it.starts_with("usage.")), "{document}");
    }
}

#[test]
fn usage_errors_speak_the_users_language() {
    let chinese = Program::new().env("LANG", "zh_CN.UTF-8");
    assert_eq!(chinese.run(&["chekc"]).err, "错误：没有命令 chekc\n提示：您是否想输入 check？\n");
    assert!(chinese.run(&["chekc", "--lang", "en"]).err.starts_with("error: "));
    assert!(run(&["--lang=zh-CN", "check", "--nix"]).err.starts_with("错误："));
    assert!(Program::new().env("FYNE_SETUP_LANG", "zh-CN").run(&["nix"]).err.starts_with("错误："));
    let broken = Program::new().env("FYNE_SETUP_LANG", "fr").run(&["schema"]);
    assert_eq!(broken.code, 2, "{broken:?}");
}

#[test]
fn a_variable_is_a_flag_that_a_flag_beats() {
    let json = Program::new().env("FYNE_SETUP_JSON", "1");
    fits(&json.run(&["explain", "system.terminal"]).out);
    let off = Program::new().env("FYNE_SETUP_JSON", "0").run(&["explain", "system.terminal"]);
    assert!(!off.out.starts_with('{'), "{off:?}");
    let colours = Program::new().env("FYNE_SETUP_COLOR", "always");
    assert!(colours.run(&["explain", "system.terminal"]).out.contains('\u{1b}'));
    assert!(!colours.run(&["explain", "system.terminal", "--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn without_a_command_and_a_terminal_the_help_is_shown_as_an_error() {
    let said = run(&[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("Usage:") && said.err.contains("check"), "{said:?}");
    let help = run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert!(help.out.contains("Usage:") && run(&["--lang", "zh-CN", "check", "-h"]).out.contains("用法："));
    let narrow = Program::new().env("COLUMNS", "60").run(&["install", "--help"]);
    assert!(narrow.out.lines().all(|it| it.len() <= 60), "{narrow:?}");
    let version = run(&["--version"]);
    assert_eq!((version.code, version.out), (0, format!("fyne-setup {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_help_leads_to_ten_tasks_of_a_newcomer_in_two_steps() {
    let help = run(&["--help"]).out;
    for (task, command, line) in [
        ("which Go do I use", "check", "fyne-setup check go -v"),
        ("why is fyne not found", "check", "fyne-setup check cli go.path"),
        ("set a mirror", "install", "fyne-setup install --goproxy https://"),
        ("take everything back", "uninstall", "fyne-setup uninstall\n"),
        ("build for a friend's Windows", "explain", "fyne-setup explain cross-compiler-missing"),
        ("is my go.sum tampered with", "check", "fyne-setup check project.sum --deep"),
        ("install without network", "install", "fyne-setup install --bundle"),
        ("set up forty lab machines", "provision", "fyne-setup provision ansible"),
        ("read this build log", "diagnose", "fyne-setup diagnose build.log"),
        ("what did you change", "history", "fyne-setup history\n"),
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{task}: {help}");
        let below = run(&[command, "--help"]).out;
        assert!(below.contains(line), "{task}: {below}");
    }
}

#[test]
fn colours_that_were_asked_for_are_those_of_a_usage_error_too() {
    for (args, coloured) in [
        (&["--color", "always", "nosuch"][..], true),
        (&["--color=never", "nosuch"], false),
        (&["--color", "always", "nosuch", "--color=never"], false),
    ] {
        assert_eq!(run(args).err.contains('\u{1b}'), coloured, "{args:?}");
    }
}

/// A slip in the name of a variable is no wish that may be passed over: `FYNE_SETUP_DRYRUN=1` was to change nothing.
#[test]
fn a_variable_with_a_slip_in_its_name_stops_everything_and_another_is_said() {
    let slip = |name: &str| Program::new().env(name, "1");
    for (command, name, near) in [
        (&["install", "--offline", "--yes"][..], "FYNE_SETUP_DRYRUN", "FYNE_SETUP_DRY_RUN"),
        (&["uninstall", "--yes"], "FYNE_SETUP_DRY_RUNS", "FYNE_SETUP_DRY_RUN"),
        (&["check"], "fyne_setup_offline", "FYNE_SETUP_OFFLINE"),
        (&["undo"], "FYNESETUP_YES", "FYNE_SETUP_YES"),
    ] {
        let program = slip(name);
        let said = program.run(command);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{name}: {said:?}");
        assert!(said.err.contains(name) && said.err.contains(&format!("did you mean {near}?")), "{said:?}");
        let left = std::fs::read_dir(program.home()).expect("there").count();
        assert_eq!(left, 0, "{name}: something was done");
        let json = slip(name).run(&[command, &["--json"]].concat());
        assert_eq!(fits(&json.out)["error"]["code"], "usage.unknown-variable", "{json:?}");
        let chinese = slip(name).run(&[command, &["--lang", "zh-CN"]].concat());
        assert!(chinese.err.contains(&format!("没有变量 {name}")), "{chinese:?}");
    }
    let far = concat!("FYNE_SETUP", "_QQ");
    for (lang, line) in [("en", "fyne-setup has no variable"), ("zh-CN", "fyne-setup 没有变量")] {
        let said = slip(far).run(&["explain", "3", "--lang", lang]);
        assert_eq!((said.code, said.err.lines().count()), (0, 1), "{said:?}");
        assert!(said.err.starts_with(line) && said.err.contains(far), "{said:?}");
    }
    assert_eq!(slip("FYNE_SETUP_RELEASES").run(&["explain", "3"]).err, "", "one that is known is not said");
}

#[test]
fn a_number_that_is_no_exit_code_is_told_those_that_there_are() {
    let said = run(&["explain", "99"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert!(
        said.err.contains("the exit code 99") && said.err.contains("0, 1, 2, 3, 4, 5, 6, 130, 143"),
        "{said:?}"
    );
    assert!(!said.err.contains("families"), "{said:?}");
}
