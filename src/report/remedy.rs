//! What fixes a finding, in words and as a command to type: needs in, remedies out. Pure, and only told, never done;
//! what is really done is the planner's.

use std::path::Path;

use crate::action::{firewall, installer};
use crate::checks::{self, Finding, Status, blame};
use crate::facts::Facts;
use crate::facts::host::Rights;
use crate::facts::supply::Orphan;
use crate::fleet::{self, ABSENT};
use crate::need::Need;
use crate::packages::{PackageManager, Table};
use crate::path_style::PathStyle;
use crate::quoting::{quoted, quoted_path};
use crate::report::model::{Checked, Next};
use crate::shell::edit::Fault;
use crate::text::Text;
use crate::typed;
use crate::version::Version;
use crate::want::Want;

mod apple;
mod wsl;

/// What fixes a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// What has to be done, one text a need.
    pub texts: Vec<Text>,
    /// What to type to do it by hand, where one line does it.
    pub command: Option<String>,
    /// Whether fyne-setup does it by itself.
    pub auto: bool,
    /// Whether it takes root.
    pub needs_root: bool,
}

/// The remedy of a finding; `None` where nothing is to be fixed.
pub fn remedy(finding: &Finding, facts: &Facts, fyne: &Version, packages: &Table) -> Option<Remedy> {
    let input = RemedyInput { facts, fyne, packages };
    let verdict = &finding.verdict;
    let unwell = matches!(verdict.status, Status::Fail | Status::Warn | Status::Waiting | Status::Unknown);
    if !unwell || (verdict.needs.is_empty() && verdict.decision.is_none()) {
        return None;
    }
    let parts: Vec<_> = verdict.needs.iter().filter_map(|it| part(it, &input)).collect();
    let texts = input.brings(&verdict.needs);
    let mut whole = Remedy { auto: !verdict.needs.is_empty(), texts, ..Remedy::default() };
    for part in &parts {
        whole.texts.extend(part.texts.iter().cloned());
        whole.auto &= part.auto;
        whole.needs_root |= part.needs_root;
    }
    if let Some(decision) = &verdict.decision {
        whole.texts.push(decision.text.clone());
        whole.command.clone_from(&decision.command);
        whole.auto = false;
    }
    if whole.command.is_none() {
        let packages = input.install(&verdict.needs);
        let lines = input.lines(&verdict.needs);
        let commands = lines.into_iter().chain(parts.into_iter().filter_map(|it| it.command));
        let commands: Vec<_> = packages.into_iter().chain(commands).collect();
        let line = (!commands.is_empty()).then(|| typed::then(facts.here.style, &commands));
        whole.command = line.map(|it| if facts.host.is_mac() { typed::for_a_mac(&it) } else { it });
        // A Mac's own dialogue asks for an administrator.
        let linux = facts.host.identity.os == "linux";
        if linux && whole.command.is_some() && whole.needs_root && facts.host.rights == Rights::None {
            whole.texts.push(text!("remedy-administrator"));
        }
    }
    Some(whole)
}

/// The line that puts a directory in front on PATH.
fn front_on_path(input: &RemedyInput, dir: &Path) -> String {
    match input.facts.here.style {
        PathStyle::Unix => match (quoted_path(dir), dir.display().to_string()) {
            (word, plain) if word == plain => format!("export PATH=\"{plain}:$PATH\""),
            (word, _) => format!("export PATH={word}:\"$PATH\""),
        },
        style @ PathStyle::Windows => {
            format!("$env:Path = '{};' + $env:Path", style.shown(dir).replace('\'', "''"))
        }
    }
}

