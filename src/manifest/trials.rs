//! The file of trials, `manifests/proven.toml`: what an `install` of three versions says about them, written so that the
//! same trials give the same bytes. Pure. `examples/prove-manifest.rs` runs the trials.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::cells::Cell;
use super::model::{Absent, Broken, Manifest, Part, Trial};
use crate::failure::Code;
use crate::gather::Order as _;

/// What stands above the trials.
const HEAD: &str = "\
# What was built and its window seen, and what was tried and failed. Written by scripts/prove-manifest, never by hand.
";

/// All that was tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trials {
    /// Built, and the window seen.
    #[serde(default)]
    pub proven: Vec<Trial>,
    /// Failed.
    #[serde(default)]
    pub broken: Vec<Broken>,
    /// Could not be had.
    #[serde(default)]
    pub absent: Vec<Absent>,
}

/// What a report of `install --json` says about its three versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Everything was built, and the window was seen.
    Proven,
    /// These parts fail, each with the first line of its error.
    Broken(Vec<(Part, String)>),
    /// It failed for another reason (network, disk, rights), which says nothing about the versions.
    Nothing(String),
}

impl Trials {
    /// Those of a manifest.
    pub fn of(manifest: &Manifest) -> Self {
        let Manifest { proven, broken, absent, .. } = manifest.clone();
        Self { proven, broken, absent }
    }

    /// What was found out about a cell on this platform and distribution: what failed, nothing if it is proven.
    pub fn known(&self, cell: &Cell, platform: &str, distro: &str) -> Option<Vec<Part>> {
        let same = |it: &Trial| is_of(it, cell) && it.platform == platform && it.distro == distro;
        let broken: Vec<_> = self.broken.iter().filter(|it| same(&it.trial)).map(|it| it.part).collect();
        (!broken.is_empty() || self.proven.iter().any(same)).then_some(broken)
    }

    /// Enters what was found out, in place of what was known about the same versions on the same system.
    pub fn enter(&mut self, trial: &Trial, judged: &Judged) {
        let same = |it: &Trial| {
            (&it.fyne, it.go, &it.cli, &it.platform, &it.distro)
                == (&trial.fyne, trial.go, &trial.cli, &trial.platform, &trial.distro)
        };
        match judged {
            Judged::Nothing(_) => return,
            _ => {
                self.proven.retain(|it| !same(it));
                self.broken.retain(|it| !same(&it.trial));
            }
        }
        match judged {
            Judged::Proven => self.proven.push(trial.clone()),
            Judged::Broken(parts) => {
                let broken = |(part, error): &(Part, String)| Broken {
                    trial: trial.clone(),
                    part: *part,
                    error: error.clone(),
                };
                self.broken.extend(parts.iter().map(broken));
            }
            Judged::Nothing(_) => {}
        }
    }

    /// The file: newest Fyne first, then newest Go.
    pub fn file(&self) -> String {
        let mut all = self.clone();
        let order = |a: &Trial, b: &Trial| {
            let key = |it: &Trial| (it.platform.clone(), it.distro.clone());
            (&b.fyne, b.go, &a.cli).cmp(&(&a.fyne, a.go, &b.cli)).then(key(a).cmp(&key(b)))
        };
        all.proven.order_by(order);
        all.broken.order_by(|a, b| order(&a.trial, &b.trial).then((a.part as u8).cmp(&(b.part as u8))));
        all.absent.order_by(|a, b| b.go.cmp(&a.go).then(a.wanted.cmp(&b.wanted)));
        format!("{HEAD}\n{}", toml::to_string(&all).unwrap_or_default())
    }
}

/// Whether a trial is of these versions.
fn is_of(trial: &Trial, cell: &Cell) -> bool {
    trial.fyne == cell.fyne && trial.go == cell.go && trial.cli == cell.cli.at_version()
}

/// What the report of an `install --json` says. `home` is where it was installed to; errors are told without it.
pub fn judge(report: &Value, home: &str) -> Judged {
    let actions = report["actions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let state = |kind: &str, state: &str| {
        actions.iter().any(|it| it["kind"].as_str() == Some(kind) && it["state"].as_str() == Some(state))
    };
    let mut broken: Vec<(Part, String)> = Vec::new();
    let mut other = None;
    for failed in actions.iter().filter(|it| it["state"] == "failed") {
        let code = failed["error"]["code"].as_str().unwrap_or_default();
        let message = failed["error"]["message"].as_str().unwrap_or_default();
        let part = match failed["kind"].as_str().unwrap_or_default() {
            "download-modules" | "build-program" if code == Code::BuildFailed.name() => Part::Fyne,
            "install-cli" if code == Code::BuildFailed.name() => Part::Cli,
            "prove" if code.starts_with("prove.") => Part::Window,
            _ => {
                other = Some(message.to_owned());
                continue;
            }
        };
        if !broken.iter().any(|it| it.0 == part) {
            broken.push((part, told(message, home)));
        }
    }
    let whole =
        ["download-modules", "build-program", "install-cli", "prove"].iter().all(|it| state(it, "done"));
    match other {
        Some(why) => Judged::Nothing(why),
        None if !broken.is_empty() => Judged::Broken(broken),
        None if whole && report["exit"] == 0 => Judged::Proven,
        None => {
            let said = report["error"]["message"].as_str().unwrap_or("the report names no failure");
            Judged::Nothing(said.to_owned())
        }
    }
}

