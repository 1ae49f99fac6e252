#!/bin/sh
# install.sh: brings the program fyne-setup to this machine, on Linux and macOS.
#
#   curl -fsSL https://CHANNEL/install.sh | sh
#   curl -fsSL https://CHANNEL/install.sh | sh -s -- --to DIR
#
# It fetches the list of a release (SHA256SUMS) and the archive for this machine from the channel, verifies the list's
# signature with the keys below and the archive with the list, and puts one file, `fyne-setup`, into ~/.local/bin or DIR.
# It changes nothing else: no profile, no package, no rights. What fails leaves nothing behind. It never goes back to an
# older version, and never goes on without a signature: where neither minisign nor OpenSSL 3 is there, it stops.
#
# FYNE_SETUP_RELEASES names another channel; the keys stay those below, so it can only serve what they signed.
# Exit codes: 0 done, 2 usage, 3 it could not be done, 4 refused: not what the keys signed; 130, 143 interrupted.

# `scripts/release build` writes these two lines into the copy that a channel serves: the second line of each release.pub.
channel=''
keys=''

largest_list=65536
largest_signature=16384
largest_archive=33554432
largest_program=67108864

say() { printf '%s\n' "$*" >&2; }
failed() { say "error: $1"; [ -z "${2:-}" ] || say "hint: $2"; exit 3; }
refused() { say "error: refused: $1"; say "hint: nothing was installed; try again later, and tell the project if it stays"; exit 4; }
usage() { say "error: $1"; say "usage: install.sh [--to DIR]"; exit 2; }
has() { command -v "$1" >/dev/null 2>&1; }

# What was begun goes, whatever ended us: the draft, and the directories that we made for it.
clean_up() {
    [ -z "$draft" ] || rm -rf "$draft"
    [ -n "$kept" ] || printf '%s' "$made" | while IFS= read -r dir; do rmdir "$dir" 2>/dev/null; done
}

# ---- this machine ----

platform() {
    system=$(uname -s) machine=$(uname -m)
    [ "$(getconf LONG_BIT 2>/dev/null || echo 64)" = 64 ] || machine=32-bit
    # uname says x86_64 to what Rosetta translates; the processor itself does not.
    if [ "$system" = Darwin ] && [ "$(sysctl -n hw.optional.arm64 2>/dev/null)" = 1 ]; then machine=arm64; fi
    case $machine in
        x86_64 | amd64) machine=x86_64 ;;
        aarch64 | arm64) machine=aarch64 ;;
        *) failed "there is no fyne-setup for $system on $machine" "build it from a checkout: scripts/run check" ;;
    esac
    case $system in
        Linux) triple=$machine-unknown-linux-musl ;;
        Darwin) triple=$machine-apple-darwin ;;
        *) failed "there is no fyne-setup for $system" "build it from a checkout: scripts/run check" ;;
    esac
}

# The tools, before anything is fetched: one that is missing is said, never gone without.
tools() {
    if has curl; then
        fetcher=curl
    elif has wget; then
        fetcher=wget
        case $(wget --version 2>&1) in *"GNU Wget"*) fetcher=gnu-wget ;; esac
    else
        failed "curl or wget is needed to fetch fyne-setup" "install curl with your package manager, then run this again"
    fi
    if has sha256sum; then
        digester=sha256sum
    elif has shasum; then
        digester=shasum
    elif has openssl; then
        digester=openssl
    else
        failed "sha256sum, shasum or openssl is needed to verify what was fetched"
    fi
    if has minisign; then
        verifier=minisign
    elif has openssl && openssl_verifies; then
        verifier=openssl
    else
        failed "the signature cannot be verified here: neither minisign nor OpenSSL 3 is there" \
            "install minisign (https://jedisct1.github.io/minisign), then run this again"
    fi
    has tar || failed "tar is needed to unpack fyne-setup" "install tar with your package manager, then run this again"
}

# OpenSSL before 3 and LibreSSL cannot verify Ed25519 from a shell; asked, not guessed from a version.
openssl_verifies() {
    case $(openssl pkeyutl -help 2>&1) in *-rawin*) ;; *) return 1 ;; esac
    printf x | openssl dgst -blake2b512 >/dev/null 2>&1
}

digest() {
    case $digester in
        sha256sum) set -- "$(sha256sum <"$1")" ;;
        shasum) set -- "$(shasum -a 256 <"$1")" ;;
        openssl) set -- "$(openssl dgst -sha256 -r <"$1")" ;;
    esac
    printf '%s' "${1%% *}"
}

