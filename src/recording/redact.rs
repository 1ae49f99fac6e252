//! Takes out of a recording what belongs to a person: login name, home, host name, passwords, tokens, private hosts, and
//! every variable that no check reads. Redacting twice is the same as once, and questions are redacted like answers, so
//! that a replay, which builds its questions from redacted answers, finds them again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod arguments;
mod machine;
mod module;
mod names;
mod others;
mod profile;
mod registry;
mod secrets;
mod text;
mod wsl;

use crate::gather::{Gather as _, Order as _};
use crate::recording::redact::names::COMMON;
pub use crate::recording::redact::names::is_known;
pub use crate::recording::redact::secrets::url;
use crate::recording::redact::text::{find, replaced};

use super::Recording;
use crate::discreet::{self, REDACTED};
use crate::facts::{passwd, x11};
use crate::system::{Answer, Ask, Endpoint, Look};

/// What is replaced by what, made from what was seen.
pub struct Redactor {
    /// Whole paths: (from, to).
    homes: Vec<(String, String)>,
    /// Whole words: (from, to).
    words: Vec<(String, String)>,
    /// Login names that are common words.
    logins: Vec<String>,
    /// Other people of this machine: (name, what stands for it). Where nothing was recorded none is looked for: a line that
    /// somebody reads at once keeps the directory that it is about.
    others: Option<Vec<(String, String)>>,
    /// Where XAUTHORITY leads.
    authority: PathBuf,
    uid: u32,
}

/// The files of settings among what a recording holds.
pub fn settings_files(recording: &Recording) -> Vec<PathBuf> {
    profile::found(recording).into_keys().collect()
}

impl Redactor {
    /// Learns from what was recorded who and where this is; asks `look` for the names of the machine.
    pub fn of(recording: &Recording, look: &dyn Look) -> Self {
        let text = |path: &str| {
            look.read(Path::new(path)).into_here().map(|it| String::from_utf8_lossy(&it).into_owned())
        };
        let uid = recording.identity.uid;
        let account = text("/etc/passwd").and_then(|it| passwd::account(&it, uid));
        let said = |names: &[&str]| {
            names.iter().filter_map(|it| recording.env.get(*it).cloned()).collect::<Vec<_>>()
        };
        let mut homes: Vec<_> = said(&["HOME"]);
        let mut logins = said(&["USER", "LOGNAME", "USERNAME", "SUDO_USER"]);
        if let Some(account) = account {
            homes.push(account.home.display().to_string());
            logins.push(account.name);
        }
        for account in machine::accounts(recording) {
            homes.extend(account.1.map(|it| it.display().to_string()));
            logins.extend(account.0);
        }
        let windows = wsl::homes(recording);
        logins.extend(windows.iter().filter_map(|it| wsl::name(&it.0)));
        logins.retain(|it| it != "root" && it != "user" && !it.is_empty());
        // Where people have their homes.
        let all = if recording.identity.os == "macos" { "/Users" } else { "/home" };
        homes.extend(logins.iter().map(|it| format!("{all}/{it}")));
        let profile = said(&["USERPROFILE"]);
        homes.retain(|it| {
            !matches!(it.as_str(), "" | "/" | "/root" | "/home/user" | "/Users/user" | "/nonexistent")
        });
        homes.order_by_key(|it| std::cmp::Reverse(it.len()));
        homes.dedup();
        let mut hosts: Vec<_> = said(&["HOSTNAME", "COMPUTERNAME"]);
        hosts.extend(["/proc/sys/kernel/hostname", "/etc/hostname"].iter().filter_map(|it| text(it)));
        let hosts = hosts.iter().flat_map(|it| [it.trim(), it.trim().split('.').next().unwrap_or_default()]);
        let hosts = hosts.map(|it| (it.to_owned(), "host".to_owned()));
        let people = logins.iter().flat_map(|it| machine::spellings(it, &recording.identity.os));
        let people = people.map(|it| (it, "user".to_owned()));
        let mut words: Vec<_> =
            people.chain(hosts).filter(|it| it.0.len() > 2 && !COMMON.contains(&it.0.as_str())).collect();
        words.extend(machine::proxies(recording));
        words.extend(machine::hosts(&recording.env));
        words.extend(secrets::of_environment(&recording.env));
        words.extend(recording.run.values().flat_map(|it| secrets::of_arguments(&it.0.program, &it.0.args)));
        words.order_by_key(|it| std::cmp::Reverse(it.0.len()));
        words.dedup();
        Self {
            homes: machine::profiles(&profile)
                .into_iter()
                .chain(windows)
                .chain(homes.into_iter().map(|it| (it, format!("{all}/user"))))
                .collect(),
            words,
            others: Some(others::found(recording).into_iter().filter(|it| !logins.contains(&it.0)).collect()),
            logins,
            authority: recording.env.get("XAUTHORITY").map(PathBuf::from).unwrap_or_default(),
            uid,
        }
    }

