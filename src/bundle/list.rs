//! The list of a bundle, its first entry: what the bundle is for, and each file with size, digest and what it is. Pure.
//! A list that breaks one rule is refused whole.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::data;
use crate::digest::Digest;
use crate::failure::{Code, Failure};
use crate::fetch::name::{Names, SafeName};
use crate::gather::Gather as _;
use crate::moment::Moment;
use crate::text::Text;
use crate::version::{GoVersion, ModuleVersion, Version};

/// Of the form that is described here.
pub const SCHEMA: u32 = 1;
/// Its name in the bundle.
pub const NAME: &str = "bundle.json";
/// The name of its signature.
pub const SIGNATURE: &str = "bundle.json.minisig";
/// Bytes that it may have.
pub const LARGEST_LIST: u64 = 16 << 20;
/// Files that it may name. A usual bundle has some 1,500.
const MOST_FILES: usize = 50_000;
/// Bytes of one file at most.
const LARGEST_FILE: u64 = 2 << 30;
/// Bytes of all files at most.
const LARGEST: u64 = 8 << 30;
/// Where files may stand.
const FOLDERS: [&str; 8] =
    ["apt/", "cache/", "dnf/", "manifest/", "pacman/", "program/", "proxy/", "zypper/"];

/// What a bundle is for and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Of its form.
    pub schema: u32,
    /// Which fyne-setup made it.
    pub fyne_setup: String,
    /// Which manifest chose the versions.
    pub manifest: ManifestUsed,
    /// The Go in it.
    pub go: GoVersion,
    /// The fyne/v2 in it.
    pub fyne: Version,
    /// The fyne command in it, as modules.
    pub cli: ModuleVersion,
    /// The platforms whose Go is in it, as Go names them: `linux-amd64`.
    pub targets: Vec<String>,
    /// Whether modules of projects are in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub projects: bool,
    /// The packages of the system, where some are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packages: Option<OsPackages>,
    /// The build cache, where one is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<BuildCache>,
    /// Every file behind the list and its signature, in their order.
    pub files: Vec<ListedFile>,
}

/// The manifest behind the versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestUsed {
    /// Its version.
    pub version: u64,
    /// After this it is stale.
    pub expires: Moment,
}

/// The packages of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsPackages {
    /// Whose they are: `apt`.
    pub manager: String,
    /// For which release: `debian 12`.
    pub release: String,
    /// For which processor, as Rust names it.
    pub arch: String,
}

/// Go's build cache after a first build. Go finds what is in it only where all of this is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildCache {
    /// GOMODCACHE.
    pub modules: String,
    /// The first line of what the C compiler says of its version.
    pub compiler: String,
    /// The platform.
    pub target: String,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Its name in the bundle.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Of its bytes.
    pub sha256: Digest,
    /// What it is.
    pub what: Kind,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A package of the system, or the list of them.
    Package,
    /// Go's build cache.
    BuildCache,
    /// A manifest of ours, with its signatures.
    Manifest,
    /// fyne-setup itself.
    Program,
    /// Of a module, as a module proxy serves it; Go itself is one.
    Module,
    /// Of the checksum database, as its servers serve it.
    ChecksumDatabase,
}

impl Kind {
    /// What stands below this name.
    pub fn of(path: &str) -> Self {
        match path.split('/').next() {
            Some("apt" | "dnf" | "pacman" | "zypper") => Self::Package,
            Some("cache") => Self::BuildCache,
            Some("manifest") => Self::Manifest,
            Some("program") => Self::Program,
            _ if path.starts_with("proxy/sumdb/") => Self::ChecksumDatabase,
            _ => Self::Module,
        }
    }
}

/// The head of any list, however new.
#[derive(Deserialize)]
struct Form {
    schema: u32,
}

impl List {
    /// As it stands in the bundle.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a list has nothing that JSON does not");
        text.push('\n');
        text
    }

    /// Reads one and holds it to every rule.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let unread = |it: serde_json::Error| refused(text!("bundle-list-unread", why = it.to_string()));
        let form: Form = data::json(bytes).map_err(unread)?;
        if form.schema != SCHEMA {
            let message = text!("bundle-newer", schema = i64::from(form.schema));
            return Err(Failure::new(Code::BundleNewer, message).hint(text!("bundle-newer-hint")));
        }
        let list: Self = data::json(bytes).map_err(unread)?;
        list.sound().map_err(refused)?;
        Ok(list)
    }

    /// All bytes of its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|it| it.size).sum()
    }

    /// Its modules, without Go itself.
    pub fn modules(&self) -> Vec<Listed> {
        let files = || self.files.iter().filter_map(|it| it.path.strip_prefix("proxy/"));
        let zips: BTreeSet<&str> = files().filter_map(|it| it.strip_suffix(".zip")).into_set();
        let of = |file: &str| {
            let name = file.strip_suffix(".mod")?;
            let (path, version) = name.split_once("/@v/")?;
            let has_zip = zips.contains(name);
            Some(Listed { path: plain(path), version: plain(version), go_mod: file.to_owned(), has_zip })
        };
        files().filter_map(of).collect()
    }

    fn sound(&self) -> Result<(), Text> {
        let bad = |path: &str, why: &'static str| text!("bundle-list-bad", path = path, why = text!(why));
        if self.files.len() > MOST_FILES {
            return Err(text!("bundle-list-many", most = MOST_FILES));
        }
        let (mut names, mut before, mut total) = (Names::default(), "", 0_u64);
        for file in &self.files {
            let name = SafeName::parse(file.path.as_bytes()).map_err(|it| it.text())?;
            names.file(&name).map_err(|it| it.text())?;
            if !FOLDERS.iter().any(|it| name.below(it).is_some()) {
                return Err(bad(&file.path, "bundle-list-folder"));
            }
            if file.path.as_str() <= before {
                return Err(bad(&file.path, "bundle-list-order"));
            }
            total = total.saturating_add(file.size);
            if file.size > LARGEST_FILE || total > LARGEST {
                return Err(bad(&file.path, "bundle-list-large"));
            }
            if file.what != Kind::of(&file.path) {
                return Err(bad(&file.path, "bundle-list-kind"));
            }
            before = &file.path;
        }
        Ok(())
    }
}

/// A module of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its path.
    pub path: String,
    /// Its version.
    pub version: String,
    /// The file of its `go.mod`, below the module proxy.
    pub go_mod: String,
    /// Whether more than its `go.mod` is there.
    pub has_zip: bool,
}

/// A path or a version as it was before it was written for file systems: `M` for `!m`.
pub fn plain(escaped: &str) -> String {
    let mut up = false;
    let chars = escaped.chars().filter_map(|char| {
        if char == '!' {
            up = true;
            return None;
        }
        Some(if std::mem::take(&mut up) { char.to_ascii_uppercase() } else { char })
    });
    chars.collect()
}

/// A bundle that is not believed.
pub fn refused(why: Text) -> Failure {
    Failure::new(Code::BundleRefused, text!("bundle-refused", why = why)).hint(text!("bundle-refused-hint"))
}

#[cfg(test)]
pub mod tests;
