//! Whether what the loader would take for a Fyne program, and for the driver that OpenGL opens for it, is what they were
//! built with. The loader itself is asked, with the user's settings, to find everything, to bind what a start binds, and to
//! run nothing. Only where a library could come from elsewhere than the system's packages: they fit together by themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Dirs, in_first};
use crate::facts::display::Unfit;
use crate::facts::ldso::{self, Line};
use crate::facts::loadtrace::{self, Trace};
use crate::facts::{Host, Settings};
use crate::probe::programs;
use crate::system::environment::Environment;
use crate::system::{Look, parallel};

/// What a Fyne program is linked with, or opens first of all, each with a symbol without which it is not that library.
const LIBRARIES: [(&str, &str); 9] = [
    ("libGL.so.1", "glXGetProcAddress"),
    ("libX11.so.6", "XOpenDisplay"),
    ("libXrandr.so.2", "XRRGetScreenResourcesCurrent"),
    ("libXcursor.so.1", "XcursorImageCreate"),
    ("libXi.so.6", "XIQueryVersion"),
    ("libXinerama.so.1", "XineramaIsActive"),
    ("libXxf86vm.so.1", "XF86VidModeQueryExtension"),
    ("libwayland-client.so.0", "wl_proxy_add_listener"),
    ("libxkbcommon.so.0", "xkb_context_new"),
];

/// What tells the loader of libraries that are not the system's.
const VARIABLES: [&str; 2] = ["LD_LIBRARY_PATH", "LD_PRELOAD"];

/// The first library that does not serve, where there is one.
pub(super) fn unfit(
    look: &dyn Look,
    host: &Host,
    here: &Settings,
    dirs: &Dirs,
    driver: Option<&Path>,
) -> Option<Unfit> {
    let glibc = host.libc.here().is_some_and(|it| it.starts_with("glibc"));
    let interpreter = ldso::interpreter(&host.identity.arch).filter(|_| glibc)?;
    let packaged: Vec<PathBuf> = ldso::standard_dirs(&host.identity.arch)
        .into_iter()
        .filter(|it| !it.starts_with("/usr/local"))
        .collect();
    let foreign = |dir: &PathBuf| !packaged.contains(dir) && has_libraries(look, dir);
    if here.set("LD_PRELOAD").is_none() && !dirs.told.iter().chain(&dirs.system).any(foreign) {
        return None;
    }
    // Bound is what is small; a driver brings a whole compiler along.
    let bound = ["libGLX_mesa.so.0", "libGLX_nvidia.so.0", "libX11.so.6"];
    let bound = bound.iter().find_map(|it| in_first(look, &packaged, it));
    let loader = Loader { look, interpreter, packaged, driver, bound, env: plain(here) };
    loader.unfit(dirs)
}

fn has_libraries(look: &dyn Look, dir: &Path) -> bool {
    let library = |it: &String| it.starts_with("lib") && it.contains(".so");
    look.list(dir).here().is_some_and(|it| it.iter().any(library))
}

/// The user's environment without what makes the loader write, or run something.
fn plain(here: &Settings) -> BTreeMap<String, String> {
    let mut env = here.environment();
    env.retain(|name, _| !name.starts_with("LD_") || VARIABLES.contains(&name.as_str()));
    env
}

struct Loader<'a> {
    look: &'a dyn Look,
    interpreter: &'static str,
    packaged: Vec<PathBuf>,
    driver: Option<&'a Path>,
    bound: Option<PathBuf>,
    env: BTreeMap<String, String>,
}

