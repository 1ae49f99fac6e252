//! A file that somebody asked a command to write its report into: a page, a table for a CI server. It is written whole or not
//! at all; what is no regular file is left alone, since it would be replaced. `-` is standard output. Whether it can be written
//! is asked before the work: nobody waits for a report that is then lost.

use std::path::{Path, PathBuf};

use super::Session;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::report::Report;
use crate::system::{Kind, Look, links};
use crate::typed;

/// Whether standard output is meant.
pub fn is_output(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether each of these can be written, as far as that can be told before.
pub(super) fn ready(look: &dyn Look, all: &[&Option<PathBuf>]) -> Result<(), Failure> {
    let files = all.iter().filter_map(|it| it.as_deref()).filter(|it| !is_output(it));
    files.map(|it| place(look, it)).try_for_each(|it| it.map(drop))
}

/// Where it is written: through a link to where that leads.
fn place(look: &dyn Look, path: &Path) -> Result<PathBuf, Failure> {
    let typed = look.identity().cwd.join(path);
    if let Fact::Here((_, stat)) = links::resolve(look, &typed)
        && stat.kind != Kind::File
    {
        return Err(no_file(path, Code::ReportWrite));
    }
    let at = links::real_path(look, &typed);
    directory(look, path, &at, Code::ReportWrite)?;
    Ok(at)
}

/// It would have to be replaced, and is no regular file.
pub fn no_file(path: &Path, code: Code) -> Failure {
    Failure::new(code, text!("html-no-file", path = path)).hint(text!("output-elsewhere")).at(path, None)
}

/// Whether there is a directory for the file that was typed as `path` and lies at `at`, and whether a file can be made in it.
///
/// # Errors
/// `code`, with what to do.
pub fn directory(look: &dyn Look, path: &Path, at: &Path, code: Code) -> Result<(), Failure> {
    let Some(dir) = at.parent() else { return Ok(()) };
    let typed = look.identity().cwd.join(path) == at;
    let shown = path.parent().filter(|it| typed && !it.as_os_str().is_empty()).unwrap_or(dir);
    let (message, hint) = match links::resolve(look, dir) {
        Fact::Here((_, stat)) if stat.kind != Kind::Dir => {
            (text!("output-not-in-a-file", path = path, dir = shown), text!("output-elsewhere"))
        }
        Fact::Here((_, stat)) if !stat.writable => {
            (text!("output-denied", path = path, dir = shown), text!("output-elsewhere"))
        }
        Fact::Absent => {
            let line = typed::made(PathStyle::of(&look.identity().os), shown);
            (text!("output-no-directory", path = path, dir = shown), text!("output-make-it", line = line))
        }
        // The rest is told by what the disk says.
        Fact::Here(_) | Fact::Unknown(_) => return Ok(()),
    };
    Err(Failure::new(code, message).hint(hint).at(path, None))
}

/// Writes it and says so; for standard output it stands in the place of the report for people.
pub(super) fn write(session: &Session, path: &Path, text: &str, report: &mut Report) -> Result<(), Failure> {
    if is_output(path) {
        report.raw = Some(text.to_owned());
        return Ok(());
    }
    let at = place(session.look, path)?;
    session.doors.system.disk.write(&at, text.as_bytes(), None)?;
    session.audience.say(&text!("fleet-written", path = path));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use crate::system::fake::Machine;

    fn told(machine: &Machine, path: &str) -> Option<String> {
        let failure = ready(machine, &[&Some(path.into())]).err()?;
        assert_eq!((failure.code, failure.exit), (Code::ReportWrite, Exit::Usage), "{path}");
        Some(format!("{} {}", failure.message, failure.hint.expect("a hint")))
    }

    #[test]
    fn what_cannot_be_written_is_told_before_with_what_to_do() {
        let mut machine = Machine::linux().file("/srv/a.html", "").file("/srv/dir/x", "");
        machine.identity.cwd = "/srv".into();
        machine.dirs.insert("/srv/closed".into(), 0o555);
        let machine = machine.link("/srv/link", "/elsewhere/a.html");
        for good in ["a.html", "new.html", "/srv/new.html", "./new.html", "dir/new.html", "-"] {
            assert_eq!(told(&machine, good), None, "{good}");
        }
        for (path, key, part) in [
            ("gone/a.html", "output-no-directory", "mkdir -p gone"),
            ("/gone/a b/c.html", "output-no-directory", "mkdir -p '/gone/a b'"),
            ("link", "output-no-directory", "mkdir -p /elsewhere"),
            ("a.html/b.html", "output-not-in-a-file", "a.html"),
            ("dir", "html-no-file", "output-elsewhere"),
            ("closed/a.html", "output-denied", "closed"),
        ] {
            let said = told(&machine, path).expect(path);
            assert!(said.starts_with(key) && said.contains(part), "{path}: {said}");
        }
    }
}
