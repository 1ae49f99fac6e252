//! `schema`: the JSON schema of every document.

use crate::report::{Report, schema};

/// `schema`
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints it as it is.
pub fn run(_args: &Args) -> Report {
    Report { raw: Some(schema::text()), ..Report::new("schema") }
}
