#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The entrypoint script of every line of services.conf: name, mode, what it says.
set -eu
while read -r name mode word; do
  mkdir -p "services/$name"
  printf '#!/bin/sh\necho %s\n' "$word" >"services/$name/entrypoint.sh"
  chmod "$mode" "services/$name/entrypoint.sh"
done <services.conf
