//! `config.toml`: where it is, whether it is believed, what it says; and `config init|show|path`. How a value is read is the
//! command line's, since a key is the name of a flag.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::survey::{self, places_if_any};
use super::{Session, lockfile, rightful};
use crate::config::{self, Config, KEYS, Key, Kind};
use crate::discreet;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::fetch::sources::Mirrors;
use crate::manifest::{Constraints, Knowledge, resolve};
use crate::places::Places;
use crate::report::{Label, Page, Report, Words, pad, width};
use crate::system::Look;
use crate::system::net::GAP;
use crate::system::own::stat_fault;
use crate::text::Text;
use crate::want::Target;

/// The file as a command finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where it is, or would be.
    pub file: PathBuf,
    /// Whether it is there.
    pub there: bool,
    /// Why it is not obeyed: it is not ours alone.
    pub foreign: Option<Text>,
    /// What it says; nothing where it is not obeyed.
    pub config: Config,
}

/// Looks for the file, and reads it where it is ours alone.
///
/// # Errors
/// A code of the family `config`: one that does not read is obeyed in no part.
pub fn find(look: &dyn Look) -> Result<Found, Failure> {
    let file = places_if_any(look).config_file();
    let unread = |why: crate::fact::Why| config::unread(&file, &text!("manifest-why").with("why", why));
    let stat = match look.stat(&file) {
        Fact::Here(stat) => stat,
        Fact::Absent => return Ok(Found { file, ..Found::default() }),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    // Whoever else may write it would choose for us where everything comes from.
    if let Some(why) = stat_fault(&stat, look.identity().uid) {
        return Ok(Found { foreign: Some(why), there: true, file, ..Found::default() });
    }
    let config = match look.read_text(&file) {
        Fact::Here(bytes) => config::read(&bytes, &file)?,
        Fact::Absent => Config::default(),
        Fact::Unknown(why) => return Err(unread(why)),
    };
    Ok(Found { there: true, config, file, foreign: None })
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// A variable.
    Variable,
    /// This line of the file.
    File(u32),
    /// The lock file of the project.
    Lock,
    /// The `go.mod` of the project.
    Project,
    /// Nobody says anything.
    Default,
}

/// A key, what holds, and whose word that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: &'static Key,
    /// What holds; nothing where that follows from the machine or the manifest.
    pub values: Vec<String>,
    /// Whose word that is.
    pub origin: Origin,
}

/// Whether a key of the file holds here: what a project says itself holds there.
pub fn holds(key: &Key, in_project: bool, places: &Places) -> bool {
    // For all users, Go goes where everybody finds it.
    let elsewhere = key.name == "prefix" && places.are_for_all();
    !(elsewhere || key.is_the_projects() && in_project)
}

/// Prints where the file is.
pub fn path(session: &Session) -> Result<Report, Failure> {
    let file = session.places()?.config_file();
    let there = !session.look.stat(&file).is_absent();
    let mut report = Report::new("config");
    report.more.insert("config".into(), json!({ "file": shown(&file), "exists": there }));
    // A path alone on its line, for `$(fyne-setup config path)`.
    report.page.line(Label::Plain, shown(&file));
    Ok(report)
}

/// Writes a file that sets nothing and names everything.
pub fn init(session: &Session) -> Result<Report, Failure> {
    rightful(session, false, "config init")?;
    let places = session.places()?;
    let file = places.config_file();
    if session.look.stat(&file).is_here() {
        let failure = Failure::new(Code::ConfigThere, text!("config-there", file = &file));
        return Err(failure.hint(text!("config-there-hint")).at(&file, None));
    }
    let text = template(session.words);
    let mut report = Report::new("config");
    let wrote = !session.options.dry_run;
    if wrote {
        write(session, &file, &text)?;
    }
    let say = if wrote { text!("config-written", file = &file) } else { text!("config-would", file = &file) };
    report.page.hanging(vec![], Label::Plain, &session.words.say(&say));
    report.more.insert("config".into(), json!({ "file": shown(&file), "exists": wrote }));
    report.more.insert("changed".into(), json!(wrote));
    Ok(report)
}

/// Writes one of the files of this directory, in one step.
pub(super) fn write(session: &Session, file: &Path, text: &str) -> Result<(), Failure> {
    let places = session.places()?;
    let disk = session.doors.system.disk;
    disk.make_dir(&places.config, places.mode())?;
    disk.write(file, text.as_bytes(), Some(places.mode() & 0o644))?;
    Ok(())
}

