#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The packages that CPack makes of build/release: each is installed on a clean Debian, works for a user, and leaves
# nothing when it is removed. The RPM, of which Debian has only the tool, goes into a root of its own.
# Usage: package_install.sh RELEASE
set -euo pipefail
repo=$(realpath "$(dirname "$0")/../..")
release=$1
. "$(dirname "$0")/base.sh"
[ "$(id -u)" = 0 ] || skip 'a chroot needs root'
for program in debootstrap cpack rpmbuild; do
  command -v $program >/dev/null || skip "$program is not installed here"
done
build=${BACKSTEP_RELEASE_BUILD:-$repo/build/release}
[ -x "$build/backstep" ] || skip "there is no $build/backstep; 'cmake --build --preset release' makes it"

work=$(mktemp -d "${TMPDIR:-/tmp}/packages.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
cpack --config "$build/CPackConfig.cmake" -B "$work/made" >"$work/log" 2>&1 || { cat "$work/log"; fail 'cpack'; }
mapfile -t made < <(find "$work/made" -maxdepth 1 -name 'backstep-*' ! -name '*.sha256' -type f | sort)
[ ${#made[@]} = 3 ] || fail "not a .deb, a .rpm and a .tar.gz: ${made[*]}"
deb=${made[0]} rpm=${made[1]} tar=${made[2]}

machine=$work/machine
base_system "$release" "$machine" "$work/log"
cp "$deb" "$machine/backstep.deb"
in_machine() { chroot "$machine" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
files() { (cd "$machine" && find usr etc -xdev | sort); }
files >"$work/before"
in_machine dpkg -i backstep.deb
files >"$work/with"
in_machine setpriv --reuid 12345 --regid 12345 --clear-groups backstep version
for file in usr/bin/backstep usr/share/bash-completion/completions/backstep usr/share/zsh/vendor-completions/_backstep \
    usr/share/fish/vendor_completions.d/backstep.fish usr/share/backstep/backstep.schema.json; do
  [ -f "$machine/$file" ] || fail "the package brings no $file"
done
# A minimal Debian leaves out what it reads of a package's manual.
dpkg-deb --contents "$deb" >"$work/contents"
for file in man/man1/backstep.1 doc/backstep/LICENSE; do
  grep -q "/usr/share/$file$" "$work/contents" || fail "the package brings no $file"
done
[ "$(dpkg-deb --field "$deb" Depends)" = '' ] || fail 'a static binary depends on something'
in_machine dpkg --purge backstep
files >"$work/after"
diff "$work/before" "$work/after" || fail 'something was left, or went'

mkdir "$work/root"
rpm --root "$work/root" --dbpath /rpmdb --nodeps --ignorearch --install "$rpm"
"$work/root/usr/bin/backstep" version
rpm --root "$work/root" --dbpath /rpmdb --query --list backstep | sort >"$work/listed"
for name in bin/backstep share/man/man1/backstep.1 share/zsh/site-functions/_backstep share/doc/backstep/LICENSE; do
  grep -q "^/usr/$name" "$work/listed" || fail "the RPM brings no $name"
done
rpm --root "$work/root" --dbpath /rpmdb --erase --nodeps backstep
[ -z "$(find "$work/root/usr" -type f)" ] || fail 'the RPM left a file'

mkdir "$work/unpacked"
tar -C "$work/unpacked" --strip-components 1 -xzf "$tar"
"$work/unpacked/bin/backstep" version
[ -f "$work/unpacked/share/man/man1/backstep.1" ] || fail 'the archive has no manual'