impl Loader<'_> {
    fn unfit(&self, dirs: &Dirs) -> Option<Unfit> {
        let trace = self.trace(&self.env)?;
        if trace.faults.is_empty() {
            return None;
        }
        // What the system's own libraries say of each other is no business of anyone's settings.
        let usual = self.trace(&self.without(&VARIABLES, true))?;
        let faults = |trace: Trace| {
            trace.faults.into_iter().filter(|it| !usual.faults.contains(it)).collect::<Vec<_>>()
        };
        let elsewhere = |path: &&PathBuf| self.is_elsewhere(path);
        let first = trace.loaded.values().find(elsewhere).cloned();
        let said = faults(trace);
        let named = said.iter().filter_map(|it| loadtrace::file(it)).find(|it| self.is_elsewhere(it));
        let file = named.map(Path::to_path_buf).or(first)?;
        if said.is_empty() {
            return None;
        }
        let set: Vec<&str> = VARIABLES.into_iter().filter(|it| self.env.contains_key(*it)).collect();
        let helps =
            |names: &[&str]| self.trace(&self.without(names, false)).is_some_and(|it| faults(it).is_empty());
        let alone = set.iter().find(|it| helps(&[it]));
        let led_by = alone.or_else(|| set.first().filter(|_| helps(&set))).map(|it| (*it).to_owned());
        let told = if led_by.is_some() { None } else { told(self.look, dirs, &file) };
        Some(Unfit { file, said, led_by, told })
    }

    fn is_elsewhere(&self, path: &Path) -> bool {
        path.parent().is_some_and(|it| !self.packaged.iter().any(|dir| dir == it))
    }

    /// The environment without these; with the system's own directories first, where it is the measure.
    fn without(&self, names: &[&str], measure: bool) -> BTreeMap<String, String> {
        let mut env = self.env.clone();
        env.retain(|name, _| !names.contains(&name.as_str()));
        if measure {
            let dirs: Vec<_> = self.packaged.iter().map(|it| it.display().to_string()).collect();
            env.insert("LD_LIBRARY_PATH".into(), dirs.join(":"));
        }
        env
    }

    /// The driver with all that it needs, and the libraries of a program, bound; `None` where nobody answers.
    fn trace(&self, env: &BTreeMap<String, String>) -> Option<Trace> {
        let mut preload: Vec<&str> = env.get("LD_PRELOAD").map(String::as_str).into_iter().collect();
        preload.extend(LIBRARIES.iter().map(|it| it.0));
        let mut all = env.clone();
        all.insert("LD_PRELOAD".into(), preload.join(" "));
        // Only what a start binds: a function that nobody calls is missed by nobody.
        all.insert("LD_WARN".into(), "yes".into());
        let asked = [(self.driver, env), (self.bound.as_deref(), &all)];
        let answers = parallel::each(2, &asked, |(target, env)| target.map(|it| self.ask(it, env)));
        let mut trace = Trace::default();
        for answer in answers {
            let Some(one) = answer.ok()? else { continue };
            let one = one?;
            trace.loaded.extend(one.loaded);
            trace.faults.extend(one.faults);
        }
        trace.faults.extend(LIBRARIES.iter().filter_map(|(name, symbol)| {
            let path = trace.loaded.get(*name).filter(|it| self.is_elsewhere(it))?;
            let bytes = self.look.read(path).into_here()?;
            (!ldso::exports(&bytes, symbol))
                .then(|| format!("{}: undefined symbol: {symbol}", path.display()))
        }));
        Some(trace)
    }

    fn ask(&self, target: &Path, env: &BTreeMap<String, String>) -> Option<Trace> {
        let mut env = env.clone();
        env.insert("LD_TRACE_LOADED_OBJECTS".into(), "1".into());
        let env = Environment::of_user(&env);
        let ask = programs::ask(Path::new(self.interpreter), &[&target.to_string_lossy()], env);
        let answer = self.look.run(&ask).into_here().filter(|it| !it.timed_out)?;
        Some(loadtrace::read(&answer.out(), &answer.err()))
    }
}

