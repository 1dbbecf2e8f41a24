#!/usr/bin/env bash
# Runs one family of attempts: each function of the file whose name begins with try_, in an empty directory
# and an environment of its own. An attempt fails loudly where it gets through. Usage:
# run_attacks.sh FAMILY.sh [ATTEMPT…]; 125 where none of them could be made here.
set -u
family=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
backstep=$(realpath "${BACKSTEP_BINARY:?the path of the binary under test}")
all=$(mktemp -d)
trap 'chmod -R u+rwx "$all" 2>/dev/null; rm -rf "$all"' EXIT
chmod 755 "$all" # another user's attempts have to enter it
umask 022
# shellcheck disable=SC2046 # a word a name
[ $# -gt 0 ] || set -- $(sed -n 's/^\(try_[a-z0-9_]*\)() .*/\1/p' "$family")
held=0 through=0 skipped=0
for attempt in "$@"; do
  mkdir "$all/$attempt" && cd "$all/$attempt" || exit 1
  # No pipeline's variable comes along, and no answer of a check has to be waited for twice.
  env -i PATH="$PATH" HOME="$all/$attempt" LANG=C.UTF-8 TMPDIR="${TMPDIR:-/tmp}" BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s \
    BACKSTEP="$backstep" CASES="$here/../cli" ATTACKS="$here" \
    bash -c '. "$CASES/lib.sh"; . "$ATTACKS/attempts.sh"; . "$0"; "$1"' "$family" "$attempt" >"$all/said" 2>&1
  case $? in
    0) held=$((held + 1)) ;;
    125) skipped=$((skipped + 1)); printf '%s: %s\n' "$attempt" "$(tail -n 1 "$all/said")" ;;
    *) through=$((through + 1)); printf '%s GOT THROUGH\n' "$attempt"; sed 's/^/    /' "$all/said" ;;
  esac
  cd /
done
printf '%s: %d held, %d got through, %d could not be tried here\n' "$(basename "$family" .sh)" $held $through $skipped
[ $through = 0 ] || exit 1
[ $held -gt 0 ] || exit 125
