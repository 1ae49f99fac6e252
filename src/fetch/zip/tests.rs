//! Zips that lie, made here one lie at a time, and one that does not.
#![allow(clippy::disallowed_methods, reason = "tests look at what was written")]

use std::io::{Cursor, Write as _};

use super::{Index, Tail, extract};
use crate::digest::Digest;
use crate::failure::Failure;
use crate::fetch::error::FetchError;
use crate::fetch::tree::{ExtractedFile, fill};
use crate::report::words::{Lang, Words};
use crate::system::disk::RealDisk;
use crate::testlog::FakeGo;

/// An entry as its local header, its data, its descriptor and the directory have it; equal unless a lie changes one.
#[derive(Clone)]
struct Made {
    local_name: String,
    name: String,
    local_flags: u16,
    flags: u16,
    local_method: u16,
    method: u16,
    data: Vec<u8>,
    /// Checksum, packed and unpacked size.
    sizes: [u32; 3],
    descriptor: [u32; 3],
    local_sizes: [u32; 3],
    extra: Vec<u8>,
    comment: Vec<u8>,
    mode: u32,
    /// Instead of where it is.
    at: Option<u32>,
    /// Bytes before it that belong to nobody.
    gap: Vec<u8>,
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn made(name: &str, bytes: &[u8]) -> Made {
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(bytes).expect("memory takes everything");
    let data = deflate.finish().expect("memory takes everything");
    let length = |it: usize| u32::try_from(it).expect("small");
    let sizes = [crc(bytes), length(data.len()), length(bytes.len())];
    Made {
        local_name: name.into(),
        name: name.into(),
        local_flags: 8,
        flags: 8,
        local_method: 8,
        method: 8,
        data,
        sizes,
        descriptor: sizes,
        local_sizes: [0; 3],
        extra: vec![],
        comment: vec![],
        mode: 0o100_644,
        at: None,
        gap: vec![],
    }
}

fn short(out: &mut Vec<u8>, values: &[u16]) {
    out.extend(values.iter().flat_map(|it| it.to_le_bytes()));
}

fn long(out: &mut Vec<u8>, values: &[u32]) {
    out.extend(values.iter().flat_map(|it| it.to_le_bytes()));
}

fn zip(entries: &[Made]) -> Vec<u8> {
    let length = |it: &[u8]| u16::try_from(it.len()).expect("small");
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for it in entries {
        out.extend_from_slice(&it.gap);
        let at = it.at.unwrap_or(u32::try_from(out.len()).expect("small"));
        out.extend_from_slice(b"PK\x03\x04");
        short(&mut out, &[20, it.local_flags, it.local_method, 0, 0]);
        long(&mut out, &it.local_sizes);
        short(&mut out, &[length(it.local_name.as_bytes()), 0]);
        out.extend_from_slice(it.local_name.as_bytes());
        out.extend_from_slice(&it.data);
        if it.flags & 8 != 0 {
            out.extend_from_slice(b"PK\x07\x08");
            long(&mut out, &it.descriptor);
        }
        central.extend_from_slice(b"PK\x01\x02");
        short(&mut central, &[0x0314, 20, it.flags, it.method, 0, 0]);
        long(&mut central, &it.sizes);
        short(&mut central, &[length(it.name.as_bytes()), length(&it.extra), length(&it.comment), 0, 0]);
        long(&mut central, &[it.mode << 16, at]);
        central.extend_from_slice(it.name.as_bytes());
        central.extend_from_slice(&it.extra);
        central.extend_from_slice(&it.comment);
    }
    let (at, size) = (out.len(), central.len());
    let count = u16::try_from(entries.len()).expect("small");
    out.append(&mut central);
    out.extend_from_slice(b"PK\x05\x06");
    short(&mut out, &[0, 0, count, count]);
    long(&mut out, &[u32::try_from(size).expect("small"), u32::try_from(at).expect("small")]);
    short(&mut out, &[0]);
    out
}

fn unpack(bytes: &[u8], prefix: &str) -> Result<(tempfile::TempDir, Vec<ExtractedFile>), FetchError> {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let index = Index::read(&Tail { at: 0, bytes }, prefix).map_err(super::hostile)?;
    let root = dir.path().join("root");
    std::fs::create_dir(&root).expect("writable");
    let files = fill(&RealDisk, &root, 2, |extractor| {
        let early = |_: &mut Cursor<&[u8]>, _: &std::io::Error| FetchError::Changed { host: "here".into() };
        extract(&index, &mut Cursor::new(bytes), extractor, &early)
    });
    assert_eq!(std::fs::read_dir(dir.path()).expect("there").count(), 1, "nothing lies outside");
    files.map(|it| (dir, it))
}

/// What a person reads of it.
fn said(error: FetchError) -> String {
    Words::of(Lang::En).say(&Failure::from(error).message)
}

#[test]
fn what_go_writes_is_unpacked_whole_and_hashed() {
    let go = FakeGo::new("1.27.4", "linux-amd64");
    let prefix = format!("golang.org/toolchain@{}/", go.module_version());
    let (dir, files) = unpack(&go.zip(), &prefix).expect("a genuine zip");
    for entry in go.zip_entries() {
        let name = entry.name.strip_prefix(&prefix).expect("the prefix");
        let path = dir.path().join("root").join(name);
        assert_eq!(std::fs::read(&path).expect("it was written"), entry.bytes, "{name}");
        assert_eq!(crate::system::fake::real_files::mode(&path) & 0o111, 0, "{name} is executable");
    }
    let mut hashes: Vec<_> = files.iter().map(|it| (it.name.as_str().to_owned(), it.sha256)).collect();
    hashes.sort();
    let expected = go.zip_entries().into_iter().map(|it| {
        let name = it.name.strip_prefix(&prefix).expect("the prefix").to_owned();
        (name, Digest::of(&it.bytes))
    });
    let mut expected: Vec<_> = expected.collect();
    expected.sort();
    assert_eq!(hashes, expected);
}

#[test]
fn stored_entries_and_known_sizes_are_fine() {
    let plain = Made {
        method: 0,
        local_method: 0,
        data: b"text".to_vec(),
        sizes: [crc(b"text"), 4, 4],
        ..made("m/a", b"")
    };
    let stored = Made { descriptor: plain.sizes, ..plain };
    let known = made("m/b", b"more text");
    let known = Made { flags: 0, local_flags: 0, local_sizes: known.sizes, ..known };
    let large = made("m/large", &(0..3_000_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    let (_, files) = unpack(&zip(&[stored, known, large, made("m/empty", b"")]), "m/").expect("a good zip");
    assert_eq!(files.iter().map(|it| it.size).sum::<u64>(), 12_000_013);
}

/// A zip with one honest entry and one that `lie` changed.
fn with(lie: impl FnOnce(&mut Made)) -> Vec<u8> {
    let mut liar = made("m/liar", b"some text that is some text");
    lie(&mut liar);
    zip(&[made("m/honest", b"honest"), liar])
}

fn named(name: &str) -> Vec<u8> {
    with(|it| (it.name, it.local_name) = (name.into(), name.into()))
}

fn sized(size: u32) -> Vec<u8> {
    with(|it| (it.sizes[2], it.descriptor[2]) = (size, size))
}

#[test]
fn entries_that_lie_are_refused_with_the_rule_that_they_break() {
    let table = [
        ("traversal", named("m/../../etc/passwd"), "walks out"),
        ("absolute", named("/etc/passwd"), "absolute"),
        ("drive", named("C:/x"), "special on Windows"),
        ("backslash", named("m\\..\\x"), "special on Windows"),
        ("device", named("m/aux.go"), "device on Windows"),
        ("not ASCII", named("m/caf\u{e9}"), "not ASCII"),
        ("outside", named("other/x"), "not below"),
        ("only the prefix", named("m/"), "empty component"),
        ("directory", named("m/dir/"), "empty component"),
        ("duplicate", named("m/honest"), "can be one file"),
        ("case", named("m/HONEST"), "can be one file"),
        ("file and directory", named("m/honest/x"), "can be one file"),
        ("symbolic link", with(|it| it.mode = 0o120_777), "symbolic link"),
        ("device file", with(|it| it.mode = 0o020_644), "not a regular file"),
        ("setuid", with(|it| it.mode = 0o104_755), "setuid"),
        ("encrypted", with(|it| (it.flags, it.local_flags) = (9, 9)), "encrypted"),
        ("bzip2", with(|it| (it.method, it.local_method) = (12, 12)), "packed in a way"),
        ("comment", with(|it| it.comment = b"x".to_vec()), "comment"),
        ("zip64", with(|it| it.extra = b"\x01\0\x08\0\0\0\0\0\0\0\0\0".to_vec()), "second size or name"),
        ("other name", with(|it| it.extra = b"\x75\x70\x01\0x".to_vec()), "second size or name"),
        ("broken extra", with(|it| it.extra = b"\x75\x71\xff\0x".to_vec()), "broken extra"),
        ("local name", with(|it| it.local_name = "m/LIAR".into()), "two names"),
        ("longer local name", with(|it| it.local_name = "m/liar2".into()), "two names"),
        ("local flags", with(|it| it.local_flags = 0), "how m/liar is packed"),
        ("local method", with(|it| it.local_method = 0), "how m/liar is packed"),
        ("local sizes", with(|it| it.local_sizes = [1, 2, 3]), "size or checksum"),
        ("descriptor", with(|it| it.descriptor[0] ^= 1), "data descriptor"),
        ("checksum", with(|it| (it.sizes[0], it.descriptor[0]) = (7, 7)), "checksum of liar"),
        ("longer than said", sized(5), "longer than announced"),
        ("shorter than said", sized(1000), "shorter than announced"),
        ("huge file", sized(200 << 20), "one file of the archive is larger than"),
        ("no deflate", with(|it| it.data.fill(0xff)), "cannot be inflated"),
        ("stored sizes", with(|it| (it.method, it.local_method) = (0, 0)), "not packed"),
        ("gap", with(|it| it.gap = b"PK\x03\x04hidden".to_vec()), "between the entries"),
        ("overlap", with(|it| it.at = Some(0)), "overlaps"),
        ("outside the file", with(|it| it.at = Some(1 << 30)), "do not fit"),
    ];
    for (lie, bytes, rule) in table {
        let error = said(unpack(&bytes, "m/").map(|it| it.1).expect_err(lie));
        assert!(error.contains(rule), "{lie}: {error}");
    }
}

#[test]
fn bytes_after_the_end_of_a_deflate_stream_are_refused() {
    let bytes = with(|it| {
        it.data.extend_from_slice(b"junk");
        (it.sizes[1], it.descriptor[1]) = (it.sizes[1] + 4, it.sizes[1] + 4);
    });
    let error = said(unpack(&bytes, "m/").map(|it| it.1).expect_err("junk"));
    assert!(error.contains("bytes after its end"), "{error}");
    let bytes = with(|it| {
        it.data.pop();
        (it.sizes[1], it.descriptor[1]) = (it.sizes[1] - 1, it.sizes[1] - 1);
    });
    let error = said(unpack(&bytes, "m/").map(|it| it.1).expect_err("cut"));
    assert!(error.contains("ends early"), "{error}");
}

#[test]
fn bombs_are_refused_by_what_they_announce() {
    let bomb = |n: u32| {
        let it = made(&format!("m/{n}"), b"x");
        let sizes = [it.sizes[0], it.sizes[1], 120 << 20];
        Made { sizes, descriptor: sizes, ..it }
    };
    let error = unpack(&zip(&(0..5).map(bomb).collect::<Vec<_>>()), "m/").map(|it| it.1).expect_err("a bomb");
    assert!(said(error.clone()).contains("all files of the archive together"), "{error}");
    let many: Vec<_> = (0..20_001).map(|n| made(&format!("m/{n}"), b"")).collect();
    let error = unpack(&zip(&many), "m/").map(|it| it.1).expect_err("too many");
    assert!(said(error.clone()).contains("more than 20000 files"), "{error}");
    let one = made("m/a", b"x");
    let kernel = Made { at: Some(0), ..made("m/b", b"x") };
    let error = unpack(&zip(&[one, kernel]), "m/").map(|it| it.1).expect_err("two names, one kernel");
    assert!(said(error.clone()).contains("overlaps"), "{error}");
}

#[test]
fn the_end_of_a_zip_is_what_it_must_be() {
    let good = zip(&[made("m/a", b"text")]);
    let end = good.len() - 22;
    let patched = |at: usize, bytes: &[u8]| {
        let mut zip = good.clone();
        zip[end + at..end + at + bytes.len()].copy_from_slice(bytes);
        zip
    };
    let table = [
        ("trailing bytes", [good.clone(), b"x".to_vec()].concat(), "does not end"),
        ("a prelude", [b"MZ".to_vec(), good.clone()].concat(), "not right before"),
        ("announced comment", patched(20, &[1, 0]), "does not end"),
        (
            "comment with another end",
            [patched(20, &[22, 0]), good[end..].to_vec()].concat(),
            "not right before",
        ),
        ("a second disk", patched(4, &[1, 0]), "several parts"),
        ("other counts", patched(8, &[2, 0]), "several parts"),
        ("more entries", patched(8, &[2, 0, 2, 0]), "a different number"),
        ("fewer entries", patched(8, &[0, 0, 0, 0]), "a different number"),
        ("directory elsewhere", patched(16, &[0, 0, 0, 0]), "not right before"),
        ("huge directory", patched(12, &[0xff, 0xff, 0xff, 0x7f]), "directory of the zip"),
        ("short", good[end + 1..].to_vec(), "too short"),
        ("cut", good[..good.len() - 1].to_vec(), "does not end"),
        ("a page", b"<html>please log in</html>".to_vec(), "does not end"),
    ];
    for (lie, bytes, rule) in table {
        let error = said(unpack(&bytes, "m/").map(|it| it.1).expect_err(lie));
        assert!(error.contains(rule), "{lie}: {error}");
    }
}

#[test]
fn every_cut_is_refused_and_no_flipped_bit_loses_a_file() {
    let good = zip(&[made("m/a", b"text"), made("m/b/c", b"more text")]);
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1 << (at % 8);
        // Times and versions are read by nobody, and another name is another hash; all else is refused.
        if let Ok((_, mut files)) = unpack(&bad, "m/") {
            files.sort_by_key(|it| it.size);
            let hashes: Vec<_> = files.iter().map(|it| it.sha256).collect();
            assert_eq!(hashes, [Digest::of(b"text"), Digest::of(b"more text")], "flipped at {at}");
        }
        assert!(unpack(&good[..at], "m/").is_err(), "cut at {at}");
    }
}
