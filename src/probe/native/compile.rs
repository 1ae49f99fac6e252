//! Headers and libraries, by compiling and linking as cgo would: everything at once, single ones only where that fails.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::detour::{Way, ways};
use super::files::{by_files, dangling};
use super::sample::Sample;
use super::{Build, flags, found, try_each};
use crate::fact::Fact;
use crate::facts::native::{Compiler, Part, Probed};
use crate::facts::{Settings, goflags};
use crate::gather::Gather as _;
use crate::packages::table::Capability;
use crate::probe::programs;
use crate::system::{Answer, Ask, Environment, parallel};

pub(super) type Found = BTreeMap<String, Probed>;

pub(super) fn probe(build: &Build, here: &Settings) -> (Compiler, Found) {
    let command = super::command(here, build.sample.compiler);
    let path = programs::find_own(build.look, here, &command[0]);
    let mut compiler = Compiler { command, path, ..Compiler::default() };
    let Some(path) = compiler.path.here().cloned() else {
        compiler.works = compiler.path.as_ref().map(|_| Ok(()));
        return (compiler, by_files(build, "why-no-compiler"));
    };
    let fixed = compiler.command[1..].to_vec();
    let cc = Cc { build, path: &path, fixed: &fixed };
    let (version, machine, everything) = std::thread::scope(|scope| {
        let version = scope.spawn(|| cc.says("--version"));
        let machine = scope.spawn(|| cc.says("-dumpmachine"));
        let everything = cc.links(&build.capabilities, &build.env);
        // Without their answers it is a compiler of no name, and what it can is still tried.
        let said = |it| parallel::joined(it).ok().flatten();
        (said(version), said(machine), everything)
    });
    compiler.is_gcc = version.as_deref().is_some_and(|it| !it.contains("clang"));
    compiler.version = version;
    compiler.machine = machine;
    if everything.here().is_some_and(Answer::ok) {
        compiler.works = Fact::Here(Ok(()));
        let all = build.capabilities.iter().filter(|it| compiled(it));
        return (compiler, all.map(|it| (it.name.clone(), found(tried(it)))).into_map());
    }
    // Where nothing besides is asked for, that was the whole question.
    let plain = if build.capabilities.is_empty() { everything } else { cc.links(&[], &build.env) };
    compiler.works = match plain {
        Fact::Here(answer) if answer.ok() => Fact::Here(Ok(())),
        Fact::Here(answer) => {
            Fact::Here(Err(telling(&answer, build.sample, &cc.program(&[])).unwrap_or_default()))
        }
        Fact::Absent => Fact::Here(Err(String::new())),
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    let dead = compiler.version.is_none();
    if compiler.works != Fact::Here(Ok(())) {
        compiler.spoiled_by = build
            .culprit(build.sample.variables, |env| good(&cc.links(&[], env)))
            .or_else(|| cc.argued(|it| good(&it.links(&[], &build.env))));
        if compiler.spoiled_by.is_none() {
            let ways = ways(build, &compiler.command[0], &path);
            let way = ways.iter().find(|it| good(&cc.by(it).links(&[], &it.env)));
            compiler.detour = way.map(|it| it.detour(dead));
            if way.is_none() {
                compiler.spoiled_by = cc.among(&ways, |it, env| good(&it.links(&[], env)));
            }
        }
        return (compiler, by_files(build, "why-compiler-broken"));
    }
    let ways = ways(build, &compiler.command[0], &path);
    let apart = cc.apart(&ways, here);
    let hidden = apart.iter().find(|(_, it)| it.hidden_by.as_deref() == Some("PATH")).map(|it| it.0);
    let hidden = hidden.and_then(|name| build.capabilities.iter().find(|it| it.name == *name));
    if let Some(capability) = hidden {
        let way = ways.iter().find(|it| good(&cc.by(it).links(&[*capability], &it.env)));
        compiler.detour = way.map(|it| it.detour(dead));
    }
    (compiler, apart)
}

fn good(answer: &Fact<Answer>) -> bool {
    answer.here().is_some_and(Answer::ok)
}

pub(super) const fn compiled(capability: &Capability) -> bool {
    !capability.headers.is_empty() || !capability.libraries.is_empty()
}

/// A compiler with the user's environment.
pub(super) struct Cc<'a> {
    pub(super) build: &'a Build<'a>,
    pub(super) path: &'a Path,
    pub(super) fixed: &'a [String],
}

