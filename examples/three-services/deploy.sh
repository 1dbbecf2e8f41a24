#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Restarts every service from its entrypoint script; with the word `stop`, only stops them. The
# services run on after this script has ended.
set -eu
cd "$(dirname "$0")"
here=$(pwd -P)

# A number in an old file may be somebody else's process by now: ours runs in this directory. Of a
# dead process that nobody has reaped yet this link cannot be read, so it counts as gone.
is_ours() { [ "$(readlink "/proc/$1/cwd")" = "$here" ]; }

stop() {
  pid=$(cat "run/$1.pid")
  ! is_ours "$pid" || kill "$pid" 2>/dev/null || true
  tries=100
  while is_ours "$pid"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "$1 does not stop (process $pid)" >&2; exit 1; }
    sleep 0.05
  done
  rm -f "run/$1.pid"
}

# A session of its own, and none of our descriptors: it must outlive us, and nobody waits for it.
start() {
  setsid "services/$1/entrypoint.sh" </dev/null >"run/$1.log" 2>&1 &
  echo "$!" >"run/$1.pid"
  echo "restarted $1"
}

mkdir -p run
for file in run/*.pid; do
  [ ! -e "$file" ] || stop "$(basename "$file" .pid)"
done
[ "${1:-}" != stop ] || exit 0
for script in services/*/entrypoint.sh; do
  start "$(basename "$(dirname "$script")")"
done