    /// All of it.
    pub fn recording(&self, it: Recording) -> Recording {
        let profiles = profile::found(&it);
        let path = |it: PathBuf| self.path(&it);
        let mut identity = it.identity;
        identity.kernel = machine::kernel(&identity.kernel);
        identity.cwd = self.path(&identity.cwd);
        identity.executable = self.path(&identity.executable);
        let run = it.run.into_values().map(|(ask, answer)| {
            let ask = self.ask(ask);
            (super::run_key(&ask), (ask, answer.map(|it| self.answer(&it))))
        });
        let file = |(at, answer): (PathBuf, crate::fact::Fact<Vec<u8>>)| {
            let bytes = answer.map(|it| match profiles.get(&at) {
                Some(of) => self.person(&profile::bare(&String::from_utf8_lossy(&it), *of)).into_bytes(),
                None if module::is_module(&at) => {
                    self.text(&module::bare(&String::from_utf8_lossy(&it))).into_bytes()
                }
                None => self.file(&at, &it),
            });
            (path(at), bytes)
        };
        Recording {
            identity,
            env: self.env(it.env),
            read: it.read.into_iter().map(file).into_map(),
            list: it
                .list
                .into_iter()
                .map(|(at, names)| {
                    let lists = at == Path::new(machine::LISTS);
                    let name = |it: &String| if lists { machine::list(it) } else { self.name(it) };
                    (path(at), names.map(|all| all.iter().map(name).collect()))
                })
                .into_map(),
            stat: it
                .stat
                .into_iter()
                .map(|(at, stat)| {
                    let target = |mut stat: crate::system::Stat| {
                        stat.target = stat.target.map(|it| self.path(&it));
                        stat
                    };
                    (path(at), stat.map(target))
                })
                .into_map(),
            signs: it
                .signs
                .into_iter()
                .map(|(at, signs)| {
                    let names = |mut signs: crate::system::TreeSummary| {
                        signs.one_writable = self.path(&signs.one_writable);
                        signs.newest_one = self.path(&signs.newest_one);
                        signs
                    };
                    (path(at), signs.map(names))
                })
                .into_map(),
            registry: it
                .registry
                .into_iter()
                .map(|(at, key)| (self.registry_key(&at), key.map(|it| self.registry(&at, it))))
                .into_map(),
            space: it.space.into_iter().map(|(at, space)| (path(at), space)).into_map(),
            run: run.into_map(),
            connect: it
                .connect
                .into_iter()
                .map(|((to, send), answer)| {
                    (
                        (self.endpoint(to), self.bytes(&x11::setup_without_cookie(&send))),
                        answer.map(|it| self.bytes(&it)),
                    )
                })
                .into_map(),
            program: it.program,
            now: it.now,
        }
    }

    fn ask(&self, ask: Ask) -> Ask {
        Ask {
            program: self.path(&ask.program),
            args: self.arguments(&ask.program, &ask.args),
            env: ask.env.map(|it| self.env(it)),
            input: self.bytes(&ask.input),
            files: ask
                .files
                .into_iter()
                .map(|(name, bytes)| (self.text(&name), self.bytes(&bytes)))
                .collect(),
            dir: self.path(&ask.dir),
            limit_ms: ask.limit_ms,
        }
    }

    fn answer(&self, answer: &Answer) -> Answer {
        Answer { stdout: self.bytes(&answer.stdout), stderr: self.bytes(&answer.stderr), ..*answer }
    }

    fn endpoint(&self, to: Endpoint) -> Endpoint {
        match to {
            Endpoint::Unix(path) => Endpoint::Unix(self.path(&path)),
            Endpoint::Abstract(name) => Endpoint::Abstract(self.text(&name)),
            Endpoint::Tcp(at) => Endpoint::Tcp(self.text(&at)),
        }
    }

    fn env(&self, env: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let known = env.into_iter().filter(|(name, _)| is_known(name));
        known
            .map(|(name, value)| {
                let person = matches!(name.as_str(), "USER" | "LOGNAME" | "USERNAME" | "SUDO_USER");
                let hidden = || self.text(&discreet::value(&name, &value, REDACTED));
                let value = if person { self.name(&value) } else { hidden() };
                (name, value)
            })
            .into_map()
    }

