//! Extracts the files of an archive into a staging directory on all cores while later bytes of the archive still arrive:
//! one thread reads and cuts, the others inflate, hash and write. What lies between them is bounded, so that a fast
//! network and a slow disk do not fill the memory.
//!
//! Files are 0644 and directories 0700, whatever the archive says: nothing here is executable.
//!
//! Long because the thread that cuts and the threads that write share one bounded queue.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use flate2::{Crc, Decompress, FlushDecompress, Status};
use sha2::{Digest as _, Sha256};

use super::error::{ArchiveError, FetchError};
use super::name::SafeName;
use crate::digest::Digest;
use crate::system::Disk;

/// Packed bytes that wait for a worker.
const WAITING: usize = 16 << 20;
/// A file up to this size is handed over whole; larger ones in pieces of it, while they arrive.
const PIECE: usize = 128 << 10;
/// Even an empty file costs a place in the queue.
const LEAST: usize = 1 << 10;

/// How an entry is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// As it is.
    Plain,
    /// Raw deflate.
    Deflated,
}

/// A file to be extracted.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Below the root.
    pub name: SafeName,
    /// How it is packed.
    pub packed: Packed,
    /// Bytes as they come.
    pub packed_size: u64,
    /// Bytes of the file.
    pub size: u64,
    /// Its checksum, where the archive has one.
    pub crc: Option<u32>,
}

/// A file that was extracted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractedFile {
    /// Below the root.
    pub name: SafeName,
    /// Of its content.
    pub sha256: Digest,
    /// Bytes.
    pub size: u64,
}

/// Writes what `extract` gives below `root`, which exists, with so many workers. Files come back in no order.
pub fn fill(
    disk: &dyn Disk,
    root: &Path,
    workers: usize,
    extract: impl FnOnce(&mut Extractor<'_>) -> Result<(), FetchError>,
) -> Result<Vec<ExtractedFile>, FetchError> {
    let (shared, place) = (Shared::default(), Place { disk, root });
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers.max(1)).map(|_| scope.spawn(|| work(&place, &shared))).collect();
        let mut extractor = Extractor { place: &place, shared: &shared, made: HashSet::new() };
        let extracted = extract(&mut extractor);
        shared.close(extracted.is_err());
        let files = threads.into_iter().map(|it| it.join().unwrap_or_default()).collect::<Vec<_>>().concat();
        // A worker's failure stops the extraction, and is then the reason.
        let failure = shared.state().failure.take();
        match (extracted, failure) {
            (Ok(()) | Err(FetchError::Stopped), Some(failure)) => Err(failure),
            (Err(error), _) => Err(error),
            (Ok(()), None) => Ok(files),
        }
    })
}

struct Place<'a> {
    disk: &'a dyn Disk,
    root: &'a Path,
}

struct Job {
    spec: Spec,
    feed: Feed,
}

enum Feed {
    Whole(Vec<u8>),
    Pieces(Receiver<Vec<u8>>),
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// There is a job, or there will be none.
    work: Condvar,
    /// There is room again, or nobody wants more.
    room: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    closed: bool,
    waiting: usize,
    /// The extractor waits for room.
    full: bool,
    /// Workers throw away what they have.
    given_up: bool,
    failure: Option<FetchError>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; `Stopped` when a worker failed.
    fn reserve(&self, bytes: usize) -> Result<(), FetchError> {
        let mut state = self.state();
        while state.waiting > 0 && state.waiting + bytes > WAITING && !state.given_up {
            state.full = true;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.full = false;
        if state.given_up {
            return Err(FetchError::Stopped);
        }
        state.waiting += bytes;
        Ok(())
    }

    fn release(&self, bytes: usize) {
        let mut state = self.state();
        state.waiting -= bytes;
        // Half of it free at least, or the two would wake each other for every file.
        if state.full && state.waiting <= WAITING / 2 {
            self.room.notify_one();
        }
    }

    fn push(&self, job: Job) {
        self.state().jobs.push_back(job);
        self.work.notify_one();
    }

    fn next(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            if state.given_up {
                return None;
            }
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self, give_up: bool) {
        let mut state = self.state();
        state.closed = true;
        state.given_up |= give_up;
        drop(state);
        self.work.notify_all();
    }

    fn fail(&self, error: FetchError) {
        let mut state = self.state();
        // After giving up, what arrives is incomplete by our own doing.
        if !state.given_up {
            state.failure = Some(error);
            state.given_up = true;
        }
        drop(state);
        self.work.notify_all();
        self.room.notify_all();
    }
}

/// The cutting end.
pub struct Extractor<'t> {
    place: &'t Place<'t>,
    shared: &'t Shared,
    made: HashSet<String>,
}

