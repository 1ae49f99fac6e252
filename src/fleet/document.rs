//! One report: the fields that are kept of a document of `check --json`, and what makes one unreadable.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::error::Category;

use super::{Badness, Fix, Fleet, Host, Piece, Place, Problem, Unread};
use crate::text::Text;
use crate::version::Version;

/// The schema that we read.
const SCHEMA: u64 = 1;

#[derive(Deserialize)]
struct Document {
    command: Option<String>,
    ok: Option<bool>,
    fyne_setup: Option<String>,
    host: Option<String>,
    time: Option<String>,
    manifest_version: Option<u64>,
    machine: Option<Machine>,
    installed: Option<Installed>,
    checks: Option<Vec<Check>>,
    error: Option<Failed>,
}

#[derive(Deserialize)]
struct Machine {
    os: String,
    distro: String,
    arch: String,
}

#[derive(Deserialize)]
struct Installed {
    go: Option<String>,
    fyne: Option<String>,
    cli: Option<String>,
}

#[derive(Deserialize)]
struct Check {
    id: String,
    title: String,
    status: String,
    summary: String,
    remedy: Option<Remedy>,
}

#[derive(Deserialize)]
struct Remedy {
    text: String,
    command: Option<String>,
    auto: bool,
    needs_root: bool,
}

#[derive(Deserialize)]
struct Failed {
    code: String,
    message: String,
    hint: Option<String>,
}

/// Only what says whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    schema: Option<u64>,
}

/// Reads the documents of a piece, and keeps what they say.
pub(super) fn read(fleet: &mut Fleet, file: &str, piece: &Piece, mut stem: Option<&str>, ours: &Version) {
    let Some(bytes) = piece.bytes else {
        return fleet.refuse(file, Some(piece.line), text!("fleet-too-large", most = super::LARGEST_MIB));
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return fleet.refuse(file, Some(piece.line), text!("fleet-utf16"));
    }
    if bytes.trim_ascii_start().starts_with(b"[") {
        return fleet.refuse(file, Some(piece.line), text!("fleet-list"));
    }
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|it| it.is_ascii_whitespace()).count();
        if at == bytes.len() {
            return;
        }
        let before = memchr::memchr_iter(b'\n', &bytes[..at]).count();
        let line = piece.line.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
        let mut heads = serde_json::Deserializer::from_slice(&bytes[at..]).into_iter::<Head>();
        let head = heads.next();
        let next = at + heads.byte_offset();
        match head {
            Some(Ok(Head { schema: Some(SCHEMA) })) => {
                match serde_json::from_slice::<Document>(&bytes[at..next]) {
                    Ok(it) => keep(fleet, (file, line), it, stem.take(), ours),
                    Err(error) => refuse(fleet, (file, line), &error),
                }
            }
            Some(Ok(Head { schema: Some(other) })) => {
                let why = text!("fleet-other-schema", schema = other, known = SCHEMA);
                fleet.refuse(file, Some(line), why);
            }
            Some(Ok(Head { schema: None })) => fleet.refuse(file, Some(line), text!("fleet-no-report")),
            // What stands behind it cannot be told apart any more.
            Some(Err(error)) => return refuse(fleet, (file, line), &error),
            None => return,
        }
        at = next;
    }
}

fn refuse(fleet: &mut Fleet, (file, begun): (&str, u32), error: &serde_json::Error) {
    let line = begun.saturating_add(u32::try_from(error.line()).unwrap_or(u32::MAX).saturating_sub(1));
    let why = match error.classify() {
        Category::Eof => text!("fleet-cut-short"),
        Category::Data => text!("fleet-other-form", column = error.column()),
        Category::Syntax | Category::Io => text!("fleet-not-json", column = error.column()),
    };
    fleet.refuse(file, Some(line), why);
}

/// A name that can be shown in a line: a report with another one names no host.
fn named(host: Option<&str>) -> Option<&str> {
    host.map(str::trim).filter(|it| !it.is_empty())
}

