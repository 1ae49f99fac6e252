//! What the environment says, and which file says it. Files are read, never run; the one exception is [`next_login`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{programs, waits};
use crate::fact::Fact;
use crate::facts::settings::{FileSeen, Origin, PathEntry, Setting};
use crate::facts::{Host, Settings, origins};
use crate::path_style::PathStyle;
use crate::shell::Dialect;
use crate::shell::goenv;
use crate::system::links;
use crate::system::{Environment, Kind, Look};

mod login;
mod pending;
pub mod profiles;
mod targets;

pub(super) use login::login_environment;
pub use login::next_login;
pub use pending::later;

/// The environment of this process, with origins.
pub fn probe(look: &dyn Look, host: &Host) -> Settings {
    of(look, host, look.env())
}

fn of(look: &dyn Look, host: &Host, env: &BTreeMap<String, String>) -> Settings {
    let profiles::Profiles { assigned, files, blocks } = profiles::read(look, host, env);
    let (variables, elsewhere) = origins::explain(env, &assigned);
    let pending = pending::pending(env, &assigned, &files);
    let path = env.get("PATH").map(String::as_str).unwrap_or_default();
    let style = host.style();
    let dirs = path_dirs(style, path);
    let origins::PathOrigins { origins: from, lost: path_lost, unreached } =
        origins::path(&dirs, env, &assigned);
    let entry = |(dir, origin): (String, Origin)| {
        let dir = PathBuf::from(dir);
        let exists = matches!(links::resolve(look, &dir), Fact::Here((_, stat)) if stat.kind == Kind::Dir);
        PathEntry { exists, dir, origin }
    };
    let path = if path.is_empty() { Vec::new() } else { dirs.into_iter().zip(from).map(entry).collect() };
    let of_shell = |path: &PathBuf, it: &FileSeen| {
        matches!(it.dialect, Dialect::Sh | Dialect::Fish)
            && it.has_returns()
            && !assigned.unread.contains(path)
    };
    let returns = files.iter().filter(|(path, it)| of_shell(path, it)).map(|it| it.0.clone()).collect();
    let unreadable = unreadable(look, host, &unreached, &assigned.unread);
    let path_unreached = unreached;
    let mut settings = Settings {
        style,
        mac: host.is_mac(),
        variables,
        path,
        files,
        elsewhere,
        pending,
        path_lost,
        path_unreached,
        unreadable,
        blocks,
        returns,
        ..Settings::default()
    };
    add_go_files(look, host, &mut settings);
    settings.servers = targets::servers(look, &settings);
    settings.flag_dirs = targets::flag_dirs(look, &settings);
    settings.flag_files = targets::flag_files(look, &settings);
    settings
}

/// The entries of PATH as paths. An empty one is the directory where one stands; on Windows it is nothing.
fn path_dirs(style: PathStyle, path: &str) -> Vec<String> {
    let shown = |it: PathBuf| it.display().to_string();
    match style {
        PathStyle::Unix => {
            let entry = |it: &str| if it.is_empty() { "." } else { it }.to_owned();
            style.entries(path).into_iter().map(entry).collect()
        }
        PathStyle::Windows => style.list(path).into_iter().map(shown).collect(),
    }
}

/// Profiles that their own shell cannot read to their end. Asked only where a line of one is not in effect though it says
/// where Go is: the shell reads (`-n`) and runs nothing. What it never reads in a login it is not asked about.
fn unreadable(
    look: &dyn Look,
    host: &Host,
    unreached: &[(PathBuf, Origin)],
    unread: &BTreeSet<PathBuf>,
) -> Vec<(PathBuf, String)> {
    let mut files: Vec<&Path> = Vec::new();
    let of_go = unreached.iter().filter(|(dir, _)| programs_of_go(look, dir));
    for (file, _) in of_go.filter_map(|(_, origin)| origin.place()) {
        if !files.contains(&file) && !unread.contains(file) {
            files.push(file);
        }
    }
    let known = ["bash", "sh", "dash", "zsh", "ksh", "fish"];
    let shell = host
        .shell
        .here()
        .filter(|it| it.file_name().is_some_and(|it| known.iter().any(|known| it == *known)));
    let shell = shell.cloned().unwrap_or_else(|| "/bin/sh".into());
    let said = |file: &Path| {
        let name = file.to_string_lossy();
        let env = Environment::of_system().with("HOME", "{scratch}");
        let answer = look.run(&programs::ask(&shell, &["-n", &name], env)).into_here()?;
        let said = programs::first_line(&answer.err()).unwrap_or_default();
        (!answer.ok()).then(|| (file.to_path_buf(), said))
    };
    files.into_iter().filter_map(said).collect()
}

/// Whether a directory holds programs that this tool speaks of.
fn programs_of_go(look: &dyn Look, dir: &Path) -> bool {
    ["go", "fyne", "go.exe", "fyne.exe"].iter().any(|it| links::resolve(look, &dir.join(it)).is_here())
}

