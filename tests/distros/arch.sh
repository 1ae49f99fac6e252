# Arch's names and its real pacman on Debian's libraries.
# shellcheck shell=bash disable=SC2034,SC2154,SC2317,SC2329 # they are read and called by those who source this
layer=rpm-and-arch family=arch kind=arch
. tests/distros/rpm-and-arch.layer 2>/dev/null || true # in the machine it is not there, and not needed

installed() { pacman -Q; }
prepare() {
    printf 'NAME="Arch Linux"\nID=arch\nPRETTY_NAME="Arch Linux"\n' >/etc/os-release
    ln -sf /proc/self/mounts /etc/mtab # CheckSpace reads it
    mkdir -p /var/lib/pacman /var/cache/pacman/pkg
    conf
    # The user's own, which have to stay: Arch has a C library always, and pacman keeps it.
    pacman -Sy --noconfirm glibc linux-api-headers libxext
    rm /var/lib/pacman/sync/*.db # no lists, and what is to be undone is known all the same
}
conf() {
    printf '[options]\nArchitecture = x86_64\nSigLevel = Never\nHoldPkg = pacman glibc\n%s\n[updates]\nServer = file:///srv/repositories/arch\n' \
        "${1:-}" >/etc/pacman.conf
}
more() {
    killed /var/lib/pacman/db.lck pacman -Sy --noconfirm xorg-server-xvfb
    row "a pacman that was killed left its lock" yes "$([ -e /var/lib/pacman/db.lck ] && echo yes || echo no)"
    row "\`check\`: exit" 1 "$(ours left check)"
    row "it says that nothing uses it" yes "$(said left 'left its lock')"
    conf 'IgnorePkg = libxcursor-deps'
    row "\`install --yes\` with that lock, and a dependency ignored: exit" 3 "$(ours held install --yes)"
    row "it says what keeps it back" yes "$(said held '/etc/pacman.conf keeps libxcursor-deps')"
    row "the lock is gone" yes "$([ -e /var/lib/pacman/db.lck ] && echo no || echo yes)"
    conf
    row "\`install --yes\` after that: exit" 0 "$(ours released install --yes)"
    damaged "$(gcc -print-prog-name=cc1)" /usr/include/X11/extensions/Xrandr.h
    : >/var/lib/pacman/db.lck
    python3 -c 'import sys,time
f = open("/var/lib/pacman/db.lck")
print("open", flush=True)
time.sleep(600)' >/tmp/open &
    local holder=$!
    until [ -s /tmp/open ]; do sleep 0.1; done
    ours busy check >"$logs/code"
    row "a lock in use: \`check\` names who uses it" yes "$(said busy 'python3 \(pid')"
    kill "$holder"
    rm /var/lib/pacman/db.lck
}