# ---- the network ----

# https anywhere, http on this machine alone.
check_channel() {
    channel=${channel%/}
    case $channel in
        *@* | *[!a-zA-Z0-9:/._~%+-]* | '') [ "${channel#http://\[::1\]}" != "$channel" ] || usage "not a channel: '$channel'" ;;
    esac
    case $channel in
        https://?*) loopback='' ;;
        http://?*)
            loopback=yes place=${channel#http://} place=${place%%/*}
            case $place in
                127.0.0.1 | 127.0.0.1:* | localhost | localhost:* | '[::1]' | '[::1]:'*) ;;
                *) usage "not a channel: http is for this machine alone, write https://$place" ;;
            esac
            unset http_proxy HTTP_PROXY all_proxy ALL_PROXY
            ;;
        *) usage "not a channel: '$channel'" ;;
    esac
}

# ask URL: the body on standard output; not more than `fetch` wants. No redirect leads from https to http, none leads
# from this machine elsewhere. busybox's wget cannot be told; what it brings is verified as all else.
ask() {
    case $fetcher in
        curl)
            if [ -n "$loopback" ]; then
                curl -fsSL --proto '=http' --max-redirs 0 --connect-timeout 10 --speed-limit 1024 --speed-time 60 "$1"
            else
                curl -fsSL --proto '=https' --tlsv1.2 --max-redirs 5 --connect-timeout 10 --speed-limit 1024 --speed-time 60 "$1"
            fi
            ;;
        gnu-wget)
            if [ -n "$loopback" ]; then
                wget -nv --max-redirect=0 --tries=2 --timeout=30 -O - "$1"
            else
                wget -nv --secure-protocol=TLSv1_2 --max-redirect=5 --tries=2 --timeout=30 -O - "$1"
            fi
            ;;
        wget) if has timeout; then timeout 600 wget -q -O - "$1"; else wget -q -O - "$1"; fi ;; # its own -T can crash it
    esac
}

# fetch NAME LIMIT: into the draft. A body that is longer is cut off and refused, however it is sent.
fetch() {
    {
        ask "$channel/$1" 2>"$draft/said" </dev/null
        echo "$?" >"$draft/ended"
    } 2>/dev/null | head -c "$(($2 + 1))" >"$draft/$1" 2>/dev/null || failed "cannot write to $to" "is the disk full?"
    [ "$(wc -c <"$draft/$1")" -le "$2" ] || refused "$1 is longer than it can be"
    [ -s "$draft/ended" ] || failed "cannot write to $to" "is the disk full?"
    ended=$(cat "$draft/ended") why=$(sed -n '$p' "$draft/said")
    [ "$ended" = 0 ] || failed "cannot fetch $channel/$1: ${why:-$fetcher ended with $ended}"
}

# ---- whether it is ours ----

# Four lines, as minisign writes them in its prehashed form, and nothing beside.
read_signature() {
    [ "$(wc -l <"$1")" -eq 4 ] || refused "$2 is not a signature"
    [ "$(tr -d '\n -~' <"$1" | wc -c)" -eq 0 ] || refused "$2 is not a signature"
    { IFS= read -r untrusted; IFS= read -r body; IFS= read -r comment; IFS= read -r global; } <"$1"
    case $untrusted in "untrusted comment: "*) ;; *) refused "$2 is not a signature" ;; esac
    case $comment in "trusted comment: "*) comment=${comment#trusted comment: } ;; *) refused "$2 is not a signature" ;; esac
    case $body in
        RU[QRST]*) ;;
        RW[QRST]*) refused "$2 is a signature of the old kind" ;;
        *) refused "$2 is not a signature" ;;
    esac
}

