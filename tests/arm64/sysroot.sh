#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Unpacks Debian's arm64 libraries, and the headers for any architecture, into a directory of their own.
# apt is asked with a state of its own, so neither it nor dpkg learns of a second architecture here.
# Usage: sysroot.sh DIRECTORY
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
directory=$(realpath -m "$1")
[ ! -e "$directory/.complete" ] || exit 0

rm -rf "$directory"
mkdir -p "$directory/.apt/lists/partial" "$directory/.apt/archives/partial" "$directory/.debs"
: >"$directory/.apt/status"
arm64_apt() {
  apt-get -q -o APT::Architecture=arm64 -o APT::Architectures::=arm64 -o Dir::State="$directory/.apt" \
    -o Dir::State::lists="$directory/.apt/lists" -o Dir::State::status="$directory/.apt/status" \
    -o Dir::Cache="$directory/.apt" -o APT::Sandbox::User= "$@"
}
arm64_apt update >/dev/null

# The libraries of the ordinary build, the header of the tests, and two shared libraries that nothing
# links, but whose CMake packages refuse to go without.
mapfile -t packages < <("$root/tests/support/install_packages.sh" --print build | tr ' ' '\n' | grep -E '^(lib|rapidjson)')
mapfile -t shared < <(apt-cache depends libfmt-dev libyaml-cpp-dev | sed -nE 's/^  Depends: (lib(fmt|yaml-cpp)[0-9].*)/\1/p')
(cd "$directory/.debs" && arm64_apt download "${packages[@]}" catch2 "${shared[@]}" >/dev/null)
for package in "$directory"/.debs/*.deb; do
  dpkg-deb --extract "$package" "$directory"
done
rm -rf "$directory/.apt" "$directory/.debs"
touch "$directory/.complete"
