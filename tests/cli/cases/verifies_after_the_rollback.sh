# The check runs again on what came back: healed by itself (20) and a human is needed now (21) are two
# ends, and neither claims what was not asked.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "echo asked; $says_v1"
[ "$(grep -c '^  │ asked' out)" = 2 ] || fail 'the check did not run once before and once after the restore'
says 'live now: the old version, healthy again'
expect 21 run --generate "$(generate_word v3)" --deploy 'touch broken' --health-check "[ ! -e broken ] && $says_v1"
is_word v1
says 'live now: the old version, STILL UNHEALTHY: exited with 1'
expect 21 run --generate "$(generate_word v2)" --deploy '! grep -q v2 services/*/entrypoint.sh'
says '(not checked: no health check is set)'
says_not 'healthy again'
