# The check was wrong, or slow: what it called bad is cleared by a later pass of a run, by one of a
# rollback by hand, or by a human's mark; and is a target again.
bad_v2() { rm -rf backups services; a_good_v1; expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"; failed=failed/$(ls backups/.backstep/failed); }
is_good() {
  expect 0 show "$failed"
  says 'verdict: good'
  expect 0 run --generate "$(generate_word v2)" --deploy true
  says_not 'known bad'
  sh -c "$(generate_word v3)"
  expect 0 rollback --to last-good --files-only
  is_word v2
}
bad_v2
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
is_good
bad_v2
as_job 7 c1ea2ed expect 0 rollback --to "$failed" --deploy true --health-check true
expect 0 status
grep -q '^live now   .*, good, since ' out || fail 'a pass after a rollback by hand does not count'
is_good
bad_v2
expect 0 mark good "$failed"
is_good
# A pass on a mixture of two versions says nothing of either.
bad_v2
expect 0 rollback --to "$failed" --service action_service --deploy true --health-check true
expect 0 show "$failed"
says 'verdict: bad'
