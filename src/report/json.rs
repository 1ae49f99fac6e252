//! A `Report` for programs: the contract's documents. The wire types live here and nowhere else; they only grow, with
//! `schema.rs` beside them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::model::{Acted, Checked, Earlier, Found, Left, Machine, Report};
use super::remedy::Remedy;
use super::text::check_key;
use super::words::Words;
use super::{State, plan};
use crate::action::{ActionKind, Plan};
use crate::checks::{Decision, Group, Place, Status};
use crate::failure::Failure;
use crate::path_style::PathStyle;
use crate::want::Target;

mod accepted;
mod strings;

use accepted::AcceptedJson;
use strings::discreet;
pub use strings::harmless;

/// The schema of every document.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    command: &'a str,
    ok: bool,
    exit: u8,
    fyne_setup: &'static str,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    machine: Option<MachineJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Vec<CheckJson<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<EarlierJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<Vec<FoundJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<ActionJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Vec<LeftJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<Vec<LeftJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<Vec<AcceptedJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rests_on: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,
    #[serde(flatten)]
    more: &'a Map<String, Value>,
}

#[derive(Serialize)]
struct MachineJson<'a> {
    os: &'a str,
    distro: &'a str,
    arch: &'a str,
    family: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wsl: Option<u8>,
}

#[derive(Serialize)]
struct TargetJson<'a> {
    go: String,
    fyne: String,
    cli: &'a str,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    id: &'a str,
    group: Group,
    title: String,
    status: Status,
    summary: String,
    cause: Option<String>,
    evidence: &'a [String],
    #[serde(rename = "where")]
    place: &'a Place,
    blocked_by: &'a [String],
    remedy: Option<RemedyJson<'a>>,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<AcceptedJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acceptance_ended: Option<AcceptedJson<'a>>,
}

#[derive(Serialize)]
struct RemedyJson<'a> {
    text: String,
    command: Option<&'a str>,
    auto: bool,
    needs_root: bool,
}

#[derive(Serialize)]
struct EarlierJson<'a> {
    run: &'a str,
    command: &'a str,
    becomes: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson<'a>>,
}

#[derive(Serialize)]
struct ActionJson<'a> {
    id: u32,
    kind: ActionKind,
    text: String,
    because: &'a [String],
    state: State,
    before: Option<&'a str>,
    after: Option<&'a str>,
    duration_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paths: Vec<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    packages: &'a [String],
}

#[derive(Serialize)]
struct FoundJson<'a> {
    id: &'a str,
    summary: String,
    cause: Option<String>,
    evidence: &'a [String],
}

#[derive(Serialize)]
struct LeftJson<'a> {
    id: &'a str,
    summary: String,
    decision: Option<DecisionJson<'a>>,
}

#[derive(Serialize)]
struct DecisionJson<'a> {
    text: String,
    command: Option<&'a str>,
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    code: &'a str,
    message: String,
    hint: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

/// The one document of standard output, with its last newline.
pub fn document(report: &Report, words: &Words) -> String {
    let outcome = report.outcome.as_ref();
    let document = Document {
        schema: SCHEMA,
        command: &report.command,
        ok: report.ok(),
        exit: report.exit as u8,
        fyne_setup: env!("CARGO_PKG_VERSION"),
        duration_ms: report.duration_ms,
        machine: report.machine.as_ref().map(machine),
        target: report.target.as_ref().map(target),
        checks: report.checks.as_ref().map(|all| all.iter().map(|it| check(it, words)).collect()),
        earlier: report.earlier.iter().map(|it| earlier(it, words)).collect(),
        administrator: report.administrator.as_ref().map(|it| it.command.as_str()),
        plan: report.plan.as_ref().map(|it| plan::json(it, words, report.typed(), &report.costs)),
        run: outcome.and_then(|it| it.run.as_deref()),
        changed: outcome.map(|it| it.changed),
        found: outcome.map(|it| it.found.iter().map(|found| fault(found, words)).collect()),
        actions: outcome.map(|it| it.actions.iter().map(|act| action(act, words)).collect()),
        left: outcome.map(|it| it.left.iter().map(|left| leftover(left, words)).collect()),
        unknown: outcome
            .filter(|it| !it.unknown.is_empty())
            .map(|it| it.unknown.iter().map(|left| leftover(left, words)).collect()),
        accepted: outcome
            .filter(|it| !it.accepted.is_empty())
            .map(|it| it.accepted.iter().filter_map(|one| AcceptedJson::with_check(one, words)).collect()),
        rests_on: outcome
            .filter(|it| !it.rests_on.is_empty())
            .map(|it| it.rests_on.iter().map(|text| words.say(text)).collect()),
        error: report.failure.as_ref().map(|it| error(it, words)),
        log: report.log.as_ref().map(|it| PathStyle::of_path(it).shown(it)),
        more: &report.more,
    };
    discreet(&harmless(&serde_json::to_string_pretty(&document).expect("our own types have string keys")))
        + "\n"
}

