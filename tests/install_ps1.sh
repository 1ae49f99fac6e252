#!/bin/bash
# install_ps1.sh: the C# of scripts/install.ps1 under mono, against a channel on loopback whose signatures real minisign
# made, and what an attacker would serve. What is refused has to leave nothing. Its PowerShell is only parsed: none is here.
#
# Skips loudly without mono's compiler, minisign and Python 3. No root, no network. `-v` shows what each case said.
# shellcheck disable=SC2016,SC2059,SC2115,SC2119,SC2120 # lines for eval and formats are meant; the laboratory has a name
set -u
cd "$(dirname "$0")/.." || exit
here=$PWD
for tool in mcs mono minisign python3; do
    command -v $tool >/dev/null || { echo "SKIP tests/install_ps1.sh: $tool is not here (apt-get install mono-mcs minisign python3)"; exit 0; }
done
lab=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server"; rm -rf "$lab"' EXIT
cases=0 faults=0
fault() { faults=$((faults + 1)); echo "FAULT: $*"; }

# As C# 5 with System.dll alone, which is what Windows PowerShell has; a warning would be a mistake there.
sed -n "/^\\\$source = @'\$/,/^'@\$/p" scripts/install.ps1 | sed '1d;$d' >"$lab/install.cs"
grep -q 'class FyneSetupInstaller' "$lab/install.cs" || { echo "there is no C# in install.ps1"; exit 1; }
mcs -langversion:5 -noconfig -r:System.dll -warn:4 -warnaserror -out:"$lab/harness.exe" "$lab/install.cs" tests/install_ps1/harness.cs || exit 1
for version in 1.1.0 1.2.0 1.3.0; do
    echo "class P { static void Main() { System.Console.WriteLine(\"fyne-setup $version\"); } }" >"$lab/p.cs"
    mcs -out:"$lab/fyne-setup-$version.exe" "$lab/p.cs" || exit 1
done
echo 'class P { static int Main() { return 1; } }' >"$lab/p.cs"
mcs -out:"$lab/broken.exe" "$lab/p.cs" || exit 1

mkdir "$lab/channel" "$lab/bin"
python3 tests/install_ps1/server.py "$lab/channel" >"$lab/port" &
server=$!
until [ -s "$lab/port" ]; do :; done
channel=http://127.0.0.1:$(cat "$lab/port")/r
key_of() { sed -n 2p "$here/tests/testlog/keys/$1.pub"; }
keys="$(key_of manifest-old) $(key_of release)"
top=fyne-setup-1.2.0-x86_64-pc-windows-gnu
served=$lab/channel
list=$served/SHA256SUMS

comment() { echo "fyne-setup/1 file:SHA256SUMS version:${1:-1.2.0} sha256:$(sha256sum <"$list" | cut -d' ' -f1)"; }
sign() { # sign KEY COMMENT [OPTION…]
    local key=$1 text=$2
    shift 2
    minisign -S "$@" -s "$here/tests/testlog/keys/$key.key" -x "$list.minisig" -m "$list" -t "$text" >/dev/null </dev/null || exit 1
}
listed() { printf '%064d  other.deb\n%s  %s.zip\n' 0 "$(sha256sum <"$served/$top.zip" | cut -d' ' -f1)" "$top" >"$list"; sign release "$(comment)"; }
pack() { python3 "$here/tests/install_ps1/archive.py" "$served/$top.zip" "$@"; listed; }
fresh() { # a right channel, and a home with nothing
    rm -rf "$served" "$lab/home" "$lab/bin"
    mkdir "$served" "$lab/home" "$lab/bin"
    pack deflated "$top/LICENSE-MIT=$here/LICENSE-MIT" "$top/fyne-setup.exe=$lab/fyne-setup-1.2.0.exe"
}
run() { # run [CHANNEL [KEYS [TO]]]
    said=$(PATH=$lab/bin:/usr/bin:/bin timeout 60 mono "$lab/harness.exe" "${1-$channel}" "${2-$keys}" "${3-$lab/home/Programs/fyne-setup}" 2>&1)
    code=$?
    cases=$((cases + 1))
    [ "${verbose:-}" = "" ] || printf '%s\n' "$code: $said"
}
listing() { (cd "$lab/home" && find . -exec ls -ld --time-style=+ {} + && find . -type f -exec sha256sum {} +); }
wants() { # wants CODE WORDS: and, where it is not 0, nothing was left
    [ "$code" = "$1" ] || fault "$name: ended with $code: $said"
    case $said in *"$2"*) ;; *) fault "$name: does not say '$2': $said" ;; esac
    [ "$1" = 0 ] || [ "$(listing)" = "$before" ] || fault "$name: something was left: $(listing)"
}
attack() { # attack NAME CODE WORDS COMMAND…
    name=$1
    local wanted=$2 words=$3
    shift 3
    fresh
    before=$(listing)
    "$@"
    run
    wants "$wanted" "$words"
}
flip() { python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, "rb").read()); b[int(sys.argv[2])] ^= 1; open(p, "wb").write(b)' "$1" "$2"; }
faulty() { echo "$1 $2" >"$served/.faults"; }
[ "${1:-}" != -v ] || verbose=yes

