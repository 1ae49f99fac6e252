//! The dynamic loader's view: which directories it searches, and whether a file is a library that it would take.

use std::path::{Path, PathBuf};

use object::read::elf::{Dyn, FileHeader, ProgramHeader, Sym};
use object::{Endianness, elf};

/// What a file is to the loader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Library {
    /// It would be loaded; with its own name, where it says one.
    Good(Option<String>),
    /// It is of another word size or machine: passed over.
    Foreign,
    /// It ends the search with an error: the loader's words.
    Broken(&'static str),
}

/// What the loader complains of in its list of a program's libraries (`ld.so --list`): each line in its own words.
pub fn lost(out: &str, err: &str) -> Vec<String> {
    let lines = out.lines().map(str::trim).filter(|it| it.ends_with("=> not found"));
    let words = "error while loading shared libraries: ";
    let broken = err.lines().filter_map(|it| Some(it.split_once(words)?.1));
    lines.chain(broken).map(str::to_owned).collect()
}

/// The name that a linker is told for a shared library: `GL` of `libGL.so.1`.
pub fn linked_as(soname: &str) -> Option<&str> {
    let file = soname.rsplit('/').next()?;
    Some(file.strip_prefix("lib")?.split_once(".so")?.0)
}

/// Judges a file as the loader of a 64-bit `arch` (Rust's name) would.
pub fn library(bytes: &[u8], arch: &str) -> Library {
    if bytes.len() < 64 {
        return if bytes.starts_with(elf::ELFMAG.as_slice()) && bytes.get(4) == Some(&elf::ELFCLASS32.0) {
            Library::Foreign
        } else {
            Library::Broken("file too short")
        };
    }
    if !bytes.starts_with(elf::ELFMAG.as_slice()) {
        return Library::Broken("invalid ELF header");
    }
    if bytes[4] != elf::ELFCLASS64.0 {
        return Library::Foreign;
    }
    let Ok(header) = elf::FileHeader64::<Endianness>::parse(bytes) else {
        return Library::Broken("invalid ELF header");
    };
    let Ok(endian) = header.endian() else { return Library::Broken("invalid ELF header") };
    if machine(arch).is_some_and(|it| it != header.e_machine(endian)) {
        return Library::Foreign;
    }
    if header.e_type(endian) != elf::ET_DYN {
        return Library::Broken("only ET_DYN and ET_EXEC can be loaded");
    }
    let Ok(segments) = header.program_headers(endian, bytes) else {
        return Library::Broken("file too short");
    };
    let end = segments
        .iter()
        .filter(|it| it.p_type(endian) == elf::PT_LOAD)
        .map(|it| it.p_offset(endian).saturating_add(it.p_filesz(endian)))
        .max();
    match end {
        None => Library::Broken("object file has no loadable segments"),
        Some(end) if end > bytes.len() as u64 => Library::Broken("file too short"),
        Some(_) => Library::Good(soname(header, endian, bytes)),
    }
}

fn soname(header: &elf::FileHeader64<Endianness>, endian: Endianness, bytes: &[u8]) -> Option<String> {
    let sections = header.sections(endian, bytes).ok()?;
    let (entries, link) = sections.dynamic(endian, bytes).ok()??;
    let strings = sections.strings(endian, bytes, link).ok()?;
    let entry = entries.iter().find(|it| it.d_tag(endian) == elf::DT_SONAME)?;
    let name = strings.get(u32::try_from(entry.d_val(endian)).ok()?).ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// ELF's number for a machine; `None` for one that we do not know, which is then not compared.
fn machine(arch: &str) -> Option<elf::Machine> {
    match arch {
        "x86_64" => Some(elf::EM_X86_64),
        "aarch64" => Some(elf::EM_AARCH64),
        "riscv64" => Some(elf::EM_RISCV),
        _ => None,
    }
}

/// The loader of the GNU C library on a machine of this kind.
pub fn interpreter(arch: &str) -> Option<&'static str> {
    match arch {
        "x86_64" => Some("/lib64/ld-linux-x86-64.so.2"),
        "aarch64" => Some("/lib/ld-linux-aarch64.so.1"),
        _ => None,
    }
}

/// Whether a library offers a symbol to others. What cannot be read is believed to.
pub fn exports(bytes: &[u8], symbol: &str) -> bool {
    exported(bytes, symbol).unwrap_or(true)
}

fn exported(bytes: &[u8], symbol: &str) -> Option<bool> {
    let header = elf::FileHeader64::<Endianness>::parse(bytes).ok()?;
    let endian = header.endian().ok()?;
    let sections = header.sections(endian, bytes).ok()?;
    let table = sections.symbols(endian, bytes, elf::SHT_DYNSYM).ok()?;
    if table.is_empty() {
        return None;
    }
    let offered = |it: &elf::Sym64<Endianness>| {
        !it.is_undefined(endian) && it.name(endian, table.strings()).ok() == Some(symbol.as_bytes())
    };
    Some(table.iter().any(offered))
}

/// A line of `/etc/ld.so.conf` that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A directory.
    Dir(PathBuf),
    /// `include PATTERN`: the directory and the beginning and end of the names in it (`*.conf` is `("", ".conf")`).
    Include(PathBuf, String, String),
}

