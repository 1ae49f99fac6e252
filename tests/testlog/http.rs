//! A loopback http server that can misbehave. One thread a connection; nothing outlives the [`Server`] for long.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::World;

/// A way to misbehave.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The right headers and this many bytes of the body; then the connection is closed.
    CutAfter(usize),
    /// Another status, with a short body.
    Status(u16),
    /// This many bytes of the body, then silence while the server lives. `usize::MAX` says not even a header.
    StallAfter(usize),
    /// 200 and the whole, whatever `Range` asks.
    IgnoreRange,
    /// 206 and headers for the range, but the bytes of one that starts this much later.
    WrongRange(usize),
    /// This byte of the whole file has its lowest bit flipped.
    FlipBit(usize),
    /// `Content-Length` is off by this, and the body has its true length.
    WrongLength(i64),
    /// 200 with other bytes altogether.
    Body(Vec<u8>),
    /// 302 to there.
    Redirect(String),
    /// A body without end and without `Content-Length`.
    Endless,
    /// The connection is closed before a byte is said.
    Hangup,
    /// A new entity tag with every answer.
    ChangingTag,
}

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The path, with its query, `%21` and the like undone.
    pub path: String,
    /// First and last byte, as `Range` asked for.
    pub range: Option<(usize, Option<usize>)>,
    /// The status that was sent, 0 if none was.
    pub status: u16,
    /// How many bytes of the body were given to the connection.
    pub sent: usize,
}

#[derive(Default)]
struct Shared {
    world: Mutex<Option<World>>,
    faults: Mutex<Vec<(String, Fault, usize)>>,
    seen: Mutex<Vec<Seen>>,
    stop: AtomicBool,
}

/// The running server; dropping it stops it.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
}

impl Server {
    /// Starts one on a free port of 127.0.0.1.
    pub fn start(world: World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback can be bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared { world: Mutex::new(Some(world)), ..Shared::default() });
        let inner = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if inner.stop.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&inner);
                if let Ok(stream) = stream {
                    std::thread::spawn(move || serve(&shared, stream));
                }
            }
        });
        Self { shared, address }
    }

    /// `http://127.0.0.1:PORT`, to be used as GOPROXY.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `http://127.0.0.1:PORT/golang/go1.27.4.linux-amd64.tar.gz`
    pub fn tarball(&self, version: &str, platform: &str) -> String {
        format!("{}/golang/go{version}.{platform}.tar.gz", self.url())
    }

    /// Changes what is served, or looks at it.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(lock(&self.shared.world).as_mut().expect("the world is there"))
    }

    /// Misbehaves whenever a path contains `part`, until [`Server::heal`].
    pub fn fault(&self, part: &str, fault: Fault) {
        self.fault_times(part, fault, usize::MAX);
    }

    /// Misbehaves the next `times` that a path contains `part`.
    pub fn fault_times(&self, part: &str, fault: Fault, times: usize) {
        lock(&self.shared.faults).push((part.to_owned(), fault, times));
    }

    /// Behaves again.
    pub fn heal(&self) {
        lock(&self.shared.faults).clear();
    }

    /// What was asked since the start or the last [`Server::forget`], in order.
    pub fn requests(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// Forgets the requests so far.
    pub fn forget(&self) {
        lock(&self.shared.seen).clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address); // wakes `incoming`
    }
}

#[derive(Default)]
struct Asked {
    method: String,
    path: String,
    range: Option<(usize, Option<usize>)>,
    if_range: Option<String>,
    close: bool,
}

fn serve(shared: &Shared, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let Ok(mut out) = stream.try_clone() else { return };
    let mut input = BufReader::new(stream);
    while let Some(asked) = read_request(&mut input) {
        if !answer(shared, &asked, &mut out).unwrap_or(false) || asked.close {
            break;
        }
    }
    let _ = out.shutdown(std::net::Shutdown::Both);
}

fn read_request(input: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    input.read_line(&mut line).ok().filter(|it| *it > 0)?;
    let mut words = line.split_whitespace();
    let mut asked =
        Asked { method: words.next()?.to_owned(), path: decode(words.next()?), ..Asked::default() };
    loop {
        let mut line = String::new();
        input.read_line(&mut line).ok().filter(|it| *it > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { return Some(asked) };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "range" => {
                let (from, to) = value.strip_prefix("bytes=")?.split_once('-')?;
                asked.range = Some((from.parse().ok()?, to.parse().ok()));
            }
            "if-range" => asked.if_range = Some(value.to_owned()),
            "connection" => asked.close = value.eq_ignore_ascii_case("close"),
            _ => {}
        }
    }
}

