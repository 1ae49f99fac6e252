//! The front's processes: we become one of Go's tools, or the C compiler. What is decided, and why, is in
//! `prove::front`; this runs before anything else of ours, some 1,500 times in a first build.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: another program takes our place, with our environment"
)]

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::prove::front::{self, Act};

/// A text that cgo writes is some megabytes at most; what is larger is not for us.
const TEXT_LIMIT: u64 = 64 << 20;

/// Does the work of a front if we were started as one (`argv` with our own name first), and gives the exit code.
/// Returns `None` at once otherwise. In most cases it does not return at all: the other program takes our place.
pub fn run_if_asked(argv: &[String]) -> Option<i32> {
    let act = front::asked(argv.get(1..)?)?;
    Some(match act {
        Act::Become(words) => turn_into(&exact(argv, words), None),
        Act::Cgo(words) => turn_into(&exact(argv, words), fronted_cc()),
        Act::CompileFile(words) => {
            if let Some(path) = words.last()
                && let Err(error) = prepare_file(Path::new(path))
            {
                return Some(complain(path, &error));
            }
            turn_into(&exact(argv, words), None)
        }
        Act::CompileInput(words) => compile_input(&exact(argv, words)),
    })
}

/// The words byte for byte as we got them: paths need not be UTF-8, and decisions were made on text.
fn exact(argv: &[String], words: Vec<String>) -> Vec<OsString> {
    let raw: Vec<OsString> = std::env::args_os().collect();
    let ours =
        raw.len() == argv.len() && raw.iter().zip(argv).all(|(raw, text)| raw.to_string_lossy() == *text);
    if ours { raw[raw.len() - words.len()..].to_vec() } else { words.into_iter().map(Into::into).collect() }
}

/// Becomes the program; returns only when there is no such program.
fn turn_into(words: &[OsString], cc: Option<String>) -> i32 {
    let Some((program, args)) = words.split_first() else { return 2 };
    let mut command = Command::new(program);
    command.args(args).envs(cc.map(|it| ("CC", it)));
    let error = command.exec();
    complain(&program.to_string_lossy(), &error)
}

/// As a shell does it: 127 for a program that is not there.
fn complain(what: &str, error: &io::Error) -> i32 {
    let _ = writeln!(io::stderr(), "fyne-setup: {what}: {error}");
    if error.kind() == io::ErrorKind::NotFound { 127 } else { 126 }
}

/// CC with us before it; `None` where it stays as it is: unset, no gcc, or not to be written in one line.
fn fronted_cc() -> Option<String> {
    let words = front::split(&std::env::var("CC").ok()?)?;
    let (at, name) = front::compiler(&words)?;
    if !front::is_gcc(name) || another_in_disguise(&words[at]) {
        return None;
    }
    let executable = std::env::current_exe().ok()?;
    let own = [executable.to_str()?.to_owned(), front::COMPILER.to_owned()];
    front::join(&[&own[..], &words[..]].concat())
}

/// `cc` and `gcc` are links to clang on some machines.
fn another_in_disguise(program: &str) -> bool {
    let found = if program.contains('/') {
        Some(PathBuf::from(program))
    } else {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).map(|it| it.join(program)).find(|it| it.is_file())
    };
    let real = found.and_then(|it| fs::canonicalize(it).ok());
    let name = real.as_deref().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
    name.is_none_or(|it| it.contains("clang") || it.contains("zig") || it.contains("tcc"))
}

/// Puts the line before the text, in cgo's own temporary file. The file grows first, so that a full disk is noticed
/// while its text is still whole.
fn prepare_file(path: &Path) -> io::Result<()> {
    let Ok(mut file) = fs::OpenOptions::new().read(true).write(true).open(path) else { return Ok(()) };
    let mut text = Vec::new();
    if file.metadata()?.len() > TEXT_LIMIT || (&file).take(TEXT_LIMIT).read_to_end(&mut text).is_err() {
        return Ok(());
    }
    let Some(prepared) = front::prepare(&text) else { return Ok(()) };
    if file.write_all(&prepared[text.len()..]).is_err() {
        return file.set_len(text.len() as u64);
    }
    file.rewind()?;
    file.write_all(&prepared)
}

/// Reads the text, hands it on with the line before it, and ends as the compiler does.
fn compile_input(words: &[OsString]) -> i32 {
    let Some((program, args)) = words.split_first() else { return 2 };
    let mut text = Vec::new();
    if let Err(error) = io::stdin().read_to_end(&mut text) {
        return complain(&program.to_string_lossy(), &error);
    }
    let text = front::prepare(&text).unwrap_or(text);
    let mut child = match Command::new(program).args(args).stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return complain(&program.to_string_lossy(), &error),
    };
    if let Some(mut input) = child.stdin.take() {
        // A compiler that ends early has said why by its exit code.
        let _ = input.write_all(&text);
    }
    match child.wait() {
        Ok(status) => status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0)),
        Err(error) => complain(&program.to_string_lossy(), &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_guesses_gets_its_line_and_another_text_none() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let guesses = "\n#line 1 \"cgo-builtin-prolog\"\n#line 1 \"not-type\"\n\
            void __cgo_f_1_2(void) { x *__cgo_undefined__2; }\n\
            #line 1 \"completed\"\nint __cgo__1 = __cgo__2;\n";
        for (text, want) in
            [(guesses, format!("{}{guesses}", front::DECLARATION)), ("int x;\n", "int x;\n".into())]
        {
            let path = dir.path().join("cgo-gcc-input-1.c");
            fs::write(&path, text).expect("written");
            prepare_file(&path).expect("prepared");
            assert_eq!(fs::read_to_string(&path).expect("read"), want);
        }
        prepare_file(&dir.path().join("absent.c")).expect("the compiler says what is wrong with it");
    }

    #[test]
    fn other_commands_are_not_a_fronts() {
        let argv = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(run_if_asked(&argv(&[])), None);
        assert_eq!(run_if_asked(&argv(&["fyne-setup", "check"])), None);
        assert_eq!(run_if_asked(&argv(&["fyne-setup", "--as-toolexec"])), Some(2));
    }
}
