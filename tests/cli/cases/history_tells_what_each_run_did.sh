# history: a line a run, oldest first, with its end, exit code, target and reason.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
expect 23 run --rollback false --deploy 'exit 9'
expect 0 rollback --to "$(backups | head -n 1)"
expect 0 history
[ "$(tail -n +2 out | awk '{print $2, $3, $4}' | tr '\n' ';')" = "run accepted 0;run rolled_back 20;run unrestored 23;rollback restored 0;" ] || fail "another history"
says "health check exited with 1"
says "deploy exited with 9"
says "by hand to $(backups | head -n 1)"
