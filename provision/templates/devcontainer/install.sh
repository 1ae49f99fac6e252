#!/bin/sh
# install.sh: the Feature "fyne" of a development container: Go @GO@, Fyne @FYNE@, @CLI@.
# Written by fyne-setup @VERSION@ from manifest @MANIFEST@: fyne-setup provision devcontainer --to .devcontainer/fyne
#
# In devcontainer.json, beside the directory fyne:
#
#     "features": { "./fyne": {} }
#
# It runs as root while the container is built, with the options GO and FYNE, and _REMOTE_USER for whom the container is.
@copy: # The program fyne-setup lies beside this file, since the one that wrote it has no release channel. It has to be the static
@copy: # one for Linux, of the container's processor.
@channel: # The program fyne-setup comes from @CHANNEL@ and is verified by its signature.
set -eu

user=${_REMOTE_USER:-root}
go=${GO:-@GO@}
fyne=${FYNE:-@FYNE@}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

case $go$fyne in
    *[!0-9A-Za-z.]*) echo "fyne: not a version: GO=$go FYNE=$fyne" >&2; exit 2 ;;
esac
id "$user" >/dev/null || { echo "fyne: there is no user $user" >&2; exit 2; }

# What needs root: the compiler, the headers and a virtual display, by the package manager that the image has.
@CASE_PACKAGES@

@copy: install -m 755 "$here/fyne-setup" /usr/local/bin/fyne-setup
@channel: # install.sh of the channel needs curl, and OpenSSL 3 or minisign for the signature.
@channel: curl -fsSL '@CHANNEL@/install.sh' | FYNE_SETUP_RELEASES='@CHANNEL@' sh -s -- --to /usr/local/bin

# What needs no root belongs to the user: Go, the fyne command, settings, warm caches; at the end a real window.
# `su` without a dash: https_proxy and GOPROXY of the build hold for the user too.
set -- /usr/local/bin/fyne-setup install --yes --go "$go" --fyne "$fyne"
cd /
if [ "$user" = "$(id -un)" ]; then "$@"; else su "$user" -c "$*"; fi
