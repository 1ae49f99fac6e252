//! The frame around the commands: the language, the command line, one command, its report, the exit code. One file a
//! command, with its arguments and `run`, nothing else; only `ui` prints.
//!
//! To add a command: a file here with `Args` and `run(&Args, &Context) -> Result<Report, Failure>`, a variant in
//! `args::Command` with its name, a line in `dispatch`, and its help in `locales/en/usage.ftl` (CONTRIBUTING.md).

use std::path::Path;
use std::time::Duration;

use clap::FromArgMatches;
use clap::error::ErrorKind;

use crate::app::config::{self as configured, Found};
use crate::app::{Audience, Options, Session, for_all, survey};
use crate::config::{Config, Key};
use crate::failure::{Code, Exit, Failure};
use crate::log::file::LogFile;
use crate::log::{Live, Log, LoggedDoors};
use crate::recording::redact::Redactor;
use crate::report::text::{self, Detail};
use crate::report::{Label, Page, Report, Words, annotations, json};
use crate::system::stopwatch::Stopwatch;
use crate::system::{Doors, Look};
use crate::text::Text;

pub mod accept;
pub mod apply;
pub mod args;
pub mod audience;
pub mod bundle;
pub mod check;
pub mod completions;
pub mod config;
pub mod context;
pub mod defaults;
pub mod diagnose;
mod early;
pub mod env;
pub mod examples;
pub mod explain;
pub mod fleet;
pub mod guide;
pub mod history;
pub mod install;
pub mod log_json;
pub mod man;
pub mod manifest;
pub mod meant;
pub mod misread;
pub mod new;
pub mod options;
pub mod origins;
mod output;
pub mod overall;
pub mod picture;
pub mod pin;
pub mod plan;
pub mod progress;
pub mod prove;
pub mod provision;
pub mod repair;
pub mod report;
pub mod run;
pub mod schema;
pub mod self_update;
pub mod together;
pub mod ui;
pub mod undo;
pub mod uninstall;
pub mod usage;
pub mod variables;
pub mod verify;
mod waiting;

use args::{Cli, Command};
use audience::Terminal;
use context::Context;
use early::{color, language};
use log_json::{EventLog, Heard};
use options::Global;
use ui::{Asked, Ui};

/// One command from its words to its exit code.
pub fn run(argv: &[String], doors: &Doors<'_>) -> u8 {
    let look = doors.system.look;
    let begun = look.monotonic_ms();
    let (found, unread) =
        configured::find(look).map_or_else(|it| (Found::default(), Some(it)), |it| (it, None));
    let words = Words::of(language(argv, look, &found.config));
    let unread = unread.or_else(|| defaults::check(&found.config, &found.file, &words).err());
    let (cli, guided) = match asked(argv, look, &words, (&found, unread)) {
        Ok(it) => it,
        Err(exit) => return exit,
    };
    if let Some(seconds) = cli.global.timeout {
        doors.system.net.limit(Duration::from_secs(seconds));
    }
    let ui = Ui::new(&cli.global, look.env(), &look.identity(), &words);
    let name = name(&cli);
    let unknown = match checked(&cli, look, &words) {
        Ok(it) => it,
        Err(failure) => return show(&Report::failed(name, failure), &words, &ui),
    };
    let log = log(&cli.global, look, &ui);
    let logs = survey::places(look).ok().map(|it| it.logs());
    let file = LogFile::new(&log, doors.system, logs, argv);
    let logged = LoggedDoors::new(doors.system, &log);
    let doors = &logged.within(doors);
    let waiting = audience::waiting(&ui, Stopwatch::start());
    let terminal = Terminal { ui: &ui, words: &words, waiting: &waiting };
    let events = match EventLog::of(&cli.global, doors.system, argv) {
        Ok(it) => it,
        Err(failure) => return show(&Report::failed(name, failure), &words, &ui),
    };
    let heard = events.as_ref().map(|log| Heard { audience: &terminal, log });
    let audience: &dyn Audience = match &heard {
        Some(it) => it,
        None => &terminal,
    };
    if let Some(why) = &found.foreign {
        audience.warn(&text!("config-foreign", file = &found.file, why = why));
    }
    if let Some(it) = &unknown {
        audience.warn(it);
    }
    let allow = cli.command.as_ref().map(Command::allowed).or(guided.as_ref().map(|it| it.1.clone()));
    let (argv, allow) = (argv.to_vec(), allow.unwrap_or_default());
    let options = Options { argv, allow, ..cli.global.options() };
    let session = Session::new(doors, options, &words, audience, &file);
    let context = Context { session: &session, ui: &ui };
    let done = match &cli.command {
        Some(command) => allowed(command, &session).and_then(|()| dispatch(command, &context)),
        None => guide::run(&session, &ui, guided.unwrap_or_default().0),
    };
    let mut report = done.unwrap_or_else(|it| Report::failed(name, it));
    report.duration_ms = look.monotonic_ms().saturating_sub(begun);
    report.log = file.finish(name, report.exit, report.failure.as_ref());
    if let Some(log) = &events {
        log.end(&report);
    }
    // A look that failed has not said that it ended.
    waiting.spoke();
    annotate(&report, &words, &ui, look);
    show(&report, &words, &ui)
}

