# rollback: false: nothing is restored after a failure; exit 23, 5 says that the new files stay.
tree
expect 23 run --rollback false --generate "$(generate_word v1)" --deploy 'exit 1' --rollback-command 'touch ran'
is_word v1
missing ran
no_journal
recorded unrestored
says "backstep rollback --to $(newest)"
expect 5 run --rollback false --generate "$(generate_word v2); exit 3" --deploy 'touch ran'
is_word v2
answer_says "the new files stay (rollback is off)"
expect 0 rollback
is_word v1
