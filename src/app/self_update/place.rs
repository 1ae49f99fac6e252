//! Where this program is, and how another one takes its place: staged beside it, tested there, the old one kept, then one
//! rename. At each moment a program that works stands at the path.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::journal::lock;
use crate::packages::{self, PackageManager};
use crate::probe::programs;
use crate::system::{Environment, Look, Stat, links};
use crate::text::Text;
use crate::trust::Verified;
use crate::version::Version;

/// How long a new program may take to say that it works.
const PATIENCE_MS: u64 = 10_000;
/// A program is read whole to keep it. One of ours has 10 MB, one for debugging more.
const LARGEST: u64 = 1 << 30;

/// The place of this program.
pub struct Place {
    program: PathBuf,
    stat: Stat,
}

impl Place {
    /// Where we were started from, where that is ours to change.
    pub fn of(session: &Session) -> Result<Self, Failure> {
        let (look, named) = (session.look, session.look.identity().executable);
        let Fact::Here((program, stat)) = links::resolve(look, &named) else {
            let message = text!("update-lost", program = named);
            return Err(Failure::new(Code::UpdateForeign, message).hint(text!("update-foreign-hint")));
        };
        let me = look.identity().uid;
        let dir = program.parent().unwrap_or(Path::new("/"));
        // Where anybody may rename, anybody could put another program under the name of the staged one.
        let anybodys = |it: &Stat| it.mode & 0o002 != 0 && it.mode & 0o1000 == 0;
        let dir_is = |it: &Stat| it.writable && (it.uid == me || it.uid == 0) && !anybodys(it);
        if stat.uid != me || !look.stat(dir).here().is_some_and(dir_is) {
            let message = text!("update-foreign", program = &program);
            let hint = text!("update-foreign-hint");
            return Err(Failure::new(Code::UpdateForeign, message).hint(hint).at(program, None));
        }
        Ok(Self { program, stat })
    }

    /// Where this program is.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Where the one before is kept.
    pub fn previous(&self) -> PathBuf {
        self.named("", ".previous")
    }

    fn staged(&self) -> PathBuf {
        self.named(".", ".update")
    }

    fn named(&self, front: &str, end: &str) -> PathBuf {
        let name = self.program.file_name().unwrap_or_default().to_string_lossy();
        self.program.with_file_name(format!("{front}{name}{end}"))
    }

    /// Puts another program here. Where it fails its self-test, the old one is here as before.
    pub fn put(
        &self,
        session: &Session,
        program: &Verified<Vec<u8>>,
        version: &Version,
    ) -> Result<(), Failure> {
        let (look, disk) = (session.look, session.doors.system.disk);
        let (staged, previous) = (self.staged(), self.previous());
        for path in [&staged, &previous, &self.program] {
            lock::sweep(look, disk, path)?;
        }
        let (mode, me) = (self.stat.mode & 0o777, (self.stat.uid, self.stat.gid));
        disk.write_as(&staged, program.get(), mode, me)?;
        if let Err(why) = works(look, &staged, version) {
            disk.remove(&staged)?;
            return Err(self.failed(version, why));
        }
        let old = self.bytes(session)?;
        disk.write_as(&previous, &old, mode, me)?;
        disk.rename(&staged, &self.program)?;
        if let Err(why) = works(look, &self.program, version) {
            disk.write_as(&self.program, &old, mode, me)?;
            return Err(self.failed(version, why));
        }
        Ok(())
    }

    fn failed(&self, version: &Version, why: Text) -> Failure {
        let message = text!("update-self-test", version = version.to_string(), why = why);
        Failure::new(Code::UpdateSelfTest, message).hint(text!("update-kept-hint")).at(&self.program, None)
    }

    fn bytes(&self, session: &Session) -> Result<Vec<u8>, DiskError> {
        let mut bytes = Vec::new();
        let file = session.doors.system.disk.open(&self.program)?;
        let read = file.take(LARGEST).read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(|it| DiskError::new(&self.program, &it))
    }
}

/// A program of a package manager is that one's to update; no channel is asked about it.
pub fn not_packaged(session: &Session) -> Result<(), Failure> {
    let Some((program, manager, package)) = owner(session.look) else { return Ok(()) };
    let manager = manager.name();
    let message = text!("update-packaged", program = &program, manager = manager, package = package);
    let hint = text!("update-packaged-hint", manager = manager);
    Err(Failure::new(Code::UpdatePackaged, message).hint(hint).at(program, None))
}

/// This program, where a package manager put it: the file, the manager and the package.
pub fn owner(look: &dyn Look) -> Option<(PathBuf, &'static dyn PackageManager, String)> {
    let (program, _) = links::resolve(look, &look.identity().executable).into_here()?;
    let (manager, package) = package(look, &program)?;
    Some((program, manager, package))
}

