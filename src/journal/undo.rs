//! `Undo`: how one act is taken back, as data made *before* the act. A closed list of primitives with one interpreter.
//! Packages and repositories are the business of `steps::packages`, a developer directory that of `steps::xcode`, WSL that of `steps::wsl`, the firewall of Windows that of `steps::firewall`. To add a primitive: a variant here, its arm in [`Undo::revert`].

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::merge;
use crate::disk_error::DiskError;
use crate::fact::Fact;

use crate::digest::Digest;
use crate::packages::repository::EnabledBy;
use crate::system::{Kind, Look, RegistryKey, RegistryValue, links};

mod before;
mod others;
mod registry;
mod reverted;
mod together;
mod trees;
mod wsl;

use crate::journal::undo::before::kept;
pub use crate::journal::undo::before::{before_edit, before_write, missing_dirs};
use crate::journal::undo::others::changed;
pub use crate::journal::undo::reverted::{Reverted, UndoContext};
pub use crate::journal::undo::trees::removed;
use crate::journal::undo::trees::within;
pub use crate::journal::undo::wsl::SocketsUndo;

/// One primitive way back. Safe to repeat, and safe when the act never ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "undo", rename_all = "kebab-case")]
pub enum Undo {
    /// Put back a file's bytes, mode and owner (kept in the backups by digest), if it still has what we wrote.
    Restore {
        /// The file (a link's target).
        path: PathBuf,
        /// What it held; the backup has this name.
        was: Digest,
        /// Its permission bits.
        mode: u32,
        /// Its owner.
        uid: u32,
        /// Its group.
        gid: u32,
        /// What we wrote.
        wrote: Digest,
    },
    /// Remove a file that was absent, if it still has what we wrote.
    RemoveFile {
        /// The file.
        path: PathBuf,
        /// What we wrote; `None` where it cannot be known before (a program that is built).
        wrote: Option<Digest>,
    },
    /// Remove files that belong together, if every one of them still has what we wrote.
    RemoveFiles {
        /// Their directory.
        dir: PathBuf,
        /// The name of each, and what we wrote.
        wrote: Vec<(String, Digest)>,
    },
    /// Remove a directory of ours with everything in it.
    RemoveTree {
        /// The directory.
        path: PathBuf,
    },
    /// Remove a directory that we made, if it is empty.
    RemoveDir {
        /// The directory.
        path: PathBuf,
    },
    /// Put back what was moved aside. The cache that stands in its place by then goes: it is ours, and only a cache.
    MoveBack {
        /// Where it stood.
        path: PathBuf,
        /// Where it is now.
        aside: PathBuf,
    },
    /// Point a link where it pointed, or remove it.
    Relink {
        /// The link.
        path: PathBuf,
        /// Where it pointed.
        was: Option<PathBuf>,
        /// Where we pointed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wrote: Option<PathBuf>,
    },
    /// Remove packages that were absent before.
    RemovePackages {
        /// The package manager.
        manager: String,
        /// Names that a simulation said would be newly installed.
        names: Vec<String>,
    },
    /// Disable a repository that was not enabled before.
    DisableRepository {
        /// The package manager.
        manager: String,
        /// The repository.
        repository: String,
        /// What disables it.
        by: EnabledBy,
    },
    /// Packages that had to become newer. They stay; named, so that people know.
    Upgraded {
        /// The package manager.
        manager: String,
        /// Their names.
        names: Vec<String>,
    },
    /// Put back a value of the user's own variables in the registry, with its type, if it still is what we wrote; of a list that
    /// somebody else changed too, only our entries go.
    Registry {
        /// The key.
        key: RegistryKey,
        /// The value's name.
        name: String,
        /// What it was; none where there was none.
        was: Option<RegistryValue>,
        /// What we made of it.
        wrote: Option<RegistryValue>,
    },
    /// Choose the developer directory of a Mac that was chosen before.
    DeveloperDir {
        /// It; none where nothing was chosen.
        was: Option<PathBuf>,
        /// What we chose; none where we took a choice back.
        wrote: Option<PathBuf>,
    },
    /// Cover the sockets of WSLg again.
    WslgSockets(SocketsUndo),
    /// Remove the rule of our name from the firewall of Windows.
    FirewallRule {
        /// The port that it is for.
        port: u16,
    },
    /// Nothing exact exists: caches, lists.
    Leave {
        /// What stays, as a message key.
        why: String,
    },
}

