//! Floors and circles: which part of `src` may import which, and that no files import each other in a ring. The table
//! below is the whole truth; ARCHITECTURE.md shows it (`BLESS=1 cargo test --test tidy` writes it there).
//!
//! What counts: `use` trees, and paths that begin with `crate`, `super` or `self`, outside `#[cfg(test)]`. A parent's calls
//! into its own children by name (`child::f()`) do not: a module tree is made of them.
//!
//! To add a part: a row in [`PARTS`]. To allow one more import on the same floor: a pair with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::{files, none, read};

mod imports;

use imports::{Import, imports};

/// A part: a top module of `src`. It may import every part of a lower floor, never one above.
struct Part {
    floor: u32,
    name: &'static str,
    /// Parts of its own floor that it may import, and why.
    beside: &'static [(&'static str, &'static str)],
    /// Parts below that it may not import, or only these names of them; and why.
    but: &'static [(&'static str, &'static [&'static str], &'static str)],
}

const fn on(floor: u32, name: &'static str) -> Part {
    Part { floor, name, beside: &[], but: &[] }
}

/// From the ground up.
#[rustfmt::skip]
const PARTS: &[Part] = &[
    on(0, "version"), on(0, "digest"), on(0, "picture"), on(0, "moment"), on(0, "places"),
    on(0, "quoting"), on(0, "discreet"), on(0, "path_style"), on(0, "embedded"), on(0, "gather"), on(0, "data"),
    Part { beside: &[("gather", "a short sort")], ..on(0, "near") },
    Part { beside: &[("path_style", "PATH is a value of it")], ..on(0, "registry") },
    Part {
        beside: &[("path_style", "a line to type has the words of its system's shell"), ("quoting", "and words quoted for it")],
        ..on(0, "typed")
    },
    Part {
        beside: &[("version", "a message names versions"), ("discreet", "a message names settings"), ("path_style", "and paths as their system writes them")],
        ..on(0, "text")
    },
    Part {
        beside: &[("version", "what is needed may be a version"), ("discreet", "or the value of a setting"), ("registry", "or a value of the registry")],
        ..on(0, "need")
    },
    Part { beside: &[("version", "it names the versions that it concerns")], ..on(0, "advisory") },
    Part { beside: &[("text", "a reason may be a message of ours")], ..on(0, "fact") },
    Part { beside: &[("fact", "why it failed"), ("text", "a message of it")], ..on(0, "disk_error") },
    on(1, "failure"), on(1, "trust"), on(1, "system"), on(1, "shell"),
    Part { but: &[("system", &["invoke"], "rules are handed to it; it starts nothing")], ..on(2, "toolexec") },
    Part { but: &[("system", &[], "it reads bytes and asks nothing")], ..on(2, "diagnose") },
    Part { but: &[("system", &[], "bytes in, data out")], ..on(2, "fleet") },
    Part { but: &[("system", &["Endpoint", "Identity", "Space", "Stat", "screen"], "values; it asks nothing")], ..on(2, "facts") },
    on(3, "recording"), on(3, "want"), on(3, "fetch"), on(3, "shells"),
    Part { but: &[("system", &[], "text in, data out")], ..on(3, "lockfile") },
    Part { but: &[("system", &[], "it runs nothing")], ..on(3, "packages") },
    Part { beside: &[("recording", "each line goes through its redactor")], ..on(3, "log") },
    Part { but: &[("system", &[], "words, no deeds")], ..on(4, "action") },
    Part {
        but: &[
            ("system", &[], "text in, data out"),
            ("trust", &[], "signatures are for `release`"),
            ("fetch", &["sources"], "the list of mirrors is part of it; the network is not"),
        ],
        ..on(4, "manifest")
    },
    on(4, "bundle"),
    Part { but: &[("system", &[], "text in, data out")], ..on(4, "config") },
    on(5, "journal"), on(5, "release"), on(5, "prove"),
    Part { but: &[("system", &["Identity"], "a value; text in, text out")], ..on(5, "provision") },
    on(6, "probe"),
    on(7, "checks"),
    Part { but: &[("system", &[], "the same needs give the same plan")], ..on(8, "plan") },
    on(9, "apply"),
    Part { but: &[("system", &[], "it only sees values")], ..on(9, "report") },
    on(10, "app"),
    on(11, "cli"),
    on(12, "main"), on(12, "lib"),
];

