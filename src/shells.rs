//! What each shell needs to hear: pure text, quoted so that no path can break out of it. `env` prints it, `install`
//! writes it into our env files, and profiles get one marked block that sources them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::discreet;
use crate::facts::settings::{Origin, Setting};
use crate::facts::{Ours, Settings};
use crate::places::{Places, SYSTEM};
use crate::quoting::{double, environment_d, fish, quoted, single};

mod for_all;
mod written;

pub use for_all::{OWN_BIN, PATHS_D, at_home, for_anybody, path_of_all};
use for_all::{OWN_BIN_QUOTED, between};
pub use written::could_be_ours;

/// The first line of our block in a profile.
pub const BLOCK_BEGIN: &str = "# >>> fyne-setup >>>";
/// Its last line.
pub const BLOCK_END: &str = "# <<< fyne-setup <<<";

/// A way to say settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// sh, dash, bash, zsh.
    Posix,
    /// fish.
    Fish,
    /// nushell.
    Nu,
    /// PowerShell.
    Pwsh,
    /// cmd.exe.
    Cmd,
    /// systemd's environment.d, for programs that are started from a desktop.
    EnvironmentD,
}

/// What is to be said: directories in front on PATH, and variables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// In this order in front of everything else.
    pub path: Vec<PathBuf>,
    /// Name and value.
    pub variables: Vec<(String, String)>,
}

impl Speech {
    /// The text in one dialect.
    pub fn text(&self, dialect: Dialect) -> String {
        let dirs: Vec<String> = self.path.iter().map(|it| it.display().to_string()).collect();
        let mut text = String::new();
        for (name, value) in &self.variables {
            text += &variable(dialect, name, value);
        }
        if !dirs.is_empty() {
            text += &path(dialect, &dirs);
        }
        text
    }
}

fn path(dialect: Dialect, dirs: &[String]) -> String {
    let joined = dirs.join(":");
    match dialect {
        // Only in front when it is not yet: a profile may source another that has said it already.
        Dialect::Posix => {
            let front = single(&joined).replace(&between(OWN_BIN), OWN_BIN_QUOTED);
            format!(
                "case \"$PATH\" in\n    {front} | {front}:*) ;;\n    *) export PATH={front}:\"$PATH\" ;;\nesac\n"
            )
        }
        Dialect::Fish => {
            let word = |it: &String| if it == OWN_BIN { format!("\"{it}\"") } else { fish(it) };
            let dirs: Vec<String> = dirs.iter().map(word).collect();
            let other = |(at, dir): (usize, &String)| format!("test \"$PATH[{at}]\" != {dir}");
            let others: Vec<String> = (1..).zip(&dirs).map(other).collect();
            format!("if {}\n    set -gx PATH {} $PATH\nend\n", others.join("; or "), dirs.join(" "))
        }
        Dialect::Nu => {
            let list: Vec<_> = dirs.iter().map(|it| double(it)).collect();
            format!("$env.PATH = ($env.PATH | prepend [{}] | uniq)\n", list.join(" "))
        }
        Dialect::Pwsh => dirs
            .iter()
            .rev()
            .map(|dir| {
                let dir = dir.replace('\'', "''");
                format!("$env:PATH = '{dir}' + [IO.Path]::PathSeparator + $env:PATH\n")
            })
            .collect(),
        Dialect::Cmd => format!("set \"PATH={};%PATH%\"\n", dirs.join(";")),
        Dialect::EnvironmentD => {
            let front = environment_d(&joined).replace(&between(&environment_d(OWN_BIN)), &between(OWN_BIN));
            format!("PATH={front}:$PATH\n")
        }
    }
}

