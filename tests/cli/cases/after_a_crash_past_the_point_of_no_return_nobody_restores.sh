# A run that ends between the deploy's word and its own end: whoever settles it, nothing is restored
# unless a human asks for it.
# stopped_past_return WORD: such a run, for its end could not be recorded.
stopped_past_return() {
  mkdir -p backups/.backstep
  rm -f "$history"
  expect 1 run --no-rollback-exit-codes 75 --generate "$(generate_word "$1")" \
    --deploy "rm $history; mkdir $history; exit 75" --rollback-command 'touch ran'
  says 'exit code 75 of the deploy forbids a rollback, but this could not be recorded'
  says '             backstep recover'
  in_phase deploying
  rmdir "$history"
}
tree
stopped_past_return v1
expect 0 recover
says 'exit code 75 of its deploy forbids a rollback'
is_word v1
recorded unrestored
no_journal
stopped_past_return v2
expect 23 finish --status success
is_word v2
recorded unrestored
no_journal
stopped_past_return v3
GITHUB_ACTIONS=true GITHUB_RUN_ID=9 expect 0 run --deploy true
says 'exit code 75 of its deploy forbids a rollback, so its files stay'
is_word v3
missing ran
stopped_past_return v4
expect 21 recover --restore
is_word v3
exists ran
no_journal
