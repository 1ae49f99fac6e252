//! One program, run to its end: its own process group, its output read by threads, a time limit.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: everything else asks it"
)]

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::groups::Groups;
use super::super::os::{path, process};
use super::super::{Answer, Ask, made};

/// How much of each stream is kept.
const KEPT: usize = 4 << 20;

pub(super) fn run(ask: &Ask, scratch: &Path, groups: Groups) -> io::Result<Answer> {
    let here = path::written(scratch);
    let here = here.to_string_lossy();
    let fill = |text: &str| text.replace("{scratch}", &here);
    for (name, bytes) in &ask.files {
        let path = scratch.join(name);
        if let Some(parent) = path.parent() {
            made::dirs(parent, 0o700)?;
        }
        fs::write(path, bytes)?;
    }
    quiet(ask, scratch)?;
    let mut command = process::command(&ask.program)?;
    command.args(ask.args.iter().map(|it| fill(it))).env_clear();
    command.envs(ask.env.iter().map(|(name, value)| (name, fill(value))));
    let dir = fill(&ask.dir.to_string_lossy());
    command.current_dir(if dir.is_empty() { here.as_ref() } else { &dir });
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let (mut child, group, at_work) = process::ask(&mut command, groups, scratch)?;

    if let Some(mut stdin) = child.stdin.take() {
        let input = ask.input.clone();
        thread::spawn(move || {
            // A program that does not read its input closes the pipe; that is its right.
            let _ = stdin.write_all(&input);
        });
    }
    let (sender, receiver) = mpsc::channel();
    drain(child.stdout.take(), 0, &sender);
    drain(child.stderr.take(), 1, &sender);
    drop(sender);

    let mut streams = [Vec::new(), Vec::new()];
    let deadline = Instant::now() + Duration::from_millis(ask.limit_ms);
    let mut timed_out = false;
    let mut grace = None;
    loop {
        match receiver.recv_timeout(Duration::from_millis(20)) {
            Ok((index, bytes)) => {
                let stream: &mut Vec<u8> = &mut streams[index];
                let room = KEPT.saturating_sub(stream.len()).min(bytes.len());
                stream.extend_from_slice(&bytes[..room]);
                if Instant::now() < deadline {
                    continue;
                }
            }
            Err(mpsc::RecvTimeoutError::Disconnected) if process::has_ended(&group, &mut child) => break,
            Err(mpsc::RecvTimeoutError::Disconnected) => thread::sleep(Duration::from_millis(1)),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        if process::has_ended(&group, &mut child) {
            // A stray that holds the pipe open gets a moment for last words, not the whole limit.
            let since = *grace.get_or_insert_with(Instant::now);
            if since.elapsed() > Duration::from_millis(200) {
                break;
            }
        } else if Instant::now() >= deadline {
            timed_out = true;
            group.kill();
            break;
        }
    }
    // Children that outlive it would write into a directory that goes; the number is theirs as long as it is not waited for.
    group.kill();
    at_work.leave();
    let status = child.wait()?;
    let [stdout, stderr] = streams;
    Ok(Answer { code: process::ended(status).code, stdout, stderr, timed_out })
}

/// Go starts a child of its own that sends counts from its settings' directory, and outlives it. In a directory of ours
/// there is nothing to count.
fn quiet(ask: &Ask, scratch: &Path) -> io::Result<()> {
    if ask.env.get("XDG_CONFIG_HOME").is_none_or(|it| it != "{scratch}/config") {
        return Ok(());
    }
    let dir = scratch.join("config/go/telemetry");
    made::dirs(&dir, 0o700)?;
    fs::write(dir.join("mode"), "off\n")
}

fn drain(stream: Option<impl Read + Send + 'static>, index: usize, sender: &mpsc::Sender<(usize, Vec<u8>)>) {
    let Some(mut stream) = stream else { return };
    let sender = sender.clone();
    thread::spawn(move || {
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = stream.read(&mut buffer) {
            if sender.send((index, buffer[..read].to_vec())).is_err() {
                break;
            }
        }
    });
}
