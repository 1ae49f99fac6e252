//! How an action is called: its kind, and what it does in one sentence.

use std::path::Path;

use super::kind::ActionKind;
use super::{Action, Pin, Stage, VariableChange, wsl};
use crate::lockfile::{self, Edits};
use crate::path_style::PathStyle;
use crate::shell::edit::Fault;
use crate::text::Text;
use crate::version::ModuleVersion;

/// How many packages a sentence names.
const NAMED: usize = 3;

impl Action {
    /// Its kind.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::RefreshPackageLists { .. } => ActionKind::RefreshPackageLists,
            Self::InstallPackages { .. } => ActionKind::InstallPackages,
            Self::ReinstallPackages { .. } => ActionKind::ReinstallPackages,
            Self::ConfigurePackages { .. } => ActionKind::ConfigurePackages,
            Self::EnableRepository { .. } => ActionKind::EnableRepository,
            Self::ModifyVisualStudio { .. } => ActionKind::ModifyVisualStudio,
            Self::InstallCommandLineTools => ActionKind::InstallCommandLineTools,
            Self::SelectDeveloperDir { .. } => ActionKind::SelectDeveloperDir,
            Self::ShowWslgSockets { .. } => ActionKind::ShowWslgSockets,
            Self::AllowThroughFirewall { .. } => ActionKind::AllowThroughFirewall,
            Self::InstallGo { .. } => ActionKind::InstallGo,
            Self::RestoreGo { .. } => ActionKind::RestoreGo,
            Self::SwitchGo { .. } => ActionKind::SwitchGo,
            Self::SetGoEnv { .. } => ActionKind::SetGoEnv,
            Self::SetVariable { .. } => ActionKind::SetVariable,
            Self::WriteEnvFiles { .. } => ActionKind::WriteEnvFiles,
            Self::FixLines { .. } => ActionKind::FixLines,
            Self::FixLineEnds { .. } => ActionKind::FixLineEnds,
            Self::PutLast { .. } => ActionKind::PutLast,
            Self::EditProfile { .. } => ActionKind::EditProfile,
            Self::DownloadModules { .. } => ActionKind::DownloadModules,
            Self::RestoreModules { .. } => ActionKind::RestoreModules,
            Self::ReplaceCache { .. } => ActionKind::ReplaceCache,
            Self::DropBuilds { .. } => ActionKind::DropBuilds,
            Self::CompleteSums { .. } => ActionKind::CompleteSums,
            Self::PinProject(_) => ActionKind::PinProject,
            Self::CreateProgram(_) => ActionKind::CreateProgram,
            Self::WarmLibraries { .. } => ActionKind::WarmLibraries,
            Self::BuildProgram { .. } => ActionKind::BuildProgram,
            Self::InstallCli { .. } => ActionKind::InstallCli,
            Self::Prove { .. } => ActionKind::Prove,
            Self::WarmFyneBuild { .. } => ActionKind::WarmFyneBuild,
        }
    }
}

/// What an action does, in one sentence. `bundled`: what it brings comes from a bundle, and not from the network.
pub fn sentence_of(action: &Action, bundled: bool) -> Text {
    match action {
        Action::InstallGo { version, root } if bundled => {
            text!("plan-go-bundled", version = version, root = root)
        }
        Action::DownloadModules { fyne } if bundled => text!("plan-modules-bundled", fyne = fyne),
        _ => sentence(action),
    }
}