impl Cc<'_> {
    fn says(&self, option: &str) -> Option<String> {
        let args: Vec<&str> = self.fixed.iter().map(String::as_str).chain([option]).collect();
        let answer = self
            .build
            .look
            .run(&programs::ask(self.path, &args, Environment::of_user(&self.build.env)))
            .into_here()?;
        programs::first_line(&answer.out()).filter(|_| answer.ok())
    }

    /// The same by another way.
    fn by<'b>(&'b self, way: &'b Way) -> Cc<'b> {
        Cc { path: &way.program, ..*self }
    }

    /// `CC`, where it carries arguments and all would be well without them: another system's root, a foreign target.
    fn argued(&self, good: impl Fn(&Self) -> bool) -> Option<String> {
        let plain = Self { fixed: &[], ..*self };
        (!self.fixed.is_empty() && good(&plain)).then(|| "CC".to_owned())
    }

    /// What is to blame together with something else, so that leaving one of them out does not help: a variable and `CC`'s
    /// arguments, either of them and what is in front on PATH. One is named; the other one shows once it is gone.
    fn among(
        &self,
        ways: &[Way],
        good: impl Fn(&Cc<'_>, &BTreeMap<String, String>) -> bool,
    ) -> Option<String> {
        let build = self.build;
        let plain = Self { fixed: &[], ..*self };
        let argued = !self.fixed.is_empty();
        let past = |cc: &Cc<'_>, way: &Way| {
            let cc = cc.by(way);
            build.culprit_of(&way.env, build.sample.variables, |env| good(&cc, env))
        };
        let with_arguments = || ways.iter().find_map(|it| past(self, it));
        let without = || build.culprit(build.sample.variables, |env| good(&plain, env));
        let bare = || ways.iter().any(|it| good(&plain.by(it), &it.env)).then(|| "CC".to_owned());
        let all = || ways.iter().find_map(|it| past(&plain, it));
        with_arguments().or_else(|| if argued { without().or_else(bare).or_else(all) } else { None })
    }

    /// Each capability by itself, as far as needed: where all headers can be read together, none is read alone, and so
    /// with libraries.
    fn apart(&self, ways: &[Way], here: &Settings) -> Found {
        let build = self.build;
        let (read, linked) = std::thread::scope(|scope| {
            let read = scope.spawn(|| good(&self.reads(&build.capabilities, &build.env)));
            let linked = good(&self.finds(&build.capabilities, &build.env));
            // Where nobody could say, each is tried by itself.
            (parallel::joined(read).unwrap_or(false), linked)
        });
        // One variable that hides everything is told apart from packages that are missing as well.
        let hidden_by = build
            .culprit(build.sample.variables, |env| good(&self.links(&build.capabilities, env)))
            .or_else(|| self.argued(|it| good(&it.links(&build.capabilities, &build.env))));
        let pkg_config = here.set("PKG_CONFIG").unwrap_or("pkg-config");
        let pkg_config = programs::find_own(build.look, here, pkg_config).into_here();
        let apart = Apart { read, linked, hidden_by, ways, pkg_config };
        let tried: Vec<_> = build.capabilities.iter().copied().filter(|it| compiled(it)).collect();
        try_each(build.cpus, &tried, |it| self.alone(it, &apart))
    }

    /// One capability, and why it is not found.
    fn alone(&self, capability: &Capability, apart: &Apart<'_>) -> Probed {
        let (env, one) = (&self.build.env, [capability]);
        let header = (!apart.read && !capability.headers.is_empty()).then(|| self.reads(&one, env));
        if let Some(answer) = header.filter(|it| !good(it)) {
            let again = |it: &Cc<'_>, env: &BTreeMap<String, String>| good(&it.reads(&one, env));
            let probed = self.missing(capability, Part::Header, answer, apart, again);
            let aged =
                !capability.macros.is_empty() && probed.found.is_absent() && probed.hidden_by.is_none();
            let plain = Capability { macros: BTreeMap::new(), ..capability.clone() };
            if aged && good(&self.reads(&[&plain], env)) {
                return Probed { part: Some(Part::Age), ..probed };
            }
            let told_by_module = self.told_by_module(capability, &probed, apart);
            return Probed { told_by_module, ..probed };
        }
        let library = (!apart.linked && !capability.libraries.is_empty()).then(|| self.finds(&one, env));
        if let Some(answer) = library.filter(|it| !good(it)) {
            let again = |it: &Cc<'_>, env: &BTreeMap<String, String>| good(&it.finds(&one, env));
            return self.missing(capability, Part::Library, answer, apart, again);
        }
        found(tried(capability))
    }

    /// What pkg-config says of a header that is not found, where that leads to it.
    fn told_by_module(&self, capability: &Capability, probed: &Probed, apart: &Apart<'_>) -> Option<String> {
        let (program, module) = (apart.pkg_config.as_ref()?, capability.pkgconfig()?);
        if !probed.found.is_absent() || probed.hidden_by.is_some() {
            return None;
        }
        let (look, env) = (self.build.look, &self.build.env);
        let asked = programs::ask(program, &["--cflags-only-I", "--", module], Environment::of_user(env));
        let answer = look.run(&asked).into_here().filter(Answer::ok)?;
        let told = Some(answer.out().trim().to_owned()).filter(|it| !it.is_empty())?;
        let mut env = env.clone();
        let set = env.get("CGO_CPPFLAGS").map_or_else(String::new, |it| format!("{it} "));
        env.insert("CGO_CPPFLAGS".into(), format!("{set}{told}"));
        good(&self.reads(&[capability], &env)).then_some(told)
    }

    fn missing(
        &self,
        capability: &Capability,
        part: Part,
        answer: Fact<Answer>,
        apart: &Apart<'_>,
        again: impl Fn(&Cc<'_>, &BTreeMap<String, String>) -> bool,
    ) -> Probed {
        let tried = tried(capability);
        if let Fact::Unknown(why) = answer {
            return Probed { tried, found: Fact::Unknown(why), ..Probed::default() };
        }
        let hidden_by = apart.hidden_by.clone();
        let hidden_by =
            hidden_by.or_else(|| self.build.culprit(self.build.sample.variables, |env| again(self, env)));
        let hidden_by = hidden_by.or_else(|| self.argued(|it| again(it, &self.build.env)));
        let past = || apart.ways.iter().any(|it| again(&self.by(it), &it.env)).then(|| "PATH".to_owned());
        let hidden_by = hidden_by.or_else(past);
        let hidden_by = hidden_by.or_else(|| self.among(apart.ways, again));
        let damaged = match part {
            Part::Library if hidden_by.is_none() => dangling(self.build, capability),
            _ => None,
        };
        let said = answer.here().and_then(|it| telling(it, self.build.sample, &self.program(&[capability])));
        Probed {
            tried,
            found: Fact::Absent,
            said,
            damaged,
            part: Some(part),
            hidden_by,
            told_by_module: None,
        }
    }

    /// Compiles and links a program with all that these need.
    fn links(&self, all: &[&Capability], env: &BTreeMap<String, String>) -> Fact<Answer> {
        self.run(self.program(all), self.linked(all, env), env)
    }

    /// Links an empty program with their libraries.
    fn finds(&self, all: &[&Capability], env: &BTreeMap<String, String>) -> Fact<Answer> {
        self.run(self.program(&[]), self.linked(all, env), env)
    }

    /// Only reads their headers.
    fn reads(&self, all: &[&Capability], env: &BTreeMap<String, String>) -> Fact<Answer> {
        self.judges(&self.program(all), env)
    }

    /// Reads a program and what it includes.
    pub(super) fn judges(&self, source: &str, env: &BTreeMap<String, String>) -> Fact<Answer> {
        self.run(source.to_owned(), self.build.sample.source(&["-fsyntax-only"]), env)
    }

    fn run(&self, source: String, last: Vec<String>, env: &BTreeMap<String, String>) -> Fact<Answer> {
        let mut args = self.fixed.to_vec();
        args.extend(flags(env, "CGO_CPPFLAGS"));
        args.extend(flags(env, "CGO_CFLAGS"));
        args.extend(last);
        let ask = programs::ask(self.path, &[], Environment::of_user(env));
        let (files, limit_ms) =
            (vec![("program.c".to_owned(), source.into_bytes())], self.build.sample.limit_ms);
        self.build.look.run(&Ask { args, files, limit_ms, ..ask })
    }

    /// A program that includes what these need.
    fn program(&self, all: &[&Capability]) -> String {
        program(self.build.sample, all)
    }

    /// The end of a command that links: cgo's own flags, the libraries, and what GOFLAGS tells the linker behind them.
    fn linked(&self, all: &[&Capability], env: &BTreeMap<String, String>) -> Vec<String> {
        let sample = self.build.sample;
        let told = env.get("GOFLAGS").map(|it| goflags::linker(it)).unwrap_or_default();
        let libraries = [&libraries(all)[..], &sample.links()].concat();
        [&sample.source(&["-o", "{scratch}/program"])[..], &flags(env, "CGO_LDFLAGS"), &libraries, &told]
            .concat()
    }
}

