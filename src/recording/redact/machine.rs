//! What tells one machine from all others: its kernel, its container, its hosts. Pure; what checks look for stays.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::names::is_public;
use crate::facts::mac;
use crate::facts::wsl::is_named;
use crate::recording::Recording;

/// Where apt keeps its lists, by the hosts that they come from.
pub(super) const LISTS: &str = "/var/lib/apt/lists";

/// `6.1.0-acme-7` → `6.1.0`; a name that says how the kernel came to be (WSL) stays.
pub(super) fn kernel(release: &str) -> String {
    let end = release.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(release.len());
    let number = release[..end].trim_end_matches('.');
    let lower = release.to_lowercase();
    // Names that Microsoft's own builds have; the two that WSL has had tell its two kinds apart.
    let name = match is_named(release) {
        true if lower.ends_with("-microsoft") => "-Microsoft",
        true if lower.contains("wsl2") => "-microsoft-standard-WSL2",
        true => "-microsoft-standard",
        false => "",
    };
    format!("{number}{name}")
}

/// The groups of process 1, with no more of their paths than the engines of containers that are named there.
pub(super) fn groups(text: &str) -> String {
    let engines = ["docker", "lxc", "kubepods", "libpod"];
    text.lines()
        .map(|line| {
            let front = line.rsplit_once(":/").map_or("", |it| it.0);
            let named: Vec<_> = engines.iter().filter(|it| line.contains(**it)).copied().collect();
            format!("{front}:/{}\n", named.join("/"))
        })
        .collect()
}

/// Who is in which group, with no name but those that are known: whether somebody else is in it is what a check reads.
pub(super) fn members(text: &str, known: &dyn Fn(&str) -> Option<String>) -> String {
    let line = |line: &str| {
        let fields: Vec<&str> = line.split(':').collect();
        let [_, _, gid, names] = fields[..] else { return None };
        let names = names.split(',').filter(|it| !it.is_empty());
        let names: Vec<String> = names.map(|it| known(it).unwrap_or_else(|| "other".to_owned())).collect();
        Some(format!("group{gid}:x:{gid}:{}\n", names.join(",")))
    };
    text.lines().filter_map(line).collect()
}

/// A list of apt's: `deb.acme.test_debian_dists_…` → `mirror.example_debian_dists_…`.
pub(super) fn list(name: &str) -> String {
    name.split_once('_').map_or_else(|| name.to_owned(), |(_, rest)| format!("mirror.example_{rest}"))
}

/// A login name in the letters in which it may stand: on Windows the case is of no matter.
pub(super) fn spellings(name: &str, os: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    if os == "windows" {
        all.extend([name.to_lowercase(), name.to_uppercase()]);
    }
    all
}

