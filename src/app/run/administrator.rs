//! What somebody else types, where nobody here has the rights: an administrator, before a plan is carried out or after it. Pure.
//!
//! Beside a bundle the line is one that needs no network either: root installs from the same bundle, for all users.

use crate::action::Plan;
use crate::app::Bundled;
use crate::facts::Facts;
use crate::failure::{Code, Exit};
use crate::need::Need;
use crate::packages::{PackageManager, Table};
use crate::report::model::Next;
use crate::text::Text;

/// Capabilities that no step brings.
pub(super) fn missing(plan: &Plan) -> Vec<String> {
    let unmet = plan.unmet.iter().filter_map(|(_, need)| match need {
        Need::Capability(it) => Some(it.clone()),
        _ => None,
    });
    let mut all: Vec<String> = unmet.collect();
    all.sort();
    all.dedup();
    all
}

/// Whether nobody here may install packages. Homebrew and winget take nobody's rights: what needs an administrator there asks
/// for one itself.
pub(super) fn nobody_may(facts: &Facts, packages: &Table, plan: &Plan) -> bool {
    let takes_rights = packages.manager_for(&facts.host).is_none_or(PackageManager::needs_root);
    takes_rights && facts.host.rights.are_missing(plan.want.no_sudo)
}

/// What an administrator types before or while a plan is carried out, where nobody here has the rights.
pub(super) fn before(facts: &Facts, packages: &Table, plan: &Plan, bundle: Option<&Bundled>) -> Option<Next> {
    let host = &facts.host;
    let nobody = nobody_may(facts, packages, plan);
    let typed = host.image.is_none() && packages.by_hand(host).is_none() && !plan.want.offline;
    let names = packages.transactions(&missing(plan), host, &plan.want.target.fyne).concat();
    if !nobody || !typed || names.is_empty() {
        return None;
    }
    if let Some(command) = for_all(facts, bundle) {
        return Some(Next { text: text!("plan-administrator-bundle"), command });
    }
    Some(Next { text: text!("plan-administrator"), command: packages.paste(host, &names)? })
}

/// What an administrator has to type after a run that ended so. `asked`: the command that was.
pub(super) fn after(
    facts: &Facts,
    packages: &Table,
    plan: &Plan,
    (exit, failed): (Exit, Option<Code>),
    (asked, bundle): (&str, Option<&Bundled>),
) -> Option<Next> {
    let capabilities = missing(plan);
    let over = matches!(exit, Exit::Done | Exit::Interrupted | Exit::Terminated);
    // Who has the rights, or has no network, is helped by no administrator.
    let refused = failed.is_some_and(|it| it.family() == "rights" || it == Code::PackagesRights);
    let rights = refused || nobody_may(facts, packages, plan);
    let typed = rights || facts.host.image.is_some() || packages.by_hand(&facts.host).is_some();
    if over || !typed || plan.want.offline || capabilities.is_empty() {
        return None;
    }
    let names = packages.transactions(&capabilities, &facts.host, &plan.want.target.fyne).concat();
    let command = packages.paste(&facts.host, &names).filter(|_| !names.is_empty())?;
    if let Some(command) = for_all(facts, bundle).filter(|_| rights) {
        return Some(Next { text: text!("work-paste-bundle"), command });
    }
    let by_hand = packages.by_hand(&facts.host).is_some();
    let key = match by_hand {
        _ if facts.host.image.is_some() => "work-image-paste",
        true => "work-by-hand-paste",
        false => "work-paste",
    };
    Some(Next { text: Text::new(key).with("command", asked), command })
}

/// The line that installs for all users from this bundle, where it has packages for this system.
fn for_all(facts: &Facts, bundle: Option<&Bundled>) -> Option<String> {
    let bundle = bundle.filter(|it| it.has_packages)?;
    let sudo = if facts.host.rights.have_sudo() { "sudo " } else { "" };
    Some(format!("{sudo}fyne-setup install --system {}", bundle.options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Scope;
    use crate::checks::{self, fixture};
    use crate::fact::Fact;
    use crate::facts::host::Rights;
    use crate::plan::make;
    use crate::want::Want;

    fn bundled(has_packages: bool) -> Bundled {
        Bundled { options: "--bundle /mnt/b.tar --key /mnt/k.pub".into(), has_packages }
    }

    #[test]
    fn beside_a_bundle_the_administrator_needs_no_network_either() {
        let (known, want) = (fixture::known(), fixture::want());
        let mut facts = fixture::bare();
        let mut said = |rights, bundle: Option<&Bundled>| {
            facts.host.rights = rights;
            let no_sudo = Want { no_sudo: true, ..want.clone() };
            let findings = checks::judge(&facts, &no_sudo, known, &[]);
            let plan = make(&findings, &facts, &no_sudo, known, Scope::Install);
            let first = before(&facts, &known.packages, &plan, bundle)?;
            let ended = (Exit::Failed, Some(Code::RightsMissing));
            let last = after(&facts, &known.packages, &plan, ended, ("install", bundle))?;
            assert_eq!(first.command, last.command);
            Some(first.command)
        };
        let line = "fyne-setup install --system --bundle /mnt/b.tar --key /mnt/k.pub";
        assert_eq!(said(Rights::None, Some(&bundled(true))).as_deref(), Some(line));
        assert_eq!(said(Rights::SudoAsks, Some(&bundled(true))), Some(format!("sudo {line}")));
        for other in [Some(&bundled(false)), None] {
            let command = said(Rights::None, other);
            assert!(
                command.is_some_and(|it| it.contains("apt-get install")),
                "it has none of these packages"
            );
        }
    }

    #[test]
    fn an_administrator_is_asked_where_nobody_here_has_the_rights() {
        let known = fixture::known();
        for (rights, no_sudo, asked) in [
            (Rights::None, false, true),
            (Rights::SudoAsks, true, true),
            (Rights::SudoAsks, false, false),
            (Rights::Root, false, false),
        ] {
            let mut facts = fixture::bare();
            facts.host.rights = rights;
            let want = Want { no_sudo, ..fixture::want() };
            let findings = checks::judge(&facts, &want, known, &[]);
            let plan = make(&findings, &facts, &want, known, Scope::Install);
            let line = |bundle| before(&facts, &known.packages, &plan, bundle).map(|it| it.command);
            assert_eq!(line(None).is_some_and(|it| it.contains("apt-get install")), asked, "{rights:?}");
            assert_eq!(line(Some(&bundled(true))).is_some(), asked, "{rights:?}");
        }
    }

    #[test]
    fn no_administrator_is_asked_for_what_winget_installs_unless_winget_asks_for_one() {
        let (known, want) = (fixture::known(), fixture::want());
        let mut facts = fixture::bare();
        facts.host.identity.os = "windows".into();
        facts.host.distro = Fact::Absent;
        facts.host.rights = Rights::None;
        let unmet = vec![("cgo.compiler".into(), Need::Capability("c-compiler".into()))];
        let plan = Plan { unmet, ..make(&[], &facts, &want, known, Scope::Install) };
        assert_eq!(before(&facts, &known.packages, &plan, None), None);
        let said =
            |code| after(&facts, &known.packages, &plan, (Exit::Failed, Some(code)), ("install", None));
        assert_eq!(said(Code::PackagesNetwork), None);
        let typed = said(Code::PackagesRights).map(|it| it.command);
        assert!(typed.as_ref().is_some_and(|it| it.starts_with("winget install")), "{typed:?}");
    }
}
