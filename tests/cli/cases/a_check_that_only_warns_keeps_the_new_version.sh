# on_failure: warn: a failed check is said everywhere and keeps the new version, exit 0.
on_github
tree
cat >backstep.yml <<'EOY'
report: junit.xml
services:
  action_service:
    health_check: {test: 'echo "3 jobs wait"; exit 7', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}
    on_failure: warn
  typesense_client_service: {health_check: {test: "true", min_healthy_time: 0s}}
EOY
expect 0 run --check-baseline false --generate "$(generate_word v2)" --deploy true
is_word v2
says '⚠️ action_service: exited with 7 (1 failure in a row, 1 attempt)'
says '⚠️ Warning: the health check of action_service fails: exited with 7'
says '::warning title=backstep::the health check of action_service fails: exited with 7'
says_not '::error'
says 'live now: the new version, healthy, but unhealthy: action_service (which only warns)'
holds commands/STEP_SUMMARY '⚠️ exited with 7'
holds junit.xml 'failures="0" errors="0" skipped="1"'
holds junit.xml '<skipped message="unhealthy, which only warns: exited with 7 (1 failure in a row, 1 attempt)"/>'
holds junit.xml '3 jobs wait'
expect 0 list
says good
