//! Whether a program for Windows has a signature (Authenticode). Whether it holds is for Windows to say. Apple's is judged in
//! `trust::apple`.

use object::read::pe::{ImageNtHeaders, PeFile};
use object::{FileKind, pe};

/// Whether one is there. `None` for every other file, and for one that cannot be read as what it says it is.
pub fn authenticode(bytes: &[u8]) -> Option<bool> {
    match FileKind::parse(bytes).ok()? {
        FileKind::Pe32 => of::<pe::ImageNtHeaders32>(bytes),
        FileKind::Pe64 => of::<pe::ImageNtHeaders64>(bytes),
        _ => None,
    }
}

fn of<Pe: ImageNtHeaders>(bytes: &[u8]) -> Option<bool> {
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
        assert_eq!(authenticode(&of_windows(true)), Some(true));
        assert_eq!(authenticode(&of_windows(false)), Some(false));
        for other in [&b""[..], b"#!/bin/sh\n", &of_go(""), &of_apple(true), b"MZ"] {
            assert_eq!(authenticode(other), None, "{other:.8?}");
        }
    }

    #[test]
    fn no_damage_makes_it_panic() {
        let good = of_windows(true);
        for at in 0..good.len().min(600) {
            let _ = authenticode(&good[..at]);
            for value in [0, 0x7f, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                let _ = authenticode(&bad);
            }
        }
    }
}
