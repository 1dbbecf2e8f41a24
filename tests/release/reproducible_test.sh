#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The same sources make the same binary and the same bill of materials, byte for byte: in a directory of
# another name, by another umask, time zone and language, on another day, by another number of jobs.
# Usage: reproducible_test.sh
set -euo pipefail
root=$(realpath "$(dirname "$0")/../..")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

curl=$("$root/cmake/curl_source.sh" --where)
build() { # build DIRECTORY JOBS: what the Dockerfile copies, built as the Dockerfile does
  mkdir -p "$1/release"
  cp -R "$root"/{CMakeLists.txt,CMakePresets.json,cmake,src} "$1"
  cp "$root/release/sbom.sh" "$1/release"
  find "$1" -exec touch -d "${day:-now}" {} +
  (cd "$1" && cmake --preset release && cmake --build --preset release -j "$2") >"$1.log" 2>&1 ||
    { tail -n 20 "$1.log" >&2 && exit 1; }
  "$1/release/sbom.sh" "$1/build/release" >"$1.json"
}

build "$work/here" 1
(
  umask 077
  export day=2001-02-03 TZ=Pacific/Auckland LC_ALL=C SOURCE_DATE_EPOCH=1 USER=somebody
  # Whoever has another cache builds libcurl again.
  export XDG_CACHE_HOME=$work/cache
  mkdir -p "$XDG_CACHE_HOME/backstep"
  cp -R "$curl" "$XDG_CACHE_HOME/backstep/"
  build "$work/a-place/that is called otherwise" 3
)
other="$work/a-place/that is called otherwise"
cmp "$work/here/build/release/backstep" "$other/build/release/backstep"
cmp "$work/here.json" "$other.json"
sha256sum "$work/here/build/release/backstep"
