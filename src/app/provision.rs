//! `provision`: writes files for the tools that people set machines up with already. What stands in them is
//! `crate::provision`'s business; here the versions are resolved, and nothing that is there is lost.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Session;
use super::manifest::RELEASES;
use super::survey::{self, VersionArgs};
use super::written::is_output;
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::facts::go::go_arch;
use crate::failure::{Code, Failure};
use crate::manifest::{Constraints, Knowledge, resolve};
use crate::path_style::PathStyle;
use crate::provision::{Filling, KINDS, Kind, LINUX, Program, files};
use crate::release::channel;
use crate::report::{Label, Page, Report, pad, width};
use crate::system::links;
use crate::text::Text;
use crate::{discreet, probe, typed};

/// A program of ours is read whole: a released one has 10 MB, one for debugging more.
const LARGEST: u64 = 1 << 30;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The kind's word.
    pub kind: Kind,
    /// Where the files go; `-` for standard output.
    pub to: PathBuf,
    /// Replaces files that are there and differ.
    pub force: bool,
    /// Which versions.
    pub versions: VersionArgs,
}

/// A file that is to stand somewhere.
struct Wanted {
    name: String,
    bytes: Vec<u8>,
    executable: bool,
}

/// What becomes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Same,
    Differs,
}

/// Writes the files of a kind.
pub fn provision(session: &Session, wishes: &Wishes) -> Result<Report, Failure> {
    let kind = wishes.kind;
    no_file(session, wishes)?;
    let channel = channel(session)?;
    let known = survey::in_use(session, session.look)?.known;
    let (constraints, arch) = constraints(session, &known, wishes)?;
    let target = resolve(&known.manifest, &constraints)?.target;
    let filling = Filling { target: &target, known: &known, arch: &arch, channel: channel.as_deref() };
    let all = files(kind, &filling);
    let wanted = |it: &crate::provision::File| Wanted {
        name: it.path.to_owned(),
        bytes: it.text.clone().into_bytes(),
        executable: it.executable,
    };
    let mut wanted: Vec<Wanted> = all.iter().map(wanted).collect();
    let mut report = Report::new("provision");
    report.target = Some(target.clone());
    report.more.insert("kind".into(), json!(kind.name));
    if is_output(&wishes.to) {
        return printed(report, kind, &wanted);
    }
    let caution = match kind.program {
        Program::OnController => Some(text!("provision-controller-program")),
        Program::InImage if channel.is_none() => Some(text!("provision-image-program")),
        Program::Beside if channel.is_none() && session.look.identity().os != kind.os => {
            Some(text!("provision-other-program", program = kind.program()))
        }
        Program::Beside | Program::InImage | Program::Nowhere => None,
    };
    if kind.program == Program::Beside && channel.is_none() && caution.is_none() {
        wanted.push(program(session, kind)?);
    }
    write(session, wishes, &wanted, &mut report)?;
    if let Some(text) = caution {
        report.page.hanging(Vec::new(), Label::Caution, &session.words.say(&text));
    }
    Ok(report)
}

/// `--to` names a directory. Of a file that is there, or of a name as the files of this kind have, one of that name would be made.
fn no_file(session: &Session, Wishes { kind, to, .. }: &Wishes) -> Result<(), Failure> {
    let stat = links::resolve(session.look, &session.typed(to)).into_here().map(|it| it.1.kind);
    let named = || kind.files.iter().any(|it| Path::new(it).file_name() == to.file_name());
    let is_file = stat.map_or_else(named, |it| it != crate::system::Kind::Dir);
    if is_output(to) || !is_file {
        return Ok(());
    }
    let dir = to.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let dir = typed::path(PathStyle::of(&session.look.identity().os), dir);
    let hint = text!("provision-to-file-hint", kind = kind.name, dir = dir);
    let message = text!("provision-to-file", path = to);
    Err(Failure::new(Code::UsageBadValue, message).hint(hint).at(to.clone(), None))
}

/// One file goes to standard output; several would be one text that no tool reads.
fn printed(mut report: Report, kind: Kind, wanted: &[Wanted]) -> Result<Report, Failure> {
    let [only] = wanted else {
        let message = text!("provision-several", kind = kind.name, files = kind.files.join(", "));
        return Err(Failure::new(Code::ProvisionSeveral, message).hint(text!("provision-several-hint")));
    };
    let text = String::from_utf8_lossy(&only.bytes).into_owned();
    let mut document = described(only, None);
    document["content"] = json!(text);
    report.more.insert("provisioned".into(), json!([document]));
    report.raw = Some(text);
    Ok(report)
}

