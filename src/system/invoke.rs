//! The processes of `go build -toolexec`: we become one of Go's tools, or the C compiler. What is decided, and why, is
//! `toolexec`'s and is handed in as [`Rules`]; this runs before anything else of ours, some 1,500 times in a first build.

#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "this is the door: another program takes our place, with our environment"
)]

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::os::process;
use crate::path_style::PathStyle;

/// A text that cgo writes is some megabytes at most; what is larger is not for us.
const TEXT_LIMIT: u64 = 64 << 20;

/// What is to be done with an argv.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Become this program, with the same environment.
    Become(Vec<String>),
    /// Become the `cgo` of these words, with a `CC` that starts us before the compiler.
    Cgo(Vec<String>),
    /// Prepare the text in the named file if it is one that gains by it, then become the compiler of these words.
    CompileFile(Vec<String>),
    /// The same for a text on standard input.
    CompileInput(Vec<String>),
}

/// Whether a program is another compiler under the name of gcc.
pub type Disguised = dyn Fn(&str) -> bool;

/// Who decides: pure functions.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// What an argv without our own name asks for; `None` where we were started for something else.
    pub asked: fn(&[String]) -> Option<Act>,
    /// The text to compile instead; `None` where it stays as it is.
    pub prepare: fn(&[u8]) -> Option<Vec<u8>>,
    /// `CC` (first) with this executable (second) before the compiler; `None` where it stays as it is. The third answers
    /// whether a program is another compiler under the name of gcc.
    pub wrap_cc: fn(&str, &str, &Disguised) -> Option<String>,
}

/// Does what `rules` say if we were started as a tool of Go's (`argv` with our own name first), and gives the exit code.
/// Returns `None` at once otherwise. In most cases it does not return at all: the other program takes our place.
pub fn run_if_asked(argv: &[String], rules: &Rules) -> Option<i32> {
    let act = (rules.asked)(argv.get(1..)?)?;
    Some(match act {
        Act::Become(words) => turn_into(&exact(argv, words), None),
        Act::Cgo(words) => turn_into(&exact(argv, words), wrapped_cc(rules)),
        Act::CompileFile(words) => {
            if let Some(path) = words.last()
                && let Err(error) = prepare_file(Path::new(path), rules)
            {
                return Some(complain(path, &error));
            }
            turn_into(&exact(argv, words), None)
        }
        Act::CompileInput(words) => compile_input(&exact(argv, words), rules),
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
    let error = process::become_it(&mut command);
    complain(&program.to_string_lossy(), &error)
}

/// As a shell does it: 127 for a program that is not there.
fn complain(what: &str, error: &io::Error) -> i32 {
    let _ = writeln!(io::stderr(), "fyne-setup: {what}: {error}");
    if error.kind() == io::ErrorKind::NotFound { 127 } else { 126 }
}

/// CC with us before it; `None` where it stays as it is: unset, no gcc, or not to be written in one line.
fn wrapped_cc(rules: &Rules) -> Option<String> {
    let executable = std::env::current_exe().ok()?;
    (rules.wrap_cc)(&std::env::var("CC").ok()?, executable.to_str()?, &another_in_disguise)
}

/// `cc` and `gcc` are links to clang on some machines.
fn another_in_disguise(program: &str) -> bool {
    let style = PathStyle::of(std::env::consts::OS);
    let names = style.programs(program, std::env::var("PATHEXT").ok().as_deref());
    let is_path = program.contains('/') || style == PathStyle::Windows && program.contains('\\');
    let path = if is_path { None } else { std::env::var_os("PATH") }.unwrap_or_default();
    let dirs: Vec<PathBuf> =
        if is_path { vec![PathBuf::new()] } else { std::env::split_paths(&path).collect() };
    let mut all = dirs.iter().flat_map(|dir| names.iter().map(|it| dir.join(it)));
    let found = all.find(|it| it.is_file());
    let real = found.and_then(|it| fs::canonicalize(it).ok());
    let name = real.as_deref().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
    name.is_none_or(|it| it.contains("clang") || it.contains("zig") || it.contains("tcc"))
}

/// Puts the line before the text, in cgo's own temporary file. The file grows first, so that a full disk is noticed
/// while its text is still whole.
fn prepare_file(path: &Path, rules: &Rules) -> io::Result<()> {
    let Ok(mut file) = fs::OpenOptions::new().read(true).write(true).open(path) else { return Ok(()) };
    let mut text = Vec::new();
    if file.metadata()?.len() > TEXT_LIMIT || (&file).take(TEXT_LIMIT).read_to_end(&mut text).is_err() {
        return Ok(());
    }
    let Some(prepared) = (rules.prepare)(&text) else { return Ok(()) };
    if file.write_all(&prepared[text.len()..]).is_err() {
        return file.set_len(text.len() as u64);
    }
    file.rewind()?;
    file.write_all(&prepared)
}

/// Reads the text, hands it on with the line before it, and ends as the compiler does.
fn compile_input(words: &[OsString], rules: &Rules) -> i32 {
    let Some((program, args)) = words.split_first() else { return 2 };
    let mut text = Vec::new();
    if let Err(error) = io::stdin().read_to_end(&mut text) {
        return complain(&program.to_string_lossy(), &error);
    }
    let text = (rules.prepare)(&text).unwrap_or(text);
    let mut child = match Command::new(program).args(args).stdin(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return complain(&program.to_string_lossy(), &error),
    };
    if let Some(mut input) = child.stdin.take() {
        // A compiler that ends early has said why by its exit code.
        let _ = input.write_all(&text);
    }
    match child.wait() {
        Ok(status) => {
            let ended = process::ended(status);
            ended.code.unwrap_or_else(|| 128 + ended.signal.unwrap_or(0))
        }
        Err(error) => complain(&program.to_string_lossy(), &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolexec;

    #[test]
    fn a_text_of_guesses_gets_its_line_and_another_text_none() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let guesses = "\n#line 1 \"cgo-builtin-prolog\"\n#line 1 \"not-type\"\n\
            void __cgo_f_1_2(void) { x *__cgo_undefined__2; }\n\
            #line 1 \"completed\"\nint __cgo__1 = __cgo__2;\n";
        for (text, want) in
            [(guesses, format!("{}{guesses}", toolexec::DECLARATION)), ("int x;\n", "int x;\n".into())]
        {
            let path = dir.path().join("cgo-gcc-input-1.c");
            fs::write(&path, text).expect("written");
            prepare_file(&path, &toolexec::RULES).expect("prepared");
            assert_eq!(fs::read_to_string(&path).expect("read"), want);
        }
        prepare_file(&dir.path().join("absent.c"), &toolexec::RULES)
            .expect("the compiler says what is wrong with it");
    }

    #[test]
    fn other_commands_are_not_a_fronts() {
        let argv = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let run = |words: &[&str]| run_if_asked(&argv(words), &toolexec::RULES);
        assert_eq!(run(&[]), None);
        assert_eq!(run(&["fyne-setup", "check"]), None);
        assert_eq!(run(&["fyne-setup", "--as-toolexec"]), Some(2));
    }
}
