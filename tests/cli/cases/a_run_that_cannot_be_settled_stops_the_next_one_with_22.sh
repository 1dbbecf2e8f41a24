# 22 the rollback itself failed (journal kept, `recover` named): a new run does not go on over it.
tree
crash_in deploy --generate "$(generate_word new)"
rm -rf "backups/$(newest)"
expect 22 run --generate "$(generate_word newer)"
says "backstep recover --keep"
is_word new
in_phase deploying
expect 22 recover
in_phase deploying
expect 0 recover --keep
expect 0 run --generate "$(generate_word newer)"
is_word newer
