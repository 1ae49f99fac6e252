//! Lines of a person's file: the smallest edit that the file's own shell accepts. What that shell rejects already is not
//! touched: its person gets the exact edit to make. Nothing of the file is ever run.

use std::path::{Path, PathBuf};

use super::{Prepared, StepContext, files};
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::shell::Dialect;
use crate::shell::edit;
use crate::shell::edit::{Fault, Unsafe};
use crate::system::links;
use crate::system::{Ask, Environment, Look};
use crate::typed;

/// Takes variables out of the lines that assign them.
pub fn fix<'s>(site: &'s StepContext<'s>, file: &Path, faults: &[Fault]) -> Result<Prepared<'s>, Failure> {
    edited(site, file, &faults[0], &|before, dialect| edit::forms(before, dialect, faults))
}

/// Puts a directory last in what a line assigns to PATH.
pub fn put_last<'s>(
    site: &'s StepContext<'s>,
    file: &Path,
    line: u32,
    dir: &Path,
) -> Result<Prepared<'s>, Failure> {
    let home = site.facts.host.home();
    let fault = Fault { line, variable: "PATH".to_owned() };
    edited(site, file, &fault, &|before, dialect| {
        Ok(vec![edit::order::put_last(before, dialect, line, dir, &home)?])
    })
}

/// Takes the carriage returns out of a file: what its shell could not read before it has to accept then.
pub fn line_ends<'s>(site: &'s StepContext<'s>, file: &Path) -> Result<Prepared<'s>, Failure> {
    let real = links::real_path(site.system.look, file);
    let before = files::contents(site, &real)?;
    let Some(seen) = site.facts.here.files.get(file) else { return Err(changed(file)) };
    let after = edit::line_ends::without_returns(&before).ok_or_else(|| changed(file))?;
    match answer(site, file, seen.dialect, &after) {
        Some(Err(words)) => {
            let text = text!("apply-lines-syntax", file = file, why = words);
            Err(Failure::new(Code::ProfileSyntax, text)
                .hint(text!("go-path-unreadable-decide", file = file))
                .at(file, None))
        }
        Some(Ok(())) | None => files::write(site, vec![(real, after)]),
    }
}

/// Whether the shell of a file can still read it with a block of ours; what it could not read before says nothing.
pub fn accepted(site: &StepContext<'_>, file: &Path, before: &[u8], after: &[u8]) -> Result<(), Failure> {
    let fish = file.extension().is_some_and(|it| it == "fish");
    let dialect = if fish { Dialect::Fish } else { Dialect::Sh };
    let Some(Err(words)) = answer(site, file, dialect, after) else { return Ok(()) };
    if answer(site, file, dialect, before) != Some(Ok(())) {
        return Ok(());
    }
    let text = text!("apply-lines-syntax", file = file, why = words);
    let hint = text!("go-path-unreadable-decide", file = file);
    Err(Failure::new(Code::ProfileSyntax, text).hint(hint).at(file, None))
}

/// What the first shell that is here says of a file; `None` where there is none.
fn answer(site: &StepContext<'_>, file: &Path, dialect: Dialect, bytes: &[u8]) -> Option<Result<(), String>> {
    let shell = site.facts.host.shell.here().map(PathBuf::as_path);
    let mut readers = readers(file, dialect, shell).into_iter();
    readers.find_map(|(program, options)| accepts(site.system.look, &program, options, bytes))
}

/// The file as it will be, in forms of which the first that its shell accepts is written.
type Forms<'f> = &'f dyn Fn(&[u8], Dialect) -> Result<Vec<Vec<u8>>, Unsafe>;

fn edited<'s>(
    site: &'s StepContext<'s>,
    file: &Path,
    first: &Fault,
    forms: Forms<'_>,
) -> Result<Prepared<'s>, Failure> {
    let real = links::real_path(site.system.look, file);
    let before = files::contents(site, &real)?;
    let Some(seen) = site.facts.here.files.get(file) else { return Err(changed(file)) };
    let shell = site.facts.host.shell.here().map(PathBuf::as_path);
    let edit = Edit { file, real: &real, before: &before, dialect: seen.dialect, shell };
    let after = edit.made(site.system.look, first, forms(&before, seen.dialect))?;
    files::write(site, vec![(real, after)])
}

/// An edit that is to be made.
struct Edit<'a> {
    /// As the login names it.
    file: &'a Path,
    /// Where it lies.
    real: &'a Path,
    before: &'a [u8],
    dialect: Dialect,
    /// The user's login shell.
    shell: Option<&'a Path>,
}

