#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Asks every service over HTTP. Exits with 1, and a line for each service that does not answer.
set -eu
cd "$(dirname "$0")"

# timeout(1), because wget's own -T crashes in Debian 12's static busybox.
answer() { timeout 2 busybox wget -Y off -q -O - "$1" 2>/dev/null </dev/null || true; }

# The first line of a service's log that is not about a request it answered.
complaint() { grep -v -m 1 'response:' "run/$1.log" 2>/dev/null || echo 'nothing in its log'; }

status=0
while read -r name port _; do
  case $name in '' | '#'*) continue ;; esac
  url=http://127.0.0.1:$((${PORT_BASE:-18100} + port))/
  case $(answer "$url") in
    "$name: "*) ;;
    *)
      echo "$name does not answer at $url ($(complaint "$name"))"
      status=1
      ;;
  esac
done <services.conf
exit "$status"
