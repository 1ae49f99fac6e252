//! Apple's developer tools on a Mac: which developer directory is in effect and who chose it, what lies in it, and what its
//! tools answer. Nothing here rests on a translated word: `xcrun` speaks English alone, and its exit code says the most.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::fact::Fact;

mod offered;

pub use offered::{newest, percent};

/// Where the Command Line Tools are installed, always.
pub const COMMAND_LINE_TOOLS: &str = "/Library/Developer/CommandLineTools";

/// What makes a directory one for developers.
pub const LIBXCRUN: &str = "usr/lib/libxcrun.dylib";

/// While this file is there, `softwareupdate` offers the Command Line Tools to whoever has not got them, as if the dialogue of
/// `xcode-select --install` were open (Homebrew's install.sh).
pub const PLACEHOLDER: &str = "/private/tmp/.com.apple.dt.CommandLineTools.installondemand.in-progress";

/// The links that choose a developer directory, the first that is there: the second is what `xcode-select --switch` writes and
/// `--reset` takes away.
pub const LINKS: [&str; 2] = ["/private/var/select/developer_dir", "/private/var/db/xcode_select_link"];

/// Every developer directory that we know of, and the one in effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Xcode {
    /// The one in effect, whether or not it is there; `Absent` where nothing was chosen and nothing is installed.
    pub active: Fact<Active>,
    /// All that are there: the Command Line Tools, Xcode, and the one in effect where that lies elsewhere.
    pub tools: Vec<Tools>,
    /// What `xcrun` says of the SDK for macOS; asked only where the directory in effect has its tools.
    pub sdk: Fact<Result<PathBuf, Refused>>,
    /// Whether the compiler for Metal is there, where an Xcode of 26 or newer is in effect: it is a download of its own.
    #[serde(default)]
    pub metal: Option<bool>,
}

/// The developer directory in effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Active {
    /// The directory.
    pub dir: PathBuf,
    /// What says so.
    pub by: ChosenBy,
}

/// What chose a developer directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    /// `DEVELOPER_DIR`.
    Variable,
    /// `xcode-select --switch`.
    Link,
    /// Nobody: it is the first of the usual places.
    Default,
}

/// A developer directory that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    /// The directory.
    pub dir: PathBuf,
    /// `16.4`.
    pub version: Option<String>,
    /// Its compiler is there.
    pub clang: bool,
    /// `usr/lib/libxcrun.dylib` is there: without it no program of /usr/bin takes the directory for one.
    pub xcrun: bool,
    /// Its SDKs for macOS.
    pub sdks: Vec<Sdk>,
    /// Of the Command Line Tools: the whole version in the receipt of their package (`16.4.0.0.1.1747106510`).
    #[serde(default)]
    pub receipt: Option<String>,
    /// What of it, or on the way to it, somebody else may write, who is neither root nor this user.
    #[serde(default)]
    pub hands: Option<PathBuf>,
}

/// An SDK.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sdk {
    /// `MacOSX15.5.sdk`.
    pub name: String,
    /// `15.5`, as its settings say.
    pub version: Option<String>,
}

/// Why `xcrun` gives no SDK, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Nobody accepted the licence of this Xcode.
    Licence(String),
    /// There is no SDK for macOS in it.
    NoSdk(String),
    /// It does not work.
    Dead(String),
}

impl Xcode {
    /// The directory in effect, where it is there.
    pub fn in_effect(&self) -> Option<&Tools> {
        let active = self.active.here()?;
        self.tools.iter().find(|it| it.dir == active.dir)
    }

    /// The Command Line Tools, whether or not they are in effect.
    pub fn command_line_tools(&self) -> Option<&Tools> {
        self.tools.iter().find(|it| it.is_command_line_tools())
    }

    /// A directory that could be used instead of the one in effect: what `xcode-select --reset` would choose, then any other.
    /// Root chooses none that somebody else may write: whoever compiles would run his programs.
    pub fn instead(&self) -> Option<&Tools> {
        let usable = || self.others().filter(|it| it.hands.is_none());
        usable().find(|it| DEFAULTS.iter().any(|dir| it.dir == Path::new(dir))).or_else(|| usable().next())
    }

