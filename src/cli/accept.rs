//! `accept`: its arguments.

use clap::builder::{StringValueParser, TypedValueParser};

use super::context::Context;
use super::options::yes_or_no;
use crate::app::accept::{Wish, accept};
use crate::config::accepted::end_of;
use crate::failure::Failure;
use crate::report::Report;

/// `accept ID --reason TEXT [--until DATE]`
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// The check.
    #[arg(value_name = "ID", required_unless_present = "list")]
    pub id: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["list", "remove"], value_parser = reason())]
    pub reason: Option<String>,
    /// The last day on which it holds.
    #[arg(long, value_name = "DATE", value_parser = day())]
    pub until: Option<String>,
    /// What is accepted.
    #[arg(long, conflicts_with_all = ["id", "reason", "until", "remove"])]
    pub list: bool,
    /// It is a finding again.
    #[arg(long, conflicts_with_all = ["reason", "until"])]
    pub remove: bool,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
}

/// Reads `--reason`: words, for whoever reads them in a year.
fn reason() -> impl TypedValueParser<Value = String> {
    StringValueParser::new().try_map(|it| {
        let it = it.trim().to_owned();
        if it.is_empty() { Err("no reason".to_owned()) } else { Ok(it) }
    })
}

/// Reads `--until`: a day.
fn day() -> impl TypedValueParser<Value = String> {
    StringValueParser::new()
        .try_map(|it| if end_of(&it).is_some() { Ok(it) } else { Err("no day".to_owned()) })
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Args { id, reason, until, remove, .. } = args.clone();
    // clap lets nothing else through.
    let wish = match id {
        None => Wish::List,
        Some(id) if remove => Wish::Remove(id),
        Some(id) => Wish::Accept { id, reason: reason.unwrap_or_default(), until },
    };
    accept(context.session, &wish)
}
