#!/bin/sh
# Written by generate_entrypoints.sh from services.conf: edit that.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p run/central_sequence_service
echo 'central_sequence_service: counting' >run/central_sequence_service/index.html
# Ends by itself after ten minutes: a demo that is forgotten leaves nothing behind.
exec timeout 10m busybox httpd -f -v -p 127.0.0.1:$((${PORT_BASE:-18100} + 2)) -h run/central_sequence_service
