//! Which undo a line of the journal may carry. A journal takes back only what it did: each way back names paths of its own
//! action, gives no rights that the file had not, and leads through no link out of our directories. Anything else was
//! not written by us, and nothing of it is done.
//!
//! To add an action with an undo: its arm in [`Judge::file`] or [`Judge::directory`], and a row in the tests.

use std::path::{Component, Path, PathBuf};

use self::back::leads_back;
use self::names::{GO_SIGNS, PROFILES, in_module, is_of_keys, is_setting, pinned, reads_as_goenv};
use super::UndoPlan;
use crate::action::{Action, Pin, sentence};
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::xcode::{LINKS, PLACEHOLDER};
use crate::failure::{Code, Failure};
use crate::journal::RunStep;
use crate::journal::undo::Undo;
use crate::packages::repository::PLUGIN;
use crate::packages::table::name_is_plain;
use crate::path_style::PathStyle;
use crate::places::Places;
use crate::probe::home::home_dir;
use crate::prove::program::NAMES;
use crate::shells::could_be_ours;
use crate::system::{Kind, Look, Stat, links};
use crate::text::Text;
use crate::version::GoVersion;

/// Refuses the whole plan where one line of it is not to be believed, before anything is done.
pub fn plan(look: &dyn Look, places: &Places, plan: &UndoPlan) -> Result<(), Failure> {
    plan.steps.iter().try_for_each(|(_, step)| self::step(look, places, step))
}

/// Refuses a step of the journal that no run of ours wrote. The line is named.
pub fn step(look: &dyn Look, places: &Places, step: &RunStep) -> Result<(), Failure> {
    let (action, prefix) = (&step.action, step.prefix.as_deref());
    let judge = Judge { look, places, action, prefix, home: home_dir(look).ok() };
    step.undo.iter().try_for_each(|it| judge.undo(it)).map_err(|why| {
        let (file, line) = (places.journal(), u32::try_from(step.line).unwrap_or(u32::MAX));
        let message = text!("journal-refused", file = &file, line = step.line, why = why);
        let hint = text!("journal-refused-hint", file = &file);
        Failure::new(Code::JournalRefused, message).hint(hint).at(file, Some(line))
    })
}

mod back;
mod names;
mod together;
mod trees;
mod variable;
mod wsl;

struct Judge<'a> {
    look: &'a dyn Look,
    places: &'a Places,
    action: &'a Action,
    /// Where the run was told to put Go.
    prefix: Option<&'a Path>,
    home: Option<PathBuf>,
}

