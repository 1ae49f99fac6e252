//! The C compiler on Windows: the one that cgo would call, judged by compiling, linking and starting a program; and where
//! that does not serve, those that lie elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::flags;
use crate::fact::{Fact, Why};
use crate::facts::native::Compiler;
use crate::facts::{Host, Settings, mingw};
use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::probe::programs;
use crate::system::{Answer, Ask, Environment, Kind, Look, parallel};

pub mod msvc;
pub mod places;

/// A program that needs nothing but the C library and Windows: `-lopengl32 -lgdi32` is what GLFW links.
const PROGRAM: &str = "#include <windows.h>\n#include <stdio.h>\n\nint main(void)\n{\n\tprintf(\"%d\\n\", \
                       (int)sizeof(void *));\n\treturn GetVersion() == 0;\n}\n";

/// What links it and starts it. The compiler's path is a variable, so that the code page in which cmd reads this text does
/// not matter.
const RUN: &str = "@\"%FYNE_SETUP_CC%\" %FYNE_SETUP_FLAGS% -o program.exe program.c -lopengl32 -lgdi32\r\n\
                   @if errorlevel 1 exit /b 64\r\n@.\\program.exe\r\n@if errorlevel 1 exit /b 65\r\n";

/// What every question here is asked with.
struct Windows<'a> {
    look: &'a dyn Look,
    /// The user's environment.
    env: BTreeMap<String, String>,
    /// Its PATH.
    path: Vec<PathBuf>,
    /// How many questions are asked at once.
    cpus: usize,
}

impl<'a> Windows<'a> {
    fn new(look: &'a dyn Look, host: &Host, here: &Settings) -> Self {
        let env = environment(look, here);
        let path = PathStyle::Windows.list(env.get("PATH").map_or("", String::as_str));
        Self { look, env, path, cpus: host.identity.cpus.max(1) }
    }

    /// Every program of this name on PATH, in its order; the one that a path names.
    fn programs(&self, name: &str) -> Vec<PathBuf> {
        let pathext = self.env.get("PATHEXT").map(String::as_str);
        let names = PathStyle::Windows.programs(name, pathext);
        let dirs: Vec<PathBuf> =
            if name.contains(['/', '\\']) { vec![PathBuf::new()] } else { self.path.clone() };
        let all = dirs.iter().filter(|it| it.as_os_str().is_empty() || PathStyle::Windows.is_absolute(it));
        let all = all.flat_map(|dir| names.iter().map(|it| dir.join(PathStyle::Windows.path(it))));
        all.filter(|it| self.look.stat(it).here().is_some_and(|it| it.kind == Kind::File)).collect()
    }
}

/// The user's environment.
fn environment(look: &dyn Look, here: &Settings) -> BTreeMap<String, String> {
    if here.variables.is_empty() {
        return look.env().clone();
    }
    here.variables.iter().map(|(name, it)| (name.clone(), it.value.clone())).into_map()
}

/// How long a program may take to be compiled and started, in seconds.
const LIMIT_S: u64 = 60;

/// Asks for all of it.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings) -> Compiler {
    let build = &Windows::new(look, host, here);
    let command = super::command(here, "gcc");
    let path = build.programs(&command[0]).into_iter().next().map_or(Fact::Absent, Fact::Here);
    let mut compiler = Compiler { command, path, ..Compiler::default() };
    let mut seen =
        mingw::Windows { threads: None, linker: None, runs: Fact::unlooked(), elsewhere: Vec::new() };
    match compiler.path.here().cloned() {
        Some(path) => {
            let fixed = compiler.command[1..].to_vec();
            let cc = Cc { look: build.look, path: &path, fixed: &fixed, env: &build.env };
            asked(&cc, &mut compiler, &mut seen);
        }
        None => compiler.works = compiler.path.as_ref().map(|_| Ok(())),
    }
    if !serves(&compiler, &seen, host) {
        seen.elsewhere = elsewhere(build, compiler.path.here().map(PathBuf::as_path));
    }
    compiler.windows = Some(seen);
    compiler
}

fn asked(cc: &Cc<'_>, compiler: &mut Compiler, seen: &mut mingw::Windows) {
    let (version, machine, verbose, linker, ran) = std::thread::scope(|scope| {
        let version = scope.spawn(|| cc.says("--version").map(|it| it.out()));
        let machine = scope.spawn(|| cc.says("-dumpmachine").map(|it| it.out()));
        let verbose = scope.spawn(|| cc.says("-v").map(|it| it.err()));
        let linker = scope.spawn(|| cc.linker());
        let ran = cc.runs();
        let said = |it| parallel::joined(it).ok().flatten();
        (said(version), said(machine), said(verbose), said(linker), ran)
    });
    let first = |it: Option<String>| it.as_deref().and_then(programs::first_line);
    compiler.version = first(version);
    compiler.machine = first(machine);
    compiler.is_gcc = compiler.version.as_deref().is_some_and(|it| !it.contains("clang"));
    seen.threads = verbose.as_deref().and_then(mingw::threads);
    seen.linker = linker;
    (compiler.works, seen.runs) = match ran {
        Fact::Here(answer) => judged(&answer),
        Fact::Absent => (Fact::Unknown(text!("why-absent").into()), Fact::unlooked()),
        Fact::Unknown(why) => (Fact::Unknown(why.clone()), Fact::Unknown(why)),
    };
}

/// Well, or the words of what was not.
type Ended = Fact<Result<(), String>>;

