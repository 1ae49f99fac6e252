//! Variables that begin as ours do and are none of ours. Passed over in silence, `FYNE_SETUP_DRYRUN=1` would let a machine be
//! changed that was to be looked at. One that is near to one of ours is a slip; any other is only said.
//!
//! Each flag brings its variable itself. One that no flag has goes into [`OTHERS`]; `tests/pages/variables.rs` holds that whole.

use std::collections::BTreeMap;

use clap::Command;

use crate::failure::{Code, Failure};
use crate::text::Text;

/// Variables that no flag has: what `install.sh`, `install.ps1` and `provision` read, what our children are given, and what
/// builds, tests and scripts of this program read.
pub const OTHERS: [&str; 9] = [
    "FYNE_SETUP_BIN",
    "FYNE_SETUP_CC",
    "FYNE_SETUP_FLAGS",
    "FYNE_SETUP_PROOF_PROGRAM",
    "FYNE_SETUP_RELEASES",
    "FYNE_SETUP_RELEASE_KEYS",
    "FYNE_SETUP_TEST_FAULT",
    "FYNE_SETUP_TEST_WITHOUT_CA",
    "FYNE_SETUP_VCVARS",
];

/// Every variable that is known, each once: those of the flags of all commands, and [`OTHERS`].
pub fn known(line: &Command) -> Vec<String> {
    fn walk(command: &Command, into: &mut Vec<String>) {
        let named = command.get_arguments().filter_map(clap::Arg::get_env);
        into.extend(named.map(|it| it.to_string_lossy().into_owned()));
        command.get_subcommands().for_each(|it| walk(it, into));
    }
    let mut all: Vec<String> = OTHERS.iter().map(|it| (*it).to_owned()).collect();
    walk(line, &mut all);
    all.sort_unstable();
    all.dedup();
    all
}

/// What is to be said of variables that begin as ours and are not known. `line` is the whole command line; it is long to make,
/// and most have no such variable.
///
/// # Errors
/// [`Code::UsageUnknownVariable`] where one is near to a known one.
pub fn unknown(
    env: &BTreeMap<String, String>,
    line: impl FnOnce() -> Command,
) -> Result<Option<Text>, Failure> {
    let begins: Vec<&String> = env.keys().filter(|it| letters(it).is_some()).collect();
    if begins.is_empty() {
        return Ok(None);
    }
    let known = known(&line());
    let unknown: Vec<&String> = begins.into_iter().filter(|it| !known.contains(it)).collect();
    for name in &unknown {
        if let Some(near) = nearest(name, &known) {
            let message = text!("usage-unknown-variable", name = *name);
            let hint = text!("usage-unknown-variable-hint", name = *name, near = near);
            return Err(Failure::new(Code::UsageUnknownVariable, message).hint(hint));
        }
    }
    let names = unknown.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ");
    Ok((!unknown.is_empty()).then(|| text!("usage-variables-ignored", names = names)))
}

/// The known variable that was probably meant: a slip or two away, and only one in a short name. Others have names of their own
/// for things that we do not know, such as `FYNE_SETUP_VERSION`.
fn nearest<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let name = letters(name)?;
    let slips = |it: &str| Some(strsim::damerau_levenshtein(&name, &letters(it)?));
    let most = if name.len() > 5 { 2 } else { 1 };
    let near = known.iter().filter_map(|it| Some((slips(it)?, it.as_str())));
    near.filter(|it| it.0 <= most).min_by_key(|it| it.0).map(|it| it.1)
}

/// The letters behind the front that all variables of ours have, where a name has that front: case, and where the underscores
/// stand, is what people get wrong first.
fn letters(name: &str) -> Option<String> {
    let name: String =
        name.chars().filter(|it| !"_-".contains(*it)).map(|it| it.to_ascii_uppercase()).collect();
    name.strip_prefix("FYNESETUP").filter(|it| !it.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::args::Cli;

    fn of(names: &[&str]) -> Result<Option<String>, String> {
        let env = names.iter().map(|it| ((*it).to_owned(), "1".to_owned())).collect();
        let said = unknown(&env, Cli::command);
        said.map(|it| it.map(|it| it.to_string())).map_err(|it| it.hint.expect("a hint").to_string())
    }

    #[test]
    fn a_slip_is_refused_and_names_the_variable_that_was_meant() {
        for (slip, near) in [
            ("DRYRUN", "DRY_RUN"),
            ("DRY_RUNN", "DRY_RUN"),
            ("dry_run", "DRY_RUN"),
            ("OFLINE", "OFFLINE"),
            ("YESS", "YES"),
            ("GO_PROXY", "GOPROXY"),
            ("RELEASE", "RELEASES"),
            ("TEST_FAULTS", "TEST_FAULT"),
        ] {
            let hint = of(&[&format!("FYNE_SETUP_{slip}"), "FYNE_SETUP_GO"]).expect_err(slip);
            assert!(hint.contains(&format!("near=FYNE_SETUP_{near}")), "{slip}: {hint}");
        }
        for front in ["FYNESETUP_", "FYNE_SETUP__", "Fyne_Setup_", "FYNE-SETUP-"] {
            let hint = of(&[&format!("{front}YES")]).expect_err(front);
            assert!(hint.contains("near=FYNE_SETUP_YES"), "{front}: {hint}");
        }
    }

    #[test]
    fn one_that_is_near_to_none_is_said_and_what_is_known_is_not() {
        let all = known(&Cli::command());
        assert_eq!(of(&all.iter().map(String::as_str).collect::<Vec<_>>()), Ok(None));
        assert_eq!(of(&["PATH", "FYNE_SCALE", "FYNE_SETUP", "FYNE_SETUP_", "FYNE_SETU_YES"]), Ok(None));
        let other = ["QQ", "VERSION"].map(|it| format!("FYNE_SETUP_{it}"));
        let said = of(&[&other[0], &other[1]]).expect("no slip").expect("said");
        assert!(said.contains(&other.join(", ")), "{said}");
    }

    #[test]
    fn no_two_variables_have_the_same_letters() {
        let all = known(&Cli::command());
        let mut letters: Vec<_> = all.iter().filter_map(|it| super::letters(it)).collect();
        assert!(letters.len() == all.len() && all.len() > 50, "{all:?}");
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), all.len());
    }
}
