//! Apple's developer tools, and the C compiler on a Mac. Files are looked at first: the programs of /usr/bin are stubs that open
//! a dialogue on the user's screen where no tools are behind them, so that none is started before it is known that they are
//! there, nor any other compiler, whose assembler and linker are such stubs.

use std::path::{Path, PathBuf};

use super::{Build, command, compile, environment, go_tmp, manager};
use crate::fact::{Fact, Why};
use crate::facts::native::Compiler;
use crate::facts::xcode::{
    self, Active, COMMAND_LINE_TOOLS, ChosenBy, DEFAULTS, LIBXCRUN, LINKS, Sdk, Tools, Xcode, developer_dir,
};
use crate::facts::{Host, Native, Settings, mac};
use crate::gather::Order as _;
use crate::packages::Table;
use crate::probe::programs;
use crate::probe::programs::others::in_other_hands;
use crate::system::{Ask, Environment, Kind, Look, links};

const XCODE_SELECT: &str = "/usr/bin/xcode-select";
const XCRUN: &str = "/usr/bin/xcrun";
const PKGUTIL: &str = "/usr/sbin/pkgutil";

/// The first Xcode whose compiler for Metal is a download of its own.
const METAL_APART: u64 = 26;

/// `xcrun` fills a cache of its own when it runs for the first time.
const LIMIT_MS: u64 = 60_000;

/// Asks for all of it.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings, packages: &Table) -> Native {
    let xcode = developer_tools(look, here);
    let compiler = compiler(look, host, here, &xcode);
    Native {
        compiler,
        xcode: Fact::Here(xcode),
        manager: manager::probe(look, host, packages),
        pkg_config: Fact::Absent,
        supply: Fact::Absent,
        go_tmp: go_tmp(look, here),
        ..Native::default()
    }
}

/// The compiler that cgo would call, tried only where nothing opens a dialogue.
fn compiler(look: &dyn Look, host: &Host, here: &Settings, xcode: &Xcode) -> Compiler {
    let build = Build::mac(look, host, here);
    if xcode.is_usable() && matches!(xcode.sdk, Fact::Here(Ok(_))) {
        return compile::probe(&build, here).0;
    }
    let command = command(here, build.sample.compiler);
    let path = programs::find_own(look, here, &command[0]);
    let works = match &path {
        Fact::Absent => Fact::Absent,
        _ => Fact::Unknown(text!("why-no-developer-tools").into()),
    };
    Compiler { command, path, works, ..Compiler::default() }
}

/// Every developer directory, and what `xcrun` says of the one in effect.
pub fn developer_tools(look: &dyn Look, here: &Settings) -> Xcode {
    let active = active(look, here);
    let mut dirs: Vec<PathBuf> = vec![COMMAND_LINE_TOOLS.into()];
    dirs.extend(applications(look));
    let chosen = active.here().map(|it| it.dir.clone());
    dirs.extend(chosen.filter(|it| !dirs.contains(it)));
    let tools: Vec<Tools> = dirs.iter().filter_map(|it| tools(look, it)).collect();
    let mut seen = Xcode { active, tools, sdk: Fact::unlooked(), metal: None };
    if seen.is_usable() {
        seen.sdk = sdk(look, here);
        seen.metal = seen.in_effect().filter(|it| needs_metal(it)).and_then(|it| metal(look, here, &it.dir));
    }
    seen
}

/// The developer directory in effect, as `libxcselect` finds it.
fn active(look: &dyn Look, here: &Settings) -> Fact<Active> {
    if let Some(named) = here.set("DEVELOPER_DIR") {
        return Fact::Here(Active { dir: developer_dir(Path::new(named)), by: ChosenBy::Variable });
    }
    for link in LINKS.map(Path::new) {
        match look.stat(link) {
            Fact::Here(stat) => {
                if let Some(target) = stat.target.filter(|_| stat.kind == Kind::Link) {
                    return Fact::Here(Active { dir: developer_dir(&target), by: ChosenBy::Link });
                }
            }
            Fact::Absent => {}
            Fact::Unknown(why) => return asked(look, why),
        }
    }
    let there = |it: &&&str| look.stat(&Path::new(it).join(LIBXCRUN)).is_here();
    let default = DEFAULTS.iter().find(there);
    default.map_or(Fact::Absent, |it| Fact::Here(Active { dir: it.into(), by: ChosenBy::Default }))
}