/// What was asked for, with what the file sets; beside it what the guide asks `install` for, where there is somebody to be
/// guided. What does not read, and help, is told here: its exit code.
fn asked(
    argv: &[String],
    look: &dyn Look,
    words: &Words,
    (found, unread): (&Found, Option<Failure>),
) -> Result<(Cli, Option<guide::ForInstall>), u8> {
    let set = &found.config;
    let columns = ui::columns(look.env(), look.identity().columns);
    let parse = |argv: &[String], set: &dyn Fn(clap::Command) -> clap::Command| {
        let line = set(usage::command(words, columns));
        line.try_get_matches_from(argv).and_then(together::checked).and_then(|it| Cli::from_arg_matches(&it))
    };
    let bare = |it| it;
    let mut argv = argv.to_vec();
    let parsed = parse(&argv, &bare).or_else(|error| match misread::reworded(&error, &argv, words) {
        Some(other) => {
            argv = other;
            parse(&argv, &bare)
        }
        None => Err(error),
    });
    let told = |error: &clap::Error| misread(error, &argv, look, words, set);
    let cli = parsed.map_err(|it| told(&it))?;
    let ui = Ui::new(&cli.global, look.env(), &look.identity(), words);
    if let Some(failure) = unread {
        if !cli.command.as_ref().is_some_and(Command::needs_no_config) {
            return Err(show(&Report::failed(name(&cli), failure), words, &ui));
        }
        return Ok((cli, None));
    }
    let with_set = |argv: &[String], global: &Global| {
        parse(argv, &|line| defaulted(line, found, look, global)).map_err(|it| told(&it))
    };
    // Most have no file, and the command line is long to make.
    let cli = if set.set.is_empty() { cli } else { with_set(&argv, &cli.global)? };
    if cli.command.is_some() {
        return Ok((cli, None));
    }
    if !ui.can_ask || ui.json {
        return Err(help(&ui, words, columns));
    }
    let guided = with_set(&["fyne-setup".to_owned(), "install".to_owned()], &cli.global)?;
    Ok((cli, Some(guide::asked(&guided))))
}

/// Stops what cannot have been meant, before anything is done: a variable with a slip, two documents for one place. Gives what is
/// to be said of variables that are none of ours.
fn checked(cli: &Cli, look: &dyn Look, words: &Words) -> Result<Option<Text>, Failure> {
    let unknown = variables::unknown(look.env(), || usage::command(words, usage::UNBROKEN))?;
    output::conflict(cli).map_or(Ok(unknown), Err)
}

/// The name of the command, as documents carry it.
fn name(cli: &Cli) -> &'static str {
    cli.command.as_ref().map_or("guide", Command::name)
}

/// The command line with what the file sets, as far as that holds here.
fn defaulted(line: clap::Command, found: &Found, look: &dyn Look, global: &Global) -> clap::Command {
    let set = &found.config;
    let in_project = set.set.iter().any(|it| it.key.is_the_projects())
        && survey::project(look, global.project.as_deref()).is_ok_and(|it| it.is_some());
    let places = survey::places_if_any(look);
    // Of colours there is a word that every program heeds.
    let colourless = look.env().get("NO_COLOR").is_some_and(|it| !it.is_empty());
    let holds = |it: &Key| configured::holds(it, in_project, &places) && !(it.name == "color" && colourless);
    defaults::with(line, set, holds)
}

/// Says what is wrong as GitHub Actions reads it, on standard error: its runner looks there too, and a document stays alone.
fn annotate(report: &Report, words: &Words, ui: &Ui, look: &dyn Look) {
    let env = look.env();
    if env.get("GITHUB_ACTIONS").is_none_or(|it| it != "true")
        || !["check", "install", "repair"].contains(&report.command.as_str())
    {
        return;
    }
    let mut page = Page::default();
    let workspace = env.get("GITHUB_WORKSPACE").map(Path::new);
    for line in annotations::lines(report, words, workspace) {
        page.line(Label::Plain, line);
    }
    ui.complain(&page);
}

/// The log of this command. It knows our secrets before anything is in it.
fn log(global: &Global, look: &dyn Look, ui: &Ui) -> Log {
    let (watch, ui) = (Stopwatch::start(), ui.clone());
    let live: Option<Live> = if ui.traces { Some(Box::new(move |line| ui.trace(line))) } else { None };
    Log::new(Redactor::here(look), Box::new(move || watch.ms()), global.verbose > 2, live)
}

