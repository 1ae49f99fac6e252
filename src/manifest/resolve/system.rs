//! Which Go the system lets run, whatever is known of Fyne. Pure.

use super::rules::Constraints;
use crate::manifest::model::GoRules;
use crate::version::GoVersion;
use crate::want::Bounds;

/// What holds for this system; `None` where nothing does, or its version is not known.
pub(super) fn bounds(rules: &GoRules, constraints: &Constraints) -> Option<Bounds> {
    let system = constraints.system?;
    let older = rules.newest.iter().filter(|it| it.os == constraints.os && system < it.before);
    let newer = rules.oldest.iter().filter(|it| it.os == constraints.os && system >= it.from);
    let bounds = Bounds {
        system,
        newest: older.map(|it| it.go.line()).min(),
        oldest: newer.map(|it| it.go.line()).max(),
    };
    (bounds.newest.is_some() || bounds.oldest.is_some()).then_some(bounds)
}

/// Whether a Go runs on this system, as far as is known.
pub(super) fn runs(rules: &GoRules, constraints: &Constraints, go: GoVersion) -> bool {
    bounds(rules, constraints).is_none_or(|it| it.allow(go))
}
