# Somebody deleted the backup of the last good version by hand. Each verb that looks says so and goes
# on, and a rollback takes the newest good one that is left.
a_good_v1
says_1_or_2='grep -q "echo v[12]" services/action_service/entrypoint.sh'
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check "$says_1_or_2"
rm -r "backups/.backstep/good/$(ls backups/.backstep/good | tail -n 1)"
lost='no backup holds the newest known good version'
for verb in list status verify prune 'prune --dry-run'; do
  # shellcheck disable=SC2086 # words
  expect 0 $verb
  says "⚠️ Warning: $lost"
  says "the newest that is left is $(newest)"
done
"$BACKSTEP" prune --json >out 2>/dev/null
json 'd["loss"]' | grep -q "$lost" || fail "not in the JSON: $(cat out)"
sh -c "$(generate_word edited)"
expect 20 run --generate "$(generate_word v3)" --deploy true --health-check "$says_1_or_2"
says 'an older known good, for no backup holds the newest'
is_word v1
# It has passed again: it is the newest now.
sh -c "$(generate_word edited)"
expect 0 rollback --to last-good
says 'the newest known good'
is_word v1
rm -r backups/2* backups/.backstep/good/*
expect 10 rollback --to last-good
says "$lost"
says "backstep mark good ID"
one_line
expect 21 run --generate "$(generate_word v3)" --deploy true --health-check false
says "this run's backup, known good"
