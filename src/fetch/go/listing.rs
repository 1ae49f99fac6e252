//! The files of a Go as the index of its module's zip has them: names, sizes, checksums, in a megabyte instead of seventy.
//! Nothing of it is proven, so that it only says where to look.

use super::super::download::part;
use super::super::error::FetchError;
use super::super::sources::{ArchiveKind, Build, Source};
use super::super::zip::{self, Index, Tail, hostile};
use crate::system::{Request, System};

/// Name (relative to the root), size and CRC-32 of every file, from the first source that has a zip and gives parts.
pub fn entries(
    system: System<'_>,
    sources: &[Source],
    build: &Build,
) -> Result<Vec<(String, u64, u32)>, FetchError> {
    let mut tried = Vec::new();
    for source in sources.iter().filter(|it| it.kind == ArchiveKind::Module) {
        match one(system, source, build) {
            Ok(Some(index)) => {
                let file = |it: &zip::Entry| (it.name.as_str().to_owned(), it.size, it.crc);
                return Ok(index.entries.iter().map(file).collect());
            }
            Ok(None) => {}
            Err(error) => tried.push((source.name(), error)),
        }
    }
    Err(FetchError::NoSource { what: format!("Go {}", build.version), tried })
}

/// `None` where the source gives no parts.
fn one(system: System<'_>, source: &Source, build: &Build) -> Result<Option<Index>, FetchError> {
    let url = source.url(build);
    let request = Request { range: Some((0, Some(1))), ..Request::new(url.clone()) };
    let answer = system.net.get(&request)?;
    if answer.status >= 400 {
        let host = url.host_str().unwrap_or_default().to_owned();
        return Err(FetchError::Status { host, status: answer.status });
    }
    let Some((0, Some(size))) = answer.range else { return Ok(None) };
    let etag = answer.etag.clone();
    drop(answer);
    let at = size.saturating_sub(zip::TAIL);
    let Some(bytes) = part(system, &url, (at, size), size, etag.as_deref())? else { return Ok(None) };
    Index::read(&Tail { at, bytes: &bytes }, &build.prefix()).map(Some).map_err(hostile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::sources::{Mirrors, sources};
    use crate::fetch::stage::Stage;
    use crate::system::fake::FakeNet;

    #[test]
    fn a_source_without_parts_says_nothing() {
        let stage = Stage::new();
        let build = Build::of("1.27.4".parse().expect("a version"), "linux", "x86_64");
        let from = sources(&[], "https://goproxy.example", &Mirrors::embedded(), "linux");
        for net in [FakeNet::new(|_| Ok((200, b"whole".to_vec()))), FakeNet::down()] {
            let system = System { net: &net, ..stage.system() };
            assert!(matches!(entries(system, &from, &build), Err(FetchError::NoSource { .. })));
        }
    }
}
