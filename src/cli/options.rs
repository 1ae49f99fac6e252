//! Options that several commands take. Shapes only; the help texts come from the catalogue.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Command, ValueEnum};

use url::{Host, Url};

use crate::app::Options;
use crate::app::survey::{LockUse, VersionArgs};
use crate::checks::go_proxy;
use crate::discreet::Discreet;
use crate::report::Lang;
use crate::version::{GoVersion, Version};
use crate::want::{Allowed, Goal};

/// Options that hold everywhere. Each has an environment variable; the flag beats it.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// One JSON document instead of text.
    #[arg(long, global = true, env = "FYNE_SETUP_JSON", value_parser = yes_or_no())]
    pub json: bool,
    /// Only what is bad.
    #[arg(short, long, global = true, env = "FYNE_SETUP_QUIET", value_parser = yes_or_no())]
    pub quiet: bool,
    /// More of everything; twice, what goes through the doors; three times, also what is only looked at.
    #[arg(short, long, global = true, env = "FYNE_SETUP_VERBOSE", action = ArgAction::Count, value_parser = degree())]
    pub verbose: u8,
    /// Colours.
    #[arg(
        long,
        global = true,
        env = "FYNE_SETUP_COLOR",
        value_name = "WHEN",
        default_value = "auto",
        ignore_case = true
    )]
    pub color: Color,
    /// Words instead of signs, and no drawing.
    #[arg(long, global = true, env = "FYNE_SETUP_PLAIN", value_parser = yes_or_no())]
    pub plain: bool,
    /// Only signs of ASCII.
    #[arg(long, global = true, env = "FYNE_SETUP_ASCII", value_parser = yes_or_no())]
    pub ascii: bool,
    /// The language, instead of the locale's.
    #[arg(long, global = true, env = "FYNE_SETUP_LANG", value_name = "LANG", value_parser = lang())]
    pub lang: Option<Lang>,
    /// The project, instead of the nearest `go.mod` upwards.
    #[arg(long, global = true, env = "FYNE_SETUP_PROJECT", value_name = "DIR", value_parser = dir())]
    pub project: Option<PathBuf>,
    /// No network.
    #[arg(long, global = true, env = "FYNE_SETUP_OFFLINE", value_parser = yes_or_no())]
    pub offline: bool,
    /// No question.
    #[arg(short, long, global = true, env = "FYNE_SETUP_YES", value_parser = yes_or_no())]
    pub yes: bool,
    /// Only the plan.
    #[arg(long, global = true, env = "FYNE_SETUP_DRY_RUN", value_parser = yes_or_no())]
    pub dry_run: bool,
    /// Never elevate.
    #[arg(long, global = true, env = "FYNE_SETUP_NO_SUDO", value_parser = yes_or_no())]
    pub no_sudo: bool,
    /// Another manifest, for the choice of versions.
    #[arg(long, global = true, env = "FYNE_SETUP_MANIFEST", value_name = "FILE")]
    pub manifest: Option<String>,
    /// Seconds for one network request.
    #[arg(long, global = true, env = "FYNE_SETUP_TIMEOUT", value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
    /// What goes on, as JSON lines.
    #[arg(long, global = true, env = "FYNE_SETUP_LOG_JSON", value_name = "FILE")]
    pub log_json: Option<PathBuf>,
    /// Prints the help.
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

impl Global {
    /// What the road is to know of them.
    pub fn options(&self) -> Options {
        Options {
            project: self.project.clone(),
            manifest: self.manifest.clone(),
            offline: self.offline,
            yes: self.yes,
            dry_run: self.dry_run,
            no_sudo: self.no_sudo,
            allow: <_>::default(),
            argv: Vec::new(),
            bundle: None,
        }
    }
}

/// Which versions are asked for.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Versions {
    /// This Go.
    #[arg(long, env = "FYNE_SETUP_GO", value_name = "VERSION")]
    pub go: Option<GoVersion>,
    /// This fyne/v2.
    #[arg(long, env = "FYNE_SETUP_FYNE", value_name = "VERSION")]
    pub fyne: Option<Version>,
    /// Also a pair that is known not to work.
    #[arg(long, env = "FYNE_SETUP_FORCE", value_parser = yes_or_no())]
    pub force: bool,
}

