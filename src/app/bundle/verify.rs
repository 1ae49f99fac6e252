//! `bundle verify FILE`: reads a bundle to its last byte, and says what it holds and who vouches for it.

use std::path::Path;

use serde_json::{Value, json};

use super::opened::{open, refused, vouched};
use crate::app::Session;
use crate::bundle::List;
use crate::bundle::sealed::Signer;
use crate::digest::Digest;
use crate::failure::{Exit, Failure};
use crate::moment::{DAY, Moment};
use crate::report::{Label, Report};

/// Verifies.
pub fn verify(session: &Session, named: &Path, key: Option<&str>) -> Result<Report, Failure> {
    let unfit = |it| refused(it, named, "bundle-do-not-install");
    let sealed = open(session, named, key).map_err(unfit)?;
    let (signer, digest) = (sealed.signer, Digest::of(&sealed.text));
    let list = sealed.files(&mut |_| Ok(Box::new(std::io::sink())));
    let list = list.map_err(|it| unfit(it.at(named, None)))?;
    let mut report = Report::new("bundle verify");
    page(session, &list, &mut report);
    let (label, proven) = match signer {
        Signer::Proven(_) => (Label::Good, true),
        Signer::Claimed(_) | Signer::Nobody => (Label::Caution, false),
    };
    report.page.hanging(Vec::new(), label, &session.words.say(&vouched(signer)));
    if !proven {
        report.exit = Exit::Problems;
    }
    report.more.insert("bundle".into(), described(&list, digest));
    report.more.insert("signature".into(), signature(signer));
    Ok(report)
}

/// What a bundle holds, for people.
pub fn page(session: &Session, list: &List, report: &mut Report) {
    let none = || session.words.key("bundle-none-in-it");
    let packages = list.packages.as_ref().map(|it| format!("{} ({})", it.release, it.manager));
    let cache = list.cache.as_ref().map(|it| it.modules.clone());
    let say = text!(
        "bundle-holds",
        files = list.files.len(),
        mib = (list.bytes() >> 20).cast_signed(),
        go = list.go.to_string(),
        fyne = list.fyne.to_string(),
        cli = list.cli.as_str(),
        targets = list.targets.join(", "),
        packages = packages.unwrap_or_else(none),
        cache = cache.unwrap_or_else(none),
        maker = list.fyne_setup.clone()
    );
    report.page.hanging(Vec::new(), Label::Good, &session.words.say(&say));
    if let Some(days) = stale(list, Moment(session.look.now())) {
        let say = text!("bundle-manifest-expired", days = days.cast_signed());
        report.page.hanging(Vec::new(), Label::Caution, &session.words.say(&say));
    }
}

/// For how many days the manifest that chose the versions has been stale, where it is.
pub fn stale(list: &List, now: Moment) -> Option<u64> {
    (list.manifest.expires <= now).then(|| now.since(list.manifest.expires) / DAY)
}

/// The same for programs, without its files.
pub fn described(list: &List, digest: Digest) -> Value {
    json!({
        "fyne_setup": list.fyne_setup,
        "manifest": list.manifest,
        "go": list.go,
        "fyne": list.fyne,
        "cli": list.cli,
        "targets": list.targets,
        "packages": list.packages,
        "cache": list.cache,
        "files": list.files.len(),
        "bytes": list.bytes(),
        "list_sha256": digest,
    })
}

fn signature(signer: Signer) -> Value {
    match signer {
        Signer::Proven(key) => json!({ "state": "proven", "key": key }),
        Signer::Claimed(key) => json!({ "state": "not-judged", "key": key }),
        Signer::Nobody => json!({ "state": "absent", "key": null }),
    }
}
