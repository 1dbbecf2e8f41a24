# rollback --files-only, and a rollback for which no command is set: the files are back and the services
# run what they ran. Nothing says that the old version is live, and no check of what runs makes it good.
need python3
quick_checks
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
v1=$(ls backups/.backstep/good | head -n 1)
live_digest() { expect 0 status --json && json 'd["live"]["digest"]'; }
live=$(live_digest)
still_live() {
  is_word v1
  expect 0 history
  last_line_says 'rollback  restored '
  [ "$(awk '$5 == "live" {print $3}' out)" = accepted ] || fail 'another line is marked as live'
  expect 0 status
  says "NOT those that are live"
  [ "$(live_digest)" = "$live" ] || fail 'another version is said to be live'
  expect 0 list
  ! grep "^$v1" out | grep -q good || fail 'good by a check of what still runs'
}
expect 0 rollback --to "$v1" --files-only
answer_says "the restored files ($v1) (not checked); the services were not redeployed (--files-only)"
says_not accepted
still_live
sh -c "$(generate_word v2)"
BACKSTEP_HEALTH_CHECK=true expect 0 rollback --to "$v1"
answer_says "the restored files ($v1): what is running passes the check; the services were not redeployed (no rollback command is set)"
says_not accepted
still_live
# The next one finds its files still there.
expect 0 rollback
says 'the files of the last rollback still lie there'
