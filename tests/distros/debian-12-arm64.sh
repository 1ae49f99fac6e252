# Debian 12 for arm64, under qemu-user: `--bin` has to be a program for aarch64.
# shellcheck shell=bash disable=SC2034,SC2317,SC2329 # they are read and called by those who source this
arch=arm64
suite=bookworm layer=bookworm-arm64

installed() { dpkg-query -W; }
prepare() { :; }
