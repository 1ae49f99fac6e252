//! `history`: what we changed and when, from the journal.

use serde_json::json;

use super::args::work::History;
use super::{Context, survey};
use crate::apply::journal::{self, Run, State};
use crate::failure::{Exit, Failure};
use crate::report::{Label, Page, Report};

/// Lists the runs, or one of them in full.
pub fn run(args: &History, context: &Context) -> Result<Report, Failure> {
    let places = survey::places(context.look)?;
    let text = context.look.read(&places.journal()).into_here().unwrap_or_default();
    let (mut runs, unread) = journal::runs(&text);
    if let Some(id) = &args.run {
        runs.retain(|it| it.id == *id);
        if runs.is_empty() {
            return Err(Failure::new(
                "usage.no-such-run",
                Exit::Usage,
                text!("history-no-such-run", run = id),
            ));
        }
    }
    let mut report = Report::new("history");
    if runs.is_empty() {
        report.page.line(Label::Plain, context.words.say(&text!("history-empty")));
    }
    for run in &runs {
        report.page.append(page(run, context));
    }
    if unread > 0 {
        report.page.line(Label::Caution, context.words.say(&text!("history-unread", count = unread)));
    }
    report.more.insert("runs".into(), json!(runs));
    report.more.insert("unread".into(), json!(unread));
    Ok(report)
}

fn page(run: &Run, context: &Context) -> Page {
    let mut page = Page::default();
    let exit = run.exit.map_or_else(|| context.words.key("history-cut-short"), |it| it.to_string());
    let date = date(run.began);
    page.line(
        Label::Heading,
        context.words.say(&text!(
            "history-run",
            run = &run.id,
            command = &run.command,
            date = date,
            exit = exit
        )),
    );
    for step in &run.steps {
        let (mark, label) = match step.state {
            State::Done => ("✓", Label::Good),
            State::Failed => ("✗", Label::Bad),
            State::Begun => ("…", Label::Caution),
            State::Undone => ("↺", Label::Faint),
        };
        let what = context.words.say(&crate::report::plan::sentence(&step.action));
        page.hanging(vec![(label, format!("  {mark} "))], Label::Plain, &what);
    }
    page
}

/// `2026-11-24 09:31 UTC` of seconds since 1970 (the civil calendar by Howard Hinnant's algorithm).
fn date(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (day, month) =
        (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02} {:02}:{:02} UTC", rest / 3600, rest % 3600 / 60)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, want) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_513_558, "2026-11-24 09:45 UTC"),
        ] {
            assert_eq!(date(seconds), want);
        }
    }
}
