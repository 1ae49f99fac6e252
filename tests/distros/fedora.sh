# Fedora's names and its real dnf 4 on Debian's libraries.
# shellcheck shell=bash disable=SC2034,SC2154,SC2317,SC2329 # they are read and called by those who source this
layer=rpm-and-arch family=fedora kind=rpm
. tests/distros/rpm-and-arch.layer 2>/dev/null || true # in the machine it is not there, and not needed

installed() { rpm -qa | sort; }
prepare() {
    printf 'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=43\nPRETTY_NAME="Fedora Linux 43"\n' >/etc/os-release
    mkdir -p /etc/rpm /etc/yum.repos.d
    echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros # Debian keeps it in root's home
    printf '[main]\ngpgcheck=0\n' >/etc/dnf/dnf.conf
    printf '[updates]\nname=updates\nbaseurl=file:///srv/repositories/fedora\n' >/etc/yum.repos.d/updates.repo
    # The user's own, which has to stay; what comes needs it, too.
    dnf install -y libXext-devel
}
more() {
    killed /usr/include/stdlib.h dnf install -y glibc-devel
    installed >"$logs/before" # what it came to is the user's
    somebody_holds /var/lib/rpm/.rpm.lock ours locked check >"$logs/code"
    row "\`check\` names who holds rpm's lock" yes "$(said locked 'python3 \(pid')"
    echo 'libXcursor-devel-deps-0:9-1.*' >>/etc/dnf/plugins/versionlock.list
    row "\`install --yes\` with a versionlock against a dependency: exit" 3 "$(ours held install --yes)"
    row "it says how to release it" yes "$(said held 'dnf versionlock delete libXcursor-devel-deps')"
    : >/etc/dnf/plugins/versionlock.list # and what was killed is finished with it
    row "\`install --yes\` after that: exit" 0 "$(ours released install --yes)"
    damaged "$(gcc -print-prog-name=cc1)" /usr/include/X11/extensions/Xrandr.h
    mv /usr/bin/dnf /usr/bin/dnf.away
    rm /usr/include/X11/extensions/Xrandr.h
    row "\`check\` without dnf: exit" 1 "$(ours absent check)"
    row "it says so" yes "$(said absent '/usr/bin/dnf is missing')"
    row "\`repair --yes\` without dnf: exit" 1 "$(ours nothing repair --yes)"
    mv /usr/bin/dnf.away /usr/bin/dnf
    row "\`repair --yes\` with it: exit" 0 "$(ours again-there repair --yes)"
}
