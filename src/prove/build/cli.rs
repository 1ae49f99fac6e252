//! The fyne CLI: built into a directory of ours, and put in its place only after its build info was judged.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::child::file_failure;
use super::go_build::GoBuild;
use crate::failure::{Code, Failure};
use crate::version::ModuleVersion;

/// A program that was built and waits to be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    /// Where it lies.
    pub program: PathBuf,
    /// The directory of ours that holds nothing else.
    pub dir: PathBuf,
}

impl GoBuild<'_> {
    /// Builds `module@version` in the clean environment. Nothing is in use yet: read its build info, confirm the hash of
    /// every module in it, then [`GoBuild::place`] it, or [`GoBuild::discard`] it. Without cgo the same Go and version give
    /// the same bytes in every home (`scripts/reproduce-cli` shows it); with cgo it takes what the first program compiled.
    pub fn install_cli(&self, module: &ModuleVersion, cgo: bool) -> Result<Staged, Failure> {
        let name = module.path().rsplit('/').next().unwrap_or("fyne");
        let dir = self.places.staging().join(format!("cli-{}", self.system.look.monotonic_ms()));
        self.system.disk.make_dir(&dir, 0o700).map_err(file_failure)?;
        let staged = Staged { program: dir.join(self.style().executable(name)), dir };
        let env = self.clean(cgo, Some(&staged.dir))?;
        let trim: &[&str] = if cgo { &[] } else { &["-trimpath"] };
        let args = [&["install"], trim, &["-v", module.as_str()]].concat();
        let built = self.go_run(&env, &staged.dir, &args, &mut |_| ());
        if built.is_err() {
            self.discard(&staged);
        }
        built.map(|()| staged)
    }

    /// Writes a judged program to its place in one step, and gives its path there. `bytes` are those that were judged; what
    /// stands there afterwards is compared with them, for the directory may be one that others can write.
    pub fn place(&self, staged: &Staged, bytes: &[u8], bin: &Path) -> Result<PathBuf, Failure> {
        let to = bin.join(staged.program.file_name().unwrap_or_default());
        let disk = self.system.disk;
        let moved = disk.make_dir(bin, 0o755).and_then(|_| disk.write_as(&to, bytes, 0o755, self.me()));
        self.discard(staged);
        moved.map_err(file_failure)?;
        if self.holds(&to, bytes) {
            return Ok(to);
        }
        let message = text!("build-cli-replaced", path = &to);
        Err(Failure::new(Code::TrustCli, message).hint(text!("trust-differs-hint")).at(to, None))
    }

    /// Whether a file holds these bytes. Read piece by piece: a CLI is larger than all else that is kept in memory.
    fn holds(&self, path: &Path, bytes: &[u8]) -> bool {
        let Ok(mut file) = self.system.disk.open(path) else { return false };
        let (mut rest, mut piece) = (bytes, vec![0; 64 * 1024]);
        loop {
            match file.read(&mut piece) {
                Ok(0) => return rest.is_empty(),
                Ok(count) => match rest.strip_prefix(&piece[..count]) {
                    Some(left) => rest = left,
                    None => return false,
                },
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }

    fn me(&self) -> (u32, u32) {
        let identity = self.system.look.identity();
        (identity.uid, identity.gid)
    }

    /// Throws a staged program away.
    pub fn discard(&self, staged: &Staged) {
        // What is left over lies in our staging directory, where nothing is used from.
        let _ = self.system.disk.remove_tree(&staged.dir);
    }
}