/// The text of a new file: every key with what it is for, behind a `#`.
fn template(words: &Words) -> String {
    let comment = |text: &str| text.lines().map(|it| format!("# {it}\n")).collect::<String>();
    let head = comment(&words.key("config-head"));
    let key = |it: &Key| {
        let what = comment(&words.say(&Text::new(format!("config-key-{}", it.name))));
        format!("\n{what}#{} = {}\n", it.name, it.example)
    };
    head + &KEYS.iter().map(key).collect::<String>()
}

/// Prints every key with what holds, and whose word that is.
pub fn show(session: &Session, found: &Found, mut settings: Vec<Setting>) -> Result<Report, Failure> {
    let project = survey::project(session.look, session.options.project.as_deref())?;
    if let Some(dir) = &project {
        let lock = lockfile::read(session.look, dir).ok().flatten();
        let own = settings.iter_mut().filter(|it| it.key.is_the_projects());
        for it in own.filter(|it| !matches!(it.origin, Origin::Flag | Origin::Variable)) {
            let locked = lock.as_ref().map(|lock| match it.key.name {
                "go" => lock.lock.go.to_string(),
                _ => lock.lock.fyne.to_string(),
            });
            it.origin = if locked.is_some() { Origin::Lock } else { Origin::Project };
            it.values = locked.into_iter().collect();
        }
    }
    let mut report = Report::new("config");
    let built_in = BuiltIn::of(session);
    report.page = page(session.words, found, &settings, &built_in);
    let at = json!({ "file": shown(&found.file), "exists": found.there, "obeyed": found.foreign.is_none() });
    report.more.insert("config".into(), at);
    let all: Vec<Value> = settings.iter().map(|it| document(it, &found.file)).collect();
    report.more.insert("settings".into(), json!(all));
    Ok(report)
}

/// What holds where nobody says anything, for people.
struct BuiltIn {
    target: Option<Target>,
    mirrors: Mirrors,
    go_root: Option<PathBuf>,
}

impl BuiltIn {
    /// By the manifest in use; one that cannot be read is told by the commands that need it.
    fn of(session: &Session) -> Self {
        let known = survey::in_use(session, session.look).map(|it| it.known);
        let Knowledge { manifest, mirrors, .. } = known.unwrap_or_else(|_| Knowledge::embedded());
        let target = resolve(&manifest, &Constraints::default()).ok().map(|it| it.target);
        let go_root = session.places().ok().and_then(|it| it.go_root("0").parent().map(Path::to_owned));
        Self { target, mirrors, go_root }
    }

    /// The value of a key, and whose word it is.
    fn value(&self, key: &Key, words: &Words) -> Option<(String, Text)> {
        let target = self.target.as_ref();
        let said = |value: Option<String>, origin: Text| value.map(|it| (it, origin));
        match key.name {
            "lang" => said(Some(words.lang().tag().to_owned()), text!("config-from-locale")),
            "timeout" => said(Some(GAP.as_secs().to_string()), text!("config-from-default")),
            "manifest" => said(Some(words.key("config-value-manifest")), text!("config-from-default")),
            "go" => said(target.map(|it| it.go.to_string()), text!("config-from-manifest")),
            "fyne" => said(target.map(|it| it.fyne.to_string()), text!("config-from-manifest")),
            "goproxy" => said(Some(words.key("guide-source-set")), text!("config-from-go")),
            "go-mirror" => {
                let all = self.mirrors.archives.iter().map(|it| it.url.to_string());
                let all = all.collect::<Vec<_>>().join(", ");
                said(Some(all).filter(|it| !it.is_empty()), text!("config-from-manifest"))
            }
            "prefix" => said(self.go_root.as_deref().map(shown), text!("config-from-default")),
            _ => None,
        }
    }
}

fn page(words: &Words, found: &Found, settings: &[Setting], built_in: &BuiltIn) -> Page {
    let mut page = Page::default();
    let key = if found.there { "config-file" } else { "config-no-file" };
    page.hanging(vec![], Label::Heading, &words.say(&Text::new(key).with("file", &found.file)));
    page.gap();
    // Outside a project nobody says less than the default.
    let silent = |it: &Setting| it.values.is_empty() && it.origin == Origin::Default;
    let value = |it: &Setting| match it.values.as_slice() {
        [] if silent(it) => {
            let none = || ("—".to_owned(), origin(it));
            built_in.value(it.key, words).unwrap_or_else(none)
        }
        [] => ("—".to_owned(), origin(it)),
        all => (all.iter().map(|it| discreet::shown(it)).collect::<Vec<_>>().join(", "), origin(it)),
    };
    let (values, origins): (Vec<String>, Vec<Text>) = settings.iter().map(value).unzip();
    let names = settings.iter().map(|it| width(it.key.name)).max().unwrap_or(0) + 2;
    let column = values.iter().map(|it| width(it)).filter(|it| *it <= 30).max().unwrap_or(0) + 2;
    for ((it, value), origin) in settings.iter().zip(values).zip(origins) {
        let name = (Label::Plain, format!("  {}", pad(it.key.name, names)));
        let label = if it.origin == Origin::Default { Label::Faint } else { Label::Command };
        // A long value has its origin right behind it.
        let head = vec![name, (label, pad(&format!("{value}  "), column))];
        page.hanging(head, Label::Faint, &words.say(&origin));
    }
    page
}