# ---- what is right ----
mono "$lab/harness.exe" versions || fault "the order of versions"
fresh
name="a right release" before=''
run
wants 0 "fyne-setup 1.2.0 is in $lab/home/Programs/fyne-setup. Its signature and its checksum are right."
wants 0 "PATH was not changed"
cmp -s "$lab/fyne-setup-1.2.0.exe" "$lab/home/Programs/fyne-setup/fyne-setup.exe" || fault "$name: not the program"
[ "$(find "$lab/home" -type f | wc -l)" = 1 ] || fault "$name: more than one file: $(listing)"
before=$(listing)
run
wants 0 "as it was"
[ "$(listing)" = "$before" ] || fault "a second run changed something"
cp "$lab/fyne-setup-1.1.0.exe" "$lab/home/Programs/fyne-setup/fyne-setup.exe"
run
wants 0 "(before: 1.1.0)"
cp "$lab/broken.exe" "$lab/home/Programs/fyne-setup/fyne-setup.exe"
run
wants 0 "checksum are right"
cmp -s "$lab/fyne-setup-1.2.0.exe" "$lab/home/Programs/fyne-setup/fyne-setup.exe" || fault "a broken one was not replaced"
[ "$(find "$lab/home" | wc -l)" = 4 ] || fault "more than the program: $(listing)"
cp "$lab/fyne-setup-1.3.0.exe" "$lab/home/Programs/fyne-setup/fyne-setup.exe"
name="a newer one is there" before=$(listing)
run
wants 4 "it never goes back"
for method in stored deflated; do
    fresh
    pack $method "fyne-setup.exe=$lab/fyne-setup-1.2.0.exe"
    name="a $method zip without a directory"
    run
    wants 0 "checksum are right"
done
# Real signatures of messages of every length around the block of BLAKE2b, each with one more byte and one other byte.
for length in 0 1 127 128 129 255 256 257 4096; do
    fresh
    rows=$(cat "$list")
    printf '%s\n%*s' "$rows" "$length" '' | tr ' ' x >"$list.x" && { printf '%s\n' "$rows"; tail -c "$length" "$list.x"; } >"$list"
    rm "$list.x"
    sign release "$(comment)"
    name="a list with $length more bytes"
    run
    wants 0 "checksum are right"
    flip "$list" $(($(wc -c <"$list") - 1))
    rm -rf "$lab/home/Programs"
    before=$(listing)
    run
    wants 4 "SHA256SUMS is not signed by a release key"
done
# Twenty more keys and signatures: about half of the points and numbers of a signature have each sign.
for number in {1..20}; do
    fresh
    minisign -G -W -f -s "$lab/one.key" -p "$lab/one.pub" >/dev/null </dev/null || exit 1
    minisign -S -s "$lab/one.key" -x "$list.minisig" -m "$list" -t "$(comment)" >/dev/null </dev/null || exit 1
    name="new key $number"
    run "$channel" "$(sed -n 2p "$lab/one.pub")"
    wants 0 "checksum are right"
