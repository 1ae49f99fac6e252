//! What took how long, and what the run waited for: `--timings`.

use super::page::{Label, Page};
use super::words::Words;
use crate::action::Plan;
use crate::action::ran::{Ran, critical_path};
use crate::gather::Order as _;

/// A line a step in the order of their beginnings; a star marks the critical path.
pub fn page(plan: &Plan, ran: &[Ran], words: &Words) -> Page {
    let mut page = Page::default();
    let critical = critical_path(&plan.steps, ran);
    let mut begun: Vec<(&Ran, u64)> = ran.iter().filter_map(|it| Some((it, it.began?))).collect();
    begun.order_by_key(|(_, began)| *began);
    let Some(zero) = begun.first().map(|(_, began)| *began) else { return page };
    page.line(Label::Heading, words.say(&text!("timings-heading")));
    for (one, began) in begun {
        let Some(step) = plan.steps.iter().find(|it| it.id == one.step) else { continue };
        let (mark, label) =
            if critical.contains(&one.step) { ("*", Label::Caution) } else { (" ", Label::Plain) };
        let what = words.say(&crate::action::sentence(&step.action));
        let line =
            text!("timings-line", from = seconds(began - zero), to = seconds(one.ended - zero), what = what);
        page.hanging(vec![(label, format!("  {mark} "))], Label::Plain, &words.say(&line));
    }
    page.line(Label::Faint, words.say(&text!("timings-critical")));
    page
}

fn seconds(ms: u64) -> String {
    format!("{:>5}.{}", ms / 1000, ms % 1000 / 100)
}
