//! The head of a program for macOS (Mach-O): for which processors it is, and what the system's loader wants of it. Its
//! signature is judged in `trust::apple`.

use object::read::macho::{FatArch as _, MachHeader, MachOFatFile32, MachOFatFile64};
use object::{Endianness, FileKind, macho};

/// How much of a file is enough: headers and load commands of Go's own programs have some 3 KiB.
pub const HEAD: usize = 32 << 10;

/// What the head of a program says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The processors, as Go names them: `arm64`, `amd64`; more than one in a universal program.
    pub processors: Vec<&'static str>,
    /// Whether it carries a number of its own (`LC_UUID`), without which macOS 26 starts no program that links its libraries.
    /// Nobody looked into a universal program.
    pub uuid: Option<bool>,
    /// Whether there is a signature, whatever it says.
    pub signed: Option<bool>,
}

/// Reads the head. `None` for what is no Mach-O file, or not enough of one.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let names = |all: Vec<u32>| all.into_iter().filter_map(processor).collect();
    match FileKind::parse(bytes).ok()? {
        FileKind::MachO64 => {
            let header = macho::MachHeader64::<Endianness>::parse(bytes, 0).ok()?;
            let endian = header.endian().ok()?;
            let processors = names(vec![header.cputype(endian).0]);
            let has = |command| has(header, endian, bytes, command);
            Some(Head { processors, uuid: has(macho::LC_UUID), signed: has(macho::LC_CODE_SIGNATURE) })
        }
        FileKind::MachOFat32 => {
            let all = MachOFatFile32::parse(bytes).ok()?;
            Some(Head {
                processors: names(all.arches().iter().map(|it| it.cputype().0).collect()),
                ..Head::default()
            })
        }
        FileKind::MachOFat64 => {
            let all = MachOFatFile64::parse(bytes).ok()?;
            Some(Head {
                processors: names(all.arches().iter().map(|it| it.cputype().0).collect()),
                ..Head::default()
            })
        }
        _ => None,
    }
}

fn processor(number: u32) -> Option<&'static str> {
    match number {
        it if it == macho::CPU_TYPE_ARM64.0 => Some("arm64"),
        it if it == macho::CPU_TYPE_X86_64.0 => Some("amd64"),
        _ => None,
    }
}

fn has<Mach: MachHeader<Endian = Endianness>>(
    header: &Mach,
    endian: Endianness,
    bytes: &[u8],
    wanted: macho::LoadCommandType,
) -> Option<bool> {
    let mut commands = header.load_commands(endian, bytes, 0).ok()?;
    loop {
        match commands.next() {
            Ok(Some(command)) if command.cmd() == wanted => return Some(true),
            Ok(Some(_)) => {}
            Ok(None) => return Some(false),
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testlog::program::{of_apple, of_go, of_windows};

    #[test]
    fn a_head_says_for_which_processors_a_program_is_and_whether_it_has_a_number() {
        let arm = head(&of_apple(false)).expect("a program");
        assert_eq!(
            (arm.processors.as_slice(), arm.uuid, arm.signed),
            (&["arm64"][..], Some(true), Some(false))
        );
        assert_eq!(head(&of_apple(true)).expect("a program").uuid, Some(false));
        let mut intel = of_apple(true);
        intel[4..8].copy_from_slice(&0x0100_0007_u32.to_le_bytes());
        assert_eq!(head(&intel).expect("a program").processors, ["amd64"]);
        let words = [0xcafe_babe, 2, 0x0100_0007, 3, 0x4000, 16, 14, 0x0100_000c, 0, 0x8000, 16, 14];
        let both = Head { processors: vec!["amd64", "arm64"], ..Head::default() };
        let file: Vec<u8> = words.iter().flat_map(|it: &u32| it.to_be_bytes()).collect();
        assert_eq!(head(&file), Some(both));
        for other in [&b""[..], b"#!/bin/sh\n", &of_go(""), &of_windows(true), &of_apple(true)[..20]] {
            assert_eq!(head(other), None);
        }
    }

    #[test]
    fn no_damage_of_a_head_makes_it_panic() {
        let good = of_apple(false);
        for at in 0..good.len() {
            let _ = head(&good[..at]);
            for value in [0, 0x7f, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                let _ = head(&bad);
            }
        }
    }
}
