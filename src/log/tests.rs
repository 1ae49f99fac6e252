//! The log on doors of memory: what each tells, what never is told, and that no file of it can break anything.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::children::LoggedChildren;
use super::disk::LoggedDisk;
use super::file::LogFile;
use super::look::LoggedLook;
use super::net::LoggedNet;
use super::{KEPT, Live, Log};
use crate::disk_error::DiskError;
use crate::failure::{Code, Exit, Failure};
use crate::recording::redact::Redactor;
use crate::system::children::RealChildren;
use crate::system::disk::RealDisk;
use crate::system::fake::{FakeNet, Machine};
use crate::system::real::RealLook;
use crate::system::{
    Ask, Child, Children, Disk, Ended, Endpoint, Kind, Line, Look, Net, NetError, ReadSeek, Request, Spawn,
    System,
};

/// A file in memory.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A log whose clock ticks at each look at it.
fn log(look: &dyn Look, reads: bool, live: Option<Live>) -> Log {
    let ticks = AtomicU64::new(0);
    Log::new(Redactor::here(look), Box::new(move || ticks.fetch_add(1, Ordering::Relaxed)), reads, live)
}

/// What is in the log, without its times.
fn told(log: &Log) -> Vec<String> {
    let file = Shared::default();
    assert!(log.pour(Box::new(file.clone())));
    file.text().lines().map(|it| it.split_once(" ms ").expect("a time").1.to_owned()).collect()
}

/// A disk on which everything succeeds, or nothing.
struct Fake {
    full: bool,
}

impl Fake {
    fn answer<T>(&self, value: T) -> Result<T, DiskError> {
        if self.full { Err(DiskError::new("/full", &io::ErrorKind::StorageFull.into())) } else { Ok(value) }
    }
}

impl Disk for Fake {
    fn make_dir(&self, _: &Path, _: u32) -> Result<Option<PathBuf>, DiskError> {
        Ok(None)
    }
    fn write(&self, _: &Path, _: &[u8], _: Option<u32>) -> Result<(), DiskError> {
        self.answer(())
    }
    fn write_as(&self, _: &Path, _: &[u8], _: u32, _: (u32, u32)) -> Result<(), DiskError> {
        self.answer(())
    }
    fn append(&self, _: &Path, _: &[u8]) -> Result<(), DiskError> {
        self.answer(())
    }
    fn create(&self, _: &Path, _: u32) -> Result<Box<dyn Write + Send>, DiskError> {
        // A full disk takes a name and no byte.
        Ok(Box::new(Filled { room: if self.full { 0 } else { usize::MAX } }))
    }
    fn open(&self, _: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        self.answer(Box::new(io::empty()))
    }
    fn link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.copy(from, to)
    }
    fn copy(&self, _: &Path, _: &Path) -> Result<(), DiskError> {
        self.answer(())
    }
    fn rename(&self, _: &Path, _: &Path) -> Result<(), DiskError> {
        self.answer(())
    }
    fn remove(&self, _: &Path) -> Result<(), DiskError> {
        self.answer(())
    }
    fn remove_tree(&self, _: &Path) -> Result<(), DiskError> {
        self.answer(())
    }
    fn set_mode(&self, _: &Path, _: u32) -> Result<(), DiskError> {
        self.answer(())
    }
    fn set_owner(&self, _: &Path, _: u32, _: u32) -> Result<(), DiskError> {
        self.answer(())
    }
    fn sync_tree(&self, _: &Path) -> Result<(), DiskError> {
        self.answer(())
    }
    fn lock(&self, _: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        self.answer(None)
    }
}

/// A file on a disk with so much room.
struct Filled {
    room: usize,
}

