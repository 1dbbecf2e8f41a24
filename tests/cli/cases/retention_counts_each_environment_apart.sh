# What one environment prunes is its own.
tree
export BACKSTEP_KEEP_GOOD=0 BACKSTEP_KEEP_WITHIN=0s
for i in 1 2 3; do
  sh -c "$(generate_word "v$i")"
  expect 0 backup --environment production
done
count() { find "backups/$1" -maxdepth 1 -name '2*' | wc -l; }
for i in 4 5 6; do expect 0 run --environment staging --generate "$(generate_word "v$i")" --deploy true --keep-last 1; done
[ "$(count production)" = 3 ] || fail "production has $(count production)"
[ "$(count staging)" = 1 ] || fail "staging has $(count staging)"
expect 0 prune --environment production --keep-last 2
[ "$(count production)" = 2 ] || fail "production has $(count production)"
expect 0 backup --environment .
expect 0 prune --environment . --keep-last 1
[ "$(count production)" = 2 ] || fail "the nameless store pruned production"