/// Adds what Go's own files say, under what the environment says.
fn add_go_files(look: &dyn Look, host: &Host, settings: &mut Settings) {
    settings.go_env_file = go_env_file(host, settings);
    if let Some(path) = settings.go_env_file.clone() {
        let bytes = look.read_text(&path).into_here();
        let file = goenv::parse(&String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()));
        if let Some(bytes) = bytes {
            settings.files.insert(path.clone(), profiles::seen(look, &path, Dialect::GoEnv, bytes));
        }
        settings.go_env_garbage = file.garbage;
        settings.go_env_unread = waits::no_file(look, &path);
        let place = |line| Origin::GoEnv { path: path.clone(), line };
        add(settings, file.settings.into_iter().rev(), place);
    }
    let first = programs::find(look, settings, "go").into_here();
    let root = settings.dir("GOROOT");
    let root = root.into_iter().chain(first.and_then(|it| root_of(look, &it)));
    if let Some((path, words)) =
        root.map(|it| it.join("go.env")).find_map(|it| Some((it.clone(), text(look, &it)?)))
    {
        let place = |line| Origin::GoRoot { path: path.clone(), line };
        add(settings, goenv::parse(&words).settings.into_iter().rev(), place);
    }
}

/// The tree that a `go` belongs to: two directories up, once links are followed.
pub fn root_of(look: &dyn Look, go: &Path) -> Option<PathBuf> {
    let (real, _) = links::resolve(look, go).into_here()?;
    Some(real.parent()?.parent()?.to_path_buf())
}

/// The first of a key counts, and only where nothing stronger has a value.
fn add(
    settings: &mut Settings,
    lines: impl Iterator<Item = (String, String, u32)>,
    place: impl Fn(u32) -> Origin,
) {
    for (key, value, line) in lines.filter(|(key, ..)| goenv::VARIABLES.contains(&key.as_str())) {
        let setting = Setting { value, origin: place(line) };
        if settings.set(&key).is_none() && !settings.go_has(&key) {
            settings.variables.insert(key, setting);
        } else {
            settings.elsewhere.push((key, setting));
        }
    }
}

/// The file that `go env -w` writes. One that depends on the directory in which Go works could be a project's, and counts as
/// none; a relative XDG_CONFIG_HOME is none to Go itself.
fn go_env_file(host: &Host, settings: &Settings) -> Option<PathBuf> {
    let file = match settings.set("GOENV") {
        Some("off") => return None,
        Some(path) => settings.style.path(path),
        None => settings.configs(&host.home()).join("go/env"),
    };
    Some(file).filter(|it| settings.style.is_absolute(it))
}

fn text(look: &dyn Look, path: &Path) -> Option<String> {
    look.read_text(path).into_here().map(|it| String::from_utf8_lossy(&it).into_owned())
}

#[cfg(test)]
mod tests {
    use super::login::login_environment;
    use super::*;
    use crate::system::fake::Machine;

    fn host() -> Host {
        Host {
            home: Fact::Here("/root".into()),
            shell: Fact::Here("/bin/bash".into()),
            user: "root".into(),
            ..Host::default()
        }
    }

    fn place(origin: &Origin) -> String {
        origin.place().map_or("terminal".into(), |(file, line)| format!("{}:{line}", file.display()))
    }

    fn machine() -> Machine {
        Machine::linux()
            .file("/etc/environment", "GOFLAGS=-mod vendor\n")
            .file("/etc/profile", "for i in /etc/profile.d/*.sh; do\n. $i\ndone\n")
            .file("/etc/profile.d/old.sh", "export CGO_CPPFLAGS=-I/opt/old\n")
            .file("/etc/profile.d/not.txt", "export CC=wrong\n")
            .file("/root/.profile", "[ -f ~/.bashrc ] && . ~/.bashrc\nexport PATH=/usr/local/go/bin:$PATH\n")
            .file("/root/.bashrc", "export CC=clang\n. ~/.profile\n")
            .file("/root/.config/go/env", "GOFLAGS=-x\nGOSUMDB=off\nGOPROXY=a\nGOPROXY=b\n=====\n")
            .file("/usr/local/go/go.env", "# c\nGOPROXY=https://goproxy.example,direct\nGOTOOLCHAIN=auto\n")
            .program("/usr/local/go/bin/go")
            .var("PATH", "/usr/local/go/bin:/usr/bin")
            .var("GOFLAGS", "-mod vendor")
            .var("CGO_CPPFLAGS", "-I/opt/old")
            .var("CC", "clang")
            .var("GOBIN", "")
    }

    #[test]
    fn a_settings_file_that_depends_on_the_directory_is_nobodys() {
        for (name, value, file) in [
            ("GOENV", "goenv", None),
            ("GOENV", "off", None),
            ("GOENV", "/x/env", Some("/x/env")),
            ("XDG_CONFIG_HOME", ".config", None),
            ("XDG_CONFIG_HOME", "/x", Some("/x/go/env")),
        ] {
            let machine = machine().file("goenv", "CC=evil\n").file(".config/go/env", "CC=evil\n");
            let settings = probe(&machine.var(name, value), &host());
            assert_eq!(settings.go_env_file.as_deref(), file.map(Path::new), "{name}={value}");
        }
    }

