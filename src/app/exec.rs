//! `run -- CMD…`: a command with the faster first build where it is `go` or `fyne`. Exits with the command's own code.

use std::path::Path;

use super::Session;
use crate::disk_error::DiskError;
use crate::facts::{Settings, goversion};
use crate::failure::{Code, Failure};
use crate::probe;
use crate::prove::environment;
use crate::report::Report;
use crate::system::{Ask, Environment, Look, Output, Spawn};
use crate::toolexec;

/// Finds the command, gives it the front where that helps, waits for it.
pub fn exec(session: &Session, words: &[String]) -> Result<Report, Failure> {
    let look = session.look;
    let mut env = look.env().clone();
    let Some((name, args)) = words.split_first() else { return Ok(Report::new("run")) };
    let there = |it: &Path| look.stat(it).is_here();
    let program = if name.contains('/') {
        Some(look.identity().cwd.join(name))
    } else {
        environment::find(&env, name, there)
    };
    let program = program.filter(|it| there(it)).ok_or_else(|| {
        Failure::new(Code::RunNoSuchCommand, text!("work-run-no-such-command", command = name))
    })?;
    if matches!(program.file_name().and_then(|it| it.to_str()), Some("go" | "fyne")) {
        let flags = goflags(session)?;
        let go = environment::find(&env, "go", there).filter(|it| takes_front(look, it));
        if let Some(flags) = go.and_then(|_| toolexec::goflags(&look.identity().executable, &flags)) {
            env.insert("GOFLAGS".into(), flags);
        }
    }
    let spawn = Spawn {
        program,
        args: args.to_vec(),
        env: Environment::of_user(&env),
        dir: look.identity().cwd,
        terminal: true,
        output: Output::Through,
        survives: false,
    };
    let ended = session.doors.system.children.start(&spawn).and_then(|mut it| it.wait());
    let ended = ended.map_err(|error| DiskError::new(&spawn.program, &error))?;
    let code = ended.code.unwrap_or_else(|| 128 + ended.signal.unwrap_or(0));
    Ok(Report { code: u8::try_from(code).ok(), raw: Some(String::new()), ..Report::new("run") })
}

/// Whether this `go` can be given our front.
fn takes_front(look: &dyn Look, go: &Path) -> bool {
    // As it is by itself: the project's toolchain and flags that do not read are not the question.
    let env = Environment::of_user(look.env()).with("GOTOOLCHAIN", "local").with("GOFLAGS", " ");
    let ask = Ask {
        program: go.to_path_buf(),
        args: vec!["version".into()],
        env,
        dir: look.identity().cwd,
        limit_ms: 10_000,
        ..Ask::default()
    };
    let said = look.run(&ask).into_here().and_then(|it| goversion::of_answer(&it.out()));
    said.is_some_and(|it| toolexec::is_understood_by(it.0))
}

/// The user's GOFLAGS in effect: the environment's, else those of Go's own files.
fn goflags(session: &Session) -> Result<String, Failure> {
    let places = session.places()?;
    let host = probe::host::probe(session.look, places);
    let settings: Settings = probe::settings::probe(session.look, &host);
    Ok(settings.value("GOFLAGS").unwrap_or_default().to_owned())
}