/// What an action does, in one sentence.
pub fn sentence(action: &Action) -> Text {
    match action {
        Action::RefreshPackageLists { manager, .. } => text!("plan-refresh", manager = manager),
        Action::InstallPackages { manager, names, .. } => {
            let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = names.len().saturating_sub(NAMED);
            text!("plan-packages", manager = manager, names = shown, count = names.len(), more = more)
        }
        // It brings the newest, too.
        Action::ReinstallPackages { manager, names } if manager == "winget" => {
            text!("plan-reinstall-newest", names = names.join(" "))
        }
        Action::ReinstallPackages { manager, names } => {
            text!("plan-reinstall", manager = manager, names = names.join(" "))
        }
        Action::ConfigurePackages { manager } => text!("plan-configure", manager = manager),
        Action::EnableRepository { repository, .. } => text!("plan-repository", repository = repository),
        Action::ModifyVisualStudio { install, add, .. } => {
            let dir = PathStyle::Windows.shown(install);
            text!("plan-visual-studio", dir = dir, components = add.join(", "))
        }
        Action::InstallCommandLineTools => text!("plan-command-line-tools"),
        Action::SelectDeveloperDir { dir: Some(dir) } => text!("plan-developer-dir", dir = dir),
        Action::SelectDeveloperDir { dir: None } => text!("plan-developer-dir-reset"),
        Action::ShowWslgSockets { dir, each_start: true } => {
            text!("plan-wslg-sockets-each-start", dir = dir, file = wsl::DROP_IN)
        }
        Action::ShowWslgSockets { dir, .. } => text!("plan-wslg-sockets", dir = dir),
        Action::AllowThroughFirewall { port, from, .. } => {
            text!("plan-windows-firewall", port = u32::from(*port), from = from)
        }
        Action::InstallGo { version, root, .. } => text!("plan-go", version = version, root = root),
        Action::RestoreGo { root, version, .. } => text!("plan-restore-go", version = version, root = root),
        Action::RestoreModules { modules } => {
            let names: Vec<&str> = modules.iter().map(ModuleVersion::as_str).collect();
            text!("plan-restore-modules", modules = names.join(" "))
        }
        Action::CompleteSums { dir } => text!("plan-complete-sums", file = dir.join("go.sum")),
        Action::PinProject(Pin { dir, edits, .. }) if edits.is_empty() => {
            text!("plan-pin-lock", file = dir.join(lockfile::NAME))
        }
        Action::PinProject(Pin { dir, edits, .. }) => {
            text!("plan-pin", dir = dir, edits = pinned(edits), file = lockfile::NAME)
        }
        Action::ReplaceCache { dir, .. } => text!("plan-replace-cache", dir = dir),
        Action::DropBuilds { dir, entries } => text!("plan-drop-builds", dir = dir, count = entries.len()),
        Action::SwitchGo { root, link, .. } => text!("plan-switch", root = root, link = link),
        Action::SetGoEnv { file, key, value: Some(value) } => {
            text!("plan-set", key = key, value = value, file = file)
        }
        Action::SetGoEnv { file, key, value: None } => text!("plan-unset", key = key, file = file),
        Action::SetVariable { key, name, change: VariableChange::Remove } => {
            text!("plan-variable-remove", name = name, key = key.to_string())
        }
        Action::SetVariable { key, name, change: VariableChange::Front { dirs } } => {
            let dirs = PathStyle::Windows.join_list(dirs);
            text!("plan-variable-front", dirs = dirs, name = name, key = key.to_string())
        }
        Action::FixLineEnds { file } => text!("plan-line-ends", file = file),
        Action::PutLast { file, line, dir } => text!("plan-put-last", dir = dir, file = file, line = *line),
        Action::WriteEnvFiles { path, .. } => text!("plan-env-files", path = shown(path)),
        Action::FixLines { file, lines } => fix(file, lines),
        Action::EditProfile { file, .. } => text!("plan-profile", file = file),
        Action::DownloadModules { fyne, .. } => text!("plan-modules", fyne = fyne),
        Action::CreateProgram(it) => text!("plan-create-program", dir = &it.dir, fyne = &it.fyne),
        Action::WarmLibraries { stage: Stage::Standard, .. } => text!("plan-libraries-standard"),
        Action::WarmLibraries { fyne, stage: Stage::Pure } => text!("plan-libraries-pure", fyne = fyne),
        Action::WarmLibraries { stage: Stage::Gl, .. } => text!("plan-libraries-gl"),
        Action::BuildProgram { fyne, .. } => text!("plan-program", fyne = fyne),
        Action::InstallCli { module, bin, .. } => text!("plan-cli", module = module, bin = bin),
        Action::Prove { fyne, .. } => text!("plan-prove", fyne = fyne),
        Action::WarmFyneBuild { fyne, .. } => text!("plan-warm", fyne = fyne),
    }
}

/// The lines of go.mod, as they will stand there.
fn pinned(edits: &Edits) -> String {
    let go = edits.go.map(|it| format!("go {it}"));
    let toolchain = edits.toolchain.map(|it| format!("toolchain {}", it.toolchain()));
    let fyne = edits.fyne.as_ref().map(|it| format!("require {} v{it}", lockfile::FYNE));
    go.into_iter().chain(toolchain).chain(fyne).collect::<Vec<_>>().join(", ")
}

fn fix(file: &Path, lines: &[Fault]) -> Text {
    let mut names: Vec<&str> =
        lines.iter().map(|it| it.variable.as_str()).filter(|it| !it.is_empty()).collect();
    names.dedup();
    let mut numbers: Vec<String> = lines.iter().map(|it| it.line.to_string()).collect();
    numbers.dedup();
    let (count, numbers) = (numbers.len(), numbers.join(", "));
    if names.is_empty() {
        return text!("plan-fix-garbage", file = file, count = count, lines = numbers);
    }
    text!("plan-fix", file = file, count = count, lines = numbers, names = names.join(", "))
}

fn shown(paths: &[impl AsRef<Path>]) -> String {
    paths.iter().map(|it| it.as_ref().display().to_string()).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Cache;

    #[test]
    fn packages_are_named_and_not_more_than_a_line_takes() {
        let said = |names: &[&str]| {
            let names = names.iter().map(|it| (*it).to_owned()).collect();
            sentence(&Action::InstallPackages { manager: "apt".into(), names }).to_string()
        };
        assert_eq!(said(&["gcc"]), "plan-packages manager=apt names=gcc count=1 more=0");
        assert_eq!(
            said(&["a", "b", "c", "d", "e"]),
            "plan-packages manager=apt names=a, b, c count=5 more=2"
        );
    }

    #[test]
    fn a_kind_has_the_name_that_its_action_has_in_json() {
        let (fyne, dir) = ("2.8.1".parse::<crate::version::Version>().expect("a version"), "/a");
        let all = [
            Action::DropBuilds { dir: dir.into(), entries: vec![] },
            Action::CompleteSums { dir: dir.into() },
            Action::EditProfile { file: dir.into() },
            Action::PinProject(Pin {
                dir: dir.into(),
                edits: Edits::default(),
                sums: false,
                lock: String::new(),
            }),
            Action::FixLineEnds { file: dir.into() },
            Action::ReplaceCache { dir: dir.into(), cache: Cache::Builds },
            Action::Prove { fyne: fyne.clone() },
            Action::WarmFyneBuild { fyne },
        ];
        for action in all {
            let json = serde_json::to_value(&action).expect("actions are plain data");
            assert_eq!(json["kind"], action.kind().to_string());
            assert_eq!(json["kind"], serde_json::to_value(action.kind()).expect("a name"));
        }
    }
}