impl Edit<'_> {
    /// The file as it will be.
    fn made(
        &self,
        look: &dyn Look,
        first: &Fault,
        forms: Result<Vec<Vec<u8>>, Unsafe>,
    ) -> Result<Vec<u8>, Failure> {
        let forms = match forms {
            Ok(forms) => forms,
            Err(Unsafe::NotThere(_)) => return Err(changed(self.file)),
            Err(Unsafe::Entangled(fault)) => {
                let text = text!("apply-lines-entangled", file = self.file, line = fault.line);
                return Err(self.refused(Code::ProfileEntangled, text, &fault, None));
            }
        };
        let by_hand = edit::hand::sed(self.real, self.before, &forms[0]);
        let mac = look.identity().os == "macos";
        let by_hand = by_hand.map(|it| if mac { typed::for_a_mac(&it) } else { it });
        let mut said = None;
        for (program, options) in readers(self.file, self.dialect, self.shell) {
            match accepts(look, &program, options, self.before) {
                None => {}
                Some(Err(words)) => said = said.or(Some(words)),
                Some(Ok(())) => {
                    let good = |it: &Vec<u8>| accepts(look, &program, options, it) == Some(Ok(()));
                    return forms.into_iter().find(good).ok_or_else(|| {
                        let text = text!("apply-lines-entangled", file = self.file, line = first.line);
                        self.refused(Code::ProfileEntangled, text, first, None)
                    });
                }
            }
        }
        match said {
            Some(words) => {
                let text = text!("apply-lines-syntax", file = self.file, why = words);
                Err(self.refused(Code::ProfileSyntax, text, first, by_hand))
            }
            // A file that no shell reads, or none that is here.
            None => Ok(forms.into_iter().next().unwrap_or_default()),
        }
    }

    fn refused(
        &self,
        code: Code,
        text: crate::text::Text,
        fault: &Fault,
        command: Option<String>,
    ) -> Failure {
        let hint = match command {
            Some(command) => text!("apply-lines-by-hand", command = command),
            None => text!("apply-lines-remove", variable = &fault.variable, line = fault.line),
        };
        Failure::new(code, text).hint(hint).at(self.file, Some(fault.line))
    }
}

fn changed(file: &Path) -> Failure {
    Failure::new(Code::PremiseChanged, text!("apply-premise-changed", path = file))
        .hint(text!("apply-premise-hint"))
}

/// The shells that may read a file, the likeliest first, with the options to check it and run nothing.
fn readers(file: &Path, dialect: Dialect, shell: Option<&Path>) -> Vec<(PathBuf, &'static [&'static str])> {
    const SH: &[&str] = &["-n"];
    const BASH: &[&str] = &["-O", "extglob", "-n"];
    const ZSH: &[&str] = &["-f", "-n"];
    let name = |it: &Path| it.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let login = shell.map(name).unwrap_or_default();
    let named = name(file);
    let mut names: Vec<&str> = match dialect {
        Dialect::Sh if named.contains("bash") => vec!["bash"],
        Dialect::Sh if named.starts_with(".z") || file.starts_with("/etc/zsh") => vec!["zsh"],
        Dialect::Sh if login == "ksh" => vec!["ksh", "sh", "bash"],
        Dialect::Sh => vec!["sh", "bash", "zsh"],
        Dialect::Fish => vec!["fish"],
        _ => vec![],
    };
    if let Some(at) = names.iter().position(|it| *it == login) {
        names.swap(0, at);
    }
    let options = |name: &str| match name {
        "bash" => BASH,
        "zsh" => ZSH,
        _ => SH,
    };
    let places = |name: &&str| {
        let own = shell.filter(|_| **name == login).map(Path::to_path_buf);
        let known = ["/bin", "/usr/bin", "/usr/local/bin"].map(|it| Path::new(it).join(name));
        own.into_iter().chain(known).map(|it| (it, options(name))).collect::<Vec<_>>()
    };
    names.iter().flat_map(places).collect()
}

/// Whether a shell accepts a file, else its own words; `None` where there is no such shell.
fn accepts(look: &dyn Look, program: &Path, options: &[&str], bytes: &[u8]) -> Option<Result<(), String>> {
    const NAME: &str = "profile";
    let mut args: Vec<String> = options.iter().map(|it| (*it).to_owned()).collect();
    args.push(format!("{{scratch}}/{NAME}"));
    let ask = Ask {
        program: program.to_path_buf(),
        args,
        env: Environment::of_system().with("HOME", "{scratch}"),
        files: vec![(NAME.to_owned(), bytes.to_vec())],
        limit_ms: 20_000,
        ..Ask::default()
    };
    match look.run(&ask) {
        Fact::Here(answer) if answer.ok() => Some(Ok(())),
        Fact::Here(answer) if answer.code.is_none() => None,
        Fact::Here(answer) => {
            let words = answer.err();
            let first = words.lines().next().unwrap_or_default();
            let end = format!("{NAME}: ");
            Some(Err(first.split_once(&end).map_or(first, |it| it.1).to_owned()))
        }
        Fact::Absent | Fact::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests;
