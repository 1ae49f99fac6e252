//! One machine as a page to keep or to send: what is wrong with its evidence and its fix, the plan, every check, what was
//! changed before, and the window of the last proof.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Html;
use crate::action::{Plan, sentence};
use crate::checks::{Group, Status};
use crate::report::accepted;
use crate::report::model::{Checked, Report};
use crate::report::page::{Label, Page};
use crate::report::plan;
use crate::report::text::check_key;
use crate::report::text::checks::{group_key, mark, place, seen, sum, summary};
use crate::report::words::Words;
use crate::text::Text;

/// What a page shows besides the report.
#[derive(Debug, Default)]
pub struct Besides {
    /// The machine's name.
    pub host: Option<String>,
    /// When it was looked at.
    pub time: String,
    /// What `repair` would do.
    pub plan: Option<Plan>,
    /// What was changed before, as `history` says it.
    pub journal: Option<Page>,
    /// The picture of the window of the last proof, as PNG.
    pub picture: Option<Vec<u8>>,
}

/// The whole page.
pub fn page(report: &Report, besides: &Besides, words: &Words) -> String {
    let checks = report.checks.as_deref().unwrap_or_default();
    let plan = besides.plan.as_ref().filter(|it| !it.is_empty());
    let parts = [
        ("problems", "html-problems", checks.iter().any(Checked::is_told_at_length)),
        ("plan", "html-plan", plan.is_some()),
        ("checks", "html-checks", true),
        ("journal", "html-journal", besides.journal.is_some()),
        ("proof", "html-proof", besides.picture.is_some()),
    ];
    let sections: Vec<_> = parts.iter().filter(|it| it.2).map(|it| (it.0, words.key(it.1))).collect();
    let name = report.machine.as_ref().map_or("", |it| it.name.as_str());
    let title = match &besides.host {
        Some(host) => words.say(&text!("html-title-of", host = host, name = name)),
        None => words.say(&text!("html-title", name = name)),
    };
    let mut html = Html::begin(words, &title, &sections);
    verdict(&mut html, report, words);
    machine(&mut html, report, besides, words);
    for (id, heading) in sections {
        html.section(id, &heading);
        match id {
            "problems" => {
                let told = checks.iter().filter(|it| it.is_told_at_length());
                told.for_each(|it| problem(&mut html, it, words));
            }
            "plan" => steps(&mut html, plan, report, words),
            "checks" => all(&mut html, checks, words),
            "journal" => {
                html.page(besides.journal.as_ref().unwrap_or(&Page::default()));
            }
            _ => picture(&mut html, besides.picture.as_deref().unwrap_or_default(), words),
        }
        html.close();
    }
    html.end(words)
}

fn verdict(html: &mut Html, report: &Report, words: &Words) {
    let (label, word) = accepted::last_word(report, words);
    html.raw(match label {
        Label::Good => "<p class=\"sum good\">",
        Label::Caution => "<p class=\"sum\">",
        _ => "<p class=\"sum bad\">",
    });
    html.text(&word).raw("</p>\n<p>");
    for (label, text) in sum(report.checks.as_deref().unwrap_or_default(), words) {
        match super::class(label) {
            Some(class) => html.raw("<span class=\"").raw(class).raw("\">").text(&text).raw("</span>"),
            None => html.text(&text),
        };
    }
    html.raw("</p>\n");
}

fn machine(html: &mut Html, report: &Report, besides: &Besides, words: &Words) {
    html.raw("<dl>\n");
    if let Some(it) = &report.machine {
        let text = [it.name.as_str(), it.arch.as_str(), it.family.as_str()];
        let text: Vec<_> = text.into_iter().filter(|it| !it.is_empty()).collect();
        html.pair(&words.key("html-machine"), &text.join(" · "));
    }
    if let Some(it) = &report.target {
        let text = text!("html-versions", fyne = &it.fyne, go = it.go, cli = &it.cli);
        html.pair(&words.key("html-target"), &words.say(&text));
    }
    html.pair(&words.key("html-time"), &besides.time).raw("</dl>\n");
}

fn title(it: &Checked, words: &Words) -> String {
    words.say(&check_key(&it.finding.id, "title"))
}

