//! The strict layer over tar in gzip: one gzip member read to its end, ustar headers only, regular files and
//! directories only, names as in [`super::name`], nothing but zeros after the last entry. What Go publishes breaks none
//! of these rules. The bytes may still be arriving.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use tar::{Archive, EntryType};

use super::error::ArchiveError;
use super::name::{Names, SafeName};

/// Bytes of a tarball at most.
pub const LARGEST: u64 = 500 << 20;
/// All files together at most.
const LARGEST_TREE: u64 = 1 << 30;
/// One file at most.
const LARGEST_FILE: u64 = 128 << 20;
/// Entries at most, directories included: Go has some 17,000, its tests included.
const MOST_ENTRIES: usize = 40_000;
/// Zeros that may fill up the last record.
const PADDING: u64 = 1 << 20;

/// Why reading ended.
#[derive(Debug)]
pub enum TarError<E> {
    /// The archive is not accepted.
    Archive(ArchiveError),
    /// The bytes did not come, or are not gzip or tar.
    Read(std::io::Error),
    /// Who took the files failed.
    Taker(E),
}

/// Reads a whole tarball. Every entry must lie below `prefix` (`go/`); `take` gets each file's name below it, its size
/// and its bytes, and must read them all or say that it wants none by giving `false`.
pub fn read<E>(
    from: impl Read,
    prefix: &str,
    mut take: impl FnMut(SafeName, u64, &mut dyn Read) -> Result<(), E>,
) -> Result<(), TarError<E>> {
    let mut archive = Archive::new(GzDecoder::new(BufReader::with_capacity(256 << 10, from)));
    let (mut names, mut count, mut total) = (Names::default(), 0, 0);
    let entries = archive.entries().map_err(TarError::Read)?.raw(true);
    for entry in entries {
        let mut entry = entry.map_err(TarError::Read)?;
        let head = Head::of(entry.header()).map_err(TarError::Archive)?;
        count += 1;
        total += head.size;
        let limit = |rule, limit| TarError::Archive(ArchiveError::Limit { rule, limit });
        if count > MOST_ENTRIES {
            return Err(limit("archive-limit-entries", MOST_ENTRIES as u64));
        }
        if head.size > LARGEST_FILE {
            return Err(limit("archive-limit-file", LARGEST_FILE));
        }
        if total > LARGEST_TREE {
            return Err(limit("archive-limit-all", LARGEST_TREE));
        }
        let outside = |name: &SafeName| ArchiveError::Entry {
            name: name.as_str().to_owned(),
            rule: "archive-name-outside",
        };
        if head.is_dir {
            let inside =
                head.name.as_str() == prefix.trim_end_matches('/') || head.name.below(prefix).is_some();
            let known = if inside { names.directory(&head.name) } else { Err(outside(&head.name)) };
            known.map_err(TarError::Archive)?;
            continue;
        }
        let name = head.name.below(prefix).ok_or_else(|| outside(&head.name)).map_err(TarError::Archive)?;
        names.file(&head.name).map_err(TarError::Archive)?;
        take(name, head.size, &mut entry).map_err(TarError::Taker)?;
    }
    end(archive.into_inner())
}

/// Only zeros may follow, then the end of the one gzip member (which checks its own checksum and size), then nothing.
fn end<E>(mut gz: GzDecoder<impl BufRead>) -> Result<(), TarError<E>> {
    let shape = |why| Err(TarError::Archive(ArchiveError::Shape(why)));
    let (mut block, mut seen) = ([0; 4096], 0);
    loop {
        let n = gz.read(&mut block).map_err(TarError::Read)?;
        if n == 0 {
            break;
        }
        seen += n as u64;
        if block[..n].iter().any(|it| *it != 0) || seen > PADDING {
            return shape("archive-after-tar");
        }
    }
    match gz.into_inner().fill_buf().map_err(TarError::Read)? {
        [] => Ok(()),
        _ => shape("archive-after-gzip"),
    }
}

/// What is believed of a header.
struct Head {
    name: SafeName,
    size: u64,
    is_dir: bool,
}

