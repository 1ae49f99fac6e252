//! The system's packages of a bundle: everything that Fyne may need on this release, with all that it depends on, whatever
//! is installed here, so that any machine of the release can be served.

use std::path::Path;

use super::install::release;
use super::making::Making;
use super::write::{hashed, walk};
use crate::bundle::OsPackages;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::packages::{Bundling, PackageManager};
use crate::system::{Answer, Ask, Environment};

/// How long the manager may take to fetch them.
const GATHER_MS: u64 = 60 * 60 * 1000;
/// How long it may take to say what one is.
const DESCRIBE_MS: u64 = 60_000;

/// Gathers them. `None`, and it is said, where the manager of this machine is not one that we can do so with.
pub(super) fn gathered(making: &Making<'_>) -> Result<Option<OsPackages>, Failure> {
    let (host, table) = (&making.facts.host, &making.known.packages);
    let driven = table.manager_for(host).and_then(|it| Some((it, it.bundling()?)));
    let Some((manager, how)) = driven else {
        making.session.audience.warn(&text!("bundle-packages-not-here"));
        return Ok(None);
    };
    making.say(&text!("bundle-making-packages", manager = manager.name()));
    let capabilities: Vec<String> = table.capabilities.iter().map(|it| it.name.clone()).collect();
    let names = table.transactions(&capabilities, host, &making.want.target.fyne).concat();
    let fetched = making.work.join("packages");
    making.system.disk.make_dir(&fetched, 0o755)?;
    for below in how.places() {
        making.system.disk.make_dir(&fetched.join(below), 0o755)?;
    }
    asked(making, manager, &how.gather(&names, &fetched.to_string_lossy()), GATHER_MS)?;
    listed(making, manager, how, &fetched)?;
    let release = release(host.distro.here());
    Ok(Some(OsPackages { manager: manager.name().into(), release, arch: host.identity.arch.clone() }))
}

/// Moves the packages into the bundle and writes the list of them.
fn listed(
    making: &Making<'_>,
    manager: &dyn PackageManager,
    how: &dyn Bundling,
    fetched: &Path,
) -> Result<(), Failure> {
    let disk = making.system.disk;
    let into = making.tree.join(how.folder());
    disk.make_dir(&into, 0o755)?;
    let mut files = Vec::new();
    walk(making.system.look, fetched, "", &mut files);
    let of = |file: String| Some((how.package(file.rsplit('/').next()?)?, file));
    let mut names: Vec<(String, String)> = files.into_iter().filter_map(of).collect();
    names.order_by(Ord::cmp);
    let mut parts = Vec::new();
    for (name, file) in names {
        let path = into.join(&name);
        disk.rename(&fetched.join(&file), &path)?;
        disk.set_mode(&path, 0o644)?;
        let Some(how) = how.list() else { continue };
        let said = asked(making, manager, &how.describe(&path.to_string_lossy()), DESCRIBE_MS)?;
        let (size, digest) = hashed(disk, &path)?;
        let part = how.listed(&said.out(), &name, size, &digest.to_string());
        parts.push(part.ok_or_else(|| failed(manager, &name))?);
    }
    for (name, text) in how.list().map(|it| it.files(&parts)).unwrap_or_default() {
        let path = into.join(name);
        if let Some(dir) = path.parent() {
            disk.make_dir(dir, 0o755)?;
        }
        disk.write(&path, text.as_bytes(), Some(0o644))?;
    }
    Ok(())
}

fn asked(
    making: &Making<'_>,
    manager: &dyn PackageManager,
    command: &[String],
    limit_ms: u64,
) -> Result<Answer, Failure> {
    let ask = Ask {
        program: command[0].clone().into(),
        args: command[1..].to_vec(),
        env: Environment::fixed(&manager.environment()),
        dir: "/".into(),
        limit_ms,
        ..Ask::default()
    };
    let said = match making.system.look.run(&ask) {
        Fact::Here(answer) if answer.ok() => return Ok(answer),
        Fact::Here(answer) => {
            let all = format!("{}\n{}", answer.out(), answer.err());
            manager.telling_line(&all).unwrap_or("").to_owned()
        }
        Fact::Absent => ask.program.display().to_string(),
        Fact::Unknown(why) => why.to_string(),
    };
    Err(failed(manager, &said))
}

fn failed(manager: &dyn PackageManager, said: &str) -> Failure {
    let message = text!("bundle-packages-failed", manager = manager.name(), said = said);
    Failure::new(Code::BundleMake, message)
        .hint(text!("bundle-packages-failed-hint", manager = manager.name()))
}
