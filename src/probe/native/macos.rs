//! The C compiler of a Mac. `/usr/bin/clang` and `/usr/bin/gcc` are stubs there as long as Apple's tools are missing, and a
//! stub opens a dialogue on the screen: nothing of `/usr/bin` that could be one is run here.

use std::path::PathBuf;

use crate::fact::Fact;
use crate::facts::{Host, Native, Settings};
use crate::packages::Table;
use crate::system::{Look, links};

use super::manager;

/// What is known without asking any of them.
pub(super) fn probe(look: &dyn Look, host: &Host, here: &Settings, packages: &Table) -> Native {
    let tmp = here.set("GOTMPDIR").map(PathBuf::from);
    Native {
        msvc: Fact::Absent,
        manager: manager::probe(look, host, packages),
        go_tmp: tmp.map(|it| (it.clone(), links::resolve(look, &it).map(|it| it.1), look.space(&it))),
        ..Native::default()
    }
}
