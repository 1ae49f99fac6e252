//! A question to a socket: of the X server, of a proxy on this machine.

use std::io::{self, Read, Write};
use std::time::Duration;

use super::super::os::socket::{self, Local};
use crate::system::Endpoint;

/// Connects, sends, and gives what comes back first.
pub(super) fn talk(to: &Endpoint, send: &[u8], limit: Duration) -> io::Result<Vec<u8>> {
    use std::net::{TcpStream, ToSocketAddrs};
    match to {
        Endpoint::Unix(path) => exchange(socket::named(path)?, send, limit, Local::set_read_timeout),
        Endpoint::Abstract(name) => exchange(socket::nameless(name)?, send, limit, Local::set_read_timeout),
        Endpoint::Tcp(address) => {
            let address = address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
            let stream = TcpStream::connect_timeout(&address, limit)?;
            exchange(stream, send, limit, TcpStream::set_read_timeout)
        }
    }
}

fn exchange<S: Read + Write>(
    mut stream: S,
    send: &[u8],
    limit: Duration,
    set: impl Fn(&S, Option<Duration>) -> io::Result<()>,
) -> io::Result<Vec<u8>> {
    if send.is_empty() {
        return Ok(Vec::new()); // that somebody listens was the question
    }
    set(&stream, Some(limit))?;
    stream.write_all(send)?;
    let mut answer = vec![0; 64 << 10];
    let read = stream.read(&mut answer)?;
    answer.truncate(read);
    Ok(answer)
}
