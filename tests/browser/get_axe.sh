#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A browser, by apt, and axe, which finds what keeps people from reading a page, by npm: into the cache of the tests, once.
# Usage: get_axe.sh [--where]   (--where: only say where it is, if it is there)
# Prints the path of axe's script. Exits 125 with the reason where one of the two cannot be had.
# shellcheck disable=SC2154 # what getting.sh sets
set -euo pipefail
version=4.10.3
checksum=0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292
here=$(dirname "$(realpath "$0")")
. "$here/../platforms/clients/getting.sh"
target=$cache/axe-$version-${checksum:0:12}.js
if [ -e "$target" ] && command -v chromium >/dev/null; then echo "$target" && exit; fi
[ "${1-}" != --where ] || { echo "skipped: no browser or no axe $version here: browser.set_up says why"; exit 125; }

begin_getting
"$here/../support/install_packages.sh" browser >"$log" 2>&1 || none "chromium cannot be installed"
mkdir -p "$cache"
new=$(mktemp -d "$cache/new.XXXXXX")
npm=(npm)
command -v npm >/dev/null || bring_node "$new"
(cd "$new" && "${npm[@]}" pack --silent "axe-core@$version") >"$log" 2>&1 || none "axe-core $version is not to be had from npm"
sha256sum --check --status <<<"$checksum  $new/axe-core-$version.tgz" || none "axe-core $version from npm is another one than before"
tar -xzf "$new/axe-core-$version.tgz" -C "$new" package/axe.min.js
mv "$new/package/axe.min.js" "$target"
echo "$target"
