//! What went wrong, in our own words: a `NetError` for a head that did not come, an `io::Error` for a body that ended
//! early. reqwest's own messages print whole URLs; ours name hosts, and a proxy without its password.

use std::error::Error;
use std::io;
use std::time::Duration;

use base64::Engine as _;
use url::Url;

use super::proxy::Proxies;
use super::tls::{Refused, fault};
use crate::system::{NetError, UrlRule};

/// To connect, TLS included.
pub(super) const CONNECT: Duration = Duration::from_secs(10);

/// The host of a URL, with its port where it is not the usual one.
pub(super) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// A URL that may be shown: no user, no password, no query.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.to_string()
}

pub(super) fn not_allowed(url: &Url, rule: UrlRule) -> NetError {
    NetError::NotAllowed { url: shown(url), rule }
}

/// As [`told`]; where it is the proxy itself and not the way to it, it is asked once more for its status: reqwest keeps
/// that to itself, and words for some of it in a type that is not public.
pub(super) async fn told_after_asking(error: &reqwest::Error, url: &Url, proxies: &Proxies) -> NetError {
    let told = told(error, url, proxies);
    if let NetError::Proxy { proxy, .. } = &told
        && !error.is_timeout()
        && system_words(error).is_none()
        && let Some(full) = proxies.of_url(url)
        && let Ok(Some((status, why))) = tokio::time::timeout(CONNECT, status(&full, url)).await
        && !(200..300).contains(&status)
    {
        return NetError::Proxy { proxy: proxy.clone(), status: Some(status), why };
    }
    told
}

/// A `NetError` from what reqwest says, by types where it has them.
pub(super) fn told(error: &reqwest::Error, url: &Url, proxies: &Proxies) -> NetError {
    if let Some(rule) = found::<UrlRule>(error) {
        let at = error.url().unwrap_or(url);
        return not_allowed(at, *rule);
    }
    let url = error.url().unwrap_or(url);
    let host = host(url);
    if let Some(rustls) = found::<rustls::Error>(error) {
        return certificate(host, rustls);
    }
    let innermost = chain(error).last().map(ToString::to_string).unwrap_or_default();
    let unresolved = is_unresolved(error);
    let why = if unresolved { UNRESOLVED.to_owned() } else { system_words(error).unwrap_or(innermost) };
    if let Some(proxy) = proxies.shown(url)
        && error.is_connect()
    {
        return NetError::Proxy { proxy, status: None, why };
    }
    if unresolved {
        return NetError::Unresolved { host };
    }
    if error.is_timeout() {
        return NetError::TimedOut { host };
    }
    NetError::Unreachable { host, why }
}

fn certificate(host: String, error: &rustls::Error) -> NetError {
    let rustls::Error::InvalidCertificate(why) = error else {
        return NetError::Unreachable { host, why: error.to_string() };
    };
    let refused = match why {
        rustls::CertificateError::Other(other) => other.0.downcast_ref::<Refused>(),
        _ => None,
    };
    let issuer = refused.and_then(|it| it.issuer.clone());
    let fault = refused.map_or_else(|| fault(why), |it| it.fault.clone());
    NetError::Certificate { host, fault, issuer }
}

/// Why a body ended early. Nothing in it comes from a URL.
pub(super) fn cut(error: &reqwest::Error) -> io::Error {
    let kind = found::<io::Error>(error).map_or(io::ErrorKind::UnexpectedEof, io::Error::kind);
    let last = chain(error).last().map(ToString::to_string).unwrap_or_default();
    // `Interrupted` would make readers try again for ever.
    let kind = if kind == io::ErrorKind::Interrupted { io::ErrorKind::UnexpectedEof } else { kind };
    io::Error::new(kind, last)
}

/// The errors below reqwest's own, which prints its URL.
fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |it| below(*it))
}

/// `io::Error::source` leaves out the very error that it wraps.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn found<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    chain(error).find_map(|it| it.downcast_ref())
}

/// The operating system's words for it, without numbers and wrappers.
fn system_words(error: &reqwest::Error) -> Option<String> {
    let text = chain(error).find_map(|it| {
        let text = it.to_string();
        let system = it.downcast_ref::<io::Error>().is_some_and(|it| it.raw_os_error().is_some());
        system.then_some(text)
    })?;
    Some(text.split(" (os error").next().unwrap_or_default().trim_end_matches('.').to_owned())
}

/// What is said where the name of a proxy does not resolve. The system's own words differ, and may be "Try again".
const UNRESOLVED: &str = "the name could not be resolved";
/// What Windows answers where a name does not resolve.
const WINDOWS_NAMES: std::ops::RangeInclusive<i32> = 11001..=11004;

/// Whether the name is at fault, or who should know it.
fn is_unresolved(error: &reqwest::Error) -> bool {
    chain(error).any(|it| {
        let code = it.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error);
        it.to_string().starts_with("failed to lookup address")
            || code.is_some_and(|it| WINDOWS_NAMES.contains(&it))
    })
}

/// Asks an http proxy by hand for a tunnel and reads the status that it answers, and its line.
async fn status(proxy: &Url, url: &Url) -> Option<(u16, String)> {
    if proxy.scheme() != "http" {
        return None;
    }
    let at = (proxy.host_str()?.trim_matches(['[', ']']), proxy.port_or_known_default()?);
    let line = tokio::net::TcpStream::connect(at).await.ok()?;
    let to = format!("{}:{}", url.host_str()?, url.port_or_known_default()?);
    let login = login(proxy).map(|it| format!("Proxy-Authorization: Basic {it}\r\n")).unwrap_or_default();
    let ask = format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{login}\r\n");
    line.writable().await.ok()?;
    // A fresh socket's buffer takes so short a question whole.
    line.try_write(ask.as_bytes()).ok().filter(|it| *it == ask.len())?;
    let (mut answer, mut part) = (Vec::new(), [0; 256]);
    while !answer.contains(&b'\n') && answer.len() < 1024 {
        line.readable().await.ok()?;
        match line.try_read(&mut part) {
            Ok(0) => return None,
            Ok(n) => answer.extend_from_slice(&part[..n]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
    }
    let first = answer.split(|it| *it == b'\n').next()?;
    let first = String::from_utf8_lossy(first);
    let status = first.trim().split_once(' ')?.1;
    let plain: String = status.chars().filter(|it| it.is_ascii_graphic() || *it == ' ').take(60).collect();
    let code = plain.split(' ').next()?.parse().ok()?;
    Some((code, plain))
}

fn login(proxy: &Url) -> Option<String> {
    let plain = |it: &str| percent_encoding::percent_decode_str(it).decode_utf8_lossy().into_owned();
    let (user, password) = (plain(proxy.username()), plain(proxy.password().unwrap_or_default()));
    let pair = format!("{user}:{password}");
    (!user.is_empty()).then(|| base64::engine::general_purpose::STANDARD.encode(pair))
}
