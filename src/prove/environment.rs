//! The environments of Go's children: [`clean`] for what we vouch for, [`as_the_user`] for what is being tested. Pure.
//!
//! Go reads a setting from the environment, then from the user's `go/env`, then from `$GOROOT/go.env`; a variable that
//! is set to nothing counts as absent, so in the clean one everything that steers trust has a value, if only a name
//! that matches nothing. GOENV=off keeps `go/env` out; nothing but values keeps `go.env` out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::path_style::PathStyle;
use crate::system::Environment;
use crate::system::environment::PATH;

/// The variables of the user's environment.
pub type Variables = BTreeMap<String, String>;

/// Matches no module.
const NOTHING: &str = "none.invalid";

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
    /// The directory of the C compiler, on a system that has no place of its own for programs (Windows).
    pub compiler: Option<&'a Path>,
    /// Where modules come from, as GOPROXY has it.
    pub goproxy: &'a str,
    /// Whether C is compiled.
    pub cgo: bool,
    /// How paths are written here.
    pub style: PathStyle,
    /// Our own flags, and no others.
    pub goflags: Option<String>,
}

/// What of the user's environment reaches a clean child: how to get out, whom to believe there, and where Go's counters lie
/// (its settings file lies there too, and GOENV=off keeps that out).
const ALLOWED: [&str; 11] = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NETRC",
    "XDG_CONFIG_HOME",
    "APPDATA",
];

/// The environment for downloading modules and for building what is verified afterwards.
pub fn clean(user: &Variables, it: &Clean) -> Environment {
    let path = |path: &Path| it.style.shown(path);
    let mut env = Environment::fixed(&ALWAYS);
    for name in ALLOWED {
        if let Some(value) = user.get(name) {
            env.set(name, value);
        }
    }
    for (name, value) in [
        ("HOME", path(it.home)),
        ("PATH", path_with(it.style, user, [Some(&*it.go.join("bin")), it.compiler])),
        ("TMPDIR", path(it.tmp)),
        ("GOPATH", path(it.gopath)),
        ("GOMODCACHE", path(it.modules)),
        ("GOCACHE", path(it.builds)),
        ("GOPROXY", it.goproxy.to_owned()),
        ("GOFLAGS", quiet(it.goflags.as_deref().unwrap_or_default())),
        ("CGO_ENABLED", if it.cgo { "1" } else { "0" }.to_owned()),
    ] {
        env.set(name, value);
    }
    if let Some(bin) = it.bin {
        env.set("GOBIN", path(bin));
    }
    if it.style == PathStyle::Windows {
        for (name, dir) in [("TMP", it.tmp), ("TEMP", it.tmp), ("USERPROFILE", it.home)] {
            env.set(name, path(dir));
        }
    }
    env
}

/// Directories, and where the system keeps its programs.
fn path_with<const N: usize>(style: PathStyle, user: &Variables, dirs: [Option<&Path>; N]) -> String {
    let dirs: Vec<&Path> = dirs.into_iter().flatten().collect();
    format!("{}{}{}", style.join_list(&dirs), style.separator(), system_path(style, user))
}

/// Where the system keeps its programs.
fn system_path(style: PathStyle, user: &Variables) -> String {
    match style {
        PathStyle::Unix => PATH.to_owned(),
        PathStyle::Windows => {
            let root = user.get("SYSTEMROOT").filter(|it| style.is_absolute(it));
            let root = style.path(root.map_or("C:/Windows", String::as_str));
            style.join_list(&[root.join("System32"), root])
        }
    }
}