/// Homes on Windows in the ways in which they are written, with what stands for them.
pub(super) fn profiles(profiles: &[String]) -> Vec<(String, String)> {
    const USER: &str = r"C:\Users\user";
    let written = |it: &str| [it.replace('\\', r"\\"), it.replace('/', r"\"), it.replace('\\', "/")];
    let pairs =
        profiles.iter().filter(|it| it.len() > 3).flat_map(|it| written(it).into_iter().zip(written(USER)));
    pairs.filter(|(from, to)| from != to).collect()
}

/// Where everybody's modules are: a pattern with such a host tells nothing of a company.
const FORGES: [&str; 8] = [
    "bitbucket.org",
    "codeberg.org",
    "fyne.io",
    "gitee.com",
    "github.com",
    "gitlab.com",
    "go.dev",
    "golang.org",
];

/// Hosts that the environment names: of web proxies, of private modules and of a display.
pub(super) fn hosts(env: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut hosts = Vec::new();
    for (name, value) in env {
        let lower = name.to_lowercase();
        if matches!(lower.as_str(), "http_proxy" | "https_proxy" | "all_proxy") {
            // A `/` may stand in the password: the host begins behind the last `@`.
            let host = value.rsplit('@').next().unwrap_or_default();
            let host = host.rsplit("://").next().unwrap_or_default().split('/').next().unwrap_or_default();
            hosts
                .push((host.rsplit_once(':').map_or(host, |it| it.0).to_owned(), "proxy.example".to_owned()));
        }
    }
    for (name, value) in env {
        // Whose modules are private is a pattern of paths: its host is the company's own.
        if matches!(name.as_str(), "GOPRIVATE" | "GONOPROXY" | "GONOSUMDB" | "GOINSECURE") {
            let of = value.split(',').filter_map(|it| it.trim().trim_start_matches("*.").split('/').next());
            let own = of.filter(|it| it.contains('.') && !FORGES.contains(it));
            hosts.extend(own.map(|it| (it.to_owned(), "private.example".to_owned())));
        }
    }
    if let Some((host, _)) = env.get("DISPLAY").and_then(|it| it.rsplit_once(':')) {
        let host = host.rsplit('/').next().unwrap_or_default();
        // An address that is the same in millions of networks tells nothing, and the check compares it with the default route.
        let private = host.parse::<core::net::Ipv4Addr>().is_ok_and(|it| it.is_private());
        hosts.extend((!private).then(|| (host.to_owned(), "display.example".to_owned())));
    }
    hosts.retain(|(host, to)| {
        let local = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]" | "unix");
        host.len() > 2 && host != to && !local && !is_public(host)
    });
    hosts
}

/// Hosts of module proxies, wherever GOPROXY is set: the default one first. Public mirrors may stand.
pub(super) fn proxies(recording: &Recording) -> Vec<(String, String)> {
    let mut hosts: Vec<String> = Vec::new();
    let files = recording.read.iter().filter_map(|(path, it)| Some((path, it.here()?)));
    let (defaults, others): (Vec<_>, Vec<_>) = files.partition(|it| it.0.ends_with("go.env"));
    let texts =
        defaults.into_iter().chain(others).filter_map(|it| std::str::from_utf8(it.1).ok().map(str::to_owned));
    let answers = recording.run.values().filter_map(|it| it.1.here().map(crate::system::Answer::out));
    let variables = ["GOPROXY", "FYNE_SETUP_GOPROXY", "GOSUMDB"].into_iter();
    let variables = variables.filter_map(|it| Some(format!("{it}={}", recording.env.get(it)?)));
    let asked =
        recording.run.values().filter_map(|it| it.0.env.get("GOPROXY").map(|it| format!("GOPROXY={it}")));
    for text in texts.chain(answers).chain(variables).chain(asked) {
        for line in text.lines().filter(|it| it.contains("GOPROXY") || it.contains("GOSUMDB")) {
            for part in line.split("://").skip(1) {
                let authority = part.split(|c: char| "/,|\"' \t;#".contains(c)).next().unwrap_or_default();
                let host = authority.rsplit('@').next().unwrap_or_default();
                let host = host.split(':').next().unwrap_or_default();
                let tells = host.contains('.') && host.parse::<core::net::IpAddr>().is_err();
                let ours = host.starts_with("goproxy") && host.ends_with(".example");
                if tells && !ours && !is_public(host) && !hosts.iter().any(|it| it == host) {
                    hosts.push(host.to_owned());
                }
            }
        }
    }
    let named = |(index, host): (usize, String)| match index {
        0 => (host, "goproxy.example".to_owned()),
        _ => (host, format!("goproxy-{}.example", index + 1)),
    };
    hosts.into_iter().enumerate().map(named).collect()
}

/// The accounts of a Mac are in no file: what it was asked about them, a name or a home each.
pub(super) fn accounts(recording: &Recording) -> Vec<(Option<String>, Option<PathBuf>)> {
    let dscl = recording.run.values().filter(|it| it.0.program.ends_with("dscl"));
    let said = dscl.filter_map(|it| it.1.here().map(crate::system::Answer::out));
    said.map(|it| (mac::found_name(&it).map(str::to_owned), mac::account("", &it).map(|it| it.home)))
        .collect()
}

/// A file of launchd's, of which only the words are left that say whether it sets PATH.
pub(super) fn agent(at: &Path, bytes: &[u8]) -> Option<String> {
    at.parent().filter(|it| it.ends_with("LaunchAgents"))?;
    let text = String::from_utf8_lossy(bytes);
    let words = ["launchctl", "setenv", "PATH"].into_iter().filter(|it| text.contains(it));
    Some(words.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::recording::Recorder;
    use crate::system::Look;
    use crate::system::fake::Machine;

    #[test]
    fn a_kernel_is_its_number_and_whether_windows_runs_it() {
        let rows = [
            ("6.1.0-acme-7", "6.1.0"),
            ("6.1.0", "6.1.0"),
            ("5.15.153.1-microsoft-standard-WSL2", "5.15.153.1-microsoft-standard-WSL2"),
            ("5.15.153.1-acme-WSL2+", "5.15.153.1-microsoft-standard-WSL2"),
            ("4.4.0-19041-Microsoft", "4.4.0-Microsoft"),
            ("4.4.0-Microsoft", "4.4.0-Microsoft"),
            ("5.15.153.1-microsoft-standard", "5.15.153.1-microsoft-standard"),
            ("", ""),
        ];
        for (release, expected) in rows {
            assert_eq!(kernel(release), expected, "{release}");
        }
    }

    #[test]
    fn who_else_is_in_a_group_has_no_name() {
        let known = |it: &str| (it == "alice").then(|| "user".to_owned());
        let text = "alice:x:1000:\nbad\nstaff:x:50:alice,eve\n";
        assert_eq!(members(text, &known), "group1000:x:1000:\ngroup50:x:50:user,other\n");
    }

    #[test]
    fn groups_name_engines_and_nothing_else() {
        let text = "4:memory:/acme/5a7a434e\n1:cpu:/docker/0123abcd\n0::/\n";
        let expected = "4:memory:/\n1:cpu:/docker\n0::/\n";
        assert_eq!(groups(text), expected);
        assert_eq!(groups(expected), expected);
    }

    #[test]
    fn lists_lose_the_host_of_their_mirror() {
        let rows = [
            (
                "apt.acme.test_debian_main_binary-amd64_Packages",
                "mirror.example_debian_main_binary-amd64_Packages",
            ),
            ("lock", "lock"),
        ];
        for (name, expected) in rows {
            assert_eq!(list(name), expected);
        }
    }

    #[test]
    fn hosts_of_proxies_and_displays_are_found() {
        let env = [
            ("http_proxy", "http://bob:pw@cache.acme.test:3128/"),
            ("HTTPS_PROXY", "localhost:3128"),
            ("ALL_PROXY", "socks5://bob:p/w@cache.acme.test"),
            ("DISPLAY", "screens.acme.test:0.0"),
            ("GOPRIVATE", "*.git.acme.test,github.com/acme/*, code.acme.test/x"),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let found: Vec<_> = hosts(&env).into_iter().map(|it| it.0).collect();
        let proxies = ["cache.acme.test", "cache.acme.test"];
        let others = ["git.acme.test", "code.acme.test", "screens.acme.test"];
        assert_eq!(found, [&proxies[..], &others].concat());
    }

    #[test]
    fn a_mac_is_as_nameless_and_its_agents_say_no_more_than_that_they_set_path() {
        let agent = "/Users/alice/Library/LaunchAgents/x.plist";
        let mut mac = Machine::macos()
            .file(agent, "<string>launchctl setenv PATH /x; export TOKEN=CANARY</string>")
            .answer("/usr/bin/dscl", ". -search", 0, "alice\t\tUniqueID = (\n    501\n)\n", "")
            .answer(
                "/usr/bin/dscl",
                ". -read",
                0,
                "NFSHomeDirectory: /Users/alice\nUserShell: /bin/zsh\n",
                "",
            );
        mac.env.retain(|name, _| name == "PATH");
        let recorder = Recorder::new(&mac);
        recorder.read(Path::new(agent));
        let account = crate::probe::home::account(&recorder);
        assert_eq!(account.map(|it| it.name).as_deref(), Some("alice"));
        let recording = recorder.finish();
        let text: String =
            recording.files().iter().map(|it| String::from_utf8_lossy(&it.1).into_owned()).collect();
        assert!(!text.contains("alice") && !text.contains("CANARY"), "{text}");
        let kept = &recording.read[Path::new("/Users/user/Library/LaunchAgents/x.plist")];
        assert_eq!(kept, &Fact::Here(b"launchctl setenv PATH".to_vec()));
        let again =
            crate::probe::home::account(&crate::recording::replay::Replay::new(recording)).expect("the same");
        assert_eq!((again.name.as_str(), again.home), ("user", "/Users/user".into()));
    }
}
