//! What it rests on that there is nothing to do. Pure.

use crate::fact::Fact;
use crate::facts::Facts;
use crate::text::Text;

/// What was compared and built, a sentence each.
pub(super) fn rests_on(facts: &Facts) -> Vec<Text> {
    let Some(deep) = &facts.deep else { return vec![] };
    let go = facts.go.in_use().and_then(|it| it.version.here());
    let go =
        go.filter(|_| deep.go == Fact::Here(vec![])).map(|it| text!("rests-go", version = it.to_string()));
    let modules = deep.modules.here().filter(|it| **it > 0).map(|it| text!("rests-modules", count = *it));
    let modules = modules.filter(|_| deep.spoiled.is_empty());
    let builds = (deep.builds == Fact::Here(vec![])).then(|| text!("rests-builds"));
    let built = deep.project.here().filter(|it| it.failed.is_none() && it.packages > 0).map(|it| {
        match it.programs.len() {
            0 => text!("rests-packages"),
            count => text!("rests-programs", count = count, names = it.programs.join(", ")),
        }
    });
    [go, modules, builds, built].into_iter().flatten().collect()
}
