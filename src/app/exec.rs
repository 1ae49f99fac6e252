//! `run -- CMD…`: a command with the faster first build where it is `go` or `fyne`, under a private display if that is asked
//! for. Exits with the command's own code; where it failed, what it printed is read as `diagnose` reads a log.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Session, diagnose};
use crate::checks::terminal;
use crate::disk_error::DiskError;
use crate::facts::{Settings, goversion};
use crate::failure::{Code, Exit, Failure};
use crate::path_style::PathStyle;
use crate::probe;
use crate::prove::build::file_failure;
use crate::prove::environment::{self, Variables};
use crate::prove::window::Server;
use crate::report::Report;
use crate::system::RealDisplays;
use crate::system::screen::Displays as _;
use crate::system::{Ask, Child, Ended, Environment, Look, Output, Spawn};
use crate::toolexec;

/// How often we look whether a command that may be interrupted has ended.
const POLL: Duration = Duration::from_millis(20);

/// Finds the command, gives it the front where that helps, waits for it.
pub fn exec(session: &Session, words: &[String], virtual_display: bool) -> Result<Report, Failure> {
    let look = session.look;
    let mut env = look.env().clone();
    let style = PathStyle::of(&look.identity().os);
    let Some((name, args)) = words.split_first() else { return Ok(Report::new("run")) };
    let there = |it: &Path| look.stat(it).is_here();
    let program = if style.path(name).components().count() > 1 || name.contains('/') {
        Some(look.identity().cwd.join(style.path(name)))
    } else {
        environment::find(style, &env, name, there)
    };
    let program = program.filter(|it| there(it)).ok_or_else(|| {
        let failure = Failure::new(Code::RunNoSuchCommand, text!("work-run-no-such-command", command = name));
        // What we installed is on the PATH of terminals that were opened since.
        let ours = session
            .places()
            .ok()
            .filter(|it| ["go", "fyne"].contains(&name.as_str()) && there(&it.current()));
        match ours.map(|it| terminal::line(style, it)) {
            Some(line) => failure.hint(text!("system-terminal-older", command = line)),
            None => failure,
        }
    })?;
    let called = program.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    if ["go", "fyne"].iter().any(|it| style.same(called, style.executable(it))) {
        let flags = goflags(session)?;
        let go = environment::find(style, &env, "go", there).filter(|it| takes_front(look, it));
        if let Some(flags) = go.and_then(|_| toolexec::goflags(&look.identity().executable, &flags)) {
            env.insert("GOFLAGS".into(), flags);
        }
    }
    let display = virtual_display.then(|| Private::start(session, &env)).transpose()?;
    let env = match &display {
        Some(it) => it.server.environment(&env),
        None => Environment::of_user(&env),
    };
    let spawn = Spawn {
        program,
        args: args.to_vec(),
        env,
        dir: look.identity().cwd,
        terminal: true,
        output: Output::Kept,
        survives: false,
    };
    let mut child = session.doors.system.children.start(&spawn);
    let ended = child.as_mut().map_err(|it| DiskError::new(&spawn.program, it)).and_then(|child| {
        let ended = if display.is_some() { watched(session, &mut **child) } else { child.wait() };
        ended.map_err(|error| DiskError::new(&spawn.program, &error))
    });
    if let Some(display) = display {
        display.stop(session)?;
    }
    let ended = ended?;
    if ended.code.is_some_and(|it| it != 0) {
        let said = child.map(|it| it.kept()).unwrap_or_default();
        diagnose::explain(session, &said);
    }
    let code = ended.code.unwrap_or_else(|| 128 + ended.signal.unwrap_or(0));
    Ok(Report { code: u8::try_from(code).ok(), raw: Some(String::new()), ..Report::new("run") })
}

/// Waits for a command that must not be left behind with our display: an interruption ends both.
fn watched(session: &Session, child: &mut dyn Child) -> std::io::Result<Ended> {
    loop {
        if let Some(ended) = child.poll()? {
            return Ok(ended);
        }
        if session.doors.interrupt.flag().load(std::sync::atomic::Ordering::SeqCst) {
            child.stop();
            return child.wait();
        }
        session.look.wait(POLL);
    }
}

/// A display for this command alone.
struct Private {
    server: Server,
    /// Ours, with its cookie.
    dir: PathBuf,
}

impl Private {
    fn start(session: &Session, env: &Variables) -> Result<Self, Failure> {
        let system = session.doors.system;
        let executable = |it: &Path| system.look.stat(it).into_here().is_some_and(|it| it.executable);
        let xvfb = environment::find(PathStyle::Unix, env, "Xvfb", executable).ok_or_else(|| {
            let failure = Failure::new(Code::ProveNoDisplay, text!("work-run-no-xvfb"));
            Failure { exit: Exit::Failed, ..failure.hint(text!("prove-no-display.hint")) }
        })?;
        let dir = session.places()?.cache.join("displays");
        let secret = RealDisplays.secret().map_err(|error| DiskError::new(&dir, &error))?;
        let name: String = secret.iter().take(8).map(|it| format!("{it:02x}")).collect();
        let dir = dir.join(name);
        system.disk.make_dir(&dir, 0o700).map_err(file_failure)?;
        session.doors.interrupt.watch();
        let home = env.get("HOME").map(String::as_str);
        match Server::start(&system, &RealDisplays, &xvfb, home, &dir) {
            Ok(server) => Ok(Self { server, dir }),
            Err(failure) => {
                system.disk.remove_tree(&dir).map_err(file_failure)?;
                Err(failure)
            }
        }
    }

    fn stop(mut self, session: &Session) -> Result<(), Failure> {
        let disk = session.doors.system.disk;
        self.server.stop(disk)?;
        disk.remove_tree(&self.dir).map_err(file_failure)
    }
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
