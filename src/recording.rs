//! `Recorder`: a `Look` that keeps every question with its answer, keyed by the question and never by its order; and
//! `Recording`, the kept answers as files. What leaves it is redacted (`redact`). A bug report is a fixture.
//!
//! It keeps what was asked and nothing else: a replay that asks more gets "not recorded".

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::system::{Answer, Ask, Endpoint, Environment, Identity, Look, Space, Stat, TreeSummary};
use crate::digest::Digest;
use crate::fact::Fact;

mod answers;
pub mod redact;
pub mod replay;

use crate::recording::redact::Redactor;
use crate::text::Text;

/// The schema of the recordings that this program writes.
pub const SCHEMA: u32 = 1;

/// The file that names all others.
pub const INDEX: &str = "recording.json";

/// A longer answer, or one that is no text, gets a file of its own.
const INLINE: usize = 4096;

/// Every question that was asked of a machine, with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Version of the program that recorded.
    pub program: String,
    /// Seconds since 1970.
    pub now: u64,
    /// The process and its kernel.
    pub identity: Identity,
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// Files.
    pub read: BTreeMap<PathBuf, Fact<Vec<u8>>>,
    /// Directories.
    pub list: BTreeMap<PathBuf, Fact<Vec<String>>>,
    /// What stands at paths.
    pub stat: BTreeMap<PathBuf, Fact<Stat>>,
    /// Trees from outside.
    pub signs: BTreeMap<PathBuf, Fact<TreeSummary>>,
    /// File systems.
    pub space: BTreeMap<PathBuf, Fact<Space>>,
    /// Programs, by [`run_key`].
    pub run: BTreeMap<String, (Ask, Fact<Answer>)>,
    /// Sockets: what was sent where.
    pub connect: BTreeMap<(Endpoint, Vec<u8>), Fact<Vec<u8>>>,
}

/// Two questions to programs are the same when this is: the time limit, and variables that no check knows, are no
/// part of it.
pub fn run_key(ask: &Ask) -> String {
    let mut ask = ask.clone();
    ask.limit_ms = 0;
    ask.env.retain(redact::is_known);
    serde_json::to_string(&ask).unwrap_or_default()
}

/// How a part of a file stands among the files: `/usr/bin/fyne#64+128` is 128 bytes from the 64th on.
pub fn part_key(path: &Path, offset: u64, length: usize) -> PathBuf {
    let mut key = path.as_os_str().to_owned();
    key.push(format!("#{offset}+{length}"));
    key.into()
}

/// A `Look` that keeps what it sees.
pub struct Recorder<'a> {
    look: &'a dyn Look,
    kept: Mutex<Recording>,
}

impl<'a> Recorder<'a> {
    /// Looks through `look`.
    pub fn new(look: &'a dyn Look) -> Self {
        Self { look, kept: Mutex::default() }
    }

    /// Everything that was asked so far, redacted.
    pub fn finish(self) -> Recording {
        let mut kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        env!("CARGO_PKG_VERSION").clone_into(&mut kept.program);
        kept.now = self.look.now();
        kept.identity = self.look.identity();
        kept.env.clone_from(self.look.env());
        Redactor::of(&kept, self.look).recording(kept)
    }