done
# minisign.exe on PATH has to agree.
fresh
ln -s "$(command -v minisign)" "$lab/bin/minisign.exe"
name="minisign.exe agrees"
run
wants 0 "checksum are right"
attack "minisign.exe does not agree" 4 "does not accept the signature" ln -s /bin/false "$lab/bin/minisign.exe"

# ---- the signature ----
resign() { sign "$1" "$(comment)"; }
edit() { sed -i "$1" "$list.minisig"; }
refused="refused: SHA256SUMS is not signed by a release key"
attack "a stranger's key" 4 "$refused" resign stranger
attack "the old kind" 4 "of the old kind" eval 'sign release "$(comment)" -l'
attack "an altered comment" 4 "$refused" edit 's/version:1.2.0/version:1.3.0/'
attack "a comment for another file" 4 "for something else" eval 'sign release "$(comment | sed s/SHA256SUMS/manifest.toml/)"'
attack "a comment with more after it" 4 "for something else" eval 'sign release "$(comment) x:y"'
attack "a version that is a path" 4 "names no version" eval 'sign release "$(comment ../1.2.0)"'
attack "an empty signature" 4 "not a signature" eval ': >"$list.minisig"'
attack "no signature" 3 "cannot fetch" rm "$list.minisig"
attack "five lines" 4 "not a signature" eval 'echo more >>"$list.minisig"'
attack "a last line without its end" 4 "not a signature" eval 'printf %s "$(cat "$list.minisig")" >"$list.minisig"'
attack "CRLF" 4 "not a signature" edit 's/$/\r/'
attack "a list of other bytes" 4 "$refused" eval 'echo >>"$list"'
attack "another byte in the list" 4 "$refused" flip "$list" 70
# One bit of each part of the signature: the body's number, R and S, the global's R and S.
bit() { # bit LINE BYTE
    python3 - "$list.minisig" "$1" "$2" <<'PY'
import base64, sys
lines = open(sys.argv[1]).read().split("\n")
raw = bytearray(base64.b64decode(lines[int(sys.argv[2])]))
raw[int(sys.argv[3])] ^= 1
lines[int(sys.argv[2])] = base64.b64encode(raw).decode()
open(sys.argv[1], "w").write("\n".join(lines))
PY
}
for at in 2 9 10 41 42 73; do attack "bit of the body at $at" 4 "$refused" bit 1 $at; done
for at in 0 31 32 63; do attack "bit of the global at $at" 4 "$refused" bit 3 $at; done
# S + L signs as S does, to a verifier that does not look.
malleable() {
    python3 - "$list.minisig" "$1" "$2" <<'PY'
import base64, sys
L = 2**252 + 27742317777372353535851937790883648493
lines = open(sys.argv[1]).read().split("\n")
raw = base64.b64decode(lines[int(sys.argv[2])])
at = int(sys.argv[3])
s = int.from_bytes(raw[at:at + 32], "little") + L
lines[int(sys.argv[2])] = base64.b64encode(raw[:at] + s.to_bytes(32, "little") + raw[at + 32:]).decode()
open(sys.argv[1], "w").write("\n".join(lines))
PY
}
attack "S + L in the body" 4 "$refused" malleable 1 42
attack "S + L in the global" 4 "$refused" malleable 3 32
size=$(wc -c <"$list.minisig")
for cut in 1 60 120 $((size - 2)); do attack "a signature cut at $cut" 4 "not a signature" truncate -s "$cut" "$list.minisig"; done
attack "a wrong key in the script is no key" 4 "$refused" resign manifest

# ---- the list ----
rows() { printf "$@" >"$list"; resign release; }
attack "a list without the archive" 3 "is not there for x86_64-pc-windows-gnu yet" rows '%064d  other.zip\n' 0
attack "the archive twice" 4 "does not say once" eval 'cat "$list" "$list" >"$list.2"; mv "$list.2" "$list"; resign release'
attack "a digest of 63 digits" 4 "does not say once" rows '%063d  %s.zip\n' 0 $top
attack "a digest with a capital" 4 "does not say once" rows "A%063d  %s.zip\n" 0 $top
attack "another version in the list" 3 "is not there" eval 'sign release "$(comment 1.2.1)"'

