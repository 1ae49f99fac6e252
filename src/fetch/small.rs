//! A small file from the network, whole and in memory: an answer of the checksum database, a signed manifest. It is not
//! kept on disk and never resumed; what is larger goes through `download`. It proves nothing.

use std::io::Read as _;
use std::time::Duration;

use url::Url;

use super::FetchError;
use crate::system::{Request, System};

/// How often one server is asked the same, and how long we wait in between.
const TRIES: u32 = 2;
const PAUSE: Duration = Duration::from_millis(300);
/// How long until the first byte of an answer. The answers are small and lie in caches.
const FIRST_BYTE: Duration = Duration::from_secs(10);

/// Status and body, at most `limit` bytes of it. A server that fails to answer, or fails in itself, is asked once more.
pub fn get(system: &System<'_>, url: &Url, limit: usize) -> Result<(u16, Vec<u8>), FetchError> {
    let mut answer = once(system, url, limit);
    for _ in 1..TRIES {
        let again = match &answer {
            Ok((status, _)) => *status == 429 || *status >= 500,
            Err(FetchError::Net(error)) => error.is_unanswered(),
            Err(error) => matches!(error, FetchError::Cut { .. }),
        };
        if !again {
            break;
        }
        system.look.wait(PAUSE);
        answer = once(system, url, limit);
    }
    answer
}

fn once(system: &System<'_>, url: &Url, limit: usize) -> Result<(u16, Vec<u8>), FetchError> {
    let mut request = Request::new(url.clone());
    request.first_byte = FIRST_BYTE;
    let response = system.net.get(&request)?;
    if response.status != 200 {
        return Ok((response.status, Vec::new()));
    }
    let mut bytes = Vec::new();
    let most = limit as u64 + 1;
    let read = response.body.take(most).read_to_end(&mut bytes);
    let cut = |why: String, at: usize| FetchError::Cut { host: host(url), at: at as u64, why };
    read.map_err(|it| cut(it.to_string(), 0))?;
    if bytes.len() > limit {
        return Err(FetchError::TooLarge { host: host(url), limit: limit as u64 });
    }
    match response.length {
        Some(said) if said != bytes.len() as u64 => Err(cut("the answer ended early".into(), bytes.len())),
        _ => Ok((200, bytes)),
    }
}

/// A path below a base, whether or not that ends with a slash.
pub fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url.set_query(None);
    url
}

/// Host and port, for messages: never a password.
pub fn host(url: &Url) -> String {
    let port = url.port().map(|it| format!(":{it}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}
