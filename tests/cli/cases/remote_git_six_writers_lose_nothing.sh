# Six machines store at the same moment: each of them lands, and none takes away what another one stored.
fresh_project
on_runner first
expect 0 run --deploy true
for number in 1 2 3 4 5 6; do
  on_runner "r$number"
  expect 0 begin
  sh -c "$(generate_word "w$number")"
done
for number in 1 2 3 4 5 6; do
  (cd "$shop/../r$number/web" || exit; "$BACKSTEP" finish --status success >out 2>&1; echo $? >../status) &
done
wait
for number in 1 2 3 4 5 6; do
  [ "$(cat "$shop/../r$number/status")" = 0 ] || { cd "$shop/../r$number/web" || exit; fail "writer $number ended with $(cat ../status)"; }
done
on_runner last
expect 0 pull
[ "$(grep -c '"event":"accepted"' "$history")" = 7 ] || fail "not all runs are there: $(grep -c '"event":"accepted"' "$history")"
for number in 1 2 3 4 5 6; do
  grep -rqs "echo w$number" backups/.backstep/good || fail "the version of writer $number is lost"
done
expect 0 verify