# ---- the archive ----
attack "another byte in the archive" 4 "is not what SHA256SUMS says" flip "$served/$top.zip" 100
attack "an archive that is cut off" 4 "is not what SHA256SUMS says" truncate -s 900 "$served/$top.zip"
attack "no program in it" 4 "does not have one fyne-setup.exe" pack deflated "$top/other.exe=$lab/broken.exe"
attack "a program elsewhere in it" 4 "does not have one" pack deflated "../fyne-setup.exe=$lab/fyne-setup-1.2.0.exe"
attack "two programs in it" 4 "does not have one" pack deflated "$top/fyne-setup.exe=$lab/fyne-setup-1.2.0.exe" "$top/fyne-setup.exe=$lab/broken.exe"
attack "packed in another way" 4 "cannot be unpacked" pack bzip2 "$top/fyne-setup.exe=$lab/fyne-setup-1.2.0.exe"
attack "no zip" 4 "cannot be unpacked" eval 'echo no >"$served/$top.zip"; listed'
attack "a program of another version" 4 "the program says 'fyne-setup 1.3.0'" pack stored "$top/fyne-setup.exe=$lab/fyne-setup-1.3.0.exe"
attack "a program that does not start" 3 "does not start here" pack stored "$top/fyne-setup.exe=$lab/broken.exe"
for at in 22 12 6; do # of the last record, signed all the same: no mark, and numbers that lead nowhere
    attack "a zip whose end is wrong at -$at" 4 "" eval 'flip "$served/$top.zip" $(($(wc -c <"$served/$top.zip") - at)); flip "$served/$top.zip" $(($(wc -c <"$served/$top.zip") - at + 1)); listed'
done

# ---- the network ----
for part in SHA256SUMS SHA256SUMS.minisig $top.zip; do
    for kind in hangup cut 500; do attack "$part: $kind" 3 "cannot fetch http://127.0.0.1" faulty "$part" "$kind"; done
    for kind in https://127.0.0.1:1/ "$channel/again-$part"; do attack "$part: $kind" 3 "it leads to" faulty "$part" "$kind"; done
    attack "$part: endless" 4 "longer than it can be" faulty "$part" endless
done
fresh
before=$(listing)
for wrong in http://channel.example http://127.0.0.1.channel.example http://127.0.0.1@channel.example ftp://channel.example \
    file:///tmp channel.example https:// https://user:secret@channel.example 'https://channel.example/$(x)' 'https://channel.example/a b'; do
    name="channel $wrong"
    run "$wrong"
    wants 2 "not a channel"
done
name="a copy without keys"
run "$channel" ''
wants 3 "no channel or no keys"
name="a copy without a channel"
run ''
wants 3 "no channel or no keys"
[ ! -e "$served/.asked" ] || fault "a channel that is none was asked"

# ---- its place ----
name="a directory in the place of the program"
mkdir -p "$lab/home/Programs/fyne-setup/fyne-setup.exe"
before=$(listing)
run
wants 3 "is not a file"
rm -rf "$lab/home/Programs"
ln -s "$lab/broken.exe" "$lab/home/fyne-setup.exe"
name="a link in the place of the program" before=$(listing)
run "$channel" "$keys" "$lab/home"
wants 3 "is a link"
rm "$lab/home/fyne-setup.exe"
echo x >"$lab/home/file"
name="a file in the place of the folder" before=$(listing)
run "$channel" "$keys" "$lab/home/file/below"
wants 3 "cannot write to"
name="no folder"
run "$channel" "$keys" ''
wants 2 "name one with -To"
name="a name with a quote and Chinese letters"
run "$channel" "$keys" "$lab/home/it's 中文"
wants 0 "it''s 中文"

if python3 -c 'import tree_sitter_powershell' 2>/dev/null; then
    python3 tests/install_ps1/syntax.py scripts/install.ps1 || fault "the syntax of install.ps1"
else
    echo "SKIP the syntax of install.ps1: pip install tree-sitter tree-sitter-powershell"
fi
echo "tests/install_ps1.sh: $cases cases, $faults faults"
[ "$faults" = 0 ]