    /// One that could be, if nobody else could write it; and what he may write.
    pub fn in_other_hands(&self) -> Option<(&Tools, &Path)> {
        self.others().find_map(|it| Some((it, it.hands.as_deref()?)))
    }

    fn others(&self) -> impl Iterator<Item = &Tools> {
        let active = self.active.here().map(|it| it.dir.as_path());
        self.tools.iter().filter(move |it| it.complete() && Some(it.dir.as_path()) != active)
    }

    /// Whether programs of /usr/bin may be started: they find the tools behind them, and open no dialogue.
    pub fn is_usable(&self) -> bool {
        self.in_effect().is_some_and(Tools::complete)
    }
}

/// Where `libxcselect` looks when nobody chose, in its order.
pub const DEFAULTS: [&str; 3] = [
    "/Applications/Xcode.app/Contents/Developer",
    COMMAND_LINE_TOOLS,
    "/Applications/Xcode-beta.app/Contents/Developer",
];

impl Tools {
    /// Whether the compiler and what leads to it are there.
    pub const fn complete(&self) -> bool {
        self.clang && self.xcrun
    }

    /// Whether an SDK is there as well.
    pub const fn whole(&self) -> bool {
        self.complete() && !self.sdks.is_empty()
    }

    /// Whether these are the Command Line Tools and not an Xcode.
    pub fn is_command_line_tools(&self) -> bool {
        self.dir == Path::new(COMMAND_LINE_TOOLS)
    }

    /// Whether it is an Xcode that is not finished.
    pub fn is_beta(&self) -> bool {
        self.dir.components().any(|it| {
            let name = it.as_os_str().to_string_lossy();
            is_called(&name, "Xcode", "app") && name.to_lowercase().contains("beta")
        })
    }

    /// What people call it: `Command Line Tools 16.4`, `Xcode 16.4`.
    pub fn name(&self) -> String {
        let what = if self.is_command_line_tools() { "Command Line Tools" } else { "Xcode" };
        let version = self.version.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
        format!("{what}{version}")
    }

    /// The newest SDK whose version is known.
    pub fn newest_sdk(&self) -> Option<&str> {
        let versions = self.sdks.iter().filter_map(|it| it.version.as_deref());
        versions.max_by_key(|it| numbers(it))
    }

    /// The major version, where it is known.
    pub fn major(&self) -> Option<u64> {
        numbers(self.version.as_deref()?).first().copied()
    }
}

/// Whether a name begins so and has this extension: `Xcode_16.2.app`, `MacOSX15.5.sdk`.
pub fn is_called(name: &str, begins: &str, extension: &str) -> bool {
    name.starts_with(begins) && Path::new(name).extension().is_some_and(|it| it == extension)
}

/// The Contents/Developer of an Xcode that is named by its application, as `DEVELOPER_DIR` and `xcode-select` take it.
pub fn developer_dir(named: &Path) -> PathBuf {
    if named.extension().is_some_and(|it| it == "app") {
        return named.join("Contents/Developer");
    }
    // A slash at the end makes no other directory.
    named.components().collect()
}

/// Where a developer directory keeps its compiler.
pub fn clang(dir: &Path) -> [PathBuf; 2] {
    ["usr/bin/clang", "Toolchains/XcodeDefault.xctoolchain/usr/bin/clang"].map(|it| dir.join(it))
}

/// Where it keeps its SDKs.
pub fn sdks(dir: &Path) -> PathBuf {
    if dir == Path::new(COMMAND_LINE_TOOLS) {
        dir.join("SDKs")
    } else {
        dir.join("Platforms/MacOSX.platform/Developer/SDKs")
    }
}

/// What `xcrun --show-sdk-path` comes to: it ends with 69 (`EX_UNAVAILABLE`) where a licence is not accepted.
pub fn sdk_path(code: Option<i32>, out: &str, err: &str) -> Result<PathBuf, Refused> {
    let path = out.lines().map(str::trim).find(|it| it.starts_with('/'));
    if let (Some(0), Some(path)) = (code, path) {
        return Ok(path.into());
    }
    let lines = || err.lines().chain(out.lines()).map(str::trim).filter(|it| !it.is_empty());
    let licence = |it: &&str| it.to_lowercase().contains("license");
    let no_sdk = |it: &&str| it.contains("cannot be located") || it.contains("unable to lookup item");
    if code == Some(69) || lines().any(|it| licence(&it)) {
        let said = lines().find(licence).or_else(|| lines().next());
        return Err(Refused::Licence(said.unwrap_or_default().to_owned()));
    }
    // The first line tells which program of its own it could not find; the cause stands below.
    if let Some(said) = lines().find(no_sdk) {
        return Err(Refused::NoSdk(said.to_owned()));
    }
    let said = lines().find(|it| it.contains("error:")).or_else(|| lines().next());
    Err(Refused::Dead(said.unwrap_or_default().to_owned()))
}

