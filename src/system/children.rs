//! The real `Children`: programs that live on. Each has a process group of its own and dies with us, except the package
//! manager, which has a session of its own and is never killed.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: everything else asks it"
)]

use std::io::{self, BufRead, BufReader, Read};
use std::process::{ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::os::{made, process, stream};
use super::tee;
use super::{Child, Children, Ended, Line, Output, Spawn};
use crate::disk_error::DiskError;

/// The longest line that is kept whole.
const LINE: u64 = 64 << 10;

/// Programs on the machine that we run on.
#[derive(Default)]
pub struct RealChildren {
    /// Groups that are to die with us, for a stop by Ctrl-C.
    groups: std::sync::Arc<Mutex<Vec<process::Group>>>,
    stopped: AtomicBool,
}

impl RealChildren {
    /// Ends every child that does not survive us; nothing can be started afterwards.
    pub fn stop_all(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        let groups = self.groups.lock().map(|it| it.clone()).unwrap_or_default();
        for group in groups {
            group.terminate_group();
        }
    }
}

impl Children for RealChildren {
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>> {
        if self.stopped.load(Ordering::SeqCst) {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "interrupted"));
        }
        let mut command = process::command(&spawn.program)?;
        command.args(&spawn.args).env_clear().envs(spawn.env.iter()).current_dir(&spawn.dir);
        if !spawn.terminal {
            command.stdin(Stdio::null());
        }
        let mut open = None;
        match &spawn.output {
            Output::Kept => {
                let mut ends = stream::Open::new()?;
                command.stderr(std::mem::replace(&mut ends.child, Stdio::null()));
                open = Some(ends);
            }
            Output::Lines => drop(command.stdout(Stdio::piped()).stderr(Stdio::piped())),
            Output::Through => {}
            Output::File(path) => {
                let log = made::append(path, 0o600)?.0;
                command.stdout(log.try_clone()?).stderr(log);
            }
        }
        let begun = process::begin(&mut command, spawn.survives, spawn.terminal);
        let (mut child, group) = begun.map_err(|error| DiskError::new(&spawn.program, &error))?;
        // Its end of the stream is the child's alone now.
        drop(command);
        let tee = open.map(tee::Tee::new).transpose()?;
        if !spawn.survives
            && let Ok(mut groups) = self.groups.lock()
        {
            groups.push(group.clone());
        }
        let (sender, lines) = mpsc::sync_channel(256);
        follow(child.stdout.take(), false, &sender);
        follow(child.stderr.take(), true, &sender);
        let survives = spawn.survives;
        let groups = self.groups.clone();
        Ok(Box::new(RealChild { child, group, lines, survives, ended: None, groups, tee }))
    }
}

struct RealChild {
    child: std::process::Child,
    group: process::Group,
    lines: mpsc::Receiver<Line>,
    survives: bool,
    ended: Option<Ended>,
    groups: std::sync::Arc<Mutex<Vec<process::Group>>>,
    tee: Option<tee::Tee>,
}

impl RealChild {
    fn end(&mut self, status: ExitStatus) -> Ended {
        if let Ok(mut groups) = self.groups.lock() {
            groups.retain(|it| *it != self.group);
        }
        if let Some(tee) = &mut self.tee {
            tee.finish();
        }
        process::release(&self.group);
        let ended = process::ended(status);
        self.ended = Some(ended);
        ended
    }
}

impl Child for RealChild {
    fn line(&mut self) -> Option<Line> {
        self.lines.recv().ok()
    }

    fn id(&self) -> u32 {
        self.child.id()
    }

    fn poll(&mut self) -> io::Result<Option<Ended>> {
        if self.ended.is_some() {
            return Ok(self.ended);
        }
        Ok(self.child.try_wait()?.map(|status| self.end(status)))
    }

    fn wait(&mut self) -> io::Result<Ended> {
        if let Some(ended) = self.ended {
            return Ok(ended);
        }
        let status = self.child.wait()?;
        Ok(self.end(status))
    }

    fn kept(&self) -> Vec<u8> {
        self.tee.as_ref().map(tee::Tee::kept).unwrap_or_default()
    }

    fn stop(&mut self) {
        if self.survives || self.ended.is_some() {
            return;
        }
        self.group.terminate();
        let deadline = Instant::now() + Duration::from_secs(2);
        while Instant::now() < deadline {
            if matches!(self.poll(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.group.kill();
        let _ = self.wait();
    }
}

impl Drop for RealChild {
    fn drop(&mut self) {
        self.stop();
    }
}

fn follow(stream: Option<impl Read + Send + 'static>, error: bool, sender: &mpsc::SyncSender<Line>) {
    let Some(stream) = stream else { return };
    let sender = sender.clone();
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut bytes = Vec::new();
        while let Ok(1..) = reader.by_ref().take(LINE).read_until(b'\n', &mut bytes) {
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            // Nobody listens any more: go on reading, so that the child is not stopped by a full pipe.
            let _ = sender.send(Line { error, text });
        }
    });
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use rustix::process::Pid;

    use super::*;

    fn shell(script: &str) -> Spawn {
        Spawn {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            env: [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into(),
            dir: "/".into(),
            ..Spawn::default()
        }
    }

    #[test]
    fn lines_come_with_their_stream_and_the_code_at_the_end() {
        let mut child =
            RealChildren::default().start(&shell("echo one; echo two >&2; exit 4")).expect("started");
        let mut lines: Vec<_> = std::iter::from_fn(|| child.line()).map(|it| (it.error, it.text)).collect();
        lines.sort();
        assert_eq!(lines, [(false, "one".to_owned()), (true, "two".to_owned())]);
        assert_eq!(child.wait().expect("waited"), Ended { code: Some(4), signal: None });
    }

    #[test]
    fn a_stopped_child_takes_its_children_with_it() {
        let children = RealChildren::default();
        let mut child = children.start(&shell("echo $$; sleep 100 & echo $!; wait")).expect("started");
        let pids: Vec<i32> =
            (0..2).filter_map(|_| child.line()).filter_map(|it| it.text.parse().ok()).collect();
        assert_eq!(pids.len(), 2);
        child.stop();
        assert!(child.wait().expect("waited").signal.is_some());
        let sleeper = Pid::from_raw(pids[1]).expect("a pid");
        let gone = || rustix::process::test_kill_process(sleeper).is_err();
        let zombie =
            || std::fs::read_to_string(format!("/proc/{}/stat", pids[1])).is_ok_and(|it| it.contains(") Z"));
        for _ in 0..200 {
            if gone() || zombie() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the grandchild lives on");
    }

    #[test]
    fn nothing_starts_after_a_stop() {
        let children = RealChildren::default();
        children.stop_all();
        assert!(children.start(&shell("true")).is_err());
    }
}
