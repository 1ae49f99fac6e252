//! Whether the headers that a build of Fyne reads declare what it takes from them. One that was emptied, or cut where a
//! declaration ends, is read without a word, and the build fails where it is used; Go's build cache hides that. An empty one
//! shows by its size alone, at every look. The rest takes a compiler: one small program with a use of each header, and one
//! program a header only where that fails.

use std::path::PathBuf;

use super::compile::{Cc, Found, telling};
use super::files::standard_includes;
use super::{Build, flags};
use crate::fact::Fact;
use crate::facts::native::{Compiler, Part, Probed};
use crate::facts::{Facts, Host, Settings};
use crate::packages::Table;
use crate::probe::programs;
use crate::system::{Answer, Kind, Look, links, parallel};

/// Capability, header, and what GLFW or the OpenGL bindings take from it. All of it is older than the oldest release of a
/// library that a supported Fyne builds with, and is there in the strictest dialect of C.
const USES: [(&str, &str, &str); 41] = [
    ("libc", "assert.h", "assert(1)"),
    ("libc", "dirent.h", "opendir"),
    ("libc", "dlfcn.h", "dlopen"),
    ("libc", "errno.h", "errno"),
    ("libc", "fcntl.h", "O_RDONLY | open(\"\", 0)"),
    ("libc", "inttypes.h", "PRIu64"),
    ("libc", "locale.h", "setlocale"),
    ("libc", "math.h", "sqrt(4)"),
    ("libc", "poll.h", "sizeof(struct pollfd)"),
    ("libc", "pthread.h", "pthread_create"),
    ("libc", "regex.h", "regcomp"),
    ("libc", "signal.h", "signal"),
    ("libc", "stdio.h", "fopen"),
    ("libc", "stdlib.h", "calloc"),
    ("libc", "string.h", "strlen(\"\")"),
    ("libc", "sys/inotify.h", "inotify_init"),
    ("libc", "sys/mman.h", "mmap"),
    ("libc", "sys/stat.h", "sizeof(struct stat)"),
    ("libc", "sys/time.h", "sizeof(struct timeval)"),
    ("libc", "sys/timerfd.h", "timerfd_create"),
    ("libc", "time.h", "time"),
    ("libc", "unistd.h", "close"),
    ("kernel-headers", "linux/input.h", "sizeof(struct input_event)"),
    ("kernel-headers", "linux/limits.h", "PATH_MAX"),
    ("gl", "GL/glx.h", "glXGetProcAddress"),
    ("egl", "EGL/egl.h", "eglGetProcAddress"),
    ("x11", "X11/Xlib.h", "XOpenDisplay"),
    ("x11", "X11/XKBlib.h", "XkbKeycodeToKeysym"),
    ("x11", "X11/Xatom.h", "XA_ATOM"),
    ("x11", "X11/Xmd.h", "sizeof(CARD32)"),
    ("x11", "X11/Xresource.h", "XrmInitialize"),
    ("x11", "X11/cursorfont.h", "XC_left_ptr"),
    ("x11", "X11/keysym.h", "XK_Escape"),
    ("xext", "X11/extensions/Xge.h", "XGEQueryVersion"),
    ("xext", "X11/extensions/shape.h", "XShapeCombineMask"),
    ("xrandr", "X11/extensions/Xrandr.h", "XRRGetScreenResources"),
    ("xcursor", "X11/Xcursor/Xcursor.h", "XcursorImageCreate"),
    ("xinerama", "X11/extensions/Xinerama.h", "XineramaQueryScreens"),
    ("xi", "X11/extensions/XInput2.h", "XISelectEvents"),
    ("wayland", "wayland-client-core.h", "wl_display_connect"),
    ("xkbcommon", "xkbcommon/xkbcommon.h", "xkb_context_new"),
];

/// The header that all others of X11 build on; GLFW includes it first.
const XLIB: &str = "X11/Xlib.h";

