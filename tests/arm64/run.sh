#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Cross-builds the binary and the unit tests for arm64 and runs them, and some cases of tests/cli, under
# qemu. Its user mode has neither ptrace nor seccomp's notifications, so whatever kills or traces
# processes at their system calls stays with the machine's own architecture; and the kernel does not
# know that it could start the binary, so a health_url that starts it again is not among the cases.
# Usage: tests/arm64/run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
if [ "$(uname -m)" = aarch64 ]; then
  echo 'skipped: this machine is an arm64 itself, tests/run.sh tests it'
  exit 125
fi
tests/support/install_packages.sh build tests tools arm64 || { echo 'skipped: the cross compiler and qemu cannot be installed here'; exit 125; }

tests/arm64/sysroot.sh build/arm64-root || { echo 'skipped: no arm64 libraries can be had here'; exit 125; }
cmake --preset arm64 ${CI:+-DBACKSTEP_WERROR=ON} >build/arm64.log || { cat build/arm64.log && exit 1; }
cmake --build --preset arm64

qemu=$(command -v qemu-aarch64-static)
machine_of() { od -A n -j 18 -N 2 -t x1 "$1" | tr -d ' '; }
[ "$(machine_of build/arm64/backstep)" = b700 ] || { echo 'the binary is not for arm64' >&2 && exit 1; }

# Under qemu nobody can become a subreaper (PR_SET_CHILD_SUBREAPER is an invalid argument), so what a
# command put into a session of its own cannot be found and ended there, and is no child of ours. The name
# of a process is not what it calls itself, and the root is looked for beneath -L first.
mapfile -t beyond_qemu <tests/arm64/beyond_qemu.txt
echo "unit tests, without ${#beyond_qemu[@]} that are about that"
"$qemu" -L /usr/aarch64-linux-gnu build/arm64/tests/unit/unit_tests "${beyond_qemu[@]/#/\~}" </dev/null

# The cases start the binary by its name; what it starts in turn is the machine's own.
wrapped=$(mktemp -d)
trap 'rm -rf "$wrapped"' EXIT
printf '#!/bin/sh\nexec %s %s "$@"\n' "$qemu" "$PWD/build/arm64/backstep" >"$wrapped/backstep"
chmod 755 "$wrapped/backstep"

failed=()
while read -r case; do
  status=0
  BACKSTEP_BINARY=$wrapped/backstep timeout 120 bash tests/cli/run_case.sh "tests/cli/cases/$case.sh" || status=$?
  echo "$case: $status"
  [ $status = 0 ] || failed+=("$case")
done <tests/arm64/cases.txt
[ ${#failed[@]} = 0 ] || { echo "failed on arm64: ${failed[*]}" >&2 && exit 1; }
echo 'arm64: all passed'
