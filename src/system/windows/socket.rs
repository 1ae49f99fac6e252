//! Sockets of this machine alone: no X server of Windows has one.

#![expect(clippy::disallowed_types, reason = "this is behind the door: it connects for it")]

use std::io;
use std::net::TcpStream;
use std::path::Path;

/// What is connected to such a socket.
pub(in crate::system) type Local = TcpStream;

/// Nobody listens there.
pub(in crate::system) fn named(_: &Path) -> io::Result<Local> {
    Err(io::ErrorKind::NotFound.into())
}

/// Nobody listens there.
pub(in crate::system) fn nameless(_: &str) -> io::Result<Local> {
    Err(io::ErrorKind::NotFound.into())
}