/// What is known before capabilities are tried one by one.
struct Apart<'a> {
    /// All headers can be read.
    read: bool,
    /// All libraries are found.
    linked: bool,
    /// The variable without which everything is found.
    hidden_by: Option<String>,
    /// The ways past what is in front on PATH.
    ways: &'a [Way],
    /// pkg-config, where there is one.
    pkg_config: Option<PathBuf>,
}

fn libraries(all: &[&Capability]) -> Vec<String> {
    all.iter().flat_map(|it| &it.libraries).map(|it| format!("-l{it}")).collect()
}

/// A C program that includes what these need. The extensions of OpenGL are left out: they are 850 kB of declarations
/// that belong to the same package as the rest, and a quarter of the time.
fn program(sample: &Sample, all: &[&Capability]) -> String {
    let headers = all.iter().flat_map(|it| it.headers.iter().map(String::as_str));
    let headers = headers.chain(sample.headers.iter().copied());
    let includes: String = headers.map(|it| format!("#include <{it}>\n")).collect();
    let macros = all.iter().flat_map(|it| it.macros.keys());
    let defined: String =
        macros.map(|it| format!("#ifndef {it}\n#error {it} is not defined\n#endif\n")).collect();
    format!(
        "#define GL_GLEXT_LEGACY\n#define GLX_GLXEXT_LEGACY\n{includes}{defined}\nint answer(int a)\n{{\n\treturn a + 42;\n}}\n\n\
         int main(void)\n{{\n\treturn answer(-42);\n}}\n"
    )
}

