//! The arguments of the commands that plan and work. Shapes only.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;

use super::goal;
use crate::version::{GoVersion, Version};
use crate::want::Goal;

/// `install`: from anything to a proven environment.
#[derive(Debug, Default, clap::Args)]
pub struct Install {
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Replaces a good Go or CLI by the recommended one.
    #[arg(long, env = "FYNE_SETUP_UPGRADE", value_parser = FalseyValueParser::new())]
    pub upgrade: bool,
    /// Where archives of Go come from first.
    #[arg(long, env = "FYNE_SETUP_GO_MIRROR", value_name = "URL", value_delimiter = ',')]
    pub go_mirror: Vec<String>,
    /// Where modules come from, as GOPROXY has it.
    #[arg(long, env = "FYNE_SETUP_GOPROXY", value_name = "LIST")]
    pub goproxy: Option<String>,
    /// Where Go goes.
    #[arg(long, env = "FYNE_SETUP_PREFIX", value_name = "DIR")]
    pub prefix: Option<PathBuf>,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = FalseyValueParser::new())]
    pub for_root: bool,
    /// Without the window at the end.
    #[arg(long, env = "FYNE_SETUP_NO_PROOF", value_parser = FalseyValueParser::new())]
    pub no_proof: bool,
    /// Without warming the cache for `fyne build`.
    #[arg(long, env = "FYNE_SETUP_NO_WARM", value_parser = FalseyValueParser::new())]
    pub no_warm: bool,
    /// Without a block in the profiles.
    #[arg(long, env = "FYNE_SETUP_NO_MODIFY_PATH", value_parser = FalseyValueParser::new())]
    pub no_modify_path: bool,
    /// Prints what took how long, and the critical path.
    #[arg(long, env = "FYNE_SETUP_TIMINGS", value_parser = FalseyValueParser::new())]
    pub timings: bool,
}

/// Which versions are asked for.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Versions {
    /// This Go.
    #[arg(long, env = "FYNE_SETUP_GO", value_name = "VERSION")]
    pub go: Option<GoVersion>,
    /// This fyne/v2.
    #[arg(long, env = "FYNE_SETUP_FYNE", value_name = "VERSION")]
    pub fyne: Option<Version>,
    /// Also a pair that is known not to work.
    #[arg(long, env = "FYNE_SETUP_FORCE", value_parser = FalseyValueParser::new())]
    pub force: bool,
}

/// `repair`: the least change that mends what failed.
#[derive(Debug, Default, clap::Args)]
pub struct Repair {
    /// Checks or families; all without it.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Compares Go, modules and build cache with what was published first.
    #[arg(long, env = "FYNE_SETUP_DEEP", value_parser = FalseyValueParser::new())]
    pub deep: bool,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = FalseyValueParser::new())]
    pub for_root: bool,
}

/// `plan [install|repair]`: what would be done.
#[derive(Debug, Default, clap::Args)]
pub struct Plan {
    /// The command that would carry it out.
    #[arg(value_name = "COMMAND", value_parser = ["install", "repair"], default_value = "install")]
    pub of: String,
    /// Exit 1 where something would change.
    #[arg(long, env = "FYNE_SETUP_DETAILED_EXITCODE", value_parser = FalseyValueParser::new())]
    pub detailed_exitcode: bool,
    /// As for `install`.
    #[command(flatten)]
    pub install: Install,
}

/// `apply FILE`: a plan that `plan --json` printed.
#[derive(Debug, clap::Args)]
pub struct Apply {
    /// The plan.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `prove`: a real window.
#[derive(Debug, Default, clap::Args)]
pub struct Prove {
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// Prints what took how long.
    #[arg(long, env = "FYNE_SETUP_TIMINGS", value_parser = FalseyValueParser::new())]
    pub timings: bool,
}

/// `history`: what we changed and when.
#[derive(Debug, Default, clap::Args)]
pub struct History {
    /// One run, in full.
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
}

/// `undo`: one run is taken back.
#[derive(Debug, Default, clap::Args)]
pub struct Undo {
    /// The run; without it, the last that still has something to take back.
    #[arg(value_name = "RUN")]
    pub run: Option<String>,
    /// Also what somebody else changed since; a copy is kept.
    #[arg(long, env = "FYNE_SETUP_FORCE", value_parser = FalseyValueParser::new())]
    pub force: bool,
    /// Root's own environment, although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = FalseyValueParser::new())]
    pub for_root: bool,
}

/// `uninstall`: everything is taken back.
#[derive(Debug, Default, clap::Args)]
pub struct Uninstall {
    /// Also what somebody else changed since; a copy is kept.
    #[arg(long, env = "FYNE_SETUP_FORCE", value_parser = FalseyValueParser::new())]
    pub force: bool,
    /// Root's own environment, although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = FalseyValueParser::new())]
    pub for_root: bool,
}

/// `env`: the settings for a shell.
#[derive(Debug, Default, clap::Args)]
pub struct Env {
    /// For this shell; without it, for the shell that runs us.
    #[arg(long, env = "FYNE_SETUP_SHELL", value_name = "SHELL", value_parser = ["sh", "bash", "zsh", "fish", "nu", "pwsh", "cmd"])]
    pub shell: Option<String>,
    /// For the files that a GitHub workflow reads.
    #[arg(long, conflicts_with_all = ["shell", "docker"])]
    pub github: bool,
    /// As lines of a Dockerfile.
    #[arg(long, conflicts_with = "shell")]
    pub docker: bool,
}

/// `run -- CMD…`: a command with the faster first build.
#[derive(Debug, clap::Args)]
pub struct Run {
    /// The command and its arguments.
    #[arg(value_name = "CMD", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub command: Vec<String>,
}