impl Write for Filled {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room = self.room.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A child that ends at once, or cannot be started.
struct Scripted(Option<Ended>);

impl Children for Scripted {
    fn start(&self, _: &Spawn) -> io::Result<Box<dyn Child>> {
        let ended = self.0.ok_or_else(|| io::Error::other("no such program"))?;
        Ok(Box::new(Over(ended)))
    }
}

struct Over(Ended);

impl Child for Over {
    fn line(&mut self) -> Option<Line> {
        None
    }
    fn id(&self) -> u32 {
        7
    }
    fn poll(&mut self) -> io::Result<Option<Ended>> {
        Ok(Some(self.0))
    }
    fn wait(&mut self) -> io::Result<Ended> {
        Ok(self.0)
    }
    fn stop(&mut self) {}
}

fn ask(program: &str, args: &[&str]) -> Ask {
    Ask { program: program.into(), args: args.iter().map(|it| (*it).into()).collect(), ..Ask::default() }
}

fn spawn(program: &str, args: &[&str]) -> Spawn {
    Spawn { program: program.into(), args: args.iter().map(|it| (*it).into()).collect(), ..Spawn::default() }
}

fn request(url: &str) -> Request {
    Request::new(url.parse().expect("a URL"))
}

#[test]
fn programs_are_told_with_their_arguments_and_their_end() {
    let machine =
        Machine::linux().answer("/usr/bin/go", "version", 0, "go1.27 secret-output", "").program("/bin/x");
    let log = log(&machine, false, None);
    let look = LoggedLook::new(&machine, &log);
    look.run(&ask("/usr/bin/go", &["version", "-m", "a b"]));
    look.run(&ask("/bin/none", &[]));
    look.run(&ask("/bin/x", &[]));
    look.read(Path::new("/etc/passwd"));
    for ended in
        [Some(Ended { code: Some(0), signal: None }), Some(Ended { code: None, signal: Some(9) }), None]
    {
        let scripted = Scripted(ended);
        let children = LoggedChildren::new(&scripted, &log);
        if let Ok(mut child) = children.start(&spawn("/usr/bin/apt-get", &["install"])) {
            assert_eq!((child.wait().ok(), child.poll().ok()), (ended, Some(ended)), "passed on");
        }
    }
    let expected = [
        "DEBUG programs ran /usr/bin/go version -m 'a b' exit=0 ms=1",
        "DEBUG programs ran /bin/none: no such program",
        "WARN  programs ran /bin/x ms=1 error='no answer for '",
        "DEBUG programs started /usr/bin/apt-get install pid=7",
        "INFO  programs ended /usr/bin/apt-get install exit=0 ms=2",
        "DEBUG programs started /usr/bin/apt-get install pid=7",
        "WARN  programs ended /usr/bin/apt-get install signal=9 ms=2",
        "WARN  programs cannot start /usr/bin/apt-get install error=no such program",
    ];
    assert_eq!(told(&log), expected);
}

#[test]
fn requests_are_told_when_their_bodies_have_come() {
    let machine = Machine::linux();
    let log = log(&machine, false, None);
    let canned = FakeNet::canned([("https://go.dev/a?x=1".to_owned(), b"12345".to_vec())].into());
    let net = LoggedNet::new(&canned, &log);
    let mut body = String::new();
    net.get(&request("https://go.dev/a?x=1")).unwrap().body.read_to_string(&mut body).unwrap();
    assert_eq!(body, "12345");
    drop(net.get(&request("https://go.dev/a?x=1")).unwrap());
    drop(net.get(&request("https://go.dev/none")).unwrap());
    let down = FakeNet::down();
    assert!(LoggedNet::new(&down, &log).get(&request("https://go.dev/a")).is_err());
    let expected = [
        "INFO  net      GET https://go.dev/a?x=redacted status=200 bytes=5 ms=1",
        "INFO  net      GET https://go.dev/a?x=redacted status=200 bytes=0 of=5 ms=1",
        "WARN  net      GET https://go.dev/none status=404 bytes=0 ms=1",
        "WARN  net      GET https://go.dev/a ms=1 error=cannot reach go.dev: network is unreachable",
    ];
    assert_eq!(told(&log), expected);
}

#[test]
fn files_are_told_when_they_change_and_always_when_they_cannot() {
    let machine = Machine::linux();
    let log = log(&machine, false, None);
    let (good, full) = (Fake { full: false }, Fake { full: true });
    let disk = LoggedDisk::new(&good, &log);
    let at = Path::new("/root/.profile");
    disk.make_dir(at, 0o700).unwrap();
    disk.write(at, b"123", None).unwrap();
    disk.append(at, b"12").unwrap();
    disk.rename(at, Path::new("/root/b")).unwrap();
    disk.link(Path::new("/target"), at).unwrap();
    disk.remove(at).unwrap();
    disk.create(at, 0o600).unwrap().write_all(b"1").unwrap();
    disk.lock(at).unwrap();
    let disk = LoggedDisk::new(&full, &log);
    assert!(disk.write(at, b"123", None).is_err());
    assert!(disk.sync_tree(at).is_err());
    let mut file = disk.create(at, 0o600).unwrap();
    assert!(file.write_all(b"1").is_err() && file.write_all(b"1").is_err());
    let expected = [
        "DEBUG disk     write /root/.profile bytes=3",
        "DEBUG disk     append /root/.profile bytes=2",
        "DEBUG disk     rename /root/.profile to /root/b",
        "DEBUG disk     link /root/.profile -> /target",
        "DEBUG disk     remove /root/.profile",
        "DEBUG disk     lock /root/.profile: held by another",
        "WARN  disk     write /root/.profile bytes=3 error=no storage space",
        "WARN  disk     sync /root/.profile error=no storage space",
        "WARN  disk     write into /root/.profile error=no storage space",
    ];
    assert_eq!(told(&log), expected);
}

/// Everything through every door with a secret in it, told and shown at the deepest level.
#[test]
fn no_secret_is_in_it_at_any_level() {
    let canaries =
        ["canary-1", "canary-2", "canary-3", "canary-4", "canary-5", "canary-6", "canary-7", "canary-8"];
    let mut machine = Machine::linux()
        .var("HOME", "/home/alice")
        .var("http_proxy", "http://me:canary-1@proxy.corp.test:3128")
        .var("GOPROXY", "https://me:canary-2@athens.corp.test/go,direct")
        .var("GITHUB_TOKEN", "canary-3")
        .file("/home/alice/.netrc", "machine athens.corp.test login me password canary-8\n")
        .answer("/usr/bin/git", "", 1, "canary-8", "canary-8");
    machine.sockets.insert(Endpoint::Tcp("proxy.corp.test:3128".into()), b"canary-8".to_vec());
    let shown = Shared::default();
    let live = shown.clone();
    let live: Live = Box::new(move |line| drop(writeln!(live.clone(), "{line}")));
    let log = log(&machine, true, Some(live));
    let look = LoggedLook::new(&machine, &log);
    look.read(Path::new("/home/alice/.netrc"));
    look.connect(&Endpoint::Tcp("proxy.corp.test:3128".into()), b"canary-8", Duration::ZERO);
    let args = [
        "--token=canary-4",
        "--password",
        "canary-5 and more",
        "-H",
        "Authorization: Bearer canary-6",
        "https://me:canary-7@host.test/x?private_token=canary-4",
        "GOPROXY=https://me:canary-2@athens.corp.test/go,direct",
        "canary-3",
    ];
    let env = [("GITHUB_TOKEN".to_owned(), "canary-3".to_owned())];
    look.run(&Ask { env: env.clone().into(), input: b"canary-8".to_vec(), ..ask("/usr/bin/git", &args) });
    let scripted = Scripted(Some(Ended { code: Some(1), signal: None }));
    let child = Spawn { env: env.into(), ..spawn("/usr/bin/git", &args) };
    LoggedChildren::new(&scripted, &log).start(&child).unwrap().wait().unwrap();
    let net = FakeNet::new(|url| match url.path() {
        "/proxy" => Err(NetError::Proxy {
            proxy: "http://me:canary-1@proxy.corp.test".into(),
            status: Some(407),
            why: "407".into(),
        }),
        _ => Ok((200, b"canary-8".to_vec())),
    });
    let net = LoggedNet::new(&net, &log);
    assert!(net.get(&request("https://me:canary-7@host.test/proxy?sig=canary-8")).is_err());
    drop(net.get(&request("https://me:canary-7@host.test/a?X-Signature=canary-8#canary-8")));
    let good = Fake { full: false };
    LoggedDisk::new(&good, &log).write(Path::new("/home/alice/.netrc"), b"canary-8", None).unwrap();
    log.note("exit 3: modules.failed: message url=https://me:canary-7@host.test/x");
    let all = format!("{}\n{}", shown.text(), told(&log).join("\n"));
    for word in canaries.iter().chain(&["me:", "corp.test", "alice"]) {
        assert!(!all.contains(word), "{word} is in {all}");
    }
    for word in ["/home/user/.netrc", "GITHUB_TOKEN", "--token=redacted", "host.test", "/proxy", "exit 3"] {
        assert!(all.matches(word).count() >= 2, "{word} is not in both of {all}");
    }
}

#[test]
fn nothing_in_a_line_moves_a_cursor_and_none_is_endless() {
    let machine = Machine::linux();
    let log = log(&machine, false, None);
    log.note("a\u{1b}[2J\nb");
    log.note(&"x".repeat(5000));
    let lines = told(&log);
    assert_eq!(lines[0], "INFO  run      a\\u{1b}[2J\\nb");
    assert!(lines[1].len() < 2100 && lines[1].ends_with('…'), "{}", lines[1]);
}

#[test]
fn what_waits_in_memory_is_bounded_and_the_newest_is_kept() {
    let machine = Machine::linux();
    let log = log(&machine, false, None);
    for number in 0..KEPT + 3 {
        log.note(&format!("line {number}"));
    }
    let file = Shared::default();
    log.pour(Box::new(file.clone()));
    let text = file.text();
    assert!(text.starts_with("(3 earlier lines are left out)\n"), "{}", &text[..80]);
    assert!(!text.contains("line 2\n") && text.contains("line 3\n"));
    assert!(text.ends_with(&format!("line {}\n", KEPT + 2)));
}

/// A real directory with the log of a command in it.
fn in_dir(dir: &Path, look: &dyn Look, disk: &dyn Disk, work: impl FnOnce(&Log, &LogFile)) {
    let log = log(look, false, None);
    let (net, children) = (FakeNet::down(), RealChildren::default());
    let system = System { look, disk, net: &net, children: &children };
    let argv = ["fyne-setup", "install", "--goproxy", "https://me:pw@host.test"].map(str::to_owned);
    work(&log, &LogFile::new(&log, system, Some(dir.join("logs")), &argv));
}

fn real(dir: &Path) -> RealLook {
    RealLook::new([("HOME".to_owned(), "/nobody".to_owned())].into(), dir.join("scratch"))
}

#[test]
fn a_file_is_left_by_a_run_or_a_failure_and_by_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let (dir, look) = (home.path(), real(home.path()));
    for exit in [Exit::Done, Exit::Problems, Exit::Usage] {
        in_dir(dir, &look, &RealDisk, |_, file| assert_eq!(file.finish("check", exit, None), None));
    }
    assert!(look.stat(&dir.join("logs")).is_absent(), "not even the directory");
    let failure = Failure::new(Code::DiskFull, text!("failure-disk", why = "full"));
    let path = |exit, run: Option<&str>| {
        let mut made = None;
        in_dir(dir, &look, &RealDisk, |log, file| {
            log.note("before");
            if let Some(run) = run {
                file.open(run);
            }
            log.note("after");
            made = file.finish("check", exit, Some(&failure));
        });
        made.expect("a file")
    };
    let (failed, run) = (path(Exit::Failed, None), path(Exit::Done, Some("1790000000-7")));
    assert!(failed.to_string_lossy().ends_with("-check.log"), "{failed:?}");
    assert!(run.to_string_lossy().ends_with("Z-1790000000-7.log"), "{run:?}");
    assert_ne!(path(Exit::Failed, None), failed, "the second of one second");
    let text = String::from_utf8(look.read(&run).into_here().unwrap()).unwrap();
    assert!(text.contains("$ fyne-setup install --goproxy https://redacted@host.test\n"), "{text}");
    for line in ["before\n", "after\n", "exit 0: disk.full: failure-disk why=full\n"] {
        assert!(text.contains(line), "{text}");
    }
    let mode = |path: &Path| look.stat(path).into_here().map(|it| (it.kind, it.mode));
    assert_eq!(mode(&run), Some((Kind::File, 0o600)));
    assert_eq!(mode(&dir.join("logs")), Some((Kind::Dir, 0o700)));
}

