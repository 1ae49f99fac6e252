//! A long look with what was published at hand: the checksum database through our own client, and the index of Go's archive
//! from whoever has it. It judges nothing and changes nothing but the client's own store.

use std::path::Path;

use super::events::Events;
use super::steps::build::module_source;
use crate::facts::Facts;
use crate::facts::go::BuildModule;
use crate::failure::Failure;
use crate::fetch::go::listing;
use crate::fetch::sources::{Build, Mirrors, TOOLCHAIN, sources};
use crate::fetch::sumdb::Client;
use crate::probe::deep::{GoFile, Published, probe};
use crate::probe::modules::whole::Known;
use crate::system::System;
use crate::text::Text;
use crate::version::GoVersion;
use crate::want::Want;

/// Looks, and puts what was seen into the facts. `store` is where the client keeps what it proved; `told` hears what is
/// looked at.
pub fn look(
    system: System<'_>,
    store: &Path,
    facts: &mut Facts,
    want: &Want,
    mirrors: &Mirrors,
    told: &(dyn Fn(&Text) + Sync),
) {
    let identity = system.look.identity();
    let root = facts.go.in_use().map(|it| it.root.as_path());
    let goproxy = module_source(system.look, Some(want), &facts.here, root);
    let client = Client::for_proxies(system, store, &goproxy).offline(want.offline);
    let processor = facts.host.processor().to_owned();
    let build = |version: GoVersion| Build::of(version, &identity.os, &processor);
    let hash = |path: &str, version: &str| match client.lookup(path, version) {
        Ok(sum) => Ok(sum.get().zip.to_string()),
        Err(why) => Err(Failure::from(why).message.into()),
    };
    let go = |version: GoVersion| {
        let build = build(version);
        let hash = hash(TOOLCHAIN, &build.module_version())?;
        Ok((build.prefix(), hash))
    };
    let files = |version: GoVersion| {
        if want.offline {
            return Err(text!("why-index-missing").into());
        }
        let from = sources(&[], &goproxy, mirrors, &identity.os);
        let entries =
            listing::entries(system, &from, &build(version)).map_err(|it| Failure::from(it).message)?;
        Ok(entries.into_iter().map(unpacked).collect())
    };
    let known = Known::of(facts);
    let standings = |all: &[&BuildModule]| client.standings(all, &|it| known.private(it));
    let published = Published { module: &hash, standings: &standings, go: &go, files: &files, told };
    facts.deep = Some(probe(system.look, facts, &want.target, &published));
}

/// A file of the archive as it is unpacked: there every `go.mod` is called `_go.mod`.
pub fn unpacked((name, size, crc): (String, u64, u32)) -> GoFile {
    let dir = name.strip_suffix("_go.mod").filter(|it| it.is_empty() || it.ends_with('/'));
    let name = dir.map_or_else(|| name.clone(), |it| format!("{it}go.mod"));
    GoFile { name, size, crc }
}

/// Tells a run what is looked at, as it goes on.
pub fn progress(events: &dyn Events) -> impl Fn(&Text) + Sync {
    |it: &Text| events.note(it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_go_mod_of_the_archive_has_its_own_name_again_and_no_other_file_another() {
        for (archived, name) in [
            ("_go.mod", "go.mod"),
            ("src/_go.mod", "src/go.mod"),
            ("src/my_go.mod", "src/my_go.mod"),
            ("src/go.mod", "src/go.mod"),
            ("src/_go.mod/x.go", "src/_go.mod/x.go"),
        ] {
            let file = unpacked((archived.into(), 7, 9));
            assert_eq!((file.name.as_str(), file.size, file.crc), (name, 7, 9), "{archived}");
        }
    }
}