impl Extractor<'_> {
    /// Takes the file's `packed_size` bytes from `from`, which fails with whatever `failed` makes of its error.
    pub fn write_entry(
        &mut self,
        spec: Spec,
        from: &mut dyn Read,
        failed: &dyn Fn(&io::Error) -> FetchError,
    ) -> Result<(), FetchError> {
        self.make_parent(&spec.name)?;
        let mut left = usize::try_from(spec.packed_size).unwrap_or(usize::MAX);
        if left <= PIECE {
            let bytes = self.take(left, from, failed)?;
            self.shared.push(Job { spec, feed: Feed::Whole(bytes) });
            return Ok(());
        }
        let (sender, receiver): (Sender<Vec<u8>>, _) = channel();
        self.shared.push(Job { spec, feed: Feed::Pieces(receiver) });
        while left > 0 {
            let piece = self.take(left.min(PIECE), from, failed).inspect_err(|_| {
                // Before its worker finds that the pieces end: they do by our own doing.
                self.shared.close(true);
            })?;
            left -= piece.len();
            if sender.send(piece).is_err() {
                return Err(FetchError::Stopped); // its worker failed and says why
            }
        }
        Ok(())
    }

    fn take(
        &self,
        size: usize,
        from: &mut dyn Read,
        failed: &dyn Fn(&io::Error) -> FetchError,
    ) -> Result<Vec<u8>, FetchError> {
        self.shared.reserve(size + LEAST)?;
        let mut bytes = vec![0; size];
        from.read_exact(&mut bytes).map_err(|it| failed(&it))?;
        Ok(bytes)
    }

    fn make_parent(&mut self, name: &SafeName) -> Result<(), FetchError> {
        let Some(parent) = name.parents().last().filter(|it| !self.made.contains(*it)) else {
            return Ok(());
        };
        self.place.disk.make_dir(&self.place.root.join(parent), 0o700)?;
        self.made.extend(name.parents().map(str::to_owned));
        Ok(())
    }
}

/// A worker: files until there are no more.
fn work(place: &Place<'_>, shared: &Shared) -> Vec<ExtractedFile> {
    let mut desk = Desk { inflate: Decompress::new(false), out: vec![0; PIECE] };
    let mut files = Vec::new();
    while let Some(Job { spec, feed }) = shared.next() {
        match desk.write_entry(place, shared, &spec, feed) {
            Ok(sha256) => files.push(ExtractedFile { name: spec.name, sha256, size: spec.size }),
            Err(error) => shared.fail(error),
        }
    }
    files
}

/// What a worker keeps from file to file.
struct Desk {
    inflate: Decompress,
    out: Vec<u8>,
}

/// A file on its way to the disk.
struct Target {
    file: Box<dyn Write + Send>,
    hasher: Sha256,
    crc: Crc,
    left: u64,
}

