//! The file that `go env -w` writes, and `$GOROOT/go.env`: `KEY=value` lines, read exactly as Go reads them.

/// The variables that Go takes from its own files when the environment has none (`go help environment`).
pub const VARIABLES: &[&str] = &[
    "AR",
    "CC",
    "CGO_CFLAGS",
    "CGO_CPPFLAGS",
    "CGO_CXXFLAGS",
    "CGO_ENABLED",
    "CGO_FFLAGS",
    "CGO_LDFLAGS",
    "CXX",
    "FC",
    "GCCGO",
    "GO111MODULE",
    "GO386",
    "GOAMD64",
    "GOARCH",
    "GOARM",
    "GOARM64",
    "GOAUTH",
    "GOBIN",
    "GOCACHE",
    "GOCACHEPROG",
    "GODEBUG",
    "GOEXPERIMENT",
    "GOFIPS140",
    "GOFLAGS",
    "GOINSECURE",
    "GOMODCACHE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOOS",
    "GOPATH",
    "GOPRIVATE",
    "GOPROXY",
    "GOROOT",
    "GOSUMDB",
    "GOTELEMETRY",
    "GOTMPDIR",
    "GOTOOLCHAIN",
    "GOTOOLDIR",
    "GOVCS",
    "GOWORK",
    "PKG_CONFIG",
];

/// What such a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoEnvFile {
    /// Settings with their lines, in order; of the same key the last one counts.
    pub settings: Vec<(String, String, u32)>,
    /// Lines that Go passes over in silence, and that are neither blank nor a comment.
    pub garbage: Vec<(u32, String)>,
}

/// Reads it. Go takes every line that begins with a capital letter and has `=`, values as they stand.
pub fn parse(text: &str) -> GoEnvFile {
    let mut file = GoEnvFile::default();
    for (number, line) in (1..).zip(text.split('\n')) {
        match line.split_once('=') {
            Some((key, value)) if line.starts_with(|c: char| c.is_ascii_uppercase()) => {
                file.settings.push((key.to_owned(), value.to_owned(), number));
            }
            _ => {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    file.garbage.push((number, line.to_owned()));
                }
            }
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn settings_and_garbage_are_told_apart() {
        let text = "# c\n\n<<<<<<< HEAD\nGOFLAGS=-mod=mod\n=======\nGOFLAGS=mod\nCC=a b\nlower=x\n";
        let file = parse(text);
        let settings: Vec<_> = file.settings.iter().map(|(k, v, n)| (k.as_str(), v.as_str(), *n)).collect();
        assert_eq!(settings, [("GOFLAGS", "-mod=mod", 4), ("GOFLAGS", "mod", 6), ("CC", "a b", 7)]);
        let garbage: Vec<_> = file.garbage.iter().map(|(n, it)| (*n, it.as_str())).collect();
        assert_eq!(garbage, [(3, "<<<<<<< HEAD"), (5, "======="), (8, "lower=x")]);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            let file = parse(&text);
            prop_assert!(file.settings.len() + file.garbage.len() <= text.split('\n').count());
        }
    }
}
