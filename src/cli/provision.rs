//! `provision KIND`: its arguments.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::context::Context;
use super::options::dir;
use crate::app::provision::{Wishes, list, provision};
use crate::app::survey::VersionArgs;
use crate::failure::Failure;
use crate::provision::{KINDS, Kind};
use crate::report::Report;
use crate::version::{GoVersion, Version};

/// What prints the kinds instead.
const LIST: &str = "list";

/// `provision`: files for the tools that people set machines up with already.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to write.
    #[arg(value_name = "KIND", value_parser = kinds())]
    pub kind: String,
    /// Where; `-` for standard output.
    #[arg(long, value_name = "DIR", default_value = ".", value_parser = dir())]
    pub to: PathBuf,
    /// This Go.
    #[arg(long, env = "FYNE_SETUP_GO", value_name = "VERSION")]
    pub go: Option<GoVersion>,
    /// This fyne/v2.
    #[arg(long, env = "FYNE_SETUP_FYNE", value_name = "VERSION")]
    pub fyne: Option<Version>,
    /// Replaces files that differ. No variable: FYNE_SETUP_FORCE is about versions.
    #[arg(long)]
    pub force: bool,
}

fn kinds() -> PossibleValuesParser {
    KINDS.iter().map(|it| it.name).chain([LIST]).collect::<Vec<_>>().into()
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Some(kind) = Kind::named(&args.kind) else { return Ok(list(context.session)) };
    let versions = VersionArgs { go: args.go, fyne: args.fyne.clone(), ..VersionArgs::default() };
    let wishes = Wishes { kind, to: args.to.clone(), force: args.force, versions };
    let report = provision(context.session, &wishes)?;
    let raw = report.raw.filter(|_| !context.ui.json);
    Ok(Report { raw, ..report })
}
