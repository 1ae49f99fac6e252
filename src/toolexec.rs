//! What makes a first build fast: what `go build -toolexec` asks of it, decided from argv and text alone.
//!
//! cgo guesses the kinds of C names by compiling a text that uses an undeclared name once for each of them, on purpose.
//! gcc then looks for something to suggest, among all names that it knows: 137 of the 165 seconds of a first Fyne
//! build. A declaration before that text makes the same lines fail on other grounds, without a suggestion, and cgo
//! reads only the lines. So we, called in the place of the compiler, put one line before that one kind of text, and hand everything
//! else through.
//!
//! Pure: starting processes is `system::invoke`. What looks different from what is known here is handed through.

use std::path::Path;

use crate::system::invoke::{Act, Rules};
use crate::version::GoVersion;

/// The word after our own program's name that makes it the front of Go's tools.
pub const TOOL: &str = "--as-toolexec";
/// The word that makes it the front of the C compiler, for cgo.
pub const COMPILER: &str = "--as-cc";

/// The line before the guesses. An object of incomplete type can neither be multiplied nor dereferenced, and a local
/// declaration hides it: `NAME *__cgo_undefined__2;` stays right if and only if NAME is a type.
pub const DECLARATION: &str =
    "struct __fyne_setup_opaque; extern struct __fyne_setup_opaque __cgo_undefined__2;\n";

/// What `main` hands to `system::invoke`.
pub const RULES: Rules = Rules { asked, prepare, wrap_cc };

/// Whether we were started in the place of a tool, and what is then to be done. `argv` is without our own name.
pub fn asked(argv: &[String]) -> Option<Act> {
    let (word, rest) = argv.split_first()?;
    let words = rest.to_vec();
    match word.as_str() {
        TOOL if is_cgo(rest) => Some(Act::Cgo(words)),
        TOOL => Some(Act::Become(words)),
        COMPILER => Some(match rest.last() {
            Some(last) if is_guess_file(last) => Act::CompileFile(words),
            Some(last) if last == "-" && compiles(rest) => Act::CompileInput(words),
            _ => Act::Become(words),
        }),
        _ => None,
    }
}

/// The tool `cgo` at its main work, and not asked for its version or for the symbols of an object.
fn is_cgo(words: &[String]) -> bool {
    let tool = words.first().map_or("", |it| base(it));
    let has = |word: &str| words.iter().any(|it| it == word);
    matches!(tool, "cgo" | "cgo.exe") && has("-objdir") && has("--") && !has("-dynimport")
}

fn compiles(words: &[String]) -> bool {
    words.iter().any(|it| it == "-c") && words.iter().any(|it| it == "-xc")
}

/// `…/cgo-gcc-input-1234567.c`, as cgo names its temporary texts.
fn is_guess_file(path: &str) -> bool {
    let number = base(path).strip_prefix("cgo-gcc-input-").and_then(|it| it.strip_suffix(".c"));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}

fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The text with our line before it; `None` when it is not what cgo writes to guess kinds.
pub fn prepare(text: &[u8]) -> Option<Vec<u8>> {
    let begins = text.starts_with(b"\n#line 1 \"cgo-builtin-prolog\"\n");
    let guesses = contains(text, b"#line 1 \"not-type\"\nvoid __cgo_f_1_2(void) { ");
    let ends = text.ends_with(b"#line 1 \"completed\"\nint __cgo__1 = __cgo__2;\n");
    let ours = contains(text, b"__fyne_setup_opaque");
    (begins && guesses && ends && !ours).then(|| [DECLARATION.as_bytes(), text].concat())
}

fn contains(text: &[u8], what: &[u8]) -> bool {
    // The first byte sought is rare enough for a plain search; the texts have about 2 MB.
    text.windows(what.len()).any(|it| it == what)
}

/// The words of a CC that are the compiler itself, after a cache such as ccache: (index, name).
pub fn compiler(words: &[String]) -> Option<(usize, &str)> {
    const CACHES: [&str; 4] = ["ccache", "sccache", "distcc", "icecc"];
    let name = |it: &usize| words.get(*it).map(|word| base(word));
    let at = usize::from(name(&0).is_some_and(|it| CACHES.contains(&it)));
    name(&at).map(|it| (at, it))
}

/// Whether a compiler of this name is gcc: `gcc`, `cc`, `gcc-12`, `x86_64-linux-gnu-gcc`, `x86_64-w64-mingw32-gcc.exe`.
/// Other compilers cap their own hints, and are left alone.
pub fn is_gcc(name: &str) -> bool {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    let digits = |it: &str| it.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let name = match name.rsplit_once('-') {
        Some((front, version)) if !version.is_empty() && digits(version) => front,
        _ => name,
    };
    matches!(name.rsplit('-').next(), Some("gcc" | "cc" | "c89" | "c99" | "posix" | "win32"))
}

