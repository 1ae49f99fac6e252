//! What is taken from the command line before it is read: what is wrong with it has to be said in a language and in colours, too.

use clap::ValueEnum as _;

use super::options::Color;
use crate::config::Config;
use crate::report::Lang;
use crate::system::Look;

/// The colours that were asked for, before the command line is read.
pub(super) fn color(argv: &[&String]) -> Color {
    let pairs = argv.iter().zip(argv.iter().skip(1));
    let apart = pairs.filter(|it| *it.0 == "--color").map(|it| it.1.as_str());
    let joined = argv.iter().filter_map(|it| it.strip_prefix("--color="));
    apart.chain(joined).last().and_then(|it| Color::from_str(it, true).ok()).unwrap_or_default()
}

/// The language, before the command line is read.
pub(super) fn language(argv: &[String], look: &dyn Look, config: &Config) -> Lang {
    let words = argv.iter().take_while(|it| *it != "--");
    let pairs = words.clone().zip(words.clone().skip(1));
    let asked = pairs.filter(|it| it.0 == "--lang").map(|it| it.1.as_str());
    let joined = words.filter_map(|it| it.strip_prefix("--lang="));
    let variable = look.env().get("FYNE_SETUP_LANG").map(String::as_str);
    let said = asked.chain(joined).last().or(variable).or(config.word("lang"));
    said.and_then(Lang::parse).unwrap_or_else(|| Lang::of_locale(look.env()))
}