/// The version of an SDK, as its `SDKSettings.json` has it.
pub fn sdk_version(json: &[u8]) -> Option<String> {
    let settings: serde_json::Value = serde_json::from_slice(json).ok()?;
    settings.get("Version")?.as_str().map(str::to_owned)
}

/// The whole version of the Command Line Tools in the answer of `pkgutil --pkg-info`: `version: 16.4.0.0.1.1747106510`.
pub fn receipt(answer: &str) -> Option<String> {
    let version = answer.lines().find_map(|it| it.trim().strip_prefix("version:"))?.trim();
    (!version.is_empty()).then(|| version.to_owned())
}

/// As people say it: `16.4`.
pub fn package_version(receipt: &str) -> Option<String> {
    let parts: Vec<String> = numbers(receipt).into_iter().take(2).map(|it| it.to_string()).collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

/// A version's numbers, for comparing.
pub fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map_while(|it| it.trim().parse().ok()).collect()
}

/// What brought a compiler, as people call it, by its path.
pub fn origin(path: &Path) -> &'static str {
    let text = path.to_string_lossy();
    let has = |parts: &[&str]| parts.iter().any(|it| text.contains(it));
    match () {
        () if has(&["/ccache/", "/ccache"]) => "ccache",
        () if has(&["conda", "miniforge", "mambaforge"]) => "conda",
        () if text.starts_with("/nix/") || has(&["/.nix-profile/"]) => "Nix",
        () if text.starts_with("/opt/local/") => "MacPorts",
        () if text.starts_with("/opt/pkg/") => "pkgsrc",
        () if text.starts_with("/opt/homebrew/") || has(&["/Cellar/", "/usr/local/opt/"]) => "Homebrew",
        () if ["/usr/bin/", COMMAND_LINE_TOOLS, "/Applications/"].iter().any(|it| text.starts_with(it)) => {
            "Apple"
        }
        () if text.starts_with("/usr/local/") => "/usr/local",
        () => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tools(dir: &str, complete: bool) -> Tools {
        Tools { dir: dir.into(), clang: complete, xcrun: complete, ..Tools::default() }
    }

    #[test]
    fn an_answer_of_xcrun_is_an_sdk_a_licence_no_sdk_or_a_tool_that_is_dead() {
        let dir = "/Library/Developer/CommandLineTools/SDKs/MacOSX.sdk";
        let licence = "You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' from \
                       within a Terminal window to review and agree to the Xcode and Apple SDKs license.";
        let none = "xcrun: error: SDK \"macosx\" cannot be located";
        let item = "xcrun: error: unable to lookup item 'Path' in SDK 'macosx'";
        let dead = "xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: \
                    /Library/Developer/CommandLineTools/usr/bin/xcrun";
        let rows = [
            (Some(0), "/Library/Developer/CommandLineTools/SDKs/MacOSX.sdk\n", "", Ok(dir.into())),
            (Some(69), "", licence, Err(Refused::Licence(licence.into()))),
            (Some(69), "", "", Err(Refused::Licence(String::new()))),
            (Some(1), "", &format!("\n{licence}\n"), Err(Refused::Licence(licence.into()))),
            (Some(1), "", &format!("{none}\n{item}\n"), Err(Refused::NoSdk(none.into()))),
            (Some(1), "", dead, Err(Refused::Dead(dead.into()))),
            (None, "", "", Err(Refused::Dead(String::new()))),
            (Some(0), "", "", Err(Refused::Dead(String::new()))),
        ];
        for (code, out, err, want) in rows {
            assert_eq!(sdk_path(code, out, err), want, "{code:?} {err}");
        }
    }

    #[test]
    fn a_receipt_and_an_sdk_give_their_version_or_nothing() {
        let receipt =
            "package-id: com.apple.pkg.CLTools_Executables\nversion: 16.4.0.0.1.1747106510\nvolume: /\n";
        assert_eq!(super::receipt(receipt).as_deref(), Some("16.4.0.0.1.1747106510"));
        assert_eq!(package_version("16.4.0.0.1.1747106510").as_deref(), Some("16.4"));
        let none = super::receipt("No receipt for 'com.apple.pkg.CLTools_Executables' found at '/'.\n");
        assert_eq!((none, super::receipt("version: \n"), package_version("x")), (None, None, None));
        assert_eq!(
            sdk_version(br#"{"CanonicalName":"macosx15.5","Version":"15.5"}"#).as_deref(),
            Some("15.5")
        );
        assert_eq!((sdk_version(b"{"), sdk_version(b"{\"Version\":7}")), (None, None));
    }

    #[test]
    fn what_could_be_used_instead_is_whole_and_the_usual_place_comes_first() {
        let seen = |tools: Vec<Tools>| {
            let active =
                Active { dir: "/Applications/Gone.app/Contents/Developer".into(), by: ChosenBy::Link };
            Xcode { active: Fact::Here(active), tools, sdk: Fact::unlooked(), metal: None }
        };
        let other = "/Applications/Xcode_15.4.app/Contents/Developer";
        let both = seen(vec![tools(other, true), tools(COMMAND_LINE_TOOLS, true)]);
        assert_eq!(both.instead().map(|it| it.dir.as_path()), Some(Path::new(COMMAND_LINE_TOOLS)));
        let half = seen(vec![tools(other, true), tools(COMMAND_LINE_TOOLS, false)]);
        assert_eq!(half.instead().map(|it| it.dir.as_path()), Some(Path::new(other)));
        assert_eq!(seen(vec![tools(COMMAND_LINE_TOOLS, false)]).instead(), None);
        let theirs = Tools { hands: Some("/Applications".into()), ..tools(other, true) };
        let theirs = seen(vec![theirs]);
        let seen_hands = theirs.in_other_hands().map(|it| (it.0.dir.as_path(), it.1));
        assert_eq!(
            (theirs.instead(), seen_hands),
            (None, Some((Path::new(other), Path::new("/Applications"))))
        );
        assert!(!both.is_usable() && both.in_effect().is_none(), "what is chosen is gone");
        let active = Active { dir: other.into(), by: ChosenBy::Variable };
        let used = Xcode { active: Fact::Here(active), ..both };
        assert!(used.is_usable());
        assert_eq!(used.instead().map(|it| it.dir.as_path()), Some(Path::new(COMMAND_LINE_TOOLS)));
    }

    #[test]
    fn a_developer_directory_is_named_by_its_application_too() {
        for (named, dir) in [
            ("/Applications/Xcode.app", "/Applications/Xcode.app/Contents/Developer"),
            ("/Applications/Xcode.app/", "/Applications/Xcode.app/Contents/Developer"),
            ("/Library/Developer/CommandLineTools/", COMMAND_LINE_TOOLS),
        ] {
            assert_eq!(developer_dir(Path::new(named)), Path::new(dir), "{named}");
        }
        assert!(tools("/Applications/Xcode-beta.app/Contents/Developer", true).is_beta());
        assert!(!tools("/Users/beta/Xcode.app/Contents/Developer", true).is_beta());
    }

    #[test]
    fn a_compiler_is_told_by_what_brought_it() {
        for (path, want) in [
            ("/usr/bin/clang", "Apple"),
            ("/opt/homebrew/opt/llvm/bin/clang", "Homebrew"),
            ("/usr/local/opt/llvm/bin/clang", "Homebrew"),
            ("/opt/homebrew/opt/ccache/libexec/clang", "ccache"),
            ("/opt/local/bin/clang", "MacPorts"),
            ("/opt/pkg/bin/clang", "pkgsrc"),
            ("/opt/anaconda3/bin/x86_64-apple-darwin13.4.0-clang", "conda"),
            ("/nix/store/x-clang-wrapper/bin/clang", "Nix"),
            ("/Users/ann/bin/clang", ""),
        ] {
            assert_eq!(origin(Path::new(path)), want, "{path}");
        }
    }
}