/// `CC` with `executable`, which is us, before the compiler; `None` where it stays as it is: no gcc, or not to be written in
/// one line. `disguised` tells whether the program is another compiler under that name.
fn wrap_cc(cc: &str, executable: &str, disguised: &dyn Fn(&str) -> bool) -> Option<String> {
    let words = split(cc)?;
    let (at, name) = compiler(&words)?;
    if !is_gcc(name) || disguised(&words[at]) {
        return None;
    }
    let ours = [executable.to_owned(), COMPILER.to_owned()];
    join(&[&ours[..], &words[..]].concat())
}

/// Words as Go's tools split `CC`, `GOFLAGS` and `-toolexec`: quotes of either kind around a whole word, nothing inside.
pub fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches([' ', '\t', '\n', '\r']);
    while let Some(first) = rest.chars().next() {
        let (word, after) = if first == '"' || first == '\'' {
            rest[1..].split_once(first)?
        } else {
            rest.split_at(rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len()))
        };
        words.push(word.to_owned());
        rest = after.trim_start_matches([' ', '\t', '\n', '\r']);
    }
    Some(words)
}

/// The reverse of [`split`]; `None` when a word holds both kinds of quotes.
pub fn join<S: AsRef<str>>(words: &[S]) -> Option<String> {
    let quoted = words.iter().map(|word| {
        let word = word.as_ref();
        let (single, double) = (word.contains('\''), word.contains('"'));
        match (word.is_empty() || word.contains([' ', '\t', '\n', '\r']), single, double) {
            (_, true, true) => None,
            (_, false, true) => Some(format!("'{word}'")),
            (_, true, false) | (true, false, false) => Some(format!("\"{word}\"")),
            (false, false, false) => Some(word.to_owned()),
        }
    });
    Some(quoted.collect::<Option<Vec<_>>>()?.join(" "))
}

/// The `-toolexec` value that names us; `None` when our own path cannot be written in one, or is not absolute.
pub fn toolexec(executable: &Path) -> Option<String> {
    let path = executable.to_str().filter(|_| executable.is_absolute())?;
    join(&[path, TOOL])
}

/// GOFLAGS with our `-toolexec` in it. `None` where the toolexec must not be used: the user's GOFLAGS have a `-toolexec` of
/// their own, or cannot be read.
pub fn goflags(executable: &Path, user: &str) -> Option<String> {
    let mut words = split(user)?;
    if has_toolexec(&words) {
        return None;
    }
    words.push(format!("-toolexec={}", toolexec(executable)?));
    join(&words)
}

/// Whether a Go takes a flag with a space in it from GOFLAGS, in quotes. Go 1.19 does not and Go 1.21 does (seen);
/// nobody asked Go 1.20.
pub fn is_understood_by(go: GoVersion) -> bool {
    go.line() >= (1, 21)
}

