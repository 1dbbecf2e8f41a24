#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A release on a host that has docker and nothing else: the shop lives in /srv/app, its services run in
# containers, and this step in one of its own. The tree is mounted at its own path, because the engine
# takes the paths of `docker run -v` for the host's; the host's network makes localhost mean the host.
set -eu
app=${APP:-/srv/app}
exec docker run --rm --network host --workdir "$app" --volume "$app:$app" \
  --volume "${DOCKER_SOCKET:-/var/run/docker.sock}:/var/run/docker.sock" \
  "${RELEASE_IMAGE:-shop-release}" "${@:-run}"
