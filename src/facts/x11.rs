//! X11 as far as knocking at the door: what DISPLAY means, the connection setup, and the `.Xauthority` file.

use crate::system::Endpoint;

/// What DISPLAY names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The display number.
    pub number: u32,
    /// Where its server listens, the likeliest first.
    pub endpoints: Vec<Endpoint>,
}

/// Reads `:0`, `:0.1`, `unix:0`, `host:10.0`, `[::1]:0`, `tcp/host:0`, `/some/socket:0`. `None` when it is none of them.
pub fn display(value: &str) -> Option<Name> {
    let (host, rest) = value.rsplit_once(':')?;
    let (number, screen) = rest.split_once('.').unwrap_or((rest, "0"));
    let number: u32 = plain(number)?;
    plain(screen)?;
    let path = format!("/tmp/.X11-unix/X{number}");
    let endpoints = match host {
        "" | "unix" | "local/" => vec![Endpoint::Abstract(path.clone()), Endpoint::Unix(path.into())],
        host if host.starts_with('/') => vec![Endpoint::Unix(value.into()), Endpoint::Unix(host.into())],
        host => {
            let host = host.strip_prefix("tcp/").or_else(|| host.strip_prefix("inet/")).unwrap_or(host);
            vec![Endpoint::Tcp(format!("{host}:{}", 6000u32.checked_add(number)?))]
        }
    };
    Some(Name { number, endpoints })
}

fn plain(digits: &str) -> Option<u32> {
    let fine = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| fine)
}

/// The first bytes that a client sends, little-endian; with a cookie where there is one.
pub fn setup(cookie: Option<&[u8]>) -> Vec<u8> {
    let (name, data) = cookie.map_or((&b""[..], &b""[..]), |it| (COOKIE, it));
    let length = |it: &[u8]| u16::try_from(it.len()).unwrap_or(0).to_le_bytes();
    let mut bytes = vec![b'l', 0, 11, 0, 0, 0];
    bytes.extend(length(name));
    bytes.extend(length(data));
    bytes.extend([0, 0]);
    for part in [name, data] {
        bytes.extend(part);
        bytes.extend(std::iter::repeat_n(0, part.len().next_multiple_of(4) - part.len()));
    }
    bytes
}

const COOKIE: &[u8] = b"MIT-MAGIC-COOKIE-1";

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

/// Reads the answer, of which the end may be missing.
pub fn greeting(bytes: &[u8]) -> Greeting {
    let text = |from: usize, length: usize| {
        let part = bytes.get(from..).unwrap_or_default();
        let text = String::from_utf8_lossy(&part[..part.len().min(length)]);
        text.trim_matches(|c: char| c.is_control() || c.is_whitespace()).to_owned()
    };
    let number = |at: usize| match bytes.get(at..at + 2) {
        Some(two) => u16::from_le_bytes([two[0], two[1]]),
        None => 0,
    };
    match bytes.first() {
        Some(1) if number(2) == 11 => Greeting::Welcome(text(40, number(24).into())),
        Some(0) if number(2) == 11 => Greeting::Refused(text(8, bytes[1].into())),
        Some(2) => Greeting::Refused(text(8, usize::from(number(6)) * 4)),
        _ => Greeting::Gibberish,
    }
}

/// The cookie in an `.Xauthority` file for a local display of this number.
pub fn cookie(file: &[u8], number: u32, host: &str) -> Option<Vec<u8>> {
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
    let shows = send.len() > DATA && send.starts_with(b"l\0") && send[NAME..].starts_with(COOKIE);
    let (open, data) = send.split_at(if shows { DATA } else { send.len() });
    [open, &vec![0; data.len()]].concat()
}

/// Where the cookie's name and the cookie stand in the first bytes of a client.
const NAME: usize = 12;
const DATA: usize = NAME + COOKIE.len().next_multiple_of(4);

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
        ];
        for (value, number, endpoints) in rows {
            assert_eq!(display(value), Some(Name { number, endpoints }), "{value}");
        }
        for value in ["", ":", "0", ":x", ":0.", ":-1", "host", ":4294967296", "h:4294967295"] {
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
    fn the_setup_is_padded() {
        assert_eq!(setup(None).len(), 12);
        assert_eq!(setup(Some(&[7; 16])).len(), 12 + 20 + 16);
    }
}
