//! A Go, proven, in staging. Each source in turn, by its road: the zip of the module `golang.org/toolchain`, or the
//! official tarball, which re-hashes to the same h1 once `api doc misc test` are left out and each `go.mod` is called
//! `_go.mod`. Files are written while they arrive and nothing is executable; only when the h1 of all of them is the
//! checksum database's are exec bits set and `go.mod` files written, as `go` itself does. Else the tree is deleted and the
//! next source is tried.
//!
//! The caller renames the tree into its place.
//!
//! Long because the two roads, their proof and the way out of each failure share one run, and are read against each other.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::download::{Limits, Stream, part};
use super::error::{ArchiveError, FetchError};
use super::name::SafeName;
use super::partial::Partial;
use super::progress::Progress;
use super::sources::{ArchiveKind, Build, Source, TOOLCHAIN};
use super::tar::{self, TarError};
use super::tree::{self, ExtractedFile, Extractor, Packed, Spec};
use super::zip::{self, Index, Tail, hostile};
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::failure::Failure;
use crate::gather::Gather as _;
use crate::places::Places;
use crate::system::System;
use crate::text::Text;
use crate::trust::Verified;
use crate::trust::dirhash::Listing;
use crate::trust::record::ModuleSum;

pub mod listing;
#[cfg(test)]
mod tests;

/// How long a source has to say its first byte: first a second each, so that a dead one costs little; then, when none
/// was quick, longer.
const ROUNDS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(10)];
/// Between the rounds.
const PAUSE: Duration = Duration::from_secs(2);
/// What a tarball leaves out of the module.
const LEFT_OUT: [&str; 4] = ["api/", "doc/", "misc/", "test/"];
/// Room that a tree needs where no index tells before: bytes.
const USUAL: u64 = 300 << 20;
/// Any Go takes more than this, with what is kept of its download: 216 MB of files by now.
pub const LEAST_ROOM: u64 = (200 << 20) + SPARE;
/// Room beyond the files themselves, and what is kept of the download.
const SPARE: u64 = 120 << 20;

/// Asks the checksum database for a module's hash: path and version.
pub type Sums<'a> = dyn Fn(&str, &str) -> Result<Verified<ModuleSum>, Failure> + Sync + 'a;

/// A Go in staging whose every file is proven; exec bits are set. Only [`unpack`] makes one.
#[derive(Clone, Debug)]
pub struct StagedGo {
    root: PathBuf,
    sum: Verified<ModuleSum>,
    from: String,
    bytes: u64,
}

impl StagedGo {
    /// The directory to be renamed into its place.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What vouches for it.
    pub const fn sum(&self) -> &Verified<ModuleSum> {
        &self.sum
    }

    /// The source, as it may be shown.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Bytes of its files.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// Brings a Go into staging from the first source that has a proven one. `own` marks what this run has in staging.
pub fn unpack(
    system: System<'_>,
    places: &Places,
    sources: &[Source],
    build: &Build,
    sums: &Sums<'_>,
    progress: &dyn Progress,
    own: &str,
) -> Result<StagedGo, FetchError> {
    let staging = places.staging();
    private(system, &staging)?;
    sweep(system, &staging, own)?;
    let failed = &AtomicBool::new(false);
    std::thread::scope(|scope| {
        // The database is asked while the first bytes arrive; what it says is needed only at the end.
        let asked = scope.spawn(|| {
            let sum = sums(TOOLCHAIN, &build.module_version());
            failed.store(sum.is_err(), Ordering::Relaxed);
            sum
        });
        let watched = Watched { progress, failed };
        let run = Run {
            system,
            staging: &staging,
            own,
            downloads: places.cache.join("downloads"),
            build,
            progress: &watched,
        };
        let mut sum = Sum::Asked(asked);
        run.all(sources, &mut sum)
    })
}

/// The database's answer, once.
enum Sum<'s> {
    Asked(std::thread::ScopedJoinHandle<'s, Result<Verified<ModuleSum>, Failure>>),
    Here(Result<Verified<ModuleSum>, Failure>),
    Taken,
}

impl Sum<'_> {
    fn get(&mut self) -> Result<Verified<ModuleSum>, FetchError> {
        let answer = match std::mem::replace(self, Self::Taken) {
            Self::Asked(thread) => thread.join().expect("asking does not panic"),
            Self::Here(answer) => answer,
            Self::Taken => unreachable!("the answer is always put back"),
        };
        *self = Self::Here(answer.clone());
        answer.map_err(|it| FetchError::Sums(Box::new(it)))
    }

