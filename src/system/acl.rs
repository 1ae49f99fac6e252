//! Whose a file of Windows is, said as Linux says it: an owner and permission bits. Pure, from the bytes of its owner's
//! identifier (SID) and of its access list (DACL).
//!
//! Owner 0 is "ours": the user who runs this, or who may do everything on this machine anyway (Administrators, SYSTEM,
//! TrustedInstaller). Everybody else is the last number of their identifier. In the bits, "others" is everybody who is not
//! one of ours and is allowed something; what is denied is not subtracted, so more may be said than is true, never less. A
//! directory in which others may add but neither rename nor remove carries the sticky bit.

/// Who may do everything here, by their identifiers: SYSTEM, Administrators, TrustedInstaller.
const MIGHTY: [&[u8]; 3] = [
    &[1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0],
    &[1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0],
    &[
        1, 6, 0, 0, 0, 0, 0, 5, 80, 0, 0, 0, 0xb5, 0x89, 0xfb, 0x38, 0x19, 0x84, 0xc2, 0xcb, 0x5c, 0x6c,
        0x23, 0x6d, 0x57, 0x00, 0x77, 0x6e, 0xc0, 0x02, 0x64, 0x87,
    ],
];

/// Who is nobody in particular: the owner, whoever that is (CREATOR OWNER, OWNER RIGHTS).
const OWNERS: [&[u8]; 2] = [&[1, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0], &[1, 1, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0]];

/// Rights of an entry.
const READ: u32 = 0x1 | 0x8000_0000 | ALL;
const SEARCH: u32 = 0x20 | 0x2000_0000 | ALL;
const ADD: u32 = 0x2 | 0x4 | 0x4000_0000;
/// To remove what lies there, or it itself, and to take that right.
const REPLACE: u32 = 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | ALL;
const ALL: u32 = 0x1000_0000;

/// What an entry says that only what is made below inherits.
const INHERIT_ONLY: u8 = 8;

/// A file as its access list tells of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    /// The owner's identifier.
    pub owner: &'a [u8],
    /// The access list with its head; none lets everybody do everything.
    pub list: Option<&'a [u8]>,
    /// Our own identifier.
    pub me: &'a [u8],
    /// It is a directory.
    pub dir: bool,
    /// It has the attribute "read only", which is no protection.
    pub read_only: bool,
    /// Windows starts it as a program.
    pub program: bool,
}

/// Owner and permission bits.
pub(super) fn owner_and_mode(of: &Seen) -> (u32, u32) {
    let owner = if is_ours(of.owner, of.me) { 0 } else { number(of.owner) };
    let others = of.list.map_or(Some(ALL), |it| others(it, of.me)).unwrap_or(ALL);
    let mut mode = if of.dir || of.program { 0o700 } else { 0o600 };
    if of.read_only && !of.dir {
        mode &= !0o222;
    }
    if others & READ != 0 {
        mode |= 0o044;
    }
    if others & SEARCH != 0 && (of.dir || of.program) {
        mode |= 0o011;
    }
    if others & (ADD | REPLACE) != 0 {
        mode |= 0o022;
        if of.dir && others & REPLACE == 0 {
            mode |= 0o1000;
        }
    }
    (owner, mode)
}

fn is_ours(who: &[u8], me: &[u8]) -> bool {
    who == me || MIGHTY.contains(&who)
}

/// The last number of an identifier; never 0, which is ours.
fn number(who: &[u8]) -> u32 {
    let last = who.len().checked_sub(4).and_then(|it| who.get(it..)).and_then(|it| it.try_into().ok());
    last.map_or(u32::MAX, u32::from_le_bytes).max(1)
}

