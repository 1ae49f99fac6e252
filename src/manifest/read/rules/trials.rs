//! Trials: none both proven and broken, and what is proven is what a row promises. Pure. What is broken may well be
//! outside every range: that is why it was tried.

use std::collections::BTreeSet;

use super::super::super::model::{Manifest, Trial};
use super::Faults;
use crate::failure::Code;
use crate::gather::Gather as _;

pub fn judge(manifest: &Manifest, faults: &mut Faults) {
    let broken: BTreeSet<_> = manifest.broken.iter().map(|it| cell(&it.trial)).into_set();
    for (at, trial) in manifest.proven.iter().enumerate() {
        let entry = format!("proven.{at}");
        if broken.contains(&cell(trial)) {
            faults.add(Code::ManifestTrial, &entry, text!("manifest-trial-both", trial = name(trial)));
        }
        let row = manifest.fyne.iter().find(|it| it.versions.contains(&trial.fyne));
        let promised = row.is_some_and(|row| {
            let cli = row.cli.iter().find(|it| it.at_version() == trial.cli);
            row.go.holds(trial.go) && cli.is_some_and(|it| it.go.holds(trial.go))
        });
        if !promised {
            faults.add(Code::ManifestTrial, entry, text!("manifest-trial-outside", trial = name(trial)));
        }
    }
    for (at, broken) in manifest.broken.iter().enumerate() {
        if !manifest.fyne.iter().any(|it| it.versions.contains(&broken.trial.fyne)) {
            let message = text!("manifest-trial-outside", trial = name(&broken.trial));
            faults.add(Code::ManifestTrial, format!("broken.{at}"), message);
        }
    }
}

type Cell<'m> = (&'m crate::version::Version, crate::version::GoVersion, [&'m str; 5]);

/// What makes a trial another one. The day and the time that it took do not.
fn cell(it: &Trial) -> Cell<'_> {
    (&it.fyne, it.go, [it.cli.as_str(), &it.platform, &it.distro, &it.compiler, &it.go_from])
}

fn name(it: &Trial) -> String {
    format!("Fyne {}, Go {}, {}, {}", it.fyne, it.go, it.cli, it.platform)
}