# signed FILE: by one of the keys, the file and the comment of FILE.minisig both. Sets `comment`.
signed() {
    name=${1##*/}
    read_signature "$1.minisig" "$name.minisig"
    rm -f "$draft/room"
    for key in $keys; do
        "${verifier}_agrees" "$1" "$key" && return
    done
    refused "$name is not signed by a release key"
}

minisign_agrees() { minisign -Vq -P "$2" -m "$1" -x "$1.minisig" >/dev/null 2>&1 </dev/null; }

# The same with openssl: the signature of the BLAKE2b hash, then that of signature and comment. The key's number is not
# signed; it is compared, as minisign does.
openssl_agrees() {
    bytes "$2" >"$draft/key" && bytes "$body" >"$draft/body" && bytes "$global" >"$draft/global" || return 1
    [ "$(size key) $(size body) $(size global)" = "42 74 64" ] || return 1
    [ "$(part key 2 8 | od -An -tx1)" = "$(part body 2 8 | od -An -tx1)" ] || return 1
    # An Ed25519 key as DER: an algorithm that never changes, then its 32 bytes.
    { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; part key 10 32; } >"$draft/der"
    part body 10 64 >"$draft/one"
    openssl dgst -blake2b512 -binary <"$1" >"$draft/hash" || return 1
    { cat "$draft/one"; printf '%s' "$comment"; } >"$draft/whole"
    [ "$(size der) $(size one) $(size hash)" = "44 64 64" ] || return 1
    ed25519 hash one && ed25519 whole global
}
bytes() { printf '%s' "$1" | openssl base64 -d -A 2>/dev/null; }
size() { wc -c <"$draft/$1" | tr -d ' '; }
part() { dd if="$draft/$1" bs=1 skip="$2" count="$3" 2>/dev/null; }
ed25519() {
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$draft/der" -rawin -in "$draft/$1" -sigfile "$draft/$2" >/dev/null 2>&1
}

# The version that the signed comment of the list says; all of the comment is what it has to be.
read_version() {
    version=${comment#fyne-setup/1 file:SHA256SUMS version:} version=${version%% *}
    [ "$comment" = "fyne-setup/1 file:SHA256SUMS version:$version sha256:$(digest "$draft/SHA256SUMS")" ] ||
        refused "the signature of SHA256SUMS is for something else"
    is_version "$version" || refused "the signature of SHA256SUMS names no version"
}

is_version() {
    case $1 in '' | *[!0-9A-Za-z.-]*) return 1 ;; esac
    numbers=${1%%-*}
    case $numbers in *.*.*.* | .* | *. | *..* | *[!0-9.]*) return 1 ;; *.*.*) ;; *) return 1 ;; esac
    case .$numbers in *[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*) return 1 ;; esac
    case .$numbers. in *.0[0-9]*) return 1 ;; esac
}

# older A B: is version A older than B? As semver orders them.
older() {
    one=${1%%-*} two=${2%%-*}
    while [ -n "$one" ]; do
        [ "${one%%.*}" -ge "${two%%.*}" ] || return 0
        [ "${one%%.*}" -le "${two%%.*}" ] || return 1
        case $one in *.*) one=${one#*.} two=${two#*.} ;; *) one='' ;; esac
    done
    one='' two=''
    case $1 in *-*) one=${1#*-} ;; esac
    case $2 in *-*) two=${2#*-} ;; esac
    [ "$one" != "$two" ] || return 1
    [ -n "$one" ] || return 1 # a release is newer than what led to it
    [ -n "$two" ] || return 0
    while [ -n "$one" ] && [ -n "$two" ]; do
        left=${one%%.*} right=${two%%.*}
        if [ "$left" != "$right" ]; then
            case $left in *[!0-9]*) left_is=word ;; *) left_is=number ;; esac
            case $right in *[!0-9]*) right_is=word ;; *) right_is=number ;; esac
            case $left_is-$right_is in
                number-number) [ "$left" -lt "$right" ]; return ;;
                number-word) return 0 ;;
                word-number) return 1 ;;
                *) [ "$(printf '%s\n%s\n' "$left" "$right" | sort | sed -n 1p)" = "$left" ]; return ;;
            esac
        fi
        case $one in *.*) one=${one#*.} ;; *) one='' ;; esac
        case $two in *.*) two=${two#*.} ;; *) two='' ;; esac
    done
    [ -n "$two" ]
}

# The digest of the archive: one line of the signed list names it.
listed() {
    wanted='' lines=0
    while IFS= read -r row; do
        case $row in
            *"  $1") wanted=${row%"  $1"} lines=$((lines + 1)) ;;
        esac
    done <"$draft/SHA256SUMS"
    [ "$lines" != 0 ] || failed "fyne-setup $version is not there for $triple yet" "build it from a checkout: scripts/run check"
    case $lines-$wanted in 1-*[!0-9a-f]*) lines=2 ;; esac
    if [ "$lines" != 1 ] || [ "${#wanted}" != 64 ]; then refused "SHA256SUMS does not say once what $1 is"; fi
}

