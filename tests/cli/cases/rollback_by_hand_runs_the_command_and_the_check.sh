# Then the rollback command and the check if they are set, --files-only skips both. Success is 0.
tree
quick_checks
expect 0 backup
export BACKSTEP_ROLLBACK_COMMAND='echo put live >>ran' BACKSTEP_HEALTH_CHECK='echo checked >>ran'
expect 0 rollback --to latest --files-only
missing ran
sh -c "$(generate_word v1)"
expect 0 rollback
[ "$(cat ran)" = "$(printf 'put live\nchecked')" ] || fail "ran: $(cat ran)"
answer_says healthy
