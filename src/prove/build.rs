//! Go at work for a proof: the modules, the parts that can be compiled early, the program, the CLI, the warm cache.
//!
//! Each function is one act that may run beside others (the plan's graph says which). What is trusted runs in the clean
//! environment, what is being tested in the user's. Not here: Go itself, the system's packages, and the window.

use std::path::{Path, PathBuf};

use super::environment::{self, Clean};
use super::{packages, program};
use crate::action::Stage;
use crate::disk_error::DiskError;
use crate::fact::{Fact, Why};
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::system::{Ask, Environment, Kind};
use crate::toolexec;
use crate::version::ModuleVersion;

mod child;
mod cli;
mod go_build;
mod project;

use go_build::is_import_path;

pub(crate) use child::file_failure;
pub use cli::Staged;
pub use go_build::{GoBuild, Progress};
pub use project::ProjectBuild;

/// What is in the directory of the proof program.
const OURS: [&str; 7] = ["main.go", "go.mod", "go.sum", "proof", "proof.exe", "proof-fyne", "proof-fyne.exe"];

impl GoBuild<'_> {
    /// Downloads the modules of the program into the user's module cache. `go` checks each against our `go.sum`, or
    /// against the checksum database where that has no line for it.
    pub fn download_modules(&self) -> Result<(), Failure> {
        let dir = self.lay()?;
        let mut env = self.clean(true, None)?;
        let pinned = self.module().pinned;
        if pinned {
            return self.go_run(&env, &dir, &["mod", "download"], &mut |_| ());
        }
        // `go list` asks for what a build would, and completes go.mod and go.sum on the way.
        env.set("GOFLAGS", environment::quiet("-mod=mod"));
        self.go_run(&env, &dir, &["list", "-deps", "-f", "{{if false}}{{end}}", "."], &mut |_| ())
    }

    /// Fetches one module (`path@version`) into a module cache of its own, verified by `go` against the checksum database:
    /// from what another cache has downloaded first where `near` names it, else as GOPROXY says.
    pub fn fetch_module(
        &self,
        into: &Path,
        module: &ModuleVersion,
        near: Option<&Path>,
    ) -> Result<(), Failure> {
        self.system.disk.make_dir(into, 0o700).map_err(file_failure)?;
        let mut env = self.clean(false, None)?;
        env.set("GOMODCACHE", self.style().shown(into));
        // So that staging can be swept like everything else there.
        env.set("GOFLAGS", environment::quiet("-modcacherw"));
        if let Some(near) = near {
            let downloads = near.join("cache/download").display().to_string().replace('\\', "/");
            // `file:///C:/…`
            let root = if downloads.starts_with('/') { "" } else { "/" };
            let list = format!("file://{root}{downloads}|{}", self.goproxy);
            env.set("GOPROXY", list);
        }
        self.go_run(&env, into, &["mod", "download", module.as_str()], &mut |_| ())
    }

    /// Lists what the project in `dir` is made of, so that `go` completes the go.sum beside `mod_file`, which stands in
    /// for the project's. The checksum database is not asked about what `private` matches.
    pub fn list_project(&self, dir: &Path, mod_file: &Path, private: &str) -> Result<(), Failure> {
        let mut env = self.clean(true, None)?;
        if !private.is_empty() {
            env.set("GONOSUMDB", private);
        }
        let mod_file = format!("-modfile={}", mod_file.display());
        let listed = ["-e", "-deps", "-f", "{{if false}}{{end}}", "./..."];
        let args = [&["list", "-buildvcs=false", "-mod=mod", &mod_file][..], &listed].concat();
        self.go_run(&env, dir, &args, &mut |_| ())
    }

    /// Has `go` ask the checksum database about every module that a Fyne project of the user's will need, as it would
    /// for that project; so the user's first `go get` finds the answers in the module cache. Then compares them with
    /// the `go.sum` that is part of us. For after the window: nothing of the proof waits for it.
    pub fn confirm_modules(&self) -> Result<(), Failure> {
        let dir = self.places.cache.join("proof-program").join(format!("{}-sums", self.fyne));
        self.lay_file(&dir.join("go.mod"), &program::go_mod(self.fyne), false)?;
        let sums = dir.join("go.sum");
        self.system.disk.remove(&sums).map_err(file_failure)?;
        let args = [&["get"][..], &program::IMPORTED].concat();
        self.go_run(&self.clean(true, None)?, &dir, &args, &mut |_| ())?;
        let sums = self.system.look.read(&sums).into_here().unwrap_or_default();
        match program::differing(self.fyne, &String::from_utf8_lossy(&sums)) {
            None => Ok(()),
            Some(line) => {
                let message = text!("build-sums-differ", line = line);
                Err(Failure::new(Code::TrustChecksum, message).hint(text!("build-checksum.hint")))
            }
        }
    }

    /// Compiles a part of the program's packages before everything that the program needs is there. What cannot be
    /// compiled yet is left to the program's own build, which says what is wrong if something is.
    ///
    /// `Standard` needs Go alone; `Pure` the modules, and `Standard` done; `Gl` the modules, a C compiler, pkg-config
    /// and libGL's headers.
    pub fn warm_early(&self, stage: Stage) -> Result<(), Failure> {
        match self.compile_early(stage) {
            Err(failure) if failure.code == Code::BuildFailed => Ok(()),
            done => done,
        }
    }

    fn compile_early(&self, stage: Stage) -> Result<(), Failure> {
        let (dir, mut env) = (self.lay()?, self.as_the_user());
        env.set("CGO_ENABLED", "1");
        let known = match stage {
            Stage::Standard => {
                // No module is here yet, and none is needed: the directory has a go.mod without requirements.
                let bare = self.lay_bare()?;
                let list = self.packages(&env, &bare, &packages::STANDARD)?;
                return self.compile(&env, &bare, &packages::standard(&list));
            }
            Stage::Pure | Stage::Gl => self.packages(&env, &dir, &["."])?,
        };
        let wanted = if stage == Stage::Pure { packages::pure(&known) } else { packages::gl(&known) };
        self.compile(&env, &dir, &wanted)
    }

    /// Builds the proof program as the user would, and gives its path. The cache is warm for the user's own build.
    pub fn program(&self) -> Result<PathBuf, Failure> {
        let (dir, env) = (self.lay()?, self.as_the_user());
        let name = program::executable(&self.system.look.identity().os);
        let output = dir.join(name);
        let args = ["build", "-v", self.mod_flag(), "-buildvcs=false", "-o", name, "."];
        let total = std::sync::OnceLock::new();
        std::thread::scope(|scope| {
            scope.spawn(|| total.set(self.stale(&env, &dir)));
            let mut done = 0;
            self.go_run(&env, &dir, &args, &mut |line| {
                if is_import_path(line) {
                    done += 1;
                    (self.told)(Progress::Packages { done, total: total.get().copied().flatten() });
                }
            })
        })?;
        Ok(output)
    }

    /// Runs `fyne build` once, so that the user's own finds the cache warm: it has C flags of its own.
    pub fn warm_fyne_build(&self, cli: &Path) -> Result<(), Failure> {
        let (dir, mut env) = (self.lay()?, self.as_the_user());
        env.set("GO", self.style().shown(&self.program_of_go()));
        let flags = [env["GOFLAGS"].as_str(), self.mod_flag()].join(" ");
        env.set("GOFLAGS", flags);
        self.run(cli, &env, &dir, &["build", "-o", &self.style().executable("proof-fyne")], &mut |_| ())
    }

    /// The program's module, laid where it is built. What is there already and the same is left alone.
    fn lay(&self) -> Result<PathBuf, Failure> {
        let dir = self.places.cache.join("proof-program").join(self.fyne.to_string());
        let module = self.module();
        // `go` completes these two itself where they are not pinned.
        let grown = |name: &str| !module.pinned && name.starts_with("go.");
        self.cleared(&dir)?;
        for (name, text) in &module.files {
            self.lay_file(&dir.join(name), text, grown(name))?;
        }
        Ok(dir)
    }

    /// Nothing is built, and then run, that we did not lay: what else is in the directory goes, and it is closed to others.
    fn cleared(&self, dir: &Path) -> Result<(), Failure> {
        let (look, disk) = (self.system.look, self.system.disk);
        let Fact::Here(stat) = look.stat(dir) else { return Ok(()) };
        if stat.mode & 0o077 != 0 {
            disk.set_mode(dir, 0o700).map_err(file_failure)?;
        }
        let names = match look.list(dir) {
            Fact::Here(names) => names,
            Fact::Absent => Vec::new(),
            Fact::Unknown(why) => return Err(file_failure(DiskError::because(dir, why))),
        };
        // Another step of this run may be laying the same file, beside its place; Go passes over such names.
        let being_laid = |it: &str| {
            let name = it.strip_prefix('.').and_then(|it| it.split_once(".fyne-setup-"));
            name.is_some_and(|it| OURS.contains(&it.0))
        };
        for name in names.iter().filter(|it| !OURS.contains(&it.as_str()) && !being_laid(it)) {
            let path = dir.join(name);
            let is_dir = look.stat(&path).into_here().is_some_and(|it| it.kind == Kind::Dir);
            let gone = if is_dir { disk.remove_tree(&path) } else { disk.remove(&path) };
            gone.map_err(file_failure)?;
        }
        Ok(())
    }

    fn lay_bare(&self) -> Result<PathBuf, Failure> {
        let dir = self.places.cache.join("proof-program").join("standard");
        self.lay_file(&dir.join("go.mod"), "module fyne-setup.invalid/standard\n\ngo 1.17\n", false)?;
        Ok(dir)
    }

    fn lay_file(&self, path: &Path, text: &str, keep: bool) -> Result<(), Failure> {
        match self.system.look.read(path) {
            Fact::Here(was) if keep || was == text.as_bytes() => Ok(()),
            _ => {
                let dir = path.parent().unwrap_or(Path::new("/"));
                self.system.disk.make_dir(dir, 0o700).map_err(file_failure)?;
                self.system.disk.write(path, text.as_bytes(), Some(0o644)).map_err(file_failure)
            }
        }
    }

    fn module(&self) -> program::Module {
        program::module(self.fyne)
    }

    /// How paths are written here.
    fn style(&self) -> PathStyle {
        PathStyle::of(&self.system.look.identity().os)
    }

    fn program_of_go(&self) -> PathBuf {
        self.go.join("bin").join(self.style().executable("go"))
    }

    fn mod_flag(&self) -> &'static str {
        if self.module().pinned { "-mod=readonly" } else { "-mod=mod" }
    }

    fn clean(&self, cgo: bool, bin: Option<&Path>) -> Result<Environment, Failure> {
        let tmp = self.places.scratch();
        self.system.disk.make_dir(&tmp, 0o700).map_err(file_failure)?;
        let style = self.style();
        let there = |it: &Path| self.system.look.stat(it).is_here();
        let compiler = environment::find(style, self.user, "gcc", there)
            .filter(|_| cgo && style == PathStyle::Windows)
            .and_then(|it| it.parent().map(Path::to_path_buf));
        Ok(environment::clean(
            self.user,
            &Clean {
                style,
                go: self.go,
                home: self.home,
                gopath: self.gopath,
                modules: self.modules,
                builds: self.builds,
                tmp: &tmp,
                bin,
                compiler: compiler.as_deref(),
                goproxy: self.goproxy,
                cgo,
                goflags: self.front.filter(|_| cgo && bin.is_some()).and_then(|it| toolexec::goflags(it, "")),
            },
        ))
    }

    /// The user's environment, with the front in GOFLAGS unless they have one of their own.
    fn as_the_user(&self) -> Environment {
        let kept = environment::kept_flags(self.goflags).unwrap_or_default();
        let plain = toolexec::join(&kept).unwrap_or_default();
        let flags = self.front.and_then(|it| toolexec::goflags(it, &plain)).unwrap_or(plain);
        let mut env = environment::as_the_user(self.style(), self.user, self.go, &flags);
        // What the user's `go/env` says of these is what we were told; a child must not decide anew.
        for (name, dir) in [("GOPATH", self.gopath), ("GOMODCACHE", self.modules), ("GOCACHE", self.builds)] {
            env.set(name, self.style().shown(dir));
        }
        if self.module().pinned {
            env.set("GOPROXY", "off");
        } else {
            env.set("GOPROXY", self.goproxy);
        }
        env
    }

    fn packages(
        &self,
        env: &Environment,
        dir: &Path,
        of: &[&str],
    ) -> Result<Vec<packages::Package>, Failure> {
        let args = [&["list", "-e", "-deps", "-f", packages::FORMAT][..], of].concat();
        Ok(packages::read(&self.go_ask(env, dir, &args)?))
    }

    /// How many packages the build will compile.
    fn stale(&self, env: &Environment, dir: &Path) -> Option<usize> {
        let list = self.go_ask(env, dir, &["list", "-deps", "-f", "{{.Stale}}", "."]).ok()?;
        Some(list.lines().filter(|it| *it == "true").count())
    }

    fn compile(&self, env: &Environment, dir: &Path, packages: &[&str]) -> Result<(), Failure> {
        if packages.is_empty() {
            return Ok(());
        }
        let args = [&["build", "-v"][..], packages].concat();
        let mut done = 0;
        self.go_run(env, dir, &args, &mut |line| {
            if is_import_path(line) {
                done += 1;
                // What they need is compiled and named too, and nobody counted that.
                let total = Some(packages.len()).filter(|it| done < *it);
                (self.told)(Progress::Packages { done, total });
            }
        })
    }

    /// A short question to `go`: its standard output.
    fn go_ask(&self, env: &Environment, dir: &Path, args: &[&str]) -> Result<String, Failure> {
        let ask = Ask {
            program: self.program_of_go(),
            args: args.iter().map(|it| (*it).to_owned()).collect(),
            env: env.clone(),
            dir: dir.to_path_buf(),
            limit_ms: 120_000,
            ..Ask::default()
        };
        match self.system.look.run(&ask) {
            Fact::Here(answer) if answer.ok() => Ok(answer.out()),
            Fact::Here(answer) => Err(child::failure(&ask.program, args, &answer.err(), answer.code)),
            Fact::Absent => {
                let message = text!("build-absent", program = &ask.program);
                Err(Failure::new(Code::BuildEnded, message))
            }
            Fact::Unknown(Why::System(said)) => Err(child::failure(&ask.program, args, &said, None)),
            Fact::Unknown(Why::Text(why)) => Err(Failure::new(Code::BuildEnded, why)),
        }
    }

    fn go_run(
        &self,
        env: &Environment,
        dir: &Path,
        args: &[&str],
        line: &mut dyn FnMut(&str),
    ) -> Result<(), Failure> {
        self.run(&self.program_of_go(), env, dir, args, line)
    }
}

#[cfg(test)]
mod tests;
