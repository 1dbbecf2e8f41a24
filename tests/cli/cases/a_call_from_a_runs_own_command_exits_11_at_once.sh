# A call from inside that run's own commands exits 11 at once.
tree
for verb in "run --deploy true" begin backup rollback prune "recover --keep" finish; do
  expect 0 run --deploy "'$BACKSTEP' $verb --lock-wait 50s >inner 2>&1 || echo \$? >status"
  holds status 11
  holds inner "called from within a command of run"
  ! grep -q Waiting inner || fail "'$verb' waited: $(cat inner)"
done
no_journal
