//! `ActionKind`: which kind of thing an action does, whatever its details. Its name is that of JSON and of the journal.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of action. Its stable name is in kebab case: `install-packages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// `Action::RefreshPackageLists`.
    RefreshPackageLists,
    /// `Action::InstallPackages`.
    InstallPackages,
    /// `Action::ReinstallPackages`.
    ReinstallPackages,
    /// `Action::ConfigurePackages`.
    ConfigurePackages,
    /// `Action::EnableRepository`.
    EnableRepository,
    /// `Action::ModifyVisualStudio`.
    ModifyVisualStudio,
    /// `Action::InstallCommandLineTools`.
    InstallCommandLineTools,
    /// `Action::SelectDeveloperDir`.
    SelectDeveloperDir,
    /// `Action::ShowWslgSockets`.
    ShowWslgSockets,
    /// `Action::AllowThroughFirewall`.
    AllowThroughFirewall,
    /// `Action::InstallGo`.
    InstallGo,
    /// `Action::RestoreGo`.
    RestoreGo,
    /// `Action::SwitchGo`.
    SwitchGo,
    /// `Action::SetGoEnv`.
    SetGoEnv,
    /// `Action::SetVariable`.
    SetVariable,
    /// `Action::WriteEnvFiles`.
    WriteEnvFiles,
    /// `Action::FixLines`.
    #[serde(rename = "mend-lines")] // as plans and journals have it
    FixLines,
    /// `Action::FixLineEnds`.
    FixLineEnds,
    /// `Action::PutLast`.
    PutLast,
    /// `Action::EditProfile`.
    EditProfile,
    /// `Action::DownloadModules`.
    DownloadModules,
    /// `Action::RestoreModules`.
    RestoreModules,
    /// `Action::ReplaceCache`.
    ReplaceCache,
    /// `Action::DropBuilds`.
    DropBuilds,
    /// `Action::CompleteSums`.
    CompleteSums,
    /// `Action::PinProject`.
    PinProject,
    /// `Action::CreateProgram`.
    CreateProgram,
    /// `Action::WarmLibraries`.
    WarmLibraries,
    /// `Action::BuildProgram`.
    BuildProgram,
    /// `Action::InstallCli`.
    InstallCli,
    /// `Action::Prove`.
    Prove,
    /// `Action::WarmFyneBuild`.
    WarmFyneBuild,
}

impl ActionKind {
    /// Whether there is something to take back of it. Caches and lists of packages stay.
    pub const fn has_way_back(self) -> bool {
        !matches!(
            self,
            Self::RefreshPackageLists
                | Self::ReinstallPackages
                | Self::ConfigurePackages
                | Self::ModifyVisualStudio
                | Self::InstallCommandLineTools
                | Self::DownloadModules
                | Self::DropBuilds
                | Self::WarmLibraries
                | Self::BuildProgram
                | Self::Prove
                | Self::WarmFyneBuild
        )
    }

    /// Whether the file that it lays is there only while it works: its end takes it away, however it ends.
    pub const fn lays_for_a_while(self) -> bool {
        matches!(self, Self::InstallCommandLineTools)
    }
}

/// The name in JSON.
impl fmt::Display for ActionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