impl Desk {
    fn write_entry(
        &mut self,
        place: &Place<'_>,
        shared: &Shared,
        spec: &Spec,
        feed: Feed,
    ) -> Result<Digest, FetchError> {
        let path = place.root.join(spec.name.as_str());
        let disk = |error: &io::Error| FetchError::disk(&path, error);
        let wrong = |why| {
            let why = ArchiveError::Entry { name: spec.name.as_str().to_owned(), rule: why };
            FetchError::Hostile { from: String::new(), why }
        };
        let file = place.disk.create(&path, 0o644)?;
        let mut target = Target { file, hasher: Sha256::new(), crc: Crc::new(), left: spec.size };
        let mut ended = spec.packed == Packed::Plain;
        self.inflate.reset(false);
        let (mut whole, pieces) = match feed {
            Feed::Whole(bytes) => (Some(bytes), None),
            Feed::Pieces(receiver) => (None, Some(receiver)),
        };
        loop {
            let next = whole.take().or_else(|| pieces.as_ref().and_then(|it| it.recv().ok()));
            let Some(piece) = next else { break };
            let result = match spec.packed {
                Packed::Plain => target.put(&piece),
                Packed::Deflated => self.inflate_into(&piece, &mut ended, &mut target),
            };
            shared.release(piece.len() + LEAST);
            result.map_err(|it| match it {
                Bad::Disk(error) => disk(&error),
                Bad::Content(why) => wrong(why),
            })?;
        }
        target.file.flush().map_err(|it| disk(&it))?;
        if !ended {
            return Err(wrong("archive-content-early"));
        }
        if target.left > 0 {
            return Err(wrong("archive-content-shorter"));
        }
        if spec.crc.is_some_and(|it| it != target.crc.sum()) {
            return Err(wrong("archive-content-checksum"));
        }
        Ok(Digest::finish(target.hasher))
    }

    fn inflate_into(&mut self, mut piece: &[u8], ended: &mut bool, target: &mut Target) -> Result<(), Bad> {
        while !piece.is_empty() && !*ended {
            let before = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress(piece, &mut self.out, FlushDecompress::None);
            let status = status.map_err(|_| Bad::Content("archive-content-inflate"))?;
            let count = |from, to: u64| usize::try_from(to - from).unwrap_or(usize::MAX);
            let (read, made) =
                (count(before.0, self.inflate.total_in()), count(before.1, self.inflate.total_out()));
            piece = &piece[read..];
            target.put(&self.out[..made])?;
            *ended = status == Status::StreamEnd;
            if read == 0 && made == 0 && !*ended {
                return Err(Bad::Content("archive-content-inflate"));
            }
        }
        // With all input read, output may still be held back.
        while !*ended {
            let before = self.inflate.total_out();
            let status = self.inflate.decompress(&[], &mut self.out, FlushDecompress::None);
            let made = usize::try_from(self.inflate.total_out() - before).unwrap_or(usize::MAX);
            *ended = matches!(status, Ok(Status::StreamEnd));
            target.put(&self.out[..made])?;
            if made == 0 {
                break;
            }
        }
        if piece.is_empty() { Ok(()) } else { Err(Bad::Content("archive-content-after")) }
    }
}

enum Bad {
    Disk(io::Error),
    Content(&'static str),
}

impl Target {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Bad> {
        let after = self.left.checked_sub(bytes.len() as u64);
        self.left = after.ok_or(Bad::Content("archive-content-longer"))?;
        self.hasher.update(bytes);
        self.crc.update(bytes);
        self.file.write_all(bytes).map_err(Bad::Disk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::disk::RealDisk;

    /// A download that is stopped in the middle of a file.
    struct Stopped(usize);

    impl Read for Stopped {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = into.len().min(self.0);
            self.0 -= n;
            into[..n].fill(0);
            if n == 0 { Err(io::Error::other("stopped")) } else { Ok(n) }
        }
    }

    #[test]
    fn a_stopped_download_is_no_damaged_archive() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let size = 3 * PIECE as u64;
        let name = SafeName::parse(b"big").expect("a name");
        let spec = Spec { name, packed: Packed::Plain, packed_size: size, size, crc: None };
        let result = fill(&RealDisk, root.path(), 2, |extractor| {
            let stopped = extractor.write_entry(spec, &mut Stopped(PIECE + 1), &|_| FetchError::Stopped);
            // Until the worker has seen that its file is cut, unless it was told before.
            while !extractor.shared.state().given_up {
                std::thread::yield_now();
            }
            stopped
        });
        assert_eq!(result, Err(FetchError::Stopped));
    }
}
