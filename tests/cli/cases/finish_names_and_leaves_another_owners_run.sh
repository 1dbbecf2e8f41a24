# [A crashed `run` of] another owner's is named and left, exit 0.
tree
crash_in deploy --generate "$(generate_word new)" --owner first
open=$(cat "$journal")
for status in success failure; do
  expect 0 finish --owner second --status $status
  says "of first is open (deploying)"
done
[ "$(cat "$journal")" = "$open" ] || fail "the journal was changed"
is_word new
