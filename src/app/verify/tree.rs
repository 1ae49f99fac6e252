//! The layer of a whole Go: its tree against the hash that the checksum database has of that version.

use std::path::Path;

use super::layer::{self, Judged, Layer, State};
use crate::app::{Session, check};
use crate::apply::deep;
use crate::apply::steps::build::module_source;
use crate::fact::{Fact, Why};
use crate::facts::goversion;
use crate::failure::{Code, Failure};
use crate::fetch::go::listing;
use crate::fetch::sources::{Build, Mirrors, TOOLCHAIN, sources};
use crate::fetch::sumdb::Client;
use crate::packages::Table;
use crate::probe;
use crate::probe::deep::{GoFile, differs, go_files, go_hash};
use crate::system::{Kind, Look, links};
use crate::text::Text;

/// How many files are named.
const NAMED: usize = 5;

/// Judges the tree of a Go.
pub fn judged(session: &Session, named: &Path) -> Result<Judged, Failure> {
    let typed = session.typed(named);
    let root = links::real_directory(session.look, &typed);
    let unread = |why: Why| {
        let message = text!("verify-unread", file = named, why = why);
        Failure::new(Code::VerifyUnread, message).hint(text!("verify-go-hint")).at(named, None)
    };
    match links::resolve(session.look, &typed) {
        Fact::Here((_, stat)) if stat.kind == Kind::Dir => {}
        Fact::Here(_) => return Err(unread(text!("verify-no-directory").into())),
        Fact::Absent => return Err(unread(text!("verify-no-such-directory").into())),
        Fact::Unknown(why) => return Err(unread(why)),
    }
    let build = build(session.look, &root).map_err(unread)?;
    let layer = layer(session, &root, &build)?;
    Ok(Judged { name: named.display().to_string(), sha256: None, layers: vec![layer] })
}

/// Which Go it says it is: its version, and what its tools are for.
fn build(look: &dyn Look, root: &Path) -> Result<Build, Why> {
    let version = match look.read_text(&root.join("VERSION")) {
        Fact::Here(bytes) => goversion::of_file(&String::from_utf8_lossy(&bytes)),
        Fact::Absent => return Err(text!("verify-no-go").into()),
        Fact::Unknown(why) => return Err(why),
    };
    let version = version.ok_or_else(|| Why::from(text!("verify-no-release")))?;
    let identity = look.identity();
    let mut build = Build::of(version, &identity.os, &probe::go::processor(look));
    let tools = look.list(&root.join("pkg/tool")).into_here().unwrap_or_default();
    if let [one] = &tools[..]
        && let Some((os, arch)) = one.split_once('_')
    {
        (build.os, build.arch) = (os.to_owned(), arch.to_owned());
    }
    Ok(build)
}

fn layer(session: &Session, root: &Path, build: &Build) -> Result<Layer, Failure> {
    let layer = |state, text| Layer::new(self::layer::Kind::GoTree, state, text);
    let places = session.places()?;
    let facts = probe::facts(session.look, places, None, &Table::embedded());
    let goproxy = module_source(session.look, None, &facts.here, Some(root));
    let client = Client::for_proxies(session.doors.system, &check::store(places), &goproxy);
    let version = build.module_version();
    let sum = match client.offline(session.options.offline).lookup(TOOLCHAIN, &version) {
        Ok(sum) => sum,
        Err(error) => {
            let state = if error.is_refusal() { State::Bad } else { State::NotJudged };
            return Ok(layer(state, Failure::from(error).message));
        }
    };
    let (module, published) = (sum.get().module(), sum.get().zip.to_string());
    let Some(found) = go_hash(session.look, root, &build.prefix()) else {
        return Ok(layer(State::NotJudged, text!("verify-tree-unread")));
    };
    if found == published {
        let by = "sum.golang.org".to_owned();
        return Ok(Layer::proven(
            layer::Kind::GoTree,
            by,
            text!("verify-tree-proven", module = module, hash = published),
        ));
    }
    let mut bad = layer(State::Bad, text!("verify-tree-differs", module = module));
    if !session.options.offline {
        bad.notes = named(session, root, build, &goproxy);
    }
    Ok(bad)
}

/// Which files are at fault, by the index of the archive: not proven, and good enough to say where to look.
fn named(session: &Session, root: &Path, build: &Build, goproxy: &str) -> Vec<Text> {
    let from = sources(&[], goproxy, &Mirrors::embedded(), &build.os);
    let Ok(entries) = listing::entries(session.doors.system, &from, build) else { return Vec::new() };
    let files: Vec<GoFile> = entries.into_iter().map(deep::unpacked).collect();
    let changed = files.iter().filter(|it| differs(session.look, root, it)).map(|it| it.name.clone());
    let mut changed: Vec<String> = changed.collect();
    let plain =
        |it: &str| it.strip_suffix("_go.mod").map_or_else(|| it.to_owned(), |dir| format!("{dir}go.mod"));
    let mut known: Vec<String> = files.iter().map(|it| it.name.clone()).collect();
    known.sort();
    let mut added = go_files(session.look, root);
    added.retain(|it| known.binary_search(it).is_err() && known.binary_search(&plain(it)).is_err());
    let more = (changed.len() + added.len()).saturating_sub(2 * NAMED);
    changed.truncate(NAMED);
    added.truncate(NAMED);
    let mut notes: Vec<Text> =
        changed.into_iter().map(|it| text!("verify-tree-changed", file = it)).collect();
    notes.extend(added.into_iter().map(|it| text!("verify-tree-added", file = it)));
    notes.extend((more > 0).then(|| text!("verify-modules-more", count = more)));
    notes
}
