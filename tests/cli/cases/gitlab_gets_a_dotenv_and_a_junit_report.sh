# Files for artifacts:reports, within GitLab's limits, written whatever the job's result.
need python3
a_good_v1
export GITLAB_CI=true CI_PIPELINE_ID=1 CI_JOB_ID=2 
mkdir reports
export BACKSTEP_REPORT=run.env,reports/junit.xml
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1 || { echo 'no <v1> & more'; false; }"
holds run.env 'BACKSTEP_RESULT=rolled_back'
holds run.env 'BACKSTEP_EXIT_CODE=20'
holds run.env 'BACKSTEP_FAILED_SERVICES=action_service,typesense_client_service'
cat >cases.py <<'EOF'
import xml.etree.ElementTree as tree
for case in tree.parse("reports/junit.xml").getroot().iter("testcase"):
    failure = case.find("failure")
    print(case.get("name"), "-" if failure is None else failure.get("message") + ": " + (failure.text or ""))
EOF
python3 cases.py >cases.txt || fail 'no XML'
holds cases.txt 'deploy -'
holds cases.txt 'health check exited with 1 (1 attempt): no <v1> & more'
holds cases.txt 'health check after the rollback -'
holds cases.txt 'the new version is live the old version, healthy again: health check exited with 1'
cp run.env before

# after_script's finish finds nothing open and leaves the report of the run.
CI_JOB_STATUS=failed expect 0 finish
cmp run.env before || fail 'finish wrote over the report'

# A later job has these variables around it, and they are no settings.
set -a && . ./run.env && set +a
expect 0 run --generate true --deploy true
[ "$(stat -c %a run.env)" = 644 ] || fail 'others cannot read it'
