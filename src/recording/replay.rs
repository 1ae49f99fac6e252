//! `Replay`: a `Look` that answers from a recording. The same questions get the same answers, on any machine; a question
//! that was never asked is `Unknown("not recorded")`, so nothing is made up.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{Recording, run_key};
use crate::fact::Fact;
use crate::gather::Gather as _;
use crate::system::environment::Whose;
use crate::system::{
    Answer, Ask, Endpoint, Environment, Identity, Look, RegistryEntries, RegistryKey, Space, Stat,
    TreeSummary,
};

/// A machine that was.
pub struct Replay {
    recording: Recording,
    /// Answers by their questions without an environment.
    of_system: BTreeMap<String, Fact<Answer>>,
    ticks: AtomicU64,
}

impl Replay {
    /// Answers from this recording.
    pub fn new(recording: Recording) -> Self {
        let of_system = recording.run.values().map(|(ask, answer)| (bare_key(ask), answer.clone()));
        Self { of_system: of_system.into_map(), recording, ticks: AtomicU64::new(0) }
    }
}

fn bare_key(ask: &Ask) -> String {
    run_key(&Ask { env: Environment::default(), ..ask.clone() })
}

fn known<T: Clone>(answer: Option<&Fact<T>>) -> Fact<T> {
    answer.cloned().unwrap_or_else(|| Fact::Unknown(text!("why-not-recorded").into()))
}