    fn has_failed(&mut self, failed: &AtomicBool) -> Option<FetchError> {
        if failed.load(Ordering::Relaxed) { self.get().err() } else { None }
    }
}

/// The caller's progress, which also ends when the database has failed: then no bytes are of use.
struct Watched<'a> {
    progress: &'a dyn Progress,
    failed: &'a AtomicBool,
}

impl Progress for Watched<'_> {
    fn started(&self, what: &Text, total: Option<u64>) {
        self.progress.started(what, total);
    }
    fn advanced(&self, bytes: u64) {
        self.progress.advanced(bytes);
    }
    fn finished(&self) {
        self.progress.finished();
    }
    fn stopped(&self) -> bool {
        self.failed.load(Ordering::Relaxed) || self.progress.stopped()
    }
}

struct Run<'a> {
    system: System<'a>,
    staging: &'a Path,
    own: &'a str,
    downloads: PathBuf,
    build: &'a Build,
    progress: &'a Watched<'a>,
}

/// Files that were extracted, not yet proven.
struct Unproven<'a> {
    root: PathBuf,
    files: Vec<ExtractedFile>,
    kept: Partial<'a>,
}

impl<'a> Run<'a> {
    fn all(&self, sources: &[Source], sum: &mut Sum<'_>) -> Result<StagedGo, FetchError> {
        let mut last: Vec<Option<FetchError>> = vec![None; sources.len()];
        for (round, first_byte) in ROUNDS.into_iter().enumerate() {
            // Only what may pass by itself is worth another round.
            let again = |it: &Option<FetchError>| it.as_ref().is_none_or(may_pass);
            if round > 0 && last.iter().any(again) {
                self.system.look.wait(PAUSE);
            }
            for (source, last) in sources.iter().zip(&mut last) {
                if !again(last) {
                    continue;
                }
                match self.one(source, first_byte, sum) {
                    Ok(staged) => return Ok(staged),
                    Err(error) => {
                        if let Some(sums) = sum.has_failed(self.progress.failed) {
                            return Err(sums);
                        }
                        if error.is_ours() {
                            return Err(error);
                        }
                        *last = Some(error);
                    }
                }
            }
        }
        let tried = sources.iter().zip(last).filter_map(|(source, error)| Some((source.name(), error?)));
        Err(FetchError::NoSource { what: format!("Go {}", self.build.version), tried: tried.collect() })
    }

    /// One source. What an earlier run kept may be what fails the proof, so then it is fetched once more from its start.
    fn one(&self, source: &Source, first_byte: Duration, sum: &mut Sum<'_>) -> Result<StagedGo, FetchError> {
        match self.attempt(source, first_byte, sum) {
            Err((FetchError::Changed { .. }, _)) => {
                self.attempt(source, first_byte, sum).map_err(|(error, _)| error)
            }
            Err((error, true)) if error.is_refusal() => {
                self.attempt(source, first_byte, sum).map_err(|(error, _)| error)
            }
            other => other.map_err(|(error, _)| error),
        }
    }

