//! The reports of many hosts as one page: what is wrong and what fixes it, hosts by checks, versions, the oldest reports.

use std::collections::BTreeMap;

use super::Html;
use crate::fleet::{Badness, Fleet, KINDS, Next, Trouble};
use crate::report::fleet::{kind, mark, names, next, own_line, sum, title};
use crate::report::words::Words;

/// Columns of the table of hosts at most: those of most hosts.
const COLUMNS: usize = 40;
/// Hosts that are named beside a version.
const NAMED: usize = 8;
/// Hosts that are shown without a click.
const SHOWN: usize = 12;

/// The whole page.
pub fn page(fleet: &Fleet, troubles: &[Trouble], words: &Words) -> String {
    let bad = fleet.hosts.iter().any(|it| !it.ok);
    let next = next(fleet);
    let parts = [
        ("next", "fleet-next-heading", !next.is_empty()),
        ("problems", "fleet-problems", !troubles.is_empty()),
        ("hosts", "fleet-matrix", bad),
        ("versions", "fleet-versions", !fleet.hosts.is_empty()),
        ("oldest", "fleet-oldest", !fleet.oldest().is_empty()),
        ("unread", "fleet-unread-heading", !fleet.unread.is_empty()),
    ];
    let there = parts.iter().filter(|it| it.2);
    let sections: Vec<_> = there.map(|it| (it.0, words.key(it.1))).collect();
    let mut html = Html::begin(words, &words.key("fleet-title"), &sections);
    html.raw(if bad { "<p class=\"sum bad\">" } else { "<p class=\"sum good\">" }).text(&sum(fleet, words));
    html.raw("</p>\n");
    for (id, name) in sections {
        html.section(id, &name);
        match id {
            "next" => fixed_by_us(&mut html, fleet, &next, words),
            "problems" => problems(&mut html, fleet, troubles, words),
            "hosts" => matrix(&mut html, fleet, troubles, words),
            "versions" => versions(&mut html, fleet, words),
            "oldest" => oldest(&mut html, fleet),
            _ => unread(&mut html, fleet, words),
        }
        html.close();
    }
    html.end(words)
}

/// What fyne-setup fixes by itself: the line to type, and where.
fn fixed_by_us(html: &mut Html, fleet: &Fleet, next: &[(Next, Vec<usize>)], words: &Words) {
    for (next, all) in next {
        html.command(next.line());
        hosts(html, fleet, all, words);
    }
}

fn problems(html: &mut Html, fleet: &Fleet, troubles: &[Trouble], words: &Words) {
    for it in troubles {
        let (sign, _) = mark(it.badness);
        html.raw("<article class=\"").raw(it.badness.name()).raw("\">\n<h3><span class=\"");
        html.raw(it.badness.name()).raw("\" aria-hidden=\"true\">").raw(sign).raw("</span> ");
        let say = text!(
            "fleet-trouble",
            title = title(fleet, &it.check, words),
            check = &*it.check,
            count = it.hosts.len()
        );
        html.text(&words.say(&say)).raw("</h3>\n");
        for (fix, count) in &it.fixes {
            html.raw("<p>")
                .text(&words.say(&text!("fleet-fix", text = &*fix.text, count = *count)))
                .raw("</p>\n");
            if let Some(line) = own_line(it, fix) {
                html.command(&line);
            }
        }
        hosts(html, fleet, &it.hosts, words);
        html.raw("</article>\n");
    }
}

/// The names of some hosts; many of them behind a click.
fn hosts(html: &mut Html, fleet: &Fleet, hosts: &[usize], words: &Words) {
    let all = names(fleet, hosts, words, usize::MAX);
    if hosts.len() <= SHOWN {
        html.element("p", &format!("{} {all}", words.key("fleet-hosts-colon"))).raw("\n");
        return;
    }
    let say = words.say(&text!("fleet-hosts-count", count = hosts.len()));
    html.folded(&say, &all);
}

/// Hosts with problems by the checks that are bad somewhere.
fn matrix(html: &mut Html, fleet: &Fleet, troubles: &[Trouble], words: &Words) {
    let columns: Vec<&Trouble> = troubles.iter().take(COLUMNS).collect();
    html.element("p", &words.key("fleet-legend"))
        .raw("\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html.text(&words.key("fleet-bad-hosts")).raw("\">\n<table>\n");
    let checks = columns.iter().map(|it| it.check.to_string());
    html.heads(["fleet-host", "fleet-system"].map(|it| words.key(it)).into_iter().chain(checks));
    for host in fleet.hosts.iter().filter(|it| !it.ok) {
        let mut by: BTreeMap<&str, Badness> = BTreeMap::new();
        for it in &host.problems {
            let worst = by.entry(&it.check).or_insert(it.badness);
            *worst = (*worst).min(it.badness);
        }
        html.raw("<tr><th scope=\"row\">").text(&host.name).raw("<td>").text(&host.system);
        for it in &columns {
            match by.get(&*it.check) {
                Some(badness) => {
                    html.raw("<td class=\"").raw(badness.name()).raw("\">").raw(mark(*badness).0)
                }
                None => html.raw("<td>"),
            };
        }
        html.raw("\n");
    }
    html.raw("</tbody>\n</table>\n</div>\n");
    if troubles.len() > COLUMNS {
        html.element("p", &words.say(&text!("fleet-more", count = troubles.len() - COLUMNS))).raw("\n");
    }
    let healthy: Vec<usize> = (0..fleet.hosts.len()).filter(|it| fleet.hosts[*it].ok).collect();
    if !healthy.is_empty() {
        let say = words.say(&text!("fleet-healthy-hosts", count = healthy.len()));
        let all = names(fleet, &healthy, words, usize::MAX);
        html.folded(&say, &all);
    }
}

fn versions(html: &mut Html, fleet: &Fleet, words: &Words) {
    html.raw("<table>\n");
    html.heads(["fleet-what", "fleet-version-heading", "fleet-hosts"].map(|it| words.key(it)));
    for at in 0..KINDS.len() {
        for (index, (version, hosts)) in fleet.drift(at).iter().enumerate() {
            html.raw("<tr><th scope=\"row\">")
                .text(&kind(at, words))
                .raw("</th><td>")
                .text(version)
                .raw("</td><td>");
            let count = hosts.len().to_string();
            // Of the most frequent one nobody needs the names.
            let text =
                if index == 0 { count } else { format!("{count}: {}", names(fleet, hosts, words, NAMED)) };
            html.text(&text).raw("</td></tr>\n");
        }
    }
    html.raw("</tbody>\n</table>\n");
}

fn oldest(html: &mut Html, fleet: &Fleet) {
    html.raw("<ol>\n");
    for host in fleet.oldest().iter().take(10).filter_map(|it| fleet.hosts.get(*it)) {
        let day = host.time.map(|it| it.day()).unwrap_or_default();
        html.element("li", &format!("{day} {}", host.name)).raw("\n");
    }
    html.raw("</ol>\n");
}

fn unread(html: &mut Html, fleet: &Fleet, words: &Words) {
    html.raw("<ul>\n");
    for it in &fleet.unread {
        html.element("li", &words.say(&crate::report::fleet::unread(it))).raw("\n");
    }
    html.raw("</ul>\n");
}
