//! A bundle that is being made: this machine, what is wanted, and where everything lies meanwhile.

use std::path::{Path, PathBuf};

use crate::app::Session;
use crate::apply::steps::build::Workshop;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::places::Places;
use crate::prove::build::GoBuild;
use crate::system::System;
use crate::text::Text;
use crate::want::Want;

/// A bundle that is being made.
pub(super) struct Making<'a> {
    pub session: &'a Session<'a>,
    pub system: System<'a>,
    pub places: &'a Places,
    /// Where everything lies that is thrown away afterwards.
    pub work: PathBuf,
    /// What goes into the bundle, as it is laid out there.
    pub tree: PathBuf,
    pub facts: &'a Facts,
    pub want: &'a Want,
    pub known: &'a Knowledge,
    /// GOROOT of the Go that works.
    pub go: &'a Path,
}

impl Making<'_> {
    /// Has Go do this, with module and build caches of this bundle's own, and without anything of the user's.
    pub fn with_go<T>(&self, modules: &Path, builds: &Path, work: impl FnOnce(&GoBuild<'_>) -> T) -> T {
        let Self { system, facts, want, go, .. } = *self;
        let shop = Workshop { system, facts, settings: &facts.here, go, want, told: &|_| () };
        let gopath = self.work.join("gopath");
        shop.with_go(&want.target.fyne, |go| {
            work(&GoBuild { modules, builds, gopath: &gopath, goflags: "", ..*go })
        })
    }

    pub fn say(&self, text: &Text) {
        self.session.audience.say(text);
    }
}
