# Memory and log stay bounded under any output.
! grep -q __asan_init "$BACKSTEP" || skip 'the address sanitizer needs more memory than the limit here'
tree
quick_checks
(ulimit -v 500000; expect 21 run --check-baseline false --generate "$(generate_word v1)" --deploy true --health-timeout 700ms --stop-grace 0s --health-check 'exec yes flood')
is_old
[ "$(wc -c <out)" -lt 4000000 ] || fail "the log has $(wc -c <out) bytes"
grep -q '; live now: ' out || fail "the end is lost"
