//! X11 as far as knocking at the door: what DISPLAY means, the connection setup, and the `.Xauthority` file.
//!
//! The names and the setup are `x11rb-protocol`'s. It reads `.Xauthority` only where its own environment says, so the
//! entries of one that `Look` gave are read here.

use x11rb_protocol::connect::Connect;
use x11rb_protocol::parse_display::parse_display_with_file_exists_callback;
use x11rb_protocol::protocol::xproto::{Setup, SetupAuthenticate, SetupFailed, SetupRequest};
use x11rb_protocol::x11_utils::TryParse as _;

use crate::system::Endpoint;

/// The words of the door where nothing came back at all.
pub const TIMED_OUT: &str = "connection timed out";

/// What DISPLAY names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The display number.
    pub number: u16,
    /// Where its server listens, the likeliest first.
    pub endpoints: Vec<Endpoint>,
}

/// Reads `:0`, `:0.1`, `unix:0`, `host:10.0`, `[::1]:0`, `tcp/host:0`, `/some/socket:0`. `None` when it is none of them.
pub fn display(value: &str) -> Option<Name> {
    // As libxcb: `unix:` is a host unless a path follows. Whether a path is there, connecting tells.
    let value =
        value.strip_prefix("unix").filter(|it| it.starts_with(':') && !it.contains('/')).unwrap_or(value);
    let name = parse_display_with_file_exists_callback(value, |it| it.starts_with('/')).ok()?;
    let protocol = name.protocol.as_deref().unwrap_or_default();
    let endpoints = match name.host.as_str() {
        path if path.starts_with('/') => {
            let number = path.rsplit_once(':').map(|it| it.0);
            [Some(path), number].into_iter().flatten().map(|it| Endpoint::Unix(it.into())).collect()
        }
        host if matches!((protocol, host), ("unix" | "local", _) | ("", "" | "unix")) => {
            let path = format!("/tmp/.X11-unix/X{}", name.display);
            vec![Endpoint::Abstract(path.clone()), Endpoint::Unix(path.into())]
        }
        host => vec![Endpoint::Tcp(format!("{host}:{}", port(name.display)?))],
    };
    Some(Name { number: name.display, endpoints })
}

/// Where the server of a display listens, if it does so by TCP.
pub fn port(display: u16) -> Option<u16> {
    FIRST_PORT.checked_add(display)
}

/// Where display 0 listens.
const FIRST_PORT: u16 = 6000;

/// The first bytes that a client sends; with a cookie where there is one.
pub fn setup(cookie: Option<&[u8]>) -> Vec<u8> {
    let (name, data) = cookie.map_or((&b""[..], &b""[..]), |it| (COOKIE, it));
    // Longer than a length can say is no cookie.
    let data = if data.len() > u16::MAX.into() { b"" } else { data };
    Connect::with_authorization(name.to_vec(), data.to_vec()).1
}

const COOKIE: &[u8] = b"MIT-MAGIC-COOKIE-1";

/// An `.Xauthority` file with one cookie for whatever display it is shown to.
pub fn authority(cookie: &[u8]) -> Vec<u8> {
    let mut bytes = WILD.to_be_bytes().to_vec();
    for part in [b"", b"", COOKIE, cookie] {
        bytes.extend(u16::try_from(part.len()).unwrap_or(0).to_be_bytes());
        bytes.extend(part);
    }
    bytes
}

/// What a server answers to the setup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// It lets us in; its vendor.
    Welcome(String),
    /// It is there and does not let us in: its words.
    Refused(String),
    /// This is not an X server.
    Gibberish,
}

/// Reads the answer. Its end may be missing: it is one packet's worth, read as if zeros followed.
pub fn greeting(bytes: &[u8]) -> Greeting {
    let mut whole = bytes.to_vec();
    whole.resize(bytes.len().max(LONGEST), 0);
    let text = |it: &[u8]| {
        String::from_utf8_lossy(it).trim_matches(|c: char| c.is_control() || c.is_whitespace()).to_owned()
    };
    let greeting = match bytes.first() {
        Some(0) => SetupFailed::try_parse(&whole)
            .ok()
            .filter(|it| it.0.protocol_major_version == 11)
            .map(|it| Greeting::Refused(text(&it.0.reason))),
        Some(1) => Setup::try_parse(&whole)
            .ok()
            .filter(|it| it.0.protocol_major_version == 11)
            .map(|it| Greeting::Welcome(text(&it.0.vendor))),
        Some(2) => SetupAuthenticate::try_parse(&whole).ok().map(|it| Greeting::Refused(text(&it.0.reason))),
        _ => None,
    };
    greeting.unwrap_or(Greeting::Gibberish)
}