#[test]
fn each_part_imports_only_what_stands_below_it() {
    let all = imports(&files(&["src"], "rs"));
    assert!(all.len() > 500, "only {} imports: is this the whole program?", all.len());
    none(&broken_floors(&all));
    let there: BTreeSet<_> = all.iter().flat_map(|it| [part(&it.from), part(&it.to)]).collect();
    let gone: Vec<_> = PARTS.iter().filter(|it| it.name != "lib" && !there.contains(it.name)).collect();
    assert!(
        gone.is_empty(),
        "the table has parts that are gone: {:?}",
        gone.iter().map(|it| it.name).collect::<Vec<_>>()
    );
}

#[test]
fn files_import_each_other_only_two_by_two_in_one_folder() {
    none(&circles(&imports(&files(&["src"], "rs"))));
}

#[test]
fn the_page_of_the_architecture_shows_the_table() {
    const BEGIN: &str = "<!-- floors: `BLESS=1 cargo test --test tidy` writes this table -->\n";
    const END: &str = "<!-- end of the floors -->\n";
    let page = read("ARCHITECTURE.md");
    let (before, rest) = page.split_once(BEGIN).expect("ARCHITECTURE.md has the place of the table");
    let (is, after) = rest.split_once(END).expect("the table ends");
    let want = table();
    if std::env::var_os("BLESS").is_some() {
        let path = std::path::Path::new(crate::ROOT).join("ARCHITECTURE.md");
        std::fs::write(path, [before, BEGIN, &want, END, after].concat()).expect("writable");
        return;
    }
    assert!(is == want, "ARCHITECTURE.md: not the table of the test; run `BLESS=1 cargo test --test tidy`");
}

/// The table, as Markdown.
fn table() -> String {
    let mut page = "| floor | parts | beside, or not all that is below |\n| --- | --- | --- |\n".to_owned();
    for floor in 0..=PARTS.iter().map(|it| it.floor).max().unwrap_or_default() {
        let parts = || PARTS.iter().filter(|it| it.floor == floor);
        let names = parts().map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(" ");
        let mut notes = Vec::new();
        for part in parts() {
            for (to, why) in part.beside {
                notes.push(format!("`{}` may import `{to}`: {why}", part.name));
            }
            for (to, only, why) in part.but {
                let only = only.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
                notes.push(if only.is_empty() {
                    format!("`{}` never imports `{to}`: {why}", part.name)
                } else {
                    format!("`{}` imports of `{to}` only {only}: {why}", part.name)
                });
            }
        }
        let _ = writeln!(page, "| {floor} | {names} | {} |", notes.join("; "));
    }
    page
}

fn part(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// Imports that go up, beside, or to what is excepted: `file:line: part -> part`.
fn broken_floors(all: &[Import]) -> Vec<String> {
    let row = |module: &str| PARTS.iter().find(|it| it.name == part(module));
    let mut faults = Vec::new();
    for it in all.iter().filter(|it| part(&it.from) != part(&it.to)) {
        let place = format!("{}:{}: {} -> {}", it.file, it.line, part(&it.from), part(&it.to));
        let (Some(from), Some(to)) = (row(&it.from), row(&it.to)) else {
            faults.push(format!("{place}: a part without a floor; add its row in tests/tidy/floors.rs"));
            continue;
        };
        let except = from.but.iter().find(|but| but.0 == to.name);
        if to.floor > from.floor {
            faults.push(format!("{place}: up, by {}", it.path));
        } else if to.floor == from.floor && from.beside.iter().all(|it| it.0 != to.name) {
            faults.push(format!("{place}: beside, by {}", it.path));
        } else if let Some((_, only, why)) = except
            && !it.rest.first().is_some_and(|name| only.contains(&name.as_str()))
        {
            faults.push(format!("{place}: {} is excepted: {why}", it.path));
        }
    }
    faults
}

/// Rings of files, but for two siblings or a parent and its child.
fn circles(all: &[Import]) -> Vec<String> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for it in all {
        next.entry(&it.from).or_default().insert(&it.to);
    }
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        next.keys().map(|from| (*from, reached(&next, from))).collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for (from, to) in &reach {
        let ring: Vec<&str> =
            to.iter().copied().filter(|it| reach.get(it).is_some_and(|back| back.contains(from))).collect();
        if ring.len() < 2 || is_pair(&ring) || told.contains(from) {
            continue;
        }
        told.extend(&ring);
        let ties = all.iter().filter(|it| ring.contains(&it.from.as_str()) && ring.contains(&it.to.as_str()));
        let ties: BTreeSet<_> =
            ties.map(|it| format!("  {}:{}: {} by {}", it.file, it.line, it.to, it.path)).collect();
        faults.push(format!("a circle of {}: {}", ring.len(), ring.join(", ")));
        faults.extend(ties);
    }
    faults
}

