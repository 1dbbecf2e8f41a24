# All override guard_timeout, never a living process.
tree
start run --deploy "$(hang reached)"
until_true 20 test -e reached
for verb in recover "recover --restore" "recover --keep"; do
  # shellcheck disable=SC2086 # a verb and its flag
  expect 11 $verb --lock-wait 200ms
done
in_phase deploying
