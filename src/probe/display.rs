//! Where a window could open. Servers are asked, not believed: a DISPLAY that nobody serves is a common fault. OpenGL is
//! looked at as the loader would, since running a program that uses it needs a display and a compiler.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::programs;
use crate::fact::{Fact, Why};
use crate::facts::ldso::{self, Library, Line};
use crate::facts::x11::{self, Greeting};
use crate::facts::{Display, Host, Settings};
use crate::system::links;
use crate::system::parallel::{self, Panicked};
use crate::system::{Endpoint, Look};

mod desktop;
mod loader;
mod mac;
mod own;
mod wslg;

/// A display server on this machine answers in a millisecond; one behind ssh has the rest.
const LIMIT: Duration = Duration::from_secs(2);

/// Asks the display servers that the environment names, and looks where the loader looks.
pub fn probe(look: &dyn Look, host: &Host, here: &Settings) -> Display {
    if host.identity.os == "windows" {
        return desktop::probe(look, host, here);
    }
    if host.is_mac() {
        return mac::probe(look, host, here);
    }
    let name = |it: &str| here.value(it).unwrap_or_default().to_owned();
    thread::scope(|scope| {
        let x11 =
            scope.spawn(|| here.set("DISPLAY").map(|it| (it.to_owned(), x_server(look, host, here, it))));
        let wayland = scope.spawn(|| wayland(look, here));
        let dirs = Dirs::new(look, host, here);
        let (libgl, libgl_broken) = libgl(look, host, &dirs);
        let (drivers, drivers_hidden_by) = drivers(look, here, &dirs.system);
        // One that is no library at all ends every program before anything else is looked for.
        let unfit = match libgl_broken {
            Some(_) => None,
            None => loader::unfit(look, host, here, &dirs, drivers.here().map(PathBuf::as_path)),
        };
        let unseen = |why: Panicked| Some((name("DISPLAY"), (Fact::Unknown(why.into()), None)));
        let (x11, x11_refused) = match parallel::joined(x11).unwrap_or_else(unseen) {
            Some((value, (answer, refused))) => (Some((value, answer)), refused),
            None => (None, None),
        };
        Display {
            x11,
            x11_refused,
            wayland: parallel::joined(wayland)
                .unwrap_or_else(|why| Some((name("WAYLAND_DISPLAY").into(), Fact::Unknown(why.into())))),
            xvfb: programs::find(look, here, "Xvfb"),
            libgl,
            libgl_broken,
            drivers,
            drivers_hidden_by,
            unfit,
            settings_blocked: own::blocked(look, host, here),
            scale: own::scale(look, host, here),
            wslg: wslg::probe(look, host, here),
            desktop: Fact::Absent,
            session: None,
            at_screen: false,
            virtual_mac: None,
        }
    })
}

/// The part of the snapshot of a probe that failed: whether there is a display is not known.
pub fn unknown(here: &Settings, why: &Panicked) -> Display {
    let said = || Why::from(why.clone());
    let value = here.value("DISPLAY").unwrap_or_default().to_owned();
    Display {
        x11: Some((value, Fact::Unknown(said()))),
        xvfb: Fact::Unknown(said()),
        libgl: Fact::Unknown(said()),
        drivers: Fact::Unknown(said()),
        ..Display::default()
    }
}

/// The vendor of the X server that DISPLAY names, and its words when it does not let us in.
fn x_server(look: &dyn Look, host: &Host, here: &Settings, value: &str) -> (Fact<String>, Option<String>) {
    let Some(mut name) = x11::display(value) else { return (Fact::Absent, None) };
    name.endpoints.extend(wslg::loopback(host, &name));
    asked(look, host, here, name.number, &name.endpoints)
}

/// The same at these places, one after the other.
fn asked(
    look: &dyn Look,
    host: &Host,
    here: &Settings,
    number: u16,
    endpoints: &[Endpoint],
) -> (Fact<String>, Option<String>) {
    let mut unsure = None;
    for endpoint in endpoints {
        match look.connect(endpoint, &x11::setup(None), LIMIT) {
            Fact::Here(bytes) => return greeted(look, host, here, number, endpoint, &bytes),
            Fact::Absent => {}
            Fact::Unknown(why) => unsure = unsure.or(Some(why)),
        }
    }
    (unsure.map_or(Fact::Absent, Fact::Unknown), None)
}

