//! What a Mac has besides: programs that the system may refuse to start, Homebrew, the kind of session. Readers of what
//! Apple's tools print; none fails. Formats: `codesign(1)`, `spctl(8)`, `launchctl(1)`, Apple's technical note 2206.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Why};

/// What a Mac has besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apple {
    /// Programs that matter here and that the system may refuse to start.
    pub programs: Vec<Program>,
    /// Every Homebrew.
    pub brews: Vec<Brew>,
}

/// A program, as the system sees it that starts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Where it is, links resolved.
    pub path: PathBuf,
    /// Which it is.
    pub role: Role,
    /// What whoever downloaded it wrote beside it, and what the system says of it for that.
    pub quarantine: Fact<Quarantine>,
    /// Why its signature does not hold, where that was to be asked: what `codesign` says. `Absent` where nothing speaks
    /// against it, or `codesign` says that it holds.
    pub broken: Fact<String>,
    /// Who signed it, where `codesign` was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Described>,
    /// Whether it has the number (`LC_UUID`) without which macOS 26 starts nothing that uses its libraries.
    pub uuid: Option<bool>,
}

impl Program {
    /// Whether macOS stops it as it lies there, or nobody can tell whether it opens a dialogue instead: it is not run.
    pub fn is_held(&self) -> bool {
        self.broken.is_here() || self.is_marked()
    }

    /// Whether it has a quarantine that macOS has not accepted.
    pub fn is_marked(&self) -> bool {
        self.quarantine.here().is_some_and(|it| it.assessed != Assessed::Accepted)
    }
}

/// What whoever downloads a file writes beside it (`com.apple.quarantine`), and what the system says of it for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantine {
    /// `0081;65a1b2c3;Safari;UUID`.
    pub value: String,
    /// What the system says.
    pub assessed: Assessed,
}

/// Which program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// `bin/go` of the Go in use.
    Go,
    /// The fyne CLI that is run.
    Cli,
    /// Ours.
    Own,
}

/// What the system says of a program that was downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assessed {
    /// It runs.
    Accepted,
    /// It does not; why, as the system has it.
    Rejected(String),
    /// Nobody knows.
    Unknown,
}

/// A Homebrew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brew {
    /// `/opt/homebrew`.
    pub prefix: PathBuf,
    /// The account whose it is, where it is not ours.
    pub other: Option<String>,
}

impl Brew {
    /// Whether it is one for Intel's processors: that one is always in `/usr/local`, and every other elsewhere.
    pub fn is_intel(&self) -> bool {
        self.prefix == std::path::Path::new("/usr/local")
    }
}

/// Of the flags in front of a quarantine: the person was asked and agreed (`QTN_FLAG_USER_APPROVED`).
const APPROVED: u32 = 0x40;

/// Whether the person was asked about a program, and agreed: `01c1;65a1b2c3;Safari;UUID`. What cannot be read is not agreed to.
pub fn is_approved(quarantine: &str) -> bool {
    let flags = quarantine.split(';').next().and_then(|it| u32::from_str_radix(it.trim(), 16).ok());
    flags.is_some_and(|it| it & APPROVED != 0)
}

/// The quarantine of a file, by the code and the words of `xattr -p com.apple.quarantine FILE`. The attribute has one line;
/// what follows is nobody's word.
pub fn quarantine(code: Option<i32>, out: &str, said: &str) -> Fact<String> {
    let value = out.lines().next().unwrap_or_default().trim();
    match code {
        Some(0) if !value.is_empty() => Fact::Here(value.to_owned()),
        Some(1) if said.contains("No such xattr") => Fact::Absent,
        _ => {
            let line = said.lines().next().unwrap_or_default().trim();
            let words = if line.is_empty() { "xattr" } else { line };
            Fact::Unknown(Why::System(words.to_owned()))
        }
    }
}

