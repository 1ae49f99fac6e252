//! What was seen in a log → its causes, the first to fix first; pure. Roots come before what follows from them, what the
//! last build shows before what an earlier one showed, else the first line first.

use super::rules::CauseRow;
use super::{Cause, Diagnosis, Seen, State, Symptoms};
use crate::gather::Order as _;

/// The causes of a log.
pub(super) fn order(state: State) -> Diagnosis {
    let rows = &state.symptoms.causes;
    let last = state.build;
    // The last build ended, and shows nothing: what was wrong before is fixed.
    let fixed = state.went_on && last > 0 && !state.seen.iter().any(|it| it.build == last);
    let there = |context: &str| {
        context.is_empty()
            || state.contexts.iter().zip(&state.symptoms.contexts).any(|(is, it)| *is && it.name == context)
    };
    let mut all: Vec<(usize, Seen)> = Vec::new();
    let named = |id: &str| rows.iter().position(|it| it.id == id);
    for mut seen in state.seen.into_iter().filter(|it| !(fixed && it.build < last)) {
        let turned = rows[seen.row].turns.iter().find(|it| there(&it.context));
        let turned = turned.and_then(|turn| named(&turn.into));
        let misspelt = rows[seen.row].misspelt.as_ref().filter(|_| misspelt(&mut seen, state.symptoms));
        let row = misspelt.and_then(|it| named(it)).or(turned).unwrap_or(seen.row);
        match all.iter_mut().find(|it| it.0 == row && it.1.name == seen.name) {
            Some((_, before)) => merged(before, seen),
            None => all.push((row, seen)),
        }
    }
    replaced(&mut all, rows);
    let weak = |it: &(usize, Seen)| rows[it.1.row].weak;
    let setup = |it: &(usize, Seen)| !rows[it.0].own() && !rows[it.0].id.starts_with('-');
    let mut causes: Vec<_> = all.iter().filter(|it| setup(it)).cloned().collect();
    if causes.iter().any(|it| !weak(it)) {
        causes.retain(|it| !weak(it));
    }
    let first = |it: &Seen| it.evidence.first().map_or(u64::MAX, |it| it.number);
    causes.order_by_key(|(row, seen)| (last - seen.build, !rows[*row].first, first(seen)));
    roots_first(&mut causes, rows);
    let own = all.iter().filter(|it| rows[it.0].own()).min_by_key(|it| first(&it.1)).cloned();
    let os = if there("windows") && !there("wsl") {
        Some("windows")
    } else if there("macos") {
        Some("macos")
    } else if there("freebsd") {
        Some("freebsd")
    } else {
        there("linux").then_some("linux")
    };
    let cause = |(row, seen): (usize, Seen)| made(&rows[row], seen);
    Diagnosis { causes: causes.into_iter().map(cause).collect(), own: own.map(cause), os, lines: 0 }
}

/// Whether the package that it is about is nearly one of Fyne's: then what is wrong, what is meant, and where.
fn misspelt(seen: &mut Seen, symptoms: &Symptoms) -> bool {
    let Some(wrong) = seen.said.get("package").cloned() else { return false };
    let Some(right) = symptoms.meant(&wrong) else { return false };
    let first = seen.evidence.first().map_or("", |it| it.text.as_str());
    let place = first.split(": ").next().filter(|it| it.contains(".go:")).unwrap_or_default().to_owned();
    seen.said.extend(
        [("right", right.to_owned()), ("wrong", wrong), ("place", place)].map(|it| (it.0.to_owned(), it.1)),
    );
    true
}

/// Two ways in which one cause was seen.
fn merged(before: &mut Seen, seen: Seen) {
    before.build = before.build.max(seen.build);
    before.evidence.extend(seen.evidence);
    before.evidence.order_by_key(|it| it.number);
    before.evidence.truncate(super::EVIDENCE);
    for (key, value) in seen.said {
        before.said.entry(key).or_insert(value);
    }
}

/// What stands instead of another cause of the same name takes its place, and is nothing where there is none.
fn replaced(all: &mut Vec<(usize, Seen)>, rows: &[CauseRow]) {
    let other = |it: &(usize, Seen)| rows[it.0].instead.as_ref().map(|id| (id.clone(), it.1.name.clone()));
    let wanted: Vec<_> = all.iter().filter_map(other).collect();
    let there: Vec<_> = all.iter().map(|it| (rows[it.0].id.clone(), it.1.name.clone())).collect();
    all.retain(|it| match other(it) {
        Some(other) => there.contains(&other),
        None => !wanted.contains(&(rows[it.0].id.clone(), it.1.name.clone())),
    });
}

/// Moves each cause behind those that it follows from. Each is moved once, so that rows that name each other end.
fn roots_first(causes: &mut Vec<(usize, Seen)>, rows: &[CauseRow]) {
    let order: Vec<usize> = causes.iter().map(|it| it.0).collect();
    for row in order {
        let Some(at) = causes.iter().position(|it| it.0 == row) else { continue };
        let root = causes.iter().rposition(|it| rows[row].after.contains(&rows[it.0].id));
        if let Some(root) = root.filter(|it| *it > at) {
            let moved = causes.remove(at);
            causes.insert(root, moved);
        }
    }
}

fn made(row: &CauseRow, seen: Seen) -> Cause {
    Cause::of(row, seen.name, seen.said, seen.evidence)
}