    /// The error comes with whether bytes of an earlier run were part of it.
    fn attempt(
        &self,
        source: &Source,
        first_byte: Duration,
        sum: &mut Sum<'_>,
    ) -> Result<StagedGo, (FetchError, bool)> {
        let limits = Limits { size: zip::LARGEST.max(tar::LARGEST), first_byte };
        let url = source.url(self.build);
        let stream = Stream::open(self.system, &self.downloads, &url, limits, self.progress);
        let stream = stream.map_err(|it| (it, false))?;
        let resumed = stream.resumed();
        self.progress.started(&text!("fetch-go", version = self.build.version), stream.size());
        let root = self.fresh_root().map_err(|it| (it, resumed))?;
        let unproven = match source.kind {
            ArchiveKind::Module => self.module(stream, &url, &root),
            ArchiveKind::Tarball => self.tarball(stream, &root),
        };
        let result = unproven.map_err(|it| named(it, source)).and_then(|it| self.prove(it, source, sum));
        result.map_err(|error| {
            // What stays behind is not executable and is swept by the next run.
            let _ = self.system.disk.remove_tree(&root);
            if error.is_refusal() || matches!(error, FetchError::Changed { .. }) {
                let kept = Partial::load(self.system, &self.downloads, &url);
                let _ = kept.and_then(Partial::remove);
            }
            (error, resumed)
        })
    }

    fn fresh_root(&self) -> Result<PathBuf, FetchError> {
        let name = format!("go-{}-{}-{}", self.build.version, self.own, self.system.look.monotonic_ms());
        let root = self.staging.join(name);
        self.system.disk.make_dir(&root, 0o700)?;
        Ok(root)
    }

