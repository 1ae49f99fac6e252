//! Whether a program has a signature of its operating system's kind: Apple's in a Mach-O file, Authenticode in a PE file.
//! Whether it holds is for those systems to say.

use object::read::macho::{FatArch as _, MachHeader, MachOFatFile32, MachOFatFile64, MachOFile};
use object::read::pe::{ImageNtHeaders, PeFile};
use object::{Endianness, FileKind, macho, pe};

/// Whose kind of signature a program has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// Mach-O.
    Apple,
    /// PE.
    Microsoft,
}

/// What kind of signature there could be, and whether one is there. `None` for every other file, and for one that cannot be
/// read as what it says it is.
pub fn read(bytes: &[u8]) -> Option<(Maker, bool)> {
    let apple = |it| Some((Maker::Apple, it?));
    let microsoft = |it| Some((Maker::Microsoft, it?));
    match FileKind::parse(bytes).ok()? {
        FileKind::MachO32 => apple(of_apple::<macho::MachHeader32<Endianness>>(bytes)),
        FileKind::MachO64 => apple(of_apple::<macho::MachHeader64<Endianness>>(bytes)),
        FileKind::MachOFat32 => {
            let file = MachOFatFile32::parse(bytes).ok()?;
            apple(of_all(file.arches().iter().map(|it| it.data(bytes).ok())))
        }
        FileKind::MachOFat64 => {
            let file = MachOFatFile64::parse(bytes).ok()?;
            apple(of_all(file.arches().iter().map(|it| it.data(bytes).ok())))
        }
        FileKind::Pe32 => microsoft(of_microsoft::<pe::ImageNtHeaders32>(bytes)),
        FileKind::Pe64 => microsoft(of_microsoft::<pe::ImageNtHeaders64>(bytes)),
        _ => None,
    }
}

/// Every program of a file for several machines has one.
fn of_all<'a>(mut all: impl Iterator<Item = Option<&'a [u8]>>) -> Option<bool> {
    all.try_fold(true, |signed, bytes| Some(signed & read(bytes?)?.1))
}

fn of_apple<Mach: MachHeader<Endian = Endianness>>(bytes: &[u8]) -> Option<bool> {
    let file = MachOFile::<'_, Mach>::parse(bytes).ok()?;
    let mut commands = file.macho_load_commands().ok()?;
    loop {
        match commands.next() {
            Ok(Some(it)) if it.cmd() == macho::LC_CODE_SIGNATURE => return Some(true),
            Ok(Some(_)) => {}
            Ok(None) => return Some(false),
            Err(_) => return None,
        }
    }
}

fn of_microsoft<Pe: ImageNtHeaders>(bytes: &[u8]) -> Option<bool> {
    let file = PeFile::<'_, Pe>::parse(bytes).ok()?;
    let directory = file.data_directory(pe::IMAGE_DIRECTORY_ENTRY_SECURITY);
    Some(directory.is_some_and(|it| it.size.get(object::LittleEndian) != 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::program::{of_apple, of_go, of_windows};

    #[test]
    fn signatures_are_seen_where_they_can_be() {
        assert_eq!(read(&of_apple(true)), Some((Maker::Apple, true)));
        assert_eq!(read(&of_apple(false)), Some((Maker::Apple, false)));
        assert_eq!(read(&of_windows(true)), Some((Maker::Microsoft, true)));
        assert_eq!(read(&of_windows(false)), Some((Maker::Microsoft, false)));
        for other in [&b""[..], b"#!/bin/sh\n", &of_go(""), b"\xca\xfe\xba\xbe\0\0\0\x41", b"MZ"] {
            assert_eq!(read(other), None, "{other:.8?}");
        }
    }

    #[test]
    fn a_file_for_several_machines_is_signed_where_all_are() {
        let fat = |all: &[Vec<u8>]| {
            let count = u32::try_from(all.len()).expect("few");
            let mut file =
                [0xcafe_babe_u32, count].iter().flat_map(|it| it.to_be_bytes()).collect::<Vec<_>>();
            let mut at = 4096;
            for (index, one) in all.iter().enumerate() {
                let size = u32::try_from(one.len()).expect("short");
                let words = [0x0100_000c + u32::try_from(index).expect("few"), 0, at, size, 12];
                file.extend(words.iter().flat_map(|it| it.to_be_bytes()));
                at += 4096;
            }
            for one in all {
                file.resize(file.len().next_multiple_of(4096), 0);
                file.extend(one);
            }
            file
        };
        assert_eq!(read(&fat(&[of_apple(true), of_apple(true)])), Some((Maker::Apple, true)));
        assert_eq!(read(&fat(&[of_apple(true), of_apple(false)])), Some((Maker::Apple, false)));
    }

    #[test]
    fn no_damage_makes_it_panic() {
        for good in [of_apple(true), of_windows(true)] {
            for at in 0..good.len().min(600) {
                let _ = read(&good[..at]);
                for value in [0, 0x7f, 0xff] {
                    let mut bad = good.clone();
                    bad[at] = value;
                    let _ = read(&bad);
                }
            }
        }
    }
}