fn problem(html: &mut Html, it: &Checked, words: &Words) {
    let verdict = &it.finding.verdict;
    let class = class(verdict.status);
    html.raw("<article class=\"").raw(class).raw("\">\n<h3><span class=\"").raw(class);
    html.raw("\" aria-hidden=\"true\">").raw(mark(verdict.status).0).raw("</span> ").text(&title(it, words));
    html.raw("</h3>\n").element("p", &summary(it, words)).raw("\n");
    if let Some(said) = accepted::of(verdict) {
        html.element("p", &words.say(&said)).raw("\n");
    }
    html.raw("<dl>\n");
    if let Some(cause) = &verdict.cause {
        html.pair(&words.key("report-cause"), &words.say(cause));
    }
    if !verdict.evidence.is_empty() {
        let lines: Vec<_> = verdict.evidence.iter().map(|it| seen(it, words)).collect();
        html.element("dt", &words.key("report-seen"))
            .raw("<dd><pre>")
            .lines(lines.iter().map(String::as_str));
        html.raw("</pre></dd>\n");
    }
    if let Some(place) = place(&verdict.place, words) {
        html.pair(&words.key("report-where"), &place);
    }
    if let Some(remedy) = &it.remedy {
        html.element("dt", &words.key("report-remedy")).raw("<dd>").text(&words.joined(&remedy.texts));
        if let Some(command) = &remedy.command {
            html.command(command);
        }
        html.raw("</dd>\n");
    }
    let explain = format!("fyne-setup explain {}", it.finding.id);
    html.element("dt", &words.key("report-details")).raw("<dd><code>").text(&explain);
    html.raw("</code></dd>\n</dl>\n</article>\n");
}

const fn class(status: Status) -> &'static str {
    match status {
        Status::Ok => "good",
        Status::Fail => "fail",
        Status::Warn | Status::Unknown => "warn",
        Status::Info | Status::Waiting | Status::Skipped => "faint",
    }
}

fn steps(html: &mut Html, plan: Option<&Plan>, report: &Report, words: &Words) {
    html.element("p", &words.key("html-plan-says")).raw("\n<ol>\n");
    for step in plan.iter().flat_map(|it| &it.steps) {
        html.raw("<li>").text(&words.say(&sentence(&step.action)));
        if let Some(command) = plan::command(step, report.typed()) {
            html.command(&command);
        }
        html.raw("</li>\n");
    }
    html.raw("</ol>\n");
    if let Some(next) = &report.next {
        html.command(&next.command);
    }
}

/// Every check, a table a family.
fn all(html: &mut Html, checks: &[Checked], words: &Words) {
    let mut group: Option<Group> = None;
    for it in checks {
        if group != Some(it.finding.group) {
            if group.is_some() {
                html.raw("</tbody>\n</table>\n");
            }
            group = Some(it.finding.group);
            html.element("h3", &words.say(&Text::new(group_key(it.finding.group))))
                .raw("\n<table class=\"checks\">\n");
            html.heads(["html-status", "html-check", "html-found"].map(|it| words.key(it)));
        }
        let status = it.finding.verdict.status;
        html.raw("<tr><td class=\"").raw(class(status)).raw("\">").raw(mark(status).0).raw(" ");
        html.text(&words.say(&Text::new(status_key(it)))).raw("</td><th scope=\"row\">");
        html.text(&title(it, words)).raw("</th><td>").text(&summary(it, words));
        if let Some(said) = accepted::of(&it.finding.verdict) {
            html.raw("<br>").text(&words.say(&said));
        }
        html.raw("</td></tr>\n");
    }
    if group.is_some() {
        html.raw("</tbody>\n</table>\n");
    }
}

/// The status of a check in a word.
pub fn status_key(it: &Checked) -> &'static str {
    match it.finding.verdict.status {
        _ if it.is_accepted() => "html-accepted",
        Status::Ok => "html-ok",
        Status::Info => "html-info",
        Status::Warn => "html-warn",
        Status::Fail => "html-fail",
        Status::Unknown => "html-unknown",
        Status::Waiting => "html-waiting",
        Status::Skipped => "html-skipped",
    }
}

fn picture(html: &mut Html, png: &[u8], words: &Words) {
    html.raw("<figure><img src=\"data:image/png;base64,").raw(&STANDARD.encode(png)).raw("\" alt=\"");
    html.text(&words.key("html-proof-alt")).raw("\"><figcaption>").text(&words.key("html-proof-says"));
    html.raw("</figcaption></figure>\n");
}
