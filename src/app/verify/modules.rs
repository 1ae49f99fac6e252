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
use crate::failure::Failure;
use crate::fetch::sumdb::{Client, SumdbError};
use crate::packages::Table;
use crate::probe;
use crate::probe::modules::whole::Known;
use crate::system::parallel;
use crate::text::Text;

/// How many modules are asked for at once.
const AT_ONCE: usize = 8;
/// How many are named on the page.
const NAMED: usize = 5;

/// What is known of a module.
enum Verdict {
    Published,
    Differs,
    /// Nobody can tell: why.
    Open(Text),
    /// What came as an answer fails its proof.
    Refused(Text),
}

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
    let count = |of: fn(&Verdict) -> bool| verdicts.iter().filter(|it| of(it)).count();
    let differ = count(|it| matches!(it, Verdict::Differs));
    let refused =
        verdicts.iter().find_map(|it| if let Verdict::Refused(why) = it { Some(why) } else { None });
    let (all, published) = (modules.len(), count(|it| matches!(it, Verdict::Published)));
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
fn notes(modules: &[&BuildModule], verdicts: &[Verdict]) -> Vec<Text> {
    let name = |it: &BuildModule| format!("{}@{}", it.path, it.version);
    let pairs = || modules.iter().zip(verdicts);
    let bad = pairs().filter(|it| matches!(it.1, Verdict::Differs));
    let mut notes: Vec<Text> = bad.map(|(it, _)| text!("verify-module-differs", module = name(it))).collect();
    let open = pairs().filter_map(|(it, verdict)| match verdict {
        Verdict::Open(why) => Some(text!("verify-module-open", module = name(it), why = why.clone())),
        _ => None,
    });
    notes.extend(open);
    let more = notes.len().saturating_sub(NAMED);
    notes.truncate(NAMED);
    notes.extend((more > 0).then(|| text!("verify-modules-more", count = more)));
    notes
}

fn document(module: &BuildModule, verdict: &Verdict, session: &Session) -> Value {
    let (state, why) = match verdict {
        Verdict::Published => ("as-published", None),
        Verdict::Differs => ("bad", None),
        Verdict::Refused(why) => ("bad", Some(why)),
        Verdict::Open(why) => ("not-judged", Some(why)),
    };
    json!({ "path": module.path, "version": module.version, "state": state, "why": why.map(|it| session.words.say(it)) })
}

fn verdicts(session: &Session, modules: &[&BuildModule]) -> Vec<Verdict> {
    let places = match session.places() {
        Ok(it) => it,
        Err(failure) => return modules.iter().map(|_| Verdict::Open(failure.message.clone())).collect(),
    };
    let facts = probe::facts(session.look, places, None, &Table::embedded());
    let known = Known::of(&facts);
    let root = facts.go.in_use().map(|it| it.root.as_path());
    let goproxy = module_source(session.look, None, &facts.here, root);
    let system = session.doors.system;
    let client = Client::for_proxies(system, &check::store(places), &goproxy);
    let client = client.offline(session.options.offline);
    let own =
        |it: &BuildModule| own_word(it).or_else(|| known.private(&it.path).then(|| text!("verify-private")));
    // All at once needs the fewest answers; one that nobody knows must not hide the others.
    let asked: Vec<_> = modules.iter().filter(|it| own(it).is_none()).collect();
    let pairs: Vec<_> = asked.iter().map(|it| (it.path.clone(), it.version.clone())).collect();
    let offline_or_dead = !pairs.is_empty() && client.lookup_all(&pairs).is_err_and(|it| is_unreachable(&it));
    let judged = parallel::each(if offline_or_dead { 1 } else { AT_ONCE }, modules, |it| match own(it) {
        Some(why) => Verdict::Open(why),
        None => verdict(it, &client),
    });
    judged.into_iter().map(|it| it.unwrap_or_else(|why| Verdict::Open(Failure::from(why).message))).collect()
}

/// Whether no other module will have an answer either.
fn is_unreachable(error: &SumdbError) -> bool {
    matches!(error, SumdbError::Fetch(_) | SumdbError::Offline { .. })
}

/// What only the builder's machine had.
fn own_word(module: &BuildModule) -> Option<Text> {
    if let Some(replaced) = &module.replaces {
        return Some(text!("verify-replaced", module = replaced));
    }
    let local = module.sum.is_empty() || module.version == "(devel)" || module.version.ends_with("+dirty");
    local.then(|| text!("verify-local"))
}

fn verdict(module: &BuildModule, client: &Client<'_>) -> Verdict {
    match client.lookup(&module.path, &module.version) {
        Ok(sum) if sum.get().zip.to_string() == module.sum => Verdict::Published,
        Ok(_) => Verdict::Differs,
        Err(error) if error.is_refusal() => Verdict::Refused(Failure::from(error).message),
        Err(error) => Verdict::Open(Failure::from(error).message),
    }
}
