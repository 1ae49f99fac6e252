//! What holds for every manifest and all constraints.

use proptest::prelude::*;

use super::made;
use crate::manifest::resolve::{Constraints, Resolved, Rule, Speaks, nearest, resolve};
use crate::manifest::{Manifest, Part};
use crate::version::{GoVersion, Version};

/// Generated manifests mostly, and the real one.
fn manifest() -> impl Strategy<Value = Manifest> {
    prop_oneof![4 => made::manifest(), 1 => Just(()).prop_map(|()| Manifest::embedded())]
}

/// The answer without what merely repeats the order of the file.
fn settled(mut resolved: Resolved) -> Resolved {
    resolved.row.versions.sort();
    resolved.row.go.except.sort();
    resolved.target.floor.sort();
    resolved
}

fn is_replaced(manifest: &Manifest, module: &str, version: &Version) -> bool {
    manifest.replaced.iter().any(|it| it.module == module && it.version == *version)
}

/// At or above the floor of its line, or of a line that is newer than all that have one.
fn is_safe(manifest: &Manifest, go: GoVersion) -> bool {
    let floor = &manifest.go.floor;
    let own = floor.iter().find(|it| it.line() == go.line());
    own.map_or_else(|| floor.iter().all(|it| it.line() < go.line()), |it| go >= *it)
}

fn pinned(constraints: &Constraints) -> Option<&Version> {
    constraints.fyne.as_ref().or(constraints.project_fyne.as_ref())
}