impl Judge<'_> {
    fn undo(&self, undo: &Undo) -> Result<(), Text> {
        // Where the directory is gone nothing is done, whoever wrote the line: it may not keep the rest from being taken back.
        if let Some(dir) = undo.vanished(self.look) {
            return self.sound(&dir);
        }
        match undo {
            Undo::Upgraded { .. } | Undo::Leave { .. } => Ok(()),
            Undo::Registry { key, name, was, wrote } => {
                self.variable((key, name), was.as_ref(), wrote.as_ref())
            }
            Undo::RemovePackages { manager, names } => self.packages(manager, names),
            Undo::DisableRepository { repository, .. } => self.repository(repository),
            Undo::Restore { path, mode, uid, gid, .. } => {
                self.file(path)?;
                self.attributes(path, *mode, *uid, *gid)?;
                self.back(path, undo)
            }
            Undo::RemoveFile { path, wrote } if *self.action == Action::InstallCommandLineTools => {
                // It is empty, and nothing comes back in its place.
                let own = path == Path::new(PLACEHOLDER) && *wrote == Some(Digest::of(b""));
                if own { self.no_foreign_link(path) } else { Err(self.not_its_own(path)) }
            }
            Undo::RemoveFile { path, wrote } => {
                self.file(path)?;
                // Only of a program that is built nobody knew before what it would hold.
                let unknown = wrote.is_none() && !matches!(self.action, Action::InstallCli { .. });
                if unknown { Err(self.not_its_own(path)) } else { self.back(path, undo) }
            }
            Undo::RemoveFiles { dir, wrote } => self.together(dir, wrote),
            Undo::RemoveDir { path } => self.directory(path),
            Undo::RemoveTree { path } => self.tree(path),
            Undo::MoveBack { path, aside } => self.cache(path, aside),
            Undo::Relink { path, was, .. } => self.link(path, was.as_deref()),
            Undo::DeveloperDir { was, wrote } => match self.action {
                Action::SelectDeveloperDir { dir } if dir == wrote => {
                    was.iter().try_for_each(|it| self.sound(it))
                }
                _ => Err(self.not_its_own(Path::new(LINKS[1]))),
            },
            Undo::FirewallRule { .. } | Undo::WslgSockets(_) => self.of_wsl(undo),
        }
    }

    fn packages(&self, manager: &str, names: &[String]) -> Result<(), Text> {
        let own = match self.action {
            Action::InstallPackages { manager: it, .. } => it == manager,
            // Of it only what brings the command that enables.
            Action::EnableRepository { manager: it, .. } => {
                it == manager && names.iter().any(|it| it == PLUGIN)
            }
            _ => false,
        };
        let plain = |it: &String| {
            it.starts_with(|c: char| c.is_ascii_alphanumeric())
                && it.chars().all(|c| c.is_ascii_alphanumeric() || "+-.:_@/".contains(c))
        };
        match names.iter().find(|it| !plain(it)) {
            None if own => Ok(()),
            None => Err(text!("journal-why-packages", what = self.what())),
            Some(name) => Err(text!("journal-why-name", name = name)),
        }
    }

    fn repository(&self, name: &str) -> Result<(), Text> {
        let own = matches!(self.action, Action::EnableRepository { repository, .. } if repository == name);
        match name_is_plain(name) {
            true if own => Ok(()),
            true => Err(text!("journal-why-packages", what = self.what())),
            false => Err(text!("journal-why-name", name = name)),
        }
    }

    /// What comes back is what the action led away from; and into our env files only what we write.
    fn back(&self, path: &Path, undo: &Undo) -> Result<(), Text> {
        let backups = self.places.backups();
        let env = self.env_files().iter().any(|it| self.is_or_leads_to(it, path));
        let said = || undo.old(self.look, &backups).is_none_or(|it| could_be_ours(path, &it));
        let other = !matches!(self.action, Action::WriteEnvFiles { .. });
        let leads =
            undo.ends(self.look, &backups).is_none_or(|(old, new)| leads_back(self.action, &old, &new));
        if leads && !(env && other && !said()) {
            return Ok(());
        }
        Err(text!("journal-why-bytes", path = path, what = self.what()))
    }

    /// A file that comes back, or goes.
    fn file(&self, path: &Path) -> Result<(), Text> {
        self.sound(path)?;
        let own = match self.action {
            Action::SetGoEnv { file, .. } => {
                let known = file.ends_with("go/env") || self.is_goenv(file);
                self.is_or_leads_to(file, path) && (known || reads_as_goenv(self.look, path))
            }
            Action::EditProfile { file }
            | Action::FixLines { file, .. }
            | Action::FixLineEnds { file, .. }
            | Action::PutLast { file, .. } => self.is_or_leads_to(file, path) && self.is_a_logins(file),
            Action::WriteEnvFiles { .. } => self.env_files().iter().any(|it| it == path),
            Action::InstallCli { bin, .. } => path == bin.join(self.style().executable("fyne")),
            Action::CompleteSums { dir } => self.is_or_leads_to(&dir.join("go.sum"), path),
            Action::PinProject(Pin { dir, .. }) => pinned(dir).iter().any(|it| self.is_or_leads_to(it, path)),
            Action::RestoreGo { root, .. } => return self.in_go(root, path),
            Action::RestoreModules { modules } => modules.iter().any(|it| in_module(it, path)),
            _ => false,
        };
        if own { self.no_foreign_link(path) } else { Err(self.not_its_own(path)) }
    }

    /// A directory that goes if it is empty: one above a file of the action's.
    fn directory(&self, path: &Path) -> Result<(), Text> {
        self.sound(path)?;
        let above = |file: &Path| file != path && file.starts_with(path);
        let own = match self.action {
            Action::InstallGo { root, .. } => above(root),
            Action::SwitchGo { link, .. } => above(link),
            Action::InstallCli { bin, .. } => above(&bin.join(self.style().executable("fyne"))),
            Action::CompleteSums { dir } => above(&dir.join("go.sum")),
            Action::CreateProgram(it) => above(&it.dir.join(NAMES[0])),
            Action::PinProject(Pin { dir, .. }) => pinned(dir).iter().any(|it| above(it)),
            Action::WriteEnvFiles { .. } => self.env_files().iter().any(|it| above(it)),
            Action::SetGoEnv { file, .. }
            | Action::EditProfile { file }
            | Action::FixLines { file, .. }
            | Action::FixLineEnds { file, .. }
            | Action::PutLast { file, .. } => above(file) || above(&links::real_path(self.look, file)),
            Action::RestoreGo { root, .. } => return self.in_go(root, path),
            Action::RestoreModules { modules } => modules.iter().any(|it| in_module(it, path)),
            // A program with Fyne makes a directory of its own below the settings.
            Action::Prove { .. } => above(&self.places.config.with_file_name("fyne").join("app")),
            _ => false,
        };
        if own { Ok(()) } else { Err(self.not_its_own(path)) }
    }

    /// Absolute, without `..`, and, below our directories, through no link.
    fn sound(&self, path: &Path) -> Result<(), Text> {
        let dots = path.components().any(|it| matches!(it, Component::ParentDir | Component::CurDir));
        let control = path.to_string_lossy().contains(char::is_control);
        if !self.style().is_absolute(path) || dots || control || path.components().count() < 2 {
            return Err(text!("journal-why-form", path = path));
        }
        let Places { data, config, cache } = self.places;
        let Some(root) = [data, config, cache].into_iter().find(|it| path.starts_with(it)) else {
            return Ok(());
        };
        self.no_link(path, path.ancestors().skip(1).take_while(|it| it.starts_with(root)))
    }

    /// None of the directories on the way to a path is a link.
    fn no_link<'p>(&self, path: &Path, mut way: impl Iterator<Item = &'p Path>) -> Result<(), Text> {
        let is_link = |it: &&Path| self.look.stat(it).into_here().is_some_and(|it| it.kind == Kind::Link);
        way.find(is_link).map_or(Ok(()), |link| Err(text!("journal-why-link", path = path, link = link)))
    }

    /// A link of somebody else's must not lead us to a file that he could not change himself.
    fn no_foreign_link(&self, path: &Path) -> Result<(), Text> {
        let Fact::Here(stat) = self.look.stat(path) else { return Ok(()) };
        if stat.kind != Kind::Link || self.ours(&stat) || stat.uid == 0 {
            return Ok(());
        }
        let target = links::resolve(self.look, path).into_here().map(|it| it.1.uid);
        if target == Some(stat.uid) {
            Ok(())
        } else {
            Err(text!("journal-why-link", path = path, link = path))
        }
    }

    /// A file gets no more rights, and no other owner, than it or its directory has.
    fn attributes(&self, path: &Path, mode: u32, uid: u32, gid: u32) -> Result<(), Text> {
        let at = links::real_path(self.look, path);
        // Everybody may write only what everybody may write now.
        let open = self.look.stat(&at).into_here().is_some_and(|it| it.mode & 0o002 != 0);
        if mode & !0o777 != 0 || mode & 0o002 != 0 && !open {
            return Err(text!("journal-why-mode", path = path, mode = format!("{mode:04o}")));
        }
        let near = [Some(at.as_path()), at.parent()].into_iter().flatten();
        let near: Vec<Stat> = near.filter_map(|it| self.look.stat(it).into_here()).collect();
        let me = self.look.identity();
        let owner = uid == me.uid || near.iter().any(|it| it.uid == uid);
        let group = gid == me.gid || me.groups.contains(&gid) || near.iter().any(|it| it.gid == gid);
        if owner && group {
            return Ok(());
        }
        Err(text!("journal-why-owner", path = path, owner = format!("{uid}:{gid}")))
    }

    /// A file in a Go that was restored.
    fn in_go(&self, root: &Path, path: &Path) -> Result<(), Text> {
        self.sound(path)?;
        let inside = path != root && path.starts_with(root) && root.components().count() > 1;
        if !inside {
            return Err(self.not_its_own(path));
        }
        let is_dir =
            |it: &str| self.look.stat(&root.join(it)).into_here().is_some_and(|it| it.kind == Kind::Dir);
        if !GO_SIGNS.iter().any(|it| is_dir(it)) {
            return Err(text!("journal-why-no-tree", path = root));
        }
        self.no_link(path, path.ancestors().skip(1).take_while(|it| it.starts_with(root) && *it != root))
    }

    fn is_go(&self, root: &Path, version: GoVersion) -> bool {
        let text = self.look.read(&root.join("VERSION")).into_here().unwrap_or_default();
        String::from_utf8_lossy(&text).lines().next().map(str::trim) == Some(&format!("go{version}"))
    }

    /// The file itself, or where links lead from it now: a user's file is changed where it lies.
    fn is_or_leads_to(&self, file: &Path, path: &Path) -> bool {
        path == file || path == links::real_path(self.look, file)
    }

    fn at_home(&self, file: &Path) -> bool {
        let below = |it: &PathBuf| file.starts_with(it) || file.starts_with(links::real_path(self.look, it));
        self.home.as_ref().is_some_and(below)
    }

    /// Whether a login reads it: by its name, or, in the home, by our own mark in it or by a profile that names it. Where a link
    /// leads out of the home, what it leads to has such a name, too.
    fn is_a_logins(&self, file: &Path) -> bool {
        let real = links::real_path(self.look, file);
        if is_of_keys(&real) || is_of_keys(file) {
            return false;
        }
        let inside = |it: &Path| {
            self.at_home(it) && self.at_home(&links::real_directory(self.look, it.parent().unwrap_or(it)))
        };
        if is_setting(file) {
            return inside(&real) || is_setting(&real);
        }
        let marked = || self.text(&real).contains("fyne-setup");
        inside(&real) && (marked() || self.is_named_by_a_profile(file))
    }

    fn is_named_by_a_profile(&self, file: &Path) -> bool {
        let (Some(home), Some(name)) = (&self.home, file.file_name().and_then(|it| it.to_str())) else {
            return false;
        };
        PROFILES.iter().any(|it| self.text(&home.join(it)).contains(name))
    }

    fn text(&self, file: &Path) -> String {
        let bytes = self.look.read(file).into_here().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn is_goenv(&self, file: &Path) -> bool {
        self.look.env().get("GOENV").is_some_and(|it| Path::new(it) == file)
    }

    fn env_files(&self) -> Vec<PathBuf> {
        let none = crate::shells::Speech { path: Vec::new(), variables: Vec::new() };
        let home = self.home.clone().unwrap_or_default();
        crate::shells::env_files(self.places, &home, &none).into_iter().map(|it| it.0).collect()
    }

    fn ours(&self, stat: &Stat) -> bool {
        stat.uid == self.look.identity().uid
    }

    /// How paths are written here.
    fn style(&self) -> PathStyle {
        PathStyle::of(&self.look.identity().os)
    }

    fn what(&self) -> Text {
        sentence(self.action)
    }

    fn not_its_own(&self, path: &Path) -> Text {
        text!("journal-why-path", path = path, what = self.what())
    }
}