/// What `spctl --assess --type execute -v FILE` comes to, by its code and its words. Of a program that is no app it says
/// only that, whoever signed it: then nobody knows.
pub fn assessed(code: Option<i32>, said: &str) -> Assessed {
    match code {
        Some(0) => Assessed::Accepted,
        Some(3) if said.contains("does not seem to be an app") => Assessed::Unknown,
        Some(3) => {
            let source = said.lines().find_map(|it| it.strip_prefix("source="));
            let words = source.or_else(|| Some(said.lines().next()?.rsplit_once(": ")?.1));
            Assessed::Rejected(words.unwrap_or("rejected").to_owned())
        }
        _ => Assessed::Unknown,
    }
}

/// Why a signature does not hold, by the code and the words of `codesign --verify --strict FILE`: 1 says so, 0 that it
/// holds. 2 is a wrong question, 3 another requirement: then nobody knows.
pub fn broken(code: Option<i32>, said: &str) -> Fact<String> {
    let line = said.lines().next().unwrap_or_default();
    let words = line.rsplit_once(": ").map_or(line, |it| it.1);
    match code {
        Some(0) => Fact::Absent,
        // It can be asked no more than to name a file that is not there.
        Some(1) if !words.is_empty() && !words.contains("No such file") => Fact::Here(words.to_owned()),
        _ => Fact::Unknown(Why::System(if line.is_empty() { "codesign" } else { line }.to_owned())),
    }
}

/// What `codesign -dv --verbose=4 FILE` tells, on its standard error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The certificates, the signer's first.
    pub authorities: Vec<String>,
    /// The team.
    pub team: Option<String>,
    /// Signed by nobody.
    pub ad_hoc: bool,
    /// By the linker, as it links everything.
    pub by_linker: bool,
    /// With the hardened runtime, which notarization wants.
    pub hardened: bool,
    /// A notarization's ticket is in the file.
    pub stapled: bool,
}