/// A plan as programs get it, in the form in which two of them can be compared.
pub fn plain(plan: &Plan) -> String {
    // What a check could not look at may answer the next time, and changes nothing of what is done.
    let plan = &Plan { unknown: vec![], ..plan.clone() };
    discreet(&serde_json::to_string(plan).expect("our own types have string keys"))
}

fn machine(machine: &Machine) -> MachineJson<'_> {
    let Machine { os, distro, arch, family, wsl, .. } = machine;
    MachineJson { os, distro, arch, family, wsl: *wsl }
}

fn target(target: &Target) -> TargetJson<'_> {
    TargetJson { go: target.go.to_string(), fyne: target.fyne.to_string(), cli: target.cli.as_str() }
}

fn check<'a>(checked: &'a Checked, words: &Words) -> CheckJson<'a> {
    let (finding, verdict) = (&checked.finding, &checked.finding.verdict);
    CheckJson {
        id: &finding.id,
        group: finding.group,
        title: words.say(&check_key(&finding.id, "title")),
        status: verdict.status,
        summary: words.say(&verdict.summary),
        cause: verdict.cause.as_ref().map(|it| words.say(it)),
        evidence: &verdict.evidence,
        place: &verdict.place,
        blocked_by: &finding.blocked_by,
        remedy: checked.remedy.as_ref().map(|it| remedy(it, words)),
        // A judgement reads a snapshot; what takes time is probing, and that is in the document's own figure.
        duration_ms: 0,
        accepted: verdict.accepted().map(AcceptedJson::of),
        acceptance_ended: verdict.acceptance.as_ref().filter(|it| it.ended).map(AcceptedJson::of),
    }
}

fn remedy<'a>(remedy: &'a Remedy, words: &Words) -> RemedyJson<'a> {
    RemedyJson {
        text: words.joined(&remedy.texts),
        command: remedy.command.as_deref(),
        auto: remedy.auto,
        needs_root: remedy.needs_root,
    }
}

fn earlier<'a>(earlier: &'a Earlier, words: &Words) -> EarlierJson<'a> {
    EarlierJson {
        run: &earlier.run,
        command: &earlier.command,
        becomes: if earlier.taken_back { "undone" } else { "finished" },
        error: earlier.failure.as_ref().map(|it| error(it, words)),
    }
}

fn action<'a>(acted: &'a Acted, words: &Words) -> ActionJson<'a> {
    ActionJson {
        id: acted.id,
        kind: acted.kind,
        text: words.say(&acted.what),
        because: &acted.because,
        state: acted.state,
        before: acted.before.as_deref(),
        after: acted.after.as_deref(),
        duration_ms: acted.duration_ms,
        error: acted.failure.as_ref().map(|it| error(it, words)),
        paths: acted.paths.iter().map(|it| PathStyle::of_path(it).shown(it)).collect(),
        packages: &acted.packages,
    }
}

fn leftover<'a>(left: &'a Left, words: &Words) -> LeftJson<'a> {
    let decision =
        |it: &'a Decision| DecisionJson { text: words.say(&it.text), command: it.command.as_deref() };
    LeftJson {
        id: &left.id,
        summary: words.say(&left.summary),
        decision: left.decision.as_ref().map(decision),
    }
}

fn fault<'a>(found: &'a Found, words: &Words) -> FoundJson<'a> {
    FoundJson {
        id: &found.id,
        summary: words.say(&found.summary),
        cause: found.cause.as_ref().map(|it| words.say(it)),
        evidence: &found.evidence,
    }
}

fn error<'a>(failure: &'a Failure, words: &Words) -> ErrorJson<'a> {
    ErrorJson {
        code: failure.code.name(),
        message: words.say(&failure.message),
        hint: failure.hint.as_ref().map(|it| words.say(it)),
        file: failure.file.as_ref().map(|it| PathStyle::of_path(it).shown(it)),
        line: failure.line,
        column: failure.quote.as_ref().map(|it| it.column),
        also: failure.also.iter().map(|it| words.say(it)).collect(),
    }
}
