# openSUSE's names, its Wayland headers in a directory of their own, and its real zypper on Debian's libraries.
# shellcheck shell=bash disable=SC2034,SC2154,SC2317,SC2329 # they are read and called by those who source this
layer=rpm-and-arch family=opensuse kind=rpm
. tests/distros/rpm-and-arch.layer 2>/dev/null || true # in the machine it is not there, and not needed

installed() { rpm -qa | sort; }
prepare() {
    printf 'NAME="openSUSE Tumbleweed"\nID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nVERSION_ID="20261120"\nPRETTY_NAME="openSUSE Tumbleweed"\n' >/etc/os-release
    mkdir -p /etc/rpm /etc/zypp/repos.d
    echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros # Debian keeps it in root's home
    printf '[updates]\nname=updates\nbaseurl=file:///srv/repositories/opensuse\nenabled=1\nautorefresh=1\ngpgcheck=0\n' \
        >/etc/zypp/repos.d/updates.repo
    # The user's own, which has to stay; what comes needs it, too. (Without any package `zypper remove` ends with 8.)
    zypper --non-interactive install --no-recommends libXext-devel
}
more() {
    mkfifo /tmp/lines
    zypper --non-interactive shell </tmp/lines >/dev/null 2>&1 &
    exec 7>/tmp/lines
    until [ -s /run/zypp.pid ]; do sleep 0.1; done
    ours locked check >"$logs/code"
    exec 7>&-
    wait
    row "\`check\` names who is at work" yes "$(said locked 'zypper \(pid')"
    zypper --non-interactive addlock libXcursor-devel-deps >/dev/null
    row "\`install --yes\` with a lock on a dependency: exit" 3 "$(ours held install --yes)"
    row "it says how to release it" yes "$(said held 'zypper removelock libXcursor-devel-deps')"
    zypper --non-interactive removelock libXcursor-devel-deps >/dev/null
    row "\`install --yes\` after that: exit" 0 "$(ours released install --yes)"
    damaged "$(gcc -print-prog-name=cc1)" /usr/include/wayland/wayland-client-core.h
}