/// The same on every machine. A variable that is set to nothing would let Go's files decide.
const ALWAYS: [(&str, &str); 21] = [
    ("LANG", "C"),
    ("LC_ALL", "C"),
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
    ("GOAUTH", "netrc"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("CC", "gcc"),
    ("CXX", "g++"),
    ("AR", "ar"),
    ("PKG_CONFIG", "pkg-config"),
    ("CGO_CFLAGS", "-g -O2"),
    ("CGO_CXXFLAGS", "-g -O2"),
    ("CGO_LDFLAGS", "-g -O2"),
];

/// The user's own environment with the chosen Go first, for the proof and for warming: what the user's build would see.
///
/// `go` must not go to the network for another toolchain or stand in a workspace, so those two are set; GOFLAGS loses
/// what concerns one project only, and gets ours.
pub fn as_the_user(style: PathStyle, user: &Variables, go: &Path, goflags: &str) -> Environment {
    let mut env = Environment::of_user(user);
    let bin = style.join_list(&[go.join("bin")]);
    let path = user.get("PATH").filter(|it| !it.is_empty());
    let path = path.cloned().unwrap_or_else(|| system_path(style, user));
    env.set("PATH", format!("{bin}{}{path}", style.separator()));
    env.remove("GOROOT");
    for (name, value) in [("GOTOOLCHAIN", "local"), ("GOWORK", "off"), ("GO111MODULE", "on")] {
        env.set(name, value);
    }
    env.set("GOFLAGS", quiet(goflags));
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
pub fn find(style: PathStyle, env: &Variables, name: &str, there: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let dirs = style.list(env.get("PATH").map_or("", String::as_str));
    let files = style.programs(name, env.get("PATHEXT").map(String::as_str));
    let dirs = dirs.iter().filter(|it| style.is_absolute(it));
    dirs.flat_map(|dir| files.iter().map(|it| dir.join(it))).find(|it| there(it))
}

#[cfg(test)]
#[expect(clippy::disallowed_macros, clippy::print_stderr, reason = "a skipped test says so")]
mod tests {
    use super::*;
    use crate::system::real::RealLook;
    use crate::system::{Ask, Look};

    fn env(pairs: &[(&str, &str)]) -> Variables {
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
            compiler: None,
            goproxy: "https://goproxy.example",
            cgo: false,
            style: PathStyle::Unix,
            goflags: goflags.map(str::to_owned),
        }
    }

    #[test]
    fn on_windows_lists_and_programs_are_those_of_windows() {
        let user = env(&[("PATH", r#"C:\a;"C:\b c""#), ("PATHEXT", ".EXE"), ("SYSTEMROOT", r"D:\Windows")]);
        let at = |it: &Path| it == Path::new("C:/b c/gcc.exe");
        assert_eq!(find(PathStyle::Windows, &user, "gcc", at), Some("C:/b c/gcc.exe".into()));
        let path = |it: Environment| it.get("PATH").cloned();
        let told = as_the_user(PathStyle::Windows, &user, Path::new("C:/Go"), "");
        assert_eq!(path(told).as_deref(), Some(r#"C:\Go\bin;C:\a;"C:\b c""#));
        let ground = Clean {
            style: PathStyle::Windows,
            go: Path::new("C:/Go"),
            modules: Path::new("C:/Users/Ann/go/pkg/mod"),
            tmp: Path::new("C:/tmp"),
            compiler: Some(Path::new("C:/b c")),
            ..ground(None)
        };
        let clean = clean(&user, &ground);
        assert_eq!(path(clean.clone()).as_deref(), Some(r"C:\Go\bin;C:\b c;D:\Windows\System32;D:\Windows"));
        // Go writes this path into what it compiles, letter for letter: the user's own build has to have the same.
        assert_eq!(clean["GOMODCACHE"], r"C:\Users\Ann\go\pkg\mod");
        assert_eq!((clean["TMP"].as_str(), clean["TEMP"].as_str()), (r"C:\tmp", r"C:\tmp"));
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
            ("XDG_CONFIG_HOME", "/home/ann/etc"),
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
            ("XDG_CONFIG_HOME", "/home/ann/etc"),
        ] {
            assert_eq!(env.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(env["PATH"].starts_with("/opt/go/bin:") && !env["PATH"].contains("/tmp"));
        assert!(env.values().all(|it| !it.contains("/tmp")), "{env:?}");
        assert!(["LD_PRELOAD", "GOCACHEPROG", "GIT_SSH_COMMAND"].iter().all(|it| !env.contains_key(*it)));
        assert!(env.values().all(|it| !it.is_empty()), "an empty value would let go.env decide: {env:?}");
    }

    /// What `go env` says in a clean environment, for a user whose environment and own settings file are these.
    fn said_by_go(go: &Path, user: &Variables, file: &str) -> serde_json::Map<String, serde_json::Value> {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let home = Path::new("{scratch}");
        let it = Clean { go, home, tmp: home, ..ground(None) };
        let ask = Ask {
            program: go.join("bin/go"),
            args: ["env", "-json"].map(str::to_owned).to_vec(),
            env: clean(user, &it),
            files: vec![(".config/go/env".into(), file.into()), ("etc/go/env".into(), file.into())],
            limit_ms: 60_000,
            ..Ask::default()
        };
        let look = RealLook::new(Variables::new(), dir.path().join("scratch"));
        let answer = look.run(&ask).into_here().expect("it runs");
        let mut all: serde_json::Map<_, _> = serde_json::from_str(&answer.out()).expect("JSON");
        // The directory of the moment is in these.
        all.retain(|name, _| !["GOGCCFLAGS", "GOTELEMETRYDIR"].contains(&&**name));
        all
    }

    #[test]
    fn go_says_the_same_of_a_clean_environment_whatever_the_user_has_set() {
        let known = RealLook::environment();
        let dirs = known.get("PATH").map(String::as_str).unwrap_or_default();
        let path = env(&[("PATH", &format!("{dirs}:/usr/local/go/bin"))]);
        let look = RealLook::new(Variables::new(), PathBuf::new());
        let tools = |it: &Path| Some(it.parent()?.with_file_name("pkg").join("tool"));
        let real = |it: &Path| tools(it).is_some_and(|it| look.stat(&it).is_here());
        let Some(go) = find(PathStyle::Unix, &path, "go", real) else {
            eprintln!("SKIPPED: no real Go on this machine; its own word on the environment is not asked");
            return;
        };
        let root = go.parent().and_then(Path::parent).expect("root/bin/go");
        let plain = said_by_go(root, &Variables::new(), "");
        let steering = "GOFLAGS=-toolexec=/tmp/x\nGOPROXY=https://evil.example\nGOSUMDB=off\nGONOSUMDB=*\n\
             GOPRIVATE=*\nGONOPROXY=*\nGOINSECURE=*\nGOVCS=*:all\nGOTOOLCHAIN=go1.99.0\nGO111MODULE=off\n\
             GOCACHE=/tmp/c\nGOMODCACHE=/tmp/m\nGOPATH=/tmp/p\nGOBIN=/tmp/b\nCC=/tmp/cc\nCXX=/tmp/cxx\nAR=/tmp/ar\n\
             PKG_CONFIG=/tmp/pc\nCGO_ENABLED=1\nCGO_CFLAGS=-fplugin=/tmp/x\nCGO_LDFLAGS=-B/tmp\nCGO_CXXFLAGS=-B/tmp\n\
             CGO_CPPFLAGS=-B/tmp\nCGO_FFLAGS=-B/tmp\nFC=/tmp/fc\nGCCGO=/tmp/g\nGOAUTH=/tmp/auth\nGOCACHEPROG=/tmp/prog\n\
             GOEXPERIMENT=none\nGOOS=plan9\nGOARCH=386\nGOAMD64=v4\nGOTMPDIR=/tmp\nGODEBUG=execwait=2\n";
        let hostile: Variables = steering
            .lines()
            .chain([
                "XDG_CONFIG_HOME={scratch}/etc",
                "GOWORK=/tmp/w",
                "GOENV=/tmp/e",
                "GOROOT=/tmp/r",
                "GOTOOLDIR=/tmp/t",
                "GIT_DIR=/tmp/g",
            ])
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(said_by_go(root, &hostile, steering), plain);
        for (name, value) in [
            ("GOFLAGS", "-buildvcs=false"),
            ("GOWORK", "off"),
            ("GOTOOLCHAIN", "local"),
            ("GOPROXY", "https://goproxy.example"),
            ("GOSUMDB", "sum.golang.org"),
            ("GONOSUMDB", NOTHING),
            ("GOPRIVATE", NOTHING),
            ("GOINSECURE", NOTHING),
            ("GOAUTH", "netrc"),
            ("CC", "gcc"),
            ("CGO_ENABLED", "0"),
            ("CGO_CFLAGS", "-g -O2"),
            ("GOBIN", "/staging"),
            ("GO111MODULE", "on"),
        ] {
            // An older Go does not know them all.
            let said = plain.get(name).and_then(serde_json::Value::as_str).unwrap_or(value);
            assert_eq!(said, value, "{name}");
        }
    }

    #[test]
    fn the_users_environment_stays_but_for_what_would_lead_go_astray() {
        let user =
            env(&[("PATH", "/usr/bin"), ("GOROOT", "/old"), ("CC", "clang"), ("GOFLAGS", "-mod=vendor")]);
        let env = as_the_user(PathStyle::Unix, &user, Path::new("/opt/go"), "-tags=x");
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
        assert_eq!(find(PathStyle::Unix, &env, "x", |_| true), Some("/a/x".into()));
        assert_eq!(find(PathStyle::Unix, &env, "x", |it| it == Path::new("/b/x")), Some("/b/x".into()));
        assert_eq!(find(PathStyle::Unix, &env, "x", |_| false), None);
    }
}