/// Undoes `%21`: `go` escapes `!`.
fn decode(path: &str) -> String {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                out.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => out.extend_from_slice(format!("%{part}").as_bytes()),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What is about to be sent.
struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

/// Answers, and says whether the connection may go on. `None` when the other side went away.
fn answer(shared: &Shared, asked: &Asked, out: &mut TcpStream) -> Option<bool> {
    let fault = next_fault(shared, &asked.path);
    let mut reply = reply(shared, asked, fault.as_ref());
    let seen = Seen { path: asked.path.clone(), range: asked.range, status: reply.status, sent: 0 };
    let unheard = matches!(fault, Some(Fault::Hangup | Fault::StallAfter(usize::MAX)));
    // Noted before it is sent, so that a client that has its bytes finds its request here.
    let number = {
        let mut all = lock(&shared.seen);
        all.push(Seen { status: if unheard { 0 } else { seen.status }, ..seen });
        all.len() - 1
    };
    let mut send = |bytes: &[u8]| {
        if let Some(seen) = lock(&shared.seen).get_mut(number) {
            seen.sent += bytes.len();
        }
        out.write_all(bytes).ok()
    };
    match fault {
        Some(Fault::Hangup) => return Some(false),
        Some(Fault::StallAfter(usize::MAX)) => {
            stall(shared);
            return Some(false);
        }
        Some(Fault::CutAfter(count) | Fault::StallAfter(count)) => reply.body.truncate(count),
        _ => {}
    }
    if asked.method == "HEAD" {
        reply.body.clear();
    }
    let head = reply.head.into_bytes();
    send(&head)?;
    if let Some(seen) = lock(&shared.seen).get_mut(number) {
        seen.sent = 0; // the body alone counts
    }
    for block in reply.body.chunks(16 * 1024) {
        send(block)?;
    }
    match fault {
        Some(Fault::StallAfter(_)) => stall(shared),
        Some(Fault::Endless) => {
            while !shared.stop.load(Ordering::SeqCst) {
                send(&[b'x'; 65536])?;
            }
        }
        _ => {}
    }
    let broken = matches!(
        fault,
        Some(Fault::CutAfter(_) | Fault::StallAfter(_) | Fault::WrongLength(_) | Fault::Endless)
    );
    Some(!broken)
}

fn reply(shared: &Shared, asked: &Asked, fault: Option<&Fault>) -> Reply {
    let path = asked.path.split('?').next().unwrap_or_default();
    let (mut status, mut body) = lock(&shared.world).as_ref().expect("the world is there").answer(path);
    let digest = Sha256::digest(&body);
    let mut tag = format!("\"{:x}\"", u64::from_le_bytes(digest[..8].try_into().expect("eight bytes")));
    let mut extra = String::new();
    match fault {
        Some(Fault::Status(code)) => (status, body) = (*code, format!("status {code}\n").into_bytes()),
        Some(Fault::Body(bytes)) => (status, body) = (200, bytes.clone()),
        Some(Fault::FlipBit(at)) if *at < body.len() => body[*at] ^= 1,
        Some(Fault::ChangingTag) => tag = format!("\"tag-{}\"", lock(&shared.seen).len()),
        Some(Fault::Redirect(to)) => {
            (status, body) = (302, Vec::new());
            extra = format!("Location: {to}\r\n");
        }
        _ => {}
    }
    let same = asked.if_range.as_ref().is_none_or(|it| *it == tag);
    if let (Some((from, last)), 200, true) = (asked.range, status, same)
        && !matches!(fault, Some(Fault::IgnoreRange))
    {
        let shift = if let Some(Fault::WrongRange(by)) = fault { *by } else { 0 };
        (status, extra, body) = part(&body, from, last, shift);
    }
    let off = if let Some(Fault::WrongLength(by)) = fault { *by } else { 0 };
    let length = match fault {
        Some(Fault::Endless) => "Connection: close".into(),
        _ => format!("Content-Length: {}", body.len().saturating_add_signed(off as isize)),
    };
    let head =
        format!("HTTP/1.1 {status} Fake\r\nETag: {tag}\r\nAccept-Ranges: bytes\r\n{extra}{length}\r\n\r\n");
    Reply { status, head, body }
}

/// A part of a body: status, headers and bytes.
fn part(body: &[u8], from: usize, last: Option<usize>, shift: usize) -> (u16, String, Vec<u8>) {
    let whole = body.len();
    let end = last.map_or(whole, |it| it.saturating_add(1).min(whole));
    if from >= end {
        return (416, format!("Content-Range: bytes */{whole}\r\n"), Vec::new());
    }
    let mut bytes = body[(from + shift).min(end)..end].to_vec();
    bytes.resize(end - from, b'?');
    (206, format!("Content-Range: bytes {from}-{}/{whole}\r\n", end - 1), bytes)
}

fn next_fault(shared: &Shared, path: &str) -> Option<Fault> {
    let mut faults = lock(&shared.faults);
    let (_, fault, times) =
        faults.iter_mut().find(|(part, _, times)| *times > 0 && path.contains(part.as_str()))?;
    *times = times.saturating_sub(usize::from(*times != usize::MAX));
    Some(fault.clone())
}

fn stall(shared: &Shared) {
    while !shared.stop.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
