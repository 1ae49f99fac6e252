//! Writes zips as Go's module proxy does, and tarballs as Go's release builder does.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub bytes: Vec<u8>,
    pub executable: bool,
}

const MTIME: u32 = 1_790_000_000;

/// A zip as Go writes it: all deflate, sizes in data descriptors, a 9-byte time stamp, no directories, no comment.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = out.len() as u32;
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
        deflate.write_all(&entry.bytes).expect("memory takes everything");
        let packed = deflate.finish().expect("memory takes everything");
        let mut crc = flate2::Crc::new();
        crc.update(&entry.bytes);
        let sizes = [crc.sum(), packed.len() as u32, entry.bytes.len() as u32].map(u32::to_le_bytes).concat();
        let mut extra = b"UT\x05\0\x01".to_vec();
        extra.extend_from_slice(&MTIME.to_le_bytes());
        // version, flags (sizes follow the data), method, time, date
        let shared = [20_u16, 0x0008, 8, 0x6000, 0x5D36].map(u16::to_le_bytes).concat();
        let lengths = [entry.name.len() as u16, extra.len() as u16].map(u16::to_le_bytes).concat();

        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&shared);
        out.extend_from_slice(&[0; 12]);
        out.extend_from_slice(&lengths);
        out.extend_from_slice(entry.name.as_bytes());
        out.extend_from_slice(&extra);
        out.extend_from_slice(&packed);
        out.extend_from_slice(b"PK\x07\x08");
        out.extend_from_slice(&sizes);

        let mode: u32 = if entry.executable { 0o100_755 } else { 0o100_644 };
        central.extend_from_slice(b"PK\x01\x02\x14\x03");
        central.extend_from_slice(&shared);
        central.extend_from_slice(&sizes);
        central.extend_from_slice(&lengths);
        central.extend_from_slice(&[0; 6]); // comment, disk, internal attributes
        central.extend_from_slice(&(mode << 16).to_le_bytes());
        central.extend_from_slice(&offset.to_le_bytes());
        central.extend_from_slice(entry.name.as_bytes());
        central.extend_from_slice(&extra);
    }
    let (start, size, count) = (out.len() as u32, central.len() as u32, entries.len() as u16);
    out.extend_from_slice(&central);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].map(u16::to_le_bytes).concat());
    out.extend_from_slice(&[size, start].map(u32::to_le_bytes).concat());
    out.extend_from_slice(&[0; 2]);
    out
}

/// A gzipped ustar tarball: each directory before what is in it, 0755 and 0644, no owner.
pub fn tar_gz(entries: &[Entry]) -> Vec<u8> {
    let gz = GzEncoder::new(Vec::new(), Compression::default());
    let mut tar = tar::Builder::new(gz);
    let mut dirs = std::collections::BTreeSet::new();
    for entry in entries {
        for (at, _) in entry.name.match_indices('/') {
            let dir = &entry.name[..=at];
            if dirs.insert(dir.to_owned()) {
                tar.append_data(&mut header(0o755, 0, tar::EntryType::Directory), dir, &[][..])
                    .expect("memory takes everything");
            }
        }
        let mode = if entry.executable { 0o755 } else { 0o644 };
        let mut head = header(mode, entry.bytes.len() as u64, tar::EntryType::Regular);
        tar.append_data(&mut head, &entry.name, entry.bytes.as_slice()).expect("memory takes everything");
    }
    tar.into_inner().expect("memory takes everything").finish().expect("memory takes everything")
}

fn header(mode: u32, size: u64, kind: tar::EntryType) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_mode(mode);
    header.set_size(size);
    header.set_mtime(u64::from(MTIME));
    header.set_entry_type(kind);
    header
}
