//! `apply FILE`: carries out a plan that `plan --json` printed. The plan is made again from the file's own wish and must
//! come out the same, so that a foreign file commands nothing.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::install::{self, Wishes};
use super::survey::{self, LockUse, VersionArgs};
use super::{Session, resume, rightful, run};
use crate::action::{Plan, Scope};
use crate::apply::heal::Course;
use crate::checks;
use crate::data;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::plan::make;
use crate::report::{Report, json};
use crate::text::Arg;
use crate::want::{Allowed, Want};

/// A plan is some kilobytes.
const LARGEST: u64 = 16 << 20;

/// Where the plan is.
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// On standard input: `-`.
    Input(Box<dyn Read>),
}

/// Reads, plans again, compares, converges.
pub fn apply(
    session: &Session,
    source: Source,
    goproxy: Option<&str>,
    go_mirrors: &[String],
) -> Result<Report, Failure> {
    let named = match &source {
        Source::File(file) => file.clone(),
        Source::Input(_) => "-".into(),
    };
    let file = named.as_path();
    let wanted = read(session, source, file)?;
    rightful(session, false, "apply")?;
    let wanted = Plan { want: filled(session, wanted.want, goproxy, go_mirrors)?, ..wanted };
    let allow = permitted(&wanted, &session.allowed(), file)?;
    if let Some(report) = resume::first(session, "apply", false)? {
        return Ok(report);
    }
    let (goal, go, fyne) = (wanted.want.goal, wanted.want.go, wanted.want.fyne.clone());
    // A lock is read again: where it says something else by now, the plan is another one.
    let lock = if wanted.want.locked.is_some() { LockUse::Obey } else { LockUse::Ignore };
    let versions = VersionArgs { goal, go, fyne, force: false, msvc: wanted.want.msvc, lock };
    let mut seen = install::see(session, Wishes { versions, ..Wishes::default() })?;
    // The file's wish counts, but the versions that follow from it are resolved here: a file names no modules to us.
    let Want { target, held, locked, accepted, .. } = seen.want;
    seen.want = Want { target, held, locked, accepted, allow: allow.clone(), ..wanted.want.clone() };
    // How stale the manifest is by now belongs to this moment, and `work` says what that forbids.
    let wanted = Plan { want: Want { held: seen.want.held, allow, ..wanted.want }, ..wanted };
    seen.findings = checks::judge(&seen.facts, &seen.want, &seen.known, &[]);
    let scopes = [Scope::Install, Scope::Repair];
    let plans = scopes.map(|it| (it, make(&seen.findings, &seen.facts, &seen.want, &seen.known, it)));
    // As they would be printed: a file holds no secret that could be compared.
    let wanted = json::plain(&wanted);
    let Some((scope, plan)) = plans.iter().find(|it| json::plain(&it.1) == wanted) else {
        let message = text!("work-plan-differs", file = file);
        return Err(Failure::new(Code::PlanDiffers, message).hint(text!("work-plan-differs-hint")));
    };
    if session.options.dry_run {
        return run::dry(session, ("apply", "apply"), plan, &seen.facts, &seen.known);
    }
    let course = Course::Heal { scope: *scope, only: vec![] };
    run::work(session, "apply", &seen, plan, &course, false)
}

/// What a plan does beyond this system, where that is allowed now; a file allows nothing by itself.
fn permitted(wanted: &Plan, allowed: &BTreeSet<Allowed>, file: &Path) -> Result<BTreeSet<Allowed>, Failure> {
    let beyond = wanted.beyond();
    let names = Allowed::ALL.into_iter().filter(|it| beyond.contains(&it.1) && !allowed.contains(&it.1));
    let names = names.map(|it| it.0).collect::<Vec<_>>().join(",");
    if names.is_empty() {
        return Ok(beyond);
    }
    let message = text!("work-plan-not-allowed", file = file, names = &names);
    Err(Failure::new(Code::PlanDiffers, message).hint(text!("work-plan-not-allowed-hint", names = names)))
}

/// The wish of a file with the secrets that it does not hold: from the options, else from the environment.
fn filled(
    session: &Session,
    want: Want,
    goproxy: Option<&str>,
    go_mirrors: &[String],
) -> Result<Want, Failure> {
    let set = session.look.env().get("GOPROXY").map(String::as_str);
    let lists: Vec<&str> = goproxy.into_iter().chain(set).collect();
    let mirrors: Vec<&str> = go_mirrors.iter().map(String::as_str).collect();
    survey::with_secrets(want, &lists, &mirrors, text!("work-plan-secret-hint"))
}

fn read(session: &Session, source: Source, file: &Path) -> Result<Plan, Failure> {
    let unreadable = |why: Arg| {
        let message = text!("work-plan-unreadable", file = file, why = why);
        let failure = Failure::new(Code::PlanUnreadable, message).hint(text!("work-plan-unreadable-hint"));
        if file == Path::new("-") { failure } else { failure.at(file, None) }
    };
    let bytes = match source {
        // Nobody waits there for a person to type one.
        Source::Input(_) if session.look.identity().terminal[0] => {
            return Err(unreadable(text!("work-plan-none").into()));
        }
        Source::Input(input) => {
            let mut bytes = Vec::new();
            let read = input.take(LARGEST).read_to_end(&mut bytes);
            read.map_err(|it| unreadable(it.to_string().into()))?;
            if bytes.is_empty() {
                return Err(unreadable(text!("work-plan-none").into()));
            }
            bytes
        }
        Source::File(file) => match session.look.read(&session.typed(&file)) {
            Fact::Here(bytes) => bytes,
            Fact::Absent => return Err(unreadable(text!("manifest-no-such-file").into())),
            Fact::Unknown(why) => return Err(unreadable(why.into())),
        },
    };
    let foreign = |it: serde_json::Error| {
        let message = text!("work-plan-foreign", why = it.to_string());
        Failure { message, ..unreadable(it.to_string().into()) }
    };
    let document: Value = serde_json::from_slice(&bytes).map_err(foreign)?;
    // Either the whole document of `plan --json`, or the plan alone.
    let plan = document.get("plan").unwrap_or(&document).clone();
    data::json_value(plan).map_err(foreign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::run::tests::planned;
    use crate::checks::fixture;

    #[test]
    fn no_file_and_no_journal_allows_anything_by_itself() {
        let mut want = fixture::want();
        want.allow.insert(Allowed::WindowsFirewall);
        let text = serde_json::to_string(&want).expect("JSON");
        assert!(text.contains("windows-firewall"), "it is said all the same: {text}");
        let read: Want = serde_json::from_str(&text).expect("a wish");
        assert_eq!(read.allow, BTreeSet::new());
    }

    #[test]
    fn a_file_does_nothing_beyond_this_system_that_is_not_allowed_now() {
        let (none, named) = (BTreeSet::new(), BTreeSet::from([Allowed::WindowsFirewall]));
        let code = |rule, allowed| permitted(&planned(rule), allowed, Path::new("f")).map_err(|it| it.code);
        assert_eq!(code(true, &none), Err(Code::PlanDiffers));
        assert_eq!(code(true, &named), Ok(named.clone()));
        assert_eq!(code(false, &named), Ok(none.clone()), "nor what is not in it");
    }
}
