//! Programs that play a part: what they are expected to be called with, what they print, how they end, and what they change
//! meanwhile. Whatever is called otherwise fails, and the test with it.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Living;
use crate::system::{Child, Children, Disk, Ended, Line, Output, Spawn};

/// Programs on a machine in memory.
pub struct Scripted<'a> {
    machine: &'a Living,
    parts: Mutex<Vec<Part<'a>>>,
    calls: Mutex<Vec<Spawn>>,
}

struct Part<'a> {
    /// How its command line begins.
    line: String,
    prints: String,
    code: Option<i32>,
    /// With which error of the system it does not even begin.
    barred: Option<i32>,
    /// What it changes, besides.
    does: Box<dyn Fn(&Living) + Send + 'a>,
}

impl<'a> Scripted<'a> {
    /// Nobody plays yet.
    pub fn on(machine: &'a Living) -> Self {
        Self { machine, parts: Mutex::default(), calls: Mutex::default() }
    }

    /// A command line that begins so prints this and ends with this code, once.
    #[must_use]
    pub fn part(self, line: &str, code: i32, prints: &str) -> Self {
        self.acting(line, code, prints, |_| ())
    }

    /// The same, and changes something.
    #[must_use]
    pub fn acting(self, line: &str, code: i32, prints: &str, does: impl Fn(&Living) + Send + 'a) -> Self {
        let (line, prints) = (line.into(), prints.into());
        self.parts().push(Part { line, prints, code: Some(code), barred: None, does: Box::new(does) });
        self
    }

    /// A program that the system does not start, for this error of its own.
    #[must_use]
    pub fn barred(self, line: &str, error: i32) -> Self {
        let (line, prints) = (line.into(), String::new());
        self.parts().push(Part { line, prints, code: None, barred: Some(error), does: Box::new(|_| ()) });
        self
    }

    /// The command lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.calls().iter().map(line).collect()
    }

    /// What was started so far.
    pub fn spawned(&self) -> Vec<Spawn> {
        self.calls().clone()
    }

    /// The parts that nobody asked for.
    pub fn left(&self) -> Vec<String> {
        self.parts().iter().map(|it| it.line.clone()).collect()
    }

    fn parts(&self) -> MutexGuard<'_, Vec<Part<'a>>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn calls(&self) -> MutexGuard<'_, Vec<Spawn>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn line(spawn: &Spawn) -> String {
    format!("{} {}", spawn.program.display(), spawn.args.join(" "))
}

impl Children for Scripted<'_> {
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>> {
        self.calls().push(spawn.clone());
        let line = line(spawn);
        let mut parts = self.parts();
        let Some(at) = parts.iter().position(|it| line.starts_with(&it.line)) else {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("{line}: nobody plays this")));
        };
        let part = parts.remove(at);
        drop(parts);
        if let Some(error) = part.barred {
            return Err(io::Error::from_raw_os_error(error));
        }
        (part.does)(self.machine);
        let mut lines: Vec<String> = part.prints.lines().map(str::to_owned).collect();
        if let Output::File(log) = &spawn.output {
            self.machine.append(log, part.prints.as_bytes())?;
            lines.clear();
        }
        lines.reverse();
        let kept = if spawn.output == Output::Kept { part.prints.into_bytes() } else { Vec::new() };
        Ok(Box::new(Played { lines, kept, ended: Ended { code: part.code, signal: None }, looked: false }))
    }
}

struct Played {
    /// The next one last.
    lines: Vec<String>,
    kept: Vec<u8>,
    ended: Ended,
    /// Somebody has looked whether it is over: the first time it never is.
    looked: bool,
}

impl Child for Played {
    fn line(&mut self) -> Option<Line> {
        self.lines.pop().map(|text| Line { error: false, text })
    }

    fn id(&self) -> u32 {
        4712
    }

    fn poll(&mut self) -> io::Result<Option<Ended>> {
        let over = std::mem::replace(&mut self.looked, true);
        Ok(over.then_some(self.ended))
    }

    fn wait(&mut self) -> io::Result<Ended> {
        Ok(self.ended)
    }

    fn kept(&self) -> Vec<u8> {
        self.kept.clone()
    }

    fn stop(&mut self) {}
}
