# The baseline check is bounded: a check that hangs delays the run by its timeout, and is named.
tree
quick_checks
started_at=$SECONDS
expect 21 run --deploy true --generate "$(generate_word v1)" --health-timeout 300ms --stop-grace 0s --health-check 'exec tail -f /dev/null'
says "before the deploy (timed out after 300ms"
is_old
[ $((SECONDS - started_at)) -lt 20 ] || fail "took $((SECONDS - started_at)) s"
