//! Where Go, Fyne and other programs keep what is this user's, by the settings alone. Pure.

use std::path::{Path, PathBuf};

use super::Settings;
use crate::path_style::PathStyle;

impl Settings {
    /// Go's module and program directory in effect: the first entry of GOPATH, else `~/go`.
    pub fn gopath(&self, home: &Path) -> PathBuf {
        let first = self.set("GOPATH").and_then(|it| self.style.list(it).into_iter().next());
        first.unwrap_or_else(|| home.join("go"))
    }

    /// Where `go install` puts programs.
    pub fn go_bin(&self, home: &Path) -> PathBuf {
        self.dir("GOBIN").unwrap_or_else(|| self.gopath(home).join("bin"))
    }

    /// Go's module cache.
    pub fn mod_cache(&self, home: &Path) -> PathBuf {
        self.dir("GOMODCACHE").unwrap_or_else(|| self.gopath(home).join("pkg/mod"))
    }

    /// Go's build cache; `None` for `GOCACHE=off`.
    pub fn build_cache(&self, home: &Path) -> Option<PathBuf> {
        match self.set("GOCACHE") {
            Some("off") => None,
            Some(dir) => Some(self.style.path(dir)),
            None => Some(self.caches(home).join("go-build")),
        }
    }

    /// Where this user's programs keep their caches, as Go asks for it (`os.UserCacheDir`).
    pub fn caches(&self, home: &Path) -> PathBuf {
        match self.style {
            PathStyle::Windows => self.dir("LOCALAPPDATA").unwrap_or_else(|| home.join("AppData/Local")),
            PathStyle::Unix if self.mac => home.join("Library/Caches"),
            PathStyle::Unix => self.dir("XDG_CACHE_HOME").unwrap_or_else(|| home.join(".cache")),
        }
    }

    /// Where they keep their settings, as Go asks for it (`os.UserConfigDir`).
    pub fn configs(&self, home: &Path) -> PathBuf {
        match self.style {
            PathStyle::Windows => self.dir("APPDATA").unwrap_or_else(|| home.join("AppData/Roaming")),
            PathStyle::Unix if self.mac => home.join("Library/Application Support"),
            PathStyle::Unix => self.dir("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")),
        }
    }

    /// Where Fyne keeps its own settings.
    pub fn fyne_configs(&self, home: &Path) -> PathBuf {
        let below = match self.style {
            // Fyne looks there whatever APPDATA says.
            PathStyle::Windows => home.join("AppData/Roaming"),
            PathStyle::Unix if self.mac => home.join("Library/Preferences"),
            PathStyle::Unix => {
                let set = self.dir("XDG_CONFIG_HOME").filter(|it| self.style.is_absolute(it));
                set.unwrap_or_else(|| home.join(".config"))
            }
        };
        below.join("fyne")
    }
}