/// Whether flags have a `-toolexec`.
pub fn has_toolexec(words: &[String]) -> bool {
    words.iter().any(|it| {
        let flag = it.trim_start_matches('-');
        flag == "toolexec" || flag.starts_with("toolexec=")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn only_cgo_at_its_work_and_its_texts_are_touched() {
        let act = |text: &str| asked(&words(text));
        let become_ = |text: &str| Some(Act::Become(words(text)));
        let cgo = "/go/pkg/tool/linux_amd64/cgo -objdir /tmp/b001/ -importpath gl -- -I /tmp/b001/ gl.go";
        assert_eq!(act(&format!("--as-toolexec {cgo}")), Some(Act::Cgo(words(cgo))));
        for other in [
            "/go/pkg/tool/linux_amd64/cgo -V=full",
            "/go/pkg/tool/linux_amd64/cgo -dynpackage gl -dynimport /tmp/b001/_cgo_.o -dynout x.go -objdir x --",
            "/go/pkg/tool/linux_amd64/compile -o /tmp/b001/_pkg_.a -objdir -- cgo",
            "gcc -### -x c -c -",
        ] {
            assert_eq!(act(&format!("--as-toolexec {other}")), become_(other), "{other}");
        }
        let file = "gcc -w -o/tmp/x/_cgo_.o -gdwarf-2 -c -O0 -I . /tmp/cgo-gcc-input-39.c";
        assert_eq!(act(&format!("--as-cc {file}")), Some(Act::CompileFile(words(file))));
        let input = "gcc -w -c -xc -O0 -";
        assert_eq!(act(&format!("--as-cc {input}")), Some(Act::CompileInput(words(input))));
        for other in ["gcc -E -dM -xc -", "gcc -c x.c", "gcc -c /tmp/cgo-gcc-input-.c", "gcc --version"] {
            assert_eq!(act(&format!("--as-cc {other}")), become_(other), "{other}");
        }
        assert_eq!(act("check --json"), None);
        assert_eq!(act(""), None);
        assert_eq!(act("--as-cc"), become_(""));
    }

    const GUESSES: &str = "\n#line 1 \"cgo-builtin-prolog\"\n#include <stddef.h>\n#line 1 \"not-declared\"\n\
        void __cgo_f_1_1(void) { __typeof__(x) *__cgo_undefined__1; }\n#line 1 \"not-type\"\n\
        void __cgo_f_1_2(void) { x *__cgo_undefined__2; }\n#line 1 \"completed\"\nint __cgo__1 = __cgo__2;\n";

    #[test]
    fn the_one_line_goes_before_guesses_and_nothing_else() {
        let prepared = prepare(GUESSES.as_bytes()).expect("guesses");
        assert_eq!(prepared, format!("{DECLARATION}{GUESSES}").into_bytes());
        assert_eq!(prepare(&prepared), None, "not twice");
        for other in [
            String::new(),
            GUESSES.replace("not-type", "not-a-type"),
            GUESSES.replace("cgo-builtin-prolog", "prolog"),
            format!("{GUESSES}int more;\n"),
            format!("int before;{GUESSES}"),
            "\n#line 1 \"cgo-builtin-prolog\"\n#line 1 \"cgo-dwarf-inference\"\n".into(),
        ] {
            assert_eq!(prepare(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn gcc_is_told_from_other_compilers() {
        for gcc in ["gcc", "cc", "gcc-12", "x86_64-linux-gnu-gcc", "x86_64-linux-gnu-gcc-14", "gcc.exe"] {
            assert!(is_gcc(gcc), "{gcc}");
        }
        assert!(is_gcc("x86_64-w64-mingw32-gcc-12-posix") && is_gcc("x86_64-w64-mingw32-gcc-win32"));
        for other in ["clang", "clang-14", "zig", "tcc", "icx", "g++", "gccgo", "", "ccache", "x86_64-clang"]
        {
            assert!(!is_gcc(other), "{other}");
        }
        assert_eq!(compiler(&words("ccache /usr/bin/gcc-12 -m64")), Some((1, "gcc-12")));
        assert_eq!(compiler(&words("/opt/gcc -m64")), Some((0, "gcc")));
        assert_eq!(compiler(&words("ccache")), None);
    }

    #[test]
    fn words_split_and_join_as_go_does_it() {
        let table = [
            ("", vec![]),
            (" a  b\tc\n", vec!["a", "b", "c"]),
            ("'a b' \"c'd\" e", vec!["a b", "c'd", "e"]),
            ("x='a b'", vec!["x='a", "b'"]),
        ];
        for (text, want) in table {
            assert_eq!(split(text).expect("splits"), want, "{text:?}");
        }
        assert_eq!(split("'a"), None);
        assert_eq!(join(&["a\"b'c"]), None);
        for list in [vec!["a", "b c", "d'e", "f\"g", ""], vec![]] {
            assert_eq!(split(&join(&list).expect("joins")).expect("splits"), list);
        }
    }

    #[test]
    fn the_users_flags_stay_and_their_own_toolexec_wins() {
        let of = |path: &str, user: &str| goflags(Path::new(path), user);
        assert_eq!(
            of("/opt/fyne-setup", "-v -tags=x").as_deref(),
            Some("-v -tags=x \"-toolexec=/opt/fyne-setup --as-toolexec\"")
        );
        assert_eq!(
            of("/a b/fyne-setup", "").as_deref(),
            Some("'-toolexec=\"/a b/fyne-setup\" --as-toolexec'")
        );
        for (path, user) in [
            ("/x", "-toolexec=time"),
            ("/x", "--toolexec=time"),
            ("/x", "'"),
            ("x", ""),
            ("/it's \"here\"", ""),
            ("/it's here", ""),
        ] {
            assert_eq!(of(path, user), None, "{path} {user}");
        }
    }

    #[test]
    fn an_old_go_is_left_without_toolexec() {
        for (go, takes) in [("1.19.8", false), ("1.20.14", false), ("1.21.0", true), ("1.27.4", true)] {
            assert_eq!(is_understood_by(go.parse().expect("a version")), takes, "{go}");
        }
    }
}
