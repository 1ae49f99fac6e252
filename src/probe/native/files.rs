//! What files alone say of headers and libraries: whether they stand where a compiler would look.

use std::path::PathBuf;

use super::Build;
use super::compile::{Found, compiled, tried};
use crate::fact::Fact;
use crate::facts::native::{Part, Probed};
use crate::gather::Gather as _;
use crate::packages::table::Capability;
use crate::system::{Kind, links};

/// A link to a library of this capability that leads nowhere.
pub(super) fn dangling(build: &Build, capability: &Capability) -> Option<PathBuf> {
    let dirs = build.library_dirs();
    let links = capability
        .libraries
        .iter()
        .flat_map(|it| dirs.iter().map(move |dir| dir.join(format!("lib{it}.so"))));
    links.into_iter().find(|it| {
        build.look.stat(it).here().is_some_and(|stat| stat.kind == Kind::Link)
            && links::resolve(build.look, it).is_absent()
    })
}

/// Directories in which a compiler looks for headers without being told.
pub(super) fn standard_includes(build: &Build) -> [PathBuf; 3] {
    let triple = format!("/usr/include/{}-linux-gnu", build.arch);
    ["/usr/local/include".to_owned(), triple, "/usr/include".to_owned()].map(PathBuf::from)
}

/// Without a compiler: what stands at none of the usual places is not installed; of what is there, nobody can say
/// whether it is good.
pub(super) fn by_files(build: &Build, why: &'static str) -> Found {
    let includes = standard_includes(build);
    let anywhere = |dirs: &[PathBuf], name: &str| {
        dirs.iter().any(|dir| !links::resolve(build.look, &dir.join(name)).is_absent())
    };
    let libraries = build.library_dirs();
    let look = |it: &&Capability| {
        let header = it.headers.iter().find(|name| !anywhere(&includes, name));
        // libm, libdl and librt have their own ways to be there; the C library's headers speak for them.
        let library = it
            .libraries
            .iter()
            .find(|name| it.name != "libc" && !anywhere(&libraries, &format!("lib{name}.so")));
        let (found, part) = match (header, library) {
            (Some(_), _) => (Fact::Absent, Some(Part::Header)),
            (None, Some(_)) => (Fact::Absent, Some(Part::Library)),
            (None, None) => (Fact::Unknown(text!(why).into()), None),
        };
        (it.name.clone(), Probed { tried: tried(it), found, part, ..Probed::default() })
    };
    build.capabilities.iter().filter(|it| compiled(it)).map(look).into_map()
}
