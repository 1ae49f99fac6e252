//! Which Go packages can be compiled before all of the system's packages are there. Pure: reads what `go list` prints.
//!
//! Steps that compile must not compile the same package at the same time: Go's cache does not notice, and does it
//! twice. So the modules without C wait for the standard library's part without C, and the program for all. The OpenGL
//! bindings are one long task on one core and import next to nothing: they begin as soon as a compiler and libGL's
//! headers are there.

use std::collections::BTreeMap;

/// For `go list -deps -f`: whether it is of the standard library, has C, its path, its imports.
pub const FORMAT: &str = "{{.Standard}}|{{len .CgoFiles}}|{{.ImportPath}}|{{join .Imports \",\"}}";

/// What the modules of a Fyne program import of the standard library: enough to begin with before they are here.
/// A Go that lacks one of them leaves it out (`go list -e`).
pub const STANDARD: [&str; 59] = [
    "bufio",
    "bytes",
    "compress/gzip",
    "compress/zlib",
    "container/list",
    "context",
    "crypto/rand",
    "embed",
    "encoding",
    "encoding/base64",
    "encoding/binary",
    "encoding/hex",
    "encoding/json",
    "encoding/xml",
    "errors",
    "fmt",
    "hash/maphash",
    "html",
    "image",
    "image/color",
    "image/draw",
    "image/jpeg",
    "image/png",
    "io",
    "io/fs",
    "io/ioutil",
    "iter",
    "log",
    "math",
    "math/bits",
    "mime",
    "net",
    "net/http",
    "net/url",
    "os",
    "os/exec",
    "os/signal",
    "os/user",
    "path",
    "path/filepath",
    "reflect",
    "regexp",
    "runtime",
    "slices",
    "sort",
    "strconv",
    "strings",
    "sync",
    "sync/atomic",
    "syscall",
    "text/template",
    "time",
    "unicode",
    "unicode/utf16",
    "unicode/utf8",
    "unsafe",
    "runtime/cgo",
    "maps",
    "cmp",
];

/// The bindings that are five sixths of a first build without our front.
const GL: &str = "github.com/go-gl/gl/";

/// A package of the build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its import path.
    pub path: String,
    /// Of the standard library.
    pub standard: bool,
    /// Neither it nor anything that it imports has C.
    pub pure: bool,
}

/// Reads what `go list -deps -f FORMAT` printed: every package stands after those that it imports.
pub fn read(text: &str) -> Vec<Package> {
    let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
    let mut packages = Vec::new();
    for line in text.lines() {
        let mut fields = line.splitn(4, '|');
        let (Some(standard), Some(c), Some(path), Some(imports)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let standard = standard == "true";
        let mut below = imports.split(',').filter_map(|it| seen.get(it));
        // What has C imports runtime/cgo without saying so; it comes after it in the list all the same.
        let pure = c == "0" && below.all(|it| *it);
        seen.insert(path, pure);
        packages.push(Package { path: path.to_owned(), standard, pure });
    }
    packages
}

/// The standard library as far as it needs no C compiler.
pub fn standard(packages: &[Package]) -> Vec<&str> {
    names(packages, |it| it.standard && it.pure)
}

/// Modules that need no C compiler.
pub fn pure(packages: &[Package]) -> Vec<&str> {
    names(packages, |it| !it.standard && it.pure)
}

/// The OpenGL bindings. What they import of the standard library is what every build compiles first.
pub fn gl(packages: &[Package]) -> Vec<&str> {
    names(packages, |it| it.path.starts_with(GL))
}

fn names(packages: &[Package], wanted: impl Fn(&Package) -> bool) -> Vec<&str> {
    // `unsafe` has no code and cannot be built.
    packages.iter().filter(|it| wanted(it) && it.path != "unsafe").map(|it| it.path.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "true|0|unsafe|\ntrue|0|errors|unsafe\ntrue|1|runtime/cgo|errors,unsafe\n\
        true|2|net|errors,C\ntrue|0|net/http|net\nfalse|0|golang.org/x/image/vector|errors\n\
        false|3|github.com/go-gl/gl/v2.1/gl|C,errors,unsafe\nfalse|1|github.com/go-gl/glfw/v3.4/glfw|C,errors\n\
        false|0|fyne.io/fyne/v2|net/http\nrubbish\n";

    #[test]
    fn each_package_is_compiled_by_one_part() {
        let packages = read(LIST);
        assert_eq!(packages.len(), 9);
        assert_eq!(standard(&packages), ["errors"]);
        assert_eq!(pure(&packages), ["golang.org/x/image/vector"]);
        assert_eq!(gl(&packages), ["github.com/go-gl/gl/v2.1/gl"]);
    }

    #[test]
    fn nothing_is_read_from_nothing() {
        assert!(read("").is_empty());
        assert!(read("a|b|c").is_empty());
    }
}
