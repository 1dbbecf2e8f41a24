# `diagnose` runs while the failed version still runs: a rollback takes away what could tell. Its output is in the
# log, the last screen, the evidence and every report; it decides nothing.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
check='! grep -q v2 services/*/entrypoint.sh'
look='cat services/action_service/entrypoint.sh; echo "phase $BACKSTEP_PHASE of $BACKSTEP_CHANGED_SERVICES"; echo "panic: no such <table>"'
run_with_diagnose() {
  expect "$1" run --generate "$(generate_word v2)" --deploy "${3:-true}" --rollback-command true \
    --health-check "$check" --health-retries 1 --health-start-period 0 --health-min-healthy-time 0 \
    --diagnose "$2" --report run.html,run.xml,run.json
}
run_with_diagnose 20 "$look"
says '│ echo v2'
says '│ phase diagnose of action_service typesense_client_service'
is_word v1
sed -n '/^❌ Failed and rolled back/,$p' out | grep -qF 'panic: no such <table>' || fail 'the last screen does not say why'
holds run.html 'panic: no such &#60;table&#62;'
holds run.json '"step": "diagnose"'
grep -rqF 'panic: no such <table>' backups/.backstep/failed || fail 'the evidence does not hold it'
python3 - <<'PYTHON' || fail 'the JUnit report has no phase for it'
import xml.etree.ElementTree as tree
names = [case.get("name") for case in tree.parse("run.xml").getroot().iter("testcase")]
assert names.index("health check") < names.index("diagnose") < names.index("restore"), names
PYTHON

# One that fails costs a line; so does one that cannot be found.
run_with_diagnose 20 'echo half; exit 3'
says 'Warning: diagnose exited with 3, which decides nothing'
run_with_diagnose 20 './not-there'
says 'Warning: diagnose exited with 127'

# It knows no secret that a report could tell.
export DB_PASSWORD=geheim-4711
run_with_diagnose 20 'echo "password=$DB_PASSWORD"'
! grep -rq geheim-4711 out run.html run.xml run.json backups || fail 'a secret is told'

# Nothing was deployed: nothing is there to ask. The same after a deploy that went well.
expect 5 run --generate 'exit 1' --deploy true --diagnose 'touch asked'
expect 0 run --generate "$(generate_word v3)" --deploy true --diagnose 'touch asked'
missing asked

# A deploy that failed is asked about too, and so is a version that stays because the rollback is off.
expect 23 run --generate "$(generate_word v4)" --deploy 'exit 1' --rollback false --diagnose 'touch asked'
exists asked

# `finish` asks as well.
rm asked
expect 0 begin --diagnose 'touch asked'
expect 21 finish --status failure --diagnose 'touch asked'
exists asked
