//! The user's project, compiled and linked as its user would, and never run: its programs, or all of its packages where it
//! has none.

use std::path::Path;

use super::child::file_failure;
use super::go_build::GoBuild;
use super::{environment, toolexec};
use crate::facts::built::Built;
use crate::failure::Failure;
use crate::system::Environment;

/// What a line of `go list` that names a package begins with: a line of an error never does. Its name comes first.
const PACKAGE: &str = "fyne-setup package ";

/// A project to build.
#[derive(Clone, Copy, Debug)]
pub struct ProjectBuild<'a> {
    /// The directory of its `go.mod`.
    pub dir: &'a Path,
    /// A directory of ours where its programs go.
    pub into: &'a Path,
    /// A go.mod of ours that stands in for the project's, where Go was told to write that (`-mod=mod`).
    pub mod_file: Option<&'a Path>,
    /// Whether this Go would ask a version control about the directory: it does since 1.18.
    pub asks_vcs: bool,
    /// Whether nothing may be fetched.
    pub offline: bool,
}

impl GoBuild<'_> {
    /// Downloads these modules (`path@version`) into the user's module cache, verified by `go` against the checksum database.
    pub fn download(&self, modules: &[String]) -> Result<(), Failure> {
        if modules.is_empty() {
            return Ok(());
        }
        let dir = self.places.scratch().join("download");
        self.system.disk.make_dir(&dir, 0o700).map_err(file_failure)?;
        let named: Vec<&str> = modules.iter().map(String::as_str).collect();
        let args = [&["mod", "download"][..], &named].concat();
        self.go_run(&self.clean(false, None)?, &dir, &args, &mut |_| ())
    }

    /// Builds the project, and says what was built. `line` gets each line that Go prints.
    pub fn project(&self, it: &ProjectBuild, line: &mut dyn FnMut(&str)) -> Result<Built, Failure> {
        self.system.disk.make_dir(it.into, 0o700).map_err(file_failure)?;
        let env = self.of_project(it);
        let mod_file = it.mod_file.map(|it| format!("-modfile={}", it.display()));
        let mod_file: Vec<&str> = mod_file.iter().map(String::as_str).collect();
        let format = format!("{PACKAGE}{{{{.Name}}}} {{{{.ImportPath}}}}");
        let list = [&["list", "-e", "-f", &*format][..], &mod_file, &["./..."]].concat();
        let (mut programs, mut packages) = (Vec::new(), 0);
        self.go_run(&env, it.dir, &list, &mut |said| match said.strip_prefix(PACKAGE) {
            Some(package) => {
                packages += 1;
                programs.extend(package.strip_prefix("main ").map(str::to_owned));
            }
            None => line(said),
        })?;
        if packages == 0 {
            return Ok(Built::default());
        }
        let into = it.into.display().to_string();
        let named: Vec<&str> = programs.iter().map(String::as_str).collect();
        let what = if named.is_empty() { vec!["./..."] } else { [&["-o", &*into][..], &named].concat() };
        let build = [&["build", "-v"][..], &mod_file, &what].concat();
        self.go_run(&env, it.dir, &build, line)?;
        Ok(Built { programs, packages, failed: None })
    }

    /// The user's own environment, whole, but for what would start something that lies in the project: no question to a
    /// version control, and no directory on PATH that depends on where Go works.
    fn of_project(&self, it: &ProjectBuild) -> Environment {
        let mut env = Environment::of_user(self.user);
        env.enter_project(self.style());
        env.set("GOTOOLCHAIN", "local");
        if self.user.get("GOENV").is_some_and(|it| !it.starts_with('/')) {
            env.set("GOENV", "off");
        }
        let front = self.front.and_then(|it| toolexec::goflags(it, self.goflags));
        let flags = front.unwrap_or_else(|| self.goflags.to_owned());
        env.set("GOFLAGS", if it.asks_vcs { environment::quiet(&flags) } else { flags });
        if it.offline {
            env.set("GOPROXY", "off");
        }
        env
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::build::tests::with;
    use crate::prove::environment::Variables;
    use crate::system::fake::{Living, Machine, Scripted};

    #[test]
    fn a_project_is_built_by_its_programs_and_nothing_that_lies_in_it_is_started() {
        let living = Living::new(Machine::linux());
        let user = [
            ("GOENV", "goenv"),
            ("LD_LIBRARY_PATH", ":/opt/x:lib"),
            ("PATH", ".:/usr/bin::bin:/proc/self/cwd/bin:/bin"),
            ("GIT_DIR", "/x"),
            ("CC", "clang"),
        ];
        let user: Variables = user.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let (dir, into) = (Path::new("/root/hello"), Path::new("/root/.cache/fyne-setup/scratch/programs"));
        let it = ProjectBuild { dir, into, mod_file: None, asks_vcs: true, offline: true };
        let children = Scripted::on(&living)
            .part(
                "/opt/go/bin/go list",
                0,
                "go: warning: x\nfyne-setup package main hello/cmd/a\nfyne-setup package ui hello/ui\n",
            )
            .part("/opt/go/bin/go build", 0, "hello/cmd/a\n");
        let mut said = Vec::new();
        let built = with(&living, &children, &user, "-tags=x", |go| {
            go.project(&it, &mut |it| said.push(it.to_owned()))
        });
        let programs = vec!["hello/cmd/a".to_owned()];
        assert_eq!(built, Ok(Built { programs, packages: 2, failed: None }));
        assert_eq!(said, ["go: warning: x", "hello/cmd/a"]);
        for spawn in children.spawned() {
            let has = |name: &str| spawn.env.get(name).map(String::as_str);
            assert_eq!(
                (has("PATH"), has("GIT_DIR"), has("CC")),
                (Some("/usr/bin:/bin"), None, Some("clang"))
            );
            assert_eq!(has("GOENV"), Some("off"));
            assert_eq!((has("LD_LIBRARY_PATH"), has("GOTOOLCHAIN")), (Some("/opt/x"), Some("local")));
            assert_eq!((has("GOFLAGS"), has("GOPROXY")), (Some("-tags=x -buildvcs=false"), Some("off")));
        }
        let lines = children.lines();
        assert!(lines[1].ends_with("-o /root/.cache/fyne-setup/scratch/programs hello/cmd/a"), "{lines:?}");
    }
}
