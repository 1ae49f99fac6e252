//! `check`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use super::options::{dir, goal, yes_or_no};
use crate::app::check::{Wishes, check};
use crate::failure::Failure;
use crate::report::Report;
use crate::want::Goal;

/// `check [ID…]`
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Args {
    /// Checks or families; all without it.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Compares Go, modules and build cache with what was published; takes seconds, and asks the checksum database.
    #[arg(long, env = "FYNE_SETUP_DEEP", value_parser = yes_or_no())]
    pub deep: bool,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// Keeps every question with its answer here.
    #[arg(long, value_name = "DIR", conflicts_with = "replay", value_parser = dir())]
    pub record: Option<PathBuf>,
    /// Answers from here.
    #[arg(long, value_name = "DIR", value_parser = dir())]
    pub replay: Option<PathBuf>,
    /// Also as a page for a browser.
    #[arg(long, env = "FYNE_SETUP_HTML", value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Also as JUnit's XML.
    #[arg(long, env = "FYNE_SETUP_JUNIT", value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Also as Markdown.
    #[arg(long, env = "FYNE_SETUP_MARKDOWN", value_name = "FILE")]
    pub markdown: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    let Args { ids, goal, deep, record, replay, html, junit, markdown, .. } = args.clone();
    check(context.session, &Wishes { ids, goal, deep, record, replay, html, junit, markdown })
}
