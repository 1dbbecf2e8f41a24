# Killed in the check after the rollback: whoever settles that says which mixture lies there, not the target.
leave_mixture() {
  rm -rf services backups reached
  tree a b
  cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: 'echo $BACKSTEP_DIGEST >digest.$BACKSTEP_SERVICE; mv digest.$BACKSTEP_SERVICE digest; [ $BACKSTEP_PHASE = baseline ] || [ $BACKSTEP_SERVICE != a ] || ! grep -q old services/a/entrypoint.sh || { touch reached; exec tail -f /dev/null; }; ! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
  start run --generate "$(generate_word v2)"
  until_true 20 test -e reached
  kill -9 "$started"
  ended 2>/dev/null
  in_phase restored
  is_old a
  is_word v2 b
  rm backstep.yml
}
on_record() {
  grep '"event":"rolled_back"' "$history" >line || fail "no rolled_back: $(cat "$history")"
  grep -q "\"live\":\"$(cat digest)\"" line || fail "not the mixture $(cat digest): $(cat line)"
}
leave_mixture
expect 0 recover
on_record
leave_mixture
expect 0 run --generate true
on_record
