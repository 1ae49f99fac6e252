//! A Mac of a row whose programs are real: scripts in a directory that stands in for `/`, started through the real doors. What
//! they change there is what every look sees from then on; what they have no script for answers as the row says.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, RwLock, RwLockReadGuard};
use std::time::Duration;

use fyne_setup::apply::events::{Events, Outcome, Unit};
use fyne_setup::disk_error::DiskError;
use fyne_setup::fact::Fact;
use fyne_setup::facts::xcode::{COMMAND_LINE_TOOLS, LIBXCRUN, LINKS};
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{
    Answer, Ask, Child, Children, Disk, Endpoint, Identity, Look, Net, NetError, Output, ReadSeek, Request,
    Response, Space, Spawn, Stat,
};
use fyne_setup::text::Text;
use tempfile::TempDir;

use super::scripts::SCRIPTS;
use crate::row::Row;
use crate::world::{World, real};

/// Where something may change: what lies there is read again from the disk.
const CHANGING: [&str; 4] = ["/Applications", "/Library", "/Users", "/private"];

pub struct Mac {
    dir: TempDir,
    world: RwLock<World>,
    env: BTreeMap<String, String>,
    look: RealLook,
    children: RealChildren,
    /// Something was started or written since the disk was read.
    stale: AtomicBool,
    pub told: Told,
}

/// What a run told of itself.
#[derive(Default)]
pub struct Told {
    /// Laid once progress was told: `softwareupdate` waits for it.
    go_on: PathBuf,
    pub commands: Mutex<Vec<String>>,
    pub progress: Mutex<Vec<u64>>,
    pub notes: Mutex<Vec<String>>,
}

impl Mac {
    pub fn of(row: &Row) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let root = dir.path().to_path_buf();
        let mut world = World::of(row);
        let at = |path: &Path| root.join(path.strip_prefix("/").expect("absolute"));
        let lay = |path: &Path| fs::create_dir_all(path.parent().expect("a directory")).expect("writable");
        let changing = |path: &Path| CHANGING.iter().any(|it| path.starts_with(it));
        for (path, bytes) in world.disk.files.iter().filter(|it| changing(it.0)) {
            lay(&at(path));
            fs::write(at(path), bytes).expect("writable");
        }
        for (path, target) in world.links.iter().filter(|it| changing(it.0)) {
            lay(&at(path));
            symlink(target, at(path)).expect("writable");
        }
        for dir in world.disk.dirs.iter().filter(|it| changing(it)) {
            fs::create_dir_all(at(dir)).expect("writable");
        }
        for (path, script) in SCRIPTS {
            // Not every Mac has Homebrew.
            if !path.ends_with("brew") {
                world.disk.files.insert(path.into(), b"#!".to_vec());
            }
            let file = at(Path::new(path));
            lay(&file);
            let text = format!(
                "#!/bin/sh\nROOT='{}'\necho \"{path} $*\" >> \"$ROOT/ran\"\n{script}",
                root.display()
            );
            fs::write(&file, text).expect("writable");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("ours");
        }
        for (path, value) in &row.quarantine {
            let mark = root.join("marks").join(path.strip_prefix("/").expect("absolute"));
            lay(&mark);
            fs::write(mark, format!("{value}\n")).expect("writable");
        }
        let env = world.env.clone();
        let look = RealLook::new(BTreeMap::new(), root.join("scratch"));
        let told = Told { go_on: root.join("go-on"), ..Told::default() };
        let (children, stale) = (RealChildren::default(), AtomicBool::new(true));
        Self { dir, world: RwLock::new(world), env, look, children, stale, told }
    }

    /// What was started, in order.
    pub fn ran(&self) -> Vec<String> {
        let text = fs::read_to_string(self.dir.path().join("ran")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// What opened a dialogue on the screen.
    pub fn dialogues(&self) -> Vec<String> {
        self.seen().dialogues.lock().expect("nobody panics with it").clone()
    }

    /// A file of the stand-ins' own: a switch, or a mark.
    pub fn lay(&self, name: &str) {
        let file = self.dir.path().join(name);
        fs::create_dir_all(file.parent().expect("a directory")).expect("writable");
        fs::write(file, "").expect("writable");
    }

    /// Where a path of the Mac lies here.
    fn at(&self, path: &Path) -> PathBuf {
        let path = real(&self.world.read().expect("nobody panics with it").links, path);
        self.dir.path().join(path.strip_prefix("/").unwrap_or(&path))
    }

    fn script(&self, program: &Path) -> Option<PathBuf> {
        let named = SCRIPTS.iter().any(|it| Path::new(it.0) == program);
        named.then(|| self.at(program))
    }

    fn changed(&self) {
        self.stale.store(true, Ordering::SeqCst);
    }

    /// The machine as the disk has it now.
    fn seen(&self) -> RwLockReadGuard<'_, World> {
        if self.stale.swap(false, Ordering::SeqCst) {
            let mut world = self.world.write().expect("nobody panics with it");
            let changing = |path: &Path| CHANGING.iter().any(|it| path.starts_with(it));
            world.disk.files.retain(|path, _| !changing(path));
            world.links.retain(|path, _| !changing(path));
            world.disk.dirs.retain(|path| !changing(path));
            for top in CHANGING {
                read_again(&mut world, self.dir.path(), Path::new(top));
            }
            let chosen = world.links.get(Path::new(LINKS[1])).cloned();
            let chosen = chosen.unwrap_or_else(|| COMMAND_LINE_TOOLS.into());
            world.row.tools = world.disk.files.contains_key(&chosen.join(LIBXCRUN)).then_some(chosen);
        }
        self.world.read().expect("nobody panics with it")
    }
}

