//! The pages of variables and of config.toml: each flag has its variable, and each variable its key, or a reason why not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use fyne_setup::cli::args::Cli;
use fyne_setup::cli::variables;
use fyne_setup::config::KEYS;

use super::agree;

#[test]
fn the_page_of_variables_has_every_flag_of_every_command() {
    agree("docs/variables.md", &page());
}

/// Flags without a variable, with the reason that readers are given.
const NO_VARIABLE: &[(&str, &str)] = &[
    ("accept --list", "it is another question, not another setting"),
    ("accept --reason", "each finding has a reason of its own"),
    ("accept --remove", "which finding is meant is said where it is meant"),
    ("accept --until", "each finding has a day of its own"),
    (
        "check --record",
        "it is typed once, for one recording; a variable that stayed set would record every check",
    ),
    ("check --replay", "a variable that stayed set would let every check answer for another machine"),
    ("diagnose --apply", "it changes the machine: that is said where it is meant"),
    ("env --cache-key", "it chooses what is printed, and belongs to the line that reads it"),
    ("env --docker", "it chooses what is printed, and belongs to the line that reads it"),
    ("env --github", "it chooses what is printed, and belongs to the line that reads it"),
    ("history --ids", "it is for the completions of shells"),
    ("provision --force", "FYNE_SETUP_FORCE is about versions; to replace files is said where it is meant"),
    ("provision --to", "each kind goes to a place of its own"),
    ("report --out", "each report is a file of its own"),
    ("self update --check", "it is another question, not another setting"),
    ("verify --go", "FYNE_SETUP_GO is a version; whose a file is depends only on what is typed"),
    ("verify --key", "whose a file is depends only on what is typed"),
    ("verify --list", "whose a file is depends only on what is typed"),
    ("verify --openpgp-key", "whose a file is depends only on what is typed"),
];

/// Variables of flags that no file sets, with the reason that readers are given.
const NO_KEY: &[(&str, &str)] = &[
    ("FYNE_SETUP_ALLOW", "what goes beyond this system is allowed anew in each line"),
    ("FYNE_SETUP_BUNDLE", "it is one file for one installation"),
    ("FYNE_SETUP_BUNDLE_KEY", "who signs says so"),
    ("FYNE_SETUP_CHECK", "it is another question, not another setting"),
    ("FYNE_SETUP_DEEP", "it takes seconds, and is meant for one line"),
    ("FYNE_SETUP_DETAILED_EXITCODE", "it belongs to the script that reads the number"),
    ("FYNE_SETUP_DRY_RUN", "a file that stayed would let nothing ever be done"),
    ("FYNE_SETUP_FOR", "each bundle is for platforms of its own"),
    ("FYNE_SETUP_FORCE", "no file consents to anything"),
    ("FYNE_SETUP_FOR_ROOT", "no file consents to anything"),
    ("FYNE_SETUP_HTML", "it names a file to write"),
    ("FYNE_SETUP_JSON", "it belongs to the script that reads the document"),
    ("FYNE_SETUP_JUNIT", "it names a file to write"),
    ("FYNE_SETUP_KEY", "whose a bundle is depends only on what is typed"),
    ("FYNE_SETUP_LAYER", "it is about the next image, once"),
    ("FYNE_SETUP_LOCKED", "it belongs to the CI of a project"),
    ("FYNE_SETUP_LOG_JSON", "it names a file to write"),
    ("FYNE_SETUP_MARKDOWN", "it names a file to write"),
    ("FYNE_SETUP_MODCACHE", "it is about one bundle"),
    ("FYNE_SETUP_MSVC", "it downloads gigabytes, and is meant for one line"),
    ("FYNE_SETUP_NO_PACKAGES", "it is about one bundle"),
    ("FYNE_SETUP_PROJECT", "the project is where you are"),
    ("FYNE_SETUP_PURGE", "what cannot be put back is said where it is meant"),
    ("FYNE_SETUP_QUIET", "it belongs to the script that reads little"),
    ("FYNE_SETUP_SHELL", "each line is for the shell that reads it"),
    ("FYNE_SETUP_SYSTEM", "what is for all users is said where it is meant, by root"),
    ("FYNE_SETUP_TIMINGS", "it is a question about one run"),
    ("FYNE_SETUP_UNSIGNED", "no file consents to anything"),
    ("FYNE_SETUP_UPGRADE", "what is good is replaced where that is meant"),
    ("FYNE_SETUP_VERBOSE", "it is a question about one run"),
    ("FYNE_SETUP_VIRTUAL_DISPLAY", "it is about one command"),
    ("FYNE_SETUP_WITH_PROJECT", "it is about one bundle"),
    ("FYNE_SETUP_YES", "no file consents to anything"),
];

