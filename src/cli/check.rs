//! `check`: looks and reports, changes nothing. `--record` keeps every question with its answer, redacted; `--replay`
//! answers from such a recording instead of from this machine.

use std::path::{Path, PathBuf};

use super::args::goal;
use super::survey::{Asked, survey};
use super::{Context, usage};
use crate::apply::deep;
use crate::checks::{CHECKS, judge, names};
use crate::facts::Facts;
use crate::failure::{Exit, Failure};
use crate::recording::replay::Replay;
use crate::recording::{Recorder, Recording};
use crate::report::{Label, Page, Report};
use crate::system::Look;
use crate::text::Text;
use crate::want::{Goal, Want};

/// `check [ID…]`
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Checks or families; all without it.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Compares Go, modules and build cache with what was published; takes seconds, and asks the checksum database.
    #[arg(long, env = "FYNE_SETUP_DEEP", value_parser = clap::builder::FalseyValueParser::new())]
    pub deep: bool,
    /// Keeps every question with its answer here.
    #[arg(long, value_name = "DIR", conflicts_with = "replay")]
    pub record: Option<PathBuf>,
    /// Answers from here.
    #[arg(long, value_name = "DIR")]
    pub replay: Option<PathBuf>,
}

/// Looks, judges, reports.
pub fn run(args: &Args, context: &Context) -> Result<Report, Failure> {
    known(&args.ids)?;
    if let Some(dir) = &args.replay {
        let replay = Replay::new(loaded(dir, context.look)?);
        return judged(args, context, &replay);
    }
    let Some(dir) = &args.record else { return judged(args, context, context.look) };
    let recorder = Recorder::new(context.look);
    let report = judged(args, context, &recorder)?;
    written(&recorder.finish(), dir, context)?;
    Ok(report)
}

fn loaded(dir: &Path, look: &dyn Look) -> Result<Recording, Failure> {
    let at = look.identity().cwd.join(dir);
    Recording::load(|name| look.read(&at.join(name))).map_err(|why| {
        let message = text!("usage-no-recording", dir = dir, why = why);
        Failure::new("usage.no-recording", Exit::Usage, message).at(dir, None)
    })
}

fn written(recording: &Recording, dir: &Path, context: &Context) -> Result<(), Failure> {
    let at = context.look.identity().cwd.join(dir);
    for (name, bytes) in recording.files() {
        let file = at.join(&name);
        let parent = file.parent().unwrap_or(&at);
        let made = context.doors.system.disk.make_dir(parent, 0o755).map(drop);
        made.and_then(|()| context.doors.system.disk.write(&file, &bytes, Some(0o644))).map_err(|error| {
            let message = text!("usage-cannot-record", file = &file, why = error.to_string());
            Failure::new("record.write", Exit::Failed, message)
                .hint(text!("usage-record-elsewhere"))
                .at(&file, None)
        })?;
    }
    let mut page = Page::default();
    page.hanging(Vec::new(), Label::Plain, &context.words.say(&text!("usage-recorded", dir = dir)));
    context.ui.note(&page);
    Ok(())
}

fn judged(args: &Args, context: &Context, look: &dyn Look) -> Result<Report, Failure> {
    let mut seen = survey(context, look, &Asked { goal: args.goal, ..Asked::default() })?;
    if args.deep && args.record.is_none() && args.replay.is_none() {
        look_deep(context, &mut seen.facts, &seen.want);
    }
    let findings = judge(&seen.facts, &seen.want, &args.ids);
    Ok(Report::checked(&seen.facts, &seen.want, findings))
}

/// The long look. Its answers are kept with our caches: reading changes nothing else.
pub fn look_deep(context: &Context, facts: &mut Facts, want: &Want) {
    let told = |what: &Text| {
        let mut page = Page::default();
        page.line(Label::Faint, context.words.say(what));
        context.ui.note(&page);
    };
    let store = facts.ours.places.cache.join("sumdb");
    deep::look(context.doors.system, &store, facts, want, &told);
}

/// Every id that was typed names a check or a family; else the near ones are said.
pub fn known(ids: &[String]) -> Result<(), Failure> {
    let Some(unknown) = ids.iter().find(|name| !CHECKS.iter().any(|it| names(name, it.id))) else {
        return Ok(());
    };
    let near = usage::near(unknown, CHECKS.iter().map(|it| it.id));
    let hint = if near.is_empty() {
        text!("usage-check-list", ids = families().join(", "))
    } else {
        text!("usage-did-you-mean", near = near.join(", "))
    };
    Err(Failure::new("usage.unknown-check", Exit::Usage, text!("usage-unknown-check", id = unknown))
        .hint(hint))
}

/// The families that ids begin with, in the order of the checks.
fn families() -> Vec<&'static str> {
    let mut all: Vec<_> = CHECKS.iter().map(|it| it.id.split('.').next().unwrap_or(it.id)).collect();
    all.dedup();
    all
}
