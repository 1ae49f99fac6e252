//! Whether the modules that a build takes are downloaded already. That they are not is no fault: the first build brings
//! them, and `install` does it before.

use super::{Check, Group, Verdict};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "modules.present",
    group: Group::Modules,
    after: &["go.proxy", "modules.cache"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let modules = &facts.modules;
    let Some(first) = modules.missing.first() else {
        return Verdict::ok(text!("modules-present-ok", count = modules.wanted));
    };
    let fyne = super::project_fyne::version(facts, want);
    let (missing, wanted) = (modules.missing.len(), modules.wanted);
    let off = facts.here.set("GOPROXY").is_some_and(|it| it.trim().starts_with("off"));
    let verdict = if off && facts.project.is_here() {
        Verdict::fail(text!("modules-present-off", first = first, missing = missing))
            .cause(text!("modules-present-off-cause", first = first))
    } else {
        Verdict::info(text!("modules-present-missing", missing = missing, wanted = wanted))
    };
    let verdict = modules.missing.iter().take(5).fold(verdict, |it, module| it.evidence(module.as_str()));
    verdict.need(Need::Modules(fyne))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn missing_modules_are_told_and_needed() {
        let verdict = fixture::judged(&CHECK, &fixture::bare());
        assert_eq!((verdict.status, verdict.needs), (Status::Info, vec![Need::Modules("2.8.1".into())]));
    }

    #[test]
    fn they_are_a_fault_where_nothing_may_be_downloaded() {
        let mut facts = fixture::with_project("2.6.3");
        facts.modules.missing.push("fyne.io/fyne/v2@v2.6.3".into());
        fixture::set(&mut facts, "GOPROXY", "off", fixture::go_env());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::Modules("2.6.3".into())]));
    }
}
