//! No page has a dead link: every link inside of the repository leads to a file, and to a heading of it where it names one; and
//! the site (`scripts/site`) has every page that its pages lead to. The network is not asked.
#![cfg(unix)]
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The table of contents of the site. Its links begin at the root, where the site's pages lie.
const SUMMARY: &str = "scripts/site.d/SUMMARY.md";

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let pages = pages();
    assert!(pages.len() > 50, "{}", pages.len());
    let mut faults = Vec::new();
    for (page, text) in &pages {
        for link in links(text) {
            if let Some(why) = dead(page, &link, &pages) {
                faults.push(format!("{page}: {link}: {why}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_site_has_every_page_of_docs_and_every_page_that_one_of_its_pages_leads_to() {
    let pages = pages();
    let listed: Vec<String> = links(&pages[SUMMARY]).collect();
    let unique: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "a page stands twice");
    let mut faults = Vec::new();
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    for page in pages.keys().filter(|it| it.starts_with("docs/")) {
        wanted.insert(page.clone(), "docs/".to_owned());
    }
    for page in &listed {
        let Some(text) = pages.get(page) else {
            faults.push(format!("{SUMMARY} names {page}, which is not there"));
            continue;
        };
        for link in links(text).filter(|it| !outside(it)) {
            let target = target(page, &link).0;
            if Path::new(&target).extension().is_some_and(|it| it == "md") {
                wanted.entry(target).or_insert_with(|| page.clone());
            }
        }
    }
    for (page, from) in wanted.into_iter().filter(|it| !listed.contains(&it.0)) {
        faults.push(format!("{page} is not in {SUMMARY}; {from} leads to it"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn links_and_headings_are_read_as_github_reads_them() {
    let text = "# One `two.three`\n## One `two.three`\n[a](x.md#one-twothree-1 \"t\") `[no](y.md)` ![i](z.png)\n```\n[no](y.md)\n# no\n```\n\
                [b](#中文-标题)\n## 中文 标题？\n[w](<a b.md>)\n";
    assert_eq!(links(text).collect::<Vec<_>>(), ["x.md#one-twothree-1", "z.png", "#中文-标题", "a b.md"]);
    let anchors: Vec<String> = anchors(text).into_iter().collect();
    assert_eq!(anchors, ["one-twothree", "one-twothree-1", "中文-标题"]);
}

/// Why a link leads nowhere; nothing where it does, or leaves the repository.
fn dead(page: &str, link: &str, pages: &BTreeMap<String, String>) -> Option<String> {
    if outside(link) {
        return None;
    }
    let (path, heading) = target(page, link);
    if !Path::new(ROOT).join(&path).exists() {
        return Some(format!("there is no {path}"));
    }
    if Path::new(ROOT).join(&path).is_dir() {
        return Some(format!("{path} is a folder, and the site has no page for it"));
    }
    let heading = heading?;
    let known = pages.get(&path).map(|it| anchors(it)).unwrap_or_default();
    (!known.contains(&heading)).then(|| format!("{path} has no heading #{heading}"))
}

fn outside(link: &str) -> bool {
    link.contains("://") || link.starts_with("mailto:")
}

/// The file that a link of a page leads to, from the root, and the heading.
fn target(page: &str, link: &str) -> (String, Option<String>) {
    let (path, heading) = link.split_once('#').map_or((link, None), |it| (it.0, Some(it.1.to_owned())));
    if path.is_empty() {
        return (page.to_owned(), heading);
    }
    let from =
        if page == SUMMARY { Path::new("") } else { Path::new(page).parent().unwrap_or(Path::new("")) };
    let mut whole = PathBuf::new();
    for part in from.join(path).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            other => whole.push(other),
        }
    }
    (whole.display().to_string(), heading)
}

/// What stands outside of fences.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fence: Option<&str> = None;
    text.lines().filter(move |line| {
        let mark = ["````", "```"].into_iter().find(|it| line.trim_start().starts_with(it));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if mark.len() >= open.len() => fence = None,
            (None, None) => return true,
            _ => {}
        }
        false
    })
}

/// The targets of all links and pictures.
fn links(text: &str) -> impl Iterator<Item = String> {
    prose(text).flat_map(|line| {
        // What stands between backticks is no link, unless it is the text of one.
        let mut found = Vec::new();
        for (at, _) in line.match_indices("](") {
            let quoted = line[..at].matches('`').count() % 2 == 1;
            let rest = &line[at + 2..];
            let whole = match rest.strip_prefix('<') {
                Some(rest) => rest.split('>').next(),
                None => rest.split([')', ' ']).next(),
            };
            found.extend(whole.filter(|it| !quoted && !it.is_empty()).map(str::to_owned));
        }
        found
    })
}

/// The anchors of a page's headings, as GitHub makes them.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for line in prose(text) {
        let Some(heading) = line.strip_prefix('#').map(|it| it.trim_start_matches('#')) else { continue };
        let Some(heading) = heading.strip_prefix(' ') else { continue };
        let shown = without_targets(heading.trim()).to_lowercase();
        let kept = shown.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        let slug: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = seen.entry(slug.clone()).or_default();
        all.insert(if *count == 0 { slug } else { format!("{slug}-{count}") });
        *count += 1;
    }
    all
}

/// A heading without the targets of its links.
fn without_targets(heading: &str) -> String {
    let mut shown = String::new();
    let mut rest = heading;
    while let Some((before, after)) = rest.split_once("](") {
        shown += before;
        rest = after.split_once(')').map_or("", |it| it.1);
    }
    shown + rest
}

/// Every page of the repository, by its path from the root.
fn pages() -> BTreeMap<String, String> {
    let mut open = vec![PathBuf::from(ROOT)];
    let mut found = BTreeMap::new();
    while let Some(dir) = open.pop() {
        for path in fs::read_dir(dir).expect("a folder of ours").flatten().map(|it| it.path()) {
            let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
            if path.is_dir() && !path.is_symlink() {
                if !name.starts_with('.') && !["target", "node_modules", "site"].contains(&name) {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|it| it == "md") {
                let key = path.strip_prefix(ROOT).expect("below it").display().to_string();
                found.insert(key, fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    found
}
