//! What is known of a Mac, as its `machine.toml` says it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::canned::Canned;

/// What is known of a machine.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// What it is, in a line.
    pub name: String,
    /// Where each part of it is from: a manual page, a thread with its number, a source file.
    pub from: Vec<String>,
    /// The checks that it is about, or families of them. The kept report and plan are of these.
    pub about: Vec<String>,
    /// Whether nothing is wrong there, as far as these say.
    #[serde(default)]
    pub healthy: bool,
    #[serde(default = "version")]
    pub version: String,
    #[serde(default = "build")]
    pub build: String,
    #[serde(default = "kernel")]
    pub kernel: String,
    /// Of our own process, as `uname` has it there.
    #[serde(default = "arch")]
    pub arch: String,
    /// Rosetta translates our process.
    #[serde(default)]
    pub translated: bool,
    #[serde(default = "uid")]
    pub uid: u32,
    /// Without 80 (`admin`) it is a standard user's.
    #[serde(default = "groups")]
    pub groups: Vec<u32>,
    /// The login shell.
    #[serde(default = "shell")]
    pub shell: PathBuf,
    /// PATH of this terminal; where the row does not say it, what a login makes of `/etc/paths`.
    pub path: Option<String>,
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// Variables that a terminal would have, and this one has not.
    #[serde(default)]
    pub unset: Vec<String>,
    /// Programs; what is in a directory makes it be there.
    #[serde(default)]
    pub files: Vec<PathBuf>,
    #[serde(default)]
    pub dirs: Vec<PathBuf>,
    #[serde(default)]
    pub texts: BTreeMap<PathBuf, String>,
    #[serde(default)]
    pub links: BTreeMap<PathBuf, PathBuf>,
    /// Whose a path and what lies below it is, where that is not plain: by number.
    #[serde(default)]
    pub owners: BTreeMap<PathBuf, u32>,
    /// The developer directory that Apple's stubs lead to (`/Library/Developer/CommandLineTools`). Without it, or where it is
    /// not on the disk, a stub asks the person who sits there.
    pub tools: Option<PathBuf>,
    /// `com.apple.quarantine` of files; every other has none.
    #[serde(default)]
    pub quarantine: BTreeMap<PathBuf, String>,
    #[serde(default, rename = "go")]
    pub gos: Vec<GoThere>,
    /// Directories with a `fyne` of the recommended version.
    #[serde(default)]
    pub cli: Vec<PathBuf>,
    #[serde(default, rename = "answer")]
    pub answers: Vec<Canned>,
    /// The directory of the project that it is asked about.
    pub project: Option<PathBuf>,
}

/// A whole Go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GoThere {
    pub root: PathBuf,
    pub version: String,
    /// `arm64` or `amd64`; where the row does not say it, that of the machine.
    pub arch: Option<String>,
    /// Of `bin/go`: no signature at all.
    #[serde(default)]
    pub unsigned: bool,
}

fn version() -> String {
    "15.2".into()
}

fn build() -> String {
    "24C101".into()
}

fn kernel() -> String {
    "24.2.0".into()
}

fn arch() -> String {
    "aarch64".into()
}

fn uid() -> u32 {
    501
}

fn groups() -> Vec<u32> {
    vec![20, 12, 61, 80]
}

fn shell() -> PathBuf {
    "/bin/zsh".into()
}
