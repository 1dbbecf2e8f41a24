#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Nothing that shellcheck finds is in any script, nor in what they source (which has no #! line and is
# bash). Usage: check_shell.sh ROOT
set -euo pipefail
command -v shellcheck >/dev/null || { echo 'skipped: shellcheck is not installed here'; exit 125; }
cd "$1"

# By the first line and not by the name: .ci/run is one too.
files=$(find . \( -name build -o -name .git \) -prune -o -type f \( -name '*.sh' -o -perm -100 \) -print0 |
  xargs -0 awk 'FNR == 1 { if (/^#!.*sh$/) print "script", FILENAME; else if (FILENAME ~ /\.sh$/) print "sourced", FILENAME; nextfile }')
of_kind() { sed -n "s/^$1 //p" <<<"$files"; }

status=0
for kind in script sourced; do
  count=$(of_kind $kind | wc -l)
  # Fewer would mean that they are no longer found, and everything passes.
  [ "$count" -ge 30 ] || { echo "only $count files found that are a $kind" >&2 && exit 1; }
  [ $kind = script ] && shell=() || shell=(--shell bash)
  # What a script sources is checked by itself, or made by the script.
  of_kind $kind | tr '\n' '\0' | xargs -0 -n 50 -P 2 shellcheck --format gcc --exclude SC1091 "${shell[@]}" || status=1
  echo "$count files: $kind"
done
exit $status