#[test]
fn only_the_newest_twenty_files_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let (dir, look) = (home.path(), real(home.path()));
    let logs = dir.join("logs");
    RealDisk.make_dir(&logs, 0o700).unwrap();
    for day in 10..35 {
        RealDisk.write(&logs.join(format!("201001{day}T000000Z-run.log")), b"", None).unwrap();
    }
    RealDisk.write(&logs.join("mine.txt"), b"", None).unwrap();
    in_dir(dir, &look, &RealDisk, |_, file| file.open("run"));
    let names = look.list(&logs).into_here().unwrap();
    assert_eq!(names.len(), 21, "twenty and one that is not ours: {names:?}");
    assert_eq!(names[0], "20100116T000000Z-run.log", "the oldest went");
    assert!(names.contains(&"mine.txt".to_owned()));
}

#[test]
fn a_log_that_cannot_be_written_is_silent_and_stops_nothing() {
    let machine = Machine::linux();
    let full = Fake { full: true };
    in_dir(Path::new("/root/.cache"), &machine, &full, |log, file| {
        file.open("run");
        log.note("a line");
        assert_eq!(file.finish("install", Exit::Failed, None), None);
        assert!(matches!(*log.inner.state(), super::State::Silent));
    });
    // Full in the middle.
    let log = log(&machine, false, None);
    assert!(log.pour(Box::new(Filled { room: 60 })));
    (0..10).for_each(|_| log.note("a line that fits once"));
    assert!(!log.pour(Box::new(Shared::default())), "it stays silent");
    // A file stands where the directory should.
    let home = tempfile::tempdir().unwrap();
    RealDisk.write(&home.path().join("logs"), b"", None).unwrap();
    in_dir(home.path(), &real(home.path()), &RealDisk, |_, file| {
        assert_eq!(file.finish("install", Exit::Failed, None), None);
    });
}

#[test]
fn under_sudo_nothing_is_left_in_the_home_of_another() {
    let mut machine = Machine::linux().var("SUDO_USER", "alice").file("/home/alice/.profile", "");
    let logs = |machine: &Machine| {
        let mut made = false;
        in_dir(Path::new("/home/alice/a/b"), machine, &Fake { full: false }, |log, file| {
            file.open("run");
            made = matches!(*log.inner.state(), super::State::Open(_));
        });
        made
    };
    assert!(logs(&machine), "root's own home");
    machine.owners.insert("/home/alice".into(), 1000);
    assert!(!logs(&machine));
    machine.env.clear();
    assert!(logs(&machine), "a container of root's, with a home that is mounted into it");
}
