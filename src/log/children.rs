//! `Children` with a log: what was started, and how it ended. What it printed is not in it.

use std::io;

use super::Log;
use crate::system::{Child, Children, Ended, Line, Spawn};

/// `Children` that tell their log.
pub struct LoggedChildren<'a> {
    children: &'a dyn Children,
    log: Log,
}

impl<'a> LoggedChildren<'a> {
    /// Starts through `children`.
    pub fn new(children: &'a dyn Children, log: &Log) -> Self {
        Self { children, log: log.clone() }
    }
}

impl Children for LoggedChildren<'_> {
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>> {
        let argv = self.log.command(&spawn.program, &spawn.args);
        let begun = self.log.ms();
        match self.children.start(spawn) {
            Ok(child) => {
                tell!(self.log, DEBUG, "programs", pid = child.id(), "started {argv}");
                if self.log.reads() {
                    let (whose, names) = super::variables(&spawn.env);
                    let program = spawn.program.display();
                    tell!(self.log, DEBUG, "programs", "variables of {program}, {whose}: {names}");
                }
                Ok(Box::new(LoggedChild { child, argv, log: self.log.clone(), begun, told: false }))
            }
            Err(error) => {
                tell!(self.log, WARN, "programs", error = %error, "cannot start {argv}");
                Err(error)
            }
        }
    }
}

/// A running program whose end will be told, once.
struct LoggedChild {
    child: Box<dyn Child>,
    argv: String,
    log: Log,
    begun: u64,
    told: bool,
}

impl LoggedChild {
    fn tell(&mut self, ended: Ended) -> Ended {
        if !std::mem::replace(&mut self.told, true) {
            let (argv, ms) = (&self.argv, self.log.since(self.begun));
            let Ended { code: exit, signal } = ended;
            if ended.ok() {
                tell!(self.log, INFO, "programs", exit, signal, ms, "ended {argv}");
            } else {
                tell!(self.log, WARN, "programs", exit, signal, ms, "ended {argv}");
            }
        }
        ended
    }
}

impl Child for LoggedChild {
    fn line(&mut self) -> Option<Line> {
        self.child.line()
    }

    fn id(&self) -> u32 {
        self.child.id()
    }

    fn poll(&mut self) -> io::Result<Option<Ended>> {
        let ended = self.child.poll()?;
        Ok(ended.map(|it| self.tell(it)))
    }

    fn wait(&mut self) -> io::Result<Ended> {
        let ended = self.child.wait()?;
        Ok(self.tell(ended))
    }

    fn kept(&self) -> Vec<u8> {
        self.child.kept()
    }

    fn stop(&mut self) {
        self.child.stop();
        if let Ok(Some(ended)) = self.child.poll() {
            self.tell(ended);
        }
    }
}

impl Drop for LoggedChild {
    fn drop(&mut self) {
        if self.told {
            return;
        }
        match self.child.poll() {
            Ok(Some(ended)) => drop(self.tell(ended)),
            _ => tell!(self.log, DEBUG, "programs", ms = self.log.since(self.begun), "let go {}", self.argv),
        }
    }
}
