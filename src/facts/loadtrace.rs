//! What the loader of the GNU C library says when it is told to load and not to run (`LD_TRACE_LOADED_OBJECTS`): where it
//! finds each library, and what it misses in them. Its words are English whatever the locale.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Libraries by the names that were asked for.
    pub loaded: BTreeMap<String, PathBuf>,
    /// What would end the program, or a call of it, each in the loader's words.
    pub faults: Vec<String>,
}

/// Reads what it printed.
pub fn read(out: &str, err: &str) -> Trace {
    let mut trace = Trace::default();
    for line in out.lines().map(str::trim) {
        match line.split_once(" => ") {
            Some((_, "not found")) => trace.faults.push(line.to_owned()),
            Some((name, rest)) => {
                let path = rest.rsplit_once(" (0x").map_or(rest, |it| it.0);
                trace.loaded.insert(name.to_owned(), path.into());
            }
            None => {}
        }
    }
    trace.faults.extend(err.lines().filter_map(fault));
    trace
}

/// A line of its errors without the program's name in front; nothing for what it passes over.
fn fault(line: &str) -> Option<String> {
    if line.starts_with("undefined symbol: ") || line.contains(" not defined in file ") {
        return Some(line.replace('\t', " "));
    }
    if line.contains(": version `") && line.contains("' not found (required by ") {
        return line.split_once(": ").map(|it| it.1.to_owned());
    }
    if let Some((_, rest)) = line.split_once("error while loading shared libraries: ") {
        return Some(rest.to_owned());
    }
    // What is not there is passed over in silence by programs that ask for less.
    let (name, why) =
        line.split_once("ld.so: object '")?.1.split_once("' from LD_PRELOAD cannot be preloaded (")?;
    let why = why.split_once("): ")?.0;
    (why != "cannot open shared object file").then(|| format!("{name}: {why}"))
}

/// The file that a fault is about, where it names one by its path.
pub fn file(fault: &str) -> Option<&Path> {
    let name = fault.split_once(": ")?.0;
    name.starts_with('/').then(|| Path::new(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_and_faults_are_read() {
        let out = "\tlinux-vdso.so.1 (0x00007f5ce392b000)\n\tlibGL.so.1 => /opt/games/lib/libGL.so.1 (0x00007f5ce1d2)\n\
            \tlibX.so.6 => not found\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f5ce392d000)\n\
            ";
        let err = "undefined symbol: XFree\t(/lib/libXfixes.so.3)\n\
            ERROR: ld.so: object 'libno.so.1' from LD_PRELOAD cannot be preloaded (cannot open shared object file): ignored.\n\
            ERROR: ld.so: object 'libX11.so.6' from LD_PRELOAD cannot be preloaded (invalid ELF header): ignored.\n\
            /d/swrast_dri.so: /c/libstdc++.so.6: version `CXXABI_1.3.8' not found (required by /d/swrast_dri.so)\n\
            /d/swrast_dri.so: error while loading shared libraries: /c/libX11.so.6: invalid ELF header\n";
        let trace = read(out, err);
        assert_eq!(trace.loaded, [("libGL.so.1".to_owned(), "/opt/games/lib/libGL.so.1".into())].into());
        let want = [
            "libX.so.6 => not found",
            "undefined symbol: XFree (/lib/libXfixes.so.3)",
            "libX11.so.6: invalid ELF header",
            "/c/libstdc++.so.6: version `CXXABI_1.3.8' not found (required by /d/swrast_dri.so)",
            "/c/libX11.so.6: invalid ELF header",
        ];
        assert_eq!(trace.faults, want);
        let files: Vec<_> = want.iter().map(|it| file(it)).collect();
        assert_eq!(files[3..], [Some(Path::new("/c/libstdc++.so.6")), Some(Path::new("/c/libX11.so.6"))]);
        assert_eq!(files[..3], [None, None, None]);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(out in "[=> ().:`'a-z\n\t项]{0,60}", err in "[=> ().:`'a-z\n项]{0,60}") {
            read(&out, &err).faults.iter().for_each(|it| _ = file(it));
        }
    }
}
