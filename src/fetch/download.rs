//! One download that resumes: the whole body of a URL as a `Read`, from its first byte on, whatever happens to the
//! connection. What an earlier run left is read from disk first; a cut is fixed by `Range` with `If-Range`, after a
//! growing pause; a source that ignores `Range` is read again up to where we were. Every byte is kept on disk until the
//! caller calls [`Stream::done`], so that a killed run goes on too.
//!
//! It proves nothing: the reader hashes all bytes from 0, the kept ones included, and says `discard` when they fail.
//!
//! Long because opening, resuming and reading on are the states of one machine.

use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use url::Url;

use super::error::FetchError;
use super::partial::{About, Partial, Parts};
use super::progress::Progress;
use crate::system::{Request, Response, System};

#[cfg(test)]
mod tests;

/// How often in a row a transfer may fail without getting on.
const TRIES: u32 = 5;
/// The first pause between tries; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);
/// Getting on means at least so many bytes.
const GETTING_ON: u64 = 64 << 10;
/// Until the first byte, once a source has answered before.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that are read, and kept on disk, at once.
const BLOCK: usize = 64 << 10;

/// What a download may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes at most.
    pub size: u64,
    /// How long until the first byte of the first answer.
    pub first_byte: Duration,
}

/// A body that arrives.
pub struct Stream<'a> {
    system: System<'a>,
    progress: &'a dyn Progress,
    url: Url,
    limits: Limits,
    partial: Partial<'a>,
    /// Reads what an earlier run left, until it is read.
    kept: Option<Parts<'a>>,
    body: Option<Box<dyn Read + Send>>,
    /// How many bytes came, from disk or network.
    at: u64,
    /// A block of them, of which the caller has had the first `had`.
    block: Vec<u8>,
    had: usize,
    resumed: bool,
    tries: u32,
    /// Where the last try began.
    began: u64,
    failure: Option<FetchError>,
}

impl<'a> Stream<'a> {
    /// Asks for a URL. The answer's head has come when this returns; nothing is retried before that.
    pub fn open(
        system: System<'a>,
        downloads: &Path,
        url: &Url,
        limits: Limits,
        progress: &'a dyn Progress,
    ) -> Result<Self, FetchError> {
        let partial = Partial::load(system, downloads, url)?;
        let mut stream = Self {
            system,
            progress,
            url: url.clone(),
            limits,
            partial,
            kept: None,
            body: None,
            at: 0,
            block: Vec::new(),
            had: 0,
            resumed: false,
            tries: 0,
            began: 0,
            failure: None,
        };
        let kept = stream.partial.len();
        if kept == 0 || stream.partial.about().size != Some(kept) {
            let answer = stream.ask(kept, limits.first_byte)?;
            stream.accept_first(answer, kept)?;
        }
        if !stream.partial.is_empty() {
            stream.kept = Some(stream.partial.reader());
            stream.resumed = true;
        }
        stream.began = stream.partial.len();
        Ok(stream)
    }

    /// Bytes of the whole, where the source says so.
    pub fn size(&self) -> Option<u64> {
        self.partial.about().size
    }

    /// The source's tag for the file.
    pub fn etag(&self) -> Option<&str> {
        self.partial.about().etag.as_deref()
    }

    /// Whether bytes of an earlier run are part of it.
    pub fn resumed(&self) -> bool {
        self.resumed
    }

    /// Host and port, for messages.
    pub fn host(&self) -> String {
        host(&self.url)
    }

    /// Why reading failed. An `io::Error` of this reader only says that it did.
    pub fn failure(&mut self, error: &io::Error) -> FetchError {
        self.failure.take().unwrap_or_else(|| self.cut(error))
    }

    /// Why reading failed, if it did.
    pub fn take_failure(&mut self) -> Option<FetchError> {
        self.failure.take()
    }

