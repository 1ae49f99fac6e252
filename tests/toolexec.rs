//! The front before the real cgo and the real gcc: what cgo writes is the same with it and without, and the line is in
//! the text that gcc gets. The slow comparison of whole programs is `scripts/first-build-test`.
#![cfg(unix)]
#![allow(clippy::disallowed_types, clippy::disallowed_methods, missing_docs)]
#![allow(clippy::disallowed_macros, clippy::print_stderr)] // a test that is skipped says so

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FRONT: &str = env!("CARGO_BIN_EXE_fyne-setup");

/// One name of every kind that cgo tells apart.
const SOURCE: &str = r#"package kinds

/*
#include <stdint.h>
#include <math.h>
#include <errno.h>
typedef struct { int x; double y; } Pair;
struct Tagged { char c; };
union Either { int i; float f; };
enum Colour { RED, GREEN = 7 };
#define WHOLE 42
#define LONG (1LL << 40)
#define REAL 2.5
#define WORDS "words"
#define ALIAS uint16_t
#define NEGATIVE -WHOLE
#define PRODUCT (WHOLE * number)
static int number = 3;
static Pair *pairs;
static int twice(int it) { return 2 * it; }
typedef int (*Callback)(Pair *);
*/
import "C"

var Total = int(C.WHOLE) + int(C.GREEN) + int(C.number) + int(C.twice(2)) + int(C.NEGATIVE) + int(C.PRODUCT)

const Words, Real, Long = C.WORDS, C.REAL, C.LONG

type (
	Pair     C.Pair
	Tagged   C.struct_Tagged
	Either   C.union_Either
	Colour   C.enum_Colour
	Alias    C.ALIAS
	Callback C.Callback
	Sized    C.uint64_t
)

var First = C.pairs
var Number, Err = C.sqrt(2)
var Denied = C.EACCES
"#;

fn go_tool() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut dirs: Vec<_> = std::env::split_paths(&path).collect();
    dirs.push("/usr/local/go/bin".into());
    let gcc = dirs.iter().any(|it| it.join("gcc").is_file());
    let go = dirs.iter().map(|it| it.join("go")).find(|it| it.is_file());
    if go.is_none() || !gcc {
        eprintln!("SKIPPED: no go or no gcc on PATH");
    }
    go.filter(|_| gcc)
}

/// Runs the tool `cgo` as `go build` does, and gives the files that it wrote.
fn cgo(go: &Path, dir: &Path, name: &str, fronted: bool, cc: &str) -> BTreeMap<String, Vec<u8>> {
    let scratch = dir.join("home");
    fs::create_dir_all(&scratch).expect("writable");
    let ask = |name: &str| {
        let out = Command::new(go).args(["env", name]).env("HOME", &scratch).output().expect("go runs");
        String::from_utf8(out.stdout).expect("UTF-8").trim().to_owned()
    };
    let tool = Path::new(&ask("GOTOOLDIR")).join("cgo");
    let mut argv = vec![];
    if fronted {
        argv.extend([FRONT.to_owned(), "--as-toolexec".to_owned()]);
    }
    argv.push(tool.display().to_string());
    let objects = dir.join(name);
    fs::create_dir_all(&objects).expect("writable");
    let out = Command::new(&argv[0])
        .args(&argv[1..])
        .args(["-objdir", &format!("{}/", objects.display()), "-importpath", "kinds", "--", "-g", "-O2"])
        .arg("kinds.go")
        .current_dir(dir)
        .env("CC", cc)
        .env("CCACHE_DIR", dir.join("ccache"))
        .env("GOARCH", ask("GOARCH"))
        .env("GOOS", ask("GOOS"))
        .output()
        .expect("started");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let names = fs::read_dir(&objects).expect("there").map(|it| it.expect("readable").file_name());
    let files =
        names.map(|it| (it.to_string_lossy().into_owned(), fs::read(objects.join(&it)).expect("readable")));
    let own = objects.display().to_string();
    // cgo writes its object directory into comments.
    let plain = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace(&own, "OBJDIR").into_bytes();
    // Objects hold the random names of cgo's temporary files; they are not what Go compiles.
    files
        .filter(|(name, _)| Path::new(name).extension().is_none_or(|it| it != "o"))
        .map(|(name, bytes)| (name, plain(bytes)))
        .collect()
}

#[test]
fn cgo_writes_the_same_with_the_front() {
    let Some(go) = go_tool() else { return };
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join("kinds.go"), SOURCE).expect("written");
    let plain = cgo(&go, dir.path(), "plain", false, "gcc");
    assert!(plain.len() >= 4, "{:?}", plain.keys());
    let mut compilers = vec![("bare", "gcc"), ("absolute", "/usr/bin/gcc"), ("flag", "gcc -pipe")];
    if Path::new("/usr/bin/ccache").is_file() {
        compilers.extend([("cache", "ccache gcc"), ("cache-again", "ccache gcc")]);
    } else {
        eprintln!("SKIPPED: gcc behind ccache, which is not here");
    }
    for (name, cc) in compilers {
        let fronted = cgo(&go, dir.path(), name, true, cc);
        assert!(fronted.keys().eq(plain.keys()), "CC={cc}: {:?}", fronted.keys());
        let differ: Vec<_> =
            plain.iter().filter(|(name, text)| fronted[*name] != **text).map(|it| it.0).collect();
        assert!(differ.is_empty(), "CC={cc}: {differ:?}");
    }
}

/// A compiler that keeps what it is given, at a path with a space in it.
#[test]
fn the_compiler_gets_the_line_in_the_one_text_alone() {
    let Some(go) = go_tool() else { return };
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join("kinds.go"), SOURCE).expect("written");
    let kept = dir.path().join("kept");
    fs::create_dir_all(dir.path().join("a b")).expect("writable");
    fs::create_dir_all(&kept).expect("writable");
    let gcc = dir.path().join("a b/gcc");
    let script = format!(
        "#!/bin/sh\nfor last; do :; done\ncase $last in *.c) cp \"$last\" '{}'/$$ ;; esac\nexec gcc \"$@\"\n",
        kept.display()
    );
    fs::write(&gcc, script).expect("written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&gcc, mode).expect("ours");
    let texts = |fronted: bool, name: &str| {
        cgo(&go, dir.path(), name, fronted, &format!("\"{}\"", gcc.display()));
        let files = fs::read_dir(&kept).expect("there").map(|it| it.expect("readable").path());
        let mut texts: Vec<_> = files
            .map(|it| {
                let text = fs::read_to_string(&it).expect("UTF-8");
                fs::remove_file(&it).expect("ours");
                text
            })
            .collect();
        texts.sort();
        texts
    };
    let (with, without) = (texts(true, "with"), texts(false, "without"));
    let line = "struct __fyne_setup_opaque; extern struct __fyne_setup_opaque __cgo_undefined__2;\n";
    let guesses: Vec<_> = with.iter().filter(|it| it.contains("#line 1 \"not-type\"")).collect();
    assert!(!guesses.is_empty() && guesses.iter().all(|it| it.starts_with(line)));
    assert_eq!(with.iter().filter(|it| it.contains(line)).count(), guesses.len(), "no other text has it");
    let mut stripped: Vec<_> = with.iter().map(|it| it.strip_prefix(line).unwrap_or(it).to_owned()).collect();
    stripped.sort();
    assert!(stripped == without, "something but that line differs");
}