impl Described {
    /// In the words of `codesign`.
    pub fn words(&self) -> String {
        let authority = self.authorities.first().map(|it| format!("Authority={it}"));
        let flag = |is: bool, word: &str| is.then(|| word.to_owned());
        let all = [
            authority,
            self.team.as_ref().map(|it| format!("TeamIdentifier={it}")),
            flag(self.ad_hoc, "Signature=adhoc"),
            flag(self.by_linker, "linker-signed"),
            flag(self.stapled, "Notarization Ticket=stapled"),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Reads it. `None` for what is not signed at all.
pub fn described(said: &str) -> Option<Described> {
    let value = |key: &str| said.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
    let flags = said.lines().find(|it| it.starts_with("CodeDirectory "))?;
    let flags = flags.split_once("flags=").and_then(|it| it.1.split_once('(')).map_or("", |it| it.1);
    let flags: Vec<&str> = flags.split(')').next().unwrap_or_default().split(',').collect();
    let all = said.lines().filter_map(|it| it.strip_prefix("Authority="));
    Some(Described {
        authorities: all.map(str::to_owned).collect(),
        team: value("TeamIdentifier").filter(|it| *it != "not set").map(str::to_owned),
        ad_hoc: flags.contains(&"adhoc"),
        by_linker: flags.contains(&"linker-signed"),
        hardened: flags.contains(&"runtime"),
        stapled: value("Notarization Ticket") == Some("stapled"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOGLE: &str = "Executable=/usr/local/go/bin/go\nIdentifier=org.golang.go\nFormat=Mach-O thin (arm64)\n\
        CodeDirectory v=20500 size=101834 flags=0x10000(runtime) hashes=3176+2 location=embedded\n\
        Hash type=sha256 size=32\nSignature size=9070\n\
        Authority=Developer ID Application: Google LLC (EQHXZ8M8AV)\n\
        Authority=Developer ID Certification Authority\nAuthority=Apple Root CA\n\
        Timestamp=10 Nov 2026 at 19:01:12\nInfo.plist=not bound\nTeamIdentifier=EQHXZ8M8AV\n\
        Runtime Version=14.0.0\nNotarization Ticket=stapled\nSealed Resources=none\n";
    const LINKED: &str = "Executable=/Users/ann/go/bin/fyne\nIdentifier=a.out\nFormat=Mach-O thin (arm64)\n\
        CodeDirectory v=20400 size=251364 flags=0x20002(adhoc,linker-signed) hashes=7852+0 location=embedded\n\
        Signature=adhoc\nInfo.plist=not bound\nTeamIdentifier=not set\nSealed Resources=none\n";

    #[test]
    fn what_codesign_tells_of_a_program_is_read() {
        let google = described(GOOGLE).expect("signed");
        assert_eq!(google.authorities[0], "Developer ID Application: Google LLC (EQHXZ8M8AV)");
        assert_eq!((google.authorities.len(), google.team.as_deref()), (3, Some("EQHXZ8M8AV")));
        assert!(google.hardened && google.stapled && !google.ad_hoc);
        assert_eq!(
            google.words(),
            "Authority=Developer ID Application: Google LLC (EQHXZ8M8AV), TeamIdentifier=EQHXZ8M8AV, \
             Notarization Ticket=stapled"
        );
        let linked = described(LINKED).expect("signed");
        assert!(linked.ad_hoc && linked.by_linker && !linked.hardened && linked.team.is_none());
        assert_eq!(linked.words(), "Signature=adhoc, linker-signed");
        assert_eq!(described("/x: code object is not signed at all\n"), None);
        assert_eq!(described(""), None);
    }

    #[test]
    fn a_signature_is_broken_where_codesign_says_so_and_only_there() {
        let modified =
            "/x/go: invalid signature (code or signature have been modified)\nIn architecture: arm64\n";
        let here = |it: &str| Fact::Here(it.to_owned());
        assert_eq!(
            broken(Some(1), modified),
            here("invalid signature (code or signature have been modified)")
        );
        let unsigned = "/x/go: code object is not signed at all\n";
        assert_eq!(broken(Some(1), unsigned), here("code object is not signed at all"));
        assert_eq!(broken(Some(0), ""), Fact::Absent);
        for (code, said) in [
            (Some(2), "usage: codesign"),
            (Some(3), "test-requirement: failed"),
            (Some(1), "/x: No such file or directory"),
            (Some(1), ""),
            (None, "killed"),
        ] {
            assert!(matches!(broken(code, said), Fact::Unknown(_)), "{code:?} {said}");
        }
    }

    #[test]
    fn a_quarantine_is_the_first_line_of_its_attribute_and_silence_is_not_its_absence() {
        let value = "0081;65a1b2c3;Safari;1F2E";
        assert_eq!(quarantine(Some(0), &format!("{value}\n01c1;;;\n"), ""), Fact::Here(value.to_owned()));
        assert_eq!(quarantine(Some(1), "", "xattr: /x: No such xattr: com.apple.quarantine\n"), Fact::Absent);
        for (code, said) in [
            (Some(1), "xattr: [Errno 13] Permission denied: '/x'\n"),
            (Some(1), "xattr: No such file: /x\n"),
            (Some(0), ""),
            (None, ""),
        ] {
            assert!(matches!(quarantine(code, "", said), Fact::Unknown(_)), "{code:?} {said}");
        }
    }

    #[test]
    fn the_system_accepts_refuses_or_does_not_know_a_program() {
        assert_eq!(assessed(Some(0), "/x: accepted\nsource=Notarized Developer ID\n"), Assessed::Accepted);
        let refused = "/x: rejected\nsource=Unnotarized Developer ID\n";
        assert_eq!(assessed(Some(3), refused), Assessed::Rejected("Unnotarized Developer ID".into()));
        assert_eq!(assessed(Some(3), "/x: rejected\n"), Assessed::Rejected("rejected".into()));
        assert_eq!(
            assessed(Some(3), "/x: rejected (the code is valid but does not seem to be an app)\n"),
            Assessed::Unknown
        );
        assert_eq!((assessed(Some(1), "odd"), assessed(None, "")), (Assessed::Unknown, Assessed::Unknown));
    }

    #[test]
    fn who_agreed_to_a_program_is_asked_no_more() {
        for (text, want) in [
            ("0081;65a1b2c3;Safari;1F2E", false),
            ("01c1;65a1b2c3;Safari;1F2E", true),
            ("00c1;;;", true),
            ("0181;65a1b2c3;Chrome;", false),
            ("", false),
            ("odd", false),
        ] {
            assert_eq!(is_approved(text), want, "{text}");
        }
    }
}
