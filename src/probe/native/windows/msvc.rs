//! Microsoft's compiler: where it is costs one question and a few looks; whether it builds is only tried where it is wanted.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::LIMIT_S;
use super::places::{expanded, variable};
use crate::fact::Fact;
use crate::facts::msvc::{Msvc, Tried, environment, newest, read, toolsets};
use crate::facts::{Facts, Settings};
use crate::path_style::PathStyle;
use crate::probe::programs;
use crate::system::{Answer, Ask, Environment, Look};

/// Where Visual Studio's installer lies, whatever of it was installed where.
const INSTALLER: &str = "{PROGRAMFILES(X86)}/Microsoft Visual Studio/Installer";

/// Every installation, complete or not; `Absent` where no installer of Visual Studio ever was.
pub fn probe(look: &dyn Look, here: &Settings) -> Fact<Msvc> {
    let Some(dir) = expanded(look, INSTALLER) else { return Fact::Absent };
    let vswhere = dir.join("vswhere.exe");
    if !look.stat(&vswhere).is_here() {
        return Fact::Absent;
    }
    let args = ["-utf8", "-nologo", "-format", "json", "-products", "*", "-prerelease", "-all"];
    let asked = programs::ask(&vswhere, &args, Environment::of_user(&super::environment(look, here)));
    let answer = match look.run(&asked) {
        Fact::Here(answer) => answer,
        Fact::Absent => return Fact::Absent,
        Fact::Unknown(why) => return Fact::Unknown(why),
    };
    let mut installs = read(&answer.stdout);
    for install in &mut installs {
        let root = toolsets(&install.path);
        let names = look.list(&root).into_here().unwrap_or_default();
        let cl = |it: &str| look.stat(&root.join(it).join("bin/Hostx64/x64/cl.exe")).is_here();
        install.tools = newest(&names, cl);
    }
    let setup = Some(dir.join("setup.exe")).filter(|it| look.stat(it).is_here());
    Fact::Here(Msvc { installs, sdk: sdk(look), setup, tried: None })
}

fn sdk(look: &dyn Look) -> Option<String> {
    let root = expanded(look, "{PROGRAMFILES(X86)}/Windows Kits/10/bin")?;
    let names = look.list(&root).into_here().unwrap_or_default();
    newest(&names, |it| look.stat(&root.join(it).join("x64/rc.exe")).is_here())
}

const PROGRAM: &str = "#include <windows.h>\n\nint main(void)\n{\n\treturn GetVersion() == 0;\n}\n";

const RESOURCE: &str = "1 RCDATA { \"fyne-setup\" }\n";

/// The code page is that of UTF-8, so that what a path holds does not matter; the batch file's own path is a variable.
const RUN: &str = "@chcp 65001 >nul\r\n@call \"%FYNE_SETUP_VCVARS%\" >nul 2>&1\r\n@if errorlevel 1 exit /b 66\r\n\
                   @set\r\n@rc /nologo /fo program.res program.rc 1>&2\r\n@if errorlevel 1 exit /b 67\r\n\
                   @cl /nologo program.c program.res 1>&2\r\n@if errorlevel 1 exit /b 64\r\n@.\\program.exe\r\n\
                   @if errorlevel 1 exit /b 65\r\n";

/// Builds a program and a resource with the best installation that has its tools, and starts it.
pub fn build(look: &dyn Look, facts: &mut Facts) {
    let Fact::Here(msvc) = &mut facts.native.msvc else { return };
    let Some(best) = msvc.best().filter(|it| it.tools.is_some()) else { return };
    let before = super::environment(look, &facts.here);
    let root = variable(look, "SYSTEMROOT").unwrap_or_else(|| PathBuf::from("C:/Windows"));
    let mut env = Environment::of_user(&before);
    env.set("FYNE_SETUP_VCVARS", PathStyle::Windows.shown(&best.vcvars()));
    let asked = programs::ask(&root.join("System32/cmd.exe"), &["/d", "/c", "run.bat"], env);
    let files = [("program.c", PROGRAM), ("program.rc", RESOURCE), ("run.bat", RUN)];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec();
    let answer = look.run(&Ask { files, limit_ms: LIMIT_S * 1000, ..asked });
    msvc.tried = Some(match answer {
        Fact::Here(answer) => tried(&answer, &before),
        Fact::Absent => Fact::Unknown(text!("why-absent").into()),
        Fact::Unknown(why) => Fact::Unknown(why),
    });
}

fn tried(answer: &Answer, before: &BTreeMap<String, String>) -> Fact<Tried> {
    let said = || programs::first_line(&answer.err()).unwrap_or_default();
    Fact::Here(match answer.code {
        Some(0) => Tried::Ran(environment(&answer.out(), before)),
        Some(66) => Tried::NoEnvironment(said()),
        Some(67) => Tried::NoResources(said()),
        Some(64) => Tried::NotBuilt(said()),
        Some(_) => Tried::NotStarted(said()),
        None => return Fact::Unknown(text!("why-no-answer", program = "cl", seconds = LIMIT_S).into()),
    })
}