/// The channel that files name: the one of the environment, as for the installers, else that of this build.
fn channel(session: &Session) -> Result<Option<String>, Failure> {
    let set = session.look.env().get("FYNE_SETUP_RELEASES").map(String::as_str);
    let Some(typed) = set.filter(|it| !it.is_empty()).or(RELEASES) else { return Ok(None) };
    let url = channel::url(typed)?.to_string();
    let url = url.trim_end_matches('/');
    // It stands between quotes of several languages: the characters that install.sh takes, without a login.
    if url.chars().all(|it| it.is_ascii_alphanumeric() || ":/._~%+-".contains(it)) {
        return Ok(Some(url.to_owned()));
    }
    let message = text!("release-bad-url", url = discreet::shown(typed), why = text!("provision-plain-url"));
    Err(Failure::new(Code::UsageUrl, message).hint(text!("provision-plain-url-hint")))
}

/// What decides the versions: the project and the wishes that are here, on a machine of that kind.
fn constraints(
    session: &Session,
    known: &Knowledge,
    wishes: &Wishes,
) -> Result<(Constraints, String), Failure> {
    let (look, os) = (session.look, wishes.kind.os);
    let project = survey::project(look, session.options.project.as_deref())?;
    let facts = probe::facts(look, &survey::places_if_any(look), project.as_deref(), &known.packages);
    let here = survey::constraints(&facts, &wishes.versions);
    let arch = match (os, look.identity().os.as_str()) {
        (one, other) if one == other => go_arch(facts.host.processor()).to_owned(),
        ("macos", _) => "arm64".to_owned(),
        _ => "amd64".to_owned(),
    };
    let named = if os == "macos" { "darwin" } else { os };
    let distro = if os == "linux" { format!("{} {}", LINUX.0, LINUX.1) } else { String::new() };
    let platform = format!("{named}/{arch}");
    Ok((Constraints { os: os.to_owned(), system: None, platform, distro, ..here }, arch))
}

/// The program that runs here, for the machines of the file.
fn program(session: &Session, kind: Kind) -> Result<Wanted, Failure> {
    let path = session.look.identity().executable;
    let bytes = whole(session, &path)?;
    Ok(Wanted { name: kind.program().to_owned(), bytes, executable: true })
}

fn whole(session: &Session, path: &Path) -> Result<Vec<u8>, DiskError> {
    let mut bytes = Vec::new();
    let file = session.doors.system.disk.open(path)?;
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| DiskError::new(path, &error))?;
    Ok(bytes)
}

/// First all is looked at, then all is written: where one may not be replaced, nothing is.
fn write(session: &Session, wishes: &Wishes, wanted: &[Wanted], report: &mut Report) -> Result<(), Failure> {
    let dir = session.typed(&wishes.to);
    let mut states = Vec::new();
    for file in wanted {
        states.push(state(session, &dir.join(&file.name), file)?);
    }
    let differ = wanted.iter().zip(&states).filter(|it| it.1.1 == State::Differs);
    let differ: Vec<String> = differ.map(|it| shown(&wishes.to, &it.0.name)).collect();
    if let Some(first) = differ.first().filter(|_| !wishes.force) {
        let message = text!("provision-differs", files = differ.join(", "));
        let failure = Failure::new(Code::ProvisionDiffers, message).hint(text!("provision-differs-hint"));
        return Err(failure.at(PathBuf::from(first), None));
    }
    let mut rows: Vec<(&str, String, Option<String>)> = Vec::new();
    let mut documents = Vec::new();
    for (file, (at, state)) in wanted.iter().zip(&states) {
        let kept = match state {
            State::Differs if !session.options.dry_run => Some(keep(session, at)?),
            _ => None,
        };
        if *state != State::Same && !session.options.dry_run {
            put(session, at, file, *state)?;
        }
        let word = word(*state, session.options.dry_run);
        let mut document = described(file, Some(word));
        document["path"] = json!(shown(&wishes.to, &file.name));
        document["kept"] = json!(kept);
        documents.push(document);
        rows.push((word, shown(&wishes.to, &file.name), kept));
    }
    let changed = !session.options.dry_run && states.iter().any(|it| it.1 != State::Same);
    report.more.insert("changed".into(), json!(changed));
    report.more.insert("provisioned".into(), documents.into());
    report.page.append(page(session, &rows));
    Ok(())
}