    #[test]
    fn every_value_knows_the_line_that_set_it() {
        let settings = probe(&machine(), &host());
        for (name, value, origin) in [
            ("GOFLAGS", "-mod vendor", "/etc/environment:1"),
            ("CGO_CPPFLAGS", "-I/opt/old", "/etc/profile.d/old.sh:1"),
            ("CC", "clang", "/root/.bashrc:1"),
            ("GOSUMDB", "off", "/root/.config/go/env:2"),
            ("GOPROXY", "b", "/root/.config/go/env:4"),
            ("GOTOOLCHAIN", "auto", "/usr/local/go/go.env:3"),
            ("PATH", "/usr/local/go/bin:/usr/bin", "/root/.profile:2"),
        ] {
            let setting = settings.get(name).expect(name);
            assert_eq!((setting.value.as_str(), place(&setting.origin).as_str()), (value, origin), "{name}");
        }
        assert_eq!(settings.go_env_garbage, [(5, "=====".into())]);
        let path: Vec<_> = settings.path.iter().map(|it| (place(&it.origin), it.exists)).collect();
        assert_eq!(path, [("/root/.profile:2".into(), true), ("terminal".into(), false)]);
        assert!(!settings.environment().contains_key("GOSUMDB") && settings.environment().contains_key("CC"));
    }

    #[test]
    fn a_path_that_a_later_line_threw_away_is_known() {
        let machine = Machine::linux()
            .file("/root/.profile", "export PATH=/usr/local/go/bin:$PATH\nexport PATH=/usr/bin:/bin\n")
            .var("PATH", "/usr/bin:/bin");
        let settings = probe(&machine, &host());
        assert_eq!(settings.path_lost.len(), 1);
        assert_eq!(place(&settings.path_lost[0].by), "/root/.profile:2");
    }

    #[test]
    fn the_next_login_is_what_stands_between_the_marks() {
        let mark = "fyne-setup reads the environment here";
        let said = format!("Welcome. PATH=/nowhere\n{mark}\0A=b\nc\0PATH=/x\0SHLVL=1\0{mark}\0bye");
        let machine = machine().answer("/bin/bash", "-l -c", 0, &said, "");
        let mut terminal = Settings::default();
        for (name, value, origin) in [("DISPLAY", ":1", Origin::Terminal), ("A", "old", Origin::Terminal)] {
            terminal.variables.insert(name.into(), Setting { value: value.into(), origin });
        }
        let gone = Origin::File { path: "/root/.profile".into(), line: 1 };
        terminal.variables.insert("B".into(), Setting { value: "fixed".into(), origin: gone });
        let settings = next_login(&machine, &host(), &terminal).expect("an answer");
        assert_eq!((settings.value("DISPLAY"), settings.value("B")), (Some(":1"), None));
        assert_eq!((settings.value("A"), settings.value("PATH")), (Some("b\nc"), Some("/x")));
        assert_eq!(settings.value("SHLVL"), None);
        assert!(
            next_login(&machine.answer("/bin/bash", "-l -c", 0, "no marks", ""), &host(), &terminal)
                .is_none()
        );
    }

    #[test]
    fn a_login_begins_with_the_systems_path_and_etc_environment() {
        let machine = machine().file("/etc/login.defs", "# ENV_SUPATH no\nENV_SUPATH\tPATH=/sbin:/bin\n");
        let env = login_environment(&machine, &host(), Path::new("/root"), Path::new("/bin/bash"));
        assert_eq!((env["PATH"].as_str(), env["GOFLAGS"].as_str()), ("/sbin:/bin", "-mod vendor"));
    }

    /// Really starts /bin/sh, as `install` does after an edit.
    #[test]
    fn a_real_login_shell_answers_with_what_its_profile_sets() {
        let home = tempfile::tempdir().expect("a temporary directory");
        let file = |name: &str| home.path().join(name);
        #[expect(clippy::disallowed_methods, reason = "a test makes its own home")]
        std::fs::write(file(".profile"), "echo noise\nexport FYNE_TEST='a b'\nexport PATH=/x:$PATH\n")
            .expect("written");
        let look = crate::system::real::RealLook::new(BTreeMap::new(), file("scratch"));
        let host = Host {
            home: Fact::Here(home.path().to_path_buf()),
            shell: Fact::Here("/bin/sh".into()),
            ..host()
        };
        let Some(settings) = next_login(&look, &host, &Settings::default()) else {
            panic!("/bin/sh -l did not answer")
        };
        assert_eq!(settings.value("FYNE_TEST"), Some("a b"));
        assert!(place(&settings.variables["FYNE_TEST"].origin).ends_with(".profile:2"));
        assert_eq!(settings.path.first().map(|it| it.dir.clone()), Some("/x".into()));
    }
}
