//! Names: the variables that a recording may hold, and words that are nobody's name.

use crate::discreet::names::is_secret;

/// Variables that checks read, or that programs which we ask react to. A name that ends in `*` is a beginning.
const KNOWN: &[&str] = &[
    "ALL_PROXY",
    "APPDATA",
    "AR",
    "BASH_ENV",
    "CC",
    "CGO_*",
    "COMPILER_PATH",
    "COMSPEC",
    "CPATH",
    "CPLUS_INCLUDE_PATH",
    "CPP",
    "CXX",
    "C_INCLUDE_PATH",
    "DBUS_SESSION_BUS_ADDRESS",
    "DEVELOPER_DIR",
    "DISPLAY",
    "EGL_*",
    "ENV",
    "FYNE_*",
    "GALLIUM_*",
    "GCCGO",
    "GCC_EXEC_PREFIX",
    "GO*",
    "HOME",
    "HOMEDRIVE",
    "HOMEPATH",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "LD_*",
    "LIBGL_*",
    "LIBRARY_PATH",
    "LOCALAPPDATA",
    "LOGNAME",
    "MACOSX_DEPLOYMENT_TARGET",
    "MESA_*",
    "MINGW_*",
    "MSYS*",
    "NIX_*",
    "NO_COLOR",
    "OBJC_INCLUDE_PATH",
    "OS",
    "PATH",
    "PATHEXT",
    "PKG_CONFIG*",
    "PROCESSOR_*",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "PROGRAMW6432",
    "PSMODULEPATH",
    "PWD",
    "SCOOP",
    "SDKROOT",
    "SESSIONNAME",
    "SHELL",
    "SSL_CERT_*",
    "SUDO_GID",
    "SUDO_UID",
    "SUDO_USER",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TOOLCHAINS",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "VK_*",
    "VSINSTALLDIR",
    "WAYLAND_*",
    "WINDIR",
    "WSL*",
    "XAUTHORITY",
    "XDG_*",
    "ZDOTDIR",
    "__EGL_*",
    "__GLX_*",
    "all_proxy",
    "container",
    "http_proxy",
    "https_proxy",
];

/// Names of people and machines that are also words of every system: replaced only where they can mean nothing else.
pub(super) const COMMON: &[&str] = &[
    "admin",
    "arch",
    "bin",
    "build",
    "debian",
    "default",
    "dev",
    "docker",
    "fedora",
    "fyne",
    "games",
    "git",
    "go",
    "home",
    "host",
    "lib",
    "linux",
    "local",
    "localhost",
    "mail",
    "mint",
    "root",
    "run",
    "runner",
    "src",
    "suse",
    "test",
    "ubuntu",
    "user",
    "usr",
    "vagrant",
    "windows",
    "www",
];

/// One that is no mirror of ours, and that a check knows.
const PUBLIC: &str = "goproxy.io";

/// Whether everybody may use this host, so that naming it tells nothing: the mirrors that we know, and what stands in the same
/// domain as Go's checksum database, as Go's own proxy does.
pub(super) fn is_public(host: &str) -> bool {
    let mirrors = include_str!("../../../manifests/mirrors.toml");
    let urls = mirrors.lines().filter_map(|it| it.trim().strip_prefix("url = \"https://"));
    let mut listed = urls.filter_map(|it| it.split(['/', '"']).next());
    let head = include_str!("../../../manifests/sumdb-head");
    let database = head.lines().find_map(|it| it.strip_prefix("— ")?.split(' ').next());
    let domain = database.and_then(|it| it.split_once('.')).map_or("", |it| it.1);
    host == PUBLIC
        || listed.any(|it| it == host)
        || (!domain.is_empty() && host.strip_suffix(domain).is_some_and(|it| it.ends_with('.')))
}

/// Whether a variable may stand in a recording.
pub fn is_known(name: &str) -> bool {
    let listed = |it: &&str| it.strip_suffix('*').map_or(*it == name, |start| name.starts_with(start));
    KNOWN.iter().any(listed) && !is_secret(name) && !name.starts_with("GOO")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_everybody_may_use_is_told_from_one_of_a_company() {
        let database = include_str!("../../../manifests/sumdb-head").lines().last().expect("a line");
        let database = database.split(' ').nth(1).expect("the name of the database");
        let domain = database.split_once('.').expect("a domain").1;
        for host in [database.to_owned(), format!("proxy.{domain}")] {
            assert!(is_public(&host), "{host}");
        }
        let mirrors = include_str!("../../../manifests/mirrors.toml");
        let first = mirrors.split("url = \"https://").nth(1).and_then(|it| it.split('/').next());
        assert!(is_public(first.expect("a mirror")));
        for host in
            ["proxy.corp.example", &format!("proxy.{domain}.corp.example"), &format!("x{domain}"), "", domain]
        {
            assert!(!is_public(host), "{host}");
        }
    }
}
