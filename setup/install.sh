#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Takes the binary out of an image and puts it on the PATH of the job's later steps.
# `docker cp` and not a mount: a job that runs in a container of its own shares no directory with the
# engine.
set -eu
image=${BACKSTEP_SETUP_IMAGE:-}
if [ -z "$image" ]; then
  image=backstep-setup:local
  echo "no image is given: building the binary from source, which takes minutes"
  docker build --quiet --tag "$image" "$BACKSTEP_SETUP_SOURCE"
fi

directory=${RUNNER_TEMP:?}/backstep
mkdir -p "$directory"
container=$(docker create "$image")
trap 'docker rm "$container" >/dev/null' EXIT
docker cp "$container:/usr/local/bin/backstep" "$directory/backstep"
chmod 755 "$directory/backstep"
"$directory/backstep" version

echo "$directory" >>"${GITHUB_PATH:?}"
echo "path=$directory/backstep" >>"${GITHUB_OUTPUT:?}"
