#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A generator that keeps what it is about to replace, and nothing more: no deploy, no health check, no
# rollback by itself. Going back is one command, `backstep rollback`, given by hand.
set -eu
cd "$(dirname "$0")"
backstep backup --message "before ${1:?the version that is generated}"
for service in action_service typesense_client_service; do
  mkdir -p "services/$service"
  printf '#!/bin/sh\necho %s %s\n' "$service" "$1" >"services/$service/entrypoint.sh"
  chmod 755 "services/$service/entrypoint.sh"
  echo "✅ Generated entrypoint.sh for $service"
done
