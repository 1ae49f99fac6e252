//! `report`: one archive that a person sends with a bug. It is made of what `check`, `plan`, `history`, the logs and the
//! settings say here, without what belongs to a person (`clean`), and written to one new file; nothing is sent.
//!
//! A machine with a bug is a broken one: a part that cannot be made is named with its reason, and the others are there.
//! To add a part: a method in `parts`, and its `send-what-…` in `locales/*/report.ftl`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::Session;
use super::written::{directory, is_output};
use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::moment::Moment;
use crate::report::text::size;
use crate::report::{Label, Page, Report, Words};
use crate::system::links;

mod clean;
mod machine;
mod pack;
mod parts;
mod settings;

use pack::Parcel;

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// `--out`: the file to write, `-` for standard output; without it a new one in this directory.
    pub out: Option<PathBuf>,
    /// Standard output gets a JSON document.
    pub document: bool,
}

/// Collects, packs and writes.
pub fn report(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    let dry = session.options.dry_run;
    let printed = wishes.out.as_deref().is_some_and(is_output);
    if printed && !dry && (wishes.document || session.look.identity().terminal[1]) {
        let failure = Failure::new(Code::ReportOutput, text!("send-output"));
        return Err(failure.hint(text!("send-output-hint")));
    }
    let named = wishes.out.clone().unwrap_or_else(|| new_name(session));
    // What cannot be looked at is told by what the disk says when it is to be written.
    if !printed && session.look.stat(&session.typed(&named)).is_here() {
        return Err(taken(&named));
    }
    if !printed {
        let at = links::real_path(session.look, &session.typed(&named));
        directory(session.look, &named, &at, Code::ReportWrite)?;
    }
    let parcel = parts::gather(session);
    let archive = pack::archive(&parcel, session.words).map_err(|error| DiskError::new(&named, &error))?;
    let mut report = Report::new("report");
    if !dry && !printed {
        write(session, &named, &archive)?;
    }
    let file = (!dry && !printed).then_some(named.as_path());
    report.more.insert("archive".into(), document(&parcel, session.words, file, archive.len()));
    let bytes = sized(archive.len());
    let head = match (dry, printed) {
        (true, _) => text!("send-dry", file = &named, size = bytes),
        (false, true) => text!("send-printed", size = bytes),
        (false, false) => text!("send-written", file = &named, size = bytes),
    };
    if printed && !dry {
        session.audience.say(&head);
        session.audience.say(&text!("send-look"));
        report.bytes = Some(archive);
        return Ok(report);
    }
    report.page.hanging(Vec::new(), Label::Plain, &session.words.say(&head));
    report.page.gap();
    report.page.append(listed(&parcel, session));
    report.page.gap();
    report.page.hanging(Vec::new(), Label::Faint, &session.words.key("send-look"));
    Ok(report)
}

/// A name by the time alone: the name of a machine belongs to a person. In one second there may be several.
fn new_name(session: &Session) -> PathBuf {
    let time = Moment(session.look.now()).to_string().replace(['-', ':'], "");
    let name = |end: &str| PathBuf::from(format!("fyne-setup-report-{time}{end}.tar.gz"));
    let free = |it: &PathBuf| session.look.stat(&session.typed(it)).is_absent();
    ["", "-2", "-3", "-4"].into_iter().map(name).find(free).unwrap_or_else(|| name(""))
}

fn taken(file: &Path) -> Failure {
    let failure = Failure::new(Code::ReportThere, text!("bundle-file-there", file = file));
    failure.hint(text!("bundle-file-there-hint")).at(file, None)
}

/// A new file, whole or not at all: its name is taken first, which nobody else can have done then, and the whole replaces it.
fn write(session: &Session, named: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let (disk, at) = (session.doors.system.disk, session.typed(named));
    match disk.create(&at, 0o600) {
        Ok(file) => drop(file),
        Err(error) if error.kind == std::io::ErrorKind::AlreadyExists => return Err(taken(named)),
        Err(error) => return Err(unwritten(error)),
    }
    disk.write(&at, bytes, Some(0o600)).map_err(|error| {
        // An empty file would be taken for a report. A disk that is full may still take a name away.
        let _ = disk.remove(&at);
        unwritten(error)
    })
}

/// Another place is better than this one, unless it is the disk that is full.
fn unwritten(error: DiskError) -> Failure {
    let full = error.kind == std::io::ErrorKind::StorageFull;
    let failure = Failure::from(error);
    if full { failure } else { failure.hint(text!("send-elsewhere")) }
}

/// The size of a part, which no part is without.
fn sized(bytes: usize) -> String {
    size((bytes as u64).max(1000))
}

/// What is in it and what is not, for people.
fn listed(parcel: &Parcel, session: &Session) -> Page {
    let mut page = Page::default();
    for part in &parcel.parts {
        let head = format!("  {} ({}) ", part.name, sized(part.bytes.len()));
        page.hanging(vec![(Label::Plain, head)], Label::Faint, &session.words.say(&part.what));
    }
    for it in &parcel.missing {
        let head = format!("  {}: ", it.name);
        page.hanging(vec![(Label::Caution, head)], Label::Faint, &session.words.say(&it.why));
    }
    page
}

/// The same for programs.
fn document(parcel: &Parcel, words: &Words, file: Option<&Path>, bytes: usize) -> serde_json::Value {
    let members = parcel.parts.iter().map(|it| json!({ "name": it.name, "bytes": it.bytes.len() }));
    let missing = parcel.missing.iter().map(|it| json!({ "name": it.name, "why": words.say(&it.why) }));
    json!({
        "file": file.map(|it| it.to_string_lossy()),
        "bytes": bytes,
        "members": members.collect::<Vec<_>>(),
        "missing": missing.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
