//! What a recording made in Windows Subsystem for Linux would tell of a person: their name on Windows, which PATH leads
//! through, and what else stands in the files that checks read a line of. Pure.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::Recording;
use crate::facts::wsl::{CONF, READ, lines};

/// The homes on Windows that a recording speaks of, each with what stands for it.
pub(super) fn homes(recording: &Recording) -> Vec<(String, String)> {
    let said = ["PATH", "PWD"].iter().filter_map(|it| recording.env.get(*it).cloned());
    let cwd = recording.identity.cwd.display().to_string();
    let mut homes = BTreeSet::new();
    for dir in said.chain([cwd]).flat_map(|it| it.split(':').map(str::to_owned).collect::<Vec<_>>()) {
        let Some((front, rest)) = dir.split_once("/Users/").filter(|it| it.0.starts_with('/')) else {
            continue;
        };
        let name = rest.split('/').next().unwrap_or_default();
        if !matches!(name, "" | "user" | "Public" | "Default" | "All Users" | "Shared") {
            homes.insert((format!("{front}/Users/{name}"), format!("{front}/Users/user")));
        }
    }
    homes.into_iter().collect()
}

/// A file of the system's that is read for a line of it, with nothing but such lines. Lines keep their numbers.
pub(super) fn file(at: &Path, text: &str) -> Option<String> {
    let keep: fn(&str) -> Option<String> = match at.to_str()? {
        "/etc/resolv.conf" => server,
        "/proc/net/route" => default_route,
        "/proc/self/mounts" => mount,
        CONF => return Some(settings(text)),
        _ if at.file_name()? == ".wslconfig" => return Some(settings(text)),
        _ => return None,
    };
    Some(text.lines().map(|it| keep(it).unwrap_or_default() + "\n").collect())
}

fn server(line: &str) -> Option<String> {
    (line.split_whitespace().next() == Some("nameserver")).then(|| "nameserver 192.0.2.53".to_owned())
}

/// Where other routes lead (a network of a company's) is nobody's concern.
fn default_route(line: &str) -> Option<String> {
    (line.split_whitespace().nth(1) == Some("00000000")).then(|| line.to_owned())
}

/// A mount with its kind, and of its options what tells a drive of Windows. A share names a server and a person.
fn mount(line: &str) -> Option<String> {
    let mut words = line.split(' ');
    let (source, at, kind, options) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let source = if kind == "virtiofs" && source.starts_with("drvfs") { "drvfs" } else { "none" };
    let known = ["ro", "rw", "noexec", "aname=drvfs", "metadata"];
    let options: Vec<&str> = options.split([',', ';']).filter(|it| known.contains(it)).collect();
    Some(format!("{source} {at} {kind} {} 0 0", options.join(",")))
}

fn settings(text: &str) -> String {
    let mut kept = String::new();
    for (section, trimmed) in lines(text) {
        let name = trimmed.split('=').next().unwrap_or_default().trim().to_lowercase();
        let known = READ.contains(&(section.as_str(), name.as_str()));
        // WSL reads a header in whatever letters; it is one of ours, so that nothing else stands in its line.
        if trimmed.starts_with('[') && READ.iter().any(|it| it.0 == section) {
            kept.extend(["[", section.as_str(), "]"]);
        } else if known {
            kept.push_str(trimmed);
        }
        kept.push('\n');
    }
    kept
}

/// The name of a person among the parts of their home on Windows.
pub(super) fn name(home: &str) -> Option<String> {
    PathBuf::from(home).file_name().map(|it| it.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::Recorder;
    use crate::system::Look as _;
    use crate::system::fake::Machine;

    #[test]
    fn the_name_that_a_person_has_on_windows_is_nowhere() {
        let machine = Machine::linux()
            .var("PATH", "/usr/bin:/mnt/c/Users/Ann Smith/go/bin:/mnt/c/Users/Public")
            .file("/mnt/c/Users/Ann Smith/.wslconfig", "[wsl2]\nmemory=2GB\n");
        let recorder = Recorder::new(&machine);
        let _ = recorder.read(Path::new("/mnt/c/Users/Ann Smith/.wslconfig"));
        let recording = recorder.finish();
        assert_eq!(recording.env["PATH"], "/usr/bin:/mnt/c/Users/user/go/bin:/mnt/c/Users/Public");
        assert!(recording.read.contains_key(Path::new("/mnt/c/Users/user/.wslconfig")), "{recording:?}");
    }

    #[test]
    fn a_file_keeps_the_lines_that_checks_read_where_they_stand() {
        let rows = [
            (
                "/etc/resolv.conf",
                "# WSL\nnameserver 10.9.8.7\nsearch acme.test\n",
                "\nnameserver 192.0.2.53\n\n",
            ),
            (
                "/proc/net/route",
                "Iface Destination\neth0 00000000 016010AC\nvpn 0000090A 0\n",
                "\neth0 00000000 016010AC\n\n",
            ),
            (
                "/proc/self/mounts",
                "//acme/x /mnt/x cifs rw,username=ann 0 0\nC:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\;uid=1 0 0\n",
                "none /mnt/x cifs rw 0 0\nnone /mnt/c 9p rw,aname=drvfs 0 0\n",
            ),
            (
                "/etc/wsl.conf",
                "[user]\ndefault=ann\n[boot]\ncommand=x\nsystemd=true # ann\n",
                "\n\n[boot]\n\nsystemd=true\n",
            ),
            ("/mnt/c/Users/ann/.wslconfig", "[WSL2] ann\nmemory=2GB\n", "[wsl2]\nmemory=2GB\n"),
            ("/mnt/c/Users/ann/.wslconfig", "[wsl2]\nkernel=C:\\ann\nmemory=2GB\n", "[wsl2]\n\nmemory=2GB\n"),
        ];
        for (at, text, expected) in rows {
            let once = file(Path::new(at), text).expect(at);
            assert_eq!(once, expected, "{at}");
            assert_eq!(file(Path::new(at), &once).as_deref(), Some(expected), "again: {at}");
        }
        assert_eq!(file(Path::new("/etc/hosts"), "x"), None);
    }
}
