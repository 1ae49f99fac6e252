//! The real `Net`: reqwest on one network thread with a small runtime of its own; all else in the program blocks.
//!
//! What it promises: https only (http for loopback addresses), at most five redirects and never to plain http, nothing
//! decompressed on the way, a limit to the first byte and between bytes, proxies and CA files from the environment that
//! it was given, and no password in any message. A body is read through a bounded channel; dropping it ends the transfer.
//!
//! It does not retry, resume, verify or keep anything: that is `fetch`. It reads no environment by itself (the platform's
//! certificate loader reads SSL_CERT_FILE and SSL_CERT_DIR as every TLS program does).
//!
//! Long because a transfer is one story from the request to the last byte, told by the one thread that does it.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::{Buf, Bytes};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderName, IF_RANGE, RANGE};
use tokio::sync::{mpsc, oneshot, watch};
use url::Url;

use super::{Net, NetError, Request, Response, UrlRule};

mod errors;
mod issuer;
#[cfg(test)]
pub mod loopback;
mod proxy;
#[cfg(test)]
mod tests;
mod tls;

pub use proxy::Proxies;

/// Between two bytes of a body.
pub const GAP: Duration = Duration::from_secs(30);
/// Slower than this for [`SLOW_FOR`] is no transfer either (bytes that arrive while we wait for them).
const SLOWEST: u64 = 1024;
const SLOW_FOR: Duration = Duration::from_mins(1);
/// Chunks of a body that wait for the reader; a chunk is at most some 400 KiB, mostly 16 KiB.
const CHUNKS: usize = 8;
/// Redirects that are followed.
const REDIRECTS: usize = 5;

/// The network of this machine.
pub struct RealNet {
    setup: Mutex<Arc<Setup>>,
    /// The way to the network thread, which starts with the first request.
    thread: Mutex<Option<mpsc::UnboundedSender<Job>>>,
    stop: watch::Sender<bool>,
}

/// What every connection is made with.
struct Setup {
    proxies: Proxies,
    roots: tls::Roots,
    gap: Duration,
    /// The user's limit, instead of `gap` and of what a request says.
    limit: OnceLock<Duration>,
}

struct Job {
    request: Request,
    answer: oneshot::Sender<Result<Response, NetError>>,
}

impl RealNet {
    /// With the proxies and CA files that this environment names. Opens nothing yet.
    pub fn new(env: &BTreeMap<String, String>) -> Self {
        Self::with_gap(env, GAP)
    }

    /// With another limit between two bytes of a body.
    pub fn with_gap(env: &BTreeMap<String, String>, gap: Duration) -> Self {
        let setup =
            Setup { proxies: Proxies::of(env), roots: tls::Roots::of(env), gap, limit: OnceLock::new() };
        Self { setup: Mutex::new(Arc::new(setup)), thread: Mutex::new(None), stop: watch::Sender::new(false) }
    }

    /// Ends every transfer, those that wait included, and refuses new ones: for Ctrl-C.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    fn setup(&self) -> Arc<Setup> {
        self.setup.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hand_over(&self, job: Job) -> io::Result<()> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if thread.is_none() {
            *thread = Some(start(self.setup(), self.stop.subscribe())?);
        }
        let gone = || io::Error::other("the network thread has ended");
        thread.as_ref().and_then(|it| it.send(job).ok()).ok_or_else(gone)
    }
}

impl Net for RealNet {
    fn get(&self, request: &Request) -> Result<Response, NetError> {
        allowed(&request.url, None).map_err(|rule| errors::not_allowed(&request.url, rule))?;
        let broken = |why: String| NetError::Unreachable { host: errors::host(&request.url), why };
        let (answer, receive) = oneshot::channel();
        let job = Job { request: request.clone(), answer };
        self.hand_over(job).map_err(|it| broken(it.to_string()))?;
        receive.blocking_recv().unwrap_or_else(|_| Err(broken("the transfer was stopped".into())))
    }

    fn limit(&self, limit: Duration) {
        // The first word holds: it is given once, with the command line.
        let _ = self.setup().limit.set(limit);
    }

