//! Examples at the foot of a command's help: lines that people type, with what each is for from the catalogue. Data alone;
//! `usage` writes them. To add one: a row here, and `example-<key>` in both `locales/*/examples.ftl`.

/// Command, then its lines, each with the key of what it is for.
pub const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "install",
        &[
            ("fyne-setup install", "example-install"),
            ("fyne-setup install --dry-run", "example-install-dry"),
            ("fyne-setup install --go 1.26.11 --fyne 2.8.1", "example-install-versions"),
            ("fyne-setup install --goproxy https://goproxy.cn,direct", "example-install-mirror"),
            ("fyne-setup install --bundle fyne.tar", "example-install-bundle"),
            ("sudo fyne-setup install --system", "example-install-system"),
        ],
    ),
    (
        "check",
        &[
            ("fyne-setup check", "example-check"),
            ("fyne-setup check go -v", "example-check-go"),
            ("fyne-setup check cli go.path", "example-check-cli"),
            ("fyne-setup check project.sum --deep", "example-check-sum"),
            ("fyne-setup check --goal build --json", "example-check-ci"),
        ],
    ),
    (
        "accept",
        &[
            ("fyne-setup accept go.sumdb --reason our-proxy", "example-accept"),
            ("fyne-setup accept --list", "example-accept-list"),
            ("fyne-setup accept --remove go.sumdb", "example-accept-remove"),
        ],
    ),
    (
        "config",
        &[
            ("fyne-setup config init", "example-config-init"),
            ("fyne-setup config show", "example-config-show"),
        ],
    ),
    (
        "repair",
        &[
            ("fyne-setup repair", "example-repair"),
            ("fyne-setup repair go.path", "example-repair-one"),
            ("fyne-setup repair --deep", "example-repair-deep"),
        ],
    ),
    (
        "plan",
        &[
            ("fyne-setup plan", "example-plan"),
            ("fyne-setup plan repair", "example-plan-repair"),
            ("fyne-setup plan --json > plan.json", "example-plan-json"),
            ("fyne-setup plan --detailed-exitcode", "example-plan-exit"),
        ],
    ),
    ("apply", &[("fyne-setup apply plan.json", "example-apply")]),
    (
        "diagnose",
        &[
            ("fyne-setup diagnose build.log", "example-diagnose"),
            ("go build 2>&1 | fyne-setup diagnose -", "example-diagnose-pipe"),
            ("fyne-setup diagnose --apply build.log", "example-diagnose-apply"),
        ],
    ),
    (
        "explain",
        &[
            ("fyne-setup explain go.path", "example-explain"),
            ("fyne-setup explain cgo", "example-explain-family"),
            ("fyne-setup explain disk.full", "example-explain-code"),
            ("fyne-setup explain missing-header", "example-explain-cause"),
            ("fyne-setup explain cross-compiler-missing", "example-explain-cross"),
        ],
    ),
    (
        "history",
        &[("fyne-setup history", "example-history"), ("fyne-setup history 17123-1", "example-history-run")],
    ),
    (
        "undo",
        &[
            ("fyne-setup undo", "example-undo"),
            ("fyne-setup undo --dry-run", "example-undo-dry"),
            ("fyne-setup undo 17123-1", "example-undo-run"),
        ],
    ),
    (
        "uninstall",
        &[
            ("fyne-setup uninstall --dry-run", "example-uninstall-dry"),
            ("fyne-setup uninstall", "example-uninstall"),
        ],
    ),
    (
        "report",
        &[
            ("fyne-setup report", "example-report"),
            ("fyne-setup report --dry-run", "example-report-dry"),
            ("fyne-setup report --out - > report.tar.gz", "example-report-pipe"),
        ],
    ),
    (
        "run",
        &[
            ("fyne-setup run -- go build .", "example-run"),
            ("fyne-setup run --virtual-display -- go test ./...", "example-run-display"),
        ],
    ),
    (
        "env",
        &[
            ("eval \"$(fyne-setup env)\"", "example-env"),
            ("fyne-setup env --shell fish | source", "example-env-fish"),
            ("fyne-setup env --github", "example-env-github"),
        ],
    ),
    (
        "provision",
        &[
            ("fyne-setup provision list", "example-provision-list"),
            ("fyne-setup provision ansible --to lab", "example-provision-ansible"),
            ("fyne-setup provision github-action", "example-provision-github"),
        ],
    ),
    (
        "bundle",
        &[
            ("fyne-setup bundle create fyne.tar", "example-bundle"),
            ("fyne-setup bundle create fyne.tar --key minisign.key", "example-bundle-key"),
            ("fyne-setup bundle verify fyne.tar", "example-bundle-verify"),
            ("fyne-setup install --bundle fyne.tar", "example-install-bundle"),
        ],
    ),
    ("pin", &[("fyne-setup pin", "example-pin"), ("fyne-setup pin --check", "example-pin-check")]),
    (
        "verify",
        &[
            ("fyne-setup verify go1.27.4.linux-amd64.tar.gz", "example-verify"),
            ("fyne-setup verify --go /usr/local/go", "example-verify-go"),
        ],
    ),
];

/// The commands in the help of the program, by what one wants: the heading's key, and the commands. What stands in no row is
/// shown under the last heading.
pub const GROUPS: &[(&str, &[&str])] = &[
    ("usage-group-begin", &["check", "install", "repair", "diagnose", "explain", "accept", "report"]),
    ("usage-group-back", &["plan", "history", "undo", "uninstall"]),
    ("usage-group-project", &["run", "prove", "pin", "env"]),
    ("usage-group-many", &["provision", "bundle", "apply", "fleet"]),
    ("usage-group-trust", &["verify", "manifest"]),
    ("usage-group-more", &["config", "self", "completions", "man", "schema"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::usage;
    use crate::report::{Lang, Words};

    #[test]
    fn every_example_is_a_command_line_that_is_read_and_is_about_its_command() {
        let line = usage::command(&Words::of(Lang::En), 80);
        for (command, rows) in EXAMPLES {
            assert!(line.find_subcommand(command).is_some(), "{command}");
            for (example, _) in *rows {
                let ours = example.split_once("fyne-setup ").map(|it| it.1.split(['|', '>', ')']).next());
                let words = ours.flatten().unwrap_or_default().split_whitespace();
                let argv: Vec<&str> = ["fyne-setup"].into_iter().chain(words).collect();
                let read = line.clone().try_get_matches_from(&argv);
                assert!(read.is_ok(), "{example}: {read:?}");
                assert!(argv[1] == *command || *command == "bundle", "{example} is of another command");
                assert!(example.len() <= 58, "{example} does not fit 60 columns");
            }
        }
    }

    #[test]
    fn every_group_has_commands_that_there_are_each_once() {
        let line = usage::command(&Words::of(Lang::En), 80);
        let mut seen: Vec<&str> = Vec::new();
        for name in GROUPS.iter().flat_map(|it| it.1) {
            assert!(line.find_subcommand(name).is_some() && !seen.contains(name), "{name}");
            seen.push(name);
        }
    }
}
