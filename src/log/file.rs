//! The file of a log: where it lies, when it is made, how many are kept. Reading commands and runs with nothing to do leave
//! none: it is made when a run opens, or when a command fails.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Log;
use crate::failure::{Exit, Failure};
use crate::gather::Order as _;
use crate::moment::Moment;
use crate::system::own::stat_fault;
use crate::system::{Disk, Look, System};

/// How many files are kept, the newest.
const FILES: usize = 20;

/// The file that a command may come to write.
pub struct LogFile<'a> {
    log: Log,
    look: &'a dyn Look,
    disk: &'a dyn Disk,
    /// Where logs lie; nowhere, where nobody knows.
    dir: Option<PathBuf>,
    /// What was typed.
    argv: &'a [String],
    /// Once it was tried: the file, if it could be made.
    made: OnceLock<Option<PathBuf>>,
}

impl<'a> LogFile<'a> {
    /// Nothing is written yet. The doors are those without the log, or each line would bring forth another.
    pub fn new(log: &Log, system: System<'a>, dir: Option<PathBuf>, argv: &'a [String]) -> Self {
        let System { look, disk, .. } = system;
        Self { log: log.clone(), look, disk, dir, argv, made: OnceLock::new() }
    }

    /// A run opens, or a command that has none failed: from here on there is a file, named by the time and this. Only the
    /// first call counts.
    pub fn open(&self, run: &str) {
        self.made.get_or_init(|| {
            let file = self.dir.as_deref().filter(|_| self.is_ours()).and_then(|it| self.make(it, run));
            if file.is_none() {
                self.log.silence();
            }
            file
        });
    }

    /// The last line. Gives the file, if there is one that can be read.
    pub fn finish(&self, command: &str, exit: Exit, failure: Option<&Failure>) -> Option<PathBuf> {
        match failure {
            Some(it) => self.log.note(&format!("exit {}: {it}", exit as u8)),
            None => self.log.note(&format!("exit {}", exit as u8)),
        }
        if exit as u8 >= Exit::Failed as u8 {
            self.open(command);
        }
        // `uninstall` takes it away with the rest of the cache.
        self.made.get().cloned().flatten().filter(|it| self.look.stat(it).is_here())
    }

    /// Under sudo, in a home that is somebody else's, a directory of root's would be in the way of its owner's next run.
    fn is_ours(&self) -> bool {
        let uid = self.look.identity().uid;
        // The directory, and the root that it lies in.
        let mut own = self.dir.iter().flat_map(|it| it.ancestors().take(2));
        if own.any(|it| self.look.stat(it).into_here().is_some_and(|it| stat_fault(&it, uid).is_some())) {
            return false;
        }
        let near =
            self.dir.iter().flat_map(|it| it.ancestors()).find_map(|it| self.look.stat(it).into_here());
        uid != 0 || !self.look.env().contains_key("SUDO_USER") || near.is_none_or(|it| it.uid == uid)
    }

    fn make(&self, dir: &Path, run: &str) -> Option<PathBuf> {
        self.disk.make_dir(dir, 0o700).ok()?;
        self.prune(dir);
        let time = Moment(self.look.now()).to_string().replace(['-', ':'], "");
        let (path, mut file) = self.create(dir, &format!("{time}-{run}"))?;
        let identity = self.look.identity();
        let version = env!("CARGO_PKG_VERSION");
        let (os, arch) = (&identity.os, &identity.arch);
        let typed = self.argv.get(1..).unwrap_or_default();
        let typed = self.log.inner.redactor.text(&self.log.command("fyne-setup".as_ref(), typed));
        let head = format!(
            "fyne-setup {version} on {os} {arch}, {}, {run}\n$ {}\n",
            Moment(self.look.now()),
            super::harmless(&typed)
        );
        if file.write_all(head.as_bytes()).is_ok() && self.log.pour(file) {
            return Some(path);
        }
        // A disk that is full may still take a name away.
        let _ = self.disk.remove(&path);
        None
    }

    /// A new file; two failures in one second have names of their own.
    fn create(&self, dir: &Path, name: &str) -> Option<(PathBuf, Box<dyn Write + Send>)> {
        for suffix in ["", "-2", "-3", "-4", "-5"] {
            let path = dir.join(format!("{name}{suffix}.log"));
            match self.disk.create(&path, 0o600) {
                Ok(file) => return Some((path, file)),
                Err(error) if error.kind == io::ErrorKind::AlreadyExists => {}
                Err(_) => return None,
            }
        }
        None
    }

    /// Removes the oldest, so that with the one that comes there are no more than are kept.
    fn prune(&self, dir: &Path) {
        let ours =
            |it: &String| it.len() > 21 && it.as_bytes()[8] == b'T' && it.strip_suffix(".log").is_some();
        let mut names = self.look.list(dir).into_here().unwrap_or_default();
        names.retain(ours);
        let kept = kept(self.look, dir, &names, FILES - 1);
        for name in names.iter().filter(|it| !kept.contains(it)) {
            // One that cannot be removed is one too many, no more.
            let _ = self.disk.remove(&dir.join(name));
        }
    }
}

/// The most bytes of a log that are read for its command.
const HEAD: usize = 4096;

/// Which of these logs are worth keeping, oldest first: the newest of each command, since many small failures say less than
/// the one installation before them, and then the newest of all.
pub fn kept(look: &dyn Look, dir: &Path, names: &[String], most: usize) -> Vec<String> {
    let mut newest: Vec<&String> = names.iter().collect();
    // They begin with the time.
    newest.order_by(|a, b| b.cmp(a));
    if newest.len() > most {
        let mut seen: Vec<String> = Vec::new();
        let (first, rest): (Vec<&String>, Vec<&String>) = newest.into_iter().partition(|name| {
            let command = command(look, &dir.join(name));
            let new = !seen.contains(&command);
            if new {
                seen.push(command);
            }
            new
        });
        newest = first.into_iter().chain(rest).take(most).collect();
        newest.order_by(|a, b| b.cmp(a));
    }
    newest.into_iter().rev().cloned().collect()
}

/// The command that a log is of, by its second line; nothing where it has none.
fn command(look: &dyn Look, path: &Path) -> String {
    let head = look.read_at(path, 0, HEAD).into_here().unwrap_or_default();
    let text = String::from_utf8_lossy(&head).into_owned();
    let typed = text.lines().nth(1).and_then(|it| it.strip_prefix("$ fyne-setup ")).unwrap_or_default();
    typed.split(' ').find(|it| !it.starts_with('-')).unwrap_or_default().to_owned()
}
