//! `Net` with a log: each request when its body has come, or when none will. Logins and what a query asks for are hidden.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use super::Log;
use crate::recording::redact;
use crate::system::{Net, NetError, Request, Response};

/// A `Net` that tells its log.
pub struct LoggedNet<'a> {
    net: &'a dyn Net,
    log: Log,
}

impl<'a> LoggedNet<'a> {
    /// Fetches through `net`.
    pub fn new(net: &'a dyn Net, log: &Log) -> Self {
        Self { net, log: log.clone() }
    }
}

impl Net for LoggedNet<'_> {
    fn get(&self, request: &Request) -> Result<Response, NetError> {
        let url = redact::url(&request.url);
        let from = request.range.map(|it| it.0);
        let begun = self.log.ms();
        match self.net.get(request) {
            Ok(Response { status, length, range, etag, body }) => {
                let log = self.log.clone();
                let body = Body { inner: body, log, url, status, from, length, begun, bytes: 0, error: None };
                Ok(Response { status, length, range, etag, body: Box::new(body) })
            }
            Err(error) => {
                let ms = self.log.since(begun);
                tell!(self.log, WARN, "net", from, ms, error = %error, "GET {url}");
                Err(error)
            }
        }
    }

    fn limit(&self, time: Duration) {
        self.net.limit(time);
    }

    fn environment(&self, env: &BTreeMap<String, String>) {
        self.net.environment(env);
    }

    fn bundle(&self) -> Option<&Path> {
        self.net.bundle()
    }
}

/// A body that is counted as it is read.
struct Body {
    inner: Box<dyn Read + Send>,
    log: Log,
    url: String,
    status: u16,
    from: Option<u64>,
    length: Option<u64>,
    begun: u64,
    bytes: u64,
    error: Option<String>,
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        match &read {
            Ok(read) => self.bytes += *read as u64,
            Err(error) => self.error = Some(error.to_string()),
        }
        read
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        let Self { log, url, status, from, bytes, .. } = self;
        let (status, from, bytes, ms) = (*status, *from, *bytes, log.since(self.begun));
        // What was not read to its end shows by how much there would have been.
        let of = self.length.filter(|it| *it != bytes);
        let error = self.error.as_deref();
        if status >= 400 || error.is_some() {
            tell!(log, WARN, "net", status, from, bytes, of, ms, error, "GET {url}");
        } else {
            tell!(log, INFO, "net", status, from, bytes, of, ms, "GET {url}");
        }
    }
}