    /// Reads what has not come yet, so that all of it is on disk, and gives it from the start.
    pub fn into_parts(mut self) -> Result<(Partial<'a>, Parts<'a>), FetchError> {
        let mut block = vec![0; BLOCK];
        loop {
            match self.read(&mut block) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return Err(self.failure(&error)),
            }
        }
        let parts = self.partial.reader();
        Ok((self.partial, parts))
    }

    /// What is kept on disk: to be removed when all is proven, or when it fails its proof.
    pub fn into_partial(self) -> Partial<'a> {
        self.partial
    }

    /// Whether all bytes are on disk already.
    pub fn is_whole(&self) -> bool {
        self.size() == Some(self.partial.len())
    }

    /// All that is on disk.
    pub fn parts(&self) -> Parts<'a> {
        self.partial.reader()
    }

    fn ask(&self, from: u64, first_byte: Duration) -> Result<Response, FetchError> {
        let request = Request {
            range: (from > 0).then_some((from, None)),
            if_range: self.etag().filter(|it| from > 0 && !it.starts_with("W/")).map(str::to_owned),
            first_byte,
            ..Request::new(self.url.clone())
        };
        Ok(self.system.net.get(&request)?)
    }

    /// The first answer of this run: it goes on where the last run stopped, or begins anew.
    fn accept_first(&mut self, answer: Response, kept: u64) -> Result<(), FetchError> {
        match answer.status {
            206 if kept > 0 && self.fits(&answer, kept) => {
                self.body = Some(answer.body);
                Ok(())
            }
            200 => self.begin(answer),
            206 | 416 if kept > 0 => {
                let answer = self.ask(0, self.limits.first_byte)?;
                if answer.status == 200 { self.begin(answer) } else { Err(self.status(answer.status)) }
            }
            status => Err(self.status(status)),
        }
    }

    fn begin(&mut self, answer: Response) -> Result<(), FetchError> {
        if answer.length.is_some_and(|it| it > self.limits.size) {
            return Err(self.too_large());
        }
        self.partial.restart(About { etag: answer.etag, size: answer.length })?;
        self.body = Some(answer.body);
        Ok(())
    }

    /// Whether a part begins where we are and belongs to the file that we know.
    fn fits(&self, answer: &Response, at: u64) -> bool {
        let about = self.partial.about();
        let same = |ours: &Option<String>| match (ours, &answer.etag) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        answer.range.is_some_and(|(from, size)| {
            from == at && (size.is_none() || about.size.is_none() || size == about.size)
        }) && same(&about.etag)
    }

    /// Goes on after a cut. Gives the error when that is hopeless.
    fn resume(&mut self, why: FetchError) -> Result<(), FetchError> {
        self.body = None;
        if self.at >= self.began + GETTING_ON {
            self.tries = 0;
        }
        let mut why = why;
        loop {
            if self.progress.stopped() {
                return Err(FetchError::Stopped);
            }
            if self.tries >= TRIES {
                return Err(why);
            }
            self.system.look.wait(PAUSE * (1 << self.tries));
            self.tries += 1;
            self.began = self.at;
            match self.ask(self.at, PATIENCE).and_then(|it| self.accept(it)) {
                Ok(()) => return Ok(()),
                Err(FetchError::Status { status, host })
                    if status < 500 && status != 429 && status != 408 =>
                {
                    return Err(FetchError::Status { status, host });
                }
                Err(error @ FetchError::Changed { .. }) => return Err(error),
                Err(error) => why = error,
            }
        }
    }

    fn accept(&mut self, answer: Response) -> Result<(), FetchError> {
        let changed = || FetchError::Changed { host: host(&self.url) };
        match answer.status {
            206 if self.at > 0 && self.fits(&answer, self.at) => {
                self.body = Some(answer.body);
                Ok(())
            }
            200 => {
                let about = self.partial.about();
                let other = |ours: bool| if ours { Ok(()) } else { Err(changed()) };
                other(about.etag == answer.etag && about.size == answer.length)?;
                self.body = Some(answer.body);
                self.skip()
            }
            206 | 416 => Err(changed()),
            status => Err(self.status(status)),
        }
    }

    /// Reads past what we have.
    fn skip(&mut self) -> Result<(), FetchError> {
        let (mut left, mut block) = (self.at, vec![0; BLOCK]);
        while left > 0 {
            if self.progress.stopped() {
                return Err(FetchError::Stopped);
            }
            let most = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let read = self.body.as_mut().map_or(Ok(0), |it| it.read(&mut block[..most]));
            match read {
                Ok(0) => return Err(self.cut(&io::ErrorKind::UnexpectedEof.into())),
                Ok(n) => left -= n as u64,
                Err(error) => return Err(self.cut(&error)),
            }
        }
        Ok(())
    }

    /// The next block, from disk or network; an empty one is the end.
    fn fetch(&mut self) -> Result<(), FetchError> {
        self.block.resize(BLOCK, 0);
        self.had = 0;
        let n = self.fetch_into_block()?;
        self.block.truncate(n);
        self.at += n as u64;
        self.progress.advanced(n as u64);
        Ok(())
    }

    fn fetch_into_block(&mut self) -> Result<usize, FetchError> {
        if let Some(kept) = &mut self.kept {
            let n = kept.read(&mut self.block).map_err(|it| self.partial.failed(&it))?;
            if n > 0 {
                return Ok(n);
            }
            self.kept = None;
        }
        loop {
            if self.progress.stopped() {
                return Err(FetchError::Stopped);
            }
            if self.size() == Some(self.at) {
                return Ok(0);
            }
            let read = self.body.as_mut().map(|it| fill(&mut **it, &mut self.block));
            let (n, error) = read.unwrap_or((0, Some(io::ErrorKind::UnexpectedEof.into())));
            if n > 0 {
                // An error behind these bytes comes again with the next ones.
                let at = self.at + n as u64;
                if at > self.limits.size || self.size().is_some_and(|it| at > it) {
                    return Err(self.too_large());
                }
                self.partial.append(&self.block[..n])?;
                return Ok(n);
            }
            let cut = match error {
                // Without an announced size, its end is the end.
                None if self.size().is_none() => return Ok(0),
                None => self.cut(&io::ErrorKind::UnexpectedEof.into()),
                Some(error) => self.cut(&error),
            };
            self.resume(cut)?;
        }
    }

    fn cut(&self, error: &io::Error) -> FetchError {
        FetchError::Cut { host: host(&self.url), at: self.at, why: error.to_string() }
    }

    fn status(&self, status: u16) -> FetchError {
        FetchError::Status { host: host(&self.url), status }
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge { host: host(&self.url), limit: self.limits.size }
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        if self.failure.is_some() {
            return Err(io::Error::other("the download has failed"));
        }
        if self.had == self.block.len()
            && let Err(error) = self.fetch()
        {
            let told = io::Error::other(error.to_string());
            self.block.clear();
            self.failure = Some(error);
            return Err(told);
        }
        let n = into.len().min(self.block.len() - self.had);
        into[..n].copy_from_slice(&self.block[self.had..self.had + n]);
        self.had += n;
        Ok(n)
    }
}

