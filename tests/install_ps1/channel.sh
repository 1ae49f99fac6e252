#!/bin/bash
# channel.sh EXE OUT URL: a channel with one release of this program for Windows, signed with a throw-away key that
# everybody has, and an install.ps1 that believes it; for the Windows job and for a look by hand. No release.
set -euo pipefail
[ $# = 3 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")/../.." && pwd)
version=${VERSION:-$(sed -n '/^version = "/{s///;s/"$//p;q}' "$here/Cargo.toml")}
top=fyne-setup-$version-x86_64-pc-windows-gnu
key=$here/tests/testlog/keys/release
mkdir -p "$2"
python3 "$here/tests/install_ps1/archive.py" "$2/$top.zip" deflated "$top/LICENSE-MIT=$here/LICENSE-MIT" "$top/fyne-setup.exe=$1"
sed -e "s|^\$channel = ''\$|\$channel = '$3'|" -e "s|^\$keys = ''\$|\$keys = '$(sed -n 2p "$key.pub")'|" "$here/scripts/install.ps1" >"$2/install.ps1"
cd "$2"
sha256sum "$top.zip" install.ps1 >SHA256SUMS
minisign -S -s "$key.key" -x SHA256SUMS.minisig -m SHA256SUMS </dev/null >/dev/null \
    -t "fyne-setup/1 file:SHA256SUMS version:$version sha256:$(sha256sum <SHA256SUMS | cut -d' ' -f1)"