# The program out of the archive. Nothing is unpacked by name: the one file is written by us, as long as it may be.
unpack() {
    inside=$top/fyne-setup
    names=$(tar -tzf "$draft/$1" 2>/dev/null </dev/null) || refused "$1 cannot be unpacked"
    kinds=$(tar -tvzf "$draft/$1" 2>/dev/null </dev/null) || refused "$1 cannot be unpacked"
    case $(printf '%s\n' "$names" | grep -cE '(^|/)\.\.(/|$)')-$(printf '%s\n' "$names" | grep -cv "^$top/") in
        0-0) ;;
        *) refused "$1 has a file outside its directory" ;;
    esac
    [ "$(printf '%s\n' "$kinds" | grep -cv '^[-d]')" = 0 ] || refused "$1 has a link"
    found=$(printf '%s\n' "$names" | grep -cxF "$inside")
    [ "$found" = 1 ] || refused "$1 does not have one fyne-setup"
    tar -xzOf "$draft/$1" "$inside" 2>/dev/null </dev/null | head -c "$((largest_program + 1))" >"$draft/fyne-setup" 2>/dev/null ||
        failed "cannot write to $to" "is the disk full?"
    [ "$(wc -c <"$draft/fyne-setup")" -le "$largest_program" ] || refused "the program is longer than it can be"
    [ -s "$draft/fyne-setup" ] || failed "cannot unpack $1 into $to" "is the disk full?"
    chmod 755 "$draft/fyne-setup"
}

# ---- its place ----