proptest! {
    #[test]
    fn no_answer_breaks_a_limit_of_its_row(manifest in manifest(), constraints in made::constraints()) {
        let Ok(Resolved { target, row, .. }) = resolve(&manifest, &constraints) else { return Ok(()) };
        prop_assert!(manifest.fyne.contains(&row));
        prop_assert!(row.versions.contains(&target.fyne) || constraints.force || constraints.fyne.is_none());
        prop_assert_eq!(&target.needs, &row.needs["linux"]);
        if constraints.force {
            return Ok(());
        }
        prop_assert!(row.go.holds(target.go), "{} in {:?}", target.go, row.go);
        prop_assert!(target.bounds.is_none_or(|it| it.allow(target.go)), "{:?}", target.bounds);
        let cli = row.cli.iter().find(|it| it.at_version() == target.cli && it.go.holds(target.go));
        prop_assert!(cli.is_some(), "{} is of the row and built by {}", target.cli, target.go);
        let bounds = [constraints.project_go, constraints.project_toolchain].into_iter().flatten();
        prop_assert!(constraints.go.is_none() || bounds.into_iter().all(|it| target.go >= it));
    }

    #[test]
    fn no_go_below_the_floor_of_its_line_is_chosen_without_force(manifest in manifest(), constraints in made::constraints()) {
        let constraints = Constraints { force: false, ..constraints };
        let Ok(Resolved { target, .. }) = resolve(&manifest, &constraints) else { return Ok(()) };
        prop_assert!(target.floor_of(target.go).is_none_or(|floor| target.go >= floor), "{}", target.go);
    }

    #[test]
    fn nothing_that_was_replaced_or_failed_a_trial_is_chosen(manifest in made::manifest(), constraints in made::constraints()) {
        let Ok(Resolved { target, row, .. }) = resolve(&manifest, &constraints) else { return Ok(()) };
        if pinned(&constraints).is_none() {
            prop_assert!(!is_replaced(&manifest, "fyne.io/fyne/v2", &target.fyne), "{}", target.fyne);
        }
        let cli = row.cli.iter().find(|it| it.at_version() == target.cli).expect("of the row");
        prop_assert!(!cli.module.starts_with("fyne.io/tools") || !is_replaced(&manifest, "fyne.io/tools", &cli.version));
        if constraints.force {
            return Ok(());
        }
        let pair = |it: &crate::manifest::Trial| {
            it.fyne == target.fyne && it.go == target.go && it.platform == constraints.platform
        };
        let seen = manifest.proven.iter().any(pair);
        prop_assert!(seen || !manifest.broken.iter().any(|it| it.part != Part::Cli && pair(&it.trial)));
        let built = |it: &crate::manifest::Trial| it.cli == target.cli && it.go == target.go;
        let seen = manifest.proven.iter().any(built);
        prop_assert!(seen || !manifest.broken.iter().any(|it| it.part == Part::Cli && built(&it.trial)));
    }

    #[test]
    fn no_go_below_the_floor_is_chosen_unasked(manifest in manifest(), constraints in made::constraints()) {
        let constraints = Constraints { go: None, force: false, ..constraints };
        if let Ok(resolved) = resolve(&manifest, &constraints) {
            prop_assert!(is_safe(&manifest, resolved.target.go), "{}", resolved.target.go);
        }
    }

    #[test]
    fn the_order_of_the_file_does_not_matter(manifest in manifest(), constraints in made::constraints(), seed in any::<u64>()) {
        let other = made::rewritten(&manifest, seed);
        prop_assert_eq!(resolve(&manifest, &constraints).map(settled), resolve(&other, &constraints).map(settled));
    }

    #[test]
    fn a_newer_row_changes_nothing_for_an_older_pin(
        manifest in made::manifest(),
        row in made::newer_row(),
        constraints in made::constraints(),
        trials in made::manifest(),
    ) {
        prop_assume!(pinned(&constraints).is_some_and(|it| it.line() < row.versions[0].line()));
        let before = resolve(&manifest, &constraints).map(|it| (it.target, it.reasons)).map_err(|it| it.code);
        let mut newer = manifest;
        let seen = trials.proven.into_iter().chain(trials.broken.into_iter().map(|it| it.trial));
        newer.proven.extend(seen.map(|mut it| {
            it.fyne = row.versions[0].clone();
            it.cli = row.cli[0].at_version();
            it
        }));
        newer.fyne.insert(0, row);
        let after = resolve(&newer, &constraints).map(|it| (it.target, it.reasons)).map_err(|it| it.code);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn what_is_proposed_for_impossible_constraints_is_possible_and_the_smallest(manifest in manifest(), constraints in made::constraints()) {
        let Err(failure) = resolve(&manifest, &constraints) else { return Ok(()) };
        let changes = nearest::changes(&manifest, &constraints);
        let hint = failure.hint.map(|it| it.to_string()).unwrap_or_default();
        for change in &changes {
            prop_assert!(resolve(&manifest, &change.of(&constraints)).is_ok(), "{}", change.typed());
            prop_assert!(hint.contains(&change.typed()), "{hint}");
        }
        let versions: Vec<_> = manifest.fyne.iter().flat_map(|it| it.versions.clone()).collect();
        let gos: Vec<_> = manifest.fyne.iter().flat_map(|it| it.cli.iter().map(|it| it.go.min)).collect();
        let with = |go: Option<GoVersion>, fyne: Option<&Version>| {
            let other = Constraints { go: go.or(constraints.go), fyne: fyne.cloned().or_else(|| constraints.fyne.clone()), ..constraints.clone() };
            resolve(&manifest, &other).is_ok()
        };
        let fresh = |it: &&Version| !is_replaced(&manifest, "fyne.io/fyne/v2", it);
        let one = gos.iter().any(|it| with(Some(*it), None)) || versions.iter().filter(fresh).any(|it| with(None, Some(it)));
        if one {
            prop_assert!(changes.iter().any(|it| it.go.is_none() || it.fyne.is_none()), "{hint}");
        }
        let any = one || gos.iter().any(|go| versions.iter().filter(fresh).any(|it| with(Some(*go), Some(it))));
        prop_assert!(!any || !changes.is_empty(), "something is possible, and nothing is proposed");
    }

    #[test]
    fn the_next_best_is_another_answer_that_can_be_had(manifest in manifest(), constraints in made::constraints()) {
        let constraints = Constraints { project_go: None, project_toolchain: None, force: false, ..constraints };
        let Ok(resolved) = resolve(&manifest, &constraints) else { return Ok(()) };
        let Some(next) = resolved.next else { return Ok(()) };
        let is = (next.go, next.fyne.clone(), next.cli);
        let target = resolved.target;
        prop_assert_ne!(&is, &(target.go, target.fyne, target.cli));
        // As if it had been asked for, or the project required it.
        let (fyne, project_fyne) = if constraints.project_fyne.is_some() { (None, Some(next.fyne)) } else { (Some(next.fyne), None) };
        let typed = Constraints { go: Some(next.go), fyne, project_fyne, ..constraints };
        let again = resolve(&manifest, &typed).map(|it| it.target).map(|it| (it.go, it.fyne, it.cli));
        prop_assert_eq!(again, Ok(is));
    }

    #[test]
    fn every_answer_says_why(manifest in manifest(), constraints in made::constraints()) {
        let Ok(resolved) = resolve(&manifest, &constraints) else { return Ok(()) };
        prop_assert!(resolved.reasons.len() >= 3, "{:?}", resolved.reasons);
        let of = |word: &str| resolved.rules.iter().any(|it| it.speaks == Speaks::For && it.rule.starts_with(word));
        prop_assert!(of("fyne") && of("go") && of("cli"), "{:?}", resolved.rules);
        let below = |it: &Rule| ["go-below-floor", "go-no-floor"].contains(&it.rule);
        prop_assert_eq!(!is_safe(&manifest, resolved.target.go), resolved.rules.iter().any(below));
    }
}
