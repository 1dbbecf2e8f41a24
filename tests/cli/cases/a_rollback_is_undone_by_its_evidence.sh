# rollback --to failed/ID undoes a rollback, automatic or by hand, in both directions: contents, modes,
# what was removed and what was absent; then status and list say what is current.
a_good_v1
echo one >one.conf
expect 0 run --files '*.conf' --deploy true --health-check "$says_v1"
v1=$(snapshot services; snapshot .)
export BACKSTEP_FILES='*.conf'
expect 20 run --deploy true --health-check "$says_v1" --generate "$(generate_word v2); chmod 700 $(entrypoint)
  mkdir services/new; echo '#!/bin/sh' >services/new/entrypoint.sh; chmod 750 services/new/entrypoint.sh
  rm -r services/typesense_client_service one.conf; echo two >two.conf
  find services two.conf -type f -printf '%p %m ' -exec sha256sum {} \; | sort >v2.txt"
[ "$(snapshot services; snapshot . | grep -v v2.txt)" = "$v1" ] || fail 'the rollback was not exact'
rmdir services/new 2>/dev/null
failed=failed/$(ls backups/.backstep/failed)

expect 0 rollback --to "$failed" --dry-run
grep -q '^  remove   one.conf$' out || fail 'what was absent is not to be removed'
expect 0 rollback --to "$failed" --rollback-command 'touch restarted'
grep -q "^⚠️ Warning: $failed is known bad: health check exited with 1" out || fail 'not said that it is bad'
exists restarted
find services two.conf -type f -printf '%p %m ' -exec sha256sum {} \; | sort | diff v2.txt - || fail 'not v2 as it was'
missing one.conf
missing services/typesense_client_service/entrypoint.sh
expect 0 status
grep -qE '^live now   .*, bad, since ' out || fail 'status does not say what is live'
says "           rolled back by hand to $failed"
grep -qE '^deployed   .*, which failed$' out || fail 'status does not say which run brought it'
last_line_says '   backstep rollback --to last-good'
expect 0 list
grep -q "^$failed  ✘ bad, current" out || fail 'list does not say what is current'

# And that is undone just so.
expect 0 rollback --to "failed/$(ls backups/.backstep/failed | tail -n 1)"
rm restarted v2.txt
[ "$(snapshot services; snapshot .)" = "$v1" ] || fail "not v1 as it was: $(diff <(echo "$v1") <(snapshot services; snapshot .))"
expect 0 status
says ', good'
