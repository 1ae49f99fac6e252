//! The layer of our own journal: a fyne CLI that was built on this machine is known by the digest that was written down when it
//! was put there. That proves nothing to others: whatever runs as this user can write the journal, too.

use serde_json::json;

use super::file::Given;
use super::layer::{Kind, Layer, State};
use crate::app::Session;
use crate::facts::buildid;
use crate::journal::built::{self, Built};
use crate::moment::Moment;
use crate::system::links;

/// The layer of a file; none where no run of ours has to do with it.
pub fn layer(session: &Session, file: &Given) -> Option<Layer> {
    let runs = match session.runs() {
        Ok(it) => it,
        // Of a file that is no program, a journal that cannot be read says nothing either way.
        Err(failure) => {
            let program = buildid::is_as_linked(&file.bytes).is_some();
            return program.then(|| Layer::new(Kind::Journal, State::NotJudged, failure.message));
        }
    };
    let all = built::clis(runs);
    let same = all.iter().rev().find(|it| it.wrote == file.digest);
    let real = links::real_path(session.look, &file.path);
    let here = || all.iter().rev().find(|it| links::real_path(session.look, it.path) == real);
    same.map(recorded).or_else(|| here().map(|it| replaced(it, file)))
}

/// The bytes are those that the journal says we wrote.
fn recorded(built: &Built<'_>) -> Layer {
    let (run, module) = (&built.run.id, built.module.to_string());
    let text = text!("verify-built", run = run, date = Moment(built.run.began).day(), module = &module);
    let mut layer = Layer::new(Kind::Journal, State::AsRecorded, text);
    layer.more = Some(("built", json!({ "run": run, "module": module, "path": built.path })));
    layer
}

/// Another program stands where we put one. Whether its user built, stripped or got it anew, or somebody else changed it, nobody
/// can tell by a digest.
fn replaced(built: &Built<'_>, file: &Given) -> Layer {
    let (run, wrote) = (&built.run.id, built.wrote.to_string());
    let text = if buildid::is_as_linked(&file.bytes) == Some(true) {
        text!("verify-built-anew", run = run)
    } else {
        text!("verify-built-changed", run = run, wrote = wrote)
    };
    Layer::new(Kind::Journal, State::NotJudged, text)
}
