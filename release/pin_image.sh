#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Names one released image in all that takes one: the action, its setup, and GitLab's component. Done
# twice it changes nothing more; where it fails it changes nothing.
# Usage: pin_image.sh REGISTRY/NAME[:TAG]@sha256:DIGEST [ROOT]
set -euo pipefail
image=${1-}
root=${2:-$(dirname "$0")/..}

# A tag can be moved to another image by whoever may push; a digest cannot.
word='[a-z0-9]+([._-]+[a-z0-9]+)*'
if [[ ! $image =~ ^[a-z0-9.-]+(:[0-9]+)?(/$word)+(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?@sha256:[0-9a-f]{64}$ ]]; then
  echo "not an image by its digest, NAME@sha256:…, in small letters: '$image'" >&2
  exit 2
fi

changed=$(mktemp -d)
trap 'rm -rf "$changed"' EXIT

# edit FILE PROGRAM: the awk program calls put() at the one line of the file that names the image.
edit() {
  mkdir -p "$changed/$(dirname "$1")"
  awk -v image="$image" "function put(line) { print line; found++ } $2 END { exit found != 1 }" "$root/$1" >"$changed/$1" || {
    echo "$1: the place for the image is not there exactly once; nothing was changed" >&2
    exit 1
  }
}

edit action.yml '
  /^runs:/ { runs = 1 }
  runs && /^  image: / { put("  image: docker://" image); next }
  { print }'
edit setup/action.yml '
  /^[a-z]/ { inputs = /^inputs:/ }
  /^  [a-z_]+:/ { mine = inputs && /^  image:/ }
  mine && /^    default: / { put("    default: " image); next }
  { print }'
# Without a release there is no default here, so the line may have to be made.
edit templates/backstep.yml '
  /^ ? ? ? ?[^ ]/ { mine = /^    backstep_image:/ }
  mine && /^      default: / { next }
  mine && /^      description: / { print; put("      default: " image); next }
  { print }'

for file in action.yml setup/action.yml templates/backstep.yml; do
  cmp -s "$changed/$file" "$root/$file" || cat "$changed/$file" >"$root/$file"
done
