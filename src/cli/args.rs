//! What can be typed. Only shapes and value readers: no command is run here. A command gets a variant in `Command`, a
//! file beside this one, and its help in `locales/en/usage.ftl`: `help-<command>` with one attribute an argument.
//! The doc comments below are for readers of the code; people read the catalogue.

use std::collections::BTreeSet;

use clap::{ArgAction, Parser, Subcommand};

use super::options::Global;
use super::{
    accept, apply, bundle, check, completions, config, diagnose, env, explain, fleet, history, install, man,
    manifest, new, pin, plan, prove, provision, repair, report, run, schema, self_update, undo, uninstall,
    verify,
};
use crate::want::Allowed;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "fyne-setup",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options that hold everywhere.
    #[command(flatten)]
    pub global: Global,
    /// What to do; without it, the guide.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Prints the version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// One variant a command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A finding that somebody lives with.
    Accept(accept::Args),
    /// Carries out a plan that was printed.
    Apply(apply::Args),
    /// One file for an installation without network.
    Bundle(bundle::Args),
    /// Looks and reports.
    #[command(alias = "doctor")]
    Check(check::Args),
    /// What a shell completes.
    Completions(completions::Args),
    /// What is set once.
    Config(config::Args),
    /// What a log shows.
    Diagnose(diagnose::Args),
    /// The settings for a shell.
    Env(env::Args),
    /// What a check is about.
    Explain(explain::Args),
    /// Reports of many hosts.
    Fleet(fleet::Args),
    /// What we changed and when.
    History(history::Args),
    /// From anything to a proven environment.
    Install(install::Install),
    /// The manual pages.
    Man(man::Args),
    /// Which versions go together.
    Manifest(manifest::Args),
    /// A first program.
    New(new::Args),
    /// The project's versions and their lock.
    Pin(pin::Args),
    /// What would be done.
    Plan(plan::Args),
    /// A real window.
    Prove(prove::Args),
    /// Files for other tools.
    Provision(provision::Args),
    /// The least change that fixes.
    Repair(repair::Args),
    /// One archive to send with a bug.
    Report(report::Args),
    /// A command with the faster first build.
    Run(run::Args),
    /// The JSON schema.
    Schema(schema::Args),
    /// This program itself.
    #[command(name = "self")]
    Self_(self_update::Args),
    /// One run is taken back.
    Undo(undo::Args),
    /// Everything is taken back.
    Uninstall(uninstall::Args),
    /// Whose a file is.
    Verify(verify::Args),
}

impl Command {
    /// Whether it is about what is there for all users.
    pub const fn is_for_all(&self) -> bool {
        match self {
            Self::Accept(it) => it.system,
            Self::Apply(it) => it.system,
            Self::Check(it) => it.system,
            Self::Config(it) => it.what.is_for_all(),
            Self::History(it) => it.system,
            Self::Install(it) => it.args.system,
            Self::Plan(it) => it.install.system,
            Self::Repair(it) => it.system,
            Self::Undo(it) => it.system,
            Self::Uninstall(it) => it.system,
            _ => false,
        }
    }

    /// Whether it goes on where `config.toml` does not read: what helps to set it right, and what only prints texts of ours.
    pub const fn needs_no_config(&self) -> bool {
        match self {
            Self::Config(it) => matches!(it.what, config::What::Init(_) | config::What::Path(_)),
            Self::Completions(_) | Self::Explain(_) | Self::Man(_) | Self::Schema(_)
            // The way back, and what is sent with a bug, stand open whatever the file says.
            | Self::History(_) | Self::Undo(_) | Self::Uninstall(_) | Self::Report(_) => true,
            _ => false,
        }
    }

    /// What its `--allow` names; nothing where it has none.
    pub fn allowed(&self) -> BTreeSet<Allowed> {
        let named = match self {
            Self::Apply(it) => it.allow.as_slice(),
            Self::Install(it) => &it.args.allow,
            Self::Plan(it) => &it.install.allow,
            Self::Repair(it) => &it.allow,
            _ => &[],
        };
        named.iter().copied().collect()
    }

    /// Its name, as documents carry it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept(_) => "accept",
            Self::Apply(_) => "apply",
            Self::Bundle(_) => "bundle",
            Self::Check(_) => "check",
            Self::Completions(_) => "completions",
            Self::Config(_) => "config",
            Self::Diagnose(_) => "diagnose",
            Self::Env(_) => "env",
            Self::Explain(_) => "explain",
            Self::Fleet(_) => "fleet",
            Self::History(_) => "history",
            Self::Install(_) => "install",
            Self::Man(_) => "man",
            Self::Manifest(_) => "manifest",
            Self::New(_) => "new",
            Self::Pin(_) => "pin",
            Self::Plan(_) => "plan",
            Self::Prove(_) => "prove",
            Self::Provision(_) => "provision",
            Self::Repair(_) => "repair",
            Self::Report(_) => "report",
            Self::Run(_) => "run",
            Self::Schema(_) => "schema",
            Self::Self_(_) => "self",
            Self::Undo(_) => "undo",
            Self::Uninstall(_) => "uninstall",
            Self::Verify(_) => "verify",
        }
    }
}
