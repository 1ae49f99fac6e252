//! The real `Look`: the only place that reads this machine. It answers; it never judges.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: everything else asks it"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use super::groups::Groups;
use super::os::regular::Links;
use super::{
    Answer, Ask, Endpoint, Environment, Identity, Look, RegistryEntries, RegistryKey, Space, Stat, TEXT_MIB,
    TreeSummary, os, own,
};
use crate::disk_error::DiskError;
use crate::fact::{Fact, Why};
use crate::path_style::PathStyle;

mod run;
mod scratch;
mod talk;

/// The largest file that `read` gives whole, in MiB.
const READ_MIB: u64 = 64;

/// The machine that we run on.
pub struct RealLook {
    env: BTreeMap<String, String>,
    scratch: PathBuf,
    /// Directories of ours: what is read there is ours alone.
    roots: Vec<PathBuf>,
    begun: Instant,
    serial: AtomicU64,
    /// What was started and has not ended.
    groups: Groups,
    /// Whether the scratch directory lies where nobody else can put another in its place.
    safe: OnceLock<bool>,
}

impl RealLook {
    /// `scratch` is where children of reading commands get their private directories; it is made when first needed.
    pub fn new(env: BTreeMap<String, String>, scratch: PathBuf) -> Self {
        let (roots, serial, groups, safe) = <_>::default();
        Self { env, scratch, roots, begun: Instant::now(), serial, groups, safe }
    }

    /// The same machine, on which nothing is believed below these directories that is not ours alone.
    #[must_use]
    pub fn guarding(self, roots: impl Into<Vec<PathBuf>>) -> Self {
        Self { roots: roots.into(), ..self }
    }

    /// The programs that are asked right now, for who has to end them.
    pub fn groups(&self) -> Groups {
        self.groups
    }

    /// The root of ours that a path lies below, where what lies there is believed only if it is ours alone. Go's own trees,
    /// and the link that names the one in use, are read as any others.
    fn guarded(&self, path: &Path) -> Option<&PathBuf> {
        self.roots.iter().find(|root| {
            let first = path.strip_prefix(root).map(|it| it.components().next());
            first.is_ok_and(|it| {
                it.is_none_or(|it| !["go", "current"].iter().any(|own| it.as_os_str() == *own))
            })
        })
    }

    fn open(&self, path: &Path) -> io::Result<fs::File> {
        match self.guarded(path) {
            Some(root) => os::own::open(root, path),
            None => os::regular::read(path, Links::Followed),
        }
    }

    /// The environment of this process. Values that are not UTF-8 are read as well as can be.
    pub fn environment() -> BTreeMap<String, String> {
        Environment::named(PathStyle::of(std::env::consts::OS), os::look::environment())
    }

    /// A fresh private directory with a name that nobody can guess. Where our cache cannot be written, or somebody else could
    /// put another in its place, the system's temporary directory serves.
    fn fresh_scratch(&self) -> io::Result<PathBuf> {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{serial}-{}", std::process::id(), own::unguessable());
        let made = |path: PathBuf| os::made::dir(&path, 0o700).map(|()| path);
        let ours = || {
            if !*self.safe.get_or_init(|| scratch::ready(&self.scratch)) {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied));
            }
            made(self.scratch.join(&name))
        };
        os::look::temporary()
            .into_iter()
            .fold(ours(), |made_one, dir| made_one.or_else(|_| made(dir.join(format!("fyne-setup-{name}")))))
    }
}

impl Look for RealLook {
    fn read(&self, path: &Path) -> Fact<Vec<u8>> {
        fact(self.open(path).and_then(|it| whole(path, it, READ_MIB)))
    }

    fn read_text(&self, path: &Path) -> Fact<Vec<u8>> {
        fact(self.open(path).and_then(|it| whole(path, it, TEXT_MIB)))
    }

    fn read_at(&self, path: &Path, offset: u64, length: usize) -> Fact<Vec<u8>> {
        fact(self.open(path).and_then(|mut file| {
            file.seek(io::SeekFrom::Start(offset))?;
            let mut bytes = Vec::new();
            file.take((length as u64).min(READ_MIB << 20)).read_to_end(&mut bytes)?;
            Ok(bytes)
        }))
    }

    fn list(&self, path: &Path) -> Fact<Vec<String>> {
        // A directory that should be ours alone, and is not, has nothing to say.
        let seen = self.guarded(path).map_or(Ok(()), |root| os::own::open(root, path).map(drop));
        fact(seen.and_then(|()| fs::read_dir(os::path::native(path)?)).and_then(|entries| {
            let names = entries.map(|it| it.map(|it| it.file_name().to_string_lossy().into_owned()));
            let mut names = names.collect::<io::Result<Vec<_>>>()?;
            names.sort();
            Ok(names)
        }))
    }

