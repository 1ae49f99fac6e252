//! What every act of a build is given, and what it says while it goes on.

use std::path::Path;

use crate::places::Places;
use crate::prove::environment::Variables;
use crate::system::System;
use crate::version::Version;

/// Where, with what, and for whom Go works.
#[derive(Clone, Copy)]
pub struct GoBuild<'a> {
    /// The doors.
    pub system: System<'a>,
    /// Our directories.
    pub places: &'a Places,
    /// GOROOT of the chosen Go.
    pub go: &'a Path,
    /// The user's environment: `here`, or `next_login` after an edit.
    pub user: &'a Variables,
    /// The user's GOFLAGS in effect, wherever they are set.
    pub goflags: &'a str,
    /// The user's home.
    pub home: &'a Path,
    /// The user's GOPATH in effect.
    pub gopath: &'a Path,
    /// The user's GOMODCACHE in effect.
    pub modules: &'a Path,
    /// The user's GOCACHE in effect.
    pub builds: &'a Path,
    /// GOPROXY for what we download.
    pub goproxy: &'a str,
    /// fyne/v2 of this run.
    pub fyne: &'a Version,
    /// Our own executable, to stand before cgo's compiler; `None` builds the slow way.
    pub front: Option<&'a Path>,
    /// Who is told what goes on.
    pub told: &'a (dyn Fn(Progress) + Sync),
}

/// What a build says while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// A line that `go` printed.
    Line(&'a str),
    /// Packages compiled, of how many.
    Packages {
        /// Done.
        done: usize,
        /// Of so many; unknown at first.
        total: Option<usize>,
    },
}

/// A line of `go build -v`: the path of a package, and not one of an error.
pub(super) fn is_import_path(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', ' ', '\t']) && !line.contains([' ', ':'])
}