fn reached<'m>(next: &BTreeMap<&'m str, BTreeSet<&'m str>>, from: &str) -> BTreeSet<&'m str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(here) = open.pop() {
        for to in next.get(here).into_iter().flatten() {
            if seen.insert(*to) {
                open.push(to);
            }
        }
    }
    seen
}

/// Two files of one folder: siblings, or a parent and its child.
fn is_pair(ring: &[&str]) -> bool {
    let [one, other] = ring else { return false };
    let parent = |it: &str| it.rsplit_once("::").map(|it| it.0.to_owned());
    parent(one).is_some_and(|it| it == *other)
        || parent(other).is_some_and(|it| it == *one)
        || (parent(one).is_some() && parent(one) == parent(other))
}

/// Sources of a small program, as [`files`] gives them.
fn program(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(path, text)| (format!("src/{path}.rs"), (*text).to_owned())).collect()
}

#[test]
fn an_import_up_beside_or_excepted_is_a_fault_with_its_line() {
    let rows = [
        ("facts", "\nuse crate::plan::Plan;", "src/facts.rs:2: facts -> plan: up, by crate::plan::Plan"),
        ("report", "use crate::apply;", "src/report.rs:1: report -> apply: beside, by crate::apply"),
        (
            "plan",
            "use crate::system;",
            "src/plan.rs:1: plan -> system: crate::system is excepted: the same needs give the same plan",
        ),
        ("facts", "use crate::system::Stat;", ""),
        (
            "toolexec",
            "fn f() {\n crate::system::Look }",
            "src/toolexec.rs:2: toolexec -> system: crate::system::Look is excepted: rules are handed to it; it starts nothing",
        ),
        ("apply", "use crate::plan;", ""),
        ("text", "use crate::version;", ""),
        ("version", "use crate::text;", "src/version.rs:1: version -> text: beside, by crate::text"),
        ("apply", "#[cfg(test)]\nmod tests { use crate::cli; }", ""),
    ];
    for (at, text, want) in rows {
        let others = ["apply", "cli", "facts", "plan", "report", "system", "text", "toolexec", "version"];
        let mut all: Vec<_> = others.iter().filter(|it| **it != at).map(|it| (*it, "")).collect();
        all.push((at, text));
        let found = broken_floors(&imports(&program(&all)));
        assert_eq!(found.join("\n"), want, "{text}");
    }
}

#[test]
fn a_ring_is_a_fault_unless_it_is_two_of_one_folder() {
    let rows: [(&[(&str, &str)], &str); 5] = [
        (&[("a/b", "use super::c;"), ("a/c", "use super::b;"), ("a", "")], ""),
        (&[("a", "use b::B;"), ("a/b", "use super::A;")], ""),
        (&[("a", "use crate::b;"), ("b", "use crate::a;")], "a circle of 2: a, b"),
        (
            &[("a", "use b::B;"), ("a/b", "use super::c;"), ("a/c", "use super::A;")],
            "a circle of 3: a, a::b, a::c",
        ),
        (&[("a", "use b::B;"), ("a/b", "use super::c;"), ("a/c", "#[cfg(test)]\nuse super::A;")], ""),
    ];
    for (files, want) in rows {
        let found = circles(&imports(&program(files)));
        assert_eq!(found.first().map_or("", String::as_str), want, "{files:?}");
    }
}
