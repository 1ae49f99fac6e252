//! A genuine signature, and programs made for the purpose.

use object::macho;
use sha2::{Digest as _, Sha256};

use super::{Refusal, Signed, judge, signer};

/// What Google's signature of `bin/gofmt` of go1.26.11.darwin-amd64 consists of.
const LIST: &[u8] = include_bytes!("../../../tests/vectors/apple/gofmt-1.26.11-amd64.directory");
const CMS: &[u8] = include_bytes!("../../../tests/vectors/apple/gofmt-1.26.11-amd64.cms");
const TEAM: &[u8] = b"EQHXZ8M8AV";

const PAGE: usize = 4096;

fn blob(magic: u32, contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len() + 8).expect("short");
    [&magic.to_be_bytes()[..], &length.to_be_bytes(), contents].concat()
}

/// What a signature has room for, in bytes.
const ROOM: u32 = 20_000;

/// A program for arm64 of 10,000 bytes, with a signature that names nobody, or has these bytes in the place of one.
fn program(signature: Option<&[u8]>) -> Vec<u8> {
    const CODE: usize = 10_000;
    let requirements = blob(macho::CSMAGIC_REQUIREMENTS, &[0; 4]);
    let mut code: Vec<u8> = [0xfeed_facf_u32, 0x0100_000c, 0, 2, 1, 16, 0, 0, 0x1d, 16, 10_000, ROOM]
        .iter()
        .flat_map(|it| it.to_le_bytes())
        .collect();
    code.resize(CODE, 0x90);
    let (ident, special) = (b"org.example\0", 2_u32);
    let hashes_at = 48 + u32::try_from(ident.len()).expect("short") + special * 32;
    let pages = u32::try_from(CODE.div_ceil(PAGE)).expect("few");
    let mut list: Vec<u8> = [0x2_0200_u32, 2, hashes_at, 52, special, pages, 10_000]
        .iter()
        .flat_map(|it| it.to_be_bytes())
        .collect();
    list.extend([32, 2, 0, 12, 0, 0, 0, 0]); // size and kind of a hash, platform, page, spare
    list.extend([0; 8]); // scatter, team
    list.extend(ident);
    list.extend(Sha256::digest(&requirements));
    list.extend([0; 32]);
    list.resize(usize::try_from(hashes_at).expect("short") - 8, 0);
    let end = list.len();
    list[end - 64..end - 32].copy_from_slice(&Sha256::digest(&requirements));
    list[end - 32..].fill(0);
    list.extend(code.chunks(PAGE).flat_map(Sha256::digest));
    let mut parts = vec![(0_u32, blob(macho::CSMAGIC_CODEDIRECTORY, &list)), (2, requirements)];
    parts.extend(signature.map(|it| (0x1_0000, blob(macho::CSMAGIC_BLOBWRAPPER, it))));
    let (mut index, mut bodies) = (Vec::new(), Vec::new());
    for (slot, body) in &parts {
        let at = 12 + 8 * parts.len() + bodies.len();
        index.extend(slot.to_be_bytes());
        index.extend(u32::try_from(at).expect("short").to_be_bytes());
        bodies.extend(body);
    }
    let count = u32::try_from(parts.len()).expect("few");
    let all = blob(macho::CSMAGIC_EMBEDDED_SIGNATURE, &[&count.to_be_bytes()[..], &index, &bodies].concat());
    let mut file = code;
    file.extend(all);
    file.resize(CODE + usize::try_from(ROOM).expect("short"), 0);
    file
}

fn judged(bytes: &[u8]) -> Result<Signed, Refusal> {
    judge(bytes).expect("a Mach-O file").remove(0)
}

#[test]
fn the_signature_of_a_release_of_go_is_googles_and_apple_vouches_for_it() {
    let by = signer::of(CMS, LIST, Some(TEAM)).expect("genuine");
    assert_eq!(by.name, "Developer ID Application: Google LLC (EQHXZ8M8AV)");
    assert_eq!((by.team.as_deref(), by.by_apple), (Some("EQHXZ8M8AV"), true));
}

#[test]
fn no_list_but_the_signed_one_is_taken_and_no_team_but_that_of_the_certificate() {
    let mut list = LIST.to_vec();
    *list.last_mut().expect("long") ^= 1;
    assert_eq!(signer::of(CMS, &list, Some(TEAM)), Err(Refusal::List));
    assert_eq!(signer::of(CMS, LIST, Some(b"ABCDEFGHIJ")), Err(Refusal::Certificate));
}

#[test]
fn no_changed_bit_of_a_signature_lets_it_say_anything_else() {
    // The time stamp lies behind the signature, and is not read.
    let id = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e];
    let stamp = CMS.windows(id.len()).position(|it| it == id).expect("it has one");
    let genuine = signer::of(CMS, LIST, Some(TEAM)).expect("genuine");
    let (mut refused, mut unread, mut unchanged) = (0, 0, 0);
    for at in (0..stamp - 16).step_by(3) {
        let mut cms = CMS.to_vec();
        cms[at] ^= 1 << (at % 8);
        match signer::of(&cms, LIST, Some(TEAM)) {
            Err(it) if it.is_bad() => refused += 1,
            Err(_) => unread += 1,
            // A version, or the name of an algorithm that is named twice: nobody signs it, and nothing follows from it.
            Ok(it) if it == genuine => unchanged += 1,
            Ok(it) => assert!(!it.by_apple, "byte {at}: {it:?}"),
        }
    }
    assert!(
        refused > 100 && unread > 50 && unchanged < 40,
        "{refused} refused, {unread} unread, {unchanged} as before"
    );
}

#[test]
fn a_program_is_what_it_was_when_it_was_signed() {
    let good = program(None);
    assert_eq!(judged(&good), Ok(Signed::AdHoc));
    let changed = |at: usize| {
        let mut bad = good.clone();
        bad[at] ^= 1;
        judged(&bad)
    };
    assert_eq!(changed(5_000), Err(Refusal::Page(4096)));
    assert_eq!(changed(9_999), Err(Refusal::Page(8192)));
    assert_eq!(changed(good.len() - 1), Err(Refusal::Unsigned), "behind the signature");
    let longer = [&good[..], b"x"].concat();
    assert_eq!(judged(&longer), Err(Refusal::Unsigned));
    let requirements = good.windows(4).rposition(|it| it == [0xfa, 0xde, 0x0c, 0x01]).expect("there");
    assert_eq!(changed(requirements + 9), Err(Refusal::Part));
    assert_eq!(judged(&program(Some(b"no signature"))), Err(Refusal::Unread("apple-damaged")));
    assert_eq!(judged(&program(Some(CMS))), Err(Refusal::List), "that of another program");
}

#[test]
fn no_damage_makes_it_panic() {
    let good = program(None);
    for at in 10_000..10_400 {
        for value in [0, 0x7f, 0xff] {
            let mut bad = good.clone();
            bad[at] = value;
            let _ = judge(&bad);
        }
        let _ = judge(&good[..at]);
    }
    assert_eq!(judge(b"\x7fELF"), None);
}
