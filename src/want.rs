//! `Want`: what the user asked for; and `Target`: the versions that follow. Inputs of the checks and of the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::advisory::Advisory;
use crate::discreet::Discreet;
use crate::gather::Order as _;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, SystemVersion, Version};

mod accepted;
mod locked;
mod stale;

pub use accepted::Accepted;
pub use locked::{LockFault, LockSeen, Locked};
pub use stale::StaleManifest;

/// What the user asked for. Everything that makes one run differ from another on the same machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Want {
    /// Build only, or a window too.
    pub goal: Goal,
    /// The versions of this run.
    pub target: Target,
    /// `--go`, as typed.
    pub go: Option<GoVersion>,
    /// `--fyne`, as typed.
    pub fyne: Option<Version>,
    /// The project (the directory of its `go.mod`), if any.
    pub project: Option<PathBuf>,
    /// No network.
    pub offline: bool,
    /// For all users, below /opt.
    pub system: bool,
    /// Where Go goes instead of our data directory.
    pub prefix: Option<PathBuf>,
    /// Replace a good Go or CLI by the recommended one.
    pub upgrade: bool,
    /// End with a window.
    pub proof: bool,
    /// Warm the cache for `fyne build`.
    pub warm: bool,
    /// Write the block into profiles.
    pub modify_path: bool,
    /// `--goproxy`.
    pub goproxy: Option<Discreet>,
    /// `--go-mirror`.
    pub go_mirrors: Vec<Discreet>,
    /// Never elevate.
    pub no_sudo: bool,
    /// `--msvc`: Microsoft's compiler as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub msvc: bool,
    /// `--layer`: packages go into the next image, on a system that comes as one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub layer: bool,
    /// `--allow`: what is done only where somebody says so, now: what a file or a journal says was allowed then is not read.
    #[serde(default, skip_deserializing, skip_serializing_if = "BTreeSet::is_empty")]
    pub allow: BTreeSet<Allowed>,
    /// The versions that the lock file of the project named, where it is obeyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<Locked>,
    /// The lock file of the project, where one is there, whether it is obeyed or not. Looked at in each run anew.
    #[serde(skip)]
    pub lock_seen: Option<LockSeen>,
    /// Why nothing new may be downloaded, whatever is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<StaleManifest>,
    /// The findings that were accepted here. Read in each run anew: a plan and a journal accept nothing.
    #[serde(skip)]
    pub accepted: Vec<Accepted>,
}

impl Want {
    /// With the secrets of its URLs, which no plan and no journal keeps: from what the user says again, or from what is set.
    ///
    /// # Errors
    /// The first one, as it is shown, whose secrets nobody says.
    pub fn filled(self, lists: &[&str], mirrors: &[&str]) -> Result<Self, Discreet> {
        let find = |it: Discreet, known: &[&str]| it.filled(known.iter().copied()).ok_or(it);
        let goproxy = self.goproxy.map(|it| find(it, lists)).transpose()?;
        let go_mirrors = self.go_mirrors.into_iter().map(|it| find(it, mirrors)).collect::<Result<_, _>>()?;
        Ok(Self { goproxy, go_mirrors, ..self })
    }

    /// What is wanted where only the versions are known: everything as it is without an option.
    pub const fn of(target: Target) -> Self {
        Self {
            goal: Goal::Desktop,
            target,
            go: None,
            fyne: None,
            project: None,
            offline: false,
            system: false,
            prefix: None,
            upgrade: false,
            proof: true,
            warm: true,
            modify_path: true,
            goproxy: None,
            go_mirrors: Vec::new(),
            no_sudo: false,
            msvc: false,
            layer: false,
            allow: BTreeSet::new(),
            locked: None,
            lock_seen: None,
            held: None,
            accepted: Vec::new(),
        }
    }
}

/// What goes beyond this system, and is done only where somebody says so: on a terminal by the answer to the plan, else by
/// `--allow`. `--yes` does not say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowed {
    /// A rule of the firewall of Windows, from WSL.
    WindowsFirewall,
}

impl Allowed {
    /// All of them, by their names.
    pub const ALL: [(&str, Self); 1] = [("windows-firewall", Self::WindowsFirewall)];
}

/// What the machine is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Goal {
    /// Compiles, never shows a window.
    Build,
    /// Builds, and its windows open.
    #[default]
    Desktop,
}

/// The versions of a run, resolved from the manifest (`manifest::resolve`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The Go to install where there is no good one.
    pub go: GoVersion,
    /// The lowest Go that builds this Fyne and this CLI.
    pub go_min: GoVersion,
    /// The lowest Go that builds this Fyne alone, where the CLI wants a newer one.
    #[serde(default)]
    pub library_min: Option<GoVersion>,
    /// The newest line that is known to work, as (1, 27).
    pub go_max: (u16, u16),
    /// fyne/v2 of this run.
    pub fyne: Version,
    /// `fyne.io/tools/cmd/fyne@v1.7.4`.
    pub cli: ModuleVersion,
    /// Capabilities that a build needs on this OS, as `packages.toml` names them.
    pub needs: Vec<String>,
    /// Build tags of this Fyne, each with the needs that a build with it does not have.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, Vec<String>>,
    /// Oldest Go of each line without a known vulnerability that concerns us.
    pub floor: Vec<GoVersion>,
    /// The vulnerabilities that the floor is above. A plan that was stored before they were known has none.
    #[serde(default)]
    pub advisories: Vec<Advisory>,
    /// Which Go the system lets run, where that is not any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
}

