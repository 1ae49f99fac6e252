//! The environments of Go's children: [`clean`] for what we vouch for, [`as_the_user`] for what is being tested. Pure.
//!
//! Go reads a setting from the environment, then from the user's `go/env`, then from `$GOROOT/go.env`; a variable that
//! is set to nothing counts as absent, so in the clean one everything that steers trust has a value, if only a name
//! that matches nothing. GOENV=off keeps `go/env` out; nothing but values keeps `go.env` out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A whole environment.
pub type Environment = BTreeMap<String, String>;

/// Matches no module.
const NOTHING: &str = "none.invalid";

/// Where programs are looked for in the clean environment, after Go's own.
pub const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// What a clean child may see of this machine.
#[derive(Clone, Debug)]
pub struct Clean<'a> {
    /// GOROOT of the chosen Go.
    pub go: &'a Path,
    /// The user's home.
    pub home: &'a Path,
    /// The user's GOPATH.
    pub gopath: &'a Path,
    /// The user's GOMODCACHE.
    pub modules: &'a Path,
    /// The user's GOCACHE.
    pub builds: &'a Path,
    /// A directory of ours for temporary files; it must be there.
    pub tmp: &'a Path,
    /// Where `go install` puts programs.
    pub bin: Option<&'a Path>,
    /// Where modules come from, as GOPROXY has it.
    pub goproxy: &'a str,
    /// Whether C is compiled.
    pub cgo: bool,
    /// Our own flags, and no others.
    pub goflags: Option<String>,
}

/// What of the user's environment reaches a clean child: how to get out, and whom to believe there.
const ALLOWED: [&str; 9] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NETRC",
];

