//! Who is asked: the module proxies that also serve the log, then the log itself. They are asked in their order; one
//! that gives no answer is not asked again. None of them is believed, so it does not matter which one answers.

use std::sync::{Mutex, PoisonError};

use url::Url;

use super::error::SumdbError;
use crate::fetch::FetchError;
use crate::fetch::small::{self, below, host};
use crate::system::System;

/// The log's own servers; the second one is reachable from mainland China.
const OWN: [&str; 2] = ["https://sum.golang.org", "https://sum.golang.google.cn"];
/// The log's name, in the paths of proxies.
const NAME: &str = "sum.golang.org";

/// A server and what is known of it.
struct Server {
    base: Url,
    /// It must first say that it serves the log.
    asks: bool,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Untried,
    Serves,
    Gone,
}

/// The servers in their order.
pub(super) struct Servers {
    all: Mutex<Vec<Server>>,
    /// Why servers were given up, the first reason of each.
    why: Mutex<Vec<(String, FetchError)>>,
}

/// An answer: who gave it, and the bytes; `None` for "there is no such thing" (404, 410).
pub(super) struct Answered {
    pub server: String,
    pub bytes: Option<Vec<u8>>,
}

impl Servers {
    /// These bases, which serve the log for certain.
    pub(super) fn of(bases: Vec<Url>) -> Self {
        Self::made(bases.into_iter().map(|it| (it, false)))
    }

    /// These proxies, as far as they serve the log, and then the log's own servers.
    pub(super) fn for_proxies(proxies: Vec<Url>) -> Self {
        let proxies = proxies.into_iter().map(|it| (below(&it, &format!("sumdb/{NAME}")), true));
        let own = OWN.iter().filter_map(|it| it.parse().ok()).map(|it| (it, false));
        Self::made(proxies.chain(own))
    }

    fn made(bases: impl Iterator<Item = (Url, bool)>) -> Self {
        let all = bases.map(|(base, asks)| Server { base, asks, state: State::Untried }).collect();
        Self { all: Mutex::new(all), why: Mutex::default() }
    }

    /// Asks for `path`, at most `limit` bytes.
    pub(super) fn get(&self, system: &System<'_>, path: &str, limit: usize) -> Result<Answered, SumdbError> {
        while let Some((number, base)) = self.choose(system) {
            match small::get(system, &below(&base, path), limit) {
                Ok((200, bytes)) => return Ok(Answered { server: shown(&base), bytes: Some(bytes) }),
                Ok((404 | 410, _)) => return Ok(Answered { server: shown(&base), bytes: None }),
                Ok((status, _)) => self.give_up(number, FetchError::Status { host: host(&base), status }),
                Err(error) => self.give_up(number, error),
            }
        }
        let tried = self.why.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match <[_; 1]>::try_from(tried) {
            Ok([(_, error)]) => Err(error.into()),
            Err(tried) => Err(FetchError::NoSource { what: path.to_owned(), tried }.into()),
        }
    }

    /// The first server that serves the log, as far as is known. Others wait while it is asked whether it does.
    fn choose(&self, system: &System<'_>) -> Option<(usize, Url)> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        for (number, server) in all.iter_mut().enumerate() {
            if server.state == State::Untried && server.asks {
                let answer = small::get(system, &below(&server.base, "supported"), 64 * 1024);
                let error = match answer {
                    Ok((200, _)) => None,
                    Ok((status, _)) => Some(FetchError::Status { host: host(&server.base), status }),
                    Err(error) => Some(error),
                };
                server.state = if error.is_none() { State::Serves } else { State::Gone };
                // That a proxy has no log is no fault.
                if let Some(error) =
                    error.filter(|it| !matches!(it, FetchError::Status { status: 404 | 410, .. }))
                {
                    self.remember(shown(&server.base), error);
                }
            }
            if server.state != State::Gone {
                return Some((number, server.base.clone()));
            }
        }
        None
    }

    fn give_up(&self, number: usize, error: FetchError) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = all.get_mut(number).filter(|it| it.state != State::Gone) {
            server.state = State::Gone;
            self.remember(shown(&server.base), error);
        }
    }

    fn remember(&self, server: String, error: FetchError) {
        self.why.lock().unwrap_or_else(PoisonError::into_inner).push((server, error));
    }
}

/// Host and path: never a password.
fn shown(base: &Url) -> String {
    format!("{}{}", host(base), base.path().trim_end_matches('/'))
}
