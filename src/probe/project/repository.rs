//! The git repository around a project, and whether git would speak of it to this user. Read, never run: a repository's own
//! settings can start programs.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::gitconfig;
use crate::facts::project::Repository;
use crate::facts::{Host, Settings};
use crate::probe::programs;
use crate::system::Look;

/// The nearest repository upwards, where git is there to be asked about it.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings, dir: &Path) -> Option<Repository> {
    let root = dir.ancestors().find(|it| look.stat(&it.join(".git")).is_here())?;
    programs::find(look, here, "git").into_here()?;
    let uid = look.identity().uid;
    let owner = |path: &Path| look.stat(path).into_here().map(|it| it.uid);
    // Of the two the one that git would complain of.
    let owners = [root.to_path_buf(), root.join(".git")].map(|it| owner(&it));
    let foreign = owners.into_iter().flatten().find(|it| *it != uid);
    let trusted = foreign.is_none() || files(host, here).iter().any(|it| trusts(look, it, root));
    Some(Repository { root: root.to_path_buf(), owner: foreign.unwrap_or(uid), trusted })
}

/// Where `safe.directory` counts: the system's and the user's files, never the repository's own.
fn files(host: &Host, here: &Settings) -> Vec<PathBuf> {
    let home = host.home();
    let config = here.set("XDG_CONFIG_HOME").map_or_else(|| home.join(".config"), PathBuf::from);
    vec!["/etc/gitconfig".into(), config.join("git/config"), home.join(".gitconfig")]
}

/// A file that takes in others may trust anything: it is not held against the user.
fn trusts(look: &dyn Look, file: &Path, root: &Path) -> bool {
    let Fact::Here(bytes) = look.read(file) else { return false };
    let config = gitconfig::parse(&String::from_utf8_lossy(&bytes));
    let root = root.to_string_lossy();
    config.includes || config.safe.iter().any(|it| gitconfig::covers(it, &root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn seen(owner: u32, config: &str) -> Option<Repository> {
        let machine = Machine::linux().program("/usr/bin/git").var("PATH", "/usr/bin");
        let mut machine = machine.file("/root/hello/.git/HEAD", "ref: refs/heads/main\n");
        machine = machine.file("/root/.gitconfig", config);
        for path in ["/root/hello", "/root/hello/.git"] {
            machine.dirs.insert(path.into(), 0o755);
            machine.owners.insert(path.into(), owner);
        }
        let host = Host { home: Fact::Here("/root".into()), ..Host::default() };
        let here = crate::probe::settings::probe(&machine, &host);
        probe(&machine, &host, &here, Path::new("/root/hello/cmd/app"))
    }

    #[test]
    fn a_repository_of_another_owner_is_trusted_only_where_the_user_said_so() {
        let uid = Machine::linux().identity.uid;
        let trusted = |owner, config| seen(owner, config).map(|it| it.trusted);
        assert_eq!(trusted(uid, ""), Some(true));
        assert_eq!(trusted(uid + 7, ""), Some(false));
        assert_eq!(trusted(uid + 7, "[safe]\n\tdirectory = /root/hello\n"), Some(true));
        assert_eq!(trusted(uid + 7, "[safe]\n\tdirectory = /root/other\n"), Some(false));
        assert_eq!(trusted(uid + 7, "[include]\n\tpath = ~/more\n"), Some(true), "more may stand there");
        assert_eq!(seen(uid + 7, "").map(|it| (it.root, it.owner)), Some(("/root/hello".into(), uid + 7)));
    }
}
