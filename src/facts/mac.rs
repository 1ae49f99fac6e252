//! What a Mac says of itself: `SystemVersion.plist`, `sysctl`, `dscl`. Readers of a text each; none fails.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::facts::passwd::Account;
use crate::version::BadVersion;

/// The group of administrators (`admin`): whoever `sudo` serves on a Mac, as Apple's `/etc/sudoers` has it.
pub const ADMINISTRATORS: u32 = 80;

/// What a Mac says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacHost {
    /// Which macOS it is; of an old one, the truth behind the `10.16` that it tells to old programs.
    pub version: Option<MacVersion>,
    /// `24C101`.
    #[serde(default)]
    pub build: String,
    /// This process is one for Intel's processors, and Rosetta translates it.
    #[serde(default)]
    pub translated: bool,
    /// The processor is Apple's, whatever this process takes it for.
    #[serde(default)]
    pub apple_silicon: bool,
    /// The PATH that somebody has set for programs that no shell starts (`launchctl setenv`); absent where nobody has.
    pub gui_path: Fact<String>,
    /// The file that sets it at each login.
    #[serde(default)]
    pub gui_agent: Option<PathBuf>,
}

impl Default for MacHost {
    /// Nothing was looked at.
    fn default() -> Self {
        let (version, build, translated, apple_silicon, gui_agent) = <_>::default();
        Self { version, build, translated, apple_silicon, gui_path: Fact::unlooked(), gui_agent }
    }
}

/// Which macOS: `15.2`, `13.6.1`, `10.14.6`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MacVersion {
    /// 15, 26; 10 before macOS 11.
    pub major: u16,
    /// 2 of 15.2.
    pub minor: u16,
    /// 1 of 15.3.1.
    pub patch: u16,
}

impl MacVersion {
    /// `15.2`.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor, patch: 0 }
    }

    /// What newer systems tell to programs that were built before macOS 11, or with `SYSTEM_VERSION_COMPAT=1`.
    pub const fn is_pretended(self) -> bool {
        self.major == 10 && self.minor == 16
    }

    /// The first release with this kernel: Darwin 20 is macOS 11, 24 is 15, 25 is 26. Apple changes it from a major release
    /// to the next, and tells it to every program as it is.
    pub fn of_kernel(release: &str) -> Option<Self> {
        let darwin: u16 = release.split('.').next()?.parse().ok()?;
        match darwin {
            20..=24 => Some(Self::new(darwin - 9, 0)),
            25..=99 => Some(Self::new(darwin + 1, 0)),
            8..=19 => Some(Self::new(10, darwin - 4)),
            _ => None,
        }
    }
}

impl FromStr for MacVersion {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let numbers: Option<Vec<u16>> = text.split('.').map(|it| it.parse::<u16>().ok()).collect();
        match numbers.as_deref() {
            Some([major]) => Ok(Self::new(*major, 0)),
            Some([major, minor]) => Ok(Self::new(*major, *minor)),
            Some([major, minor, patch]) => Ok(Self { patch: *patch, ..Self::new(*major, *minor) }),
            _ => Err(BadVersion(text.to_owned())),
        }
    }
}

impl fmt::Display for MacVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch > 0 { write!(f, ".{}", self.patch) } else { Ok(()) }
    }
}

impl From<MacVersion> for String {
    fn from(version: MacVersion) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for MacVersion {
    type Error = BadVersion;

    fn try_from(text: String) -> Result<Self, BadVersion> {
        text.parse()
    }
}

/// The text that a property list in XML has for a key of its first dictionary. A binary one, and what is no text, gives none.
pub fn plist_text<'a>(plist: &'a str, key: &str) -> Option<&'a str> {
    let after = plist.split_once(&format!("<key>{key}</key>"))?.1.trim_start();
    let value = after.strip_prefix("<string>")?.split_once("</string>")?.0;
    Some(value.trim())
}

/// A number of `sysctl NAME…`: `hw.optional.arm64: 1`. A name that this kernel does not know is not printed.
pub fn sysctl(said: &str, name: &str) -> Option<u64> {
    let line = said.lines().find_map(|it| it.strip_prefix(name)?.trim_start().strip_prefix([':', '=']))?;
    line.trim().parse().ok()
}

