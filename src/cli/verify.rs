//! `verify FILE…`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use crate::app::verify::{Wishes, verify};
use crate::failure::Failure;
use crate::report::Report;

/// `verify`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The files.
    #[arg(value_name = "FILE", required_unless_present = "go")]
    pub files: Vec<PathBuf>,
    /// The tree of a Go.
    #[arg(long, value_name = "DIR")]
    pub go: Option<PathBuf>,
    /// A list of checksums.
    #[arg(long, value_name = "SHA256SUMS", requires = "files")]
    pub list: Option<PathBuf>,
    /// A public key of minisign.
    #[arg(long, value_name = "PUB", requires = "files")]
    pub key: Option<String>,
    /// Public keys of OpenPGP.
    #[arg(long, value_name = "FILE", requires = "files")]
    pub openpgp_key: Option<PathBuf>,
}

/// Says whose they are.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Args { files, go, list, key, openpgp_key } = args;
    let (files, go, list, key) = (files.clone(), go.clone(), list.clone(), key.clone());
    verify(context.session, &Wishes { files, go, list, key, openpgp_key: openpgp_key.clone() })
}
