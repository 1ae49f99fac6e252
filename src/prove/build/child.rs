//! One child at work: started, followed line by line, and its failure said with its own words.

use std::collections::VecDeque;
use std::path::Path;

use super::go_build::{GoBuild, Progress, is_import_path};
use crate::diagnose;
use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::system::{Environment, Output, Spawn};

/// How many of its last lines a failed child is judged by.
const LAST: usize = 60;

impl GoBuild<'_> {
    /// Runs a program to its end. `line` gets each line that it prints; so does whoever listens.
    pub(super) fn run(
        &self,
        program: &Path,
        env: &Environment,
        dir: &Path,
        args: &[&str],
        line: &mut dyn FnMut(&str),
    ) -> Result<(), Failure> {
        let spawn = Spawn {
            program: program.to_path_buf(),
            args: args.iter().map(|it| (*it).to_owned()).collect(),
            env: env.clone(),
            dir: dir.to_path_buf(),
            terminal: false,
            output: Output::Lines,
            survives: false,
        };
        let mut child = self
            .system
            .children
            .start(&spawn)
            .map_err(|error| file_failure(DiskError::new(program, &error)))?;
        let mut last = VecDeque::with_capacity(LAST);
        while let Some(said) = child.line() {
            line(&said.text);
            (self.told)(Progress::Line(&said.text));
            if last.len() == LAST {
                last.pop_front();
            }
            last.push_back(said.text);
        }
        let ended = child.wait().map_err(|error| file_failure(DiskError::new(program, &error)))?;
        if ended.ok() {
            return Ok(());
        }
        let said = last.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
        Err(failure(program, args, &said, ended.code))
    }
}

/// What a child's end means. `said` is what it printed last; `code` is absent when a signal ended it.
pub(super) fn failure(program: &Path, args: &[&str], said: &str, code: Option<i32>) -> Failure {
    let name = program.file_name().map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    let verbs = args.iter().take_while(|it| !it.starts_with('-')).take(2).copied().collect::<Vec<_>>();
    let command = [&[name.as_str()][..], &verbs].concat().join(" ");
    let line = telling(said);
    if said.contains("SECURITY ERROR") || said.contains("checksum mismatch") {
        let message = text!("build-checksum", command = command, said = line);
        return Failure::new(Code::TrustChecksum, message).hint(text!("build-checksum.hint"));
    }
    if said.contains("no space left on device") {
        return Failure::new(Code::DiskFull, text!("build-disk-full", command = command))
            .hint(text!("build-disk-full.hint"));
    }
    if unreachable(said) {
        let message = text!("build-network", command = command, said = line);
        return Failure::new(Code::NetModules, message).hint(text!("build-network.hint"));
    }
    match code {
        None => Failure::new(Code::BuildEnded, text!("build-ended", command = command, said = line)),
        Some(code) => {
            let message = text!("build-failed", command = command, code = code, said = line);
            let failure = Failure::new(Code::BuildFailed, message);
            // What the whole of it shows, as `diagnose` reads it.
            match diagnose::first(said.as_bytes()) {
                Some(cause) => {
                    failure.hint(text!("build-cause", what = cause.what(), fix = cause.fix(&[], None)))
                }
                None => failure,
            }
        }
    }
}

/// Whether `go` could not reach where modules come from.
fn unreachable(said: &str) -> bool {
    let signs = [
        "dial tcp",
        "i/o timeout",
        "no such host",
        "connection refused",
        "connection reset by peer",
        "TLS handshake timeout",
        "proxyconnect",
        "x509: ",
        "503 Service Unavailable",
        "module lookup disabled by GOPROXY=off",
    ];
    signs.iter().any(|it| said.contains(it))
}

/// A system call that failed around a child or a file of ours.
pub(crate) fn file_failure(error: DiskError) -> Failure {
    if error.is_full() {
        return Failure::new(Code::DiskFull, text!("build-file-full", path = &error.path))
            .hint(text!("build-disk-full.hint"))
            .at(error.path, None);
    }
    let message = text!("build-file", path = &error.path, said = error.why);
    Failure::new(Code::BuildFile, message).at(error.path, None)
}

/// The line that tells the most: the first error of a compiler or of `go`, else the last line.
fn telling(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|it| !it.is_empty());
    let error = |it: &&str| {
        it.contains("error:")
            || has_position(it)
            || it.starts_with("go: ") && !it.starts_with("go: downloading ")
            || it.contains(": undefined")
            || it.contains("cannot find")
    };
    let line = lines().find(error).or_else(|| lines().rfind(|it| !is_import_path(it)));
    line.or_else(|| lines().next_back()).unwrap_or_default().chars().take(400).collect()
}

/// Whether a compiler names a place in a file: `x/y.go:64:9: …`.
fn has_position(line: &str) -> bool {
    let is_number =
        |it: Option<&str>| it.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    let Some((_, rest)) = line.split_once(".go:") else { return false };
    let mut parts = rest.split(':');
    is_number(parts.next()) && is_number(parts.next()) && parts.next().is_some_and(|it| it.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;

    #[test]
    fn a_failed_build_is_explained_by_what_its_log_shows() {
        let go = Path::new("/opt/go/bin/go");
        let said =
            "# glfw\nx11.h:5:10: fatal error: X11/extensions/Xrandr.h: No such file or directory\nmore";
        let hint = failure(go, &["build"], said, Some(1)).hint.expect("a cause").to_string();
        assert!(hint.contains("diagnose-missing-header.what") && hint.contains("Xrandr.h"), "{hint}");
        assert_eq!(failure(go, &["build"], "what nobody foresaw", Some(1)).hint, None);
    }

    #[test]
    fn a_failed_child_is_said_by_its_most_telling_line() {
        let go = Path::new("/opt/go/bin/go");
        let table = [
            (
                "# gl\nx.go:1:2: error: no gl.h\nmore",
                Some(1),
                Code::BuildFailed,
                Exit::Failed,
                "x.go:1:2: error: no gl.h",
            ),
            (
                "go: downloading a\ngo: a@v1: not found",
                Some(1),
                Code::BuildFailed,
                Exit::Failed,
                "go: a@v1: not found",
            ),
            (
                "verifying x: checksum mismatch\n\nSECURITY ERROR\n",
                Some(1),
                Code::TrustChecksum,
                Exit::Refused,
                "SECURITY ERROR",
            ),
            (
                "fmt\n# x/tools\nx/token.go:64:9: invalid array length -delta * delta\nruntime/debug",
                Some(1),
                Code::BuildFailed,
                Exit::Failed,
                "said=x/token.go:64:9: invalid array length",
            ),
            (
                "what nobody foresaw\nruntime/debug",
                Some(1),
                Code::BuildFailed,
                Exit::Failed,
                "said=what nobody foresaw",
            ),
            ("a: no space left on device", Some(1), Code::DiskFull, Exit::Failed, ""),
            (
                "go: x@v1: Get \"https://goproxy.example/x\": dial tcp 192.0.2.1:443: i/o timeout",
                Some(1),
                Code::NetModules,
                Exit::Failed,
                "i/o timeout",
            ),
            ("half a line", None, Code::BuildEnded, Exit::Failed, "half a line"),
        ];
        for (said, code, name, exit, line) in table {
            let failure = failure(go, &["mod", "download", "-x"], said, code);
            assert_eq!((failure.code, failure.exit), (name, exit), "{said}");
            let shown = failure.message.to_string();
            assert!(shown.contains("command=go mod download") && shown.contains(line), "{shown}");
        }
    }
}
