//! What the one file says that all users of a machine read: where everybody finds what root installed for all, and what is
//! everybody's own.

use std::path::{Path, PathBuf};

use crate::places::Places;

/// Where everybody's own `go install` puts programs, in a file that all users read. No other directory begins so.
pub const OWN_BIN: &str = "$HOME/go/bin";

/// How [`OWN_BIN`] stands among other directories, which are in quotes that keep a `$` as it is.
pub(super) const OWN_BIN_QUOTED: &str = "':\"$HOME/go/bin\":'";

/// A directory with others before and behind it.
pub(super) fn between(dir: &str) -> String {
    format!(":{dir}:")
}

/// What an installation for all users puts on PATH of each of them. Go comes first, as in an installation of one's own; then
/// what the user installed for himself, which counts for him before what root put there for all. A user's own profile is read
/// after all this, and what it puts in front stays in front.
pub fn path_of_all(home: &Path, mac: bool) -> Vec<PathBuf> {
    let all = Places::system("");
    // What a Mac reads there are plain directories.
    let own = Some(home.join("go/bin")).filter(|_| !mac);
    [all.current().join("bin")].into_iter().chain(own).chain([all.bin()]).collect()
}

/// The same, as a file says it that all users read.
pub fn for_anybody(path: Vec<PathBuf>, home: &Path) -> Vec<PathBuf> {
    let own = home.join("go/bin");
    path.into_iter().map(|it| if it == own { OWN_BIN.into() } else { it }).collect()
}

/// What such a file means for who has this home.
pub fn at_home(path: Vec<PathBuf>, home: &Path) -> Vec<PathBuf> {
    path.into_iter().map(|it| if it == Path::new(OWN_BIN) { home.join("go/bin") } else { it }).collect()
}

/// What `path_helper` of a Mac reads at every login: a directory a line, and nothing else.
pub const PATHS_D: &str = "/etc/paths.d/fyne-setup";

#[cfg(test)]
#[expect(clippy::disallowed_macros, clippy::print_stderr, reason = "a skipped test says so")]
mod tests {
    use super::*;
    use crate::shells::tests::shell;
    use crate::shells::{Speech, could_be_ours, env_files, front};

    #[test]
    fn one_file_for_all_users_brings_each_its_own_programs_before_what_is_for_all() {
        let (home, all) = (Path::new("/home/x"), Places::system("linux"));
        let path = path_of_all(home, false);
        let want = "/opt/fyne-setup/current/bin:/home/x/go/bin:/opt/fyne-setup/bin:/usr/bin";
        let speech = Speech { path: for_anybody(path.clone(), home), variables: vec![] };
        let files = env_files(&all, home, &speech);
        let names: Vec<&Path> = files.iter().map(|it| it.0.as_path()).collect();
        let named = [
            "/opt/fyne-setup/etc/env",
            "/opt/fyne-setup/etc/env.fish",
            "/etc/environment.d/60-fyne-setup.conf",
        ];
        assert_eq!(names, named.map(Path::new));
        assert_eq!(at_home(front(&files[0].1), home), path);
        assert!(files.iter().all(|(file, text)| could_be_ours(file, text.as_bytes())), "{files:?}");
        assert!(
            files[2].1.ends_with(&format!(
                "PATH={}$PATH\n",
                want.replace("/home/x", "$HOME").replace("/usr/bin", "")
            ))
        );
        for program in ["/bin/sh", "/bin/bash", "/usr/bin/zsh"] {
            let text = &files[0].1;
            match shell(program, &format!("{text}{text}printf '%s' \"$PATH\"")) {
                Some(said) => assert_eq!(said, want, "{program}"),
                None => eprintln!("skipped: no {program} on this machine"),
            }
        }
        match shell("/usr/bin/fish", &format!("{0}{0}string join : $PATH", files[1].1)) {
            Some(said) => assert_eq!(said.trim_end(), want),
            None => eprintln!("skipped: no fish on this machine"),
        }
        let mac = path_of_all(home, true);
        let files = env_files(&Places::system("macos"), home, &Speech { path: mac, variables: vec![] });
        let paths_d = files.into_iter().find(|it| it.0 == Path::new(PATHS_D)).map(|it| it.1);
        assert_eq!(paths_d.as_deref(), Some("/opt/fyne-setup/current/bin\n/opt/fyne-setup/bin\n"));
    }
}