/// No answer is longer: eight bytes, and as many words of four as sixteen bits can count.
const LONGEST: usize = 8 + 4 * 0xffff;

/// The cookie in an `.Xauthority` file for a local display of this number.
pub fn cookie(file: &[u8], number: u16, host: &str) -> Option<Vec<u8>> {
    let (entries, _) = entries(file);
    let digits = number.to_string();
    let usable = |it: &&Entry| it.name == COOKIE && (it.number.is_empty() || it.number == digits.as_bytes());
    let ours = |it: &&Entry| it.family == WILD || (it.family == LOCAL && it.address == host.as_bytes());
    let mut usable = entries.iter().filter(usable);
    usable.find(ours).map(|it| it.data.to_vec())
}

/// An `.Xauthority` file with zeros for its cookies and for addresses of other machines, and with `rename` over the names
/// of machines. What cannot be read is left out.
pub fn without_cookies(file: &[u8], rename: impl Fn(&str) -> String) -> Vec<u8> {
    let mut bytes = Vec::new();
    for it in entries(file).0 {
        let address = match std::str::from_utf8(it.address) {
            Ok(name) if it.family == LOCAL => rename(name).into_bytes(),
            _ => vec![0; it.address.len()],
        };
        bytes.extend(it.family.to_be_bytes());
        for part in [&address, it.number, it.name, &vec![0; it.data.len()]] {
            bytes.extend(u16::try_from(part.len()).unwrap_or(0).to_be_bytes());
            bytes.extend(part);
        }
    }
    bytes
}

/// Whether these bytes are an `.Xauthority` file, whatever its name.
pub fn is_authority(file: &[u8]) -> bool {
    let (entries, rest) = entries(file);
    rest.is_empty() && entries.iter().any(|it| it.name == COOKIE || it.name.starts_with(b"XDM-"))
}

/// The first bytes of a client, with zeros for the cookie that it shows.
pub fn setup_without_cookie(send: &[u8]) -> Vec<u8> {
    match SetupRequest::try_parse(send) {
        Ok((it, b"")) if it.authorization_protocol_name == COOKIE => {
            setup(Some(&vec![0; it.authorization_protocol_data.len()]))
        }
        _ => send.to_vec(),
    }
}

/// The entries of a file, and what stands behind the last one that can be read.
fn entries(file: &[u8]) -> (Vec<Entry<'_>>, &[u8]) {
    let mut entries = Vec::new();
    let mut rest = file;
    while let Some((entry, after)) = entry(rest) {
        entries.push(entry);
        rest = after;
    }
    (entries, rest)
}

const LOCAL: u16 = 256;
const WILD: u16 = 0xffff;

struct Entry<'a> {
    family: u16,
    address: &'a [u8],
    number: &'a [u8],
    name: &'a [u8],
    data: &'a [u8],
}

