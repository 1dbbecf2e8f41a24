# no_rollback_exit_codes takes whole numbers from 1 to 255, in every source; anything else is 2.
tree
for wrong in 0 256 -1 x '75 80' 075 1.5; do
  expect 2 run --no-rollback-exit-codes="$wrong" --deploy 'touch ran'
  says "flag --no-rollback-exit-codes: '$wrong' is"
done
echo 'no_rollback_exit_codes: [75, 300]' >backstep.yml
expect 2 run --deploy 'touch ran'
says "backstep.yml:1:25: no_rollback_exit_codes: '300' is not a whole number from 1 to 255"
echo 'rollback: {no_rollback_exit_codes: [75]}' >backstep.yml
expect 2 run --deploy 'touch ran'
says "did you mean 'not_on_exit_codes'?"
missing ran
rm backstep.yml
PLUGIN_NO_ROLLBACK_EXIT_CODES=80,75 expect 23 run --deploy 'exit 75'
INPUT_NO_ROLLBACK_EXIT_CODES='
  7
  9
' expect 23 run --deploy 'exit 9'