fn keep(fleet: &mut Fleet, (file, line): (&str, u32), it: Document, stem: Option<&str>, ours: &Version) {
    if let Some(why) = unfit(&it) {
        return fleet.refuse(file, Some(line), why);
    }
    let Some(name) = named(it.host.as_deref()).or(named(stem)) else {
        return fleet.refuse(file, Some(line), text!("fleet-no-host"));
    };
    let (name, place) = (fleet.keep(name), Place { file: fleet.keep(file), line: Some(line) });
    if let Some(first) = fleet.named.get(&name) {
        let (at, row) = (&*first.file, first.line.unwrap_or(1));
        let why = text!("fleet-twice", host = &*name, file = at, line = row);
        return fleet.unread.push(Unread { place, why });
    }
    fleet.named.insert(Rc::clone(&name), place.clone());
    let theirs = it.fyne_setup.as_deref().and_then(|it| it.parse::<Version>().ok());
    if theirs.is_some_and(|it| it > *ours) {
        fleet.newer.push(place);
    }
    let ok = it.ok == Some(true);
    let (system, arch) = match &it.machine {
        Some(it) if it.distro.is_empty() => (it.os.as_str(), it.arch.as_str()),
        Some(it) => (it.distro.as_str(), it.arch.as_str()),
        None => ("", ""),
    };
    let (system, arch) = (fleet.keep(system), fleet.keep(arch));
    let time = it.time.as_deref().and_then(|it| it.parse().ok());
    let Installed { go, fyne, cli } = it.installed.unwrap_or(Installed { go: None, fyne: None, cli: None });
    let manifest = it.manifest_version.map(|it| it.to_string());
    let versions = [go, fyne, cli, manifest, it.fyne_setup].map(|it| it.map(|it| fleet.keep(&it)));
    let mut problems: Vec<Problem> =
        it.checks.into_iter().flatten().filter_map(|it| problem(fleet, it, ok)).collect();
    problems.extend(it.error.map(|it| failed(fleet, &it)));
    fleet.hosts.push(Host { name, ok, system, arch, time, versions, problems });
}

/// Why a document is none that can be compared with others.
fn unfit(it: &Document) -> Option<Text> {
    match it.command.as_deref() {
        Some("check") if it.ok.is_none() || (it.checks.is_none() && it.error.is_none()) => {
            Some(text!("fleet-no-report"))
        }
        Some("check") => None,
        Some(other) => Some(text!("fleet-other-command", command = other)),
        None => Some(text!("fleet-no-report")),
    }
}

/// A check that is bad. What merely waits for another one is none; what could not be looked at is one where it makes the
/// machine unhealthy, and then only the whole says so.
fn problem(fleet: &mut Fleet, it: Check, ok: bool) -> Option<Problem> {
    let badness = match it.status.as_str() {
        "fail" => Badness::Fail,
        "warn" => Badness::Warn,
        "unknown" if !ok => Badness::Unknown,
        _ => return None,
    };
    let check = fleet.keep(&it.id);
    if !fleet.titles.contains_key(&check) {
        let title = fleet.keep(&it.title);
        fleet.titles.insert(Rc::clone(&check), title);
    }
    let fix = it.remedy.map(|it| Fix {
        text: fleet.keep(&it.text),
        command: it.command.map(|it| fleet.keep(&it)),
        auto: it.auto,
        needs_root: it.needs_root,
    });
    Some(Problem { check, badness, summary: fleet.keep(&it.summary), fix })
}

/// A host where the check itself failed.
fn failed(fleet: &mut Fleet, it: &Failed) -> Problem {
    let check = fleet.keep(&it.code);
    let fix = it.hint.as_deref().map(|hint| Fix {
        text: fleet.keep(hint),
        command: None,
        auto: false,
        needs_root: false,
    });
    Problem { check, badness: Badness::Fail, summary: fleet.keep(&it.message), fix }
}