impl Head {
    fn of(header: &tar::Header) -> Result<Self, ArchiveError> {
        let raw = header.path_bytes();
        let shown = || String::from_utf8_lossy(&raw).chars().take(300).collect::<String>();
        let kind = |what| ArchiveError::Entry { name: shown(), rule: what };
        let is_dir = match header.entry_type() {
            EntryType::Regular => false,
            EntryType::Directory => true,
            EntryType::Link | EntryType::Symlink => return Err(kind("archive-link")),
            EntryType::XHeader | EntryType::XGlobalHeader => {
                return Err(kind("archive-pax"));
            }
            EntryType::GNULongName | EntryType::GNULongLink => return Err(kind("archive-long-name")),
            EntryType::GNUSparse => return Err(kind("archive-sparse")),
            EntryType::Char | EntryType::Block | EntryType::Fifo => return Err(kind("archive-device")),
            _ => return Err(kind("archive-unknown-kind")),
        };
        if header.as_ustar().is_none() {
            return Err(kind("archive-ustar"));
        }
        let unreadable = |_| kind("archive-numbers");
        if header.mode().map_err(unreadable)? & 0o7000 != 0 {
            return Err(kind("archive-setuid"));
        }
        let size = header.size().map_err(unreadable)?;
        if is_dir && size != 0 {
            return Err(kind("archive-directory-content"));
        }
        // Directories end in a slash; files must not.
        let plain = if is_dir { raw.strip_suffix(b"/").unwrap_or(&raw) } else { &raw };
        Ok(Self { name: SafeName::parse(plain)?, size, is_dir })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::report::words::{Lang, Words};
    use crate::testlog::FakeGo;

    type Files = Vec<(String, Vec<u8>)>;

    fn unpack(bytes: &[u8]) -> Result<Files, String> {
        let mut files = Vec::new();
        let taken = read(bytes, "go/", |name, size, from| {
            let mut content = Vec::new();
            from.read_to_end(&mut content)?;
            assert_eq!(content.len() as u64, size);
            files.push((name.as_str().to_owned(), content));
            Ok::<_, std::io::Error>(())
        });
        match taken {
            Ok(()) => Ok(files),
            Err(TarError::Archive(why)) => Err(Words::of(Lang::En).say(&why.text())),
            Err(TarError::Read(why) | TarError::Taker(why)) => Err(format!("unreadable: {why}")),
        }
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gz.write_all(bytes).expect("memory takes everything");
        gz.finish().expect("memory takes everything")
    }

    /// One header block and its content; `change` may lie, the checksum is right.
    fn entry(name: &str, content: &[u8], change: impl FnOnce(&mut tar::Header)) -> Vec<u8> {
        let mut header = tar::Header::new_ustar();
        let field = &mut header.as_ustar_mut().expect("it is one").name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        header.set_entry_type(EntryType::Regular);
        change(&mut header);
        header.set_cksum();
        let padding = vec![0; content.len().next_multiple_of(512) - content.len()];
        [header.as_bytes().as_slice(), content, &padding].concat()
    }

    fn archive(entries: &[Vec<u8>]) -> Vec<u8> {
        gz(&[entries.concat(), vec![0; 1024]].concat())
    }

    fn with(liar: Vec<u8>) -> Vec<u8> {
        archive(&[entry("go/honest", b"honest", |_| ()), liar])
    }

    fn of_kind(kind: EntryType) -> Vec<u8> {
        with(entry("go/liar", b"", |it| {
            it.set_entry_type(kind);
            it.set_link_name("../../etc/passwd").expect("it fits");
        }))
    }

    #[test]
    fn what_go_publishes_is_read_whole() {
        let go = FakeGo::new("1.27.4", "linux-amd64");
        let files = unpack(&go.tarball()).expect("a genuine tarball");
        let expected: Files = go.files.iter().map(|it| (it.name.clone(), it.bytes.clone())).collect();
        assert_eq!(files, expected);
    }

    #[test]
    fn entries_that_lie_are_refused_with_the_rule_that_they_break() {
        let named = |name: &str| with(entry(name, b"x", |_| ()));
        let table = [
            ("traversal", named("go/../../x"), "walks out"),
            ("absolute", named("/etc/passwd"), "absolute"),
            ("drive", named("C:/x"), "special on Windows"),
            ("backslash", named("go\\x"), "special on Windows"),
            ("outside", named("other/x"), "not below"),
            ("duplicate", named("go/honest"), "can be one file"),
            ("case", named("go/Honest"), "can be one file"),
            ("file and directory", named("go/honest/x"), "can be one file"),
            ("file with a slash", named("go/x/"), "empty component"),
            ("hard link", of_kind(EntryType::Link), "a link"),
            ("symbolic link", of_kind(EntryType::Symlink), "a link"),
            ("device", of_kind(EntryType::Char), "a device"),
            ("block device", of_kind(EntryType::Block), "a device"),
            ("pipe", of_kind(EntryType::Fifo), "a pipe"),
            ("PAX", of_kind(EntryType::XHeader), "PAX"),
            ("global PAX", of_kind(EntryType::XGlobalHeader), "PAX"),
            ("long name", of_kind(EntryType::GNULongName), "long name"),
            ("long link", of_kind(EntryType::GNULongLink), "long name"),
            ("sparse", of_kind(EntryType::GNUSparse), "sparse"),
            ("contiguous", of_kind(EntryType::Continuous), "unknown kind"),
            ("unknown", of_kind(EntryType::new(b'Z')), "unknown kind"),
            ("setuid", with(entry("go/liar", b"", |it| it.set_mode(0o4755))), "setuid"),
            ("no ustar", with(entry("go/liar", b"", |it| it.as_mut_bytes()[257..263].fill(0))), "ustar"),
            ("mode", with(entry("go/liar", b"", |it| it.as_mut_bytes()[100..107].fill(b'x'))), "numbers"),
            (
                "huge file",
                archive(&[entry("go/liar", b"", |it| it.set_size(1 << 30))]),
                "one file of the archive",
            ),
            (
                "directory with content",
                with(entry("go/d/", b"x", |it| it.set_entry_type(EntryType::Directory))),
                "a directory with content",
            ),
            (
                "directory outside",
                with(entry("elsewhere/", b"", |it| it.set_entry_type(EntryType::Directory))),
                "not below",
            ),
        ];
        for (lie, bytes, rule) in table {
            let error = unpack(&bytes).expect_err(lie);
            assert!(error.contains(rule), "{lie}: {error}");
        }
    }

    #[test]
    fn a_pax_header_does_not_rename_what_follows() {
        let record = b"28 path=../../../etc/passwd\n";
        let pax = entry("go/pax", record, |it| it.set_entry_type(EntryType::XHeader));
        let error = unpack(&archive(&[pax, entry("go/good", b"x", |_| ())])).expect_err("PAX");
        assert!(error.contains("PAX"), "{error}");
    }

    #[test]
    fn nothing_follows_the_end() {
        let one = entry("go/a", b"x", |_| ());
        let whole = |end: &[u8]| gz(&[one.as_slice(), end].concat());
        let good = whole(&[0; 1024]);
        assert!(unpack(&good).is_ok());
        assert!(unpack(&whole(&[0; 10240])).is_ok(), "a record may be filled up");
        let table = [
            ("an entry after the end", whole(&[vec![0; 1024], one.clone()].concat()), "end of the tar"),
            ("endless zeros", whole(&vec![0; 3 << 20]), "end of the tar"),
            ("a second member", [good.clone(), good.clone()].concat(), "end of the gzip member"),
            ("bytes after the member", [good.clone(), b"x".to_vec()].concat(), "end of the gzip member"),
            ("cut in the middle", good[..good.len() / 2].to_vec(), "unreadable"),
            ("cut before the checksum", good[..good.len() - 4].to_vec(), "unreadable"),
            ("a page", b"<html>please log in</html>".to_vec(), "unreadable"),
            ("nothing", vec![], "unreadable"),
        ];
        for (lie, bytes, rule) in table {
            let error = unpack(&bytes).expect_err(lie);
            assert!(error.contains(rule), "{lie}: {error}");
        }
    }
}
