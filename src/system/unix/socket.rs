//! Sockets of this machine alone.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::net::SocketAddrUnix;

use super::kernel;

/// What is connected to such a socket.
pub(in crate::system) type Local = UnixStream;

/// Connects to a socket in the file system.
pub(in crate::system) fn named(path: &Path) -> io::Result<Local> {
    local(&SocketAddrUnix::new(path)?)
}

/// Connects to a socket with a name that is in no file system.
pub(in crate::system) fn nameless(name: &str) -> io::Result<Local> {
    local(&kernel::nameless(name)?)
}

/// Connects to a socket of this machine. It does not wait for one whose queue is full: nobody takes from it.
fn local(to: &SocketAddrUnix) -> io::Result<UnixStream> {
    let socket = kernel::socket()?;
    rustix::net::connect(&socket, to)?;
    let stream = UnixStream::from(socket);
    stream.set_nonblocking(false)?;
    Ok(stream)
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
        let answer = named(&path);
        assert!(answer.is_err_and(|it| it.kind() == io::ErrorKind::WouldBlock));
    }
}