/// The same by the program that knows it, which is no stub; the link could not be read.
fn asked(look: &dyn Look, why: Why) -> Fact<Active> {
    let ask = programs::ask(Path::new(XCODE_SELECT), &["-p"], Environment::of_system());
    let answer = look.run(&ask).into_here().filter(crate::system::Answer::ok);
    let dir = answer.and_then(|it| programs::first_line(&it.out()));
    dir.map_or(Fact::Unknown(why), |it| {
        Fact::Here(Active { dir: developer_dir(Path::new(&it)), by: ChosenBy::Link })
    })
}

/// Every Xcode at the usual place, the plainly named one first.
fn applications(look: &dyn Look) -> Vec<PathBuf> {
    let root = Path::new("/Applications");
    let names = look.list(root).into_here().unwrap_or_default();
    let mut apps: Vec<String> = names.into_iter().filter(|it| xcode::is_called(it, "Xcode", "app")).collect();
    apps.order_by_key(|it| (it != "Xcode.app", it.clone()));
    apps.iter().map(|it| developer_dir(&root.join(it))).collect()
}

fn tools(look: &dyn Look, dir: &Path) -> Option<Tools> {
    links::resolve(look, dir).into_here().filter(|it| it.1.kind == Kind::Dir)?;
    let there = |it: &Path| links::resolve(look, it).is_here();
    let clang = xcode::clang(dir).iter().any(|it| there(it));
    let xcrun = there(&dir.join(LIBXCRUN));
    let sdks = sdks(look, &xcode::sdks(dir));
    let receipt = if dir == Path::new(COMMAND_LINE_TOOLS) { receipt(look) } else { None };
    let version = receipt.as_deref().and_then(xcode::package_version).or_else(|| version(look, dir));
    let hands = in_other_hands(look, dir);
    Some(Tools { dir: dir.to_path_buf(), version, clang, xcrun, sdks, receipt, hands })
}

fn sdks(look: &dyn Look, dir: &Path) -> Vec<Sdk> {
    let names = look.list(dir).into_here().unwrap_or_default();
    let one = |name: String| {
        let settings = look.read_text(&dir.join(&name).join("SDKSettings.json")).into_here();
        Sdk { version: settings.and_then(|it| xcode::sdk_version(&it)), name }
    };
    let whole = |it: &Sdk| it.version.is_some() || !links::resolve(look, &dir.join(&it.name)).is_absent();
    let named = names.into_iter().filter(|it| xcode::is_called(it, "MacOSX", "sdk"));
    named.map(one).filter(whole).collect()
}

/// The version of the Command Line Tools is in the receipt of their package.
fn receipt(look: &dyn Look) -> Option<String> {
    let ask = programs::ask(
        Path::new(PKGUTIL),
        &["--pkg-info", "com.apple.pkg.CLTools_Executables"],
        Environment::of_system(),
    );
    xcode::receipt(&look.run(&ask).into_here()?.out())
}

fn version(look: &dyn Look, dir: &Path) -> Option<String> {
    let file = dir.parent()?.join("version.plist");
    let text = look.read_text(&file).into_here()?;
    let text = String::from_utf8_lossy(&text);
    mac::plist_text(&text, "CFBundleShortVersionString").map(str::to_owned)
}

fn sdk(look: &dyn Look, here: &Settings) -> Fact<Result<PathBuf, xcode::Refused>> {
    let env = Environment::of_user(&environment(look, here));
    let ask = programs::ask(Path::new(XCRUN), &["--sdk", "macosx", "--show-sdk-path"], env);
    look.run(&Ask { limit_ms: LIMIT_MS, ..ask }).map(|it| xcode::sdk_path(it.code, &it.out(), &it.err()))
}

fn needs_metal(tools: &Tools) -> bool {
    !tools.is_command_line_tools() && tools.major().is_some_and(|it| it >= METAL_APART)
}

/// Whether the compiler for Metal answers. Its program is there either way.
fn metal(look: &dyn Look, here: &Settings, dir: &Path) -> Option<bool> {
    let program = dir.join("Toolchains/XcodeDefault.xctoolchain/usr/bin/metal");
    let env = Environment::of_user(&environment(look, here));
    let answer = look.run(&programs::ask(&program, &["--version"], env)).into_here()?;
    let missing = format!("{}{}", answer.out(), answer.err()).contains("missing Metal Toolchain");
    if missing { Some(false) } else { answer.ok().then_some(true) }
}

#[cfg(test)]
mod tests;