/// Which Go a system lets run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The version of the system.
    pub system: SystemVersion,
    /// The newest release line that does, as (1, 26).
    pub newest: Option<(u16, u16)>,
    /// The oldest whose own programs do, the fyne CLI among them: what Apple's linker links starts all the same.
    pub oldest: Option<(u16, u16)>,
}

impl Bounds {
    /// Whether this Go runs there, and so does every program that it builds: only such a one is chosen.
    pub fn allow(&self, go: GoVersion) -> bool {
        self.runs(go) && self.oldest.is_none_or(|it| go.line() >= it)
    }

    /// Whether this Go itself runs there.
    pub fn runs(&self, go: GoVersion) -> bool {
        self.newest.is_none_or(|it| go.line() <= it)
    }

    /// Why one is not chosen.
    pub fn refusal(&self, go: GoVersion) -> Text {
        let system = self.system.to_string();
        let written = |(major, minor): (u16, u16)| format!("{major}.{minor}");
        match (self.newest.filter(|it| go.line() > *it), self.oldest) {
            (Some(newest), _) => {
                text!("resolve-go-above-system", go = go, system = system, line = written(newest))
            }
            (None, oldest) => {
                let line = oldest.map(written).unwrap_or_default();
                text!("resolve-go-below-system", go = go, system = system, line = line)
            }
        }
    }
}

impl Target {
    /// The newest release line that runs on this system, where the chosen Go does not.
    pub fn last_here(&self) -> Option<String> {
        let (major, minor) = self.bounds.filter(|it| !it.allow(self.go))?.newest?;
        Some(format!("{major}.{minor}"))
    }

    /// The needs of a build with these tags: without those that each of the known ones among them leaves out.
    pub fn needs_with(&self, tags: &[String]) -> Vec<String> {
        let known: Vec<&Vec<String>> = tags.iter().filter_map(|it| self.tags.get(it)).collect();
        let left_out = |need: &String| !known.is_empty() && known.iter().all(|it| it.contains(need));
        self.needs.iter().filter(|it| !left_out(it)).cloned().collect()
    }

    /// The floor of a Go's own line; `None` for a line without one (1.25 and older).
    pub fn floor_of(&self, go: GoVersion) -> Option<GoVersion> {
        self.floor.iter().copied().find(|it| it.line() == go.line())
    }

    /// What the Go of this run brings with it, where it was asked for by name and is not safe.
    pub fn warning(&self) -> Option<Text> {
        let list = vulnerabilities(&self.advisories, self.go);
        match (self.floor_of(self.go), list) {
            (Some(floor), list) if self.go < floor => Some(below_floor(self.go, floor, list)),
            (None, Some(list)) => Some(text!("resolve-no-fixes", go = self.go, list = list)),
            _ => None,
        }
    }

    /// Whether this Fyne and CLI are known to build with it.
    pub fn allows(&self, go: GoVersion) -> bool {
        go >= self.go_min && go.line() <= self.go_max && self.bounds.is_none_or(|it| it.allow(go))
    }
}

/// A Go below the floor of its release line, and the vulnerabilities that it has, where they are known.
pub fn below_floor(go: GoVersion, floor: GoVersion, list: Option<Text>) -> Text {
    match list {
        Some(list) => text!("resolve-below-floor-brings", go = go, floor = floor, list = list),
        None => text!("resolve-below-floor", go = go, floor = floor),
    }
}

/// The vulnerabilities of a Go, each with what it comes to; `None` where none is known.
pub fn vulnerabilities(advisories: &[Advisory], go: GoVersion) -> Option<Text> {
    let mut all: Vec<_> = advisories.iter().filter(|it| it.concerns(go)).collect();
    // The newest first, whatever their order in a manifest.
    all.order_by(|a, b| (b.fixed.iter().max(), &a.id).cmp(&(a.fixed.iter().max(), &b.id)));
    let told = all.into_iter().map(|it| text!("go-version-vulnerability", id = &it.id, what = &it.what));
    told.reduce(|first, second| text!("go-version-and", first = first, second = second))
}

#[cfg(test)]
pub mod tests {
    //! A wish for tests of checks and plans.
    use super::*;

    /// What `install` without options wants on Linux, with Fyne 2.8.1.
    pub fn want() -> Want {
        let needs = [
            "c-compiler",
            "libc",
            "pkg-config",
            "gl",
            "egl",
            "x11",
            "xrandr",
            "xcursor",
            "xinerama",
            "xi",
            "xxf86vm",
            "wayland",
            "xkbcommon",
        ];
        Want::of(Target {
            go: GoVersion::release(1, 27, 4),
            go_min: GoVersion::release(1, 22, 0),
            library_min: None,
            go_max: (1, 27),
            fyne: "2.8.1".parse().expect("a version"),
            cli: "fyne.io/tools/cmd/fyne@v1.7.4".into(),
            needs: needs.map(str::to_owned).to_vec(),
            tags: crate::manifest::Manifest::embedded().fyne[0].tags.clone(),
            floor: vec![GoVersion::release(1, 26, 11), GoVersion::release(1, 27, 4)],
            advisories: crate::manifest::Manifest::embedded().go.advisory,
            bounds: None,
        })
    }

    #[test]
    fn a_tag_takes_its_needs_away_unless_another_one_brings_them_back() {
        let target = want().target;
        for (tags, wayland) in
            [(&[][..], true), (&["x11"], false), (&["debug", "x11"], false), (&["x11", "wayland"], true)]
        {
            let tags: Vec<String> = tags.iter().map(|it| (*it).to_owned()).collect();
            let needs = target.needs_with(&tags);
            assert_eq!(needs.contains(&"wayland".to_owned()), wayland, "{tags:?}");
            assert!(needs.contains(&"x11".to_owned()), "{tags:?}");
        }
    }
}