    /// A whole name: also one that is a common word.
    fn name(&self, name: &str) -> String {
        if self.logins.iter().any(|it| it == name) { "user".to_owned() } else { self.text(name) }
    }

    fn path(&self, path: &Path) -> PathBuf {
        path.to_str().map_or_else(|| path.to_owned(), |it| self.text(it).into())
    }

    /// Any text.
    pub fn text(&self, text: &str) -> String {
        discreet::hidden(&self.person(text), REDACTED)
    }

    /// Without who and where we are, and what is secret in the environment.
    fn person(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (from, to) in &self.homes {
            text =
                replaced(&text, from, to, &|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.'));
        }
        for (from, to) in &self.words {
            text = replaced(&text, from, to, &|c: char| !c.is_alphanumeric() && c != '_');
        }
        match &self.others {
            Some(known) => others::without(&text, known),
            None => text,
        }
    }

    /// Text where it is text; in anything else only bytes of the same number may change, or offsets would lie.
    fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        if let (Ok(text), false) = (std::str::from_utf8(bytes), bytes.contains(&0)) {
            return self.text(text).into_bytes();
        }
        let mut bytes = bytes.to_vec();
        for (from, _) in self.homes.iter().chain(&self.words) {
            let last = from.rsplit('/').next().unwrap_or(from).len();
            let mut at = 0;
            while let Some(found) = find(&bytes[at..], from.as_bytes()) {
                let end = at + found + from.len();
                bytes[end - last..end].fill(b'x');
                at = end;
            }
        }
        bytes
    }

    /// A file: some are known by their names, the keys of displays also by what is in them.
    fn file(&self, at: &Path, bytes: &[u8]) -> Vec<u8> {
        if at == Path::new("/etc/passwd") {
            self.accounts(bytes)
        } else if at == Path::new("/etc/group") {
            let known = |it: &str| self.logins.iter().any(|login| login == it).then(|| self.name(it));
            machine::members(&String::from_utf8_lossy(bytes), &known).into_bytes()
        } else if at == Path::new("/proc/1/cgroup") {
            machine::groups(&String::from_utf8_lossy(bytes)).into_bytes()
        } else if at.ends_with(".Xauthority") || at == self.authority || x11::is_authority(bytes) {
            x11::without_cookies(bytes, |it| self.text(it))
        } else if let Some(bare) = machine::agent(at, bytes) {
            bare.into_bytes()
        } else if let Some(bare) = wsl::file(at, &String::from_utf8_lossy(bytes)) {
            self.text(&bare).into_bytes()
        } else {
            self.bytes(bytes)
        }
    }

