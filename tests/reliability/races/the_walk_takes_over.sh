#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Where openat2 is refused it is asked for once, and every path is walked one component at a time; a
# symlink is refused by the same sentence. Usage: the_walk_takes_over.sh BINARY LAUNCHER
set -u
backstep=$1 launcher=$2
fail() { printf 'FAILED: %s\n' "$*" >&2; cat out >&2; exit 1; }
command -v strace >/dev/null || { echo 'skipped: strace is not installed here'; exit 125; }
sandbox=$(mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
cd "$sandbox" || exit 1

for answer in none ENOSYS EPERM; do
  rm -rf services backups
  mkdir -p services/one
  printf '#!/bin/sh\necho old\n' >services/one/entrypoint.sh
  through=()
  [ $answer = none ] || through=("$launcher" "$answer")
  strace -q -o trace -e trace=openat,openat2 "${through[@]}" "$backstep" run --generate \
    'printf "#!/bin/sh\necho new\n" >services/one/entrypoint.sh' --deploy false --rollback-command true >out 2>&1
  status=$?
  if [ $status = 125 ]; then cat out; exit 125; fi
  [ $status = 21 ] || fail "exit $status with $answer"
  grep -q 'echo old' services/one/entrypoint.sh || fail "not restored with $answer"
  asked=$(grep -c '^openat2' trace)
  walked=$(grep -c '^openat(.*O_PATH' trace)
  echo "$answer: openat2 $asked times, a component by itself $walked times"
  if [ $answer = none ]; then
    [ "$walked" = 0 ] || fail "walked though the kernel resolves"
    [ "$asked" -gt 20 ] || fail "the kernel is not asked"
  else
    grep -q "^openat2.*$answer" trace || fail "openat2 was not refused"
    [ "$asked" = 1 ] || fail "asked again with $answer"
    [ "$walked" -gt 5 ] || fail "not walked with $answer"
  fi

  rm -r services/one
  mkdir services/one
  ln -s /etc/passwd services/one/entrypoint.sh
  "${through[@]}" "$backstep" backup >out 2>&1
  [ $? = 6 ] || fail "the symlink was not refused with $answer"
  grep -q "cannot back up 'services/one/entrypoint.sh': it is a symlink" out || fail "not said with $answer"
done