fn entry(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let family = u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]);
    let mut rest = &bytes[2..];
    let mut field = || {
        let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
        let part = rest.get(2..2 + length)?;
        rest = &rest[2 + length..];
        Some(part)
    };
    let entry = Entry { family, address: field()?, number: field()?, name: field()?, data: field()? };
    Some((entry, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_display_may_say() {
        let unix = |n: &str| {
            let path = format!("/tmp/.X11-unix/X{n}");
            vec![Endpoint::Abstract(path.clone()), Endpoint::Unix(path.into())]
        };
        let tcp = |it: &str| vec![Endpoint::Tcp(it.into())];
        let rows = [
            (":0", 0, unix("0")),
            (":0.1", 0, unix("0")),
            ("unix:12", 12, unix("12")),
            ("localhost:10.0", 10, tcp("localhost:6010")),
            ("[::1]:3", 3, tcp("[::1]:6003")),
            ("tcp/box:1", 1, tcp("box:6001")),
            ("unix/:2", 2, unix("2")),
            ("unix/box:2", 2, unix("2")),
            (
                "/tmp/launch/xquartz:0",
                0,
                vec![
                    Endpoint::Unix("/tmp/launch/xquartz:0".into()),
                    Endpoint::Unix("/tmp/launch/xquartz".into()),
                ],
            ),
        ];
        for (value, number, endpoints) in rows {
            assert_eq!(display(value), Some(Name { number, endpoints }), "{value}");
        }
        for value in ["", ":", "0", ":x", ":0.", ":-1", "host", ":4294967296", "h:4294967295", "h:59536"] {
            assert_eq!(display(value), None, "{value}");
        }
    }

    #[test]
    fn a_server_is_told_from_what_is_none() {
        let mut welcome = vec![0; 60];
        welcome[0] = 1;
        welcome[2] = 11;
        welcome[24] = 20;
        welcome[40..].copy_from_slice(b"The X.Org Foundation");
        let refused = b"\x00\x16\x0b\x00\x00\x00\x06\x00No protocol specified\n\x00\x00";
        let rows: &[(&[u8], Greeting)] = &[
            (&welcome, Greeting::Welcome("The X.Org Foundation".into())),
            (&welcome[..43], Greeting::Welcome("The".into())),
            (&welcome[..9], Greeting::Welcome(String::new())),
            (refused, Greeting::Refused("No protocol specified".into())),
            (b"\x02\x00\x00\x00\x00\x00\x01\x00more", Greeting::Refused("more".into())),
            (b"HTTP/1.1 400 Bad Request", Greeting::Gibberish),
            (b"", Greeting::Gibberish),
            (b"\x01", Greeting::Gibberish),
        ];
        for (bytes, want) in rows {
            assert_eq!(greeting(bytes), *want);
        }
    }

    #[test]
    fn the_cookie_of_a_display_is_found() {
        let entry = |family: u16, address: &[u8], number: &[u8], data: &[u8]| {
            let mut out = family.to_be_bytes().to_vec();
            for part in [address, number, COOKIE, data] {
                out.extend(u16::try_from(part.len()).expect("short").to_be_bytes());
                out.extend(part);
            }
            out
        };
        let file = [
            entry(LOCAL, b"other", b"0", b"wrong host"),
            entry(LOCAL, b"box", b"1", b"one"),
            entry(LOCAL, b"box", b"0", b"zero"),
            entry(WILD, b"", b"", b"any"),
        ]
        .concat();
        for (number, want) in [(0, &b"zero"[..]), (1, b"one"), (7, b"any")] {
            assert_eq!(cookie(&file, number, "box").as_deref(), Some(want));
        }
        for cut in 0..file.len() {
            let _ = cookie(&file[..cut], 0, "box");
        }
        assert_eq!(cookie(&file[..20], 0, "box"), None);
    }

    #[test]
    fn the_setup_is_what_every_recording_has() {
        assert_eq!(setup(None), *b"l\0\x0b\0\0\0\0\0\0\0\0\0");
        let shown = setup(Some(b"sixteen bytes it"));
        assert_eq!(shown, *b"l\0\x0b\0\0\0\x12\0\x10\0\0\0MIT-MAGIC-COOKIE-1\0\0sixteen bytes it");
        assert_eq!(setup_without_cookie(&shown), setup(Some(&[0; 16])));
        assert_eq!(setup_without_cookie(b"GET / HTTP/1.1"), b"GET / HTTP/1.1");
    }

    proptest::proptest! {
        #[test]
        fn no_answer_makes_it_panic(first in 0..4_u8, tail in proptest::collection::vec(0..=255_u8, 0..200)) {
            let bytes = [&[first, 0, 11, 0][..], &tail].concat();
            let _ = greeting(&bytes);
            let _ = setup_without_cookie(&bytes);
            let _ = display(&String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn the_setup_is_padded() {
        assert_eq!(setup(None).len(), 12);
        assert_eq!(setup(Some(&[7; 16])).len(), 12 + 20 + 16);
    }
}
