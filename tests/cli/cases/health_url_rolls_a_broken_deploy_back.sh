# The URL decides the whole story: unhealthy before (a first deploy), good, broken and rolled back.
need python3
tree
quick_checks
cat >deploy.sh <<'EOT'
cp services/action_service/entrypoint.sh live
EOT
serve_http
cat >backstep.yml <<EOT
deploy: sh deploy.sh
health_check:
  url: $url/live
EOT
expect 0 run --generate "$(generate_word v1)"
says "the health check fails already before the deploy ($url/live answered 503 Service Unavailable)"
says "attempt 1: passed"
expect 20 run --generate "$(generate_word v2)"
says "failed:   health check $url/live answered 503 Service Unavailable (1 failure in a row, 1 attempt)"
says "live now: the old version, healthy again"
says_not "exited with 23"
is_word v1
holds "backups/.backstep/failed/$(ls backups/.backstep/failed)/_health_check.txt" "answered 503"
# Killed in its deploy: who settles it asks the URL that the journal names.
rm backstep.yml
GITHUB_ACTIONS=true GITHUB_RUN_ID=1 crash_in deploy --generate "$(generate_word v2)" --rollback-command 'sh deploy.sh' --health-url "$url/live"
as_job 1 abc expect 20 recover
says "▶ health check: $url/live"
is_word v1
