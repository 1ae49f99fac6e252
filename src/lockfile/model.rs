//! What a lock file says.

use std::collections::BTreeMap;

use crate::gather::Gather as _;
use crate::trust::dirhash::H1;
use crate::version::{GoVersion, ModuleVersion, Version};

/// The name of the file, beside `go.mod`.
pub const NAME: &str = "fyne-setup.lock";

/// The only schema that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// fyne/v2's module.
pub const FYNE: &str = "fyne.io/fyne/v2";

/// The module by which Go itself is published.
pub const TOOLCHAIN: &str = "golang.org/toolchain";

/// The platforms whose Go a lock names the hash of, as Go calls them.
pub const PLATFORMS: [(&str, &str); 6] = [
    ("darwin", "amd64"),
    ("darwin", "arm64"),
    ("linux", "amd64"),
    ("linux", "arm64"),
    ("windows", "amd64"),
    ("windows", "arm64"),
];

/// A lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockFile {
    /// The version of the manifest that it was made by.
    pub manifest: u64,
    /// The Go.
    pub go: GoVersion,
    /// The hash of its archive for each platform that was reached: by `linux-amd64`.
    pub go_hashes: BTreeMap<String, H1>,
    /// The CLI, as `go install` takes it.
    pub cli: ModuleVersion,
    /// The hash of its module.
    pub cli_hash: Option<H1>,
    /// fyne/v2.
    pub fyne: Version,
    /// Its hash.
    pub fyne_hash: Option<H1>,
    /// What a build needs of the operating system, by system: names of needs, never of packages.
    pub needs: BTreeMap<String, Vec<String>>,
}

impl LockFile {
    /// Every hash by the module that it is of, as the checksum database names it.
    pub fn hashes(&self) -> BTreeMap<String, H1> {
        let go = self.go_hashes.iter().map(|(platform, hash)| (toolchain(self.go, platform), *hash));
        let cli = self.cli_hash.map(|it| (cli_module(&self.cli).to_string(), it));
        let fyne = self.fyne_hash.map(|it| (ModuleVersion::of(FYNE, &self.fyne).to_string(), it));
        go.chain(cli).chain(fyne).into_map()
    }

    /// Whether both say the same but for which manifest they were made by.
    pub fn says_the_same(&self, other: &Self) -> bool {
        *self == Self { manifest: self.manifest, ..other.clone() }
    }
}

/// The module of Go for a platform: `golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64`.
pub fn toolchain(go: GoVersion, platform: &str) -> String {
    format!("{TOOLCHAIN}@v0.0.1-{}.{platform}", go.toolchain())
}

/// The module that the package of a CLI is in.
pub fn cli_module(package: &ModuleVersion) -> ModuleVersion {
    let module = package.path().strip_suffix("/cmd/fyne").unwrap_or(package.path());
    format!("{module}@{}", package.version()).parse().unwrap_or_else(|_| package.clone())
}
