//! A question to a socket: of the X server, of a proxy on this machine.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::net::SocketAddrUnix;

use crate::system::Endpoint;

/// Connects, sends, and gives what comes back first.
pub(super) fn talk(to: &Endpoint, send: &[u8], limit: Duration) -> io::Result<Vec<u8>> {
    use std::net::{TcpStream, ToSocketAddrs};
    match to {
        Endpoint::Unix(path) => {
            exchange(local(&SocketAddrUnix::new(path)?)?, send, limit, UnixStream::set_read_timeout)
        }
        Endpoint::Abstract(name) => {
            let address = SocketAddrUnix::new_abstract_name(name.as_bytes())?;
            exchange(local(&address)?, send, limit, UnixStream::set_read_timeout)
        }
        Endpoint::Tcp(address) => {
            let address = address.to_socket_addrs()?.next().ok_or(io::ErrorKind::NotFound)?;
            let stream = TcpStream::connect_timeout(&address, limit)?;
            exchange(stream, send, limit, TcpStream::set_read_timeout)
        }
    }
}

/// Connects to a socket of this machine. It does not wait for one whose queue is full: nobody takes from it.
fn local(to: &SocketAddrUnix) -> io::Result<UnixStream> {
    use rustix::net::{AddressFamily, SocketFlags, SocketType, connect, socket_with};
    let flags = SocketFlags::CLOEXEC | SocketFlags::NONBLOCK;
    let socket = socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
    connect(&socket, to)?;
    let stream = UnixStream::from(socket);
    stream.set_nonblocking(false)?;
    Ok(stream)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_from_which_nobody_takes_is_not_waited_for() {
        use rustix::net::{AddressFamily, SocketType, bind, listen, socket};
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("socket");
        let address = SocketAddrUnix::new(&path).expect("a short path");
        let listener = socket(AddressFamily::UNIX, SocketType::STREAM, None).expect("a socket");
        bind(&listener, &address).and_then(|()| listen(&listener, 0)).expect("it listens");
        let full: Vec<_> = (0..16).map_while(|_| local(&address).ok()).collect();
        assert!((1..16).contains(&full.len()), "{}", full.len());
        let answer = talk(&Endpoint::Unix(path), b"", Duration::from_secs(1));
        assert!(answer.is_err_and(|it| it.kind() == io::ErrorKind::WouldBlock));
    }
}