    fn keep(&self, keep: impl FnOnce(&mut Recording)) {
        keep(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Look for Recorder<'_> {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        let answer = self.look.read(path);
        self.keep(|it| drop(it.read.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn read_text(&self, path: &Path) -> Fact<Vec<u8>> {
        let answer = self.look.read_text(path);
        self.keep(|it| drop(it.read.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        let answer = self.look.read_at(path, offset, length);
        self.keep(|it| drop(it.read.insert(part_key(path, offset, length), answer.clone())));
        answer
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        let answer = self.look.list(path);
        self.keep(|it| drop(it.list.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        let answer = self.look.stat(path);
        self.keep(|it| drop(it.stat.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        let answer = self.look.tree_summary(dir);
        self.keep(|it| drop(it.signs.insert(dir.to_owned(), answer.clone())));
        answer
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        let answer = self.look.space(path);
        self.keep(|it| drop(it.space.insert(path.to_owned(), answer.clone())));
        answer
    }

    fn env(&self) -> &BTreeMap<String, String> {
        self.look.env()
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let answer = self.look.run(ask);
        self.keep(|it| drop(it.run.insert(run_key(ask), (ask.clone(), answer.clone()))));
        answer
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        let answer = self.look.connect(to, send, limit);
        self.keep(|it| drop(it.connect.insert((to.clone(), send.to_vec()), answer.clone())));
        answer
    }

    fn now(&self) -> u64 {
        self.look.now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.look.monotonic_ms()
    }

    fn wait(&self, time: Duration) {
        self.look.wait(time);
    }

    fn identity(&self) -> Identity {
        self.look.identity()
    }
}

/// Bytes as they stand in the index: short text as it is, everything else in a file named by its digest.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Bytes {
    Text(String),
    File(String),
}

/// The index, as it is written.
#[derive(Serialize, Deserialize)]
struct Index {
    schema: u32,
    program: String,
    now: u64,
    identity: Identity,
    env: BTreeMap<String, String>,
    read: BTreeMap<PathBuf, Fact<Bytes>>,
    list: BTreeMap<PathBuf, Fact<Vec<String>>>,
    stat: BTreeMap<PathBuf, Fact<Stat>>,
    #[serde(default)]
    signs: BTreeMap<PathBuf, Fact<TreeSummary>>,
    space: BTreeMap<PathBuf, Fact<Space>>,
    run: Vec<Run>,
    connect: Vec<Connect>,
}

#[derive(Serialize, Deserialize)]
struct Run {
    program: PathBuf,
    args: Vec<String>,
    env: BTreeMap<String, String>,
    input: Bytes,
    files: Vec<(String, Bytes)>,
    dir: PathBuf,
    answer: Fact<Told>,
}

#[derive(Serialize, Deserialize)]
struct Told {
    code: Option<i32>,
    stdout: Bytes,
    stderr: Bytes,
    timed_out: bool,
}

#[derive(Serialize, Deserialize)]
struct Connect {
    to: Endpoint,
    send: Bytes,
    answer: Fact<Bytes>,
}

impl Recording {
    /// The files of a recording: names relative to its directory, and contents. The index comes last.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut put = |bytes: &[u8]| match std::str::from_utf8(bytes) {
            Ok(text) if text.len() <= INLINE => Bytes::Text(text.to_owned()),
            _ => {
                let name = answers::name(&Digest::of(bytes));
                files.insert(name.clone(), bytes.to_vec());
                Bytes::File(name)
            }
        };
        let run = |(ask, answer): &(Ask, Fact<Answer>), put: &mut dyn FnMut(&[u8]) -> Bytes| Run {
            program: ask.program.clone(),
            args: ask.args.clone(),
            env: (*ask.env).clone(),
            input: put(&ask.input),
            files: ask.files.iter().map(|(name, bytes)| (name.clone(), put(bytes))).collect(),
            dir: ask.dir.clone(),
            answer: answer.as_ref().map(|it| Told {
                code: it.code,
                stdout: put(&it.stdout),
                stderr: put(&it.stderr),
                timed_out: it.timed_out,
            }),
        };
        let index = Index {
            schema: SCHEMA,
            program: self.program.clone(),
            now: self.now,
            identity: self.identity.clone(),
            env: self.env.clone(),
            read: self.read.iter().map(|(path, it)| (path.clone(), it.as_ref().map(|it| put(it)))).collect(),
            list: self.list.clone(),
            stat: self.stat.clone(),
            signs: self.signs.clone(),
            space: self.space.clone(),
            run: self.run.values().map(|it| run(it, &mut put)).collect(),
            connect: self
                .connect
                .iter()
                .map(|((to, send), it)| Connect {
                    to: to.clone(),
                    send: put(send),
                    answer: it.as_ref().map(|it| put(it)),
                })
                .collect(),
        };
        let mut text = serde_json::to_vec_pretty(&index).unwrap_or_default();
        text.push(b'\n');
        files.into_iter().chain([(INDEX.to_owned(), text)]).collect()
    }

    /// Reads a recording back; `file` gives the bytes of its files. The error says what is wrong.
    pub fn load(file: impl Fn(&str) -> Fact<Vec<u8>>) -> Result<Self, Text> {
        let whole = |name: &str| match file(name) {
            Fact::Here(bytes) => Ok(bytes),
            Fact::Absent => Err(text!("recording-absent", file = name)),
            Fact::Unknown(why) => Err(text!("recording-unreadable", file = name, why = why)),
        };
        let garbled =
            |it: serde_json::Error| text!("recording-unreadable", file = INDEX, why = it.to_string());
        let index: Index = serde_json::from_slice(&whole(INDEX)?).map_err(garbled)?;
        if index.schema != SCHEMA {
            return Err(text!("recording-schema", file = INDEX, schema = index.schema, known = SCHEMA));
        }
        let bytes = |it: Bytes| match it {
            Bytes::Text(text) => Ok(text.into_bytes()),
            Bytes::File(name) => answers::read(&name, whole),
        };
        let mut recording = Self {
            program: index.program,
            now: index.now,
            identity: index.identity,
            env: index.env,
            list: index.list,
            stat: index.stat,
            signs: index.signs,
            space: index.space,
            ..Self::default()
        };
        for (path, answer) in index.read {
            recording.read.insert(path, through(answer, bytes)?);
        }
        for it in index.connect {
            recording.connect.insert((it.to, bytes(it.send)?), through(it.answer, bytes)?);
        }
        for it in index.run {
            let told = |it: Told| {
                let (stdout, stderr) = (bytes(it.stdout)?, bytes(it.stderr)?);
                Ok(Answer { code: it.code, stdout, stderr, timed_out: it.timed_out })
            };
            let files = it.files.into_iter().map(|(name, it)| Ok((name, bytes(it)?)));
            let ask = Ask {
                program: it.program,
                args: it.args,
                // Whose it was is not kept: a replay asks.
                env: Environment::of_user(&it.env),
                input: bytes(it.input)?,
                files: files.collect::<Result<_, Text>>()?,
                dir: it.dir,
                limit_ms: 0,
            };
            recording.run.insert(run_key(&ask), (ask, through(it.answer, told)?));
        }
        Ok(recording)
    }
}

fn through<T, U>(fact: Fact<T>, f: impl FnOnce(T) -> Result<U, Text>) -> Result<Fact<U>, Text> {
    Ok(match fact {
        Fact::Here(it) => Fact::Here(f(it)?),
        Fact::Absent => Fact::Absent,
        Fact::Unknown(why) => Fact::Unknown(why),
    })
}
