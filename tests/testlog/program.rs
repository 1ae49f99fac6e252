//! Small programs: only the headers that say what they are, and what Go writes into them.

const MAGIC: &[u8] = b"\xff Go buildinf:";
const HEADER: usize = 32;

/// What Go writes into a program: these lines, as go 1.27.4 would.
fn info(lines: &str) -> Vec<u8> {
    let mut info = MAGIC.to_vec();
    info.extend([8, 2]);
    info.resize(HEADER, 0);
    for text in ["go1.27.4".to_owned(), format!("{0}{lines}{0}", "m".repeat(16))] {
        let length = u16::try_from(text.len()).expect("short");
        let [low, _] = (length & 0x7f).to_le_bytes();
        let [high, _] = (length >> 7).to_le_bytes();
        info.extend([low | 0x80, high]);
        info.extend(text.as_bytes());
    }
    info
}

/// An ELF file with nothing but a section `.go.buildinfo`: these lines, as go 1.27.4 would write them.
pub fn of_go(lines: &str) -> Vec<u8> {
    let info = info(lines);
    let names = b"\0.go.buildinfo\0.shstrtab\0";
    let (start, names_at) = (64, 64 + info.len());
    let sections_at = (names_at + names.len()).next_multiple_of(8);
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    file.extend([2, 0, 62, 0, 1, 0, 0, 0]);
    file.extend([0; 16]); // entry, program headers
    file.extend((sections_at as u64).to_le_bytes());
    file.extend([0, 0, 0, 0, 64, 0, 56, 0, 0, 0, 64, 0, 3, 0, 2, 0]);
    file.extend(&info);
    file.extend(names);
    file.resize(sections_at + 64, 0);
    for (name, kind, at, size) in [(1_u32, 1_u32, start, info.len()), (15, 3, names_at, names.len())] {
        file.extend(name.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend([0; 16]); // flags, address
        file.extend((at as u64).to_le_bytes());
        file.extend((size as u64).to_le_bytes());
        file.extend([0; 24]);
    }
    file
}

/// A Mach-O file for arm64 with one command: a signature, or a UUID.
pub fn of_apple(signed: bool) -> Vec<u8> {
    let command: u32 = if signed { 0x1d } else { 0x1b };
    let size: u32 = if signed { 16 } else { 24 };
    let words = [0xfeed_facf, 0x0100_000c, 0, 2, 1, size, 0, 0, command, size, 0, 0];
    let mut file: Vec<u8> = words.iter().flat_map(|it: &u32| it.to_le_bytes()).collect();
    file.resize(32 + size as usize, 0);
    file
}

/// A Mach-O file with a section `__go_buildinfo` of these lines, a UUID, and a signature.
pub fn of_go_for_mac(lines: &str, arm64: bool) -> Vec<u8> {
    let info = info(lines);
    let processor = if arm64 { 0x0100_000c_u32 } else { 0x0100_0007 };
    let (sizes, start) = (152 + 24 + 16, 32 + 152 + 24 + 16);
    let mut file = words(&[0xfeed_facf, processor, 0, 2, 3, sizes, 0, 0]);
    let name = |it: &str| {
        let mut name = it.as_bytes().to_vec();
        name.resize(16, 0);
        name
    };
    let (size, at) = (u32::try_from(info.len()).expect("short"), start);
    file.extend([words(&[0x19, 152]), name("__DATA")].concat());
    // Address, size, place, size in the file (each of 64 bits); protection, sections, flags.
    file.extend(words(&[0, 1, size, 0, at, 0, size, 0, 3, 3, 1, 0]));
    file.extend([name("__go_buildinfo"), name("__DATA")].concat());
    file.extend(words(&[0, 1, size, 0, at, 4, 0, 0, 0, 0, 0, 0]));
    file.extend(words(&[0x1b, 24, 0, 0, 0, 0, 0x1d, 16, 0, 0]));
    file.extend(info);
    file
}

fn words(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|it| it.to_le_bytes()).collect()
}

/// A PE file for amd64 without sections.
pub fn of_windows(signed: bool) -> Vec<u8> {
    let mut file = b"MZ".to_vec();
    file.resize(0x3c, 0);
    file.extend(64_u32.to_le_bytes());
    file.extend(b"PE\0\0\x64\x86");
    file.resize(64 + 4 + 16, 0);
    file.extend([240, 0, 0x22, 0]); // size of the optional header, characteristics
    let optional = file.len();
    file.extend([0x0b, 0x02]);
    file.resize(optional + 108, 0);
    file.extend(16_u32.to_le_bytes());
    file.resize(optional + 240, 0);
    if signed {
        file[optional + 112 + 4 * 8..][..8].copy_from_slice(&[0, 2, 0, 0, 8, 0, 0, 0]);
    }
    file.resize(1024, 0);
    file
}
