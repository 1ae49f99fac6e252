# Debian 13 as debootstrap makes it.
# shellcheck shell=bash disable=SC2034,SC2317,SC2329 # they are read and called by those who source this
suite=trixie layer=trixie

installed() { dpkg-query -W; }
prepare() { :; }