    /// The fast road: the directory by Range while the first bytes arrive, then everything once. A source without
    /// ranges is fetched whole first.
    fn module(
        &self,
        mut stream: Stream<'a>,
        url: &url::Url,
        root: &Path,
    ) -> Result<Unproven<'a>, FetchError> {
        let tail = if stream.is_whole() { None } else { self.tail(&stream, url)? };
        if let Some((at, bytes)) = tail {
            let index = self.index(&Tail { at, bytes: &bytes })?;
            let files =
                self.fill(root, |extractor| zip::extract(&index, &mut stream, extractor, &Stream::failure))?;
            self.progress.finished();
            return Ok(Unproven { root: root.into(), files, kept: stream.into_partial() });
        }
        let (partial, mut parts) = stream.into_parts()?;
        let disk = |error: &io::Error| FetchError::disk(&self.downloads, error);
        let size = partial.len();
        let mut at = size.saturating_sub(zip::TAIL);
        let mut bytes = Vec::new();
        parts
            .seek(SeekFrom::Start(at))
            .and_then(|_| parts.read_to_end(&mut bytes))
            .map_err(|it| disk(&it))?;
        let begin = zip::directory_at(&Tail { at, bytes: &bytes }).map_err(hostile)?;
        if begin < at {
            (at, bytes) = (begin, Vec::new());
            parts
                .seek(SeekFrom::Start(at))
                .and_then(|_| parts.read_to_end(&mut bytes))
                .map_err(|it| disk(&it))?;
        }
        let index = self.index(&Tail { at, bytes: &bytes })?;
        parts.seek(SeekFrom::Start(0)).map_err(|it| disk(&it))?;
        let files = self
            .fill(root, |extractor| zip::extract(&index, &mut parts, extractor, &|_, error| disk(error)))?;
        self.progress.finished();
        Ok(Unproven { root: root.into(), files, kept: partial })
    }

    /// The end of the zip by Range, back to where its directory begins. `None` when ranges cannot be had.
    fn tail(&self, stream: &Stream<'_>, url: &url::Url) -> Result<Option<(u64, Vec<u8>)>, FetchError> {
        let Some(size) = stream.size() else { return Ok(None) };
        let at = size - zip::TAIL.min(size / 4);
        let get = |from, to| part(self.system, url, (from, to), size, stream.etag()).unwrap_or(None);
        let Some(bytes) = get(at, size) else { return Ok(None) };
        let begin = zip::directory_at(&Tail { at, bytes: &bytes }).map_err(hostile)?;
        if begin >= at {
            return Ok(Some((at, bytes)));
        }
        Ok(get(begin, at).map(|front| (begin, [front, bytes].concat())))
    }

    fn index(&self, tail: &Tail<'_>) -> Result<Index, FetchError> {
        let index = Index::read(tail, &self.build.prefix()).map_err(hostile)?;
        self.room(index.unpacked)?;
        Ok(index)
    }

    fn tarball(&self, mut stream: Stream<'a>, root: &Path) -> Result<Unproven<'a>, FetchError> {
        self.room(USUAL)?;
        let files = self.fill(root, |extractor| {
            let read = tar::read(&mut stream, "go/", |name, size, from| {
                if LEFT_OUT.iter().any(|it| name.as_str().starts_with(it)) {
                    return io::copy(from, &mut io::sink()).map(drop).map_err(Taken::Read);
                }
                let name = module_name(&name).map_err(|it| Taken::Failed(hostile(it)))?;
                let spec = Spec { name, packed: Packed::Plain, packed_size: size, size, crc: None };
                // An error of the stream is asked for its reason below; here it only ends the extraction.
                let broken = |_: &io::Error| FetchError::Stopped;
                extractor.write_entry(spec, from, &broken).map_err(Taken::Failed)
            });
            read.map_err(|error| match error {
                TarError::Archive(why) => hostile(why),
                TarError::Taker(Taken::Failed(FetchError::Stopped)) => FetchError::Stopped,
                TarError::Taker(Taken::Failed(error)) => error,
                TarError::Read(error) | TarError::Taker(Taken::Read(error)) => unreadable(&error),
            })
        });
        // A stream that failed is the reason, whatever the layers above made of it.
        let files = match files {
            Err(error) => return Err(stream.take_failure().unwrap_or(error)),
            Ok(files) => files,
        };
        self.progress.finished();
        Ok(Unproven { root: root.into(), files, kept: stream.into_partial() })
    }

    fn fill(
        &self,
        root: &Path,
        extract: impl FnOnce(&mut Extractor<'_>) -> Result<(), FetchError>,
    ) -> Result<Vec<ExtractedFile>, FetchError> {
        let workers = self.system.look.identity().cpus.clamp(1, 8);
        tree::fill(self.system.disk, root, workers, extract)
    }

    fn room(&self, bytes: u64) -> Result<(), FetchError> {
        let needed = bytes + SPARE;
        match self.system.look.space(self.staging) {
            Fact::Here(space) if space.free < needed => {
                Err(FetchError::NoRoom { path: self.staging.to_path_buf(), free: space.free, needed })
            }
            _ => Ok(()),
        }
    }

    /// The proof, and what only it allows.
    fn prove(
        &self,
        unproven: Unproven<'_>,
        source: &Source,
        sum: &mut Sum<'_>,
    ) -> Result<StagedGo, FetchError> {
        let sum = sum.get()?;
        let (mut listing, prefix) = (Listing::new(), self.build.prefix());
        for file in &unproven.files {
            let twice = |_| {
                hostile(ArchiveError::Twice {
                    name: file.name.as_str().into(),
                    other: file.name.as_str().into(),
                })
            };
            listing.add(format!("{prefix}{}", file.name.as_str()), file.sha256).map_err(twice)?;
        }
        let found = listing.finish();
        let expected = sum.get();
        if expected.path != TOOLCHAIN
            || expected.version != self.build.module_version()
            || expected.zip != found
        {
            let (expected, found) = (expected.zip.to_string(), found.to_string());
            return Err(FetchError::Checksum { from: source.name(), expected, found });
        }
        self.finish(&unproven.root, &unproven.files)?;
        // What is kept of the download costs only room; that it stays is no reason to fail.
        let _ = unproven.kept.remove();
        let bytes = unproven.files.iter().map(|it| it.size).sum();
        Ok(StagedGo { root: unproven.root, sum, from: source.name(), bytes })
    }

    /// As `go` itself does: `_go.mod` also as `go.mod`, exec bits on tools first and on `bin/go` last. Everything is on
    /// the disk before `bin/go` can be run.
    fn finish(&self, root: &Path, files: &[ExtractedFile]) -> Result<(), DiskError> {
        let disk = self.system.disk;
        for file in files.iter().map(|it| it.name.as_str()) {
            if let Some(dir) = file.strip_suffix("_go.mod").filter(|it| it.is_empty() || it.ends_with('/')) {
                disk.copy(&root.join(file), &root.join(format!("{dir}go.mod")))?;
            }
        }
        let dirs = files.iter().flat_map(|it| it.name.parents()).into_set();
        dirs.into_iter().try_for_each(|it| disk.set_mode(&root.join(it), 0o755))?;
        disk.set_mode(root, 0o755)?;
        let (last, tools): (Vec<_>, Vec<_>) =
            files.iter().map(|it| it.name.as_str()).filter(|it| is_program(it)).partition(|it| is_go(it));
        tools.into_iter().try_for_each(|it| disk.set_mode(&root.join(it), 0o755))?;
        disk.sync_tree(root)?;
        last.into_iter().try_for_each(|it| disk.set_mode(&root.join(it), 0o755))
    }
}

/// How taking a file of a tarball failed.
enum Taken {
    Failed(FetchError),
    Read(io::Error),
}

/// How the module calls a file of the tarball: `go.mod` would end the module there. One that has that name already is
/// of no Go.
fn module_name(name: &SafeName) -> Result<SafeName, ArchiveError> {
    let text = name.as_str();
    let (dir, file) = text.rfind('/').map_or(("", text), |at| text.split_at(at + 1));
    match file {
        "go.mod" => SafeName::parse(format!("{dir}_go.mod").as_bytes()),
        "_go.mod" => Err(ArchiveError::Entry { name: text.to_owned(), rule: "archive-name-go-mod" }),
        _ => Ok(name.clone()),
    }
}

/// What `go` makes executable.
fn is_program(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let runner = || {
        let middle = file.strip_prefix("go_").and_then(|it| it.strip_suffix("_exec"));
        // `go_?*_?*_exec`
        middle.is_some_and(|it| it.char_indices().any(|(at, c)| c == '_' && at > 0 && at + 1 < it.len()))
    };
    name.starts_with("bin/") || name.starts_with("pkg/tool/") || (name.starts_with("lib/") && runner())
}

fn is_go(name: &str) -> bool {
    name == "bin/go" || name == "bin/go.exe"
}

/// Whether a source may do better a moment later: it was silent, or could not be reached, or has a fault of its own.
fn may_pass(error: &FetchError) -> bool {
    match error {
        FetchError::Net(error) => error.is_unanswered(),
        FetchError::Status { status, .. } => *status >= 500 || *status == 429,
        _ => false,
    }
}

/// Bytes that are no gzip or no tar.
fn unreadable(_: &io::Error) -> FetchError {
    hostile(ArchiveError::Shape("archive-tar-gzip"))
}

/// With the source's name where an archive is refused.
fn named(error: FetchError, source: &Source) -> FetchError {
    match error {
        FetchError::Hostile { why, .. } => FetchError::Hostile { from: source.name(), why },
        other => other,
    }
}

/// The staging directory, made if need be. Nobody else may be able to write there: what lies there is verified once,
/// while it is written.
fn private(system: System<'_>, staging: &Path) -> Result<(), FetchError> {
    system.disk.make_dir(staging, 0o700)?;
    let ours = system.look.identity().uid;
    match system.look.stat(staging) {
        Fact::Here(stat) if stat.uid != ours || stat.mode & 0o022 != 0 => {
            Err(FetchError::NotPrivate { path: staging.to_path_buf() })
        }
        _ => Ok(()),
    }
}

/// Removes what runs that were killed left: the lock is ours, so nobody else's run is under way.
fn sweep(system: System<'_>, staging: &Path, own: &str) -> Result<(), FetchError> {
    let own = format!("-{own}-");
    let names = system.look.list(staging).into_here().unwrap_or_default();
    let old = names.iter().filter(|it| it.starts_with("go-") && !it.contains(&own));
    for name in old {
        system.disk.remove_tree(&staging.join(name))?;
    }
    Ok(())
}
