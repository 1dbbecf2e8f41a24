#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes the binary out of each architecture's image, so that what is offered for download is what the
# image runs, and its bill of materials, and writes their checksums.
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
  { docker cp "$container:/usr/local/bin/backstep" "$directory/$name" &&
    docker cp "$container:/usr/local/share/sbom/backstep.cdx.json" "$directory/$name.cdx.json"; } ||
    { docker rm "$container" >/dev/null && exit 1; }
  docker rm "$container" >/dev/null
  chmod 755 "$directory/$name"
  chmod 644 "$directory/$name.cdx.json"
  names+=("$name" "$name.cdx.json")
done
cd "$directory"
sha256sum "${names[@]}" >SHA256SUMS