# Each directory that is not there yet is made, and remembered.
make_dir() {
    [ ! -d "$1" ] || return 0
    case $1 in */*) make_dir "${1%/*}" ;; esac
    [ -n "$1" ] || return 0
    mkdir "$1" 2>/dev/null || failed "cannot create $1" "choose another directory with --to"
    made="$1
$made"
}

# Of a package? rpm is asked only where it is the system's: elsewhere its question makes a database in the home.
owned() {
    if has dpkg-query; then
        dpkg-query -S "$to/fyne-setup" >/dev/null 2>&1
    elif has rpm; then
        rpm -qf "$to/fyne-setup" >/dev/null 2>&1
    else
        false
    fi
}

make_draft() {
    make_dir "$to"
    if [ -L "$to/fyne-setup" ]; then failed "$to/fyne-setup is a link" "remove it, or choose another directory with --to"; fi
    if [ -e "$to/fyne-setup" ] && [ ! -f "$to/fyne-setup" ]; then
        failed "$to/fyne-setup is not a file" "choose another directory with --to"
    fi
    if [ -e "$to/fyne-setup" ] && owned; then
        failed "$to/fyne-setup belongs to a package" "update it with the package manager"
    fi
    draft=$to/.fyne-setup-install-$$
    (umask 077 && mkdir "$draft") 2>/dev/null || { draft=''; failed "cannot write to $to" "choose another directory with --to"; }
    # Room for what verifying writes, so that a full disk is never taken for a wrong signature.
    head -c 65536 /dev/zero >"$draft/room" 2>/dev/null || failed "cannot write to $to" "is the disk full?"
}

# What is there already: never replaced by an older one. One that does not start says no version, and is replaced.
look_at_old() {
    old=''
    [ -x "$to/fyne-setup" ] || return 0
    old=$("$to/fyne-setup" --version 2>/dev/null </dev/null | sed -n 's/^fyne-setup \([0-9A-Za-z.-]*\)$/\1/p')
    is_version "$old" || { old=''; return 0; }
    ! older "$version" "$old" || refused "the channel has fyne-setup $version, and $old is installed in $to: it never goes back (remove that one, or use --to)"
}

# The new one has to start here before it takes the place of anything.
try_new() {
    told=$("$draft/fyne-setup" --version 2>"$draft/said" </dev/null)
    code=$?
    [ "$code" != 126 ] || failed "programs cannot be run in $to (is it mounted noexec?)" "choose another directory with --to"
    [ "$code" = 0 ] || failed "fyne-setup $version does not start here: $(sed -n 1p "$draft/said")"
    [ "$told" = "fyne-setup $version" ] || refused "the program says '$told', the list says $version"
}

tell() {
    if [ -n "$same" ]; then
        say "fyne-setup $version is in $to, as it was."
    elif [ "$old" = "$version" ]; then
        say "fyne-setup $version is in $to. What was there said the same version and was another program: it was replaced. Signature and checksum are right."
    else
        say "fyne-setup $version is in $to${old:+ (before: $old)}. Its signature and its checksum are right."
    fi
    first=$(command -v fyne-setup 2>/dev/null)
    case :$PATH: in
        *":$to:"*)
            [ "${first:-$to/fyne-setup}" = "$to/fyne-setup" ] ||
                say "Another one comes first on PATH: $first"
            say "Next: fyne-setup install"
            ;;
        *)
            say "$to is not on PATH. Type this, or put it into your shell's profile:"
            # shellcheck disable=SC2016 # for the user's shell
            printf '    export PATH="%s:$PATH"\n' "$to" >&2
            case $to in
                *[!0-9A-Za-z/._+-]*) say "Next: \"$to/fyne-setup\" install" ;;
                *) say "Next: $to/fyne-setup install" ;;
            esac
            ;;
    esac
}

# A directory that was named: what a shell lost on its way (an empty variable, a `~` in quotes) is no name.
named() {
    to=$1
    case $to in
        '') usage "--to needs a directory" ;;
        -*) usage "'$to' looks like an option: write --to ./$to" ;;
        [~] | [~]/*) usage "the shell left '$to' as it is: write it without quotes" ;;
    esac
}

main() {
    [ -z "${ZSH_VERSION:-}" ] || emulate sh
    set -u
    LC_ALL=C IFS=' 	
'
    export LC_ALL
    unset TAR_OPTIONS CDPATH GZIP
    umask 022
    draft='' made='' kept='' to=''
    while [ $# -gt 0 ]; do
        case $1 in
            --to) [ $# -gt 1 ] || usage "--to needs a directory"; named "$2"; shift 2 ;;
            --to=*) named "${1#--to=}"; shift ;;
            -h | --help) say "usage: install.sh [--to DIR]    puts fyne-setup into DIR (default: ~/.local/bin)"; exit 0 ;;
            *) usage "unknown option '$1'" ;;
        esac
    done
    for tool in uname id mkdir mv rm; do
        has "$tool" || failed "PATH does not lead to '$tool', a program of every system: PATH=${PATH:-}" "type this and run it again: export PATH=/usr/local/bin:/usr/bin:/bin"
    done
    if [ -z "$to" ]; then
        if [ "$(id -u)" = 0 ] && [ "${SUDO_USER:-root}" != root ]; then
            usage "sudo would install it for root: run this without sudo, or name a directory with --to"
        fi
        case ${HOME:-} in /*) to=${HOME%/}/.local/bin ;; *) usage "HOME is not set: name a directory with --to" ;; esac
        [ -d "$HOME" ] || usage "there is no directory $HOME: name one with --to"
    fi
    case $to in /*) ;; *) to=$(pwd)/$to ;; esac
    to=${to%/}
    case $to in *:* | *"
"*) usage "a directory whose name has a colon or a line end cannot be on PATH" ;; esac
    case $to in *[\"\$\`\\]*) usage "choose a directory without \", \$, \` and \\ in its name: $to" ;; esac
    channel=${FYNE_SETUP_RELEASES:-$channel}
    if [ -z "$channel" ] || [ -z "$keys" ]; then
        failed "this copy of install.sh has no channel or no keys in it" "take the one that the channel serves"
    fi
    check_channel
    platform
    tools
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_draft
    fetch SHA256SUMS "$largest_list"
    fetch SHA256SUMS.minisig "$largest_signature"
    signed "$draft/SHA256SUMS"
    read_version
    top=fyne-setup-$version-$triple
    listed "$top.tar.gz"
    look_at_old
    fetch "$top.tar.gz" "$largest_archive"
    [ "$(digest "$draft/$top.tar.gz")" = "$wanted" ] || refused "$top.tar.gz is not what SHA256SUMS says"
    unpack "$top.tar.gz"
    try_new
    same=yes
    if [ "$old" != "$version" ] || ! cmp -s "$draft/fyne-setup" "$to/fyne-setup"; then
        same=''
        mv -f "$draft/fyne-setup" "$to/fyne-setup" || failed "cannot write $to/fyne-setup"
    fi
    kept=yes
    tell
}

# The last line, and in braces: a copy that was cut off anywhere does nothing.
{ main "$@"; }