/// A file as it is now.
enum Now {
    Gone,
    Bytes(Vec<u8>),
    /// A directory, a link to nowhere, a device.
    Other,
}

impl Undo {
    /// Whether there is anything to do to take the act back.
    pub fn acts(&self) -> bool {
        !matches!(self, Self::Leave { .. } | Self::Upgraded { .. })
    }

    /// Whether the act has no way back, and was more than a cache or a list of packages.
    pub fn stays(&self) -> bool {
        let refills = |why: &str| matches!(why, "apply-cache-stays" | "apply-lists-stay");
        matches!(self, Self::Leave { why } if !refills(why)) || matches!(self, Self::Upgraded { .. })
    }

    /// The path that it is about, where it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Restore { path, .. }
            | Self::RemoveFile { path, .. }
            | Self::RemoveTree { path }
            | Self::RemoveDir { path }
            | Self::MoveBack { path, .. }
            | Self::Relink { path, .. } => Some(path),
            Self::RemoveFiles { dir, .. } => Some(dir),
            Self::RemovePackages { .. }
            | Self::DisableRepository { .. }
            | Self::Upgraded { .. }
            | Self::Registry { .. }
            | Self::DeveloperDir { .. }
            | Self::WslgSockets(_)
            | Self::FirewallRule { .. }
            | Self::Leave { .. } => None,
        }
    }

    /// Every path that taking it back may change.
    pub fn paths(&self) -> Vec<&Path> {
        let aside = if let Self::MoveBack { aside, .. } = self { Some(aside.as_path()) } else { None };
        self.path().into_iter().chain(aside).collect()
    }

    /// The directory of what it is about, where that is gone: whoever removed a project or a home gets no part of it back.
    pub fn vanished(&self, look: &dyn Look) -> Option<PathBuf> {
        let dir = match self {
            Self::Restore { path, .. } => links::real_path(look, path).parent()?.to_path_buf(),
            Self::RemoveFile { path, .. } | Self::Relink { path, .. } => path.parent()?.to_path_buf(),
            Self::RemoveFiles { dir, .. } => dir.clone(),
            _ => return None,
        };
        links::resolve(look, &dir).is_absent().then_some(dir)
    }

    /// Takes the act back. Safe to repeat. Packages are the business of their own step.
    pub fn revert(&self, context: &UndoContext<'_>) -> Result<Reverted, DiskError> {
        let UndoContext { look, disk, .. } = *context;
        if let Some(dir) = self.vanished(look) {
            return Ok(Reverted::Gone(dir));
        }
        match self {
            Self::Restore { .. } => self.restore(context),
            Self::RemoveFile { path, wrote } => match (now(look, path)?, wrote) {
                (Now::Bytes(it), wrote) if wrote.is_none_or(|wrote| Digest::of(&it) == wrote) => {
                    within(look, disk, path, || disk.remove(path)).map(|()| Reverted::Yes)
                }
                (Now::Gone, _) | (Now::Bytes(_), None) => Ok(Reverted::Yes),
                (Now::Bytes(it), Some(wrote)) => {
                    let merged =
                        kept(look, context.backups, *wrote).and_then(|ours| merge::without(b"", &ours, &it));
                    changed(context, path, &it, merged, &|| disk.remove(path))
                }
                (Now::Other, _) => Ok(Reverted::ChangedByOthers(path.clone())),
            },
            Self::RemoveFiles { dir, wrote } => together::revert(context, dir, wrote),
            Self::RemoveTree { path } => removed(look, disk, path).map(|()| Reverted::Yes),
            Self::MoveBack { path, aside } => {
                if !look.stat(aside).is_absent() {
                    disk.remove_tree(path)?;
                    disk.rename(aside, path)?;
                }
                Ok(Reverted::Yes)
            }
            // A directory that holds something by now is in use, and nobody's loss.
            Self::RemoveDir { path } => match (look.stat(path), look.list(path)) {
                (Fact::Here(stat), Fact::Here(names)) if stat.kind == Kind::Dir && names.is_empty() => {
                    disk.remove(path).map(|()| Reverted::Yes)
                }
                _ => Ok(Reverted::Yes),
            },
            Self::Relink { path, was, wrote } => {
                let there = match look.stat(path) {
                    Fact::Here(stat) if stat.kind != Kind::Link => {
                        return Ok(Reverted::ChangedByOthers(path.clone()));
                    }
                    stat => stat.into_here().and_then(|it| it.target),
                };
                match (there, was) {
                    (there, was) if there == *was => Ok(Reverted::Yes),
                    (Some(it), _) if wrote.as_ref().is_some_and(|wrote| *wrote != it) => {
                        Ok(Reverted::ChangedByOthers(path.clone()))
                    }
                    (_, Some(target)) => disk.link(target, path).map(|()| Reverted::Yes),
                    (_, None) => disk.remove(path).map(|()| Reverted::Yes),
                }
            }
            Self::Registry { key, name, was, wrote } => {
                registry::revert(context, (key, name), was.as_ref(), wrote.as_ref())
            }
            Self::RemovePackages { names, .. } => Ok(Reverted::Left(names.join(" "))),
            Self::DisableRepository { repository, .. } => Ok(Reverted::Left(repository.clone())),
            Self::Upgraded { .. } => Ok(Reverted::Left("undo-upgraded-stay".into())),
            Self::DeveloperDir { .. } => Ok(Reverted::Left("apply-developer-dir-stays".into())),
            Self::WslgSockets(_) => Ok(Reverted::Left("apply-wslg-sockets-stay".into())),
            Self::FirewallRule { .. } => Ok(Reverted::Left("apply-firewall-rule-stays".into())),
            Self::Leave { why } => Ok(Reverted::Left(why.clone())),
        }
    }

    /// The bytes that would come back.
    pub fn old(&self, look: &dyn Look, backups: &Path) -> Option<Vec<u8>> {
        if let Self::Restore { was, .. } = self { kept(look, backups, *was) } else { None }
    }

    fn restore(&self, context: &UndoContext<'_>) -> Result<Reverted, DiskError> {
        let Self::Restore { path, was, mode, uid, gid, wrote } = self else { return Ok(Reverted::Yes) };
        let UndoContext { look, disk, backups, .. } = *context;
        // Who made a link of the file since keeps the link: it is the file behind it that comes back.
        let path = &links::real_path(look, path);
        let old = || {
            let at = backups.join(was.to_string());
            let damaged = || DiskError::because(&at, text!("disk-backup-damaged"));
            kept(look, backups, *was).ok_or_else(damaged)
        };
        let put_back = || {
            let old = old()?;
            // Bits that it has besides are its owner's: none comes from the journal.
            let more =
                look.stat(path).into_here().filter(|it| it.uid == *uid).map_or(0, |it| it.mode & 0o7000);
            within(look, disk, path, || disk.write_as(path, &old, *mode | more, (*uid, *gid)))
        };
        match now(look, path)? {
            Now::Gone => put_back().map(|()| Reverted::Yes),
            Now::Other => Ok(Reverted::ChangedByOthers(path.clone())),
            Now::Bytes(it) if Digest::of(&it) == *was => {
                // Cut short between the bytes and the owner.
                let stat = look.stat(path).into_here();
                if stat.is_some_and(|it| (it.uid, it.gid, it.mode & 0o777) != (*uid, *gid, *mode)) {
                    disk.set_owner(path, *uid, *gid)?;
                    disk.set_mode(path, *mode)?;
                }
                Ok(Reverted::Yes)
            }
            Now::Bytes(it) if Digest::of(&it) == *wrote => put_back().map(|()| Reverted::Yes),
            Now::Bytes(it) => {
                let ours = kept(look, backups, *wrote);
                let merged = ours
                    .zip(kept(look, backups, *was))
                    .and_then(|(ours, was)| merge::without(&was, &ours, &it));
                changed(context, path, &it, merged, &put_back)
            }
        }
    }
}

fn now(look: &dyn Look, path: &Path) -> Result<Now, DiskError> {
    match look.stat(path) {
        Fact::Absent => return Ok(Now::Gone),
        Fact::Unknown(why) => return Err(DiskError::because(path, why)),
        Fact::Here(stat) if stat.kind != Kind::File => return Ok(Now::Other),
        Fact::Here(_) => {}
    }
    match look.read(path) {
        Fact::Here(bytes) => Ok(Now::Bytes(bytes)),
        Fact::Absent => Ok(Now::Gone),
        Fact::Unknown(why) => Err(DiskError::because(path, why)),
    }
}

#[cfg(test)]
mod tests;
