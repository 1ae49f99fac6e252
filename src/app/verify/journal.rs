//! The layer of our own journal: a fyne CLI that was built on this machine is known by the digest that was written down when it
//! was put there. Its modules were confirmed before that; nobody else can vouch for its bytes.

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
    same.map(proven).or_else(|| here().map(|it| replaced(it, file)))
}

/// The bytes are those that we wrote.
fn proven(built: &Built<'_>) -> Layer {
    let (run, module) = (&built.run.id, built.module.to_string());
    let text = text!("verify-built", run = run, date = Moment(built.run.began).day(), module = &module);
    let mut layer = Layer::proven(Kind::Journal, format!("run {run}"), text);
    layer.more = Some(("built", json!({ "run": run, "module": module, "path": built.path })));
    layer
}

/// Another program stands where we put one: one that `go` left so is somebody's own build, any other was changed.
fn replaced(built: &Built<'_>, file: &Given) -> Layer {
    let (run, wrote) = (&built.run.id, built.wrote.to_string());
    if buildid::is_as_linked(&file.bytes) == Some(true) {
        return Layer::new(Kind::Journal, State::NotJudged, text!("verify-built-anew", run = run));
    }
    Layer::new(Kind::Journal, State::Bad, text!("verify-built-changed", run = run, wrote = wrote))
}
