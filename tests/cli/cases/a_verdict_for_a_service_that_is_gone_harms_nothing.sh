# Verdicts and settings for a service that no longer exists harm nothing: every verb works, and the entry is said.
tree a b
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: "true", min_healthy_time: 0s}}
services: {a: {health_check: {timeout: 1m}}}
EOY
expect 0 run --generate "$(generate_word v2)" --deploy true
grep -q '"service":"a"' backups/.backstep/verdicts.jsonl || fail 'no verdict'
rm -r services/a
expect 0 run --generate "$(generate_word v3)" --deploy true
says "no service is called 'a'"
expect 0 list
expect 0 status
expect 0 show latest
expect 0 export all.tar
expect 0 prune
expect 0 rollback --to "$(backups | head -n 1)" --exact --recreate --deploy true
exists services/a/entrypoint.sh
