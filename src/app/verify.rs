//! `verify FILE…`: whose a file is. Layer by layer, each for itself: what proves it, what is missing, what nobody can judge
//! here, what speaks against it. Nothing is changed; a layer that asks the network is said to be open without one.
//!
//! A file is proven when a layer proves its bytes, none speaks against it, and a list that was named knows it. What a program says of itself proves nothing.
//! To add a layer: a variant of [`layer::Kind`], a file here, its words in `locales/*/verify.ftl`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::Session;
use crate::facts::codesign;
use crate::failure::{Code, Exit, Failure};
use crate::moment::Moment;
use crate::report::{Label, Report};
use crate::text::Text;
use crate::trust::openpgp::Certificate;

mod apple;
mod file;
mod journal;
mod keys;
mod layer;
mod minisign;
mod modules;
mod openpgp;
mod sums;
mod tree;

use file::Given;
use keys::Keys;
use layer::{Judged, Kind, Layer, State};

pub use keys::given as key;
pub use minisign::said;

/// What was asked of `verify`.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Files.
    pub files: Vec<PathBuf>,
    /// `--go`: the tree of a Go.
    pub go: Option<PathBuf>,
    /// `--list`: a list of checksums.
    pub list: Option<PathBuf>,
    /// `--key`: a public key of minisign, or the file that it is in.
    pub key: Option<String>,
    /// `--openpgp-key`: a file of public keys.
    pub openpgp_key: Option<PathBuf>,
}

/// What every layer is judged with.
struct Court<'a> {
    session: &'a Session<'a>,
    list: Option<Given>,
    keys: Keys,
    openpgp: Option<Vec<Certificate>>,
    now: Moment,
}

/// Judges, and says by whom.
pub fn verify(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    let court = Court {
        session,
        list: wishes.list.as_deref().map(|it| file::read(session, it)).transpose()?,
        keys: keys::given(session, wishes.key.as_deref())?,
        openpgp: wishes.openpgp_key.as_deref().map(|it| openpgp::keys(session, it)).transpose()?,
        now: Moment(session.look.now()),
    };
    let mut all = Vec::new();
    for named in &wishes.files {
        all.push(court.judged(named)?);
    }
    if let Some(dir) = &wishes.go {
        all.push(tree::judged(session, dir)?);
    }
    Ok(report(session, &all))
}

impl Court<'_> {
    fn judged(&self, named: &Path) -> Result<Judged, Failure> {
        let file = file::read(self.session, named)?;
        let mut layers =
            vec![sums::layer(self, &file), minisign::layer(self, &file), openpgp::layer(self, &file)];
        layers.extend(journal::layer(self.session, &file));
        layers.extend(modules::layer(self.session, &file));
        layers.extend(of_system(&file.bytes));
        Ok(Judged { name: file.named, sha256: Some(file.digest), layers })
    }
}

/// Signatures of their systems' own kinds: Apple's is judged but for what only Apple knows, Microsoft's only seen.
fn of_system(bytes: &[u8]) -> Option<Layer> {
    if let Some(layer) = apple::layer(bytes) {
        return Some(layer);
    }
    let there = codesign::authenticode(bytes)?;
    Some(if there {
        Layer::new(Kind::Authenticode, State::NotJudged, text!("verify-system-there"))
    } else {
        Layer::new(Kind::Authenticode, State::Absent, text!("verify-no-signature"))
    })
}

/// What would prove the first that is not proven: the key to a signature that is there, else a signature.
fn next(all: &[Judged]) -> Text {
    let open = all.iter().find(|it| it.state() != State::Proven);
    let damaged = |it: &Layer| matches!(it.text.key.as_ref(), "verify-signature-cut" | "verify-malformed");
    let waits = |kind: Kind| {
        let of = |it: &Layer| it.kind == kind && it.state == State::NotJudged && !damaged(it);
        open.is_some_and(|it| it.layers.iter().any(of))
    };
    if open.is_some_and(|it| it.layers.iter().any(|it| it.kind == Kind::GoTree)) {
        text!("verify-next-go")
    } else if waits(Kind::Minisign) {
        text!("verify-next-key", option = "--key")
    } else if waits(Kind::OpenPgp) {
        text!("verify-next-key", option = "--openpgp-key")
    } else {
        text!("verify-next-signature")
    }
}

fn report(session: &Session, all: &[Judged]) -> Report {
    let mut report = Report::new("verify");
    for it in all {
        report.page.gap();
        report.page.append(it.page(session.words));
    }
    report.more.insert("files".into(), all.iter().map(|it| it.json(session.words)).collect());
    report.more.insert("test_keys".into(), json!(crate::trust::keys::FOR_TESTS));
    let of = |state: State| all.iter().filter(|it| it.state() == state).count();
    report.page.gap();
    match (of(State::Bad), of(State::Proven)) {
        (0, proven) if proven == all.len() => {
            let say = text!("verify-end-proven", all = all.len());
            report.page.hanging(Vec::new(), Label::Good, &session.words.say(&say));
        }
        (0, proven) => {
            report.exit = Exit::Problems;
            let open = all.len() - proven;
            let say = match all.iter().find(|it| it.denied()) {
                Some(it) => {
                    text!(
                        "verify-end-denied",
                        open = open,
                        all = all.len(),
                        file = &it.name,
                        option = "--list"
                    )
                }
                None => text!("verify-end-open", open = open, all = all.len(), next = next(all)),
            };
            report.page.hanging(Vec::new(), Label::Caution, &session.words.say(&say));
        }
        (bad, _) => {
            let failure =
                Failure::new(Code::VerifyBad, text!("verify-bad-files", bad = bad, all = all.len()));
            (report.exit, report.failure) = (failure.exit, Some(failure.hint(text!("verify-bad-hint"))));
        }
    }
    report
}
