#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Puts the scripts that lie here live: the directory is mounted, not the file, so that a restart finds
# what was put in its place.
set -eu
for directory in services/*; do
  name=shop-$(basename "$directory")
  if [ -n "$(docker ps --quiet --all --filter "name=^$name\$")" ]; then docker rm --force "$name" >/dev/null; fi
  docker run --detach --name "$name" --network host --entrypoint sh \
    --volume "$PWD/$directory:/service:ro" "${SERVICE_IMAGE:-busybox}" /service/entrypoint.sh
done