/// What one need takes. Packages get their command together, in [`packages_of`].
fn part(need: &Need, input: &RemedyInput) -> Option<Remedy> {
    let told = |text: Text, command: Option<String>| Remedy {
        texts: vec![text],
        command,
        auto: true,
        needs_root: false,
    };
    Some(match need {
        Need::Go(_) if input.facts.damaged_go().is_some() => {
            let root = input.facts.damaged_go().map(|it| it.root.clone()).unwrap_or_default();
            told(text!("remedy-go-files", root = root), Some("fyne-setup repair".into()))
        }
        Need::Go(version) => told(text!("remedy-go", version = version), Some("fyne-setup install".into())),
        Need::Cli(module) => told(text!("remedy-cli", module = module), Some(format!("go install {module}"))),
        // All packages of a finding are named together: see `RemedyInput::brings`.
        Need::Capability(_) => {
            let auto = input.manager();
            let needs_root = auto.map_or_else(|| input.by_hand_as_root(), |it| it.needs_root());
            Remedy { auto: auto.is_some(), needs_root, ..Remedy::default() }
        }
        Need::Damaged(name) => laid_anew(name, input),
        Need::VisualStudio { setup, install, add } => visual_studio(setup, install, add),
        Need::CommandLineTools => apple::command_line_tools(input.facts),
        Need::DeveloperDir(dir) => apple::developer_dir(input.facts, dir.as_deref()),
        Need::WindowsFirewall { powershell, port, from } => {
            let words: Vec<String> =
                firewall::allow(powershell, *port, from).iter().map(|it| quoted(it)).collect();
            told(text!("remedy-windows-firewall", port = u32::from(*port)), Some(words.join(" ")))
        }
        Need::WslgSockets { dir, each_start } => wsl::sockets(input.facts, dir, *each_start),
        Need::OnPath(dir) => told(text!("remedy-on-path", dir = dir), Some(front_on_path(input, dir))),
        Need::RegistrySetting { key, name } => {
            let typed = name.replace('\'', "''");
            let command = format!("[Environment]::SetEnvironmentVariable('{typed}', $null, 'User')");
            told(text!("remedy-registry", name = name, key = key.to_string()), Some(command))
        }
        Need::GoSetting { key, value: Some(value) } => {
            let setting = typed::word(input.facts.here.style, &format!("{key}={value}"));
            let command = format!("go env -w {setting}");
            told(text!("remedy-set", key = key, value = value), Some(command))
        }
        Need::GoSetting { key, value: None } => {
            told(text!("remedy-unset", key = key), Some(format!("go env -u {key}")))
        }
        Need::FileSetting { file, line, variable } => {
            let auto = input.facts.here.files.get(file).is_some_and(|it| it.writable);
            let text = if variable.is_empty() {
                text!("remedy-garbage", file = file, line = *line)
            } else {
                text!("remedy-line", file = file, line = *line, variable = variable)
            };
            Remedy { auto, ..told(text, None) }
        }
        Need::LineEnds(file) => {
            let auto = input.facts.here.files.get(file).is_some_and(|it| it.writable);
            Remedy { auto, ..told(text!("remedy-line-ends", file = file), None) }
        }
        Need::Modules(fyne) => told(text!("remedy-modules", fyne = fyne), Some("fyne-setup install".into())),
        Need::WholeModule(module) => told(text!("remedy-whole-module", module = module), None),
        Need::SumLines(dir) => {
            told(text!("remedy-sum-lines", file = dir.join("go.sum")), Some("go mod tidy".into()))
        }
        Need::Cache(dir) => {
            let command = typed::moved_away(input.facts.here.style, dir);
            told(text!("remedy-cache", dir = dir), Some(command))
        }
        Need::WholeBuilds(dir) => {
            told(text!("remedy-whole-builds", dir = dir), Some("go clean -cache".into()))
        }
        Need::PackagesConfigured if input.orphans().next().is_some() => {
            let typed = input.manager().map(|it| input.orphans().filter_map(|at| it.typed_disown(&at.path)));
            let typed: Vec<String> = typed.into_iter().flatten().map(|it| input.as_root(&it)).collect();
            let command = (!typed.is_empty()).then(|| typed.join(" && "));
            Remedy { needs_root: true, ..told(text!("remedy-disown"), command) }
        }
        Need::PackagesConfigured => {
            let typed = input.manager().and_then(PackageManager::typed_configure);
            let command = typed.map(|it| input.as_root(it));
            Remedy { needs_root: true, ..told(text!("remedy-configure"), command) }
        }
        Need::Decision => return None,
    })
}

