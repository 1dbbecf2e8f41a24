#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzzers (tests/support/install_packages.sh build fuzz brings what they need) and runs
# each for so long, on one core. Usage: tests/fuzz/run.sh [SECONDS] [NAME…]
# What they learn stays in build/fuzz/corpus/; a finding lies in build/fuzz/findings/ and belongs,
# once it is mended, into tests/fuzz/corpus/. Exit 1: something was found.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=60
if [[ ${1:-} =~ ^[0-9]+$ ]]; then seconds=$1 && shift; fi
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for directory in tests/fuzz/corpus/*/; do names+=("$(basename "$directory")"); done
fi

cmake --preset fuzz >/dev/null
ninja -C build/fuzz "${names[@]/#/tests/fuzz/fuzz_}" >build/fuzz/build.log || { cat build/fuzz/build.log >&2; exit 1; }

# Thousands of small files are written: on a tmpfs, where there is one.
scratch=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")" backstep-fuzz-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch

stat_of() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }

fuzz() {
  local name=$1 log=build/fuzz/$1.log
  local learned=build/fuzz/corpus/$name findings=build/fuzz/findings/$name
  local options=(-max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -print_final_stats=1
    -artifact_prefix="$findings/")
  mkdir -p "$learned" "$findings"
  [ ! -e "tests/fuzz/dictionaries/$name.dict" ] || options+=(-dict="tests/fuzz/dictionaries/$name.dict")
  nice "build/fuzz/tests/fuzz/fuzz_$name" "${options[@]}" "$learned" "tests/fuzz/corpus/$name" \
    >"$log" 2>&1 || :
  printf '%-12s %12s %8s %8s %8s %9s\n' "$name" "$(stat_of number_of_executed_units "$log")" \
    "$seconds" "$(stat_of average_exec_per_sec "$log")" "$(find "$learned" -type f | wc -l)" \
    "$(find "$findings" -type f | wc -l)"
}

printf '%-12s %12s %8s %8s %8s %9s\n' target executions seconds per-s corpus findings
found=0
for name in "${names[@]}"; do
  fuzz "$name"
  # Without an end of its own the process died: the log says how.
  if [ -n "$(find "build/fuzz/findings/$name" -type f)" ] ||
    ! grep -q '^stat::number_of_executed_units' "build/fuzz/$name.log"; then
    found=1
    tail -n 25 "build/fuzz/$name.log" >&2
  fi
done
exit "$found"
