//! What the next login gets: by asking its own shell; on Windows by both hives of the registry.

use std::collections::BTreeMap;
use std::path::Path;

use super::{of, text};
use crate::fact::Fact;
use crate::facts::settings::Origin;
use crate::facts::{Host, Settings, hives, origins};
use crate::gather::Gather as _;
use crate::path_style::PathStyle;
use crate::shell::{Dialect, Step, pamconf, parse};
use crate::system::{Ask, Environment, Look, RegistryEntries, RegistryKey};

/// What a fresh login shell of this user gets: the one place where profiles are run, by their own shell, and only after
/// an edit (stdin closed, 10 s limit, output between markers). What no file sets and only `terminal` has stays with it.
pub fn next_login(look: &dyn Look, host: &Host, terminal: &Settings) -> Option<Settings> {
    if host.style() == PathStyle::Windows {
        return windows_login(look, host, terminal);
    }
    let home = host.home();
    let shell = host.shell.here().cloned().unwrap_or_else(|| "/bin/sh".into());
    let script = login_script(host.is_mac());
    let ask = Ask {
        program: shell.clone(),
        args: vec!["-l".into(), "-c".into(), script],
        env: Environment::of_user(&login_environment(look, host, &home, &shell)),
        dir: home,
        limit_ms: 10_000,
        ..Ask::default()
    };
    let answer = look.run(&ask).into_here()?;
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    let begin = said.find(MARK)? + MARK.len();
    let end = begin + said[begin..].find(MARK)?;
    let pairs = said[begin..end].split('\0').filter_map(|it| it.split_once('='));
    let own = ["_", "SHLVL", "PWD", "OLDPWD"];
    let env = pairs.filter(|(name, _)| !own.contains(name)).map(|(k, v)| (k.to_owned(), v.to_owned()));
    let typed = terminal.variables.iter().filter(|(_, it)| it.origin == Origin::Terminal);
    let mut all: BTreeMap<String, String> =
        typed.map(|(name, it)| (name.clone(), it.value.clone())).into_map();
    all.extend(env);
    // What it does not have now it will not have.
    Some(Settings { pending: Vec::new(), ..of(look, host, &all) })
}

/// Stands around what a login shell is asked.
const MARK: &str = "fyne-setup reads the environment here";

/// What a login shell is asked. The `env` of macOS 12 and older knows no `-0` and then says nothing: a value with line ends in
/// it comes in pieces there.
pub(super) fn login_script(mac: bool) -> String {
    let all = if mac {
        r"/usr/bin/env -0 2>/dev/null || /usr/bin/env | /usr/bin/tr '\n' '\0'"
    } else {
        "/usr/bin/env -0"
    };
    format!("printf '%s\\0' '{MARK}'; {all}; printf '%s\\0' '{MARK}'")
}

/// What a login gets on Windows: what it sets by itself, and both hives of the registry.
fn windows_login(look: &dyn Look, host: &Host, terminal: &Settings) -> Option<Settings> {
    let hive = |key: RegistryKey| match look.registry(&key) {
        Fact::Here(it) => Some(it),
        Fact::Absent => Some(RegistryEntries::default()),
        Fact::Unknown(_) => None,
    };
    let typed = terminal.variables.iter().filter(|(_, it)| it.origin == Origin::Terminal);
    let base = typed.map(|(name, it)| (name.clone(), it.value.clone())).into_map();
    let (machine, user) = (hive(RegistryKey::machine_environment())?, hive(RegistryKey::user_environment())?);
    Some(of(look, host, &hives::login(&base, &machine, &user)))
}

/// What `login` hands to a shell, before any profile: who it is, `/etc/environment`, and the system's first PATH.
pub(in crate::probe) fn login_environment(
    look: &dyn Look,
    host: &Host,
    home: &Path,
    shell: &Path,
) -> BTreeMap<String, String> {
    let words = |path: &str| text(look, Path::new(path)).unwrap_or_default();
    let mac = host.is_mac();
    let defs = words("/etc/login.defs");
    let key = if host.identity.uid == 0 { "ENV_SUPATH" } else { "ENV_PATH" };
    let path = defs.lines().find_map(|it| it.trim().strip_prefix(key)?.trim().strip_prefix("PATH="));
    let usual = if mac {
        "/usr/bin:/bin:/usr/sbin:/sbin"
    } else {
        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    };
    let path = path.unwrap_or(usual);
    let mut env = BTreeMap::from([
        ("HOME".to_owned(), home.display().to_string()),
        ("USER".to_owned(), host.user.clone()),
        ("LOGNAME".to_owned(), host.user.clone()),
        ("SHELL".to_owned(), shell.display().to_string()),
        ("TERM".to_owned(), "dumb".to_owned()),
        ("PATH".to_owned(), path.to_owned()),
    ]);
    if mac {
        return env;
    }
    for entry in pamconf::entries(&words("/etc/security/pam_env.conf")) {
        if let Some(value) = entry.value(&env) {
            env.insert(entry.name, value);
        }
    }
    for file in ["/etc/environment", "/etc/default/locale"] {
        for step in parse(&words(file), Dialect::Pam) {
            if let Step::Set { name, value, .. } = step {
                env.insert(name, origins::literal(&value));
            }
        }
    }
    env
}
