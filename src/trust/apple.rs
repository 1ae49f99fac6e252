//! Apple's signature in a program for macOS (Mach-O), judged without a Mac: every page against the list of hashes that is
//! signed, that list against the signature, the signature's certificate up to Apple's own root. Pure.
//!
//! Layout: `cs_blobs.h` of xnu, and Apple's technical note 3126. Not judged is what only Apple can tell: whether the program
//! was notarized, whether the certificate was taken back, and when it was signed (the time stamp is not read).
//!
//! - `asn1`: bytes into values. - [`signer`]: the signature itself and its certificates.

mod asn1;
mod signer;
#[cfg(test)]
mod tests;

use object::read::macho::{
    CodeDirectory, CodeSignature, FatArch as _, LoadCommandVariant, MachHeader, MachOFatFile32,
    MachOFatFile64,
};
use object::{BigEndian, Endianness, FileKind, macho};
use sha2::{Digest as _, Sha256};

pub use signer::Signer;

/// Whose signature a program has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody's.
    Not,
    /// It names nobody: the linker of a Mac for Apple silicon makes such a one for whatever it links. Its pages are whole.
    AdHoc,
    /// Every page is as this one signed it.
    By(Signer),
}

/// Why a signature does not hold, or nobody can tell here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Bytes of the program are not those that were signed: where the page begins, in bytes from the start of the file.
    Page(u64),
    /// What belongs to the signature (entitlements, requirements) is not what was signed.
    Part,
    /// There are bytes that nothing signs.
    Unsigned,
    /// The list of hashes is not the one that was signed.
    List,
    /// The signature was not made by the key of its certificate.
    Signature,
    /// A certificate was not signed by the one above it.
    Certificate,
    /// It is signed in a way that is not read here.
    Unread(&'static str),
}

impl Refusal {
    /// Whether it speaks against the program; otherwise it is only not judged.
    pub const fn is_bad(&self) -> bool {
        !matches!(self, Self::Unread(_))
    }
}

/// Every program in the file, one for each kind of Mac. `None` for what is no Mach-O file.
pub fn judge(bytes: &[u8]) -> Option<Vec<Result<Signed, Refusal>>> {
    let each = |all: Vec<Option<&[u8]>>| all.into_iter().map(|it| it.map_or(Err(DAMAGED), one)).collect();
    match FileKind::parse(bytes).ok()? {
        FileKind::MachO32 | FileKind::MachO64 => Some(vec![one(bytes)]),
        FileKind::MachOFat32 => {
            let file = MachOFatFile32::parse(bytes).ok()?;
            Some(each(file.arches().iter().map(|it| it.data(bytes).ok()).collect()))
        }
        FileKind::MachOFat64 => {
            let file = MachOFatFile64::parse(bytes).ok()?;
            Some(each(file.arches().iter().map(|it| it.data(bytes).ok()).collect()))
        }
        _ => None,
    }
}

const DAMAGED: Refusal = Refusal::Unread("apple-damaged");

fn one(bytes: &[u8]) -> Result<Signed, Refusal> {
    match FileKind::parse(bytes) {
        Ok(FileKind::MachO32) => of::<macho::MachHeader32<Endianness>>(bytes),
        Ok(FileKind::MachO64) => of::<macho::MachHeader64<Endianness>>(bytes),
        _ => Err(DAMAGED),
    }
}

/// Where the signature lies: offset and size.
fn place<Mach: MachHeader<Endian = Endianness>>(bytes: &[u8]) -> object::Result<Option<(u64, u64)>> {
    let header = Mach::parse(bytes, 0)?;
    let endian = header.endian()?;
    let mut commands = header.load_commands(endian, bytes, 0)?;
    while let Some(command) = commands.next()? {
        if let (macho::LC_CODE_SIGNATURE, LoadCommandVariant::LinkeditData(it)) =
            (command.cmd(), command.variant()?)
        {
            return Ok(Some((it.dataoff.get(endian).into(), it.datasize.get(endian).into())));
        }
    }
    Ok(None)
}

fn of<Mach: MachHeader<Endian = Endianness>>(bytes: &[u8]) -> Result<Signed, Refusal> {
    let damaged = |_| DAMAGED;
    let Some((at, size)) = place::<Mach>(bytes).map_err(damaged)? else { return Ok(Signed::Not) };
    let (at, size) = (usize::try_from(at).unwrap_or(usize::MAX), usize::try_from(size).unwrap_or(usize::MAX));
    let end = at.checked_add(size).ok_or(DAMAGED)?;
    let data = bytes.get(at..end).ok_or(DAMAGED)?;
    let signature = CodeSignature::parse(data).map_err(damaged)?;
    let blobs = signature.blobs().collect::<object::Result<Vec<_>>>().map_err(damaged)?;
    let used =
        blobs.iter().filter_map(|it| usize::try_from(it.offset()).ok()?.checked_add(it.data().len())).max();
    // Behind the signature there is room for a longer one, and it is empty; behind that there is nothing.
    if data.get(used.unwrap_or(0)..).is_none_or(|it| it.iter().any(|it| *it != 0)) || end != bytes.len() {
        return Err(Refusal::Unsigned);
    }
    let found = |slot: macho::CsSlot| blobs.iter().find(|it| it.slot() == slot);
    let listed = found(macho::CSSLOT_CODEDIRECTORY).ok_or(DAMAGED)?;
    let list = listed.code_directory().map_err(damaged)?.ok_or(DAMAGED)?;
    if list.header().hash_type != macho::CS_HASHTYPE_SHA256 || list.header().hash_size != 32 {
        return Err(Refusal::Unread("apple-other-hash"));
    }
    pages(&list, &bytes[..at])?;
    for blob in &blobs {
        let slot = blob.slot();
        // The list cannot have its own hash, nor that of its signature; other lists say the same in other hashes.
        let signed = (1..macho::CSSLOT_ALTERNATE_CODEDIRECTORIES).contains(&slot.0);
        if signed && list.special_hash(slot) != Ok(Sha256::digest(blob.data()).as_slice()) {
            return Err(Refusal::Part);
        }
    }
    match found(macho::CSSLOT_SIGNATURESLOT).map(|it| it.contents()) {
        None | Some([]) => Ok(Signed::AdHoc),
        Some(signature) => {
            let team = list.team_id().map_err(damaged)?;
            signer::of(signature, listed.data(), team).map(Signed::By)
        }
    }
}

/// Every page of the code, up to where the signature begins.
fn pages(list: &CodeDirectory, code: &[u8]) -> Result<(), Refusal> {
    if list.code_limit() != code.len() as u64 {
        return Err(Refusal::Unsigned);
    }
    let size = match list.header().page_size {
        0 => code.len().max(1),
        bits @ 1..=30 => 1 << bits,
        _ => return Err(DAMAGED),
    };
    let mut count = 0;
    for (page, index) in code.chunks(size).zip(0u32..) {
        let hash = list.code_hash(index).map_err(|_| Refusal::Unsigned)?;
        if hash != Sha256::digest(page).as_slice() {
            return Err(Refusal::Page(u64::from(index) * size as u64));
        }
        count = index + 1;
    }
    if count == list.header().n_code_slots.get(BigEndian) { Ok(()) } else { Err(Refusal::Unsigned) }
}