/// What a package that is there, and damaged or too old, takes.
fn laid_anew(name: &str, input: &RemedyInput) -> Remedy {
    let damaged = blame::damaged(input.facts, name);
    let names = if damaged.is_empty() { input.names(name) } else { damaged.to_vec() };
    let what = if names.is_empty() { input.packages.sign(name) } else { names.join(" ") };
    let again = input.manager().filter(|_| !names.is_empty()).map(|it| it.typed_again(&names));
    let command = again.map(|it| input.as_root(&it));
    let text = if input.is_old(&names) {
        text!("remedy-older", what = what)
    } else {
        text!("remedy-damaged", what = what)
    };
    Remedy { texts: vec![text], command, auto: true, needs_root: input.needs_root() }
}

fn capability(need: &Need) -> Option<&str> {
    if let Need::Capability(name) = need { Some(name) } else { None }
}

/// What a remedy depends on besides the finding.
struct RemedyInput<'a> {
    facts: &'a Facts,
    fyne: &'a Version,
    packages: &'a Table,
}

impl RemedyInput<'_> {
    fn manager(&self) -> Option<&'static dyn PackageManager> {
        self.packages.manager_for(&self.facts.host)
    }

    /// Files that the manager's record gives to somebody who does not exist.
    fn orphans(&self) -> impl Iterator<Item = &Orphan> {
        self.facts.native.supply.here().into_iter().flat_map(|it| &it.orphans)
    }

    /// Whether what a person types to install packages takes root.
    fn by_hand_as_root(&self) -> bool {
        self.facts.host.image.is_none() && self.packages.family(&self.facts.host).is_some_and(|it| it.as_root)
    }

    /// The packages that bring a capability here; none where we do not know.
    fn names(&self, capability: &str) -> Vec<String> {
        self.packages.supplies(capability, &self.facts.host, self.fyne)
    }

    /// Those of them that are not there; all of them where none is missing by name.
    fn missing(&self, capability: &str) -> Vec<String> {
        let all = self.names(capability);
        let there = self.facts.native.manager.here().map(|it| &it.installed);
        let missing: Vec<_> =
            all.iter().filter(|it| !there.is_some_and(|all| all.contains_key(*it))).cloned().collect();
        if missing.is_empty() { all } else { missing }
    }

    /// Whether one of these is there in a version that is too old to serve.
    fn is_old(&self, names: &[String]) -> bool {
        let there = self.facts.native.manager.here().map(|it| &it.installed);
        let old = there.map(|it| self.packages.too_old(&self.facts.host, it)).unwrap_or_default();
        old.iter().any(|it| names.iter().any(|name| name == it.0))
    }

    /// What brings the capabilities among these needs: packages in one text, the others by their own names.
    fn brings(&self, needs: &[Need]) -> Vec<Text> {
        let packages = self.packages(needs);
        if !packages.is_empty() && self.facts.host.image.is_some() {
            return self.around_image(&packages);
        }
        let capabilities = needs.iter().filter_map(capability);
        let mut unknown: Vec<String> = Vec::new();
        for sign in capabilities.filter(|it| self.names(it).is_empty()).map(|it| self.packages.sign(it)) {
            if !unknown.contains(&sign) {
                unknown.push(sign);
            }
        }
        let count = unknown.len();
        let unknown =
            (count > 0).then(|| text!("remedy-capability", count = count, what = unknown.join(", ")));
        let known = (!packages.is_empty()).then(|| text!("remedy-packages", packages = packages.join(" ")));
        known.into_iter().chain(unknown).collect()
    }

    /// What there is to do where the system takes no packages.
    fn around_image(&self, packages: &[String]) -> Vec<Text> {
        let host = &self.facts.host;
        let contained = match self.packages.contained(host) {
            Some(_) => text!("remedy-image-container"),
            None => text!("remedy-image-no-tool"),
        };
        let layered = self.packages.layered(host, packages);
        let layered = layered.map(|line| text!("remedy-image-layer", line = line));
        [contained].into_iter().chain(layered).collect()
    }

    /// The packages that these needs lack, each once.
    fn packages(&self, needs: &[Need]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in needs.iter().filter_map(capability).flat_map(|it| self.missing(it)) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// The edits of files, one command a file.
    fn lines(&self, needs: &[Need]) -> Vec<String> {
        let files = &self.facts.here.files;
        let command = |(file, faults): (&Path, Vec<Fault>)| files.get(file)?.fixed(&faults).ok()?.1;
        blame::faults(needs).into_iter().filter_map(command).collect()
    }

    /// One command of the package manager for all of a finding's needs.
    fn install(&self, needs: &[Need]) -> Option<String> {
        let names = self.packages(needs);
        if names.is_empty() { None } else { self.packages.paste(&self.facts.host, &names) }
    }

    /// A command as it is typed here.
    fn as_root(&self, line: &str) -> String {
        let plain = self.facts.host.rights == Rights::Root || !self.needs_root();
        if plain { line.to_owned() } else { format!("sudo {line}") }
    }

    /// Whether the package manager's commands need root.
    fn needs_root(&self) -> bool {
        self.manager().is_none_or(|it| it.needs_root())
    }
}