/// All that others are allowed; `None` where the list cannot be read.
fn others(list: &[u8], me: &[u8]) -> Option<u32> {
    let count = u16::from_le_bytes(list.get(4..6)?.try_into().ok()?);
    let mut rest = list.get(8..)?;
    let mut rights = 0;
    for _ in 0..count {
        let size = usize::from(u16::from_le_bytes(rest.get(2..4)?.try_into().ok()?));
        let (entry, after) = rest.split_at_checked(size)?;
        rest = after;
        let (kind, flags) = (*entry.first()?, *entry.get(1)?);
        let at = match kind {
            0 | 9 => 8,
            // Entries of directory services, which may carry two numbers of 16 bytes.
            5 | 11 => 12 + 16 * (*entry.get(8)? & 3).count_ones() as usize,
            _ => continue,
        };
        let mask = u32::from_le_bytes(entry.get(4..8)?.try_into().ok()?);
        let who = entry.get(at..)?;
        let who = who.get(..8 + 4 * usize::from(*who.get(1)?))?;
        if flags & INHERIT_ONLY == 0 && !is_ours(who, me) && !OWNERS.contains(&who) {
            rights |= mask;
        }
    }
    Some(rights)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &[u8] =
        &[1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xe9, 3, 0, 0];
    const BOB: &[u8] =
        &[1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xea, 3, 0, 0];
    const EVERYONE: &[u8] = &[1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
    const FULL: u32 = 0x1f_01ff;
    const MODIFY: u32 = 0x13_01bf;
    const READ_AND_RUN: u32 = 0x12_00a9;

    fn entry(kind: u8, flags: u8, mask: u32, who: &[u8]) -> Vec<u8> {
        let size = u16::try_from(8 + who.len()).expect("small").to_le_bytes();
        [&[kind, flags][..], &size, &mask.to_le_bytes(), who].concat()
    }

    fn list(entries: &[Vec<u8>]) -> Vec<u8> {
        let body = entries.concat();
        let size = u16::try_from(8 + body.len()).expect("small").to_le_bytes();
        let count = u16::try_from(entries.len()).expect("few").to_le_bytes();
        [&[2, 0][..], &size, &count, &[0, 0], &body].concat()
    }

    fn mode(dir: bool, entries: &[Vec<u8>]) -> u32 {
        let list = list(entries);
        let seen = Seen { owner: ME, list: Some(&list), me: ME, dir, read_only: false, program: false };
        owner_and_mode(&seen).1
    }

    #[test]
    fn ours_are_the_user_and_who_may_do_everything() {
        let owner = |owner| {
            owner_and_mode(&Seen { owner, list: None, me: ME, dir: false, read_only: false, program: false })
                .0
        };
        assert!([ME, MIGHTY[0], MIGHTY[1], MIGHTY[2]].iter().all(|it| owner(it) == 0));
        assert_eq!((owner(BOB), owner(EVERYONE), owner(b"")), (1002, 1, u32::MAX));
    }

    #[test]
    fn a_list_for_us_alone_is_private_and_any_right_of_others_to_change_it_shows() {
        let ours = [entry(0, 3, FULL, MIGHTY[0]), entry(0, 3, FULL, MIGHTY[1]), entry(0, 3, FULL, ME)];
        assert_eq!((mode(true, &ours), mode(false, &ours)), (0o700, 0o600));
        let with = |kind, flags, mask, who| [&ours[..], &[entry(kind, flags, mask, who)]].concat();
        assert_eq!(mode(true, &with(0, 0, READ_AND_RUN, EVERYONE)), 0o755);
        assert_eq!(mode(false, &with(0, 0, READ_AND_RUN, BOB)), 0o644);
        for right in [0x2, 0x4, 0x40, 0x1_0000, 0x4_0000, 0x8_0000, 0x1000_0000, 0x4000_0000] {
            assert_ne!(mode(false, &with(0, 0, right, BOB)) & 0o022, 0, "{right:#x}");
        }
        assert_eq!(mode(true, &with(0, 0, MODIFY, EVERYONE)) & 0o1022, 0o022);
        assert_eq!(mode(true, &with(1, 0, FULL, EVERYONE)), 0o700, "what is denied");
        assert_eq!(mode(true, &with(0, INHERIT_ONLY, FULL, EVERYONE)), 0o700, "what only children inherit");
        assert_eq!(mode(true, &with(0, 0, FULL, OWNERS[0])), 0o700, "the owner");
    }

    #[test]
    fn where_others_may_add_and_not_remove_the_directory_is_sticky() {
        // The root of a drive: everybody may make directories there.
        let root = [entry(0, 0, 0x4, EVERYONE), entry(0, 0, READ_AND_RUN, BOB)];
        assert_eq!(mode(true, &root), 0o1777);
    }

    #[test]
    fn no_list_and_a_broken_one_let_everybody_do_everything() {
        let seen = |list| {
            owner_and_mode(&Seen { owner: ME, list, me: ME, dir: true, read_only: false, program: false }).1
        };
        assert_eq!(seen(None) & 0o022, 0o022);
        let whole = list(&[entry(0, 0, FULL, ME)]);
        assert_eq!(seen(Some(&whole)), 0o700);
        for cut in 0..whole.len() {
            assert_eq!(seen(Some(&whole[..cut])) & 0o022, 0o022, "{cut}");
        }
    }

    #[test]
    fn read_only_takes_the_bits_to_write_from_a_file_alone() {
        let list = list(&[entry(0, 0, FULL, ME)]);
        let seen = Seen { owner: ME, list: Some(&list), me: ME, dir: false, read_only: true, program: true };
        assert_eq!(owner_and_mode(&seen), (0, 0o500));
        assert_eq!(owner_and_mode(&Seen { dir: true, ..seen }), (0, 0o700));
    }
}
