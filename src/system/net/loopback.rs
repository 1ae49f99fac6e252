//! A server on a loopback address for tests: a closure answers each request with raw bytes, so that it can misbehave
//! in any way. Each answer ends its connection.
#![allow(clippy::disallowed_types, reason = "tests need a real socket")]

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `GET` or `CONNECT`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Header fields by lower-case name.
    pub fields: BTreeMap<String, String>,
}

impl Asked {
    /// A header field, or nothing.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// First byte of the wanted range, and one past its last.
    pub fn range(&self) -> Option<(usize, Option<usize>)> {
        let (from, last) = self.field("range").strip_prefix("bytes=")?.split_once('-')?;
        Some((from.parse().ok()?, last.parse::<usize>().ok().map(|it| it + 1)))
    }
}

/// A server that runs until the test ends.
pub struct Server {
    /// Such as `http://127.0.0.1:4711`.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// What a test does with a request.
pub type Handler = dyn Fn(&Asked, &mut dyn Write) -> io::Result<()> + Send + Sync;

impl Server {
    /// With plain http.
    pub fn start(handler: impl Fn(&Asked, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self::listen("http", None, Arc::new(handler))
    }

    /// With https and a certificate of an office of our own (`tests/data/tls`).
    pub fn start_tls(
        handler: impl Fn(&Asked, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let certificate =
            CertificateDer::from_pem_slice(include_bytes!("../../../tests/data/tls/server.pem"));
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("../../../tests/data/tls/server.key"));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring has them")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.expect("a certificate")], key.expect("a key"))
            .expect("they belong together");
        Self::listen("https", Some(Arc::new(config)), Arc::new(handler))
    }

    fn listen(scheme: &str, tls: Option<Arc<rustls::ServerConfig>>, handler: Arc<Handler>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let url = format!("{scheme}://{}", listener.local_addr().expect("its address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, handler, log) = (tls.clone(), handler.clone(), log.clone());
                std::thread::spawn(move || {
                    let _ = match tls {
                        None => answer(stream, &*handler, &log),
                        Some(config) => {
                            let connection = rustls::ServerConnection::new(config).expect("a good config");
                            answer(rustls::StreamOwned::new(connection, stream), &*handler, &log)
                        }
                    };
                });
            }
        });
        Self { url, asked }
    }

    /// A URL below it.
    pub fn at(&self, path: &str) -> url::Url {
        format!("{}{path}", self.url).parse().expect("a URL")
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test panicked in it").clone()
    }
}

fn answer(stream: impl Read + Write, handler: &Handler, log: &Mutex<Vec<Asked>>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut fields = BTreeMap::new();
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            fields.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    if method.is_empty() {
        return Ok(());
    }
    let asked = Asked { method, path, fields };
    log.lock().expect("no test panicked in it").push(asked.clone());
    let mut out = Out(stream.into_inner());
    handler(&asked, &mut out)?;
    out.flush()
}

/// Ends the TLS session properly when dropped is not what misbehaving servers do; this only flushes.
struct Out<S>(S);

impl<S: Write> Write for Out<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A whole answer: status line, fields, length, body.
pub fn reply(out: &mut dyn Write, status: &str, fields: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
    head(out, status, fields, body.len())?;
    out.write_all(body)
}

/// The head of an answer that says how long its body will be.
pub fn head(out: &mut dyn Write, status: &str, fields: &[(&str, &str)], length: usize) -> io::Result<()> {
    write!(out, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n")?;
    for (name, value) in fields {
        write!(out, "{name}: {value}\r\n")?;
    }
    write!(out, "\r\n")
}

/// Serves bytes as a good server does, ranges included.
pub fn serve(asked: &Asked, out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let tag = ("ETag", "\"v1\"");
    let unchanged = matches!(asked.field("if-range"), "" | "\"v1\"");
    match asked.range().filter(|_| unchanged) {
        Some((from, to)) if from < bytes.len() => {
            let to = to.unwrap_or(bytes.len()).min(bytes.len());
            let range = format!("bytes {from}-{}/{}", to - 1, bytes.len());
            reply(out, "206 Partial Content", &[tag, ("Content-Range", &range)], &bytes[from..to])
        }
        Some(_) => reply(out, "416 Range Not Satisfiable", &[], b""),
        None => reply(out, "200 OK", &[tag], bytes),
    }
}

/// A plain tunnel to an address, for a server that plays a proxy.
pub fn connect(address: &str) -> io::Result<TcpStream> {
    TcpStream::connect(address)
}