fn read_again(world: &mut World, root: &Path, at: &Path) {
    let here = root.join(at.strip_prefix("/").expect("absolute"));
    let Ok(kind) = fs::symlink_metadata(&here).map(|it| it.file_type()) else { return };
    if kind.is_symlink() {
        world.links.insert(at.into(), fs::read_link(&here).expect("a link"));
    } else if kind.is_dir() {
        world.disk.dirs.push(at.into());
        for entry in fs::read_dir(&here).into_iter().flatten().flatten() {
            read_again(world, root, &at.join(entry.file_name()));
        }
    } else if let Ok(bytes) = fs::read(&here) {
        world.disk.files.insert(at.into(), bytes);
    }
}

impl Look for Mac {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        self.seen().read(path)
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        self.seen().list(path)
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        self.seen().stat(path)
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        self.seen().space(path)
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let Some(program) = self.script(&ask.program) else { return self.seen().run(ask) };
        self.seen().may_start(&ask.program);
        let answer = self.look.run(&Ask { program, ..ask.clone() });
        self.changed();
        answer
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        self.seen().connect(to, send, limit)
    }

    fn now(&self) -> u64 {
        self.seen().now()
    }

    fn monotonic_ms(&self) -> u64 {
        self.seen().monotonic_ms()
    }

    fn wait(&self, _time: Duration) {
        self.changed();
        std::thread::yield_now();
    }

    fn identity(&self) -> Identity {
        self.seen().identity()
    }
}

impl Children for Mac {
    fn start(&self, spawn: &Spawn) -> io::Result<Box<dyn Child>> {
        let program = self.script(&spawn.program).ok_or(io::ErrorKind::NotFound)?;
        self.seen().may_start(&spawn.program);
        let output = match &spawn.output {
            Output::File(file) => Output::File(self.at(file)),
            other => other.clone(),
        };
        self.changed();
        self.children.start(&Spawn { program, output, ..spawn.clone() })
    }
}

impl Disk for Mac {
    fn make_dir(&self, path: &Path, mode: u32) -> Result<Option<PathBuf>, DiskError> {
        self.changed();
        let made = RealDisk.make_dir(&self.at(path), mode)?;
        Ok(made.map(|it| Path::new("/").join(it.strip_prefix(self.dir.path()).unwrap_or(&it))))
    }

    fn write(&self, path: &Path, bytes: &[u8], mode: Option<u32>) -> Result<(), DiskError> {
        self.changed();
        RealDisk.write(&self.at(path), bytes, mode)
    }

    fn write_as(&self, path: &Path, bytes: &[u8], mode: u32, _owner: (u32, u32)) -> Result<(), DiskError> {
        self.write(path, bytes, Some(mode))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.changed();
        RealDisk.append(&self.at(path), bytes)
    }

    fn create(&self, path: &Path, mode: u32) -> Result<Box<dyn io::Write + Send>, DiskError> {
        self.changed();
        RealDisk.create(&self.at(path), mode)
    }

    fn open(&self, path: &Path) -> Result<Box<dyn ReadSeek>, DiskError> {
        RealDisk.open(&self.at(path))
    }

    fn link(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        self.changed();
        RealDisk.link(target, &self.at(at))
    }

    fn copy(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.changed();
        RealDisk.copy(&self.at(from), &self.at(to))
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.changed();
        RealDisk.rename(&self.at(from), &self.at(to))
    }

    fn remove(&self, path: &Path) -> Result<(), DiskError> {
        self.changed();
        RealDisk.remove(&self.at(path))
    }

    fn remove_tree(&self, path: &Path) -> Result<(), DiskError> {
        self.changed();
        RealDisk.remove_tree(&self.at(path))
    }

    fn set_mode(&self, path: &Path, mode: u32) -> Result<(), DiskError> {
        RealDisk.set_mode(&self.at(path), mode)
    }

    fn set_owner(&self, _path: &Path, _uid: u32, _gid: u32) -> Result<(), DiskError> {
        Ok(())
    }

    fn sync_tree(&self, path: &Path) -> Result<(), DiskError> {
        RealDisk.sync_tree(&self.at(path))
    }

    fn lock(&self, path: &Path) -> Result<Option<Box<dyn Send + Sync>>, DiskError> {
        self.changed();
        RealDisk.lock(&self.at(path))
    }
}

/// Nothing is downloaded here.
pub struct NoNet;

impl Net for NoNet {
    fn get(&self, request: &Request) -> Result<Response, NetError> {
        Err(NetError::TimedOut { host: request.url.to_string() })
    }
}

impl Events for Told {
    fn started(&self, _step: u32, _what: &Text) {}

    fn progress(&self, _step: u32, done: u64, _total: Option<u64>, _unit: Unit) {
        self.progress.lock().expect("nobody panics with it").push(done);
        fs::write(&self.go_on, "").expect("writable");
    }

    fn line(&self, _step: u32, _text: &str) {}

    fn detail(&self, _step: u32, _text: &Text) {}

    fn command(&self, _step: u32, line: &str) {
        self.commands.lock().expect("nobody panics with it").push(line.to_owned());
    }

    fn finished(&self, _step: u32, _outcome: &Outcome, _millis: u64) {}

    fn note(&self, text: &Text) {
        self.notes.lock().expect("nobody panics with it").push(text.key.to_string());
    }
}