    /// The password file, with root and this user in it and nobody else.
    fn accounts(&self, bytes: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(bytes);
        let mut kept = String::new();
        for line in text.lines() {
            let mut fields: Vec<_> = line.split(':').collect();
            if fields.len() != 7 || (fields[2] != "0" && fields[2] != self.uid.to_string()) {
                continue;
            }
            let (name, home) = (self.name(fields[0]), self.text(fields[5]));
            (fields[0], fields[4], fields[5]) = (&name, "", &home);
            kept.push_str(&fields.join(":"));
            kept.push('\n');
        }
        kept.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::recording::Recorder;
    use crate::system::fake::Machine;

    fn alice() -> Machine {
        Machine::linux()
            .var("HOME", "/home/alice")
            .var("USER", "alice")
            .var("GITHUB_TOKEN", "ghp_1234")
            .var("GOOGLE_CLOUD_PROJECT", "secret-plan")
            .var("EDITOR", "vim")
            .var("GOROOT", "/home/zacharias/go")
            .var("GOPROXY", "https://bob:hunter2@athens.corp.test/go,direct")
            .file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1000:Alice L:/home/alice:/bin/zsh\neve:x:7:7::/:/x\n")
            .file("/proc/sys/kernel/hostname", "wonderland\n")
            .file("/home/alice/.profile", "export API_TOKEN='abc def'\nexport PATH=/home/alice/bin:$PATH # on wonderland\nX_PASSWORD=1;Y=2\n")
            .file("/usr/local/go/go.env", "GOPROXY=https://default.proxy.test,direct\nGOSUMDB=sum.golang.org\n")
            .file("/bin/alices", b"\x7fELF\0/home/alice/src\0")
            .answer("/usr/bin/env", "", 0, "HOME=/home/alice\nhttps://u:p@x/\n", "")
    }

    fn recorded(machine: &Machine) -> Recording {
        let recorder = Recorder::new(machine);
        for path in ["/etc/passwd", "/home/alice/.profile", "/usr/local/go/go.env", "/bin/alices"] {
            recorder.read(Path::new(path));
        }
        let env = machine.env.clone();
        let env = crate::system::Environment::of_user(&env);
        recorder.run(&Ask { program: "/usr/bin/env".into(), env, ..Ask::default() });
        recorder.finish()
    }

    #[test]
    fn nothing_of_the_person_is_left() {
        let mut machine = alice();
        machine.identity.uid = 1000;
        let recording = recorded(&machine);
        let all: String = recording
            .files()
            .iter()
            .map(|(name, it)| format!("{name}\n{}\n", String::from_utf8_lossy(it)))
            .collect();
        for word in [
            "alice/",
            "Alice",
            "wonderland",
            "ghp_",
            "hunter2",
            "bob",
            "athens",
            "default.proxy",
            "abc def",
            "EDITOR",
            "secret-plan",
            "eve",
            "u:p",
            "zacharias",
        ] {
            assert!(!all.contains(word), "{word} is left in {all}");
        }
        let profile = &recording.read[Path::new("/home/user/.profile")];
        let expected = "export API_TOKEN=redacted\nexport PATH=/home/user/bin:${PATH}\nX_PASSWORD=redacted; Y=redacted\n";
        assert_eq!(profile, &Fact::Here(expected.into()));
        let accounts = "root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/zsh\n";
        assert_eq!(recording.read[Path::new("/etc/passwd")], Fact::Here(accounts.into()));
        assert_eq!(recording.env["GOPROXY"], "https://redacted@goproxy-2.example/go,direct");
        assert_eq!(
            recording.read[Path::new("/bin/alices")],
            Fact::Here(b"\x7fELF\0/home/xxxxx/src\0".to_vec())
        );
    }

    #[test]
    fn redacting_twice_is_redacting_once() {
        let mut machine = alice();
        machine.identity.uid = 1000;
        let once = recorded(&machine);
        let again = Redactor::of(&once, &Machine::linux()).recording(once.clone());
        assert_eq!(again, once);
    }

    #[test]
    fn the_keys_of_a_display_are_never_kept_and_a_replay_still_gets_in() {
        let cookie = b"0123456789abcdef";
        let entry = |family: u16, parts: [&[u8]; 4]| {
            let parts = parts
                .iter()
                .flat_map(|it| [&u16::try_from(it.len()).unwrap().to_be_bytes()[..], it].concat());
            family.to_be_bytes().into_iter().chain(parts).collect::<Vec<_>>()
        };
        let file = entry(256, [b"wonderland", b"0", b"MIT-MAGIC-COOKIE-1", cookie]);
        let far = entry(0, [&[10, 1, 2, 3], b"0", b"MIT-MAGIC-COOKIE-1", cookie]);
        let mut machine =
            alice().var("DISPLAY", "screens.corp.test:0").file("/run/keys", &[file, far].concat()[..]);
        machine.identity.uid = 1000;
        let recorder = Recorder::new(&machine);
        recorder.read(Path::new("/run/keys"));
        recorder.read(Path::new("/proc/sys/kernel/hostname"));
        let server = Endpoint::Tcp("screens.corp.test:6000".into());
        recorder.connect(&server, &x11::setup(Some(cookie)), std::time::Duration::ZERO);
        let recording = recorder.finish();
        for (name, bytes) in recording.files() {
            for word in [&cookie[..], b"corp", b"wonder", &[10, 1, 2, 3]] {
                assert_eq!(find(&bytes, word), None, "{word:?} is left in {name}");
            }
        }
        let kept = x11::cookie(recording.read[Path::new("/run/keys")].here().unwrap(), 0, "host");
        let asked = (Endpoint::Tcp("display.example:6000".into()), x11::setup(kept.as_deref()));
        assert!(kept.is_some() && recording.connect.contains_key(&asked), "{:?}", recording.connect);
    }

    #[test]
    fn common_words_stay_words() {
        let machine =
            Machine::linux().var("HOME", "/home/dev").var("USER", "dev").file("/etc/hostname", "debian\n");
        let recorder = Recorder::new(&machine);
        recorder.stat(Path::new("/home/dev/libgl-dev"));
        recorder.stat(Path::new("/dev/null"));
        let recording = recorder.finish();
        let paths: Vec<_> = recording.stat.keys().map(|it| it.display().to_string()).collect();
        assert_eq!(paths, ["/dev/null", "/home/user/libgl-dev"]);
        assert_eq!(recording.env["USER"], "user");
    }
}