    fn stat(&self, path: &Path) -> Fact<Stat> {
        fact(os::look::stat(path))
    }

    fn tree_summary(&self, dir: &Path) -> Fact<TreeSummary> {
        fn walk(top: &Path, at: &Path, signs: &mut TreeSummary) -> io::Result<()> {
            for entry in fs::read_dir(at)? {
                let entry = entry?;
                let metadata = entry.metadata()?;
                let name = || entry.path().strip_prefix(top).map(Path::to_path_buf).unwrap_or_default();
                let (mode, modified) = os::look::mode_and_time(&metadata);
                signs.add(mode, modified, name);
                if metadata.is_file() {
                    signs.bytes += metadata.len();
                }
                if metadata.is_dir() {
                    walk(top, &entry.path(), signs)?;
                }
            }
            Ok(())
        }
        fact(os::path::native(dir).and_then(fs::symlink_metadata).and_then(|it| {
            let mut signs = TreeSummary::default();
            let (mode, modified) = os::look::mode_and_time(&it);
            signs.add(mode, modified, PathBuf::new);
            walk(dir, dir, &mut signs)?;
            Ok(signs)
        }))
    }

    fn registry(&self, key: &RegistryKey) -> Fact<RegistryEntries> {
        fact(os::registry::read(key))
    }

    fn process(&self, pid: u32) -> Fact<Vec<String>> {
        os::process::named(self, pid)
    }

    fn space(&self, path: &Path) -> Fact<Space> {
        fact(os::look::space(path))
    }

    fn env(&self) -> &BTreeMap<String, String> {
        &self.env
    }

    fn run(&self, ask: &Ask) -> Fact<Answer> {
        let scratch = match self.fresh_scratch() {
            Ok(scratch) => scratch,
            Err(error) => return Fact::Unknown(text!("why-no-scratch", why = plain(&error)).into()),
        };
        let answer = run::run(ask, &scratch, self.groups);
        // A leftover scratch directory harms nobody: it is ours, private and below our cache.
        let _ = fs::remove_dir_all(&scratch);
        fact(answer)
    }

    fn connect(&self, to: &Endpoint, send: &[u8], limit: Duration) -> Fact<Vec<u8>> {
        fact(talk::talk(to, send, limit))
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |it| it.as_secs())
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn identity(&self) -> Identity {
        os::look::identity()
    }
}

/// All of a file that is no larger than this. One that grows while it is read is cut off here, too.
fn whole(path: &Path, file: fs::File, most: u64) -> io::Result<Vec<u8>> {
    // What is empty by its nature (NUL) has no size.
    let size = file.metadata().map_or(0, |it| it.len());
    let mut bytes = Vec::new();
    if size <= most << 20 {
        file.take((most << 20) + 1).read_to_end(&mut bytes)?;
    }
    if size.max(bytes.len() as u64) > most << 20 {
        return Err(DiskError::because(path, text!("why-larger", most = most.cast_signed())).into());
    }
    Ok(bytes)
}

/// An answer of the operating system as a fact. Only "no such file" is absence.
fn fact<T>(result: io::Result<T>) -> Fact<T> {
    match result {
        Ok(value) => Fact::Here(value),
        Err(error) if os::look::is_absence(&error) => Fact::Absent,
        Err(error) => Fact::Unknown(match error.get_ref().and_then(|it| it.downcast_ref::<DiskError>()) {
            Some(ours) => ours.why.clone(),
            None => Why::System(plain(&error)),
        }),
    }
}