/// The account that `dscl . -read /Users/NAME NFSHomeDirectory UserShell` tells of. A value with a blank in it stands on a line
/// of its own, behind one blank.
pub fn account(name: &str, said: &str) -> Option<Account> {
    let value = |key: &str| {
        let mut lines = said.lines().skip_while(|it| !it.starts_with(&format!("{key}:")));
        let first = lines.next()?.split_once(':')?.1.trim();
        let value = if first.is_empty() { lines.next()?.strip_prefix(' ')?.trim() } else { first };
        (!value.is_empty()).then(|| PathBuf::from(value))
    };
    let home = value("NFSHomeDirectory")?;
    Some(Account {
        name: name.to_owned(),
        home,
        shell: value("UserShell").unwrap_or_else(|| "/bin/sh".into()),
    })
}

/// The name that `dscl . -search /Users UniqueID 501` finds: the first word of its first line.
pub fn found_name(said: &str) -> Option<&str> {
    let name = said.lines().next()?.split_whitespace().next()?;
    (!name.ends_with(':') && !name.starts_with(['<', '/'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_up_to_three_numbers_and_an_order() {
        let version = |it: &str| it.parse::<MacVersion>();
        for (text, shown) in [("15.2", "15.2"), ("26", "26.0"), ("10.14.6", "10.14.6"), ("13.6.0", "13.6")] {
            assert_eq!(version(text).map(|it| it.to_string()), Ok(shown.to_owned()));
        }
        for bad in ["", "15.", "a.b", "1.2.3.4", "70000", "15.2 (a)", "-1"] {
            assert!(version(bad).is_err(), "{bad}");
        }
        let known = |it: &str| version(it).expect("a version");
        assert!(known("10.15") < known("11.0") && known("15.2") < known("26.0"));
        assert!(
            version("10.16").expect("one").is_pretended() && !version("10.15.7").expect("one").is_pretended()
        );
    }

    #[test]
    fn the_kernel_tells_which_macos_it_is() {
        for (kernel, want) in [
            ("18.7.0", Some("10.14")),
            ("19.6.0", Some("10.15")),
            ("20.6.0", Some("11.0")),
            ("22.6.0", Some("13.0")),
            ("24.2.0", Some("15.0")),
            ("25.0.0", Some("26.0")),
            ("6.1.0", None),
            ("", None),
        ] {
            assert_eq!(MacVersion::of_kernel(kernel).map(|it| it.to_string()).as_deref(), want, "{kernel}");
        }
    }

    #[test]
    fn texts_of_a_property_list_are_found_by_their_keys() {
        let plist = "<plist version=\"1.0\">\n<dict>\n\t<key>ProductBuildVersion</key>\n\t<string>24C101</string>\n\
                     \t<key>Flag</key>\n\t<true/>\n\t<key>ProductVersion</key>\n\t<string>15.2</string>\n</dict>";
        assert_eq!(plist_text(plist, "ProductVersion"), Some("15.2"));
        assert_eq!(plist_text(plist, "ProductBuildVersion"), Some("24C101"));
        assert_eq!((plist_text(plist, "Flag"), plist_text(plist, "Product")), (None, None));
        assert_eq!(plist_text("<key>A</key><string>cut", "A"), None);
        assert_eq!(plist_text("bplist00\u{1}", "A"), None);
    }

    #[test]
    fn sysctl_says_what_it_knows() {
        let said = "sysctl.proc_translated: 0\nhw.optional.arm64: 1\n";
        assert_eq!(
            (sysctl(said, "hw.optional.arm64"), sysctl(said, "sysctl.proc_translated")),
            (Some(1), Some(0))
        );
        assert_eq!(
            (sysctl("", "hw.optional.arm64"), sysctl("hw.optional.arm64_x: 1", "hw.optional.arm64")),
            (None, None)
        );
    }

    #[test]
    fn an_account_is_read_with_and_without_blanks() {
        let plain = account("ann", "NFSHomeDirectory: /Users/ann\nUserShell: /bin/zsh\n").expect("one");
        assert_eq!((plain.home, plain.shell), ("/Users/ann".into(), "/bin/zsh".into()));
        let blank =
            account("ann", "NFSHomeDirectory:\n /Volumes/User HD/ann\nUserShell: /bin/bash\n").expect("one");
        assert_eq!((blank.home, blank.shell), ("/Volumes/User HD/ann".into(), "/bin/bash".into()));
        assert_eq!(
            account("ann", "NFSHomeDirectory: /Users/ann\n").map(|it| it.shell),
            Some("/bin/sh".into())
        );
        for odd in ["", "UserShell: /bin/zsh\n", "NFSHomeDirectory:\n", "<dscl_cmd> DS Error: -14136\n"] {
            assert_eq!(account("ann", odd), None, "{odd}");
        }
        assert_eq!(found_name("ann\t\tUniqueID = (\n    501\n)\n"), Some("ann"));
        assert_eq!((found_name(""), found_name("<dscl_cmd> DS Error: -14009")), (None, None));
    }
}
