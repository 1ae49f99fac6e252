//! The reports of many hosts as one table for people and one value for programs. What fixes a problem stands beside it, as a
//! line to type where there is one.

use serde_json::{Map, Value, json};

use super::page::{Label, Page, pad, width};
use super::text::{self, check_key};
use super::words::{Words, safe};
use crate::checks::Status;
use crate::fleet::{Badness, Fix, Fleet, Host, KINDS, Next, Trouble, Unread};
use crate::gather::Order as _;
use crate::text::Text;

/// Hosts that are named in a line.
const NAMED: usize = 6;
/// Rows of a list without `-v`.
const ROWS: usize = 20;

/// The mark in front of a problem, as in the report of one host.
pub const fn mark(badness: Badness) -> (&'static str, Label) {
    text::checks::mark(match badness {
        Badness::Fail => Status::Fail,
        Badness::Warn => Status::Warn,
        Badness::Unknown => Status::Unknown,
    })
}

/// The title of a check in the reader's language; as the reports call it, where this program does not know it.
pub fn title(fleet: &Fleet, check: &str, words: &Words) -> String {
    let key = check_key(check, "title");
    if words.has(&key.key) {
        return words.say(&key);
    }
    fleet.titles.get(check).map(|it| safe(it).into_owned()).unwrap_or_default()
}

/// What is typed on the hosts with this problem: for what fyne-setup fixes, one line for everything on hosts that have yet
/// to be set up.
pub fn line(trouble: &Trouble, fix: &Fix) -> Option<String> {
    match fix.auto {
        false => fix.command.as_deref().map(str::to_owned),
        true if trouble.only_install => Some(Next::Install.line().to_owned()),
        true => Some(format!("{} {}", Next::Repair.line(), trouble.check)),
    }
}

/// The same, where it is no line that was said for the hosts already.
pub fn own_line(trouble: &Trouble, fix: &Fix) -> Option<String> {
    line(trouble, fix).filter(|it| it != Next::Install.line())
}

/// The lines that fix what fyne-setup fixes by itself, each with its hosts.
pub fn next(fleet: &Fleet) -> Vec<(Next, Vec<usize>)> {
    let both = [Next::Install, Next::Repair].map(|it| (it, fleet.hosts_to(it)));
    both.into_iter().filter(|it| !it.1.is_empty()).collect()
}

/// What a kind of version is called.
pub fn kind(at: usize, words: &Words) -> String {
    const NAMES: [&str; 5] =
        ["fleet-kind-go", "fleet-kind-fyne", "fleet-kind-cli", "fleet-kind-manifest", "fleet-kind-program"];
    NAMES.get(at).map(|it| words.key(it)).unwrap_or_default()
}

/// Names of hosts in a line: the first ones, and how many more there are.
pub fn names(fleet: &Fleet, hosts: &[usize], words: &Words, most: usize) -> String {
    let named = hosts.iter().take(most).filter_map(|it| fleet.hosts.get(*it));
    let text = named.map(|it| safe(&it.name).into_owned()).collect::<Vec<_>>().join(", ");
    match hosts.len().saturating_sub(most) {
        0 => text,
        more => words.say(&text!("fleet-and-more", names = text, count = more)),
    }
}

/// How it is, in one sentence.
pub fn sum(fleet: &Fleet, words: &Words) -> String {
    let (all, healthy) = (fleet.hosts.len(), fleet.healthy());
    words.say(&text!("fleet-sum", hosts = all, healthy = healthy, bad = all - healthy))
}