impl Versions {
    /// With the goal, as the road takes them.
    pub fn asked(&self, goal: Goal) -> VersionArgs {
        VersionArgs {
            goal,
            go: self.go,
            fyne: self.fyne.clone(),
            force: self.force,
            msvc: false,
            lock: LockUse::default(),
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Reads `--lang`. It takes more spellings than it offers.
fn lang() -> impl TypedValueParser<Value = Lang> {
    LangParser
}

#[derive(Clone, Copy, Debug)]
struct LangParser;

impl TypedValueParser for LangParser {
    type Value = Lang;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Lang, clap::Error> {
        let tag = value.to_str().and_then(Lang::parse).map_or(value, |it| OsStr::new(it.tag()));
        let read = PossibleValuesParser::new(Lang::ALL.map(Lang::tag)).parse_ref(command, arg, tag)?;
        Ok(Lang::parse(&read).unwrap_or_default())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Lang::ALL.into_iter().map(|it| PossibleValue::new(it.tag()))))
    }
}

/// Reads how often `-v` was typed, and FYNE_SETUP_VERBOSE: a number, or yes or no as every other variable says it.
fn degree() -> impl TypedValueParser<Value = u8> {
    let no = |it: &str| ["", "n", "no", "f", "false", "off"].contains(&it.to_ascii_lowercase().as_str());
    clap::builder::StringValueParser::new().map(move |it| it.parse().unwrap_or_else(|_| u8::from(!no(&it))))
}

/// Reads `--go-mirror`: a URL that may be asked, https or on this machine.
pub fn mirror() -> impl TypedValueParser<Value = String> {
    clap::builder::StringValueParser::new().try_map(|it| {
        let url = it.parse::<Url>().map_err(|why| why.to_string())?;
        let here = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        let may = url.scheme() == "https" || (url.scheme() == "http" && here);
        if may { Ok(it) } else { Err("no https URL".to_owned()) }
    })
}

/// Reads the variable of a flag. A word that is neither is refused: nobody agrees to anything by a slip.
pub fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    clap::builder::StringValueParser::new().try_map(|it| match it.to_ascii_lowercase().as_str() {
        "1" | "true" | "t" | "yes" | "y" | "on" => Ok(true),
        "" | "0" | "false" | "f" | "no" | "n" | "off" => Ok(false),
        _ => Err("1, 0".to_owned()),
    })
}

/// Reads `--goproxy`: what Go takes for a list of places that modules come from, or the word for where it is set to look.
pub fn goproxy() -> impl TypedValueParser<Value = String> {
    clap::builder::StringValueParser::new().try_map(|it| {
        let entries = go_proxy::entries(&it);
        let good = !entries.is_empty() && entries.iter().all(|entry| go_proxy::well_formed(entry));
        if good || it == go_proxy::AS_SET { Ok(it) } else { Err("no module list".to_owned()) }
    })
}

/// The list of `--goproxy`, where one is named, and whether it says that nothing else than what is set is used.
pub fn named(goproxy: Option<&str>) -> (Option<Discreet>, bool) {
    let as_set = goproxy == Some(go_proxy::AS_SET);
    (goproxy.filter(|_| !as_set).map(Into::into), as_set)
}

/// Reads a directory that is named on the command line. A URL would become one with a colon in its name.
pub fn dir() -> impl TypedValueParser<Value = PathBuf> {
    clap::builder::PathBufValueParser::new().try_map(|it| {
        let url = it.to_str().is_some_and(|it| it.contains("://"));
        if url { Err("no directory".to_owned()) } else { Ok(it) }
    })
}

/// Reads `--goal`.
pub fn goal() -> impl TypedValueParser<Value = Goal> {
    PossibleValuesParser::new(["build", "desktop"])
        .map(|it| if it == "build" { Goal::Build } else { Goal::Desktop })
}

/// Reads `--allow`: names of what is done only where somebody says so.
pub fn allowed() -> impl TypedValueParser<Value = Allowed> {
    PossibleValuesParser::new(Allowed::ALL.map(|it| it.0)).map(|it| {
        let named = Allowed::ALL.into_iter().find(|(name, _)| *name == it);
        named.expect("the parser takes no other").1
    })
}