pub(super) fn tried(capability: &Capability) -> String {
    let headers = capability.headers.iter().map(|it| format!("#include <{it}>"));
    let libraries = capability.libraries.iter().map(|it| format!("-l{it}"));
    headers.chain(libraries).collect::<Vec<_>>().join(" ")
}

/// The line of a compiler's words that says what is wrong, else the first. Nobody knows the program that we had it compile:
/// in the place of its name and line stands what that line includes.
pub(super) fn telling(answer: &Answer, sample: &Sample, source: &str) -> Option<String> {
    let text = answer.err();
    let says = |it: &str| {
        sample.linker.and_then(|linker| it.strip_prefix(linker)).is_some_and(|it| !it.starts_with("warning:"))
    };
    let any = |it: &&str| it.contains("error:") || it.contains("cannot find");
    let telling = text.lines().find(|it| says(it)).or_else(|| text.lines().find(any));
    let line = telling.map(str::to_owned).or_else(|| programs::first_line(&text))?;
    let Some((_, place)) = line.split_once("program.c:") else { return Some(line) };
    let (number, words) = place.split_once(':').unwrap_or(("", place));
    let number: Option<usize> = number.parse().ok();
    let words = words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches([':', ' ']);
    let at = number.and_then(|it| source.lines().nth(it.checked_sub(1)?));
    Some(match at.filter(|it| it.starts_with("#include")) {
        Some(include) => format!("{include}: {words}"),
        None => words.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{MAC, UNIX};
    use super::*;

    #[test]
    fn a_line_of_the_linker_comes_first_on_a_mac_alone() {
        let stderr = "ld: skipping incompatible /usr/lib/libm.so when searching for -lm\nprogram.c:1:10: fatal error: x.h: \
                      No such file or directory\nld: cannot find -lGL\n";
        let answer = Answer { code: Some(1), stderr: stderr.into(), ..Answer::default() };
        let said = |sample| telling(&answer, sample, "#include <x.h>\n").unwrap_or_default();
        assert_eq!(said(&UNIX), "#include <x.h>: fatal error: x.h: No such file or directory");
        assert!(said(&MAC).starts_with("ld: skipping"));
    }
}