/// What the end of [`RUN`] says: whether it links, and whether what was linked starts.
fn judged(answer: &Answer) -> (Ended, Ended) {
    let words = || telling(&answer.err()).or_else(|| telling(&answer.out())).unwrap_or_default();
    match answer.code {
        Some(0) => (Fact::Here(Ok(())), Fact::Here(Ok(()))),
        Some(64) => (Fact::Here(Err(words())), Fact::unlooked()),
        Some(_) => (Fact::Here(Ok(())), Fact::Here(Err(words()))),
        None => {
            let why = || Why::from(text!("why-no-answer", program = "gcc", seconds = LIMIT_S));
            (Fact::Unknown(why()), Fact::Unknown(why()))
        }
    }
}

/// The line that says what is wrong, else the first: a compiler of MinGW speaks English unless it is told otherwise.
fn telling(text: &str) -> Option<String> {
    let telling = text.lines().find(|it| it.contains("error:") || it.contains("cannot find"));
    telling.map(|it| it.trim().to_owned()).or_else(|| programs::first_line(text))
}

/// Whether the compiler that cgo would call needs no other. Which Go is wanted is not known here: a linker that would spoil
/// the newest one is reason enough to look.
fn serves(compiler: &Compiler, seen: &mingw::Windows, host: &Host) -> bool {
    let target = compiler.machine.as_deref().map(mingw::target);
    let meant = matches!(target, Some(mingw::Target::Mingw(it)) if it == host.identity.arch);
    let starts = !matches!(seen.runs, Fact::Here(Err(_)));
    meant && compiler.works == Fact::Here(Ok(())) && starts && !mingw::spoils(seen.linker.as_deref(), (1, 99))
}

/// Compilers at the places where they are installed, the most likely first, each asked with its own directory in front.
fn elsewhere(build: &Windows<'_>, first: Option<&Path>) -> Vec<mingw::Mingw> {
    let known = build.programs("gcc").into_iter().chain(places::all(build.look));
    let mut programs: Vec<PathBuf> = Vec::new();
    for program in known.filter(|it| !first.is_some_and(|first| PathStyle::Windows.same(it, first))) {
        if !programs.iter().any(|it| PathStyle::Windows.same(it, &program)) {
            programs.push(program);
        }
    }
    let asked = parallel::each(build.cpus, &programs, |it| one(build, it));
    asked.into_iter().filter_map(Result::ok).collect()
}

fn one(build: &Windows<'_>, program: &Path) -> mingw::Mingw {
    let dir = program.parent().unwrap_or(program).to_path_buf();
    let mut env = build.env.clone();
    // Its own programs and libraries lie beside it, and it finds them by PATH alone.
    let front = PathStyle::Windows.shown(&dir);
    let path = env.get("PATH").map_or_else(String::new, |it| format!(";{it}"));
    env.insert("PATH".into(), format!("{front}{path}"));
    let cc = Cc { look: build.look, path: program, fixed: &[], env: &env };
    let line = |it: &str| cc.says(it).and_then(|it| programs::first_line(&it.out()));
    mingw::Mingw {
        origin: mingw::origin(program),
        version: line("--version"),
        machine: line("-dumpmachine"),
        linker: cc.linker(),
        works: cc.runs().here().is_some_and(Answer::ok),
        program: program.to_path_buf(),
        dir,
    }
}

/// A compiler with the user's environment.
struct Cc<'a> {
    look: &'a dyn Look,
    path: &'a Path,
    fixed: &'a [String],
    env: &'a BTreeMap<String, String>,
}

impl Cc<'_> {
    fn says(&self, option: &str) -> Option<Answer> {
        let args: Vec<&str> = self.fixed.iter().map(String::as_str).chain([option]).collect();
        let asked = programs::ask(self.path, &args, Environment::of_user(self.env));
        self.look.run(&asked).into_here().filter(Answer::ok)
    }

    /// The version of its linker, which speaks through it.
    fn linker(&self) -> Option<String> {
        self.says("-Wl,--version").and_then(|it| mingw::linker(&format!("{}\n{}", it.out(), it.err())))
    }

    /// Links a program as cgo would, and starts it.
    fn runs(&self) -> Fact<Answer> {
        let root = self.env.get("SYSTEMROOT").map_or(r"C:\Windows", String::as_str);
        let cmd = PathStyle::Windows.path(root).join("System32/cmd.exe");
        let mut env = Environment::of_user(self.env);
        let told =
            ["CGO_CPPFLAGS", "CGO_CFLAGS", "CGO_LDFLAGS"].into_iter().flat_map(|it| flags(self.env, it));
        let all: Vec<String> = self.fixed.iter().cloned().chain(told).map(|it| word(&it)).collect();
        env.set("FYNE_SETUP_CC", PathStyle::Windows.shown(self.path));
        env.set("FYNE_SETUP_FLAGS", all.join(" "));
        let asked = programs::ask(&cmd, &["/d", "/c", "run.bat"], env);
        let files = vec![
            ("program.c".to_owned(), PROGRAM.as_bytes().to_vec()),
            ("run.bat".to_owned(), RUN.as_bytes().to_vec()),
        ];
        // The first start of a new program is watched by Defender.
        self.look.run(&Ask { files, limit_ms: LIMIT_S * 1000, ..asked })
    }
}

/// A word as cmd hands it on.
fn word(text: &str) -> String {
    if text.contains([' ', '\t']) { format!("\"{text}\"") } else { text.to_owned() }
}