/// The lines of `/etc/ld.so.conf` or of a file that it includes.
pub fn conf(text: &str) -> Vec<Line> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).filter_map(conf_line).collect()
}

fn conf_line(line: &str) -> Option<Line> {
    if let Some(pattern) = line.strip_prefix("include").filter(|it| it.starts_with([' ', '\t'])) {
        let pattern = Path::new("/etc").join(pattern.trim());
        let name = pattern.file_name()?.to_string_lossy().into_owned();
        let (front, back) = name.split_once('*')?;
        return Some(Line::Include(pattern.parent()?.to_path_buf(), front.to_owned(), back.to_owned()));
    }
    let dir = line.split(['=', ' ', '\t']).next()?;
    dir.starts_with('/').then(|| Line::Dir(dir.into()))
}

/// The directories that the loader searches without being told, Debian's multiarch ones first. Where `/lib` is a link to
/// `/usr/lib`, as on most machines, the longer name is the one that packages know.
pub fn standard_dirs(arch: &str) -> Vec<PathBuf> {
    let triple = format!("{arch}-linux-gnu");
    let dirs = [
        format!("/usr/local/lib/{triple}"),
        "/usr/local/lib".to_owned(),
        format!("/usr/lib/{triple}"),
        format!("/lib/{triple}"),
        "/usr/lib64".to_owned(),
        "/lib64".to_owned(),
        "/usr/lib".to_owned(),
        "/lib".to_owned(),
    ];
    dirs.into_iter().map(PathBuf::from).collect()
}

/// LD_LIBRARY_PATH: directories parted by `:` or `;`, an empty one being the working directory (left out here).
pub fn path_dirs(value: &str) -> Vec<PathBuf> {
    value.split([':', ';']).filter(|it| !it.is_empty()).map(PathBuf::from).collect()
}

#[cfg(test)]
pub mod tests {
    //! Also makes the smallest library, for tests of the probes.
    use super::*;

    /// The smallest file that the loader takes: a header and one loadable segment.
    pub fn elf(class: u8, machine: u16) -> Vec<u8> {
        let mut bytes = vec![0; 128];
        bytes[..7].copy_from_slice(&[0x7f, b'E', b'L', b'F', class, 1, 1]);
        bytes[16] = 3;
        bytes[18..20].copy_from_slice(&machine.to_le_bytes());
        bytes[20] = 1;
        bytes[32] = 64; // program headers follow the header
        bytes[52] = 64;
        bytes[54] = 56;
        bytes[56] = 1;
        bytes[64] = 1; // PT_LOAD
        bytes[96] = 128; // of 128 bytes
        bytes
    }

    #[test]
    fn what_the_loader_complains_of_is_told_in_its_words() {
        let out =
            "\tlinux-vdso.so.1 (0x7ffd)\n\tlibGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n";
        assert_eq!(lost(out, ""), ["libGL.so.1 => not found"]);
        let err = "/root/proof: error while loading shared libraries: libGL.so.1: file too short\n";
        assert_eq!(lost("", err), ["libGL.so.1: file too short"]);
        for (soname, name) in [("libGL.so.1", Some("GL")), ("/x/libX11.so", Some("X11")), ("ld.so", None)] {
            assert_eq!(linked_as(soname), name);
        }
    }

    #[test]
    fn a_file_is_judged_as_the_loader_would() {
        let good = elf(2, 62);
        let mut program = good.clone();
        program[16] = 2;
        let rows: &[(&[u8], Library)] = &[
            (&good, Library::Good(None)),
            (&elf(1, 3), Library::Foreign),
            (&elf(2, 183), Library::Foreign),
            (b"This library was lost in an upgrade of the graphics driver, a long time ago.", {
                Library::Broken("invalid ELF header")
            }),
            (b"short", Library::Broken("file too short")),
            (b"", Library::Broken("file too short")),
            (&good[..100], Library::Broken("file too short")),
            (&program, Library::Broken("only ET_DYN and ET_EXEC can be loaded")),
        ];
        for (bytes, want) in rows {
            assert_eq!(library(bytes, "x86_64"), *want);
        }
    }

    #[test]
    fn no_cut_of_a_library_panics() {
        let good = elf(2, 62);
        for at in 0..good.len() {
            let mut cut = good.clone();
            cut[at] ^= 0xff;
            let _ = library(&cut, "x86_64");
            let _ = library(&good[..at], "x86_64");
        }
    }

    #[test]
    fn reads_ld_so_conf() {
        let text = "# Multiarch\n/usr/lib/x86_64-linux-gnu\ninclude /etc/ld.so.conf.d/*.conf # more\n\
                    include rel.d/a*z\nhwcap 1 nosegneg\n/opt/lib=libc6\n\n";
        let want = [
            Line::Dir("/usr/lib/x86_64-linux-gnu".into()),
            Line::Include("/etc/ld.so.conf.d".into(), String::new(), ".conf".into()),
            Line::Include("/etc/rel.d".into(), "a".into(), "z".into()),
            Line::Dir("/opt/lib".into()),
        ];
        assert_eq!(conf(text), want);
        assert_eq!(path_dirs("/a::/b;/c"), ["/a", "/b", "/c"].map(PathBuf::from));
    }
}
