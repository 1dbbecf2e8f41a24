#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What makes the release binary hard to attack is in it. What is still seen in the program is looked for
# there; what is not, in the objects that it was linked from, if they lie beside it.
# Usage: hardening_test.sh [BINARY]   one of another place, alone; exit 125: there is no such binary
set -euo pipefail
binary=${BACKSTEP_RELEASE_BINARY:-$(dirname "$0")/../../build/release/backstep}
objects=$(dirname "$binary")
[ $# = 0 ] || { binary=$1 && objects=; }
[ -e "$binary" ] || { echo "skipped: there is no $binary; 'cmake --build --preset release' makes it"; exit 125; }
command -v readelf >/dev/null || { echo 'skipped: readelf is not installed here'; exit 125; }

status=0
fail() { echo "FAILED: $*" >&2; status=1; }
header=$(readelf --wide --file-header "$binary")
segments=$(readelf --wide --program-headers "$binary")
dynamic=$(readelf --wide --dynamic "$binary")
text=$(strings -n 12 "$binary")
says() { grep -qE -- "$2" <<<"$1"; }

says "$header" 'Type: +DYN' || fail 'it is at the same address at every start: not a PIE'
says "$dynamic" 'FLAGS_1.* PIE' || fail 'it is not marked as a PIE'
! says "$segments" INTERP || fail 'it needs a loader: not static'
! says "$dynamic" NEEDED || fail 'it needs a library: not static'
says "$segments" GNU_RELRO || fail 'what the start has written stays writable: no RELRO'
says "$dynamic" 'BIND_NOW|FLAGS_1.* NOW' || fail 'not all is bound at the start'
says "$segments" 'GNU_STACK.* RW ' || fail 'the stack can be executed'
! says "$segments" 'LOAD.* RWE' || fail 'something can be written and executed'
! says "$dynamic" TEXTREL || fail 'the start writes into the program itself'
# An assertion of the standard library names the type that it stands in.
says "$text" 'operator\[\].*with .*backstep::' || fail 'no assertion of the standard library in our code'

if [ -n "$objects" ]; then
  # Reproducible, and nothing of the machine that built it.
  ! says "$text" "$(realpath "$objects")" || fail 'it tells where it was built'
  mapfile -t archives < <(find "$objects" -name '*.a' | sort)
  [ ${#archives[@]} -gt 10 ] || fail "only ${#archives[@]} archives of ours were found"
  for archive in "${archives[@]}"; do
    needed=$(nm --undefined-only "$archive" 2>/dev/null)
    says "$needed" __stack_chk_fail || fail "the stack is not protected in ${archive##*/}"
    says "$needed" 'glibcxx_assert_fail|replacement_assert' || fail "nothing is asserted in ${archive##*/}"
    # Most rooms call nothing of the C library that could be checked.
    case $archive in
      */libroom_system.a | */libfmt_static.a)
        says "$needed" '__(memcpy|[a-z]*printf)_chk$' || fail "no call is checked in ${archive##*/}: no _FORTIFY_SOURCE" ;;
    esac
  done
fi
[ $status != 0 ] || echo "hardened: $binary"
exit $status
