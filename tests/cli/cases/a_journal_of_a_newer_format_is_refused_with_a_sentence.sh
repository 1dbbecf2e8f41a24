# A newer format is refused with a sentence.
tree
crash_in deploy --generate "$(generate_word new)"
edit_record 's/"format":1/"format":3/; s/"phase":"deploying"/"phase":"unheard-of"/'
open=$(cat "$journal")
for verb in "run --deploy true" begin backup rollback "finish --status failure" recover "recover --restore" "recover --keep"; do
  # shellcheck disable=SC2086 # a verb and its flags
  expect 2 $verb
  says "it was written by a newer version of backstep (format 3)"
done
expect 0 status
says "newer version of backstep"
[ "$(cat "$journal")" = "$open" ] || fail "the journal was changed"
is_word new
