//! What stands in for Apple's programs, and for `brew`: as far as their manual pages and the sources that the rows name tell.
//! `$ROOT` stands in for `/`. Each writes what it was asked into `$ROOT/ran`.

/// By path: the body of a script for `sh`.
pub const SCRIPTS: [(&str, &str); 10] = [
    // Nobody here has to type a password, and nothing gets any right.
    (
        "/usr/bin/sudo",
        r#"
while [ "${1#-}" != "$1" ]; do shift; done
[ "$1" = true ] && exit 0
command=$1; shift
exec "$ROOT$command" "$@"
"#,
    ),
    // softwareupdate(8); Homebrew's install.sh for the file without which the tools are not offered.
    (
        "/usr/sbin/softwareupdate",
        r#"
label='Command Line Tools for Xcode-16.4'
tools="$ROOT/Library/Developer/CommandLineTools"
offered="$ROOT/private/tmp/.com.apple.dt.CommandLineTools.installondemand.in-progress"
case "$1" in
--list)
    echo 'Software Update Tool'
    if [ ! -e "$offered" ] || [ -e "$ROOT/offers-nothing" ]; then echo 'No new software available.' >&2; exit 0; fi
    printf '* Label: Command Line Tools for Xcode-16.2\n* Label: %s\n\tTitle: Command Line Tools for Xcode, Version: 16.4\n' "$label" ;;
--install)
    [ "$2" = "$label" ] && [ -e "$offered" ] || { echo "$2: No such update"; exit 0; }
    printf 'Downloading: 41.50%%\r'
    tries=0
    until [ -e "$ROOT/go-on" ] || [ $tries = 1000 ]; do tries=$((tries + 1)); sleep 0.01; done
    mkdir -p "$tools/usr/bin" "$tools/usr/lib" "$tools/SDKs/MacOSX15.5.sdk"
    printf '\317\372\355\376' > "$tools/usr/bin/clang"
    printf '\317\372\355\376' > "$tools/usr/lib/libxcrun.dylib"
    echo '{"CanonicalName":"macosx15.5","Version":"15.5"}' > "$tools/SDKs/MacOSX15.5.sdk/SDKSettings.json"
    ln -s MacOSX15.5.sdk "$tools/SDKs/MacOSX.sdk"
    printf 'Downloading: 100.00%%\nDone.\n' ;;
*) exit 64 ;;
esac
"#,
    ),
    // xcode-select(1).
    (
        "/usr/bin/xcode-select",
        r#"
link="$ROOT/private/var/db/xcode_select_link"
case "$1" in
-p | --print-path)
    if [ -L "$link" ]; then readlink "$link"; exit 0; fi
    [ -d "$ROOT/Library/Developer/CommandLineTools" ] && { echo /Library/Developer/CommandLineTools; exit 0; }
    echo 'xcode-select: error: unable to get active developer directory' >&2; exit 2 ;;
--reset) rm -f "$link" ;;
--switch)
    [ -d "$ROOT$2" ] || { echo "xcode-select: error: invalid developer directory '$2'" >&2; exit 1; }
    mkdir -p "${link%/*}"; ln -sfn "$2" "$link" ;;
*) exit 64 ;;
esac
"#,
    ),
    // A stub: without tools behind it a real one asks the person who sits there.
    (
        "/usr/bin/xcrun",
        r#"
dir=$("$ROOT/usr/bin/xcode-select" -p) || { echo dialogue >> "$ROOT/dialogues"; exit 1; }
[ -d "$ROOT$dir" ] || { echo "xcrun: error: active developer path (\"$dir\") does not exist" >&2; exit 1; }
echo "$dir/SDKs/MacOSX.sdk"
"#,
    ),
    (
        "/usr/sbin/pkgutil",
        r#"
[ -d "$ROOT/Library/Developer/CommandLineTools" ] || { echo "No receipt for '$2' found at '/'." >&2; exit 1; }
printf 'package-id: %s\nversion: 16.4.0.0.1.1747106510\nvolume: /\n' "$2"
"#,
    ),
    // xattr(1), of Apple's.
    (
        "/usr/bin/xattr",
        r#"
mark="$ROOT/marks"
case "$1 $2" in
'-p com.apple.quarantine') cat "$mark$3" 2> /dev/null || { echo "xattr: $3: No such xattr: $2" >&2; exit 1; } ;;
'-d -r') [ "$3" = com.apple.quarantine ] && rm -rf "$mark$4" ;;
*) exit 64 ;;
esac
"#,
    ),
    // codesign(1).
    (
        "/usr/bin/codesign",
        r#"
for file; do :; done
broken="$ROOT/broken$file"
case "$1 $2" in
'--verify --strict') [ -e "$broken" ] || exit 0
    echo "$file: invalid signature (code or signature have been modified)" >&2; exit 1 ;;
'--verify -R=notarized') exit 3 ;;
'--force --sign') [ "$3" = - ] && rm -f "$broken" ;;
'-dv --verbose=4') printf 'CodeDirectory v=20400 size=1 flags=0x2(adhoc) hashes=1\nTeamIdentifier=not set\n' >&2 ;;
*) exit 64 ;;
esac
"#,
    ),
    // spctl(8), of a program that is no app.
    (
        "/usr/sbin/spctl",
        r#"
for file; do :; done
echo "$file: rejected (the code is valid but does not seem to be an app)" >&2; exit 3
"#,
    ),
    ("/opt/homebrew/bin/brew", "exit 1\n"),
    ("/usr/local/bin/brew", "exit 1\n"),
];
