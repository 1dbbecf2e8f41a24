# Whoever is called after a failed rollback wants that run's failure, and not the one before it.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
expect 22 run --generate "$(generate_word v3)" --deploy 'exit 9' --rollback-command 'exit 8'
expect 0 status
says 'failed     in the open run: deploy exited with 9'
says "saved      the failed files, in failed/$(ls backups/.backstep/failed | tail -n 1)"
says_not 'health check exited'
says 'to run     exit 8 (the rollback command)'
last_line_says '   backstep recover'

# What a rollback by hand has mended is past.
expect 0 rollback --rollback-command true --health-check "$says_v1"
expect 0 status
says ', before the rollback by hand'
expect 21 run --generate "$(generate_word v2)" --deploy true --health-check false --check-baseline false
expect 0 status --health-check false
says 'STILL UNHEALTHY or not checked when it came back'
says '   backstep check'

# A deploy that was left as it failed may be live in part.
expect 23 run --rollback false --generate "$(generate_word v2)" --deploy 'exit 7'
expect 0 status
says 'live now   NOT CERTAIN: the last deploy failed and was left as it is'
says "   backstep rollback --to $(newest)"
expect 0 status --json
json 'd["live"]["certain"] is False or 1/0'
