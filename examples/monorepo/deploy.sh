#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stands for `docker compose up -d --build SERVICE …`: only what changed is started anew. The list has a name a line,
# however many there are.
set -eu
cd "$(dirname "$0")"
while IFS= read -r service; do
  mkdir -p "running/$service"
  if [ -e "apps/$service/entrypoint.sh" ]; then "apps/$service/entrypoint.sh" >"running/$service/answer"; else rm -r "running/$service"; fi
  echo "started $service"
done <"$BACKSTEP_CHANGED_FILE"