/// The environment for downloading modules and for building what is verified afterwards.
pub fn clean(user: &Environment, it: &Clean) -> Environment {
    let path = |path: &Path| path.display().to_string();
    let mut env: Environment =
        ALLOWED.iter().filter_map(|name| Some(((*name).to_owned(), user.get(*name)?.clone()))).collect();
    let flags = quiet(it.goflags.as_deref().unwrap_or_default());
    let fixed = [
        ("HOME", path(it.home)),
        ("PATH", format!("{}:{PATH}", it.go.join("bin").display())),
        ("LANG", "C".to_owned()),
        ("LC_ALL", "C".to_owned()),
        ("TMPDIR", path(it.tmp)),
        ("GOPATH", path(it.gopath)),
        ("GOMODCACHE", path(it.modules)),
        ("GOCACHE", path(it.builds)),
        ("GOPROXY", it.goproxy.to_owned()),
        ("GOFLAGS", flags),
        ("CGO_ENABLED", if it.cgo { "1" } else { "0" }.to_owned()),
    ];
    env.extend(fixed.map(|(name, value)| (name.to_owned(), value)));
    if let Some(bin) = it.bin {
        env.insert("GOBIN".to_owned(), path(bin));
    }
    let set = [
        ("GOENV", "off"),
        ("GOWORK", "off"),
        ("GOTOOLCHAIN", "local"),
        ("GO111MODULE", "on"),
        ("GOSUMDB", "sum.golang.org"),
        ("GONOSUMDB", NOTHING),
        ("GONOPROXY", NOTHING),
        ("GOPRIVATE", NOTHING),
        ("GOINSECURE", NOTHING),
        ("GOVCS", "public:git,private:off"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("CC", "gcc"),
        ("CXX", "g++"),
        ("AR", "ar"),
        ("PKG_CONFIG", "pkg-config"),
        ("CGO_CFLAGS", "-g -O2"),
        ("CGO_CXXFLAGS", "-g -O2"),
        ("CGO_LDFLAGS", "-g -O2"),
    ];
    env.extend(set.map(|(name, value)| (name.to_owned(), value.to_owned())));
    env
}

/// The user's own environment with the chosen Go first, for the proof and for warming: what the user's build would see.
///
/// `go` must not go to the network for another toolchain or stand in a workspace, so those two are set; GOFLAGS loses
/// what concerns one project only, and gets ours.
pub fn as_the_user(user: &Environment, go: &Path, goflags: &str) -> Environment {
    let mut env = user.clone();
    let bin = go.join("bin").display().to_string();
    let path = env.get("PATH").filter(|it| !it.is_empty()).map_or(PATH, String::as_str);
    env.insert("PATH".to_owned(), format!("{bin}:{path}"));
    env.remove("GOROOT");
    for (name, value) in [("GOTOOLCHAIN", "local"), ("GOWORK", "off"), ("GO111MODULE", "on")] {
        env.insert(name.to_owned(), value.to_owned());
    }
    env.insert("GOFLAGS".to_owned(), quiet(goflags));
    env
}

/// These flags, and no question to a version control: Go would ask it for the state of the directory that it works in, and
/// git runs what the settings there name.
pub fn quiet(goflags: &str) -> String {
    format!("{goflags} -buildvcs=false").trim_start().to_owned()
}

/// The user's flags that matter to what is compiled, without those that concern one project or say what Go prints.
/// `None` when Go itself could not read them.
pub fn kept_flags(goflags: &str) -> Option<Vec<String>> {
    const DROPPED: [&str; 14] = [
        "mod",
        "modfile",
        "modcacherw",
        "overlay",
        "C",
        "o",
        "n",
        "x",
        "v",
        "a",
        "json",
        "work",
        "buildvcs",
        "p",
    ];
    let words = crate::toolexec::split(goflags)?;
    let name = |word: &str| {
        let word = word.trim_start_matches('-');
        word.split_once('=').map_or(word, |it| it.0).to_owned()
    };
    Some(words.into_iter().filter(|it| !DROPPED.contains(&name(it).as_str())).collect())
}

/// Finds a program as a shell would, in this environment's PATH; `there` says whether a path is a program.
pub fn find(env: &Environment, name: &str, there: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let dirs = env.get("PATH").map_or("", String::as_str).split(':');
    dirs.map(Path::new).filter(|it| it.is_absolute()).map(|it| it.join(name)).find(|it| there(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn ground(goflags: Option<&str>) -> Clean<'_> {
        Clean {
            go: Path::new("/opt/go"),
            home: Path::new("/home/ann"),
            gopath: Path::new("/home/ann/go"),
            modules: Path::new("/home/ann/go/pkg/mod"),
            builds: Path::new("/home/ann/.cache/go-build"),
            tmp: Path::new("/home/ann/.cache/fyne-setup/scratch"),
            bin: Some(Path::new("/staging")),
            goproxy: "https://goproxy.example",
            cgo: false,
            goflags: goflags.map(str::to_owned),
        }
    }

    #[test]
    fn nothing_of_a_hostile_environment_reaches_a_clean_child() {
        let hostile = env(&[
            ("LD_PRELOAD", "/tmp/x.so"),
            ("GOFLAGS", "-insecure -toolexec=/tmp/x"),
            ("GONOSUMDB", "*"),
            ("GOSUMDB", "off"),
            ("CC", "/tmp/cc"),
            ("PATH", "/tmp"),
            ("GIT_SSH_COMMAND", "/tmp/x"),
            ("GOCACHEPROG", "/tmp/x"),
            ("HTTPS_PROXY", "http://proxy.example:3128"),
        ]);
        let env = clean(&hostile, &ground(None));
        for (name, value) in [
            ("GOSUMDB", "sum.golang.org"),
            ("GONOSUMDB", NOTHING),
            ("GOFLAGS", "-buildvcs=false"),
            ("CC", "gcc"),
            ("CGO_ENABLED", "0"),
            ("GOBIN", "/staging"),
            ("HTTPS_PROXY", "http://proxy.example:3128"),
        ] {
            assert_eq!(env.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(env["PATH"].starts_with("/opt/go/bin:") && !env["PATH"].contains("/tmp"));
        assert!(env.values().all(|it| !it.contains("/tmp")), "{env:?}");
        assert!(["LD_PRELOAD", "GOCACHEPROG", "GIT_SSH_COMMAND"].iter().all(|it| !env.contains_key(*it)));
        assert!(env.values().all(|it| !it.is_empty()), "an empty value would let go.env decide: {env:?}");
    }

    #[test]
    fn the_users_environment_stays_but_for_what_would_lead_go_astray() {
        let user =
            env(&[("PATH", "/usr/bin"), ("GOROOT", "/old"), ("CC", "clang"), ("GOFLAGS", "-mod=vendor")]);
        let env = as_the_user(&user, Path::new("/opt/go"), "-tags=x");
        assert_eq!(env["PATH"], "/opt/go/bin:/usr/bin");
        assert_eq!((env["CC"].as_str(), env["GOFLAGS"].as_str()), ("clang", "-tags=x -buildvcs=false"));
        assert_eq!(env["GOTOOLCHAIN"], "local");
        assert!(!env.contains_key("GOROOT"));
    }

    #[test]
    fn flags_of_one_project_are_left_out() {
        let kept = |it: &str| kept_flags(it).map(|it| it.join(" "));
        assert_eq!(
            kept("-mod=vendor -tags=a,b --modfile=x '-ldflags=-s -w' -v").as_deref(),
            Some("-tags=a,b -ldflags=-s -w")
        );
        assert_eq!(kept("").as_deref(), Some(""));
        assert_eq!(kept("'-tags"), None);
    }

    #[test]
    fn programs_are_found_only_in_absolute_directories() {
        let env = env(&[("PATH", ".::/a:/b")]);
        assert_eq!(find(&env, "x", |_| true), Some("/a/x".into()));
        assert_eq!(find(&env, "x", |it| it == Path::new("/b/x")), Some("/b/x".into()));
        assert_eq!(find(&env, "x", |_| false), None);
    }
}
