//! The layer of Go's build info: every module that a program says it is made of, against the checksum database. That it is
//! really made of them is its own word, so this speaks against a program or stays open; it never proves one.

use object::FileKind;
use serde_json::{Value, json};

use super::file::Given;
use super::layer::{Kind, Layer, State};
use crate::app::{Session, check};
use crate::apply::steps::build::module_source;
use crate::fact::Fact;
use crate::facts::buildinfo;
use crate::facts::go::{BuildInfo, BuildModule};
use crate::fetch::sumdb::{Client, Standing};
use crate::packages::Table;
use crate::probe;
use crate::probe::modules::whole::Known;
use crate::text::Text;

/// How many are named on the page.
const NAMED: usize = 5;

/// The layer of a file; none where it is no program.
pub fn layer(session: &Session, file: &Given) -> Option<Layer> {
    let layer = |state, text| Some(Layer::new(Kind::GoModules, state, text));
    match buildinfo::read(&file.bytes) {
        Fact::Absent if FileKind::parse(&*file.bytes).is_ok() => {
            layer(State::Absent, text!("verify-no-build-info"))
        }
        Fact::Absent => None,
        Fact::Unknown(why) => layer(State::NotJudged, text!("verify-why", why = why)),
        Fact::Here(info) => Some(judged(session, &info)),
    }
}

fn judged(session: &Session, info: &BuildInfo) -> Layer {
    let modules: Vec<&BuildModule> =
        std::iter::once(&info.main).chain(&info.deps).filter(|it| !it.path.is_empty()).collect();
    if modules.is_empty() {
        return Layer::new(Kind::GoModules, State::NotJudged, text!("verify-no-modules", go = &info.go));
    }
    let verdicts = verdicts(session, &modules);
    let count = |of: fn(&Standing) -> bool| verdicts.iter().filter(|it| of(it)).count();
    let differ = count(|it| matches!(it, Standing::Differs { .. }));
    let refused =
        verdicts.iter().find_map(|it| if let Standing::Refused(why) = it { Some(why) } else { None });
    let (all, published) = (modules.len(), count(|it| matches!(it, Standing::Published)));
    let (state, text) = match refused {
        Some(why) => (State::Bad, why.clone()),
        None if differ > 0 => (State::Bad, text!("verify-modules-differ", count = differ, all = all)),
        None if published == all => {
            (State::AsPublished, text!("verify-modules-published", all = all, go = &info.go))
        }
        None => (State::NotJudged, text!("verify-modules-open", published = published, all = all)),
    };
    let mut layer = Layer::new(Kind::GoModules, state, text);
    layer.notes = notes(&modules, &verdicts);
    let listed = modules.iter().zip(&verdicts).map(|(module, it)| document(module, it, session));
    layer.more = Some(("modules", listed.collect()));
    layer
}

/// What is not as published is named, the worst first.
fn notes(modules: &[&BuildModule], verdicts: &[Standing]) -> Vec<Text> {
    let name = |it: &BuildModule| format!("{}@{}", it.path, it.version);
    let pairs = || modules.iter().zip(verdicts);
    let bad = pairs().filter(|it| matches!(it.1, Standing::Differs { .. }));
    let mut notes: Vec<Text> = bad.map(|(it, _)| text!("verify-module-differs", module = name(it))).collect();
    let open = pairs().filter_map(|(it, verdict)| match verdict {
        Standing::Open(why) => Some(text!("verify-module-open", module = name(it), why = why.clone())),
        _ => None,
    });
    notes.extend(open);
    let more = notes.len().saturating_sub(NAMED);
    notes.truncate(NAMED);
    notes.extend((more > 0).then(|| text!("verify-modules-more", count = more)));
    notes
}

fn document(module: &BuildModule, verdict: &Standing, session: &Session) -> Value {
    let (state, why) = match verdict {
        Standing::Published => ("as-published", None),
        Standing::Differs { .. } => ("bad", None),
        Standing::Refused(why) => ("bad", Some(why)),
        Standing::Open(why) => ("not-judged", Some(why)),
    };
    json!({ "path": module.path, "version": module.version, "state": state, "why": why.map(|it| session.words.say(it)) })
}

fn verdicts(session: &Session, modules: &[&BuildModule]) -> Vec<Standing> {
    let places = match session.places() {
        Ok(it) => it,
        Err(failure) => return modules.iter().map(|_| Standing::Open(failure.message.clone())).collect(),
    };
    let facts = probe::facts(session.look, places, None, &Table::embedded());
    let known = Known::of(&facts);
    let root = facts.go.in_use().map(|it| it.root.as_path());
    let goproxy = module_source(session.look, None, &facts.here, root);
    let system = session.doors.system;
    let client = Client::for_proxies(system, &check::store(places), &goproxy);
    let client = client.offline(session.options.offline);
    client.standings(modules, &|it| known.private(it))
}