/// A header, and what is taken from it.
type Use = (&'static str, &'static str, &'static str);

/// Headers that are there and have nothing in them.
fn empty(build: &Build) -> Found {
    let dirs = dirs(build);
    let mut found = Found::new();
    for (capability, header, _) in USES {
        let Some((variable, path, size)) = first(build, &dirs, header) else { continue };
        if size > 0 || found.contains_key(capability) {
            continue;
        }
        let said = format!("{}: 0 bytes", path.display());
        let damaged = variable.is_none().then_some(path);
        found.insert(capability.to_owned(), bad(header, said, damaged, variable.map(str::to_owned)));
    }
    found
}

/// Puts what these headers are among what was found, where nothing else speaks against the capability already.
pub(super) fn put(capabilities: &mut Found, headers: Found) {
    for (name, header) in headers {
        let Some(before) = capabilities.get_mut(&name) else { continue };
        let its_header = before.part.unwrap_or(Part::Header) == Part::Header;
        let unexplained = before.hidden_by.is_none() && before.told_by_module.is_none();
        if !before.found.is_absent() || (its_header && unexplained && before.damaged.is_none()) {
            *before = header;
        }
    }
}

/// Has the compiler read a use of each header of these capabilities; what does not declare what is used takes the place of
/// what a quick look found. Whether there was any.
pub fn deeply(look: &dyn Look, facts: &mut Facts, wanted: &[String], packages: &Table) -> bool {
    let there = |name: &&str| {
        wanted.iter().any(|it| it == name)
            && facts.native.capabilities.get(*name).is_some_and(|it| it.found.is_here())
    };
    let uses: Vec<Use> = USES.into_iter().filter(|it| there(&it.0)).collect();
    let broken = undeclared(look, &facts.host, &facts.here, packages, &uses);
    let any = !broken.is_empty();
    put(&mut facts.native.capabilities, broken);
    any
}

fn undeclared(look: &dyn Look, host: &Host, here: &Settings, packages: &Table, uses: &[Use]) -> Found {
    let build = Build::new(look, host, here, packages);
    let command = super::command(here, build.sample.compiler);
    let Some(path) = programs::find_own(look, here, &command[0]).into_here() else { return Found::new() };
    misses(&Cc { build: &build, path: &path, fixed: &command[1..] }, uses)
}

/// By capability, the first header that does not serve. A compiler that cannot be asked says nothing against any.
fn misses(cc: &Cc<'_>, uses: &[Use]) -> Found {
    let all: Vec<&Use> = uses.iter().collect();
    if uses.is_empty() || !refuses(&cc.judges(&source(&all), &cc.build.env)) {
        return Found::new();
    }
    let tried = parallel::each(cc.build.cpus, uses, |it| alone(cc, it));
    let mut bad: Vec<(&Use, Probed)> =
        uses.iter().zip(tried).filter_map(|(it, probed)| Some((it, probed.ok()??))).collect();
    // What rests on one that does not serve is judged once that one is whole.
    if bad.iter().any(|(it, _)| it.1 == XLIB) {
        bad.retain(|(it, _)| it.1 == XLIB || !on_xlib(it.1));
    }
    let mut found = Found::new();
    for (it, probed) in bad {
        found.entry(it.0.to_owned()).or_insert(probed);
    }
    found
}

/// What a quick look sees of it: headers that have nothing in them, and where others fail for no other reason, those that were
/// read and do not declare what is used. They are why the others fail.
pub(super) fn behind(build: &Build, compiler: &Compiler, found: &Found) -> Found {
    let empty = empty(build);
    let unexplained = |it: &Probed| {
        it.found.is_absent()
            && it.part == Some(Part::Header)
            && it.hidden_by.is_none()
            && it.told_by_module.is_none()
    };
    let works = compiler.works == Fact::Here(Ok(()));
    let Some(path) = compiler.path.here().filter(|_| works && empty.is_empty()) else { return empty };
    if !found.values().any(unexplained) {
        return empty;
    }
    let good = |name: &str| found.get(name).is_some_and(|it| it.found.is_here());
    let uses: Vec<Use> = USES.into_iter().filter(|it| good(it.0)).collect();
    misses(&Cc { build, path, fixed: &compiler.command[1..] }, &uses)
}

fn alone(cc: &Cc<'_>, it: &Use) -> Option<Probed> {
    let (source, build) = (source(&[it]), cc.build);
    let answer = cc.judges(&source, &build.env);
    if !refuses(&answer) {
        return None;
    }
    let said = answer.here().and_then(|answer| telling(answer, build.sample, &source)).unwrap_or_default();
    let hidden_by = build.culprit(build.sample.variables, |env| !refuses(&cc.judges(&source, env)));
    let damaged = first(build, &dirs(build), it.1).map(|it| it.1).filter(|_| hidden_by.is_none());
    let said = damaged.as_ref().map_or_else(|| said.clone(), |it| format!("{}: {said}", it.display()));
    Some(bad(it.1, said, damaged, hidden_by))
}

fn refuses(answer: &Fact<Answer>) -> bool {
    answer.here().is_some_and(|it| !it.ok() && !it.timed_out)
}

fn bad(header: &str, said: String, damaged: Option<PathBuf>, hidden_by: Option<String>) -> Probed {
    Probed {
        tried: format!("#include <{header}>"),
        found: Fact::Absent,
        said: Some(said),
        damaged,
        part: Some(Part::Header),
        hidden_by,
        told_by_module: None,
    }
}

fn on_xlib(header: &str) -> bool {
    header.starts_with("X11/") && header != XLIB
}

/// A program that includes these headers and uses them.
fn source(uses: &[&Use]) -> String {
    let base = uses.iter().any(|it| on_xlib(it.1)).then_some(XLIB);
    let headers = base.into_iter().chain(uses.iter().map(|it| it.1));
    let includes: String = headers.map(|it| format!("#include <{it}>\n")).collect();
    let used: String = uses.iter().map(|it| format!("\t(void)({});\n", it.2)).collect();
    format!(
        "#define GL_GLEXT_LEGACY\n#define GLX_GLXEXT_LEGACY\n{includes}\nvoid answer(void)\n{{\n{used}}}\n"
    )
}

/// Where a compiler looks for headers, each with the variable that says so.
fn dirs(build: &Build) -> Vec<(Option<&'static str>, PathBuf)> {
    let mut dirs = Vec::new();
    for name in ["CGO_CPPFLAGS", "CGO_CFLAGS"] {
        let mut flags = flags(&build.env, name).into_iter();
        while let Some(flag) = flags.next() {
            let dir = flag.strip_prefix("-I").map(str::to_owned);
            let dir = dir.and_then(|it| if it.is_empty() { flags.next() } else { Some(it) });
            dirs.extend(dir.map(|it| (Some(name), PathBuf::from(it))));
        }
    }
    for name in ["CPATH", "C_INCLUDE_PATH"] {
        let list = build.env.get(name).map(|it| build.style().list(it)).unwrap_or_default();
        dirs.extend(list.into_iter().map(|it| (Some(name), it)));
    }
    dirs.extend(standard_includes(build).into_iter().map(|it| (None, it)));
    dirs
}

/// The file that a compiler reads for a header, with its size.
fn first<'a>(
    build: &Build,
    dirs: &[(Option<&'a str>, PathBuf)],
    header: &str,
) -> Option<(Option<&'a str>, PathBuf, u64)> {
    dirs.iter().find_map(|(variable, dir)| {
        let path = dir.join(header);
        let (_, stat) = links::resolve(build.look, &path).into_here()?;
        (stat.kind == Kind::File).then_some((*variable, path, stat.size))
    })
}