/// The package that a file is of, with its manager.
fn package(look: &dyn Look, file: &Path) -> Option<(&'static dyn PackageManager, String)> {
    let ask = |it: &&'static dyn PackageManager| {
        it.owners(&[file.display().to_string()]).map(|command| (*it, command))
    };
    let mut asks: Vec<_> = packages::ALL.iter().filter_map(ask).collect();
    // Those above rpm ask one and the same thing, and stand side by side.
    asks.dedup_by(|it, before| it.1 == before.1);
    asks.into_iter().find_map(|(manager, command)| {
        let (program, args) = command.split_first()?;
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        // A home that is thrown away: rpm makes a database of its own in it where Debian has set it up.
        let environment = [manager.environment().as_slice(), &[("HOME", "{scratch}")]].concat();
        let ask = programs::ask(Path::new(program), &args, Environment::fixed(&environment));
        let owners = manager.parse_owners(&look.run(&ask).into_here()?.out());
        owners.into_iter().next().map(|it| (manager, it))
    })
}

/// Whether a program starts here, is the version that it should be, and reads what is part of it. It gets a home that is
/// thrown away.
fn works(look: &dyn Look, program: &Path, version: &Version) -> Result<(), Text> {
    let environment =
        || Environment::fixed(&[("PATH", crate::system::environment::PATH), ("HOME", "{scratch}")]);
    let asked = |args: &[&str]| {
        let mut ask = programs::ask(program, args, environment());
        ask.limit_ms = PATIENCE_MS;
        match look.run(&ask) {
            Fact::Here(answer) if answer.timed_out => {
                Err(text!("update-no-answer", seconds = PATIENCE_MS / 1000))
            }
            Fact::Here(answer) if answer.ok() => Ok(answer.out()),
            Fact::Here(answer) => {
                let said = programs::first_line(&answer.err()).unwrap_or_default();
                Err(text!("update-bad-answer", code = i64::from(answer.code.unwrap_or(-1)), said = said))
            }
            Fact::Absent => Err(text!("update-no-start")),
            Fact::Unknown(why) => Err(text!("verify-why", why = why)),
        }
    };
    let said = asked(&["--version"])?;
    if !said.split_whitespace().any(|it| it == version.to_string()) {
        return Err(text!("update-says-other", said = said.trim()));
    }
    asked(&["self", "test"]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn a_program_of_a_package_is_known_by_its_package() {
        let file = Path::new("/usr/bin/fyne-setup");
        let asked = packages::ALL[0].owners(&["/usr/bin/fyne-setup".into()]).expect("it can be asked");
        let first = |code, out| Machine::linux().answer(&asked[0], &asked[1], code, out, "");
        let owned = first(0, "fyne-setup: /usr/bin/fyne-setup\n");
        let package = |look: &Machine, file: &Path| super::package(look, file).map(|it| (it.0.name(), it.1));
        assert_eq!(package(&owned, file), Some((packages::ALL[0].name(), "fyne-setup".into())));
        assert_eq!(package(&first(1, ""), file), None);
        let rpm = Machine::linux().answer("/usr/bin/rpm", "-qf", 0, "fyne-setup\n", "");
        assert_eq!(package(&rpm, file).map(|it| it.1), Some("fyne-setup".into()));
        let said = "file /usr/bin/fyne-setup is not owned by any package\n";
        assert_eq!(package(&Machine::linux().answer("/usr/bin/rpm", "-qf", 1, said, ""), file), None);
        assert_eq!(package(&Machine::linux(), file), None, "no manager");
    }

    #[test]
    fn a_program_that_does_not_work_says_why() {
        let version: Version = "9.2.0".parse().expect("a version");
        let program = Path::new("/root/bin/fyne-setup");
        let with = |said: &str, code| {
            Machine::linux().answer("/root/bin/fyne-setup", "--version", 0, said, "").answer(
                "/root/bin/fyne-setup",
                "self test",
                code,
                "",
                "broken\n",
            )
        };
        let key = |machine: &Machine| works(machine, program, &version).map_err(|it| it.key.to_string());
        assert_eq!(key(&with("fyne-setup 9.2.0\n", 0)), Ok(()));
        assert_eq!(key(&with("fyne-setup 9.2.0\n", 3)), Err("update-bad-answer".into()));
        assert_eq!(key(&with("fyne-setup 9.2.0-rc.1\n", 0)), Err("update-says-other".into()));
        assert_eq!(key(&with("fyne-setup 19.2.0\n", 0)), Err("update-says-other".into()));
        assert_eq!(key(&Machine::linux()), Err("update-no-start".into()));
    }
}
