#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Both commands of the README on a Debian with nothing but apt: examples/quickstart.sh, and tests/run.sh
# as far as a chroot can. The checkout is one that came as a tarball: without .git, its modes those of
# the umask, in a path with blanks.
# Usage: fresh_debian.sh RELEASE root|somebody UMASK TESTS
#   somebody  a user who may use sudo; TESTS is what `ctest -R` takes
set -euo pipefail
repo=$(realpath "$(dirname "$0")/../..")
release=$1 who=$2 mask=$3 tests=$4

. "$(dirname "$0")/base.sh"

# Everything below happens in namespaces of its own: no mount and no process stays, however it ends.
if [ -z "${IN_NAMESPACE-}" ]; then
  [ "$(id -u)" = 0 ] || skip 'a chroot needs root'
  for program in debootstrap unshare apt-get; do
    command -v $program >/dev/null || skip "$program is not installed here"
  done
  unshare --mount --pid --fork true 2>/dev/null || skip 'mounting is not permitted here'
  IN_NAMESPACE=$(mktemp -d "${TMPDIR:-/tmp}/machine.XXXXXX")
  trap 'rm -rf "$IN_NAMESPACE"' EXIT
  export IN_NAMESPACE
  unshare --mount --propagation private --pid --fork --kill-child "$BASH" "$0" "$@"
  exit
fi

machine=$IN_NAMESPACE/$release
mkdir "$machine"
# dpkg flushes each of ten thousand files: in memory, where there is enough.
[ "$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo)" -lt 12 ] ||
  mount -t tmpfs -o size=6g,mode=755 tmpfs "$machine"

base_system "$release" "$machine" "$IN_NAMESPACE/log"

# apt and the names of hosts as on this machine, but for the release.
tar -C / --exclude 'sources.list*' -h -c etc/apt etc/hosts etc/resolv.conf | tar -C "$machine" -x
[ ! -e /etc/ssl/certs/ca-certificates.crt ] ||
  install -D -m 644 /etc/ssl/certs/ca-certificates.crt -t "$machine/etc/ssl/certs"
echo "deb $(mirror) $release main" >"$machine/etc/apt/sources.list"
install -m 755 <(printf '#!/bin/sh\nexit 101\n') "$machine/usr/sbin/policy-rc.d" # no service is started
mount -t proc proc "$machine/proc"
mount --rbind /dev "$machine/dev"
mount --rbind /sys "$machine/sys"

in_machine() { # USER COMMAND…
  local user=$1
  shift
  chroot "$machine" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    LANG=C.UTF-8 CI="${CI-}" PORT_BASE=18300 \
    setpriv --reuid "$user" --regid "$user" --init-groups \
    sh -c 'umask "$0"; HOME=$(getent passwd "$(id -u)" | cut -d: -f6); export HOME; cd; exec "$@"' "$mask" "$@"
}

in_machine root useradd --create-home --shell /bin/bash --groups sudo somebody
echo '%sudo ALL=(ALL) NOPASSWD: ALL' >"$machine/etc/sudoers.d/sudo"
# As `git archive` writes it.
tar -C "$repo" --exclude ./build --exclude ./.git --owner root:0 --group root:0 --mode ug=rwX,o=rX -c . |
  in_machine "$who" sh -ec 'mkdir "a checkout"; tar -C "a checkout" -x'

say() { printf '\n== %s, as %s, umask %s: %s\n' "$release" "$who" "$mask" "$1"; }
say examples/quickstart.sh
time in_machine "$who" 'a checkout/examples/quickstart.sh'
say "tests/run.sh -- -R '$tests'"
time in_machine "$who" 'a checkout/tests/run.sh' -- -R "$tests"