/// A part of a file that ranges can be had of; `None` when the source ignores `Range` or means another file.
pub fn part(
    system: System<'_>,
    url: &Url,
    range: (u64, u64),
    size: u64,
    etag: Option<&str>,
) -> Result<Option<Vec<u8>>, FetchError> {
    let (from, to) = range;
    let etag = etag.filter(|it| !it.starts_with("W/"));
    let request = Request {
        range: Some((from, Some(to))),
        if_range: etag.map(str::to_owned),
        first_byte: PATIENCE,
        ..Request::new(url.clone())
    };
    let answer = system.net.get(&request)?;
    let same = etag.is_none() || answer.etag.is_none() || answer.etag.as_deref() == etag;
    if answer.status != 206 || answer.range != Some((from, Some(size))) || !same {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let read = answer.body.take(to - from + 1).read_to_end(&mut bytes);
    let cut = |why: String| FetchError::Cut { host: host(url), at: from, why };
    read.map_err(|it| cut(it.to_string()))?;
    if bytes.len() as u64 == to - from {
        Ok(Some(bytes))
    } else {
        Err(cut("too few or too many bytes".into()))
    }
}

/// Reads until the block is full; a body comes in small pieces. What was read before an error counts, and so does the
/// error.
fn fill(from: &mut dyn Read, block: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut n = 0;
    while n < block.len() {
        match from.read(&mut block[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(error) => return (n, Some(error)),
        }
    }
    (n, None)
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
