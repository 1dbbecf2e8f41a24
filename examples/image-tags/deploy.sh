#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stands for `TAG=COMMIT docker compose up -d`: whatever commit it is given, that one's image runs.
set -eu
cd "$(dirname "$0")"
image=registry/web:${1:?which commit? before the first version that worked there is none to go back to}
[ -d "$image" ] || { echo "the registry has no web:$1" >&2; exit 1; }
mkdir -p running
ln -sfn "../$image" running/web
echo "web runs $1"
