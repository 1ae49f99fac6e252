//! `accept`: a finding that a person lives with is written down, with a reason. What follows from it says
//! `checks::judge`; the form of the file, `config::accepted`.

use serde_json::{Value, json};

use super::config::write;
use super::survey::places_if_any;
use super::{Session, check, rightful};
use crate::checks::{CHECKS, names};
use crate::config::accepted::{end_of, print, read, unread};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::report::accepted::said;
use crate::report::{Label, Page, Report};
use crate::system::Look;
use crate::system::own::stat_fault;
use crate::text::Text;
use crate::want::Accepted;

/// What was asked of `accept`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// What is accepted.
    List,
    /// One more, or the same with another reason or day.
    Accept {
        /// The check.
        id: String,
        /// Why.
        reason: String,
        /// The last day.
        until: Option<String>,
    },
    /// One less.
    Remove(String),
}

/// Reads what was accepted here; nothing where the file is not ours alone.
///
/// # Errors
/// [`Code::AcceptUnread`]: without it a repair would fix what somebody wants to keep.
pub fn load(look: &dyn Look) -> Result<Vec<Accepted>, Failure> {
    let file = places_if_any(look).accepted_file();
    match look.stat(&file) {
        Fact::Absent => return Ok(Vec::new()),
        Fact::Here(stat) if stat_fault(&stat, look.identity().uid).is_some() => return Ok(Vec::new()),
        _ => {}
    }
    match look.read_text(&file) {
        Fact::Here(bytes) => read(&bytes, &file, Moment(look.now())),
        Fact::Absent => Ok(Vec::new()),
        Fact::Unknown(why) => Err(unread(&file, None, &text!("manifest-why").with("why", why))),
    }
}

/// The names among these that no check has: a slip of the pen, or a check of another version.
pub(super) fn unknown(all: &[Accepted]) -> impl Iterator<Item = &str> {
    all.iter().map(|it| it.id.as_str()).filter(|id| !CHECKS.iter().any(|it| it.id == *id))
}

/// Writes down, takes out, or lists.
pub fn accept(session: &Session, wish: &Wish) -> Result<Report, Failure> {
    let mut report = Report::new("accept");
    let mut all = match wish {
        Wish::List => session.accepted()?.to_vec(),
        Wish::Accept { id, until, .. } => {
            one(id)?;
            if let Some(day) = until {
                in_time(day, Moment(session.look.now()))?;
            }
            ours(session)?
        }
        // One of an older version may be no check any more.
        Wish::Remove(_) => ours(session)?,
    };
    let before = all.clone();
    let done = changed(&mut all, wish);
    let differs = all != before;
    if let Some(text) = done {
        let text = if session.options.dry_run { text!("accept-dry") } else { text };
        report.page.hanging(vec![], Label::Plain, &session.words.say(&text));
        report.more.insert("changed".into(), json!(differs && !session.options.dry_run));
    }
    if differs && !session.options.dry_run {
        write(session, &session.places()?.accepted_file(), &print(&all))?;
    }
    if *wish == Wish::List {
        report.page.append(listed(session, &all));
    }
    report.more.insert("acceptances".into(), all.iter().map(document).collect());
    Ok(report)
}

/// What is there, where we may change it.
fn ours(session: &Session) -> Result<Vec<Accepted>, Failure> {
    rightful(session, false, "accept")?;
    Ok(session.accepted()?.to_vec())
}

/// Makes the change, and says it.
fn changed(all: &mut Vec<Accepted>, wish: &Wish) -> Option<Text> {
    match wish {
        Wish::List => None,
        Wish::Accept { id, reason, until } => {
            let it = Accepted { id: id.clone(), reason: reason.clone(), until: until.clone(), ended: false };
            all.retain(|other| other.id != it.id);
            all.push(it);
            Some(match until {
                Some(day) => text!("accept-done-until", id = id, day = day),
                None => text!("accept-done", id = id),
            })
        }
        Wish::Remove(id) => {
            let there = all.iter().any(|it| it.id == *id);
            all.retain(|it| it.id != *id);
            Some(if there { text!("accept-removed", id = id) } else { text!("accept-not-there", id = id) })
        }
    }
}