impl Look for Replay {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        known(self.recording.read.get(path))
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        known(self.recording.read.get(&super::part_key(path, offset, length)))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        known(self.recording.list.get(path))
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        known(self.recording.stat.get(path))
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        known(self.recording.signs.get(dir))
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        known(self.recording.space.get(path))
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        let same = self.recording.registry.iter().find(|(it, _)| it.is(key));
        known(same.map(|it| it.1))
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.recording.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let told = self.recording.run.get(&run_key(ask)).map(|it| &it.1);
        // What asks the system gets the same environment everywhere, so that is no part of the question; in recordings of
        // older versions it is the user's.
        let fixed = ask.env.whose() == Whose::Fixed;
        known(told.or_else(|| self.of_system.get(&bare_key(ask)).filter(|_| fixed)))
    }

    fn connect(&self, to: &Endpoint, send: &[u8], _limit: Duration) -> Fact<Vec<u8>> {
        known(self.recording.connect.get(&(to.clone(), send.to_vec())))
    }

    fn now(&self) -> u64 {
        self.recording.now
    }

    fn monotonic_ms(&self) -> u64 {
        self.ticks.fetch_add(1, Ordering::Relaxed)
    }

    fn wait(&self, time: Duration) {
        self.ticks.fetch_add(u64::try_from(time.as_millis()).unwrap_or(0), Ordering::Relaxed);
    }

    fn identity(&self) -> Identity {
        self.recording.identity.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;
    use crate::probe;
    use crate::recording::Recorder;
    use crate::system::fake::Machine;

    fn again(recording: &Recording) -> Replay {
        let files: BTreeMap<_, _> = recording.files().into_iter().collect();
        let file = |name: &str| files.get(name).map_or(Fact::Absent, |it| Fact::Here(it.clone()));
        Replay::new(Recording::load(file).expect("what was written reads"))
    }

    #[test]
    fn a_replayed_machine_has_the_same_facts() {
        let machine = Machine::linux()
            .file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n")
            .file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
            .file("/usr/local/go/VERSION", "go1.27.4\n")
            .answer("/usr/local/go/bin/go", "version", 0, "go version go1.27.4 linux/amd64\n", "")
            .var("PATH", "/usr/local/go/bin:/usr/bin:/bin");
        let places = Places::linux(Path::new("/root"), |_| None);
        let recorder = Recorder::new(&machine);
        let facts = probe::facts(&recorder, &places, None, &crate::packages::Table::embedded());
        let replay = again(&recorder.finish());
        assert_eq!(probe::facts(&replay, &places, None, &crate::packages::Table::embedded()), facts);
    }

    #[test]
    fn what_the_system_said_is_found_whatever_environment_it_was_recorded_with() {
        let machine = Machine::linux().answer("/usr/bin/getconf", "X", 0, "glibc 2.36\n", "");
        let variables = BTreeMap::from([("LD_PRELOAD".to_owned(), "x".to_owned())]);
        let ask =
            |env| Ask { program: "/usr/bin/getconf".into(), args: vec!["X".into()], env, ..Ask::default() };
        let recorder = Recorder::new(&machine);
        recorder.run(&ask(Environment::of_user(&variables)));
        let replay = again(&recorder.finish());
        assert!(replay.run(&ask(Environment::of_system())).is_here());
        assert!(
            !replay.run(&ask(Environment::of_user(&BTreeMap::new()))).is_here(),
            "that is another question"
        );
    }

    #[test]
    fn a_recording_names_its_own_answers_and_no_other_file() {
        let long = "x".repeat(10_000);
        let machine = Machine::linux().file("/big", &long);
        let recorder = Recorder::new(&machine);
        let _ = recorder.read(Path::new("/big"));
        let files: BTreeMap<_, _> = recorder.finish().files().into_iter().collect();
        let digest = crate::digest::Digest::of(long.as_bytes()).to_string();
        let name = format!("answers/{digest}");
        assert!(files.contains_key(&name));
        let loaded = |named: &str, content: &str| {
            let index = String::from_utf8(files[crate::recording::INDEX].clone()).expect("text");
            let index = index.replace(&name, named);
            let asked = std::cell::RefCell::new(Vec::new());
            let recording = Recording::load(|it| {
                asked.borrow_mut().push(it.to_owned());
                Fact::Here(
                    if it == crate::recording::INDEX { index.clone() } else { content.to_owned() }.into(),
                )
            });
            (recording.map(drop), asked.into_inner())
        };
        assert_eq!(loaded(&name, &long).0, Ok(()));
        let other = loaded(&name, "a secret").0.expect_err("another content");
        assert_eq!(other, text!("recording-digest", file = &name));
        for named in [
            "/etc/shadow",
            "../secret",
            "answers/../../secret",
            "answers/secret",
            "answers/",
            "secret",
            "",
            ".",
            "recording.json",
            &format!("/{name}"),
            &format!("./{name}"),
            &format!("{name}/../{digest}"),
            &format!("answers//{digest}"),
            &format!("answers/{}", digest.to_uppercase()),
            &format!("answers/+{}", &digest[1..]),
            &name[..name.len() - 1],
        ] {
            let (recording, asked) = loaded(named, &long);
            assert!(recording.is_err(), "{named}");
            assert_eq!(asked, [crate::recording::INDEX], "{named} is not even opened");
        }
    }

    #[test]
    fn answers_come_back_by_their_question_whatever_they_are() {
        let endpoint = Endpoint::Abstract("/tmp/.X11-unix/X0".into());
        let mut machine = Machine::linux().file("/big", vec![b'x'; 10_000]).file("/binary", b"\x7fELF\0\xff");
        machine.sockets.insert(endpoint.clone(), vec![1, 0, 0xff]);
        machine.denied.push("/secret".into());
        let machine = machine.answer("/usr/bin/gcc", "--version", 0, "gcc 12\n", "");
        let ask = |args: &str, limit_ms| Ask {
            program: "/usr/bin/gcc".into(),
            args: vec![args.into()],
            env: [("PATH".to_owned(), "/usr/bin".to_owned())].into(),
            limit_ms,
            ..Ask::default()
        };
        let recorder = Recorder::new(&machine);
        let paths = ["/big", "/binary", "/secret", "/absent"].map(Path::new);
        let live =
            paths.map(|it| (recorder.read(it), recorder.stat(it), recorder.list(it), recorder.space(it)));
        let told = recorder.run(&ask("--version", 500));
        let said = recorder.connect(&endpoint, b"hello", Duration::ZERO);
        let part = recorder.read_at(Path::new("/big"), 9_990, 64);
        assert_eq!(part.here().map(Vec::len), Some(10));
        let replay = again(&recorder.finish());
        assert_eq!(
            paths.map(|it| (replay.read(it), replay.stat(it), replay.list(it), replay.space(it))),
            live
        );
        assert_eq!(replay.read_at(Path::new("/big"), 9_990, 64), part);
        assert_eq!(replay.run(&ask("--version", 900)), told, "the time limit is no part of the question");
        assert_eq!(replay.connect(&endpoint, b"hello", Duration::ZERO), said);
        for unknown in [replay.read(Path::new("/never")), replay.connect(&endpoint, b"other", Duration::ZERO)]
        {
            assert_eq!(unknown, Fact::Unknown(text!("why-not-recorded").into()));
        }
        assert_eq!(replay.run(&ask("-v", 500)), Fact::Unknown(text!("why-not-recorded").into()));
    }
}
