//! Files of the user's: our env files, the block in a profile, Go's own env file. Each edit is the least that serves.

use std::path::{Path, PathBuf};

use super::{Prepared, StepContext, lines};
use crate::discreet::Discreet;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::journal::undo::{Undo, before_edit};
use crate::shells::{self, Speech};
use crate::system::links;

/// Our env files, for every shell.
pub fn env_files<'s>(
    site: &'s StepContext<'s>,
    path: &[PathBuf],
    variables: &[(String, Discreet)],
    desktop: bool,
) -> Result<Prepared<'s>, Failure> {
    let speech = Speech {
        path: path.to_vec(),
        variables: variables.iter().map(|(name, it)| (name.clone(), it.reveal().to_owned())).collect(),
    };
    let mut files = shells::env_files(site.places, &site.facts.host.home(), &speech);
    files.retain(|(path, _)| desktop || path.extension().is_none_or(|it| it != "conf"));
    write(site, files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect())
}

/// The block that sources our env file, at the end of a profile.
pub fn profile<'s>(site: &'s StepContext<'s>, file: &Path) -> Result<Prepared<'s>, Failure> {
    let line = shells::source_line(file, site.places, &site.facts.host.home());
    let real = links::real_path(site.system.look, file);
    let before = contents(site, &real)?;
    let after = match shells::with_block(&before, &line) {
        Some(after) => {
            lines::accepted(site, file, &before, &after)?;
            after
        }
        None => before,
    };
    write(site, vec![(real, after)])
}

/// One variable in the file of `go env -w`.
pub fn go_env<'s>(
    site: &'s StepContext<'s>,
    file: &Path,
    key: &str,
    value: Option<&Discreet>,
) -> Result<Prepared<'s>, Failure> {
    if let Some(marked) = value.filter(|it| it.is_marked()) {
        return Err(Failure::new(Code::PlanSecret, text!("work-plan-secret", value = marked)));
    }
    let file = links::real_path(site.system.look, file);
    let after = with_setting(&contents(site, &file)?, key, value.map(Discreet::reveal));
    // What holds a login is nobody else's to read; `undo` gives the file its mode back.
    let mode = value.filter(|it| it.hides()).map(|_| 0o600);
    write_as(site, vec![(file, after)], mode)
}

/// A go/env file with one variable set or gone; every other line stays byte for byte.
pub fn with_setting(before: &[u8], key: &str, value: Option<&str>) -> Vec<u8> {
    let is_it = |line: &[u8]| line.strip_prefix(key.as_bytes()).is_some_and(|rest| rest.starts_with(b"="));
    let mut after: Vec<u8> =
        before.split_inclusive(|it| *it == b'\n').filter(|it| !is_it(it)).flatten().copied().collect();
    if let Some(value) = value {
        if !after.is_empty() && !after.ends_with(b"\n") {
            after.push(b'\n');
        }
        after.extend_from_slice(format!("{key}={value}\n").as_bytes());
    }
    after
}

/// Files written whole, each with its backup. One that is as it should be is not touched: it has nothing to take back, so
/// nobody would clear what a run left beside it that is killed here.
pub(super) fn write<'s>(
    site: &'s StepContext<'s>,
    files: Vec<(PathBuf, Vec<u8>)>,
) -> Result<Prepared<'s>, Failure> {
    write_as(site, files, None)
}

/// The same with this mode; without one, that of the file that was there stays.
fn write_as<'s>(
    site: &'s StepContext<'s>,
    files: Vec<(PathBuf, Vec<u8>)>,
    mode: Option<u32>,
) -> Result<Prepared<'s>, Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let (mut undo, mut changed): (Vec<Undo>, Vec<_>) = <_>::default();
    for (path, bytes) in files {
        let before = before_edit(look, disk, &site.places.backups(), &path, &bytes)?;
        if !before.is_empty() {
            changed.push((path, bytes));
        }
        undo.extend(before);
    }
    Ok(Prepared::new(undo, move || {
        for (path, bytes) in &changed {
            if let Some(parent) = path.parent() {
                let ours = parent.starts_with(&site.places.config);
                disk.make_dir(parent, if ours { site.places.mode() } else { 0o755 })?;
            }
            disk.write(path, bytes, mode)?;
        }
        Ok(())
    }))
}

/// What a file holds; nothing where there is none.
pub(super) fn contents(site: &StepContext<'_>, file: &Path) -> Result<Vec<u8>, Failure> {
    match site.system.look.read(file) {
        Fact::Here(bytes) => Ok(bytes),
        Fact::Absent => Ok(Vec::new()),
        Fact::Unknown(why) => {
            Err(Failure::new(Code::DiskDenied, text!("apply-go-env-unreadable", file = file, why = why))
                .hint(text!("failure-disk-denied-hint"))
                .at(file, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::Action;
    use crate::apply::stand::Stand;
    use crate::system::fake::{Machine, Scripted};

    #[test]
    fn only_the_one_line_of_go_env_changes() {
        for (before, value, after) in [
            ("", Some("1"), "K=1\n"),
            ("A=2\nK=0\nKK=3\n", Some("1"), "A=2\nKK=3\nK=1\n"),
            ("A=2", Some("1"), "A=2\nK=1\n"),
            ("K=0\r\nA=2", None, "A=2"),
            ("A=2\n", None, "A=2\n"),
        ] {
            assert_eq!(with_setting(before.as_bytes(), "K", value), after.as_bytes(), "{before:?} {value:?}");
        }
    }

    #[test]
    fn a_settings_file_that_gets_a_login_is_nobody_elses_to_read_until_it_is_taken_back() {
        for (value, before, mode) in [
            ("https://bob:pw@host.test/go", None, 0o600),
            ("https://bob:pw@host.test/go", Some(0o644), 0o600),
            ("https://host.test/go", Some(0o644), 0o644),
            ("https://host.test/go", Some(0o600), 0o600),
        ] {
            let mut machine = Machine::linux();
            let file = std::path::PathBuf::from("/root/.config/go/env");
            machine.files.extend(before.map(|it| (file.clone(), (b"GOPATH=/x\n".to_vec(), it))));
            let stand = Stand::new(machine);
            let nobody = Scripted::on(&stand.living);
            let action =
                Action::SetGoEnv { file: file.clone(), key: "GOPROXY".into(), value: Some(value.into()) };
            assert_eq!(stand.perform(&nobody, action), Ok(()));
            assert_eq!(stand.living.now_is().files[&file].1 & 0o777, mode, "{value} {before:?}");
            stand.take_back(&nobody);
            let after = stand.living.now_is().files.get(&file).map(|it| it.1 & 0o777);
            assert_eq!(after, before, "{value}");
        }
    }
}