    fn environment(&self, env: &BTreeMap<String, String>) {
        let old = self.setup();
        let (proxies, roots) = (Proxies::of(env), tls::Roots::of(env));
        let new = Setup { proxies, roots, gap: old.gap, limit: old.limit.clone() };
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        // The next request starts a thread that knows it.
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Whether a URL may be fetched, after a redirect from `previous` if there was one. Pure.
pub fn allowed(url: &Url, previous: Option<&Url>) -> Result<(), UrlRule> {
    let plain = url.scheme() == "http";
    match url.scheme() {
        "https" | "http" if url.host().is_none() => Err(UrlRule::NoHost),
        "https" => Ok(()),
        "http" if proxy::is_loopback(url) => Ok(()),
        "http" => Err(UrlRule::Plain),
        _ => Err(UrlRule::Scheme),
    }?;
    let Some(previous) = previous else { return Ok(()) };
    if plain && previous.scheme() == "https" {
        return Err(UrlRule::Downgrade);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlRule::UserName);
    }
    Ok(())
}

/// Starts the network thread; it ends when the `RealNet` is dropped.
fn start(setup: Arc<Setup>, stop: watch::Receiver<bool>) -> io::Result<mpsc::UnboundedSender<Job>> {
    let (sender, mut jobs) = mpsc::unbounded_channel::<Job>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let run = move || {
        runtime.block_on(async move {
            let mut client = None;
            while let Some(job) = jobs.recv().await {
                match ready(&mut client, &setup, &job.request.url) {
                    Ok(client) => drop(tokio::spawn(serve(client, setup.clone(), job, stop.clone()))),
                    Err(error) => drop(job.answer.send(Err(error))),
                }
            }
        });
        // A name server that hangs must not keep us from ending.
        runtime.shutdown_background();
    };
    std::thread::Builder::new().name("network".into()).spawn(run)?;
    Ok(sender)
}

/// The client, made when it is first needed. While the machine has no CA certificates it is made anew each time: they
/// may come with the packages that we install.
fn ready(
    slot: &mut Option<reqwest::Client>,
    setup: &Arc<Setup>,
    url: &Url,
) -> Result<reqwest::Client, NetError> {
    if let Some(client) = slot {
        return Ok(client.clone());
    }
    let (config, lacks) = setup.roots.config();
    if let Some(fault) = &lacks
        && url.scheme() == "https"
    {
        return Err(NetError::Certificate { host: errors::host(url), fault: fault.clone(), issuer: None });
    }
    let follow = reqwest::redirect::Policy::custom(|attempt| {
        if attempt.previous().len() > REDIRECTS {
            return attempt.error(UrlRule::Redirects);
        }
        match allowed(attempt.url(), attempt.previous().last()) {
            Ok(()) => attempt.follow(),
            Err(rule) => attempt.error(rule),
        }
    });
    let chooser = setup.clone();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(config)
        .no_proxy()
        .proxy(reqwest::Proxy::custom(move |url| chooser.proxies.of_url(url)))
        .redirect(follow)
        .referer(false)
        .connect_timeout(errors::CONNECT)
        .user_agent(concat!("fyne-setup/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| errors::told(&error, url, &setup.proxies))?;
    if lacks.is_none() {
        *slot = Some(client.clone());
    }
    Ok(client)
}

/// Serves one request: its head, then its body until it ends, fails, or nobody reads it any more.
async fn serve(client: reqwest::Client, setup: Arc<Setup>, job: Job, mut stop: watch::Receiver<bool>) {
    let Job { request, mut answer } = job;
    let head = head(&client, &setup, &request);
    match unless(head, answer.closed(), &mut stop).await {
        Err(_) => {}
        Ok(Err(error)) => drop(answer.send(Err(error))),
        Ok(Ok(response)) => {
            let (sender, receiver) = mpsc::channel(CHUNKS);
            let known = described(&response, Body { receiver, rest: Bytes::new(), ended: false });
            if answer.send(Ok(known)).is_ok() {
                pump(response, setup.limit.get().copied().unwrap_or(setup.gap), sender, stop).await;
            }
        }
    }
}

async fn head(
    client: &reqwest::Client,
    setup: &Setup,
    request: &Request,
) -> Result<reqwest::Response, NetError> {
    let mut get = client.get(request.url.clone()).header(ACCEPT_ENCODING, "identity");
    if let Some((from, to)) = request.range {
        let last = to.map(|it| it.saturating_sub(1).to_string()).unwrap_or_default();
        get = get.header(RANGE, format!("bytes={from}-{last}"));
    }
    if let Some(tag) = &request.if_range {
        get = get.header(IF_RANGE, tag);
    }
    let host = || errors::host(&request.url);
    let patience = setup.limit.get().copied().filter(|_| !request.is_brief());
    match tokio::time::timeout(patience.unwrap_or(request.first_byte), get.send()).await {
        Err(_) => Err(NetError::TimedOut { host: host() }),
        Ok(Ok(response)) if response.status() == 407 => Err(NetError::Proxy {
            proxy: setup.proxies.shown(&request.url).unwrap_or_else(host),
            status: Some(407),
            why: "407 Proxy Authentication Required".into(),
        }),
        Ok(Ok(response)) => Ok(response),
        // Why it is so takes another question, and nobody wants to know.
        Ok(Err(error)) if request.is_brief() => Err(errors::told(&error, &request.url, &setup.proxies)),
        Ok(Err(error)) => Err(errors::told_after_asking(&error, &request.url, &setup.proxies).await),
    }
}

fn described(response: &reqwest::Response, body: Body) -> Response {
    let headers = response.headers();
    Response {
        status: response.status().as_u16(),
        length: field(headers, &reqwest::header::CONTENT_LENGTH).and_then(|it| it.parse().ok()),
        range: field(headers, &CONTENT_RANGE).and_then(content_range),
        etag: field(headers, &ETAG).map(str::to_owned),
        body: Box::new(body),
    }
}

fn field<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `bytes 5-9/100` as (5, Some(100)); an unknown size is a star.
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, size) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (from, to) = range.split_once('-')?;
    let (from, to) = (from.parse::<u64>().ok()?, to.parse::<u64>().ok()?);
    let size = if size == "*" { None } else { Some(size.parse().ok()?) };
    (from <= to && size.is_none_or(|size| to < size)).then_some((from, size))
}

/// Moves a body to its reader. A reader that is slow is waited for; a sender that is slow is given up.
async fn pump(
    mut response: reqwest::Response,
    gap: Duration,
    sender: mpsc::Sender<io::Result<Bytes>>,
    mut stop: watch::Receiver<bool>,
) {
    let (mut waited, mut seen) = (Duration::ZERO, 0);
    loop {
        let began = tokio::time::Instant::now();
        let next = tokio::time::timeout(gap, response.chunk());
        let late = |why: &str| Err(io::Error::new(io::ErrorKind::TimedOut, why));
        let item = match unless(next, sender.closed(), &mut stop).await {
            Err(Given::Up) => return,
            Err(Given::Stop) => Err(io::Error::new(io::ErrorKind::ConnectionAborted, "stopped")),
            Ok(Err(_)) => late("no byte came for too long"),
            Ok(Ok(Err(error))) => Err(errors::cut(&error)),
            Ok(Ok(Ok(None))) => Ok(Bytes::new()),
            Ok(Ok(Ok(Some(chunk)))) => {
                waited += began.elapsed();
                seen += chunk.len() as u64;
                let slow = waited >= SLOW_FOR && seen < SLOWEST * SLOW_FOR.as_secs();
                if waited >= SLOW_FOR {
                    (waited, seen) = (Duration::ZERO, 0);
                }
                if chunk.is_empty() {
                    continue;
                }
                if slow { late("less than 1 KiB a second came for a minute") } else { Ok(chunk) }
            }
        };
        let last = item.as_ref().map_or(true, Bytes::is_empty);
        if sender.send(item).await.is_err() || last {
            return;
        }
    }
}

/// Why work ended before it was done.
enum Given {
    /// Nobody waits for it any more.
    Up,
    /// We were told to stop.
    Stop,
}

/// Does the work, unless nobody wants it any more or we are told to stop.
async fn unless<T>(
    work: impl Future<Output = T>,
    gone: impl Future<Output = ()>,
    stop: &mut watch::Receiver<bool>,
) -> Result<T, Given> {
    let (mut work, mut gone) = (pin!(work), pin!(gone));
    let mut stop = pin!(stop.wait_for(|it| *it));
    std::future::poll_fn(|cx| {
        if let Poll::Ready(done) = work.as_mut().poll(cx) {
            return Poll::Ready(Ok(done));
        }
        if gone.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(Given::Up));
        }
        // An error says that the `RealNet` is gone, and what it started with it.
        stop.as_mut().poll(cx).map(|_| Err(Given::Stop))
    })
    .await
}

/// The reading end of a body. An empty chunk is its end: a channel that closes without one was cut.
struct Body {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    rest: Bytes,
    ended: bool,
}

impl Read for Body {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && !self.ended && !into.is_empty() {
            let cut = || Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the transfer was stopped"));
            self.rest = self.receiver.blocking_recv().unwrap_or_else(cut)?;
            self.ended = self.rest.is_empty();
        }
        let n = into.len().min(self.rest.len());
        self.rest.copy_to_slice(&mut into[..n]);
        Ok(n)
    }
}
