#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds everything and runs the tests, on a machine with nothing but this checkout and apt.
# Usage: tests/run.sh [--all] [-- CTEST-ARGUMENT…]
#   --all  also the tests labelled `long`
set -euo pipefail
cd "$(dirname "$0")/.."

labels=(-LE '^long$')
case ${1:-} in
  --all) labels=() && shift ;;
esac
case ${1:-} in
  --) shift ;;
  '') ;;
  *) echo "usage: tests/run.sh [--all] [-- CTEST-ARGUMENT…]" >&2 && exit 2 ;;
esac

tests/support/install_packages.sh build demo tests tools container
for preset in release dev; do
  # A user's newer compiler may warn of what ours does not; in CI no warning passes.
  cmake --preset "$preset" ${CI:+-DBACKSTEP_WERROR=ON}
  cmake --build --preset "$preset"
done

# The tests are those of `dev`; where one is about what we ship, it takes this one.
export BACKSTEP_RELEASE_BINARY=$PWD/build/release/backstep
if [ ${#labels[@]} -gt 0 ]; then
  left_out=$(ctest --test-dir build/dev -N -L '^long$' | sed -n 's/^Total Tests: //p')
  echo "tests left out because they take long: $left_out (tests/run.sh --all runs them too)"
fi
# One more than there are cores: many tests wait, for a timeout or for another program.
exec ctest --test-dir build/dev --output-on-failure --no-tests=error -j $(($(nproc) + 1)) "${labels[@]}" "$@"