fn variable(dialect: Dialect, name: &str, value: &str) -> String {
    match dialect {
        Dialect::Posix => format!("export {name}={}\n", single(value)),
        Dialect::Fish => format!("set -gx {name} {}\n", fish(value)),
        Dialect::Nu => format!("$env.{name} = {}\n", double(value)),
        Dialect::Pwsh => format!("$env:{name} = '{}'\n", value.replace('\'', "''")),
        Dialect::Cmd => format!("set \"{name}={value}\"\n"),
        Dialect::EnvironmentD => format!("{name}={}\n", environment_d(value)),
    }
}

/// The directories that a POSIX env file of ours puts in front on PATH: the inverse of [`Speech::text`].
pub fn front(text: &str) -> Vec<PathBuf> {
    let word = text.lines().find_map(|it| it.split_once("export PATH=")?.1.strip_suffix(":\"$PATH\" ;;"));
    let inner = word.and_then(|it| it.strip_prefix('\'')?.strip_suffix('\''));
    let joined = inner.unwrap_or_default().replace(OWN_BIN_QUOTED, &between(OWN_BIN)).replace(r"'\''", "'");
    joined.split(':').filter(|it| !it.is_empty()).map(PathBuf::from).collect()
}

/// The line that brings a POSIX terminal with this environment up to date, once the files that it was started from are
/// fixed: what they no longer set goes, what they set otherwise comes, and Go and its programs are found. `None` where it
/// is up to date. `there`: whether a file is.
pub fn catch_up(
    env: &BTreeMap<String, String>,
    before: &Settings,
    after: &Settings,
    ours: &Ours,
    there: &dyn Fn(&Path) -> bool,
) -> Option<String> {
    let from_file = |it: &Setting| matches!(it.origin, Origin::File { .. });
    let old = before
        .variables
        .iter()
        .filter(|(name, it)| from_file(it) && env.contains_key(*name) && *name != "PATH");
    let mut gone = vec!["unset".to_owned()];
    let mut said = Vec::new();
    for (name, _) in old {
        match after.get(name).filter(|it| from_file(it)) {
            None => gone.push(name.clone()),
            // What is secret is not printed: a login shell gets it by itself.
            Some(new) if discreet::value(name, &new.value, discreet::MARK) != new.value => {
                return Some("exec \"$SHELL\" -l".to_owned());
            }
            Some(new) if env.get(name) != Some(&new.value) => {
                said.push(format!("export {name}={}", single(&new.value)));
            }
            Some(_) => {}
        }
    }
    let mut lines: Vec<String> =
        Some(gone.join(" ")).filter(|_| gone.len() > 1).into_iter().chain(said).collect();
    let path = env.get("PATH").map(String::as_str).unwrap_or_default();
    let lost = before.path_lost.iter().any(|it| after.on_path(&it.dir));
    if lost && after.value("PATH") != Some(path) {
        lines.push(format!("export PATH={}", single(after.value("PATH").unwrap_or_default())));
    } else if ours.env_file.is_here() && !finds_all(path, &ours.env_path, there) {
        lines.push(format!(". {}", quoted(&ours.places.config.join("env").to_string_lossy())));
    } else if !finds_all(path, &ours.for_all, there) {
        lines.push(format!(". {SYSTEM}/etc/env"));
    }
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// Whether a terminal with this PATH finds what one finds that reads our env file now. What somebody puts in front of ours
/// may stand there as long as it hides nothing.
fn finds_all(path: &str, dirs: &[PathBuf], there: &dyn Fn(&Path) -> bool) -> bool {
    let here = || path.split(':').map(Path::new);
    let same = |name: &&str| {
        let finds = |dir: &&Path| there(&dir.join(name));
        here().find(finds) == dirs.iter().map(PathBuf::as_path).chain(here()).find(finds)
    };
    dirs.iter().all(|dir| here().any(|it| it == dir)) && ["go", "gofmt", "fyne"].iter().all(same)
}

/// Whether a path can be said at all: control characters and a colon cannot stand in PATH.
pub fn sayable(path: &Path) -> bool {
    let text = path.to_string_lossy();
    !text.contains(':') && !text.chars().any(char::is_control) && path.to_str().is_some()
}

/// Our env files with their contents: those that profiles source, and those that are read by themselves.
pub fn env_files(places: &Places, home: &Path, speech: &Speech) -> Vec<(PathBuf, String)> {
    let head = "# Made by fyne-setup; `fyne-setup uninstall` takes it away.\n";
    let file = |path: PathBuf, dialect| (path, format!("{head}{}", speech.text(dialect)));
    let all = places.are_for_all();
    let config = places.config.parent().filter(|_| !all);
    let config =
        config.map_or_else(|| if all { "/etc".into() } else { home.join(".config") }, Path::to_path_buf);
    let mut files = vec![
        file(places.config.join("env"), Dialect::Posix),
        file(places.config.join("env.fish"), Dialect::Fish),
        file(config.join("environment.d/60-fyne-setup.conf"), Dialect::EnvironmentD),
    ];
    if *places == Places::system("macos") {
        files.push((PATHS_D.into(), speech.path.iter().map(|it| format!("{}\n", it.display())).collect()));
    }
    files
}

/// The line that sources our env file; `$HOME` stands for the home where it can, so that a shared profile stays true.
pub fn source_line(profile: &Path, places: &Places, home: &Path) -> String {
    let is_fish = profile.extension().is_some_and(|it| it == "fish");
    let env = places.config.join(if is_fish { "env.fish" } else { "env" });
    let plain = |it: &str| !it.contains(['"', '$', '`', '\\']);
    let word = match env.strip_prefix(home).ok().and_then(Path::to_str).filter(|it| plain(it)) {
        Some(rest) => format!("\"$HOME/{rest}\""),
        None if is_fish => fish(&env.to_string_lossy()),
        None => single(&env.to_string_lossy()),
    };
    if is_fish {
        format!("if test -r {word}\n    source {word}\nend")
    } else {
        // A POSIX shell ends when it sources what is not there.
        format!("if [ -r {word} ]; then . {word}; fi")
    }
}

/// A profile with our block at its end, whose lines end as every shell reads them, whatever the others do; one that stands higher up moves down, below whatever was put
/// after it since. `None` when it is at the end already.
pub fn with_block(profile: &[u8], line: &str) -> Option<Vec<u8>> {
    let mut text = without_block(profile);
    if text.len() == profile.len() {
        text = profile.to_vec();
    } else if profile.starts_with(&text) {
        return None;
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    for line in [BLOCK_BEGIN].into_iter().chain(line.lines()).chain([BLOCK_END]) {
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
    }
    Some(text)
}

/// A profile without our block, whole lines. One whose end is missing is no block of ours.
pub fn without_block(profile: &[u8]) -> Vec<u8> {
    let line_end = |from: usize| {
        profile[from..].iter().position(|it| *it == b'\n').map_or(profile.len(), |it| from + it + 1)
    };
    let begin = find(profile, BLOCK_BEGIN.as_bytes());
    let end = begin.and_then(|from| Some(from + find(&profile[from..], BLOCK_END.as_bytes())?));
    match (begin, end) {
        (Some(begin), Some(end)) => [&profile[..begin], &profile[line_end(end)..]].concat(),
        _ => profile.to_vec(),
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|it| it == what)
}

#[cfg(test)]
#[expect(clippy::disallowed_macros, clippy::print_stderr, reason = "a skipped test says so")]
mod tests {
    use super::*;
    use crate::system::real::RealLook;
    use crate::system::{Ask, Look};

    const NASTY: [&str; 7] =
        ["/plain", "/with space", "/q'uote", "/d\"ouble", "/$HOME/`id`", "/back\\slash", "/项目"];

    pub(super) fn shell(program: &str, script: &str) -> Option<String> {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let look = RealLook::new(std::collections::BTreeMap::new(), dir.path().join("scratch"));
        let ask = Ask {
            program: program.into(),
            args: vec!["-c".into(), script.into()],
            env: [("PATH".to_owned(), "/usr/bin".to_owned()), ("HOME".to_owned(), "/home/x".to_owned())]
                .into(),
            limit_ms: 10_000,
            ..Ask::default()
        };
        look.run(&ask).into_here().map(|it| it.out())
    }

    #[test]
    fn real_shells_read_back_what_was_said() {
        for dir in NASTY {
            let speech = Speech {
                path: vec![dir.into(), "/second".into()],
                variables: vec![("GOPROXY".into(), dir.into())],
            };
            for program in ["/bin/sh", "/bin/bash", "/usr/bin/zsh"] {
                let text = speech.text(Dialect::Posix);
                let twice = format!("{text}{text}printf '%s|%s' \"$PATH\" \"$GOPROXY\"");
                match shell(program, &twice) {
                    Some(said) => assert_eq!(said, format!("{dir}:/second:/usr/bin|{dir}"), "{program}"),
                    None => eprintln!("skipped: no {program} on this machine"),
                }
            }
            let twice = format!("{0}{0}string join : $PATH; echo -n $GOPROXY", speech.text(Dialect::Fish));
            match shell("/usr/bin/fish", &twice) {
                Some(said) => assert_eq!(said, format!("{dir}:/second:/usr/bin\n{dir}")),
                None => eprintln!("skipped: no fish on this machine"),
            }
        }
    }

    #[test]
    fn what_the_env_file_puts_on_path_is_read_back() {
        for dir in NASTY {
            let path = vec![PathBuf::from(dir), "/second".into()];
            let speech = Speech { path: path.clone(), variables: vec![] };
            assert_eq!(front(&speech.text(Dialect::Posix)), path);
        }
        assert_eq!(front("export PATH=x"), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_block_that_something_was_put_after_moves_to_the_end_and_goes_without_a_trace() {
        let profile = with_block(b"a\n", "line").expect("none yet");
        let newer = [&profile[..], b"export PATH=/usr/bin:$PATH\n"].concat();
        let moved = with_block(&newer, "line").expect("not at the end");
        assert!(moved.starts_with(b"a\nexport PATH=/usr/bin:$PATH\n# >>>"));
        assert_eq!(without_block(&moved), b"a\nexport PATH=/usr/bin:$PATH\n");
        assert_eq!(with_block(&moved, "line"), None);
        assert_eq!(without_block(b"# >>> fyne-setup >>>\ncut"), b"# >>> fyne-setup >>>\ncut");
    }

    #[test]
    fn the_block_has_line_ends_that_a_shell_reads_and_comes_once() {
        for (before, after) in [
            ("", "B\nl\nE\n"),
            ("a\n", "a\nB\nl\nE\n"),
            ("a", "a\nB\nl\nE\n"),
            ("a\r\nb\r\n", "a\r\nb\r\nB\nl\nE\n"),
        ] {
            let after = after.replace('B', BLOCK_BEGIN).replace('E', BLOCK_END);
            assert_eq!(with_block(before.as_bytes(), "l"), Some(after.clone().into_bytes()), "{before:?}");
            assert_eq!(with_block(after.as_bytes(), "l"), None);
        }
    }

    #[test]
    fn a_shared_profile_names_home_and_survives_a_missing_file() {
        let home = Path::new("/home/x");
        let places = Places::linux(home, |_| None);
        let line = source_line(Path::new("/home/x/.profile"), &places, home);
        assert_eq!(
            line,
            "if [ -r \"$HOME/.config/fyne-setup/env\" ]; then . \"$HOME/.config/fyne-setup/env\"; fi"
        );
        assert_eq!(shell("/bin/sh", &format!("{line}\necho alive")).as_deref(), Some("alive\n"));
    }

    /// On a Mac our Go lies below `Library/Application Support`; what shells read has no blank in its path.
    #[test]
    fn a_directory_of_a_mac_with_a_blank_comes_through_the_block_of_every_shell() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let home = dir.path().join("Ann Lee");
        let places = Places::macos(&home);
        let (go, bin) = (places.current().join("bin"), home.join("go/bin"));
        let speech = Speech { path: vec![go.clone(), bin.clone()], variables: vec![] };
        for (path, text) in env_files(&places, &home, &speech) {
            let parent = path.parent().expect("a directory");
            #[expect(clippy::disallowed_methods, reason = "a test makes its own home")]
            std::fs::create_dir_all(parent).and_then(|()| std::fs::write(&path, text)).expect("written");
        }
        let set = format!("HOME={}", single(&home.to_string_lossy()));
        let want = format!("{}:{}:/usr/bin", go.display(), bin.display());
        for (program, profile) in [
            ("/bin/sh", ".profile"),
            ("/bin/bash", ".bash_profile"),
            ("/usr/bin/zsh", ".zprofile"),
            ("/usr/bin/fish", ".config/fish/conf.d/fyne-setup.fish"),
        ] {
            let line = source_line(&home.join(profile), &places, &home);
            let script = if program.ends_with("fish") {
                format!(
                    "set -gx HOME {}; {line}\n{line}\necho (string join : $PATH)",
                    fish(&home.to_string_lossy())
                )
            } else {
                format!("{set}; {line}\n{line}\necho \"$PATH\"")
            };
            match shell(program, &script) {
                Some(said) => assert_eq!(said.trim_end(), want, "{program}"),
                None => eprintln!("skipped: no {program} on this machine"),
            }
        }
    }

    #[test]
    fn an_older_terminal_is_told_what_to_type() {
        let at = |value: &str| Setting {
            value: value.into(),
            origin: Origin::File { path: "/etc/environment".into(), line: 1 },
        };
        let settings = |pairs: &[(&str, &str)]| {
            let variables = pairs.iter().map(|(name, value)| ((*name).to_owned(), at(value))).collect();
            Settings { variables, ..Settings::default() }
        };
        let env = [("GOFLAGS", "-mod vendor"), ("CC", "x"), ("LANG", "C"), ("PATH", "/usr/bin")];
        let before = settings(&env);
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let mut ours = Ours::default();
        let after = settings(&[("CC", "gcc"), ("LANG", "C"), ("PATH", "/usr/bin")]);
        let none = |_: &Path| false;
        let line = catch_up(&env, &before, &after, &ours, &none);
        assert_eq!(line.as_deref(), Some("unset GOFLAGS; export CC='gcc'"));
        assert_eq!(catch_up(&env, &before, &before, &ours, &none), None);
        ours.env_file = crate::fact::Fact::Here(true);
        ours.env_path = vec!["/root/go/bin".into()];
        let line = catch_up(&env, &before, &before, &ours, &none);
        assert_eq!(line.as_deref(), Some(". /dev/null/.config/fyne-setup/env"));
    }

    #[test]
    fn a_terminal_that_finds_what_is_ours_is_told_nothing_whatever_stands_in_front() {
        let mut ours = Ours { env_file: crate::fact::Fact::Here(true), ..Ours::default() };
        ours.env_path = vec!["/ours/bin".into(), "/root/go/bin".into()];
        let there = |it: &Path| {
            ["/ours/bin/go", "/usr/bin/go", "/root/go/bin/fyne", "/venv/bin/python"]
                .map(Path::new)
                .contains(&it)
        };
        for (path, told) in [
            ("/ours/bin:/root/go/bin:/usr/bin", false),
            ("/venv/bin:/ours/bin:/root/go/bin:/usr/bin", false),
            ("/usr/bin:/ours/bin:/root/go/bin", true),
            ("/ours/bin:/usr/bin", true),
            ("/usr/bin", true),
        ] {
            let env = [("PATH".to_owned(), path.to_owned())].into();
            let line = catch_up(&env, &Settings::default(), &Settings::default(), &ours, &there);
            assert_eq!(line.is_some(), told, "{path}");
        }
    }
}