/// Everything for people.
pub fn page(fleet: &Fleet, troubles: &[Trouble], words: &Words, verbose: bool) -> Page {
    let mut page = Page::default();
    page.line(Label::Heading, sum(fleet, words));
    let most = if verbose { usize::MAX } else { ROWS };
    for (next, hosts) in next(fleet) {
        page.gap();
        let all = names(fleet, &hosts, words, if verbose { usize::MAX } else { NAMED });
        let say = text!("fleet-next", count = hosts.len(), hosts = all);
        page.hanging(vec![], Label::Plain, &words.say(&say));
        page.command(4, next.line());
    }
    if !troubles.is_empty() {
        heading(&mut page, words, "fleet-problems");
        troubles.iter().take(most).for_each(|it| trouble(&mut page, fleet, it, words, verbose));
        more(&mut page, troubles.len(), most, words);
    }
    hosts(&mut page, fleet, words, most);
    versions(&mut page, fleet, words, verbose);
    let oldest = fleet.oldest();
    if !oldest.is_empty() {
        heading(&mut page, words, "fleet-oldest");
        for host in oldest.iter().take(3).filter_map(|it| fleet.hosts.get(*it)) {
            let day = host.time.map(|it| it.day()).unwrap_or_default();
            page.hanging(vec![(Label::Plain, format!("  {day}  "))], Label::Plain, &safe(&host.name));
        }
    }
    for place in fleet.newer.iter().take(NAMED) {
        let say = text!("fleet-newer", file = &*place.file, line = place.line.unwrap_or(1));
        page.gap();
        page.hanging(vec![], Label::Caution, &words.say(&say));
    }
    page
}

fn heading(page: &mut Page, words: &Words, key: &'static str) {
    page.gap();
    page.line(Label::Heading, words.key(key));
}

fn more(page: &mut Page, all: usize, most: usize, words: &Words) {
    if all > most {
        page.line(Label::Faint, format!("  {}", words.say(&text!("fleet-more", count = all - most))));
    }
}

fn trouble(page: &mut Page, fleet: &Fleet, trouble: &Trouble, words: &Words, verbose: bool) {
    let (sign, label) = mark(trouble.badness);
    let title = title(fleet, &trouble.check, words);
    let say = text!("fleet-trouble", title = title, check = &*trouble.check, count = trouble.hosts.len());
    page.hanging(
        vec![(Label::Plain, "  ".into()), (label, format!("{sign} "))],
        Label::Plain,
        &words.say(&say),
    );
    let heads = ["fleet-hosts", "report-remedy"].map(|it| words.key(it));
    let column = heads.iter().map(|it| width(it)).max().unwrap_or(0) + 2;
    let head = |it: &str| vec![(Label::Plain, "      ".to_owned()), (Label::Faint, pad(it, column))];
    let most = if verbose { usize::MAX } else { NAMED };
    page.hanging(head(&heads[0]), Label::Plain, &names(fleet, &trouble.hosts, words, most));
    for (fix, count) in trouble.fixes.iter().take(if verbose { usize::MAX } else { 3 }) {
        let say = text!("fleet-fix", text = &*fix.text, count = *count);
        page.hanging(head(&heads[1]), Label::Plain, &words.say(&say));
        if let Some(line) = own_line(trouble, fix) {
            page.command(6 + column, &line);
        }
    }
}

/// The hosts with problems, each with its checks.
fn hosts(page: &mut Page, fleet: &Fleet, words: &Words, most: usize) {
    let bad: Vec<&Host> = fleet.hosts.iter().filter(|it| !it.ok).collect();
    if bad.is_empty() {
        return;
    }
    heading(page, words, "fleet-bad-hosts");
    let column = bad.iter().take(most).map(|it| width(&safe(&it.name))).max().unwrap_or(0).min(30) + 2;
    for host in bad.iter().take(most) {
        let worst = host.problems.iter().map(|it| it.badness).min().unwrap_or(Badness::Unknown);
        let (sign, label) = mark(worst);
        let name = safe(&host.name);
        let head = vec![
            (Label::Plain, "  ".to_owned()),
            (label, format!("{sign} ")),
            (Label::Plain, pad(&name, column.max(width(&name) + 2))),
        ];
        let checks: Vec<_> = host.problems.iter().map(|it| safe(&it.check).into_owned()).collect();
        page.hanging(head, Label::Plain, &checks.join(", "));
    }
    more(page, bad.len(), most, words);
}

