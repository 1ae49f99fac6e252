//! Names: the variables that a recording may hold, those that mean a secret, and words that are nobody's name.

/// Variables that checks read, or that programs which we ask react to. A name that ends in `*` is a beginning.
const KNOWN: &[&str] = &[
    "APPDATA",
    "AR",
    "BASH_ENV",
    "CC",
    "CGO_*",
    "COMPILER_PATH",
    "CPATH",
    "CPP",
    "CPLUS_INCLUDE_PATH",
    "CXX",
    "C_INCLUDE_PATH",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "EGL_*",
    "ENV",
    "FYNE_*",
    "GALLIUM_*",
    "GCCGO",
    "GCC_EXEC_PREFIX",
    "GO*",
    "HOME",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "LD_*",
    "LIBGL_*",
    "LIBRARY_PATH",
    "LOCALAPPDATA",
    "LOGNAME",
    "MESA_*",
    "NIX_*",
    "NO_COLOR",
    "PATH",
    "PATHEXT",
    "PKG_CONFIG*",
    "PWD",
    "SHELL",
    "SSL_CERT_*",
    "SUDO_GID",
    "SUDO_UID",
    "SUDO_USER",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "USER",
    "USERNAME",
    "USERPROFILE",
    "VK_*",
    "WAYLAND_*",
    "WSL*",
    "XAUTHORITY",
    "XDG_*",
    "ZDOTDIR",
    "__EGL_*",
    "__GLX_*",
    "all_proxy",
    "ALL_PROXY",
    "container",
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
];

/// Names that mean a secret wherever they stand.
const SECRET: &[&str] =
    &["PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "SECRET", "APIKEY", "_KEY", "CREDENTIAL"];

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

/// Proxies that everybody may use; naming them tells nothing, and checks know them.
pub(super) const PUBLIC_PROXIES: &[&str] =
    &["goproxy.cn", "goproxy.io", "mirrors.aliyun.com", "sum.golang.org"];

/// Whether a variable may stand in a recording.
pub fn is_known(name: &str) -> bool {
    let listed = |it: &&str| it.strip_suffix('*').map_or(*it == name, |start| name.starts_with(start));
    KNOWN.iter().any(listed) && !is_secret(name) && !name.starts_with("GOO")
}

/// Whether a name means a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    SECRET.iter().any(|it| name.contains(it))
}
