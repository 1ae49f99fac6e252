//! A recording as files: an index in JSON, and a file for each answer that is long or no text. What a stranger's recording
//! may name is told in [`answers`].

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{INDEX, Recording, SCHEMA, answers, run_key};
use crate::data;
use crate::digest::Digest;
use crate::fact::Fact;
use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::system::{
    Answer, Ask, Endpoint, Environment, Identity, RegistryEntries, RegistryKey, Space, Stat, TreeSummary,
};
use crate::text::Text;

/// A longer answer, or one that is no text, gets a file of its own.
const INLINE: usize = 4096;

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
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    registry: BTreeMap<RegistryKey, Fact<RegistryEntries>>,
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
            read: self.read.iter().map(|(path, it)| (path.clone(), it.as_ref().map(|it| put(it)))).into_map(),
            list: self.list.clone(),
            stat: self.stat.clone(),
            signs: self.signs.clone(),
            registry: self.registry.clone(),
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
        let index: Index = data::json(whole(INDEX)?).map_err(garbled)?;
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
            env: Environment::named(PathStyle::of(&index.identity.os), index.env),
            identity: index.identity,
            list: index.list,
            stat: index.stat,
            signs: index.signs,
            registry: index.registry,
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
