//! `apply`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use super::options::{allowed, goproxy, mirror, named, yes_or_no};
use crate::app;
use crate::app::apply::Source;
use crate::discreet::Discreet;
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Allowed;

/// `apply FILE`: a plan that `plan --json` printed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan; `-` for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// What of the plan goes beyond this system, and may be done.
    #[arg(long, env = "FYNE_SETUP_ALLOW", value_name = "ID", value_delimiter = ',', value_parser = allowed())]
    pub allow: Vec<Allowed>,
    /// The mirrors of the plan with their logins, which it does not keep.
    #[arg(long, env = "FYNE_SETUP_GO_MIRROR", value_name = "URL", value_delimiter = ',', value_parser = mirror())]
    pub go_mirror: Vec<String>,
    /// The GOPROXY of the plan with its logins, which it does not keep.
    #[arg(long, env = "FYNE_SETUP_GOPROXY", value_name = "LIST", value_parser = goproxy())]
    pub goproxy: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let source = match args.file.to_str() {
        Some("-") => Source::Input(Box::new(std::io::stdin())),
        _ => Source::File(args.file.clone()),
    };
    let (goproxy, _) = named(args.goproxy.as_deref());
    let goproxy = goproxy.as_ref().map(Discreet::reveal);
    app::apply::apply(context.session, source, goproxy, &args.go_mirror)
}
