#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes the binary out of each architecture's image, so that what is offered for download is what the
# image runs, and writes their checksums.
# Usage: take_binaries.sh DIRECTORY ARCHITECTURE=IMAGE…   (amd64=registry/name@sha256:… arm64=…)
set -euo pipefail
directory=$1
shift
[ $# -gt 0 ] || { echo 'usage: take_binaries.sh DIRECTORY ARCHITECTURE=IMAGE…' >&2 && exit 2; }

mkdir -p "$directory"
names=()
for given in "$@"; do
  name=backstep-linux-${given%%=*}
  container=$(docker create --platform "linux/${given%%=*}" "${given#*=}")
  docker cp "$container:/usr/local/bin/backstep" "$directory/$name" || { docker rm "$container" >/dev/null && exit 1; }
  docker rm "$container" >/dev/null
  chmod 755 "$directory/$name"
  names+=("$name")
done
cd "$directory"
sha256sum "${names[@]}" >SHA256SUMS
