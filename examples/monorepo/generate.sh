#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the script of each service that services.txt names.
set -eu
cd "$(dirname "$0")"
while read -r service version; do
  mkdir -p "apps/$service"
  printf '#!/bin/sh\necho %s %s\n' "$service" "$version" >"apps/$service/entrypoint.sh"
  chmod 755 "apps/$service/entrypoint.sh"
done <services.txt