/// The system's words without "(os error 13)".
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).trim_end_matches('.').to_lowercase()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn look(dir: &tempfile::TempDir) -> RealLook {
        RealLook::new(BTreeMap::new(), dir.path().join("scratch"))
    }

    #[test]
    fn absent_denied_and_present_are_three_things() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = look(&dir);
        assert_eq!(look.read(&dir.path().join("none")), Fact::Absent);
        assert!(matches!(look.read(dir.path()), Fact::Unknown(_)));
        fs::write(dir.path().join("some"), "text").expect("writable");
        assert_eq!(look.read(&dir.path().join("some")), Fact::Here(b"text".to_vec()));
        assert_eq!(look.list(dir.path()), Fact::Here(vec!["some".into()]));
        assert_eq!(look.read(&dir.path().join("some/below")), Fact::Absent);
    }

    #[test]
    fn a_text_and_a_file_have_a_largest_size_and_are_not_read_for_it() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let sized = |name: &str, size: u64| {
            let path = dir.path().join(name);
            fs::File::create(&path).and_then(|it| it.set_len(size)).expect("a sparse file");
            path
        };
        let look = look(&dir);
        let larger = |most: u64| Fact::Unknown(text!("why-larger", most = most.cast_signed()).into());
        let fits = sized("fits", TEXT_MIB << 20);
        assert!(look.read_text(&fits).is_here() && look.read(&fits).is_here());
        let text = sized("text", (TEXT_MIB << 20) + 1);
        assert_eq!((look.read_text(&text), look.read(&text).is_here()), (larger(TEXT_MIB), true));
        let file = sized("file", 5 << 40);
        assert_eq!((look.read_text(&file), look.read(&file)), (larger(TEXT_MIB), larger(READ_MIB)));
        assert_eq!(look.read_at(&file, 4 << 40, 3), Fact::Here(vec![0; 3]));
        assert_eq!(look.read_text(Path::new("/proc/sys/kernel/ostype")), Fact::Here(b"Linux\n".to_vec()));
    }

    #[test]
    fn below_our_directories_only_what_is_ours_alone_is_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().expect("a temporary directory");
        let root = dir.path().join("ours");
        fs::create_dir_all(root.join("sumdb")).expect("made");
        for file in ["journal", "sumdb/latest"] {
            fs::write(root.join(file), "text").expect("written");
        }
        let look = look(&dir).guarding([root.clone()]);
        let reads = |name: &str| look.read(&root.join(name)).is_here();
        let mode = |name: &str, mode| {
            fs::set_permissions(root.join(name), fs::Permissions::from_mode(mode)).expect("ours");
        };
        assert!(reads("journal") && reads("sumdb/latest") && look.list(&root).is_here());
        assert_eq!(look.read(&root.join("none")), Fact::Absent);
        for (name, open, closed) in [("journal", 0o666, 0o644), ("sumdb/latest", 0o620, 0o600)] {
            mode(name, open);
            assert!(!reads(name), "{name}");
            mode(name, closed);
            assert!(reads(name), "{name}");
        }
        mode("sumdb", 0o777);
        assert!(!reads("sumdb/latest") && reads("journal") && !look.list(&root.join("sumdb")).is_here());
        mode("sumdb", 0o755);
        symlink(root.join("journal"), root.join("link")).expect("linked");
        symlink(root.join("sumdb"), root.join("dir")).expect("linked");
        assert!(!reads("link") && !reads("dir/latest"));
        mode("", 0o772);
        assert!(!reads("journal"));
    }

    #[test]
    fn a_child_that_outlives_its_program_does_not_outlive_its_directory() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let script = "(sleep 60; echo late > left) >/dev/null 2>&1 & echo $!";
        let ask = Ask {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            env: [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into(),
            limit_ms: 10_000,
            ..Ask::default()
        };
        let pid = look(&dir).run(&ask).map(|it| it.out().trim().to_owned()).into_here().expect("an answer");
        let dead = |_| {
            std::thread::yield_now();
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            stat.is_empty() || stat.contains(") Z ") || stat.contains(") X ")
        };
        assert!((0..100_000).any(dead), "{pid}");
        assert_eq!(look(&dir).list(&dir.path().join("scratch")), Fact::Here(vec![]));
    }

    #[test]
    fn a_program_gets_only_what_it_is_given() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let ask = Ask {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), "cat; cat '{scratch}/a'; pwd; env; exit 3".into()],
            env: [("ONLY".to_owned(), "this".to_owned())].into(),
            input: b"in ".to_vec(),
            files: vec![("a".into(), b"file\n".to_vec())],
            limit_ms: 10_000,
            ..Ask::default()
        };
        let Fact::Here(answer) = look(&dir).run(&ask) else { panic!("no answer") };
        assert_eq!(answer.code, Some(3));
        assert!(answer.out().starts_with("in file\n"), "{}", answer.out());
        assert!(answer.out().contains("ONLY=this") && !answer.out().contains("HOME="), "{}", answer.out());
        assert_eq!(look(&dir).list(&dir.path().join("scratch")), Fact::Here(vec![]), "scratch is gone");
    }

    #[test]
    fn a_program_that_hangs_is_ended_with_its_children() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let ask = Ask {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), "echo begun; sleep 100 & sleep 100".into()],
            env: [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into(),
            limit_ms: 200,
            ..Ask::default()
        };
        let Fact::Here(answer) = look(&dir).run(&ask) else { panic!("no answer") };
        assert!(answer.timed_out && answer.code.is_none());
        assert_eq!(answer.out(), "begun\n");
        let none = Ask { program: "/nonexistent/program".into(), limit_ms: 1000, ..Ask::default() };
        assert_eq!(look(&dir).run(&none), Fact::Absent);
    }
}
