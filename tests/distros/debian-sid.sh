# Debian sid as debootstrap makes it.
# shellcheck shell=bash disable=SC2034,SC2317,SC2329 # they are read and called by those who source this
suite=sid layer=sid

installed() { dpkg-query -W; }
# A mirror that was frozen has lists that are out of date by now; which packages are in them is all that counts here.
prepare() { echo 'Acquire::Check-Valid-Until "false";' >/etc/apt/apt.conf.d/99frozen; }
