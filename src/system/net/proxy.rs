//! Which proxy a URL goes through, by the variables that curl and Go read. Pure.

use std::collections::BTreeMap;
use std::net::IpAddr;

use url::{Host, Url};

/// The proxies of an environment: `https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in either case.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<Url>,
    http: Option<Url>,
    exceptions: Vec<Exception>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Exception {
    Everything,
    /// A host and what is below it (`.example.org`: only below), perhaps one port.
    Host {
        name: String,
        below_only: bool,
        port: Option<u16>,
    },
    /// An address range.
    Net(IpAddr, u8),
}

impl Proxies {
    /// Reads them. A lower-case name wins, as with curl. What is no URL is no proxy.
    pub fn of(env: &BTreeMap<String, String>) -> Self {
        let set = |name: &str| {
            let upper = name.to_ascii_uppercase();
            // HTTP_PROXY of a CGI program comes from the request.
            let trusted = name != "http_proxy" || !env.contains_key("REQUEST_METHOD");
            let upper = if trusted { env.get(&upper) } else { None };
            [env.get(name), upper].into_iter().flatten().find(|it| !it.trim().is_empty())
        };
        let proxy = |name: &str| set(name).or_else(|| set("all_proxy")).and_then(|it| as_url(it));
        let exceptions = set("no_proxy").map(|it| exceptions(it)).unwrap_or_default();
        Self { https: proxy("https_proxy"), http: proxy("http_proxy"), exceptions }
    }

    /// The proxy for a URL, with its password. Loopback addresses never have one.
    pub fn of_url(&self, url: &Url) -> Option<Url> {
        let proxy = if url.scheme() == "https" { &self.https } else { &self.http };
        let direct = is_loopback(url) || self.exceptions.iter().any(|it| it.covers(url));
        proxy.clone().filter(|_| !direct)
    }

    /// The proxy for a URL as it may be shown: without user name and password.
    pub fn shown(&self, url: &Url) -> Option<String> {
        let mut proxy = self.of_url(url)?;
        let _ = proxy.set_username("");
        let _ = proxy.set_password(None);
        Some(proxy.as_str().trim_end_matches('/').to_owned())
    }
}

/// `proxy.example:3128` is an http proxy, as everywhere.
fn as_url(text: &str) -> Option<Url> {
    let text = text.trim();
    let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
    Url::parse(&text).ok().filter(|it| known.contains(&it.scheme()) && it.host_str().is_some())
}

/// Whether a URL leads to this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn exceptions(list: &str) -> Vec<Exception> {
    let entries = list.split([',', ' ']).map(str::trim).filter(|it| !it.is_empty());
    entries.map(|it| exception(&it.to_ascii_lowercase())).collect()
}

fn exception(entry: &str) -> Exception {
    if entry == "*" {
        return Exception::Everything;
    }
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Exception::Net(ip, if ip.is_ipv4() { 32 } else { 128 });
    }
    if let Some((ip, bits)) = entry.split_once('/')
        && let (Ok(ip), Ok(bits)) = (ip.parse::<IpAddr>(), bits.parse())
    {
        return Exception::Net(ip, bits);
    }
    let (name, port) = match entry.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => (name, port.parse().ok()),
        _ => (entry, None),
    };
    let trimmed = name.trim_start_matches('*').trim_start_matches('.');
    Exception::Host { name: trimmed.to_owned(), below_only: trimmed != name, port }
}

impl Exception {
    fn covers(&self, url: &Url) -> bool {
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            _ => None,
        };
        match self {
            Self::Everything => true,
            Self::Net(net, bits) => ip.is_some_and(|ip| within(ip, *net, *bits)),
            Self::Host { name, below_only, port } => {
                let host = url.host_str().unwrap_or_default();
                let below = host.strip_suffix(name.as_str()).is_some_and(|it| it.ends_with('.'));
                let same = !below_only && host == name;
                (same || below) && port.is_none_or(|it| url.port_or_known_default() == Some(it))
            }
        }
    }
}

fn within(ip: IpAddr, net: IpAddr, bits: u8) -> bool {
    let shift = |width: u8| u32::from(width.saturating_sub(bits));
    match (ip, net) {
        (IpAddr::V4(ip), IpAddr::V4(net)) => {
            let different = u64::from(ip.to_bits() ^ net.to_bits());
            different >> shift(32) == 0
        }
        (IpAddr::V6(ip), IpAddr::V6(net)) => {
            let different = ip.to_bits() ^ net.to_bits();
            different.checked_shr(shift(128)).unwrap_or(0) == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(env: &[(&str, &str)], url: &str) -> Option<String> {
        let env = env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Proxies::of(&env).shown(&url.parse().expect("a URL"))
    }

    #[test]
    fn a_url_goes_through_the_proxy_that_the_environment_names() {
        type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, Option<&'a str>);
        let table: &[Row<'_>] = &[
            (&[], "https://go.dev/", None),
            (&[("https_proxy", "http://p:3128")], "https://go.dev/", Some("http://p:3128")),
            (&[("HTTPS_PROXY", "p:3128")], "https://go.dev/", Some("http://p:3128")),
            (&[("https_proxy", "a:1"), ("HTTPS_PROXY", "b:2")], "https://go.dev/", Some("http://a:1")),
            (&[("https_proxy", ""), ("HTTPS_PROXY", "b:2")], "https://go.dev/", Some("http://b:2")),
            (&[("http_proxy", "p:3128")], "https://go.dev/", None),
            (&[("all_proxy", "socks5h://u:pw@p:1080")], "https://go.dev/", Some("socks5h://p:1080")),
            (&[("https_proxy", "ftp://p")], "https://go.dev/", None),
            (&[("https_proxy", "p:1")], "https://localhost:8443/", None),
            (&[("http_proxy", "p:1")], "http://127.0.0.1:99/", None),
            (&[("http_proxy", "p:1")], "http://[::1]:99/", None),
            (&[("HTTP_PROXY", "p:1"), ("REQUEST_METHOD", "GET")], "http://a.b/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "*")], "https://go.dev/", None),
            (&[("https_proxy", "p:1"), ("NO_PROXY", "x.y, go.dev")], "https://go.dev/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "go.dev")], "https://dl.go.dev/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "go.dev")], "https://nogo.dev/", Some("http://p:1")),
            (&[("https_proxy", "p:1"), ("no_proxy", ".go.dev")], "https://go.dev/", Some("http://p:1")),
            (&[("https_proxy", "p:1"), ("no_proxy", "*.go.dev")], "https://a.go.dev/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "go.dev:8443")], "https://go.dev/", Some("http://p:1")),
            (&[("https_proxy", "p:1"), ("no_proxy", "10.0.0.0/8")], "https://10.1.2.3/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "10.0.0.0/8")], "https://11.1.2.3/", Some("http://p:1")),
            (&[("https_proxy", "p:1"), ("no_proxy", "fd00::/8")], "https://[fd12::1]/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "10.0.0.0/99")], "https://10.0.0.0/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "0.0.0.0/0")], "https://9.9.9.9/", None),
            (&[("https_proxy", "p:1"), ("no_proxy", "::/0")], "https://[2001:db8::1]/", None),
        ];
        for (env, url, proxy) in table {
            assert_eq!(chosen(env, url).as_deref(), *proxy, "{env:?} {url}");
        }
    }
}
