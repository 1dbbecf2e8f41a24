#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stands for `systemctl restart web`. The server writes to a file of its own: what holds the deploy's output keeps it open.
set -eu
cd "$(dirname "$0")"
if [ -s server.pid ]; then
  kill "$(cat server.pid)" 2>/dev/null || :
  while kill -0 "$(cat server.pid)" 2>/dev/null; do :; done
fi
./start.sh >server.log 2>&1 &
echo $! >server.pid
