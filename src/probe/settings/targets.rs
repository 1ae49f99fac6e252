//! What variables point at, looked at where it lies on this machine: servers on loopback, directories of cgo flags.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::fact::Fact;
use crate::facts::settings::{FlagDir, FlagFile, LocalServer};
use crate::facts::{Settings, goflags, words};
use crate::system::links;
use crate::system::{Endpoint, Kind, Look};

/// Variables that name servers which Go and we ourselves would ask.
const SERVERS: &[&str] =
    &["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "GOPROXY"];

/// Where the system keeps headers and libraries: a flag that names these changes nothing.
const SYSTEM: &[&str] =
    &["/usr/include", "/usr/local/include", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib"];

/// What a Fyne build takes: headers, and names of libraries.
const HEADERS: &[&str] = &[
    "X11/Xlib.h",
    "X11/extensions/Xrandr.h",
    "GL/gl.h",
    "EGL/egl.h",
    "wayland-client-core.h",
    "xkbcommon/xkbcommon.h",
    "stdlib.h",
];
const LIBRARIES: &[&str] = &[
    "libGL.so",
    "libX11.so",
    "libXrandr.so",
    "libXxf86vm.so",
    "libXi.so",
    "libXcursor.so",
    "libXinerama.so",
];

/// Every server on this machine that a variable names, once a variable and address.
pub(super) fn servers(look: &dyn Look, settings: &Settings) -> Vec<LocalServer> {
    let mut found: Vec<LocalServer> = Vec::new();
    for name in SERVERS {
        for address in settings.set(name).into_iter().flat_map(|it| it.split([',', '|'])).filter_map(loopback)
        {
            let known = found.iter().find(|it| it.address == address).map(|it| it.answers.clone());
            let answers = known.unwrap_or_else(|| answers(look, &address));
            found.push(LocalServer { variable: (*name).to_owned(), address, answers });
        }
    }
    found
}

/// Whether something listens; what it says does not matter.
fn answers(look: &dyn Look, address: &str) -> Fact<()> {
    let head = b"HEAD / HTTP/1.0\r\n\r\n";
    match look.connect(&Endpoint::Tcp(address.to_owned()), head, Duration::from_millis(100)) {
        Fact::Absent => Fact::Absent,
        // A server that says nothing in time still took the call; one that nobody listens at is absent.
        Fact::Here(_) | Fact::Unknown(_) => Fact::Here(()),
    }
}

/// `host:port` of a URL on this machine.
fn loopback(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let rest = rest.split(['/', '?', '#']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |it| it.1);
    let (host, port) = if rest.starts_with('[') {
        let (host, after) = rest.split_once(']')?;
        (format!("{host}]"), after.strip_prefix(':'))
    } else {
        rest.split_once(':').map_or((rest.to_owned(), None), |(host, port)| (host.to_owned(), Some(port)))
    };
    let local = host == "localhost" || host == "[::1]" || host.starts_with("127.");
    let default = match scheme {
        "https" => "443",
        "socks5" | "socks5h" => "1080",
        _ => "80",
    };
    let port = port.filter(|it| !it.is_empty()).unwrap_or(default);
    (local && port.parse::<u16>().is_ok()).then(|| format!("{host}:{port}"))
}

/// Flags that name a directory.
const OPTIONS: [&str; 4] = ["-isystem", "-idirafter", "-I", "-L"];

/// The same of Apple's compiler and linker: frameworks and SDKs as well.
const APPLES: [&str; 8] =
    ["-isystem", "-idirafter", "-isysroot", "--sysroot=", "-iframework", "-I", "-L", "-F"];

/// The directories that cgo flags name, and what of a Fyne build lies there.
pub(super) fn flag_dirs(look: &dyn Look, settings: &Settings) -> Vec<FlagDir> {
    let mac = look.identity().os == "macos";
    let options = if mac { &APPLES[..] } else { &OPTIONS[..] };
    let mut found = Vec::new();
    if let Some(dir) = settings.dir("SDKROOT").filter(|it| mac && settings.style.is_absolute(it)) {
        let exists = links::resolve(look, &dir).is_here();
        let flag = dir.display().to_string();
        found.push(FlagDir { variable: "SDKROOT".to_owned(), flag, dir, exists, holds: Vec::new() });
    }
    for name in ["CGO_CPPFLAGS", "CGO_CFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS"] {
        let words = settings.set(name).map(words::split).unwrap_or_default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let Some(option) = options.iter().find(|it| word.starts_with(**it)) else { continue };
            let dir = word[option.len()..].to_owned();
            let dir = if dir.is_empty() { words.next().unwrap_or_default() } else { dir };
            let dir = PathBuf::from(dir);
            if !settings.style.is_absolute(&dir) || SYSTEM.iter().any(|it| dir == Path::new(it)) {
                continue;
            }
            let names = if *option == "-L" { LIBRARIES } else { HEADERS };
            let there = |name: &&&str| links::resolve(look, &dir.join(name)).is_here();
            let holds = names.iter().filter(there).map(|it| (*it).to_owned()).collect();
            let exists =
                matches!(links::resolve(look, &dir), Fact::Here((_, stat)) if stat.kind == Kind::Dir);
            found.push(FlagDir {
                variable: name.to_owned(),
                flag: format!("{option}{}", dir.display()),
                dir,
                exists,
                holds,
            });
        }
    }
    found
}

/// The files that flags in GOFLAGS name; what comes by PATH or lies in a project is not ours to find.
pub(super) fn flag_files(look: &dyn Look, settings: &Settings) -> Vec<FlagFile> {
    let flags = settings.set("GOFLAGS").and_then(|it| goflags::split(it).ok()).unwrap_or_default();
    let named = ["toolexec", "overlay", "modfile", "pgo", "exec"];
    let file = |(flag, value): (String, String)| {
        let path = PathBuf::from(value.split(' ').next()?);
        let named = named.contains(&flag.as_str()) && settings.style.is_absolute(&path);
        named.then(|| FlagFile { exists: !links::resolve(look, &path).is_absent(), flag, path })
    };
    flags.into_iter().filter_map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::settings::{Origin, Setting};
    use crate::system::fake::Machine;

    fn with(pairs: &[(&str, &str)]) -> Settings {
        let mut settings = Settings::default();
        for (name, value) in pairs {
            let setting = Setting { value: (*value).into(), origin: Origin::Terminal };
            settings.variables.insert((*name).into(), setting);
        }
        settings
    }

    #[test]
    fn only_servers_of_this_machine_are_called() {
        for (url, want) in [
            ("http://127.0.0.1:9", Some("127.0.0.1:9")),
            ("http://u:p@localhost:3128/", Some("localhost:3128")),
            ("https://localhost", Some("localhost:443")),
            ("socks5://[::1]:1080", Some("[::1]:1080")),
            ("localhost:8080", Some("localhost:8080")),
            ("https://goproxy.example", None),
            ("direct", None),
            ("http://127.0.0.1:port", None),
        ] {
            assert_eq!(loopback(url).as_deref(), want, "{url}");
        }
    }

    #[test]
    fn dead_and_living_servers_are_told_apart() {
        let mut machine = Machine::linux();
        machine.sockets.insert(Endpoint::Tcp("127.0.0.1:3128".into()), Vec::new());
        let settings =
            with(&[("http_proxy", "http://127.0.0.1:9"), ("GOPROXY", "http://127.0.0.1:3128,direct")]);
        let found = servers(&machine, &settings);
        let found: Vec<_> = found.iter().map(|it| (it.variable.as_str(), it.answers.is_here())).collect();
        assert_eq!(found, [("http_proxy", false), ("GOPROXY", true)]);
    }

    #[test]
    fn directories_of_flags_are_looked_into() {
        let machine =
            Machine::linux().file("/opt/old/include/X11/Xlib.h", "#error").file("/opt/l/libGL.so", "");
        let settings = with(&[
            ("CGO_CPPFLAGS", "-DX -I/opt/old/include -I /opt/gone -I/usr/include"),
            ("CGO_LDFLAGS", "-L/opt/l -lm"),
        ]);
        let found = flag_dirs(&machine, &settings);
        let found: Vec<_> =
            found.iter().map(|it| (it.flag.as_str(), it.exists, it.holds.join(" "))).collect();
        assert_eq!(
            found,
            [
                ("-I/opt/old/include", true, "X11/Xlib.h".into()),
                ("-I/opt/gone", false, String::new()),
                ("-L/opt/l", true, "libGL.so".into())
            ]
        );
    }
}