fn origin(it: &Setting) -> Text {
    match it.origin {
        Origin::Flag => text!("config-from-flag", flag = format!("--{}", it.key.name)),
        Origin::Variable => text!("config-from-variable", variable = it.key.variable()),
        Origin::File(line) => text!("config-from-file", line = line),
        Origin::Lock => text!("config-from-lock"),
        Origin::Project => text!("config-from-project"),
        Origin::Default => text!("config-from-default"),
    }
}

fn document(it: &Setting, file: &Path) -> Value {
    let word = |value: &String| match it.key.kind {
        Kind::Flag => json!(value == "true"),
        Kind::Number => value.parse::<i64>().map_or(Value::Null, Value::from),
        Kind::Word | Kind::List => json!(value),
    };
    let value = match it.key.kind {
        Kind::List if !it.values.is_empty() => it.values.iter().map(word).collect(),
        _ => it.values.first().map_or(Value::Null, word),
    };
    let (origin, line) = match it.origin {
        Origin::Flag => ("flag", None),
        Origin::Variable => ("variable", None),
        Origin::File(line) => ("config", Some(line)),
        Origin::Lock => ("lock", None),
        Origin::Project => ("project", None),
        Origin::Default => ("default", None),
    };
    let file = line.map(|_| shown(file));
    json!({ "key": it.key.name, "value": value, "origin": origin, "variable": it.key.variable(), "file": file, "line": line })
}

fn shown(path: &Path) -> String {
    crate::path_style::shown(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;
    use crate::report::Lang;
    use crate::system::fake::Machine;

    const FILE: &str = "/root/.config/fyne-setup/config.toml";

    #[test]
    fn a_file_is_obeyed_only_where_it_is_ours_alone() {
        for (owner, mode, obeyed) in
            [(0, 0o600, true), (0, 0o644, true), (0, 0o666, false), (1000, 0o600, false)]
        {
            let mut machine = Machine::linux();
            machine.files.insert(FILE.into(), (b"offline = true\n".to_vec(), mode));
            machine.owners.insert(FILE.into(), owner);
            let found = find(&machine).expect("it reads");
            assert_eq!(found.config.says_yes("offline"), obeyed, "{owner} {mode:o}");
            assert_eq!((found.foreign.is_none(), found.there), (obeyed, true));
        }
        let none = find(&Machine::linux().file("/root/x", "")).expect("nothing to read");
        assert_eq!((none.there, none.config, none.file), (false, Config::default(), FILE.into()));
        assert_eq!(
            find(&Machine::linux().file(FILE, "offlin = 1")).expect_err("a fault").code,
            Code::ConfigKey
        );
    }

    #[test]
    fn a_new_file_sets_nothing_names_every_key_and_reads_once_a_sign_is_taken_away() {
        for lang in Lang::ALL {
            let text = template(&Words::of(lang));
            assert_eq!(read(text.as_bytes(), Path::new("c")).expect("comments"), Config::default());
            let whole: String = text
                .lines()
                .map(|it| {
                    format!("{}\n", it.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(it))
                })
                .collect();
            let config = read(whole.as_bytes(), Path::new("c")).expect("the examples");
            assert_eq!(config.set.len(), KEYS.len());
            assert!(!text.contains("config-"), "a key stands for its text: {text}");
        }
    }

    #[test]
    fn what_a_project_says_itself_does_not_hold_in_one() {
        let (own, all) = (Places::linux(Path::new("/root"), |_| None), Places::system("linux"));
        let key = |name: &str| KEYS.iter().find(|it| it.name == name).expect("a key");
        for (name, in_project, places, held) in [
            ("go", true, &own, false),
            ("fyne", true, &own, false),
            ("go", false, &own, true),
            ("offline", true, &own, true),
            ("prefix", false, &own, true),
            ("prefix", false, &all, false),
        ] {
            assert_eq!(holds(key(name), in_project, places), held, "{name}");
        }
    }
}
