//! What a stale manifest may not do: bring something new. What is there is still judged, fixed from caches, and taken
//! back. Not here: when it is stale (`manifest::in_use`).

use crate::action::{Action, Plan};
use crate::facts::Facts;
use crate::failure::Failure;
use crate::system::Look;
use crate::version::ModuleVersion;
use crate::want::Want;

/// Refuses a plan with an action that would download what the manifest chose, before anything is done.
pub fn refuse_plan(look: &dyn Look, facts: &Facts, plan: &Plan) -> Result<(), Failure> {
    plan.steps.iter().try_for_each(|it| refuse(look, facts, &plan.want, &it.action))
}

/// Refuses one such action.
pub fn refuse(look: &dyn Look, facts: &Facts, want: &Want, action: &Action) -> Result<(), Failure> {
    let Some(held) = &want.held else { return Ok(()) };
    let new = match action {
        Action::RefreshPackageLists { .. }
        | Action::InstallPackages { .. }
        | Action::EnableRepository { .. }
        | Action::InstallGo { .. }
        | Action::DownloadModules { .. } => true,
        Action::InstallCli { module, .. } => !cached(look, facts, module),
        _ => false,
    };
    if new { Err(held.failure()) } else { Ok(()) }
}

/// Whether a program's own module is in the module cache, which was verified when it came there.
fn cached(look: &dyn Look, facts: &Facts, module: &ModuleVersion) -> bool {
    let (path, version) = (module.path(), module.version());
    // A package lies in a module of one of the paths above it.
    facts.modules.dir.as_ref().is_some_and(|dir| {
        let mut paths = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
        paths.any(|it| {
            look.stat(&dir.join("cache/download").join(it).join(format!("@v/{version}.zip"))).is_here()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{Code, Exit};
    use crate::moment::Moment;
    use crate::system::fake::Machine;
    use crate::want::StaleManifest;
    use crate::want::tests::want;

    #[test]
    fn a_stale_manifest_brings_nothing_new_and_still_fixes() {
        let facts = Facts {
            modules: crate::facts::go::Modules { dir: Some("/m".into()), ..Default::default() },
            ..Facts::default()
        };
        let cli = || Action::InstallCli {
            module: "fyne.io/tools/cmd/fyne@v1.7.4".into(),
            bin: "/bin".into(),
            cgo: false,
        };
        let table = [
            (Action::InstallPackages { manager: "apt".into(), names: vec![] }, true),
            (Action::InstallGo { version: want().target.go, root: "/go".into() }, true),
            (Action::DownloadModules { fyne: "2.8.1".into() }, true),
            (cli(), true),
            (Action::RestoreGo { root: "/go".into(), version: want().target.go, extra: vec![] }, false),
            (Action::SwitchGo { root: "/go".into(), link: "/l".into() }, false),
            (Action::BuildProgram { fyne: "2.8.1".into() }, false),
        ];
        let (at, now) = (Moment(1_000), Moment(2_000));
        let held = Want { held: Some(StaleManifest::Expired { at, now }), ..want() };
        let machine = Machine::linux();
        for (action, refused) in table {
            assert_eq!(refuse(&machine, &facts, &want(), &action), Ok(()), "fresh: {action:?}");
            let failure = refuse(&machine, &facts, &held, &action).err();
            let what = failure.map(|it| (it.code, it.exit));
            assert_eq!(what, refused.then_some((Code::ManifestExpired, Exit::Failed)), "{action:?}");
        }
        let cached = machine.file("/m/cache/download/fyne.io/tools/@v/v1.7.4.zip", "");
        assert_eq!(refuse(&cached, &facts, &held, &cli()), Ok(()), "from the cache");
    }

    #[test]
    fn a_clock_that_is_years_off_is_called_a_clock() {
        let held = StaleManifest::Expired { at: Moment(1_000), now: Moment(4_102_444_800) };
        assert_eq!(held.failure().code, Code::ManifestClock);
        let held = StaleManifest::ClockBehind { now: Moment(0), signed: Moment(1_790_000_000) };
        assert_eq!((held.failure().code, held.failure().exit), (Code::ManifestClock, Exit::Failed));
    }
}