fn versions(page: &mut Page, fleet: &Fleet, words: &Words, verbose: bool) {
    let kinds: Vec<String> = (0..KINDS.len()).map(|it| kind(it, words)).collect();
    let column = kinds.iter().map(|it| width(it)).max().unwrap_or(0) + 2;
    heading(page, words, "fleet-versions");
    for (at, name) in kinds.iter().enumerate() {
        let drift = fleet.drift(at);
        let one = |(index, (version, hosts)): (usize, &(std::rc::Rc<str>, Vec<usize>))| {
            let say = text!("fleet-version", version = &**version, count = hosts.len());
            let said = words.say(&say);
            // Of the most frequent one nobody needs the names.
            if index == 0 { said } else { format!("{said}: {}", names(fleet, hosts, words, 3)) }
        };
        let most = if verbose { usize::MAX } else { 5 };
        let mut parts: Vec<String> = drift.iter().take(most).enumerate().map(one).collect();
        if drift.len() > most {
            parts.push(words.say(&text!("fleet-more", count = drift.len() - most)));
        }
        if !parts.is_empty() {
            let head = vec![(Label::Plain, "  ".to_owned()), (Label::Faint, pad(name, column))];
            let label = if drift.len() > 1 { Label::Caution } else { Label::Plain };
            page.hanging(head, label, &parts.join(&words.key("report-join")));
        }
    }
}

/// Everything for programs: the field `fleet`.
pub fn json(fleet: &Fleet, troubles: &[Trouble], words: &Words) -> Value {
    let hosts: Vec<Value> = fleet.hosts.iter().map(host).collect();
    let named = |all: &[usize]| -> Vec<&str> {
        all.iter().filter_map(|it| fleet.hosts.get(*it)).map(|it| &*it.name).collect()
    };
    let trouble = |it: &Trouble| {
        let fix = |(fix, count): &(Fix, usize)| {
            json!({ "text": &*fix.text, "line": line(it, fix), "auto": fix.auto, "needs_root": fix.needs_root,
                    "hosts": count })
        };
        json!({ "id": &*it.check, "title": title(fleet, &it.check, words), "status": it.badness.name(),
                "hosts": named(&it.hosts), "fixes": it.fixes.iter().map(fix).collect::<Vec<_>>() })
    };
    let mut versions = Map::new();
    for (at, kind) in KINDS.iter().enumerate() {
        let one = |(version, hosts): &(std::rc::Rc<str>, Vec<usize>)| json!({ "version": &**version, "hosts": hosts.len() });
        versions.insert((*kind).to_owned(), fleet.drift(at).iter().map(one).collect());
    }
    let oldest = fleet.oldest();
    let mut unread: Vec<Value> = Vec::new();
    for it in &fleet.unread {
        let (file, line) = (&*it.place.file, it.place.line);
        unread.push(json!({ "file": file, "line": line, "message": words.say(&it.why) }));
    }
    let next = |(next, hosts): &(Next, Vec<usize>)| json!({ "line": next.line(), "hosts": named(hosts) });
    json!({
        "healthy": fleet.healthy(),
        "next": self::next(fleet).iter().map(next).collect::<Vec<_>>(),
        "hosts": hosts,
        "problems": troubles.iter().map(trouble).collect::<Vec<_>>(),
        "versions": versions,
        "oldest": named(&oldest[..oldest.len().min(10)]),
        "unread": unread,
    })
}

fn host(it: &Host) -> Value {
    let mut value = json!({ "host": &*it.name, "ok": it.ok, "system": &*it.system, "arch": &*it.arch,
                            "time": it.time.map(|it| it.to_string()) });
    for (kind, version) in KINDS.iter().zip(&it.versions) {
        value[*kind] = json!(version.as_deref());
    }
    let mut problems: Vec<_> = it.problems.iter().collect();
    problems.order_by_key(|it| it.badness);
    let problem = |it: &crate::fleet::Problem| json!({ "id": &*it.check, "status": it.badness.name(), "summary": &*it.summary });
    value["problems"] = problems.into_iter().map(problem).collect();
    value
}

/// A report that could not be read: where and why.
pub fn unread(it: &Unread) -> Text {
    let file = &*it.place.file;
    match it.place.line {
        Some(line) => text!("fleet-unread-line", file = file, line = line, why = &it.why),
        None => text!("fleet-unread-file", file = file, why = &it.why),
    }
}