fn greeted(
    look: &dyn Look,
    host: &Host,
    here: &Settings,
    number: u16,
    endpoint: &Endpoint,
    bytes: &[u8],
) -> (Fact<String>, Option<String>) {
    let words = match x11::greeting(bytes) {
        Greeting::Welcome(vendor) => return (Fact::Here(vendor), None),
        Greeting::Gibberish => return (Fact::Unknown(text!("why-not-x11").into()), None),
        Greeting::Refused(words) => words,
    };
    // The cookie is only shown to a server that asks for one.
    let answer =
        cookie(look, host, here, number).map(|it| look.connect(endpoint, &x11::setup(Some(&it)), LIMIT));
    match answer.and_then(Fact::into_here).map(|it| x11::greeting(&it)) {
        Some(Greeting::Welcome(vendor)) => (Fact::Here(vendor), None),
        Some(Greeting::Refused(words)) => (Fact::Unknown(Why::System(words.clone())), Some(words)),
        _ => (Fact::Unknown(Why::System(words.clone())), Some(words)),
    }
}

fn cookie(look: &dyn Look, host: &Host, here: &Settings, number: u16) -> Option<Vec<u8>> {
    let file = match here.set("XAUTHORITY") {
        Some(file) => PathBuf::from(file),
        None => host.home.here()?.join(".Xauthority"),
    };
    let name = look.host_name().unwrap_or_default();
    x11::cookie(&look.read_text(&file).into_here()?, number, &name)
}

/// The compositor's socket, and whether anybody answers there. Without WAYLAND_DISPLAY the default name counts only
/// when it answers, as libwayland does it.
fn wayland(look: &dyn Look, here: &Settings) -> Option<(PathBuf, Fact<()>)> {
    let runtime = here.set("XDG_RUNTIME_DIR").map(PathBuf::from);
    let ask = |path: &Path| answer_of_compositor(look, path);
    if let Some(value) = here.set("WAYLAND_DISPLAY") {
        let path = runtime.map_or_else(|| PathBuf::from(value), |it| it.join(value));
        let answer = if path.is_absolute() { ask(&path) } else { Fact::Absent };
        return Some((path, answer));
    }
    let path = runtime?.join("wayland-0");
    let answer = ask(&path);
    answer.is_here().then_some((path, answer))
}

fn answer_of_compositor(look: &dyn Look, path: &Path) -> Fact<()> {
    look.connect(&Endpoint::Unix(path.into()), &registry(), LIMIT).map(|_| ())
}

/// `wl_display.get_registry`: a compositor answers with what it offers.
fn registry() -> Vec<u8> {
    [1u32, (12 << 16) | 1, 2].iter().flat_map(|it| it.to_ne_bytes()).collect()
}

/// The loader's directories: the user's, then the system's.
struct Dirs {
    told: Vec<PathBuf>,
    system: Vec<PathBuf>,
    /// The files that tell the loader of the system's.
    files: Vec<PathBuf>,
}

impl Dirs {
    fn new(look: &dyn Look, host: &Host, here: &Settings) -> Self {
        let (mut told, mut files) = (Vec::new(), Vec::new());
        read_conf(look, Path::new("/etc/ld.so.conf"), &mut told, &mut files);
        let standard = ldso::standard_dirs(&host.identity.arch);
        // What an administrator added comes first, as in the loader's cache; the usual ones in our order.
        let mut system: Vec<_> = told.into_iter().filter(|it| !standard.contains(it)).collect();
        system.extend(standard);
        let mut seen = std::collections::BTreeSet::new();
        system.retain(|it| seen.insert(it.clone()));
        Self { told: here.set("LD_LIBRARY_PATH").map(ldso::path_dirs).unwrap_or_default(), system, files }
    }
}

/// Files may include one another; none is read twice.
fn read_conf(look: &dyn Look, file: &Path, dirs: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) {
    let known = files.iter().any(|it| it == file);
    let Some(bytes) = (!known).then(|| look.read_text(file)).and_then(Fact::into_here) else { return };
    files.push(file.to_path_buf());
    for line in ldso::conf(&String::from_utf8_lossy(&bytes)) {
        match line {
            Line::Dir(dir) => dirs.push(dir),
            Line::Include(dir, front, back) => {
                let names = look.list(&dir).into_here().unwrap_or_default();
                for name in names.iter().filter(|it| it.starts_with(&front) && it.ends_with(&back)) {
                    read_conf(look, &dir.join(name), dirs, files);
                }
            }
        }
    }
}

/// The largest library that is read although it lies in a directory of the system's: one cut short is small.
const SMALL: u64 = 64 << 10;

/// A path, and what it leads to.
type Resolved = (PathBuf, PathBuf);

