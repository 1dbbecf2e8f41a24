# What the attempts have in common, beside tests/cli/lib.sh.
# shellcheck disable=SC2013,SC2030,SC2031,SC2034,SC2064,SC2086,SC2143,SC2155,SC2288,SC2016 # words of verbs, a shell an attempt

need_root() { [ "$(id -u)" = 0 ] || skip "only root can be another user's deputy"; need setpriv; }
enemy=4321  # the number of a user whom nobody trusts
as_enemy() { setpriv --reuid $enemy --regid $enemy --clear-groups "$@"; }
# call ARGUMENT…: whatever it ends with. The status is in `status`.
call() { "$BACKSTEP" "$@" >out 2>&1; status=$?; }
ended_with() { [ "$status" = "$1" ] || fail "it ended with $status, not $1"; }
refuses() { [ "$status" != 0 ] || fail "it was not refused"; }
# No signal of its own end, no sanitizer, no exception that nobody caught.
ended_well() { [ "$status" -lt 124 ] || fail "it ended with $status"; says_not 'terminate called'; }
never_ran() { missing "${1:-ran}"; }
# A file of root's that nobody else may change or read.
victim() { printf 'root:secret\n' >"$1"; chmod 600 "$1"; victim_was=$(stat -c '%i %u %g %a' "$1"); victim=$1; }
victim_is_whole() {
  [ "$(cat "$victim")" = root:secret ] || fail "$victim was written to: $(cat "$victim")"
  [ "$(stat -c '%i %u %g %a' "$victim")" = "$victim_was" ] || fail "$victim was changed: $victim_was, now $(stat -c '%i %u %g %a' "$victim")"
}
# nothing_holds WORD: no file beneath here but the attempt's own, which lie in `own`.
nothing_holds() {
  local found
  found=$(grep -rlaF --exclude-dir=own -e "$1" . | sort)
  [ -z "$found" ] || fail "'$1' is in: $found"
}
# Nothing that a terminal obeys, but colours.
steers_no_terminal() {
  ! LC_ALL=C grep -nP '\x1b(?!\[[0-9;]*m)|[\x00-\x08\x0b\x0c\x0e-\x1a\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae\x8e\x8f]|\xe2\x81[\xa6-\xaf]' "${1:-out}" >found_steering ||
    fail "a terminal obeys: $(head -n 3 found_steering | cat -v)"
}
# What GitHub's runner obeys of what stands in `out`, but for what we say ourselves.
steers_no_runner() {
  need python3
  obeyed "${1:-out}" | grep -v '^::group::\|^::endgroup::$\|^::error title=backstep\|^::warning title=backstep\|^::error file=\|^::warning file=' >obeyed.txt
  [ ! -s obeyed.txt ] || fail "a runner obeys: $(head -n 3 obeyed.txt)"
}
