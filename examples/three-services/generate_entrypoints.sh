#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes services/NAME/entrypoint.sh for each line of services.conf. Quiet: backstep tells what came out.
set -eu
cd "$(dirname "$0")"

while read -r name port options answer; do
  case $name in '' | '#'*) continue ;; esac
  mkdir -p "services/$name"
  cat >"services/$name/entrypoint.sh" <<SCRIPT
#!/bin/sh
# Written by generate_entrypoints.sh from services.conf: edit that.
set -eu
cd "\$(dirname "\$0")/../.."
mkdir -p run/$name
echo '$name: $answer' >run/$name/index.html
# Ends by itself after ten minutes: a demo that is forgotten leaves nothing behind.
exec timeout 10m busybox httpd -f $options -p 127.0.0.1:\$((\${PORT_BASE:-18100} + $port)) -h run/$name
SCRIPT
  chmod 755 "services/$name/entrypoint.sh"
done <services.conf
