//! A fake Go of about 40 files. Its `go` is a shell script that knows `go version` and `go env` and nothing else.

use super::archive::{Entry, tar_gz, zip};
use super::log::h1;

/// A fake Go for one platform. `files` has the tree as the tarball has it, without the `go/` in front: with `api`,
/// `doc`, `misc`, `test`, and `go.mod` under its own name. The module leaves those out, and writes `_go.mod`.
#[derive(Clone, Debug)]
pub struct FakeGo {
    /// `1.27.4`
    pub version: String,
    /// `linux-amd64`
    pub platform: String,
    /// The tree, sorted by name.
    pub files: Vec<Entry>,
}

const SCRIPT: &str = r#"#!/bin/sh
root=$(cd "$(dirname "$0")/.." && pwd)
case "$1" in
  version) echo "go version goVERSION OS/ARCH" ;;
  env) shift; for name in "$@"; do case "$name" in GOROOT) echo "$root" ;; GOVERSION) echo goVERSION ;; *) echo ;; esac; done ;;
  *) echo "fake go: $*" >&2; exit 2 ;;
esac
"#;

impl FakeGo {
    pub fn new(version: &str, platform: &str) -> Self {
        let (os, arch) = platform.split_once('-').expect("os-arch");
        let script = SCRIPT.replace("VERSION", version).replace("OS", os).replace("ARCH", arch);
        let tool = |name: &str| format!("pkg/tool/{os}_{arch}/{name}");
        let mut files = vec![
            file("VERSION", format!("go{version}\ntime 2026-11-10T00:00:00Z\n")),
            file("LICENSE", "a licence\n"),
            file("README.md", "# A fake Go\n"),
            file(
                "go.env",
                "GOPROXY=https://goproxy.example,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n",
            ),
            program("bin/go", &script),
            program("bin/gofmt", "#!/bin/sh\ncat\n"),
            file("api/go1.txt", "pkg x\n"),
            file("doc/go_spec.html", "<html>\n"),
            file("misc/go.mod", "module misc\n"),
            file("misc/chrome/gophertool/README.txt", "x\n"),
            file("test/run.go", "package main\n"),
            program("test/run", "#!/bin/sh\n"),
            file("lib/time/zoneinfo.zip", "PK\x05\x06 not really\n"),
            program("lib/wasm/go_js_wasm_exec", "#!/bin/sh\n"),
            program("lib/wasm/go_wasip1_wasm_exec", "#!/bin/sh\n"),
            file("lib/wasm/wasm_exec.js", "// js\n"),
            file("src/go.mod", format!("module std\n\ngo {}\n", line(version))),
            file("src/go.sum", ""),
            file("src/cmd/go.mod", format!("module cmd\n\ngo {}\n", line(version))),
            file("src/cmd/go.sum", ""),
            file("src/cmd/go/main.go", "package main\n\nfunc main() {}\n"),
            file("src/cmd/go/testdata/mod/go.mod", "module example.com/x\n"),
            file("src/vendor/modules.txt", "# golang.org/x/net v0.50.0\n"),
            program("src/make.bash", "#!/bin/sh\n"),
            program("src/all.bash", "#!/bin/sh\n"),
            // Compresses about a thousandfold: ratios prove nothing.
            Entry {
                name: "src/compress/flate/testdata/huffman-null-max.in".into(),
                bytes: vec![0; 300_000],
                executable: false,
            },
            // Does not compress, so that a download has some length.
            Entry { name: "src/crypto/noise.bin".into(), bytes: noise(200_000), executable: false },
        ];
        let tools = ["asm", "cgo", "compile", "cover", "link", "preprofile", "vet"];
        files.extend(tools.map(|name| program(tool(name), format!("#!/bin/sh\necho {name}\n"))));
        let headers = ["asm_amd64.h", "funcdata.h", "textflag.h"];
        files.extend(headers.map(|name| file(format!("pkg/include/{name}"), "// header\n")));
        let packages = ["fmt/print", "os/file", "runtime/proc", "sync/mutex", "time/time", "unsafe/unsafe"];
        files.extend(packages.map(|name| {
            let package = name.split('/').next().expect("the first part");
            file(format!("src/{name}.go"), format!("// Package {package} is fake.\npackage {package}\n"))
        }));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Self { version: version.into(), platform: platform.into(), files }
    }

    /// `v0.0.1-go1.27.4.linux-amd64`
    pub fn module_version(&self) -> String {
        format!("v0.0.1-go{}.{}", self.version, self.platform)
    }

    /// `go1.27.4.linux-amd64.tar.gz`
    pub fn tarball_name(&self) -> String {
        format!("go{}.{}.tar.gz", self.version, self.platform)
    }

    /// The `go.mod` of the toolchain module.
    pub fn go_mod(&self) -> Vec<u8> {
        b"module golang.org/toolchain\n".to_vec()
    }

    /// The entries of the module's zip.
    pub fn zip_entries(&self) -> Vec<Entry> {
        let prefix = format!("golang.org/toolchain@{}/", self.module_version());
        let left_out = ["api/", "doc/", "misc/", "test/"];
        let kept = self.files.iter().filter(|it| !left_out.iter().any(|dir| it.name.starts_with(dir)));
        kept.map(|it| {
            let name = match it.name.strip_suffix("go.mod") {
                Some(dir) if dir.is_empty() || dir.ends_with('/') => format!("{dir}_go.mod"),
                _ => it.name.clone(),
            };
            Entry { name: format!("{prefix}{name}"), ..it.clone() }
        })
        .collect()
    }

    /// The module's zip.
    pub fn zip(&self) -> Vec<u8> {
        zip(&self.zip_entries())
    }

    /// The module's h1, which the tarball re-hashes to as well.
    pub fn h1(&self) -> String {
        let entries = self.zip_entries();
        h1(entries.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())))
    }

    /// The entries of the tarball, all below `go/`.
    pub fn tar_entries(&self) -> Vec<Entry> {
        self.files.iter().map(|it| Entry { name: format!("go/{}", it.name), ..it.clone() }).collect()
    }

    /// The tarball.
    pub fn tarball(&self) -> Vec<u8> {
        tar_gz(&self.tar_entries())
    }
}

fn file(name: impl Into<String>, text: impl AsRef<[u8]>) -> Entry {
    Entry { name: name.into(), bytes: text.as_ref().to_vec(), executable: false }
}

fn program(name: impl Into<String>, text: impl AsRef<[u8]>) -> Entry {
    Entry { executable: true, ..file(name, text) }
}

fn line(version: &str) -> String {
    version.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

/// Bytes of xorshift: the same every time, and they do not compress.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    })
    .take(count)
    .collect()
}