/// Components for Visual Studio, and the line of PowerShell that adds them.
fn visual_studio(setup: &Path, install: &Path, add: &[String]) -> Remedy {
    let words = installer::modify(setup, install, add);
    let typed: Vec<String> = words.iter().map(|it| typed_on_windows(it)).collect();
    let text = text!("remedy-visual-studio", components = add.join(", "));
    Remedy {
        auto: true,
        texts: vec![text],
        command: Some(format!("& {}", typed.join(" "))),
        ..Remedy::default()
    }
}

/// A word as PowerShell reads it.
fn typed_on_windows(word: &str) -> String {
    if word.contains(' ') { format!("\"{word}\"") } else { word.to_owned() }
}

/// The one command to type after a check.
pub fn next(checks: &[Checked], facts: &Facts, want: &Want, packages: &Table) -> Option<Next> {
    let bad: Vec<_> = checks.iter().filter(|it| it.finding.verdict.is_bad()).collect();
    let auto = || bad.iter().filter_map(|it| it.remedy.as_ref()).filter(|it| it.auto);
    let nobody = facts.host.rights.are_missing(want.no_sudo);
    if nobody && auto().next().is_some() && auto().all(|it| it.needs_root) {
        let needs: Vec<Need> = bad.iter().flat_map(|it| it.finding.verdict.needs.clone()).collect();
        let input = RemedyInput { facts, fyne: &want.target.fyne, packages };
        let command = input.install(&needs).or_else(|| auto().find_map(|it| it.command.clone()))?;
        return Some(Next { text: text!("report-next-administrator"), command });
    }
    if auto().next().is_some() {
        // What is not there is installed; what is there and wrong is repaired.
        let absent = bad.iter().any(|it| ABSENT.contains(&it.finding.id.as_str()));
        let line = if absent { fleet::Next::Install } else { fleet::Next::Repair }.line();
        return Some(Next { text: text!("report-next-install"), command: facts.ours.places.typed(line) });
    }
    let Some(first) = bad.first() else {
        // The machine is ready, and this terminal is older than that.
        let command = facts.ours.older_terminal.then(|| checks::terminal::typed(facts))?;
        return Some(Next { text: text!("work-type-this"), command });
    };
    let id = &first.finding.id;
    Some(Next { text: text!("report-next-explain"), command: format!("fyne-setup explain {id}") })
}

#[cfg(test)]
mod tests;