fn page() -> String {
    /// Flag and variable, and the commands that have them.
    type Rows = BTreeMap<(String, String), Vec<String>>;
    fn walk(command: &clap::Command, path: &str, rows: &mut Rows, without: &mut Vec<String>) {
        for arg in command.get_arguments().filter(|it| !["help", "version"].contains(&it.get_id().as_str())) {
            let Some(flag) = arg.get_long() else { continue };
            let at = if path.is_empty() { "all" } else { path };
            match arg.get_env().map(|it| it.to_string_lossy().into_owned()) {
                Some(name) => {
                    assert!(name.starts_with("FYNE_SETUP_"), "{path} --{flag}: {name}");
                    rows.entry((flag.to_owned(), name)).or_default().push(at.to_owned());
                }
                None => without.push(format!("{path} --{flag}")),
            }
        }
        for below in command.get_subcommands() {
            walk(below, format!("{path} {}", below.get_name()).trim(), rows, without);
        }
    }
    let (mut rows, mut without) = (Rows::new(), Vec::new());
    walk(&Cli::command(), "", &mut rows, &mut without);
    let mut reasons: Vec<_> = NO_VARIABLE.iter().map(|it| it.0.to_owned()).collect();
    without.sort();
    reasons.sort();
    assert_eq!(without, reasons, "a flag has its variable, or a reason why it has none");
    let mut page = "# Variables for flags\n\nGenerated from the program. A flag beats its variable. Yes or no: `1`, `true`, `yes`; \
                    `0`, `false`, `no` and nothing say no; any other word is refused.\nA list is parted by commas. What has a key can also \
                    stand in [config.toml](config.md), which its variable beats.\n\n\
                    | flag | variable | key | commands |\n| --- | --- | --- | --- |\n"
        .to_owned();
    let (mut keyless, mut keys) = (std::collections::BTreeSet::new(), KEYS.len());
    for ((flag, name), commands) in rows {
        let key = KEYS.iter().find(|it| it.variable() == name).map(|it| it.name);
        if let Some(key) = key {
            assert_eq!(key, flag, "a key is called as its flag");
            keys -= 1;
        } else {
            keyless.insert(name.clone());
        }
        let key = key.map_or(String::new(), |it| format!("`{it}`"));
        let commands: Vec<_> = commands.iter().map(|it| format!("`{it}`")).collect();
        let commands = commands.join(", ").replace("`all`", "all");
        let _ = writeln!(page, "| `--{flag}` | `{name}` | {key} | {commands} |");
    }
    assert_eq!(keys, 0, "a key that is the name of no flag");
    let reasons: std::collections::BTreeSet<_> = NO_KEY.iter().map(|it| it.0.to_owned()).collect();
    assert_eq!(keyless, reasons, "a variable has its key in config.toml, or a reason why it has none");
    page.push_str(
        "\n## A slip in a name\nA variable that begins with `FYNE_SETUP_` and is nearly one of these (`FYNE_SETUP_DRYRUN`, \
         another case, another underscore) is a usage error: exit 2, before anything is done, with the name that was probably meant. \
         One that is near to none is ignored, and a line on standard error says so.\n\nBesides the flags: ",
    );
    let others: Vec<_> = variables::OTHERS.iter().map(|it| format!("`{it}`")).collect();
    let _ = writeln!(page, "{}. They are for installers, tests and builds.", others.join(", "));
    page.push_str("\n## Without a variable\n| flag | why |\n| --- | --- |\n");
    for (flag, why) in NO_VARIABLE {
        let _ = writeln!(page, "| `{flag}` | {why} |");
    }
    page.push_str("\n## Not in config.toml\n| variable | why |\n| --- | --- |\n");
    for (name, why) in NO_KEY {
        let _ = writeln!(page, "| `{name}` | {why} |");
    }
    page
}

#[test]
fn the_page_of_settings_has_every_key() {
    let page = std::fs::read_to_string("docs/config.md").expect("the page");
    for key in KEYS {
        assert!(page.contains(&format!("`{}`", key.name)), "docs/config.md lacks {}", key.name);
    }
}

/// Names that are none of ours, where it is told what becomes of one.
const FOREIGN: [&str; 3] = ["FYNE_SETUP_DRYRUN", "FYNE_SETUP_DRY_RUNS", "FYNE_SETUP_VERSION"];

/// Every name of a variable of ours in a file, and in those below a directory.
fn named_in(path: &Path, into: &mut BTreeMap<String, PathBuf>) {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("readable").map(|it| it.expect("an entry").path());
        return entries.filter(|it| !it.ends_with("target")).for_each(|it| named_in(&it, into));
    }
    let text = String::from_utf8_lossy(&std::fs::read(path).expect("readable")).into_owned();
    for rest in text.split("FYNE_SETUP_").skip(1) {
        let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let name = rest.split(|c| !is_part(c)).next().unwrap_or_default();
        if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            into.entry(format!("FYNE_SETUP_{name}")).or_insert_with(|| path.to_path_buf());
        }
    }
}

#[test]
fn every_variable_that_anything_here_reads_or_sets_is_known() {
    let known = variables::known(&Cli::command());
    let mut named = BTreeMap::new();
    let places =
        ["src", "scripts", "provision", "examples", "tests", ".ci", ".github", "build.rs", "justfile"];
    for it in places {
        named_in(Path::new(it), &mut named);
    }
    let unknown: Vec<_> =
        named.iter().filter(|it| !known.contains(it.0) && !FOREIGN.contains(&it.0.as_str())).collect();
    assert!(unknown.is_empty(), "src/cli/variables.rs lacks: {unknown:?}");
    // And none stands in the list that nothing names.
    let mut besides = BTreeMap::new();
    let all = ["src/probe", "src/app", "src/system", "src/trust", "scripts", "tests/window.rs"];
    for it in all {
        named_in(Path::new(it), &mut besides);
    }
    let unused: Vec<_> = variables::OTHERS.iter().filter(|it| !besides.contains_key(**it)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
