//! `env`: its arguments. For `eval "$(fyne-setup env)"` and its like it prints text alone.

use super::context::Context;
use super::options::Versions;
use crate::app::env::{Reader, cache_key, env};
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

/// `env`: the settings for a shell.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// For this shell; without it, for the shell that runs us.
    #[arg(long, env = "FYNE_SETUP_SHELL", value_name = "SHELL", value_parser = ["sh", "bash", "zsh", "fish", "nu", "pwsh", "cmd"])]
    pub shell: Option<String>,
    /// For the files that a GitHub workflow reads.
    #[arg(long, conflicts_with_all = ["shell", "docker"])]
    pub github: bool,
    /// As lines of a Dockerfile.
    #[arg(long, conflicts_with = "shell")]
    pub docker: bool,
    /// As the name of a cache.
    #[arg(long, conflicts_with_all = ["shell", "github", "docker"])]
    pub cache_key: bool,
    /// Which versions the cache is for.
    #[command(flatten)]
    pub versions: Versions,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let reader = match args {
        Args { github: true, .. } => Reader::GitHub,
        Args { docker: true, .. } => Reader::Docker,
        _ => Reader::Shell(args.shell.clone()),
    };
    let report = if args.cache_key {
        cache_key(context.session, &args.versions.asked(Goal::default()))?
    } else {
        env(context.session, &reader)?
    };
    let raw = report.raw.filter(|_| !context.ui.json);
    Ok(Report { raw, ..report })
}
