//! `fleet report`: what the reports of many hosts say together. It reads files and standard input, a piece at a time, and
//! changes nothing but the page that it is told to write.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Session, written};
use crate::fact::Fact;
use crate::failure::{Code, Exit, Failure};
use crate::fleet::{Fleet, Piece, Splitter};
use crate::path_style::PathStyle;
use crate::report::fleet::{json, page, unread};
use crate::report::{Report, html};
use crate::system::{Kind, links};
use crate::text::Text;
use crate::version::Version;

/// How many bytes are read at once.
const PIECE: usize = 1024 * 1024;

/// Reports that could not be read that an error names; a document names all.
const NAMED: usize = 20;

/// How the files of a directory end that are read.
const ENDS: [&str; 3] = [".json", ".jsonl", ".ndjson"];

/// What was asked for.
pub struct Wishes {
    /// Directories, files, `-`.
    pub from: Vec<PathBuf>,
    /// What `-` reads.
    pub input: Box<dyn Read>,
    /// `--html`.
    pub html: Option<PathBuf>,
    /// Every host is named.
    pub verbose: bool,
}

/// Reads all reports and says what they say.
pub fn report(session: &Session, mut wishes: Wishes) -> Result<Report, Failure> {
    written::ready(session.look, &[&wishes.html])?;
    let ours: Version = env!("CARGO_PKG_VERSION").parse().expect("our own version");
    let mut reading = Reading { session, fleet: Fleet::default(), splitter: Splitter::default(), ours };
    for path in &wishes.from {
        if path == Path::new("-") { reading.input(&mut *wishes.input) } else { reading.path(path) }
    }
    let mut fleet = reading.fleet;
    fleet.finish();
    let nowhere = |it: &PathBuf| it != Path::new("-") && session.look.stat(&session.typed(it)).is_absent();
    if fleet.hosts.is_empty() && (fleet.unread.is_empty() || wishes.from.iter().all(nowhere)) {
        let all: Vec<_> = wishes.from.iter().map(|it| shown(it)).collect();
        let none = Failure::new(Code::FleetNone, text!("fleet-none", places = all.join(", ")));
        return Err(none.hint(text!("fleet-none-hint")));
    }
    let words = session.words;
    let mut report = Report::new("fleet");
    report.exit = if fleet.healthy() < fleet.hosts.len() { Exit::Problems } else { Exit::Done };
    let troubles = fleet.troubles();
    report.page = page(&fleet, &troubles, words, wishes.verbose);
    report.more.insert("fleet".into(), json(&fleet, &troubles, words));
    if let Some(path) = &wishes.html {
        let text = html::fleet::page(&fleet, &troubles, words);
        written::write(session, path, &text, &mut report)?;
    }
    if let Some(first) = fleet.unread.first() {
        let failure = Failure::new(Code::FleetUnread, text!("fleet-unread", count = fleet.unread.len()));
        let mut failure = failure.at(first.place.file.to_string(), first.place.line);
        failure.also = fleet.unread.iter().take(NAMED).map(unread).collect();
        let more = fleet.unread.len().saturating_sub(NAMED);
        failure.also.extend((more > 0).then(|| text!("fleet-more", count = more)));
        report.exit = failure.exit;
        report.failure = Some(failure.hint(text!("fleet-unread-hint")));
    }
    Ok(report)
}

fn shown(path: &Path) -> String {
    PathStyle::of_path(path).shown(path)
}

/// What was read so far.
struct Reading<'a> {
    session: &'a Session<'a>,
    fleet: Fleet,
    splitter: Splitter,
    ours: Version,
}

impl Reading<'_> {
    /// A file, or those of a directory.
    fn path(&mut self, path: &Path) {
        let look = self.session.look;
        let at = self.session.typed(path);
        match links::resolve(look, &at) {
            Fact::Here((_, stat)) if stat.kind == Kind::File => self.file(path, &at),
            Fact::Here((_, stat)) if stat.kind == Kind::Dir => match look.list(&at) {
                Fact::Here(names) => {
                    let wanted =
                        |it: &&String| !it.starts_with('.') && ENDS.iter().any(|end| it.ends_with(end));
                    for name in names.iter().filter(wanted) {
                        // A directory, or a pipe that would let us wait for ever, is none of the reports.
                        let is_file = |it: &(PathBuf, crate::system::Stat)| it.1.kind == Kind::File;
                        if links::resolve(look, &at.join(name)).here().is_some_and(is_file) {
                            self.file(&path.join(name), &at.join(name));
                        }
                    }
                }
                Fact::Absent => self.refuse(path, text!("fleet-no-file")),
                Fact::Unknown(why) => self.refuse(path, Text::new("manifest-why").with("why", why)),
            },
            Fact::Here(_) => self.refuse(path, text!("fleet-special")),
            Fact::Absent => self.refuse(path, text!("fleet-no-file")),
            Fact::Unknown(why) => self.refuse(path, Text::new("manifest-why").with("why", why)),
        }
    }

    fn refuse(&mut self, path: &Path, why: Text) {
        self.fleet.refuse(&shown(path), None, why);
    }

    fn file(&mut self, path: &Path, at: &Path) {
        let name = shown(path);
        let stem = path.file_stem().map(|it| it.to_string_lossy().into_owned());
        let mut offset = 0;
        loop {
            match self.session.look.read_at(at, offset, PIECE) {
                Fact::Here(bytes) => {
                    self.feed(&name, stem.as_deref(), &bytes);
                    offset += bytes.len() as u64;
                    if bytes.len() < PIECE {
                        break;
                    }
                }
                Fact::Absent => return self.refuse(path, text!("fleet-no-file")),
                Fact::Unknown(why) => {
                    self.splitter = Splitter::default();
                    return self.refuse(path, Text::new("manifest-why").with("why", why));
                }
            }
        }
        if offset == 0 {
            return self.refuse(path, text!("fleet-empty"));
        }
        self.end(&name, stem.as_deref());
    }

    fn input(&mut self, input: &mut dyn Read) {
        let mut bytes = vec![0; PIECE];
        loop {
            match input.read(&mut bytes) {
                Ok(0) => break,
                Ok(count) => self.feed("-", None, &bytes[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.refuse(Path::new("-"), text!("manifest-why", why = error.to_string()));
                    break;
                }
            }
        }
        self.end("-", None);
    }

    fn feed(&mut self, name: &str, stem: Option<&str>, bytes: &[u8]) {
        let Self { fleet, splitter, ours, .. } = self;
        splitter.feed(bytes, &mut |it: &Piece| fleet.take(name, it, stem, ours));
    }

    fn end(&mut self, name: &str, stem: Option<&str>) {
        let Self { fleet, splitter, ours, .. } = self;
        splitter.finish(&mut |it: &Piece| fleet.take(name, it, stem, ours));
    }
}
