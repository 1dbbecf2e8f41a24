#!/usr/bin/env bash
# Runs one case in an empty directory of its own, with the variables of the surrounding pipeline
# taken away, and removes the directory afterwards. Usage: run_case.sh CASE.sh
set -u
case_file=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
backstep=$(realpath "${BACKSTEP_BINARY:?the path of the binary under test}")
sandbox=$(mktemp -d)
trap 'chmod -R u+rwx "$sandbox" 2>/dev/null; rm -rf "$sandbox"' EXIT
cd "$sandbox" || exit 1
umask 022 # the cases say which modes they expect
# One answer of a check is enough but for the cases that are about it, or each would wait for a second one.
env -i PATH="$PATH" HOME="$sandbox" LANG=C.UTF-8 TMPDIR="${TMPDIR:-/tmp}" BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s \
  BACKSTEP="$backstep" CASES="$here" CASE="$(basename "$case_file" .sh)" \
  bash -c '. "$CASES/lib.sh"; . "$0"' "$case_file"
status=$?
exit "$status"