/// The line that tells the loader of the directory of a file, in its own list of directories.
fn told(look: &dyn Look, dirs: &Dirs, file: &Path) -> Option<(PathBuf, u32)> {
    let dir = file.parent()?;
    dirs.files.iter().find_map(|conf| {
        let text = String::from_utf8_lossy(&look.read(conf).into_here()?).into_owned();
        let names = |line: &str| ldso::conf(line).contains(&Line::Dir(dir.to_path_buf()));
        let at = text.lines().position(names)?;
        Some((conf.clone(), u32::try_from(at + 1).ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::facts::settings::{Origin, Setting};
    use crate::system::fake::Machine;
    use crate::system::real::RealLook;

    const LD: &str = "/lib64/ld-linux-x86-64.so.2";
    const LIB: &str = "/usr/lib/x86_64-linux-gnu";

    fn seen(look: &dyn Look, variables: &[(&str, &str)]) -> Option<Unfit> {
        let setting = |value: &str| Setting { value: value.to_owned(), origin: Origin::Terminal };
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), setting(value)));
        let here = Settings { variables: variables.collect(), ..Settings::default() };
        let identity = crate::system::Identity { arch: "x86_64".into(), ..Default::default() };
        let host = Host { identity, libc: Fact::Here("glibc 2.36".into()), ..Host::default() };
        let dirs = Dirs::new(look, &host, &here);
        unfit(look, &host, &here, &dirs, None)
    }

    fn machine() -> Machine {
        Machine::linux().file(&format!("{LIB}/libGLX_mesa.so.0"), "").file("/opt/x/readme", "")
    }

    #[test]
    fn nobody_is_asked_where_every_library_is_the_systems() {
        let faulty = machine().answer(LD, "", 0, "", "undefined symbol: a\t(/opt/x/libX11.so.6)\n");
        for value in ["", "/opt/x", "/usr/lib/x86_64-linux-gnu", "/opt/gone"] {
            assert_eq!(seen(&faulty, &[("LD_LIBRARY_PATH", value)]), None, "{value}");
        }
    }

    #[test]
    fn what_the_system_says_of_itself_is_nobodys_fault() {
        let out = "\tlibX11.so.6 => /opt/x/libX11.so.6 (0x7f)\n";
        let err = "undefined symbol: a\t(/usr/lib/nvidia.so)\n";
        let machine = machine().file("/opt/x/libX11.so.6", "").answer(LD, "", 0, out, err);
        assert_eq!(seen(&machine, &[("LD_LIBRARY_PATH", "/opt/x")]), None);
    }

    #[test]
    fn a_directory_is_traced_to_the_line_that_tells_the_loader_of_it() {
        let machine = machine()
            .file("/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\ninclude /etc/ld.so.conf\n")
            .file("/etc/ld.so.conf.d/games.conf", "# games\n/opt/games/lib\n")
            .file("/opt/games/lib/libGL.so.1", "");
        let host = Host::default();
        let dirs = Dirs::new(&machine, &host, &Settings::default());
        let of = |file: &str| told(&machine, &dirs, Path::new(file));
        assert_eq!(of("/opt/games/lib/libGL.so.1"), Some(("/etc/ld.so.conf.d/games.conf".into(), 2)));
        assert_eq!(of("/opt/other/libGL.so.1"), None);
    }

    /// The loader of this machine, with a library of mathematics in the place of one of X11's.
    #[test]
    #[expect(clippy::print_stderr, clippy::disallowed_macros, reason = "a test that skips says so")]
    fn a_library_that_is_another_one_is_found_with_the_variable_that_leads_to_it() {
        let scratch = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(RealLook::environment(), scratch.path().to_path_buf());
        let other = look.read(&Path::new(LIB).join("libm.so.6")).into_here();
        let Some(other) = other.filter(|_| look.stat(&Path::new(LIB).join("libX11.so.6")).is_here()) else {
            eprintln!("skipped: no 64-bit glibc with libX11 here");
            return;
        };
        let file = scratch.path().join("libX11.so.6");
        let write = |bytes: &[u8]| {
            let disk = crate::system::disk::RealDisk;
            crate::system::Disk::write(&disk, &file, bytes, Some(0o644)).expect("written");
        };
        write(&other);
        let dir = scratch.path().to_str().expect("UTF-8").to_owned();
        let path = ("LD_LIBRARY_PATH", &*dir);
        let unfit = seen(&look, &[path, ("LD_PRELOAD", "libm.so.6")]).expect("it has no symbol of X11");
        assert_eq!((&unfit.file, unfit.led_by.as_deref()), (&file, Some("LD_LIBRARY_PATH")));
        assert!(unfit.said.iter().any(|it| it.ends_with("undefined symbol: XOpenDisplay")), "{unfit:?}");
        let bound = |it: &String| it.starts_with("undefined symbol: ") && it.contains("/libXext.so.6)");
        assert!(unfit.said.iter().any(bound), "what others take of it is bound too: {:?}", unfit.said);
        write(&look.read(&Path::new(LIB).join("libX11.so.6")).into_here().expect("it is there"));
        assert_eq!(seen(&look, &[path]), None, "a copy of the system's does as well");
    }
}
