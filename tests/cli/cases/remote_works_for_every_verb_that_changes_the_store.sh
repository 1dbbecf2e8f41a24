# What a verb changes is there for the next machine, which needs no more than its fresh checkout.
fresh_project
quick_checks
stores() {
  local before
  before=$(stored_commit)
  expect "$@"
  [ "$(stored_commit)" != "$before" ] || fail "'backstep ${*:2}' stored nothing"
}
on_runner one
stores 0 run --generate "$(generate_word v1)" --deploy true --health-check true
on_runner two
stores 0 backup
on_runner three
expect 2 show latest
says "'backstep pull' brings what the remote holds"
stores 0 mark good
on_runner four
sh -c "$(generate_word v2)"
stores 0 rollback --to last-good --deploy true
is_old
on_runner five
stores 0 prune --keep-last 1 --keep-good 1 --keep-within 0s --keep-failed 0
on_runner six
crash_in deploy --generate "$(generate_word v3)"
stores 21 recover
on_runner seven
INPUT_JOB_STATUS=failure expect 0 guard --deploy true
sh -c "$(generate_word v4)"
INPUT_COMMAND=guard INPUT_JOB_STATUS=success stores 0 post
on_runner eight
expect 0 begin
stores 0 recover --keep
