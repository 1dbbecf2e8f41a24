#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# sshd for the tests, once: the machine's own, else the program out of Debian's package, which is not installed, for then
# it would listen from that day on. Prints its path; exits 125 with a reason where it cannot be had.
# shellcheck disable=SC2154 # what getting.sh sets
set -euo pipefail
. "$(dirname "$(realpath "$0")")/../platforms/clients/getting.sh"
for installed in /usr/sbin/sshd /usr/bin/sshd; do
  [ ! -x $installed ] || { echo $installed && exit; }
done
target=$cache/sshd-$(. /etc/os-release && echo "${VERSION_CODENAME-}")
if [ ! -x "$target/sshd" ]; then
  begin_getting
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/new.XXXXXX")
  chmod 755 "$new"
  command -v apt-get >/dev/null || none 'no sshd is here, and no apt-get to get one'
  (cd "$new" && apt-get download openssh-server libwrap0) >"$log" 2>&1 || none 'openssh-server is not to be had from apt'
  for package in "$new"/*.deb; do dpkg-deb -x "$package" "$new/root"; done
  mkdir -p "$target"
  find "$new/root" -name 'libwrap.so*' -exec cp -P {} "$target" \;
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/program "$@"\n' "$target" "$target" >"$new/sshd"
  cp "$new/root/usr/sbin/sshd" "$target/program"
  LD_LIBRARY_PATH=$target ldd "$target/program" >"$log" 2>&1
  ! grep -q 'not found' "$log" || none 'sshd does not start from where it was unpacked'
  chmod 755 "$new/sshd" && mv "$new/sshd" "$target/sshd"
fi
echo "$target/sshd"
