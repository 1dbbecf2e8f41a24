#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Which error branches (lines that throw or catch) of the rooms that must lose nothing some test
# reaches: builds with gcov's counters, runs the unit tests, the cases of the command line and the
# failing calls, prints a table and the lines that nothing reached.
# Usage: tests/coverage/run.sh [BUILD-DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$(realpath -m "${1:-build/coverage}")
tests/support/install_packages.sh build tests tools
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-O0 -g1 --coverage' >/dev/null
cmake --build "$build"
find "$build" -name '*.gcda' -delete
# Run by other users too, and in directories of their own: each counter file must be writable.
umask 0
ctest --test-dir "$build" -j "$(nproc)" -R '^(unit|cli)\.' >"$build/tests.log" ||
  echo "some tests fail in this build: see $build/tests.log"
# An error that lasts would meet the writing of the counters too.
python3 tests/reliability/crash/error_points.py --binary "$build/backstep" \
  --injector "$build/tests/reliability/crash/crash_injector" \
  --workload "$build/tests/reliability/crash/crash_workload" --points 2000 --services 1 --once | tail -n 1
python3 tests/coverage/error_branches.py "$build"
