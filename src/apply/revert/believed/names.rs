//! Names and contents by which a file is known as one that an action of ours changes.

use std::path::{Path, PathBuf};

use crate::action::Cache;
use crate::fact::Fact;
use crate::lockfile;
use crate::path_style::PathStyle;
use crate::probe::modules::whole;
use crate::system::Look;
use crate::version::ModuleVersion;

/// Programs that a directory with these in it is taken for a Go by.
pub(super) const GO_SIGNS: [&str; 2] = ["src/runtime", "pkg/tool"];

/// Where a login begins to read, below the home.
pub(super) const PROFILES: [&str; 10] = [
    ".profile",
    ".bash_profile",
    ".bash_login",
    ".bashrc",
    ".zshenv",
    ".zprofile",
    ".zshrc",
    ".kshrc",
    ".config/fish/config.fish",
    ".config/zsh/.zshrc",
];

/// A file that sets variables for logins, a part that one of them reads, or a setting of a package manager.
pub(super) fn is_setting(file: &Path) -> bool {
    let name = file.file_name().and_then(|it| it.to_str()).unwrap_or_default();
    let script = [".sh", ".bash", ".zsh", ".fish", ".conf", ".env"].iter().any(|it| name.ends_with(it));
    let known = [
        "env",
        "environment",
        "profile",
        "bashrc",
        "zshrc",
        "zshenv",
        "zprofile",
        "zlogin",
        "zlogout",
        "kshrc",
        "mkshrc",
        "shrc",
        "xprofile",
        "xsessionrc",
        "pam_environment",
        "bash_aliases",
        "go.env",
    ];
    let plain = name.trim_start_matches(['.', '_']).trim_start_matches("bash.");
    let managers = ["/etc/apt", "/etc/dnf", "/etc/yum", "/etc/yum.repos.d", "/etc/zypp", "/etc/pacman.d"];
    if managers.iter().any(|it| file.starts_with(it)) {
        return true;
    }
    let system = ["/etc/sudoers.d", "/etc/pam.d", "/etc/cron.d", "/etc/ssh"];
    let open = !system.iter().any(|it| file.starts_with(it));
    let of_powershell = PathStyle::Windows.same(name, "profile.ps1")
        || PathStyle::Windows.same(name, "Microsoft.PowerShell_profile.ps1");
    open && (script
        || of_powershell
        || known.contains(&plain)
        || name.contains("bash_")
        || name == "fish_variables")
}

/// Whether a variable is one of those that checks find wrong and that we take away: settings of Go, of compilers and of
/// graphics, never one by which Windows finds programs.
pub(super) fn is_setting_of_go(name: &str) -> bool {
    let fronts = ["GO", "CGO_", "FYNE_", "PKG_CONFIG", "LIBGL_", "MESA_", "GALLIUM_"];
    let named = ["CC", "CXX", "AR", "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH"];
    let proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];
    fronts.iter().any(|it| name.starts_with(it)) || named.contains(&name) || proxies.contains(&name)
}

/// Whether it lies where keys do: no login reads settings there.
pub(super) fn is_of_keys(file: &Path) -> bool {
    file.components().any(|it| [".ssh", ".gnupg"].iter().any(|name| it.as_os_str() == *name))
}

/// Whether it holds settings of Go and nothing else, wherever it is.
pub(super) fn reads_as_goenv(look: &dyn Look, path: &Path) -> bool {
    let Fact::Here(text) = look.read(path) else { return false };
    let set = |line: &str| {
        let name = line.split_once('=').map_or("", |it| it.0);
        !name.is_empty()
            && name.bytes().all(|it| it.is_ascii_uppercase() || it == b'_' || it.is_ascii_digit())
    };
    let text = String::from_utf8_lossy(&text).into_owned();
    text.lines().map(str::trim).all(|it| it.is_empty() || it.starts_with('#') || set(it))
}

/// Whether a path is in the unpacked files of a module, or one of its downloads, in whichever module cache.
pub(super) fn in_module(module: &ModuleVersion, path: &Path) -> bool {
    let (name, version) = (module.path(), module.version());
    let unpacked = whole::directory(Path::new(""), name, version);
    let below = path.ancestors().skip(1).any(|it| it.ends_with(&unpacked));
    let kinds = ["info", "mod", "zip", "ziphash"];
    below || kinds.iter().any(|it| path.ends_with(whole::download(Path::new(""), name, version, it)))
}

/// The files of a project that say which versions it is built with.
pub(super) fn pinned(dir: &Path) -> [PathBuf; 3] {
    ["go.mod", "go.sum", lockfile::NAME].map(|it| dir.join(it))
}

/// What Go makes at the top of a cache. Others may lie beside it.
pub(super) fn is_of_cache(cache: Cache, name: &str) -> bool {
    match cache {
        Cache::Builds => {
            name == "trim.txt" || name.len() == 2 && name.bytes().all(|it| it.is_ascii_hexdigit())
        }
        Cache::Modules => name == "cache",
    }
}