/// One check, and no family: who accepts a finding knows which.
fn one(id: &str) -> Result<(), Failure> {
    if CHECKS.iter().any(|it| it.id == id) {
        return Ok(());
    }
    check::known(&[id.to_owned()])?;
    let family: Vec<_> = CHECKS.iter().map(|it| it.id).filter(|it| names(id, it)).collect();
    let failure = Failure::new(Code::UsageUnknownCheck, text!("accept-family", id = id));
    Err(failure.hint(text!("accept-family-hint", ids = family.join(", "))))
}

/// A day that is not over.
fn in_time(day: &str, now: Moment) -> Result<(), Failure> {
    if end_of(day).is_some_and(|it| it >= now) {
        return Ok(());
    }
    let failure = Failure::new(Code::AcceptPast, text!("accept-past", day = day));
    Err(failure.hint(text!("accept-past-hint", today = now.day())))
}

fn listed(session: &Session, all: &[Accepted]) -> Page {
    let (mut page, words) = (Page::default(), session.words);
    if all.is_empty() {
        page.line(Label::Plain, words.say(&text!("accept-none")));
    }
    for it in all {
        page.line(Label::Heading, it.id.clone());
        let text = said(&it.reason, it.until.as_deref(), it.ended);
        let label = if it.ended { Label::Caution } else { Label::Plain };
        page.hanging(vec![(Label::Plain, "  ".to_owned())], label, &words.say(&text));
    }
    page
}

fn document(it: &Accepted) -> Value {
    json!({ "id": it.id, "reason": it.reason, "until": it.until, "ended": it.ended })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use crate::system::fake::Machine;

    const FILE: &str = "/root/.config/fyne-setup/accepted.toml";
    const TEXT: &str = "[[accepted]]\nid = \"go.sumdb\"\nreason = \"r\"\n";

    #[test]
    fn a_file_that_anybody_can_write_accepts_nothing_and_a_broken_one_is_an_error() {
        for (owner, mode, taken) in [(0, 0o600, 1), (0, 0o666, 0), (1000, 0o600, 0)] {
            let mut machine = Machine::linux();
            machine.files.insert(FILE.into(), (TEXT.into(), mode));
            machine.owners.insert(FILE.into(), owner);
            assert_eq!(load(&machine).expect("it reads").len(), taken, "{owner} {mode:o}");
        }
        assert_eq!(load(&Machine::linux()), Ok(vec![]));
        let broken = load(&Machine::linux().file(FILE, "[[accepted")).expect_err("broken");
        assert_eq!((broken.code, broken.exit, broken.line), (Code::AcceptUnread, Exit::Usage, Some(1)));
    }

    #[test]
    fn one_check_is_accepted_by_its_name_until_a_day_that_is_not_over() {
        for (id, code) in
            [("go.sumdb", None), ("go", Some("accept-family")), ("go.sumbd", Some("usage-unknown-check"))]
        {
            assert_eq!(one(id).err().map(|it| it.message.key.into_owned()).as_deref(), code, "{id}");
        }
        let hint = one("go.sumbd").expect_err("no check").hint.expect("a hint").to_string();
        assert!(hint.contains("go.sumdb"), "{hint}");
        let noon: Moment = "2026-11-30T12:00:00Z".parse().expect("a moment");
        for (day, fine) in [("2026-11-29", false), ("2026-11-30", true), ("2026-12-01", true)] {
            assert_eq!(in_time(day, noon).is_ok(), fine, "{day}");
        }
    }

    #[test]
    fn the_same_once_more_is_the_same_and_what_is_not_there_is_not_removed() {
        let wish = Wish::Accept { id: "a.b".into(), reason: "r".into(), until: None };
        let mut all = Vec::new();
        changed(&mut all, &wish);
        let once = all.clone();
        changed(&mut all, &wish);
        assert_eq!((all.len(), &all), (1, &once));
        let key = |all: &mut Vec<Accepted>| changed(all, &Wish::Remove("a.b".into())).expect("said").key;
        assert_eq!(key(&mut all), "accept-removed");
        assert_eq!((key(&mut all), all.len()), ("accept-not-there".into(), 0));
    }
}