/// The first `libGL.so.1` that the loader would take, and the one that makes it give up.
fn libgl(look: &dyn Look, host: &Host, dirs: &Dirs) -> (Fact<Resolved>, Option<(PathBuf, String)>) {
    let told = dirs.told.iter().map(|it| (it, true));
    let mut unsure = None;
    for (dir, told) in told.chain(dirs.system.iter().map(|it| (it, false))) {
        let path = dir.join("libGL.so.1");
        let (real, stat) = match links::resolve(look, &path) {
            Fact::Here(there) => there,
            Fact::Absent => continue,
            Fact::Unknown(why) => {
                unsure = unsure.or(Some(why));
                continue;
            }
        };
        if !told && stat.size > SMALL {
            return (Fact::Here((path, real)), None);
        }
        match look.read(&real).map(|it| ldso::library(&it, &host.identity.arch)) {
            Fact::Here(Library::Good(_)) => return (Fact::Here((path, real)), None),
            Fact::Here(Library::Broken(why)) => return (Fact::Absent, Some((path, why.to_owned()))),
            Fact::Here(Library::Foreign) | Fact::Absent => {}
            Fact::Unknown(why) => unsure = unsure.or(Some(why)),
        }
    }
    (unsure.map_or(Fact::Absent, Fact::Unknown), None)
}

/// A driver that OpenGL would use: Mesa's or a vendor's; and the variable that hides those that are there.
fn drivers(look: &dyn Look, here: &Settings, dirs: &[PathBuf]) -> (Fact<PathBuf>, Option<String>) {
    let usual = || {
        let mesa = in_dri(look, dirs.iter().map(|it| it.join("dri")));
        let vendor = || links::resolve(look, &in_first(look, dirs, "libGLX_nvidia.so.0")?).into_here();
        let whole = || dirs.iter().find_map(|dir| gallium(look, dir));
        mesa.or_else(|| vendor().map(|it| it.0)).or_else(whole).map_or(Fact::Absent, Fact::Here)
    };
    let Some(told) = here.set("LIBGL_DRIVERS_PATH") else { return (usual(), None) };
    match in_dri(look, here.style.list(told).into_iter()) {
        Some(driver) => (Fact::Here(driver), None),
        None if usual().is_here() => (Fact::Absent, Some("LIBGL_DRIVERS_PATH".into())),
        None => (Fact::Absent, None),
    }
}

/// Software rendering first: it serves every display.
fn in_dri(look: &dyn Look, dirs: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    dirs.into_iter().find_map(|dir| {
        let names = look.list(&dir).into_here()?;
        let drivers = || names.iter().filter(|it| it.ends_with("_dri.so"));
        let best = drivers().find(|it| *it == "swrast_dri.so").or_else(|| drivers().next())?;
        let path = dir.join(best);
        links::resolve(look, &path).is_here().then_some(path)
    })
}

fn in_first(look: &dyn Look, dirs: &[PathBuf], name: &str) -> Option<PathBuf> {
    dirs.iter().map(|it| it.join(name)).find(|it| look.stat(it).is_here())
}

