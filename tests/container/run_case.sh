#!/usr/bin/env bash
# Runs one case in an empty directory of its own, like tests/cli/run_case.sh, with the engine that
# `engine.sh start` left. Usage: run_case.sh STATE CASE.sh
set -u
case_file=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
# shellcheck source=/dev/null
[ -e "$1" ] && . "$1"
if [ -z "${image-}" ]; then
  echo "skipped: ${reason:-the set-up did not end}"
  exit 125
fi

sandbox=$(mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
chmod 755 "$sandbox"
mkdir "$sandbox/case"
cd "$sandbox/case" || exit 1
umask 022 # the cases say which modes they expect
# shellcheck disable=SC2154,SC2016 # the state says them; for the inner shell
env -i PATH="$PATH" HOME="$sandbox" LANG=C.UTF-8 TMPDIR="${TMPDIR:-/tmp}" BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s \
  DOCKER_HOST="unix://$engine/sock" DOCKER_CONFIG="$engine/client" \
  IMAGE="$image" BINARY_IMAGE="$binary_image" BASE_IMAGE="$base_image" \
  CASES="$here/../cli" BACKSTEP="$sandbox/in_box" \
  COSTS="${BACKSTEP_COSTS:-}" BACKSTEP_PLATFORM_CELLS="${BACKSTEP_PLATFORM_CELLS:-}" \
  CLIENTS="${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests" \
  bash -c '. "$CASES/../container/lib.sh"; . "$0"' "$case_file"
status=$?
exit "$status"
