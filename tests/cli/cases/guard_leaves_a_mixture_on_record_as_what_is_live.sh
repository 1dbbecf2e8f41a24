# In guard's container nothing is redeployed; the history names the mixture of files all the same.
tree a b
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: 'echo $BACKSTEP_DIGEST >digest; ! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
cp "$BACKSTEP" backstep-post
on_github 1
export INPUT_COMMAND=guard INPUT_JOB_STATUS=success
expect 0
eval "$(generate_word v2)"
./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
is_old a
is_word v2 b
grep '"event":"rolled_back"' "$history" >line || fail "no rolled_back: $(cat "$history")"
grep -q '"live":"' line || fail "no mixture: $(cat line)"
