//! Tries the versions that compat.toml puts together: `scripts/prove-manifest` builds and runs this, and says how to use
//! it. Each cell is a real `install` into an empty home (verified Go, modules, CLI, window); what it shows is written to
//! manifests/proven.toml at once, so that a run which is cut short goes on where it was.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout
)]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::time::Instant;

use fyne_setup::manifest::cells::{Cell, Cells, cells};
use fyne_setup::manifest::trials::{Judged, Trials};
use fyne_setup::manifest::{Manifest, Part, Trial};

use site::Site;

mod site;

type Failed = Box<dyn Error>;

const COMPAT: &str = "manifests/compat.toml";
const TRIALS: &str = "manifests/proven.toml";

/// What was typed.
struct Asked {
    program: PathBuf,
    words: Vec<String>,
    again: bool,
    list: bool,
    pick: Option<usize>,
}

fn main() -> Result<(), Failed> {
    let asked = asked()?;
    let manifest: Manifest = toml::from_str(&fs::read_to_string(COMPAT)?)?;
    let mut trials: Trials = toml::from_str(&fs::read_to_string(TRIALS).unwrap_or_default())?;
    let site = Site::here(&asked.program, &manifest)?;
    let Cells { cells: all, absent } = cells(&manifest, &site.gos.keys().copied().collect::<BTreeSet<_>>());
    trials.absent = absent.into_iter().map(|(go, wanted)| site::absent(go, wanted.join(", "))).collect();
    let chosen = choose(&asked, &site, &trials, all)?;
    for it in &trials.absent {
        println!("not to be had here: Go {} ({}): {}", it.go, it.wanted, it.why);
    }
    println!("{} to try on {}, {}, {}", chosen.len(), site.platform, site.distro, site.compiler);
    if asked.list {
        for cell in &chosen {
            println!("{}  {}", cell.name(), reasons(cell));
        }
    }
    let wrong = if asked.list { Ok(Vec::new()) } else { run(&asked, &site, &mut trials, &manifest, &chosen) };
    fs::remove_dir_all(&site.work)?;
    let wrong = wrong?;
    if !asked.list {
        println!("\n{}", table(&trials));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("{} not as expected: {}", wrong.len(), wrong.join(", ")).into())
    }
}

fn asked() -> Result<Asked, Failed> {
    let mut words = std::env::args().skip(1);
    let program = words.next().ok_or("usage: prove-manifest PROGRAM [--again] [--list] [--pick N] [ROW…]")?;
    let program = fs::canonicalize(program)?;
    let mut asked = Asked { program, words: Vec::new(), again: false, list: false, pick: None };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--again" => asked.again = true,
            "--list" => asked.list = true,
            "--pick" => asked.pick = Some(words.next().ok_or("--pick takes a number")?.parse()?),
            _ if word.starts_with('-') => return Err(format!("unknown option {word}").into()),
            _ => asked.words.push(word),
        }
    }
    Ok(asked)
}

/// The cells of this run: those that were named, or picked at random among the proven, or all that are not known yet.
fn choose(asked: &Asked, site: &Site, trials: &Trials, mut all: Vec<Cell>) -> Result<Vec<Cell>, Failed> {
    let known = |it: &Cell| trials.known(it, &site.platform, &site.distro);
    if let Some(count) = asked.pick {
        all.retain(|it| known(it).is_some_and(|broken| broken.is_empty()));
        let random = RandomState::new();
        all.sort_by_key(|it| random.hash_one(it.name()));
        all.truncate(count);
        return Ok(all);
    }
    if let Some(word) = asked.words.iter().find(|word| !all.iter().any(|it| it.is_meant(word))) {
        return Err(format!("{word} names no cell; --list shows them").into());
    }
    all.retain(|it| asked.words.is_empty() || asked.words.iter().any(|word| it.is_meant(word)));
    all.retain(|it| asked.again || known(it).is_none());
    Ok(all)
}

/// Tries them all; gives the names of those that did not go as expected.
fn run(
    asked: &Asked,
    site: &Site,
    trials: &mut Trials,
    manifest: &Manifest,
    chosen: &[Cell],
) -> Result<Vec<String>, Failed> {
    let (began, mut wrong) = (Instant::now(), Vec::new());
    for (index, cell) in chosen.iter().enumerate() {
        println!("[{:2}/{}] {}  {}", index + 1, chosen.len(), cell.name(), reasons(cell));
        let before = trials.known(cell, &site.platform, &site.distro);
        let start = Instant::now();
        let judged = site.attempt(manifest, cell)?;
        let trial = site.trial(cell, start.elapsed().as_secs());
        let broken: Vec<Part> = match &judged {
            Judged::Proven => Vec::new(),
            Judged::Broken(parts) => parts.iter().map(|it| it.0).collect(),
            Judged::Nothing(why) => {
                println!("        no verdict after {} s: {why}", trial.seconds);
                wrong.push(cell.name());
                continue;
            }
        };
        match &judged {
            Judged::Broken(parts) => {
                for (part, line) in parts {
                    println!("        broken, {part:?}: {line}");
                }
            }
            _ => println!("        proven in {} s", trial.seconds),
        }
        let expected = match (asked.pick, before) {
            (Some(_), Some(before)) => before == broken,
            _ => cell.breaks() != broken.is_empty(),
        };
        if !expected {
            wrong.push(cell.name());
        }
        trials.enter(&trial, &judged);
        fs::write(TRIALS, trials.file())?;
    }
    println!("{} tried in {} s", chosen.len(), began.elapsed().as_secs());
    Ok(wrong)
}

fn reasons(cell: &Cell) -> String {
    cell.why.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// What is known now.
fn table(trials: &Trials) -> String {
    let mut lines =
        vec!["| Fyne | Go | CLI | | s |".to_owned(), "| --- | --- | --- | --- | --- |".to_owned()];
    let row = |it: &Trial, verdict: &str| {
        format!("| {} | {} | {} | {verdict} | {} |", it.fyne, it.go, it.cli, it.seconds)
    };
    lines.extend(trials.proven.iter().map(|it| row(it, "proven")));
    lines.extend(
        trials.broken.iter().map(|it| row(&it.trial, &format!("broken ({:?}): {}", it.part, it.error))),
    );
    lines.join("\n")
}
