# The JUnit report has a case for each service's check, after the deploy and after the rollback.
need python3
tree
cat >backstep.yml <<'EOY'
report: junit.xml
each_service: {health_check: {test: '! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != action_service ] || { echo "</x>"; exit 7; }', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 20 run --generate "$(generate_word v2)" --deploy true
cat >read.py <<'EOP'
import xml.etree.ElementTree as tree
for case in tree.parse("junit.xml").iter("testcase"):
    failure = case.find("failure")
    if " of " in case.get("name"):
        print(case.get("name"), "-", None if failure is None else failure.get("message") + "|" + failure.text)
EOP
python3 read.py >cases || fail 'no XML'
[ "$(cat cases)" = 'health check of action_service - exited with 7 (1 failure in a row, 1 attempt)|</x>
health check of typesense_client_service - None
health check after the rollback of action_service - None
health check after the rollback of typesense_client_service - None' ] || fail "$(cat cases)"
