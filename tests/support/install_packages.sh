#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing of packages.txt, or of the named parts of it: install_packages.sh [PART…].
# Says what it installs; what apt says is shown only if it fails.
set -eu
list=$(dirname "$0")/packages.txt

wanted() {
  awk -v parts=" $* " '/^# / { part = $2; next } NF && (parts == "  " || index(parts, " " part " "))' "$list"
}

# Another package may have brought it, which this one would push out.
is_there() {
  case $1 in
    busybox-static) ! command -v busybox >/dev/null || return 0 ;;
    docker.io) ! command -v dockerd >/dev/null || return 0 ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null; then
  echo "no apt-get here: going on with what is installed; wanted: $(wanted "$@" | tr '\n' ' ')"
  exit 0
fi
missing=
for package in $(wanted "$@"); do
  is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "neither root nor sudo; as root: apt-get install$missing" >&2; exit 1; }
  as_root=sudo
fi
echo "installing with apt-get:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1 </dev/null; }
# shellcheck disable=SC2086  # a list of words
if ! apt update || ! apt install --no-install-recommends $missing; then
  cat "$log" >&2
  exit 1
fi