/// Mesa 24.2 and newer hold all drivers in one library.
fn gallium(look: &dyn Look, dir: &Path) -> Option<PathBuf> {
    let names = look.list(dir).into_here()?;
    names.iter().find(|it| it.starts_with("libgallium-")).map(|it| dir.join(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::settings::{Origin, Setting};
    use crate::system::fake::Machine;

    const LIB: &str = "/usr/lib/x86_64-linux-gnu";

    fn elf(class: u8, machine: u8) -> Vec<u8> {
        crate::facts::ldso::tests::elf(class, machine.into())
    }

    pub(super) fn machine() -> Machine {
        Machine::linux()
            .file("/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n")
            .file("/etc/ld.so.conf.d/x86_64-linux-gnu.conf", "# Multiarch\n/usr/lib/x86_64-linux-gnu\n")
            .file("/usr/lib/x86_64-linux-gnu/libGL.so.1.7.0", elf(2, 62))
            .link("/usr/lib/x86_64-linux-gnu/libGL.so.1", "libGL.so.1.7.0")
            .file("/usr/lib/x86_64-linux-gnu/dri/r600_dri.so", "")
            .file("/usr/lib/x86_64-linux-gnu/dri/swrast_dri.so", "")
            .file("/usr/lib/x86_64-linux-gnu/dri/vdpau_drv_video.so", "")
    }

    fn seen(machine: &Machine, variables: &[(&str, &str)]) -> Display {
        seen_by(machine, Host::default(), variables)
    }

    pub(super) fn seen_by(machine: &Machine, host: Host, variables: &[(&str, &str)]) -> Display {
        let variables = variables.iter().map(|(name, value)| {
            ((*name).to_owned(), Setting { value: (*value).to_owned(), origin: Origin::Terminal })
        });
        let here = Settings { variables: variables.collect(), ..Settings::default() };
        let identity = crate::system::Identity { arch: "x86_64".into(), ..Default::default() };
        let host = Host { identity, home: Fact::Here("/root".into()), ..host };
        probe(machine, &host, &here)
    }

    pub(super) fn welcome() -> Vec<u8> {
        let mut bytes = vec![0; 60];
        (bytes[0], bytes[2], bytes[24]) = (1, 11, 20);
        bytes[40..].copy_from_slice(b"The X.Org Foundation");
        bytes
    }

    pub(super) fn abstract_x(number: u16) -> Endpoint {
        Endpoint::Abstract(format!("/tmp/.X11-unix/X{number}"))
    }

    #[test]
    fn a_display_is_believed_only_when_it_answers() {
        let mut machine = machine();
        machine.sockets.insert(abstract_x(0), welcome());
        machine.sockets.insert(Endpoint::Unix("/tmp/.X11-unix/X1".into()), welcome());
        machine
            .sockets
            .insert(abstract_x(2), b"\x00\x16\x0b\x00\x00\x00\x06\x00No protocol specified\n".to_vec());
        machine.sockets.insert(abstract_x(3), b"SSH-2.0".to_vec());
        for (value, vendor) in
            [(":0", true), (":1", true), (":2", false), (":3", false), (":4242", false), ("x", false)]
        {
            let display = seen(&machine, &[("DISPLAY", value)]);
            let (name, answer) = display.x11.as_ref().expect("DISPLAY is set");
            assert_eq!((name.as_str(), answer.is_here()), (value, vendor));
            assert_eq!(display.x11_refused.as_deref(), (value == ":2").then_some("No protocol specified"));
            assert_eq!(answer.is_absent(), matches!(value, ":4242" | "x"), "{value}: {answer:?}");
        }
        assert!(seen(&machine, &[]).unnamed());
    }

    /// Variables, and what is seen of Wayland.
    type Row<'a> = (&'a [(&'a str, &'a str)], Option<(&'a str, bool)>);

    #[test]
    fn a_wayland_socket_is_found_as_libwayland_does() {
        let mut machine = machine();
        machine.sockets.insert(Endpoint::Unix("/run/user/0/wayland-0".into()), vec![0]);
        let runtime = ("XDG_RUNTIME_DIR", "/run/user/0");
        let rows: &[Row] = &[
            (&[runtime, ("WAYLAND_DISPLAY", "wayland-0")], Some(("/run/user/0/wayland-0", true))),
            (&[("WAYLAND_DISPLAY", "/run/user/0/wayland-9")], Some(("/run/user/0/wayland-9", false))),
            (&[("WAYLAND_DISPLAY", "wayland-0")], Some(("wayland-0", false))),
            (&[runtime], Some(("/run/user/0/wayland-0", true))),
            (&[("XDG_RUNTIME_DIR", "/run/user/7")], None),
            (&[], None),
        ];
        for (variables, want) in rows {
            let wayland = seen(&machine, variables).wayland;
            assert_eq!(wayland.map(|(path, it)| (path, it.is_here())), want.map(|(p, it)| (p.into(), it)));
        }
    }

    #[test]
    fn the_loader_passes_over_foreign_libraries_and_stops_at_broken_ones() {
        let machine = machine()
            .file("/opt/32/libGL.so.1", elf(1, 3))
            .file(
                "/opt/bad/libGL.so.1",
                "This library was lost in an upgrade of the graphics driver, years ago.",
            )
            .link("/opt/dangling/libGL.so.1", "/nowhere")
            .file("/opt/own/libGL.so.1", elf(2, 62));
        let system = format!("{LIB}/libGL.so.1");
        let rows = [
            ("", Some(system.as_str()), None),
            ("/opt/32:/opt/dangling", Some(system.as_str()), None),
            ("/opt/own:/opt/bad", Some("/opt/own/libGL.so.1"), None),
            ("/opt/bad:/opt/own", None, Some("/opt/bad/libGL.so.1")),
        ];
        for (value, good, bad) in rows {
            let display = seen(&machine, &[("LD_LIBRARY_PATH", value)]);
            assert_eq!(display.libgl.here().map(|it| it.0.clone()), good.map(PathBuf::from), "{value}");
            assert_eq!(display.libgl_broken.map(|it| it.0), bad.map(PathBuf::from), "{value}");
        }
    }

    #[test]
    fn drivers_are_found_unless_a_variable_hides_them() {
        let machine = machine();
        let display = seen(&machine, &[]);
        assert_eq!(display.drivers, Fact::Here(format!("{LIB}/dri/swrast_dri.so").into()));
        let hidden = seen(&machine, &[("LIBGL_DRIVERS_PATH", "/opt/none")]);
        assert_eq!(
            (hidden.drivers, hidden.drivers_hidden_by.as_deref()),
            (Fact::Absent, Some("LIBGL_DRIVERS_PATH"))
        );
        let bare = Machine::linux();
        assert_eq!(seen(&bare, &[]).drivers, Fact::Absent);
        let modern = Machine::linux().file("/usr/lib/libgallium-25.0.7.so", "");
        assert!(seen(&modern, &[]).drivers.is_here());
        let nvidia = Machine::linux().file("/usr/lib64/libGLX_nvidia.so.0", "");
        assert!(seen(&nvidia, &[]).drivers.is_here());
    }
}