/// The tool's own words: without the command that we gave, and without the paths of one trial.
fn told(message: &str, home: &str) -> String {
    let said = message.split_once("): ").map_or(message, |it| it.1);
    let in_cache = said.split_once("go/pkg/mod/").map(|it| it.1);
    in_cache.unwrap_or(said).replace(home, "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn trial(go: &str) -> Trial {
        Trial {
            fyne: "2.8.1".parse().expect("a version"),
            go: go.parse().expect("a version"),
            cli: "fyne.io/tools/cmd/fyne@v1.7.4".into(),
            platform: "linux/amd64".into(),
            distro: "debian 12".into(),
            compiler: "gcc 12.2.0".into(),
            go_from: "golang.org/toolchain".into(),
            date: "2026-11-24".parse().expect("a date"),
            seconds: 60,
        }
    }

    fn report(exit: u8, states: &[(&str, &str, &str, &str)]) -> Value {
        let action = |(kind, state, code, message): &(&str, &str, &str, &str)| json!({ "kind": kind, "state": state, "error": { "code": code, "message": message } });
        json!({ "exit": exit, "actions": states.iter().map(action).collect::<Vec<_>>() })
    }

    #[test]
    fn only_what_was_wholly_done_is_proven_and_only_a_build_speaks_against_versions() {
        let done = |it| (it, "done", "", "");
        let good = [done("download-modules"), done("build-program"), done("install-cli"), done("prove")];
        assert_eq!(judge(&report(0, &good), "/h"), Judged::Proven);
        for left_out in 0..good.len() {
            let mut some = good.to_vec();
            some.remove(left_out);
            assert!(
                matches!(judge(&report(0, &some), "/h"), Judged::Nothing(_)),
                "without {}",
                good[left_out].0
            );
        }
        let why =
            "go install failed (exit 1): /h/go/pkg/mod/golang.org/x/tools/t.go:64:9: invalid array length";
        let cli = [good[0], good[1], ("install-cli", "failed", Code::BuildFailed.name(), why), good[3]];
        let line = "golang.org/x/tools/t.go:64:9: invalid array length";
        assert_eq!(judge(&report(3, &cli), "/h"), Judged::Broken(vec![(Part::Cli, line.into())]));
        let network = [("download-modules", "failed", Code::NetModules.name(), "i/o timeout"), cli[2]];
        assert_eq!(judge(&report(3, &network), "/h"), Judged::Nothing("i/o timeout".into()));
        let both = [
            ("download-modules", "failed", Code::BuildFailed.name(), "x (exit 1): requires go >= 1.22.0"),
            cli[2],
        ];
        let parts =
            |it| if let Judged::Broken(it) = it { it.into_iter().map(|it| it.0).collect() } else { vec![] };
        assert_eq!(parts(judge(&report(3, &both), "/h")), [Part::Fyne, Part::Cli]);
        assert!(matches!(judge(&Value::Null, "/h"), Judged::Nothing(_)));
    }

    #[test]
    fn a_later_trial_stands_in_for_an_earlier_one_and_the_file_reads_back() {
        let mut trials = Trials::default();
        trials.enter(&trial("1.22.0"), &Judged::Proven);
        trials.enter(&trial("1.27.4"), &Judged::Broken(vec![(Part::Cli, "no".into())]));
        trials.enter(&trial("1.27.4"), &Judged::Nothing("no network".into()));
        assert_eq!((trials.proven.len(), trials.broken.len()), (1, 1));
        let file = trials.file();
        assert_eq!(toml::from_str::<Trials>(&file).expect("reads").file(), file);
        trials.enter(&trial("1.27.4"), &Judged::Proven);
        assert_eq!((trials.proven.len(), trials.broken.len()), (2, 0));
        assert!(trials.file().find("1.27.4") < trials.file().find("1.22.0"));
        assert_eq!(trials.file().lines().next(), HEAD.lines().next());
    }
}
