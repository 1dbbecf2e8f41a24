#!/bin/sh
# Written by generate_entrypoints.sh from services.conf: edit that.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p run/action_service
echo 'action_service: ready for actions' >run/action_service/index.html
# Ends by itself after ten minutes: a demo that is forgotten leaves nothing behind.
exec timeout 10m busybox httpd -f -v -p 127.0.0.1:$((${PORT_BASE:-18100} + 1)) -h run/action_service