/// Where a file would be written, through links, and what stands there.
fn state(session: &Session, path: &Path, wanted: &Wanted) -> Result<(PathBuf, State), Failure> {
    let found = match links::resolve(session.look, path) {
        Fact::Here((at, _)) => at,
        Fact::Absent => return Ok((path.to_owned(), State::New)),
        Fact::Unknown(why) => return Err(DiskError::because(path, why).into()),
    };
    let same = whole(session, &found)? == wanted.bytes;
    Ok((found, if same { State::Same } else { State::Differs }))
}

/// Keeps what is there under a name that nothing has yet.
fn keep(session: &Session, at: &Path) -> Result<String, Failure> {
    let numbered = |number: u32| {
        let mut name = at.as_os_str().to_owned();
        name.push(if number == 1 { ".bak".to_owned() } else { format!(".bak{number}") });
        PathBuf::from(name)
    };
    let free = |it: &PathBuf| session.look.stat(it).is_absent();
    let Some(kept) = (1..1000).map(numbered).find(free) else {
        return Err(DiskError::because(at, text!("provision-no-name")).into());
    };
    session.doors.system.disk.copy(at, &kept)?;
    Ok(kept.display().to_string())
}

fn put(session: &Session, at: &Path, file: &Wanted, state: State) -> Result<(), Failure> {
    let disk = session.doors.system.disk;
    if let Some(dir) = at.parent() {
        disk.make_dir(dir, 0o755)?;
    }
    let mode = match (file.executable, state) {
        (true, _) => Some(0o755),
        (false, State::New) => Some(0o644),
        (false, _) => None,
    };
    Ok(disk.write(at, &file.bytes, mode)?)
}

/// A file as it was asked for: below the directory as it was typed.
fn shown(to: &Path, name: &str) -> String {
    let below = if to == Path::new(".") { PathBuf::from(name) } else { to.join(name) };
    below.display().to_string()
}

/// The state's word in documents.
const fn word(state: State, dry: bool) -> &'static str {
    match (state, dry) {
        (State::Same, _) => "unchanged",
        (_, true) => "pending",
        (State::New, _) => "written",
        (State::Differs, _) => "replaced",
    }
}

fn described(file: &Wanted, state: Option<&str>) -> Value {
    let digest = Digest::of(&file.bytes).to_string();
    json!({ "path": file.name, "sha256": digest, "bytes": file.bytes.len(), "state": state.unwrap_or("printed") })
}

fn page(session: &Session, rows: &[(&str, String, Option<String>)]) -> Page {
    let words = session.words;
    let mut page = Page::default();
    let said = |word: &str| words.say(&Text::new(format!("provision-{word}")));
    let column = rows.iter().map(|it| width(&said(it.0))).max().unwrap_or(0) + 2;
    for (word, path, kept) in rows {
        page.spans([(Label::Faint, pad(&said(word), column)), (Label::Plain, path.clone())]);
        if let Some(kept) = kept {
            let text = words.say(&text!("provision-kept", path = kept));
            page.hanging(vec![(Label::Plain, " ".repeat(column))], Label::Faint, &text);
        }
    }
    if let Some((_, first, _)) = rows.first() {
        page.gap();
        page.hanging(Vec::new(), Label::Plain, &words.say(&text!("provision-use", file = first)));
    }
    page
}

/// The kinds, each with its files.
pub fn list(session: &Session) -> Report {
    let words = session.words;
    let mut report = Report::new("provision");
    let column = KINDS.iter().map(|it| width(it.name)).max().unwrap_or(0) + 2;
    let mut documents = Vec::new();
    for kind in KINDS {
        let what = words.say(&Text::new(format!("provision-kind-{}", kind.name)));
        let files = kind.files.join(", ");
        let head = vec![(Label::Command, pad(kind.name, column))];
        report.page.hanging(head, Label::Plain, &what);
        report.page.hanging(vec![(Label::Plain, " ".repeat(column))], Label::Faint, &files);
        documents.push(json!({ "kind": kind.name, "what": what, "files": kind.files }));
    }
    report.more.insert("kinds".into(), documents.into());
    report
}