/// What is for all users asks first whether this person may.
fn allowed(command: &Command, session: &Session) -> Result<(), Failure> {
    if command.is_for_all() { for_all::allowed(session) } else { Ok(()) }
}

fn dispatch(command: &Command, context: &Context) -> Result<Report, Failure> {
    match command {
        Command::Accept(args) => accept::run(args, context),
        Command::Apply(args) => apply::run(args, context),
        Command::Bundle(args) => bundle::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Completions(args) => Ok(completions::run(args, line(context), context)),
        Command::Config(args) => config::run(args, context, origins::show),
        Command::Diagnose(args) => diagnose::run(args, context),
        Command::Env(args) => env::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Fleet(args) => fleet::run(args, context),
        Command::History(args) => history::run(args, context),
        Command::Install(args) => install::run(args, context),
        Command::Man(args) => man::run(args, line(context), context),
        Command::Manifest(args) => manifest::run(args, context),
        Command::New(args) => new::run(args, context),
        Command::Pin(args) => pin::run(args, context),
        Command::Plan(args) => plan::run(args, context),
        Command::Prove(args) => prove::run(args, context),
        Command::Provision(args) => provision::run(args, context),
        Command::Repair(args) => repair::run(args, context),
        Command::Report(args) => report::run(args, context),
        Command::Run(args) => run::run(args, context),
        Command::Schema(args) => Ok(schema::run(args)),
        Command::Self_(args) => self_update::run(args, context),
        Command::Undo(args) => undo::run(args, context),
        Command::Uninstall(args) => uninstall::run(args, context),
        Command::Verify(args) => verify::run(args, context),
    }
}

/// The command line itself, for what writes about it.
fn line(context: &Context) -> clap::Command {
    usage::command(context.session.words, usage::UNBROKEN)
}

/// Without a command and without a terminal nobody can be guided: the help, as a usage error.
fn help(ui: &Ui, words: &Words, columns: usize) -> u8 {
    let help = usage::command(words, columns).render_help().to_string();
    ui.complain(&Page::of_text(&help));
    Exit::Usage as u8
}

/// Prints a report; the exit code is the report's own, unless standard output is at fault.
fn show(report: &Report, words: &Words, ui: &Ui) -> u8 {
    let detail =
        Detail { quiet: ui.quiet, verbose: ui.verbose, told: ui.one_screen && !ui.traces, named: false };
    let printed = match &report.raw {
        _ if ui.json && (report.raw.is_none() || report.failure.is_some()) => {
            ui.document(&json::document(report, words))
        }
        Some(raw) => ui.document(raw),
        None if report.bytes.is_some() => ui.bytes(report.bytes.as_deref().unwrap_or_default()),
        None => ui.page(&text::page(report, words, detail)),
    };
    if let Some(failure) = report.failure.as_ref().filter(|_| !ui.json) {
        ui.complain(&text::failure(failure, words));
        if ui.on_terminal {
            ui.complain(&text::more(failure, words));
        }
    }
    if let Some(log) = report.log.as_ref().filter(|_| !ui.json && !report.ok()) {
        ui.complain(&text::log(log, words));
    }
    match printed {
        Ok(()) => report.code.unwrap_or(report.exit as u8),
        Err(error) => {
            let failure = Failure::new(Code::Output, text!("usage-output", why = error.to_string()));
            ui.complain(&text::failure(&failure, words));
            failure.exit as u8
        }
    }
}

/// Help and version are documents; everything else that clap says is a usage error.
fn misread(error: &clap::Error, argv: &[String], look: &dyn Look, words: &Words, config: &Config) -> u8 {
    let set =
        |name: &str| look.env().get(name).is_some_and(|it| !it.is_empty() && it != "0" && it != "false");
    let before: Vec<_> = argv.iter().take_while(|it| *it != "--").collect();
    let json = before.iter().any(|it| *it == "--json") || set("FYNE_SETUP_JSON");
    let flag = |name: &str, variable: &str, key: &str| {
        let said = look.env().contains_key(variable);
        before.iter().any(|it| *it == name) || set(variable) || (!said && config.says_yes(key))
    };
    let asked = Asked {
        color: color(&before),
        plain: flag("--plain", "FYNE_SETUP_PLAIN", "plain"),
        ascii: flag("--ascii", "FYNE_SETUP_ASCII", "ascii"),
    };
    let mut ui = Ui::of(look.env(), &look.identity(), asked, words);
    ui.json = json;
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let text = error.render();
        let text = if ui.colored() { text.ansi().to_string() } else { text.to_string() };
        let printed = ui.document(&ui.spelt(&text));
        return if printed.is_ok() { 0 } else { Exit::Failed as u8 };
    }
    let names: Vec<_> =
        usage::command(words, ui::WIDEST).get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let command = before.iter().find(|it| names.contains(it)).map_or("fyne-setup", |it| it.as_str());
    show(&Report::failed(command, misread::failure(error, argv, words)), words, &ui)
}
